"""Numbers the solver would misread are refused, with the name of the row or column."""

from dataclasses import replace
from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest

from tierstock.solvers.arrays import Arrays
from tierstock.solvers.compile import compile_model
from tierstock.solvers.drive import solve
from tierstock.solvers.errors import SolveError
from tierstock.solvers.sanity import check


def put(arrays: Arrays, name: str, at: int, value: float) -> Arrays:
    changed = getattr(arrays, name).copy()
    changed[at] = value
    return replace(arrays, **{name: changed})


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e30, 1e16, -2e9])
def test_a_cost_that_is_no_price_is_refused(model: pyo.ConcreteModel, value: float) -> None:
    arrays = put(compile_model(model).arrays, "cost", 13, value)
    with pytest.raises(SolveError, match=r"trips\[A→B, W2\]: the cost"):
        check(arrays)


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e16, 1e20, 1e-9, -1e-12])
def test_a_coefficient_the_solver_would_drop_is_refused(
    model: pyo.ConcreteModel, value: float
) -> None:
    arrays = put(compile_model(model).arrays, "value", 20, value)
    with pytest.raises(SolveError, match=r"need\[P1, W1\], flow\[A→D, P1, W1\]"):
        check(arrays)


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("row_lower", np.nan, r"need\[P2, W1\]: the lower bound is not a number"),
        ("row_lower", 1e20, r"need\[P2, W1\]: the lower bound 1e\+20"),
        ("row_upper", 1e16, r"need\[P2, W1\]: the upper bound 1e\+16"),
        ("row_upper", -np.inf, r"need\[P2, W1\]: the upper bound -inf"),
        ("lower", np.inf, r"flow\[C→B, P2, W1\]: the lower bound inf"),
        ("upper", np.nan, r"flow\[C→B, P2, W1\]: the upper bound is not a number"),
        ("upper", 1e20, r"flow\[C→B, P2, W1\]: the upper bound 1e\+20"),
    ],
)
def test_a_limit_beyond_exact_arithmetic_is_refused(
    model: pyo.ConcreteModel, name: str, value: float, named: str
) -> None:
    at = 8 if name.startswith("row") else 6
    with pytest.raises(SolveError, match=named):
        check(put(compile_model(model).arrays, name, at, value))


def test_a_row_of_very_unlike_coefficients_is_refused(model: pyo.ConcreteModel) -> None:
    arrays = compile_model(model).arrays
    arrays = put(put(arrays, "value", 0, 1e-6), "value", 1, 5e7)
    with pytest.raises(SolveError, match=r"vehicle_load\[A→B, W1\]: its coefficients"):
        check(arrays)


def test_a_constant_cost_that_is_no_number_is_refused(blend: Arrays) -> None:
    with pytest.raises(SolveError, match="The objective: the constant cost is not a number"):
        check(replace(blend, offset=np.nan))


def test_small_parts_big_trucks_and_open_limits_are_accepted(blend: Arrays) -> None:
    fine = put(put(blend, "value", 0, 1e-6), "value", 1, 4e4)
    check(put(put(fine, "cost", 0, 5e6), "row_upper", 0, np.inf))


@pytest.mark.parametrize("value", [1e16, 1e20, np.nan])
def test_a_rule_of_a_consultant_is_never_dropped_silently(
    model: pyo.ConcreteModel, value: float
) -> None:
    limit = pyo.Param(initialize=value, mutable=True, within=pyo.Any)
    model.limit = limit
    model.rule = pyo.Constraint(expr=(limit, model.flow["A→B", "P1", "W1"], None))
    with pytest.raises((SolveError, ValueError), match="rule|nan"):
        solve(model)


def test_refusals_speak_both_languages(model: pyo.ConcreteModel) -> None:
    arrays: Any = put(compile_model(model).arrays, "cost", 0, np.nan)
    with pytest.raises(SolveError) as caught:
        check(arrays)
    assert caught.value.say("zh").startswith("flow[A→B, P1, W1]：成本不是有效数字")
