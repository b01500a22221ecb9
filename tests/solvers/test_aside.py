"""Beside a search that lasts, places are improved first; then a second search begins."""

import time
from collections.abc import Callable

import pytest

from tests.solvers.test_improve import vans, with_trips
from tierstock.solvers import SolveOptions, rival
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.aside import Aside
from tierstock.solvers.clock import Clock, StopKey
from tierstock.solvers.order import Order


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rival, "AFTER_S", 0.0)


def heard(one: Aside, arrays: Arrays, enough: Callable[[], bool]) -> list[float]:
    """Costs of the plans it tells of until it is enough."""
    costs, until = [], time.monotonic() + 30
    while not enough() and time.monotonic() < until:
        values = one.news()
        costs += [] if values is None else [arrays.objective(values)]
        time.sleep(0.01)
    assert enough()
    return costs


def test_a_plan_is_improved_place_by_place_then_a_second_search_begins() -> None:
    arrays = vans(4, 4)
    options = SolveOptions(gap=0, time_limit_s=60)
    with (
        StopKey() as stop,
        Aside(arrays, Order(0.0, 2, 0), Clock(options, arrays, stop)) as one,
    ):
        one.offer(with_trips(arrays, 1, 1))  # costs 20; a van less and 4 kept a day cost 14
        costs = heard(one, arrays, lambda: one.bound is not None)
    assert costs == [pytest.approx(14.0)]
    assert one.bound == pytest.approx(14.0)
    places, search = one.notes
    assert places.endswith("looked at beside this search; better plans: 1\n")
    assert search.endswith("went beside this one; better plans: 0\n")


def test_a_second_search_helps_to_find_a_first_plan() -> None:
    arrays = vans(4, 4)
    options = SolveOptions(gap=0, time_limit_s=60)
    with (
        StopKey() as stop,
        Aside(arrays, Order(0.0, 2, 0), Clock(options, arrays, stop)) as one,
    ):
        costs = heard(one, arrays, lambda: one.plans > 0)
    assert costs and one.improved == 0
    assert "a second search" in one.notes[-1]
