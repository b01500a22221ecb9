"""One of many equally good plans, always the same one.

Among the plans that cost the same, which one a solver ends with depends on the order of its steps.
So the linear part of a plan is chosen by a second objective: the face of all plans that are as
good is kept, and the sum of all quantities, each with a weight of its own, is made small on it.
Source: complementary slackness; Schrijver, Theory of Linear and Integer Programming, ch. 7.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.clean import TOLERANCE, exact
from tierstock.solvers.order import Outcome
from tierstock.solvers.plans import Plan
from tierstock.solvers.trim import tightened, trimmed

NOISE = 1e-9
"""Prices smaller than this are none; also the share by which a plan may look dearer."""


def weights(columns: int) -> Floats:
    """Return a weight between 1 and 2 for each column, the same on every machine; [n].

    The bits of the number of the column, mixed as in SplitMix64 (Steele, Lea & Flood 2014), so
    that no two ways to do the same have the same sum.
    """
    with np.errstate(over="ignore"):
        bits = np.arange(1, columns + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        bits ^= bits >> np.uint64(31)
    return 1.0 + (bits >> np.uint64(11)) / 2.0**53


def face(arrays: Arrays, values: Floats, row_duals: Floats, reduced_costs: Floats) -> Arrays:
    """Return the program of all plans as good as an optimal one, with the weights as its cost.

    What has a price stays at its limit: that makes a plan optimal, and each optimal one does so.

    Args:
        arrays: a program without whole numbers.
        values: [n] an optimal plan.
        row_duals, reduced_costs: its prices, [m] and [n].
    """
    lower, upper = _held(arrays.lower, arrays.upper, values, reduced_costs)
    activity = arrays.activity(values)
    row_lower, row_upper = _held(arrays.row_lower, arrays.row_upper, activity, row_duals)
    weight = weights(arrays.columns)
    free = np.isinf(arrays.lower)
    cost = np.where(~free, weight, np.where(np.isinf(arrays.upper), 0.0, -weight))
    return replace(
        arrays,
        cost=cost,
        offset=0.0,
        sense=1,
        lower=lower,
        upper=upper,
        row_lower=row_lower,
        row_upper=row_upper,
    )


def _held(lower: Floats, upper: Floats, amount: Floats, price: Floats) -> tuple[Floats, Floats]:
    """Return limits that hold what has a price at the limit it stands at."""
    held = np.abs(price) > NOISE
    with np.errstate(invalid="ignore"):
        at_lower = np.abs(amount - lower) <= np.abs(upper - amount)
    limit = np.where(at_lower, lower, upper)
    held &= np.isfinite(limit)
    return np.where(held, limit, lower), np.where(held, limit, upper)


def canonical(arrays: Arrays, plan: Plan, solve: Callable[[Arrays], Outcome]) -> Plan:
    """Return the plan that stands for all with the same whole numbers and the same cost.

    Where it needs fewer trips than the plan it stands for, these are left out.

    Args:
        arrays: the model.
        plan: an exact plan.
        solve: solves a linear program.

    Returns:
        The plan itself where a solve did not come to its end, or nothing as good was found.
    """
    program = arrays.fixed(plan.values)
    best = solve(program)
    if best.status != "kOptimal" or best.values is None:
        return plan
    if best.row_duals is None or best.reduced_costs is None:
        return plan
    found = [best.values]
    chosen = solve(face(program, best.values, best.row_duals, best.reduced_costs))
    if chosen.status == "kOptimal" and chosen.values is not None:
        found.insert(0, chosen.values)
    for values in found:
        whole = tightened(arrays, trimmed(arrays, exact(arrays, values)))
        cost = arrays.objective(whole)
        room = NOISE * max(1.0, abs(plan.objective))
        good = arrays.sense * (cost - plan.objective) <= room
        if good and arrays.violation(whole) <= TOLERANCE:
            return Plan(whole, cost, True, best.row_duals, best.reduced_costs)
    return plan
