"""Recipes and resources: what the sheets say, and what does not fit together."""

from typing import Any

import numpy as np
import pytest
from retail import LANES, LOCATIONS, PRODUCTS, WEEKS, built, demand, place, said, seen

from tierstock.inputs import Network
from tierstock.inputs.network.production import Production

Row = dict[str, Any]
PLANTS = [{"Location": "PL1", "Tier": "plant"}, {"Location": "PL2", "Tier": "plant"}]
MADE = {"Recipe": "MIX", "Location": "PL1", "Output": "A"}
LINE = {"Resource": "LINE", "Location": "PL1", "Hours": 40.0}


def study(**sheets: Any) -> dict[str, list[Row]]:
    """The study with two plants, and a recipe of A that takes C."""
    lanes = [{"From": "Tier=plant", "To": "DC", "Lead Time": 0.0}, *LANES]
    usual: dict[str, list[Row]] = {
        "Locations": [*LOCATIONS, *PLANTS],
        "Products": [*PRODUCTS, {"Product": "C", "Unit Value": 1.0}],
        "Lanes": lanes,
        "Supply": [
            {"Location": "Tier=plant", "Product": "C", "Unit Cost": 1.0},
            {"Location": "SUP", "Product": "*"},
        ],
        "Recipes": [MADE],
        "RecipeInputs": [{"Recipe": "MIX", "Component": "C", "Quantity": 2.0}],
    }
    return {**usual, **sheets}


def production(network: Network) -> Production:
    assert network.production is not None
    return network.production


def told(**sheets: Any) -> dict[str, str]:
    return said(seen(**study(**sheets)))


def test_a_network_without_recipes_has_no_production() -> None:
    assert built().production is None


def test_recipes_resolve_cell_by_cell_the_most_specific_location_first() -> None:
    rows = [
        {**MADE, "Location": "Tier=plant", "Unit Cost": 3.0, "Max": 50.0, "Lead Time": 7.0},
        {**MADE, "Location": "PL2", "Max": 20.0},
    ]
    made = production(built(**study(Recipes=rows)))

    assert made.recipes.code.tolist() == ["MIX", "MIX"]
    assert made.recipes.unit_cost.tolist() == [3.0, 3.0]
    assert made.recipes.most.tolist() == [[50.0] * 4, [20.0] * 4]
    assert made.recipes.lead.tolist() == [[1] * 4] * 2
    assert made.inputs.units.tolist() == [2.0, 2.0]


def test_a_lead_time_is_rounded_as_that_of_a_lane() -> None:
    rows = [{**MADE, "Lead Time": 3.0}, {**MADE, "Recipe": "AGE", "Lead Time": 4.0}]
    inputs = [{"Recipe": "MIX", "Component": "C", "Quantity": 1.0}]
    made = production(built(**study(Recipes=rows, RecipeInputs=inputs)))

    assert made.recipes.code.tolist() == ["AGE", "MIX"]
    assert made.recipes.lead[:, 0].tolist() == [1, 0]
    assert made.recipes.lead_days[:, 0].tolist() == [4.0, 3.0]


def test_hours_overtime_and_a_setup_bound_what_a_period_can_make() -> None:
    recipe = {**MADE, "Resource": "LINE", "Hours Per Unit": 2.0, "Setup Hours": 4.0}
    lines = [
        {**LINE, "Overtime Hours": 8.0},
        {**LINE, "Period": WEEKS[1], "Hours": 10.0},
        {**LINE, "Period": WEEKS[2], "Hours": 0.0, "Overtime Hours": 3.0},
    ]
    made = production(built(**study(Recipes=[recipe], Resources=lines)))

    assert made.recipes.most[0].tolist() == [22.0, 7.0, 0.0, 22.0]
    assert made.resources.overtime[0].tolist() == [8.0, 8.0, 3.0, 8.0]
    assert made.hours.setup.tolist() == [4.0]


def test_only_whole_batches_fit_in_and_none_where_the_least_is_too_large() -> None:
    recipe = {**MADE, "Max": 11.0, "Batch Multiple": 4.0}
    at_least_nine = [{**recipe, "Min Batch": 9.0}]

    assert (production(built(**study(Recipes=[recipe]))).recipes.most == 8.0).all()
    assert "recipe-never-runs" in told(Recipes=at_least_nine)


def test_one_family_at_one_line_has_one_setup() -> None:
    rows = [
        {**MADE, "Resource": "LINE", "Hours Per Unit": 1.0, "Family": "ink", "Setup Hours": 2.0},
        {**MADE, "Recipe": "STIR", "Resource": "LINE", "Family": "ink", "Setup Cost": 9.0},
        {**MADE, "Recipe": "POUR", "Family": "ink"},
    ]
    made = production(built(**study(Recipes=rows, Resources=[LINE])))

    assert made.families.label.tolist() == ["ink", "ink (LINE)"]
    assert made.recipes.changeover.tolist() == [1, 0, 1]
    assert made.families.setup_cost.tolist() == [0.0, 9.0]
    assert (made.families.of_hours.tolist(), made.families.setup.tolist()) == ([1], [2.0])
    assert not made.hours.setup.any()


def test_recipes_of_a_family_may_not_state_different_setups() -> None:
    rows = [
        {**MADE, "Family": "ink", "Setup Cost": 2.0},
        {**MADE, "Recipe": "STIR", "Family": "ink", "Setup Cost": 3.0},
    ]
    assert told(Recipes=rows)["family-setups-differ"].startswith("Recipes!")

    further = [{"Recipe": "MIX", "Resource": "CREW", "Setup Hours": 1.0}]
    lines = [LINE, {**LINE, "Resource": "CREW"}]
    rows = [
        {**MADE, "Resource": "LINE", "Hours Per Unit": 1.0, "Family": "ink"},
        {**MADE, "Recipe": "STIR", "Resource": "LINE", "Hours Per Unit": 1.0, "Family": "ink"},
    ]
    found = told(Recipes=rows, Resources=lines, RecipeResources=further)
    assert found["family-resources-differ"].startswith("RecipeResources!C2")


def test_a_component_sees_the_demand_of_what_is_made_of_it_a_lead_time_earlier() -> None:
    lanes = [{"From": "PL1", "To": "S1", "Lead Time": 7.0}]
    recipe = {**MADE, "Lead Time": 7.0, "Yield": 0.8}
    inputs = [{"Recipe": "MIX", "Component": "C", "Quantity": 2.0, "Scrap": 0.2}]
    network = built(
        **study(
            Lanes=lanes,
            Recipes=[recipe],
            RecipeInputs=inputs,
            Demand=demand("S1", "A", 0, 0, 7, 14),
        )
    )
    daily, after = network.places.daily_demand, network.places.daily_demand_after

    assert daily[place(network, "PL1", "A")].tolist() == [0.0, 1.0, 2.0, 0.75]
    at = place(network, "PL1", "C")
    assert daily[at] == pytest.approx(3 * np.array([1, 2, 0.75, 0.9375]))
    assert after[at] == pytest.approx(3 * (1 + 2 + 0.75 + 0.9375) / 4)


def test_only_the_cheapest_recipe_of_an_output_counts_its_components_with_it() -> None:
    rows = [{**MADE, "Unit Cost": 5.0}, {**MADE, "Recipe": "RICH"}]
    inputs = [
        {"Recipe": "MIX", "Component": "C", "Quantity": 1.0},
        {"Recipe": "RICH", "Component": "B", "Quantity": 2.0},
    ]
    network = built(
        **study(Recipes=rows, RecipeInputs=inputs, Demand=demand("PL1", "A", 7, 7, 7, 7))
    )
    daily = network.places.daily_demand

    assert daily[place(network, "PL1", "C")].tolist() == [1.0] * 4  # 5 + 1 < 2 x 4
    assert not daily[place(network, "PL1", "B")].any()


def test_kits_and_their_parts_do_not_pass_demand_round() -> None:
    rows = [{**MADE, "Recipe": "PACK"}, {**MADE, "Recipe": "OPEN", "Output": "C"}]
    inputs = [
        {"Recipe": "PACK", "Component": "C", "Quantity": 2.0},
        {"Recipe": "OPEN", "Component": "A", "Quantity": 0.5},
    ]
    network = built(
        **study(Recipes=rows, RecipeInputs=inputs, Demand=demand("PL1", "A", 7, 7, 7, 7))
    )

    assert network.places.daily_demand[place(network, "PL1", "A")].tolist() == [1.0] * 4
    assert not network.places.daily_demand[place(network, "PL1", "C")].any()
    assert not production(network).recipes.grows.any()


def test_what_is_made_can_be_there_a_lead_time_after_its_last_component() -> None:
    supply = [
        {"Location": "PL1", "Product": "C", "Lead Time": 7.0},
        {"Location": "SUP", "Product": "B"},
    ]
    network = built(**study(Supply=supply, Recipes=[{**MADE, "Lead Time": 7.0}]))

    assert network.places.earliest[place(network, "PL1", "C")] == 1
    assert network.places.earliest[place(network, "PL1", "A")] == 2
    assert network.places.earliest[place(network, "DC", "A")] == 2


def test_a_supplier_that_makes_something_supplies_nothing_else_for_free() -> None:
    sheets = study(Supply=[], Recipes=[{**MADE, "Location": "SUP", "Max": 9.0}], RecipeInputs=[])
    network = built(**sheets, Demand=demand("S1", "A", 1))
    assert not len(network.supply)


BAD: dict[str, tuple[dict[str, list[Row]], str]] = {
    "unknown-reference": ({"Recipes": [{**MADE, "Output": "AA"}]}, "Recipes!C2"),
    "resource-elsewhere": (
        {
            "Recipes": [{**MADE, "Resource": "LINE", "Hours Per Unit": 1.0}],
            "Resources": [{**LINE, "Location": "PL2"}],
        },
        "Recipes!D2",
    ),
    "hours-without-resource": ({"Recipes": [{**MADE, "Hours Per Unit": 1.0}]}, "Recipes!D2"),
    "resource-without-hours": (
        {"Recipes": [{**MADE, "Resource": "LINE"}], "Resources": [LINE]},
        "Recipes!D2",
    ),
    "resource-twice": (
        {
            "Recipes": [{**MADE, "Resource": "LINE", "Hours Per Unit": 1.0}],
            "Resources": [LINE],
            "RecipeResources": [{"Recipe": "MIX", "Resource": "LINE", "Hours Per Unit": 1.0}],
        },
        "RecipeResources!B2",
    ),
    "resource-unused": ({"Resources": [LINE]}, "Resources!A2"),
    "resource-silent": (
        {
            "Recipes": [{**MADE, "Resource": "LINE", "Hours Per Unit": 1.0}],
            "Resources": [{**LINE, "Period": WEEKS[0]}],
        },
        "Resources!D2",
    ),
    "min-over-max": ({"Recipes": [{**MADE, "Min Batch": 9.0, "Max": 8.0}]}, "Recipes!D2"),
    "recipe-over-hours": (
        {
            "Recipes": [{**MADE, "Resource": "LINE", "Setup Hours": 41.0}],
            "Resources": [LINE],
        },
        "Recipes!A2",
    ),
    "recipe-makes-nothing": ({"Recipes": [{**MADE, "Yield": 0.0}]}, "Recipes!D2"),
    "recipe-from-nothing": ({"RecipeInputs": []}, "Recipes!C2"),
    "component-missing": (
        {"RecipeInputs": [{"Recipe": "MIX", "Component": "B", "Quantity": 1.0}]},
        "Recipes!A2",
    ),
    "recipe-of-itself": (
        {"RecipeInputs": [{"Recipe": "MIX", "Component": "A", "Quantity": 1.0}]},
        "RecipeInputs!C2",
    ),
    "recipe-output-twice": (
        {"RecipeInputs": [{"Recipe": "MIX", "Component": "A", "Quantity": 1.0, "Co Product": "Y"}]},
        "RecipeInputs!B2",
    ),
    "scrap-of-co-product": (
        {
            "RecipeInputs": [
                {"Recipe": "MIX", "Component": "B", "Quantity": 1.0}
                | {"Co Product": "Y", "Scrap": 0.1}
            ]
        },
        "RecipeInputs!E2",
    ),
    "recipe-circle": (
        {
            "Recipes": [MADE, {**MADE, "Recipe": "BACK", "Output": "C"}],
            "RecipeInputs": [
                {"Recipe": "MIX", "Component": "C", "Quantity": 1.0},
                {"Recipe": "BACK", "Component": "A", "Quantity": 0.9},
            ],
        },
        "Recipes!A2",
    ),
    "recipe-grows": (
        {
            "Recipes": [{**MADE, "Lead Time": 7.0}],
            "RecipeInputs": [{"Recipe": "MIX", "Component": "A", "Quantity": 0.5}],
        },
        "Recipes!",
    ),
    "supply-closed": (
        {"Locations": [*LOCATIONS, {**PLANTS[0], "Status": "closed"}, PLANTS[1]]},
        "Recipes!B2",
    ),
}


@pytest.mark.parametrize("code", BAD)
def test_what_does_not_fit_together_is_told_at_its_cell(code: str) -> None:
    sheets, cell = BAD[code]
    found = told(**sheets)
    assert code in found, found
    assert found[code].startswith(cell), found[code]


def test_rows_of_recipes_that_are_nowhere_stated_are_unknown() -> None:
    inputs = [{"Recipe": "MIX", "Component": "B", "Quantity": 1.0}]
    assert "RecipeInputs!A2" in said(seen(RecipeInputs=inputs))["unknown-reference"]


def test_resources_without_any_recipe_are_told_to_have_no_use() -> None:
    assert said(seen(Resources=[{**LINE, "Location": "DC"}]))["resource-unused"]


def test_a_further_resource_holds_where_the_place_has_it_and_says_where_not() -> None:
    sheets = {
        "Recipes": [{**MADE, "Location": "Tier=plant"}],
        "Resources": [LINE],
        "RecipeResources": [{"Recipe": "MIX", "Resource": "LINE", "Hours Per Unit": 2.0}],
    }
    found = seen(**study(**sheets))

    assert "PL2" in said(found)["resource-elsewhere"]
    assert found.network is not None
    assert production(found.network).recipes.most[:, 0].tolist() == [20.0, np.inf]


def test_a_circle_over_zero_lead_lanes_that_gives_back_more_is_an_error() -> None:
    lanes = [
        {"From": "PL1", "To": "PL2", "Lead Time": 0.0, "Kind": "replenish"},
        {"From": "PL2", "To": "PL1", "Lead Time": 0.0, "Kind": "replenish"},
    ]
    recipes = [MADE, {"Recipe": "BACK", "Location": "PL2", "Output": "C"}]
    inputs = [
        {"Recipe": "MIX", "Component": "C", "Quantity": 1.0},
        {"Recipe": "BACK", "Component": "A", "Quantity": 0.5},
    ]
    both = {"Recipes": recipes, "RecipeInputs": inputs, "Demand": demand("PL1", "A", 1)}

    assert "recipe-circle" in told(Lanes=lanes, **both)
    assert "recipe-circle" not in told(Lanes=lanes[:1], **both)


@pytest.mark.parametrize(("most", "told_of"), [(0.0, True), (50.0, False)])
def test_a_recipe_that_may_make_nothing_brings_no_safety_stock(most: float, told_of: bool) -> None:
    target = {"Location": "PL1", "Product": "A", "Safety Stock": 9.0, "Hardness": "hard"}
    found = told(Recipes=[{**MADE, "Max": most}], StockTargets=[target])
    assert ("safety-too-early" in found) is told_of


def test_lead_times_of_recipes_that_are_rounded_are_told() -> None:
    rows = [{**MADE, "Lead Time": 3.0}, {**MADE, "Recipe": "AGE", "Lead Time": 7.0}]
    told_of = [line for line in built(**study(Recipes=rows)).notes if "recipes" in line]

    assert told_of == [
        "Lead times of recipes planned in whole periods: 3 d as 0 weeks (recipes: 1)."
    ]
