"""A matrix looked up by columns as well as by rows, without a search."""

import numpy as np
from numpy.typing import NDArray

from tierstock.solvers.arrays import Arrays, Floats

Numbers = NDArray[np.int64]


class ByColumn:
    """Where the coefficients of columns and rows stand.

    Args:
        arrays: the model.
    """

    def __init__(self, arrays: Arrays) -> None:
        order = np.argsort(arrays.index, kind="stable")
        self._row = arrays.row_of_entry()[order].astype(np.int64)
        self._value = arrays.value[order]
        count = np.bincount(arrays.index, minlength=arrays.columns)
        self._starts = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
        self._row_starts, self._arrays = arrays.starts.astype(np.int64), arrays

    def entries(self, columns: Numbers) -> tuple[Numbers, Numbers, Floats]:
        """Return the coefficients of columns: which of them, row and value of each."""
        which, at = spans(self._starts, columns)
        return which, self._row[at], self._value[at]

    def row_entries(self, rows: Numbers) -> tuple[Numbers, Numbers, Floats]:
        """Return the coefficients of rows: which of them, column and value of each."""
        which, at = spans(self._row_starts, rows)
        return which, self._arrays.index[at].astype(np.int64), self._arrays.value[at]

    def columns_in(self, rows: Numbers) -> Numbers:
        """Return the columns that stand in any of some rows, in their order."""
        return np.unique(self.row_entries(rows)[1])


def spans(starts: Numbers, which: Numbers) -> tuple[Numbers, Numbers]:
    """Return all places of some spans, one span after the other.

    Args:
        starts: [k + 1] where each span begins; the next one begins where it ends.
        which: spans asked for.

    Returns:
        For each place, the position in ``which`` of its span, and the place.
    """
    count = starts[which + 1] - starts[which]
    of = np.repeat(np.arange(len(which)), count)
    first = np.repeat(starts[which] - np.cumsum(count) + count, count)
    return of.astype(np.int64), first + np.arange(len(of))
