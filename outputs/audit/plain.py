"""Worksheets in the plain form that programs write: cells of values alone, read in one sweep."""

import re
from collections.abc import Callable

from tierstock.outputs.audit.grid import Grid

HEAD = b'<?xml version="1.0" encoding="UTF-8"'
SIZE = re.compile(rb'<dimension ref="[A-Z]{1,3}[0-9]+:([A-Z]{1,3})[0-9]+"/>')
"""The corner of a sheet: letters of its last column."""
PLACE = re.compile('<c r="([A-Z]{1,3})')
ROW = r'<row r="([0-9]+)"[^<>]*(?:/>|>{cells}</row>)\s*|((?s:.+))'
"""A row; where the next one is anything else, all that is left."""
CELL = '(?:<c r="{letters}[0-9]++"([^>]*+>(?:<v>[^<]*+</v></c>)?+))?+'
"""A cell: all behind its place, the same for cells that show the same; what fits is not tried in
another way, so that a row that does not fit costs no more than one that does."""
REST = re.compile(r'(?: s="([0-9]+)")?(?: t="(s|b|n|str|e)")?(?:/>|><v>([^<>]*)</v></c>)')
"""Style, kind and value."""
WIDEST = 500
"""Columns up to which a sheet is read in one sweep."""


def plain_sheet(
    data: bytes, title: str, text: Callable[[str, str, str], str], column: Callable[[str], int]
) -> Grid | None:
    """Read a worksheet that holds nothing but rows of plain cells.

    Rows have to follow one another without a gap, so formulas, entities, comments and texts in
    the cells are never passed over.

    Args:
        data: the part of the workbook.
        title: name of the sheet.
        text: text of a cell by its raw value, kind and style.
        column: number of a column by its letters.

    Returns:
        The sheet; None where it holds anything else and has to be read with care.
    """
    before, _, rest = data.partition(b"<sheetData>")
    rows, ended, behind = rest.rpartition(b"</sheetData>")
    if not before.startswith(HEAD) or not ended or b"<!" in before or b"<!" in behind:
        return None
    body, size = rows.decode("utf-8"), SIZE.search(before)
    last = [size.group(1).decode()] if size else PLACE.findall(body)
    width = max(map(column, {"A", *last})) + 1
    if "&" in body or "\r" in body or width > WIDEST:
        return None
    cells = "".join(CELL.format(letters=letters(index)) for index in range(width))
    grid, known = Grid(title), _Texts(text)
    found = re.findall(ROW.format(cells=cells), body)
    if found and found[-1][-1]:
        return None
    for line, *rests, _ in found:
        grid.add(int(line), list(map(known.__getitem__, rests)))
    return grid if known.plain else None


class _Texts(dict[str, str]):
    """Texts of cells by all that stands behind their places."""

    def __init__(self, text: Callable[[str, str, str], str]) -> None:
        super().__init__({"": ""})
        self.plain = True
        """Whether each was a plain cell."""
        self._text = text

    def __missing__(self, rest: str) -> str:
        parts = REST.fullmatch(rest)
        self.plain = self.plain and parts is not None
        style, kind, raw = parts.groups(default="") if parts else ("", "", "")
        self[rest] = self._text(raw, kind or "n", style) if raw else ""
        return self[rest]


def letters(index: int) -> str:
    """Return the letters of a column: ``A`` for 0, ``AB`` for 27."""
    name = ""
    while index >= 0:
        index, last = divmod(index, 26)
        name, index = chr(65 + last) + name, index - 1
    return name
