"""Stock of every place in every period, with what came and went."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from tierstock.inputs.network import Flags, Floats
from tierstock.outputs.expand import Flows, clean, named
from tierstock.outputs.production import consumed, produced
from tierstock.outputs.returns import disposed, returned
from tierstock.outputs.shelf_life import expiring, scrapped

COLUMNS = (
    "Scenario",
    "Location",
    "Product",
    "Period",
    "Opening",
    "Received",
    "Purchased",
    "Produced",
    "Returned",
    "Consumed",
    "Shipped",
    "Issued",
    "Scrapped",
    "Disposed",
    "Adjusted",
    "Closing",
    "In Transit",
    "Target",
    "Shortfall",
    "Excess",
    "Daily Demand",
    "Days Cover",
    "Expiring",
    "Value",
)

ROUNDING = 3e-9
"""Share of a stock, and of one unit, that counts as nothing where days of cover are told."""

MOVES: dict[str, tuple[Callable[[Flows], Floats], ...]] = {
    "Produced": (produced,),
    "Returned": (returned,),
    "Consumed": (consumed,),
    "Scrapped": (scrapped,),
    "Disposed": (disposed,),
    "Adjusted": (),
}
"""Further parts of the stock identity: what the families of the plan bring or take, [N, T]."""


def in_transit(plan: Flows) -> Floats:
    """Return [N, T] units under way to each place at the end of the period.

    way[l,p,t] = Σ x[a,p,t'] over lanes into l with t' <= t < t' + lead
    + Σ open orders to l with ship <= t < due (F23); an order without Ship Date is under way from
    the start. What is shipped counts in full, the yield of a lane shows at the receipt. What is
    ordered from a supply and not yet received does not count.
    """
    return plan.lane_way + plan.order_way


def rounding(stock: Floats) -> Floats:
    """Return the units up to which what is left of stock is the rounding of numbers: it lasts for
    no day, also where no demand follows."""
    return ROUNDING * np.maximum(stock, 1.0)


def cover(plan: Flows, stock: Floats, after: int) -> Floats:
    """Return [N] days for which stock meets the forward demand that follows a period.

    Args:
        plan: the plan.
        stock: [N] units.
        after: the period after which the demand counts; -1 counts from the start.

    Returns:
        Days, by share of the periods; beyond the horizon the demand after it goes on. Not a
        number where no demand follows that could use the stock up.
    """
    places, periods = plan.net.places, plan.net.periods
    few = rounding(stock)
    left, days = np.where(stock > few, stock, 0.0), np.zeros(len(stock))
    for period in range(after + 1, len(periods)):
        length = periods.days[period]
        need = places.daily_demand[:, period] * length
        share = np.where(left >= need, 1.0, left / np.where(need > 0, need, 1.0))
        days += np.where(left > 0, share * length, 0.0)
        left = np.where(left - need > few, left - need, 0.0)
        if not left.any():
            return days
    rate = places.daily_demand_after
    endless = (left > 0) & (rate <= 0)
    days += np.where(left > 0, left / np.where(rate > 0, rate, 1.0), 0.0)
    return np.where(endless, np.nan, days)


def forward_demand(plan: Flows) -> Floats:
    """Return [N, T] forward demand per day that the cover of each period meets first.

    It is that of the following period, of the time after the horizon in the last one.
    """
    places = plan.net.places
    return np.hstack([places.daily_demand[:, 1:], places.daily_demand_after[:, None]])


def mattering(plan: Flows) -> Flags:
    """Return [N] places where anything is or happens, with a target or with demand."""
    places, demand = plan.net.places, plan.net.demand
    moving = (plan.stock, plan.arrived, plan.shipped, plan.purchased, plan.issued)
    known = (plan.order_in, plan.order_out, plan.order_way, plan.safety)
    kept = (places.opening > 0) | np.isfinite(places.max_stock).any(axis=1)
    further = [part(plan) for parts in MOVES.values() for part in parts]
    for values in (*moving, *known, *further):
        kept = kept | (values != 0).any(axis=1)
    wanted = (demand.quantity > 0).any(axis=1) | (demand.opening_backlog > 0)
    kept[demand.place[wanted]] = True
    return np.asarray(kept)


def quantities(plan: Flows) -> dict[str, Floats]:
    """Return column -> [N, T] numbers of the sheet ``Inventory``."""
    places = plan.net.places
    nothing = np.zeros(plan.size)
    covers = [cover(plan, plan.stock[:, t], t) for t in range(plan.size[1])]
    return {
        "Opening": plan.before,
        "Received": plan.arrived + plan.order_in,
        "Purchased": plan.purchased,
        **{name: sum((part(plan) for part in parts), nothing) for name, parts in MOVES.items()},
        "Shipped": plan.shipped + plan.order_out,
        "Issued": plan.issued,
        "Closing": plan.stock,
        "In Transit": in_transit(plan),
        "Target": plan.safety,
        "Shortfall": clean(np.where(places.keeps, np.maximum(plan.safety - plan.stock, 0.0), 0.0)),
        "Excess": clean(np.maximum(plan.stock - places.max_stock, 0.0)),
        "Daily Demand": forward_demand(plan),
        "Days Cover": np.where(places.keeps, np.stack(covers, axis=1), np.nan),
        "Expiring": expiring(plan),
        "Value": plan.stock * places.value,
    }


def inventory(plan: Flows, scenario: str) -> pd.DataFrame:
    """Return the sheet ``Inventory``: one row per place that matters and period.

    Closing = Opening + Received + Purchased + Produced + Returned - Consumed - Shipped - Issued
    - Scrapped - Disposed + Adjusted. Received holds lanes and open orders, Purchased what was
    bought or made, in the period in which it can be used; Shipped holds lanes and open orders
    that leave. All stock is usable stock; blocked stock is not in here. Days Cover is blank
    where no stock may be kept, and where no demand would use it up.
    """
    net, places = plan.net, plan.net.places
    order = np.lexsort((places.product, places.location))
    kept = order[mattering(plan)[order]]
    periods = plan.size[1]
    frame: dict[str, object] = {
        "Scenario": scenario,
        "Location": named(net.locations.code, np.repeat(places.location[kept], periods)),
        "Product": named(net.products.code, np.repeat(places.product[kept], periods)),
        "Period": named(net.periods.id, np.tile(np.arange(periods), len(kept))),
    }
    frame |= {name: values[kept].ravel() for name, values in quantities(plan).items()}
    return pd.DataFrame(frame, columns=list(COLUMNS))
