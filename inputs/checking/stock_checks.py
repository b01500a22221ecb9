"""Stock and open orders that cannot be where the tables put them."""

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.network import Ints, Network


def check_stock(network: Network, ground: Ground) -> None:
    """Stock and open orders at places that are closed or keep nothing; orders without stock."""
    _stock_not_kept(network, ground)
    _arrivals_at_closed_places(network, ground)
    _arrivals_nobody_wants(network, ground)
    _orders_without_stock(network, ground)


def _stock_not_kept(network: Network, ground: Ground) -> None:
    sites, opening = ground.sites, ground.opening
    never = ~sites.holds | sites.shut | ~(sites.keeps[:, 0] | sites.locations.active[:, 0])
    wrong = never[opening.location] & ((opening.usable > 0.0) | (opening.blocked > 0.0))
    table = ground.tables.table("OpeningStock")
    rows = np.sort(opening.row[wrong])
    ground.findings.add("stock-not-kept", table=table, index=rows, field="location")


def _arrivals_at_closed_places(network: Network, ground: Ground) -> None:
    sites, orders = ground.sites, network.orders
    inside = orders.due < len(network.periods)
    location = network.places.location[orders.place]
    due = np.minimum(orders.due, len(network.periods) - 1)
    open_then = sites.locations.active[location, due] | sites.keeps[location, due]
    wrong = np.flatnonzero(inside & ~open_then & (orders.quantity > 0.0))
    _report(ground, "order-not-kept", wrong, "to")
    closed = sites.windowed[location, due] & ~sites.locations.active[location, due] & open_then
    resting = np.flatnonzero(inside & closed & (orders.quantity > 0.0))
    _report(ground, "order-while-closed", resting, "due_date")


def _arrivals_nobody_wants(network: Network, ground: Ground) -> None:
    """Firm orders for places that keep nothing, of more than is wanted there then."""
    places, goods, demand = network.places, network.goods, network.demand
    wanted = np.zeros_like(places.arriving)
    owed = np.zeros(len(places))
    np.add.at(wanted, demand.place, demand.quantity)
    np.add.at(owed, demand.place, demand.opening_backlog)
    passed = np.zeros(len(places), dtype=bool)
    passed[goods.source] = True
    if network.production is not None:
        passed[network.production.place(places.of, network.production.inputs)] = True
    spare = places.arriving.cumsum(axis=1) - wanted.cumsum(axis=1) - owed[:, None]
    some = (places.arriving > wanted + 1e-9) & (spare > 1e-9)
    here = some & ~places.keeps & ~passed[:, None]
    orders = network.orders
    inside = orders.firm & (orders.due < len(network.periods))
    due = np.minimum(orders.due, len(network.periods) - 1)
    _report(ground, "order-unwanted", np.flatnonzero(inside & here[orders.place, due]), "quantity")


def _orders_without_stock(network: Network, ground: Ground) -> None:
    """Firm orders that leave before enough can be at their origin."""
    places = network.places
    first, now = first_arrival(network), np.arange(len(network.periods))
    there = places.opening[:, None] + places.arriving.cumsum(axis=1)
    short = (places.leaving.cumsum(axis=1) > there + 1e-9) & (now < first[:, None])
    orders = network.orders
    out = orders.firm & (orders.origin >= 0)
    wrong = np.flatnonzero(out & short[orders.origin, np.maximum(orders.ship, 0)])
    _report(ground, "order-without-stock", wrong, "quantity")


def first_arrival(network: Network) -> Ints:
    """First period in which more can come to a place than is there or firm, [N]; T = never."""
    goods, supply = network.goods, network.supply
    count = len(network.periods)
    now = np.arange(count)
    first = np.full(len(network.places), count)
    arrives = np.where(goods.allowed, now + goods.lead, count)
    np.minimum.at(first, goods.sink, arrives.min(axis=1, initial=count))
    bought = np.where(supply.most > 0.0, now + supply.lead, count)
    np.minimum.at(first, supply.place, bought.min(axis=1, initial=count))
    made = network.production
    if made is not None:
        ready = np.where(made.recipes.most > 0.0, now + made.recipes.lead, count)
        soonest = np.minimum(ready, count).min(axis=1, initial=count)[made.outputs.recipe]
        np.minimum.at(first, made.place(network.places.of, made.outputs), soonest)
    return first


def _report(ground: Ground, code: str, orders: Ints, field: str) -> None:
    table = ground.tables.table("InTransit")
    rows = np.sort(ground.orders.row[orders])
    ground.findings.add(code, table=table, index=rows, field=field)
