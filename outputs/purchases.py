"""What is bought or made, and when it can be used."""

import numpy as np
import pandas as pd

from tierstock.inputs.network import Dates, Ints, Periods
from tierstock.outputs.expand import NOISE, Flows, named

COLUMNS = (
    "Scenario",
    "Supplier",
    "To",
    "Product",
    "Order Period",
    "Order Date",
    "Arrive Date",
    "Quantity",
    "Amount",
)


def start_of(periods: Periods, number: Ints) -> Dates:
    """Return the first day of periods; beyond the horizon they go on as long as the last one."""
    count = len(periods)
    inside = periods.start[np.minimum(number, count - 1)].astype("datetime64[D]")
    length = int(periods.days[-1])
    ahead = np.maximum(number - count + 1, 0) * length
    return np.asarray(inside + ahead.astype("timedelta64[D]"))


def purchases(plan: Flows, scenario: str) -> pd.DataFrame:
    """Return the sheet ``Purchases``: one row per supply and order period with a quantity.

    Supplier is the place that buys or makes, To the place that receives: the same one in this
    version, since Supply brings goods into the stock of its own place. Amount = unit cost x
    quantity; the fixed cost of an order is in ``Costs``. Pay Date, with the sheet Finance, is
    the Order Date and the days of credit.
    """
    net, supply = plan.net, plan.net.supply
    row, period = np.nonzero(plan.purchase > NOISE)
    at = net.places.location[supply.place[row]]
    of = net.places.product[supply.place[row]]
    order = np.lexsort((period, of, at))
    row, period, at, of = row[order], period[order], at[order], of[order]
    units = plan.purchase[row, period]
    frame = {
        "Scenario": scenario,
        "Supplier": named(net.locations.code, at),
        "To": named(net.locations.code, at),
        "Product": named(net.products.code, of),
        "Order Period": named(net.periods.id, period),
        "Order Date": start_of(net.periods, period),
        "Arrive Date": start_of(net.periods, plan.receipt[row, period]),
        "Quantity": units,
        "Amount": units * supply.unit_cost[row, period],
    }
    if net.cash is None:
        return pd.DataFrame(frame, columns=list(COLUMNS))
    credit = np.floor(net.cash.pay_days[at]).astype("timedelta64[D]")
    frame["Pay Date"] = start_of(net.periods, period) + credit
    return pd.DataFrame(frame, columns=[*COLUMNS, "Pay Date"])
