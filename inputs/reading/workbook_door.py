"""Workbooks as an input: .xlsx, .xlsm without its macros, .ods, and the old .xls."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.cell_parts import Percent
from tierstock.inputs.reading.door import MOST_COPIED, Door
from tierstock.inputs.reading.open_document import spelled_out
from tierstock.inputs.reading.preflight import MOST_BYTES, BookFacts, inspect_workbook
from tierstock.inputs.reading.raw import Grid, RawSheet
from tierstock.inputs.reading.trial import sizes
from tierstock.inputs.reading.xml_scan import Refused, SheetFacts

OLD_COLUMNS = 256
MOST_OLD_CELLS = 5_000_000
"""Largest rectangle from A1 to the last cell of a sheet of an .xls."""
MOST_MERGED = 100_000
"""Merged cells up to which a workbook is copied with its looks."""


def open_workbook(path: Path, findings: Findings) -> Door | None:
    """Look into a workbook, then hand out its sheets; the bytes are read once.

    Args:
        path: the file; what it is, is told by its first bytes.
        findings: takes what is wrong; an old .xls is a warning, for what it cannot tell.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            most = f"{MOST_BYTES / 1e6:.0f} MB"
            raise Refused("file-too-large", size=f"{size / 1e6:.0f} MB", most=most)
        content = path.read_bytes()
        facts = inspect_workbook(content)
        content = content if facts.old else spelled_out(content)
        tried = _tried(content) if facts.old else {}
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except Refused as refused:
        findings.add(refused.code, file=path.name, **refused.values)
        return None
    except OSError as error:
        findings.add("file-unreadable", file=path.name, detail=error.strerror or str(error))
        return None
    except CalamineError as error:
        findings.add("damaged-file", file=path.name, detail=str(error))
        return None
    except BaseException as error:
        findings.add("damaged-file", file=path.name, detail=_panic(error))
        return None
    if facts.old:
        findings.add("old-excel", file=path.name)
        facts = BookFacts(_old_sheets(book, tried), date1904=False)
    hidden = frozenset(name for name, fact in facts.sheets.items() if not fact.visible)
    load = _loader(book, facts, path.name, findings)
    size = sum(one.rows * one.columns for one in facts.sheets.values())
    plain = size <= MOST_COPIED and sum(map(_merged, facts.sheets.values())) <= MOST_MERGED
    return Door(list(facts.sheets), load, hidden, facts.date1904, copied=plain)


def _tried(content: bytes) -> dict[str, tuple[int, int]]:
    """Return the rows and columns of the sheets of an .xls; refuse one that ends its reader."""
    found = sizes(content)
    if found is None:
        raise Refused("damaged-file", detail=".xls")
    for name, (rows, columns) in found.items():
        if rows * columns > MOST_OLD_CELLS or columns > OLD_COLUMNS:
            raise Refused("far-cell", sheet=name, rows=rows, columns=columns)
    return found


def _merged(facts: SheetFacts) -> int:
    """Return how many cells of a sheet are merged."""
    return sum(
        max(bottom - top + 1, 1) * max(right - left + 1, 1)
        for top, left, bottom, right in facts.merged
    )


def _panic(error: BaseException) -> str:
    """Return what the reader says when it gives up on a damaged file; others pass."""
    if type(error).__name__ != "PanicException":
        raise error
    return str(error)


def _old_sheets(book: Any, tried: dict[str, tuple[int, int]]) -> dict[str, SheetFacts]:
    """Return what is known of the sheets of an .xls: their names, sizes, and which are hidden."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return {
        sheet.name: SheetFacts(
            *tried[sheet.name], visible=sheet.visible == SheetVisibleEnum.Visible
        )
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.name in tried
    }


def _loader(
    book: Any, facts: BookFacts, file: str, findings: Findings
) -> Callable[[str], RawSheet | None]:
    from python_calamine import CalamineError

    def load(name: str) -> RawSheet | None:
        fact = facts.sheets[name]
        if fact.too_large:
            findings.add("far-cell", sheet=name, rows=fact.rows, columns=fact.columns)
            return None
        try:
            grid: Grid = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except (CalamineError, ValueError) as error:
            findings.add("damaged-file", file=file, detail=f"{name}: {error}")
            return None
        except BaseException as error:
            findings.add("damaged-file", file=file, detail=f"{name}: {_panic(error)}")
            return None
        _mark_percent(grid, fact)
        return RawSheet(name, grid, list(range(1, len(grid) + 1)), facts=fact)

    return load


def _mark_percent(grid: Grid, facts: SheetFacts) -> None:
    """Keep with a number that its cell shows it as a percentage."""
    for row, column in facts.percents:
        if row <= len(grid) and column < len(grid[row - 1]):
            value = grid[row - 1][column]
            if isinstance(value, float | int) and not isinstance(value, bool):
                grid[row - 1][column] = Percent(value)
