"""Sheets as an Excel workbook."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tierstock.inputs.reading.cell_parts import Percent
from tierstock.inputs.reading.cell_texts import LONGEST
from tierstock.inputs.reading.xml_scan import MOST_ROWS, Refused
from tierstock.inputs.tables import letters
from tierstock.inputs.writing.plain import is_amount, text_of
from tierstock.inputs.writing.scratch import scratch
from tierstock.inputs.writing.tabs import Tab

NARROW, WIDE = 10, 40
MEASURED = 200
"""Rows looked at for the width of a column."""

APART = {"align": "right", "indent": 1}
"""Numbers and days stand right, and do not touch the text of the next column."""


class Exact(float):
    """A number written with all its digits; the writer would cut it at the sixteenth."""

    def __format__(self, how: str) -> str:
        return repr(float(self))


def write_workbook(tabs: Sequence[Tab], path: Path) -> None:
    """Write an .xlsx with one tab per sheet; texts stay texts, whatever they begin with.

    Raises:
        Refused: a sheet has more rows, or a cell a longer text, than Excel can hold.
        OSError: the file cannot be written.
    """
    import xlsxwriter

    plain = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with (
        scratch(path) as folder,
        xlsxwriter.Workbook(str(path), {**plain, "tmpdir": str(folder)}) as book,
    ):
        head = {"bold": True, "bottom": 1, "num_format": "@"}
        formats = {
            "head": book.add_format(head),
            "head over numbers": book.add_format(head | APART),
            "text": book.add_format({"num_format": "@"}),
            "number": book.add_format(APART),
            "day": book.add_format({"num_format": "yyyy-mm-dd"} | APART),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"} | APART),
            "percent": book.add_format({"num_format": "0.0##%"} | APART),
        }
        for tab in tabs:
            _sheet(book.add_worksheet(tab.title), tab, formats)


def _sheet(target: Any, tab: Tab, formats: dict[str, Any]) -> None:
    if len(tab.rows) > MOST_ROWS:
        raise Refused("too-many-rows", sheet=tab.title, count=len(tab.rows), most=MOST_ROWS)
    heads = []
    for at, cells in enumerate(zip(*tab.rows[:MEASURED], strict=True)):
        longest = max(_room(text_of(cell)) for cell in cells)
        target.set_column(at, at, min(max(longest + 2, NARROW), WIDE))
        amounts = _amounts(cells[tab.header + 1 :])
        heads.append(formats["head over numbers" if amounts else "head"])
    target.freeze_panes(tab.header + 1, 0)
    target.set_landscape()
    target.fit_to_pages(1, 0)
    target.repeat_rows(tab.header)
    for number, row in enumerate(tab.rows):
        for at, cell in enumerate(row):
            if not (type(cell) is str and cell == ""):
                shown = heads[at] if number == tab.header else None
                _cell(target, number, at, cell, formats, shown)


def _amounts(cells: Sequence[object]) -> bool:
    """Return whether a column holds numbers and days only."""
    filled = [cell for cell in cells if not (type(cell) is str and cell == "")]
    return bool(filled) and not any(isinstance(cell, str | bool) for cell in filled)


def _room(text: str) -> int:
    """Return the width of a text in letters; a Chinese character takes two."""
    return len(text) + sum(mark > "\u2e7f" for mark in text)


def _cell(target: Any, row: int, at: int, cell: object, formats: dict[str, Any], as_: Any) -> None:
    if isinstance(cell, bool):
        target.write_boolean(row, at, cell, as_)
    elif is_amount(cell):
        shown = as_ or formats["percent" if isinstance(cell, Percent) else "number"]
        target.write_number(row, at, cell if isinstance(cell, int) else Exact(cell), shown)
    elif isinstance(cell, dt.date) and cell.year >= 1900:
        timed = isinstance(cell, dt.datetime) and cell.time() != dt.time()
        target.write_datetime(row, at, cell, formats["moment" if timed else "day"])
    else:
        text = text_of(cell)
        if len(text) > LONGEST:
            place = f"{target.get_name()}!{letters(at)}{row + 1}"
            raise Refused("text-too-long-here", value=place, most=LONGEST)
        target.write_string(row, at, text, as_ or formats["text"])
