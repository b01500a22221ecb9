"""A Parquet file as a sheet; numbers, dates and flags come as they are stored."""

from pathlib import Path
from typing import Any

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.native import INSTALL, cells_of
from tierstock.inputs.reading.raw import Grid, RawSheet
from tierstock.inputs.reading.xml_scan import MOST_CELLS, MOST_COLUMNS

MOST_BYTES = 500_000_000
"""Most bytes of a file, packed or not."""


def read_parquet(path: Path, findings: Findings) -> RawSheet | None:
    """Return the cells of a Parquet file; None where it cannot be read.

    The columns' names are row 1 of the sheet, so the first row of the table is row 2.
    """
    try:
        import pyarrow as pa
    except ImportError:
        findings.add("extra-missing", file=path.name, value="pyarrow", command=INSTALL)
        return None
    try:
        table = _table(path, findings)
        columns = [_cells(column) for column in table.columns] if table is not None else []
    except (pa.ArrowException, OSError, ValueError) as error:
        findings.add("bad-parquet", file=path.name, detail=str(error).split("\n")[0][:200])
        return None
    if table is None:
        return None
    grid: Grid = [list(table.column_names), *map(list, zip(*columns, strict=True))]
    return RawSheet(path.stem, grid, list(range(1, len(grid) + 1)), file=path.name)


def _cells(column: Any) -> list[object]:
    """Return a column as cells; days and times beyond those of Python come as texts."""
    import pyarrow as pa

    try:
        return cells_of(column.to_pylist())
    except (pa.ArrowException, OverflowError, ValueError):
        return cells_of(column.cast(pa.string()).to_pylist())


def _table(path: Path, findings: Findings) -> Any:
    """Return the table of a file of sane size, None for others; its size is stated in its foot."""
    from pyarrow import parquet

    size = path.stat().st_size
    if size <= MOST_BYTES:
        with parquet.ParquetFile(path) as file:
            about = file.metadata
            groups = map(about.row_group, range(about.num_row_groups))
            size = max(size, sum(group.total_byte_size for group in groups))
            cells = about.num_rows * about.num_columns
            if about.num_columns > MOST_COLUMNS or cells > MOST_CELLS:
                findings.add(
                    "far-cell", file=path.name, rows=about.num_rows, columns=about.num_columns
                )
                return None
            if size <= MOST_BYTES:
                return file.read()
    most = f"{MOST_BYTES / 1e6:.0f} MB"
    findings.add("file-too-large", file=path.name, size=f"{size / 1e6:.0f} MB", most=most)
    return None
