"""Small models of the solver, as arrays."""

import numpy as np
from numpy.typing import ArrayLike

from tierstock.solvers.arrays import Arrays


def dense(
    cost: ArrayLike,
    matrix: ArrayLike,
    row_lower: ArrayLike,
    row_upper: ArrayLike,
    upper: ArrayLike = np.inf,
    integer: ArrayLike = False,
    sense: int = 1,
    offset: float = 0.0,
) -> Arrays:
    """Arrays from a full matrix; columns are at least 0."""
    numbers = np.atleast_2d(np.asarray(matrix, dtype=float))
    prices = np.asarray(cost, dtype=float)
    row, column = np.nonzero(numbers)
    starts = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=len(numbers)))])
    n, m = len(prices), len(numbers)
    return Arrays(
        cost=prices,
        lower=np.zeros(n),
        upper=np.broadcast_to(np.asarray(upper, dtype=float), n).copy(),
        integer=np.broadcast_to(np.asarray(integer, dtype=bool), n).copy(),
        starts=starts.astype(np.int32),
        index=column.astype(np.int32),
        value=numbers[row, column],
        row_lower=np.broadcast_to(np.asarray(row_lower, dtype=float), m).copy(),
        row_upper=np.broadcast_to(np.asarray(row_upper, dtype=float), m).copy(),
        offset=offset,
        sense=sense,
    )


def three_trucks() -> Arrays:
    """Carry 20 units in trucks of 8 at 5 each, 1 per unit. Best: 3 x 5 + 20 = 35."""
    return dense([1, 5], [[1, 0], [1, -8]], [20, -np.inf], [np.inf, 0], integer=[False, True])
