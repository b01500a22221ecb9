"""DataFrames by sheet name as an input."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from tierstock.inputs.reading.door import Door
from tierstock.inputs.reading.raw import Grid, RawSheet


def open_frames(frames: Mapping[str, pd.DataFrame]) -> Door:
    """Open DataFrames; rows count as if they stood in a sheet, the first one is row 2."""
    by_name = {str(name): frame for name, frame in frames.items()}

    def load(name: str) -> RawSheet:
        frame = by_name[name]
        columns = [_cells(frame.iloc[:, number]) for number in range(frame.shape[1])]
        grid: Grid = [list(frame.columns)]
        grid += [list(row) for row in zip(*columns, strict=True)]
        return RawSheet(name, grid, list(range(1, len(grid) + 1)))

    return Door(list(by_name), load)


def _cells(column: pd.Series) -> list[object]:
    """Return a DataFrame column as cells: what is missing becomes blank."""
    values = column.astype(object).to_numpy(dtype=object, copy=True)
    values[column.isna().to_numpy()] = ""
    return [value.item() if isinstance(value, np.generic) else value for value in values]
