"""A plan that another solver has put on the variables of a model.

Other solvers keep rules less closely than we do. Where their values break one, the whole numbers
are kept and the rest is solved again; a trip that nobody needs is taken back.
"""

import math
import time
from typing import Any

import numpy as np

from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.clean import TOLERANCE, base, exact, rounded
from tierstock.solvers.columns import ModelColumns
from tierstock.solvers.compile import compile_model
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.errors import SolveError
from tierstock.solvers.options import SolveOptions
from tierstock.solvers.solution import Solution
from tierstock.solvers.status import Stopped, gap_of
from tierstock.solvers.trim import trimmed


def read_solution(m: Any, *, bound: float | None, solver: str, gap: float) -> Solution:
    """Check the values on a model's variables and return them as a solution.

    Args:
        m: Pyomo model, solved by any solver of Pyomo.
        bound: limit no plan can beat, as that solver proved it; None where it proved none.
        solver: its name and version.
        gap: gap up to which the plan counts as proven.

    Raises:
        SolveError: no variable has a value, or the values break a rule of the model.
    """
    began = time.monotonic()
    compiled = compile_model(m)
    arrays, columns = compiled.arrays, compiled.columns
    values = values_of(columns)
    if np.isnan(values).all():
        raise SolveError("no-values")
    inside = np.where(np.isnan(values), np.clip(0.0, arrays.lower, arrays.upper), values)
    plan = trimmed(arrays, _exact(arrays, inside))
    objective = arrays.objective(plan)
    limit = -math.inf * arrays.sense if bound is None else bound
    apart = gap_of(objective, limit)
    stopped: Stopped = "optimal" if apart == 0 else "gap" if apart <= gap else "user"
    return Solution(
        values=plan,
        objective=objective,
        bound=limit,
        gap=apart,
        stopped=stopped,
        quality="proven" if apart <= gap else "feasible",
        exact=True,
        seconds=time.monotonic() - began,
        size={
            "columns": arrays.columns,
            "rows": arrays.rows,
            "nonzeros": arrays.nonzeros,
            "integers": int(arrays.integer.sum()),
        },
        solver=solver,
        log=(),
        mark=arrays.mark(),
    )


def _exact(arrays: Arrays, values: Floats) -> Floats:
    """Return the plan within our tolerance: as it is, or solved again with its whole numbers."""
    plan = rounded(arrays, values)
    if plan is None and arrays.whole:
        linear = arrays.fixed(base(arrays, values))
        found = solve_arrays(linear, SolveOptions(gap=0.0).in_one_piece())
        plan = rounded(arrays, found.values) if found.quality != "none" else None
    if plan is None:
        worst = arrays.violation(exact(arrays, values))
        raise SolveError("breaks-rules", value=f"{worst:.3g}", high=f"{TOLERANCE:g}")
    return plan


def values_of(columns: ModelColumns) -> Floats:
    """Return the value on each column of a model, not a number where it has none; shape [n]."""
    values = np.full(columns.count, np.nan)
    for family in columns.families:
        if family.level is not None:
            values[family.start : family.start + len(family)] = family.level
        for at, variable in family.touched():
            if variable.value is not None:
                values[family.start + at] = variable.value
    for at, variable in enumerate(columns.ordinary, columns.arrays):
        if variable.value is not None:
            values[at] = variable.value
    return values
