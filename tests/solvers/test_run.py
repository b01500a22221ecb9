"""Limits hold, crashes and broken callbacks cost no plan, nothing is left behind."""

import os
import signal
import threading
import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import tierstock.solvers.run as run
from tierstock.solvers import SolveOptions
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.clock import Clock, StopKey
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.order import Order
from tierstock.solvers.run import Run
from tierstock.solvers.wire import Message
from tierstock.solvers.worker import Worker


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_the_time_limit_holds_and_the_best_plan_is_kept(endless: Arrays) -> None:
    began = time.monotonic()
    options = SolveOptions(gap=0, time_limit_s=3.0, threads=1)
    found = solve_arrays(endless, options)

    assert time.monotonic() - began <= 3.0 + options.grace_s
    assert (found.stopped, found.quality, found.exact) == ("time", "feasible", True)
    assert found.bound < found.objective < 0
    assert endless.violation(found.values) == 0.0


def test_time_may_end_without_a_plan(hopeless: Arrays) -> None:
    found = solve_arrays(hopeless, SolveOptions(gap=0, time_limit_s=0.8, threads=1))

    assert (found.stopped, found.quality) == ("time", "none")
    assert found.seconds <= 1.8


class Mortal(Worker):
    """A solver process that dies when its first plan has been heard."""

    deaths: list[int] = []
    how = signal.SIGKILL

    def next(self, wait_s: float) -> Message | None:
        message = super().next(wait_s)
        first = self.pid not in self.deaths
        if message is not None and message.kind == "incumbent" and first:
            self.deaths.append(self.pid)
            os.kill(self.pid, self.how)
        return message


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("how", ["SIGKILL", "SIGSEGV", "SIGABRT"])
def test_the_plan_survives_the_death_of_the_solver(
    endless: Arrays, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(Mortal, "deaths", [])
    monkeypatch.setattr(Mortal, "how", signal.Signals[how])
    monkeypatch.setattr(run, "Worker", Mortal)
    found = solve_arrays(endless, SolveOptions(gap=0, time_limit_s=20, threads=1))

    assert (found.stopped, found.quality, found.exact) == ("fault", "feasible", True)
    assert endless.violation(found.values) == 0.0
    assert found.attempts == (f"crash {how}; retry: crash",)
    assert found.detail == how
    assert len(Mortal.deaths) == 2
    assert all(map(gone, Mortal.deaths))


def test_memory_is_limited(endless: Arrays) -> None:
    chance = np.random.default_rng(0)
    n = 60_000
    big = replace(
        endless,
        cost=-chance.uniform(1, 2, n),
        lower=np.zeros(n),
        upper=np.full(n, 3.0),
        integer=np.ones(n, dtype=bool),
        index=np.tile(np.arange(n, dtype=np.int32), 25),
        value=chance.uniform(1, 5, 25 * n),
        starts=np.arange(0, 25 * n + 1, n, dtype=np.int32),
        row_upper=np.full(25, n * 2.0),
    )
    found = solve_arrays(big, SolveOptions(gap=0, time_limit_s=30, threads=1, memory_limit_mb=250))

    assert (found.stopped, found.quality) == ("memory", "feasible")
    assert not found.values.any()  # the plan without orders needs no solver
    assert found.seconds < 10


def test_no_process_and_no_thread_is_left_behind(
    trucks: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []

    class Counted(Worker):
        def __init__(self, memory_mb: int | None = None) -> None:
            super().__init__(memory_mb)
            started.append(self.pid)

    monkeypatch.setattr(run, "Worker", Counted)
    threads = threading.active_count()
    solve_arrays(trucks, SolveOptions())

    assert len(started) == 1
    assert all(map(gone, started))
    assert threading.active_count() == threads


def test_solves_in_several_threads_do_not_disturb_each_other(trucks: Arrays) -> None:
    costs: list[float] = []

    def one() -> None:
        costs.append(solve_arrays(trucks, SolveOptions(gap=0, threads=1)).objective)

    threads = [threading.Thread(target=one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert costs == pytest.approx([35.0] * 3)


class InThisProcess:
    """Stands in for the line to the planning process; fails where it is told to."""

    def __init__(self, failing: str) -> None:
        self.failing = failing
        self.failed = 0
        self.stop = threading.Event()
        self.result: tuple[dict[str, Any], dict[str, Any]] = ({}, {})

    def given(self) -> None:
        return None

    def send(self, kind: str, facts: dict[str, Any], arrays: dict[str, Any] | None = None) -> None:
        if kind == self.failing:
            self.failed += 1
            raise OSError("the line is broken")
        if kind == "result":
            self.result = (facts, arrays or {})


@pytest.mark.parametrize("failing", ["incumbent", "progress", "text"])
def test_a_callback_that_fails_costs_no_plan(endless: Arrays, failing: str) -> None:
    from tierstock.solvers import highs

    line = InThisProcess(failing)
    held = {name: getattr(endless, name) for name in FIELDS}
    options = Order(0.1, 1, 0).solver_options(20)
    del options["threads"]  # other tests of this process may have used another number
    highs.solve(held, {"offset": 0.0, "sense": 1}, {"options": options}, line)

    assert line.failed > 0
    assert line.result[0]["status"] == "kOptimal"
    assert endless.violation(line.result[1]["values"]) <= 1e-6


FIELDS = (
    *("cost", "lower", "upper", "integer", "starts"),
    *("index", "value", "row_lower", "row_upper"),
)


@pytest.mark.parametrize("option", [{"nonsense": 1}, {"solver": "hipo"}, {"threads": "two"}])
def test_an_option_the_solver_does_not_take_is_noticed(
    trucks: Arrays, option: dict[str, Any]
) -> None:
    from tierstock.solvers import highs

    held = {name: getattr(trucks, name) for name in FIELDS}
    order = {"options": {"log_to_console": False, **option}}
    with pytest.raises((ValueError, TypeError)):
        highs.solve(held, {"offset": 0.0, "sense": 1}, order, InThisProcess(""))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("value", 1e16, "kError"), ("value", 1e-10, "kWarning"), ("index", 0, "kError")],
)
def test_a_matrix_the_solver_changes_is_noticed(
    trucks: Arrays, name: str, value: float, said: str
) -> None:
    from tierstock.solvers import highs

    held = {field: getattr(trucks, field).copy() for field in FIELDS}
    held[name][2] = value
    order = {"options": {"log_to_console": False}}
    with pytest.raises(ValueError, match=said):
        highs.solve(held, {"offset": 0.0, "sense": 1}, order, InThisProcess(""))


@pytest.fixture
def cleanings(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each linear program that cleans a plan began with that plan."""
    asked: list[bool] = []
    send = Worker.send

    def heard(self: Worker, kind: str, facts: Any = None, arrays: Any = None) -> None:
        if kind == "solve" and facts["options"]["solver"] == "simplex":
            asked.append("start" in arrays)
        send(self, kind, facts or {}, arrays or {})

    monkeypatch.setattr(Worker, "send", heard)
    return asked


@pytest.mark.parametrize(("needed", "from_plan"), [(0.0, False), (1e9, True)])
def test_a_plan_is_cleaned_from_nothing_where_time_is_ample(
    trucks: Arrays,
    cleanings: list[bool],
    monkeypatch: pytest.MonkeyPatch,
    *,
    needed: float,
    from_plan: bool,
) -> None:
    monkeypatch.setattr(run, "CLEANED_S", needed)
    found = solve_arrays(trucks, SolveOptions(gap=0, threads=1))
    assert cleanings == [from_plan]
    assert (found.quality, found.exact) == ("proven", True)


def test_a_plan_is_cleaned_from_itself_where_time_was_not_enough(
    trucks: Arrays, cleanings: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Run._watch

    def late(self: Run, worker: Worker, *words: Any) -> Message:
        found = watch(self, worker, *words)
        if cleanings == [False]:
            return replace(found, facts={**found.facts, "status": "kTimeLimit", "has_plan": False})
        return found

    monkeypatch.setattr(run, "CLEANED_S", 0.0)
    monkeypatch.setattr(Run, "_watch", late)
    found = solve_arrays(trucks, SolveOptions(gap=0, threads=1))
    assert cleanings == [False, True]
    assert (found.quality, found.exact) == ("proven", True)


def test_an_attempt_begins_with_the_plan_it_is_given(hopeless: Arrays) -> None:
    planted = (np.arange(45) % 2).astype(float)
    share = hopeless.activity(planted)
    solvable = replace(hopeless, row_lower=share, row_upper=share)
    options = SolveOptions(gap=0, time_limit_s=1.5, threads=1)
    order = Order(0, 1, 0, start=planted)
    outcome = Run(solvable, order, Clock(options, solvable, StopKey()), lambda _: None).go()

    assert outcome.values is not None
    assert solvable.violation(outcome.values) <= 1e-6


@pytest.mark.parametrize("sense", [1, -1])
def test_a_bound_that_closes_the_gap_without_a_proof_is_not_believed(
    trucks: Arrays, sense: int
) -> None:
    arrays = replace(trucks, sense=sense, cost=sense * trucks.cost)
    attempt = Run(
        arrays, Order(0.01, 1, 0), Clock(SolveOptions(), arrays, StopKey()), lambda _: None,
        sense * np.inf,
    )  # fmt: skip
    plan = {"values": np.array([20.0, 3.0])}
    attempt._hear(Message("progress", {"bound": sense * 32.5}))
    attempt._hear(Message("incumbent", {}, plan))
    attempt._hear(Message("progress", {"bound": sense * 35.0}))
    facts = {"status": "kTimeLimit", "has_plan": True, "bound": sense * 35.0}
    attempt._take(Message("result", facts, plan))
    assert attempt.outcome.bound == sense * 32.5

    attempt._take(Message("result", facts | {"status": "kOptimal"}, plan))
    assert attempt.outcome.bound == sense * 35.0
