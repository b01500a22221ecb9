"""What today's stock and the lanes make possible, before anything is decided."""

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.network import Network
from tierstock.model.perishing import alive_lots, trapped, unripe, willing
from tierstock.model.production_bounds import used_up

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def stuck(net: Network, reach: Floats | None = None) -> Floats:
    r"""Stock that nothing can have taken away by the end of each period; shape [N, T].

    .. math::

        stuck_t = \max(0,\ stuck_{t-1} + pipe_t - leave_t - d_t)\,(1 - taken_t)

    ``taken`` is the share that the lanes can carry off together: of each lane its Max Shipment,
    its fleet and the outbound capacity of the site, shared by all products in proportion. Hard
    limits give way to what is stuck (mathematics F6, F7), so that today's excess is a warning
    and not a contradiction. What recipes can use up of it is gone, too, and what has expired.
    Demand that refuses an age takes nothing here, nor do lanes on which goods would expire.

    Args:
        net: the network.
        reach: [N, T] most that can have come to each place, where anything is made.
    """
    places, last = net.places, len(net.periods)
    wanted = np.zeros((len(places), last))
    np.add.at(wanted, net.demand.place, np.where(willing(net), _asked(net), 0.0))
    alive, trap, raw = alive_lots(net), trapped(net), unripe(net)
    held = places.opening.copy()
    result = np.zeros((len(places), last))
    fleet = _fleet(net)
    for t in range(last):
        held = np.maximum(0.0, held + places.arriving[:, t] - places.leaving[:, t] - wanted[:, t])
        held = held * np.where(trap[:, t], 1.0, 1.0 - _taken(net, held, fleet, t))
        if reach is not None:
            used = np.where(raw[:, t], 0.0, used_up(net, held, reach, t))
            held = np.maximum(0.0, held - used)
        held = np.minimum(held, alive[:, t])
        result[:, t] = held
    return result


def _asked(net: Network) -> Floats:
    """What demand can take from stock at most in each period, today's backlog in the first; [D, T].

    A closed place issues nothing: what may wait is taken when it opens again.
    """
    demand, places = net.demand, net.places
    is_open = net.locations.active[places.location[demand.place]]
    asked = np.array(demand.quantity)
    asked[:, 0] += demand.opening_backlog
    share = np.where(demand.opening_backlog > 0, 1.0, demand.owed_share)
    for t in range(asked.shape[1]):
        if t + 1 < asked.shape[1]:
            asked[:, t + 1] += np.where(is_open[:, t], 0.0, share * asked[:, t])
        asked[~is_open[:, t], t] = 0.0
    return asked


def _taken(net: Network, held: Floats, fleet: Floats, t: int) -> Floats:
    """Share of what is held at each place that the lanes can take away in a period; [N]."""
    goods, lanes, places = net.goods, net.lanes, net.places
    k = np.flatnonzero(goods.allowed[:, t] & (held[goods.source] > 0))
    lane, there = goods.lane[k], held[goods.source[k]]
    share = _ratio(lanes.max_shipment[:, t], _sums(lane, there, len(lanes)))
    size = np.nan_to_num(net.products.measure)
    for u in range(size.shape[1]):
        load = _sums(lane, there * size[goods.product[k], u], len(lanes))
        share = np.minimum(share, _ratio(fleet[:, u], load))
    taken = np.minimum(1.0, np.bincount(goods.source[k], share[lane], minlength=len(places)))
    capacity = net.capacity
    for c in np.flatnonzero(np.isin(capacity.kind.astype(str), ("outbound", "dock"))):
        here = places.location == capacity.location[c]
        zone = str(capacity.zone[c])
        if zone != "*":
            here &= net.products.zone[places.product] == zone
        weight = float((held * taken * size[places.product, capacity.dimension[c]])[here].sum())
        most = capacity.limit[c, t] + capacity.extra_limit[c, t]
        taken[here] *= _ratio(np.array([most]), np.array([weight]))[0]
    return taken


def _fleet(net: Network) -> Floats:
    """Most that vehicles can carry on each lane and period, the fleet shared evenly; [A, 4]."""
    lanes, vehicles = net.lanes, net.vehicles
    most = np.full((len(lanes), vehicles.limit.shape[1]), np.inf)
    served = lanes.vehicles.any(axis=1)
    if not served.any() or not np.isfinite(vehicles.fleet).any():
        return most
    runs = lanes.vehicles & vehicles.home[:, lanes.origin].T
    on = np.maximum(runs.sum(axis=0), 1)
    trips = np.where(runs, vehicles.fleet / on, np.where(lanes.vehicles, np.inf, 0.0))
    load = np.where(np.isnan(vehicles.limit), np.inf, vehicles.limit)
    with np.errstate(invalid="ignore"):
        carried = np.nan_to_num(trips[:, :, None] * load[None, :, :], nan=0.0, posinf=np.inf)
    most[served] = carried.sum(axis=1)[served]
    return most


def _sums(group: Ints, amount: Floats, count: int) -> Floats:
    return np.bincount(group, amount, minlength=count).astype(np.float64)


def _ratio(most: Floats, load: Floats) -> Floats:
    """Return min(1, most / load), 1 where there is no load."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(load > 0, most / load, 1.0)
    result: Floats = np.minimum(1.0, share)
    return result
