"""Raw texts of CSV and Parquet files."""

import csv
import re
from pathlib import Path

from tierstock.outputs.audit.grid import Grid, written

ENDINGS = (".csv", ".tsv", ".parquet")


def flat_grid(file: Path) -> Grid:
    """Read one table of a folder."""
    return _parquet_grid(file) if file.suffix.lower() == ".parquet" else csv_grid(file)


def _parquet_grid(file: Path) -> Grid:
    from pyarrow import parquet

    table = parquet.read_table(file)
    rows = zip(*(map(written, column.to_pylist()) for column in table.columns), strict=True)
    return Grid(file.stem, [(1, table.column_names), *enumerate(map(list, rows), 2)])


def csv_grid(file: Path) -> Grid:
    """Read a CSV file in UTF-8, UTF-16 or GB18030, its cells parted by , ; | or tabs."""
    text = _text(file.read_bytes())
    told = re.match(r"sep=(.)\r?\n?", text, re.IGNORECASE)
    text = text[told.end() :] if told else text
    top = re.sub(r'"(?:[^"]|"")*"', "", text.lstrip("\r\n")[:100_000]).split("\n")[0]
    mark = told.group(1) if told else max(",;\t|", key=top.count)
    rows = [[_plain(cell) for cell in row] for row in csv.reader(_lines(text), delimiter=mark)]
    return Grid(file.stem, [(i, r) for i, r in enumerate(rows, 1) if any(c.strip() for c in r)])


def _text(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    even, odd = data[:2000:2].count(b"\0"), data[1:2000:2].count(b"\0")
    if even or odd:
        return data.decode("utf-16-le" if odd > even else "utf-16-be")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text)


def _plain(cell: str) -> str:
    """Return a cell without the apostrophe that keeps Excel from calculating it."""
    kept = cell.startswith("'") and re.match(r"'+[=+\-@\t\r＝＋－＠]", cell)
    return cell[1:] if kept else cell
