"""What a unit is sold for: Demand.Price beats Products.Price."""

import numpy as np

from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.network import Floats, Network
from tierstock.inputs.network.service import Sales


def sales(net: Network, ground: Ground, links: Links) -> Sales | None:
    """Return the sales prices where profit or cash counts or a target is measured in money."""
    earned = net.settings.earns
    money = ground.tables.table("ServiceTargets").frame["measure"] == "value-fill"
    finance = ground.tables.has("Finance")
    if not earned and not money.any() and not finance:
        return None
    price = prices(net, ground)
    if earned or finance:
        _require(net, price, ground, "no-sales-price" if earned else "no-cash-price")
    return Sales(price=np.nan_to_num(price), counted=earned)


def prices(net: Network, ground: Ground) -> Floats:
    """Sales price of every stream and period, [D, T]; not a number where nobody states one.

    Of several rows of a period the mean by quantity. What is issued in a period without demand is
    sold at the price of the period before it, and before the first demand at Products.Price.
    """
    price = np.where(net.demand.quantity > 0.0, ground.streams.price, np.nan)
    has = net.demand.quantity > 0.0
    latest = np.maximum.accumulate(np.where(has, np.arange(has.shape[1]), -1), axis=1)
    usual = net.products.price[net.places.product[net.demand.place]]
    carried = np.take_along_axis(price, np.maximum(latest, 0), axis=1)
    return np.where(latest >= 0, carried, usual[:, None])


def _require(net: Network, price: Floats, ground: Ground, code: str) -> None:
    """Every product that may be sold needs a price; ``code`` names the message."""
    demand = net.demand
    owed = (demand.opening_backlog > 0.0)[:, None] | (demand.quantity > 0.0)
    missing = np.unique(net.places.product[demand.place[(np.isnan(price) & owed).any(axis=1)]])
    table = ground.tables.table("Products")
    rows = np.flatnonzero(table.frame["product"].isin(net.products.code[missing]))
    ground.findings.add(code, table=table, index=rows, field="price")
