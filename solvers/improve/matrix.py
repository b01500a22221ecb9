"""The rows of a model seen from both sides, and small parts cut out of them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]

NEAR = 5e-7
"""Relative distance from a limit that counts as keeping it: half of what a plan may have."""


@dataclass(frozen=True, eq=False)
class Part:
    """Some columns of a model, the rows they stand in, and what is left of these rows.

    Attributes:
        columns: [k] columns of the model, ascending.
        rows: [r] rows of the model, ascending.
        starts, index, value: the rows in compressed form over the k columns.
        row_lower, row_upper: [r] limits less what all other columns take.
    """

    columns: Numbers
    rows: Numbers
    starts: NDArray[np.int32]
    index: NDArray[np.int32]
    value: Floats
    row_lower: Floats
    row_upper: Floats


class Matrix:
    """A linear program with quick access to rows and to columns.

    Args:
        arrays: fields of ``Arrays`` by name.
    """

    def __init__(self, arrays: dict[str, Any]) -> None:
        self.cost: Floats = arrays["cost"]
        self.lower: Floats = arrays["lower"]
        self.upper: Floats = arrays["upper"]
        self.integer: Flags = arrays["integer"]
        self.row_lower: Floats = arrays["row_lower"]
        self.row_upper: Floats = arrays["row_upper"]
        self.starts = arrays["starts"].astype(np.int64)
        self.index = arrays["index"].astype(np.int64)
        self.value: Floats = arrays["value"]
        self._local = np.full(len(self.cost), -1, dtype=np.int64)
        self._by_column()

    def _by_column(self) -> None:
        row = np.repeat(np.arange(len(self.row_lower)), np.diff(self.starts))
        order = np.argsort(self.index, kind="stable")
        self.column_rows: Numbers = row[order]
        count = np.bincount(self.index, minlength=len(self.cost))
        self.column_starts: Numbers = np.concatenate([[0], np.cumsum(count)])

    def kept(self, rows: Numbers, values: Floats) -> bool:
        """Return whether values keep the rows named; bounds of columns are not looked at."""
        entry = self.entries_of(rows)
        of = np.repeat(np.arange(len(rows)), self.starts[rows + 1] - self.starts[rows])
        terms = self.value[entry] * values[self.index[entry]]
        activity = np.bincount(of, terms, minlength=len(rows))
        slack = NEAR * np.maximum(1.0, np.abs(activity))
        low, high = self.row_lower[rows] - slack, self.row_upper[rows] + slack
        return bool(((activity >= low) & (activity <= high)).all())

    def entries_of(self, rows: Numbers) -> Numbers:
        """Return the positions in ``index`` and ``value`` of all coefficients of some rows."""
        return entries(self.starts, rows)

    def columns_in(self, rows: Numbers) -> Numbers:
        """Return the columns that stand in any of some rows, ascending."""
        return marked(self.index[self.entries_of(rows)], len(self.cost))

    def rows_of(self, columns: Numbers) -> Numbers:
        """Return the rows in which any of some columns stands, ascending."""
        return marked(self.column_rows[entries(self.column_starts, columns)], len(self.row_lower))

    def degree(self, columns: Numbers) -> Numbers:
        """Return in how many rows each of some columns stands."""
        return self.column_starts[columns + 1] - self.column_starts[columns]

    def part(self, columns: Numbers, values: Floats) -> Part:
        """Cut out some columns, with all others fixed at their values.

        Args:
            columns: [k] columns that stay free, ascending.
            values: [n] where everything stands.
        """
        rows = self.rows_of(columns)
        entry = self.entries_of(rows)
        count = self.starts[rows + 1] - self.starts[rows]
        row = np.repeat(np.arange(len(rows)), count)
        column, value = self.index[entry], self.value[entry]
        self._local[columns] = np.arange(len(columns))
        local = self._local[column]
        self._local[columns] = -1
        mine = local >= 0
        others = np.bincount(row[~mine], value[~mine] * values[column[~mine]], minlength=len(rows))
        inside = np.bincount(row[mine], minlength=len(rows))
        return Part(
            columns=columns,
            rows=rows,
            starts=np.concatenate([[0], np.cumsum(inside)]).astype(np.int32),
            index=local[mine].astype(np.int32),
            value=value[mine],
            row_lower=self.row_lower[rows] - others,
            row_upper=self.row_upper[rows] - others,
        )


def entries(starts: Numbers, which: Numbers) -> Numbers:
    """Return the positions of all entries of some rows of a compressed matrix."""
    count = starts[which + 1] - starts[which]
    ends = np.cumsum(count)
    if not len(ends):
        return np.zeros(0, dtype=np.int64)
    shift = np.repeat(starts[which] - ends + count, count)
    found: Numbers = np.arange(ends[-1]) + shift
    return found


def marked(at: Numbers, size: int) -> Numbers:
    """Return which of so many positions are named, ascending.

    Some ten times as fast as ``numpy.unique`` where much is named twice.
    """
    flags = np.zeros(size, dtype=bool)
    flags[at] = True
    found: Numbers = np.flatnonzero(flags)
    return found


def extremes(label: NDArray[Any], at: NDArray[Any], size: int) -> tuple[Numbers, Numbers]:
    """Return the least and the greatest label met at each position.

    The first is above the second where none was met: beyond all labels, and below 0.
    """
    least = np.full(size, np.iinfo(np.int64).max, dtype=np.int64)
    greatest = np.full(size, -1, dtype=np.int64)
    np.minimum.at(least, at, label)
    np.maximum.at(greatest, at, label)
    return least, greatest
