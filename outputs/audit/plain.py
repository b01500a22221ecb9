"""Worksheets in the plain form that programs write: cells of values alone, read in one sweep."""

import re
from collections.abc import Callable

from tierstock.outputs.audit.grid import Grid

HEAD = b'<?xml version="1.0" encoding="UTF-8"'
CELL = re.compile(r'<c r="([A-Z]{1,3})[0-9]+"([^<>]*(?:/|><v>[^<>]*</v></c))>')
"""A cell: the letters of its column, and the rest, the same for cells that show the same."""
REST = re.compile(r'(?: s="([0-9]+)")?(?: t="(s|b|n|str|e)")?(?:/|><v>([^<>]*)</v></c)')
"""Style, kind and value."""
ROW = '<row r="'


def plain_sheet(
    data: bytes, title: str, text: Callable[[str, str, str], str], column: Callable[[str], int]
) -> Grid | None:
    """Read a worksheet that holds nothing but rows of plain cells.

    Every opening bracket of the rows is accounted for, so formulas, entities, comments and texts
    in the cells are never passed over.

    Args:
        data: the part of the workbook.
        title: name of the sheet.
        text: text of a cell by its raw value, kind and style.
        column: number of a column by its letters.

    Returns:
        The sheet; None where it holds anything else and has to be read with care.
    """
    start, end = data.find(b"<sheetData>"), data.find(b"</sheetData>")
    if not data.startswith(HEAD) or b"<!" in data or start < 0 or end < start:
        return None
    body = data[start + len(b"<sheetData>") : end].decode("utf-8")
    if "&" in body or "\r" in body:
        return None
    grid, count = Grid(title), 0
    known: dict[str, str | None] = {}
    before, *pieces = body.split(ROW)
    for piece in pieces:
        row: list[str] = []
        cells = CELL.findall(piece)
        count += len(cells)
        for letters, rest in cells:
            if rest not in known:
                found = REST.fullmatch(rest)
                if found is None:
                    return None
                style, kind, raw = found.groups(default="")
                known[rest] = text(raw, kind or "n", style) if raw else None
            if (shown := known[rest]) is not None:
                if (at := column(letters)) > len(row):
                    row.extend([""] * (at - len(row)))
                row.append(shown)
        if any(row):
            grid.rows.append((int(piece[: piece.index('"')]), row))
    brackets = len(pieces) + count + 3 * body.count("</c>") + body.count("</row>")
    return grid if body.count("<") == brackets and not before.strip() else None
