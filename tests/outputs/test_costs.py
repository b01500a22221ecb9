"""Every cost is recomputed from quantities and prices, and nothing is missing or double."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from by_hand import COSTS, OBJECTIVE, decisions, frame, network
from families import CASES
from small import model

from tierstock.outputs.costs import TERMS, costs, totals
from tierstock.outputs.expand import Flows, expand

Pick = Callable[..., list[Any]]


def test_the_hand_worked_plan_costs_what_was_worked_out(plan: Flows) -> None:
    found = {term: money for term, money in totals(plan).items() if money or term in COSTS}
    assert found == pytest.approx(COSTS)
    assert sum(COSTS.values()) == pytest.approx(OBJECTIVE)


def test_the_rows_of_costs_add_up_to_the_objective(tables: dict[str, pd.DataFrame]) -> None:
    assert tables["Costs"]["Amount"].sum() == pytest.approx(OBJECTIVE, rel=1e-12)
    by_term = tables["Costs"].groupby("Cost Bucket")["Amount"].sum()
    assert dict(by_term) == pytest.approx(COSTS)


def test_lane_costs_stand_at_the_origin_and_transit_at_the_destination(pick: Pick) -> None:
    assert pick("Costs", "Amount", Cost_Bucket="freight", Location="R1") == [30]
    assert pick("Costs", "Amount", Cost_Bucket="departure", Location="R1") == [25]
    assert pick("Costs", "Amount", Cost_Bucket="transit", Location="CDC") == [6, 5]
    assert pick("Costs", "Product", Cost_Bucket="trips") == ["", "", ""]
    assert pick("Costs", "Location", Cost_Bucket="trips") == ["CDC", "CDC", "CDC"]


def test_blocked_stock_is_charged_in_every_period(pick: Pick) -> None:
    held = pick("Costs", "Amount", Cost_Bucket="holding", Location="CDC", Product="B")
    assert held == pytest.approx([0.2 * (7 + 3)] * 3)


def test_what_arrives_after_the_horizon_is_not_handled_but_pays_transit(pick: Pick) -> None:
    last = {"Location": "R1", "Product": "A", "Period": "W3"}
    assert pick("Costs", "Amount", Cost_Bucket="transit", **last) == pytest.approx([12 * 0.2])
    assert pick("Costs", "Amount", Cost_Bucket="handling", **last) == pytest.approx(
        [18 * 0.2 + 20 * 0.1]
    )


def test_the_last_backlog_costs_the_lost_sale_once(pick: Pick) -> None:
    owed = pick("Costs", "Amount", Cost_Bucket="backorder")
    assert owed == pytest.approx([17 * 1.5, 7 * 1.5, 12 * 1.5 + 12 * 33])


def test_a_rule_over_several_places_names_none_of_them(pick: Pick) -> None:
    assert pick("Costs", "Location", Cost_Bucket="terminal shortfall") == [""]
    assert pick("Costs", "Product", Cost_Bucket="terminal shortfall") == ["A"]
    assert pick("Costs", "Location", Cost_Bucket="terminal credit") == ["CDC"]


def test_average_timing_charges_the_mean_of_start_and_end() -> None:
    end = totals(expand(network(), decisions()))["holding"]
    average = totals(expand(network(stock_timing="average"), decisions()))["holding"]
    change = 0.1 * (100 - 93) + 0.2 * (12 - 7) + 0.15 * (40 - 20) + 0.3 * 2 + 0.15 * 5
    assert average - end == pytest.approx(change / 2)


def test_without_decisions_demand_is_issued_and_blocked_stock_is_held() -> None:
    plan = expand(network(), {})
    assert {term: money for term, money in totals(plan).items() if money} == pytest.approx(
        {"holding": 0.2 * 3 * 3, "handling": 0.1 * (70 + 10 + 80)}
    )


def test_random_decisions_add_up_term_by_term() -> None:
    rng = np.random.default_rng(7)
    made = {
        name: table.assign(value=rng.uniform(0, 9, len(table)))
        for name, table in decisions().items()
    }
    plan = expand(network(), made)
    table = costs(plan, "base")
    by_term = dict.fromkeys(TERMS, 0.0) | dict(table.groupby("Cost Bucket")["Amount"].sum())
    assert by_term == pytest.approx(totals(plan), rel=1e-9)
    keys = ["Cost Bucket", "Location", "Product", "Period"]
    assert not table.duplicated(keys).any()


def test_noise_of_the_solver_makes_no_rows() -> None:
    made = decisions()
    made["flow"] = frame([[1e-12] * 3] * 5, "goods", "period")
    table = costs(expand(network(), made), "base")
    assert not (table["Cost Bucket"] == "freight").any()


@pytest.mark.parametrize("case", CASES)
def test_every_term_of_the_objective_is_a_cost_bucket(case: str) -> None:
    costs = model(**CASES[case].sheets).costs
    terms = {*costs.entries, *costs.constants}
    assert terms
    assert terms <= set(TERMS)
