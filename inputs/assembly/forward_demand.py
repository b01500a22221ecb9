"""Forward demand: the demand in which days of cover are counted (ruling 32, F5).

A place must serve its own demand and that of the places it feeds::

    fwd[l, t] = own[l, t] + sum over j fed by l of fwd[j, t + lead]

Each place is fed by one lane: the cheapest replenish lane that is open in the period (of equal
cost the fastest), or by one from each origin to which Sourcing gives a share. Lanes from a location
under consideration, which may never open, feed only what no other lane does. Transfers, returns and
expedited lanes never count. A component also serves what is made of it
(``component_demand``). Beyond the horizon it is the mean of the last min(T, 4) periods. All is
kept as units per day, so periods of different length need no further rule: a period sees the
daily demand of the period in which its shipments arrive, and days of cover take parts of periods
by share.
"""

from dataclasses import dataclass, replace

import numpy as np

from tierstock.inputs.assembly.component_demand import Uses, pass_back, without_circles
from tierstock.inputs.assembly.shared_feeds import slots_of, weights
from tierstock.inputs.assembly.sourcing_rows import StatedShares
from tierstock.inputs.network import Flags, Floats, Goods, Ints, Texts

MEAN_OF = 4
"""Periods whose mean stands for what comes after the horizon."""
TIER_ORDER = {"supplier": 0, "plant": 1, "CDC": 2, "RDC": 3, "store": 4, "ecom": 4, "customer": 5}
"""How far down the network a tier is."""


@dataclass(frozen=True)
class ForwardDemand:
    """Forward demand of every place, and the cover counted in it."""

    daily: Floats
    """[N, T] units per day of the period."""
    after: Floats
    """[N] units per day after the horizon."""
    fed_by: Ints
    """[N] place that feeds this one at the end of the horizon, -1 where none; [S, N] where rules
    of sourcing share the demand among several."""
    days: Floats
    """[T] length of the periods."""
    fed_share: Floats | None = None
    """Share of each place of ``fed_by``; None = all of it."""

    def cover(self, days: Floats | float) -> Floats:
        """Units needed for so many days from the end of each period on, [N, T].

        Args:
            days: days of cover, one number or [N, T]; not a number gives not a number.
        """
        if np.isnan(days).all():
            return np.full(self.daily.shape, np.nan)
        edge = np.concatenate([[0.0], np.cumsum(self.days)])
        below = np.concatenate(
            [np.zeros((len(self.after), 1)), np.cumsum(self.daily * self.days, axis=1)], axis=1
        )
        until = edge[1:] + np.broadcast_to(np.asarray(days, dtype=np.float64), self.daily.shape)
        known = np.nan_to_num(until, nan=0.0, posinf=0.0)
        bucket = np.minimum(np.searchsorted(edge, known, side="right") - 1, len(self.days))
        rate = np.concatenate([self.daily, self.after[:, None]], axis=1)
        place = np.arange(len(self.after))[:, None]
        reached = below[place, bucket] + (until - edge[bucket]) * rate[place, bucket]
        return np.asarray(reached - below[:, 1:])


def forward_demand(
    own: Floats,
    days: Floats,
    goods: Goods,
    replenish: Flags,
    location: Ints,
    tier: Texts,
    uses: Uses | None = None,
    shares: StatedShares | None = None,
) -> ForwardDemand:
    """Add up the demand each place has to serve, from the last places of the network upwards.

    Replenish lanes that run in a circle would pass demand round for ever: of the lanes of a
    circle those that run up the tiers are left out, else all of them.

    Args:
        own: [N, T] units demanded at the place itself.
        days: [T] length of the periods.
        goods: products on lanes.
        replenish: [K] the lane is a replenish lane.
        location: [N] location of each place.
        tier: [L] tier of each location.
        uses: what is made of what, each output by its cheapest recipe.
        shares: rules that divide what a place takes among its origins (ruling 32); each gets its
            share by its cheapest lane, and what is left over goes by the cheapest other one.
    """
    places, periods = own.shape
    depth = np.array([TIER_ORDER.get(name, 0) for name in tier], dtype=np.int64)[location]
    order = np.lexsort((-np.arange(len(replenish)), -goods.lead[:, 0]))
    usable = replenish.copy()
    slots, weight_of = slots_of(goods, shares, location)
    feeder = _feeders(goods, usable, order, slots, weight_of)
    level = _levels(feeder, goods, places)
    while (level < 0).any():
        circle = _circle(feeder, goods, level < 0)
        ring = usable & circle[goods.source] & circle[goods.sink]
        upward = ring & (depth[goods.sink] < depth[goods.source])
        usable &= ~(upward if upward.any() else ring)
        feeder = _feeders(goods, usable, order, slots, weight_of)
        level = _levels(feeder, goods, places)
    weight = weights(feeder, weight_of)
    if uses is not None:
        uses = without_circles(uses, *_feeding(feeder, goods, places), places)
        level = _levels(feeder, goods, places, uses)
    daily = own / days
    after = np.zeros(places)
    last = slice(max(periods - MEAN_OF, 0), periods)
    for step in range(int(level.max(initial=0)) + 1):
        here = np.flatnonzero(level == step)
        after[here] = (daily[here, last] * days[last]).sum(axis=1) / days[last].sum()
        _pass_on(daily, after, feeder, weight, goods, here)
        if uses is not None:
            pass_back(daily, after, uses, here)
    final = feeder[:, -1]
    fed_by = np.where(final >= 0, goods.source[final], -1) if len(usable) else final
    if len(weight_of) == 1:
        return ForwardDemand(daily, after, fed_by, days)
    shape = len(weight_of), places
    return ForwardDemand(daily, after, fed_by.reshape(shape), days, weight[:, -1].reshape(shape))


def considered_last(goods: Goods, location: Ints, considered: Flags) -> Goods:
    """Return the goods with lanes from locations under consideration dearer than all others.

    Args:
        goods: products on lanes.
        location: [N] location of each place.
        considered: [L] locations of Status consider.
    """
    unsure = considered[location[goods.source]]
    if not unsure.any():
        return goods
    cost = goods.unit_cost + unsure[:, None] * (1.0 + goods.unit_cost.max())
    return replace(goods, unit_cost=cost)


def _feeders(goods: Goods, usable: Flags, order: Ints, slots: Ints, share: Floats) -> Ints:
    """Good that feeds each place in each period by each slot, [S x N, T]; -1 where none is open.

    Row s x N + n is slot s of place n; slots are numbered inside a place.
    """
    count, places = share.shape
    parts = [_cheapest(goods, usable & (slots == slot), order, places) for slot in range(count)]
    return np.concatenate(parts)


def _cheapest(goods: Goods, usable: Flags, order: Ints, places: int) -> Ints:
    """Good that feeds each place in each period, [N, T]; -1 where none is open."""
    periods = goods.allowed.shape[1]
    feeder = np.full((places, periods), -1, dtype=np.int64)
    ranked = order[usable[order]]
    for period in range(periods):
        if period and _alike(goods, period):
            feeder[:, period] = feeder[:, period - 1]
            continue
        open_now = ranked[goods.allowed[ranked, period]]
        dearest_first = open_now[np.argsort(-goods.unit_cost[open_now, period], kind="stable")]
        feeder[goods.sink[dearest_first], period] = dearest_first
    return feeder


def _alike(goods: Goods, period: int) -> bool:
    """Whether lanes are open and cost what they did in the period before."""
    moved = (goods.allowed[:, period] != goods.allowed[:, period - 1]) | (
        goods.unit_cost[:, period] != goods.unit_cost[:, period - 1]
    )
    return not moved.any()


def _feeding(feeder: Ints, goods: Goods, places: int) -> tuple[Ints, Ints]:
    """Places that feed others by lanes in any period, and those they feed; each pair once."""
    new = feeder >= 0
    new[:, 1:] &= feeder[:, 1:] != feeder[:, :-1]
    row, period = np.nonzero(new)
    pairs = np.unique(goods.source[feeder[row, period]] * places + row % max(places, 1))
    source, sink = np.divmod(pairs, max(places, 1))
    return source, sink


def _levels(feeder: Ints, goods: Goods, places: int, uses: Uses | None = None) -> Ints:
    """Steps from the last places of the network, [N]; -1 for places on or above a circle."""
    source, sink = _feeding(feeder, goods, places)
    if uses is not None:
        source = np.concatenate([source, uses.component])
        sink = np.concatenate([sink, uses.output])
    waiting = np.bincount(source, minlength=places)
    level = np.full(places, -1, dtype=np.int64)
    step = 0
    while (ready := (waiting == 0) & (level < 0)).any():
        level[ready] = step
        done = ready[sink]
        waiting -= np.bincount(source[done], minlength=places)
        step += 1
    return level


def _circle(feeder: Ints, goods: Goods, ring: Flags) -> Flags:
    """Places on a circle of feeding lanes, [N]: those of ``ring`` that are fed from within it."""
    row, period = np.nonzero(feeder >= 0)
    source, sink = goods.source[feeder[row, period]], row % len(ring)
    while True:
        fed = np.zeros_like(ring)
        fed[sink[ring[source]]] = True
        if not (ring & ~fed).any():
            return ring
        ring = ring & fed


def _pass_on(
    daily: Floats, after: Floats, feeder: Ints, weight: Floats, goods: Goods, here: Ints
) -> None:
    """Add the demand of the places ``here`` to the places that feed them, in place."""
    places, periods = daily.shape
    slots = len(feeder) // max(places, 1)
    rows = (np.arange(slots)[:, None] * places + here).ravel()
    number, period = np.nonzero(feeder[rows] >= 0)
    row = rows[number]
    sink, good = row % max(places, 1), feeder[row, period]
    arrives = period + goods.lead[good, period]
    inside = np.minimum(arrives, periods - 1)
    rate = np.where(arrives < periods, daily[sink, inside], after[sink])
    np.add.at(daily, (goods.source[good], period), weight[row, period] * rate)
