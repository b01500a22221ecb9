"""What is wanted only where goods of a place cannot come to."""

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.network import Network
from tierstock.model.reach import cycles

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

MOST_WORK = 4e9
"""Multiplications above which only locations that send nothing on are looked at."""


def elsewhere(net: Network) -> Floats:
    r"""Return demand and lasting safety stock of a product out of reach of a place; shape [N, T].

    .. math::

        else_{lpt} = \sum_{l' \notin D(l)} \Bigl(\sum_{t' \ge t} d_{l'pt'}
            + \sum_{t' < t} \gamma\, d_{l'pt'} + B_{l'p0} + SS_{l'pT}\Bigr)

    D(l): l and every location that lanes lead to from there, whatever they carry, so that also
    what is made of the product on the way stays inside. Of safety stock counts what is wanted at
    the end: what is not may be sent on, here too.
    """
    places, last = net.places, len(net.periods)
    demand = net.demand
    own = np.zeros((len(places), last))
    later = np.cumsum(demand.quantity[:, ::-1], axis=1)[:, ::-1]
    before = np.cumsum(demand.quantity, axis=1) - demand.quantity
    wanted = later + demand.owed_share[:, None] * before + demand.opening_backlog[:, None]
    np.add.at(own, demand.place, wanted)
    own += places.safety[:, -1:]
    table = np.zeros((len(net.locations), len(net.products), last))
    table[places.location, places.product] = own
    onward = led_to(net)
    if onward.size * table[0].size <= MOST_WORK:
        flat = table.reshape(len(net.locations), -1)
        inside = (onward.astype(np.float64) @ flat).reshape(table.shape)
    else:
        inside = np.where((onward.sum(axis=1) == 1)[:, None, None], table, table.sum(axis=0))
    outside = table.sum(axis=0) - inside
    result: Floats = np.maximum(0.0, outside[places.location, places.product])
    return result


def led_to(net: Network) -> Flags:
    """Whether lanes lead from a location to another, or it is the same; [L, L]."""
    group, size = cycles(net)
    used = np.unique(net.goods.lane[net.goods.allowed.any(axis=1)])
    start, end = group[net.lanes.origin[used]], group[net.lanes.destination[used]]
    onward = np.eye(len(size), dtype=bool)
    order = np.argsort(start, kind="stable")
    start, end = start[order], end[order]
    for one in np.unique(start)[::-1].tolist():  # lanes only lead to equal or higher groups
        there = end[slice(*np.searchsorted(start, [one, one + 1]))]
        onward[one] |= onward[there].any(axis=0)
    result: Flags = onward[np.ix_(group, group)]
    return result
