"""Actions where the network is out of the ordinary: expiry, profit, production, hard demand."""

from real_plans import least_plan
from small import Rows, demand

from tierstock.plan import Plan

SHOP: Rows = [{"Location": "DC", "Tier": "CDC"}, {"Location": "S1", "Tier": "store"}]
LANE: Rows = [{"From": "DC", "To": "S1", "Lead Time": 0, "Unit Cost": 1}]


def solved(**sheets: Rows) -> Plan:
    plan = least_plan({"Locations": SHOP, "Lanes": LANE, **sheets})
    assert plan is not None
    return plan


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
