"""A copy of the planner's workbook with the wrong cells marked and a list of all findings."""

import os
import re
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from tierstock.inputs.findings import Finding, Findings
from tierstock.inputs.reading.cell_parts import Percent
from tierstock.inputs.reading.door import MOST_COPIED, Door, Source, located
from tierstock.inputs.reading.doors import open_door
from tierstock.inputs.reading.raw import HEADER_SEARCH
from tierstock.inputs.schema import say
from tierstock.inputs.writing.place import placing

AUTHOR = "tierstock"
"""Author of the comments; marks of an earlier copy are known by it."""
COLOURS = {"error": "FFC7CE", "warning": "FFEB9C"}
MOST_MARKS = 20_000
"""Cells marked at most; the list names all findings anyway."""

EXCEL = (".xlsx", ".xlsm")
"""Endings of workbooks that are copied with their looks."""
ISSUES = {"en": "Issues", "zh": "问题"}
HEADINGS = {
    "en": ("Level", "Sheet", "Cell", "Row", "Column", "Value", "Message"),
    "zh": ("级别", "工作表", "单元格", "行号", "列", "取值", "说明"),
}
WIDTHS = (10, 20, 10, 8, 22, 24, 100)
LEFT_OUT = {
    "en": "The input is large: only rows with a finding are shown here, at their places.",
    "zh": "输入较大：此副本只列出有问题的行，行号与原表相同。",
}
LINE_HEIGHT = 15
"""Points of one line of the list."""
MOST_SHOWN = 100
"""Characters of a value in the list; the cell itself is linked."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def write_marked(
    source: Source, findings: Findings, path: str | os.PathLike[str], language: str = ""
) -> Path | None:
    """Write a copy of the input with its faults marked; the input itself is never changed.

    Wrong cells are coloured and carry a comment with fault and remedy; a sheet ``Issues``
    (``问题``) in front lists all findings with links to their cells. An input that is no Excel
    workbook becomes one, with the sheets as they were read. Of an input of more than
    ``MOST_COPIED`` cells the copy has the rows with a finding, at their places, and says so. The
    copy appears under its name only when it is complete.

    Args:
        source: what was read.
        findings: what was found.
        path: where the copy goes; an earlier one is replaced.
        language: en or zh; blank = the language of the findings.

    Returns:
        The path, or None where the input cannot be opened at all, so that there is no copy.

    Raises:
        ValueError: ``path`` is the input itself.
        OSError: the copy cannot be written.
    """
    target = Path(path)
    if not isinstance(source, Mapping) and target.resolve() == Path(located(source)).resolve():
        raise ValueError(f"the marked copy must not replace the input: {target}")
    language = language or findings.language
    door = open_door(source, Findings())
    if door is None:
        return None
    book, whole = _loaded(source) if door.copied else None, True
    if book is None:
        book, whole = _built(door, findings)
    titles = {_title(name): name for name in door.names}
    sheets = {titles.get(sheet.title, sheet.title): sheet for sheet in book.worksheets}
    _clear(book)
    _mark(sheets, findings, language)
    _list(book, sheets, findings, language)
    if not whole:
        book.worksheets[0].append([None] * (len(WIDTHS) - 1) + [LEFT_OUT[language]])
    with placing(target) as draft:
        book.save(draft)
    return target


def _loaded(source: Source) -> Any:
    """Return the planner's workbook with its looks; None where there is none to be had."""
    if isinstance(source, Mapping) or Path(located(source)).suffix.lower() not in EXCEL:
        return None
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return load_workbook(source)
        except Exception:  # what the fast reader takes may still be too odd for this one
            return None


def _title(name: str) -> str:
    """Return a name fit for a tab: at most 31 characters, none that Excel forbids."""
    return _FORBIDDEN.sub("_", name)[:31] or "_"


def _built(door: Door, findings: Findings) -> tuple[Any, bool]:
    """Return a workbook with the sheets as they were read, and whether it has all rows.

    Of large inputs it has the first rows and those with a finding, each at its place.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    found: dict[str, set[int]] = {}
    for name, address, _ in _cells(findings):
        found.setdefault(name, set()).add(int(re.sub(r"\D", "", address) or 0))
    room = MOST_COPIED
    for name in door.names:
        raw = door.load(name)
        sheet = book.create_sheet(_title(name))
        rows = list(zip(raw.rows, raw.grid, strict=True)) if raw is not None else []
        room -= sum(len(row) for _, row in rows)
        if room < 0:
            told = found.get(name, set())
            rows = [one for one in rows if one[0] <= HEADER_SEARCH or one[0] in told]
            rows = rows[: max(MOST_COPIED // max(len(rows[0][1]), 1), 1)] if rows else rows
        for number, row in rows:
            for column, value in enumerate(row, start=1):
                if value != "":
                    _write(sheet.cell(number, column), value)
    return book, room >= 0


def _write(cell: Any, value: object) -> None:
    """Write a value; a text that begins like a formula or names an error stays a text."""
    cell.value = _ILLEGAL.sub("", value) if isinstance(value, str) else value
    if isinstance(value, Percent):
        cell.number_format = "0.##########%"
    if isinstance(value, str) and cell.data_type != "s":
        cell.data_type = "s"
        cell.quotePrefix = True


def _clear(book: Any) -> None:
    """Take away the marks and the list of an earlier copy."""
    from openpyxl.styles import PatternFill

    for title in ISSUES.values():
        if title in book.sheetnames:
            book.remove(book[title])
    for sheet in book.worksheets:
        for cell in sheet._cells.values():  # going through rows would fill a sparse sheet
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()


def _cells(findings: Findings) -> Iterator[tuple[str, str, Finding]]:
    """Go through sheet, cell and finding of every cell to be marked, errors first."""
    for finding in findings:
        if finding.severity in COLOURS:
            for address in (finding.address, *finding.others):
                if address:
                    yield finding.sheet, address.split(":")[0], finding


def _mark(sheets: Mapping[str, Any], findings: Findings, language: str) -> None:
    """Colour the wrong cells and say in a comment what is wrong."""
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    marks: dict[tuple[str, str], list[Finding]] = {}
    for sheet, address, finding in _cells(findings):
        if sheet in sheets and (len(marks) < MOST_MARKS or (sheet, address) in marks):
            marks.setdefault((sheet, address), []).append(finding)
    fills = {name: PatternFill("solid", fgColor=colour) for name, colour in COLOURS.items()}
    for (sheet, address), found in marks.items():
        cell = sheets[sheet][address]
        if isinstance(cell, MergedCell):
            continue
        _unfold(sheets[sheet], cell)
        text = "\n".join(dict.fromkeys(finding.fault(language) for finding in found))
        cell.fill = fills[found[0].severity]
        cell.comment = Comment(_ILLEGAL.sub("", text), AUTHOR, width=320, height=120)


def _unfold(sheet: Any, cell: Any) -> None:
    """Show the column and the row of a marked cell."""
    for column in sheet.column_dimensions.values():
        if column.hidden and column.min <= cell.column <= column.max:
            column.hidden = False
    sheet.row_dimensions[cell.row].hidden = False


def _list(book: Any, sheets: Mapping[str, Any], findings: Findings, language: str) -> None:
    """Put the list of all findings in front, each with a link to its cell."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.hyperlink import Hyperlink
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet = book.create_sheet(ISSUES[language], 0)
    sheet.append(HEADINGS[language])
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.cell(1, number).font = Font(bold=True)
        sheet.cell(1, number).fill = PatternFill("solid", fgColor="D9E1F2")
    line = Border(bottom=Side("hair", color="BFBFBF"))
    for row, finding in enumerate(findings, start=2):
        place = (finding.sheet or finding.file, finding.address, finding.row, finding.column)
        value = finding.value[:MOST_SHOWN] + ("…" if len(finding.value) > MOST_SHOWN else "")
        texts = (say(finding.severity, language), *place, value, finding.message(language))
        for column, text in enumerate(texts, start=1):
            cell = sheet.cell(row, column)
            _write(cell, text)
            cell.border, cell.alignment = line, Alignment(wrap_text=column > 4, vertical="top")
        sheet.cell(row, 4).alignment = Alignment(horizontal="center", vertical="top")
        sheet.row_dimensions[row].height = LINE_HEIGHT * max(map(_lines, texts, WIDTHS))
        if finding.severity in COLOURS:
            sheet.cell(row, 1).fill = PatternFill("solid", fgColor=COLOURS[finding.severity])
        if finding.address and finding.sheet in sheets:
            link = sheet.cell(row, 3)
            title = sheets[finding.sheet].title.replace("'", "''")
            link.hyperlink = Hyperlink(
                ref=link.coordinate, location=f"'{title}'!{finding.address}", display=link.value
            )
            link.font = Font(color="0563C1", underline="single")
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False


def _lines(text: object, width: int) -> int:
    """Return how many lines a text takes in a column; Chinese characters are twice as wide."""
    wide = sum(2 if east_asian_width(mark) in "WF" else 1 for mark in str(text or ""))
    return max(1, -(-wide // width))
