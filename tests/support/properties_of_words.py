"""Ways to say the same in other words: the network that is read is the same to the last digit."""

import datetime as dt
import re
from random import Random
from typing import Any

import pandas as pd
from in_process import frames
from properties import Net, Sheets, holds, read, read_as

import tierstock as ts
from tierstock.inputs.fingerprint import fingerprint
from tierstock.inputs.schema import Column, say, schema

WIDE = {
    code: code + 0xFEE0 for code in [*range(ord("0"), ord("9") + 1), *range(ord("A"), ord("Z") + 1)]
}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
ORDER_MATTERS = ("Periods",)


def column(sheet: str, name: str) -> Column:
    return schema().sheet(sheet).column(name)


def is_same(network: Net, sheets: Sheets) -> bool:
    """Assert that other tables are read as the short ones of a network."""
    assert fingerprint(read(sheets)) == read_as(network.seed)
    return True


@holds("the order of rows changes nothing")
def _(network: Net, rng: Random) -> bool:
    sheets = network.copy(short=True)
    for name, rows in sheets.items():
        if name not in ORDER_MATTERS:
            rng.shuffle(rows)
    return is_same(network, sheets)


@holds("the order of sheets and columns changes nothing")
def _(network: Net, rng: Random) -> bool:
    sheets = {
        name: [dict(rng.sample(list(row.items()), len(row))) for row in rows]
        for name, rows in network.short.items()
    }
    return is_same(network, dict(rng.sample(list(sheets.items()), len(sheets))))


@holds("English and Chinese say the same")
def _(network: Net, rng: Random) -> bool:
    sheets = {
        schema().sheet(name).zh: [
            {column(name, head).zh: _spoken(column(name, head), row[head]) for head in row}
            for row in rows
        ]
        for name, rows in network.short.items()
        if rows
    }
    lanes = schema().sheet("Lanes")
    heads = [lanes.column(name).zh for name in ("From", "To", "Lead Time")]
    tables = frames(sheets) | {lanes.zh: pd.DataFrame(sheets.get(lanes.zh), columns=None)}
    tables.pop("Lanes")
    if lanes.zh not in sheets:
        tables[lanes.zh] = pd.DataFrame(columns=heads)
    assert fingerprint(ts.read(tables)) == read_as(network.seed)
    return True


def _spoken(of: Column, cell: Any) -> Any:
    return say(cell, "zh") if of.type in ("choice", "flag") and isinstance(cell, str) else cell


@holds("empty rows between others change nothing")
def _(network: Net, rng: Random) -> bool:
    sheets = network.copy(short=True)
    for rows in sheets.values():
        for _ in range(2 if rows else 0):
            rows.insert(rng.randint(1, len(rows)), dict.fromkeys(rows[0]))
    return is_same(network, sheets)


@holds("numbers written as texts are the same numbers")
def _(network: Net, rng: Random) -> bool:
    sheets = network.copy(short=True)
    for name, rows in sheets.items():
        for row in rows:
            for head, cell in row.items():
                number = isinstance(cell, int | float) and not isinstance(cell, bool)
                if number and column(name, head).type == "number" and rng.random() < 0.5:
                    row[head] = f"{cell!r}"
    return is_same(network, sheets)


@holds("spaces around and full-width letters in codes change nothing")
def _(network: Net, rng: Random) -> bool:
    sheets = network.copy(short=True)
    for name, head in (("Demand", "Location"), ("Demand", "Product"), ("OpeningStock", "Product")):
        for row in sheets.get(name, []):
            if rng.random() < 0.5:
                row[head] = f" {str(row[head]).translate(WIDE)}\u00a0"
    return is_same(network, sheets)


@holds("a percentage and its ratio are the same")
def _(network: Net, rng: Random) -> bool:
    sheets, changed = network.copy(short=True), False
    for name, rows in sheets.items():
        for row in rows:
            for head, cell in row.items():
                if isinstance(cell, float) and column(name, head).unit == "ratio":
                    row[head], changed = f"{100 * cell:.10g}%", True
    return changed and is_same(network, sheets)


@holds("days written as dates, moments or texts are the same")
def _(network: Net, rng: Random) -> bool:
    sheets, changed = network.copy(short=True), False
    for name, rows in sheets.items():
        for row in rows:
            for head, cell in row.items():
                day = isinstance(cell, str) and DAY.fullmatch(cell)
                if day and column(name, head).type == "date":
                    one = dt.date.fromisoformat(cell)
                    ways = (one, pd.Timestamp(one), cell.replace("-", "/"))
                    row[head], changed = rng.choice(ways), True
    return changed and is_same(network, sheets)


@holds("an order in one row or in two is the same")
def _(network: Net, rng: Random) -> bool:
    one, two = network.copy(short=True), network.copy(short=True)
    for rows in (one["Demand"], two["Demand"]):
        for row in rows:
            row["Type"] = "order"
    half = [{**row, "Quantity": row["Quantity"] / 2} for row in two["Demand"] if _plain(row)]
    if not half:
        return False
    two["Demand"] = half + half + [row for row in two["Demand"] if not _plain(row)]
    assert fingerprint(read(one)) == fingerprint(read(two))
    return True


def _plain(row: dict[str, Any]) -> bool:
    return isinstance(row["Quantity"], int)


@holds("periods as columns and as rows are the same")
def _(network: Net, rng: Random) -> bool:
    wide: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in network.short["Demand"]:
        more = {name: cell for name, cell in row.items() if cell is not None}
        period, quantity = more.pop("Period"), more.pop("Quantity")
        if set(more) - {"Location", "Product", "Class"}:
            return False
        line = wide.setdefault(tuple(more.values()), dict(row))
        line.pop("Period", None), line.pop("Quantity", None)
        if period in line:
            return False
        line[period] = quantity
    sheets = network.copy(short=True)
    sheets["Demand"] = list(wide.values())
    return is_same(network, sheets)


@holds("remarks of the planner change nothing")
def _(network: Net, rng: Random) -> bool:
    sheets = network.copy(short=True)
    for number, rows in enumerate(sheets.values()):
        for row in rows:
            row["#remark"] = rng.choice(("see mail", 7, None, "=1+1"))
            row[f"_{number}"] = rng.random()
    sheets["#scratch"] = [{"a": 1, "b": "x"}]
    return is_same(network, sheets)
