"""The stock put into a copy of a workbook, whose other sheets and looks stay."""

import warnings
from pathlib import Path
from typing import Any

import pandas as pd

from tierstock.inputs.feed.stock import Stock
from tierstock.inputs.feed.tab import SHEET, as_of, cells_of, tab_of
from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.cell_parts import Reading
from tierstock.inputs.reading.doors import open_door
from tierstock.inputs.reading.headings import find_column, find_sheet, heading_text
from tierstock.inputs.reading.raw import RawSheet, header_of
from tierstock.inputs.reading.typed import type_sheet
from tierstock.inputs.reading.xml_scan import Refused
from tierstock.inputs.schema import schema
from tierstock.inputs.settings import read_settings


def check_book(path: Path, at: pd.Timestamp, findings: Findings) -> bool:
    """Look into a workbook before it is copied; return whether it can be.

    Args:
        path: the workbook.
        at: moment of the stock; Settings that name another stock date are a warning.
        findings: takes what is wrong.

    Raises:
        Refused: a copy would be far larger than the workbook.
    """
    door = open_door(path, findings)
    if door is None:
        return False
    if not door.copied:
        raise Refused("feed-into", file=path.name)
    for name in door.names:
        match = find_sheet(name)
        raw = door.load(name) if match is not None and match.sheet.name == "Settings" else None
        if raw is None:
            continue
        raw.sheet = "Settings"
        table = type_sheet(raw, Findings(), Reading(date1904=door.date1904), "en")
        stated = read_settings(table, Findings()).stock_date
        near = {one.tz_localize(None).floor("D") for one in (at, at - pd.Timedelta(1, "ns"))}
        if stated is not None and pd.Timestamp(stated) not in near:
            day = str(stated.astype("datetime64[D]"))
            findings.add("feed-stock-date", sheet=name, value=day, when=at.isoformat())
    return True


def write_into(stock: Stock, at: pd.Timestamp, source: Path, target: Path, language: str) -> int:
    """Write a copy of a workbook, looks and other sheets kept, with the stock in its sheet.

    Args:
        stock: the stock.
        at: its moment.
        source: the workbook, which has been looked into by :func:`check_book`.
        target: where the copy goes.
        language: ``en`` or ``zh`` for the headings of a sheet the workbook lacks.

    Returns:
        How many rows of the workbook's own sheet were replaced.

    Raises:
        Refused: it cannot be copied with its looks.
    """
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(source)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            detail = str(error)[:200]
            raise Refused("damaged-file", file=source.name, detail=detail) from error
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
    for merged in [one for one in sheet.merged_cells.ranges if one.max_row > header + 1]:
        sheet.unmerge_cells(str(merged))
    for row in sheet.iter_rows(min_row=header + 2):
        for cell in row:
            cell.value, cell.comment = None, None
    cells: dict[str, list[object]] = dict(cells_of(stock))
    cells["#"] = [at.isoformat()] * len(stock.frame)
    found["#"] = next((n for n, h in enumerate(headings) if h == as_of(language)), len(headings))
    for name, values in cells.items():
        if name not in found:
            found[name] = max(found.values(), default=-1) + 1
        number = found[name] + 1
        word = as_of(language) if name == "#" else None
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
