"""Pyomo model -> arrays: every array family as it lies, ordinary components through Pyomo."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray
from pyomo.core.base.constraint import ConstraintData
from pyomo.core.base.set import Set
from pyomo.network import Port
from pyomo.repn.standard_repn import generate_standard_repn
from pyomo.repn.util import categorize_valid_components

from tierstock.model.keys import Keys
from tierstock.model.objective import ArrayObjective
from tierstock.model.rows import ArrayConstraint
from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.columns import ModelColumns, columns_of, label
from tierstock.solvers.errors import SolveError

KNOWN = {
    pyo.Block,
    pyo.Constraint,
    pyo.Var,
    pyo.Param,
    pyo.Expression,
    pyo.ExternalFunction,
    pyo.Objective,
    pyo.Suffix,
    pyo.RangeSet,
    Set,
    Port,
}
"""Kinds of Pyomo component that can stand in a model; any other active one is refused."""


BALANCE = "stock_balance"
"""Name of the rows that balance the stock of each place."""


@dataclass(frozen=True)
class Piece:
    """The rows of one component: its matrix, limits, and how each row is called."""

    component: Any
    keys: Any
    count: NDArray[np.int64]
    index: NDArray[np.int64]
    value: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True)
class Compiled:
    """A model as arrays, and the way back.

    Attributes:
        arrays: what goes to the solver.
        columns: which variable stands in which column.
        rows: first and last row (exclusive) of each component, by its name.
    """

    arrays: Arrays
    columns: ModelColumns
    rows: dict[str, tuple[int, int]]


def compile_model(m: pyo.ConcreteModel) -> Compiled:
    """Return the arrays of a Pyomo model; inactive rows are left out.

    Args:
        m: model with array families, ordinary variables and linear rows.

    Raises:
        SolveError: the model holds something that is not linear or not known.
    """
    _refuse_unknown(m)
    columns = columns_of(m)
    pieces = []
    for component in m.component_objects(pyo.Constraint, active=True, descend_into=True):
        piece = (
            _array_piece(component)
            if isinstance(component, ArrayConstraint)
            else _ordinary_piece(component, columns)
        )
        if len(piece.count):
            pieces.append(piece)
    cost, offset, sense = _objective(m, columns)
    lower, upper, integer = columns.bounds()
    starts, index, value = _stack(pieces)
    first = np.cumsum([0, *(len(piece.count) for piece in pieces)]).tolist()
    none = np.zeros(0)
    arrays = Arrays(
        cost=cost,
        lower=lower,
        upper=upper,
        integer=integer,
        starts=starts,
        index=index,
        value=value,
        row_lower=np.concatenate([none, *(piece.lower for piece in pieces)]),
        row_upper=np.concatenate([none, *(piece.upper for piece in pieces)]),
        offset=offset,
        sense=sense,
        column_name=columns.name,
        row_name=partial(_row_name, pieces, first),
        place=_balanced(pieces, first, 0),
        product=_balanced(pieces, first, 1),
        period=_balanced(pieces, first, 2),
    )
    rows = {
        piece.component.name: (start, start + len(piece.count))
        for piece, start in zip(pieces, first, strict=False)
    }
    return Compiled(arrays, columns, rows)


def _refuse_unknown(m: pyo.ConcreteModel) -> None:
    _, unknown = categorize_valid_components(m, active=True, valid=KNOWN, targets=set())
    for kind, components in unknown.items():
        name = getattr(kind, "__name__", str(kind))
        raise SolveError("kind-of-rule", where=components[0].name, value=name)


def _array_piece(component: ArrayConstraint) -> Piece:
    starts, index, value = component.csr()
    count = np.diff(starts)
    keys: Any = component.key_list
    lower, upper = component.lower, component.upper
    off = [at for at, one in component.touched() if not one.active]
    if off:
        kept = np.ones(len(count), dtype=bool)
        kept[off] = False
        entry = np.repeat(kept, count)
        index, value, count = index[entry], value[entry], count[kept]
        lower, upper = lower[kept], upper[kept]
        keys = keys.at(kept)
    return Piece(component, keys, count, index, value, lower, upper)


def _ordinary_piece(component: Any, columns: ModelColumns) -> Piece:
    keys, count, lower, upper = [], [], [], []
    index: list[int] = []
    value: list[float] = []
    for key, one in component.items():
        if not one.active:
            continue
        low, body, high = _bounded(one)
        numbers, coefficients, constant = _linear(body, one.name, columns)
        keys.append(key)
        count.append(len(numbers))
        index += numbers
        value += coefficients
        lower.append(-np.inf if low is None else float(low) - constant)
        upper.append(np.inf if high is None else float(high) - constant)
    return Piece(
        component,
        keys,
        np.array(count, dtype=np.int64),
        np.array(index, dtype=np.int64),
        np.array(value, dtype=float),
        np.array(lower, dtype=float),
        np.array(upper, dtype=float),
    )


def _bounded(one: ConstraintData) -> tuple[Any, Any, Any]:
    low, body, high = one.to_bounded_expression(evaluate_bounds=True)
    return low, body, high


def _linear(
    expression: Any, where: str, columns: ModelColumns
) -> tuple[list[int], list[float], float]:
    """Return columns, coefficients and constant of a linear expression."""
    repn = generate_standard_repn(expression, compute_values=True)
    if not repn.is_linear():
        raise SolveError("not-linear", where=where)
    numbers = []
    for variable in repn.linear_vars:
        column = columns.number.get(id(variable))
        if column is None:
            raise SolveError("foreign-variable", where=variable.name)
        numbers.append(column)
    return numbers, [float(one) for one in repn.linear_coefs], float(repn.constant)


def _objective(m: pyo.ConcreteModel, columns: ModelColumns) -> tuple[Floats, float, int]:
    active = list(m.component_data_objects(pyo.Objective, active=True, descend_into=True))
    if len(active) != 1:
        raise SolveError("objectives", count=len(active))
    (one,) = active
    cost = np.zeros(columns.count)
    sense = 1 if one.sense == pyo.minimize else -1
    if isinstance(one, ArrayObjective) and not one.custom:
        cost[: len(one.coefficients)] = one.coefficients
        return cost, float(one.constant), sense
    numbers, coefficients, constant = _linear(one.expr, one.name, columns)
    cost[numbers] = coefficients
    return cost, constant, sense


def _stack(
    pieces: list[Piece],
) -> tuple[NDArray[np.int32], NDArray[np.int32], Floats]:
    """Return the rows of all pieces as one compressed matrix without zeros."""
    empty = np.zeros(0, dtype=np.int64)
    count = np.concatenate([empty, *(piece.count for piece in pieces)])
    index = np.concatenate([empty, *(piece.index for piece in pieces)])
    value = np.concatenate([np.zeros(0), *(piece.value for piece in pieces)])
    starts = np.concatenate([[0], np.cumsum(count)])
    real = value != 0.0
    if not real.all():
        starts = np.concatenate([[0], np.cumsum(real)])[starts]
        index, value = index[real], value[real]
    return starts.astype(np.int32), index.astype(np.int32), value


def _balanced(pieces: list[Piece], first: list[int], level: int) -> NDArray[np.int32] | None:
    """Return whose stock each row balances: code of its place (0), product (1) or period (2).

    -1 for other rows; None where there is no row of this kind.
    """
    found = np.full(first[-1], -1, dtype=np.int32)
    for piece, start in zip(pieces, first, strict=False):
        if piece.component.name == BALANCE and isinstance(piece.keys, Keys):
            found[start : start + len(piece.count)] = piece.keys.codes[level]
    return found if (found >= 0).any() else None


def _row_name(pieces: list[Piece], first: list[int], row: int) -> str:
    at = int(np.searchsorted(first, row, side="right")) - 1
    name, key = str(pieces[at].component.name), pieces[at].keys[row - first[at]]
    return name if key is None else label(name, key)
