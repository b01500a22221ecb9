"""Days for which stock lasts with a move and without it."""

import numpy as np

from tierstock.inputs.network import Floats, Ints, Network
from tierstock.outputs.expand import Flows
from tierstock.outputs.inventory import rounding


def lasting(net: Network, place: Ints, stock: Floats, after: Ints) -> Floats:
    """Return [M] days for which stock meets the forward demand, as Days Cover of Inventory.

    Args:
        net: the network.
        place: [M] place.
        stock: [M] units there.
        after: [M] period at whose end they are there.

    Returns:
        Days; not a number where no demand would use the stock up.
    """
    places, periods = net.places, net.periods
    few = rounding(stock)
    left, days = np.where(stock > few, stock, 0.0), np.zeros(len(stock))
    for period in range(int(after.min(initial=0)) + 1, len(periods)):
        counts = period > after
        length = periods.days[period]
        need = places.daily_demand[place, period] * length
        share = np.where(left >= need, 1.0, left / np.where(need > 0, need, 1.0))
        days += np.where(counts & (left > 0), share * length, 0.0)
        rest = np.where(left - need > few, left - need, 0.0)
        left = np.where(counts, rest, left)
    rate = places.daily_demand_after[place]
    endless = (left > 0) & (rate <= 0)
    days += np.where(left > 0, left / np.where(rate > 0, rate, 1.0), 0.0)
    return np.where(endless, np.nan, days)


def cover(plan: Flows, place: Ints, period: Ints, more: Floats) -> Floats:
    """Return [M] days of cover at the end of a period, with so many units more than planned.

    Not a number where there is no place, no stock is kept, or the period is after the horizon.
    """
    inside = (place >= 0) & (period >= 0) & (period < plan.size[1])
    at, when = np.where(inside, place, 0), np.where(inside, period, 0)
    kept = inside & plan.net.places.keeps[at, when]
    days = lasting(plan.net, at, plan.stock[at, when] + more, when)
    return np.where(kept, days, np.nan)
