"""Tables to the least cost of tierstock's own model, without a child process."""

from collections.abc import Mapping, Sequence
from typing import Any

import highspy
import numpy as np
import pandas as pd
from program import settle

import tierstock as ts
from tierstock.inputs import Network
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.compile import compile_model

Sheets = Mapping[str, Sequence[Mapping[str, Any]]]
LANES = ["From", "To", "Lead Time"]


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
    return least(compile_model(ts.build(net)).arrays)


def cost_of(sheets: Sheets) -> float | None:
    """Read tables, build the model and return its least cost at gap 0."""
    return least_cost_of(ts.read(frames(sheets)))


def least(arrays: Arrays) -> float | None:
    """Solve compiled arrays and return the least cost; None when nothing is feasible."""
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = arrays.columns, arrays.rows
    model.col_cost_, model.offset_ = arrays.cost, arrays.offset
    model.col_lower_, model.col_upper_ = arrays.lower, arrays.upper
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
    return settle(solver, np.flatnonzero(arrays.integer).tolist())
