"""Actions where the network is out of the ordinary: expiry, profit, production, hard demand."""

import numpy as np
import pytest
from real_plans import least_plan
from small import Rows, demand

from tierstock.outputs.actions import estimate
from tierstock.outputs.expand import expand
from tierstock.plan import Plan

SHOP: Rows = [{"Location": "DC", "Tier": "CDC"}, {"Location": "S1", "Tier": "store"}]
LANE: Rows = [{"From": "DC", "To": "S1", "Lead Time": 0, "Unit Cost": 1}]


def solved(**sheets: Rows) -> Plan:
    plan = least_plan({"Locations": SHOP, "Lanes": LANE, **sheets})
    assert plan is not None
    return plan


def guessed(plan: Plan) -> dict[tuple[str, int], float]:
    """Return the estimates of a plan without its prices, by action and period."""
    money = estimate(expand(plan.network, plan._decisions), plan.moves, None).money
    rows = plan.moves.rows
    return dict(zip(zip(rows["action"], rows["period"], strict=True), money.tolist(), strict=True))


def test_stock_that_expires_is_scrapped_in_the_list_of_slow_movers_and_not_cleared_here() -> None:
    wanted = [demand("S1", one, 0, 0, 0, 0, 1) for one in ("milk", "tea")]
    plan = solved(
        Products=[
            {"Product": "milk", "Unit Value": 10, "Price": 20, "Shelf Life": 4},
            {"Product": "tea", "Unit Value": 10, "Price": 20},
        ],
        Demand=[*wanted[0], *wanted[1]],
        OpeningStock=[
            {"Location": "S1", "Product": one, "Quantity": 60, "Received Date": "2026-01-05"}
            for one in ("milk", "tea")
        ],
    )
    slow = plan.views()["SlowMovers"].set_index("Product")["Action"].to_dict()
    assert slow == {"milk": "scrap", "tea": "clear"}
    cleared = plan.actions[plan.actions["Action"] == "clear"]
    assert cleared["Product"].tolist() == ["tea"]


@pytest.mark.parametrize(("mode", "lost"), [("lost", 51.0), ("backorder", 0.5)])
def test_where_profit_counts_a_sale_is_worth_the_price_of_its_own_row(
    mode: str, lost: float
) -> None:
    """10 of 50 each and a shortage cost of 1; what waits is sold later and costs 0.5 a day."""
    plan = solved(
        Settings=[{"Setting": "objective", "Value": "profit"}],
        Products=[{"Product": "tea", "Unit Value": 10, "Price": 20, "Shortage Cost": 1}],
        ServiceClasses=[{"Class": "standard", "Mode": mode, "Backorder Cost": 0.5}],
        Demand=demand("S1", "tea", 10, Price=50),
        OpeningStock=[{"Location": "DC", "Product": "tea", "Quantity": 40}],
    )
    assert guessed(plan) == {("replenish", 0): pytest.approx(10 * lost)}


def test_goods_that_are_made_run_short_only_until_more_can_be_made() -> None:
    """10 are made for today and 5 to keep; tomorrow the line can make up for what is kept."""
    plan = solved(
        Products=[{"Product": "bun", "Unit Value": 1, "Price": 20, "Shortage Cost": 10}],
        Recipes=[{"Recipe": "B", "Location": "DC", "Output": "bun", "Unit Cost": 1, "Max": 20}],
        Demand=demand("DC", "bun", 10, 25),
    )
    assert guessed(plan) == {("make", 0): pytest.approx(100), ("make", 1): pytest.approx(200)}


def test_an_order_given_up_saves_what_it_costs_less_what_its_goods_would_be_worth() -> None:
    """An order of 10 saves 7 each when cancelled; its goods would save lost sales worth 4."""
    plan = solved(
        Products=[{"Product": "tea", "Unit Value": 0, "Shortage Cost": 4}],
        Demand=demand("S1", "tea", 0, 10),
        Supply=[{"Location": "S1", "Product": "tea", "Unit Cost": 7}],
        InTransit=[
            {"To": "S1", "Product": "tea", "Quantity": 10, "Due Date": "2026-01-06", "Firm": "N"}
        ],
    )
    price = np.full((len(plan.network.places), 2), 4.0)
    found = estimate(expand(plan.network, plan._decisions), plan.moves, price)
    assert plan.moves.rows["action"].tolist() == ["cancel"]
    assert found.money == pytest.approx([30.0])
    assert plan.actions["Saving"].tolist() == pytest.approx([30.0])


def test_capacity_that_is_opened_needs_no_open_orders_to_be_listed() -> None:
    """The second of two docks takes 10 more than its limit; no order is open."""
    docks = [("DC", 100, None, None), ("S1", 5, 60, 1)]
    names = ("Location", "Limit", "Extra Limit", "Extra Cost")
    plan = solved(
        Products=[{"Product": "tea", "Unit Value": 10, "Shortage Cost": 100}],
        Demand=demand("S1", "tea", 15),
        OpeningStock=[{"Location": "DC", "Product": "tea", "Quantity": 15}],
        Capacity=[
            {"Kind": "inbound", "Dimension": "unit", **dict(zip(names, one, strict=True))}
            for one in docks
        ],
    )
    opened = plan.actions[plan.actions["Action"] == "open"]
    assert opened["To"].tolist() == ["S1"]
