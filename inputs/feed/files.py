"""Movements as they come: CSV and Parquet files, folders of them, a table of a database."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.feed.columns import TABLE, Field, field_of, nearest_heading
from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.csv_door import opened, read_text
from tierstock.inputs.reading.door import located
from tierstock.inputs.reading.folder_door import table_files
from tierstock.inputs.reading.headings import is_chinese, is_ignored
from tierstock.inputs.reading.native import INSTALL
from tierstock.inputs.reading.sql_door import is_sqlite, read_table
from tierstock.inputs.tables import letters

MOST_BYTES = 1_000_000_000
"""Most bytes of a file that are read; of a Parquet file, when it is unpacked."""
MOST_ROWS = 100_000_000
"""Most rows of a Parquet file, which may be many in few bytes."""
PLAIN = (".csv", ".tsv", ".txt")


@dataclass(frozen=True)
class Part:
    """The rows of one file or table."""

    file: str
    frame: pd.DataFrame
    """One column per field that is there, cells as they come."""
    lines: NDArray[np.int64]
    """Line of a CSV file, else row with the headings as row 1, of every row."""
    headings: dict[str, str]
    """Heading as written, by field."""


def parts_of(
    sources: Sequence[Path | str],
    fields: tuple[Field, ...],
    findings: Findings,
    table: str = TABLE,
) -> list[Part]:
    """Read every source; what cannot be read is a finding.

    Args:
        sources: paths of CSV or Parquet files, folders of them or SQLite files; addresses of
            databases.
        fields: the columns looked for.
        findings: takes what is wrong.
        table: table or view that is read from a database.
    """
    parts = []
    for source in _files(sources, findings):
        read = _frame(source, table, findings)
        if read is not None:
            name, frame, lines = read
            part = picked(name, frame, lines, fields, findings)
            parts += [] if part is None else [part]
    return parts


def _files(sources: Sequence[Path | str], findings: Findings) -> Iterator[Path | str]:
    """Go through the files, those of a folder by name."""
    for source in sources:
        where = located(source)
        if isinstance(where, Path) and where.is_dir():
            inside = table_files(where)
            if not inside:
                findings.add("empty-folder", file=where.name)
            yield from inside
        elif isinstance(where, Path) and not where.is_file():
            findings.add("no-such-file", file=where.name, path=str(where))
        else:
            yield where


def _frame(
    source: Path | str, table: str, findings: Findings
) -> tuple[str, pd.DataFrame, NDArray[np.int64]] | None:
    if isinstance(source, str) or is_sqlite(source):
        found = read_table(source, table, findings)
        return None if found is None else (*found, np.arange(len(found[1]), dtype=np.int64) + 2)
    if source.suffix.lower() == ".parquet":
        return _parquet(source, findings)
    if source.suffix.lower() in PLAIN:
        return _csv(source, findings)
    findings.add("feed-form", file=source.name)
    return None


def _csv(path: Path, findings: Findings) -> tuple[str, pd.DataFrame, NDArray[np.int64]] | None:
    """Read a CSV file as texts, whatever its delimiter and encoding."""
    text = read_text(path, findings, MOST_BYTES)
    if text is None:
        return None
    mark, text, first = opened(text)
    try:
        frame = pd.read_csv(
            io.BytesIO(text.encode()),
            sep=mark,
            dtype=object,
            header=None,
            index_col=False,
            na_filter=False,
            skip_blank_lines=False,
        )
    except pd.errors.EmptyDataError:
        findings.add("empty-file", file=path.name)
        return None
    except pd.errors.ParserError as error:
        detail = str(error).split("C error: ")[-1].strip()[:200]
        findings.add("bad-csv", file=path.name, detail=detail)
        return None
    frame.columns = pd.Index([str(one).strip() for one in frame.iloc[0]])
    lines = np.arange(len(frame), dtype=np.int64) + first
    if '"' in text:
        lines += _broken_lines(frame)
    return path.name, frame.iloc[1:].reset_index(drop=True), lines[1:]


def _broken_lines(frame: pd.DataFrame) -> NDArray[np.int64]:
    """Return how many lines more than rows stand before each row: quoted texts may break."""
    more = np.zeros(len(frame) + 1, dtype=np.int64)
    for at in range(frame.shape[1]):
        cells = frame.iloc[:, at]
        if "\n" in "".join(cells):
            more[1:] += cells.str.count("\n").to_numpy(dtype=np.int64)
    return np.cumsum(more)[:-1]


def _parquet(path: Path, findings: Findings) -> tuple[str, pd.DataFrame, NDArray[np.int64]] | None:
    """Read a Parquet file with the types it has."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        findings.add("extra-missing", file=path.name, value="pyarrow", command=INSTALL)
        return None
    try:
        with parquet.ParquetFile(path) as file:
            about = file.metadata
            size = sum(about.row_group(at).total_byte_size for at in range(about.num_row_groups))
            if about.num_rows > MOST_ROWS or size > MOST_BYTES:
                most, told = f"{MOST_BYTES / 1e6:,.0f} MB", f"{size / 1e6:,.0f} MB"
                findings.add("file-too-large", file=path.name, size=told, most=most)
                return None
            frame = file.read().to_pandas(ignore_metadata=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        findings.add("bad-parquet", file=path.name, detail=str(error).split("\n")[0][:200])
        return None
    return path.name, frame, np.arange(len(frame), dtype=np.int64) + 2


def picked(
    name: str,
    frame: pd.DataFrame,
    lines: NDArray[np.int64],
    fields: tuple[Field, ...],
    findings: Findings,
) -> Part | None:
    """Keep the columns that are known; say which are missing, twice there or left out.

    Chinese headings make Chinese the language of the findings.
    """
    if sum(map(is_chinese, map(str, frame.columns))) * 2 > frame.shape[1]:
        findings.language = "zh"
    found: dict[str, int] = {}
    others: list[str] = []
    for at, heading in enumerate(map(str, frame.columns)):
        one = field_of(heading, fields)
        if one is not None and one.name in found:
            other = str(frame.columns[found[one.name]])
            findings.add("duplicate-heading", file=name, row=1, value=heading, other=other)
        elif one is not None:
            found[one.name] = at
        elif heading and not is_ignored(heading):
            others.append(heading)
        elif not heading and (frame.iloc[:, at].fillna("") != "").any():
            findings.add("blank-heading", file=name, row=1, letter=letters(at))
    missing = [one for one in fields if one.required and one.name not in found]
    for one in missing:
        near = nearest_heading(one, others)
        findings.add("feed-missing-column", file=name, row=1, meant=one.both, nearest=near)
    if missing:
        return None
    if others:
        findings.add("feed-columns-left-out", file=name, row=1, value=", ".join(others))
    kept = frame.iloc[:, list(found.values())].set_axis(list(found), axis=1)
    headings = {one: str(frame.columns[at]) for one, at in found.items()}
    return _filled(Part(name, kept, lines, headings))


def _filled(part: Part) -> Part:
    """Leave out rows without any value."""
    blank = np.ones(len(part.lines), dtype=np.bool_)
    for name in part.frame:
        cells = part.frame[name]
        blank &= (cells.isna() | (cells == "")).to_numpy(dtype=np.bool_)
        if not blank.any():
            return part
    frame = part.frame[~blank].reset_index(drop=True)
    return Part(part.file, frame, part.lines[~blank], part.headings)
