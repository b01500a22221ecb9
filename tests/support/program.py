"""A linear program with whole numbers, written column by column and row by row for HiGHS."""

import math
from collections.abc import Sequence

import highspy
import numpy as np

INF = math.inf
Term = tuple[float, int]


class Unsettled(AssertionError):
    """The whole numbers that a solver found leave no plan: rounding took it."""


class Program:
    """Columns with bounds and costs, rows of (coefficient, column) terms; minimised."""

    def __init__(self) -> None:
        self.low: list[float] = []
        self.high: list[float] = []
        self.cost: list[float] = []
        self.whole: list[int] = []
        self.constant = 0.0
        self.paid: list[tuple[str, int, float, int]] = []
        """Place, period, price and column of costs that are paid where they arise."""
        self.rows: list[tuple[Sequence[Term], float, float]] = []

    def column(
        self,
        *,
        low: float = 0.0,
        high: float = INF,
        cost: float = 0.0,
        whole: bool = False,
        paid: tuple[str, int] | None = None,
    ) -> int:
        """Add a column and return its number; ``paid``: where and when its cost is paid."""
        self.low.append(low)
        self.high.append(high)
        self.cost.append(cost)
        if whole:
            self.whole.append(len(self.low) - 1)
        if paid is not None:
            self.paid.append((*paid, cost, len(self.low) - 1))
        return len(self.low) - 1

    def row(self, terms: Sequence[Term], low: float = -INF, high: float = INF) -> None:
        """Add a row; terms of one column add up."""
        self.rows.append((terms, low, high))

    def charge(self, column: int, price: float) -> None:
        """Add to the cost of a column."""
        self.cost[column] += price

    def least(self) -> float | None:
        """Return the least cost, or None where nothing keeps to all rows."""
        solver = self._written(self.rows)
        solver.setOptionValue("mip_feasibility_tolerance", 1e-9)
        for number, price in enumerate(self.cost):
            solver.changeColCost(number, price)
        for number in self.whole:
            solver.changeColIntegrality(number, highspy.HighsVarType.kInteger)
        value = settle(solver, self.whole)
        return None if value is None else value + self.constant

    def least_sum(
        self,
        terms: Sequence[Term],
        rows: Sequence[tuple[Sequence[Term], float]] = (),
    ) -> float | None:
        """Return the least of a sum, where further sums have a limit each; whole numbers whole."""
        solver = self._written([*self.rows, *((these, -INF, high) for these, high in rows)])
        for coefficient, number in terms:
            solver.changeColCost(number, solver.getLp().col_cost_[number] + coefficient)
        solver.setOptionValue("mip_feasibility_tolerance", 1e-9)
        for number in self.whole:
            solver.changeColIntegrality(number, highspy.HighsVarType.kInteger)
        return settle(solver, self.whole)

    def _written(self, rows: Sequence[tuple[Sequence[Term], float, float]]) -> highspy.Highs:
        solver = _silent()
        for low, high in zip(self.low, self.high, strict=True):
            solver.addVar(low, high)
        for terms, low, high in rows:
            summed: dict[int, float] = {}
            for coefficient, number in terms:
                summed[number] = summed.get(number, 0.0) + coefficient
            numbers = np.array(list(summed), dtype=np.int32)
            solver.addRow(low, high, len(summed), numbers, np.array(list(summed.values())))
        return solver


def settle(solver: highspy.Highs, whole: Sequence[int]) -> float | None:
    """Solve to gap 0, fix the whole numbers at what they are nearest to, solve again.

    Returns the cost, or None where the program is infeasible. The second solve takes away what
    the tolerance on whole numbers let through.
    """
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.0)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kUnboundedOrInfeasible:
        solver.setOptionValue("presolve", "off")
        solver.run()
        status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    assert status == highspy.HighsModelStatus.kOptimal, status
    if not whole:
        return float(solver.getInfo().objective_function_value)
    values = solver.getSolution().col_value
    for number in whole:
        solver.changeColIntegrality(number, highspy.HighsVarType.kContinuous)
        nearest = float(round(values[number]))
        solver.changeColBounds(number, nearest, nearest)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise Unsettled(solver.getModelStatus())
    return float(solver.getInfo().objective_function_value)


def _silent() -> highspy.Highs:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    return solver
