"""Demand that is not served, or served late, and open orders that come after the need."""

import numpy as np
import pandas as pd

from tierstock.inputs.network import Floats, Orders
from tierstock.outputs.alerts.pairs import Pairs
from tierstock.outputs.alerts.scene import FEW, Advice, Found, Scene, at_places, first
from tierstock.outputs.expand import add_up
from tierstock.outputs.words import units


def stock_outs(scene: Scene, pairs: Pairs) -> Found:
    """Demand that the plan never serves: lost, or still owed at the end.

    Money is what Costs charges for it: lost sales, and the backorder of the last period, in which
    what is owed costs once more; where profit counts also the sales price.
    """
    lost, owed = scene.service("Lost"), scene.service("Backlog")
    at = np.flatnonzero((lost.sum(axis=1) + owed[:, -1]) > FEW)
    missing = lost[at].sum(axis=1) + owed[at, -1]
    waits = owed[at] > FEW
    to_the_end = np.minimum.accumulate(waits[:, ::-1], axis=1)[:, ::-1]
    begins = first((lost[at] > FEW) | to_the_end)
    money = scene.charged("lost sales")[at].sum(axis=1)
    money += np.where(owed[at, -1] > FEW, scene.charged("backorder")[at, -1], 0.0)
    if scene.net.settings.earns:
        money += np.nan_to_num(scene.net.products.price[scene.net.places.product[at]]) * missing
    advice = [
        _remedy(scene, pairs, int(place), int(when), float(much))
        for place, when, much in zip(at, begins, missing, strict=True)
    ]
    return at_places(scene, "stock-out", at, begins, missing, money, advice)


def _remedy(scene: Scene, pairs: Pairs, place: int, when: int, missing: float) -> Advice:
    """Where the missing units could come from: a surplus, an open order, the source."""
    net = scene.net
    mine = np.flatnonzero(pairs.taker == place)
    if len(mine):
        pair = int(mine[0])
        values: dict[str, object] = {
            "units": units(pairs.units[pair]),
            "place": _code(scene, pairs.giver[pair]),
        }
        if not pairs.lane[pair]:
            return Advice("do lane", values)
        values |= {"ship": _period(scene, pairs.ship[pair])}
        values |= {"arrive": _period(scene, pairs.arrive[pair])}
        return Advice("do send" if pairs.in_time[pair] else "do send late", values)
    orders = net.orders
    later = np.flatnonzero((orders.place == place) & (orders.due > when))
    if len(later):
        order = int(later[np.argmin(orders.due[later])])
        return _hasten(scene, order, min(float(orders.quantity[order]), missing))
    if net.places.earliest[place] > when:
        soon = _period(scene, net.places.earliest[place])
        return Advice("do nothing before", {"period": soon})
    return _bring(scene, place, when, missing)


def _bring(scene: Scene, place: int, when: int, missing: float) -> Advice:
    """Ask more of the cheapest source: what it still has, when it is too far, or what it lacks."""
    goods, ids = scene.net.goods, scene.net.periods.id
    into = np.flatnonzero(goods.sink == place)
    into = into[goods.allowed[into].any(axis=1)]
    values: dict[str, object] = {"units": units(missing), "period": ids[when]}
    if not len(into):
        return Advice("do buy", values)
    lane = into[np.argmin(goods.unit_cost[into, when])]
    arrive = np.arange(len(ids)) + goods.lead[lane]
    timely = np.flatnonzero(goods.allowed[lane] & (arrive <= when))
    source = int(goods.source[lane])
    values["place"] = _code(scene, source)
    if not len(timely):
        soonest = arrive[goods.allowed[lane]].min()
        return Advice("do far", values | {"arrive": _period(scene, soonest)})
    ship = int(timely[-1])
    values["ship"] = ids[ship]
    left = scene.closing[source, ship]
    if scene.kept[source, ship] and left <= FEW:
        return Advice("do fill", values)
    return Advice("do bring", values)


def late(scene: Scene) -> Found:
    """Demand that is owed and served later, and open orders that come after the need.

    One alert per place: units served after their period, or of the orders that were needed
    earlier, whichever are more. Money is what Costs charges as backorder but for the last period,
    or the share of the orders in what the shortage costs, whichever is more.
    """
    net, orders = scene.net, scene.net.orders
    owed = scene.service("Backlog")
    served_late = (scene.service("Issued") - scene.service("On Time")).clip(min=0.0)
    waiting = scene.charged("backorder")
    waiting[:, -1] = np.where(owed[:, -1] > FEW, 0.0, waiting[:, -1])
    units_late, order_money, needs = _late_orders(scene)
    by_order = np.bincount(orders.place, units_late, scene.size[0])
    cost = np.bincount(orders.place, order_money, scene.size[0])
    waits = np.where(served_late.sum(axis=1) > FEW, served_late.sum(axis=1), 0.0)
    quantity, money = (
        np.maximum(by_order, waits),
        np.maximum(waiting.sum(axis=1) * (waits > 0), cost),
    )
    at = np.flatnonzero(quantity > FEW)
    begins = first((needs[at] > FEW) | (owed[at] > FEW))
    done = scene.size[1] - 1 - first(served_late[at, ::-1] > FEW)
    mine = {int(orders.place[o]): int(o) for o in np.argsort(units_late, kind="stable").tolist()}
    advice = [
        _hasten(scene, mine[place], float(units_late[mine[place]]))
        if by_order[place] > FEW
        else Advice("do owed", {"period": net.periods.id[t]})
        for place, t in zip(at.tolist(), done, strict=True)
    ]
    return at_places(scene, "late", at, begins, quantity[at], money[at], advice)


def _hasten(scene: Scene, order: int, much: float) -> Advice:
    orders = scene.net.orders
    due = _period(scene, orders.due[order])
    return Advice("do hasten", {"order": orders.label[order], "units": units(much), "due": due})


def _late_orders(scene: Scene) -> tuple[Floats, Floats, Floats]:
    """Return [O] units of each open order that were needed earlier, their money, and [N, T] needs.

    A place needs what it lacks itself, and what a place it feeds lacks, in the period in which it
    would have to ship for it and has nothing left. Of several orders the one that comes first
    counts first, and no unit that is lacking counts twice. Money is the share of what the shortage
    costs.
    """
    orders = scene.net.orders
    costs = scene.charged("lost sales", "backorder").sum(axis=1)
    lacking = scene.short.sum(axis=1)
    price = np.divide(costs, lacking, out=np.zeros(len(lacking)), where=lacking > 0)
    needs, worth = _passed_up(scene, scene.short, price)
    place, last = orders.place, np.maximum(np.minimum(orders.due, scene.size[1]) - 1, 0)
    before = np.where(orders.due > 0, np.cumsum(needs, axis=1)[place, last], 0.0)
    value = np.cumsum(worth, axis=1)[place, last]
    wanted = _first_come(orders, orders.quantity * (1.0 - _cancelled(scene)), before)
    wanted = np.where(wanted > FEW, wanted, 0.0)
    share = np.divide(wanted, before, out=np.zeros(len(orders)), where=before > 0)
    return wanted, value * share, needs


def _first_come(orders: Orders, coming: Floats, lacking: Floats) -> Floats:
    r"""Return [O] what of each order was needed earlier, the first to come counted first.

    With :math:`Q` the units of the orders up to one and :math:`N` those that lack before it comes,
    :math:`A_k = Q_k + \min(0, \min_{j \le k}(N_j - Q_j))` are counted up to order k of a place.
    """
    order = np.lexsort((orders.due, orders.place))
    place = orders.place[order]
    units = pd.Series(coming[order]).groupby(place).cumsum()
    beyond = (pd.Series(lacking[order]) - units).groupby(place).cummin()
    counted = (units + beyond.clip(upper=0.0)).clip(lower=0.0)
    found = np.zeros(len(order))
    found[order] = counted - counted.groupby(place).shift(fill_value=0.0)
    return found


def _passed_up(scene: Scene, short: Floats, price: Floats) -> tuple[Floats, Floats]:
    """Return [N, T] units lacking at a place or at one it feeds, and what they cost."""
    goods, (places, periods) = scene.net.goods, scene.size
    k, t = np.nonzero(goods.allowed)
    arrive = t + goods.lead[k, t]
    inside = arrive < periods
    k, t, arrive = k[inside], t[inside], arrive[inside]
    empty = scene.closing[goods.source[k], t] <= FEW
    fed = empty & (short[goods.sink[k], arrive] > FEW) & scene.kept[goods.source[k], t]
    k, t = k[fed], t[fed]
    much = short[goods.sink[k], arrive[fed]]
    needs = short + add_up((places, periods), goods.source[k], t, much)
    worth = short * price[:, None]
    worth = worth + add_up((places, periods), goods.source[k], t, much * price[goods.sink[k]])
    return needs, worth


def _cancelled(scene: Scene) -> Floats:
    """Share of each open order that the plan cancels, from what Costs says was saved."""
    orders = scene.net.orders
    saved = -scene.charged("cancelled orders")
    due = np.minimum(orders.due, scene.size[1] - 1)
    worth = orders.quantity * orders.saving
    total = scene.grid(orders.place, due, worth)[orders.place, due]
    return np.divide(
        saved[orders.place, due], total, out=np.zeros(len(orders)), where=total > 0
    ).clip(0.0, 1.0)


def _code(scene: Scene, place: int) -> str:
    return str(scene.net.locations.code[scene.net.places.location[place]])


def _period(scene: Scene, period: int) -> str:
    """Return the id of a period; blank after the horizon."""
    ids = scene.net.periods.id
    return str(ids[period]) if 0 <= period < len(ids) else ""
