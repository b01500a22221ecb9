"""Sheets as a folder of Parquet files."""

from pathlib import Path

from tierstock.inputs.writing.kinds import DAY, FLAG, MOMENT, NUMBER, WHOLE, kind_of, stored
from tierstock.inputs.writing.tabs import Tab


def write_parquet(tab: Tab, path: Path) -> None:
    """Write a sheet as a Parquet file: numbers, days and flags as such, everything else as text.

    Raises:
        ImportError: pyarrow is not installed.
    """
    import pyarrow as pa
    from pyarrow import parquet

    types = {
        NUMBER: pa.float64(),
        WHOLE: pa.int64(),
        DAY: pa.date32(),
        MOMENT: pa.timestamp("us"),
        FLAG: pa.bool_(),
    }
    columns = list(zip(*tab.body, strict=True)) or [()] * len(tab.headings)
    arrays = []
    for cells in columns:
        kind = kind_of(cells)
        arrays.append(pa.array(stored(cells, kind), type=types.get(kind, pa.string())))
    parquet.write_table(pa.Table.from_arrays(arrays, names=tab.headings), path)
