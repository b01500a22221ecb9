"""What a plan costs without one of its moves: its program solved again with the move held at 0.

The whole numbers that only the move needs go down with it: the truck it filled, the lane in use,
the lot it came in. Those of other moves stand, but for small models, where all may change.
"""

import math
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.highs import pass_model
from tierstock.solvers.prices import Prices
from tierstock.solvers.quiet import quiet_highs

Numbers = NDArray[np.int64]

SLACK = 1e-6
"""What a rule may be missed by, as a share of a whole number."""
COLUMNS, WHOLE, NODES = 4000, 300, 2000
"""Largest models in which all whole numbers may change, and nodes of that search at most."""
WIDE = 500
"""Coefficients from which on a rule, such as a budget, is about too much to be about a move."""
NEAR = 0.01
"""Share by which what it costs may differ from a bound and is not looked into any further."""


@dataclass(frozen=True)
class Without:
    """A move to leave out."""

    columns: Numbers
    """Columns held at 0: what is sent, bought or made."""
    lots: Numbers
    """Whole-number columns of the same goods elsewhere, which may change in parts."""


def cost_without(prices: Prices, move: Without, seconds: float = math.inf) -> float:
    """Return what the best plan without a move costs more than the plan, money.

    ``seconds`` is the most that may be spent on deciding whole numbers anew; with 0 they are not.

    Below 0 where the plan is not the best one and does better without; infinite where there is
    no plan without the move.
    """
    arrays = prices.free
    if (arrays.lower[move.columns] > 0).any():
        return math.inf
    whole = np.flatnonzero(arrays.integer)
    small = seconds > 0 and arrays.columns <= COLUMNS and len(whole) <= WHOLE
    lots = move.lots[:0] if small else move.lots
    own, least = lowered(arrays, prices.values, move.columns)
    held = np.concatenate([move.columns, own])
    at = np.concatenate([np.zeros(len(move.columns)), least])
    found = prices.held(held, at, lots).cost
    if not (small or math.isfinite(found)):
        found = prices.held(move.columns, 0.0, np.union1d(own, lots)).cost
    if len(whole) and (small or not math.isfinite(found)):
        bound = prices.held(move.columns, 0.0, np.setdiff1d(whole, move.columns)).cost
        if not math.isfinite(found) and not small:
            found = bound
        elif small and not _near(found, bound, prices.cost):
            found = min(found, _anew(arrays, move.columns, seconds))
    return found - prices.cost


def _near(found: float, bound: float, cost: float) -> bool:
    """Return whether a cost without a move is as good as its bound."""
    return math.isfinite(found) and found - bound <= NEAR * abs(found - cost)


def lowered(arrays: Arrays, values: Floats, columns: Numbers) -> tuple[Numbers, Floats]:
    """Return the whole numbers that share a rule with columns, and how low they can go without.

    Columns are taken as 0 and all else as in the plan; the dearest whole number goes down first,
    as far as the rules allow in which it makes room.

    Args:
        arrays: the model.
        values: [n] a plan.
        columns: columns that become 0.
    """
    row, size = arrays.row_of_entry(), np.diff(arrays.starts)
    shared = np.zeros(arrays.rows, dtype=bool)
    shared[row[np.isin(arrays.index, columns)]] = True
    shared &= size <= WIDE
    near = np.unique(arrays.index[shared[row]]).astype(np.int64)
    near = np.setdiff1d(near[arrays.integer[near] & (values[near] > 0.5)], columns)
    near = near[np.argsort(-arrays.cost[near], kind="stable")]
    without = values.copy()
    without[columns] = 0.0
    side = arrays.activity(without)
    for column in near.tolist():
        mine = np.flatnonzero(arrays.index == column)
        at, part = row[mine], arrays.value[mine]
        room = np.where(part > 0, side[at] - arrays.row_lower[at], arrays.row_upper[at] - side[at])
        down = float((room / np.abs(part)).min(initial=math.inf))
        down = min(math.floor(down + SLACK), round(without[column] - arrays.lower[column]))
        if down > 0:
            without[column] -= down
            side[at] -= part * down
    return near, without[near]


def _anew(arrays: Arrays, columns: Numbers, seconds: float) -> float:
    """Return the cost of the best plan found with columns at 0 and all whole numbers decided anew;
    infinite where there is none in the time."""
    lower, upper = arrays.lower.copy(), arrays.upper.copy()
    lower[columns] = upper[columns] = 0.0
    fields: dict[str, Any] = {name: getattr(arrays, name) for name in arrays.NAMES}
    fields |= {"lower": lower, "upper": upper}
    solver = quiet_highs()
    for name, value in (
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.0),
        ("mip_max_nodes", NODES),
        ("time_limit", seconds),
    ):
        solver.setOptionValue(name, value)
    pass_model(solver, fields, {"sense": arrays.sense, "offset": arrays.offset})
    solver.run()
    info = solver.getInfo()
    has_plan = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return float(info.objective_function_value) if has_plan else math.inf
