"""The columns of a Pyomo model: array families first, ordinary variables behind them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyomo.environ as pyo
from pyomo.core.base.var import VarData

from tierstock.model.variables import ArrayVar, Columns
from tierstock.solvers.arrays import Flags, Floats
from tierstock.solvers.errors import SolveError


@dataclass(frozen=True)
class ModelColumns:
    """Which variable stands in which column.

    Attributes:
        families: array families in column order.
        gone: ``id`` of the families somebody deleted from the model; their columns stay, at 0.
        ordinary: ordinary variables a consultant added, in the order of their columns.
        arrays: number of columns of the array families.
        number: column of each variable that exists as an object, by ``id``.
    """

    families: tuple[ArrayVar, ...]
    ordinary: tuple[VarData, ...]
    arrays: int
    number: dict[int, int]
    gone: frozenset[int] = frozenset()

    @property
    def count(self) -> int:
        """Number of all columns."""
        return self.arrays + len(self.ordinary)

    def name(self, column: int) -> str:
        """Return the readable name of a column, e.g. ``flow[DC1→S1, P1, 2026-W03]``."""
        if column >= self.arrays:
            return str(self.ordinary[column - self.arrays].name)
        starts = [family.start for family in self.families]
        family = self.families[int(np.searchsorted(starts, column, side="right")) - 1]
        return label(family.name, family.key_list[column - family.start])

    def bounds(self) -> tuple[Floats, Floats, Flags]:
        """Return lower and upper bounds and whole-number flags, as the model stands now.

        Variables somebody looked at count as they are; a fixed variable has equal bounds.
        """
        lower, upper = np.full(self.count, -np.inf), np.full(self.count, np.inf)
        integer = np.zeros(self.count, dtype=bool)
        for family in self.families:
            here = slice(family.start, family.start + len(family))
            if id(family) in self.gone:
                lower[here] = upper[here] = 0.0
                continue
            lower[here], upper[here], integer[here] = family.lower, family.upper, family.integer
            for at, variable in family.touched():
                column = family.start + at
                lower[column], upper[column], integer[column] = _facts(variable)
        for at, variable in enumerate(self.ordinary, self.arrays):
            lower[at], upper[at], integer[at] = _facts(variable)
        return lower, upper, integer


def label(name: str, key: Any) -> str:
    """Return ``name[key, key]`` as a planner reads it."""
    parts = key if isinstance(key, tuple) else (key,)
    return f"{name}[{', '.join(map(str, parts))}]"


def columns_of(m: pyo.ConcreteModel) -> ModelColumns:
    """Return the columns of a model.

    An array family that was deleted (``m.del_component("excess")``) keeps its columns, fixed at
    0: what it stood for does not happen.
    """
    families, ordinary = [], []
    for component in m.component_objects(pyo.Var, descend_into=True):
        if isinstance(component, ArrayVar):
            families.append(component)
        else:
            ordinary.extend(component.values())
    gone = _deleted(m, families)
    families += gone
    families.sort(key=lambda family: family.start)
    arrays = sum(map(len, families))
    number = {id(variable): at for at, variable in enumerate(ordinary, arrays)}
    for family in families:
        number.update((id(variable), family.start + at) for at, variable in family.touched())
    out = frozenset(map(id, gone))
    return ModelColumns(tuple(families), tuple(ordinary), arrays, number, out)


def _deleted(m: pyo.ConcreteModel, there: list[ArrayVar]) -> list[ArrayVar]:
    """Return the families whose columns the model counts but which are not on it any more."""
    columns, present = getattr(m, "columns", None), {id(family) for family in there}
    if not isinstance(columns, Columns):
        return []
    return [family for family in columns.families if id(family) not in present]


def _facts(variable: VarData) -> tuple[float, float, bool]:
    if variable.fixed:
        value = variable.value
        if value is None:
            raise SolveError("not-a-number", where=variable.name, what="lower", value=value)
        return float(value), float(value), False
    if not (variable.is_continuous() or variable.is_integer()):
        raise SolveError("kind-of-variable", where=variable.name, value=variable.domain.name)
    low, high = variable.bounds
    lower = -np.inf if low is None else float(low)
    upper = np.inf if high is None else float(high)
    return lower, upper, not variable.is_continuous()
