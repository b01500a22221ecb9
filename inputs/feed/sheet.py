"""The stock as the sheet OpeningStock: a file of its own, or put into a copy of a workbook."""

import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from tierstock.inputs.feed.columns import FORMER
from tierstock.inputs.feed.stock import Stock
from tierstock.inputs.reading.headings import find_column, find_sheet, heading_text
from tierstock.inputs.reading.marked import EXCEL
from tierstock.inputs.reading.native import INSTALL
from tierstock.inputs.reading.raw import RawSheet, header_of
from tierstock.inputs.reading.xml_scan import Refused
from tierstock.inputs.schema import schema
from tierstock.inputs.writing.tabs import Tab
from tierstock.inputs.writing.to_csv import write_csv
from tierstock.inputs.writing.to_parquet import write_parquet
from tierstock.inputs.writing.to_workbook import write_workbook

SHEET = "OpeningStock"
FIELDS = {
    "location": "location",
    "product": "product",
    "quantity": "quantity",
    "unit": "unit",
    "expiry_date": "expiry",
    "lot": "lot",
}
"""Fields of the sheet, and the columns of the stock they take."""

ENDINGS = (".csv", ".parquet", ".xlsx")
"""Endings of the files that are written."""


def tab_of(stock: Stock, at: pd.Timestamp, language: str) -> Tab:
    """Return the stock as a sheet; unit, lot and expiry date only where some row has one.

    The column ``#As Of`` says of which moment it is; tierstock leaves it out when it reads the
    sheet, and starts from it when it is given as a former snapshot.
    """
    sheet = schema().sheet(SHEET)
    cells = _cells(stock)
    rows: list[list[object]] = [
        [*(sheet.column(name).heading(language) for name in cells), _as_of(language)]
    ]
    rows += [[*row, at.isoformat()] for row in zip(*cells.values(), strict=True)]
    return Tab(sheet.heading(language), rows, sheet=SHEET)


def _as_of(language: str) -> str:
    one = next(one for one in FORMER if one.name == "time")
    return one.zh if language == "zh" else one.en


def _cells(stock: Stock) -> dict[str, list[object]]:
    """Return the columns by field of the sheet; blank is ""."""
    found: dict[str, list[object]] = {}
    for name, column in FIELDS.items():
        values = stock.frame[column]
        if column == "expiry":
            listed = [day.date() if day is not pd.NaT else "" for day in values]
        else:
            listed = values.tolist()
        if column in ("location", "product", "quantity") or any(one != "" for one in listed):
            found[name] = listed
    return found


def write_stock(
    stock: Stock, at: pd.Timestamp, target: Path, language: str, into: Path | None = None
) -> int:
    """Write the stock; it appears under its name only when it is complete.

    Args:
        stock: the stock.
        at: its moment.
        target: a .csv, .parquet or .xlsx file.
        language: ``en`` or ``zh`` for the headings of a new sheet.
        into: a workbook whose copy takes the stock as its sheet OpeningStock; None = the sheet
            alone.

    Returns:
        How many rows of the workbook's own sheet were replaced.

    Raises:
        Refused: the target cannot hold it, or a package is missing.
        OSError: it cannot be written.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}.part{target.suffix}")
    replaced = 0
    try:
        if into is not None:
            replaced = _into(stock, at, into, draft, language)
        else:
            writers: dict[str, Callable[[Tab, Path], None]] = {
                ".csv": write_csv,
                ".parquet": write_parquet,
                ".xlsx": lambda tab, path: write_workbook([tab], path),
            }
            writers[target.suffix.lower()](tab_of(stock, at, language), draft)
        os.replace(draft, target)
    except ImportError as error:
        name = error.name or str(error)
        raise Refused("extra-missing", value=name, command=INSTALL) from error
    finally:
        draft.unlink(missing_ok=True)
    return replaced


def check_target(target: Path, into: Path | None, force: bool) -> None:
    """Refuse a target that is there, or cannot hold the stock.

    Raises:
        Refused: why.
    """
    ending = target.suffix.lower()
    if ending not in ENDINGS or (into is not None and ending != ".xlsx"):
        raise Refused("feed-target", file=target.name, value=ending or target.name)
    if into is not None and into.suffix.lower() not in EXCEL:
        raise Refused("feed-into", file=into.name)
    if target.is_dir() or (target.exists() and not force):
        raise Refused("target-there", file=target.name, value="--force")
    if into is not None and target.resolve() == into.resolve():
        raise Refused("feed-same-file", file=into.name)


def _into(stock: Stock, at: pd.Timestamp, source: Path, target: Path, language: str) -> int:
    """Write a copy of a workbook, looks and other sheets kept, with the stock in its sheet."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(source)
    titles = {one.title: find_sheet(one.title) for one in book.worksheets}
    title = next((one for one, match in titles.items() if match and match.sheet.name == SHEET), "")
    if not title:
        tab = tab_of(stock, at, language)
        sheet = book.create_sheet(tab.title)
        for row in tab.rows:
            sheet.append(row)
        _as_texts(sheet, 2)
        book.save(target)
        return 0
    replaced = _poured(book[title], stock, at, language)
    book.save(target)
    return replaced


def _poured(sheet: Any, stock: Stock, at: pd.Timestamp, language: str) -> int:
    """Put the rows under the headings of a sheet, in place of those that are there."""
    grid = [["" if cell is None else cell for cell in row] for row in sheet.values]
    header = header_of(RawSheet(sheet.title, grid, list(range(1, len(grid) + 1)), sheet=SHEET))
    headings = [heading_text(cell) for cell in grid[header]] if grid else []
    found = {m.column.field: n for n, m in enumerate(find_column(SHEET, h) for h in headings) if m}
    old = sum(any(cell != "" for cell in row) for row in grid[header + 1 :])
    for row in sheet.iter_rows(min_row=header + 2):
        for cell in row:
            cell.value, cell.comment = None, None
    cells: dict[str, list[object]] = dict(_cells(stock))
    cells["#"] = [at.isoformat()] * len(stock.frame)
    found["#"] = next((n for n, h in enumerate(headings) if h == _as_of(language)), len(headings))
    for name, values in cells.items():
        if name not in found:
            found[name] = max(found.values(), default=-1) + 1
        number = found[name] + 1
        word = _as_of(language) if name == "#" else None
        if word is None and found[name] >= len(headings):
            word = schema().sheet(SHEET).column(name).heading(language)
        if word is not None:
            sheet.cell(header + 1, number).value = word
        for row, value in enumerate(values, start=header + 2):
            if value != "":
                sheet.cell(row, number).value = value
    _as_texts(sheet, header + 2)
    return old


def _as_texts(sheet: Any, first: int) -> None:
    """Keep codes that begin like a formula as texts."""
    for row in sheet.iter_rows(min_row=first):
        for cell in row:
            if cell.data_type == "f":
                cell.data_type, cell.quotePrefix = "s", True
