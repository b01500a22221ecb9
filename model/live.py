"""What today's stock and the lanes make possible, before anything is decided."""

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.network import Network

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def first_refill(net: Network) -> Ints:
    """First period in which a receipt can reach a place, T where none can; shape [N].

    Receipts by lanes, by Supply and from open orders; opening stock is none. A hard safety stock
    binds from here on (mathematics F5).
    """
    goods, supply, places, last = net.goods, net.supply, net.places, len(net.periods)
    time = np.arange(last)
    first = np.full(len(places), last, dtype=np.int64)
    can_leave = goods.allowed & (places.earliest[goods.source][:, None] <= time)
    arrival = np.where(can_leave, time + goods.lead, last)
    np.minimum.at(first, goods.sink, arrival.min(axis=1, initial=last))
    ordered = np.where(supply.most > 0, time + supply.lead, last)
    np.minimum.at(first, supply.place, ordered.min(axis=1, initial=last))
    due = np.where(places.arriving > 0, time, last).min(axis=1, initial=last)
    earliest: Ints = np.minimum(np.minimum(first, due), last)
    return earliest


def stuck(net: Network) -> Floats:
    """Stock that no decision can have taken away by the end of each period; shape [N, T].

    Opening stock and open orders so far, less all that lanes and demand can have taken: a lane
    without a capacity can take everything. Hard limits give way to it (mathematics F6, F7), so
    that today's excess is a warning and not a contradiction.
    """
    goods, places, last = net.goods, net.places, len(net.periods)
    held = places.opening[:, None] + np.cumsum(places.arriving - places.leaving, axis=1)
    taken = np.zeros((len(places), last))
    most = np.where(goods.allowed, net.lanes.max_shipment[goods.lane], 0.0)
    np.add.at(taken, goods.source, most)
    np.add.at(taken, net.demand.place, net.demand.quantity)
    taken[:, 0] += np.bincount(net.demand.place, net.demand.opening_backlog, minlength=len(places))
    return np.maximum(0.0, held - np.cumsum(taken, axis=1))
