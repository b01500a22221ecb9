"""The doors tables come in by: a workbook, a folder of CSV files, DataFrames."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.csvfolder import csv_files, read_csv
from tierstock.inputs.reading.preflight import MOST_BYTES, BookFacts, inspect_workbook
from tierstock.inputs.reading.raw import Grid, RawSheet
from tierstock.inputs.reading.xml_scan import Refused

Source = str | PathLike[str] | Mapping[str, pd.DataFrame]
"""What can be read: path of a workbook or folder, or DataFrames by sheet name."""


@dataclass(frozen=True)
class Door:
    """An opened input: the names of its sheets, and how to get at one."""

    names: list[str]
    """Sheets in order, as the planner named them."""
    load: Callable[[str], RawSheet | None]
    """Returns the cells of a sheet; None where it cannot be read (a finding says why)."""
    hidden: frozenset[str] = frozenset()
    """Sheets that are hidden in the workbook."""
    date1904: bool = False
    """Whether day numbers count from 1904."""
    files: dict[str, str] = field(default_factory=dict)
    """Name of the CSV file of each sheet."""


def open_door(source: Source, findings: Findings) -> Door | None:
    """Open an input; None where there is nothing to read (a finding says why).

    Args:
        source: path of a workbook (.xlsx, or .xlsm without running its macros), path of a folder
            of CSV files, or a dict of DataFrames by sheet name.
        findings: takes what is wrong.
    """
    if isinstance(source, Mapping):
        return Door([str(name) for name in source], _frames({str(k): v for k, v in source.items()}))
    path = Path(source)
    if path.is_dir():
        return _folder(path, findings)
    if not path.is_file():
        findings.add("no-such-file", file=path.name, path=str(path))
        return None
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        findings.add("single-csv", file=path.name)
        return None
    return _workbook(path, findings)


def _folder(path: Path, findings: Findings) -> Door | None:
    files = {file.stem: file for file in csv_files(path)}
    if not files:
        findings.add("empty-folder", file=path.name)
        return None
    return Door(
        list(files),
        lambda name: read_csv(files[name], findings),
        files={name: file.name for name, file in files.items()},
    )


def _workbook(path: Path, findings: Findings) -> Door | None:
    """Look into an Excel file, then hand out its sheets; the bytes are read once."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            most = f"{MOST_BYTES / 1e6:.0f} MB"
            raise Refused("file-too-large", size=f"{size / 1e6:.0f} MB", most=most)
        content = path.read_bytes()
        facts = inspect_workbook(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except Refused as refused:
        findings.add(refused.code, file=path.name, **refused.values)
        return None
    except OSError as error:
        findings.add("file-unreadable", file=path.name, detail=error.strerror or str(error))
        return None
    except CalamineError as error:
        findings.add("damaged-file", file=path.name, detail=str(error))
        return None
    hidden = frozenset(name for name, fact in facts.sheets.items() if not fact.visible)
    load = _loader(book, facts, path.name, findings)
    return Door(list(facts.sheets), load, hidden, facts.date1904)


def _loader(
    book: Any, facts: BookFacts, file: str, findings: Findings
) -> Callable[[str], RawSheet | None]:
    from python_calamine import CalamineError

    def load(name: str) -> RawSheet | None:
        fact = facts.sheets[name]
        if fact.too_large:
            findings.add("far-cell", sheet=name, rows=fact.rows, columns=fact.columns)
            return None
        try:
            grid: Grid = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except (CalamineError, ValueError) as error:
            findings.add("damaged-file", file=file, detail=f"{name}: {error}")
            return None
        return RawSheet(name, grid, list(range(1, len(grid) + 1)), facts=fact)

    return load


def _frames(frames: dict[str, pd.DataFrame]) -> Callable[[str], RawSheet | None]:
    def load(name: str) -> RawSheet | None:
        frame = frames[name]
        columns = [_cells(frame.iloc[:, number]) for number in range(frame.shape[1])]
        grid: Grid = [list(frame.columns)]
        grid += [list(row) for row in zip(*columns, strict=True)]
        return RawSheet(name, grid, list(range(1, len(grid) + 1)))

    return load


def _cells(column: pd.Series) -> list[object]:
    """Return a DataFrame column as cells: what is missing becomes blank."""
    values = column.astype(object).to_numpy(dtype=object, copy=True)
    values[column.isna().to_numpy()] = ""
    return [value.item() if isinstance(value, np.generic) else value for value in values]
