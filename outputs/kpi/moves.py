"""Key figures of what moves: shipments, transfers, vehicles, capacity, carbon, bullwhip."""

import numpy as np

from tierstock.outputs.alerts import Scene
from tierstock.outputs.bullwhip import bullwhip
from tierstock.outputs.kpi.figures import Figures, share
from tierstock.outputs.tariffs import emitted

PHYSICAL = ("storage", "inbound", "outbound", "dock", "line", "lane", "fleet")
"""Kinds of limits that are capacity; the others are budgets."""


def shipment_count(f: Figures) -> float:
    """Shipments = #rows with x > 0."""
    return float(len(f.planned))


def transfer_count(f: Figures) -> float:
    """Transfers = #rows with x > 0 and Kind transfer."""
    return float(len(f.transfers))


def transfer_quantity(f: Figures) -> float:
    """Quantity = Σ x over transfer lanes."""
    return float(f.transfers["Quantity"].sum())


def transfer_value(f: Figures) -> float:
    """Value = Σ v·x over transfer lanes."""
    return float(f.transfers["Value"].sum())


def trips(f: Figures) -> float:
    """Trips = Σ n."""
    return float(f.vehicles["Trips"].sum())


def vehicle_fill(f: Figures) -> float:
    """Fill = Σ n·fill ÷ Σ n, over trips whose fill is known."""
    known = f.vehicles[f.vehicles["Fill %"].notna()]
    return share((known["Trips"] * known["Fill %"]).sum(), known["Trips"].sum())


def capacity_peak(f: Figures) -> float:
    """Peak = max of used ÷ limit over sites, lines, lanes, fleets and periods, where any is stated.

    Budgets and limits of 0 do not count.
    """
    use = f.tables["CapacityUse"]
    return float(use.loc[use["Kind"].isin(PHYSICAL), "Utilisation"].max())


def carbon_emitted(f: Figures) -> float:
    """Carbon = Σ kg of shipments, trips and open sites (F28)."""
    return float(sum(one.amount.sum() for one in emitted(f.plan)))


def bullwhip_ratio(f: Figures) -> dict[str, float]:
    """Ratio of a tier = Σ_p v²·Var(orders) ÷ Σ_p v²·Var(demand), v the standard cost.

    Over the rows of the sheet Bullwhip that have a ratio.
    """
    net = f.plan.net
    rows = bullwhip(Scene(net, f.tables))
    rows = rows[rows["Ratio"].notna()]
    value = dict(zip(net.products.code, net.products.unit_value, strict=True))
    weight = rows["Product"].map(value).to_numpy(np.float64) ** 2
    found = {}
    for tier in rows["Tier"].unique().tolist():
        here = (rows["Tier"] == tier).to_numpy()
        orders, demand = (
            float(weight[here] @ rows.loc[here, name].to_numpy(np.float64))
            for name in ("Order Variance", "Demand Variance")
        )
        if demand > 0:
            found[tier] = orders / demand
    return found
