"""What shows only in the network as a whole: circles, forced flow, stock nobody wants, slips."""

from typing import Any

import numpy as np
import pytest
from retail import LANES, LOCATIONS, PRODUCTS, WEEKS, Rows, demand, seen

from tierstock.inputs.checking.magnitudes import stands_out

STEADY: Rows = [
    {"Location": location, "Product": product, "Period": week, "Quantity": quantity + at}
    for location, quantity in (("S1", 90), ("S2", 300))
    for product in "AB"
    for at, week in enumerate(f"2026-W{number:02d}" for number in range(2, 12))
]
CIRCLE: Rows = [
    {"From": "S1", "To": "S2", "Lead Time": 0},
    {"From": "S2", "To": "S1", "Lead Time": 0},
]
MUST: Rows = [{"Class": "vip", "Mode": "must"}]


def told(code: str, **sheets: Rows) -> list[tuple[str, str, str]]:
    """Place, severity and sentence of the findings with a code."""
    found = seen(**sheets).findings
    return [(f"{f.sheet}!{f.cell}", f.severity, f.message()) for f in found if f.code == code]


def slips(**sheets: Rows) -> list[tuple[str, str]]:
    """Cell and sentence of what seems to be typed in another unit."""
    return [(cell, text) for cell, _, text in told("unit-slip", **sheets)]


@pytest.mark.parametrize("factor", [10, 100, 1000, 0.01, 0.001])
def test_one_period_in_another_unit_stands_out(factor: float) -> None:
    rows = [dict(row) for row in STEADY]
    rows[4]["Quantity"] *= factor
    ((cell, text),) = slips(Demand=rows)
    assert cell == "Demand!D6"
    assert f"about {'1/' if factor < 1 else ''}{max(factor, 1 / factor):,.0f} times" in text


def test_a_steady_series_a_season_and_a_bulk_order_are_no_slips() -> None:
    assert slips(Demand=STEADY) == []
    season = [{**row, "Quantity": row["Quantity"] * (1 + at % 10)} for at, row in enumerate(STEADY)]
    assert slips(Demand=season) == []
    bulk = [{**row, "Quantity": 70 if at == 7 else 2} for at, row in enumerate(STEADY)]
    assert slips(Demand=bulk) == []


def test_many_small_groups_that_spread_widely_raise_no_alarm() -> None:
    rng = np.random.default_rng(0)
    groups = rng.integers(0, 2000, 24_000)
    logs = np.log10(rng.lognormal(4.0, 0.6, len(groups)))
    found, _ = stands_out(logs, groups)
    assert not found.any()


@pytest.mark.parametrize(("power", "slip"), [(0.74, False), (1.25, True), (1.26, False)])
def test_a_slip_lies_near_a_whole_power_of_ten(power: float, slip: bool) -> None:
    """Up to a quarter of a power away, that quarter included: about 17.8 times as much."""
    found, _ = stands_out(np.array([0.0] * 6 + [power]), np.zeros(7, dtype=np.int64))
    assert found.tolist() == [False] * 6 + [slip]


def test_stock_of_one_place_in_another_unit_stands_out_from_other_places_and_products() -> None:
    stores = [{"Location": f"T{n}", "Tier": "store"} for n in range(6)]
    stock: Rows = [
        {"Location": f"T{n}", "Product": product, "Quantity": (n + 2) * each}
        for n in range(6)
        for product, each in (("A", 40), ("B", 900), ("C", 7))
    ]
    places, goods = LOCATIONS + stores, [*PRODUCTS, {"Product": "C", "Unit Value": 9.0}]
    assert slips(Locations=places, Products=goods, OpeningStock=stock) == []
    stock[5]["Quantity"] *= 1000
    ((cell, _),) = slips(Locations=places, Products=goods, OpeningStock=stock)
    assert cell == "OpeningStock!C7"


@pytest.mark.parametrize("count", [5, 6])
def test_six_of_a_kind_are_enough_to_compare_with_and_five_are_not(count: int) -> None:
    codes = "ABCDEF"[:count]
    goods: Rows = [{"Product": p, "Unit Value": 1e4 if p == "C" else 10.0} for p in codes]
    prices: Rows = [
        {"Product": p, "Unit Value": 9.0**n, "Price": 9.0**n * (200.0 if p == "C" else 2.0)}
        for n, p in enumerate(codes)
    ]
    weeks = [{**row, "Quantity": 90000.0 if at == 2 else 90.0} for at, row in enumerate(STEADY)]
    for cell, sheets in (
        ("Products!B4", {"Products": goods}),
        ("Products!C4", {"Products": prices}),
        ("Demand!D4", {"Demand": weeks[:count]}),
    ):
        assert [found for found, _ in slips(**sheets)] == [cell] * (count == 6)


@pytest.mark.parametrize(
    ("missing", "told_of"),
    [
        ("", ["OpeningStock!C13"]),
        ("A0", []),  # eleven places and products are too few
        ("A0 D", ["OpeningStock!C16"]),
        ("C0 D", ["OpeningStock!C16"]),  # three places of a product are enough, two are not
        ("C0 C1 D", []),
    ],
)
def test_a_dozen_of_places_and_products_is_enough_to_compare_with(
    missing: str, told_of: list[str]
) -> None:
    shops = [{"Location": f"T{n}", "Tier": "store"} for n in range(4)]
    codes = "ABCD" if "D" in missing else "ABC"
    stock: Rows = [
        {"Location": f"T{n}", "Product": p, "Quantity": 1e5 if (p, n) == ("C", 3) else 100.0 + n}
        for p in codes.replace("C", "") + "C"
        for n in range(4)
        if f"{p}{n}" not in missing.split()
    ]
    goods = [{"Product": p, "Unit Value": 9.0} for p in codes]
    found = slips(Locations=LOCATIONS + shops, Products=goods, OpeningStock=stock)
    assert [cell for cell, _ in found] == told_of


@pytest.mark.parametrize(("much", "found"), [(70.0, False), (76.0, True)])
def test_what_may_be_chance_where_few_are_counted_is_no_slip(much: float, found: bool) -> None:
    """Beside 5 of a kind 73 is the least that stands out, and 5 beside 73 of a kind."""
    weeks = [{**row, "Quantity": much if at == 4 else 5.0} for at, row in enumerate(STEADY[:10])]
    stores: Rows = [{"Location": f"T{n}", "Tier": "store"} for n in range(4)]
    goods: Rows = [*PRODUCTS, {"Product": "C", "Unit Value": 9.0}]
    stock: Rows = [
        {"Location": f"T{n}", "Product": p, "Quantity": 5.0 if (p, n) == ("B", 2) else much}
        for n in range(4)
        for p in "ABC"
    ]
    told_of = slips(Locations=LOCATIONS + stores, Products=goods, Demand=weeks, OpeningStock=stock)
    assert [cell for cell, _ in told_of] == ["Demand!D6", "OpeningStock!C9"] * found


def test_a_price_in_cents_stands_out_by_its_ratio_to_the_cost() -> None:
    goods: Rows = [
        {"Product": f"P{n}", "Unit Value": 3.0**n, "Price": 2 * 3.0**n} for n in range(8)
    ]
    assert slips(Products=PRODUCTS + goods) == []
    goods[7]["Price"] *= 100
    ((cell, _),) = slips(Products=PRODUCTS + goods)
    assert cell == "Products!C11"


def test_a_lead_time_in_hours_stands_out() -> None:
    stores = [{"Location": f"T{n}", "Tier": "store"} for n in range(8)]
    lanes = [{"From": "DC", "To": f"T{n}", "Lead Time": 2 + n % 3} for n in range(8)]
    lanes[6]["Lead Time"] = 200
    ((cell, _),) = slips(Locations=LOCATIONS + stores, Lanes=LANES + lanes)
    assert cell == "Lanes!C10"


def test_stock_of_a_product_nobody_wants_is_told_at_its_cells() -> None:
    stock = [{"Location": one, "Product": "A", "Quantity": 5} for one in ("S1", "S2")]
    found = told("stock-unwanted", Demand=demand("S2", "B", 5), OpeningStock=stock)
    ((cell, severity, text),) = found
    assert (cell, severity) == ("OpeningStock!C2", "warning")
    assert "10 units of A" in text and "1 more: C3" in text


def test_stock_with_demand_elsewhere_or_a_target_is_wanted() -> None:
    assert told("stock-unwanted") == []
    target: Rows = [{"Location": "S1", "Product": "A", "Safety Stock": 3}]
    assert told("stock-unwanted", Demand=demand("S2", "B", 5), StockTargets=target) == []


def test_a_demand_of_nothing_wants_no_stock() -> None:
    rows = demand("S1", "A", 0, 0) + demand("S2", "B", 5)
    ((cell, _, _),) = told("stock-unwanted", Demand=rows)
    assert cell == "OpeningStock!C2"


def test_what_is_owed_at_the_start_is_told() -> None:
    stock = [{"Location": "S1", "Product": "A", "Quantity": -5}]
    classes: Rows = [{"Class": "wait", "Mode": "backorder"}]
    wanted = demand("S1", "A", 1, 2, 3, 4, Class="wait")
    ((cell, severity, text),) = told(
        "opening-backlog", OpeningStock=stock, ServiceClasses=classes, Demand=wanted
    )
    assert (cell, severity) == ("OpeningStock!C2", "warning") and "5 units" in text


def test_a_circle_without_lead_time_is_told_and_warned_of_where_it_costs_nothing() -> None:
    ((cell, severity, text),) = told("loop-free", Lanes=LANES + CIRCLE)
    assert (cell, severity) == ("Lanes!C4", "warning")
    assert "S1→S2, S2→S1" in text
    priced = [{**row, "Unit Cost": 1.0} for row in CIRCLE]
    ((cell, severity, _),) = told("loop-at-once", Lanes=LANES + priced)
    assert (cell, severity) == ("Lanes!C4", "info")
    one_way = LANES + CIRCLE[:1]
    assert told("loop-at-once", Lanes=one_way) == told("loop-free", Lanes=one_way) == []


def test_a_lane_that_is_never_better_than_another_is_told() -> None:
    slow = {"From": "DC", "To": "S1", "Lead Time": 14, "Unit Cost": 3.0, "Mode": "rail"}
    ((cell, severity, text),) = told("lane-dominated", Lanes=[*LANES, slow])
    assert (cell, severity) == ("Lanes!E4", "info")
    assert "DC→S1 (rail)" in text and "DC→S1 (road)" in text


@pytest.mark.parametrize(
    ("lane", "road"),
    [
        ({"Unit Cost": 0.5}, {}),
        ({"Lead Time": 0}, {}),
        ({}, {"Max Shipment": 10}),
        ({}, {"Fixed Cost": 5}),
    ],
)
def test_a_lane_that_may_be_of_use_is_not_dominated(
    lane: dict[str, Any], road: dict[str, Any]
) -> None:
    slow = {"From": "DC", "To": "S1", "Lead Time": 14, "Unit Cost": 3.0, "Mode": "rail", **lane}
    assert told("lane-dominated", Lanes=[LANES[0], {**LANES[1], **road}, slow]) == []


def test_a_store_that_replenishes_a_supplier_is_warned_of() -> None:
    back = {"From": "S1", "To": "SUP", "Lead Time": 7}
    ((cell, severity, text),) = told("lane-upstream", Lanes=[*LANES, back])
    assert (cell, severity) == ("Lanes!A4", "warning")
    assert "from a store to a supplier" in text
    assert told("lane-upstream", Lanes=[*LANES, {**back, "Kind": "return"}]) == []


def _limit(kind: str, limit: float) -> Rows:
    return [
        {"Location": one, "Kind": kind, "Dimension": "unit", "Limit": limit, "Per": "bucket"}
        for one in ("S2", "S1")
    ]


def test_a_limit_below_the_demand_that_must_be_served_is_warned_of() -> None:
    wanted = demand("S1", "A", 30, 40, 50, 60, Class="vip")
    ((cell, severity, text),) = told(
        "forced-over-capacity", Demand=wanted, ServiceClasses=MUST, Capacity=_limit("outbound", 45)
    )
    assert (cell, severity) == ("Capacity!D3", "warning")
    assert "60 units have to pass in 2026-W05" in text and "the limit is 45" in text
    kept = told("forced-over-capacity", Demand=wanted, Capacity=_limit("outbound", 45))
    assert kept == []


def test_firm_orders_above_the_inbound_limit_are_warned_of() -> None:
    order = {"To": "S1", "Product": "A", "Quantity": 80, "Due Date": "2026-01-14"}
    ((cell, _, text),) = told(
        "forced-over-capacity", InTransit=[order], Capacity=_limit("inbound", 45)
    )
    assert cell == "Capacity!D3" and "80 units have to pass in 2026-W03" in text


def test_demand_that_must_be_served_above_all_supply_is_warned_of() -> None:
    wanted = demand("S1", "A", 30, 40, 50, 60, Class="vip")
    supply: Rows = [{"Location": "SUP", "Product": "*", "Max": 5}]
    ((cell, severity, text),) = told(
        "must-over-supply", Demand=wanted, ServiceClasses=MUST, Supply=supply
    )
    assert (cell, severity) == ("Demand!B2", "warning")
    assert "180 units must be served, 60 more" in text
    assert told("must-over-supply", Demand=wanted, ServiceClasses=MUST) == []


def test_hard_safety_stock_above_the_storage_limit_is_warned_of() -> None:
    target: Rows = [{"Location": "S1", "Product": "A", "Safety Stock": 70, "Hardness": "hard"}]
    found = told("safety-over-storage", StockTargets=target, Capacity=_limit("storage", 45))
    assert [cell for cell, _, _ in found] == ["Capacity!D3"]
    assert told("safety-over-storage", StockTargets=target, Capacity=_limit("storage", 70)) == []


def test_a_limit_of_zero_is_warned_of() -> None:
    closed = [LANES[0], {**LANES[1], "Max Shipment": 0}]
    assert [cell for cell, _, _ in told("limit-zero", Lanes=closed)] == ["Lanes!E3"]
    assert [cell for cell, _, _ in told("limit-zero", Capacity=_limit("inbound", 0))] == [
        "Capacity!D2"
    ]
    weekly = [{**row, "Period": WEEKS[0]} for row in _limit("inbound", 0)]
    assert told("limit-zero", Capacity=weekly) == []


def test_lots_larger_than_the_lane_may_carry_are_warned_of() -> None:
    lanes = [LANES[0], {**LANES[1], "Order Multiple": 50, "Max Shipment": 40}]
    assert [cell for cell, _, _ in told("lot-over-lane", Lanes=lanes)] == ["Lanes!E3"]
    lanes[1]["Max Shipment"] = 50
    assert told("lot-over-lane", Lanes=lanes) == []


def test_costs_too_far_apart_for_the_solver_are_warned_of_with_both_cells() -> None:
    lanes = [{**LANES[0], "Unit Cost": 1e-6}, LANES[1]]
    goods = [{**PRODUCTS[0], "Price": 2e5}, PRODUCTS[1]]
    ((cell, severity, text),) = told("cost-spread", Lanes=lanes, Products=goods)
    assert (cell, severity) == ("Products!C2", "warning") and "Lanes!D2" in text


def test_a_lane_that_is_too_slow_is_told_at_its_lead_time() -> None:
    slow = {"From": "SUP", "To": "S1", "Lead Time": 99, "Unit Cost": 1.0}
    assert [cell for cell, _, _ in told("lane-too-slow", Lanes=[*LANES, slow])] == ["Lanes!C4"]
