"""Other codes for a network, and a network beside its copy: what the schema says is a code."""

import copy
import re
from collections.abc import Callable, Mapping
from typing import Any

from small import Rows

from tierstock.inputs.schema import Column, schema

Sheets = Mapping[str, Rows]
KEYS = {
    ("Locations", "Location"): "Locations",
    ("Products", "Product"): "Products",
    ("Vehicles", "Vehicle"): "Vehicles",
    ("Resources", "Resource"): "Resources",
    ("Recipes", "Recipe"): "Recipes",
    ("Recipes", "Family"): "changeover families",
    ("ServiceClasses", "Class"): "ServiceClasses",
    ("Calendars", "Calendar"): "Calendars",
    ("Groups", "Group"): "Groups",
    ("Sites", "Group"): "groups of sites",
    ("UserRows", "Row"): "user rows",
    ("ServiceTargets", "Target"): "targets",
    ("Budgets", "Budget"): "budgets",
    ("InTransit", "Order No"): "orders",
    ("Locations", "Channel"): "channels",
    ("Demand", "Channel"): "channels",
    ("Locations", "Company"): "companies",
}
"""Columns that give something its name, and what they name."""
FURTHER = {("Lanes", "Departure Days"): "Calendars"}
KEPT = frozenset({"standard", "*"})
"""Names with a meaning of their own."""
MARKS = re.compile(r"([,;!=，；！、])")
JOINT = ("single", "dual")
"""Rules of Sourcing that with Product ``*``, and nothing else, choose once for all products."""
HERE = {"Locations": "here", "Products": "goods"}
"""Groups that hold every code of one network."""


def kind_of(column: Column) -> str:
    """What the codes of a column name; blank where it holds none."""
    at = (column.sheet, column.name)
    shared = "channels" if column.name == "Channel" else ""
    return KEYS.get(at) or FURTHER.get(at) or column.refers_to or shared


def codes(sheets: Sheets) -> dict[str, list[str]]:
    """The codes of a network by what they name, in the order in which they are met."""
    found: dict[str, dict[str, None]] = {}
    for (sheet, name), kind in KEYS.items():
        for row in sheets.get(sheet, []):
            if row.get(name) and row[name] not in KEPT:
                found.setdefault(kind, {})[str(row[name])] = None
    return {kind: list(names) for kind, names in found.items()}


def renamed(sheets: Sheets, name: Callable[[str, int], str]) -> dict[str, Rows]:
    """The network with other codes; ``name`` makes the one of a code and its number."""
    others = {
        kind: {code: name(code, number) for number, code in enumerate(names)}
        for kind, names in codes(sheets).items()
    }
    result = copy.deepcopy(dict(sheets))
    for sheet, rows in result.items():
        for column in schema().sheet(sheet).columns:
            known = others.get(kind_of(column), {})
            if column.type == "selector":
                known = others.get("Groups", {}) | known
                if column.refers_to == "Locations":
                    known = others.get("companies", {}) | known
            for row in rows:
                if row.get(column.name) is not None:
                    row[column.name] = _spoken(row[column.name], known)
    return result


def _spoken(cell: Any, known: Mapping[str, str]) -> Any:
    if not isinstance(cell, str):
        return cell
    words = ((part, part.strip()) for part in MARKS.split(cell))
    return "".join(
        part.replace(word, known.get(word, word)) if word else part for part, word in words
    )


def within(sheets: Sheets, mark: str) -> dict[str, Rows]:
    """The network with every rule kept to its own codes, whatever else lies beside it."""
    named = codes(sheets)
    result = copy.deepcopy(dict(sheets))
    for sheet, rows in result.items():
        chosen = [
            column
            for column in schema().sheet(sheet).columns
            if column.refers_to in HERE and column.type == "selector"
        ]
        for row in rows if chosen else []:
            once = sheet == "Sourcing" and row["Rule"] in JOINT and row.get("Product") == "*"
            _keep(row, [c for c in chosen if not (once and c.name == "Product")], named, mark)
    for row in result.get("Lanes", []):
        row["Product"] = row.get("Product") or HERE["Products"] + mark
    members = {kind: ",".join(named[kind]) for kind in HERE}
    result["Groups"] = [
        *result.get("Groups", []),
        {"Group": HERE["Locations"] + mark, "Kind": "location", "Member": members["Locations"]},
        {"Group": HERE["Products"] + mark, "Kind": "product", "Member": members["Products"]},
    ]
    return result


def _keep(
    row: dict[str, Any], columns: list[Column], named: Mapping[str, list[str]], mark: str
) -> None:
    """Add ``;here`` to what is more than codes, and where nothing names the network at all."""
    stated = [column for column in columns if row.get(column.name)]
    for column in stated:
        text, own = str(row[column.name]), HERE[column.refers_to] + mark
        words = {part.strip() for part in MARKS.split(text)} - set(",;!，；！、") - {""}
        if text == "*":
            row[column.name] = own
        elif not words <= set(named[column.refers_to]) or "!" in text:
            row[column.name] = f"{text};{own}"
    if not stated:
        row[columns[0].name] = HERE[columns[0].refers_to] + mark


def beside(sheets: Sheets, name: Callable[[str, int], str]) -> dict[str, Rows]:
    """The network and its copy under other codes, in one set of sheets."""
    twin = within(renamed(sheets, name), "b")
    both = within(sheets, "a")
    for sheet, rows in twin.items():
        both[sheet] = both[sheet] + [row for row in rows if row not in both[sheet]]
    return both
