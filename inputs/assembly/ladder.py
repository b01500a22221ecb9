"""The penalty ladder (ruling 35): the prices of what is not done where nothing is stated.

Basis b = Price if > 0, else 2 x Unit Value. Order to keep: terminal (once) < safety (summed over
13 weeks) < lost sale of a lower class < lost sale of a higher class.
"""

import numpy as np

from tierstock.inputs.network import Floats, Ints, Products

BACKORDER = 0.05
"""Share of b per step of priority, unit and week owed."""
SAFETY = 0.02
"""Share of b per unit missing and week."""
TERMINAL = 0.15
"""Share of b per unit missing at the end, once."""
SERVICE = 1.5
"""Share of b per unit that a service target is missed by."""
FAIRNESS = 0.15
"""Share of b per unit that a member is beyond the tolerance of fairness: it decides who gets what
there is, never whether anybody does."""
CHANGE = 0.01
"""Share of b per unit by which the plan differs from its reference."""
BUDGET = 1.0
"""Price of one unit (of money, kg, a move) beyond a soft budget."""
SAFETY_WEEKS = 13.0
"""Weeks over which the safety shortfall is summed when rungs are compared."""


def basis(products: Products) -> Floats:
    """Basis b of every product, money per unit [P]; 0 where neither price nor value is known."""
    price = np.nan_to_num(products.price)
    return np.where(price > 0.0, price, 2.0 * np.nan_to_num(products.unit_value))


def lost(b: Floats, step: Ints | Floats, multiple: float = 1.0) -> Floats:
    """Price of one unit not served: b x (K - k + 1), or that many times a stated multiple.

    Args:
        b: basis of each stream.
        step: K - k + 1 of each stream, 1 for the lowest class.
        multiple: Settings.shortage_default_cost, 1 for the ladder itself.
    """
    return np.asarray(multiple * b * step, dtype=np.float64)


def backorder(b: Floats, step: Ints | Floats, days: Floats) -> Floats:
    """Price of one unit owed for one period, [D, T]: 0.05 b x (K - k + 1) x days / 7."""
    return np.asarray(BACKORDER * (b * step)[:, None] * (days / 7.0), dtype=np.float64)


def safety(b: Floats, days: Floats) -> Floats:
    """Price of one unit of safety stock missing for one period, [X, T]: 0.02 b x days / 7."""
    return np.asarray(SAFETY * b[:, None] * (days / 7.0), dtype=np.float64)


def terminal(b: Floats) -> Floats:
    """Price of one unit missing at the end, once: 0.15 b."""
    return TERMINAL * b


def service(b: Floats) -> Floats:
    """Price of one unit that a service target is missed by: 1.5 b."""
    return SERVICE * b


def fairness(b: float) -> float:
    """Price of one unit beyond the tolerance of fairness: 0.15 b."""
    return FAIRNESS * b


def change(b: Floats) -> Floats:
    """Price of one unit of plan change: 0.01 b."""
    return CHANGE * b
