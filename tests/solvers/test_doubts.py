"""Before a solver is believed that nothing is possible it answers what always has an answer."""

import numpy as np
import pytest
from small_arrays import dense

from tierstock.solvers import SolveOptions
from tierstock.solvers.doubts import elastic
from tierstock.solvers.drive import solve_arrays


def test_rules_are_broken_by_as_little_as_can_be() -> None:
    # x + y >= 7 and x <= 2, y <= 3: two short; 3 x = 4 in whole numbers is met by parts
    narrow = dense(
        [1, 1], [[1, 1], [3, 0]], [7, 4], [np.inf, 4], upper=[2, 3], integer=[True, True]
    )
    found = solve_arrays(elastic(narrow), SolveOptions(gap=0))
    assert found.objective == pytest.approx(7 - 4 / 3 - 3)


def test_a_model_in_which_nothing_is_possible_is_called_so() -> None:
    narrow = dense([1, 1], [[1, 1], [3, 0]], [7, 4], [np.inf, 4], upper=[2, 3])
    found = solve_arrays(narrow, SolveOptions(gap=0))
    assert (found.stopped, found.quality) == ("infeasible", "none")
