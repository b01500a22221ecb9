"""What the checks say of recipes and resources of whole studies, line by line."""

from typing import Any

import pytest
from retail import LANES, LOCATIONS, PRODUCTS, WEEKS, Rows, demand, seen
from told_lines import told_lines

LINE = {"Resource": "LINE", "Location": "PL1", "Hours": 40.0}
PART = {"Resource": "PART", "Location": "PL2", "Hours": 8.0}


def recipe(code: str, location: Any = "PL1", **more: Any) -> dict[str, Any]:
    return {"Recipe": code, "Location": location, "Output": "A", **more}


def takes(code: str, component: str, quantity: float, scrap: float = 0.0, out: str = "N") -> Any:
    found = {"Recipe": code, "Component": component, "Quantity": quantity}
    return found | {"Scrap": scrap or None, "Co Product": out}


def further(code: str, resource: str) -> dict[str, Any]:
    return {"Recipe": code, "Resource": resource, "Hours Per Unit": 1.0}


def told(**sheets: Rows) -> list[str]:
    """Lines of a study with three plants, of which one is closed."""
    plants: Rows = [{"Location": f"PL{n}", "Tier": "plant"} for n in (1, 2, 3)]
    plants[2]["Status"] = "closed"
    usual: dict[str, Rows] = {
        "Locations": [*LOCATIONS, *plants],
        "Products": [*PRODUCTS, {"Product": "C", "Unit Value": 1.0}],
        "Lanes": [{"From": "PL1, PL2", "To": "DC", "Lead Time": 0.0}, *LANES],
        "Supply": [
            {"Location": "PL1, PL2", "Product": "C", "Unit Cost": 1.0},
            {"Location": "SUP", "Product": "*"},
        ],
        "Demand": demand("S1", "A", 0, 0, 0, 4),
    }
    return told_lines(seen(**{**usual, **sheets}))


MISFITS = """
        Recipes!G2 min-over-max: Max [error]
        Recipes!A9 recipe-circle: HRS [error]
        Recipes!F9 hours-without-resource [error]
        Recipes!H10 hours-without-resource [error]
        Recipes!D11 resource-elsewhere: PL2, PL1 [error]
        Recipes!J13 not-above-zero [error]
        RecipeInputs!C9 recipe-of-itself [error]
        RecipeInputs!D10 scrap-of-co-product [error]
        RecipeInputs!B11 recipe-output-twice [error]
        RecipeResources!B2 resource-twice [error]
        RecipeResources!B4 resource-elsewhere: PL1, PL2, PL3 [error]
        RecipeResources!B5 unknown-reference: Resources [error]
        Recipes!D15 unknown-reference: Resources [error]
        Recipes!A2 recipe-never-runs: PL1
        Recipes!A3 recipe-over-hours: PL1, 100.5, 51.5, LINE, 40
        Recipes!B4 supply-closed
        Recipes!I5 recipe-makes-nothing
        Recipes!C6 recipe-from-nothing
        Recipes!A7 component-missing: B, PL2
        Recipes!D8 resource-without-hours
        Resources!A3 resource-unused: PL1
        Resources!D4 resource-silent: 2, 2026-W03
        Resources!A6 resource-unused: PL3
        Resources!B6 supply-closed
        Recipes!J12 J14 inputs-per-unit [info]
    """


def test_recipes_and_resources_that_do_not_fit_together(
    capfd: pytest.CaptureFixture[str],
) -> None:
    most: dict[str, Any] = {"Max": 5.0}
    hours: dict[str, Any] = {"Hours Per Unit": 0.5}
    found = told(
        Recipes=[
            recipe("MIX", Resource="LINE", Max=2.5, **{"Hours Per Unit": 2.0, "Min Batch": 3.0}),
            recipe("OVER", Resource="LINE", **hours, **{"Setup Hours": 1.25, "Min Batch": 100.5}),
            recipe("SHUT", "PL3", **most),
            recipe("NONE", Yield=0.0, **most),
            recipe("FREE"),
            recipe("DRY", "PL2", **most),
            recipe("IDLE", Resource="LINE", **most),
            recipe("HRS", **hours, **most),
            recipe("SET", **{"Setup Hours": 0.5}, **most),
            recipe("AWAY", "PL2", Resource="LINE", **hours, **most),
            recipe("TEN", **{"Output Qty": 10.0}, **most),
            recipe("NIL", **{"Output Qty": 0.0}, **most),
            recipe("HALF", **{"Output Qty": 0.5}, **most),
            recipe("LOST", Resource="NOWHERE", **hours, **most),
        ],
        RecipeInputs=[
            takes("MIX", "C", 2.0),
            takes("OVER", "C", 2.0),
            takes("DRY", "B", 2.0),
            takes("TEN", "C", 2.0),
            takes("NIL", "C", 2.0),
            takes("NONE", "A", 0.75, 0.25),
            takes("HRS", "A", 0.9, 0.1),
            takes("SET", "A", 0.8, 0.25),
            takes("IDLE", "B", 1.0, 0.5, "Y"),
            takes("HALF", "A", 0.25, 0.0, "Y"),
        ],
        Resources=[
            LINE,
            {**LINE, "Resource": "LAZY"},
            {**PART, "Period": WEEKS[0]},
            {**PART, "Period": WEEKS[3]},
            {**PART, "Location": "PL3"},
        ],
        RecipeResources=[
            further("MIX", "LINE"),
            further("DRY", "PART"),
            further("MIX", "PART"),
            further("DRY", "NOWHERE"),
        ],
    )
    assert sorted(found) == sorted(line.strip() for line in MISFITS.strip().split("\n"))
    assert capfd.readouterr().out == ""  # where circles are looked for, the solver is silent


def test_circles_of_recipes_are_named_and_told_at_their_rows() -> None:
    made = [recipe(f"M{n}", **{"Lead Time": 7.0 * (n > 0)}) for n in range(5)]
    found = told(
        Recipes=[*made, {**recipe("BACK"), "Output": "C"}],
        RecipeInputs=[*(takes(f"M{n}", "C", 0.5) for n in range(5)), takes("BACK", "A", 1.0)],
    )
    grows = [f"Recipes!A{n} recipe-grows: BACK, M0, M1, M2 … [error]" for n in range(2, 8)]
    assert sorted(found) == sorted([*grows, "Recipes!A2 A7 recipe-circle: BACK, M0 [error]"])
    few = told(
        Recipes=[*made[:3], {**recipe("BACK"), "Output": "C"}],
        RecipeInputs=[*(takes(f"M{n}", "C", 0.5) for n in range(3)), takes("BACK", "A", 1.0)],
    )
    assert "Recipes!A2 recipe-grows: BACK, M0, M1, M2 [error]" in few


def test_a_recipe_of_two_places_may_want_at_one_what_only_the_other_has() -> None:
    found = told(
        Recipes=[recipe("ONE", Max=5.0), recipe("MIX", "PL1, PL2", Max=5.0)],
        RecipeInputs=[takes("ONE", "C", 1.0), takes("MIX", "C", 1.0)],
        Resources=[LINE],
        RecipeResources=[further("ONE", "LINE"), further("MIX", "LINE")],
    )
    assert found == ["RecipeResources!B3 resource-elsewhere: PL2, PL1"]


def test_resources_without_recipes_are_told_once() -> None:
    found = told(Resources=[{**LINE, "Location": "DC"}, {**LINE, "Location": "S1"}])
    assert found == ["Resources!A2 A3 resource-unused: DC"]


def test_a_lane_whose_recipes_cannot_run_names_the_first_of_them() -> None:
    lines = told(
        Recipes=[recipe("M1", Max=0.0), recipe("M2", Max=0.0)],
        RecipeInputs=[takes("M1", "C", 2.0), takes("M2", "C", 2.0)],
        Lanes=[{"From": "PL1", "To": "S1", "Lead Time": 0.0, "Product": "A"}, *LANES],
        Supply=[{"Location": "PL1", "Product": "C"}, {"Location": "SUP", "Product": "*"}],
    )
    assert lines == [
        "Locations!A7 location-unused",
        "Lanes!A2 lane-recipe-idle: PL1, A, , or give it the tier supplier, M1, Recipes!A2",
        "Recipes!A2 recipe-never-runs: PL1",
        "Recipes!A3 recipe-never-runs: PL1",
    ]
