"""Duty, what companies pay each other, and what is emitted."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from tierstock.outputs.charge import Charge, free, grid, nowhere
from tierstock.outputs.expand import Flows


def tariff_charges(plan: Flows) -> Iterator[Charge]:
    """duty at the destination; transfer price paid there and earned at the origin.

    What companies pay each other adds up to nothing: the total cost does not change.
    """
    tariffs, goods, lanes = plan.net.tariffs, plan.net.goods, plan.net.lanes
    if tariffs is None:
        return
    origin, end = lanes.origin[goods.lane], lanes.destination[goods.lane]
    paid = free(tariffs.transfer_price, plan.flow)
    yield grid("duty", end, goods.product, free(tariffs.duty, plan.flow))
    yield grid("transfer price", end, goods.product, paid)
    yield grid("transfer price", origin, goods.product, -paid)


def emitted(plan: Flows) -> Iterator[Charge]:
    """Return kilograms of carbon: shipments and trips at their origin, open sites."""
    carbon, goods, lanes, trips = plan.net.carbon, plan.net.goods, plan.net.lanes, plan.trips
    if carbon is None:
        return
    origin = lanes.origin[goods.lane]
    yield grid("carbon", origin, goods.product, free(carbon.goods, plan.flow))
    home = lanes.origin[trips["lane"]]
    kilograms = trips.value * carbon.vehicle[trips["vehicle"]]
    yield Charge("carbon", home, nowhere(home), trips["period"], kilograms)
    if plan.net.sites is not None:
        location = plan.net.sites.location
        opened = np.where(plan.closed[location], 0.0, carbon.site[location][:, None])
        yield grid("carbon", location, nowhere(location), opened)


def carbon_charges(plan: Flows) -> Iterator[Charge]:
    """carbon = carbon price x kilograms."""
    price = plan.net.carbon.price if plan.net.carbon is not None else 0.0
    for one in emitted(plan) if price else ():
        yield replace(one, amount=price * one.amount)
