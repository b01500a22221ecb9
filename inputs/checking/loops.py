"""Lanes on which goods can go round within one period, and lanes no plan has a use for."""

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.checking.lane_checks import rows_of_lane
from tierstock.inputs.findings import KEPT
from tierstock.inputs.network import Flags, Ints, Network
from tierstock.inputs.tables import Table

SHOWN = 6
"""Lanes named in one sentence."""


def check_loops(network: Network, ground: Ground) -> None:
    """Tell of circles of lanes with lead time 0, and warn where going round costs nothing."""
    goods = network.goods
    at_once = (goods.allowed & (goods.lead_days == 0.0)).any(axis=1)
    round_trip = on_circle(network, at_once)
    if not round_trip.any():
        return
    price = goods.unit_cost + goods.transit_cost + network.places.handling_out[goods.source]
    price = price + network.places.handling_in[goods.sink]
    free = ((price <= 0.0) & goods.allowed).any(axis=1) & round_trip
    lane = network.lanes.fixed_cost[goods.lane].max(axis=1, initial=0.0) <= 0.0
    lane &= ~network.lanes.vehicles[goods.lane].any(axis=1)
    free = on_circle(network, free & lane)
    code, chosen = ("loop-free", free) if free.any() else ("loop-at-once", round_trip)
    names = network.lanes.label[np.unique(goods.lane[chosen])]
    table = ground.tables.table("Lanes")
    rows = _zero_rows(table)
    ground.findings.add(
        code,
        table=table,
        index=rows,
        field="lead_time",
        lanes=", ".join(names[:SHOWN].tolist()) + (", …" if len(names) > SHOWN else ""),
    )


def _zero_rows(table: Table) -> list[int]:
    """First row of Lanes with a lead time of 0."""
    rows = np.flatnonzero(table.frame["lead_time"].to_numpy(np.float64) == 0.0)
    return [int(row) for row in rows[:1]]


def on_circle(network: Network, chosen: Flags) -> Flags:
    """[K] chosen goods that lie on a circle of such goods, or between two circles.

    Goods whose place none of the others reaches, or whose end none of them leaves, are taken away
    until nothing changes.
    """
    goods, size = network.goods, len(network.places)
    found = chosen.copy()
    while found.any():
        reached, left = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
        reached[goods.sink[found]] = True
        left[goods.source[found]] = True
        kept = found & reached[goods.source] & left[goods.sink]
        if (kept == found).all():
            break
        found = kept
    return found


def check_dominated(network: Network, ground: Ground, links: Links) -> None:
    """Tell of lanes that are never cheaper nor sooner than another lane of the same pair.

    The other lane has no limit, no least shipment, no fixed cost, no vehicles and no lots.
    """
    lanes, goods = network.lanes, network.goods
    if not len(goods):
        return
    easy: Flags = np.asarray(np.isinf(lanes.max_shipment).all(axis=1))
    easy = easy & (lanes.min_shipment <= 0.0).all(axis=1)
    easy &= (lanes.fixed_cost <= 0.0).all(axis=1) & ~lanes.vehicles.any(axis=1)
    lots = None if network.lots is None else network.lots.shipment
    plain = easy[goods.lane]
    if lots is not None:
        plain &= (lots <= 0.0).all(axis=1)
    frame = pd.DataFrame({"source": goods.source, "sink": goods.sink, "k": np.arange(len(goods))})
    twins = frame.merge(frame[plain], on=["source", "sink"], suffixes=("", "_other"))
    one, other = twins["k"].to_numpy(), twins["k_other"].to_numpy()
    apart = goods.lane[one] != goods.lane[other]
    one, other = one[apart], other[apart]
    worse: Flags = np.asarray(_no_better(network, one, other) & ~_no_better(network, other, one))
    beaten = np.zeros(len(goods), dtype=bool)
    beaten[one[worse]] = True
    useful = np.zeros(len(lanes), dtype=bool)
    useful[goods.lane[~beaten]] = True
    for lane in np.unique(goods.lane[beaten & ~useful[goods.lane]])[:KEPT]:
        winner = other[worse & (goods.lane[one] == lane)][0]
        _tell(network, ground, links, int(lane), int(goods.lane[winner]))


def _no_better(network: Network, one: Ints, other: Ints) -> Flags:
    """Whether goods are, in every period they may go, neither cheaper nor sooner than others."""
    goods = network.goods
    price = goods.unit_cost + goods.transit_cost
    idle = ~goods.allowed[one]
    found = goods.allowed[other] & (goods.lead[other] <= goods.lead[one])
    found &= (price[other] <= price[one]) & (
        goods.arriving_share[other] >= goods.arriving_share[one]
    )
    return np.asarray(np.all(found | idle, axis=1), dtype=bool)


def _tell(network: Network, ground: Ground, links: Links, lane: int, winner: int) -> None:
    names = network.lanes.label
    ground.findings.add(
        "lane-dominated",
        table=ground.tables.table("Lanes"),
        index=rows_of_lane(network, ground, links, lane)[:1],
        field="mode",
        lane=names[lane],
        other=names[winner],
    )
