"""From when on a cap on capital holds where today's stock is above it (ruling 39)."""

import time
from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest
from in_process import ask
from small import Rows, demand, model

import tierstock as ts
from tierstock.solvers import SolveOptions, compliance, solve, steady
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.compliance import Answer, hold_caps, settle

OPTIONS = SolveOptions(gap=0, time_limit_s=20, threads=1)


def network(days: int = 5, limit: float = 100, **more: Any) -> pyo.ConcreteModel:
    """30 units worth 10 each at A, 5 of them wanted a day: 250, 200, 150, 100, 50 are bound."""
    budget = {"Budget": "b", "Kind": "capital", "Limit": limit, "Location": "A"}
    lane: Rows = [{"From": "A", "To": "B", "Lead Time": 0, **more.pop("lane", {})}]
    sheets: dict[str, Rows] = {
        "Locations": [{"Location": code, "Tier": "RDC"} for code in ("A", "B")],
        "Products": [{"Product": "P", "Unit Value": 10, "Shortage Cost": 100}],
        "Lanes": lane,
        "Demand": demand("A", "P", *[5] * days),
        "OpeningStock": [{"Location": "A", "Product": "P", "Quantity": 30}],
        "StockCosts": [{"Location": "*", "Carrying Rate": 0}],
        "Budgets": [{**budget, **more.pop("budget", {})}],
    }
    return model(**{**sheets, **more})


@pytest.mark.parametrize(
    ("lane", "from_period"),
    [
        ({"Max Shipment": 0}, 3),
        ({"Order Multiple": 100}, 3),  # 15 units would be 15 % of a lot
        ({"Min Shipment": 40}, 3),
        ({"Order Multiple": 20}, 0),  # a lot of 20 leaves 5 at A on the first night
        ({"Order Multiple": 15}, 0),
        ({"Max Shipment": 3}, 2),  # 220, 140, 60
    ],
)
def test_a_cap_holds_from_the_first_period_that_whole_numbers_let_comply(
    lane: dict[str, object], from_period: int
) -> None:
    m = network(lane=lane)
    plan = ts.solve(m, gap=0, progress=False)

    assert plan.quality == "proven"
    (held,) = m.held
    assert (held.waiting, held.sure) == (from_period, True)
    assert np.isinf(m.budget.upper).tolist() == [t < from_period for t in range(5)]
    assert np.isfinite(m.budget_excess.upper).tolist() == [t < from_period for t in range(5)]
    assert f"holds from {from_period + 1}, the first period" in plan.notes[0]


def test_what_would_put_the_cap_off_is_not_done() -> None:
    """Goods are free on the first day: 1 more makes 260, 210, 160, 110, and 2 would break 110."""
    buy = [{"Location": "A", "Product": "P", "Period": "1", "Unit Cost": 0}]
    m = network(8, limit=110, lane={"Max Shipment": 0}, Supply=buy)
    plan = ts.solve(m, gap=0, progress=False)

    assert m.held[0].waiting == 3
    assert plan.purchases["Quantity"].sum() == pytest.approx(1.0)
    assert plan.objective == pytest.approx((8 * 5 - 31) * 100.0)


def test_rows_of_a_consultant_count_in_the_question() -> None:
    free = network()
    hold_caps(free, ask)
    assert free.held[0].waiting == 0  # B takes 15 at once

    tied = network()
    tied.mine = pyo.Constraint(expr=sum(tied.flow["A→B", "P", str(t)] for t in (1, 2, 3)) <= 2)
    found = solve(tied, OPTIONS)
    assert tied.held[0].waiting == 3  # with 2 gone 230, 180 and 130 remain
    assert found.quality == "proven"


def test_a_row_that_is_not_active_asks_for_nothing() -> None:
    m = network(lane={"Max Shipment": 0})
    for day in ("4", "5"):
        m.budget["b", day].deactivate()
    m.budget["b", "2"].deactivate()
    hold_caps(m, ask)
    assert m.held[0].waiting == 3

    m.budget.deactivate()
    hold_caps(m, ask)
    assert m.held[0].waiting == 0


def test_a_row_that_was_looked_at_follows() -> None:
    m = network(lane={"Max Shipment": 0})
    assert pyo.value(m.budget["b", "1"].upper) == 100
    hold_caps(m, ask)
    assert m.budget["b", "1"].upper is None or np.isinf(pyo.value(m.budget["b", "1"].upper))
    assert pyo.value(m.budget["b", "5"].upper) == 100


def test_where_no_period_can_comply_what_is_bound_does_not_grow() -> None:
    plan = ts.solve(network(limit=10, lane={"Max Shipment": 0}), gap=0, progress=False)

    assert plan.quality == "proven" and plan.objective == pytest.approx(0.0)
    assert "no period from which on the limit of 10 can be kept" in plan.notes[0]


def test_a_mean_that_cannot_be_kept_is_the_least_of_whole_numbers() -> None:
    """Nothing leaves but what is sold: (250 + 200 + 150 + 100 + 50) / 5. A lot of 20 can leave."""
    still = network(limit=40, budget={"Averaging": "average"}, lane={"Order Multiple": 100})
    hold_caps(still, ask)
    assert still.held[0].least == pytest.approx(150.0)

    lots = network(limit=40, budget={"Averaging": "average"}, lane={"Order Multiple": 20})
    hold_caps(lots, ask)
    assert lots.held[0].least is None  # 50 on the first night and nothing on the others: 10


def test_time_that_ends_is_no_proof() -> None:
    m = network()
    settle(m, SolveOptions(time_limit_s=0.1))

    (held,) = m.held
    assert (held.waiting, held.sure) == (0, False)
    assert np.isfinite(m.budget.upper).all()
    plan = ts.solve(m, time_limit=0.1, progress=False)
    assert "time ended before it was known from when on" in plan.notes[0]


def test_a_period_is_given_up_for_a_proof_only() -> None:
    """The solver answers for fractions and not for whole numbers."""

    def lazy(arrays: Arrays) -> Answer:
        return Answer(None, proven=False) if arrays.whole else ask(arrays)

    m = network(lane={"Order Multiple": 100})
    hold_caps(m, lazy)
    by_fractions = m.held[0].waiting
    assert not m.held[0].sure
    hold_caps(m, ask)
    assert by_fractions < m.held[0].waiting and m.held[0].sure


def test_few_questions_find_the_period() -> None:
    asked: list[bool] = []

    def counting(arrays: Arrays) -> Answer:
        asked.append(arrays.whole)
        return ask(arrays)

    m = network(64, limit=10, lane={"Order Multiple": 100})
    hold_caps(m, counting)
    assert m.held[0].waiting == 5
    assert len(asked) <= 6 + 1 + 6 + 1  # a bisection and the period it finds, twice


def test_to_hold_again_changes_nothing() -> None:
    m = network(lane={"Order Multiple": 100})
    hold_caps(m, ask)
    first = (m.budget.upper.tolist(), m.budget_excess.upper.tolist())
    hold_caps(m, ask)
    assert (m.budget.upper.tolist(), m.budget_excess.upper.tolist()) == first


def test_a_model_without_such_caps_is_left_as_it_is() -> None:
    m = network(limit=300)
    before = (m.budget.lower.tolist(), m.budget.upper.tolist())
    settle(m, OPTIONS)
    assert m.caps == () and (m.budget.lower.tolist(), m.budget.upper.tolist()) == before


def test_another_solver_takes_the_caps_as_they_were_settled() -> None:
    m = network(lane={"Max Shipment": 0})
    settle(m)
    pyo.SolverFactory("appsi_highs").solve(m)
    plan = ts.collect(m, solver="appsi_highs")
    assert plan.objective == pytest.approx(0.0)
    assert "holds from 4, the first period" in plan.notes[0]


def test_the_question_takes_its_share_of_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []

    def watched(arrays: Arrays, options: SolveOptions, *more: Any) -> Any:
        asked.append(options.time_limit_s)
        return steady.driver(arrays, options, *more)

    monkeypatch.setattr(compliance, "driver", watched)
    solve(network(), OPTIONS, began=time.monotonic() - 0.75 * OPTIONS.time_limit_s)
    assert asked and max(asked) <= compliance.SHARE * 0.25 * OPTIONS.time_limit_s
