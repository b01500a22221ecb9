"""What a plan costs without one of its moves: its program solved again with the move held at 0.

The whole numbers that only the move needs go down with it: the truck it filled, the lane in use,
the lot it came in. Those of other moves stand, but for small models, where all may change.
"""

import math
import time
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.quiet import quiet_highs
from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.by_column import ByColumn
from tierstock.solvers.highs import pass_model
from tierstock.solvers.prices import LIMIT_S, Answer, Prices

Numbers = NDArray[np.int64]

SLACK = 1e-6
"""What a rule may be missed by, as a share of a whole number."""
COLUMNS, WHOLE, NODES = 4000, 300, 2000
"""Largest models in which all whole numbers may change, and nodes of that search at most."""
WIDE = 500
"""Coefficients from which on a rule, such as a budget, is about too much to be about a move."""
NEAR = 0.01
"""Share by which what it costs may differ from a bound and is not looked into any further."""
ROUGH = 0.05
"""The same where the time ended: what may be further off is not told."""


@dataclass(frozen=True)
class Without:
    """A move to leave out."""

    columns: Numbers
    """Columns held at 0: what is sent, bought or made."""
    lots: Numbers
    """Whole-number columns of the same goods elsewhere, which may change in parts."""


class LeavingOut:
    """Questions about moves of one plan.

    Args:
        prices: prices of the plan.

    Attributes:
        by_column: the matrix of the model, looked up.
    """

    def __init__(self, prices: Prices) -> None:
        self.prices = prices
        self.by_column = ByColumn(prices.free)
        self._size = np.diff(prices.free.starts)
        self._side = prices.free.activity(prices.values)
        self._whole = np.flatnonzero(prices.free.integer)

    def cost(self, move: Without, seconds: float = math.inf) -> float:
        """Return what the best plan without a move costs more than the plan, money.

        ``seconds`` is the most that may be spent, all solves together; with 0 no clock counts, and
        whole numbers are not decided anew.

        Below 0 where the plan is not the best one and does better without; infinite where there
        is no plan without the move; not a number where the time ended first.
        """
        prices, arrays, whole = self.prices, self.prices.free, self._whole
        until = time.monotonic() + (seconds or math.inf)
        gone = self.gone(move.columns)
        if (arrays.lower[gone] > 0).any():
            return math.inf
        small = seconds > 0 and arrays.columns <= COLUMNS and len(whole) <= WHOLE
        lots = move.lots[:0] if small else move.lots
        own, least = self.lowered(gone)
        held = np.concatenate([gone, own])
        at = np.concatenate([np.zeros(len(gone)), least])
        answer = self._held(until, held, at, lots)
        found = answer.cost
        if math.isnan(found):
            return found
        if not (small or math.isfinite(found)):
            found = self._held(until, gone, 0.0, np.union1d(own, lots)).cost
        if len(whole) and (small or not math.isfinite(found)):
            bound = self._held(until, gone, 0.0, np.setdiff1d(whole, gone)).cost
            if not math.isfinite(found) and not small:
                found = bound
            elif small and not _near(found, bound, prices.cost):
                margin = NEAR * abs(bound - prices.cost) if math.isfinite(bound) else 0.0
                left = max(0.0, until - time.monotonic())
                other = _anew(arrays, move.columns, answer, margin, left, prices.cost)
                if math.isnan(other) and math.isfinite(found):
                    return other
                found = bound if math.isnan(other) else min(found, other)
        return found - prices.cost

    def _held(self, until: float, columns: Numbers, at: Floats | float, free: Numbers) -> Answer:
        """Ask ``Prices.held`` for no longer than until a moment."""
        self.prices.seconds = min(LIMIT_S, max(0.0, until - time.monotonic()))
        return self.prices.held(columns, at, free)

    def gone(self, columns: Numbers) -> Numbers:
        """Return columns and those that can only be 0 without them.

        What is loaded into each type of vehicle goes with what is sent, and what is bought where
        no stock is kept with what is sent on from there.

        Args:
            columns: columns that become 0.
        """
        arrays, look = self.prices.free, self.by_column
        found = np.zeros(arrays.columns, dtype=bool)
        new = np.unique(columns)
        while len(new):
            found[new] = True
            rows = np.unique(look.entries(new)[1])
            which, column, value = look.row_entries(rows)
            left = ~found[column] & (arrays.upper[column] > 0)
            most, least = np.full(len(rows), -np.inf), np.full(len(rows), np.inf)
            np.maximum.at(most, which[left], value[left])
            np.minimum.at(least, which[left], value[left])
            shut = (least > 0) & (arrays.row_upper[rows] == 0)
            shut |= (most < 0) & (arrays.row_lower[rows] == 0)
            free = arrays.lower[column] < 0
            shut &= np.bincount(which, free, len(rows)) == 0
            new = np.unique(column[left & shut[which]])
        return np.flatnonzero(found)

    def lowered(self, columns: Numbers, to: Floats | float = 0.0) -> tuple[Numbers, Floats]:
        """Return the whole numbers that share a rule with columns, and how low they go without.

        Columns are taken as left out, or at what is left of them, and all else as in the plan; the
        dearest whole number goes down first, as far as the rules allow in which it makes room.

        Args:
            columns: columns that become less.
            to: what each of them becomes.
        """
        arrays, values, look = self.prices.free, self.prices.values, self.by_column
        which, row, part = look.entries(columns)
        side = self._side.copy()
        np.subtract.at(side, row, part * (values[columns] - to)[which])
        near = look.columns_in(np.unique(row[self._size[row] <= WIDE]))
        near = np.setdiff1d(near[arrays.integer[near] & (values[near] > 0.5)], columns)
        near = near[np.argsort(-arrays.cost[near], kind="stable")]
        least = values[near]
        for number, column in enumerate(near):
            _, at, part = look.entries(near[number : number + 1])
            above, below = side[at] - arrays.row_lower[at], arrays.row_upper[at] - side[at]
            room = np.where(part > 0, above, below)
            most = least[number] - max(arrays.lower[column], 0.0)
            down = math.floor(float((room / np.abs(part)).min(initial=most)) + SLACK)
            if down > 0:
                least[number] -= down
                side[at] -= part * down
        return near, least


def tied(arrays: Arrays) -> Numbers:
    """Return [n] a number for each column, the same for those that a plan only has together.

    What is bought where no stock is kept and what is sent on from there: two columns that alone
    make up a rule that comes to 0. Leaving out either of them is the same question.

    Args:
        arrays: the model.
    """
    row, shut = arrays.row_of_entry(), (arrays.lower == 0) & (arrays.upper == 0)
    live = ~shut[arrays.index]
    count = np.bincount(row[live], minlength=arrays.rows)
    pair = (count == 2) & (arrays.row_lower == 0) & (arrays.row_upper == 0)
    ends = arrays.index[live & pair[row]].reshape(-1, 2).T
    number = np.arange(arrays.columns)
    while len(ends[0]):
        before, low = number.copy(), number[ends].min(axis=0)
        for end in ends:
            np.minimum.at(number, end, low)
        if np.array_equal(before, number):
            break
    return number


def _near(found: float, bound: float, cost: float) -> bool:
    """Return whether a cost without a move is as good as its bound."""
    return math.isfinite(found) and found - bound <= NEAR * abs(found - cost)


def _anew(
    arrays: Arrays, columns: Numbers, start: Answer, margin: float, seconds: float, cost: float
) -> float:
    """Return the cost of the best plan with columns at 0, all whole numbers decided anew.

    Infinite where there is none, not a number where none was found in the time, or none of which it
    is known by then that it is near the best one.

    Args:
        arrays: the model.
        columns: columns held at 0.
        start: a plan without them, from which the search starts where there is one.
        margin: money by which the cost may be above the best one.
        seconds: most that may be spent.
        cost: what the plan with them costs.
    """
    fields: dict[str, Any] = {name: getattr(arrays, name) for name in arrays.NAMES}
    lower, upper = arrays.lower.copy(), arrays.upper.copy()
    lower[columns] = upper[columns] = 0.0
    fields |= {"lower": lower, "upper": upper}
    solver = quiet_highs()
    for name, value in (
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", margin),
        ("mip_max_nodes", NODES),
        ("time_limit", seconds),
    ):
        solver.setOptionValue(name, value)
    pass_model(solver, fields, {"sense": arrays.sense, "offset": arrays.offset})
    if start.found:
        begin = highspy.HighsSolution()
        begin.col_value = np.clip(start.values, lower, upper)
        solver.setSolution(begin)
    solver.run()
    info = solver.getInfo()
    status, found = solver.getModelStatus(), float(info.objective_function_value)
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        late = status == highspy.HighsModelStatus.kTimeLimit
        off = abs(found - info.mip_dual_bound)
        return math.nan if late and off > max(margin, ROUGH * abs(found - cost)) else found
    return math.inf if status == highspy.HighsModelStatus.kInfeasible else math.nan
