"""A folder of CSV and Parquet files as an input, one file per sheet."""

from pathlib import Path

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.csv_door import read_csv
from tierstock.inputs.reading.door import Door
from tierstock.inputs.reading.parquet_door import read_parquet
from tierstock.inputs.reading.raw import RawSheet

ENDINGS = (".csv", ".tsv", ".parquet")
"""Endings of the files of a folder that are sheets, in either case."""


def table_files(folder: Path) -> list[Path]:
    """Return the files of a folder that are sheets, sorted by name."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in ENDINGS and not path.name.startswith((".", "~$"))
    )


def open_folder(path: Path, findings: Findings) -> Door | None:
    """Open a folder whose files are named after the sheets in either language."""
    files: dict[str, Path] = {}
    for file in table_files(path):
        first = files.setdefault(file.stem, file)
        if first is not file:
            findings.add("two-files", file=file.name, other=first.name)
    if not files:
        findings.add("empty-folder", file=path.name)
        return None

    def load(name: str) -> RawSheet | None:
        read = read_parquet if files[name].suffix.lower() == ".parquet" else read_csv
        return read(files[name], findings)

    return Door(list(files), load, files={name: file.name for name, file in files.items()})
