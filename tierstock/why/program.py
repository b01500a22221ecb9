"""What a question needs of a plan: its prices, its matrix by columns, and where rows stand."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.network import Network
from tierstock.model.rows import ArrayConstraint
from tierstock.model.variables import ArrayVar
from tierstock.solvers.compile import Compiled, compile_model
from tierstock.solvers.leaving_out import LeavingOut
from tierstock.solvers.prices import Prices

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Program:
    """The linear program of a plan with the names of the model.

    Args:
        m: the model of ``tierstock.build``.
        prices: prices of the plan.
        planned: [n] the plan itself, which may cost more than the one of the prices.

    Attributes:
        sense: sign of money: 1 where the model is minimised.
        leaving: questions about moves left out.
    """

    def __init__(self, m: Any, prices: Prices, planned: Floats) -> None:
        self.m, self.prices, self.planned = m, prices, planned
        self.leaving = LeavingOut(prices)
        self.net: Network = m.network
        self.compiled: Compiled = compile_model(m)
        self.sense = prices.arrays.sense
        arrays = prices.arrays
        self.balance = self._balance()
        total = np.bincount(
            arrays.row_of_entry(), weights=np.abs(arrays.value), minlength=arrays.rows
        )
        self._size = np.maximum(total / np.maximum(np.diff(arrays.starts), 1), 1e-9)

    def family(self, name: str) -> ArrayVar | None:
        """Return an array variable of the model, None where it has none of that name."""
        found = self.m.component(name)
        return found if isinstance(found, ArrayVar) else None

    def rows(self, name: str) -> tuple[ArrayConstraint, Ints] | None:
        """Return a family of rows and their numbers; None where it is absent or partly inactive."""
        component = self.m.component(name)
        first, last = self.compiled.rows.get(name, (0, 0))
        if not isinstance(component, ArrayConstraint) or last - first != len(component):
            return None
        return component, np.arange(first, last, dtype=np.int64)

    def _balance(self) -> Ints:
        """[N, T + 1] number of the row that balances each place; -1 where there is none."""
        net = self.net
        found = np.full((len(net.places), len(net.periods) + 1), -1, dtype=np.int64)
        balance = self.rows("stock_balance")
        if balance is not None:
            component, number = balance
            location, product, period = component.key_list.codes
            found[net.places.of[location, product], period] = number
        return found

    def entries(self, columns: Ints) -> tuple[Ints, Ints, Floats]:
        """Return the coefficients of columns: which of them, row and value of each."""
        return self.leaving.by_column.entries(columns)

    def rows_with(self, names: Iterable[str]) -> Flags:
        """[m] rows in which a variable of some families stands."""
        found = np.zeros(self.prices.arrays.rows, dtype=bool)
        for name in names:
            family = self.family(name)
            if family is not None:
                columns = np.arange(family.start, family.start + len(family), dtype=np.int64)
                found[self.entries(columns)[1]] = True
        return found

    def row_size(self, rows: Ints) -> Floats:
        """Return the mean size of the coefficients of rows: what a unit of product takes."""
        return self._size[rows]
