"""What costs and stands in one row is no larger than that row asks for."""

import numpy as np
from small_arrays import dense

from tierstock.solvers.trim import tightened


def test_a_shortfall_is_what_is_missing() -> None:
    # stock 3, shortfall 5 where 7 are wanted: 4 is enough; the idle column 2 costs nothing.
    arrays = dense([0, 2, 0], [[1, 1, 0]], 7, np.inf, upper=[3, 9, 9])
    assert tightened(arrays, np.array([3.0, 5.0, 2.0])).round(6).tolist() == [3, 4, 2]


def test_what_the_solver_left_open_is_made_up_for() -> None:
    arrays = dense([0, 2], [[1, 1]], 7, np.inf, upper=[3, 9])
    assert tightened(arrays, np.array([3.0, 4 - 1e-8])).tolist() == [3, 4]


def test_the_dearest_of_a_row_goes_first_and_only_as_far_as_it_can() -> None:
    arrays = dense([1, 5], [[1, 1]], 7, np.inf, upper=9)
    assert tightened(arrays, np.array([6.0, 2.0])).round(6).tolist() == [6, 1]
    assert tightened(arrays, np.array([9.0, 1.0])).round(6).tolist() == [9, 0]


def test_what_stands_in_several_rows_and_whole_numbers_stay() -> None:
    arrays = dense([1, 1], [[1, 0], [1, 0], [0, 1]], 1, np.inf, integer=[False, True])
    assert tightened(arrays, np.array([4.0, 3.0])).tolist() == [4, 3]


def test_profit_is_not_given_away() -> None:
    arrays = dense([3], [[1]], 0, np.inf, upper=5, sense=-1)
    assert tightened(arrays, np.array([4.0])).tolist() == [4]
