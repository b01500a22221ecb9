"""How hard a search tries."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from commands import write_endless

import tierstock as ts
from tierstock.solvers import Progress, SolveError, SolveOptions, effort
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.clock import Clock, StopKey
from tierstock.solvers.effort import DRIED_UP, Drying
from tierstock.solvers.highs import Looks
from tierstock.solvers.run import Run

SLOW = SolveOptions(gap=0.0, time_limit_s=60)


def heard(arrays: Arrays, *records: tuple[float, float, float]) -> str:
    """Why a clock ends a search after records of elapsed seconds, cost and bound."""
    with StopKey() as stop:
        clock = Clock(SLOW, arrays, stop)
        drying = Drying(clock, None)
        for elapsed, cost, bound in records:
            drying(Progress("searching", cost, bound, elapsed=elapsed))
        return clock.cause


def test_a_plan_that_becomes_no_better_ends_a_quick_search(trucks: Arrays) -> None:
    inf = float("inf")
    assert heard(trucks, (1, 100.0, 50.0), (12, 99.95, 50.0)) == "time"
    assert heard(trucks, (1, 100.0, 50.0), (12, 99.8, 50.0)) == ""  # still gets better
    assert heard(trucks, (1, 100.0, 50.0), (9, 100.0, 50.0)) == ""  # too early
    assert heard(trucks, (1, 100.0, -inf), (12, 100.0, -inf)) == ""  # nothing is proven yet
    assert heard(trucks, (9, 100.0, 50.0), (12, 100.0, 50.0)) == ""  # new in the last third


def test_a_quick_search_ends_before_its_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effort, "EARLIEST_S", 1.0)
    monkeypatch.setattr(effort, "BETTER", 0.5)
    m = ts.build(ts.read(write_endless(tmp_path)))
    plan = ts.solve(m, gap=0.0, time_limit=60, effort="quick", progress=False)
    assert (plan.stopped, plan.quality) == ("time", "feasible")
    assert plan.solution.seconds < 30 and DRIED_UP in plan.solution.attempts


def test_a_thorough_search_looks_harder_for_plans(
    trucks: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tierstock.solvers.drive import solve_arrays

    seen: list[Any] = []
    real = Run.go

    def go(self: Run) -> Any:
        seen.append(self.order.solver_options(1.0).get("mip_heuristic_effort"))
        return real(self)

    monkeypatch.setattr(Run, "go", go)
    for name in ("thorough", "normal"):
        assert solve_arrays(trucks, replace(SLOW, effort=name)).objective == pytest.approx(35.0)
    assert seen == [0.2, None]


def test_a_quick_deterministic_search_does_less_work(tmp_path: Path) -> None:
    net = ts.read(write_endless(tmp_path))
    ways: list[dict[str, Any]] = [
        {"effort": "quick", "time_limit": 6.0},
        {"effort": "normal", "time_limit": 2.0},
    ]
    quick, normal = (
        ts.solve(ts.build(net), gap=0.0, deterministic=True, progress=False, **way).solution
        for way in ways
    )
    assert quick.values.tobytes() == normal.values.tobytes() and quick.bound == normal.bound


def test_looks_at_the_root_count_more() -> None:
    root, tree = Looks(40), Looks(40)
    assert [root.over(1.0, 0) for _ in range(2)] == [False, True]
    assert [tree.over(1.0, 5) for _ in range(3)] == [False, False, False]


def test_another_effort_is_refused() -> None:
    with pytest.raises(SolveError, match="quick / normal / thorough"):
        SolveOptions(effort="hard")
