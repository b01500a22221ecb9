"""Rows held as arrays: a family of constraints is one sparse matrix, not a rule per row."""

from typing import Any

import numpy as np
import pyomo.environ as pyo
from numpy.typing import ArrayLike, NDArray
from pyomo.core.base.constraint import ConstraintData, IndexedConstraint
from pyomo.core.expr.numeric_expr import LinearExpression

from tierstock.model.keys import Keys, KeySet
from tierstock.model.variables import ArrayVar, Columns

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class ArrayConstraintData(ConstraintData):
    """One row of an ``ArrayConstraint``, made when somebody looks at it."""

    __slots__ = ()

    def set_value(self, expr: Any) -> None:
        """Refuse: the row lives in arrays."""
        raise ValueError(
            f"{self.name} is held as an array and cannot be rewritten. "
            "Deactivate it and add a constraint of your own."
        )


class ArrayConstraint(IndexedConstraint):
    """A family of linear constraints over ``Keys``, held as compressed rows.

    It is an ordinary indexed ``pyomo.Constraint``: ``pprint``, ``.body``, ``.lower``,
    ``deactivate``, duals and model files work. The expression of a row is made on demand.

    Attributes:
        indptr, columns, values: the rows in compressed form; ``columns`` are model columns.
        lower, upper: [n] limits of the rows, infinite where there is none.
    """

    _ComponentDataClass = ArrayConstraintData

    def __init__(
        self,
        keys: Keys,
        indptr: Ints,
        columns: Ints,
        values: Floats,
        lower: Floats,
        upper: Floats,
        doc: str,
    ) -> None:
        super().__init__(KeySet(keys), doc=doc)
        self.key_list = keys
        self.indptr = indptr
        self.columns = columns
        self.values_ = values
        self.lower = lower
        self.upper = upper

    def __len__(self) -> int:
        return len(self.key_list)

    def __contains__(self, key: object) -> bool:
        return key in self.key_list

    def csr(self) -> tuple[Ints, Ints, Floats]:
        """Return row starts [n + 1], model columns and coefficients."""
        return self.indptr, self.columns, self.values_

    def kept(self, rows: NDArray[np.bool_]) -> "ArrayConstraint | None":
        """Return the family with some of its rows only, None where none is kept.

        Args:
            rows: [n] whether the row is kept.
        """
        if not rows.any():
            return None
        count = np.diff(self.indptr)
        entry = np.repeat(rows, count)
        return ArrayConstraint(
            self.key_list.at(rows),
            np.concatenate([[0], np.cumsum(count[rows])]),
            self.columns[entry],
            self.values_[entry],
            self.lower[rows],
            self.upper[rows],
            doc=self.doc,
        )

    def limit(self, upper: Floats) -> None:
        """Give every row another upper limit, infinite where there is none; shape [n]."""
        self.upper = np.array(upper, dtype=float)
        for at, one in self.touched():
            one._expr = self._expression(at)

    def _getitem_when_not_present(self, index: Any) -> ConstraintData:
        at = self.key_list.position(index)
        if at < 0:
            raise KeyError(f"{index!r} is not a key of {self.name}")
        one = ArrayConstraintData(component=self)
        one._index = index
        one._expr = self._expression(at)
        self._data[index] = one
        return one

    def _expression(self, at: int) -> Any:
        here = slice(int(self.indptr[at]), int(self.indptr[at + 1]))
        variable = self.model().columns.variable
        body = LinearExpression(
            linear_coefs=self.values_[here].tolist(),
            linear_vars=[variable(column) for column in self.columns[here].tolist()],
        )
        low, high = float(self.lower[at]), float(self.upper[at])
        if low == high:
            return body == high
        if low == -np.inf:
            return body <= high
        if high == np.inf:
            return low <= body
        return pyo.inequality(low, body, high)

    def touched(self) -> list[tuple[int, ConstraintData]]:
        """Return position and object of every row somebody looked at."""
        return [(self.key_list.position(key), one) for key, one in self._data.items()]


class Rows:
    """Collects the coefficients of one family of rows, column family by column family.

    Args:
        m: model that has ``m.columns``.
        name: name of the family on the model.
        keys: one key per row.
        doc: the rule in a few words.
    """

    def __init__(self, m: pyo.ConcreteModel, name: str, keys: Keys, doc: str) -> None:
        self._m, self._name, self._keys, self._doc = m, name, keys, doc
        self._row: list[NDArray[Any]] = []
        self._column: list[NDArray[Any]] = []
        self._value: list[NDArray[Any]] = []

    def add(
        self,
        variable: ArrayVar | Columns | None,
        coefficient: ArrayLike,
        *,
        at: NDArray[Any],
        row: NDArray[Any] | None = None,
        partial: bool = False,
    ) -> None:
        """Add coefficients; entries without a variable or with coefficient 0 are left out.

        Args:
            variable: family, all ``m.columns``, or None where the model has none (nothing is
                added).
            coefficient: one number or one per entry.
            at: position in the family of each entry, -1 where there is no variable.
            row: row of each entry; entry i belongs to row i where not given.
            partial: whether entries with row -1 belong to no row and are left out; otherwise
                such an entry is a fault of the formulation.
        """
        if variable is None:
            return
        at = np.asarray(at)
        where = np.arange(len(self._keys)) if row is None else np.asarray(row)
        number = np.broadcast_to(np.asarray(coefficient, dtype=float), at.shape)
        real = (at >= 0) & (number != 0.0)
        homeless = real & (where < 0)
        if not partial and homeless.any():
            raise AssertionError(f"{self._name}: {int(homeless.sum())} entries belong to no row")
        real &= where >= 0
        self._row.append(where[real])
        self._column.append(at[real].astype(np.int64) + variable.start)
        self._value.append(number[real])

    def equals(self, right: ArrayLike) -> ArrayConstraint | None:
        """Close the family: left side = right side, one number or one per row."""
        return self._close(right, right)

    def at_most(self, right: ArrayLike) -> ArrayConstraint | None:
        """Close the family: left side <= right side."""
        return self._close(-np.inf, right)

    def between(self, left: ArrayLike, right: ArrayLike) -> ArrayConstraint | None:
        """Close the family: left limit <= row <= right limit, infinite where there is none."""
        return self._close(left, right)

    def at_least(self, right: ArrayLike) -> ArrayConstraint | None:
        """Close the family: left side >= right side."""
        return self._close(right, np.inf)

    def _close(self, lower: ArrayLike, upper: ArrayLike) -> ArrayConstraint | None:
        count = len(self._keys)
        if count == 0:
            return None
        width = max(self._m.columns.count, 1)
        empty = np.zeros(0, dtype=np.int64)
        row = np.concatenate([empty, *self._row])
        column = np.concatenate([empty, *self._column])
        value = np.concatenate([np.zeros(0), *self._value])
        number = row * width + column
        order = np.argsort(number)
        number, value = number[order], value[order]
        first = np.ones(len(number), dtype=bool)
        first[1:] = number[1:] != number[:-1]
        if not first.all():  # two entries meet in one cell: their coefficients add up
            value = np.add.reduceat(value, np.flatnonzero(first))
            number = number[first]
        row, column = np.divmod(number, width)
        indptr = np.zeros(count + 1, dtype=np.int64)
        np.cumsum(np.bincount(row, minlength=count), out=indptr[1:])
        family = ArrayConstraint(
            self._keys,
            indptr,
            column,
            value,
            np.array(np.broadcast_to(np.asarray(lower, dtype=float), count)),
            np.array(np.broadcast_to(np.asarray(upper, dtype=float), count)),
            doc=self._doc,
        )
        self._m.add_component(self._name, family)
        return family
