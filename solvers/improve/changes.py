"""What looks at places changed, to be added to a plan that others change at the same time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tierstock.solvers.improve.matrix import Floats, Matrix, Numbers

NOISE = 1e-9
"""Distance from zero that counts as zero."""


@dataclass(frozen=True, eq=False)
class Change:
    """What one look changed.

    Attributes:
        columns: [k] columns, ascending.
        by: [k] how much is added to each.
    """

    columns: Numbers
    by: Floats


def changed(columns: Numbers, before: Floats, after: Floats) -> Change:
    """Return the change of some columns from their values before to those after."""
    moved = before != after
    return Change(columns[moved], (after - before)[moved])


def added(matrix: Matrix, values: Floats, change: Change) -> Change | None:
    """Add a change to a plan in place, if the plan stays one and gets cheaper.

    Whole numbers stay whole, what comes near zero is zero, and no bound is left. Returns what was
    changed in the end, None where that makes no plan or none that is cheaper.

    Args:
        matrix: the model, its cost to be made small.
        values: [n] a plan; another one than that of which the change was made, perhaps.
        change: what to add.
    """
    columns = change.columns
    low, high, cost = matrix.lower[columns], matrix.upper[columns], matrix.cost[columns]
    old, new = values[columns], values[columns] + change.by
    new = np.where(matrix.integer[columns], np.rint(new), new)
    new = np.clip(np.where(np.abs(new) <= NOISE, 0.0, new), low, high) + 0.0  # no negative zero
    if float((cost * (new - old)).sum()) >= 0.0:
        return None
    values[columns] = new
    if matrix.kept(matrix.rows_of(columns), values):
        return changed(columns, old, new)
    values[columns] = old
    return None


def packed(changes: Sequence[Change]) -> dict[str, Any]:
    """Return changes as arrays that cross between processes: ``starts`` says where each begins."""
    size = [len(one.columns) for one in changes]
    return {
        "columns": np.concatenate([one.columns for one in changes]).astype(np.int32),
        "by": np.concatenate([one.by for one in changes]),
        "starts": np.cumsum([0, *size]).astype(np.int32),
    }


def unpacked(arrays: dict[str, Any]) -> list[Change]:
    """Return the changes of ``packed``."""
    columns, by = arrays["columns"].astype(np.int64), arrays["by"]
    edges = arrays["starts"].tolist()
    return [Change(columns[a:b], by[a:b]) for a, b in zip(edges, edges[1:], strict=False)]
