"""Some blocks of a model inside a solver process: each a linear program that waits for prices."""

import time
from typing import Any, Protocol

import highspy
import numpy as np

from tierstock.solvers.improve.matrix import Floats

OPTIMAL = highspy.HighsModelStatus.kOptimal
DUAL_SIMPLEX, PRIMAL_SIMPLEX = 1, 4
"""Codes of the methods that go on from the last basis when limits or costs change."""
OPTIONS = (("output_flag", False), ("presolve", "off"), ("simplex_dual_edge_weight_strategy", 1))
"""The last basis is worth more than a simplified program, and so small a one is solved sooner as it
is, by Devex prices: measured, first solve of a block of the yardstick network, 46 ms; simplified
first 58 ms, by primal simplex 113 ms, by the interior point method 96 ms."""


class Line(Protocol):
    """What the blocks need of the connection to the planning process."""

    stop: Any

    def send(self, kind: str, facts: dict[str, Any], arrays: dict[str, Any] | None = None) -> None:
        """Answer the planning process."""


class Pieces:
    """Programs of several blocks, one behind the other.

    Args:
        arrays: fields of ``Arrays`` by name, rows and columns in the order of the blocks;
            ``first_column`` and ``first_row`` [b + 1] say where each block begins, ``shared``
            which rows are its part of a shared row.
    """

    def __init__(self, arrays: dict[str, Any]) -> None:
        self.first_column = arrays["first_column"].tolist()
        self.first_row = arrays["first_row"].tolist()
        self.shared = arrays["shared"]
        self.part: list[slice] = []
        count = len(self.first_row) - 1
        self.solvers = [self._load(arrays, at) for at in range(count)]
        self.bases: list[Any] = []
        """Bases of the last prices, where parts of shared rows were kept since."""

    def _load(self, arrays: dict[str, Any], at: int) -> Any:
        columns = slice(self.first_column[at], self.first_column[at + 1])
        rows = slice(self.first_row[at], self.first_row[at + 1])
        begin, end = arrays["starts"][rows.start], arrays["starts"][rows.stop]
        solver = highspy.Highs()
        for name, value in OPTIONS:
            solver.setOptionValue(name, value)
        solver.passModel(
            columns.stop - columns.start,
            rows.stop - rows.start,
            int(end - begin),
            2,
            1,
            0.0,
            arrays["cost"][columns],
            arrays["lower"][columns],
            arrays["upper"][columns],
            arrays["row_lower"][rows],
            arrays["row_upper"][rows],
            arrays["starts"][rows.start : rows.stop + 1] - begin,
            arrays["index"][begin:end] - columns.start,
            arrays["value"][begin:end],
            np.zeros(columns.stop - columns.start, dtype=np.int32),
        )
        last = np.searchsorted(self.shared, [rows.start, rows.stop])
        self.part.append(slice(*last))
        count = int(last[1] - last[0])
        row = self.shared[self.part[-1]] - rows.start
        for sign in (1.0, -1.0):
            none = np.zeros(count)
            at_each = np.arange(count, dtype=np.int32)
            solver.addCols(count, none, none, none, count, at_each, row, np.full(count, sign))
        return solver

    def price(self, cost: Floats, seconds: float, line: Line) -> None:
        """Solve all blocks at some costs and answer ``priced``: values and least cost of each.

        Args:
            cost: [columns] cost at the present prices.
            seconds: most time; ``priced`` says with ``good`` whether all were solved in it.
            line: where the answer goes.
        """
        for solver, basis in zip(self.solvers, self.bases, strict=False):
            solver.setBasis(basis)
        self.bases = []
        self._charge(cost)
        self._solve(seconds, line)

    def _charge(self, cost: Floats) -> None:
        for at, solver in enumerate(self.solvers):
            here = slice(self.first_column[at], self.first_column[at + 1])
            size = here.stop - here.start
            solver.changeColsCost(size, np.arange(size, dtype=np.int32), cost[here])

    def duals(self, line: Line) -> None:
        """Answer ``dual``: the prices of the rows of all blocks, as last solved."""
        found = [np.array(solver.getSolution().row_dual) for solver in self.solvers]
        line.send("dual", {"good": True}, {"dual": np.concatenate(found)})

    def share(self, limits: dict[str, Floats], seconds: float, line: Line) -> None:
        """Solve all blocks at some costs, each within its part of the shared rows.

        A block that cannot keep to its part misses it by as little as possible. The next prices go
        on from the basis of the last ones, from which they are a few steps.

        Args:
            limits: ``cost`` [columns]; in the order of ``shared`` ``low`` and ``high`` of these
                parts and ``penalty`` per unit missed.
            seconds, line: as in ``price``.
        """
        if not self.bases:
            self.bases = [solver.getBasis() for solver in self.solvers]
        infinite = np.full(len(self.shared), highspy.kHighsInf)
        self._charge(limits["cost"])
        self._limit(limits["low"], limits["high"], limits["penalty"], infinite)
        for solver in self.solvers:
            solver.setOptionValue("simplex_strategy", DUAL_SIMPLEX)
        self._solve(seconds, line)
        nothing = np.zeros(len(infinite))
        self._limit(-infinite, infinite, nothing, nothing)
        for solver in self.solvers:
            solver.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX)

    def _limit(self, low: Floats, high: Floats, penalty: Floats, most: Floats) -> None:
        """Set limits of the parts of shared rows, and price and most of what misses them."""
        for at, solver in enumerate(self.solvers):
            here = self.part[at]
            rows = self.shared[here] - self.first_row[at]
            solver.changeRowsBounds(len(rows), rows, low[here], high[here])
            size = self.first_column[at + 1] - self.first_column[at]
            column = size + np.arange(2 * len(rows), dtype=np.int32)
            double = np.tile(penalty[here], 2), np.zeros(len(column)), np.tile(most[here], 2)
            solver.changeColsCost(len(column), column, double[0])
            solver.changeColsBounds(len(column), column, double[1], double[2])

    def _solve(self, seconds: float, line: Line) -> None:
        until = time.monotonic() + seconds
        values = np.zeros(self.first_column[-1])
        least = np.zeros(len(self.solvers))
        for at, solver in enumerate(self.solvers):
            left = until - time.monotonic()
            if line.stop.is_set() or left <= 0 or not self._one(at, left):
                line.send("priced", {"good": False})
                return
            here = slice(self.first_column[at], self.first_column[at + 1])
            found = np.array(solver.getSolution().col_value)
            values[here] = found[: here.stop - here.start]
            least[at] = solver.getInfo().objective_function_value
        line.send("priced", {"good": True}, {"values": values, "least": least})

    def _one(self, at: int, seconds: float) -> bool:
        """Solve one block, from its last basis where it has one."""
        solver = self.solvers[at]
        solver.setOptionValue("time_limit", solver.getRunTime() + seconds)
        solver.run()
        solver.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX)  # from the last basis
        return bool(solver.getModelStatus() == OPTIMAL)
