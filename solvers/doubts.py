"""What a plan, or the data alone, says of an answer that cannot be right."""

import math

import numpy as np

from tierstock.solvers.arrays import Arrays
from tierstock.solvers.plans import Plan

APART = 1e-5
"""Share of the cost by which a bound may lie above the cost of a plan: what solvers call within
tolerance adds up over a large model. More is a contradiction."""


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
