"""Whole numbers are exactly whole, and nothing flows where nothing is paid."""

import numpy as np
import pytest

from tierstock.solvers.arrays import Arrays
from tierstock.solvers.clean import base, exact, rounded
from tierstock.solvers.clock import Clock, StopKey
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.options import SolveOptions
from tierstock.solvers.order import Order, Outcome
from tierstock.solvers.run import Run

TRUE_COST = 20 * 1000 + 20 * 1.45


def attempt(arrays: Arrays) -> Outcome:
    """One attempt without presolve, which would tighten the loose limit."""
    options = SolveOptions(gap=0, time_limit_s=20, threads=1)
    order = Order(0, 1, 0, presolve=False)
    return Run(arrays, order, Clock(options, arrays, StopKey()), lambda _: None).go()


def test_a_loose_limit_lets_the_solver_use_closed_lanes_but_not_the_plan(
    closed_lanes: Arrays,
) -> None:
    outcome = attempt(closed_lanes)
    assert outcome.status == "kOptimal"
    assert outcome.values is not None
    assert outcome.cleaned is not None

    assert closed_lanes.objective(outcome.values) < 100  # what the solver believes
    assert closed_lanes.objective(outcome.cleaned) == pytest.approx(TRUE_COST)
    assert outcome.cleaned[20:].tolist() == [1.0] * 20


def test_a_plan_that_got_dearer_by_cleaning_is_searched_again_strictly(
    closed_lanes: Arrays,
) -> None:
    options = SolveOptions(gap=0, time_limit_s=20, threads=1, presolve=False)
    found = solve_arrays(closed_lanes, options)

    assert found.attempts == ("kOptimal; retry: strict",)
    assert found.objective == pytest.approx(TRUE_COST)
    assert found.bound == pytest.approx(TRUE_COST)
    assert (found.stopped, found.quality, found.exact) == ("optimal", "proven", True)


def test_whole_numbers_are_rounded_to_the_nearest(trucks: Arrays) -> None:
    plan = rounded(trucks, np.array([20.0, 2.9999996]))
    assert plan is not None
    assert plan.tolist() == [20.0, 3.0]


def test_a_lane_in_use_that_counts_as_nearly_closed_is_opened(closed_lanes: Arrays) -> None:
    cheat = np.concatenate([np.full(20, 1.45), np.full(20, 1.45e-7)])
    plan = rounded(closed_lanes, cheat)
    assert plan is not None
    assert plan[20:].tolist() == [1.0] * 20


def test_what_no_rounding_saves_is_no_plan(trucks: Arrays) -> None:
    assert rounded(trucks, np.array([20.0, 1.0])) is None
    assert base(trucks, np.array([20.0, 1.0])).tolist() == [20.0, 1.0]


def test_noise_of_the_solver_becomes_nothing(blend: Arrays) -> None:
    plan = exact(blend, np.array([6.0 + 1e-12, 4.0 - 1e-12]))
    assert plan[0] == 6.0
    quiet = exact(blend, np.array([-1e-13, 10.0]))
    assert str(quiet[0]) == "0.0"
