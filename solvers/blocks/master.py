"""The program between the blocks inside a solver process: what each block offers, mixed."""

from typing import Any

import highspy
import numpy as np

from tierstock.solvers.blocks.pieces import DUAL_SIMPLEX, OPTIMAL, PRIMAL_SIMPLEX, Line


class Master:
    r"""Mixes what the blocks have offered so that the shared rows are kept at least cost.

    .. math:: \min \sum_{b,i} (c_b x_{bi}) \lambda_{bi} + c_s x_s + \mu^+ e^+ - \mu^- e^-
        \quad \text{with} \quad \sum_i \lambda_{bi} = 1,\;
        r^- \le \sum_{b,i} (A_b x_{bi}) \lambda_{bi} + A_s x_s + e^- - e^+ \le r^+

    The excesses e keep prices between :math:`\mu^-` and :math:`\mu^+` while few offers are known.

    Source: G. B. Dantzig and P. Wolfe, Decomposition principle for linear programs, Operations
    Research 8 (1960); box around the prices: O. du Merle et al., Stabilized column generation,
    Discrete Mathematics 194 (1999).

    Args:
        arrays: ``row_lower``, ``row_upper`` [r] of the shared rows; ``cost``, ``lower``, ``upper``
            [s] of the shared columns with ``starts``, ``index``, ``value`` by column; ``count``
            [1] blocks.
    """

    def __init__(self, arrays: dict[str, Any]) -> None:
        self.blocks = int(arrays["count"][0])
        self.rows = len(arrays["row_lower"])
        self.shared = len(arrays["cost"])
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("presolve", "off")
        self.limits = arrays["row_lower"], arrays["row_upper"]
        infinite = np.full(self.rows, highspy.kHighsInf)
        nothing = np.zeros(0, dtype=np.int32), np.zeros(0)
        ones, none = np.ones(self.blocks), np.zeros(self.blocks, dtype=np.int32)
        solver.addRows(self.blocks, ones, ones, 0, none, *nothing)
        none = np.zeros(self.rows, dtype=np.int32)
        solver.addRows(self.rows, arrays["row_lower"], arrays["row_upper"], 0, none, *nothing)
        at = np.arange(self.rows, dtype=np.int32)
        for sign in (-1.0, 1.0):
            solver.addCols(
                self.rows,
                np.zeros(self.rows),
                np.zeros(self.rows),
                infinite,
                self.rows,
                at,
                self.blocks + at,
                np.full(self.rows, sign),
            )
        solver.addCols(
            self.shared,
            arrays["cost"],
            arrays["lower"],
            arrays["upper"],
            len(arrays["value"]),
            arrays["starts"][:-1],
            self.blocks + arrays["index"],
            arrays["value"],
        )
        self.solver = solver

    def solve(self, arrays: dict[str, Any], seconds: float, line: Line) -> None:
        """Take new offers and new limits of prices, solve, and answer ``mixed``.

        New offers leave the last mix a mix: primal simplex goes on from it.

        Args:
            arrays: offers by column with ``cost``, ``starts``, ``index``, ``value``: their block
                with 1, their use of the shared rows at number of blocks + row; ``low``, ``high``
                [r] limits of the prices.
            seconds: most time.
            line: gets ``weight`` of all offers so far, ``shared`` [s], ``excess`` [r] by which
                rows are broken and ``dual`` [r], with the cost of the mix and ``model``, that
                with its excesses.
        """
        solver, count = self.solver, len(arrays["cost"])
        solver.addCols(
            count,
            arrays["cost"],
            np.zeros(count),
            np.full(count, highspy.kHighsInf),
            len(arrays["value"]),
            arrays["starts"][:-1],
            arrays["index"],
            arrays["value"],
        )
        both = np.arange(2 * self.rows, dtype=np.int32)
        ends = np.concatenate([arrays["high"], -arrays["low"]])
        solver.changeColsCost(len(both), both, ends)
        if not self._solved(seconds):
            line.send("mixed", {"good": False})
            return
        found = solver.getSolution()
        values, dual = np.array(found.col_value), np.array(found.row_dual)
        own = 2 * self.rows
        use = np.array(found.row_value)[self.blocks :] + values[: self.rows]
        use -= values[self.rows : own]
        answer = {
            "excess": np.maximum(use - self.limits[1], self.limits[0] - use),
            "shared": values[own : own + self.shared],
            "weight": values[own + self.shared :],
            "dual": dual[self.blocks :],
        }
        model = float(solver.getInfo().objective_function_value)
        cost = model - float(ends @ values[:own])
        line.send("mixed", {"good": True, "cost": cost, "model": model}, answer)

    def _solved(self, seconds: float) -> bool:
        """Solve; where the method that goes on from the last mix fails, by the other one."""
        solver = self.solver
        solver.setOptionValue("time_limit", solver.getRunTime() + seconds)
        for method in (PRIMAL_SIMPLEX, DUAL_SIMPLEX):
            solver.setOptionValue("simplex_strategy", method)
            solver.run()
            if solver.getModelStatus() == OPTIMAL:
                return True
        return False
