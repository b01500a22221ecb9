"""Plans made for another input: a rule left out, a price, a quantity or a date that was another.

Such a plan is right in itself, with all its costs; only the input does not belong to it.
"""

import copy
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from seeded_faults import SHARES, grown

Sheets = dict[str, list[dict[str, Any]]]
PARTS: dict[str, tuple[tuple[str, str], ...]] = {
    "more wanted": (("Demand", "Quantity"),),
    "more stock at the start": (("OpeningStock", "Quantity"), ("InTransit", "Quantity")),
    "other lead times": (("Lanes", "Lead Time"), ("Supply", "Lead Time")),
    "dearer lanes": (("Lanes", "Unit Cost"), ("Lanes", "Fixed Cost"), ("Rates", "Rate")),
    "other limits of lanes": (
        ("Lanes", "Min Shipment"),
        ("Lanes", "Max Shipment"),
        ("Lanes", "Order Multiple"),
        ("Lanes", "Yield"),
    ),
    "other terms of supply": (
        ("Supply", "Max"),
        ("Supply", "Min"),
        ("Supply", "MOQ"),
        ("Supply", "Order Multiple"),
        ("Supply", "Unit Cost"),
        ("Supply", "Fixed Cost"),
    ),
    "more capacity": (("Capacity", "Limit"), ("Capacity", "Extra Limit"), ("Vehicles", "Fleet")),
    "other vehicles": (
        ("Vehicles", "Max Weight"),
        ("Vehicles", "Max Volume"),
        ("Vehicles", "Cost Per Trip"),
    ),
    "other targets": (
        ("StockTargets", "Safety Stock"),
        ("StockTargets", "Max Stock"),
        ("StockTargets", "Safety Days"),
        ("Terminal", "Days"),
        ("Terminal", "Quantity"),
    ),
    "other values and penalties": (
        ("Products", "Unit Value"),
        ("Products", "Price"),
        ("Products", "Weight"),
        ("StockCosts", "Holding Cost"),
        ("StockCosts", "Handling Out"),
        ("StockTargets", "Penalty"),
        ("ServiceClasses", "Backorder Cost"),
    ),
}
"""Kind -> numbers of the input, one of which is another."""
RULES = (
    *("Capacity", "TransferRules", "Sourcing", "UserRows", "Budgets", "StockTargets"),
    *("ServiceClasses", "ServiceTargets", "Calendars", "Terminal", "Rates"),
)
"""Sheets of rules, one of which is left out."""
LEFT_OUT = "a rule left out"


def other_input(
    sheets: Mapping[str, Sequence[Mapping[str, Any]]], kind: str, draw: Random, size: str
) -> Sheets | None:
    """Return the input with one number changed by a size, or without a sheet of rules."""
    found: Sheets = copy.deepcopy({name: [dict(row) for row in sheets[name]] for name in sheets})
    if kind == LEFT_OUT:
        there = [name for name in RULES if found.get(name)]
        rows = [(name, row) for name in there for row in found[name]]
        if not rows:
            return None
        name, row = draw.choice(rows)
        found[name].remove(row)
        return found
    cells = [
        (row, column)
        for sheet, column in PARTS[kind]
        for row in found.get(sheet, [])
        if _number(row.get(column)) > 0
    ]
    if not cells:
        return None
    row, column = draw.choice(cells)
    value = _number(row[column])
    less = size in SHARES and SHARES[size] < 1 and draw.random() < 0.5
    changed = 2 * value - grown(value, size) if less else grown(value, size)
    row[column] = max(value / 2, changed)
    return found


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return 0.0
