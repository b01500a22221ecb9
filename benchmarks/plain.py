"""The plain formulation of the yardstick, for the peers: its sets, columns and rows.

Only what the yardstick uses: balance with lead times, lost sales, soft safety stock, storage and
outbound limits, supply limits, whole trucks; no rows that strengthen it. ``idiomatic.py`` states
the same in Pyomo.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from tierstock.inputs.network import Network

Key = tuple[Any, ...]
"""Name of a family, then its indices."""


@dataclass(frozen=True)
class Plain:
    """A yardstick network with the sets of the plain formulation."""

    net: Network

    @property
    def weeks(self) -> int:
        """Number of periods."""
        return len(self.net.periods)

    @cached_property
    def keeps(self) -> np.ndarray:
        """Places that keep stock."""
        return np.flatnonzero(self.net.places.keeps[:, 0])

    @cached_property
    def safe(self) -> tuple[np.ndarray, np.ndarray]:
        """Places and periods with a safety stock."""
        place, week = np.nonzero(self.net.places.safety[self.keeps] > 0)
        return self.keeps[place], week

    @cached_property
    def wanted(self) -> tuple[np.ndarray, np.ndarray]:
        """Streams of demand and periods in which something is wanted."""
        stream, week = np.nonzero(self.net.demand.quantity > 0)
        return stream, week

    @cached_property
    def size(self) -> np.ndarray:
        """Volume of one unit of each product, m3."""
        return np.nan_to_num(self.net.products.measure[:, 2])

    @cached_property
    def freight(self) -> np.ndarray:
        """[goods, periods] money per unit shipped."""
        return self.net.goods.unit_cost + self.net.goods.transit_cost

    @property
    def truck(self) -> float:
        """Volume one truck takes, m3."""
        return float(self.net.vehicles.limit[0, 2])

    @cached_property
    def out(self) -> list[list[int]]:
        """Goods that leave each place."""
        found: list[list[int]] = [[] for _ in range(len(self.net.places))]
        for good, place in enumerate(self.net.goods.source.tolist()):
            found[place].append(good)
        return found

    @cached_property
    def into(self) -> list[list[int]]:
        """Goods that come to each place."""
        found: list[list[int]] = [[] for _ in range(len(self.net.places))]
        for good, place in enumerate(self.net.goods.sink.tolist()):
            found[place].append(good)
        return found


def columns(p: Plain) -> Iterator[tuple[Key, float, float | None, bool]]:
    """Give each column: key, cost, upper bound (None: none), whether whole numbers only."""
    net = p.net
    weeks = range(p.weeks)
    freight, holding = p.freight.tolist(), net.places.holding.tolist()
    buying, most = net.supply.unit_cost.tolist(), net.supply.most.tolist()
    for k in range(len(net.goods)):
        yield from ((("x", k, t), freight[k][t], None, False) for t in weeks)
    for n in p.keeps.tolist():
        yield from ((("i", n, t), holding[n][t], None, False) for t in weeks)
    for s in range(len(net.supply)):
        yield from ((("q", s, t), buying[s][t], most[s][t], False) for t in weeks)
    for d, t in zip(*(one.tolist() for one in p.wanted), strict=True):
        quantity = float(net.demand.quantity[d, t])
        yield ("u", d, t), float(net.demand.lost_cost[d, t]), quantity, False
    for n, t in zip(*(one.tolist() for one in p.safe), strict=True):
        yield ("g", n, t), float(net.places.safety_penalty[n, t]), None, False
    if len(net.vehicles):
        trip = float(net.vehicles.trip_cost[0])
        for a in range(len(net.lanes)):
            yield from ((("n", a, t), trip, None, True) for t in weeks)


def rows(p: Plain) -> Iterator[tuple[list[tuple[Key, float]], str, float]]:
    """Give each row: its terms, ``==``, ``<=`` or ``>=``, and its limit."""
    yield from _balance(p)
    safety = p.net.places.safety
    for n, t in zip(*(one.tolist() for one in p.safe), strict=True):
        yield [(("i", n, t), 1.0), (("g", n, t), 1.0)], ">=", float(safety[n, t])
    capacity, size = p.net.capacity, p.size.tolist()
    for c in range(len(capacity)):
        here = p.net.places.of[capacity.location[c]].tolist()
        for t in range(p.weeks):
            if capacity.kind[c] == "storage":
                terms = [(("i", n, t), size[one]) for one, n in enumerate(here)]
            else:
                terms = [(("x", k, t), size[one]) for one, n in enumerate(here) for k in p.out[n]]
            yield terms, "<=", float(capacity.limit[c, t])
    if len(p.net.vehicles):
        yield from _trucks(p)


def _balance(p: Plain) -> Iterator[tuple[list[tuple[Key, float]], str, float]]:
    demand, opening = p.net.demand, p.net.places.opening.tolist()
    lead, keeps = p.net.goods.lead[:, 0].tolist(), set(p.keeps.tolist())
    quantity = demand.quantity.tolist()
    stream = {n: d for d, n in enumerate(demand.place.tolist())}
    source = {n: s for s, n in enumerate(p.net.supply.place.tolist())}
    for n in range(len(p.net.places)):
        for t in range(p.weeks):
            terms = [(("x", k, t - lead[k]), 1.0) for k in p.into[n] if t >= lead[k]]
            terms += [(("x", k, t), -1.0) for k in p.out[n]]
            limit = 0.0
            if n in keeps:
                terms.append((("i", n, t), -1.0))
                if t:
                    terms.append((("i", n, t - 1), 1.0))
                else:
                    limit -= opening[n]
            if n in source:
                terms.append((("q", source[n], t), 1.0))
            if n in stream and quantity[stream[n]][t] > 0:
                terms.append((("u", stream[n], t), 1.0))
                limit += quantity[stream[n]][t]
            yield terms, "==", limit


def _trucks(p: Plain) -> Iterator[tuple[list[tuple[Key, float]], str, float]]:
    goods, size = p.net.goods, p.size
    on_lane: list[list[tuple[int, float]]] = [[] for _ in range(len(p.net.lanes))]
    for k, lane in enumerate(goods.lane.tolist()):
        on_lane[lane].append((k, float(size[goods.product[k]])))
    for a, goods_here in enumerate(on_lane):
        for t in range(p.weeks):
            terms: list[tuple[Key, float]] = [(("x", k, t), one) for k, one in goods_here]
            yield [*terms, (("n", a, t), -p.truck)], "<=", 0.0
