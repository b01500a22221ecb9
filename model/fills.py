"""What fills vehicles that another limit than their Fill Basis makes necessary (C.6.2)."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.network import Network
from tierstock.model.reach import cycles

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LARGEST = 0.9
"""Share of a further limit above which a least fill counts as this share: goods whose fill takes
nearly all of it cannot fill trips for others."""


def least_fill(net: Network, vehicle: int) -> Floats:
    """Units of each product that make the least fill of a trip alone; [P], infinite where none."""
    vehicles = net.vehicles
    basis = vehicles.fill_basis[vehicle]
    size = np.nan_to_num(net.products.measure[:, basis])
    load = vehicles.min_fill[vehicle] * vehicles.limit[vehicle, basis]
    with np.errstate(divide="ignore", invalid="ignore"):
        units: Floats = np.where(size > 0, load / size, np.inf)
    return units


def full_trip(net: Network, vehicle: int) -> Floats:
    """Units of each product that fit into one trip alone; [P], infinite where nothing limits it."""
    limit, size = net.vehicles.limit[vehicle], np.nan_to_num(net.products.measure)
    with np.errstate(divide="ignore", invalid="ignore"):
        units = np.where((size > 0) & ~np.isnan(limit), limit / size, np.inf)
    result: Floats = units.min(axis=1, initial=np.inf)
    return result


def fill_for_trip(net: Network, vehicle: int) -> Floats:
    r"""Units of each product that a trip needs to go; [P], infinite where it cannot fill one.

    .. math::

        \frac{f_p}{1 - \max_{u \ne u^*} \omega_{pu} f_p / Cap_u}, \qquad
        f_p = MinFill\, Cap_{u^*} / \omega_{pu^*}

    What fills a trip takes part of the other limits itself.
    """
    units = least_fill(net, vehicle)
    share = _shares(net, vehicle)
    with np.errstate(invalid="ignore"):
        taken = np.where(share > 0, share * units[:, None], 0.0).max(axis=1, initial=0.0)
    result: Floats = units / (1.0 - np.minimum(taken, LARGEST))
    return result


def filled(net: Network) -> Iterator[tuple[Floats, Floats]]:
    r"""Yield gain and weight, both [P], of vehicles with a least fill and a further limit.

    .. math::

        \sum_{u \ne u^*} \sum_p \omega_{pu}\, need_p / Cap_u \text{ trips need }
        \text{fill}_p \text{ units each}

    Goods pass one lane after the other, so it holds once for every step of the longest way. One
    fill for each lane and period is counted besides (``Bounds``).
    """
    goods, steps = net.goods, 0
    for v in np.flatnonzero(net.vehicles.min_fill > 0).tolist():
        carried = np.zeros(len(net.products), dtype=bool)
        carried[goods.product[net.lanes.vehicles[goods.lane, v]]] = True
        weight = np.where(carried, _shares(net, v).sum(axis=1), 0.0)
        if not weight.any():
            continue
        steps = steps or _longest_way(net)
        units = fill_for_trip(net, v)
        for _ in range(steps):
            yield np.where(carried & np.isfinite(units), units, 0.0), weight


def _shares(net: Network, vehicle: int) -> Floats:
    """Share of each limit besides the Fill Basis that one unit takes; [P, 4], 0 where none."""
    limit, size = net.vehicles.limit[vehicle], np.nan_to_num(net.products.measure)
    share: Floats = np.nan_to_num(size / limit)
    share[:, net.vehicles.fill_basis[vehicle]] = 0.0
    return share


def _longest_way(net: Network) -> int:
    """Most lanes that goods can pass one after the other, a circle once round."""
    group, size = cycles(net)
    used = np.unique(net.goods.lane[net.goods.allowed.any(axis=1)])
    start, end = group[net.lanes.origin[used]], group[net.lanes.destination[used]]
    longest = size - 1
    for at in np.argsort(start, kind="stable").tolist():
        if start[at] != end[at]:
            way = longest[start[at]] + size[end[at]]
            longest[end[at]] = max(longest[end[at]], way)
    return int(longest.max(initial=0))
