"""A network of stores with planted problems, and a plan of it that was made without a solver.

Every store is fed each week with what its customers want, and keeps two weeks of stock: nothing is
amiss but what is planted. A plan is fed to the tables as decisions.
"""

from collections import defaultdict
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from by_hand import facts, frame

import tierstock as ts
from tierstock.outputs.alerts import Scene
from tierstock.outputs.tables import build_tables

WEEKS, START = 13, pd.Timestamp("2026-01-05")
Cell = tuple[str, str]
"""A store and a product."""


class Planted(NamedTuple):
    """What was planted, by place."""

    scene: Scene
    pairs: set[tuple[str, str, str]]
    """Product, place with surplus, place that is short."""
    truth: dict[str, set[Cell]]
    """Kind of alert -> places; of capacity the product is blank."""
    spikes: dict[Cell, int]
    """Period of each planted spike."""


class Shop:
    """Builds the network and the plan cell by cell."""

    def __init__(self, seed: int, stores: int, products: int) -> None:
        self.random = np.random.default_rng(seed)
        self.stores = [f"S{n:02d}" for n in range(stores)]
        self.products = [f"P{n:02d}" for n in range(products)]
        self.cells = [(store, product) for product in self.products for store in self.stores]
        level = self.random.uniform(20, 80, len(self.cells))
        noise = self.random.normal(1, 0.12, (len(self.cells), WEEKS)).clip(0.6, 1.4)
        self.level = dict(zip(self.cells, level, strict=True))
        self.demand = dict(zip(self.cells, np.round(level[:, None] * noise), strict=True))
        self.opening = {cell: np.round(1.9 * self.level[cell]) for cell in self.cells}
        self.fed = {cell: self.demand[cell].copy() for cell in self.cells}
        self.scrap: dict[Cell, tuple[int, float]] = {}
        self.owing: set[Cell] = set()
        self.orders: dict[Cell, tuple[int, float]] = {}
        self.pairs: set[tuple[str, str, str]] = set()
        self.truth: dict[str, set[Cell]] = defaultdict(set)
        self.spikes: dict[Cell, int] = {}
        self.free = [self.cells[k] for k in self.random.permutation(len(self.cells))]

    def take(self) -> Cell:
        """Return a place at which nothing is planted yet, of a product without a pair."""
        paired = {product for product, _, _ in self.pairs}
        cell = next(cell for cell in self.free if cell[1] not in paired)
        self.free.remove(cell)
        return cell

    def starve(self, cell: Cell) -> None:
        """Leave a store without deliveries for five weeks."""
        self.fed[cell][3:8] = 0
        self.truth["stock-out"].add(cell)

    def pair(self, product: str) -> None:
        """One store of a product has eight weeks too many, another is starved."""
        there = [cell for cell in self.free if cell[1] == product]
        rich, poor = there[0], there[1]
        self.free = [cell for cell in self.free if cell not in (rich, poor)]
        self.opening[rich] += np.round(8.5 * self.level[rich])
        self.truth["excess"].add(rich)
        self.starve(poor)
        self.pairs.add((product, rich[0], poor[0]))

    def slow(self, dead: bool) -> None:
        """Stock for twenty weeks, or for customers that do not exist."""
        cell = self.take()
        self.opening[cell] = np.round(20 * self.level[cell])
        self.fed[cell][:] = 0
        if dead:
            self.demand[cell][:] = 0
        self.truth["slow"].add(cell)

    def expire(self) -> None:
        """Half of the stock expires in the third week; deliveries make up for it."""
        cell = self.take()
        gone = np.round(self.opening[cell] / 2)
        self.scrap[cell] = 2, gone
        self.fed[cell][2] += gone
        self.truth["expiry"].add(cell)

    def late(self) -> None:
        """Nothing comes for four weeks, then an open order that serves what is owed."""
        cell = self.take()
        self.owing.add(cell)
        missing = self.fed[cell][3:7].sum()
        self.fed[cell][3:7] = 0
        self.orders[cell] = 7, missing
        self.truth["late"].add(cell)

    def spike(self) -> None:
        """Four times the demand in one week; it is served."""
        cell, week = self.take(), int(self.random.integers(0, WEEKS))
        more = 3 * self.demand[cell][week]
        self.demand[cell][week] += more
        self.fed[cell][week] += more
        self.truth["anomaly"].add(cell)
        self.spikes[cell] = week

    def stock(self) -> tuple[dict[Cell, np.ndarray], dict[Cell, np.ndarray]]:
        """Return stock at the end of the week, and what is missing, by place."""
        kept, missing = {}, {}
        for cell in self.cells:
            here, owed = float(self.opening[cell]), 0.0
            rows = []
            for week in range(WEEKS):
                here += self.fed[cell][week]
                due, units = self.orders.get(cell, (-1, 0.0))
                here += units if due == week else 0.0
                wanted = self.demand[cell][week] + owed
                served = min(here, wanted)
                here -= served
                owed = wanted - served if cell in self.owing else 0.0
                when, gone = self.scrap.get(cell, (-1, 0.0))
                here -= gone if when == week else 0.0
                rows.append((here, wanted - served))
            kept[cell], missing[cell] = np.array(rows).T
        return kept, missing

    def done(self, full: int) -> Planted:
        """Return the scene; so many stores are full."""
        kept, missing = self.stock()
        most = {
            store: max(sum(kept[c][t] for c in self.cells if c[0] == store) for t in range(WEEKS))
            for store in self.stores
        }
        room = {store: most[store] / 0.7 for store in self.stores}
        for store in self.stores[:full]:
            room[store] = min(
                sorted(sum(kept[c][t] for c in self.cells if c[0] == store) for t in range(WEEKS))[
                    -3:
                ]
            )
            self.truth["capacity"].add((store, ""))
        net = ts.read(self._tables(room))
        decisions = self._decisions(net, kept, missing)
        tables = build_tables(net, decisions, facts())
        return Planted(Scene(net, tables), self.pairs, self.truth, self.spikes)

    def _tables(self, room: dict[str, float]) -> dict[str, pd.DataFrame]:
        weeks = [f"W{week:02d}" for week in range(1, WEEKS + 1)]
        lanes = [
            {"From": "DC", "To": store, "Lead Time": 0, "Unit Cost": 1, "Kind": "replenish"}
            for store in self.stores
        ]
        lanes += [
            {"From": a, "To": b, "Lead Time": 2, "Unit Cost": 3, "Kind": "transfer"}
            for a, b in zip(self.stores, self.stores[1:] + self.stores[:1], strict=True)
        ]
        demand = pd.DataFrame([self.demand[cell] for cell in self.cells], columns=weeks)
        demand.insert(0, "Location", [cell[0] for cell in self.cells])
        demand.insert(1, "Product", [cell[1] for cell in self.cells])
        demand.insert(2, "Class", ["B" if cell in self.owing else "A" for cell in self.cells])
        frames: dict[str, list[dict[str, Any]]] = {
            "Locations": [{"Location": "DC", "Tier": "CDC"}]
            + [{"Location": store, "Tier": "store"} for store in self.stores],
            "Products": [
                {"Product": p, "Unit Value": 10, "Price": 15, "Shelf Life": 60}
                if any(cell[1] == p for cell in self.scrap)
                else {"Product": p, "Unit Value": 10, "Price": 15}
                for p in self.products
            ],
            "Lanes": lanes,
            "Settings": [
                {"Setting": "start_date", "Value": "2026-01-05"},
                {"Setting": "bucket", "Value": "week"},
            ],
            "ServiceClasses": [
                {"Class": "A", "Mode": "lost"},
                {"Class": "B", "Mode": "backorder"},
            ],
            "OpeningStock": [
                {"Location": store, "Product": product, "Quantity": self.opening[store, product]}
                for store, product in self.cells
            ],
            "InTransit": [
                {
                    "To": store,
                    "Product": product,
                    "Quantity": units,
                    "Due Date": START + pd.Timedelta(weeks=week),
                    "Order No": f"PO-{store}-{product}",
                }
                for (store, product), (week, units) in self.orders.items()
            ],
            "Supply": [{"Location": "DC", "Product": "*", "Unit Cost": 10}],
            "Capacity": [
                {"Location": store, "Kind": "storage", "Dimension": "unit", "Limit": limit}
                for store, limit in room.items()
            ],
        }
        made = {name: pd.DataFrame(rows) for name, rows in frames.items() if rows}
        return {**made, "Demand": demand}

    def _decisions(self, net, kept, missing) -> dict[str, pd.DataFrame]:
        size = len(net.places), WEEKS
        at = {code: n for n, code in enumerate(net.locations.code)}
        of = {code: n for n, code in enumerate(net.products.code)}
        place = {(s, p): int(net.places.of[at[s], of[p]]) for s, p in self.cells}
        stock, scrapped = np.zeros(size), np.zeros(size)
        flow = np.zeros((len(net.goods), WEEKS))
        into = {
            int(sink): k
            for k, sink in enumerate(net.goods.sink)
            if net.lanes.kind[net.goods.lane[k]] == "replenish"
        }
        stream = {int(n): d for d, n in enumerate(net.demand.place)}
        lost, backlog = np.zeros((len(net.demand), WEEKS)), np.zeros((len(net.demand), WEEKS))
        for cell in self.cells:
            n = place[cell]
            stock[n] = kept[cell]
            flow[into[n]] = self.fed[cell]
            if n in stream:
                (backlog if cell in self.owing else lost)[stream[n]] = missing[cell]
            if cell in self.scrap:
                when, gone = self.scrap[cell]
                scrapped[n, when] = gone
        before = np.hstack([np.zeros((len(backlog), 1)), backlog[:, :-1]])
        new = np.maximum(backlog - before, 0.0)
        lots = net.supply.place
        bought = np.zeros((len(net.supply), WEEKS))
        for row, n in enumerate(lots):
            bought[row] = flow[net.goods.source == n].sum(axis=0)
        return {
            "stock": frame(stock, "place", "period"),
            "flow": frame(flow, "goods", "period"),
            "purchase": frame(bought, "supply", "period"),
            "lost": frame(lost, "stream", "period"),
            "backlog": frame(backlog, "stream", "period"),
            "owed_new": frame(new, "stream", "period"),
            "owed_served": frame(new - (backlog - before), "stream", "period"),
            "scrapped": frame(scrapped, "place", "period"),
        }


def planted(
    seed: int,
    stores: int = 12,
    products: int = 50,
    pairs: int = 42,
    each: int = 8,
    slow: float = 0.08,
    full: int = 3,
) -> Planted:
    """Return a network with so many problems of each kind, and a share of slow places."""
    shop = Shop(seed, stores, products)
    for product in shop.products[:pairs]:
        shop.pair(product)
    for _ in range(each):
        shop.starve(shop.take())
        shop.expire()
        shop.late()
        shop.spike()
    for number in range(round(slow * len(shop.cells))):
        shop.slow(dead=number % 3 == 0)
    return shop.done(full)
