"""Which binary shuts a column, and how much it lets through when it is 1."""

from dataclasses import dataclass

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.model.rows import ArrayConstraint
from tierstock.model.strengthening.nodes import ColumnFacts

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Gates:
    """For every column its gate.

    Attributes:
        binary: [n] column of the binary without which this column is 0; -1 where none is.
        most: [n] most of this column when the binary is 1.
    """

    binary: Ints
    most: Floats


def read_gates(m: pyo.ConcreteModel, facts: ColumnFacts) -> Gates:
    r"""Find the gates in rows of the form :math:`\sum_j a_j x_j \le b\, y`, whoever added them.

    Where several binaries shut a column, one that costs something counts, and of these the one
    that shuts fewest: a departure rather than a site.

    Args:
        m: model with all families.
        facts: of all columns.
    """
    binary = facts.whole & (facts.upper <= 1) & (facts.lower >= 0)
    result = Gates(np.full(len(binary), -1), np.zeros(len(binary)))
    families = [one for one in m.component_objects(pyo.Constraint) if binary.any()]
    found = [_of(one, binary, facts) for one in families if isinstance(one, ArrayConstraint)]
    if not found:
        return result
    column, by, amount = (np.concatenate(parts) for parts in zip(*found, strict=True))
    shuts = np.bincount(by, minlength=len(binary))[by]
    free = m.costs.vector(len(binary))[by] <= 0
    order = np.lexsort((shuts, free, column))
    first = np.ones(len(order), dtype=bool)
    first[1:] = column[order[1:]] != column[order[:-1]]
    best = order[first]
    result.binary[column[best]] = by[best]
    result.most[column[best]] = amount[best]
    return result


def _of(
    family: ArrayConstraint, binary: NDArray[np.bool_], facts: ColumnFacts
) -> tuple[Ints, Ints, Floats]:
    """Columns shut by the rows of one family, their binaries, and what these let through."""
    starts, column, value = family.csr()
    count = len(starts) - 1
    row = np.repeat(np.arange(count), np.diff(starts))
    below = value < 0
    gates = np.bincount(row[below], minlength=count)
    wrong = np.where(below, ~binary[column], facts.lower[column] < 0)
    good = (family.upper == 0.0) & np.isneginf(family.lower) & (gates == 1)
    good &= np.bincount(row[wrong], minlength=count) == 0
    gate, room = np.zeros(count, dtype=np.int64), np.zeros(count)
    gate[row[below]], room[row[below]] = column[below], -value[below]
    here = ~below & good[row]
    row, value = row[here], value[here]
    return column[here], gate[row], room[row] / value
