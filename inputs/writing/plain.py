"""Cells and their plain texts: what a file without types holds, and what it stands for."""

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeGuard

from tierstock.inputs.reading.cell_dates import read_date
from tierstock.inputs.reading.cell_parts import Percent
from tierstock.inputs.reading.cell_texts import read_choice
from tierstock.inputs.reading.headings import find_column, find_setting, is_ignored
from tierstock.inputs.writing.tabs import Tab

POINT, COMMA = "point", "comma"
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]\d+)?", re.ASCII)
_PERCENT = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?%", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOST_WHOLE = 2**53
"""Up to here double precision, in which spreadsheets count, holds every whole number."""
_SAFE_DIGITS = 15
"""Digits of a number that survive in any case."""
_SWAP = str.maketrans(",.", ".,")


def text_of(cell: object) -> str:
    """Return a cell in its plain form: ``12.5``, ``2026-01-05``, ``TRUE``, ``120%``.

    A number read from it is the same to the last digit.
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, Percent):
        return cell.text()
    if isinstance(cell, int | float):
        whole = float(cell).is_integer() and abs(cell) < 1e15
        return str(int(cell)) if whole else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ") if cell.time() != dt.time() else cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def is_amount(cell: object) -> TypeGuard[int | float]:
    """Return whether a spreadsheet holds a cell as a number to its last digit.

    Codes of 17 digits and more, which databases keep as whole numbers, are texts there.

    >>> is_amount(12.5), is_amount(10**15), is_amount(123456789012345678), is_amount(True)
    (True, True, False, False)
    """
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return False
    return abs(cell) <= MOST_WHOLE if isinstance(cell, int) else math.isfinite(cell)


def settled(tabs: Sequence[Tab], date1904: bool) -> list[Tab]:
    """Return sheets that mean the same wherever they are written.

    In known columns, texts of files without types become the numbers, days and flags they are;
    numbers of day columns that count from 1904 become days. Where the settings say that commas
    part the decimals of texts, points do so afterwards, and the settings say so.

    Args:
        tabs: the sheets as they came in.
        date1904: whether day numbers count from 1904.
    """
    comma = any(_decimal_row(tab) is not None for tab in tabs)
    return [_settled(tab, date1904, comma) for tab in tabs]


def _settled(tab: Tab, date1904: bool, comma: bool) -> Tab:
    if not tab.sheet or not (date1904 or comma or tab.texts):
        return tab
    rows = [list(row) for row in tab.rows]
    for at, heading in enumerate(tab.headings):
        kind = column_kind(tab.sheet, heading)
        for row in rows[tab.header + 1 :] if kind else ():
            cell = row[at]
            if type(cell) is str and comma and kind == "number":
                cell = row[at] = cell.translate(_SWAP)
            if type(cell) is str and tab.texts:
                row[at] = value_of(cell, kind)
            elif kind == "date" and date1904 and type(cell) in (int, float):
                row[at] = dt.date(1904, 1, 1) + dt.timedelta(days=int(float(str(cell))))
    if comma and (found := _decimal_row(tab)) is not None:
        rows[found[0]][found[1]] = POINT
    return replace(tab, rows=rows)


def _decimal_row(tab: Tab) -> tuple[int, int] | None:
    """Return row and column of the setting that makes commas the decimal mark."""
    fields = [find_column("Settings", heading) for heading in tab.headings]
    names = [match.column.field if match else "" for match in fields]
    if tab.sheet != "Settings" or not {"setting", "value"} <= set(names):
        return None
    name, value = names.index("setting"), names.index("value")
    for number, row in enumerate(tab.rows):
        setting = find_setting(str(row[name])) if number > tab.header else None
        if setting is not None and setting.name == "decimal_point":
            stated = read_choice(str(row[value]), (POINT, COMMA))
            return (number, value) if stated == COMMA else None
    return None


def column_kind(sheet: str, heading: str) -> str:
    """Return number, date, flag or blank for a column; periods side by side are numbers."""
    match = find_column(sheet, heading)
    if match is None:
        return "number" if sheet == "Demand" and heading and not is_ignored(heading) else ""
    kind = "number" if match.column.type == "integer" else match.column.type
    return kind if kind in ("number", "date", "flag") else ""


def value_of(text: str, kind: str) -> object:
    """Return the value a text is the plain form of; the text where it is more or less than that.

    >>> value_of("012", "number"), value_of("12.50", "number"), value_of("2026-01-05", "date")
    ('012', 12.5, datetime.date(2026, 1, 5))
    """
    if kind == "date" and _DAY.fullmatch(text):
        return read_date(text) or text
    if kind == "flag":
        return {"TRUE": True, "FALSE": False}.get(text, text)
    if kind != "number":
        return text
    if _NUMBER.fullmatch(text):
        return _exact(float(text), text)
    if _PERCENT.fullmatch(text):
        return _exact(Percent(f"{text[:-1]}e-2"), text)
    return text


def _exact(number: float, text: str) -> object:
    """Return the number where it holds all digits of its text."""
    few = sum(map(str.isdigit, text)) <= _SAFE_DIGITS
    return number if math.isfinite(number) and (few or text_of(number) == text) else text
