"""Amounts of money, carbon or stock that follow from decisions, with where and when they count."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyomo.environ as pyo
from numpy.typing import ArrayLike, NDArray

from tierstock.inputs.network import Network

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Tally:
    """Amounts that follow from one family of variables; known amounts where it has no name."""

    variable: str
    """Name of the family on the model; blank for amounts that no decision changes."""
    at: Ints
    """[n] position in the family."""
    amount: Floats
    """[n] amount per unit of the variable."""
    location: Ints
    """[n] location at which it counts."""
    product: Ints
    """[n] product, -1 where it belongs to no single one."""
    period: Ints
    """[n] period in which it counts."""


def tally(
    m: pyo.ConcreteModel,
    variable: str,
    amount: ArrayLike,
    location: NDArray[np.integer],
    product: NDArray[np.integer] | None = None,
) -> Tally:
    """Return the amounts of a whole family, in the period of each variable."""
    codes = m.component(variable).codes
    period = codes["period"].astype(np.int64)
    nothing = np.full(len(period), -1)
    return Tally(
        variable,
        np.arange(len(period)),
        np.broadcast_to(np.asarray(amount, dtype=float), len(period)),
        location.astype(np.int64),
        (nothing if product is None else product).astype(np.int64),
        period,
    )


def emissions(m: pyo.ConcreteModel, net: Network) -> Iterator[Tally]:
    """Kilograms of carbon: of shipments and trips at their origin, of open sites."""
    if net.carbon is None:
        return
    goods, lanes = net.goods, net.lanes
    if m.component("flow") is not None and net.carbon.goods.any():
        k, t = m.flow.codes["goods"], m.flow.codes["period"]
        origin = lanes.origin[goods.lane[k]]
        yield tally(m, "flow", net.carbon.goods[k, t], origin, goods.product[k])
    if m.component("trips") is not None and net.carbon.vehicle.any():
        lane, vehicle = m.trips.codes["lane"], m.trips.codes["vehicle"]
        yield tally(m, "trips", net.carbon.vehicle[vehicle], lanes.origin[lane])
    if m.component("site_open") is not None and net.carbon.site.any():
        location = m.site_open.codes["location"]
        yield tally(m, "site_open", net.carbon.site[location], location)
