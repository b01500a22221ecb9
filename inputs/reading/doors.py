"""The doors tables come in by; each has a module of its own, here is who takes which input."""

from collections.abc import Mapping

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.door import Door, Source, located
from tierstock.inputs.reading.folder_door import open_folder
from tierstock.inputs.reading.frames_door import open_frames
from tierstock.inputs.reading.sql_door import is_sqlite, open_database
from tierstock.inputs.reading.steady import open_elsewhere
from tierstock.inputs.reading.workbook_door import open_workbook

SINGLE = (".csv", ".tsv", ".txt", ".parquet")
"""Endings of files that hold one sheet only."""


def open_door(source: Source, findings: Findings) -> Door | None:
    """Open an input; None where there is nothing to read (a finding says why).

    Args:
        source: path of a workbook (.xlsx, .xlsm without running its macros, .ods, .xls), of a
            folder of CSV and Parquet files, of a SQLite database or of a query file (.toml); the
            address of a database; or a dict of DataFrames by sheet name.
        findings: takes what is wrong.
    """
    if isinstance(source, Mapping):
        return open_frames(source)
    path = located(source)
    if isinstance(path, str):
        return open_database(path, findings)
    if path.is_dir():
        return open_folder(path, findings)
    if not path.is_file():
        findings.add("no-such-file", file=path.name, path=str(path))
        return None
    if owner := open_elsewhere(path):
        findings.add("open-elsewhere", file=path.name, value=owner.name)
    if path.suffix.lower() in SINGLE:
        findings.add("single-csv", file=path.name)
        return None
    if path.suffix.lower() == ".toml" or is_sqlite(path):
        return open_database(path, findings)
    return open_workbook(path, findings)
