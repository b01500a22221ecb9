"""Lot sizes against a dynamic programme, trucks against trying every count."""

from itertools import product
from math import ceil, inf
from random import Random
from typing import Any

import pytest
from in_process import cost_of
from lot_sizes import wagner_whitin

Rows = dict[str, list[dict[str, Any]]]
LOT_SIZES = range(32)
TRUCKS = range(24)


@pytest.mark.parametrize("seed", LOT_SIZES)
def test_lot_sizes_of_one_place_cost_what_dynamic_programming_says(seed: int) -> None:
    rng = Random(seed)
    count = rng.randint(3, 10)
    names = [str(t + 1) for t in range(count)]
    demand = [rng.choice((0, rng.randint(1, 60))) for _ in names]
    setup = [rng.randint(20, 150) for _ in names]
    unit = [rng.randint(0, 8) / 4 for _ in names]
    hold = [rng.choice((0.5, 1, 2)) for _ in names]
    place = {"Location": "PL", "Product": "A"}
    tables: Rows = {
        "Locations": [{"Location": "PL", "Tier": "plant"}],
        "Products": [{"Product": "A", "Unit Value": 0}],
        "ServiceClasses": [{"Class": "must", "Mode": "must"}],
        "Demand": [
            {**place, "Class": "must", "Period": name, "Quantity": quantity}
            for name, quantity in zip(names, demand, strict=True)
        ],
        "Supply": [
            {**place, "Period": name, "Fixed Cost": cost, "Unit Cost": price}
            for name, cost, price in zip(names, setup, unit, strict=True)
        ],
        "StockCosts": [
            {**place, "Period": name, "Holding Cost": cost}
            for name, cost in zip(names, hold, strict=True)
        ],
    }
    expected = wagner_whitin(demand, setup, unit, hold)
    assert cost_of(tables) == pytest.approx(expected, rel=1e-6, abs=1e-6)


def cheapest_trips(network: dict[str, Any]) -> float:
    """Try every number of trucks in every period; then the goods follow by themselves.

    One product from a source without limit, freight and trips only, and stock is free: what has
    arrived serves what is wanted as long as it lasts, and a unit lost costs more than any other.
    For given trucks it is best to carry as much as there will be a use for.
    """
    demand, load, lead = network["demand"], network["load"], network["lead"]
    most = ceil(sum(demand) / load)
    best = inf
    for trips in product(range(most + 1), repeat=len(demand)):
        best = min(best, sum(trips) * network["trip"] + _served(network, trips, lead))
    return best


def _served(network: dict[str, Any], trips: tuple[int, ...], lead: int) -> float:
    """Freight and lost sales when a unit is carried for the first demand it can be in time for."""
    demand, stock, cost = network["demand"], network["opening"], 0.0
    room = [0.0] * len(demand)
    for sent, number in enumerate(trips):
        if sent + lead < len(demand):
            room[sent + lead] = number * network["load"]
    arrived = 0.0
    for wanted, free in zip(demand, room, strict=True):
        arrived += free
        from_stock = min(stock, wanted)
        carried = min(arrived, wanted - from_stock)
        stock, arrived = stock - from_stock, arrived - carried
        cost += carried * network["freight"] + (wanted - from_stock - carried) * network["lost"]
    return cost


@pytest.mark.parametrize("seed", TRUCKS)
def test_trucks_between_two_places_cost_what_trying_every_count_says(seed: int) -> None:
    rng = Random(seed)
    count = rng.randint(2, 4)
    network: dict[str, Any] = {
        "demand": [rng.randint(0, 7) for _ in range(count)],
        "load": rng.randint(2, 5),
        "lead": rng.randint(0, 2),
        "trip": rng.randint(3, 30),
        "freight": rng.randint(0, 4) / 2,
        "lost": rng.randint(5, 20),
        "opening": rng.randint(0, 6),
    }
    item = {"Location": "S", "Product": "A"}
    tables: Rows = {
        "Locations": [{"Location": "SUP", "Tier": "supplier"}, {"Location": "S", "Tier": "store"}],
        "Products": [{"Product": "A", "Unit Value": 0, "Shortage Cost": network["lost"]}],
        "Lanes": [
            {
                "From": "SUP",
                "To": "S",
                "Lead Time": network["lead"],
                "Unit Cost": network["freight"],
                "Vehicle": "truck",
            }
        ],
        "Vehicles": [
            {"Vehicle": "truck", "Max Units": network["load"], "Cost Per Trip": network["trip"]}
        ],
        "OpeningStock": [{**item, "Quantity": network["opening"]}],
        "Demand": [
            {**item, "Period": str(t + 1), "Quantity": quantity}
            for t, quantity in enumerate(network["demand"])
        ],
    }
    assert cost_of(tables) == pytest.approx(cheapest_trips(network), rel=1e-6, abs=1e-6)
