"""Key figures of cover: what the plan leaves, against what there was and what is asked."""

import numpy as np

from tierstock.inputs.assembly.forward_demand import MEAN_OF
from tierstock.inputs.network import Floats
from tierstock.outputs.expand import Flows
from tierstock.outputs.kpi.figures import Figures
from tierstock.outputs.production import produced_late


def left_at_end(plan: Flows) -> Floats:
    """Left [N] = I[T] + what comes after T (F26): lanes (x yield), purchase, recipes, orders."""
    net, last = plan.net, plan.size[1]
    left = plan.stock[:, -1] + produced_late(plan)
    for codes, units, arrival in (
        (net.goods.sink, plan.flow * net.goods.arriving_share, plan.arrival),
        (net.supply.place, plan.purchase, plan.receipt),
    ):
        np.add.at(left, codes, np.where(arrival >= last, units, 0.0).sum(axis=1))
    late = net.orders.due >= last
    np.add.at(left, net.orders.place[late], plan.order_units[late])
    return left


def value_left(f: Figures) -> float:
    """Left = Σ_{l,p} v[T] · left, left as for the end cover."""
    return float(f.value[:, -1] @ left_at_end(f.plan))


def _daily_value(f: Figures, periods: slice, at: int) -> float:
    """Demand per day, mean of some periods, at the standard cost of period ``at``."""
    net = f.plan.net
    units = net.demand.quantity[:, periods].sum(axis=1) / net.periods.days[periods].sum()
    return float(f.value[net.demand.place, at] @ units)


def end_cover(f: Figures) -> float:
    """End cover = Σ v[T]·left ÷ Σ v[T]·d per day, d the mean of the last min(T, 4) periods."""
    daily = _daily_value(f, slice(-MEAN_OF, None), -1)
    return float(f.value[:, -1] @ left_at_end(f.plan)) / daily if daily > 0 else np.nan


def end_cover_asked(f: Figures) -> float:
    """Asked = Σ v·d·days ÷ Σ v·d, days of a product = the largest target ÷ d of its cover rules.

    Only rules over all places that keep stock and have demand for their product count, over all
    that keep stock where only customers, who keep none, want it; not a number where a product
    with demand has none. v and d as for the end cover, so that the two compare.
    """
    net, rules = f.plan.net, f.plan.net.terminal
    days, of = net.periods.days[-MEAN_OF:].sum(), net.places.product
    daily = np.zeros(len(net.places))
    np.add.at(daily, net.demand.place, net.demand.quantity[:, -MEAN_OF:].sum(axis=1) / days)
    wanted = np.bincount(of, daily, len(net.products))
    worth = np.bincount(of, daily * f.value[:, -1], len(net.products))
    counts = net.places.keeps[:, -1] & (daily > 0)
    only_customers = np.bincount(of, counts, len(net.products))[of] == 0
    counts |= net.places.keeps[:, -1] & only_customers
    needed = np.bincount(of, counts, len(net.products))
    inside = np.bincount(rules.row, counts[rules.place], len(rules))
    product = np.zeros(len(rules), dtype=np.int64)
    product[rules.row] = of[rules.place]
    whole = (rules.rule == "cover") & (inside > 0) & (inside == needed[product])
    asked = np.zeros(len(net.products))
    np.maximum.at(
        asked, product[whole], rules.target[whole] / np.maximum(wanted[product[whole]], 1e-300)
    )
    if not worth.any() or not (asked[wanted > 0] > 0).all():
        return np.nan
    return float(asked @ worth / worth.sum())


def opening_cover(f: Figures) -> float:
    """Opening cover = Σ v[1]·(I[0] + open orders) ÷ Σ v[1]·d a day of the first min(T, 4) periods.

    An open order that moves goods between two places counts once.
    """
    net = f.plan.net
    units = net.places.opening.copy()
    np.add.at(units, net.orders.place, net.orders.quantity)
    inside = net.orders.origin >= 0
    np.add.at(units, net.orders.origin[inside], -net.orders.quantity[inside])
    daily = _daily_value(f, slice(0, MEAN_OF), 0)
    return float(f.value[:, 0] @ units) / daily if daily > 0 else np.nan
