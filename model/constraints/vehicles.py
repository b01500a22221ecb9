"""F13 vehicles: whole trips, shared by all products of a lane."""

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Network
from tierstock.model.keys import Keys
from tierstock.model.rows import Rows
from tierstock.model.variables import declare

Flags = NDArray[np.bool_]


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Carry what is shipped in whole vehicle trips.

    .. math::

        \sum_p \omega_{pu}\, x_{apt} \le \sum_v Cap_{vu}\, n_{avt} \quad
            \text{for every } u \text{ that all types of the lane limit}

        \text{else}\quad x_{apt} = \sum_v x_{apvt}, \qquad
        \sum_p \omega_{pu}\, x_{apvt} \le Cap_{vu}\, n_{avt} \quad \text{for every } u
            \text{ that } v \text{ limits}

        \sum_p \omega_{pu^*}\, x_{ap(v)t} \ge MinFill_v\, Cap_{vu^*}\, n_{avt}, \qquad
        \sum_{a\ \text{from Home}} n_{avt} \le Fleet_v, \qquad
        \text{cost} = \sum F_{v}\, n_{avt}

    =======  ============================  ================================  ==============
    sign     in code                       meaning                           unit
    =======  ============================  ================================  ==============
    n        ``m.trips``                   trips in the period               whole trips
    x        ``m.flow``                    shipped                           units
    x_apvt   ``m.loaded``                  shipped by one vehicle type       units
    Cap      ``net.vehicles.limit``        most per trip, blank = no limit   dimension/trip
    ω        ``net.products.measure``      what one unit takes               dimension/unit
    F        ``net.trip_cost()``           cost of a trip                    money/trip
    =======  ============================  ================================  ==============

    The joint row is exact with one type, one common dimension or proportional limits; otherwise,
    and where one of several types has a minimum fill, goods are assigned to a type. A blank limit
    never acts as infinite in a sum. Trips are bounded by what the lane can carry. No packing: a
    lower bound for mixed loads; trips are per lane, so shared rounds are overcounted. What goes as
    a part load (F14, LTL-to-FTL) is taken out of x here.
    Behind the integrality horizon (F36) trips need not be whole: freight is F / (Cap · mean fill)
    per unit of load. The mean fill is the Min Fill of the vehicle, in its Fill Basis, where one is
    stated, so that late freight is not under-priced; else 1.
    Source: Nemhauser & Wolsey, Integer and Combinatorial Optimization, ch. II.1.
    Sheets: Vehicles, Lanes (Vehicle), Products (Weight, Volume, Units Per Pallet).
    """
    lanes, last = net.lanes, len(net.periods)
    flow = m.component("flow")
    if flow is None or not lanes.vehicles.any():
        return
    lane_of, period_of = net.goods.lane[flow.codes["goods"]], flow.codes["period"]
    carries = np.zeros((len(lanes), last), dtype=bool)
    carries[lane_of, period_of] = True
    a, v, t = np.nonzero(lanes.vehicles[:, :, None] & carries[:, None, :])
    keys = Keys((m.names.lane, m.names.vehicle, m.names.period), (a, v, t))
    fleet = np.where(net.vehicles.home[v, lanes.origin[a]], net.vehicles.fleet[v], np.inf)
    trips = declare(
        m,
        "trips",
        keys,
        {"lane": a, "vehicle": v, "period": t},
        (len(lanes), len(net.vehicles), last),
        upper=np.minimum(_most_trips(m, net, lane_of)[a, v, t] / _mean_fill(net, v, t), fleet),
        integer=net.whole()[t],
        doc="vehicle trips in the period",
    )
    if trips is None:
        return
    m.costs.add("trips", trips, net.trip_cost()[a, v])
    apart = lanes.vehicles.any(axis=1) & ~_joint(net)
    _joint_rows(m, net, lane_of, lanes.vehicles.any(axis=1) & ~apart)
    _loaded(m, net, lane_of, apart)
    _fill_rows(m, net, lane_of, apart)
    _fleet_rows(m, net)


def _mean_fill(net: Network, vehicle: np.ndarray, period: np.ndarray) -> np.ndarray:
    """Share of a trip that is filled behind the integrality horizon (F36), 1 inside it; [n]."""
    least = net.vehicles.min_fill[vehicle]
    return np.where(net.whole()[period] | (least <= 0), 1.0, least)


def _room(
    net: Network, vehicle: np.ndarray, dimension: np.ndarray | int, period: np.ndarray
) -> np.ndarray:
    """What one trip carries in a dimension, behind the integrality horizon at mean fill; [n]."""
    counted = net.vehicles.fill_basis[vehicle] == dimension
    fill = np.where(counted, _mean_fill(net, vehicle, period), 1.0)
    room: np.ndarray = np.nan_to_num(net.vehicles.limit[vehicle, dimension]) * fill
    return room


def _joint(net: Network) -> Flags:
    """Lanes whose vehicle types may be summed without losing exactness; shape [A]."""
    joint = np.zeros(len(net.lanes), dtype=bool)
    patterns, which = np.unique(net.lanes.vehicles, axis=0, return_inverse=True)
    for number, pattern in enumerate(patterns):
        limit = net.vehicles.limit[pattern]
        stated = ~np.isnan(limit)
        if pattern.sum() <= 1:
            exact = True
        elif (stated != stated[0]).any() or (net.vehicles.min_fill[pattern] > 0).any():
            exact = False
        else:
            ratio = limit[:, stated[0]] / limit[:1, stated[0]]
            exact = bool(np.allclose(ratio, ratio[:, :1], rtol=1e-12))
        joint[which.ravel() == number] = exact
    return joint


def _most_trips(m: pyo.ConcreteModel, net: Network, lane_of: np.ndarray) -> np.ndarray:
    """Trips of each type that would carry all a lane can carry; shape [A, V, T]."""
    k, t = m.flow.codes["goods"], m.flow.codes["period"]
    most = np.zeros((len(net.lanes), len(net.vehicles), len(net.periods)))
    bound = m.bounds.flow[k, t]
    for u in range(net.products.measure.shape[1]):
        size = np.nan_to_num(net.products.measure[net.goods.product[k], u])
        load = np.zeros((len(net.lanes), len(net.periods)))
        np.add.at(load, (lane_of, t), size * bound)
        for vehicle in np.flatnonzero(~np.isnan(net.vehicles.limit[:, u])):
            trips = np.ceil(load / net.vehicles.limit[vehicle, u])
            most[:, vehicle] = np.maximum(most[:, vehicle], trips)
    return most


def _joint_rows(m: pyo.ConcreteModel, net: Network, lane_of: np.ndarray, joint: Flags) -> None:
    limits, last = net.vehicles.limit, len(net.periods)
    k, t = m.flow.codes["goods"], m.flow.codes["period"]
    stated = ~np.isnan(limits)
    counts = np.zeros((len(net.lanes), stated.shape[1]), dtype=bool)
    for lane in np.flatnonzero(joint):
        counts[lane] = stated[net.lanes.vehicles[lane]].all(axis=0)
    carries = m.trips.grid.max(axis=1) >= 0
    a, u, period = np.nonzero(counts[:, :, None] & carries[:, None, :])
    row_of = np.full((len(net.lanes), counts.shape[1], last), -1, dtype=np.int64)
    row_of[a, u, period] = np.arange(len(a))
    keys = Keys((m.names.lane, m.names.dimension, m.names.period), (a, u, period))
    rows = Rows(m, "vehicle_load", keys, "load <= capacity of the trips")
    for dimension in range(counts.shape[1]):
        size = np.nan_to_num(net.products.measure[net.goods.product[k], dimension])
        rows.add(
            m.flow, size, at=np.arange(len(k)), row=row_of[lane_of, dimension, t], partial=True
        )
        _without_part_loads(m, net, rows, row_of[:, dimension], dimension)
        lane, vehicle, when = (m.trips.codes[c] for c in ("lane", "vehicle", "period"))
        rows.add(
            m.trips,
            -_room(net, vehicle, dimension, when),
            at=np.arange(len(m.trips)),
            row=row_of[lane, dimension, when],
            partial=True,
        )
    rows.at_most(0.0)


def _without_part_loads(
    m: pyo.ConcreteModel, net: Network, rows: Rows, row_of: np.ndarray, dimension: int
) -> None:
    """Take out of the load what goes outside whole vehicles (F14); ``row_of`` [A, T]."""
    part = m.component("part_load")
    if part is None:
        return
    k, t = part.codes["goods"], part.codes["period"]
    size = np.nan_to_num(net.products.measure[net.goods.product[k], dimension])
    row = row_of[net.goods.lane[k], t]
    rows.add(part, -size, at=np.arange(len(part)), row=row, partial=True)


def _loaded(m: pyo.ConcreteModel, net: Network, lane_of: np.ndarray, apart: Flags) -> None:
    at = np.flatnonzero(apart[lane_of])
    if not len(at):
        return
    index, vehicle = np.nonzero(net.lanes.vehicles[lane_of[at]])
    at = at[index]
    k, t = m.flow.codes["goods"][at], m.flow.codes["period"][at]
    goods = net.goods
    keys = Keys(
        (m.names.lane, m.names.vehicle, m.names.product, m.names.period),
        (goods.lane[k], vehicle, goods.product[k], t),
    )
    shape = (len(goods), len(net.vehicles), len(net.periods))
    codes = {"goods": k, "vehicle": vehicle, "period": t}
    loaded = declare(m, "loaded", keys, codes, shape, doc="shipped by one vehicle type, units")
    flow_at = np.unique(at)
    row_of = np.full(len(m.flow), -1, dtype=np.int64)
    row_of[flow_at] = np.arange(len(flow_at))
    whole = m.names.on_lane(m.flow.codes["goods"][flow_at], m.flow.codes["period"][flow_at])
    rows = Rows(m, "loaded_split", whole, "x = sum over vehicle types")
    rows.add(m.flow, 1.0, at=flow_at)
    rows.add(loaded, -1.0, at=np.arange(len(at)), row=row_of[at])
    part = m.component("part_load")
    if part is not None:
        whole_flow = m.flow.grid[part.codes["goods"], part.codes["period"]]
        rows.add(part, -1.0, at=np.arange(len(part)), row=row_of[whole_flow], partial=True)
    rows.equals(0.0)
    _type_rows(m, net, apart)


def _type_rows(m: pyo.ConcreteModel, net: Network, apart: Flags) -> None:
    lane, vehicle, when = (m.trips.codes[c] for c in ("lane", "vehicle", "period"))
    stated = ~np.isnan(net.vehicles.limit[vehicle]) & apart[lane][:, None]
    trip, u = np.nonzero(stated)
    row_of = np.full((*m.trips.grid.shape, stated.shape[1]), -1, dtype=np.int64)
    row_of[lane[trip], vehicle[trip], when[trip], u] = np.arange(len(trip))
    keys = Keys(
        (m.names.lane, m.names.vehicle, m.names.dimension, m.names.period),
        (lane[trip], vehicle[trip], u, when[trip]),
    )
    rows = Rows(m, "vehicle_type_load", keys, "load of a type <= capacity of its trips")
    rows.add(m.trips, -_room(net, vehicle[trip], u, when[trip]), at=trip)
    k, v, t = (m.loaded.codes[c] for c in ("goods", "vehicle", "period"))
    for dimension in range(stated.shape[1]):
        size = np.nan_to_num(net.products.measure[net.goods.product[k], dimension])
        row = row_of[net.goods.lane[k], v, t, dimension]
        rows.add(m.loaded, size, at=np.arange(len(k)), row=row, partial=True)
    rows.at_most(0.0)


def _fill_rows(m: pyo.ConcreteModel, net: Network, lane_of: np.ndarray, apart: Flags) -> None:
    lane, vehicle, when = (m.trips.codes[c] for c in ("lane", "vehicle", "period"))
    trip = np.flatnonzero(net.vehicles.min_fill[vehicle] > 0)
    if not len(trip):
        return
    lane, vehicle, when = lane[trip], vehicle[trip], when[trip]
    row_of = np.full(m.trips.grid.shape, -1, dtype=np.int64)
    row_of[lane, vehicle, when] = np.arange(len(trip))
    basis = net.vehicles.fill_basis
    keys = Keys((m.names.lane, m.names.vehicle, m.names.period), (lane, vehicle, when))
    rows = Rows(m, "vehicle_fill", keys, "load >= least fill of the trips")
    full = net.vehicles.limit[vehicle, basis[vehicle]]
    rows.add(m.trips, -net.vehicles.min_fill[vehicle] * full, at=trip)
    k, t = m.flow.codes["goods"], m.flow.codes["period"]
    for v in np.unique(vehicle):
        size = np.nan_to_num(net.products.measure[net.goods.product[k], basis[v]])
        row = np.where(apart[lane_of], -1, row_of[lane_of, v, t])
        rows.add(m.flow, size, at=np.arange(len(k)), row=row, partial=True)
        here = np.where(apart[:, None], -1, row_of[:, v])
        _without_part_loads(m, net, rows, here, int(basis[v]))
    loaded = m.component("loaded")
    if loaded is not None:
        k, v, t = (loaded.codes[c] for c in ("goods", "vehicle", "period"))
        size = np.nan_to_num(net.products.measure[net.goods.product[k], basis[v]])
        row = row_of[net.goods.lane[k], v, t]
        rows.add(loaded, size, at=np.arange(len(k)), row=row, partial=True)
    rows.at_least(0.0)


def _fleet_rows(m: pyo.ConcreteModel, net: Network) -> None:
    lane, vehicle, when = (m.trips.codes[c] for c in ("lane", "vehicle", "period"))
    limited = np.isfinite(net.vehicles.fleet)
    v, t = np.nonzero(np.repeat(limited[:, None], len(net.periods), axis=1))
    row_of = np.full((len(net.vehicles), len(net.periods)), -1, dtype=np.int64)
    row_of[v, t] = np.arange(len(v))
    rows = Rows(m, "fleet", Keys((m.names.vehicle, m.names.period), (v, t)), "trips <= fleet")
    home = net.vehicles.home[vehicle, net.lanes.origin[lane]]
    row = np.where(home, row_of[vehicle, when], -1)
    rows.add(m.trips, 1.0, at=np.arange(len(lane)), row=row, partial=True)
    rows.at_most(net.vehicles.fleet[v])
