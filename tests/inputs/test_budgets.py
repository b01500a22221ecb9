"""Budgets are read as stated, and slips are named at their cells."""

from typing import Any

import pandas as pd
import pytest
from small import demand, tables
from told import cells, everything_found

import tierstock as ts
from tierstock.inputs import Network

Rows = list[dict[str, Any]]
PLACES: Rows = [
    {"Location": "A", "Tier": "RDC", "Company": "North"},
    {"Location": "S", "Tier": "store", "Company": "South"},
    {"Location": "T", "Tier": "store", "Company": "North"},
]
LANES: Rows = [
    {"From": "A", "To": "S", "Lead Time": 0, "Unit Cost": 1},
    {"From": "A", "To": "T", "Lead Time": 0, "Unit Cost": 1},
    {"From": "S", "To": "T", "Lead Time": 0, "Unit Cost": 1},
]


def read(budget: dict[str, Any], **sheets: Rows) -> Network:
    book: dict[str, Rows] = {
        "Locations": PLACES,
        "Products": [{"Product": "P", "Unit Value": 10}, {"Product": "Q", "Unit Value": 5}],
        "Lanes": LANES,
        "Demand": [*demand("S", "P", 1, 1, 1), *demand("T", "Q", 1, 1, 1)],
        "Supply": [{"Location": "A", "Product": "*", "Unit Cost": 1}],
        "Budgets": [{"Budget": "B", "Limit": 100, **budget}],
    }
    return ts.read(tables(**(book | sheets)))


def found(budget: dict[str, Any], **sheets: Rows) -> pd.DataFrame:
    """Everything found, whether it forbids the plan or not."""
    return everything_found(lambda: read(budget, **sheets))


@pytest.mark.parametrize(
    ("each", "labels"),
    [
        ("", [""]),
        ("together", [""]),
        ("each location", ["A", "S", "T"]),
        ("each product", ["P", "Q"]),
        ("each company", ["North", "South"]),
    ],
)
def test_what_a_budget_is_for_has_a_row_in_each_period(each: str, labels: list[str]) -> None:
    budgets = read({"Kind": "capital", "Each": each}).budgets
    assert budgets is not None
    assert budgets.label.tolist() == labels
    assert budgets.row.shape == (len(labels), 3)
    assert budgets.row_period.tolist() == [0, 1, 2] * len(labels)


@pytest.mark.parametrize(
    ("kind", "averaging", "weight"),
    [
        ("capital", "each period", [1, 1, 0]),
        ("capital", "average", [0.5, 0.5, 0]),
        ("capital", "end", [0, 1, 0]),
        ("spend", "average", [0.5, 0.5, 0]),
        ("spend", "end", [1, 1, 0]),
    ],
)
def test_states_have_an_end_and_amounts_a_total(
    kind: str, averaging: str, weight: list[float]
) -> None:
    budgets = read({"Kind": kind, "Averaging": averaging, "Period": "1, 2"}).budgets
    assert budgets is not None
    assert budgets.weight.tolist() == [weight]
    assert budgets.row_period.tolist() == ([0, 1] if averaging == "each period" else [1])


@pytest.mark.parametrize(("kind", "weight"), [("capital", [0.25, 0.75]), ("spend", [0.5, 0.5])])
def test_the_mean_of_a_state_is_one_over_time(kind: str, weight: list[float]) -> None:
    periods = [
        {"Period": "1", "Start Date": "2026-01-05"},
        {"Period": "2", "Start Date": "2026-01-06", "End Date": "2026-01-08"},
    ]
    sheets = {"Periods": periods, "Demand": demand("S", "P", 1, 1)}
    budgets = read({"Kind": kind, "Averaging": "average"}, **sheets).budgets
    assert budgets is not None
    assert budgets.weight.tolist() == [weight]


def test_a_soft_budget_without_penalty_costs_one_per_unit_beyond_it() -> None:
    hard, soft = (
        read({"Kind": "spend"}).budgets,
        read({"Kind": "spend", "Hardness": "soft"}).budgets,
    )
    assert hard is not None and soft is not None
    assert hard.penalty.tolist() == [float("inf")]
    assert soft.penalty.tolist() == [1.0]


def test_a_limit_may_be_stated_in_ten_thousands() -> None:
    budgets = read({"Kind": "capital", "Limit": "2000万元"}).budgets
    assert budgets is not None
    assert budgets.limit.tolist() == [2e7]


def test_what_is_there_today_is_told_with_its_date_and_amount() -> None:
    stock = [{"Location": "A", "Product": "P", "Quantity": 15, "Blocked": 3}]
    way = [{"To": "S", "Product": "Q", "Quantity": 4, "Due Date": "2026-01-06"}]
    mine = found({"Kind": "capital"}, OpeningStock=stock, InTransit=way)
    text = mine[mine["code"] == "budget-over-today"]["message"].item()
    assert "2026-01-05 is worth 170, 70 more than the limit of 100" in text
    at_places = {"Kind": "capital", "Include In Transit": "N"}
    mine = found(at_places, OpeningStock=stock, InTransit=way)
    text = mine[mine["code"] == "budget-over-today"]["message"].item()
    assert "2026-01-05 is worth 150, 50 more than the limit of 100" in text


CARTS: dict[str, Rows] = {
    "Vehicles": [{"Vehicle": "cart", "Max Units": 5, "Cost Per Trip": 2}],
    "Lanes": [{**row, "Vehicle": "cart"} for row in LANES],
}


@pytest.mark.parametrize(
    ("code", "cell", "budget", "sheets"),
    [
        ("budget-unused", "Budgets!D2", {"Kind": "spend", "Include In Transit": "N"}, {}),
        ("budget-unused", "Budgets!D2", {"Kind": "spend", "Penalty": 2}, {}),
        ("budget-not-by-product", "Budgets!D2", {"Kind": "freight", "Product": "P"}, CARTS),
        ("budget-not-by-product", "Budgets!D2", {"Kind": "freight", "Each": "each product"}, CARTS),
        ("budget-idle", "Budgets!C2", {"Kind": "carbon"}, {}),
        ("budget-idle", "Budgets!C2", {"Kind": "moves"}, {"Lanes": LANES[:2]}),
        (
            "budget-orders",
            "Budgets!C2",
            {"Kind": "moves"},
            {"TransferRules": [{"From": "S", "To": "T", "Count By": "order", "Move Cost": 1}]},
        ),
        ("unknown-selector", "Budgets!D2", {"Kind": "capital", "Location": "Z"}, {}),
    ],
)
def test_a_slip_is_named_at_its_cell(
    code: str, cell: str, budget: dict[str, Any], sheets: dict[str, Rows]
) -> None:
    assert cells(found(budget, **sheets), code) == [cell]


def test_freight_by_product_is_possible_where_nothing_is_shared() -> None:
    findings = found({"Kind": "freight", "Each": "each product"})
    assert not (findings["severity"] == "error").any()
