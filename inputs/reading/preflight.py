"""A look into an Excel file before it is read: refuse what would hurt, see what readers hide.

The fast reader gives "" for ``#N/A`` and for formulas that were never calculated, and two small
hostile files make it abort the whole process. So each XML part of the file is scanned once as
bytes, within fixed limits, before that reader may touch it.
"""

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from posixpath import join, normpath
from xml.etree.ElementTree import Element, ParseError

from tierstock.inputs.reading.open_document import inspect_open_document
from tierstock.inputs.reading.xml_scan import Refused, SheetFacts, scan

MOST_BYTES = 50_000_000
"""Largest file that is opened."""
MOST_UNPACKED = 500_000_000
"""Most bytes of XML, all parts together."""
MOST_RATIO = 200
"""Largest compression of a part above ``SMALL_PART`` bytes."""
SMALL_PART = 10_000_000
MOST_PARTS = 1_000

BROKEN: tuple[type[Exception], ...] = (
    *(zipfile.BadZipFile, zlib.error, struct.error, ParseError, EOFError),
    *(LookupError, NotImplementedError, ValueError, OSError),
)
"""What reading an archive out of memory may raise where the archive is broken."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
"""Parts of a number format that are shown as they are."""
_RELATIONS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)


@dataclass(frozen=True)
class BookFacts:
    """What was seen in a workbook."""

    sheets: dict[str, SheetFacts]
    """Facts by the name of the sheet, in the order of the tabs."""
    date1904: bool
    """Whether days are counted from 1904 (old Macintosh files)."""
    old: bool = False
    """Whether it is an old .xls, of which nothing more can be seen."""


def inspect_workbook(content: bytes) -> BookFacts:
    """Return what the workbook holds; read nothing that is not plain and of sane size.

    Args:
        content: the bytes of the file.

    Raises:
        Refused: it is no workbook, is encrypted, damaged, hostile or too large.
    """
    if _is_old(content):
        return BookFacts({}, date1904=False, old=True)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return _inspect(book)
    except BROKEN as error:
        raise Refused("damaged-file", detail=str(error)) from error


def is_old_workbook(content: bytes) -> bool:
    """Return whether a file may be an old .xls, by its first bytes."""
    return content.startswith(_OLE)


def _is_old(content: bytes) -> bool:
    """Tell an old .xls from a new workbook by its first bytes; refuse what is neither."""
    if not content:
        raise Refused("empty-file")
    if len(content) > MOST_BYTES:
        raise Refused("file-too-large", size=_megabytes(len(content)), most=_megabytes(MOST_BYTES))
    if is_old_workbook(content):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Refused("encrypted-file")
        return True
    if not content.startswith(_ZIP):
        raise Refused("not-excel-file")
    return False


def _inspect(book: zipfile.ZipFile) -> BookFacts:
    names = [part.filename for part in book.infolist()]
    if "xl/workbook.xml" not in names:
        if _is_open_document(book, names):
            _check_parts(book.infolist())
            return BookFacts(inspect_open_document(book), date1904=False)
        raise Refused("other-spreadsheet" if "xl/workbook.bin" in names else "not-excel-file")
    _check_parts(book.infolist())
    tabs, date1904 = _tabs(book)
    facts = {part: SheetFacts(size=book.getinfo(part).file_size) for part, _, _ in tabs}
    shown = _percent_styles(book) if "xl/styles.xml" in names else frozenset()
    for part in book.infolist():
        if part.filename.endswith((".xml", ".rels", ".vml")):
            scan(book, part, facts.get(part.filename), shown)
    sheets = {}
    for name, title, visible in tabs:
        facts[name].visible = visible
        sheets[title] = facts[name]
    return BookFacts(sheets, date1904)


def _is_open_document(book: zipfile.ZipFile, names: list[str]) -> bool:
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


def _percent_styles(book: zipfile.ZipFile) -> frozenset[bytes]:
    """Return the numbers of the styles that show a number as a percentage."""
    root = _tree(book, "xl/styles.xml")
    own = {
        node.get("numFmtId", ""): "%" in _LITERAL.sub("", node.get("formatCode", ""))
        for node in root.iter()
        if node.tag.endswith("}numFmt")
    }
    styles = next((list(node) for node in root if node.tag.endswith("}cellXfs")), [])
    formats = [style.get("numFmtId", "0") for style in styles]
    shown = [at for at, name in enumerate(formats) if own.get(name, name in ("9", "10"))]
    return frozenset(str(at).encode() for at in shown)


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
