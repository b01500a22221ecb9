"""Typed tables that remember where each value stands in the planner's files."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.schema import schema

if TYPE_CHECKING:
    from tierstock.inputs.settings import Settings


UNIT_COLUMNS = {
    "Demand": ("quantity",),
    "OpeningStock": ("quantity", "blocked"),
    "InTransit": ("quantity",),
    "Supply": ("max", "min", "moq", "order_multiple"),
    "Lanes": ("order_multiple",),
}
"""Fields whose numbers are counted in the unit the cell names, else in that of the row."""
LOTS = ("moq", "order_multiple")
"""Those of them in which a unit may stand alone: ``pallet`` is one pallet."""


def own_unit(field: str) -> str:
    """Return the column of a frame that holds the units named in the cells of a field.

    It is there only where some cell names one.
    """
    return f"{field}_in"


def letters(number: int) -> str:
    """Return the letters of a column counted from 0: 0 is A, 26 is AA."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def blank_column(kind: str, count: int) -> pd.Series:
    """Return ``count`` blank values of a schema type, in the form they have in a table.

    number, integer and flag are float64 (blank = not a number), date is datetime64[ns]
    (blank = NaT), everything else is text (blank = "").
    """
    if kind in ("number", "integer", "flag"):
        return pd.Series(np.full(count, np.nan))
    if kind == "date":
        return pd.Series(np.full(count, np.datetime64("NaT", "ns"), dtype="datetime64[ns]"))
    return pd.Series(np.full(count, "", dtype=object), dtype=object)


@dataclass(frozen=True)
class Table:
    """The rows of one sheet.

    ``frame`` has one column per schema field of the sheet, in schema order (columns the planner
    left out are there, blank), and the whole-number column ``row``: the Excel row, or the line of
    a CSV file. Its index counts from 0; ``index`` below is a position in it. Tables given as
    DataFrames count rows as if they stood in a sheet: the first one is row 2.
    """

    sheet: str
    """English name of the sheet."""
    frame: pd.DataFrame
    title: str
    """Name of the sheet as the planner wrote it."""
    headings: dict[str, str] = field(default_factory=dict)
    """Heading as the planner wrote it, by schema field; absent columns are not in it."""
    columns: dict[str, int] = field(default_factory=dict)
    """Number of the column in the sheet counted from 0, by schema field."""
    header_row: int = 1
    """Row of the headings."""
    file: str = ""
    """Name of the CSV file; blank for a workbook or DataFrames."""
    language: str = "en"
    wide: NDArray[np.int64] | None = None
    """Column number of each row's quantity where periods stood side by side; else None."""

    def __len__(self) -> int:
        return len(self.frame)

    def stated(self, name: str) -> bool:
        """Return whether the planner's sheet has this column (by schema field)."""
        return name in self.headings

    def heading(self, name: str) -> str:
        """Return the heading the planner wrote, else the column's name in the sheet's language."""
        if name in self.headings:
            return self.headings[name]
        column = schema().sheet(self.sheet).column(name)
        return column.zh if self.language == "zh" else column.name

    def row(self, index: int) -> int:
        """Return the Excel row (line of a CSV file) of a row."""
        return int(self._rows[index])

    @cached_property
    def _rows(self) -> NDArray[np.int64]:
        """Excel row of every row; kept, for findings with thousands of cells ask one by one."""
        return self.frame["row"].to_numpy(dtype=np.int64)

    def cell(self, index: int, name: str = "") -> str:
        """Return the cell of a value in A1 style, e.g. ``F17``.

        Without a field, or where the planner has no such column, the first key column of the row.
        """
        if self.wide is not None and name == "quantity":
            return f"{letters(int(self.wide[index]))}{self.row(index)}"
        if self.wide is not None and name == "period":
            return f"{letters(int(self.wide[index]))}{self.header_row}"
        return f"{letters(self._column(name))}{self.row(index)}"

    def header_cell(self, name: str) -> str:
        """Return the cell of a heading; blank where the planner has no such column."""
        return f"{letters(self.columns[name])}{self.header_row}" if name in self.columns else ""

    def keep(self, rows: NDArray[np.bool_]) -> "Table":
        """Return the table with the marked rows only."""
        frame = self.frame[rows].reset_index(drop=True)
        return replace(self, frame=frame, wide=None if self.wide is None else self.wide[rows])

    def with_columns(self, values: Mapping[str, NDArray[np.float64]]) -> "Table":
        """Return the table with other numbers in some columns; the cells stay where they are."""
        return replace(self, frame=self.frame.assign(**values))

    def _column(self, name: str) -> int:
        if name in self.columns:
            return self.columns[name]
        return min(self.columns.values(), default=0)


@lru_cache(maxsize=64)
def _empty(sheet: str) -> pd.DataFrame:
    columns = {
        column.field: blank_column(column.type, 0) for column in schema().sheet(sheet).columns
    }
    return pd.DataFrame({**columns, "row": np.zeros(0, dtype=np.int64)})


def empty_table(sheet: str, language: str = "en") -> Table:
    """Return the table of a sheet without rows, every column typed."""
    known = schema().sheet(sheet)
    title = known.zh if language == "zh" else known.name
    return Table(sheet, _empty(sheet).copy(), title, language=language)


@dataclass
class Tables:
    """All tables of one input, and its settings."""

    source: str
    """File or folder; blank for DataFrames."""
    name: str
    """Name of the input: the file without its ending, or Settings model_name."""
    language: str
    """en or zh, from the headings."""
    settings: "Settings"
    sheets: dict[str, Table] = field(default_factory=dict)
    """Tables by English sheet name; only sheets that were found."""

    def table(self, sheet: str) -> Table:
        """Return the table of a sheet; one without rows where the sheet is missing."""
        return self.sheets[sheet] if sheet in self.sheets else empty_table(sheet, self.language)

    def has(self, sheet: str) -> bool:
        """Return whether the sheet has at least one row."""
        return sheet in self.sheets and len(self.sheets[sheet]) > 0
