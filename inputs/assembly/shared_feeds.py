"""Places that several origins feed by stated shares (ruling 32, F25 ratio)."""

import numpy as np

from tierstock.inputs.assembly.sourcing_rows import StatedShares
from tierstock.inputs.network import Floats, Goods, Ints


def slots_of(goods: Goods, shares: StatedShares | None, location: Ints) -> tuple[Ints, Floats]:
    """Part the goods of every place among the origins that have a share in it.

    Args:
        goods: products on lanes.
        shares: stated shares; None where there are none.
        location: [N] location of each place.

    Returns:
        Slot of each good, [K]: one per origin with a share, numbered inside the place, and one
        for all the others; share of each slot, [S, N].
    """
    slots, places = np.zeros(len(goods), dtype=np.int64), len(location)
    if shares is None or not len(shares.place):
        return slots, np.ones((1, places))
    order = np.lexsort((shares.origin, shares.place))
    place, origin, share = (part[order] for part in (shares.place, shares.origin, shares.share))
    start = np.flatnonzero(np.diff(place, prepend=-1) != 0)
    number = np.arange(len(place)) - np.repeat(start, np.diff(np.append(start, len(place))))
    count = np.bincount(place, minlength=places)
    size = int(location.max()) + 1
    key, mine = place * size + origin, goods.sink * size + location[goods.source]
    at = np.minimum(np.searchsorted(key, mine), len(key) - 1)
    slots = np.where(key[at] == mine, number[at], count[goods.sink])
    weight = np.zeros((int(count.max()) + 1, places))
    weight[number, place] = share
    weight[count, np.arange(places)] = np.maximum(0.0, 1.0 - weight.sum(axis=0))
    return slots, weight


def weights(feeder: Ints, share: Floats) -> Floats:
    """Share of each feeder in the demand it passes on, [S x N, T].

    Shares of slots without an open lane go to the others in proportion; where only slots without
    a share are open, the first of them has all.

    Args:
        feeder: [S x N, T] good that feeds each slot of each place, -1 where none is open.
        share: [S, N] share of each slot.
    """
    slots, places = share.shape
    is_open = (feeder >= 0).reshape(slots, places, feeder.shape[1])
    found = np.where(is_open, share[:, :, None], 0.0)
    total = found.sum(axis=0)
    first = np.cumsum(is_open, axis=0) == 1
    found = np.where(total > 0.0, found, first & is_open)
    total = found.sum(axis=0)
    np.divide(found, total, out=found, where=total > 0.0)
    return np.asarray(found.reshape(feeder.shape))
