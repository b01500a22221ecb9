"""Shelf life: which products are planned by age, and who may take which age (F19)."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.assembly.age_order import in_order
from tierstock.inputs.assembly.ages import (
    Ages,
    Batches,
    Sources,
    Takers,
    accepted,
    build_ages,
    ripe,
    sources,
    spread_ages,
    takers,
)
from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.lives import NEVER, Lives, lives
from tierstock.inputs.checking.life_checks import check_ages, check_lives
from tierstock.inputs.network import EXPIRED, SEVERAL, Flags, Ints, Network, ShelfLife

LAST_DAY = np.datetime64("9999-12-31", "D")


@dataclass(frozen=True)
class Takes:
    """Which ages may be issued."""

    who: Takers
    oldest: Ints
    """[V, T] oldest age that everybody takes."""
    youngest: Ints
    """[P, T] youngest age that is mature."""


def shelf_life(net: Network, ground: Ground, links: Links) -> ShelfLife | None:
    """Return the ages of goods; None where nothing expires, ripens or is too old for a class."""
    found = lives(net, ground, links)
    check_lives(net, ground, links, found)
    counted = found.stated | (found.maturation > 0)
    for product, day in (
        (found.lot_product, found.lot_day),
        (net.places.product[net.orders.place], found.order_day),
        (net.places.product[net.supply.place], found.supply_day.min(axis=1, initial=NEVER)),
    ):
        counted[product[day < NEVER]] = True
    if not counted.any():
        return None
    came = sources(net, found, counted)
    who = takers(net, found, ground.streams.service_class)
    ages = build_ages(net, found, came, who)
    batches = spread_ages(net, ages, came)
    takes = Takes(who, accepted(net, ages, who), ripe(net, found, ages))
    picky = _picky(net, batches, takes)
    live = _live(net, ages, batches, came, picky)
    if not live.any():
        return None
    result = _part(net, found, ages, batches, takes, (live, picky))
    check_ages(net, ground, result)
    return result


def _picky(net: Network, batches: Batches, takes: Takes) -> Flags:
    """[N] places where a class or a recipe may not take every age that can be there."""
    places, place = net.places, takes.who.place
    unripe = (batches.youngest > takes.youngest[places.product]).any(axis=1)
    used = np.zeros(len(places), dtype=bool)
    used[place] = True
    if net.production is not None:
        used[net.production.place(places.of, net.production.inputs)] = True
    picky = used & unripe
    picky[place[(batches.oldest[place] < takes.oldest).any(axis=1)]] = True
    return np.asarray(picky)


def _live(net: Network, ages: Ages, batches: Batches, came: Sources, picky: Flags) -> Flags:
    """[P] products of which something expires, comes too late, or is refused by somebody."""
    live = np.zeros(len(net.products), dtype=bool)
    live[ages.product[batches.age[ages.last[batches.age] < len(net.periods)]]] = True
    product = net.places.product[came.place]
    live[product[ages.of(product, came.day, came.period) == EXPIRED]] = True
    live[net.places.product[picky]] = True
    goods = net.goods
    k, t = np.nonzero(goods.allowed)
    oldest = batches.oldest[goods.source[k], t]
    some = np.flatnonzero(oldest < len(ages.last))
    k, t = k[some], t[some]
    live[goods.product[k[ages.last[oldest[some]] < t + goods.lead[k, t]]]] = True
    return live


def _days_to(net: Network, date: np.datetime64) -> int:
    return int((date - net.periods.start[0].astype("datetime64[D]")).astype(np.int64))


def _part(
    net: Network,
    found: Lives,
    ages: Ages,
    batches: Batches,
    takes: Takes,
    flags: tuple[Flags, Flags],
) -> ShelfLife:
    """Bind all together for live products only."""
    live, picky = flags
    places, orders, supply, last = net.places, net.orders, net.supply, len(net.periods)
    product = places.product
    lots = np.flatnonzero(live[found.lot_product])
    lot_place = places.of[found.lot_location[lots], found.lot_product[lots]]
    lot_age = ages.of(found.lot_product[lots], found.lot_day[lots], np.zeros(len(lots), np.int64))
    order_product = product[orders.place]
    order_age = ages.of(order_product, found.order_day, orders.due)
    travels = (orders.origin >= 0) & (orders.ship >= 0)
    taken = batches.here[orders.origin, np.maximum(orders.ship, 0)]
    arrives = (taken >= 0) & (ages.last[np.maximum(taken, 0)] >= orders.due)
    order_age = np.where(travels, np.where(arrives | (taken == SEVERAL), taken, EXPIRED), order_age)
    now = np.arange(last)
    offered = product[supply.place][:, None], found.supply_day, now + supply.lead
    every = np.broadcast_to(np.arange(len(net.products))[:, None], found.new_day.shape)
    kept = live[ages.product[batches.age]]
    k, t = np.nonzero(net.goods.allowed & live[net.goods.product][:, None])
    way = k, net.goods.source[k], t, t + net.goods.lead[k, t]
    load = _of_several(ages, batches, *way)
    o = np.flatnonzero(order_age == SEVERAL)
    dead = np.zeros(len(o), dtype=np.int64)  # it leaves even where it arrives expired
    ride = _of_several(ages, batches, o, orders.origin[o], orders.ship[o], dead)
    return ShelfLife(
        live=live,
        by_age=live & ~in_order(net, ages, batches, found, picky, order_age),
        scrap_cost=found.scrap_cost,
        age_product=ages.product,
        age_day=np.minimum(ages.day, _days_to(net, LAST_DAY))
        + net.periods.start[0].astype("datetime64[D]"),
        age_last=ages.last,
        lot_place=lot_place,
        lot_age=lot_age,
        lot_units=found.lot_units[lots],
        order_age=order_age,
        supply_age=ages.of(*offered),
        new_age=ages.of(every, found.new_day, np.broadcast_to(now, every.shape)),
        batch_place=batches.place[kept],
        batch_age=batches.age[kept],
        batch_there=batches.there[kept],
        batch_stays=batches.stays[kept],
        load_goods=load[0],
        load_age=load[1],
        ride_order=ride[0],
        ride_age=ride[1],
        here=batches.here,
        kept=batches.kept,
        taker_stream=takes.who.stream,
        taker_place=takes.who.place,
        oldest_age=takes.oldest,
        ripe_age=takes.youngest,
        served=_served(net, ages, batches, takes, live),
    )


def _of_several(
    ages: Ages, batches: Batches, thing: Ints, source: Ints, ship: Ints, arrival: Ints
) -> tuple[Ints, Ints]:
    """Things that leave a place where several ages are, with each age that is alive on arrival."""
    first = np.searchsorted(batches.place, source, side="left")
    count = np.searchsorted(batches.place, source, side="right") - first
    count = np.where(batches.here[source, ship] == SEVERAL, count, 0)
    entry = np.repeat(np.arange(len(thing)), count)
    at = np.repeat(first - np.cumsum(count) + count, count) + np.arange(len(entry))
    age = batches.age[at]
    alive = batches.there[at, ship[entry]] & (ages.last[age] >= arrival[entry])
    size = len(ages.last) + 1
    pairs = np.unique(thing[entry[alive]] * size + age[alive])
    return pairs // size, pairs % size


def _served(net: Network, ages: Ages, batches: Batches, takes: Takes, live: Flags) -> Flags:
    """[D, T] whether goods that the stream takes can be at its place, or stand in for them."""
    place, size = takes.who.place, len(ages.last) + 1
    product = net.places.product[place]
    now = np.arange(len(net.periods))
    there = (net.places.earliest[place][:, None] <= now) & ~live[product][:, None]
    for t in now:
        alive = batches.there[:, t]
        keys = batches.place[alive] * size + batches.age[alive]
        low = place * size + np.minimum(takes.oldest[:, t], size - 1)
        high = place * size + takes.youngest[product, t]
        count = np.searchsorted(keys, high, side="right") - np.searchsorted(keys, low)
        there[:, t] |= live[product] & (count > 0)
    served = np.zeros((len(net.demand), len(now)), dtype=bool)
    np.logical_or.at(served, takes.who.stream, there)
    return served
