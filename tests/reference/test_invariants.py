"""What must hold for every network, whatever its least cost is (mathematics C.8)."""

import copy
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from in_process import cost_of, frames
from random_networks import Drawn, drawn

import tierstock as ts
from tierstock.inputs.fingerprint import fingerprint

Sheets = dict[str, list[dict[str, Any]]]
PLACES = ("Location", "From", "To", "Home")
PRODUCTS = ("Product", "Output", "Component")
MONEY = {
    "Products": ("Unit Value", "Price", "Shortage Cost", "Scrap Cost"),
    "Lanes": ("Unit Cost", "Fixed Cost"),
    "Demand": ("Shortage Cost", "Price"),
    "Supply": ("Unit Cost", "Fixed Cost", "Min Penalty"),
    "Vehicles": ("Cost Per Trip",),
    "StockCosts": ("Holding Cost", "Storage Cost", "Handling In", "Handling Out", "Unit Value"),
    "StockTargets": ("Penalty", "Over Penalty"),
    "Capacity": ("Extra Cost",),
    "ServiceClasses": ("Lost Cost", "Backorder Cost"),
    "ServiceTargets": ("Penalty",),
    "Terminal": ("Penalty", "Value"),
    "Sites": ("Open Cost", "Close Cost", "Fixed Cost"),
    "TransferRules": ("Move Cost", "Min Value"),
    "FixedPlan": ("Penalty",),
    "Recipes": ("Unit Cost", "Setup Cost"),
    "Resources": ("Overtime Cost", "Fixed Cost"),
}
QUANTITIES = {
    "Demand": ("Quantity",),
    "OpeningStock": ("Quantity", "Blocked"),
    "InTransit": ("Quantity",),
    "Lanes": ("Max Shipment", "Min Shipment", "Order Multiple", "Fixed Cost"),
    "Supply": ("Max", "Min", "MOQ", "Order Multiple", "Fixed Cost"),
    "Vehicles": (
        "Max Weight",
        "Max Volume",
        "Max Pallets",
        "Max Units",
        "Cost Per Trip",
        "Carbon",
    ),
    "StockTargets": ("Safety Stock", "Max Stock"),
    "Capacity": ("Limit", "Extra Limit"),
    "Terminal": ("Quantity",),
    "Sites": ("Open Cost", "Close Cost", "Fixed Cost", "Carbon"),
    "TransferRules": ("Donor Min Qty", "Min Qty", "Min Value", "Move Cost"),
    "FixedPlan": ("Quantity",),
    "Recipes": ("Setup Hours", "Setup Cost", "Min Batch", "Max", "Batch Multiple"),
    "Resources": ("Hours", "Overtime Hours", "Fixed Cost"),
    "RecipeResources": ("Setup Hours",),
}
LIMITS = {"Lanes": ("Max Shipment",), "Vehicles": ("Fleet",), "Capacity": ("Limit", "Extra Limit")}

ELSEWHERE = ("Rates", "Returns", "Substitutes", "UserRows", "Budgets", "Finance")
"""Sheets whose columns are changed with the hand-solved networks (tests/model/test_metamorphic)."""


def without(seed: int) -> Drawn:
    """A random network without the sheets that are changed elsewhere."""
    network = drawn(seed)
    short, long = (
        {name: rows for name, rows in sheets.items() if name not in ELSEWHERE}
        for sheets in (network.short, network.long)
    )
    return Drawn(short, long, network.features)


networks = st.integers(0, 100_000).map(without)
each = settings(
    max_examples=6,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


def scaled(sheets: Sheets, columns: dict[str, tuple[str, ...]], factor: float) -> Sheets:
    """Return the tables with some columns multiplied; whole fleets stay whole."""
    result = copy.deepcopy(sheets)
    for sheet, names in columns.items():
        for row in result.get(sheet, []):
            for name in names:
                if row.get(name) is not None:
                    row[name] = int(row[name] * factor) if name == "Fleet" else row[name] * factor
    for row in result.get("ServiceTargets", []) if columns is QUANTITIES else ():
        if row.get("Measure") == "cycle" and row.get("Penalty") is not None:
            row["Penalty"] *= factor  # of a stock-out, however much it lacks
    for row in result.get("Settings", []) if columns is MONEY else ():
        if row["Setting"] in ("change_penalty", "carbon_price"):
            row["Value"] *= factor
    for row in result.get("Budgets", []) if columns in (MONEY, QUANTITIES) else ():
        _scale_budget(row, factor, money=columns is MONEY)
    return result


def _scale_budget(row: dict[str, Any], factor: float, *, money: bool) -> None:
    """The limit grows with what it counts; the price beyond it with what money it is per unit."""
    fixed = row["Kind"] == "moves" if not money else row["Kind"] in ("carbon", "moves")
    if not fixed:
        row["Limit"] *= factor
    elif row.get("Hardness") == "soft":
        price = row.get("Penalty")
        row["Penalty"] = (1.0 if price is None else price) * factor


def renamed(sheets: Sheets, places: dict[str, str], products: dict[str, str]) -> Sheets:
    """Return the tables with other codes for locations and products."""
    result = copy.deepcopy(sheets)
    for rows in result.values():
        for row in rows:
            for column in PLACES:
                if row.get(column) is not None:
                    row[column] = ",".join(places.get(c, c) for c in row[column].split(","))
            for column in PRODUCTS:
                if column in row:
                    row[column] = products.get(row[column], row[column])
    return result


def in_levels(network: Drawn) -> bool:
    """Whether some level comes before cost, so that more of it may mean less of the other."""
    first = any(row.get("Fairness") == "max-min" for row in network.long.get("ServiceTargets", []))
    return first or any("," in f for f in network.features if f.startswith("objective"))


def codes(network: Drawn) -> tuple[list[str], list[str]]:
    places = [row["Location"] for row in network.long["Locations"]]
    return places, [row["Product"] for row in network.long["Products"]]


def feasible(sheets: Sheets) -> float:
    """Return the least cost of tables that have a plan; others are left out of the test."""
    cost = cost_of(sheets)
    assume(cost is not None)
    assert cost is not None
    return cost


def same(cost: float) -> Any:
    return pytest.approx(cost, rel=1e-6, abs=1e-6)


@each
@given(networks)
def test_rows_that_limit_nothing_change_nothing(network: Drawn) -> None:
    sheets = copy.deepcopy(network.long)
    places, _ = codes(network)
    stated = {
        (row["Location"], row["Kind"], row["Dimension"]) for row in sheets.get("Capacity", [])
    }
    sheets.setdefault("Capacity", []).extend(
        {"Location": place, "Kind": kind, "Dimension": dimension, "Limit": 1e6}
        for place in places
        for kind in ("storage", "inbound", "outbound", "dock")
        for dimension in ("unit", "kg")
        if (place, kind, dimension) not in stated
    )
    for row in sheets.get("Lanes", []):
        for name in ("Carbon", "Order Multiple"):
            row[name] = row.get(name) or 0
    sheets.setdefault("ServiceTargets", []).append({"Target": "nothing asked", "Minimum": 0})
    assert cost_of(sheets) == same(feasible(network.long))


@each
@given(networks)
def test_ten_times_the_money_is_ten_times_the_cost(network: Drawn) -> None:
    dearer = scaled(network.short, MONEY, 10)
    assert cost_of(dearer) == same(10 * feasible(network.short))


@each
@given(networks)
def test_twice_the_goods_is_twice_the_cost(network: Drawn) -> None:
    larger = scaled(network.short, QUANTITIES, 2)
    assert cost_of(larger) == same(2 * feasible(network.short))


@each
@given(networks, st.integers(0, 1000))
def test_the_order_of_rows_changes_nothing(network: Drawn, seed: int) -> None:
    shuffled = copy.deepcopy(network.short)
    for name, rows in shuffled.items():
        if name != "Periods":
            Random(seed).shuffle(rows)
    left, right = ts.read(frames(network.short)), ts.read(frames(shuffled))
    assert fingerprint(left) == fingerprint(right)


@each
@given(networks)
def test_selectors_and_rows_with_codes_say_the_same(network: Drawn) -> None:
    assert cost_of(network.short) == same(feasible(network.long))


@each
@given(networks)
def test_other_codes_cost_the_same(network: Drawn) -> None:
    places, products = codes(network)
    other = renamed(
        network.long,
        {code: f"{99 - number}号" for number, code in enumerate(places)},
        {code: f"0{9 - number}" for number, code in enumerate(products)},
    )
    assert cost_of(other) == same(feasible(network.long))


@each
@given(networks)
def test_a_network_beside_its_copy_costs_twice(network: Drawn) -> None:
    assume(not in_levels(network))
    places, products = codes(network)
    twin = renamed(
        network.long, {code: f"{code}b" for code in places}, {code: f"{code}b" for code in products}
    )
    for row in twin.get("InTransit", []):
        row["Order No"] += "b"
    for row in twin.get("ServiceTargets", []):
        row["Target"] += "b"
    for row in twin.get("Sites", []):
        row.update({"Group": f"{row['Group']}b"} if row.get("Group") else {})
    for row in twin.get("Vehicles", []):
        row["Vehicle"] += "b"
    for row in twin.get("Budgets", []):
        row["Budget"] += "b"
    for sheet in ("Recipes", "RecipeInputs", "RecipeResources"):
        for row in twin.get(sheet, []):
            row["Recipe"] += "b"
    for row in twin.get("FixedPlan", []):
        row.update({"Recipe": f"{row['Recipe']}b"} if row.get("Recipe") else {})
    for row in twin.get("Lanes", []):
        if row.get("Vehicle"):
            row["Vehicle"] = ",".join(f"{name}b" for name in row["Vehicle"].split(","))
    for tables in (network.long, twin):
        own = ",".join(row["Location"] for row in tables["Locations"])
        for row in tables.get("TransferRules", []):  # a limit on moves holds for its own places
            row |= {end: own if row[end] == "*" else row[end] for end in ("From", "To")}
        for row in tables.get("Budgets", []):
            row["Location"] = row["Location"] or own
    shared = ("Periods", "Settings", "ServiceClasses")
    both = {
        name: rows if name in shared else rows + twin[name] for name, rows in network.long.items()
    }
    assert cost_of(both) == same(2 * feasible(network.long))


@each
@given(networks)
def test_tighter_limits_never_cost_less(network: Drawn) -> None:
    assume("hard safety stock" not in network.features and not in_levels(network))
    assume(not {"sourcing priority", "fixed plan"} & network.features)
    limited = scaled(network.long, LIMITS, 0.5)
    for row in limited.get("Lanes", []):
        if row.get("Max Shipment") is not None:
            row["Max Shipment"] = max(row["Max Shipment"], row.get("Min Shipment") or 0)
    tighter = cost_of(limited)
    loose = feasible(network.long)
    assert tighter is None or tighter >= loose - 1e-6 * max(1.0, abs(loose))
