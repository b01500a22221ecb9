"""Arrays into HiGHS, and the best cost out of it."""

from typing import Any

import highspy
import numpy as np

from tierstock.solvers.arrays import Arrays


def loaded(arrays: Arrays, whole: bool = True) -> highspy.Highs:
    """Return a silent HiGHS that holds a model; ``whole``: with its whole numbers.

    Raises:
        RuntimeError: HiGHS refused the model.
    """
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    integer = arrays.integer if whole else np.zeros(arrays.columns, dtype=bool)
    status = solver.passModel(
        arrays.columns,
        arrays.rows,
        arrays.nonzeros,
        int(highspy.MatrixFormat.kRowwise),
        arrays.sense,
        arrays.offset,
        arrays.cost,
        arrays.lower,
        arrays.upper,
        arrays.row_lower,
        arrays.row_upper,
        arrays.starts,
        arrays.index,
        arrays.value,
        integer.astype(np.int32),
    )
    if status == highspy.HighsStatus.kError:
        raise RuntimeError("HiGHS refused the model")
    return solver


def optimum(solver: Any) -> float:
    """Solve and return the best cost.

    Raises:
        RuntimeError: HiGHS did not come to an optimum.
    """
    solver.setOptionValue("output_flag", False)
    solver.run()
    status = solver.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"HiGHS ended with {status}")
    return float(solver.getInfo().objective_function_value)
