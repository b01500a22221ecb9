"""The sheets of an input as they are, to be written again: nothing is checked."""

from dataclasses import dataclass

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.door import Source
from tierstock.inputs.reading.doors import open_door
from tierstock.inputs.reading.headings import (
    IGNORED_SHEETS,
    find_sheet,
    heading_text,
    is_ignored,
    key,
)
from tierstock.inputs.reading.raw import RawSheet, header_of
from tierstock.inputs.reading.steady import steady
from tierstock.inputs.tables import letters


@dataclass(frozen=True)
class Tab:
    """One sheet: rows of cells of one length; "" is blank."""

    title: str
    rows: list[list[object]]
    """All rows, the headings among them."""
    header: int = 0
    """Number of the row of the headings."""
    sheet: str = ""
    """English name of the sheet it stands for; blank where it stands for none."""
    texts: bool = False
    """Whether it came from a file in which numbers and days may be texts."""

    @property
    def headings(self) -> list[str]:
        """Headings as texts."""
        return [heading_text(cell) for cell in self.rows[self.header]] if self.rows else []

    @property
    def body(self) -> list[list[object]]:
        """Rows below the headings."""
        return self.rows[self.header + 1 :]


@steady
def tabs_of(source: Source, findings: Findings) -> tuple[list[Tab], bool]:
    """Return the sheets of an input, those tierstock does not know included.

    Left out and told are hidden sheets, which are not read either; guides and lists of problems
    are left out. A results workbook gives the copies of its input. What cannot be kept is an
    error: merged cells and formulas without a value.

    Args:
        source: the input.
        findings: takes what is wrong and what is left out.

    Returns:
        The sheets, and whether their day numbers count from 1904.
    """
    door = open_door(source, findings)
    if door is None:
        return [], False
    names = [name for name in door.names if name not in door.hidden]
    copies = [name for name in names if (found := find_sheet(name)) and found.copy]
    for name in () if copies else sorted(door.hidden):
        findings.add("hidden-sheet", sheet=name)
    tabs = []
    for name in copies or [*names, *door.others]:
        raw = None if key(name) in IGNORED_SHEETS else door.load(name)
        if raw is not None:
            tabs.append(_tab(raw, findings))
    return tabs, door.date1904


def _tab(raw: RawSheet, findings: Findings) -> Tab:
    match = None if is_ignored(raw.title) else find_sheet(raw.title)
    raw.sheet = match.sheet.name if match else ""
    title = raw.title
    if match is not None and match.copy:
        title = match.sheet.heading("zh" if title.startswith("输入") else "en")
    rows = [list(row) for row in raw.grid]
    for (row, column), text in raw.facts.errors.items():
        if row <= len(rows) and column < len(rows[row - 1]):
            rows[row - 1][column] = text
    for row, column in sorted(raw.facts.uncached):
        cell = f"{letters(column)}{row}"
        findings.add("formula-not-calculated", sheet=raw.title, row=row, column=cell, address=cell)
    for top, left, bottom, right in raw.facts.merged:
        area = f"{letters(left)}{top}:{letters(right)}{bottom}"
        findings.add("merged-cells", sheet=raw.title, row=top, address=area, value=area)
    return Tab(
        title, _cut(rows), header_of(raw) if rows and raw.sheet else 0, raw.sheet, bool(raw.file)
    )


def _cut(rows: list[list[object]]) -> list[list[object]]:
    """Leave out blank rows at the end, and columns without heading or any value."""
    filled = [number for number, row in enumerate(rows) if any(cell != "" for cell in row)]
    rows = rows[: filled[-1] + 1] if filled else rows[:1]
    used = [number for number, cells in enumerate(zip(*rows, strict=True)) if any(_is(cells))]
    return [[row[number] for number in used] for row in rows]


def _is(cells: tuple[object, ...]) -> list[bool]:
    return [not (type(cell) is str and cell == "") for cell in cells]
