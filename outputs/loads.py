"""Who rides with whom: goods in vehicles, and each row's share of the trips."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.network import DIMENSIONS, Flags, Floats, Ints
from tierstock.outputs.expand import NOISE, Flows


@dataclass(frozen=True)
class Carried:
    """What is carried: one row per lane, product, ship period and (where assigned) vehicle."""

    goods: Ints
    """[rows] goods on the lane."""
    period: Ints
    """[rows] ship period."""
    vehicle: Ints
    """[rows] vehicle type; -1 where none is counted or several types carry the row; V for what
    goes as a part load, outside whole vehicles."""
    units: Floats
    """[rows] units."""
    share: Floats
    """[rows] share of the trips; not a number on lanes that count none."""


def measured(plan: Flows) -> Floats:
    """Return [P, 4] what a unit takes in each dimension, 0 where not stated."""
    return np.nan_to_num(plan.net.products.measure, nan=0.0)


def assigned(plan: Flows) -> Flags:
    """Return [A] lanes on which the model assigns goods to a vehicle type (``loaded``)."""
    lanes = np.zeros(len(plan.net.lanes), dtype=bool)
    lanes[plan.net.goods.lane[plan.loaded["goods"]]] = True
    return lanes


class Rides:
    """The rows of ``Carried`` gathered by vehicle group: what travels in the same trips.

    A group is a lane and period, and the vehicle type where goods are assigned to one.
    """

    def __init__(self, plan: Flows) -> None:
        """Gather what is shipped and the trips it is shipped in."""
        net, loaded, trips = plan.net, plan.loaded, plan.trips
        apart, types = assigned(plan), len(net.vehicles)
        own = loaded.value > NOISE
        part, beside = plan.part_load, plan.part_load.value > NOISE
        whole = plan.flow.copy()
        whole[part["goods"], part["period"]] -= part.value
        row, period = np.nonzero(np.where(apart[net.goods.lane][:, None], 0.0, whole) > NOISE)
        self.goods = np.concatenate([row, loaded["goods"][own], part["goods"][beside]])
        self.period = np.concatenate([period, loaded["period"][own], part["period"][beside]])
        self.units = np.concatenate([whole[row, period], loaded.value[own], part.value[beside]])
        outside = np.full(int(beside.sum()), types + 1)
        group = np.concatenate([np.full(len(row), types), loaded["vehicle"][own], outside])
        self.shape = (len(net.lanes), types + 2, len(plan.net.periods))
        self.load = self.units[:, None] * measured(plan)[net.goods.product[self.goods]]
        key = np.ravel_multi_index((net.goods.lane[self.goods], group, self.period), self.shape)
        ride = np.where(apart[trips["lane"]], trips["vehicle"], types)
        of_trip = np.ravel_multi_index((trips["lane"], ride, trips["period"]), self.shape)
        self.groups, at = np.unique(np.concatenate([key, of_trip]), return_inverse=True)
        self.group, self.trip_group = at[: len(key)], at[len(key) :]
        limit = net.vehicles.limit[trips["vehicle"]]
        self.trips = np.bincount(self.trip_group, trips.value, len(self.groups))
        self.room = self.sums(self.trip_group, trips.value[:, None] * limit)
        self.loads = self.sums(self.group, self.load)
        self.total = np.bincount(self.group, self.units, len(self.groups))
        self.vehicle = self._single(trips["vehicle"])
        beside = self.groups // self.shape[2] % self.shape[1] == types + 1
        self.vehicle[beside] = types

    def sums(self, group: Ints, values: Floats) -> Floats:
        """Return [groups, 4] sums of values [rows, 4]."""
        found = np.zeros((len(self.groups), len(DIMENSIONS)))
        np.add.at(found, group, values)
        return found

    def _single(self, vehicle: Ints) -> Ints:
        """Return [groups] the vehicle type of the trips, -1 for none or several."""
        low = np.full(len(self.groups), np.iinfo(np.int64).max)
        high = np.full(len(self.groups), -1)
        np.minimum.at(low, self.trip_group, vehicle)
        np.maximum.at(high, self.trip_group, vehicle)
        return np.where(low == high, high, -1)

    def shares(self) -> Floats:
        """Return [rows] the part a row has of its group.

        It is counted in the dimension that is fullest; in units where no limited dimension
        carries anything.
        """
        limited: Flags = np.logical_and(self.room > 0, self.loads > 0)
        fill = np.where(limited, self.loads / np.where(limited, self.room, 1.0), -1.0)
        tightest = fill.argmax(axis=1)
        at = np.arange(len(self.groups))
        counted = limited[at, tightest]
        total = np.where(counted, self.loads[at, tightest], self.total)[self.group]
        mine = self.load[np.arange(len(self.units)), tightest[self.group]]
        part = np.where(counted[self.group], mine, self.units)
        return np.asarray(part / total)


def carried(plan: Flows) -> Carried:
    """Return what is carried, with each row's share of the trips of its lane and period.

    The shares of a lane and period add up to its trips.
    """
    ride = Rides(plan)
    counts = np.isin(plan.net.goods.lane[ride.goods], np.nonzero(plan.net.lanes.vehicles)[0])
    counts &= ride.vehicle[ride.group] < len(plan.net.vehicles)
    share = np.where(counts, ride.shares() * ride.trips[ride.group], np.nan)
    return Carried(ride.goods, ride.period, ride.vehicle[ride.group], ride.units, share)


def fills(plan: Flows) -> Floats:
    """Return [trips] average fill of the vehicles: how full the fullest dimension is.

    Fill = max over the limited dimensions of load / (trips x limit). Where several types share a
    lane and goods are not assigned to one, it is the fill of all of them together, in the
    dimensions that all of them limit. Not a number where nothing is limited.
    """
    ride = Rides(plan)
    limited: Flags = ride.room > 0
    fill = np.divide(ride.loads, ride.room, out=np.full(ride.room.shape, -1.0), where=limited)
    fullest = np.where(limited.any(axis=1), fill.max(axis=1), np.nan)
    return np.asarray(fullest[ride.trip_group])
