"""The table of rules in effect read back into arrays, to compare it with the network."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from tierstock.inputs import Network
from tierstock.inputs.rules import rules_in_effect
from tierstock.inputs.schema import schema

Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Line:
    """One line of the table, its rule taken apart."""

    sheet: str
    column: str
    label: str
    """What stands in brackets before the periods: lane, class."""
    periods: tuple[int, ...]
    value: str
    row: int | None
    source: str
    beat: str


def lines(net: Network, location: str, product: str) -> list[Line]:
    """Return the lines about one place."""
    return list(_lines(net, rules_in_effect(net, location, product, language="en")))


def _lines(net: Network, frame: pd.DataFrame) -> Iterator[Line]:
    ids = [str(name) for name in net.periods.id]
    sheets = {sheet.name: [c.name for c in sheet.columns] for sheet in schema().inputs}
    for row in frame.to_dict(orient="records"):
        title, _, brackets = str(row["Rule"]).partition(" (")
        sheet, _, column = title.partition(" ")
        if column not in sheets.get(sheet, []):
            continue  # what is in force where two measures are stated
        parts = brackets.removesuffix(")").split(", ") if brackets else []
        runs: list[int] = []
        while parts and (run := _run(parts[-1], ids)):
            runs += run
            parts.pop()
        when = tuple(sorted(runs)) or tuple(range(len(ids)))
        excel = None if pd.isna(row["Excel Row"]) else int(row["Excel Row"])
        yield Line(
            sheet,
            column,
            ", ".join(parts),
            when,
            str(row["Value"]),
            excel,
            str(row["Sheet"]),
            str(row["Beat"]),
        )


def _run(text: str, ids: list[str]) -> list[int]:
    first, dash, last = text.partition("–")
    if first not in ids or (dash and last not in ids):
        return []
    return list(range(ids.index(first), ids.index(last if dash else first) + 1))


def words(told: list[Line], sheet: str, column: str, count: int, label: str = "") -> list[str]:
    """Return the value of a column in every period; blank where none is told.

    No two lines may be about one period.
    """
    found = [""] * count
    for line in told:
        if (line.sheet, line.column, line.label) == (sheet, column, label):
            for period in line.periods:
                assert found[period] == "", (sheet, column, period)
                found[period] = line.value
    return found


def numbers(
    told: list[Line],
    sheet: str,
    column: str,
    count: int,
    *,
    label: str = "",
    default: float = np.nan,
    names: Mapping[str, float] | None = None,
) -> Floats:
    """Return the number of a column in every period; ``names`` gives those of words."""
    known = {"": default, **(names or {})}
    texts = words(told, sheet, column, count, label)
    return np.array([known[text] if text in known else _number(text) for text in texts])


def _number(text: str) -> float:
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


Told = tuple[str, str, str, Any, str]


def told(net: Network, *place: str | None, starts: str = "", language: str = "en") -> list[Told]:
    """Return rule, value, sheet, row and beaten rows of a place, in the order of the table."""
    frame = rules_in_effect(net, *place, language=language)
    rows = frame[frame["Rule"].str.startswith(starts)]
    row = [None if pd.isna(one) else int(one) for one in rows["Excel Row"]]
    columns = (rows["Rule"], rows["Value"], rows["Sheet"], row, rows["Beat"])
    return list(zip(*columns, strict=True))


def targets(
    *rows: tuple[Any, ...], columns: str = "Location,Product,Period,Safety Stock"
) -> list[dict[str, Any]]:
    """Return rows of StockTargets from their values."""
    names = columns.split(",")
    return [dict(zip(names, row, strict=True)) for row in rows]
