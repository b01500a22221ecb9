"""Places that make goods follow their rule, too: worked out by hand, and what always holds."""

from typing import Any

import numpy as np
import pytest
from small import Rows, demand, tables

import tierstock as ts
from tierstock.inputs.network import Network
from tierstock.outputs.expand import expand
from tierstock.outputs.inventory import quantities
from tierstock.outputs.production import Runs
from tierstock.outputs.simulate import replay, simulate
from tierstock.outputs.simulate.state import State

PERIODS: Rows = [{"Setting": "lead_time_unit", "Value": "period"}]
LOT: Rows = [{"Location": "*", "Policy": "lot-for-lot"}]


def bakery(*wanted: float, recipe: dict[str, Any] | None = None, **more: Rows) -> Network:
    """A plant that bakes bread of two units of flour each, which it buys; a shop sells it."""
    sheets: dict[str, Rows] = {
        "Settings": PERIODS,
        "Locations": [{"Location": "PL", "Tier": "plant"}, {"Location": "S1", "Tier": "store"}],
        "Products": [
            {"Product": "bread", "Unit Value": 10, "Price": 20},
            {"Product": "flour", "Unit Value": 1, "Price": 2},
        ],
        "Lanes": [{"From": "PL", "To": "S1", "Product": "bread", "Lead Time": 0}],
        "Demand": demand("S1", "bread", *wanted),
        "Supply": [{"Location": "PL", "Product": "flour", "Unit Cost": 1}],
        "Recipes": [{"Recipe": "BAKE", "Location": "PL", "Output": "bread", **(recipe or {})}],
        "RecipeInputs": [{"Recipe": "BAKE", "Component": "flour", "Quantity": 2}],
        "Policy": LOT,
    }
    return ts.read(tables(**{**sheets, **more}))


def made(state: State) -> list[list[float]]:
    return state.make.round(9).tolist()


def stock(net: Network, state: State, location: str, product: str) -> list[float]:
    codes = net.locations.code[net.places.location], net.products.code[net.places.product]
    at = (codes[0] == location) & (codes[1] == product)
    return state.stock[at][0].round(9).tolist()


def test_a_place_makes_by_its_rule_and_its_components_are_ordered_for_it() -> None:
    # The shop asks 3 and 4; the plant keeps 5: it bakes 5 + 3, then 4. Flour: 16, then 8.
    keeps = [*LOT, {"Location": "PL", "Product": "bread", "Policy": "base-stock", "Parameter 1": 5}]
    net = bakery(3, 4, Policy=keeps)
    state = simulate(net, "policy")
    assert made(state) == [[8, 4]]
    assert state.purchase.tolist() == [[16, 8]]
    assert stock(net, state, "PL", "bread") == [5, 5]


def test_what_is_made_comes_a_lead_time_later_and_only_the_good_share() -> None:
    # The plant keeps 4: 4 good of 5 baked, of 10 flour, are there in the second period, and so on.
    keeps = [*LOT, {"Location": "PL", "Product": "bread", "Policy": "base-stock", "Parameter 1": 4}]
    net = bakery(4, 4, 4, recipe={"Lead Time": 1, "Yield": 0.8}, Policy=keeps)
    state = simulate(net, "policy")
    assert made(state) == [[5, 5, 5]]
    assert state.lost.sum(axis=0).tolist() == [4, 0, 0]
    plan = expand(net, replay(net, "policy").decisions)
    told = quantities(plan)
    assert told["Produced"].sum(axis=0).tolist() == [0, 4, 4]
    assert told["Consumed"].sum(axis=0).tolist() == [10, 10, 10]


def test_components_that_are_not_there_hold_a_batch_back() -> None:
    # Flour comes a period late: 4 there make 2 of the 5 that are asked; the rest is made when the
    # 6 ordered are there, and is then in the shop; 1 more is asked for in each period.
    net = bakery(
        5,
        1,
        1,
        OpeningStock=[{"Location": "PL", "Product": "flour", "Quantity": 4}],
        Supply=[{"Location": "PL", "Product": "flour", "Unit Cost": 1, "Lead Time": 1}],
        ServiceClasses=[{"Class": "standard", "Mode": "backorder"}],
    )
    state = simulate(net, "policy")
    assert made(state) == [[2, 3, 1]]
    assert state.purchase.tolist() == [[6, 2, 2]]
    assert state.backlog.tolist() == [[3, 1, 1]]


def test_hours_overtime_included_and_the_least_batch_limit_what_is_made() -> None:
    # 4 hours and 2 of overtime, an hour a loaf: 6 of 9 in period 1. Batches are multiples of 4.
    hours = [{"Resource": "OVEN", "Location": "PL", "Hours": 4, "Overtime Hours": 2}]
    limit = {"Resource": "OVEN", "Hours Per Unit": 1}
    net = bakery(9, 0, recipe=limit, Resources=hours)
    run = replay(net, "policy")
    plan = expand(net, run.decisions)
    assert made(simulate(net, "policy")) == [[6, 3]]
    assert net.production is not None
    assert Runs(plan, net.production).overtime.tolist() == [[2, 0]]
    net = bakery(9, 0, recipe={**limit, "Batch Multiple": 4}, Resources=hours)
    assert made(simulate(net, "policy")) == [[4, 4]]
    net = bakery(1, 0, recipe={**limit, "Min Batch": 3}, Resources=hours)
    assert made(simulate(net, "policy")) == [[3, 0]]


def two_loaves(rye: float, wheat: float, hours: float, **more: Any) -> Network:
    """One oven bakes two kinds of bread out of one flour."""
    both = [
        {"Recipe": code, "Location": "PL", "Output": code, "Resource": "OVEN", "Hours Per Unit": 1}
        for code in ("rye", "wheat")
    ]
    return bakery(
        Products=[
            {"Product": code, "Unit Value": value, "Price": 20}
            for code, value in (("rye", 10), ("wheat", 10), ("flour", 1))
        ],
        Lanes=[{"From": "PL", "To": "S1", "Lead Time": 0}],
        Demand=demand("S1", "rye", rye, 0) + demand("S1", "wheat", wheat, 0),
        Recipes=[{**row, **more} for row in both],
        RecipeInputs=[
            {"Recipe": row["Recipe"], "Component": "flour", "Quantity": 1} for row in both
        ],
        Resources=[{"Resource": "OVEN", "Location": "PL", "Hours": hours}],
        ServiceClasses=[{"Class": "standard", "Mode": "backorder"}],
    )


def test_recipes_on_one_line_get_the_same_share_of_its_hours() -> None:
    state = simulate(two_loaves(4, 8, 6), "policy")
    assert made(state) == [[2, 2], [4, 4]]


def test_what_batches_leave_of_a_line_goes_to_the_longest_order() -> None:
    # Half of 6 and 6 is less than the least batch of 5: rye is baked, wheat in the next period.
    state = simulate(two_loaves(6, 6, 6, **{"Min Batch": 5}), "policy")
    assert made(state) == [[6, 0], [0, 6]]


def test_a_family_is_set_up_once_and_setups_take_hours() -> None:
    # 7 hours less 1 for the one setup: 3 of each. Two setups of their own leave 5: 2.5 of each.
    family = two_loaves(3, 3, 7, **{"Family": "loaves", "Setup Hours": 1})
    assert made(simulate(family, "policy")) == [[3, 0], [3, 0]]
    alone = two_loaves(3, 3, 7, **{"Setup Hours": 1})
    assert made(simulate(alone, "policy")) == [[2.5, 0.5], [2.5, 0.5]]


def test_lanes_and_recipes_that_want_the_same_goods_get_the_same_share() -> None:
    # 6 flour: the shop asks for 4 of it, 4 loaves want 8: half of each.
    net = bakery(
        4,
        Lanes=[{"From": "PL", "To": "S1", "Lead Time": 0}],
        Demand=demand("S1", "bread", 4) + demand("S1", "flour", 4),
        OpeningStock=[{"Location": "PL", "Product": "flour", "Quantity": 6}],
        Supply=[{"Location": "PL", "Product": "flour", "Unit Cost": 1, "Max": 0}],
    )
    state = simulate(net, "policy")
    assert made(state) == [[2]]
    assert sorted(state.lost.sum(axis=1).tolist()) == [2, 2]


def test_the_cheapest_recipe_goes_first_and_the_next_makes_the_rest() -> None:
    recipes = [
        {"Recipe": code, "Location": "PL", "Output": "bread", "Unit Cost": cost, "Max": 3}
        for code, cost in (("BAKE", 1), ("GRILL", 2))
    ]
    of = [{"Recipe": row["Recipe"], "Component": "flour", "Quantity": 1} for row in recipes]
    keeps = [{"Location": "PL", "Product": "flour", "Policy": "base-stock", "Parameter 1": 9}, *LOT]
    state = simulate(bakery(5, Recipes=recipes, RecipeInputs=of, Policy=keeps), "policy")
    assert made(state) == [[3], [2]]
    source = [{"Location": "PL", "Policy": "lot-for-lot", "Source": "PL"}, LOT[0]]
    dear = [{**row, "Unit Cost": 90} for row in recipes]
    bought = [{"Location": "PL", "Product": code, "Unit Cost": 5} for code in ("bread", "flour")]
    net = bakery(5, Recipes=dear, RecipeInputs=of, Supply=bought, Policy=source)
    assert made(simulate(net, "policy")) == [[0], [0]]


def test_a_plan_made_before_is_replayed_with_what_it_makes() -> None:
    moves: Rows = [
        {"To": "PL", "Product": "flour", "Period": "1", "Quantity": 10},
        {"To": "PL", "Product": "bread", "Recipe": "BAKE", "Period": "1", "Quantity": 5},
        {"From": "PL", "To": "S1", "Product": "bread", "Period": "2", "Quantity": 4},
    ]
    net = bakery(
        0,
        5,
        Settings=[*PERIODS, {"Setting": "baseline", "Value": "previous plan"}],
        FixedPlan=[{**row, "Rule": "reference"} for row in moves],
    )
    state = simulate(net, "previous plan")
    assert made(state) == [[5, 0]]
    assert stock(net, state, "PL", "bread") == [5, 1]
    assert state.lost.sum(axis=0).tolist() == [0, 1]


def test_summary_holds_a_plan_that_makes_goods_against_its_policy() -> None:
    net = bakery(3, 4, recipe={"Unit Cost": 2})
    plan = ts.solve(ts.build(net), gap=0, threads=1, progress=False)
    figures = plan.kpis.set_index("KPI")
    assert figures["Baseline"]["Cost: production"] == 14
    assert figures["Baseline"]["Cost: purchase"] == 14
    assert plan.baseline("policy", doing=5).kind == "policy"


def test_kits_and_parts_go_round_without_making_anything_of_nothing() -> None:
    net = ts.read(
        tables(
            Locations=[{"Location": "PL", "Tier": "plant"}],
            Products=[{"Product": code, "Unit Value": 2, "Price": 9} for code in ("kit", "pen")],
            Demand=demand("PL", "kit", 2, 2) + demand("PL", "pen", 3, 0),
            OpeningStock=[{"Location": "PL", "Product": "pen", "Quantity": 9}],
            Recipes=[
                {"Recipe": code, "Location": "PL", "Output": output}
                for code, output in (("PACK", "kit"), ("OPEN", "pen"))
            ],
            RecipeInputs=[
                {"Recipe": "PACK", "Component": "pen", "Quantity": 2},
                {"Recipe": "OPEN", "Component": "kit", "Quantity": 0.5},
            ],
            Policy=LOT,
        )
    )
    told = quantities(expand(net, replay(net, "policy").decisions))
    flows = told["Opening"] + told["Produced"] - told["Consumed"] - told["Issued"]
    assert np.abs(flows - told["Closing"]).max() < 1e-9
    assert told["Issued"].sum() == pytest.approx(3 + 2 + 1)
