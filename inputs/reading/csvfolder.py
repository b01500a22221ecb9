"""A folder of CSV files, one per sheet, named after the sheets in either language."""

import csv
import io
from pathlib import Path

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.raw import Grid, RawSheet

ENDINGS = (".csv", ".tsv")
MOST_BYTES = 500_000_000
"""Largest file that is read."""
DELIMITERS = (",", ";", "\t")

_GUARDED = ("=", "+", "-", "@", "\t", "\r")
"""What an exported text that begins so gets an apostrophe before, lest Excel calculates it."""


def csv_files(folder: Path) -> list[Path]:
    """Return the CSV files of a folder, sorted by name."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in ENDINGS and not path.name.startswith((".", "~$"))
    )


def read_csv(path: Path, findings: Findings) -> RawSheet | None:
    """Return the cells of one CSV file as texts; None where it cannot be read.

    UTF-8 (with or without mark), else GB18030, which is what Chinese Excel writes. Commas,
    semicolons or tabs part the cells: whichever parts the first line most.
    """
    if path.stat().st_size > MOST_BYTES:
        size, most = f"{path.stat().st_size / 1e6:.0f} MB", f"{MOST_BYTES / 1e6:.0f} MB"
        findings.add("file-too-large", file=path.name, size=size, most=most)
        return None
    text = _decoded(path.read_bytes())
    if text is None or "\x00" in text:
        findings.add("not-text-file", file=path.name)
        return None
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    grid: Grid = []
    lines: list[int] = []
    last = 0
    try:
        for row in reader:
            grid.append([_unguarded(cell) for cell in row])
            lines.append(last + 1)
            last = reader.line_num
    except csv.Error as error:
        findings.add("bad-csv", file=path.name, row=last + 1, detail=str(error))
        return None
    return RawSheet(path.stem, _squared(grid, lines, path, findings), lines, file=path.name)


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that guards ``=``, ``+``, ``-`` and ``@``."""
    return cell[1:] if cell.startswith("'") and cell[1:2] in _GUARDED else cell


def _squared(grid: Grid, lines: list[int], path: Path, findings: Findings) -> Grid:
    """Make all rows as long as the headings; longer ones are an error of their line."""
    width = len(grid[0]) if grid else 0
    for row, line in zip(grid, lines, strict=True):
        if len(row) > width and any(str(cell).strip() for cell in row[width:]):
            findings.add("csv-too-many-cells", file=path.name, row=line, count=len(row), most=width)
        row[width:] = []
        row.extend([""] * (width - len(row)))
    return grid
