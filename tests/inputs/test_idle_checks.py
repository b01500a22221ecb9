"""What changes nothing in the plan is told, at its cell and once; what acts is not."""

from typing import Any

import pytest
from small import Rows, demand, tables

from tierstock.inputs import inspect

LOCATIONS: Rows = [
    {"Location": "S", "Tier": "supplier"},
    {"Location": "A", "Tier": "RDC", "Class": "gold", "Calendar": "year"},
    {"Location": "B", "Tier": "RDC"},
]
PRODUCTS: Rows = [
    {"Product": "P", "Unit Value": 1.0, "Shortage Cost": 50.0, "Weight": 1.0, "Zone": "chilled"}
]
LANES: Rows = [
    {"From": "S", "To": "A", "Lead Time": 0, "Unit Cost": 1.0, "Vehicle": "van"},
    {"From": "S", "To": "B", "Lead Time": 0, "Unit Cost": 1.0},
    {"From": "A", "To": "B", "Lead Time": 0, "Unit Cost": 1.0, "Kind": "transfer"},
]
STUDY: dict[str, Rows] = {
    "Locations": LOCATIONS,
    "Products": PRODUCTS,
    "Lanes": LANES,
    "Demand": demand("A", "P", 10) + demand("B", "P", 10),
    "Vehicles": [{"Vehicle": "van", "Max Weight": 3000, "Fleet": 9, "Home": "S"}],
    "ServiceClasses": [{"Class": "gold", "Priority": 1}],
    "Calendars": [{"Calendar": "year", "Date From": "2026-03-01", "Open": "N"}],
    "Rates": [{"From": "S", "To": "A", "Bracket From": 0, "Rate": 9, "Basis": "trip"}],
    "TransferRules": [{"From": "A", "To": "B"}],
    "Capacity": [
        {"Location": "A", "Kind": "storage", "Dimension": "unit", "Limit": 90, "Zone": "chilled"}
        | {"Extra Limit": 9, "Extra Cost": 1}
    ],
    "StockTargets": [{"Location": "A", "Max Stock": 50, "Over Penalty": 1.0}],
    "Budgets": [{"Budget": "cash in stock", "Kind": "capital", "Limit": 999, "Location": "A"}],
    "Groups": [{"Group": "both", "Kind": "location", "Member": "A,B"}],
    "Terminal": [{"Location": "both", "Rule": "cover", "Days": 0.1}],
    "Units": [{"Product": "P", "Unit": "box", "Per Base": 12}],
    "OpeningStock": [{"Location": "A", "Product": "P", "Quantity": 1, "Unit": "box"}],
}


def told(**sheets: Rows) -> list[tuple[str, str]]:
    """Code and cell of all findings of the study with some of its sheets replaced."""
    return [(f"{f.sheet}!{f.cell}", f.code) for f in inspect(tables(**STUDY | sheets)).findings]


def with_row(sheet: str, row: dict[str, Any]) -> list[tuple[str, str]]:
    """Findings with a further row of a sheet."""
    return told(**{sheet: [*STUDY.get(sheet, []), row]})


def test_a_study_in_which_every_row_acts_is_told_nothing() -> None:
    assert told() == []


IDLE: list[tuple[str, dict[str, Any], str, str]] = [
    ("ServiceClasses", {"Class": "X", "Mode": "backorder", "Lost Cost": 999}, "A3", "class-unused"),
    ("Vehicles", {"Vehicle": "T", "Max Weight": 3000, "Fleet": 0}, "A3", "vehicle-unused"),
    ("Rates", {"From": "B", "To": "A", "Bracket From": 0, "Rate": 9}, "A3", "rate-without-lane"),
    (
        "Rates",
        {"From": "S", "To": "B", "Bracket From": 0, "Rate": 9, "Basis": "trip"},
        "E3",
        "rate-trip-idle",
    ),
    ("TransferRules", {"From": "B", "To": "A"}, "A3", "row-without-effect"),
    (
        "Capacity",
        {"Location": "A", "Kind": "storage", "Dimension": "unit", "Limit": 1, "Zone": "frozen"},
        "E3",
        "zone-empty",
    ),
    (
        "Capacity",
        {"Location": "S", "Kind": "storage", "Dimension": "unit", "Limit": 1, "Zone": "ambient"},
        "E3",
        "zone-empty",
    ),
    (
        "Capacity",
        {"Location": "A", "Kind": "inbound", "Dimension": "unit", "Limit": 99, "Extra Cost": 1},
        "G3",
        "extra-cost-idle",
    ),
    (
        "Calendars",
        {"Calendar": "c", "Date From": "2026-01-05", "Open": "N"},
        "A3",
        "calendar-unused",
    ),
    ("StockTargets", {"Location": "B", "Max Stock": 2}, "B3", "max-without-price"),
    ("StockTargets", {"Location": "S", "Max Stock": 2}, "A3", "target-nowhere"),
    (
        "Budgets",
        {"Budget": "m", "Kind": "capital", "Limit": 0, "Location": "S"},
        "D3",
        "budget-holds-nothing",
    ),
    ("Groups", {"Group": "far", "Kind": "location", "Member": "B"}, "A3", "name-unused"),
    ("Units", {"Product": "P", "Unit": "drum", "Per Base": 20}, "B3", "name-unused"),
    (
        "Products",
        {"Product": "Q", "Unit Value": 1, "Zone": "chilled", "Weight": 1, "Lifecycle": "launch"},
        "F3",
        "lifecycle-launch",
    ),
]


@pytest.mark.parametrize(("sheet", "row", "cell", "code"), IDLE, ids=lambda x: str(x)[:30])
def test_a_row_that_changes_nothing_is_told_at_its_cell(
    sheet: str, row: dict[str, Any], cell: str, code: str
) -> None:
    assert with_row(sheet, row) == [(f"{sheet}!{cell}", code)]


def test_rules_of_transfers_without_any_transfer_lane() -> None:
    assert told(Lanes=LANES[:2]) == [("TransferRules!A2", "transfer-rule-idle")]


def test_a_rule_within_regions_without_such_a_pair() -> None:
    row = {"From": "*", "To": "*", "Within": "same region"}
    assert with_row("TransferRules", row) == [("TransferRules!A3", "row-without-effect")]


def test_a_fleet_whose_home_none_of_its_lanes_leaves() -> None:
    van = {**STUDY["Vehicles"][0], "Fleet": 0, "Home": "B"}
    assert told(Vehicles=[van]) == [("Vehicles!D2", "fleet-idle")]


def test_safety_stock_where_none_can_be_held() -> None:
    places = [*LOCATIONS[:2], {**LOCATIONS[2], "Holds Stock": "N"}]
    targets = [*STUDY["StockTargets"], {"Location": "B", "Safety Stock": 5, "Penalty": 3}]
    assert told(Locations=places, StockTargets=targets) == [("StockTargets!A3", "target-nowhere")]


def test_a_maximum_that_is_hard_or_priced_at_nothing_on_purpose_acts_as_stated() -> None:
    for more in ({"Hardness": "hard"}, {"Over Penalty": 0.0}):
        assert with_row("StockTargets", {"Location": "B", "Max Stock": 2, **more}) == []


def test_a_class_of_demand_is_found_by_channel_place_and_product() -> None:
    places = [*LOCATIONS[:2], {**LOCATIONS[2], "Channel": "web"}]
    classes = [*STUDY["ServiceClasses"], {"Class": "net", "Channel": "web"}]
    assert told(Locations=places, ServiceClasses=classes) == []


def test_a_priority_below_one() -> None:
    classes = [{"Class": "gold", "Priority": 0}]
    assert told(ServiceClasses=classes) == [("ServiceClasses!B2", "priority-below-one")]


def test_overtime_that_is_priced_but_not_to_be_had() -> None:
    made: dict[str, list[dict[str, Any]]] = {
        "Recipes": [{"Recipe": "r", "Location": "A", "Output": "P", "Resource": "l"}],
        "Resources": [{"Resource": "l", "Location": "A", "Hours": 2, "Overtime Cost": 4}],
    }
    made["Recipes"][0]["Hours Per Unit"] = 1
    assert told(**made) == [("Resources!D2", "extra-cost-idle")]
    made["Resources"][0]["Overtime Hours"] = 1
    assert told(**made) == []


def test_a_currency_that_no_money_is_in() -> None:
    rates = [{"Currency": "USD", "Rate": 7}, {"Currency": "EUR", "Rate": 8}]
    lanes = [{**LANES[0], "Currency": "USD"}, *LANES[1:]]
    assert told(Currency=rates, Lanes=lanes) == [("Currency!A3", "name-unused")]


def test_beside_a_fault_nothing_is_called_idle() -> None:
    lanes = [{**LANES[0], "To": "Q"}, *LANES[1:]]
    assert [code for _, code in told(Lanes=lanes)] == ["unknown-selector"]


def test_no_demand_at_all() -> None:
    assert told(Demand=[]) == [("Demand!", "no-demand")]
    zero = demand("A", "P", 0) + demand("B", "P", 0)
    assert ("Demand!", "no-demand") in told(Demand=zero)


def test_periods_behind_the_last_demand() -> None:
    settings = [{"Setting": "periods", "Value": "3"}]
    found = inspect(tables(**STUDY, Settings=settings)).findings
    assert [f.say() for f in found if f.code == "demand-ends-early"] == [
        "Demand  The last demand is in 1, but the plan runs to 3: 2 period(s) have none, and days "
        "of cover at the end count no demand. Add demand, or lower Settings periods."
    ]
    settings = [{"Setting": "periods", "Value": "5"}]
    study = STUDY | {"Settings": settings, "Demand": demand("A", "P", 10, 5)}
    (late,) = [f.say() for f in inspect(tables(**study)).findings if f.code == "demand-ends-early"]
    assert "The last demand is in 2, but the plan runs to 5: 3 period(s) have none" in late
    nought = demand("A", "P", 10, 0, 0) + demand("B", "P", 10)
    assert told(Demand=nought) == []


def test_a_latest_opening_after_the_horizon() -> None:
    places = [*LOCATIONS, {"Location": "C", "Tier": "RDC", "Status": "consider"}]
    site = {"Location": "C", "Open Cost": 5, "Must Decide By": "2027-01-01"}
    lanes = [*LANES, {"From": "S", "To": "C", "Lead Time": 0}]
    found = told(Locations=places, Lanes=lanes, Sites=[site])
    assert found == [("Sites!C2", "site-decide-late")]


def test_a_case_of_no_units() -> None:
    goods = [{**PRODUCTS[0], "Units Per Case": 0}]
    assert told(Products=goods) == [("Products!F2", "not-above-zero")]


def test_another_word_for_a_case_is_noted() -> None:
    goods = [{**PRODUCTS[0], "Units Per Case": 12}]
    cartons = demand("A", "P", 10, Unit="carton") + demand("B", "P", 10, Unit="case")
    seen = inspect(tables(**STUDY | {"Products": goods, "Demand": cartons}))
    assert [f.say() for f in seen.findings] == [
        'Demand!E2  "carton" is read as case: as many units as Products or Units state for it.'
    ]
    assert seen.network is not None and seen.network.demand.quantity.tolist() == [[120.0]] * 2


@pytest.mark.parametrize(
    ("weight", "vehicle", "told_of"),
    [
        (500, {"Max Weight": 180}, "Products!D2"),
        (180, {"Max Weight": 180}, ""),
        (1, {"Max Weight": 180, "Max Pallets": 0.5}, "Products!G2"),
    ],
)
def test_a_unit_that_fits_no_vehicle_of_its_lane(
    weight: float, vehicle: dict[str, Any], told_of: str
) -> None:
    goods = [{**PRODUCTS[0], "Weight": weight, "Volume": 1, "Units Per Pallet": 1}]
    found = told(Products=goods, Vehicles=[{"Vehicle": "van", **vehicle}])
    assert found == ([(told_of, "unit-over-vehicle")] if told_of else [])


def test_a_larger_vehicle_of_the_lane_carries_it_whole() -> None:
    goods = [{**PRODUCTS[0], "Weight": 500}]
    two = [{"Vehicle": "van", "Max Weight": 180}, {"Vehicle": "truck", "Max Weight": 9000}]
    lanes = [{**LANES[0], "Vehicle": "van,truck"}, *LANES[1:]]
    assert told(Products=goods, Vehicles=two, Lanes=lanes) == []
    only = [{**LANES[0], "Vehicle": "van"}, {**LANES[1], "Vehicle": "truck"}, LANES[2]]
    (one,) = inspect(tables(**STUDY | {"Products": goods, "Vehicles": two, "Lanes": only})).findings
    assert one.say() == (
        "Products!D2  One unit of P takes 500 kg, but van on lane S→A carries 180 at most "
        "(Vehicles!B2): the plan sends units in pieces. Correct one of them, or name a larger "
        "vehicle."
    )


def test_what_a_recipe_states_counts_per_unit_though_it_names_runs() -> None:
    made: dict[str, Rows] = {
        "Recipes": [{"Recipe": "r", "Location": "A", "Output": "P", "Output Qty": 10}],
        "Products": [*PRODUCTS, {"Product": "Q", "Unit Value": 1, "Zone": "chilled", "Weight": 1}],
        "RecipeInputs": [{"Recipe": "r", "Component": "Q", "Quantity": 2}],
        "OpeningStock": [*STUDY["OpeningStock"], {"Location": "A", "Product": "Q", "Quantity": 9}],
    }
    assert told(**made) == [("Recipes!D2", "inputs-per-unit")]
    made["Recipes"][0]["Output Qty"] = 0
    assert ("Recipes!D2", "not-above-zero") in told(**made)
