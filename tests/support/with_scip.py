"""Compiled arrays to their least cost by SCIP: a solver that shares no code with HiGHS."""

from dataclasses import replace

import numpy as np
import pyscipopt
from program import Unsettled

from tierstock.solvers.arrays import Arrays

NEAR = 1e-9
"""How far SCIP may be off a limit or a whole number."""


def least(arrays: Arrays, plan: np.ndarray | None = None) -> float | None:
    """Solve compiled arrays and return the least value; None when nothing is feasible.

    Whole numbers are then fixed at what they are nearest to and the rest is solved again, as with
    HiGHS. A best plan is written into ``plan``.
    """
    found = _solved(arrays)
    if found is None:
        return None
    if arrays.integer.any():
        whole, nearest = arrays.integer, np.round(found[1])
        fixed = replace(
            arrays,
            lower=np.where(whole, nearest, arrays.lower),
            upper=np.where(whole, nearest, arrays.upper),
            integer=np.zeros(arrays.columns, dtype=bool),
        )
        found = _solved(fixed)
        if found is None:
            raise Unsettled("the whole numbers that SCIP found leave no plan")
    if plan is not None:
        plan[:] = found[1]
    return found[0]


def _solved(arrays: Arrays) -> tuple[float, np.ndarray] | None:
    """The least value and a best plan."""
    model = pyscipopt.Model()
    model.hideOutput()
    model.setParam("numerics/feastol", NEAR)
    columns = [
        model.addVar(lb=_bound(low), ub=_bound(high), obj=float(cost), vtype="I" if whole else "C")
        for low, high, cost, whole in zip(
            arrays.lower, arrays.upper, arrays.cost, arrays.integer, strict=True
        )
    ]
    for row in range(arrays.rows):
        cells = slice(int(arrays.starts[row]), int(arrays.starts[row + 1]))
        terms = zip(arrays.value[cells], arrays.index[cells], strict=True)
        total = pyscipopt.quicksum(float(value) * columns[column] for value, column in terms)
        low, high = _bound(arrays.row_lower[row]), _bound(arrays.row_upper[row])
        if low is not None and low == high:
            model.addCons(total == low)
            continue
        if low is not None:
            model.addCons(total >= low)
        if high is not None:
            model.addCons(total <= high)
    (model.setMinimize if arrays.sense == 1 else model.setMaximize)()
    model.optimize()
    if model.getStatus() in ("infeasible", "inforunbd"):
        return None
    assert model.getStatus() == "optimal", model.getStatus()
    values = np.array([model.getVal(column) for column in columns])
    return float(arrays.cost @ values + arrays.offset), values


def _bound(value: float) -> float | None:
    return None if np.isinf(value) else float(value)
