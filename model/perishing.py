"""What expiry does to what can have come and to what cannot be taken away (F5, F6, F19)."""

from dataclasses import replace

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Network
from tierstock.model.by_age import known, shares
from tierstock.model.reach import reach

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]


def alive_reach(m: pyo.ConcreteModel, net: Network, most: Floats) -> Floats:
    r"""Most that can have come to a place and be alive after each period; shape [N, T].

    .. math:: R^{alive}_{lpt} = \min\Bigl(R_{lpt},\ \sum_{g:\, e_g > t} R_{lpgt}\Bigr)

    with the reach R of each age by itself: what comes of it, and on lanes what arrives alive.

    Args:
        m: the model, for what comes to its places.
        net: the network.
        most: [N, T] reach of all ages together.
    """
    life = net.shelf_life
    if life is None:
        return most
    places, last = net.places, len(net.periods)
    total = np.zeros(most.shape)
    begin = np.searchsorted(life.age_product, np.arange(len(net.products)))
    rank = np.arange(len(life.age_last)) - begin[life.age_product]
    coming = _coming(m, net)
    for number in range(int(rank.max(initial=-1)) + 1):
        mine = np.flatnonzero(rank == number)
        until = np.full(len(net.products), -1, dtype=np.int64)
        until[life.age_product[mine]] = life.age_last[mine]
        opening, brought = np.zeros(len(places)), np.zeros(most.shape)
        for place, period, age, units, kind in coming:
            chosen = np.isin(age, mine)
            if kind == "opening":
                np.add.at(opening, place[chosen], units[chosen])
            else:
                np.add.at(brought, (place[chosen], period[chosen]), units[chosen])
        goods = net.goods
        arrives = np.arange(last) + goods.lead
        alive = goods.allowed & (arrives <= until[goods.product][:, None])
        part = replace(
            net,
            places=replace(places, opening=opening),
            goods=replace(goods, allowed=alive),
            production=None,
            returns=None,
        )
        lives = until[places.product][:, None] > np.arange(last)
        total += np.where(lives, reach(part, brought), 0.0)
    return np.where(life.live[places.product][:, None], np.minimum(most, total), most)


def _coming(m: pyo.ConcreteModel, net: Network) -> list[tuple[Ints, Ints, Ints, Floats, str]]:
    """Place, period, age, most units and kind of everything that comes but by lanes."""
    life, last = net.shelf_life, len(net.periods)
    assert life is not None
    found = []
    for one in known(net):
        real = (one.age >= 0) & (one.period < last)
        found.append((one.place[real], one.period[real], one.age[real], one.units[real], one.kind))
    for share in shares(m, net):
        if share.variable.local_name in ("flow", "cancelled"):
            continue
        real = (share.age >= 0) & (share.period < last) & (share.amount > 0.0)
        units = share.amount[real] * share.variable.upper[share.at[real]]
        found.append((share.place[real], share.period[real], share.age[real], units, share.kind))
    youngest = np.full(len(net.orders), -1, dtype=np.int64)
    np.maximum.at(youngest, life.ride_order, life.ride_age)
    o = np.flatnonzero((youngest >= 0) & (net.orders.due < last))
    order = net.orders.place[o], net.orders.due[o], youngest[o], net.orders.quantity[o]
    return [*found, (*order, "order in")]


def alive_lots(net: Network) -> Floats:
    """Most of today's stock and firm orders that is alive after each period, [N, T].

    Infinite where ages do not matter.
    """
    life, orders, last = net.shelf_life, net.orders, len(net.periods)
    shape = len(net.places), last
    if life is None:
        return np.full(shape, np.inf)
    youngest = life.order_age.copy()
    np.maximum.at(youngest, life.ride_order, life.ride_age)
    firm = np.flatnonzero(orders.firm & (youngest >= 0) & (orders.due < last))
    lots = np.flatnonzero(life.lot_age >= 0)
    place = np.concatenate([life.lot_place[lots], orders.place[firm]])
    since = np.concatenate([np.zeros(len(lots), np.int64), orders.due[firm]])
    until = life.age_last[np.concatenate([life.lot_age[lots], youngest[firm]])]
    units = np.concatenate([life.lot_units[lots], orders.quantity[firm]])
    alive = np.zeros(shape)
    for t in range(last):
        there = (since <= t) & (until > t)
        alive[:, t] = np.bincount(place[there], units[there], minlength=shape[0])
    return np.where(life.live[net.places.product][:, None], alive, np.inf)


def willing(net: Network) -> Flags:
    """[D, T] whether a stream takes every age that can be at its place."""
    life = net.shelf_life
    if life is None:
        return np.ones(net.demand.quantity.shape, dtype=bool)
    place = net.demand.place
    oldest, youngest = _extremes(net)
    ripe = life.ripe_age[net.places.product[place]]
    takes = (oldest[place] >= life.oldest_age[: len(place)]) & (youngest[place] <= ripe)
    return takes | ~life.live[net.places.product[place]][:, None]


def trapped(net: Network) -> Flags:
    """[N, T] places where some goods would arrive expired even on the fastest lane."""
    life, goods, last = net.shelf_life, net.goods, len(net.periods)
    shape = len(net.places), last
    if life is None:
        return np.zeros(shape, dtype=bool)
    k, t = np.nonzero(goods.allowed)
    first = np.full(shape, np.iinfo(np.int64).max)
    np.minimum.at(first, (goods.source[k], t), t + goods.lead[k, t])
    fastest = np.where(first < np.iinfo(np.int64).max, first, -1)
    oldest, _ = _extremes(net)
    lasts = np.append(life.age_last, np.iinfo(np.int64).max)[np.minimum(oldest, len(life.age_last))]
    return np.asarray((fastest >= 0) & (lasts < fastest))


def unripe(net: Network) -> Flags:
    """[N, T] places where goods can be that may not be used in a recipe yet."""
    life = net.shelf_life
    if life is None:
        return np.zeros((len(net.places), len(net.periods)), dtype=bool)
    _, youngest = _extremes(net)
    return np.asarray(youngest > life.ripe_age[net.places.product])


def _extremes(net: Network) -> tuple[Ints, Ints]:
    """Oldest and youngest age that can be at each place, [N, T]; beyond all and -1 for none."""
    life = net.shelf_life
    assert life is not None
    oldest = np.full(life.here.shape, np.iinfo(np.int64).max)
    youngest = np.full(life.here.shape, -1, dtype=np.int64)
    y, t = np.nonzero(life.batch_there)
    np.minimum.at(oldest, (life.batch_place[y], t), life.batch_age[y])
    np.maximum.at(youngest, (life.batch_place[y], t), life.batch_age[y])
    return oldest, youngest
