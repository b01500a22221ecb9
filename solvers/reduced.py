"""A linear program without what cannot move."""

from dataclasses import dataclass

import numpy as np

from tierstock.solvers.arrays import Arrays, Floats, Ints
from tierstock.solvers.improve.matrix import Numbers

ROUNDS = 8
"""Times rows are looked through for columns they leave no choice."""
NEAR = 1e-9
"""Share of a limit within which a row counts as at it."""


@dataclass(frozen=True, eq=False)
class Reduced:
    """The part of a program that can move.

    Attributes:
        arrays: its columns and the rows they stand in; the cost of the rest is its constant.
        kept: [k] these columns in the whole program, ascending.
        values: [n] where all others stand.
    """

    arrays: Arrays
    kept: Numbers
    values: Floats

    def whole(self, values: Floats) -> Floats:
        """Return values of the part, [k], as values of the whole program, [n]."""
        result = self.values.copy()
        result[self.kept] = values
        return result


def reduced(arrays: Arrays) -> Reduced:
    """Take out columns whose bounds are one, or that a row holds at a bound.

    A row whose least possible left side is its upper limit leaves its columns no choice: without a
    trip there is nothing on a lane.

    Source: forcing constraints; E. D. Andersen and K. D. Andersen, Presolving in linear
    programming, Mathematical Programming 71 (1995).
    """
    lower, upper = arrays.lower.copy(), arrays.upper.copy()
    row, index = arrays.row_of_entry(), arrays.index
    for _ in range(ROUNDS):
        column, stand = _held(arrays, row, lower, upper)
        if not len(column):
            break
        lower[column] = upper[column] = stand
    free = upper > lower
    values = np.where(free, 0.0, lower)
    kept = np.flatnonzero(free)
    entry = free[index]
    count = np.bincount(row[entry], minlength=arrays.rows)
    rows = np.flatnonzero(count)
    number = np.cumsum(free) - 1
    rest = arrays.activity(values)[rows]
    part = Arrays(
        cost=arrays.cost[kept],
        lower=lower[kept],
        upper=upper[kept],
        integer=arrays.integer[kept],
        starts=np.concatenate([[0], np.cumsum(count[rows])]).astype(np.int32),
        index=number[index[entry]].astype(np.int32),
        value=arrays.value[entry],
        row_lower=arrays.row_lower[rows] - rest,
        row_upper=arrays.row_upper[rows] - rest,
        offset=arrays.objective(values),
        sense=arrays.sense,
    )
    return Reduced(part, kept, values)


def _held(arrays: Arrays, row: Ints, lower: Floats, upper: Floats) -> tuple[Numbers, Floats]:
    """Return the columns that some row holds at a bound, and this bound."""
    low, high, value = lower[arrays.index], upper[arrays.index], arrays.value
    ends = np.where(value > 0, low, high), np.where(value > 0, high, low)
    least, most = (
        np.bincount(row, value * end, minlength=arrays.rows).astype(np.float64) for end in ends
    )
    full = np.isfinite(least) & (least + _slack(least) >= arrays.row_upper)
    empty = np.isfinite(most) & (most - _slack(most) <= arrays.row_lower)
    free = high > low
    found = [np.flatnonzero(free & at[row]) for at in (full, empty)]
    column = np.concatenate([arrays.index[entry] for entry in found])
    return column, np.concatenate([ends[at][entry] for at, entry in enumerate(found)])


def _slack(side: Floats) -> Floats:
    return NEAR * np.maximum(1.0, np.where(np.isfinite(side), np.abs(side), 0.0))
