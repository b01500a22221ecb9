"""Shipments say whether they are as planned before; changes have their price."""

import pytest
from cases_fixed_plan import CASES
from cases_transfers import CASES as TRANSFERS
from small import tables

import tierstock as ts


def test_shipments_are_new_fixed_or_changed() -> None:
    plan = ts.solve(ts.build(ts.read(tables(**CASES["plan_bounds"].sheets))), progress=False)
    rows = plan.tables["Shipments"]
    assert rows["Quantity"].tolist() == pytest.approx([3, 3, 6])
    assert rows["Status"].tolist() == ["fixed", "fixed", "fixed"]
    plan = ts.solve(ts.build(ts.read(tables(**CASES["plan_reference"].sheets))), progress=False)
    rows = plan.tables["Shipments"]
    assert dict(zip(rows["Ship Period"], rows["Status"], strict=True)) == {
        "1": "fixed",
        "2": "changed",
    }


def test_what_the_plan_before_does_not_know_is_new() -> None:
    plan = ts.solve(ts.build(ts.read(tables(**CASES["plan_frozen"].sheets))), progress=False)
    rows = plan.tables["Shipments"]
    shown = dict(zip(rows["Ship Period"], rows["Status"], strict=True))
    assert shown["1"] == "fixed"
    assert set(shown.values()) <= {"fixed", "new", "changed"}


def test_a_change_stands_in_the_costs_where_it_is_made() -> None:
    plan = ts.solve(ts.build(ts.read(tables(**CASES["plan_production"].sheets))), progress=False)
    rows = plan.tables["Costs"]
    changes = rows[rows["Cost Bucket"] == "plan change"]
    assert changes[["Location", "Product", "Period", "Amount"]].values.tolist() == [
        ["PL", "tea", "2", pytest.approx(1.5)]
    ]


def test_a_move_stands_in_the_costs_of_its_donor() -> None:
    for name, product in (("move_quantity", "tea"), ("move_limit_part", "")):
        sheets = TRANSFERS[name].sheets
        plan = ts.solve(ts.build(ts.read(tables(**sheets))), progress=False)
        rows = plan.tables["Costs"]
        moves = rows[rows["Cost Bucket"] == "move"]
        assert set(moves["Location"]) == {"R1"}
        assert set(moves["Product"]) == {product}
        prices = [float(row.get("Move Cost") or 0) for row in sheets["TransferRules"]]
        assert set(moves["Amount"]) <= {times * max(prices) for times in (1, 2)}
