"""Freight by bracket: what a lane costs in a period, and each shipment's share of it (F14)."""

from collections.abc import Iterator

import numpy as np

from tierstock.inputs.network import Floats
from tierstock.outputs.charge import Charge, grid
from tierstock.outputs.expand import Flows
from tierstock.outputs.loads import Carried

PART_LOAD = "LTL"
"""Name in the column Vehicle of what goes outside whole vehicles."""


def lane_freight(plan: Flows) -> Floats:
    """Return [A, T] money of the brackets of each lane: rate x load + what the bracket costs."""
    net, rates = plan.net, plan.net.rates
    money = np.zeros((len(net.lanes), plan.size[1]))
    if rates is None:
        return money
    for name, price in (("bracket_load", rates.rate), ("bracket_used", rates.start)):
        found = plan.made.sparse(name, "bracket", "period")
        bracket = found["bracket"]
        amount = price[bracket] * found.value
        np.add.at(money, (rates.lane[bracket], found["period"]), amount)
    return money


def bracket_freight(plan: Flows, ride: Carried) -> Floats:
    """Return [rows] freight of each shipment: its share, by load, of the lane's brackets."""
    net, rates = plan.net, plan.net.rates
    share = np.zeros(len(ride.units))
    if rates is None or not rates.rated.any():
        return share
    basis = np.zeros(len(net.lanes), dtype=np.int64)
    basis[rates.lane] = rates.basis
    lane = net.goods.lane[ride.goods]
    size = np.nan_to_num(net.products.measure)[net.goods.product[ride.goods], basis[lane]]
    outside = ride.vehicle == len(net.vehicles)
    priced = rates.rated[lane] & (outside | ~rates.part_load[lane])
    load = np.where(priced, size * ride.units, 0.0)
    total = np.zeros((len(net.lanes), plan.size[1]))
    np.add.at(total, (lane, ride.period), load)
    money = lane_freight(plan)[lane, ride.period]
    whole = total[lane, ride.period]
    np.divide(load * money, whole, out=share, where=whole > 0)
    return share


def rate_charges(plan: Flows) -> Iterator[Charge]:
    """freight of rated lanes, at their origin."""
    if plan.net.rates is None:
        return
    origin = plan.net.lanes.origin
    yield grid("freight", origin, np.full(len(origin), -1, dtype=np.int64), lane_freight(plan))
