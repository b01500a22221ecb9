"""Step 1 of the solve protocol: no number goes to the solver that it would misread.

HiGHS takes a NaN cost as it is, drops coefficients below 1e-9, takes 1e20 for infinity, and
refuses rows with larger coefficients; float64 cannot hold its tolerance of 1e-7 on amounts
beyond 1e9. Any of these gives a wrong plan that is called optimal, so they are refused here.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.errors import SolveError

COEFFICIENT = (1e-7, 1e8)
"""Smallest and largest absolute coefficient of a row."""

COST = 1e9
"""Largest absolute cost of a column, in money per unit."""

LIMIT = 1e10
"""Largest absolute finite bound of a column or row."""

SPREAD = 1e11
"""Largest ratio of two coefficients of one row."""


def check(arrays: Arrays) -> None:
    """Raise ``SolveError`` naming the first row or column whose numbers cannot be used."""
    _check_costs(arrays)
    for what, array, infinite in (
        ("lower", arrays.lower, -np.inf),
        ("upper", arrays.upper, np.inf),
    ):
        _check_limits(arrays.column_name, what, array, infinite)
    for what, array, infinite in (
        ("lower", arrays.row_lower, -np.inf),
        ("upper", arrays.row_upper, np.inf),
    ):
        _check_limits(arrays.row_name, what, array, infinite)
    _check_coefficients(arrays)


def _first(bad: NDArray[np.bool_]) -> int:
    """Position of the first true entry, -1 where there is none."""
    return int(np.argmax(bad)) if bad.any() else -1


def _check_costs(arrays: Arrays) -> None:
    if not np.isfinite(arrays.offset):
        raise SolveError("not-a-number", where="objective", what="constant", value=arrays.offset)
    at = _first(~(np.abs(arrays.cost) <= COST))
    if at < 0:
        return
    value, where = float(arrays.cost[at]), arrays.column_name(at)
    if np.isnan(value):
        raise SolveError("not-a-number", where=where, what="cost", value=value)
    raise SolveError(
        "out-of-range", where=where, what="cost", value=f"{value:g}", low=-COST, high=COST
    )


def _check_limits(name: Callable[[int], str], what: str, array: Floats, infinite: float) -> None:
    at = _first(~((np.abs(array) <= LIMIT) | (array == infinite)))
    if at < 0:
        return
    value, where = float(array[at]), name(at)
    if np.isnan(value):
        raise SolveError("not-a-number", where=where, what=what, value=value)
    raise SolveError(
        "out-of-range", where=where, what=what, value=f"{value:g}", low=-LIMIT, high=LIMIT
    )


def _check_coefficients(arrays: Arrays) -> None:
    if not arrays.nonzeros:
        return
    size = np.abs(arrays.value)
    low, high = COEFFICIENT
    at = _first(~((size >= low) & (size <= high)))
    if at >= 0:
        value = float(arrays.value[at])
        row = int(np.searchsorted(arrays.starts, at, side="right")) - 1
        where = f"{arrays.row_name(row)}, {arrays.column_name(int(arrays.index[at]))}"
        if np.isnan(value):
            raise SolveError("not-a-number", where=where, what="coefficient", value=value)
        raise SolveError(
            "out-of-range", where=where, what="coefficient", value=f"{value:g}", low=low, high=high
        )
    filled = np.flatnonzero(np.diff(arrays.starts))
    begin = arrays.starts[filled]
    largest, smallest = np.maximum.reduceat(size, begin), np.minimum.reduceat(size, begin)
    at = _first(largest > SPREAD * smallest)
    if at >= 0:
        raise SolveError(
            "spread",
            where=arrays.row_name(int(filled[at])),
            low=f"{smallest[at]:g}",
            high=f"{largest[at]:g}",
        )
