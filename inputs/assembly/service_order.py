"""Which classes come before which at one place (F4, ruling 29)."""

import numpy as np

from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.network import Flags, Floats, Ints, Network
from tierstock.inputs.network.service import ServiceOrder, ranked_pairs


def service_order(net: Network, ground: Ground, links: Links) -> ServiceOrder | None:
    """Return every two streams of one place with different priorities; None without any.

    Pairs of which the lower class takes goods that the higher one may not have are left out:
    goods with less life left, or a substitute of its channel.
    """
    high, low = ranked_pairs(net.demand)
    life = _least_life(net, ground)
    kept = (life[high] <= life[low]) & _takes_all(net, high, low)
    return ServiceOrder(high[kept], low[kept]) if kept.any() else None


def _least_life(net: Network, ground: Ground) -> Floats:
    """[D] days of life a stream asks for at delivery: the stricter of days and share."""
    products = ground.tables.table("Products").frame.drop_duplicates("product")
    shelf = products.set_index("product")["shelf_life"].reindex(net.products.code)
    life = shelf.to_numpy(np.float64)[net.places.product[net.demand.place]]
    frame = ground.tables.table("ServiceClasses").frame
    row = ground.classes.row[ground.streams.service_class]
    days, share = (
        np.append(frame[field].to_numpy(np.float64), np.nan)[row]
        for field in ("min_remaining_life", "min_life_share")
    )
    asked = np.maximum(np.nan_to_num(days), np.nan_to_num(share) * np.nan_to_num(life))
    return np.where(np.isnan(life), 0.0, asked)


def _takes_all(net: Network, high: Ints, low: Ints) -> Flags:
    """[X] whether the higher stream may be met with every substitute of the lower one."""
    ways = net.substitutes
    if ways is None:
        return np.ones(len(high), dtype=bool)
    most = len(net.places)
    known = ways.stream * most + ways.place
    order = np.argsort(ways.stream, kind="stable")
    first = np.searchsorted(ways.stream[order], low, side="left")
    count = np.searchsorted(ways.stream[order], low, side="right") - first
    pair = np.repeat(np.arange(len(low)), count)
    step = np.arange(len(pair)) - np.repeat(np.cumsum(count) - count, count)
    place = ways.place[order[np.repeat(first, count) + step]]
    found = np.ones(len(low), dtype=bool)
    np.logical_and.at(found, pair, np.isin(high[pair] * most + place, known))
    return found
