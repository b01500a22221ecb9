"""Step 5 of the solve protocol: a plan with exact whole numbers.

The solver takes 0.999999 for 1 and 0.000001 for 0. With a large coefficient beside it that small
number lets goods flow over a lane that counts as closed. So whole-number columns are rounded and
fixed, and the rest is solved again; what then breaks a rule was never a plan.
"""

import numpy as np

from tierstock.solvers.arrays import Arrays, Floats

TOLERANCE = 1e-6
"""Largest relative violation of a rule in a plan."""

NEAR = 1e-9
"""Distance from a whole number or bound that is the solver's noise."""


def exact(arrays: Arrays, values: Floats) -> Floats:
    """Return values inside their bounds, whole where they have to be, near zero exactly zero."""
    inside = np.clip(values, arrays.lower, arrays.upper)
    inside[arrays.integer] = np.rint(inside[arrays.integer])
    calm = np.where(np.abs(inside) <= NEAR, 0.0, inside)
    calm = np.clip(calm, arrays.lower, arrays.upper) + 0.0  # no negative zero
    allowed = max(TOLERANCE / 10, arrays.violation(inside))
    return calm if arrays.violation(calm) <= allowed else inside + 0.0


def rounded(arrays: Arrays, values: Floats) -> Floats | None:
    """Return the nearest plan with exact whole numbers, None where neither way keeps the rules.

    Whole-number columns are rounded to the nearest; where that breaks a rule (a lane in use that
    counts as nearly closed), up.
    """
    near = exact(arrays, values)
    if arrays.violation(near) <= TOLERANCE:
        return near
    up = values.copy()
    up[arrays.integer] = np.ceil(values[arrays.integer] - NEAR)
    up = exact(arrays, up)
    return up if arrays.violation(up) <= TOLERANCE else None


def base(arrays: Arrays, values: Floats) -> Floats:
    """Return the whole numbers to fix for the last solve."""
    found = rounded(arrays, values)
    return exact(arrays, values) if found is None else found
