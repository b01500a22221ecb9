"""What expires, when, and which ages travel (F19)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.network import EXPIRED, SEVERAL, Floats, Ints, ShelfLife
from tierstock.outputs.charge import Charge, free, grid
from tierstock.outputs.expand import NOISE, Flows, add_up, clean
from tierstock.outputs.production import produced

FOREVER = "9999-12-31"
"""Last usable day of goods that never expire, told as ``NO_DAY``."""
NO_DAY = "–"


@dataclass(frozen=True)
class Receipts:
    """What came to places of products that expire, one entry each."""

    place: Ints
    period: Ints
    age: Ints
    """Age, ``EXPIRED`` for what may not be used when it comes."""
    units: Floats


def receipts(plan: Flows) -> Receipts:
    """Return everything that came in, by age; shipments whose age nobody has to know are not here.

    Opening lots count as received in the first period.
    """
    net, life, last = plan.net, plan.net.shelf_life, plan.size[1]
    assert life is not None
    orders, product = net.orders, net.places.product
    own = np.flatnonzero(life.live[product[orders.place]] & (life.order_age != SEVERAL))
    s, t = np.nonzero(plan.purchase)
    n, u = np.nonzero(produced(plan))
    parts = [
        (life.lot_place, np.zeros(len(life.lot_place), np.int64), life.lot_age, life.lot_units),
        (orders.place[own], orders.due[own], life.order_age[own], plan.order_units[own]),
        (net.supply.place[s], plan.receipt[s, t], life.supply_age[s, t], plan.purchase[s, t]),
        (n, u, life.new_age[product[n], u], produced(plan)[n, u]),
        *_carried(plan, life),
    ]
    place, period, age, units = (np.concatenate(part) for part in zip(*parts, strict=True))
    kept = life.live[product[place]] & (period < last) & (age != SEVERAL)
    return Receipts(place[kept], period[kept], age[kept], units[kept])


def _carried(plan: Flows, life: ShelfLife) -> list[tuple[Ints, Ints, Ints, Floats]]:
    """Receipts by lanes and by open orders that took what was there."""
    net = plan.net
    goods, orders = net.goods, net.orders
    k, t = np.nonzero(plan.flow * life.live[goods.product][:, None])
    lone = life.here[goods.source[k], t]
    units = (plan.flow * goods.arriving_share)[k, t]
    by_load = plan.made.dense("flow_by_expiry", "load", "period")
    z, u = np.nonzero(by_load)
    load = life.load_goods[z]
    arrived = by_load[z, u] * goods.arriving_share[load, u]
    ride = plan.made.dense("order_by_expiry", "ride")
    o, age = life.ride_order, life.ride_age
    age = np.where(life.age_last[age] >= orders.due[o], age, EXPIRED)
    return [
        (goods.sink[k], plan.arrival[k, t], lone, units),
        (goods.sink[load], plan.arrival[load, u], life.load_age[z], arrived),
        (orders.place[o], orders.due[o], age, ride),
    ]


def scrapped(plan: Flows) -> Floats:
    """Return [N, T] units scrapped: expired in stock, or by the time they came."""
    if plan.net.shelf_life is None:
        return np.zeros(plan.size)
    came = receipts(plan)
    dead = came.age == EXPIRED
    at_once = add_up(plan.size, came.place[dead], came.period[dead], came.units[dead])
    return clean(plan.made.dense("scrapped", "place", "period") + at_once)


def scrap_charges(plan: Flows) -> Iterator[Charge]:
    """scrap = Scrap Cost x expired units."""
    life, places = plan.net.shelf_life, plan.net.places
    if life is None:
        return
    price = np.broadcast_to(life.scrap_cost[places.product][:, None], plan.size)
    yield grid("scrap", places.location, places.product, free(price, scrapped(plan)))


def expiring(plan: Flows) -> Floats:
    """Return [N, T] units at hand in the period that expire at its end unless they are used.

    Where the model does not tell ages apart, the goods that come first are used first, but for
    those that expire in the end.
    """
    life, last = plan.net.shelf_life, plan.size[1]
    if life is None:
        return np.zeros(plan.size)
    came = receipts(plan)
    until = np.where(came.age == EXPIRED, came.period, life.age_last[np.maximum(came.age, 0)])
    ends = until < last
    total = add_up(plan.size, came.place[ends], until[ends], came.units[ends])
    now = ends & (until == came.period)
    at_once = add_up(plan.size, came.place[now], came.period[now], came.units[now])
    aged = life.by_age[plan.net.places.product][:, None]
    return clean(np.where(aged, at_once + _kept(plan, life), total - _used_before(plan, total)))


def _kept(plan: Flows, life: ShelfLife) -> Floats:
    """[N, T] stock at the start of a period that expires at its end, where ages are known.

    Opening lots count as received.
    """
    size = plan.size
    kept = plan.made.dense("stock_by_expiry", "batch", "period")
    alone = life.batch(np.arange(size[0])[:, None], life.kept)
    n, t = np.nonzero((alone >= 0) & (plan.stock != 0))
    kept[alone[n, t], t] = plan.stock[n, t]
    until = life.age_last[life.batch_age]
    y = np.flatnonzero((until > 0) & (until < size[1]))
    return add_up(size, life.batch_place[y], until[y], kept[y, until[y] - 1])


def _used_before(plan: Flows, total: Floats) -> Floats:
    """[N, T] of what expires in each period, what is used before it: first come, first served."""
    gone = scrapped(plan)
    left = total - gone
    came = plan.arrived + plan.order_in + plan.purchased + produced(plan)
    came[:, 0] += plan.net.places.opening
    used = np.cumsum(came - gone, axis=1) - plan.stock
    before = np.hstack([np.zeros((plan.size[0], 1)), used[:, :-1]])
    earlier = np.cumsum(left, axis=1) - left
    return np.clip(before - earlier, 0.0, np.maximum(left, 0.0))


def shipped_ages(plan: Flows, goods: Ints, period: Ints, units: Floats) -> pd.Series:
    """Return for rows of shipments the units by last usable day, ``2026-01-25: 30; …``.

    Several rows of one good and period (vehicle types) share the ages, the oldest in the first.
    Blank where the product does not expire, or everything is used in the period it is shipped.
    """
    life = plan.net.shelf_life
    text = np.full(len(goods), "", dtype=object)
    if life is None:
        return pd.Series(text, dtype="str")
    days = _days(life)
    by_load = plan.made.dense("flow_by_expiry", "load", "period")
    loads: dict[tuple[int, int], list[tuple[int, float]]] = {}
    for z, t in zip(*np.nonzero(by_load > NOISE), strict=True):
        key = int(life.load_goods[z]), int(t)
        loads.setdefault(key, []).append((int(life.load_age[z]), float(by_load[z, t])))
    live = life.live[plan.net.goods.product[goods]]
    for row in np.flatnonzero(live).tolist():
        key, here = (int(goods[row]), int(period[row])), float(units[row])
        alone = int(life.here[plan.net.goods.source[key[0]], key[1]])
        parts = [(alone, here)] if alone >= 0 else _take(loads.get(key, []), here)
        text[row] = _told(parts, days)
    return pd.Series(text, dtype="str")


def order_ages(plan: Flows, orders: Ints) -> pd.Series:
    """Return for open orders that leave the units by last usable day."""
    life = plan.net.shelf_life
    text = np.full(len(orders), "", dtype=object)
    if life is None:
        return pd.Series(text, dtype="str")
    days, ride = _days(life), plan.made.dense("order_by_expiry", "ride")
    product = plan.net.places.product[plan.net.orders.place]
    for row, order in enumerate(orders.tolist()):
        if not life.live[product[order]]:
            continue
        mine = np.flatnonzero((life.ride_order == order) & (ride > NOISE))
        parts = [(int(life.ride_age[w]), float(ride[w])) for w in mine]
        alone = int(life.here[plan.net.orders.origin[order], plan.net.orders.ship[order]])
        if alone >= 0:
            parts = [(alone, float(plan.order_units[order]))]
        text[row] = _told(parts, days)
    return pd.Series(text, dtype="str")


def _days(life: ShelfLife) -> list[str]:
    return [NO_DAY if day == FOREVER else day for day in life.age_day.astype(str)]


def _take(parts: list[tuple[int, float]], units: float) -> list[tuple[int, float]]:
    """Take units from the front of a list of ages, in place."""
    found = []
    while parts and units > NOISE:
        age, there = parts.pop(0)
        taken = min(there, units)
        found.append((age, taken))
        units -= taken
        if there - taken > NOISE:
            parts.insert(0, (age, there - taken))
    return found


def _told(parts: list[tuple[int, float]], days: list[str]) -> str:
    return "; ".join(f"{days[age]}: {units:.12g}" for age, units in parts)
