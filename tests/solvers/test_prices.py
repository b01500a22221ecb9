"""What a change of a plan costs is what the model solved again says."""

from dataclasses import replace

import numpy as np
import pyomo.environ as pyo
import pytest
from real_plans import as_plan
from small import demand, model

from tierstock.plan import Plan
from tierstock.solvers import SolveError
from tierstock.solvers.compile import compile_model
from tierstock.solvers.prices import Change, prices_of


def network() -> pyo.ConcreteModel:
    """A DC with 20 units; two stores want 15 each; freight 1 and 2; a lost unit costs 9."""
    return model(
        Locations=[
            {"Location": "DC", "Tier": "RDC"},
            {"Location": "S1", "Tier": "store"},
            {"Location": "S2", "Tier": "store"},
        ],
        Products=[{"Product": "P", "Unit Value": 10, "Shortage Cost": 9}],
        Lanes=[
            {"From": "DC", "To": "S1", "Lead Time": 0, "Unit Cost": 1},
            {"From": "DC", "To": "S2", "Lead Time": 0, "Unit Cost": 2, "Fixed Cost": 10},
        ],
        Demand=[*demand("S1", "P", 15), *demand("S2", "P", 15)],
        OpeningStock=[{"Location": "DC", "Product": "P", "Quantity": 20}],
        StockCosts=[{"Location": "*", "Product": "*", "Carrying Rate": 0}],
    )


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The best plan: 15 to S1, 5 to S2, whose lane costs 10 when it is used."""
    m = network()
    arrays = compile_model(m).arrays
    values = np.zeros(arrays.columns)
    for name, key, amount in (
        ("flow", ("DC→S1", "P", "1"), 15.0),
        ("flow", ("DC→S2", "P", "1"), 5.0),
        ("lost", ("S2", "P", "standard", "1"), 10.0),
    ):
        family = m.component(name)
        values[family.start + family.key_list.position(key)] = amount
    values[arrays.integer] = 1.0
    found = as_plan(m, values, arrays.objective(values))
    found.solution = replace(found.solution, mark=arrays.mark())
    return found


def test_a_unit_more_at_the_dc_is_worth_what_it_saves_less_its_freight(plan: Plan) -> None:
    rows = compile_model(plan.model).rows["stock_balance"]
    prices = plan.prices.row_duals[slice(*rows)]

    assert plan.prices.cost == pytest.approx(15 + 10 + 10 + 90)
    assert np.abs(prices).max() == pytest.approx(9.0)  # a unit at S2 is one not lost
    assert np.isclose(np.abs(prices), 7.0).any()  # at the DC, freight 2 less


def test_a_move_left_out_costs_its_lost_sales_and_the_next_question_starts_afresh(
    plan: Plan,
) -> None:
    flow = plan.model.flow
    first = flow.start + flow.key_list.position(("DC→S1", "P", "1"))

    left_out = plan.prices.held([first], 0.0)

    # 15 more lost at S1, 10 fewer at S2, which cost freight 2 instead of 1
    assert left_out.cost - plan.prices.cost == pytest.approx(9 * 5 - 15 + 10 * 2)
    assert plan.prices.ask(Change()).cost == pytest.approx(plan.prices.cost)


def test_a_lane_not_used_at_all_saves_its_fixed_cost_only_where_it_is_let_go(plan: Plan) -> None:
    flow, prices = plan.model.flow, plan.prices
    second = flow.start + flow.key_list.position(("DC→S2", "P", "1"))
    whole = np.flatnonzero(prices.free.integer)

    kept = prices.held([second], 0.0).cost - prices.cost
    let_go = prices.held([second], 0.0, free=whole).cost - prices.cost

    assert kept == pytest.approx(5 * 9 - 5 * 2)
    assert let_go == pytest.approx(5 * 9 - 5 * 2 - 10)


def test_a_limit_moved_costs_its_price_and_one_moved_too_far_leaves_no_plan(plan: Plan) -> None:
    first, last = compile_model(plan.model).rows["stock_balance"]
    at_dc = first + int(np.argmin(np.abs(np.abs(plan.prices.row_duals[first:last]) - 7.0)))

    costs = sorted(plan.prices.moved(at_dc, change).cost for change in (-2.0, 2.0))

    assert costs == pytest.approx([plan.prices.cost - 14.0, plan.prices.cost + 14.0])
    assert not all(plan.prices.moved(at_dc, change).found for change in (-100.0, 100.0))


def test_a_model_changed_after_the_solve_has_no_prices() -> None:
    m = network()
    arrays = compile_model(m).arrays
    solution = as_plan(m, np.zeros(arrays.columns), 0.0).solution
    m.flow["DC→S1", "P", "1"].setub(3.0)
    changed = as_plan(m, np.zeros(arrays.columns), 0.0)
    changed.solution = replace(solution, mark=arrays.mark())

    with pytest.raises(SolveError, match="was changed after the plan was made"):
        _ = changed.prices


def test_the_prices_of_a_large_plan_are_the_same_though_another_method_finds_them(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tierstock.solvers.prices.LARGE", 0)

    other = prices_of(plan.model, plan.solution)

    assert other.row_duals == pytest.approx(plan.prices.row_duals)
    assert other.ask(Change()).cost == pytest.approx(plan.prices.cost)


def test_prices_that_are_not_there_in_time_are_told_and_a_saving_does_without(plan: Plan) -> None:
    with pytest.raises(SolveError, match="could not be computed in 0 s"):
        prices_of(plan.model, plan.solution, seconds=0.0)
    later = as_plan(plan.model, plan.solution.values, plan.objective)
    later.solution = plan.solution

    assert later.prices_within(0.0) is None
    assert later.prices_within(30.0) is later.prices
