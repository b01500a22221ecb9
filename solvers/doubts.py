"""What a plan, or the data alone, says of an answer that cannot be right."""

import math
import time
from dataclasses import replace

import numpy as np

from tierstock.solvers.arrays import Arrays
from tierstock.solvers.clock import Clock
from tierstock.solvers.order import Order
from tierstock.solvers.plans import Plan
from tierstock.solvers.run import Run

APART = 1e-5
"""Share of the cost by which a bound may lie above the cost of a plan: what solvers call within
tolerance adds up over a large model. More is a contradiction."""

DOUBTFUL = ("kInfeasible", "kUnboundedOrInfeasible", "kUnbounded")
"""Answers of HiGHS that are believed only when it gives them without presolve, too, and does not
give them for a program that always has an answer."""

DENIAL_S = 5.0
"""Seconds for that program; no answer in them speaks neither for nor against."""


def refuted(plan: Plan | None, bound: float, sense: int) -> bool:
    """Return whether a plan that keeps every rule is better than a bound no plan can beat."""
    if plan is None or not plan.exact or not math.isfinite(bound):
        return False
    return sense * (bound - plan.objective) > APART * max(1.0, abs(plan.objective))


def falling(arrays: Arrays) -> str:
    """Name a column that is paid for being large and has no limit of its own."""
    gain = -arrays.sense * arrays.cost
    endless = ((gain > 0) & np.isinf(arrays.upper)) | ((gain < 0) & np.isinf(arrays.lower))
    return arrays.column_name(int(np.argmax(np.where(endless, np.abs(gain), 0.0))))


def elastic(arrays: Arrays) -> Arrays:
    r"""Return a program that always has an answer: by how much rules have to be broken at least.

    .. math:: \min\ 1^T (p + q),\quad r^- \le A x + p - q \le r^+,\quad p, q \ge 0

    Whole numbers may be broken, too. A solver that finds no answer here is not to be believed.
    Source: Chinneck, Feasibility and Infeasibility in Optimization (2008), ch. 6 (elastic filter).
    """
    n, m = arrays.columns, arrays.rows
    of_row = arrays.row_of_entry()
    every = np.arange(m)
    row = np.concatenate([of_row, every, every])
    order = np.argsort(row, kind="stable")
    index = np.concatenate([arrays.index, n + every, n + m + every])[order]
    value = np.concatenate([arrays.value, np.ones(m), -np.ones(m)])[order]
    blank, endless = np.zeros(2 * m), np.full(2 * m, np.inf)
    return replace(
        arrays,
        cost=np.concatenate([np.zeros(n), np.ones(2 * m)]),
        lower=np.concatenate([arrays.lower, blank]),
        upper=np.concatenate([arrays.upper, endless]),
        integer=np.zeros(n + 2 * m, dtype=bool),
        starts=(arrays.starts + 2 * np.arange(m + 1)).astype(np.int32),
        index=index.astype(np.int32),
        value=value,
        offset=0.0,
        sense=1,
    )


def denies_all(arrays: Arrays, order: Order, clock: Clock) -> bool:
    """Return whether the solver calls impossible, too, what always has an answer; see ``elastic``.

    Args:
        arrays: the model it called impossible.
        order: options of the solver.
        clock: when to stop.
    """
    blank = Order(order.gap, 1, order.seed, order.memory_mb, any_version=order.any_version)
    until = time.monotonic() + DENIAL_S
    run = Run(elastic(arrays), blank, clock, lambda _: None, until=until, proves=False)
    return run.go().status in DOUBTFUL
