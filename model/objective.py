r"""The objective: one array of costs per named term, and their sum as a Pyomo objective.

.. math::

    \min\ \sum_k \sum_t D_t \Bigl(c^0_{kt} + \sum_j c_{kjt} X_j\Bigr), \qquad
    D_t = (1 + disc)^{-(t - 1)}

Each family states its own terms k, the cost of every decision X and what no decision changes. A
term stands under its name in the results, and the terms add up to the objective. Money counts in
the period t in which it falls, what falls after the horizon in the last one; disc is the setting
discount_per_period, 0 where nothing is said. With profit the revenue is a term of its own, with a
minus, and the profit is the negative of the sum. A transfer price between companies is in the
results a payment of one and an income of the other; the sum is 0, so it is no term here.
Sheets: Settings (objective, discount_per_period).
"""

from typing import Any

import numpy as np
import pyomo.environ as pyo
from numpy.typing import ArrayLike, NDArray
from pyomo.core.base.objective import ScalarObjective
from pyomo.core.expr.numeric_expr import LinearExpression

from tierstock.model.variables import ArrayVar

Floats = NDArray[np.float64]


class Costs:
    """Collects the cost terms of C.4 while the families are added.

    A term is a name such as ``holding``, a coefficient for some columns, and a constant. Money of
    a later period counts less where there is a discount.

    Args:
        discount: [T] what one unit of money of each period counts; 1 for all where not given.
    """

    def __init__(self, discount: Floats | None = None) -> None:
        self.discount = np.ones(1) if discount is None else discount
        self.entries: dict[str, list[tuple[NDArray[np.int64], Floats]]] = {}
        self.constants: dict[str, float] = {}

    def add(
        self,
        term: str,
        variable: ArrayVar | None,
        cost: ArrayLike,
        at: NDArray[Any] | None = None,
        period: ArrayLike | None = None,
    ) -> None:
        """Charge a variable family.

        Args:
            term: name of the cost term.
            variable: family, or None where the model has none (nothing is charged).
            cost: money per unit, one number or one per entry.
            at: position in the family of each entry; all of it where not given.
            period: period in which each entry is charged, that of the variable where not given;
                later than the last one counts as the last.
        """
        if variable is None:
            return
        where = np.arange(len(variable)) if at is None else np.asarray(at)
        if period is None and (self.discount != 1.0).any():
            period = variable.codes["period"][where]
        money = np.broadcast_to(np.asarray(cost, dtype=float), where.shape)
        money = money if period is None else money * self.worth(period)
        real = (where >= 0) & (money != 0.0)
        if real.any():
            columns = where[real].astype(np.int64) + variable.start
            self.entries.setdefault(term, []).append((columns, money[real]))

    def add_constant(self, term: str, money: ArrayLike, period: ArrayLike) -> None:
        """Charge amounts that no decision changes, each in its period."""
        total = float((np.asarray(money, dtype=float) * self.worth(period)).sum())
        if total:
            self.constants[term] = self.constants.get(term, 0.0) + total

    def worth(self, period: ArrayLike) -> Floats:
        """Return what one unit of money of each period counts; after the end as at the end."""
        found: Floats = self.discount[np.minimum(period, len(self.discount) - 1)]
        return found

    def include(self, other: "Costs") -> None:
        """Charge all that others charge, too."""
        for term, entries in other.entries.items():
            self.entries.setdefault(term, []).extend(entries)
        for term, money in other.constants.items():
            self.constants[term] = self.constants.get(term, 0.0) + money

    def vector(self, columns: int) -> Floats:
        """Return the cost of each column, all terms together; shape [columns]."""
        total = np.zeros(columns)
        for entries in self.entries.values():
            for where, money in entries:
                np.add.at(total, where, money)
        return total

    def by_term(self, values: Floats) -> dict[str, float]:
        """Return the money of each term for a solution; ``values`` has shape [columns]."""
        result = dict(self.constants)
        for term, entries in self.entries.items():
            money = sum(float(values[where] @ cost) for where, cost in entries)
            result[term] = result.get(term, 0.0) + money
        return result


class ArrayObjective(ScalarObjective):
    """Total cost as an ordinary Pyomo objective, kept as one array.

    Attributes:
        coefficients: [columns] money per unit of each column.
        constant: money no decision changes.
        costs: the named terms it is the sum of.
    """

    def __init__(self, costs: Costs, columns: int) -> None:
        super().__init__(sense=pyo.minimize, doc="total cost")
        self.costs = costs
        self.coefficients = costs.vector(columns)
        self.constant = sum(costs.constants.values())
        self._own: Any = None
        self._data[None] = self

    @property
    def args(self) -> tuple[Any, ...]:
        """The expression, made when somebody looks."""
        if self._args_[0] is None:
            self._own = self._expression()
            self._args_: tuple[Any, ...] = (self._own,)
        return self._args_

    @property
    def custom(self) -> bool:
        """Whether somebody replaced the expression."""
        return self._args_[0] is not None and self._args_[0] is not self._own

    def _expression(self) -> Any:
        used = np.flatnonzero(self.coefficients)
        variable = self.model().columns.variable
        return LinearExpression(
            constant=self.constant,
            linear_coefs=self.coefficients[used].tolist(),
            linear_vars=[variable(column) for column in used.tolist()],
        )
