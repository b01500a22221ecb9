"""One pass over the XML parts of an Excel file as bytes: what is hostile, what readers hide."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tierstock.inputs.reading.extent import column_number, extent, may_lack_places

MOST_ROWS = 1_048_576
MOST_COLUMNS = 2_000
MOST_CELLS = 20_000_000
"""Largest rectangle from A1 to the last cell of a sheet."""
SPARSE_CELLS = 2_000_000
"""The same for a sheet that is nearly empty: one with more cells than bytes."""
MOST_STYLES = 30
"""Styles that are looked for one by one."""
CHUNK = 1 << 20
"""Bytes scanned at a time; also the longest text without any tag."""

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']+)""")
_UNIQUE = re.compile(rb"""\buniqueCount\s*=\s*["']\s*(\d+)""")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']\s*\$?([A-Za-z]*)\$?(\d+)""")
_BARE = re.compile(rb"<(?:\w+:)?(?:c|row)(?=[\s/>])(?![^>]*?\sr\s*=)")
"""A cell or row that does not say where it is."""
_CELL = rb"<(?:\w+:)?c\b([^>]*)>"
_STYLED = re.compile(rb"""<(?:\w+:)?c\b([^>]*\ss\s*=\s*["'](\d+)["'][^>]*)>""")
_VALUE = rb"(?:<(?:\w+:)?v\s*>([^<]*)</(?:\w+:)?v\s*>)"
_FORMULA = rb"(?:<(?:\w+:)?f\b[^>]*/>|<(?:\w+:)?f\b[^>]*>[^<]*</(?:\w+:)?f\s*>)"
_END = rb"</(?:\w+:)?c\s*>"
_ERROR_TYPE = re.compile(rb"""\st\s*=\s*["']e["']""")
_TEXT_TYPE = re.compile(rb"""\st\s*=\s*["'](?:str|inlineStr|s)["']""")
_ERROR = re.compile(_CELL + rb"\s*" + _FORMULA + rb"?\s*" + _VALUE)
_UNCACHED = re.compile(
    _CELL
    + rb"\s*"
    + _FORMULA
    + rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*></(?:\w+:)?v\s*>)?\s*"
    + _END
)
_LINKED = re.compile(_CELL + rb"\s*<(?:\w+:)?f\b[^>]*>[^<]*\[\d+\][^<]*</(?:\w+:)?f\s*>")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_HIDDEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']""")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*\sref\s*=\s*["']([A-Z]+)(\d+):([A-Z]+)(\d+)""")

Place = tuple[int, int]
"""Excel row (from 1) and column (from 0)."""


class Refused(Exception):
    """The file is not read; ``code`` and ``values`` make the finding that says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values: dict[str, Any] = values


@dataclass
class SheetFacts:
    """What the reader would not tell about a sheet."""

    rows: int = 0
    """Highest row number."""
    columns: int = 0
    """Number of columns up to the last cell."""
    errors: dict[Place, str] = field(default_factory=dict)
    """Error cells and what they show, e.g. ``#N/A``."""
    uncached: set[Place] = field(default_factory=set)
    """Formulas that were never calculated."""
    linked: set[Place] = field(default_factory=set)
    """Formulas that take their value from another file."""
    hidden_rows: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Merged ranges: first row, first column, last row, last column."""
    visible: bool = True
    percents: set[Place] = field(default_factory=set)
    """Cells that show their number as a percentage."""
    size: int = MOST_CELLS
    """Bytes the sheet is written in."""

    @property
    def too_large(self) -> bool:
        """Whether the last cell is so far out that the sheet must not be read."""
        most = min(max(self.size, SPARSE_CELLS), MOST_CELLS)
        return self.columns > MOST_COLUMNS or self.rows * self.columns > most


def _chunks(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Read a part piece by piece, never more than its directory entry says."""
    read = 0
    with book.open(part) as stream:
        while chunk := stream.read(CHUNK):
            read += len(chunk)
            if read > part.file_size:
                raise Refused("damaged-file", detail=part.filename)
            if b"<" not in chunk and len(chunk) == CHUNK:
                raise Refused("hostile-file", detail=part.filename)
            yield chunk


def scan(
    book: zipfile.ZipFile,
    part: zipfile.ZipInfo,
    facts: SheetFacts | None,
    shown: frozenset[bytes] = frozenset(),
) -> None:
    """Check one part; collect what it says into ``facts`` where it is a worksheet.

    Args:
        book: the file.
        part: its part.
        facts: what is known of the sheet; None where the part is none.
        shown: numbers of the styles that show percentages.

    Raises:
        Refused: the part is not plain UTF-8, declares entities, or claims more than it holds.
    """
    tail = b""
    for number, chunk in enumerate(_chunks(book, part)):
        text = tail + chunk
        if number == 0:
            _check_start(part, text)
        if b"<!" in text and _DOCTYPE.search(text):
            raise Refused("hostile-file", detail=part.filename)
        if facts is None:
            tail = text[-16:]
            continue
        cut = _cell_end(text)
        _collect(text[:cut], facts, shown)
        tail = text[cut:]
    if facts is not None:
        _collect(tail, facts, shown)


def _cell_end(text: bytes) -> int:
    """Return where the last whole cell ends; where no cell ends nearby, the last tag begins."""
    end = text.rfind(b"c>") + 2
    return end if end > 1 and len(text) - end <= 2 * CHUNK else text.rfind(b"<")


def _check_start(part: zipfile.ZipInfo, text: bytes) -> None:
    """Refuse parts that are not UTF-8 and lists that claim more members than they can hold."""
    encoding = _ENCODING.search(text[:200])
    named = encoding[1].lower() if encoding else b"utf-8"
    if b"\x00" in text[:200] or named not in (b"utf-8", b"utf8", b"us-ascii"):
        raise Refused("hostile-file", detail=part.filename)
    if any(int(count) > part.file_size for count in _UNIQUE.findall(text[:CHUNK])):
        raise Refused("hostile-file", detail=part.filename)


def _collect(text: bytes, facts: SheetFacts, shown: frozenset[bytes]) -> None:
    """Read size, error cells, uncalculated formulas, percentages, hidden rows, merged ranges."""
    if may_lack_places(text) and _BARE.search(text):
        raise Refused("damaged-file", detail="<c>")
    rows, columns = extent(text)
    facts.rows, facts.columns = max(facts.rows, rows), max(facts.columns, columns)
    if facts.rows > MOST_ROWS:
        raise Refused("hostile-file", detail=f"row {facts.rows}")
    if b'"e"' in text or b"'e'" in text:
        for attributes, value in _ERROR.findall(text):
            if _ERROR_TYPE.search(attributes):
                facts.errors[_place(attributes)] = value.decode("utf-8", "replace")
    if b"<f" in text or b":f" in text:
        for attributes in _UNCACHED.findall(text):
            if not _TEXT_TYPE.search(attributes):
                facts.uncached.add(_place(attributes))
    if b"[" in text:
        facts.linked |= {_place(attributes) for attributes in _LINKED.findall(text)}
    if shown and _may_hold(text, shown):
        styled = _STYLED.findall(text)
        facts.percents |= {_place(attributes) for attributes, style in styled if style in shown}
    if b"hidden" in text:
        hidden = [row for row in _ROW.findall(text) if _HIDDEN.search(row)]
        facts.hidden_rows |= {_place(row)[0] for row in hidden}
    for first, top, last, bottom in _MERGED.findall(text) if b"mergeCell" in text else ():
        facts.merged.append((int(top), column_number(first), int(bottom), column_number(last)))


def _may_hold(text: bytes, styles: frozenset[bytes]) -> bool:
    """Return whether one of a few styles may be in a text; it spares the look at every cell."""
    if len(styles) > MOST_STYLES:
        return True
    return any(b'"%b"' % one in text or b"'%b'" % one in text for one in styles)


def _place(attributes: bytes) -> Place:
    found = _REFERENCE.search(attributes)
    if found is None:
        return 0, 0
    return int(found[2]), column_number(found[1])
