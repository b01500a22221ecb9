"""What the solver gets is the Pyomo model, coefficient by coefficient."""

from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest
from pyomo.contrib.solver.solvers.highs import Highs
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler

from tierstock.solvers.arrays import Arrays
from tierstock.solvers.compile import Compiled, compile_model
from tierstock.solvers.errors import SolveError


def full(arrays: Arrays) -> np.ndarray:
    matrix = np.zeros((arrays.rows, arrays.columns))
    matrix[arrays.row_of_entry(), arrays.index] = arrays.value
    return matrix


def with_own_rules(m: pyo.ConcreteModel) -> pyo.ConcreteModel:
    """Everything a consultant may do to a model, at once."""
    m.extra = pyo.Var(["north", "south"], bounds=(0, 3))
    m.open = pyo.Var(domain=pyo.Binary)
    m.cap = pyo.Constraint(expr=m.extra["north"] + 2 * m.flow["A→B", "P2", "W2"] <= 19)
    m.range = pyo.Constraint(expr=(1, m.extra["north"] - m.extra["south"] + 1, 2))
    m.link = pyo.Constraint(
        expr=m.flow["C→B", "P1", "W1"] <= 4 * m.open + m.flow["A→D", "P1", "W1"]
    )
    m.flow["A→B", "P1", "W2"].fix(2)
    m.flow["A→B", "P2", "W1"].setub(4.5)
    m.trips["C→B", "W1"].setlb(1)
    m.trips["A→D", "W2"].domain = pyo.NonNegativeReals
    m.need["P1", "W1"].deactivate()
    m.fleet = pyo.Block()
    m.fleet.least = pyo.Constraint(expr=m.trips["A→B", "W1"] + m.trips["A→B", "W2"] >= 2)
    m.fleet.off = pyo.Constraint(expr=m.open >= 1)
    m.fleet.off.deactivate()
    return m


def in_our_order(m: pyo.ConcreteModel, compiled: Compiled) -> tuple[list[Any], list[Any]]:
    """All variables and active constraints of a model in the order of our columns and rows."""
    columns = [m.columns.variable(at) for at in range(compiled.columns.arrays)]
    columns += compiled.columns.ordinary
    rows = [
        one
        for component in m.component_objects(pyo.Constraint, active=True)
        for one in component.values()
        if one.active
    ]
    return columns, rows


@pytest.mark.parametrize("changed", [False, True], ids=["as built", "with own rules"])
def test_the_official_highs_interface_sends_the_same_model(
    model: pyo.ConcreteModel, changed: bool
) -> None:
    m = with_own_rules(model) if changed else model
    compiled = compile_model(m)
    arrays, columns, rows = compiled.arrays, *in_our_order(m, compiled)
    official = Highs()
    official.config.load_solutions = False
    official.config.raise_exception_on_nonoptimal_result = False
    official.solve(m)
    lp = official._solver_model.getLp()
    theirs = np.zeros((lp.num_row_, lp.num_col_))
    starts, index, value = lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_
    theirs[index, np.repeat(np.arange(lp.num_col_), np.diff(starts))] = value
    known = official._pyomo_var_to_solver_var_map
    used = [at for at, one in enumerate(columns) if id(one) in known]
    column = [known[id(columns[at])] for at in used]
    row = [official._pyomo_con_to_solver_con_map[one] for one in rows]
    # The interface puts the value of a fixed variable into the limits of its rows.
    fixed = np.array([columns[at].fixed for at in used])
    at_value = arrays.lower[used] * fixed
    matrix = full(arrays)[:, used]

    assert lp.num_row_ == arrays.rows
    assert sorted(column) == list(range(lp.num_col_))
    np.testing.assert_array_equal(theirs[np.ix_(row, column)], matrix * ~fixed)
    shift = matrix @ at_value
    np.testing.assert_allclose(np.array(lp.row_lower_)[row], arrays.row_lower - shift, rtol=1e-12)
    np.testing.assert_allclose(np.array(lp.row_upper_)[row], arrays.row_upper - shift, rtol=1e-12)
    np.testing.assert_array_equal(np.array(lp.col_cost_)[column], arrays.cost[used] * ~fixed)
    assert lp.offset_ == pytest.approx(arrays.offset + float(arrays.cost[used] @ at_value))
    np.testing.assert_array_equal(np.array(lp.col_lower_)[column], arrays.lower[used])
    np.testing.assert_array_equal(np.array(lp.col_upper_)[column], arrays.upper[used])
    theirs_whole = np.array([int(kind) == 1 for kind in lp.integrality_])[column]
    np.testing.assert_array_equal(theirs_whole & ~fixed, arrays.integer[used])


@pytest.mark.parametrize("changed", [False, True], ids=["as built", "with own rules"])
def test_pyomos_standard_form_holds_the_same_coefficients(
    model: pyo.ConcreteModel, changed: bool
) -> None:
    m = with_own_rules(model) if changed else model
    compiled = compile_model(m)
    arrays, columns, rows = compiled.arrays, *in_our_order(m, compiled)
    form = LinearStandardFormCompiler().write(m, mixed_form=True)
    place = {id(one): at for at, one in enumerate(columns)}
    number = {id(one): at for at, one in enumerate(rows)}
    theirs, matrix = form.A.toarray(), full(arrays)
    ours = [place[id(one)] for one in form.columns]
    fixed = np.array([one.fixed for one in columns])

    for entry, line, limit in zip(form.rows, theirs, form.rhs, strict=True):
        at = number[id(entry.constraint)]
        np.testing.assert_array_equal(line, matrix[at, ours])
        shift = float(matrix[at, fixed] @ arrays.lower[fixed])
        side = arrays.row_lower[at] if entry.bound_type < 0 else arrays.row_upper[at]
        assert limit == pytest.approx(side - shift)
    np.testing.assert_array_equal(form.c.toarray().ravel(), arrays.cost[ours])


def test_looking_at_a_model_changes_nothing(model: pyo.ConcreteModel) -> None:
    before = compile_model(model).arrays
    for component in (model.flow, model.trips, model.vehicle_load, model.need):
        for one in component.values():
            str(one.expr if hasattr(one, "body") else one.bounds)
    after = compile_model(model).arrays

    for name in ("cost", "lower", "upper", "integer", "starts", "index", "value", "row_lower"):
        np.testing.assert_array_equal(getattr(before, name), getattr(after, name))


def test_a_new_cost_and_a_direction_of_a_consultant_count(model: pyo.ConcreteModel) -> None:
    model.gift = pyo.Var(bounds=(0, 2))
    model.cost.expr = 2 * model.flow["A→B", "P1", "W1"] - model.gift + 7
    model.cost.sense = pyo.maximize
    arrays = compile_model(model).arrays

    assert arrays.sense == -1
    assert arrays.offset == 7
    assert {at: arrays.cost[at] for at in np.flatnonzero(arrays.cost)} == {0: 2.0, 18: -1.0}


def test_rows_and_columns_have_the_names_of_the_planner(model: pyo.ConcreteModel) -> None:
    compiled = compile_model(with_own_rules(model))

    assert compiled.rows["need"] == (6, 9)
    assert compiled.arrays.row_name(6) == "need[P1, W2]"
    assert compiled.arrays.row_name(9) == "cap"
    assert compiled.arrays.column_name(13) == "trips[A→B, W2]"
    assert compiled.arrays.column_name(19) == "extra[south]"


def not_linear(m: pyo.ConcreteModel) -> None:
    m.bad = pyo.Constraint(expr=m.flow["A→B", "P1", "W1"] ** 2 <= 4)


def two_objectives(m: pyo.ConcreteModel) -> None:
    m.second = pyo.Objective(expr=m.flow["A→B", "P1", "W1"])


def no_objective(m: pyo.ConcreteModel) -> None:
    m.cost.deactivate()


def foreign_variable(m: pyo.ConcreteModel) -> None:
    other = pyo.ConcreteModel()
    other.x = pyo.Var()
    m.bad = pyo.Constraint(expr=other.x <= 1)


def special_ordered_set(m: pyo.ConcreteModel) -> None:
    m.z = pyo.Var([1, 2])
    m.bad = pyo.SOSConstraint(var=m.z, sos=1)


def odd_domain(m: pyo.ConcreteModel) -> None:
    m.z = pyo.Var(domain=pyo.Set(initialize=[0, 2, 5]))


@pytest.mark.parametrize(
    ("change", "code", "named"),
    [
        (not_linear, "not-linear", "bad"),
        (two_objectives, "objectives", "2 active"),
        (no_objective, "objectives", "0 active"),
        (foreign_variable, "foreign-variable", "x"),
        (special_ordered_set, "kind-of-rule", "bad"),
        (odd_domain, "kind-of-variable", "z"),
    ],
)
def test_what_the_solver_cannot_take_is_named(
    model: pyo.ConcreteModel, change: Any, code: str, named: str
) -> None:
    change(model)
    with pytest.raises(SolveError, match=named) as caught:
        compile_model(model)
    assert caught.value.code == code


def test_what_a_deleted_family_stood_for_does_not_happen(model: pyo.ConcreteModel) -> None:
    model.del_component("flow")
    arrays = compile_model(model).arrays

    assert arrays.columns == 18  # the others keep their columns
    assert arrays.upper[:12].tolist() == [0.0] * 12
    assert np.isinf(arrays.upper[12:]).all()
    assert arrays.column_name(12) == "trips[A→B, W1]"
