"""Another way to solve a model confirms what the first one found, or contradicts it."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest

from tierstock.solvers import SolveError, SolveOptions, second, solve, steady
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.second import Opinion, Verdict, verify

NONE = math.inf


def verdict(cost: float, bound: float, *others: tuple[float, float], sense: int = 1) -> Verdict:
    opinions = tuple(Opinion("highs", "HiGHS", 1, *other, 0.1) for other in others)
    return Verdict(sense, "", 0.01, cost, bound, opinions)


@pytest.mark.parametrize(
    ("cost", "bound", "others", "result"),
    [
        (100, 100, [(100, 100)], "confirmed"),
        (100, 99.5, [(100, 99.2)], "confirmed"),
        (100, 99.5, [(100, 90)], "open"),
        (100, 99.5, [(NONE, -NONE)], "open"),
        (100, 99.5, [(100, 90), (101, 99.3)], "confirmed"),
        (100, 100, [(95, 94)], "contradiction"),
        (100, 100, [(110, 105)], "contradiction"),
        (100, 95, [(110, 105)], "contradiction"),
        (100, 100, [(100, 100.0005)], "confirmed"),
        (100, 90, [(97, 96.5)], "open"),
        (100, 100, [(NONE, NONE)], "contradiction"),
        (NONE, NONE, [(NONE, NONE)], "confirmed"),
        (NONE, NONE, [(NONE, NONE), (NONE, -NONE)], "confirmed"),
        (NONE, NONE, [(NONE, -NONE)], "open"),
        (NONE, NONE, [(40, -NONE)], "contradiction"),
        (100, 99.5, [(100, 99.4), (NONE, NONE)], "contradiction"),
    ],
)
def test_spans_that_do_not_overlap_contradict_each_other(
    cost: float, bound: float, others: list[tuple[float, float]], result: str
) -> None:
    assert verdict(cost, bound, *others).result == result
    turned = [(-one, -two) for one, two in others]
    assert verdict(-cost, -bound, *turned, sense=-1).result == result


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No second solver is installed."""
    monkeypatch.setattr(second, "find_spec", lambda _: None)


def test_the_same_model_is_solved_without_presolve_and_with_another_seed(
    model: pyo.ConcreteModel, alone: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[SolveOptions] = []

    def driver(arrays: Arrays, options: SolveOptions, *rest: Any) -> Any:
        heard.append(options)
        return steady.driver(arrays, options, *rest)

    options = SolveOptions(gap=0, time_limit_s=60, threads=1, seed=2**31 - 1)
    found = solve(model, options)
    monkeypatch.setattr(second, "driver", driver)
    seen = verify(model, found, options)
    assert (seen.result, seen.best, seen.limit, seen.better) == ("confirmed", 49.0, 49.0, None)
    assert [(one.presolve, one.seed, one.time_limit_s) for one in heard] == [(False, 0, 10.0)]


def test_a_false_bound_is_contradicted(model: pyo.ConcreteModel, alone: None) -> None:
    options = SolveOptions(gap=0, time_limit_s=60, threads=1)
    found = solve(model, options)
    seen = verify(model, replace(found, bound=55.0), options)
    assert seen.result == "contradiction"


def test_a_cost_without_limit_contradicts_a_plan(
    model: pyo.ConcreteModel, alone: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = SolveOptions(gap=0, time_limit_s=60, threads=1)
    found = solve(model, options)

    def driver(*_: Any) -> Any:
        raise SolveError("unbounded", where="flow")

    monkeypatch.setattr(second, "driver", driver)
    assert verify(model, found, options).result == "contradiction"


def test_a_better_plan_within_the_bounds_is_offered(model: pyo.ConcreteModel, alone: None) -> None:
    options = SolveOptions(gap=0, time_limit_s=60, threads=1)
    found = solve(model, options)
    worse = found.values.copy()
    worse[12:] += 1.0
    poor = replace(found, values=worse, objective=79.0, bound=40.0, quality="feasible")
    seen = verify(model, poor, options)
    assert (seen.result, seen.best, seen.limit) == ("open", 49.0, 49.0)
    assert seen.better is not None and seen.better.values is not None
    assert seen.better.cost == pytest.approx(49.0)


def test_a_contradiction_of_rules_is_confirmed_or_refuted(
    model: pyo.ConcreteModel, alone: None
) -> None:
    options = SolveOptions(gap=0, time_limit_s=60, threads=1)
    found = solve(model, options)
    lie = replace(found, quality="none", stopped="infeasible", values=np.full(18, np.nan))
    assert verify(model, lie, options).result == "contradiction"
    model.never = pyo.Constraint(expr=model.flow["A→B", "P1", "W1"] >= 11)
    assert verify(model, lie, options).result == "confirmed"


@pytest.mark.parametrize("sense", ["min", "max"])
def test_another_solver_agrees(model: pyo.ConcreteModel, sense: str) -> None:
    pytest.importorskip("pyscipopt")
    if sense == "max":
        model.cost.deactivate()
        model.gain = pyo.Objective(expr=7 - model.trips["A→B", "W1"], sense=pyo.maximize)
    options = SolveOptions(gap=0, time_limit_s=60, threads=1)
    found = solve(model, options)
    seen = verify(model, found, options)
    assert seen.result == "confirmed"
    assert [one.way for one in seen.opinions] == ["highs", "scip"]
    assert [one.cost for one in seen.opinions] == pytest.approx([found.objective] * 2)
    assert [one.bound for one in seen.opinions] == pytest.approx([found.objective] * 2)
    assert seen.opinions[1].solver.startswith("SCIP ")
