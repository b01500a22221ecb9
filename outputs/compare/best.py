"""What a key figure counts in, and which of several of its values is the best."""

from collections.abc import Sequence

import numpy as np

from tierstock.outputs.kpi import about
from tierstock.outputs.summary import COST

LESS = (
    "Total cost",
    "Capital tied up (end)",
    "Capital tied up (average)",
    "Capital tied up (peak)",
    "Gap in money",
    "Gap to best possible",
    "Lost units",
    "Owed at the end",
    "Stock-out rate",
    "Stock-out spell",
    "Response time",
    "Safety stock missing",
    "Stock value (average)",
    "Stock value (peak)",
    "Stock value (end)",
    "Days on hand",
    "Slow-mover share",
    "Excess value",
    "Expiry value",
    "Expired value",
    "Bullwhip ratio",
    "Carbon emitted",
)
"""Key figures of which less is better; the money of every cost term besides."""
MORE = (
    "Fill rate (units)",
    "Fill rate (value)",
    "Fill rate by class",
    "On-time rate",
    "Revenue",
    "Profit",
    "Inventory turnover",
    "Vehicle fill",
    "Cash minimum",
)
"""Key figures of which more is better. All others say how a plan works, not how good it is."""
PART = ": "
"""What parts a key figure from the class or tier it is of, ``Fill rate by class: gold``."""
ALIKE = 1e-9
"""Share of a value below which two are the same."""


def whole(name: str) -> str:
    """Return the key figure without the class or tier it is of.

    >>> whole("Fill rate by class: gold")
    'Fill rate by class'
    """
    return name.partition(PART)[0]


def unit_of(name: str) -> str:
    """Return the unit of a key figure or cost term; blank for one that is not known."""
    return "money" if name.startswith(COST) else about().get(whole(name), {}).get("unit", "")


def direction(name: str) -> int:
    """Return -1 where less of a key figure is better, 1 where more is, 0 where neither.

    >>> direction("Total cost"), direction("Fill rate (units)"), direction("Shipments")
    (-1, 1, 0)
    """
    if whole(name) in LESS or name.startswith(COST):
        return -1
    return int(whole(name) in MORE)


def best(name: str, values: Sequence[float], plans: Sequence[str]) -> list[str]:
    """Return the plans with the best value of a key figure; several where they are alike.

    Args:
        name: the key figure in English.
        values: one per plan; not a number where a plan has no such figure.
        plans: names of the plans.

    Returns:
        None where the figure has no better side, where fewer than two plans have it, or where
        those that have it are all alike.
    """
    sign, known = direction(name), np.isfinite(values)
    if sign == 0 or known.sum() < 2:
        return []
    score = np.where(known, sign * np.asarray(values, dtype=float), -np.inf)
    top = score.max()
    first = known & (top - score <= ALIKE * max(abs(top), 1.0))
    if first.sum() == known.sum():
        return []
    return [plan for plan, good in zip(plans, first, strict=True) if good]
