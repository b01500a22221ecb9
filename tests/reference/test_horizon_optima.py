"""Trips behind the integrality horizon against a dynamic programme, and what must always hold."""

import copy
from functools import cache
from math import ceil, inf
from random import Random
from typing import Any

import pytest
from in_process import cost_of
from random_networks import drawn
from turns import part

Rows = dict[str, list[dict[str, Any]]]
SEEDS = range(30)


def trip_cost(terms: dict[str, Any], t: int, load: int) -> float:
    """Cost of a load: whole trips inside the horizon, behind it so much a unit at mean fill."""
    if not load:
        return 0.0
    room, fill = terms["load"], terms["fill"]
    if t >= terms["horizon"]:
        return float(terms["trip"] * load / (room * (fill or 1.0)))
    trips = ceil(load / room)
    return float(terms["trip"] * trips) if load >= fill * room * trips - 1e-9 else inf


def cheapest(terms: dict[str, Any]) -> float:
    """Least cost of whole shipments; all data but prices are whole, so whole ones are enough."""
    demand, count = terms["demand"], len(terms["demand"])
    most = sum(demand) + terms["load"]

    @cache
    def best(t: int, stock: int) -> float:
        if t == count:
            return 0.0
        found = inf
        for load in range(most - stock + 1):
            paid = trip_cost(terms, t, load)
            for issued in range(min(stock + load, demand[t]) + 1):
                kept, missed = stock + load - issued, demand[t] - issued
                cost = paid + terms["hold"] * kept + terms["lost"] * missed + best(t + 1, kept)
                found = min(found, cost)
        return found

    return best(0, 0)


@pytest.mark.parametrize("seed", part(SEEDS, 0, parts=2))
def test_trips_behind_the_horizon_cost_what_dynamic_programming_says(seed: int) -> None:
    rng = Random(seed)
    count = rng.randint(2, 4)
    terms: dict[str, Any] = {
        "demand": [rng.randint(0, 6) for _ in range(count)],
        "load": rng.randint(2, 5),
        "fill": rng.choice((0.0, 0.0, 0.5, 1.0)),
        "trip": rng.randint(2, 20),
        "hold": rng.choice((0.5, 1, 3)),
        "lost": rng.randint(4, 15),
        "horizon": rng.randint(0, count),
    }
    shop = {"Location": "S", "Product": "A"}
    tables: Rows = {
        "Settings": [{"Setting": "integrality_horizon", "Value": terms["horizon"]}],
        "Locations": [{"Location": "SUP", "Tier": "supplier"}, {"Location": "S", "Tier": "store"}],
        "Products": [{"Product": "A", "Unit Value": 0, "Shortage Cost": terms["lost"]}],
        "Lanes": [{"From": "SUP", "To": "S", "Lead Time": 0, "Vehicle": "truck"}],
        "Vehicles": [
            {
                "Vehicle": "truck",
                "Max Units": terms["load"],
                "Cost Per Trip": terms["trip"],
                "Min Fill": terms["fill"],
            }
        ],
        "StockCosts": [{**shop, "Holding Cost": terms["hold"]}],
        "Demand": [
            {**shop, "Period": str(t + 1), "Quantity": quantity}
            for t, quantity in enumerate(terms["demand"])
        ],
    }
    assert cost_of(tables) == pytest.approx(cheapest(terms), rel=1e-6, abs=1e-6)


def same(cost: float | None) -> Any:
    return None if cost is None else pytest.approx(cost, rel=1e-6, abs=1e-6)


def at(sheets: Rows, count: int | None) -> float | None:
    """Least cost with whole numbers in the first periods only; None = in all.

    A first level beside the cost, and a mean fill, may make a relaxed plan dearer.
    """
    changed = copy.deepcopy(sheets)
    other = ("integrality_horizon", "objective", "objective_levels", "objective_tolerance")
    kept = [row for row in changed.get("Settings", []) if row["Setting"] not in other]
    if count is not None:
        kept.append({"Setting": "integrality_horizon", "Value": count})
    changed["Settings"] = kept
    for row in changed.get("Periods", []):
        row["Integer"] = None
    for row in changed.get("Vehicles", []):
        row["Min Fill"] = None
    return cost_of(changed)


@pytest.mark.parametrize("seed", part(range(100, 112), 0))
def test_a_shorter_horizon_is_never_dearer_and_a_full_one_changes_nothing(seed: int) -> None:
    sheets = drawn(seed).long
    count = len({row["Period"] for row in sheets["Demand"]})
    whole, full, half, none = (at(sheets, n) for n in (None, count, count // 2, 0))
    assert full == same(whole)
    for longer, shorter in ((full, half), (half, none)):
        if longer is not None:
            assert shorter is not None
            assert shorter <= longer + 1e-6 * max(1.0, abs(longer))


@pytest.mark.parametrize("seed", part(range(120, 130), 0))
def test_forbidding_late_arrivals_changes_nothing_where_no_lead_time_reaches_there(
    seed: int,
) -> None:
    sheets = copy.deepcopy(drawn(seed).long)
    for sheet in ("Lanes", "Supply", "Recipes"):
        for row in sheets.get(sheet, []):
            row["Lead Time"] = 0
    sheets["Settings"] = [
        row for row in sheets.get("Settings", []) if row["Setting"] != "allow_after_horizon"
    ]
    before = cost_of(sheets)
    sheets["Settings"].append({"Setting": "allow_after_horizon", "Value": "N"})
    assert cost_of(sheets) == same(before)
