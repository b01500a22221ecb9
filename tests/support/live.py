"""What in a written file another program would carry out instead of show."""

import csv
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

LEAD = re.compile(r"[=+\-@\t\r＝＋－＠]")
GUARDED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]\d+)?%?", re.IGNORECASE)
FORMULA = re.compile(r"<(?:\w+:)?f[ />][^<]*|table:formula=[^>]*|ddeLink|oleLink|oleObject|<\?mso")
DRAWN = re.compile(r"<c:f>\w+!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?")
"""Where a chart finds its figures: cells of a sheet of the same workbook, nothing to carry out."""
OUTWARD = re.compile(r'TargetMode="External"[^>]*|xlink:href="(?!#)[^"]*|vbaProject|externalLink')


def live_in(path: Path) -> list[str]:
    """Return every formula, outward link and macro of a file, or of the files of a folder."""
    if path.is_dir():
        return [found for one in sorted(path.iterdir()) for found in live_in(one)]
    if path.suffix == ".csv":
        return [cell for row in _csv(path) for cell in row if _live(cell)]
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name).decode("utf-8", "replace") for name in book.namelist()}
    for name, text in parts.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(text)
    named = [name for name in parts if OUTWARD.search(name)]
    marks = [found[0] for text in parts.values() for found in FORMULA.finditer(text)]
    marks = [mark for mark in marks if not DRAWN.fullmatch(mark)]
    return named + marks + [found[0] for text in parts.values() for found in OUTWARD.finditer(text)]


def _live(cell: str) -> bool:
    return bool(LEAD.match(cell)) and not NUMBER.fullmatch(cell)


def _csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def texts_in(path: Path) -> set[str]:
    """Return the texts of a file as a planner sees them."""
    if path.is_dir():
        return {text for one in path.iterdir() for text in texts_in(one)}
    if path.suffix == ".csv":
        return {cell[1:] if GUARDED.match(cell) else cell for row in _csv(path) for cell in row}
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(path)
    rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
    return {cell for row in rows for cell in row if isinstance(cell, str)}
