"""The file of a results workbook: the pages as xlsxwriter draws them, the rows poured in.

xlsxwriter draws headings, tables, notes and formats; a sheet of many rows is left empty there and
gets its rows here. One sheet can be held back and put in as the last part of the finished file,
which touches no other part.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from tierstock.outputs.pour import Body, Strings, letters, rows

QUICK = 1
"""Level of compression: a third larger than the usual one, in a third of the time."""
TEXTS = "xl/sharedStrings.xml"
END = "</sheetData>"
COLUMN = re.compile(r'<col min="(\d+)" max="(\d+)"(?:(?! style)[^>])*(?: style="(\d+)")?')
REFERENCE = re.compile(r' ref="([A-Z]+)1:([A-Z]+)2"')
"""Where a table stands that was drawn with a single row below its headings."""
TABLES = re.compile(r'Target="\.\./(tables/[^"]+)"')
COUNTS = re.compile(r'count="(\d+)" uniqueCount="(\d+)"')


@dataclass(frozen=True)
class HeldBack:
    """A sheet that is not in the file yet."""

    part: str
    page: str
    """Its XML, without rows below the headings."""
    strings: Strings

    def put(self, file: Path, body: Body) -> None:
        """Put the sheet into the file, behind all other parts.

        Args:
            file: the workbook.
            body: its rows.
        """
        self.strings.closed = True
        with (
            file.open("rb+") as whole,  # given its name, ZipFile begins anew where it cannot open
            ZipFile(whole, "a", ZIP_DEFLATED, compresslevel=QUICK) as archive,
            archive.open(self.part, "w") as out,
        ):
            _pour(out, self.page, body, self.strings)


def part_of(number: int) -> str:
    """Return the part of the zip that holds a sheet, counted from 1."""
    return f"xl/worksheets/sheet{number}.xml"


def pack(
    drawn: BytesIO, file: Path, bodies: Mapping[int, Body], last: int, lengths: Mapping[int, int]
) -> HeldBack:
    """Write a workbook: the pages drawn, with their rows, and one sheet held back.

    Args:
        drawn: what xlsxwriter has written.
        file: file to write.
        bodies: rows by number of the sheet, counted from 1; the other sheets are whole.
        last: sheet that is held back.
        lengths: rows of the tables that were drawn with one, by number of the sheet.

    Raises:
        OSError: the file cannot be written.
    """
    poured = {part_of(number): body for number, body in bodies.items()}
    with (
        ZipFile(drawn) as pages,
        ZipFile(file, "w", ZIP_DEFLATED, compresslevel=QUICK) as archive,
    ):
        head, counts, tail = _texts(pages.read(TEXTS).decode("utf-8"))
        strings = Strings(counts[1])
        tables = _tables(pages, lengths)
        for name in pages.namelist():
            data = pages.read(name)
            if name == TEXTS:
                continue
            if name == part_of(last):
                held = HeldBack(name, data.decode("utf-8"), strings)
                _pour(BytesIO(), held.page, poured[name], strings)  # its texts are known then
            elif name in poured:
                with archive.open(name, "w") as out:
                    _pour(out, data.decode("utf-8"), poured[name], strings)
            elif name in tables:
                _put(archive, name, _lengthened(data.decode("utf-8"), tables[name]))
            else:
                _put(archive, name, data)
        used, unique = counts[0] + strings.used, counts[1] + len(strings.known)
        numbers = f'count="{used}" uniqueCount="{unique}"'
        _put(archive, TEXTS, f"{head}{numbers}{tail}{strings.xml()}</sst>".encode())
    return held


def _tables(pages: ZipFile, lengths: Mapping[int, int]) -> dict[str, int]:
    """Return the rows of tables by the part of the zip that holds each."""
    names, found = set(pages.namelist()), {}
    for number, length in lengths.items():
        relations = f"xl/worksheets/_rels/sheet{number}.xml.rels"
        if relations in names:
            for part in TABLES.findall(pages.read(relations).decode("utf-8")):
                found[f"xl/{part}"] = length
    return found


def _lengthened(table: str, length: int) -> bytes:
    """Return a table with its rows: one at least, as Excel wants it."""
    return REFERENCE.sub(rf' ref="\g<1>1:\g<2>{max(length, 1) + 1}"', table).encode("utf-8")


def _put(archive: ZipFile, name: str, data: bytes) -> None:
    """Write a part; by its name alone, without the time of day."""
    with archive.open(name, "w") as out:
        out.write(data)


def _texts(xml: str) -> tuple[str, tuple[int, int], str]:
    """Return the shared texts around their two counts, without the end."""
    found = COUNTS.search(xml)
    if found is None:
        raise ValueError(f"{TEXTS} has no counts")
    return (
        xml[: found.start()],
        (int(found[1]), int(found[2])),
        xml[found.end() :].removesuffix("</sst>"),
    )


def _pour(out: IO[bytes], page: str, body: Body, strings: Strings) -> None:
    """Write a sheet with its rows."""
    width = len(body.frame.columns)
    styles = [""] * width
    for first, final, style in COLUMN.findall(page):
        for index in range(int(first) - 1, min(int(final), width)):
            styles[index] = style
    whole = f'<dimension ref="A1:{letters(width - 1)}{len(body.frame) + 1}"/>'
    page = re.sub(r'<dimension ref="[^"]*"/>', whole, page, count=1)
    top, end, rest = page.partition(END)
    if not end:
        raise ValueError("a sheet has no rows")
    out.write(top.encode("utf-8"))
    for block in rows(body, styles, strings):
        out.write(block.encode("utf-8"))
    out.write(f"{end}{rest}".encode())
