"""A large model has a plan and a bound before the search begins."""

import math
from typing import Any

import numpy as np
import pytest
from small_arrays import dense

from tierstock.solvers import SolveOptions, ahead, start
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.clock import Clock, StopKey
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.order import Order
from tierstock.solvers.run import Run


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "LARGE", 1)
    monkeypatch.setattr(ahead, "SHARE", 0.0)  # no search of HiGHS that ends it all at once


def test_the_idle_plan_buys_no_whole_number(trucks: Arrays) -> None:
    assert start.idle(trucks).upper.tolist() == [np.inf, 0.0]
    assert not start.relaxed(trucks).whole


@pytest.mark.usefixtures("large")
def test_an_opening_that_proves_the_asked_gap_is_enough(trucks: Arrays) -> None:
    # Without whole trucks: 20 + 2.5 x 5 = 32.5; rounded up 35.
    found = solve_arrays(trucks, SolveOptions(gap=0.1, threads=1))

    assert (found.stopped, found.quality, found.exact) == ("gap", "proven", True)
    assert found.objective == 35.0
    assert found.bound == pytest.approx(32.5)
    assert {one.phase for one in found.log} == {"bounding", "improving"}
    assert found.solver.startswith("HiGHS 1.")


@pytest.mark.usefixtures("large")
def test_who_asks_for_any_plan_waits_for_no_prices() -> None:
    # 20 units in trucks of 8 at 5 each, 1 per unit, or lost at 3 each: no trip costs 60.
    arrays = dense(
        [1, 3, 5],
        [[1, 1, 0], [1, 0, -8]],
        [20, -np.inf],
        [20, 0],
        integer=[False, False, True],
    )
    found = solve_arrays(arrays, SolveOptions(gap=1e6, threads=1))
    assert (found.stopped, found.objective, found.bound) == ("gap", 60.0, 0.0)

    found = solve_arrays(arrays, SolveOptions(gap=0, threads=1))
    assert (found.stopped, found.objective) == ("optimal", 35.0)


@pytest.mark.parametrize("simplified", [False, True])
def test_the_plan_without_trips_is_the_same_simplified_first_or_not(
    simplified: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """10 units: at most 4 are made at 2 each, the rest is lost at 9 each; a trip is not made."""
    arrays = dense(
        [2, 9, 1, 30],
        [[1, 1, 1, 0], [0, 0, 1, -8], [1, 0, 0, 0]],
        [10, -np.inf, -np.inf],
        [10, 0, 5],
        upper=[4, np.inf, np.inf, 3],
        integer=[False, False, False, True],
    )
    asked: list[bool] = []

    class Watched(Run):
        def __init__(self, part: Arrays, order: Order, *more: Any, **named: Any) -> None:
            asked.append(order.presolve)
            super().__init__(part, order, *more, **named)

    monkeypatch.setattr(start, "Run", Watched)
    monkeypatch.setattr(start, "QUICK", 0 if simplified else start.QUICK)
    options = SolveOptions(gap=0, threads=1)
    with StopKey() as stop:
        clock = Clock(options, arrays, stop)
        found = start.idle_plan(arrays, Order(0.0, 1, 0), clock, lambda _: None)
    assert asked == [simplified]
    assert found.values is not None and found.values.tolist() == [4.0, 6.0, 0.0, 0.0]


@pytest.mark.usefixtures("large")
def test_the_search_goes_on_from_the_opening(trucks: Arrays, endless: Arrays) -> None:
    found = solve_arrays(trucks, SolveOptions(gap=0, threads=1))
    assert (found.stopped, found.objective, found.bound) == ("optimal", 35.0, 35.0)

    found = solve_arrays(endless, SolveOptions(gap=0, time_limit_s=2, threads=1))
    before = [one for one in found.log if one.phase == "bounding"]
    assert found.quality == "feasible"
    assert found.objective <= min(one.incumbent for one in before)


@pytest.mark.usefixtures("large")
def test_an_idle_plan_is_there_when_time_is_over_early(
    endless: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "RELAXED_SHARE", 0.0)
    monkeypatch.setattr(start, "IDLE_SHARE", 1.0)
    found = solve_arrays(endless, SolveOptions(gap=0, time_limit_s=3, threads=1))

    assert found.quality == "feasible"
    assert found.objective <= 0.0
    assert found.bound <= found.objective < math.inf


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("deterministic", [False, True])
def test_parts_of_lots_are_no_plan_where_rounding_makes_none(deterministic: bool) -> None:
    # 2 a + 3 b = 7 in whole lots is a = 2, b = 1 only; in parts b = 7 / 3 would cost 7.
    lots = dense([2.1, 3.0], [[2, 3]], 7, 7, upper=5, integer=True)
    found = solve_arrays(lots, SolveOptions(gap=0, threads=1, deterministic=deterministic))
    assert (found.stopped, found.exact) == ("optimal", True)
    assert found.objective == pytest.approx(7.2)


@pytest.mark.usefixtures("large")
def test_rules_that_contradict_each_other_are_still_found(trucks: Arrays) -> None:
    no_trucks = start.idle(trucks)
    no_trucks = type(trucks)(**{**vars(trucks), "upper": no_trucks.upper})
    found = solve_arrays(no_trucks, SolveOptions(threads=1))
    assert (found.stopped, found.quality) == ("infeasible", "none")


@pytest.mark.usefixtures("large")
def test_highs_alone_searches_at_once(trucks: Arrays) -> None:
    found = solve_arrays(trucks, SolveOptions(gap=0, threads=2, solver="highs"))
    assert (found.stopped, found.objective) == ("optimal", 35.0)
    assert "bounding" not in {one.phase for one in found.log}
