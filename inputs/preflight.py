"""A look into an Excel file before it is read: refuse what would hurt, see what readers hide.

The fast reader gives "" for ``#N/A`` and for formulas that were never calculated, and two small
hostile files make it abort the whole process. So each XML part of the file is scanned once as
bytes, within fixed limits, before that reader may touch it.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import Any
from xml.etree.ElementTree import Element, ParseError

MOST_BYTES = 50_000_000
"""Largest file that is opened."""
MOST_UNPACKED = 500_000_000
"""Most bytes of XML, all parts together."""
MOST_RATIO = 200
"""Largest compression of a part above ``SMALL_PART`` bytes."""
SMALL_PART = 10_000_000
MOST_PARTS = 1_000
MOST_ROWS = 1_048_576
MOST_COLUMNS = 2_000
MOST_CELLS = 40_000_000
"""Largest rectangle from A1 to the last cell of a sheet."""
CHUNK = 1 << 20
"""Bytes scanned at a time; also the longest text without any tag."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATIONS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']+)""")
_UNIQUE = re.compile(rb"""\buniqueCount\s*=\s*["']\s*(\d+)""")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']\s*\$?([A-Za-z]*)\$?(\d+)""")
_CELL = rb"<(?:\w+:)?c\b([^>]*)>"
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
    hidden_rows: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Merged ranges: first row, first column, last row, last column."""
    visible: bool = True

    @property
    def too_large(self) -> bool:
        """Whether the last cell is so far out that the sheet must not be read."""
        return self.columns > MOST_COLUMNS or self.rows * self.columns > MOST_CELLS


@dataclass(frozen=True)
class BookFacts:
    """What was seen in a workbook."""

    sheets: dict[str, SheetFacts]
    """Facts by the name of the sheet, in the order of the tabs."""
    date1904: bool
    """Whether days are counted from 1904 (old Macintosh files)."""


def inspect_workbook(content: bytes) -> BookFacts:
    """Return what the workbook holds; read nothing that is not plain and of sane size.

    Args:
        content: the bytes of the file.

    Raises:
        Refused: it is no Excel workbook, is encrypted, damaged, hostile or too large.
    """
    _check_kind(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return _inspect(book)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ParseError) as error:
        raise Refused("damaged-file", detail=str(error)) from error


def _check_kind(content: bytes) -> None:
    """Refuse what is no Excel file, by its first bytes."""
    if not content:
        raise Refused("empty-file")
    if len(content) > MOST_BYTES:
        raise Refused("file-too-large", size=_megabytes(len(content)), most=_megabytes(MOST_BYTES))
    if content.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise Refused("encrypted-file" if locked else "old-excel-file")
    if not content.startswith(_ZIP):
        raise Refused("not-excel-file")


def _inspect(book: zipfile.ZipFile) -> BookFacts:
    names = [part.filename for part in book.infolist()]
    if "xl/workbook.xml" not in names:
        raise Refused("other-spreadsheet" if _is_spreadsheet(book, names) else "not-excel-file")
    _check_parts(book.infolist())
    tabs, date1904 = _tabs(book)
    facts = {part: SheetFacts() for part, _, _ in tabs}
    for part in book.infolist():
        if part.filename.endswith((".xml", ".rels", ".vml")):
            _scan(book, part, facts.get(part.filename))
    sheets = {}
    for name, title, visible in tabs:
        facts[name].visible = visible
        sheets[title] = facts[name]
    return BookFacts(sheets, date1904)


def _is_spreadsheet(book: zipfile.ZipFile, names: list[str]) -> bool:
    if "xl/workbook.bin" in names:
        return True
    if "mimetype" not in names or book.getinfo("mimetype").file_size > 200:
        return False
    return b"opendocument.spreadsheet" in book.read("mimetype")


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse archives whose directory already shows that they are not a planner's workbook."""
    if len(parts) > MOST_PARTS or len({part.filename for part in parts}) < len(parts):
        raise Refused("damaged-file", detail="zip")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("encrypted-file")
    unpacked = sum(part.file_size for part in parts)
    bomb = any(
        part.file_size > SMALL_PART and part.file_size > MOST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if unpacked > MOST_UNPACKED or bomb:
        raise Refused("file-unpacks-too-large", size=_megabytes(unpacked))


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.1f} MB"


def _tabs(book: zipfile.ZipFile) -> tuple[list[tuple[str, str, bool]], bool]:
    """Return part, name and visibility of every worksheet, and whether days count from 1904."""
    root = _tree(book, "xl/workbook.xml")
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in _tree(book, "xl/_rels/workbook.xml.rels")
        if relation.get("Type", "").endswith("/worksheet")
    }
    tabs = []
    for tag in (_MAIN, _STRICT):
        for sheet in root.iterfind(f"{tag}sheets/{tag}sheet"):
            identity = next(
                (sheet.get(name, "") for name in _RELATIONS if name in sheet.keys()), ""
            )
            target = targets.get(identity)
            if target is None:
                continue
            part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            if part not in book.namelist():
                raise Refused("damaged-file", detail=part)
            tabs.append((part, sheet.get("name", ""), sheet.get("state", "visible") == "visible"))
    about = next((node for node in root if node.tag.endswith("}workbookPr")), None)
    old = about is not None and about.get("date1904", "0") in ("1", "true")
    if not tabs or len({part for part, _, _ in tabs}) < len(tabs):
        raise Refused("damaged-file", detail="workbook.xml")
    return tabs, old


def _tree(book: zipfile.ZipFile, name: str) -> Element:
    """Return a small part as a tree, parsed with every entity refused."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if name not in book.namelist() or book.getinfo(name).file_size > SMALL_PART:
        raise Refused("damaged-file", detail=name)
    try:
        tree: Element = fromstring(book.read(name))
    except DefusedXmlException as error:
        raise Refused("hostile-file", detail=name) from error
    return tree


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


def _scan(book: zipfile.ZipFile, part: zipfile.ZipInfo, facts: SheetFacts | None) -> None:
    """Check one part; collect what it says into ``facts`` where it is a worksheet."""
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
        _collect(text[:cut], facts)
        tail = text[cut:]
    if facts is not None:
        _collect(tail, facts)


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


def _collect(text: bytes, facts: SheetFacts) -> None:
    """Read size, error cells, uncalculated formulas, hidden rows and merged ranges."""
    references = _REFERENCE.findall(text)
    if references:
        letters, numbers = map(set, zip(*references, strict=True))
        facts.rows = max(facts.rows, *map(int, numbers))
        facts.columns = max(facts.columns, *(_column(name) + 1 for name in letters))
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
    if b"hidden" in text:
        hidden = [row for row in _ROW.findall(text) if _HIDDEN.search(row)]
        facts.hidden_rows |= {_place(row)[0] for row in hidden}
    for first, top, last, bottom in _MERGED.findall(text):
        facts.merged.append((int(top), _column(first), int(bottom), _column(last)))


def _column(name: bytes) -> int:
    """Return the number, from 0, of a column's letters."""
    number = 0
    for letter in name.upper()[:8]:
        number = number * 26 + letter - 64
    return number - 1


def _place(attributes: bytes) -> Place:
    found = _REFERENCE.search(attributes)
    if found is None:
        return 0, 0
    return int(found[2]), _column(found[1])
