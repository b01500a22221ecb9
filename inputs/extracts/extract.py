"""One table of an extract: its headings wherever they stand, its rows with their numbers."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.cell_parts import Cells
from tierstock.inputs.reading.csv_door import DELIMITERS, GUARDED, MOST_BYTES, read_text
from tierstock.inputs.reading.headings import heading_text, key, nearest
from tierstock.inputs.reading.parquet_door import read_parquet
from tierstock.inputs.reading.raw import Grid
from tierstock.inputs.reading.workbook_door import open_workbook
from tierstock.inputs.reading.xml_scan import SheetFacts
from tierstock.inputs.tables import letters
from tierstock.inputs.writing.plain import text_of

TEXTS = (".csv", ".tsv", ".txt")
SEARCHED = 30
"""Rows in which the headings are looked for."""


@dataclass
class Sheet:
    """The cells of one tab or file."""

    file: str
    tab: str
    """Name of the tab; blank where the file is the table."""
    grid: Grid
    rows: list[int]
    """Row or line of every row of the grid."""
    facts: SheetFacts
    date1904: bool = False

    def place(self, row: int | None, column: int | None, heading: str = "") -> dict[str, Any]:
        """Return where a cell stands, as :meth:`Findings.add` takes it."""
        cell = f"{letters(column)}{row}" if row is not None and column is not None else ""
        where: dict[str, Any] = {"row": row, "column": heading, "address": cell}
        return where | ({"sheet": f"[{self.file}]{self.tab}"} if self.tab else {"file": self.file})

    def shown(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the numbers of rows as the planner counts them; records count from 1."""
        return rows - 1 if self.file.lower().endswith(".parquet") else rows


@dataclass
class Extract:
    """A table with its headings found."""

    sheet: Sheet
    headings: list[str]
    header_row: int
    columns: list[Cells]
    rows: NDArray[np.int64]

    def at(self, heading: str) -> int | None:
        """Return the number of the column with a heading; None where there is none."""
        wanted = key(heading)
        keys = [key(one) for one in self.headings]
        return keys.index(wanted) if wanted in keys else None

    def cells(self, heading: str) -> Cells:
        """Return the cells of a column that is known to be there."""
        at = self.at(heading)
        assert at is not None
        return self.columns[at]


def words_of(cells: Cells) -> Cells:
    """Return cells as texts without blanks around them."""
    codes, values = pd.factorize(cells)
    words = np.array([text_of(one).strip() for one in values], dtype=object)
    found: Cells = words[codes] if len(values) else np.full(len(cells), "", dtype=object)
    return found


def open_sheets(path: Path, findings: Findings) -> list[Sheet]:
    """Return the tables of a file: visible tabs of a workbook, else the one it is.

    Args:
        path: .xlsx, .xlsm, .xls, .ods, text parted by any of ``DELIMITERS``, or .parquet.
        findings: takes why a file or tab cannot be read.
    """
    ending = path.suffix.lower()
    if not path.is_file():
        findings.add("no-such-file", file=path.name, path=str(path))
        return []
    if ending == ".parquet":
        raw = read_parquet(path, findings)
        return [] if raw is None else [Sheet(path.name, "", raw.grid, raw.rows, raw.facts)]
    if ending in TEXTS:
        return _text_sheet(path, findings)
    door = open_workbook(path, findings)
    if door is None:
        return []
    found = []
    for name in sorted(door.hidden):
        findings.add("hidden-sheet", sheet=f"[{path.name}]{name}")
    for name in door.names:
        raw = None if name in door.hidden else door.load(name)
        if raw is None:
            continue
        for (row, column), text in raw.facts.errors.items():
            if row <= len(raw.grid) and column < len(raw.grid[row - 1]):
                raw.grid[row - 1][column] = text
        found.append(Sheet(path.name, name, raw.grid, raw.rows, raw.facts, door.date1904))
    return found


def _text_sheet(path: Path, findings: Findings) -> list[Sheet]:
    """Read a text file; rows are made as long as the longest, for titles above are short."""
    text = read_text(path, findings, MOST_BYTES)
    if text is None:
        return []
    first = text[:100_000].splitlines()[:SEARCHED]
    delimiter = max(DELIMITERS, key=lambda mark: max((one.count(mark) for one in first), default=0))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    grid: Grid = []
    lines: list[int] = []
    last = 0
    try:
        for row in reader:
            grid.append([cell[1:] if GUARDED.match(cell) else cell for cell in row])
            lines.append(last + 1)
            last = reader.line_num
    except csv.Error as error:
        findings.add("bad-csv", file=path.name, row=last + 1, detail=str(error))
        return []
    width = max(map(len, grid), default=0)
    for cells in grid:
        cells.extend([""] * (width - len(cells)))
    return [Sheet(path.name, "", grid, lines, SheetFacts())]


def header_row(sheet: Sheet, wanted: Sequence[str]) -> int:
    """Return the number of the row in the grid that holds most of the wanted headings."""
    keys = set(map(key, wanted))
    best, most = 0, 0
    for number, row in enumerate(sheet.grid[:SEARCHED]):
        count = len(keys & {key(heading_text(cell)) for cell in row if cell != ""})
        if count > most:
            best, most = number, count
    return best


def take(
    sheet: Sheet, wanted: dict[str, int], header: int, map_file: str, findings: Findings
) -> Extract | None:
    """Return the rows below the headings; None where headings of the map are not there.

    Args:
        sheet: the cells.
        wanted: headings the map names, with the line that names each.
        header: row of the headings as the map states it; 0 = found by the headings.
        map_file: name of the map.
        findings: takes headings that are missing or twice there, and rows that are broken.
    """
    at = sheet.rows.index(header) if header in sheet.rows else header_row(sheet, list(wanted))
    headings = [heading_text(cell) for cell in sheet.grid[at]] if sheet.grid else []
    keys = [key(one) for one in headings]
    good = True
    for heading, line in wanted.items():
        count = keys.count(key(heading))
        if count != 1:
            good = False
            code = "map-heading-twice" if count else "map-no-heading"
            where = f"[{sheet.file}]{sheet.tab}" if sheet.tab else sheet.file
            findings.add(
                code,
                file=map_file,
                row=line,
                value=heading,
                where=where,
                nearest=nearest(heading, headings),
            )
    if not good:
        return None
    rows = np.array(sheet.rows[at + 1 :], dtype=np.int64)
    columns = [_column(cells) for cells in zip(*sheet.grid[at + 1 :], strict=True)]
    columns = columns or [_column(()) for _ in headings]
    made = Extract(sheet, headings, sheet.rows[at], columns, rows)
    _tell(made, [keys.index(key(one)) for one in wanted], findings)
    return _filled(made)


def _column(cells: tuple[object, ...]) -> Cells:
    column = np.empty(len(cells), dtype=object)
    column[:] = ["" if type(one) is str and one.isspace() else one for one in cells]
    return column


def _filled(made: Extract) -> Extract:
    """Leave out rows without any value."""
    filled = np.zeros(len(made.rows), dtype=np.bool_)
    for column in made.columns:
        filled |= column != ""
    columns = [column[filled] for column in made.columns]
    return Extract(made.sheet, made.headings, made.header_row, columns, made.rows[filled])


def _tell(made: Extract, used: Sequence[int], findings: Findings) -> None:
    """Name formulas never calculated, cells beyond the headings, and hidden rows."""
    facts, below = made.sheet.facts, made.header_row
    for row, column in sorted(facts.uncached):
        if row > below and column in used:
            where = made.sheet.place(row, column, made.headings[column])
            findings.add("formula-not-calculated", **where)
    blank = [at for at, one in enumerate(made.headings) if not one]
    beyond = [at for at in blank if at > max(used, default=0)]
    for at in beyond:
        wrong = np.flatnonzero(made.columns[at] != "")
        if len(wrong):
            row = int(made.rows[wrong[0]])
            where = made.sheet.place(row, at)
            findings.add("extract-beyond", **where, count=len(wrong))
    hidden = sorted(set(made.rows.tolist()) & facts.hidden_rows)
    if hidden:
        where = made.sheet.place(hidden[0], None)
        findings.add("hidden-rows", **where, count=len(hidden))
