"""A second search from another seed shares its plans with the first one."""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from small_arrays import dense

from tierstock.solvers import SolveOptions, found_beside, rival, run
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.clock import Clock, StopKey
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.errors import SolveError
from tierstock.solvers.order import Order
from tierstock.solvers.rival import Rival
from tierstock.solvers.wire import Message
from tierstock.solvers.worker import Worker

ORDER = Order(0.0, 1, 0)


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rival, "AFTER_S", 0.0)


def said(found: object) -> bool:
    return "a second search" in found.solver_log  # type: ignore[attr-defined]


@pytest.mark.usefixtures("soon")
def test_a_long_search_has_another_one_beside_it(endless: Arrays) -> None:
    found = solve_arrays(endless, SolveOptions(gap=0, time_limit_s=2.5, threads=2))
    assert said(found)
    assert found.quality == "feasible"
    assert endless.violation(found.values) <= 1e-6
    assert np.all(found.values[endless.integer] == np.rint(found.values[endless.integer]))
    assert found.bound <= found.objective


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize(
    "fault", [SolveError("solver-start", value="no more processes"), MemoryError()]
)
def test_a_search_goes_on_where_no_other_can_be_started(
    trucks: Arrays, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def refused(memory_mb: int | None, *, behind: bool) -> Worker:
        raise fault

    monkeypatch.setattr(rival, "Worker", refused)
    options = SolveOptions(gap=0, time_limit_s=20)
    with StopKey() as stop, Rival(trucks, ORDER, Clock(options, trucks, stop)) as one:
        assert one.news() is None and one.news() is None
        one.offer(np.array([20.0, 3.0]))
        assert (one.began, one.plans, one.bound) == (True, 0, None)


class Deaf(Worker):
    """A solver process that hears of no plan and ends with a poor one."""

    def send(
        self,
        kind: str,
        facts: Mapping[str, Any] | None = None,
        arrays: Mapping[str, Any] | None = None,
    ) -> None:
        if kind != "plan":
            super().send(kind, facts, arrays)

    def next(self, wait_s: float) -> Message | None:
        message = super().next(wait_s)
        if message is not None and message.kind == "incumbent":
            return None
        if message is not None and message.kind == "result" and "row_duals" not in message.arrays:
            message.facts["status"] = "kTimeLimit"
            message.facts["bound"] = -9.0
            message.arrays["values"] = np.array([1.0, 0.0])
        return message


class Lender:
    """Has a better plan before the search comes to its end."""

    exact = False
    bound: float | None = None
    least_gain = 0.0

    def __init__(self, *plans: list[float]) -> None:
        self._plans = [np.array(plan) for plan in reversed(plans)]

    def news(self) -> np.ndarray | None:
        return self._plans.pop() if self._plans else None

    def offer(self, values: np.ndarray) -> None:
        return


def test_a_better_plan_counts_though_the_search_made_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one_of_two = dense([-1, -2], [[1, 1]], -np.inf, 1, upper=1, integer=True)
    monkeypatch.setattr(run, "Worker", Deaf)
    options = SolveOptions(gap=0, time_limit_s=20)
    with StopKey() as stop:
        clock = Clock(options, one_of_two, stop)
        found = run.Run(one_of_two, ORDER, clock, lambda _: None, team=Lender([0, 1])).go()
    assert found.values is not None and found.values.tolist() == [0.0, 1.0]
    assert found.cleaned is not None and found.cleaned.tolist() == [0.0, 1.0]


FOUND = [1.0, 0.0, 0.0]
"""The plan of cost 1000 that the search itself has found."""


class Told:
    """Keeps the plans that a solver process is told."""

    def __init__(self) -> None:
        self.plans: list[list[float]] = []

    def send(self, kind: str, facts: object, arrays: Mapping[str, Any]) -> None:
        self.plans.append(arrays["values"].tolist())


class Stepping(Lender):
    """Has plans the search need not hear of unless they are a tenth cheaper."""

    least_gain = 0.1


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Set the clock by which an attempt looks at plans found beside it."""
    now = [0.0]
    monkeypatch.setattr(found_beside, "time", SimpleNamespace(monotonic=lambda: now[0]))
    return lambda seconds: now.__setitem__(0, seconds)


def three(sense: int, second: float, third: float) -> Arrays:
    """One of three, which cost 1000 and so much."""
    costs = np.array([1000, second, third])
    arrays = dense(costs, [[1, 1, 1]], 1, 1, upper=1, integer=True)
    return replace(arrays, sense=sense, cost=sense * costs)


def watched(arrays: Arrays, stop: StopKey, team: Lender, asked: float = 0.0) -> run.Run:
    """An attempt whose search has found the plan that costs 1000."""
    clock = Clock(SolveOptions(), arrays, stop)
    order = Order(asked, 1, 0)
    one = run.Run(arrays, order, clock, lambda _: None, arrays.sense * math.inf, team=team)
    one._hear(Message("progress", {"bound": arrays.sense * 900.0}))
    one._hear(Message("incumbent", {}, {"values": np.array(FOUND)}))
    return one


@pytest.mark.parametrize("sense", [1, -1])
@pytest.mark.parametrize("exact", [True, False])
def test_the_search_hears_of_a_plan_hardly_better_when_it_has_long_not_reached_it(
    moment: Callable[[float], None], monkeypatch: pytest.MonkeyPatch, sense: int, exact: bool
) -> None:
    monkeypatch.setattr(Stepping, "exact", exact)
    team, process = Stepping([0, 1, 0], [0, 0, 1]), Told()
    with StopKey() as stop:
        one = watched(three(sense, 998.0, 996.0), stop, team)
        for seconds in (3.0, 14.9):  # 0.2 % cheaper, then 0.4 %
            moment(seconds)
            one._look_beside(process)  # type: ignore[arg-type]
        assert process.plans == []
        assert one.best == sense * 996.0 and one._beside is not None
        kept = one._beside.instead_of(np.array(FOUND)).tolist()
        assert kept == (FOUND if exact else [0.0, 0.0, 1.0])
        assert one._take_beside() == exact
        assert one.outcome.values is not None and one.outcome.values.tolist() == [0.0, 0.0, 1.0]
        moment(15.0)
        one._look_beside(process)  # type: ignore[arg-type]
        assert process.plans == [[0.0, 0.0, 1.0]]


@pytest.mark.parametrize("sense", [1, -1])
def test_the_search_hears_at_once_of_a_plan_clearly_better_than_its_own(
    moment: Callable[[float], None], sense: int
) -> None:
    team, process = Stepping([0, 1, 0], [0, 0, 1]), Told()
    with StopKey() as stop:
        one = watched(three(sense, 900.0, 820.0), stop, team)
        for seconds in (3.0, 3.1, 3.2):
            moment(seconds)
            one._look_beside(process)  # type: ignore[arg-type]
        assert process.plans == [[0.0, 1.0, 0.0]]  # the next is 9.8 % cheaper than this one
        moment(15.6)
        one._look_beside(process)  # type: ignore[arg-type]
        assert process.plans == [[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]


def test_the_search_does_not_hear_of_what_it_has_found_itself(
    moment: Callable[[float], None],
) -> None:
    team, process = Stepping([0, 1, 0]), Told()
    with StopKey() as stop:
        one = watched(three(1, 998.0, 998.0), stop, team)
        moment(3.0)
        one._look_beside(process)  # type: ignore[arg-type]
        one._hear(Message("incumbent", {}, {"values": np.array([0.0, 0.0, 1.0])}))
        moment(19.0)
        one._look_beside(process)  # type: ignore[arg-type]
        assert process.plans == []


@pytest.mark.parametrize("sense", [1, -1])
@pytest.mark.parametrize("bound", [1000.0, 999.9, 998.0], ids=["own", "near own", "above best"])
def test_the_cost_of_the_searchs_own_plan_is_no_bound_where_a_better_one_is_known(
    moment: Callable[[float], None], sense: int, bound: float
) -> None:
    team, process = Stepping([0, 0, 1]), Told()
    with StopKey() as stop:
        one = watched(three(sense, 998.0, 997.0), stop, team, asked=0.001)
        moment(3.0)
        one._look_beside(process)  # type: ignore[arg-type]
        assert one.best == sense * 997.0 and process.plans == []
        facts = {"status": "kTimeLimit", "has_plan": True, "bound": sense * bound}
        one._take(Message("result", facts, {"values": np.array(FOUND)}))
        assert one.outcome.bound == sense * 900.0


class Short(Worker):
    """A solver process whose plans lack their last column."""

    def next(self, wait_s: float) -> Message | None:
        message = super().next(wait_s)
        if message is None or "values" not in message.arrays:
            return message
        return Message(message.kind, message.facts, {"values": message.arrays["values"][:-1]})


@pytest.mark.usefixtures("soon")
def test_what_is_no_plan_of_the_model_is_not_taken(
    trucks: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rival, "Worker", Short)
    options = SolveOptions(gap=0, time_limit_s=60)
    with StopKey() as stop, Rival(trucks, ORDER, Clock(options, trucks, stop)) as one:
        while not one.ended:
            assert one.news() is None
        assert (one.plans, one.bound) == (0, 35.0)


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("more", [{"threads": 1}, {"threads": 2, "solver": "highs"}])
def test_one_thread_or_highs_alone_has_none(endless: Arrays, more: dict[str, object]) -> None:
    found = solve_arrays(endless, SolveOptions(gap=0, time_limit_s=1, **more))  # type: ignore[arg-type]
    assert not said(found)


def test_a_short_search_has_none(trucks: Arrays) -> None:
    found = solve_arrays(trucks, SolveOptions(gap=0, threads=2))
    assert found.objective == 35.0 and not said(found)


@pytest.mark.usefixtures("soon")
def test_it_tells_its_plan_and_what_it_has_proven(trucks: Arrays) -> None:
    options = SolveOptions(gap=0, time_limit_s=20)
    with StopKey() as stop, Rival(trucks, Order(0.0, 1, 0), Clock(options, trucks, stop)) as one:
        plans = []
        for _ in range(400):
            values = one.news()
            if values is not None:
                plans.append(trucks.objective(values))
            if one.bound is not None:
                break
            time.sleep(0.02)
        assert one.began and one.plans >= 1
        assert min(plans) == pytest.approx(35.0) == one.bound


@pytest.mark.usefixtures("soon")
def test_what_it_knows_it_does_not_tell_again(trucks: Arrays) -> None:
    options = SolveOptions(gap=0, time_limit_s=20)
    with StopKey() as stop, Rival(trucks, Order(0.0, 1, 0), Clock(options, trucks, stop)) as one:
        one.offer(np.array([20.0, 3.0]))
        while one.bound is None:
            assert one.news() is None
            time.sleep(0.02)
        assert one.plans == 0


@pytest.mark.usefixtures("soon")
def test_where_half_of_the_time_brings_no_plan_it_begins_anew_without_presolve(
    hopeless: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways: list[str] = []

    class Heard(Worker):
        def send(self, kind: str, facts: Any = None, arrays: Any = None) -> None:
            if kind == "solve":
                ways.append(facts["options"]["presolve"])
            super().send(kind, facts, arrays)

    monkeypatch.setattr(rival, "Worker", Heard)
    monkeypatch.setattr(rival, "WORTH_S", 0.0)
    options = SolveOptions(gap=0, time_limit_s=0.6)
    with (
        StopKey() as stop,
        Rival(hopeless, Order(0.0, 1, 0), Clock(options, hopeless, stop)) as one,
    ):
        while len(ways) < 2:
            assert one.news() is None
            time.sleep(0.02)
        assert ways == ["choose", "off"]
        assert one.news() is None and len(ways) == 2
