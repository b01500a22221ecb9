"""Sheets as they come in through a door, before anything is understood."""

import locale
import os
import re
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.cell_parts import Cells
from tierstock.inputs.reading.headings import find_column, heading_text, is_chinese, is_ignored
from tierstock.inputs.reading.xml_scan import SheetFacts

_BOTH = re.compile(r"[A-Za-z]{2,}\s+[\u3400-\u9fff]|[\u3400-\u9fff]\s+[A-Za-z]{2,}")
LONGEST = 200
"""Characters of a heading that tell its language."""
HEADER_SEARCH = 10
"""Rows in which the headings are looked for."""

Grid = list[list[object]]
"""Rows of cells, each as long as the longest; "" is blank."""


@dataclass
class RawSheet:
    """The cells of one sheet and where they stand."""

    title: str
    """Name of the tab, file or table as the planner wrote it."""
    grid: Grid
    rows: list[int]
    """Excel row, or line of the CSV file, of every row of the grid."""
    file: str = ""
    """Name of the CSV file; blank for a workbook or DataFrames."""
    facts: SheetFacts = field(default_factory=SheetFacts)
    """What the preflight saw."""
    readable: bool = True
    """Whether the sheet could be read; a finding says why not."""
    sheet: str = ""
    """English name of the sheet it stands for."""

    def headings(self) -> list[str]:
        """Return the first row as texts."""
        return [heading_text(cell) for cell in self.grid[0]] if self.grid else []


@dataclass
class Body:
    """The rows below the headings, column by column."""

    headings: list[str]
    header_row: int
    columns: list[Cells]
    rows: NDArray[np.int64]
    """Excel row of every row."""


def _known(sheet: str, row: list[object], *, periods: bool = False) -> int:
    """Return how many cells of a row are headings; those of periods beside two others if asked."""
    texts = [heading_text(cell) for cell in row if cell != ""]
    unknown = [text for text in texts if find_column(sheet, text) is None]
    count = len(texts) - len(unknown)
    if periods and sheet == "Demand" and count >= 2:
        count += sum(any(mark.isdigit() for mark in text) for text in unknown)
    return count


def body(raw: RawSheet, findings: Findings) -> Body:
    """Find the headings and return what stands below them; blank rows are left out.

    The headings are in the first row. Where a title or blank rows stand above, the first of the
    next rows in which most cells are known headings is taken and told. A second row of headings
    is an error. Blank rows between the data are told.
    """
    at = header_of(raw)
    if at:
        findings.add("headings-found", sheet=raw.title, file=raw.file, row=raw.rows[at])
    grid, rows = raw.grid[at + 1 :], np.array(raw.rows[at + 1 :], dtype=np.int64)
    headings = [heading_text(cell) for cell in raw.grid[at]] if raw.grid else []
    if grid and _is_second_header(raw.sheet, grid[0]):
        findings.add("two-heading-rows", sheet=raw.title, file=raw.file, row=int(rows[0]))
        grid, rows = grid[1:], rows[1:]
    columns = _columns(grid) or [np.empty(0, dtype=object)] * len(headings)
    header_row = raw.rows[at] if raw.rows else 1
    return _without_blanks(raw, Body(headings, header_row, columns, rows), findings)


def header_of(raw: RawSheet) -> int:
    """Return the number of the row of the headings."""
    if not raw.grid or _known(raw.sheet, raw.grid[0]):
        return 0
    for number, row in enumerate(raw.grid[:HEADER_SEARCH]):
        filled = sum(cell != "" for cell in row)
        if filled >= 2 and _known(raw.sheet, row, periods=True) * 2 > filled:
            return number
    return 0


def _is_second_header(sheet: str, row: list[object]) -> bool:
    filled = [cell for cell in row if cell != ""]
    return len(filled) >= 2 and _known(sheet, row) == len(filled)


def _columns(grid: Grid) -> list[Cells]:
    """Return the columns of rows of one length; cells of blanks only are blank."""
    width = len(grid[0]) if grid else 0
    cells = np.fromiter(chain.from_iterable(grid), dtype=object, count=len(grid) * width)
    columns = [cells[number::width].copy() for number in range(width)]
    for column in columns:
        listed = column.tolist()
        texts = [one for one in listed if type(one) is str]
        if any(map(str.isspace, texts)):
            column[:] = ["" if type(one) is str and one.isspace() else one for one in listed]
    return columns


def _without_blanks(raw: RawSheet, found: Body, findings: Findings) -> Body:
    """Leave out rows without any value in a column that counts."""
    if not found.columns:
        return found
    used = {at for at, heading in enumerate(found.headings) if not is_ignored(heading)}
    filled = np.zeros(len(found.rows), dtype=np.bool_)
    for at in used:
        filled |= found.columns[at] != ""
    named = {at for at in used if found.headings[at]}
    broken = [row for row, at in (*raw.facts.errors, *raw.facts.uncached) if at in named]
    filled |= np.isin(found.rows, broken)
    last = int(np.flatnonzero(filled)[-1]) if filled.any() else -1
    between = np.flatnonzero(~filled[: last + 1])
    if len(between):
        first = int(found.rows[between[0]])
        findings.add("blank-rows", sheet=raw.title, file=raw.file, row=first, count=len(between))
    columns = [column[filled] for column in found.columns]
    return Body(found.headings, found.header_row, columns, found.rows[filled])


def language_of(sheets: list[RawSheet]) -> str:
    """Return the language most headings are written in: en or zh.

    Where most are in both (``Location 地点``) the language of the machine decides.
    """
    headings = [text[:LONGEST] for raw in sheets for text in raw.headings() if text]
    both = sum(bool(_BOTH.search(heading)) for heading in headings)
    chinese = sum(is_chinese(heading) for heading in headings) - both
    if both * 2 > len(headings):
        return machine_language()
    return "zh" if chinese * 2 > len(headings) else "en"


def machine_language() -> str:
    """Return the language of this machine: zh where it speaks Chinese, else en."""
    name = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "zh" if name.casefold().startswith(("zh", "chinese")) else "en"
