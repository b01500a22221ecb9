"""Networks with other money, other quantities and other limits, by the units of the schema."""

import copy
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from small import Rows

from tierstock.inputs.schema import schema

Sheets = Mapping[str, Rows]
Row = dict[str, Any]
At = tuple[str, str]

PRICES = {("Capacity", "Extra Cost"), ("Rates", "Rate")}
"""Prices of one unit of whatever the row counts."""
LUMPS = ("money", "money/bucket", "money/order", "money/move", "kg/trip", "kg/bucket")
"""Units of what is paid at once, however much is moved; a minimum worth counts goods."""
GOODS = ("unit", "unit/bucket", "kg", "m3", "pallet", "h", "h/bucket")
COUNTED = {
    ("Capacity", "Limit"),
    ("Capacity", "Extra Limit"),
    ("Rates", "Bracket From"),
}
SIZES = {("Products", "Units Per Pallet"), ("Units", "Per Base")}
"""In units, but no amount of goods that is moved, kept or wanted."""
EVENTS = ("vehicles", "departures", "open")
"""Variables of UserRows that count events, not goods."""
NUMBER = re.compile(r"-?\d+(\.\d+)?( \w+)?$")
"""A number, or one with a unit; shares such as ``20%``, dates and lists are left alone."""
IN_MONEY = ("capital", "spend", "freight", "cash")
"""Kinds of Budgets whose Limit is money."""
SETTINGS = ("carbon_price", "change_penalty")


def times(sheets: Sheets, factor: Callable[[str, str, Row], float]) -> dict[str, Rows]:
    """The network with every number multiplied by what ``factor`` says of its cell."""
    result = copy.deepcopy(dict(sheets))
    for sheet, rows in result.items():
        for row in rows:
            for name, value in row.items():
                many = factor(sheet, name, row) if NUMBER.match(str(value)) else 1
                row[name] = value if many == 1 else _product(value, many)
    return result


def _product(value: Any, factor: float) -> Any:
    """A number, or one before its unit such as ``2 pallet``, multiplied."""
    if isinstance(value, (int, float)):
        return value * factor
    number, _, unit = str(value).partition(" ")
    return f"{float(number) * factor:g} {unit}"


def _unit(sheet: str, name: str) -> str:
    return schema().sheet(sheet).column(name).unit


def dearer(sheets: Sheets, factor: float) -> dict[str, Rows]:
    """The network with all money multiplied."""

    def of(sheet: str, name: str, row: Row) -> float:
        if sheet == "Settings":
            return factor if name == "Value" and row["Setting"] in SETTINGS else 1
        if name in ("Value", "Limit", "Penalty") and sheet in ("UserRows", "Budgets"):
            money = row.get("Variable") == "spend" or row.get("Kind") in IN_MONEY
            return factor if money == (name != "Penalty") else 1
        if name == "Penalty" and row.get("Measure") == "value-fill":
            return 1
        if sheet == "Lanes" and name == "Unit Cost" and row.get("Cost Basis") == "value%":
            return 1
        paid = _unit(sheet, name).startswith("money") or (sheet, name) in PRICES
        return factor if paid else 1

    return times(sheets, of)


def larger(sheets: Sheets, factor: float) -> dict[str, Rows]:
    """The network with twice the goods, all in lots, loads and runs twice as large and dear."""

    def of(sheet: str, name: str, row: Row) -> float:
        if sheet == "UserRows":
            events = row["Variable"] in EVENTS
            return factor if name == ("Penalty" if events else "Value") else 1
        if row.get("Measure") == "cycle" and name == "Penalty":
            return factor
        if sheet == "Budgets":
            return factor if name == ("Penalty" if row["Kind"] == "moves" else "Limit") else 1
        if sheet == "Rates" and name == "Rate":
            return factor if row.get("Basis") == "trip" else 1
        counted = _unit(sheet, name) in (*GOODS, *LUMPS) or (sheet, name) in COUNTED
        return factor if counted and (sheet, name) not in SIZES else 1

    return times(sheets, of)


def _half(value: float) -> float:
    return value / 2


def _fifth(value: float) -> float:
    return value / 5


def _twice(value: float) -> float:
    return value * 2


def _more(value: float) -> float:
    return value + 1


def _fewer(value: float) -> float:
    return max(value - 1, 0)


def _ten_more(value: float) -> float:
    return value + 10


def _nearer_all(share: float) -> float:
    return (1 + share) / 2


TIGHTER: dict[At, Callable[[float], float]] = {
    ("Lanes", "Max Shipment"): _half,
    ("Lanes", "Order Multiple"): _twice,
    ("Capacity", "Limit"): _half,
    ("Capacity", "Extra Limit"): _half,
    ("Supply", "Max"): _half,
    ("Supply", "Share Max"): _half,
    ("Supply", "MOQ"): _twice,
    ("Supply", "Order Multiple"): _twice,
    ("Recipes", "Max"): _half,
    ("Recipes", "Min Batch"): _twice,
    ("Recipes", "Batch Multiple"): _twice,
    ("Resources", "Hours"): _half,
    ("Resources", "Overtime Hours"): _half,
    ("Vehicles", "Fleet"): _fewer,
    ("Vehicles", "Max Weight"): _half,
    ("Vehicles", "Max Volume"): _fifth,
    ("Vehicles", "Max Units"): _half,
    ("Vehicles", "Min Fill"): _nearer_all,
    ("TransferRules", "Donor Min Qty"): _twice,
    ("TransferRules", "Donor Min Days"): _twice,
    ("TransferRules", "Min Qty"): _twice,
    ("TransferRules", "Min Value"): _twice,
    ("TransferRules", "Cooldown"): _more,
    ("TransferRules", "Max Moves"): _fewer,
    ("ServiceClasses", "Max Wait"): _fewer,
    ("ServiceClasses", "Backorder Share"): _half,
    ("ServiceClasses", "Min Remaining Life"): _ten_more,
    ("ServiceClasses", "Min Life Share"): _nearer_all,
    ("ServiceTargets", "Minimum"): _nearer_all,
    ("ServiceTargets", "Tolerance"): _half,
    ("StockTargets", "Safety Stock"): _twice,
    ("StockTargets", "Safety Days"): _twice,
    ("StockTargets", "Max Stock"): _half,
    ("StockTargets", "Max Days"): _half,
    ("Terminal", "Days"): _twice,
    ("Sites", "Min Open"): _more,
    ("Sites", "Max In Group"): _fewer,
    ("Products", "Maturation"): _more,
    ("Budgets", "Limit"): _half,
    ("Finance", "Amount"): _half,
}
"""Limits, and how they are made tighter."""


def tighter(sheets: Sheets) -> Iterator[tuple[At, dict[str, Rows]]]:
    """For every limit that a network states: which it is, and the network with it tighter."""
    for (sheet, name), change in TIGHTER.items():
        rows = copy.deepcopy(list(sheets.get(sheet, [])))
        stated = [row for row in rows if isinstance(row.get(name), (int, float))]
        for row in stated:
            least = row.get("Kind") == "cash"
            row[name] = _twice(row[name]) if least else change(row[name])
        if stated:
            yield (sheet, name), {**sheets, sheet: rows}
    yield from _user_rows(sheets)


def _user_rows(sheets: Sheets) -> Iterator[tuple[At, dict[str, Rows]]]:
    """Constraints of the planner's own: less room for <=, more wanted for >=."""
    rows = copy.deepcopy(list(sheets.get("UserRows", [])))
    for row in rows:
        if row.get("Sense") in ("<=", ">=") and row["Value"]:
            row["Value"] *= 0.5 if row["Sense"] == "<=" else 2
    if rows != sheets.get("UserRows", []):
        yield ("UserRows", "Value"), {**sheets, "UserRows": rows}
