"""What the families of service share: keys of rules, and what is not issued at once."""

import numpy as np
import pyomo.environ as pyo
from numpy.typing import ArrayLike, NDArray

from tierstock.inputs.network import Texts
from tierstock.model.keys import Keys, Level
from tierstock.model.rows import Rows

Ints = NDArray[np.int64]
MISSED = ("lost", "owed_new")
"""What is wanted and not issued in its period: lost at once or newly owed."""


def keys_of(*names: Texts) -> Keys:
    """Keys of rules from their names, one array per level, e.g. label and window."""
    levels, codes = [], []
    for one in names:
        unique, code = np.unique(one.astype(str), return_inverse=True)
        levels.append(Level(unique))
        codes.append(code.reshape(-1))
    return Keys(levels, codes)


def add_missed(
    rows: Rows, m: pyo.ConcreteModel, row: Ints, stream: Ints, period: Ints, coefficient: ArrayLike
) -> None:
    """Add what records miss to rows: coefficient x (U + nb) of each record.

    Args:
        rows: family of rows.
        m: the model, with demand.
        row: row of each record.
        stream: stream of each record.
        period: period of each record.
        coefficient: one number, or one per record.
    """
    for name in MISSED:
        family = m.component(name)
        if family is not None:
            rows.add(family, coefficient, at=family.grid[stream, period], row=row)


def can_miss(m: pyo.ConcreteModel, stream: Ints, period: Ints) -> NDArray[np.bool_]:
    """Whether a record has anything that is not issued at once."""
    found = np.zeros(len(stream), dtype=bool)
    for name in MISSED:
        family = m.component(name)
        if family is not None:
            found |= family.grid[stream, period] >= 0
    return found
