"""What must hold wherever something is made, whatever it costs (mathematics C.8)."""

import copy
from typing import Any

import pytest
from in_process import cost_of, frames, least
from random_networks import drawn

import tierstock as ts
from tierstock.model import Strength
from tierstock.model.strength import PLAIN
from tierstock.solvers.compile import compile_model

Sheets = dict[str, list[dict[str, Any]]]
KEPT = (
    "Settings",
    "Periods",
    "Locations",
    "Products",
    "Lanes",
    "Demand",
    "OpeningStock",
    "Supply",
    "StockCosts",
    "Recipes",
    "RecipeInputs",
    "Resources",
    "RecipeResources",
    "Calendars",
    "Vehicles",
    "ServiceClasses",
    "Units",
    "Currency",
)
"""Sheets of the networks below: what others forbid is no business of these tests."""
SEEDS = [seed for seed in range(400, 470) if "recipes" in drawn(seed).features][:13]


def making(seed: int) -> Sheets:
    """A random network in which something is made."""
    return {name: copy.deepcopy(drawn(seed).long.get(name, [])) for name in KEPT}


def cost(sheets: Sheets) -> float:
    found = cost_of(sheets)
    assert found is not None
    return found


def same(money: float) -> Any:
    return pytest.approx(money, rel=1e-6, abs=1e-6)


@pytest.fixture(scope="module", params=SEEDS[:5])
def network(request: pytest.FixtureRequest) -> Sheets:
    return making(request.param)


def test_limits_that_leave_room_change_nothing(network: Sheets) -> None:
    other = copy.deepcopy(network)
    places = {row["Location"] for row in other["Recipes"]}
    other["Resources"] += [
        {"Resource": "IDLE", "Location": place, "Hours": 1e6} for place in places
    ]
    for row in other["Recipes"]:
        for column in ("Min Batch", "Batch Multiple", "Setup Cost"):
            row.setdefault(column, 0)
        row.setdefault("Max", 1e6)
        if not row.get("Resource"):
            row |= {"Resource": "IDLE", "Hours Per Unit": 0.5}
    assert cost(other) == same(cost(network))


def test_a_recipe_that_may_make_nothing_changes_nothing(network: Sheets) -> None:
    other = copy.deepcopy(network)
    row = other["Recipes"][0]
    other["Recipes"].append(
        {"Recipe": "NONE", "Location": row["Location"], "Output": row["Output"], "Max": 0}
    )
    assert cost(other) == same(cost(network))


def test_fewer_hours_and_a_lower_maximum_never_cost_less(network: Sheets) -> None:
    tight = copy.deepcopy(network)
    for row in tight["Resources"]:
        row["Hours"] /= 2
    for row in tight["Recipes"]:
        row["Max"] = max(row.get("Min Batch") or 0, (row.get("Max") or 12) / 2)
    loose = cost(network)
    assert cost(tight) >= loose - 1e-6 * max(1.0, abs(loose))


def test_other_names_of_recipes_and_resources_cost_the_same(network: Sheets) -> None:
    other = copy.deepcopy(network)
    for rows in other.values():
        for row in rows:
            for column in ("Recipe", "Resource", "Family"):
                if row.get(column) and "Product" not in row:
                    row[column] = f"新 {row[column]}"
    assert cost(other) == same(cost(network))


def test_the_same_recipe_twice_is_one_recipe_where_a_run_costs_nothing() -> None:
    for seed in SEEDS:
        network = making(seed)
        free = [
            row
            for row in network["Recipes"]
            if not {"Setup Cost", "Setup Hours", "Family", "Max"} & set(row)
            and not any(one["Recipe"] == row["Recipe"] for one in network["RecipeResources"])
        ]
        if free:
            other = copy.deepcopy(network)
            other["Recipes"].append({**free[0], "Recipe": "TWIN"})
            other["RecipeInputs"] += [
                {**row, "Recipe": "TWIN"}
                for row in network["RecipeInputs"]
                if row["Recipe"] == free[0]["Recipe"]
            ]
            if not free[0].get("Min Batch"):
                assert cost(other) == same(cost(network)), seed
                return
    raise AssertionError("no network with a recipe that costs nothing to run")


def test_a_step_in_between_that_takes_no_time_and_money_changes_nothing(network: Sheets) -> None:
    other = copy.deepcopy(network)
    row = other["Recipes"][0]
    places = [one["Location"] for one in other["Recipes"] if one["Recipe"] == row["Recipe"]]
    other["Products"].append({"Product": "STEP", "Unit Value": 0} | _measures(other))
    other["Recipes"] += [
        {"Recipe": "FINISH", "Location": place, "Output": row["Output"]} for place in places
    ]
    other["RecipeInputs"].append({"Recipe": "FINISH", "Component": "STEP", "Quantity": 1})
    for one in other["Recipes"]:
        if one["Recipe"] == row["Recipe"]:
            one["Output"] = "STEP"
    other["StockCosts"] += [
        {"Location": place, "Product": "STEP", "Holding Cost": 1e3} for place in places
    ]
    assert cost(other) == same(cost(network))


def _measures(sheets: Sheets) -> dict[str, Any]:
    columns = ("Weight", "Volume", "Units Per Pallet")
    return {column: sheets["Products"][0].get(column) for column in columns}


@pytest.mark.parametrize("seed", SEEDS[5:])
def test_means_that_tighten_the_model_keep_its_optimum(seed: int) -> None:
    net = ts.read(frames(making(seed)))
    costs = [
        least(compile_model(ts.build(net, strength=strength)).arrays)
        for strength in (PLAIN, Strength(), Strength(windows=True, trucks=True))
    ]
    assert costs[0] is not None
    assert costs == [same(costs[0])] * 3
