"""The list of key figures: each has its formula beside its function, its words in ``kpi.csv``.

Names come from the dictionary of the schema; units and definitions in words from ``kpi.csv``
beside this module, which also states the order. Sums run over l locations, p products, t periods;
v is the standard cost, I the usable stock at the end of a period.
"""

import csv
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files

import numpy as np

from tierstock.inputs.network import Network
from tierstock.outputs.kpi import cover, money, moves, service, stock
from tierstock.outputs.kpi.cover import left_at_end
from tierstock.outputs.kpi.figures import Figures

__all__ = ["Figures", "KPIS", "PARTED", "about", "kpis", "left_at_end"]

KPIS: dict[str, Callable[[Figures], float]] = {
    "Total cost": money.total_cost,
    "Fill rate (units)": service.fill_rate,
    "Capital tied up (end)": stock.capital_end,
    "End cover": cover.end_cover,
    "Stock left at the end": cover.value_left,
    "Opening cover": cover.opening_cover,
    "Gap in money": money.money_gap,
    "Gap to best possible": money.gap,
    "Best possible cost": money.bound,
    "Revenue": money.revenue,
    "Profit": money.profit,
    "Best possible profit": money.best_profit,
    "Capital tied up (opening)": stock.capital_opening,
    "Capital tied up (average)": stock.capital_average,
    "Capital tied up (peak)": stock.capital_peak,
    "End cover asked": cover.end_cover_asked,
    "Fill rate (value)": service.fill_rate_value,
    "On-time rate": service.on_time_rate,
    "Lost units": service.lost_units,
    "Owed at the end": service.owed_end,
    "Stock-out rate": service.stock_out_rate,
    "Stock-out spell": service.stock_out_spell,
    "Response time": service.response_time,
    "Safety stock missing": service.safety_missing,
    "Stock value (opening)": stock.stock_value_opening,
    "Stock value (average)": stock.stock_value_average,
    "Stock value (peak)": stock.stock_value_peak,
    "Stock value (end)": stock.stock_value_end,
    "Inventory turnover": stock.turnover,
    "Days on hand": stock.days_on_hand,
    "Slow-mover share": stock.slow_share,
    "Excess value": stock.excess_value,
    "Expiry value": stock.expiry_value,
    "Expired value": stock.expired_value,
    "Shipments": moves.shipment_count,
    "Transfers": moves.transfer_count,
    "Transfer quantity": moves.transfer_quantity,
    "Transfer value": moves.transfer_value,
    "Vehicle trips": moves.trips,
    "Vehicle fill": moves.vehicle_fill,
    "Capacity peak": moves.capacity_peak,
    "Carbon emitted": moves.carbon_emitted,
    "Cash minimum": money.cash_minimum,
}
"""Key figures by English name."""

PARTED: dict[str, Callable[[Figures], dict[str, float]]] = {
    "Fill rate by class": service.fill_rate_by_class,
    "Forward cover": stock.forward_cover,
    "Bullwhip ratio": moves.bullwhip_ratio,
}
"""Key figures that have a value for each class or tier; shown as ``Forward cover: RDC``."""

SHOWN: dict[str, Callable[[Network], bool]] = {
    "Carbon emitted": lambda net: net.carbon is not None,
    "Cash minimum": lambda net: net.cash is not None,
}
"""Key figures computed only where the network has what they are about."""
OF_BASELINE = ("Stock left at the end",)
"""Key figures shown only beside a baseline, to which they are compared."""
OF_PROFIT = ("Revenue", "Profit", "Best possible profit")
"""Key figures shown only where profit counts."""
WHERE_KNOWN = ("Excess value", "Expiry value", "Expired value", "Capacity peak")
"""Key figures left out where nothing can be said: no limit is stated, nothing expires."""
PART = ": "
"""What stands between the name of a key figure and its class or tier."""


def kpis(sides: Sequence[Figures]) -> dict[str, tuple[str, list[float]]]:
    """Return the key figures to show: name with its class or tier -> name, value of each side.

    Args:
        sides: the plan and, where there is one, its baseline.
    """
    found: dict[str, tuple[str, list[float]]] = {}
    plan = sides[0]
    for name in about():
        if name in PARTED:
            parts = [PARTED[name](side) for side in sides]
            for part in dict.fromkeys(key for one in parts for key in one):
                values = [one.get(part, np.nan) for one in parts]
                found[f"{name}{PART}{part}"] = name, values
        elif _is_shown(name, plan, len(sides) > 1):
            values = [KPIS[name](side) for side in sides]
            if name not in WHERE_KNOWN or not np.isnan(values).all():
                found[name] = name, values
    return found


def _is_shown(name: str, plan: Figures, compared: bool) -> bool:
    if name in OF_PROFIT:
        return plan.facts.earns
    if name in OF_BASELINE:
        return compared
    return name not in SHOWN or SHOWN[name](plan.plan.net)


@cache
def about() -> dict[str, dict[str, str]]:
    """Return KPI -> its unit, definition_en and definition_zh, in the order of the list."""
    text = files("tierstock.outputs.kpi").joinpath("kpi.csv").read_text(encoding="utf-8")
    return {row["kpi"]: row for row in csv.DictReader(text.splitlines())}
