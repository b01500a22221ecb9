"""Rules that may force more of a product than anybody needs, for the bounds (C.6.2)."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.checking.cash import most_there, traded_for_cash
from tierstock.inputs.network import Network
from tierstock.model.asked import asked_by_rows

Floats = NDArray[np.float64]
TINY = 1e-9
"""Shares that miss 1 by less leave nothing over."""


def by_user_rows(net: Network) -> tuple[Floats, Floats]:
    """What the planner's own constraints ask for whatever is needed (``asked``); both [P]."""
    return np.ones(len(net.products)), asked_by_rows(net).amount


def by_donors(net: Network) -> tuple[Floats, Floats]:
    """Stock a place has to keep to send anything on; factor and amount, both [P].

    What it keeps once it still has the next time, unless it may leave on a lane that asks for
    less: then it is counted in every period.
    """
    factor, amount = np.ones(len(net.products)), np.zeros(len(net.products))
    if net.transfers is None or not net.transfers.cover.any():
        return factor, amount
    goods, places = net.goods, net.places
    kept = np.zeros(goods.allowed.shape)
    kept[net.transfers.goods] = net.transfers.cover
    most, least = np.zeros(places.safety.shape), np.full(places.safety.shape, np.inf)
    np.maximum.at(most, goods.source, np.where(goods.allowed, kept, 0.0))
    np.minimum.at(least, goods.source, np.where(goods.allowed, kept, np.inf))
    loose = (least < most).any(axis=1) | (net.production is not None)
    rises = np.maximum(np.diff(most, axis=1, prepend=0.0), 0.0).sum(axis=1)
    np.add.at(amount, places.product, np.where(loose, most.sum(axis=1), rises))
    return factor, amount


def by_returns(net: Network) -> tuple[Floats, Floats]:
    """What customers may bring back and has to be moved away again; both [P]."""
    factor, amount = np.ones(len(net.products)), np.zeros(len(net.products))
    if net.returns is not None:
        issued = np.zeros(len(net.places))
        wanted = net.demand.quantity.sum(axis=1) + net.demand.opening_backlog
        np.add.at(issued, net.demand.place, wanted)
        if net.substitutes is not None:
            ways = net.substitutes
            np.add.at(issued, ways.place, ways.ratio * wanted[ways.stream])
        back = net.returns.ratio * issued[net.returns.place]
        np.add.at(amount, net.places.product[net.returns.back], back)
    return factor, amount


def by_transfers(net: Network) -> tuple[Floats, Floats]:
    """Least moves: each may bring more than anybody needs; factor and amount, both [P]."""
    factor, amount = np.ones(len(net.products)), np.zeros(len(net.products))
    if net.transfers is not None:
        moves = net.transfers.moves
        worth = net.places.value[net.goods.sink[moves.goods]]
        least = moves.least_units[moves.move]
        lot = np.divide(moves.least_value[moves.move], worth, out=least * 0.0, where=worth > 0)
        lot = np.where(moves.when, np.maximum(least, lot), 0.0)
        np.add.at(amount, net.goods.product[moves.goods], lot.sum(axis=1))
    return factor, amount


def by_substitutes(net: Network) -> tuple[Floats, Floats]:
    """What products may be asked for in place of others; both [P]."""
    factor, amount = np.ones(len(net.products)), np.zeros(len(net.products))
    ways = net.substitutes
    if ways is not None:
        wanted = net.demand.quantity.sum(axis=1) + net.demand.opening_backlog
        more = ways.ratio * wanted[ways.stream]
        np.add.at(amount, net.places.product[ways.place], more)
    return factor, amount


def by_rates(net: Network) -> tuple[Floats, Floats]:
    """What may be shipped only because more of it is cheaper (all-unit rates); both [P]."""
    factor, amount = np.ones(len(net.products)), np.zeros(len(net.products))
    rates = net.rates
    if rates is None or len(rates) < 2:
        return factor, amount
    after = rates.start[1:] + rates.rate[1:] * rates.low[1:]
    before = rates.start[:-1] + rates.rate[:-1] * rates.low[1:]
    cheaper = (rates.lane[1:] == rates.lane[:-1]) & (after < before)
    lot = np.zeros((len(net.lanes), net.products.measure.shape[1]))
    np.maximum.at(lot, (rates.lane[1:][cheaper], rates.basis[1:][cheaper]), rates.low[1:][cheaper])
    size = net.products.measure[net.goods.product]
    with np.errstate(divide="ignore", invalid="ignore"):
        units = np.where(size > 0, lot[net.goods.lane] / size, 0.0).max(axis=1, initial=0.0)
    np.add.at(amount, net.goods.product, units * len(net.periods))
    return factor, amount


def by_lots(net: Network) -> tuple[Floats, Floats]:
    """Least orders and whole lots, and what quotas make others deliver; both [P].

    Every order and shipment may bring up to one lot more than is needed. For one unit of a
    supplier that may give at most the share u of what enters, 1 / u enters.
    """
    factor, amount = np.ones(len(net.products)), np.zeros(len(net.products))
    lots, product = net.lots, net.places.product[net.supply.place]
    if lots is None:
        return factor, amount
    np.add.at(amount, product, np.maximum(lots.moq, lots.order).sum(axis=1))
    np.add.at(amount, net.goods.product, lots.shipment.sum(axis=1))
    least = np.zeros((len(net.products), lots.moq.shape[1]))
    np.add.at(least, product, lots.share_min)
    largest = np.minimum(lots.share_max, 1.0 - least[product] + lots.share_min)
    with np.errstate(divide="ignore"):
        times = np.where(largest > 0, 1.0 / largest, 1.0).max(axis=1, initial=1.0)
        others = np.where(least < 1, 1.0 / (1.0 - least), 1.0).max(axis=1, initial=1.0)
    np.maximum.at(factor, product, times)
    return np.maximum(factor, others), amount


def by_sourcing(net: Network) -> tuple[Floats, Floats]:
    """Shares tie what one origin sends to what all send; ranks ask for full lanes; both [P].

    What is forced onto one lane brings up to 1 / share of it to the place, with the share that is
    left where its origin has none of its own; a place that keeps no stock hands it on to the next.
    """
    factor, amount = np.ones(len(net.products)), np.zeros(len(net.products))
    if net.sourcing is None:
        return factor, amount
    shares, places, goods = net.sourcing.shares, net.places, net.goods
    some = shares.share > 0
    np.maximum.at(factor, places.product[shares.place[some]], 1.0 / shares.share[some])
    left = 1.0 - np.bincount(shares.place, shares.share, minlength=len(places))
    open_to_all = np.flatnonzero(left > TINY)
    open_to_all = open_to_all[np.isin(open_to_all, shares.place)]
    np.maximum.at(factor, places.product[open_to_all], 1.0 / left[open_to_all])
    through = ~places.keeps[shares.place].any(axis=1)
    factor **= 1 + len(np.unique(places.location[shares.place[through]]))
    ranked = net.sourcing.ranks.goods
    filled = np.flatnonzero(np.isin(goods.lane, goods.lane[ranked]))
    most = net.lanes.max_shipment[goods.lane[filled]]
    np.add.at(amount, goods.product[filled], np.where(np.isfinite(most), most, 0.0).sum(axis=1))
    supply = np.isin(net.supply.place, goods.source[ranked[net.sourcing.ranks.by_supply]])
    product = places.product[net.supply.place[supply]]
    np.add.at(amount, product, net.supply.most[supply].sum(axis=1))
    return factor, amount


def by_fixed_plan(net: Network) -> tuple[Floats, Floats]:
    """What is fixed, or has its price to be changed, moves whether it is needed or not; [P]."""
    factor, amount = np.ones(len(net.products)), np.zeros(len(net.products))
    plan = net.fixed_plan
    if plan is None:
        return factor, amount
    ships, orders, made = plan.shipments, plan.orders, plan.production
    np.add.at(amount, net.goods.product[ships.of], ships.quantity)
    np.add.at(amount, net.places.product[net.supply.place[orders.of]], orders.quantity)
    if net.production is not None:
        runs = np.bincount(made.of, made.quantity, minlength=len(net.production.recipes))
        for materials in (net.production.inputs, net.production.outputs):
            np.add.at(amount, materials.product, materials.units * runs[materials.recipe])
    return factor, amount


def by_cash(net: Network) -> tuple[Floats, Floats]:
    """What a company may send to another only to be paid for it; both [P].

    Where a balance has a least, goods with a transfer price may move without being needed, but
    never more of them than there can be (``inputs.checking.cash``).
    """
    factor, amount = np.ones(len(net.products)), np.zeros(len(net.products))
    traded = traded_for_cash(net)
    amount[traded] = most_there(net)[traded]
    return factor, amount


FORCING: tuple[Callable[[Network], tuple[Floats, Floats]], ...] = (
    by_lots,
    by_rates,
    by_returns,
    by_substitutes,
    by_user_rows,
    by_transfers,
    by_donors,
    by_sourcing,
    by_fixed_plan,
    by_cash,
)
"""Each gives, by product, a factor on the need and an amount besides; 1 and 0 where it is still."""


def forced(net: Network) -> tuple[Floats, Floats]:
    """Return what all rules together force: factor and amount by product, both [P]."""
    factor, amount = np.ones(len(net.products)), np.zeros(len(net.products))
    for force in FORCING:
        times, more = force(net)
        factor, amount = factor * times, amount + more
    return factor, amount
