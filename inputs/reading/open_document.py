"""A look into an .ods before it is read: its sheets, and what the reader would not tell of them."""

import html
import io
import re
import zipfile

from tierstock.inputs.reading.xml_scan import MOST_CELLS, MOST_ROWS, Refused, SheetFacts, scan

MOST_KEPT = 1000
"""Repetitions of a percentage that are kept one by one."""

_TABLE = re.compile(rb"<table:table\s([^>]*)>")
_ROW_START = re.compile(rb"<table:table-row(?=[\s/>])")
_ROW = re.compile(rb"<table:table-row([^>]*?)(/?)>")
_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*?)(/?)>")
_ODD = re.compile(rb"repeated|spanned|covered|visibility|percentage|calcext:value-type=.error")
"""What makes a row more than a row of plain cells."""
_REST = re.compile(rb"<table:table-cell(?:\s[\w:-]+=\"[\w-]*\")*/>\s*</table:table-row>\s*\Z")
"""Blank cells up to the last column, as they end a row."""
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
_TAB = re.compile(rb"<text:tab\b[^>]*?(?:/>|>\s*</text:tab\s*>)")


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
    tables = list(_TABLE.finditer(content))
    ends = [table.start() for table in tables[1:]] + [len(content)]
    for table, end in zip(tables, ends, strict=True):
        facts = sheets[_title(table[1])] = SheetFacts(
            visible=_style(table[1]) not in hidden, size=end - table.end()
        )
        starts = [row.start() for row in _ROW_START.finditer(content, table.end(), end)]
        walk = _Walk(facts)
        for first, last in zip(starts, [*starts[1:], end], strict=True):
            walk.next_row(content[first:last])
    if not sheets:
        raise Refused("damaged-file", detail="content.xml")
    _check_size(sheets)
    return sheets


def spelled_out(content: bytes) -> bytes:
    """Return an .ods in which tabs are written as such: the fast reader leaves out their mark.

    Any other workbook, and one without tabs, comes back as it is.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        if "content.xml" not in book.namelist():
            return content
        text = book.read("content.xml")
        if b"<text:tab" not in text:
            return content
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as spelled:
            for part in ("mimetype", "META-INF/manifest.xml"):
                if part in book.namelist():
                    spelled.writestr(part, book.read(part))
            spelled.writestr("content.xml", _TAB.sub(b"\t", text))
    return whole.getvalue()


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
    """Where the walk through the rows of a sheet stands, and what was seen."""

    def __init__(self, facts: SheetFacts) -> None:
        self.facts = facts
        self.row = 0
        """Row the walk is in, the first of its repetitions."""
        self.below = 0
        """Rows up to the last repetition."""

    def next_row(self, text: bytes) -> None:
        """Go past a row, which may stand for many; keep what is to be known of it."""
        rest = None if text.count(b"repeated") > 1 else _REST.search(text)
        text = text[: rest.start()] if rest is not None and b"value" not in rest[0] else text
        self.row = self.below + 1
        if _ODD.search(text) is None:
            self.below += 1
            cells = text.count(b"<table:table-cell")
            if cells:
                self._reach(cells)
            return
        start = _ROW.match(text)
        if start is None:
            raise Refused("damaged-file", detail="content.xml")
        repeated = _ROWS.search(start[1])
        self.below += int(repeated[1]) if repeated else 1
        if _FILTERED.search(start[1]) and not start[2]:
            self.facts.hidden_rows.add(self.row)
        column = 0
        for cell in _CELL.finditer(text):
            column = self._cell(text, cell, column)

    def _reach(self, columns: int) -> None:
        """Take note of a cell that is filled."""
        facts = self.facts
        facts.rows, facts.columns = max(facts.rows, self.below), max(facts.columns, columns)
        if facts.rows > MOST_ROWS:
            raise Refused("hostile-file", detail=f"row {facts.rows}")

    def _cell(self, text: bytes, cell: re.Match[bytes], first: int) -> int:
        """Go past a cell, which may stand for many; return the column behind it."""
        attributes, facts = cell[1], self.facts
        repeated = _COLUMNS.search(attributes)
        behind = first + (int(repeated[1]) if repeated else 1)
        if cell[2] and b"value-type" not in attributes:
            return behind
        self._reach(behind)
        if b'"percentage"' in attributes:
            last = min(behind, first + MOST_KEPT)
            for row in range(self.row, min(self.below, self.row + MOST_KEPT) + 1):
                facts.percents |= {(row, column) for column in range(first, last)}
        if _ERROR.search(attributes):
            shown = _SHOWN.search(text, cell.end(), cell.end() + 1000)
            facts.errors[self.row, first] = shown[1].decode() if shown else "#N/A"
        spans = {name: int(count) for name, count in _SPANNED.findall(attributes)}
        wide, high = spans.get(b"columns", 1), spans.get(b"rows", 1)
        if wide > 1 or high > 1:
            facts.merged.append((self.row, first, self.row + high - 1, first + wide - 1))
        return behind
