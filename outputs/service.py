"""What customers asked for, got, wait for and lost."""

import numpy as np
import pandas as pd

from tierstock.outputs.causes import causes
from tierstock.outputs.expand import NOISE, Flows, named

COLUMNS = (
    "Scenario",
    "Location",
    "Product",
    "Class",
    "Channel",
    "Period",
    "Owed Before",
    "Demand",
    "Issued",
    "On Time",
    "Lost",
    "Backlog",
    "Fill Rate",
    "Stock Out",
    "Cause",
)

SHORT = 1e-6
"""Share of a demand that must be missing to call the period a stock-out."""


def service(plan: Flows, scenario: str) -> pd.DataFrame:
    """Return the sheet ``Service``: one row per demand stream and period with demand or debt.

    Demand + Owed Before = Issued + Lost + Backlog. On Time is what was issued in the period of
    its demand; Fill Rate = On Time / Demand, blank without demand; Stock Out is Y where part of
    the demand was not issued in its period, and Cause says why (``outputs/causes.py``).
    """
    net, demand = plan.net, plan.net.demand
    at, of = net.places.location[demand.place], net.places.product[demand.place]
    asked, owed = demand.quantity, plan.owed_before
    row, period = np.nonzero((asked > NOISE) | (owed > NOISE) | (plan.backlog > NOISE))
    kind, channel = demand.service_class.astype(str), demand.channel.astype(str)
    order = np.lexsort((period, channel[row], kind[row], of[row], at[row]))
    row, period = row[order], period[order]
    wanted, served = asked[row, period], plan.on_time[row, period]
    missing = wanted - served > SHORT * np.maximum(wanted, 1.0)
    rate = np.divide(served, wanted, out=np.full(len(row), np.nan), where=wanted > 0)
    frame = {
        "Scenario": scenario,
        "Location": named(net.locations.code, at[row]),
        "Product": named(net.products.code, of[row]),
        "Class": named(demand.service_class, row),
        "Channel": named(demand.channel, row),
        "Period": named(net.periods.id, period),
        "Owed Before": owed[row, period],
        "Demand": wanted,
        "Issued": plan.issued_streams[row, period],
        "On Time": served,
        "Lost": plan.lost[row, period],
        "Backlog": plan.backlog[row, period],
        "Fill Rate": rate,
        "Stock Out": pd.Series(np.where(missing, "Y", "N"), dtype="str"),
        "Cause": pd.Series(np.where(missing, causes(plan)[row, period], ""), dtype="str"),
    }
    return pd.DataFrame(frame, columns=list(COLUMNS))
