"""What differs between two inputs: rows added, removed and changed, cell by cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.comparing.lines import (
    AT,
    MORE,
    TURN,
    Codes,
    codes_of,
    column_of,
    keys_of,
    lines,
    units_of,
)
from tierstock.inputs.comparing.settings import setting_changes
from tierstock.inputs.comparing.side import place, spoken
from tierstock.inputs.findings import show
from tierstock.inputs.schema import schema
from tierstock.inputs.tables import Table, Tables

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
COLUMNS = ("sheet", "change", "key", "column", "place_a", "value_a", "place_b", "value_b")
EXACT = 1e-12
"""Numbers whose difference is a smaller share than this are equal."""


@dataclass(frozen=True)
class SheetDifference:
    """What differs in one sheet of two inputs.

    ``rows`` has a line per row that differs: every field once with the ending ``_a`` and once
    with ``_b``, ``change``, and the keys. ``cells`` has the same lines and says field by field
    what differs.
    """

    old: Table
    new: Table
    rows: pd.DataFrame
    cells: pd.DataFrame

    @property
    def sheet(self) -> str:
        """English name of the sheet."""
        return self.old.sheet

    def count(self, change: str) -> int:
        """Return how many rows are added, removed or changed."""
        return int((self.rows["change"] == change).sum())

    def place(self, at: int, side: str, field: str, language: str) -> str:
        """Return where a value of a line stands; of a total where its first part stands.

        A line of a sheet with periods side by side is the cell of its quantity.
        """
        table = self.old if side == "a" else self.new
        if table.wide is not None and field == keys_of(schema().sheet(self.sheet))[0]:
            field = "quantity"
        index, more = (self.rows[f"{name}_{side}"].to_numpy(np.float64)[at] for name in (AT, MORE))
        if np.isnan(index):
            return ""
        where = place(table, int(index), field, language)
        return f"{where} (+{int(more)})" if more else where

    def key(self, at: int, language: str) -> str:
        """Return the key of a line as text, blanks left out."""
        sheet = schema().sheet(self.sheet)
        columns = [sheet.column(name) for name in sheet.key]
        texts = (spoken(one, self.rows[one.field].iat[at], language) for one in columns)
        return " · ".join(filter(None, texts))

    def value(self, at: int, side: str, field: str, language: str) -> str:
        """Return a value of a line as text; ``field`` may be the unit a quantity names."""
        column = column_of(schema().sheet(self.sheet), field)
        value = self.rows[f"{field}_{side}"].iat[at]
        return spoken(column, value, language) if column.field == field else show(value)


@dataclass(frozen=True)
class Difference:
    """What differs between two inputs."""

    sheets: tuple[SheetDifference, ...]
    """Sheets that differ, in the order of the contract; Settings is not among them."""
    settings: tuple[dict[str, str], ...]
    """Settings that differ, each as a row of :meth:`frame`."""

    @property
    def equal(self) -> bool:
        """Whether nothing differs."""
        return not self.sheets and not self.settings

    def counts(self) -> dict[str, dict[str, int]]:
        """Return rows added, removed and changed, and cells changed, by sheet."""
        found = {}
        if self.settings:
            kinds = [one["change"] for one in self.settings]
            found["Settings"] = {
                **{kind: kinds.count(kind) for kind in (ADDED, REMOVED, CHANGED)},
                "cells": kinds.count(CHANGED),
            }
        for one in self.sheets:
            changed = (one.rows["change"] == CHANGED).to_numpy()
            found[one.sheet] = {
                **{kind: one.count(kind) for kind in (ADDED, REMOVED, CHANGED)},
                "cells": int(one.cells[changed].to_numpy().sum()),
            }
        return found

    def frame(self, language: str = "en") -> pd.DataFrame:
        """Return one row per row added or removed and per cell changed, in ``COLUMNS``.

        All of it is text; ``place_a`` and ``place_b`` say where the two values stand.
        """
        rows = [*self.settings]
        for one in self.sheets:
            rows += _listed(one, language)
        return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def difference(old: Tables, new: Tables, language: str = "en") -> Difference:
    """Return what differs between two inputs, whatever form, language and order they are in.

    Args:
        old: the first input.
        new: the second input.
        language: of the places named for settings.
    """
    found, codes = [], [codes_of(tables) for tables in (old, new)]
    for sheet in schema().inputs:
        if sheet.name != "Settings" and (old.has(sheet.name) or new.has(sheet.name)):
            one = compared(old.table(sheet.name), new.table(sheet.name), codes)
            if len(one.rows):
                found.append(one)
    return Difference(tuple(found), tuple(setting_changes(old, new, language)))


def compared(old: Table, new: Table, codes: Sequence[Codes]) -> SheetDifference:
    """Return what differs between two tables of one sheet.

    Args:
        old: the first one.
        new: the second one.
        codes: codes of the input of each, see :func:`tierstock.inputs.comparing.lines.codes_of`.
    """
    sheet = schema().sheet(old.sheet)
    names = keys_of(sheet)
    values = [one.field for one in sheet.columns if one.field not in names] + units_of(sheet)
    first, second = lines(old, codes[0]), lines(new, codes[1])
    both = first.merge(
        second, how="outer", on=[*names, TURN], suffixes=("_a", "_b"), sort=False, indicator=True
    )
    change = both["_merge"].astype(object)
    paired = (change == "both").to_numpy(dtype=np.bool_)
    cells = pd.DataFrame(
        {name: paired & _differ(both[f"{name}_a"], both[f"{name}_b"]) for name in values}
    )
    change = change.map({"left_only": REMOVED, "right_only": ADDED, "both": CHANGED})
    keep = ~paired | cells.any(axis=1).to_numpy(dtype=np.bool_)
    order = both[f"{AT}_b"].fillna(both[f"{AT}_a"])
    rows = both.drop(columns="_merge").assign(change=change, order=order)[keep]
    sorter = np.argsort(rows["order"].to_numpy(), kind="stable")
    rows = rows.iloc[sorter].drop(columns="order").reset_index(drop=True)
    return SheetDifference(old, new, rows, cells[keep].iloc[sorter].reset_index(drop=True))


def _differ(one: pd.Series, other: pd.Series) -> NDArray[np.bool_]:
    """Return where two columns differ; blank equals blank, 12 equals 12.0."""
    if one.dtype.kind == other.dtype.kind == "f":
        same = np.isclose(one, other, rtol=EXACT, atol=0.0, equal_nan=True)
    else:
        same = ((one == other) | (one.isna() & other.isna())).to_numpy(dtype=np.bool_)
    return np.asarray(~same, dtype=np.bool_)


def _listed(one: SheetDifference, language: str) -> Iterator[dict[str, str]]:
    sheet = schema().sheet(one.sheet)
    title, first = sheet.heading(language), keys_of(sheet)[0]
    for at, change in enumerate(one.rows["change"]):
        row = {"sheet": title, "change": change, "key": one.key(at, language)}
        if change != CHANGED:
            side = "a" if change == REMOVED else "b"
            row[f"place_{side}"] = one.place(at, side, first, language)
            yield {name: row.get(name, "") for name in COLUMNS}
            continue
        for field in one.cells.columns[one.cells.iloc[at].to_numpy(dtype=np.bool_)]:
            yield row | {
                "column": column_of(sheet, field).heading(language),
                **{f"place_{side}": one.place(at, side, field, language) for side in "ab"},
                **{f"value_{side}": one.value(at, side, field, language) for side in "ab"},
            }
