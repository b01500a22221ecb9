"""Money at risk: what a move prevents of what would be short if all went on as before."""

from dataclasses import replace

import numpy as np
import pytest
from small import Rows
from two_shops import acted_on, two_shops

import tierstock as ts
from tierstock.outputs.actions import Moves, Risk, urgency
from tierstock.outputs.expand import expand

NOTHING: Rows = [
    {"Setting": "bucket", "Value": "week"},
    {"Setting": "baseline", "Value": "nothing"},
]


@pytest.fixture(scope="module")
def plan() -> ts.Plan:
    """The plan, held against doing nothing: a lost unit costs 20.

    The first shop is then short of 10, 50 and 60 units from the second week on, the other one of
    20, 30, 20 and 20.
    """
    return acted_on(ts.solve(ts.build(two_shops(Settings=NOTHING)), gap=0.0, progress=False))


def risk_of(plan: ts.Plan, **arriving: float) -> tuple[Moves, Risk]:
    """Return the moves of a plan, some of them with other units, and what is at risk."""
    assert plan.replayed is not None
    flows = expand(plan.network, plan._decisions)
    units = [arriving.get(action, np.nan) for action in plan.moves.rows["action"]]
    own = plan.moves.rows["arriving"]
    rows = plan.moves.rows.assign(arriving=np.where(np.isnan(units), own, units))
    moves = replace(plan.moves, rows=rows)
    return moves, Risk(flows, moves, expand(plan.network, plan.replayed.decisions))


def test_a_move_prevents_the_shortages_that_its_goods_can_reach_in_time(plan: ts.Plan) -> None:
    """What is bought, and sent on to the centre, is there for either shop a step later."""
    told = {(row["From"], row["To"]): row["At Risk"] for _, row in plan.actions.iterrows()}
    assert told == pytest.approx(
        {("S1", "S2"): 20 * 20, ("DC", "S2"): 70 * 20, ("SUP", "DC"): 30 * 20, ("", "SUP"): 30 * 20}
    )


def test_what_comes_to_the_same_place_covers_a_shortage_once(plan: ts.Plan) -> None:
    """A transfer of 200 units leaves nothing for the truck, and takes nothing where it is last."""
    moves, risk = risk_of(plan, transfer=200)
    transfer = (moves.rows["action"] == "transfer").to_numpy()
    into = transfer | (moves.ints("sink") == moves.ints("sink")[transfer])
    first, last = (risk.money(np.where(transfer, saving, 1.0)) for saving in (2.0, 0.0))
    assert first[transfer] == pytest.approx([90 * 20])
    assert first[into & ~transfer] == pytest.approx([0])
    assert last[transfer] == pytest.approx([20 * 20])
    assert last[into & ~transfer] == pytest.approx([70 * 20])


def test_goods_that_come_too_late_prevent_nothing(plan: ts.Plan) -> None:
    """The truck to the second shop arrives in the second week; with later goods nothing is left."""
    moves = plan.moves
    late = replace(moves, rows=moves.rows.assign(arrive=len(plan.network.periods)))
    assert plan.replayed is not None
    flows = expand(plan.network, plan._decisions)
    risk = Risk(flows, late, expand(plan.network, plan.replayed.decisions))
    assert not risk.money(np.ones(len(late))).any()


def test_the_list_is_in_the_order_of_what_is_saved_and_at_risk(plan: ts.Plan) -> None:
    """A fifth counts of what is saved beyond the money at risk, all of it where none is known."""
    worth = urgency(
        np.array([100.0, 100.0, 30.0, np.inf, 40.0]), np.array([60.0, 0, 60, 5, np.nan])
    )
    assert worth.tolist() == pytest.approx([68, 20, 30, np.inf, 40])
    rows = plan.actions
    order = urgency(rows["Saving"].to_numpy(np.float64), rows["At Risk"].to_numpy(np.float64))
    assert len(order) == 4
    assert (np.diff(order) <= 1e-9).all()


def test_savings_alone_count_where_there_is_no_plan_of_before() -> None:
    plan = ts.solve(ts.build(two_shops()), gap=0.0, progress=False)
    assert plan.actions["At Risk"].isna().all()
    assert plan.actions["Saving"].is_monotonic_decreasing
