"""Tables to the least cost of tierstock's own model, without a child process."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import highspy
import numpy as np
import pandas as pd
import pyomo.environ as pyo
from program import Unsettled, settle

import tierstock as ts
from tierstock.inputs import Network
from tierstock.model.levels import Aim
from tierstock.solvers import sanity
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.compile import compile_model
from tierstock.solvers.compliance import Answer, hold_caps

Sheets = Mapping[str, Sequence[Mapping[str, Any]]]
Solver = Callable[[Arrays, "np.ndarray | None"], float | None]
"""Takes a program and gives its least value, None where nothing keeps to all rows; writes a best
plan into the second argument where there is one."""
LANES = ["From", "To", "Lead Time"]
ROOMS = (1e-9, 1e-8, 1e-7, 1e-6)
"""Room of a level that is kept, as a share: the first with which rounding leaves a plan."""


def frames(sheets: Sheets) -> dict[str, pd.DataFrame]:
    """Return rows of cells as the frames a planner would hand over; what is not said is blank."""
    found = {
        name: pd.DataFrame(list(rows)).astype(object).where(lambda frame: frame.notna(), None)
        for name, rows in sheets.items()
        if rows
    }
    return {"Lanes": pd.DataFrame(columns=LANES), **found}


def least_cost_of(net: Network) -> float | None:
    """Return the least cost of a network at gap 0; None when nothing is feasible."""
    return least_of(ts.build(net))


def least_of(m: pyo.ConcreteModel, solver: Solver | None = None) -> float | None:
    """Return the least cost of a model at gap 0, with every level before cost or profit kept.

    Its numbers have to be such that ``ts.solve`` takes them. Without another solver HiGHS is used.
    """
    solver = solver or least
    if m.caps:
        hold_caps(m, lambda arrays: ask(arrays, solver))
    arrays, kept = compile_model(m).arrays, list[tuple[Aim, float]]()
    sanity.check(arrays)
    value = solver(arrays, None) if not m.aims else None
    tolerance = m.network.settings.objective_tolerance
    if any(not aim.named for aim in m.aims[2:]):
        tolerance = 0.0  # otherwise it would depend on the plan what such a level finds
    for aim in m.aims:
        share = tolerance if aim.named else 0.0
        for room in ROOMS if kept else ROOMS[:1]:
            level = replace(arrays, cost=aim.coefficients, offset=aim.constant, sense=aim.sense)
            for one, reached in kept:
                level = _kept(level, one, reached, share, room)
            try:
                value = solver(level, None)
            except Unsettled:
                if room == ROOMS[-1]:
                    raise
                continue
            if value is not None:
                break
        if value is None:
            return None
        kept.append((aim, value))
    return -(value or 0.0) if m.aims and m.aims[-1].name == "profit" else value


def _kept(arrays: Arrays, aim: Aim, value: float, tolerance: float, room: float) -> Arrays:
    """Return the model with a row that keeps a level within its tolerance."""
    best = aim.sense * value
    most = best + tolerance * abs(best) + room * max(1.0, abs(best))
    used = np.flatnonzero(aim.coefficients)
    return replace(
        arrays,
        starts=np.append(arrays.starts, len(arrays.value) + len(used)).astype(np.int32),
        index=np.append(arrays.index, used).astype(np.int32),
        value=np.append(arrays.value, aim.sense * aim.coefficients[used]),
        row_lower=np.append(arrays.row_lower, -np.inf),
        row_upper=np.append(arrays.row_upper, most - aim.sense * aim.constant),
    )


def ask(arrays: Arrays, solver: Solver | None = None) -> Answer:
    """Solve a program to the end; the plan, or that there is none."""
    plan = np.zeros(arrays.columns)
    value = (solver or least)(arrays, plan)
    return Answer(None if value is None else plan, proven=True)


def cost_of(sheets: Sheets) -> float | None:
    """Read tables, build the model and return its least cost at gap 0."""
    return least_cost_of(ts.read(frames(sheets)))


def least(arrays: Arrays, plan: np.ndarray | None = None) -> float | None:
    """Solve compiled arrays and return the least cost; None when nothing is feasible.

    A best plan is written into ``plan``.
    """
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = arrays.columns, arrays.rows
    model.col_cost_, model.offset_ = arrays.cost, arrays.offset
    model.col_lower_, model.col_upper_ = arrays.lower, arrays.upper
    model.sense_ = highspy.ObjSense.kMinimize if arrays.sense == 1 else highspy.ObjSense.kMaximize
    model.row_lower_, model.row_upper_ = arrays.row_lower, arrays.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = arrays.starts
    model.a_matrix_.index_ = arrays.index
    model.a_matrix_.value_ = arrays.value
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    model.integrality_ = [kinds[int(whole)] for whole in arrays.integer]
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_feasibility_tolerance", 1e-9)
    assert solver.passModel(model) == highspy.HighsStatus.kOk
    value = settle(solver, np.flatnonzero(arrays.integer).tolist())
    if plan is not None and value is not None:
        plan[:] = solver.getSolution().col_value
    return value
