"""Ages of goods: last usable days that mean the same to everybody, and where each can be (F19)."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.assembly.lives import Lives, days_of, last_buckets
from tierstock.inputs.network import EXPIRED, SEVERAL, Flags, Ints, Network

NOBODY = np.iinfo(np.int64).max
"""Oldest age that a stream takes where it takes none."""


@dataclass(frozen=True)
class Sources:
    """Where goods of a known last usable day come in: one entry each."""

    place: Ints
    period: Ints
    """First period in which they are there; T and more = after the horizon."""
    day: Ints
    """Last usable day."""


@dataclass(frozen=True)
class Ages:
    """All ages of all products, the oldest first."""

    product: Ints
    """[G] product."""
    day: Ints
    """[G] last usable day of the oldest goods of the age."""
    last: Ints
    """[G] last period in which they may be used or arrive."""

    def of(self, product: Ints, day: Ints, arrival: Ints) -> Ints:
        """Age of goods by product, last usable day and arrival; ``EXPIRED`` when they come."""
        reach = 2 * int(np.abs(self.day).max(initial=0)) + 2 * int(np.abs(day).max(initial=0)) + 2
        key = self.product * reach + self.day
        at = np.searchsorted(key, product * reach + day, side="right") - 1
        at = np.maximum(at, 0)
        if not len(key):
            return np.full(at.shape, EXPIRED, dtype=np.int64)
        known = (self.product[at] == product) & (self.day[at] <= day)
        return np.where(known & (self.last[at] >= arrival), at, EXPIRED)


def sources(net: Network, found: Lives, counted: Flags) -> Sources:
    """Opening lots, open orders with an age of their own, purchases and what is made.

    Only of counted products, [P].
    """
    places, supply, orders = net.places, net.supply, net.orders
    lots = places.of[found.lot_location, found.lot_product]
    own = np.flatnonzero((orders.origin < 0) | (orders.ship < 0))
    s, t = np.nonzero(supply.most > 0.0)
    new = made_at(net)
    place = np.concatenate([lots, orders.place[own], supply.place[s], new[0]])
    now = np.zeros(len(lots), dtype=np.int64)
    period = np.concatenate([now, orders.due[own], t + supply.lead[s, t], new[1]])
    made_day = found.new_day[places.product[new[0]], new[1]]
    day = np.concatenate([found.lot_day, found.order_day[own], found.supply_day[s, t], made_day])
    kept = counted[places.product[place]]
    return Sources(place[kept], period[kept], day[kept])


def made_at(net: Network) -> tuple[Ints, Ints]:
    """Places and periods in which what is made can come into stock."""
    if net.production is None:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    made = np.unique(net.production.place(net.places.of, net.production.outputs))
    first = net.places.earliest[made]
    at, period = np.nonzero(first[:, None] <= np.arange(len(net.periods)))
    return made[at], period


def build_ages(net: Network, found: Lives, came: Sources, who: "Takers") -> Ages:
    """Put last usable days together that nobody in the plan can tell apart."""
    periods, product = net.periods, net.places.product[came.place]
    span = 2 * int(np.abs(came.day).max(initial=0)) + 2
    keys = np.unique(product * span + came.day)
    of = np.floor_divide(keys + span // 2, span)
    day = keys - of * span
    marks = [np.minimum(last_buckets(periods, day), _latest(net)[of])]
    begins = days_of(periods, periods.start)
    marks.append(np.searchsorted(begins, day - found.life[of] + 1 + found.maturation[of]))
    asked = np.unique(np.stack([net.places.product[who.place], who.days]), axis=1)
    for wanted in np.unique(asked[1]):
        asks = np.isin(of, asked[0][asked[1] == wanted])
        marks.append(np.where(asks, np.searchsorted(begins + wanted - 1, day, side="right"), 0))
    table = np.stack([of, *marks])
    new = np.ones(len(keys), dtype=bool)
    new[1:] = (table[:, 1:] != table[:, :-1]).any(axis=0)
    return Ages(of[new], day[new], last_buckets(periods, day[new]))


def _latest(net: Network) -> Ints:
    """[P] last period in which anything can arrive, at least the first one after the horizon."""
    goods, supply, last = net.goods, net.supply, len(net.periods)
    latest = np.full(len(net.products), last, dtype=np.int64)
    k, t = np.nonzero(goods.allowed)
    np.maximum.at(latest, goods.product[k], t + goods.lead[k, t])
    s, t = np.nonzero(supply.most > 0.0)
    np.maximum.at(latest, net.places.product[supply.place[s]], t + supply.lead[s, t])
    return latest


@dataclass(frozen=True)
class Batches:
    """Where and when each age can be."""

    place: Ints
    """[Y] place; by place, then by age."""
    age: Ints
    """[Y] age."""
    there: Flags
    """[Y, T] whether it can be there in the period."""
    stays: Flags
    """[Y, T] whether it can be there after the goods of the period have expired."""
    here: Ints
    """[N, T] the only age in the period, ``EXPIRED`` for none, ``SEVERAL``."""
    kept: Ints
    """[N, T] the same after the goods of the period have expired."""
    oldest: Ints
    """[N, T] oldest age in the period; ``NOBODY`` where there is none."""
    youngest: Ints
    """[N, T] youngest age in the period; -1 where there is none."""


def spread_ages(net: Network, ages: Ages, came: Sources) -> Batches:
    """Follow every age along lanes and open orders as far as it lives."""
    places, periods = net.places, len(net.periods)
    begin = np.searchsorted(ages.product, np.arange(len(net.products)))
    width = int(np.bincount(ages.product, minlength=1).max(initial=1))
    lives = np.full((len(net.products), width), -1, dtype=np.int64)
    lives[ages.product, np.arange(len(ages.product)) - begin[ages.product]] = ages.last
    counted = np.flatnonzero(np.isin(places.product, ages.product))
    row = np.full(len(places), -1, dtype=np.int64)
    row[counted] = np.arange(len(counted))
    lasts = lives[places.product[counted]]
    there = np.zeros((len(counted), width, periods), dtype=bool)
    product = places.product[came.place]
    age = ages.of(product, came.day, came.period)
    known = (age >= 0) & (came.period < periods)
    rank = age - begin[product]
    there[row[came.place[known]], rank[known], came.period[known]] = True
    _carry(net, there, lasts, row)
    place, rank = np.nonzero(there.any(axis=2))
    age = begin[places.product[counted[place]]] + rank
    now = np.arange(periods)
    here = there[place, rank]
    stays = here & (ages.last[age][:, None] > now) & places.keeps[counted[place]]
    place = counted[place]
    size = len(places)
    oldest, youngest = np.full((size, periods), NOBODY), np.full((size, periods), -1)
    for t in now:
        at = np.flatnonzero(here[:, t])
        np.minimum.at(oldest[:, t], place[at], age[at])
        np.maximum.at(youngest[:, t], place[at], age[at])
    only, left = _only(place, age, here, size), _only(place, age, stays, size)
    return Batches(place, age, here, stays, only, left, oldest, youngest)


def _carry(net: Network, there: Flags, lasts: Ints, row: Ints) -> None:
    """Let ages stay, travel on lanes and with open orders, period by period, in place.

    Args:
        net: the network.
        there: [places of counted products, rank of the age, T].
        lasts: [places of counted products, rank] last period of the age.
        row: [N] row of each place in ``there``, -1 for others.
    """
    goods, orders, periods = net.goods, net.orders, there.shape[2]
    keeps = net.places.keeps[row >= 0]
    k, ship = np.nonzero(goods.allowed & (row[goods.source] >= 0)[:, None])
    o = np.flatnonzero((orders.origin >= 0) & (orders.ship >= 0) & (row[orders.place] >= 0))
    source = row[np.concatenate([goods.source[k], orders.origin[o]])]
    sink = row[np.concatenate([goods.sink[k], orders.place[o]])]
    due = np.concatenate([ship + goods.lead[k, ship], orders.due[o]])
    ship = np.concatenate([ship, orders.ship[o]])
    for t in range(periods):
        if t:
            there[:, :, t] |= there[:, :, t - 1] & keeps[:, t - 1, None] & (lasts >= t)
        now = np.flatnonzero((ship == t) & (due == t))
        before = -1
        while before != (before := int(there[:, :, t].sum())):
            np.logical_or.at(there[:, :, t], sink[now], there[source[now], :, t])
        for arrival in np.unique(due[(ship == t) & (due > t) & (due < periods)]):
            later = np.flatnonzero((ship == t) & (due == arrival))
            alive = there[source[later], :, t] & (lasts[source[later]] >= arrival)
            np.logical_or.at(there[:, :, arrival], sink[later], alive)


def _only(place: Ints, age: Ints, there: Flags, places: int) -> Ints:
    """[N, T] the only age that is there, ``EXPIRED`` for none, ``SEVERAL``."""
    only = np.full((places, there.shape[1]), EXPIRED)
    for t in range(there.shape[1]):
        at = np.flatnonzero(there[:, t])
        only[place[at], t] = age[at]
        only[np.bincount(place[at], minlength=places) > 1, t] = SEVERAL
    return only


@dataclass(frozen=True)
class Takers:
    """Who is served from where: every demand stream, then every way to meet one otherwise."""

    stream: Ints
    """[V] demand stream."""
    place: Ints
    """[V] place whose goods are issued."""
    days: Ints
    """[V] days of life asked for at delivery."""


def takers(net: Network, found: Lives, group: Ints) -> Takers:
    """Return who asks for how much life; of days and share of the shelf life the stricter counts.

    Args:
        net: the network.
        found: lives.
        group: [D] class of each stream.
    """
    stream, place = np.arange(len(net.demand)), net.demand.place
    if net.substitutes is not None:
        stream = np.concatenate([stream, net.substitutes.stream])
        place = np.concatenate([place, net.substitutes.place])
    life = np.where(found.stated, found.life, 0)[net.places.product[place]]
    share = np.ceil(found.class_share[group[stream]] * life - 1e-9).astype(np.int64)
    return Takers(stream, place, np.maximum(found.class_days[group[stream]], share))


def accepted(net: Network, ages: Ages, who: Takers) -> Ints:
    """Oldest age that everybody takes in each period, [V, T]; ``NOBODY`` for none.

    Goods must live to the end of the period, and on its first day at least as long as asked.
    """
    periods, product = net.periods, net.places.product[who.place]
    begins, ends = days_of(periods, periods.start), days_of(periods, periods.end)
    day = np.maximum(begins + who.days[:, None] - 1, ends)
    return _first_from(ages, np.broadcast_to(product[:, None], day.shape), day)


def ripe(net: Network, found: Lives, ages: Ages) -> Ints:
    """Youngest age that may be issued in each period, [P, T]: mature on its first day."""
    begins = days_of(net.periods, net.periods.start)
    day = begins - found.maturation[:, None] + found.life[:, None]
    day = np.where((found.maturation > 0)[:, None], day, NOBODY)
    product = np.broadcast_to(np.arange(len(net.products))[:, None], day.shape)
    after = _first_from(ages, product, day)
    count = np.searchsorted(ages.product, product, side="right")
    return np.where(after == NOBODY, count, after) - 1


def _first_from(ages: Ages, product: Ints, day: Ints) -> Ints:
    """First age of a product whose goods live to a day or longer; ``NOBODY`` for none."""
    result = np.full(day.shape, NOBODY)
    begin = np.searchsorted(ages.product, product, side="left")
    end = np.searchsorted(ages.product, product, side="right")
    longest = int((end - begin).max(initial=0))
    for rank in range(longest)[::-1]:
        at = np.minimum(begin + rank, max(len(ages.day) - 1, 0))
        fits = (begin + rank < end) & (ages.day[at] >= day)
        result = np.where(fits, begin + rank, result)
    return result
