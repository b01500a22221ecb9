"""Changes of a network that make no plan dearer, or none cheaper."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
from in_process import cost_of, least
from properties import Net, Nothing, Sheets, holds, in_levels, least_for, no_less, read

import tierstock as ts
from tierstock.solvers.compile import compile_model

LIMITS = {"Lanes": ("Max Shipment",), "Vehicles": ("Fleet",), "Capacity": ("Limit", "Extra Limit")}
DEAR = 5_000
ONLY_LANES = ("sourcing priority", "fixed plan", "must class", "single sourcing", "moves only")
"""Features beside which one more lane is more than one more way."""


def each(
    sheets: Sheets, columns: Mapping[str, tuple[str, ...]], change: Callable[[Any], Any]
) -> bool:
    """Change the numbers of some columns; return whether there were any."""
    found = False
    for sheet, names in columns.items():
        for row in sheets.get(sheet, []):
            for name in names:
                if isinstance(row.get(name), int | float):
                    row[name], found = change(row[name]), True
    return found


@holds("tighter limits never cost less")
def _(network: Net, rng: Random) -> bool:
    if network.has("hard safety stock", "sourcing priority", "fixed plan") or in_levels(network):
        return False
    sheets = network.copy()
    stated = each(sheets, LIMITS, lambda value: value / 2)
    for row in sheets.get("Vehicles", []):
        row.update({"Fleet": int(row["Fleet"])} if row.get("Fleet") is not None else {})
    for row in sheets.get("Lanes", []):
        if row.get("Max Shipment") is not None:
            row["Max Shipment"] = max(row["Max Shipment"], row.get("Min Shipment") or 0)
    assert no_less(cost_of(sheets), network.cost())
    return stated


@holds("more capacity never costs more")
def _(network: Net, rng: Random) -> bool:
    if network.has("sourcing priority", "fixed plan") or in_levels(network):
        return False
    sheets = network.copy()
    stated = each(sheets, LIMITS, lambda value: value * 2)
    assert no_less(network.cost(), cost_of(sheets))
    return stated


@holds("a dear lane beside another never costs more")
def _(network: Net, rng: Random) -> bool:
    sheets = network.copy()
    if not sheets["Lanes"] or network.has(*ONLY_LANES) or in_levels(network):
        return False
    lane = rng.choice(sheets["Lanes"])
    ends = {name: lane[name] for name in ("From", "To", "Product")}
    terms = {"Mode": "dear", "Lead Time": lane["Lead Time"], "Unit Cost": DEAR}
    sheets["Lanes"].append({**ends, **terms})
    assert no_less(network.cost(), cost_of(sheets))
    return True


@holds("dearer freight never costs less")
def _(network: Net, rng: Random) -> bool:
    if in_levels(network) or network.has("sourcing priority"):
        return False
    sheets = network.copy()
    stated = each(sheets, {"Lanes": ("Unit Cost",)}, lambda price: price * 1.5)
    assert no_less(cost_of(sheets), network.cost())
    return stated


@holds("a mean of two prices costs no less than the mean of their costs")
def _(network: Net, rng: Random) -> bool:
    if in_levels(network) or network.has("sourcing priority"):
        return False
    sheets = network.copy()
    stated = each(sheets, {"Lanes": ("Unit Cost",)}, lambda price: price * 3)
    dear = cost_of(sheets)
    sheets = network.copy()
    each(sheets, {"Lanes": ("Unit Cost",)}, lambda price: price * 2)
    mean = cost_of(sheets)
    if dear is None or mean is None:
        raise Nothing
    assert no_less(mean, (network.cost() + dear) / 2)
    return stated


@holds("a dearer departure, trip or order never costs less")
def _(network: Net, rng: Random) -> bool:
    if in_levels(network):
        return False
    sheets = network.copy()
    fixed = {
        "Lanes": ("Fixed Cost",),
        "Vehicles": ("Cost Per Trip",),
        "Supply": ("Fixed Cost",),
        "Recipes": ("Setup Cost",),
    }
    stated = each(sheets, fixed, lambda price: price + 3)
    assert no_less(cost_of(sheets), network.cost())
    return stated


@holds("a period without demand at the end never costs more where stock is free")
def _(network: Net, rng: Random) -> bool:
    sheets = bare(network)
    if sheets is None:
        return False
    try:
        before = least_for(sheets)
    except ts.InputError:  # what was left out brought the goods
        return False
    number = 1 + max(int(row["Period"]) for row in sheets["Demand"])
    last = {**sheets["Demand"][-1], "Period": str(number), "Quantity": 0}
    sheets["Demand"].append(last)
    if sheets.get("Periods"):
        first = dt.date.fromisoformat(sheets["Periods"][-1]["End Date"]) + dt.timedelta(days=1)
        row = {"Period": str(number), "Start Date": str(first), "Working Days": 5}
        sheets["Periods"].append(row | {"End Date": str(first + dt.timedelta(days=6))})
    assert no_less(before, cost_of(sheets))
    return True


def bare(network: Net) -> Sheets | None:
    """Return the network with goods that cost nothing to keep and customers who do not wait."""
    kept = ("Settings", "Periods", "Locations", "Products", "Lanes", "Demand", "Supply", "Vehicles")
    if network.has("closed days", "departure days", "season of a limit"):
        return None
    sheets = {name: rows for name, rows in network.copy().items() if name in kept}
    calm = ("lead_time_unit", "lead_time_rounding")
    settings = [row for row in sheets.get("Settings", []) if row["Setting"] in calm]
    sheets["Settings"] = [*settings, {"Setting": "carrying_rate", "Value": 0}]
    sheets["Supply"] = [row for row in sheets.get("Supply", []) if not row.get("Period")]
    gone = ("Class", "Min", "Shelf Life", "Maturation", "Active From", "Active To")
    for name in kept:
        for row in sheets.get(name, []):
            for column in gone:
                row.pop(column, None)
    return sheets


@holds("without whole numbers nothing costs more")
def _(network: Net, rng: Random) -> bool:
    m = ts.build(read(network.long))
    if m.aims or m.caps:
        return False
    arrays = compile_model(m).arrays
    loose = replace(arrays, integer=np.zeros(arrays.columns, dtype=bool))
    assert no_less(network.cost(), least(loose))
    return bool(arrays.integer.any())


@holds("any row of the model with more room never costs more")
def _(network: Net, rng: Random) -> bool:
    m = ts.build(read(network.long))
    if m.aims or m.caps:
        return False
    arrays = compile_model(m).arrays
    wider = np.zeros(arrays.rows)
    wider[rng.sample(range(arrays.rows), min(5, arrays.rows))] = 1.0
    lower, upper = arrays.row_lower - wider, arrays.row_upper + wider
    roomy = replace(arrays, row_lower=lower, row_upper=upper)
    assert no_less(network.cost(), least(roomy))
    return True
