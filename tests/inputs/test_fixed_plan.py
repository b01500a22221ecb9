"""FixedPlan: what rows speak of, which rule is in force, and what cannot be kept."""

from typing import Any

import pytest
from small import Rows, demand, tables

from tierstock.inputs.inspection import inspect
from tierstock.inputs.network import FixedPlan, Network

PLACES: Rows = [
    {"Location": "SUP", "Tier": "supplier"},
    {"Location": "DC", "Tier": "RDC"},
    {"Location": "S1", "Tier": "store"},
]
LANES: Rows = [
    {"From": "SUP", "To": "DC", "Lead Time": 1},
    {"From": "DC", "To": "S1", "Lead Time": 0, "Max Shipment": 20, "Active To": "2026-01-06"},
    {"From": "DC", "To": "S1", "Lead Time": 0, "Mode": "air"},
    {"From": "SUP", "To": "S1", "Lead Time": 0, "Order Multiple": 6},
]
SUPPLY: Rows = [
    {"Location": "SUP", "Product": "*"},
    {"Location": "S1", "Product": "tea", "Max": 9, "Min": 2},
]
SHIP = {"From": "DC", "To": "S1", "Product": "tea", "Mode": "", "Recipe": "", "Period": "1"}
BUY = {"From": "", "To": "S1", "Product": "tea", "Mode": "", "Recipe": "", "Period": "2"}


def studied(*rows: dict[str, Any], **more: Rows) -> tuple[Network, list[tuple[str, str]]]:
    """The network, and code and cell of what was found."""
    seen = inspect(
        tables(
            **{
                "Locations": PLACES,
                "Products": [{"Product": "tea", "Unit Value": 5, "Price": 20}],
                "Lanes": LANES,
                "Demand": demand("S1", "tea", 2, 4, 6),
                "Supply": SUPPLY,
                "OpeningStock": [{"Location": "DC", "Product": "tea", "Quantity": 30}],
                **({"FixedPlan": list(rows)} if rows else {}),
                **more,
            }
        )
    )
    found = [(f.code, f.cell) for f in seen.findings if f.sheet in ("FixedPlan", "Periods")]
    return seen.network, found  # type: ignore[return-value]


def plan_of(*rows: dict[str, Any], **more: Rows) -> FixedPlan:
    network, found = studied(*rows, **more)
    assert found == [] and network.fixed_plan is not None
    return network.fixed_plan


def test_a_row_speaks_of_a_shipment_a_purchase_or_production() -> None:
    recipes: Rows = [{"Recipe": "brew", "Location": "DC", "Output": "tea"}]
    make = {**BUY, "To": "DC", "Recipe": "brew", "Quantity": 4}
    plan = plan_of({**SHIP, "Quantity": 7}, {**BUY, "Quantity": 3}, make, Recipes=recipes)
    kinds = (plan.shipments, plan.orders, plan.production)
    assert [rows.quantity.tolist() for rows in kinds] == [[7], [3], [4]]
    assert [rows.period.tolist() for rows in kinds] == [[0], [1], [1]]


def test_a_blank_mode_is_the_only_one_else_road() -> None:
    rows = [{**SHIP, "Quantity": 7}, {**SHIP, "Mode": "air", "Quantity": 8}]
    rows.append({**SHIP, "From": "SUP", "Quantity": 6})
    net, _ = studied(*rows)
    assert net.fixed_plan is not None
    lanes = net.lanes.label[net.goods.lane[net.fixed_plan.shipments.of]]
    found = dict(zip(lanes, net.fixed_plan.shipments.quantity.tolist(), strict=True))
    assert found == {"DC→S1 (road)": 7, "DC→S1 (air)": 8, "SUP→S1": 6}


def test_the_price_of_a_change_is_stated_set_or_the_ladder() -> None:
    rows = [
        {**SHIP, "Quantity": 7, "Rule": "reference", "Penalty": 3},
        {**SHIP, "Mode": "air", "Quantity": 7, "Rule": "reference"},
    ]
    assert sorted(plan_of(*rows).shipments.penalty.tolist()) == [pytest.approx(0.2), 3]
    setting: Rows = [{"Setting": "change_penalty", "Value": "1.5"}]
    assert sorted(plan_of(*rows, Settings=setting).shipments.penalty.tolist()) == [1.5, 3]


def dated(*frozen: str) -> Rows:
    return [
        {"Period": f"W{n}", "Start Date": f"2026-01-{5 + 7 * (n - 1):02d}", "Frozen": flag}
        for n, flag in enumerate(frozen, 1)
    ]


def weekly(*rows: dict[str, Any], frozen: str) -> tuple[Network, list[tuple[str, str]]]:
    wanted: Rows = [
        {"Location": "S1", "Product": "tea", "Period": f"W{n}", "Quantity": 4} for n in (1, 2, 3)
    ]
    lanes = [row for row in LANES if "Active To" not in row]
    return studied(*rows, Periods=dated(*frozen), Demand=wanted, Lanes=lanes)


def test_in_a_frozen_period_every_row_is_fixed() -> None:
    rows = [
        {**SHIP, "Mode": "air", "Period": "W1", "Quantity": 7, "Rule": "reference"},
        {**SHIP, "Mode": "air", "Period": "2026-01-12", "Quantity": 7, "Rule": "max"},
    ]
    net, found = weekly(*rows, frozen="YNN")
    assert found == [] and net.fixed_plan is not None
    assert net.fixed_plan.frozen.tolist() == [True, False, False]
    assert net.fixed_plan.shipments.rule.tolist() == ["fix", "max"]


def test_a_frozen_period_needs_a_plan() -> None:
    row = {**SHIP, "Mode": "air", "Period": "W1", "Quantity": 7}
    assert weekly(frozen="YNN")[1] == [("frozen-without-plan", "C2")]
    assert weekly(row, frozen="YYN")[1] == [("frozen-empty", "C3")]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([{**SHIP, "To": "SUP", "Quantity": 1}], [("plan-no-lane", "A2")]),
        ([{**SHIP, "To": "SUP", "Quantity": 0}], []),
        ([{**SHIP, "Mode": "sea", "Quantity": 1}], [("plan-no-lane", "A2")]),
        ([{**BUY, "To": "DC", "Quantity": 1}], [("plan-no-supply", "B2")]),
        ([{**BUY, "Recipe": "brew", "Quantity": 1}], [("unknown-reference", "E2")]),
        ([{**SHIP, "Period": "4", "Quantity": 1}], [("unknown-period", "F2")]),
        ([{**SHIP, "Period": "2026-02-01", "Quantity": 1}], [("plan-outside", "F2")]),
        ([{**SHIP, "Period": "3", "Quantity": 1}], [("plan-shut", "G2")]),
        ([{**SHIP, "Period": "3", "Quantity": 1, "Rule": "reference"}], [("plan-shut", "G2")]),
        ([{**SHIP, "Period": "3", "Quantity": 1, "Rule": "max"}], []),
        ([{**SHIP, "Quantity": 21}], [("plan-over", "G2")]),
        ([{**SHIP, "Quantity": 21, "Rule": "reference"}], []),
        ([{**BUY, "Quantity": 10}], [("plan-over", "G2")]),
        ([{**BUY, "Quantity": 1}], [("plan-under", "G2")]),
        ([{**BUY, "Quantity": 1, "Rule": "min"}], []),
        ([{**SHIP, "From": "SUP", "Quantity": 8}], [("plan-lots", "G2")]),
        ([{**SHIP, "From": "SUP", "Quantity": 8, "Rule": "min"}], []),
        ([{**SHIP, "Quantity": 2, "Penalty": 3}], [("value-unused", "H2")]),
        (
            [{**SHIP, "Quantity": 2}, {**SHIP, "Mode": "road", "Quantity": 3}],
            [("plan-twice", "G3")],
        ),
        (
            [{**SHIP, "Quantity": 2}, {**SHIP, "Period": "2026-01-05", "Quantity": 3}],
            [("plan-twice", "G3")],
        ),
        ([{**SHIP, "From": "DD", "Quantity": 2}], [("unknown-reference", "A2")]),
        ([{**SHIP, "Quantity": -2}], [("negative-number", "G2")]),
    ],
)
def test_rows_that_cannot_be_kept_are_told_at_their_cell(rows: Rows, found: Any) -> None:
    assert studied(*rows)[1] == found


def test_a_recipe_makes_its_own_product_at_its_own_place() -> None:
    recipes: Rows = [{"Recipe": "brew", "Location": "DC", "Output": "tea"}]
    row = {**BUY, "Recipe": "brew", "Quantity": 1}
    assert studied(row, Recipes=recipes)[1] == [("plan-no-recipe", "E2")]
    assert studied({**row, "To": "DC"}, Recipes=recipes)[1] == []
    both = {**row, "To": "DC", "From": "SUP"}
    assert ("plan-both", "E2") in studied(both, Recipes=recipes)[1]


def test_more_than_can_have_come_is_an_error() -> None:
    lanes = LANES[1:]  # nothing comes to DC
    rows = [{**SHIP, "Quantity": 18}, {**SHIP, "Period": "2", "Quantity": 13}]
    assert studied(*rows, Lanes=lanes)[1] == [("plan-no-stock", "G3")]
    rows[1]["Quantity"] = 12
    assert studied(*rows, Lanes=lanes)[1] == []


def test_products_share_the_limit_of_a_lane() -> None:
    products: Rows = [
        {"Product": "tea", "Unit Value": 5, "Price": 20},
        {"Product": "cup", "Unit Value": 5, "Price": 20},
    ]
    stock: Rows = [{"Location": "DC", "Product": p, "Quantity": 30} for p in ("tea", "cup")]
    rows = [{**SHIP, "Quantity": 12}, {**SHIP, "Product": "cup", "Quantity": 9}]
    found = studied(*rows, Products=products, OpeningStock=stock)[1]
    assert found == [("plan-over-lane", "G2")]
