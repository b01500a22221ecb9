"""Where every place gets its goods in a replay: one lane or its own supply per period."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.network import Flags, Floats, Ints, Network

SIDEWAYS = ("transfer", "return")
"""Kinds of lanes used only where a policy names their origin as its source."""
LAST_CHOICE = 1e12
"""What an expedite lane counts above its cost: it serves where no replenish lane does."""
NEAR = 1e-9


@dataclass(frozen=True)
class Ways:
    """Sources of the places, and the order in which goods pass through them."""

    good: Ints
    """[N, T] good by which the place is supplied; -1 for none."""
    buys: Flags
    """[N, T] whether it buys or makes for itself instead."""
    supply: Ints
    """[N] its supply; -1 for none."""
    further: tuple[Ints, ...]
    """[N, T] each: the good that brings what the ones before it could not; -1 for none."""
    level: Ints
    """[N] 0 where goods start; a place lies above all places it sends to."""


def open_lanes(net: Network) -> Flags:
    """Return [K, T] goods that may be shipped while sites stay as they are today."""
    allowed = net.goods.allowed
    if net.sites is None:
        return allowed
    shut = np.zeros(len(net.locations), dtype=bool)
    shut[net.sites.location] = ~net.sites.open_before
    lane = net.goods.lane
    ends = shut[net.lanes.origin[lane]] | shut[net.lanes.destination[lane]]
    return np.asarray(allowed & ~ends[:, None])


def own_supply(net: Network) -> Ints:
    """Return [N] the supply of every place; -1 where it neither buys nor makes."""
    supply = np.full(len(net.places), -1, dtype=np.int64)
    supply[net.supply.place] = np.arange(len(net.supply))
    return supply


def policy_ways(net: Network, extra: Floats | None = None) -> Ways:
    """Return the sources of the sheet Policy: as named, else the cheapest way of each period.

    A way costs freight and the stock on the way, and what its origin pays where that buys; a
    place that may buy itself compares its own price. Transfer lanes serve only where they are
    named. Of equal ways the first in the order of the network is taken. What it cannot bring in
    the period the next cheapest replenish lanes bring from what their origins have.

    Args:
        net: the network.
        extra: [K, T] units that are sent besides; None for none.
    """
    policy, goods, places = net.policy, net.goods, net.places
    named = np.full(len(places), -1, np.int64) if policy is None else policy.source
    supply, allowed = own_supply(net), open_lanes(net)
    price = np.append(net.supply.unit_cost, np.zeros((1, len(net.periods))), axis=0)
    origin = net.lanes.origin[goods.lane]
    wanted = named[goods.sink]
    kind = net.lanes.kind[goods.lane].astype(str)
    usable = np.where(wanted >= 0, origin == wanted, ~np.isin(kind, SIDEWAYS))
    cost = goods.unit_cost + goods.transit_cost + price[supply[goods.source]]
    cost = cost + np.where((kind == "expedite") & (wanted < 0), LAST_CHOICE, 0.0)[:, None]
    cost = np.where(allowed & usable[:, None], cost, np.inf)
    good, best = _cheapest(cost, goods.sink, len(places))
    offered = np.append(net.supply.most, np.zeros((1, len(net.periods))), axis=0)[supply] > 0
    self_served = (supply >= 0) & ((named < 0) | (named == places.location))
    own = np.where(offered & self_served[:, None], price[supply], np.inf)
    buys = np.isfinite(own) & (own <= best)
    good = np.where(buys, -1, good)
    further = _further(np.where((kind == "expedite")[:, None], np.inf, cost), goods.sink, good)
    used = np.concatenate([one[one >= 0] for one in (good, *further)])
    if extra is not None:
        used = np.concatenate([used, np.flatnonzero((extra > NEAR).any(axis=1))])
    level = _levels(net, used)
    return Ways(good, buys, supply, _in_order(net, level, good, further), level)


def plan_ways(net: Network, flow: Floats) -> Ways:
    """Return the ways of a plan that states every shipment and order itself."""
    used = np.flatnonzero((flow > NEAR).any(axis=1))
    nothing = np.full((len(net.places), len(net.periods)), -1, dtype=np.int64)
    return Ways(nothing, nothing >= 0, own_supply(net), (), _levels(net, used))


def _cheapest(cost: Floats, sink: Ints, places: int) -> tuple[Ints, Floats]:
    """Return [N, T] the first good of least cost into each place, and that cost."""
    periods = cost.shape[1]
    best = np.full((places, periods), np.inf)
    good = np.full((places, periods), -1, dtype=np.int64)
    if not len(cost):
        return good, best
    order = np.argsort(sink, kind="stable")
    starts = np.flatnonzero(np.diff(sink[order], prepend=-1))
    there = sink[order][starts]
    best[there] = np.minimum.reduceat(cost[order], starts, axis=0)
    least = np.isfinite(cost) & (cost <= best[sink])
    number = np.where(least, np.arange(len(cost))[:, None], len(cost))
    first = np.minimum.reduceat(number[order], starts, axis=0)
    good[there] = np.where(first < len(cost), first, -1)
    return good, best


def _further(cost: Floats, sink: Ints, first: Ints) -> tuple[Ints, ...]:
    """Return the next cheapest goods of each place, as long as any place has one."""
    found: list[Ints] = []
    last, cost = first, cost.copy()
    while True:
        place, period = np.nonzero(last >= 0)
        cost[last[place, period], period] = np.inf
        good, _ = _cheapest(cost, sink, len(first))
        last = np.where(last >= 0, good, -1)
        if not (last >= 0).any():
            return tuple(found)
        found.append(last)


def _in_order(
    net: Network, level: Ints, first: Ints, further: tuple[Ints, ...]
) -> tuple[Ints, ...]:
    """Leave out goods whose origin sends before that of an earlier choice."""
    source, before, kept = net.goods.source, first, []
    for good in further:
        late = level[source[good]] >= level[source[before]]
        good = np.where((good >= 0) & (before >= 0) & late, good, -1)
        kept.append(good)
        before = np.where(good >= 0, good, before)
    return tuple(kept)


def _levels(net: Network, used: Ints) -> Ints:
    """Return [N] how many ways lie between a place and where its goods start."""
    used = np.unique(used)
    source, sink = net.goods.source[used], net.goods.sink[used]
    level = np.zeros(len(net.places), dtype=np.int64)
    for _ in range(len(net.locations)):
        before = level.copy()
        np.maximum.at(level, sink, level[source] + 1)
        if np.array_equal(before, level):
            break
    return level
