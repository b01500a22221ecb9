"""Response time: from the signal that stock will run low to the goods that put it right."""

import numpy as np

from tierstock.inputs.network import Floats
from tierstock.outputs.expand import Flows
from tierstock.outputs.inventory import MOVES, forward_demand, in_transit, mattering

NEAR = 1e-6
"""Share of a need that may be missing."""


def response_days(plan: Flows) -> float:
    """Return the mean days from a signal to the arrival of the goods that answer it.

    A place gives a signal at the end of a period when its stock and what is under way to it, less
    the demand of the next period, first lie below the target of that period. The answer is there
    in the period by which so much more than was under way has come. Days run from the start of the
    one period to the start of the other, to the end of the horizon where no answer comes. Not a
    number without any signal.
    """
    net, (places, periods) = plan.net, plan.size
    if periods < 2:
        return np.nan
    days = net.periods.days
    start = np.append(0.0, np.cumsum(days))
    way = in_transit(plan)
    need = forward_demand(plan)[:, :-1] * days[1:] + plan.safety[:, 1:]
    gap = need - plan.stock[:, :-1] - way[:, :-1]
    gap = np.where(net.places.keeps[:, 1:] & mattering(plan)[:, None], gap, 0.0)
    low = gap > NEAR * np.maximum(need, 1.0)
    signal = low & ~np.hstack([np.zeros((places, 1), dtype=bool), low[:, :-1]])
    came = np.cumsum(_received(plan), axis=1)
    total, count = 0.0, 0
    for t in range(periods - 1):
        at = np.flatnonzero(signal[:, t])
        wanted = (gap[at, t] + way[at, t]) * (1.0 - NEAR)
        there = came[at, t + 1 :] - came[at, t, None] >= wanted[:, None]
        first = np.where(there.any(axis=1), there.argmax(axis=1) + t + 1, periods)
        total += float((start[first] - start[t]).sum())
        count += len(at)
    return total / count if count else np.nan


def _received(plan: Flows) -> Floats:
    """Return [N, T] all that comes into stock from elsewhere: lanes, orders, supply, recipes."""
    made = sum((part(plan) for part in MOVES["Produced"]), np.zeros(plan.size))
    return np.asarray(plan.arrived + plan.order_in + plan.purchased + made)
