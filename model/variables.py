"""Variables whose bounds live in arrays; a Pyomo variable is made when somebody looks at it."""

from typing import Any

import numpy as np
import pyomo.environ as pyo
from numpy.typing import ArrayLike, NDArray
from pyomo.core.base.var import IndexedVar, VarData

from tierstock.model.keys import Keys, KeySet

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]


class ArrayVar(IndexedVar):
    """A family of variables over ``Keys``, with bounds as arrays.

    It is an ordinary indexed ``pyomo.Var``: ``m.flow[lane, product, period]``, iteration, ``fix``,
    ``setub``, ``clone``, writing LP files all work. A ``VarData`` exists only for keys that were
    looked at; whatever a consultant changed on it counts from then on (see ``touched``).

    Attributes:
        start: number of the first column of this family in the model.
        codes: integer codes of the keys, by name, e.g. ``{"goods": ..., "period": ...}``.
        grid: position of each combination of codes, -1 where there is no variable.
        lower, upper: [n] bounds.
        integer: whether they are whole numbers, one flag or [n].
    """

    def __init__(
        self,
        keys: Keys,
        codes: dict[str, Ints],
        grid: Ints,
        lower: Floats,
        upper: Floats,
        *,
        integer: bool | Flags,
        start: int,
        doc: str,
    ) -> None:
        super().__init__(KeySet(keys), dense=False, doc=doc)
        self.key_list = keys
        self.codes = codes
        self.grid = grid
        self.lower = lower
        self.upper = upper
        self.integer = integer
        self.start = start
        self.level: Floats | None = None

    @property
    def whole(self) -> Flags:
        """Which of the variables are whole numbers; [n]."""
        return np.broadcast_to(self.integer, len(self))

    def __len__(self) -> int:
        return len(self.key_list)

    def __contains__(self, key: object) -> bool:
        return key in self.key_list

    def _getitem_when_not_present(self, index: Any) -> VarData:
        at = self.key_list.position(index)
        if at < 0:
            raise KeyError(f"{index!r} is not a key of {self.name}")
        one = VarData(component=self)
        one._index = index
        low, high = float(self.lower[at]), float(self.upper[at])
        one._domain = self._domain_of(low, high, bool(self.whole[at]))
        one._lb = None if low in (0.0, -np.inf) and one._domain is not pyo.Reals else low
        one._ub = None if high == np.inf else high
        if self.level is not None:
            one._value = float(self.level[at])
        self._data[index] = one
        return one

    def _domain_of(self, low: float, high: float, whole: bool) -> Any:
        if low < 0:
            return pyo.Integers if whole else pyo.Reals
        if not whole:
            return pyo.NonNegativeReals
        return pyo.Binary if high == 1.0 else pyo.NonNegativeIntegers

    def touched(self) -> list[tuple[int, VarData]]:
        """Return position and object of every variable somebody looked at."""
        return [(self.key_list.position(key), one) for key, one in self._data.items()]

    def load(self, values: Floats) -> None:
        """Put solution values on the family; shape [n]."""
        self.level = values
        for at, one in self.touched():
            one.set_value(float(values[at]), skip_validation=True)


class Columns:
    """All array variables of a model in column order; a position in all of them is a column."""

    start = 0

    def __init__(self) -> None:
        self.families: list[ArrayVar] = []
        self.starts: list[int] = []
        self.count = 0

    def add(self, family: ArrayVar) -> None:
        """Append a family; its columns follow the ones already there."""
        self.families.append(family)
        self.starts.append(family.start)
        self.count += len(family)

    def variable(self, column: int) -> VarData:
        """Return the Pyomo variable of a column."""
        family = self.families[int(np.searchsorted(self.starts, column, side="right")) - 1]
        return family[family.key_list[column - family.start]]


def declare(
    m: pyo.ConcreteModel,
    name: str,
    keys: Keys,
    codes: dict[str, NDArray[Any]],
    shape: tuple[int, ...],
    *,
    lower: ArrayLike = 0.0,
    upper: ArrayLike = np.inf,
    integer: bool | Flags = False,
    doc: str,
) -> ArrayVar | None:
    """Add a variable family to the model, or nothing where it has no keys.

    Args:
        m: model that has ``m.columns``.
        name: name on the model.
        keys: keys of the family, n of them.
        codes: integer codes of the keys, each [n], in the order of ``shape``.
        shape: number of codes of each kind, the shape of ``ArrayVar.grid``.
        lower: bound, one or [n].
        upper: bound, one or [n].
        integer: whole numbers only, one flag or [n].
        doc: meaning and unit.
    """
    count = len(keys)
    if count == 0:
        return None
    short = {key: np.asarray(value, dtype=np.int32) for key, value in codes.items()}
    grid = np.full(shape, -1, dtype=np.int32)
    grid[tuple(short.values())] = np.arange(count, dtype=np.int32)
    whole = np.broadcast_to(integer, count)
    family = ArrayVar(
        keys,
        short,
        grid,
        np.array(np.broadcast_to(np.asarray(lower, dtype=float), count)),
        np.array(np.broadcast_to(np.asarray(upper, dtype=float), count)),
        integer=bool(whole[0]) if (whole == whole[0]).all() else np.array(whole),
        start=m.columns.count,
        doc=doc,
    )
    m.add_component(name, family)
    m.columns.add(family)
    return family


def positions(m: pyo.ConcreteModel, name: str, shape: tuple[int, ...]) -> Ints:
    """Return the grid of a family, or a grid without variables where the model has none."""
    family = m.component(name)
    return np.full(shape, -1, dtype=np.int32) if family is None else family.grid
