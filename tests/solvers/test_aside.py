"""Beside a search that lasts, places are improved first; then a second search begins."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from tests.solvers.test_improve import vans, with_trips
from tierstock.solvers import SolveOptions, aside, rival
from tierstock.solvers.ahead import Ahead
from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.aside import Aside
from tierstock.solvers.child import BEHIND
from tierstock.solvers.clock import Clock, StopKey
from tierstock.solvers.effort import Patience
from tierstock.solvers.order import Order
from tierstock.solvers.rival import Rival
from tierstock.solvers.worker import Worker


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rival, "AFTER_S", 0.0)


def heard(one: Rival, arrays: Arrays, enough: Callable[[], bool]) -> list[float]:
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
    assert places.endswith("improved beside this search; better plans: 1\n")
    assert search.endswith("went beside this one; better plans: 0\n")


def test_what_goes_beside_a_search_goes_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    behind: list[bool] = []
    init = Worker.__init__

    def noted(self: Worker, *given: Any, **more: Any) -> None:
        behind.append(more.get("behind", False))
        init(self, *given, **more)

    arrays = vans(4, 4)
    begin = with_trips(arrays, 1, 1)
    monkeypatch.setattr(Worker, "__init__", noted)
    order, options = Order(0.0, 2, 0), SolveOptions(gap=0, time_limit_s=60)
    with StopKey() as stop:
        clock = Clock(options, arrays, stop)
        with Aside(arrays, order, clock) as one:
            one.offer(begin)
            heard(one, arrays, lambda: len(behind) == 2)  # places, then the second search
        with Ahead(arrays, order, clock) as root:  # goes as HiGHS alone
            heard(root, arrays, lambda: len(behind) == 3)
    assert behind == [True, True, False]


class Scripted:
    """A team that finds nothing; whether it is at its end is said from outside."""

    def __init__(self, *, busy: int) -> None:
        self.busy, self.looked, self.known = busy, True, False
        self.begun: list[float] = []
        self.stops = 0

    def begin(self, plan: Floats, size: int, seconds: float) -> None:
        self.begun.append(float(plan.sum()))
        self.known = True

    def news(self) -> None:
        return None

    def offer(self, values: Floats) -> None:
        assert self.known == bool(self.begun)

    def stop(self) -> None:
        self.stops += 1


@contextmanager
def beside(arrays: Arrays, team: Scripted) -> Iterator[Aside]:
    options = SolveOptions(gap=0, time_limit_s=60)
    with (
        StopKey() as stop,
        Aside(arrays, Order(0.0, 2, 0), Clock(options, arrays, stop)) as one,
    ):
        one._team = team  # type: ignore[assignment]
        yield one


def test_a_cheaper_plan_of_the_first_search_is_improved_when_that_was_over() -> None:
    arrays, team = vans(4, 4), Scripted(busy=0)
    dear, cheap = with_trips(arrays, 1, 1), with_trips(arrays, 1, 0)
    with beside(arrays, team) as one:
        for plan, begun in ((dear, 1), (dear, 1), (cheap, 2), (dear, 2)):
            one.offer(plan)
            for _ in range(3):
                one.news()
            assert len(team.begun) == begun
    assert team.begun == [dear.sum(), cheap.sum()]


def test_a_plan_cheaper_by_next_to_nothing_is_not_improved_again() -> None:
    arrays, team = vans(4, 4), Scripted(busy=0)
    plan = with_trips(arrays, 1, 1)
    with beside(arrays, team) as one:
        one.offer(plan)
        one.news()
        one.news()
        one.offer(plan * (1 - 1e-7))
        one.news()
    assert len(team.begun) == 1


def test_improving_is_over_when_long_nothing_came_and_all_places_were_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A plan of the first search counts as something that came."""
    arrays, team, now = vans(4, 4), Scripted(busy=1), [time.monotonic()]
    monkeypatch.setattr(aside, "time", SimpleNamespace(monotonic=lambda: now[0]))
    monkeypatch.setattr(aside, "DRY", Patience(12.0, 0.0))
    team.looked = False
    with beside(arrays, team) as one:
        one.offer(with_trips(arrays, 1, 1))
        one.news()
        for later, looked, plan, stops in (
            (20, False, None, 0),
            (0, False, with_trips(arrays, 1, 0), 0),
            (11, True, None, 0),
            (2, True, None, 1),
        ):
            now[0] += later
            team.looked = looked
            if plan is not None:
                one.offer(plan)
            one.news()
            assert team.stops == stops


@pytest.mark.skipif(sys.platform == "win32", reason="no such order of processes")
@pytest.mark.parametrize("behind", [True, False])
def test_a_process_behind_others_takes_what_they_leave_of_the_processors(behind: bool) -> None:
    arrays, usual = vans(4, 4), os.getpriority(os.PRIO_PROCESS, 0)
    with Worker(behind=behind) as one:
        one.load(arrays)
        one.send("solve", {"options": Order(0.0, 1, 0).solver_options(10.0)})
        while (answer := one.next(10.0)) is not None and answer.kind != "result":
            pass
        assert answer is not None
        assert os.getpriority(os.PRIO_PROCESS, one.pid) == (max(usual, BEHIND) if behind else usual)


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
