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
    result = np.where(parts.pinned, 0.0, values)
    whole = arrays.integer & ~parts.pinned
    result[whole] = np.ceil(result[whole] - NEAR)
    row, activity = arrays.row_of_entry(), arrays.activity(result)
    short = np.where(parts.price < 0, arrays.row_lower - activity, activity - arrays.row_upper)
    entry = np.flatnonzero(parts.pinned[arrays.index] & (short[row] > 0) & (parts.price[row] != 0))
    column, at = arrays.index[entry], row[entry]
    each = np.abs(arrays.value[entry])
    order = np.lexsort((arrays.cost[column] * arrays.sense / each, at))
    best = order[np.concatenate([[True], np.diff(at[order]) > 0])] if len(order) else order
    amount = short[at[best]] / each[best]
    whole_here = arrays.integer[column[best]]
    result[column[best]] = np.where(whole_here, np.ceil(amount - NEAR), amount)
    return np.clip(result, arrays.lower, arrays.upper)
