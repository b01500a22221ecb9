"""Whole numbers that carry given flows."""

import numpy as np

from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.blocks.split import Split

NEAR = 1e-9
"""Share of a whole number that is noise."""


def carried(arrays: Arrays, parts: Split, values: Floats) -> Floats:
    """Return the values with every whole number rounded up, and trips as many as loads need.

    Args:
        arrays: the model.
        parts: its blocks; ``parts.pinned`` are the trips.
        values: [n] flows and the like; what stands for pinned columns does not count.
    """
    up = np.where(arrays.integer, np.ceil(values - NEAR), values)
    result = needed(arrays, parts, up)
    return np.where(arrays.integer, np.ceil(result - NEAR), result)


def needed(arrays: Arrays, parts: Split, values: Floats) -> Floats:
    """Return the values with parts of trips as loads need them, of the trip that is cheapest for
    what it carries; see ``carried``."""
    result = np.where(parts.pinned, 0.0, values)
    row, activity = arrays.row_of_entry(), arrays.activity(result)
    short = np.where(parts.price < 0, arrays.row_lower - activity, activity - arrays.row_upper)
    entry = np.flatnonzero(parts.pinned[arrays.index] & (short[row] > 0) & (parts.price[row] != 0))
    column, at = arrays.index[entry], row[entry]
    each = np.abs(arrays.value[entry])
    order = np.lexsort((arrays.cost[column] * arrays.sense / each, at))
    best = order[np.concatenate([[True], np.diff(at[order]) > 0])] if len(order) else order
    result[column[best]] = short[at[best]] / each[best]
    return np.clip(result, arrays.lower, arrays.upper)
