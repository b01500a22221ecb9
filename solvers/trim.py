"""Takes back what serves nothing, such as a spare trip or a shortfall that is none."""

import numpy as np

from tierstock.solvers.arrays import Arrays, Floats, Ints

NEAR = 1e-9
"""Distance from a whole number that is noise."""


def trimmed(arrays: Arrays, values: Floats) -> Floats:
    """Lower each whole-number column that earns nothing as far as its rows allow.

    A plan within the asked gap may pay for a trip nobody needs, or count a stock-out where there
    is none. Each such column is lowered with all others as they are, the dearest first, so the
    plan keeps every rule and never gets dearer.

    Args:
        arrays: the model.
        values: [n] a plan that keeps every rule.
    """
    money = arrays.cost * arrays.sense
    open_ = arrays.integer & (money >= 0) & (values > arrays.lower + 0.5)
    entry = np.flatnonzero(open_[arrays.index])
    if not len(entry):
        return values
    row, column = arrays.row_of_entry()[entry], arrays.index[entry]
    value = arrays.value[entry]
    activity = arrays.activity(values)
    most = np.where(open_, values - arrays.lower, 0.0)
    np.minimum.at(most, column, _room(arrays, activity, row, value))
    result = values.copy()
    candidates = np.flatnonzero(np.floor(most + NEAR) >= 1)
    order = np.argsort(column, kind="stable")
    first = np.searchsorted(column[order], candidates, side="left")
    last = np.searchsorted(column[order], candidates, side="right")
    for at in np.argsort(-money[candidates], kind="stable"):
        j, here = candidates[at], order[first[at] : last[at]]
        room = _room(arrays, activity, row[here], value[here]).min(initial=np.inf)
        less = np.floor(min(room, result[j] - arrays.lower[j]) + NEAR)
        if less >= 1:
            result[j] -= less
            activity[row[here]] -= less * value[here]
    return result


def tightened(arrays: Arrays, values: Floats) -> Floats:
    """Set what costs and stands in one row only to just what this row asks for.

    A shortfall or an excess is as large as what it makes up for. A plan that was mixed of others
    may have it larger, one from a solver smaller by the solver's tolerance.

    Args:
        arrays: the model.
        values: [n] a plan that keeps every rule; whole numbers stay.
    """
    degree = np.bincount(arrays.index, minlength=arrays.columns)
    dear = (arrays.cost * arrays.sense > 0) & ~arrays.integer & (degree == 1)
    entry = np.flatnonzero(dear[arrays.index])
    if not len(entry):
        return values
    row, column, value = arrays.row_of_entry()[entry], arrays.index[entry], arrays.value[entry]
    order = np.lexsort((-arrays.cost[column] * arrays.sense, row))
    first = order[np.concatenate([[True], np.diff(row[order]) > 0])]  # the dearest of each row
    row, column, value = row[first], column[first], value[first]
    activity = arrays.activity(values)
    slack = np.where(
        value < 0, arrays.row_upper[row] - activity[row], activity[row] - arrays.row_lower[row]
    )
    result = values.copy()
    asked = values[column] - slack / np.abs(value)
    result[column] = np.clip(asked, arrays.lower[column], arrays.upper[column])
    return result


def _room(arrays: Arrays, activity: Floats, row: Ints, value: Floats) -> Floats:
    """How far the column of each entry may fall before its row breaks."""
    slack = np.where(
        value < 0, arrays.row_upper[row] - activity[row], activity[row] - arrays.row_lower[row]
    )
    size = np.maximum(1.0, np.abs(activity[row]))
    room: Floats = (slack + NEAR * size) / np.abs(value)
    return room
