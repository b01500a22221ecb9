"""A look into an .ods before it is read: its sheets, and what the reader would not tell of them."""

import html
import re
import zipfile

from tierstock.inputs.reading.xml_scan import MOST_CELLS, MOST_ROWS, Refused, SheetFacts, scan

MOST_KEPT = 1000
"""Repetitions of a percentage that are kept one by one."""

_TABLE = rb"""<table:table\s(?P<table>[^>]*)>"""
_ROW = rb"""<table:table-row\b(?P<row>[^>]*?)(?P<rowend>/?)>"""
_CELL = rb"""<table:(?:covered-)?table-cell\b(?P<cell>[^>]*?)(?P<end>/?)>"""
_TAG = re.compile(rb"|".join((_TABLE, _ROW, _CELL)))
_ROWS = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d+)""")
_COLUMNS = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d+)""")
_SPANNED = re.compile(rb"""number-(columns|rows)-spanned\s*=\s*["'](\d+)""")
_NAME = re.compile(rb"""table:name\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_STYLE = re.compile(rb"""table:style-name\s*=\s*["']([^"']*)""")
_HIDDEN_STYLE = re.compile(
    rb"""<style:style\b[^>]*style:name\s*=\s*["']([^"']*)["'][^>]*>\s*"""
    rb"""<style:table-properties\b[^>]*table:display\s*=\s*["']false["']"""
)
_FILTERED = re.compile(rb"""table:visibility\s*=\s*["'](?:collapse|filter)["']""")
_ERROR = re.compile(rb"""calcext:value-type\s*=\s*["']error["']""")
_SHOWN = re.compile(rb"<text:p[^>]*>([^<]*)</text:p>")


def inspect_open_document(book: zipfile.ZipFile) -> dict[str, SheetFacts]:
    """Return what each sheet of an .ods holds, in the order of the tabs.

    Repeated cells and rows are counted, so that a small file that stands for a huge sheet is
    known before it is read.

    Raises:
        Refused: it is encrypted, declares entities, or has no sheet.
    """
    names = book.namelist()
    if "content.xml" not in names:
        raise Refused("damaged-file", detail="content.xml")
    for part in book.infolist():
        if part.filename.endswith(".xml"):
            scan(book, part, None)
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in book.read(manifest):
        raise Refused("encrypted-file")
    content = book.read("content.xml")
    hidden = set(_HIDDEN_STYLE.findall(content))
    sheets: dict[str, SheetFacts] = {}
    walk = _Walk(content)
    for found in _TAG.finditer(content):
        if found["table"] is not None:
            walk.facts = SheetFacts(visible=_style(found["table"]) not in hidden)
            walk.row = walk.below = 0
            sheets[_title(found["table"])] = walk.facts
        elif found["row"] is not None:
            walk.next_row(found)
        elif walk.facts is not None:
            walk.next_cell(found)
    if not sheets:
        raise Refused("damaged-file", detail="content.xml")
    _check_size(sheets)
    return sheets


def _check_size(sheets: dict[str, SheetFacts]) -> None:
    """Refuse what would not fit into memory; the reader takes all sheets at once."""
    room = MOST_CELLS
    for name, facts in sheets.items():
        room -= facts.rows * facts.columns
        if facts.too_large or room < 0:
            raise Refused("far-cell", sheet=name, rows=facts.rows, columns=facts.columns)


def _title(attributes: bytes) -> str:
    name = _NAME.search(attributes)
    if name is None:
        raise Refused("damaged-file", detail="content.xml")
    return html.unescape((name[1] or name[2] or b"").decode("utf-8", "replace"))


def _style(attributes: bytes) -> bytes:
    name = _STYLE.search(attributes)
    return name[1] if name is not None else b""


class _Walk:
    """Where the walk through the cells stands, and what was seen."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.facts: SheetFacts | None = None
        self.row = 0
        """Row the walk is in, the first of its repetitions."""
        self.below = 0
        """Rows up to the last repetition."""
        self.column = 0

    def next_row(self, found: re.Match[bytes]) -> None:
        """Go to a row, which may stand for many."""
        repeated = _ROWS.search(found["row"])
        self.row = self.below + 1
        self.below += int(repeated[1]) if repeated else 1
        self.column = 0
        if self.facts is not None and _FILTERED.search(found["row"]) and not found["rowend"]:
            self.facts.hidden_rows.add(self.row)

    def next_cell(self, found: re.Match[bytes]) -> None:
        """Go past a cell, which may stand for many; keep what is to be known of it."""
        attributes, facts = found["cell"], self.facts
        repeated = _COLUMNS.search(attributes) if b"repeated" in attributes else None
        first, self.column = self.column, self.column + (int(repeated[1]) if repeated else 1)
        if facts is None or (found["end"] and b"value-type" not in attributes):
            return
        facts.rows, facts.columns = max(facts.rows, self.below), max(facts.columns, self.column)
        if facts.rows > MOST_ROWS:
            raise Refused("hostile-file", detail=f"row {facts.rows}")
        if b'"percentage"' in attributes:
            last = min(self.column, first + MOST_KEPT)
            for row in range(self.row, min(self.below, self.row + MOST_KEPT) + 1):
                facts.percents |= {(row, column) for column in range(first, last)}
        if _ERROR.search(attributes):
            shown = _SHOWN.search(self.content, found.end(), found.end() + 1000)
            facts.errors[self.row, first] = shown[1].decode() if shown else "#N/A"
        spans = {name: int(count) for name, count in _SPANNED.findall(attributes)}
        wide, high = spans.get(b"columns", 1), spans.get(b"rows", 1)
        if wide > 1 or high > 1:
            area = (self.row, first, self.row + high - 1, first + wide - 1)
            facts.merged.append(area)
