"""Sheets as an open document (.ods)."""

import datetime as dt
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from tierstock.inputs.reading.cell_parts import Percent
from tierstock.inputs.reading.xml_scan import Refused
from tierstock.inputs.tables import letters
from tierstock.inputs.writing.plain import is_amount, text_of
from tierstock.inputs.writing.tabs import Tab

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = re.compile(r"^ | {2,}")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{whole}:1.0"'
    for name, whole in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("manifest", "manifest"),
    )
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_TOP = f"""{_HEAD}<office:document-content {_NAMES} office:version="1.3"><office:automatic-styles>
<number:date-style style:name="N1"><number:year number:style="long"/><number:text>-</number:text>
<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/>
</number:date-style><number:percentage-style style:name="N2"><number:number
 number:min-decimal-places="1" number:decimal-places="4" number:min-integer-digits="1"/>
<number:text>%</number:text></number:percentage-style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="percent" style:family="table-cell" style:data-style-name="N2"/>
</office:automatic-styles><office:body><office:spreadsheet>"""
_END = "</office:spreadsheet></office:body></office:document-content>"
_MANIFEST = (
    f'{_HEAD}<manifest:manifest {_NAMES} manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def write_open_document(tabs: Sequence[Tab], path: Path) -> None:
    """Write an .ods with one table per sheet: numbers, days, flags and percentages as such.

    Raises:
        Refused: a text holds a character that no such file can hold.
        OSError: the file cannot be written.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(zipfile.ZipInfo("mimetype"), TYPE)
        book.writestr("META-INF/manifest.xml", _MANIFEST)
        with book.open("content.xml", "w") as part:
            part.write(_TOP.encode())
            for tab in tabs:
                for piece in _table(tab):
                    part.write(piece.encode())
            part.write(_END.encode())


def _table(tab: Tab) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(tab.title)}>"
    for number, row in enumerate(tab.rows, start=1):
        cells = (_cell(tab.title, number, at, cell) for at, cell in enumerate(row))
        yield f"<table:table-row>{''.join(cells) or _BLANK}</table:table-row>\n"
    if not tab.rows:
        yield f"<table:table-row>{_BLANK}</table:table-row>"
    yield "</table:table>"


_BLANK = "<table:table-cell/>"


def _cell(title: str, row: int, at: int, cell: object) -> str:
    text = text_of(cell)
    if not text:
        return _BLANK
    if _ILLEGAL.search(text):
        raise Refused("unwritable-text", value=f"{title}!{letters(at)}{row}")
    shown = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in text.split("\n"))
    return f"<table:table-cell{_attributes(cell)}>{shown}</table:table-cell>"


def _attributes(cell: object) -> str:
    if isinstance(cell, bool):
        return f' office:value-type="boolean" office:boolean-value="{str(cell).lower()}"'
    if is_amount(cell):
        kind, style = ("float", "")
        if isinstance(cell, Percent):
            kind, style = "percentage", ' table:style-name="percent"'
        return f'{style} office:value-type="{kind}" office:value="{float(cell)!r}"'
    if isinstance(cell, dt.date):
        day = cell.isoformat().removesuffix("T00:00:00")
        return f' table:style-name="day" office:value-type="date" office:date-value="{day}"'
    return ' office:value-type="string"'


def _spaced(line: str) -> str:
    """Return a line in which several blanks and tabs survive."""
    whole = escape(line).replace("\t", "<text:tab/>").replace("\r", "&#13;")
    return _SPACES.sub(lambda found: f'<text:s text:c="{len(found[0])}"/>', whole)
