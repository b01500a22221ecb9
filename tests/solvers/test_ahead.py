"""HiGHS goes its own way beside the opening of a large model, and its plans and bounds count."""

from dataclasses import replace

import pytest

from tests.solvers.test_blocks import network
from tests.solvers.test_run import gone
from tierstock.solvers import SolveOptions, ahead, large, start
from tierstock.solvers.ahead import Ahead
from tierstock.solvers.blocks import crew
from tierstock.solvers.drive import Drive, solve_arrays
from tierstock.solvers.effort import Patience
from tierstock.solvers.order import Order, Outcome
from tierstock.solvers.solution import Solution
from tierstock.solvers.team import Team
from tierstock.solvers.worker import Worker


@pytest.fixture(scope="module")
def least() -> float:
    """Cost of the best plan, by HiGHS alone."""
    return solve_arrays(network(), SolveOptions(gap=0, threads=1, solver="highs")).objective


@pytest.fixture(autouse=True)
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "LARGE", 1)
    monkeypatch.setattr(large, "SOON", 0.0)
    monkeypatch.setattr(large, "DRY", Patience(0.5, 0.25))


def solved() -> Solution:
    return solve_arrays(network(), SolveOptions(gap=0, threads=2, time_limit_s=60))


def test_what_highs_proves_meanwhile_ends_the_opening(
    monkeypatch: pytest.MonkeyPatch, least: float
) -> None:
    def nothing(*_: object) -> None:
        return None

    monkeypatch.setattr(start, "split", nothing)
    found = solved()
    assert found.quality == "proven"
    assert found.objective == pytest.approx(least)
    assert "HiGHS beside it as far as its root, plans: " in found.solver_log


def test_a_search_that_brings_nothing_is_given_up(
    monkeypatch: pytest.MonkeyPatch, least: float
) -> None:
    monkeypatch.setattr(ahead, "LATE_S", 0.0)
    monkeypatch.setattr(Ahead, "news", lambda _: None)
    found = solved()
    assert found.quality == "proven"
    assert found.objective == pytest.approx(least)
    assert "HiGHS beside it as far as its root, plans: 0" in found.solver_log


def test_one_thread_leaves_no_room_for_it(least: float) -> None:
    found = solve_arrays(network(), SolveOptions(gap=0, threads=1, time_limit_s=60))
    assert found.objective == pytest.approx(least)
    assert "HiGHS beside it as far" not in found.solver_log


def test_what_highs_tells_at_the_last_moment_is_what_the_search_begins_with(
    monkeypatch: pytest.MonkeyPatch, least: float
) -> None:
    arrays = replace(network(), place=None, product=None)  # no places, so no team that would hear
    best = solve_arrays(arrays, SolveOptions(gap=0, threads=1, solver="highs")).values
    begun, over = [], []
    end = large.Large._end_ahead

    def last(self: large.Large, team: Team) -> None:
        over.append(True)
        end(self, team)

    def search(self: Drive, order: Order, team: object = None) -> Outcome:
        begun.append(order.start)
        return Outcome("kTimeLimit")

    monkeypatch.setattr(large.Large, "_end_ahead", last)
    monkeypatch.setattr(Ahead, "news", lambda _: best if over else None)
    monkeypatch.setattr(Drive, "_search", search)
    found = solve_arrays(arrays, SolveOptions(gap=0, threads=2, time_limit_s=60))
    assert found.objective == pytest.approx(least)
    assert [None if one is None else arrays.objective(one) for one in begun] == [
        pytest.approx(least)
    ]


def test_a_fault_in_the_opening_leaves_no_process_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Worker] = []

    class Noted(Worker):
        def __init__(self, memory_mb: int | None = None) -> None:
            super().__init__(memory_mb)
            made.append(self)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr(ahead, "SHARE", 0.0)
    monkeypatch.setattr(crew, "Worker", Noted)
    monkeypatch.setattr(large.Large, "_share", broken)
    with pytest.raises(RuntimeError) as fault:
        solved()
    assert fault.tb is not None  # what holds the traceback holds the opening
    assert made and all(gone(one.pid) for one in made)
