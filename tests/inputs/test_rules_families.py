"""The rules of the further sheets: which row holds, worked out by hand."""

from typing import Any

import numpy as np
import pandas as pd
from retail import Rows, built, demand

from tierstock.inputs import Network
from tierstock.inputs.rules import rules_in_effect

LANES: Rows = [
    {"From": "SUP", "To": "DC", "Lead Time": 7.0, "Unit Cost": 1.0},
    {"From": "DC", "To": "Tier=store", "Lead Time": 7.0, "Unit Cost": 2.0},
    {"From": "SUP", "To": "S1", "Lead Time": 7.0, "Unit Cost": 5.0},
]
PRODUCTS: Rows = [
    {"Product": "A", "Unit Value": 10.0, "Price": 25.0, "Weight": 1.0},
    {"Product": "B", "Unit Value": 4.0, "Weight": 2.0},
]


def told(net: Network, location: str, product: str, starts: str) -> list[tuple[Any, ...]]:
    """Rule, value, row and beaten rows of a place."""
    frame = rules_in_effect(net, location, product, language="en")
    frame = frame[frame["Rule"].str.startswith(starts)]
    rows = [None if pd.isna(row) else int(row) for row in frame["Excel Row"]]
    return list(zip(frame["Rule"], frame["Value"], rows, frame["Beat"], strict=True))


def test_the_most_specific_rules_of_sourcing_hold_together() -> None:
    rules: Rows = [
        {"To": "Tier=store", "Product": "*", "From": "*", "Rule": "single"},
        {"To": "S1", "Product": "A", "From": "DC", "Rule": "ratio", "Value": 0.7},
        {"To": "S1", "Product": "A", "From": "SUP", "Rule": "ratio", "Value": 0.3},
    ]
    net = built(Lanes=LANES, Sourcing=rules)

    assert told(net, "S1", "A", "Sourcing") == [
        ("Sourcing Value (DC→S1, ratio)", "0.7", 3, "row 2 (single)"),
        ("Sourcing Value (SUP→S1, ratio)", "0.3", 4, "row 2 (single)"),
    ]
    assert told(net, "S2", "B", "Sourcing") == [("Sourcing Rule (DC→S2)", "single", 2, "")]


def test_a_forbidden_source_is_told_beside_the_other_rules() -> None:
    rules: Rows = [
        {"To": "Tier=store", "Product": "*", "From": "*", "Rule": "single"},
        {"To": "S1", "Product": "*", "From": "SUP", "Rule": "forbid"},
    ]
    net = built(Lanes=LANES, Sourcing=rules)

    assert ("Sourcing Rule (SUP→S1)", "forbid", 3, "") in told(net, "S1", "A", "Sourcing")
    assert ("Sourcing Rule (DC→S1)", "single", 2, "") in told(net, "S1", "A", "Sourcing")


def test_rates_of_the_most_specific_rows_replace_the_unit_cost() -> None:
    rates: Rows = [
        {"From": "SUP", "To": "*", "Bracket From": 0.0, "Basis": "kg", "Rate": 2.0},
        {"From": "SUP", "To": "S1", "Bracket From": 0.0, "Basis": "unit", "Rate": 3.0},
        {"From": "SUP", "To": "S1", "Bracket From": 100.0, "Basis": "unit", "Rate": 2.5},
    ]
    net = built(Lanes=LANES, Products=PRODUCTS, Rates=rates)

    assert told(net, "S1", "A", "Rates") == [
        ("Rates Rate (SUP→S1, Bracket From 0, unit)", "3", 3, "row 2 (2), Lanes Unit Cost"),
        ("Rates Rate (SUP→S1, Bracket From 100, unit)", "2.5", 4, "row 2 (2), Lanes Unit Cost"),
    ]
    assert told(net, "S1", "A", "Lanes Unit Cost") == [("Lanes Unit Cost (DC→S1)", "2", 3, "")]


def test_a_rate_of_trips_is_told_by_vehicle() -> None:
    rates: Rows = [
        {"From": "*", "To": "*", "Vehicle": "T8", "Bracket From": 0.0, "Basis": "trip"}
        | {"Rate": 500.0},
        {"From": "SUP", "To": "S1", "Vehicle": "T8", "Bracket From": 0.0, "Basis": "trip"}
        | {"Rate": 700.0},
    ]
    lanes = [*LANES[:2], LANES[2] | {"Vehicle": "T8"}]
    trucks = [{"Vehicle": "T8", "Max Weight": 800.0, "Cost Per Trip": 90.0}]
    net = built(Lanes=lanes, Products=PRODUCTS, Rates=rates, Vehicles=trucks)

    assert ("Rates Rate (SUP→S1, T8, Bracket From 0, trip)", "700", 3) + (
        "row 2 (500), Vehicles Cost Per Trip",
    ) in told(net, "S1", "A", "Rates")


def test_a_recipe_is_told_where_it_makes_its_output() -> None:
    recipes: Rows = [
        {"Recipe": "R1", "Location": "Tier=CDC", "Output": "A", "Resource": "L1"}
        | {"Unit Cost": 2.0, "Hours Per Unit": 1.0},
        {"Recipe": "R1", "Location": "DC", "Output": "A", "Resource": "", "Unit Cost": 3.0},
    ]
    lines = [
        {"Resource": "L1", "Location": "DC", "Period": "", "Hours": 40.0},
        {"Resource": "L1", "Location": "DC", "Period": "2026-W03", "Hours": 20.0},
    ]
    net = built(Recipes=recipes, Resources=lines)

    assert told(net, "DC", "A", "Recipes Unit Cost") == [
        ("Recipes Unit Cost (R1)", "3", 3, "row 2 (2)")
    ]
    assert told(net, "DC", "A", "Recipes Resource") == [("Recipes Resource (R1)", "L1", 2, "")]
    assert told(net, "DC", "B", "Recipes") == []
    assert told(net, "DC", "A", "Resources Hours") == [
        ("Resources Hours (L1, 2026-W02, 2026-W04–2026-W05)", "40", 2, ""),
        ("Resources Hours (L1, 2026-W03)", "20", 3, "row 2 (40)"),
    ]


def test_returns_are_told_where_there_is_demand() -> None:
    rows: Rows = [
        {"Location": "*", "Product": "*", "Ratio": 0.1, "Disposal Cost": 1.0},
        {"Location": "S1", "Product": "*", "Ratio": 0.2, "Disposal Cost": None},
    ]
    net = built(Returns=rows)

    assert told(net, "S1", "A", "Returns") == [
        ("Returns Ratio", "0.2", 3, "row 2 (0.1)"),
        ("Returns Disposal Cost", "1", 2, ""),
    ]
    assert told(net, "DC", "A", "Returns") == []


def test_substitutes_are_told_at_the_product_they_stand_in_for() -> None:
    rows: Rows = [
        {"Product": "A", "Substitute": "B", "Cost": 2.0},
        {"Product": "*", "Substitute": "B", "Cost": 3.0},
    ]
    net = built(Substitutes=rows)

    assert told(net, "S1", "A", "Substitutes Cost") == [
        ("Substitutes Cost (B)", "2", 2, "row 3 (3)")
    ]
    assert told(net, "S2", "B", "Substitutes") == []


def test_terms_of_transfers_inherit_and_limits_on_moves_add() -> None:
    lanes = [*LANES[:2], {"From": "S1", "To": "S2", "Lead Time": 0.0}]
    rules: Rows = [
        {"From": "*", "To": "*", "Donor Min Days": 10.0, "Max Moves": 20.0, "Count By": "order"},
        {"From": "S1", "To": "*", "Donor Min Days": 7.0, "Max Moves": 3.0, "Count By": ""},
    ]
    net = built(Lanes=lanes, TransferRules=rules, Demand=demand("S2", "A", 1, 1))

    assert told(net, "S1", "A", "TransferRules Donor Min Days") == [
        ("TransferRules Donor Min Days (S1→S2)", "7", 3, "row 2 (10)")
    ]
    assert told(net, "S1", "A", "TransferRules Count By") == [
        ("TransferRules Count By (S1→S2)", "order", 2, "")
    ]
    assert told(net, "S1", "A", "TransferRules Max Moves") == [
        ("TransferRules Max Moves", "20", 2, ""),
        ("TransferRules Max Moves", "3", 3, ""),
    ]


def test_targets_and_own_rows_hold_together_under_their_names() -> None:
    goals: Rows = [
        {"Target": "T1", "Location": "Tier=store", "Product": "*", "Minimum": 0.9, "Window": ""},
        {"Target": "T2", "Location": "S1", "Product": "A", "Minimum": 0.95, "Window": "month"},
    ]
    own: dict[str, Any] = {"Row": "cap", "Variable": "ship", "From": "DC", "To": "S1"}
    own |= {"Sense": "<=", "Value": 50.0, "Each": "each period"}
    net = built(ServiceTargets=goals, UserRows=[own])

    assert told(net, "S1", "A", "ServiceTargets") == [
        ("ServiceTargets Minimum (T1)", "0.9", 2, ""),
        ("ServiceTargets Minimum (T2, month)", "0.95", 3, ""),
    ]
    assert told(net, "S2", "B", "ServiceTargets") == [("ServiceTargets Minimum (T1)", "0.9", 2, "")]
    name = "UserRows Value (cap, ship, <=, each period)"
    assert told(net, "DC", "A", "UserRows") == [(name, "50", 2, "")]
    assert told(net, "S2", "B", "UserRows") == []
    whole = rules_in_effect(net, language="en")
    places = whole[whole["Sheet"].isin(["ServiceTargets", "UserRows"])]
    assert set(zip(places["Location"], places["Product"], strict=True)) == {
        ("Tier=store", "*"),
        ("S1", "A"),
        ("DC→S1", "*"),
    }


def test_a_site_is_told_at_its_location() -> None:
    net = built(Sites=[{"Location": "S1", "Close Cost": 30.0, "Fixed Cost": 5.0}])

    assert told(net, "S1", "A", "Sites") == [
        ("Sites Close Cost", "30", 2, ""),
        ("Sites Fixed Cost", "5", 2, ""),
    ]
    assert np.isin("S2", rules_in_effect(net)["Location"])
    assert told(net, "S2", "B", "Sites") == []
