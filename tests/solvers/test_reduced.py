"""What cannot move is taken out of a linear program; the rest costs the same."""

import numpy as np
import pytest
from small_arrays import dense

from tierstock.solvers import SolveOptions, start
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.reduced import reduced


def loads() -> Arrays:
    """Two flows in one trip of 5, a purchase, and a demand of 7 that may be short at 9 each."""
    return dense(
        [1, 2, 20, 3, 9],
        [[1, 1, -5, 0, 0], [1, 1, 0, 1, 1]],
        [-np.inf, 7],
        [0, np.inf],
        upper=[np.inf, np.inf, 4, 2, np.inf],
        integer=[False, False, True, False, False],
    )


def test_without_a_trip_nothing_moves_on_its_lane() -> None:
    part = reduced(start.idle(loads()))
    assert part.kept.tolist() == [3, 4]
    assert part.arrays.rows == 1
    assert part.whole(np.array([2.0, 5.0])).tolist() == [0, 0, 0, 2, 5]


def test_a_row_that_is_met_only_at_the_upper_bounds_holds_them() -> None:
    full = dense([1, 1, 1], [[1, 2, 0], [1, 0, 1]], [8, 3], np.inf, upper=[2, 3, 9])
    part = reduced(full)
    assert part.kept.tolist() == [2]
    assert part.arrays.row_lower.tolist() == [1.0]
    assert part.arrays.offset == 5.0


@pytest.mark.parametrize("seed", range(8))
def test_the_rest_costs_what_the_whole_costs(seed: int) -> None:
    draw = np.random.default_rng(seed)
    matrix = draw.integers(0, 3, (6, 8)).astype(float)
    upper = np.where(draw.random(8) < 0.4, 0.0, draw.integers(1, 5, 8))
    least = np.where(draw.random(6) < 0.5, matrix @ upper, 0.5 * (matrix @ upper))
    whole = dense(
        draw.integers(1, 9, 8).astype(float).tolist(), matrix.tolist(), least, np.inf, upper=upper
    )
    part = reduced(whole)
    assert len(part.kept) < 8

    alone = solve_arrays(whole, SolveOptions(gap=0, threads=1))
    rest = solve_arrays(part.arrays, SolveOptions(gap=0, threads=1))
    values = part.whole(rest.values)
    assert whole.violation(values) <= 1e-9
    assert whole.objective(values) == pytest.approx(alone.objective)
