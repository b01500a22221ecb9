"""On the shipped samples HiGHS gets from us what Pyomo's own interface gives it."""

import numpy as np
import pyomo.environ as pyo
import pytest
from pyomo.contrib.solver.solvers.highs import Highs

import tierstock as ts
from tierstock.solvers.compile import compile_model


def entries(row: np.ndarray, column: np.ndarray, value: np.ndarray) -> np.ndarray:
    """Coefficients as rows (row, column, value), sorted."""
    order = np.lexsort((row, column))
    return np.stack([row[order], column[order], value[order]])


@pytest.mark.parametrize("name", ["starter", "rebalancing"])
def test_the_official_interface_receives_the_same_coefficients(name: str) -> None:
    m = ts.build(ts.read(ts.sample(name)))
    arrays = compile_model(m).arrays
    variables = [m.columns.variable(at) for at in range(arrays.columns)]
    rows = [row for c in m.component_objects(pyo.Constraint) for row in c.values()]
    official = Highs()
    official.set_instance(m)
    lp = official._solver_model.getLp()
    known = official._pyomo_var_to_solver_var_map
    used = np.array([id(one) in known for one in variables])
    column = np.array([known.get(id(one), -1) for one in variables])
    row = np.array([official._pyomo_con_to_solver_con_map[one] for one in rows])

    assert (lp.num_row_, lp.num_col_) == (arrays.rows, int(used.sum()))
    assert used[arrays.index].all() and used[arrays.cost != 0].all()
    ours = entries(row[arrays.row_of_entry()], column[arrays.index], arrays.value)
    starts = np.diff(lp.a_matrix_.start_)
    by_row = len(starts) == lp.num_row_  # HiGHS keeps rows until it solves
    major = np.repeat(np.arange(len(starts)), starts)
    minor = np.array(lp.a_matrix_.index_)
    rows_, columns = (major, minor) if by_row else (minor, major)
    theirs = entries(rows_, columns, np.array(lp.a_matrix_.value_))
    np.testing.assert_array_equal(ours, theirs)
    np.testing.assert_array_equal(np.array(lp.col_cost_)[column[used]], arrays.cost[used])
    np.testing.assert_array_equal(np.array(lp.col_lower_)[column[used]], arrays.lower[used])
    np.testing.assert_array_equal(np.array(lp.col_upper_)[column[used]], arrays.upper[used])
    np.testing.assert_array_equal(np.array(lp.row_lower_)[row], arrays.row_lower)
    np.testing.assert_array_equal(np.array(lp.row_upper_)[row], arrays.row_upper)
    kinds = list(lp.integrality_) or [0] * lp.num_col_  # HiGHS keeps none for a linear program
    whole = np.array([int(kind) == 1 for kind in kinds])
    np.testing.assert_array_equal(whole[column[used]], arrays.integer[used])
    assert lp.offset_ == pytest.approx(arrays.offset)
