"""Lot sizes of one place by dynamic programming."""

from collections.abc import Sequence
from math import inf


def wagner_whitin(
    demand: list[int], setup: Sequence[float], unit: Sequence[float], hold: Sequence[float]
) -> float:
    """Least cost of serving all demand on time; each lot covers the periods up to the next lot."""
    count = len(demand)
    best = [0.0] + [inf] * count
    for first in range(count):
        cost, carried = best[first], 0.0
        for last in range(first, count):
            cost += demand[last] * (unit[first] + carried)
            carried += hold[last]
            lot = setup[first] if sum(demand[first : last + 1]) else 0
            best[last + 1] = min(best[last + 1], cost + lot)
    return best[count]
