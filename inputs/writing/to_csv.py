"""Sheets as a folder of CSV files."""

import csv
from pathlib import Path

from tierstock.inputs.reading.csv_door import DELIMITERS, GUARDED
from tierstock.inputs.writing.plain import text_of
from tierstock.inputs.writing.tabs import Tab


def write_csv(tab: Tab, path: Path) -> None:
    """Write a sheet as a CSV file in UTF-8 with a mark, by which Excel knows it.

    A text that begins like a formula gets an apostrophe before it; the reader takes it off.
    Headings that hold a delimiter are quoted, so that they cannot be taken for several.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        plain, quoted = csv.writer(file), csv.writer(file, quoting=csv.QUOTE_ALL)
        for number, row in enumerate(tab.rows):
            cells = [_guarded(cell) for cell in row]
            odd = number == 0 and any(mark in cell for mark in DELIMITERS for cell in cells)
            (quoted if odd else plain).writerow(cells)


def _guarded(cell: object) -> str:
    text = text_of(cell)
    return f"'{text}" if isinstance(cell, str) and GUARDED.match(f"'{text}") else text
