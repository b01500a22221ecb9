"""What fills vehicles that another limit than their Fill Basis makes necessary (C.6.2)."""

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


def filled(net: Network) -> tuple[Floats, Floats] | None:
    r"""Return gain and weight of vehicles with a least fill and a further limit, both [V, P].

    .. math::

        \sum_{u \ne u^*} \sum_p \omega_{pu}\, need_p / Cap_u \text{ trips need }
        \text{fill}_p \text{ units each}

    Goods pass one lane after the other: for every step of the longest way there may be other
    units. What fills a trip fills its own trips on the way there. One fill for each lane and
    period is counted besides (``Bounds``).
    """
    goods, served = net.goods, np.zeros(len(net.goods), dtype=bool)
    gains, weights = [], []
    for v in np.flatnonzero(net.vehicles.min_fill > 0).tolist():
        by_vehicle = net.lanes.vehicles[goods.lane, v] & goods.allowed.any(axis=1)
        carried = np.zeros(len(net.products), dtype=bool)
        carried[goods.product[by_vehicle]] = True
        weight = np.where(carried, _shares(net, v).sum(axis=1), 0.0)
        if weight.any():
            units = fill_for_trip(net, v)
            gains.append(np.where(carried & np.isfinite(units), units, 0.0))
            weights.append(weight)
            served |= by_vehicle
    if not gains:
        return None
    return _longest_way(net, np.unique(goods.lane[served])) * np.stack(gains), np.stack(weights)


def _shares(net: Network, vehicle: int) -> Floats:
    """Share of each limit besides the Fill Basis that one unit takes; [P, 4], 0 where none."""
    limit, size = net.vehicles.limit[vehicle], np.nan_to_num(net.products.measure)
    share: Floats = np.nan_to_num(size / limit)
    share[:, net.vehicles.fill_basis[vehicle]] = 0.0
    return share


def _longest_way(net: Network, lanes: Ints) -> int:
    """Most of some lanes that goods can pass one after the other, a circle once round."""
    group, size = cycles(net)
    start, end = group[net.lanes.origin[lanes]], group[net.lanes.destination[lanes]]
    inside = np.zeros(len(size), dtype=np.int64)
    inside[start[start == end]] = size[start[start == end]] - 1
    longest = inside.copy()
    for at in np.argsort(start, kind="stable").tolist():
        if start[at] != end[at]:
            way = longest[start[at]] + 1 + inside[end[at]]
            longest[end[at]] = max(longest[end[at]], way)
    return int(longest.max(initial=0))
