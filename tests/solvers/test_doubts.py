"""Answers that cannot both be right are not believed before another one settles them."""

import time

import numpy as np
import pytest
from small_arrays import dense

from tierstock.solvers import SolveOptions, drive, run
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.doubts import elastic
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.order import Outcome


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


def test_a_third_search_that_proves_nothing_leaves_the_proof_there_was(
    trucks: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A first plan cheats, the strict search proves 35, the one to settle it needs longer."""
    plan, cheat = np.array([20.0, 3.0]), np.array([20.0, 2.5])
    ends: list[float] = []

    class Told(run.Run):
        def go(self) -> Outcome:
            if not self.order.presolve:
                ends.append(self._soft)
                return Outcome("kTimeLimit", bound=31.0, values=plan)
            strict = self.order.tolerance is not None
            return Outcome(
                "kOptimal", bound=35.0 if strict else 32.5, values=plan if strict else cheat
            )

    monkeypatch.setattr(drive, "Run", Told)
    found = solve_arrays(trucks, SolveOptions(gap=0, time_limit_s=20, threads=1))
    assert [one.split("; ")[1] for one in found.attempts] == [
        "retry: strict",
        "retry: unsimplified",
    ]
    assert (found.stopped, found.quality) == ("optimal", "proven")
    assert found.objective == found.bound == 35.0
    assert len(ends) == 1 and ends[0] < time.monotonic() + 5
