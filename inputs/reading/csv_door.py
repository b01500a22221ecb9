"""A CSV file as a sheet: whatever delimiter and encoding Excel or an export wrote."""

import csv
import io
import re
from pathlib import Path

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.raw import Grid, RawSheet
from tierstock.inputs.reading.xml_scan import SheetFacts

MOST_BYTES = 500_000_000
"""Largest file that is read."""
DELIMITERS = (",", ";", "\t", "|")

GUARDED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")
"""An exported text that begins like a formula gets an apostrophe before it."""
_STATED = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
"""The first line by which Excel is told the delimiter."""
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_csv(path: Path, findings: Findings) -> RawSheet | None:
    """Return the cells of one CSV file as texts; None where it cannot be read.

    UTF-8 (with or without mark), UTF-16, else GB18030, which is what Chinese Excel writes.
    Commas, semicolons, tabs or bars part the cells: whichever parts the headings most, quoted
    texts apart, or what a first line ``sep=;`` says.
    """
    text = read_text(path, findings, MOST_BYTES)
    if text is None:
        return None
    delimiter, text, first = opened(text)
    return _parted(path, text, delimiter, first, findings)


def read_text(path: Path, findings: Findings, most: int) -> str | None:
    """Return the text of a file; None where it is too large, cannot be read, or is no text.

    Args:
        path: the file.
        findings: takes why it cannot be read.
        most: largest size, in bytes.
    """
    try:
        size = path.stat().st_size
        if size > most:
            told, limit = f"{size / 1e6:,.0f} MB", f"{most / 1e6:,.0f} MB"
            findings.add("file-too-large", file=path.name, size=told, most=limit)
            return None
        text = decoded(path.read_bytes())
    except OSError as error:
        findings.add("file-unreadable", file=path.name, detail=error.strerror or str(error))
        return None
    if text is None or "\x00" in text:
        findings.add("not-text-file", file=path.name)
        return None
    return text


def opened(text: str) -> tuple[str, str, int]:
    """Return the delimiter, the text without a line that states it, and its first line's number.

    >>> opened("sep=;\\na;b")
    (';', 'a;b', 2)
    """
    stated = _STATED.match(text)
    if stated is None:
        return delimiter_of(text), text, 1
    return stated[1], text[stated.end() :], 2


def _parted(
    path: Path, text: str, delimiter: str, first: int, findings: Findings
) -> RawSheet | None:
    """Part a text that begins in line ``first`` into cells."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    grid: Grid = []
    lines: list[int] = []
    last = 0
    try:
        for row in reader:
            grid.append([_unguarded(cell) for cell in row])
            lines.append(last + first)
            last = reader.line_num
    except csv.Error as error:
        findings.add("bad-csv", file=path.name, row=last + first, detail=str(error))
        return None
    facts = SheetFacts(len(grid), len(grid[0]) if grid else 0, size=len(text))
    if facts.too_large:
        findings.add("far-cell", file=path.name, rows=facts.rows, columns=facts.columns)
        return None
    return RawSheet(path.stem, _squared(grid, lines, path, findings), lines, file=path.name)


def decoded(content: bytes) -> str | None:
    """Return the text of a file; None where it is none.

    UTF-16 without a mark is known by the blank halves of its Latin letters and marks.
    """
    utf16 = [name for mark, name in _MARKS if content.startswith(mark)]
    low, high = content[0:2000:2].count(0), content[1:2000:2].count(0)
    if not utf16 and low + high:
        utf16 = ["utf-16-le" if high > low else "utf-16-be"]
    for encoding in utf16 or ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def delimiter_of(text: str) -> str:
    """Return the mark that parts the headings most.

    >>> delimiter_of('"Lead Time, days";From')
    ';'
    """
    first = _QUOTED.sub("", text.lstrip("\r\n")[:100_000]).split("\n", 1)[0]
    return max(DELIMITERS, key=first.count)


def _unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that guards ``=``, ``+``, ``-`` and ``@``."""
    return cell[1:] if cell.startswith("'") and GUARDED.match(cell) else cell


def _squared(grid: Grid, lines: list[int], path: Path, findings: Findings) -> Grid:
    """Make all rows as long as the headings; longer ones are an error of their line."""
    width = len(grid[0]) if grid else 0
    for row, line in zip(grid, lines, strict=True):
        if len(row) > width and any(str(cell).strip() for cell in row[width:]):
            findings.add("csv-too-many-cells", file=path.name, row=line, count=len(row), most=width)
        row[width:] = []
        row.extend([""] * (width - len(row)))
    return grid
