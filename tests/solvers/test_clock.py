"""The time limit counts from the call, whatever is done before the search."""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from small import demand, model

import tierstock as ts
from tierstock.solvers import SolveOptions, compile, steady
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.clock import GRANTED_S, Clock, Limit, StopKey
from tierstock.solvers.drive import Drive, solve_arrays
from tierstock.solvers.work import looks

SPENT = 0.3
LIMIT = 20.0


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> list[Clock]:
    """Every clock of a solve whose model takes a while to be compiled."""
    found: list[Clock] = []
    compile_model = compile.compile_model

    class Watched(Drive):
        def __init__(self, arrays: Arrays, options: Any, clock: Clock, *more: Any) -> None:
            found.append(clock)
            super().__init__(arrays, options, clock, *more)

    def slowly(m: Any) -> Any:
        time.sleep(SPENT)
        return compile_model(m)

    monkeypatch.setattr(compile, "compile_model", slowly)
    monkeypatch.setattr(steady, "Drive", Watched)
    return found


def network(**more: list[dict[str, Any]]) -> Any:
    return model(
        Locations=[{"Location": "S1", "Tier": "store"}],
        Products=[{"Product": "tea", "Unit Value": 1, "Shortage Cost": 5}],
        Demand=demand("S1", "tea", 5),
        Supply=[{"Location": "S1", "Product": "tea", "Max": 4}],
        **more,
    )


def test_what_is_done_before_the_search_is_part_of_the_limit(clocks: Sequence[Clock]) -> None:
    m, began = network(), time.monotonic()
    plan = ts.solve(m, time_limit=LIMIT, progress=False)

    (clock,) = clocks
    assert clock.limit == LIMIT and clock.deadline == clock.began + LIMIT
    assert began <= clock.began <= time.monotonic() - SPENT
    assert plan.quality == "proven" and plan.solution.seconds >= SPENT


def test_it_is_part_of_what_the_levels_share(clocks: Sequence[Clock]) -> None:
    asked = {"objective": "lexicographic", "objective_levels": "service, cost"}
    m = network(Settings=[{"Setting": name, "Value": value} for name, value in asked.items()])
    plan = ts.solve(m, time_limit=LIMIT, progress=False)

    assert len(plan.solution.levels) == 2 and plan.quality == "proven"
    assert clocks[0].limit <= (LIMIT - SPENT) / 2
    assert all(clock.limit <= LIMIT - SPENT for clock in clocks)
    assert plan.solution.seconds >= SPENT


def test_a_search_has_some_time_in_any_case(tied: Arrays) -> None:
    with StopKey() as stop:
        now = time.monotonic()
        late = Clock(SolveOptions(time_limit_s=5), tied, stop, now - 9)
        short = Clock(SolveOptions(time_limit_s=0.1), tied, stop, now - 9)
    assert late.deadline == pytest.approx(now + GRANTED_S, abs=0.1)
    assert short.deadline == pytest.approx(now + 0.1, abs=0.1)
    assert late.elapsed() >= 9
    found = solve_arrays(tied, SolveOptions(gap=0, time_limit_s=5), began=time.monotonic() - 9)
    assert found.objective == pytest.approx(12.0)


def test_a_part_of_a_solve_gets_its_share_of_what_is_left() -> None:
    options, now = SolveOptions(time_limit_s=10), time.monotonic()
    assert Limit(options, now - 6).share(0.5) == pytest.approx(2.0, abs=0.1)
    assert Limit(options, now - 60).share(0.5) == pytest.approx(0.5 * GRANTED_S)
    steady = replace(options, deterministic=True)
    assert Limit(steady, now - 6).share(0.5) == Limit(steady).share(0.5) == 5.0


def test_work_is_not_less_where_a_deterministic_solve_began_late(
    endless: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit by work is the same; only the clock that ends what hangs has begun before."""
    seen: list[int | None] = []

    def watched(arrays: Arrays, seconds: float) -> int:
        seen.append(looks(arrays, seconds))
        return looks(arrays, seconds)

    monkeypatch.setattr(steady, "looks", watched)
    options = SolveOptions(gap=0, time_limit_s=0.5, deterministic=True)
    plans = [
        solve_arrays(endless, options, began=time.monotonic() - ago).values.tolist()
        for ago in (0.0, 2.0)
    ]
    assert seen[0] == seen[1] and plans[0] == plans[1]
