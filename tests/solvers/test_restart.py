"""A plan of before starts the next search."""

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import tierstock as ts
from tierstock.inputs import Network
from tierstock.model.keys import Keys, Level
from tierstock.plan import Plan
from tierstock.solvers import Solution, SolveOptions, restart, solve
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.restart import positions

TRUCKS: dict[str, pd.DataFrame] = {
    **ts.sample("starter"),
    "Lanes": ts.sample("starter")["Lanes"].assign(Vehicle="VAN"),
    "Vehicles": pd.DataFrame({"Vehicle": ["VAN"], "Max Units": [50], "Trip Cost": [90.0]}),
    "OpeningStock": pd.DataFrame(
        {"Location": ["DC1"] * 2, "Product": ["TEA-G", "TEA-B"], "Quantity": [300, 200]}
    ),
}


def network(share: float = 1.0, **more: pd.DataFrame) -> Network:
    """The starter study with vans, and so much of its demand."""
    demand = TRUCKS["Demand"].copy()
    weeks = [name for name in demand.columns if str(name).startswith("2026")]
    demand[weeks] = demand[weeks] * share
    return ts.read({**TRUCKS, "Demand": demand, **more})


def solved(net: Network, **more: Any) -> Plan:
    return ts.solve(ts.build(net), gap=0.0, progress=False, **more)


def first(plan: Plan) -> Any:
    """The first record with a plan."""
    return next(one for one in plan.solution.log if np.isfinite(one.incumbent))


def test_a_plan_of_other_demand_starts_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    before = solved(network())
    more = network(1.05)
    cold, warm = solved(more), solved(more, start=before)
    assert warm.solution.attempts == ()
    assert warm.objective == pytest.approx(cold.objective, rel=1e-6)
    kept = before.keyed["trips"][1]
    m = ts.build(more)
    m.trips.lower[:] = m.trips.upper[:] = kept  # what the trips of before can do at best
    assert first(warm).incumbent <= ts.solve(m, gap=0.0, progress=False).objective + 1e-6


def test_the_answer_is_never_worse_than_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    from tierstock.solvers import drive, steady

    before = solved(network())
    asked: list[Any] = []

    class Watched(drive.Drive):
        def __init__(self, *rest: Any, **more: Any) -> None:
            super().__init__(*rest, **more)
            asked.append(None if self.best is None else self.best.objective)

    monkeypatch.setattr(steady, "Drive", Watched)
    again = solved(network(), start=before)
    assert asked[-1] == pytest.approx(before.objective)
    assert again.objective <= asked[-1] + 1e-6


def test_a_results_workbook_starts_the_next(tmp_path: Path) -> None:
    before = solved(network())
    path = tmp_path / "plan.xlsx"
    before.save(path)
    for start in (path, before.tables):
        warm = solved(network(1.05), start=start)
        assert warm.solution.attempts == ()
        assert warm.objective == pytest.approx(solved(network(1.05)).objective, rel=1e-6)


def test_what_cannot_be_kept_may_grow() -> None:
    before = solved(network())
    net = network()
    m = ts.build(net)
    m.trips.lower[:] = np.minimum(before.keyed["trips"][1] + 1, m.trips.upper)
    plan = ts.solve(m, gap=0.0, progress=False, start=before)
    assert plan.quality == "proven" and plan.solution.attempts == ()


def test_a_plan_of_something_else_is_given_up() -> None:
    before = solved(ts.read(ts.sample("starter")))  # no vehicles
    plan = solved(network(), start=before)
    assert plan.quality == "proven" and "given up" in plan.solution.attempts[0]


def test_a_repair_takes_its_share_of_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    before, m = solved(network()), ts.build(network(1.05))
    asked: list[float] = []

    def watched(arrays: Arrays, options: SolveOptions) -> Solution:
        asked.append(options.time_limit_s)
        return solve_arrays(arrays, options)

    monkeypatch.setattr(restart, "solve_arrays", watched)
    options = SolveOptions(time_limit_s=40.0)
    solve(m, options, start=before.keyed, began=time.monotonic() - 30.0)
    assert asked and max(asked) <= restart.SHARE * 10.0


def test_keys_are_found_by_name() -> None:
    places, weeks = Level(["A", "B"]), Level(["W1", "W2", "W3"])
    mine = Keys((places, weeks), (np.array([0, 0, 1]), np.array([0, 1, 2])))
    others = Keys(
        (Level(["B", "C", "A"]), Level(["W2", "W3"])), (np.array([0, 1, 2]), np.array([1, 0, 0]))
    )
    assert positions(mine, others).tolist() == [2, -1, 1]


def test_there_must_be_a_plan_to_start_from() -> None:
    before = solved(network())
    none = replace(before.solution, quality="none")
    before.solution, before.quality = none, "none"
    with pytest.raises(ValueError, match="no plan to start from"):
        solved(network(), start=before)
    with pytest.raises(ValueError, match="no sheet"):
        solved(network(), start={"Summary": pd.DataFrame()})
