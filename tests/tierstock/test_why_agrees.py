"""What ``why`` says is what the sheets of the plan say, also where there are several best plans."""

from dataclasses import replace

import numpy as np
import pytest
from all_cases import ALL
from in_process import least
from real_plans import as_plan, least_plan
from small import model

import tierstock as ts
from tierstock.outputs.actions import with_saving
from tierstock.plan import Plan
from tierstock.solvers.compile import compile_model


def solved(name: str) -> Plan:
    plan = least_plan(ALL[name].sheets)
    assert plan is not None
    return plan


def test_leaving_a_shipment_out_costs_what_the_sheet_says() -> None:
    """3 units of which one lane carries the right age: other plans are as good, this is the one."""
    plan = solved("age_on_the_way")
    told = with_saving(plan.shipments, plan.actions)
    costs = [plan.why(number).serving for number in told["Plan No"]]
    assert costs == pytest.approx(told["Saving"].tolist())
    assert costs[0] == pytest.approx(312)


def test_what_is_short_in_the_sheet_is_short_in_the_answer() -> None:
    plan = solved("pipeline")
    short = plan.service[plan.service["Stock Out"] == "Y"]
    assert len(short)
    for row in short.itertuples():
        why = plan.why(row.Location, row.Product, row.Period)
        assert why.cause and f"{row.Lost:g} of {row.Demand:g}" in why.head


def test_whole_numbers_that_are_in_the_way_are_told_without_a_price() -> None:
    why = solved("transfer_shortage_hub").why("R3", "tea", "1", language="zh")
    assert "整数约束" in str(why) and len(why.notes) == 0
    assert why.cause == "capacity" and why.frame["Sheet"].tolist() == [""]


@pytest.mark.parametrize(
    ("name", "cell", "sheet", "change"),
    [
        ("move_limit", ("R3", "tea", "1"), "TransferRules", "Max Moves from 1 to 2"),
        ("moves", ("S3", "tea", "1"), "Budgets", "Limit from 1 to 2"),
    ],
)
def test_a_limit_on_moves_is_named_with_the_whole_number_that_serves(
    name: str, cell: tuple[str, str, str], sheet: str, change: str
) -> None:
    why = solved(name).why(*cell)
    assert (why.causes[0].sheet, why.causes[0].row) == (sheet, 2)
    assert change in str(why)


def test_a_plan_that_need_not_be_short_is_told_to_be_dearer_than_another() -> None:
    m = model(
        Locations=[{"Location": "S1", "Tier": "store"}],
        Products=[{"Product": "tea", "Unit Value": 1, "Price": 10}],
        Demand=[{"Location": "S1", "Product": "tea", "Period": "1", "Quantity": 5}],
        OpeningStock=[{"Location": "S1", "Product": "tea", "Quantity": 5}],
    )
    arrays = compile_model(m).arrays
    values = np.zeros(arrays.columns)
    lost = int(np.flatnonzero(arrays.cost == 10)[0])
    kept = np.where(np.arange(arrays.columns) == lost, 2.0, arrays.lower)
    cost = least(replace(arrays, lower=kept), values)
    assert cost is not None
    plan = as_plan(m, values, cost)
    said = str(plan.why("S1", "tea", "1"))
    assert "2 of 5 EA are short in this plan, but" in said and "costs less" in said
    assert "本方案缺 2" in str(plan.why("S1", "tea", "1", language="zh"))
    assert isinstance(plan, ts.Plan)
