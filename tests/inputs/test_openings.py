"""Opening stock, open orders and goods in transit."""

import pytest
from retail import LOCATIONS, built, demand, good, place, said, seen

ORDER = {"From": "SUP", "To": "DC", "Product": "A", "Quantity": 10.0, "Due Date": "2026-01-14"}


def test_lots_add_up_and_blocked_stock_is_no_stock() -> None:
    stock = [
        {"Location": "S1", "Product": "A", "Quantity": 10.0, "Blocked": 4.0, "Lot": "x"},
        {"Location": "S1", "Product": "A", "Quantity": 5.0, "Lot": "y"},
    ]
    network = built(OpeningStock=stock)
    at = place(network, "S1", "A")

    assert network.places.opening[at] == 11.0
    assert network.places.blocked[at] == 4.0


def test_more_blocked_than_there_is_is_an_error_at_the_cell() -> None:
    stock = [{"Location": "S1", "Product": "A", "Quantity": 3.0, "Blocked": 4.0}]

    found = said(seen(OpeningStock=stock))
    assert found["blocked-over-stock"].startswith("OpeningStock!D2")


def test_an_open_order_arrives_in_the_bucket_of_its_due_date() -> None:
    network = built(InTransit=[ORDER, {**ORDER, "Quantity": 3.0, "Due Date": "2026-03-01"}])

    assert network.places.arriving[place(network, "DC", "A")].tolist() == [0.0, 10.0, 0.0, 0.0]
    assert network.orders.due.tolist() == [1, 4]
    assert network.orders.origin.tolist() == [-1, -1]


def test_overdue_orders_arrive_first_with_a_warning() -> None:
    found = seen(InTransit=[{**ORDER, "Due Date": "2025-12-24"}])

    assert found.network is not None
    assert found.network.orders.due.tolist() == [0]
    assert said(found)["order-overdue"].startswith("InTransit!E2")


def test_an_order_that_leaves_inside_the_horizon_takes_the_stock_of_its_origin() -> None:
    order = {**ORDER, "From": "DC", "To": "S1", "Ship Date": "2026-01-06"}
    stock = [{"Location": "DC", "Product": "A", "Quantity": 50.0}]
    network = built(InTransit=[order], OpeningStock=stock)
    gone = built(InTransit=[{**order, "Ship Date": "2025-12-30"}], OpeningStock=stock)

    assert network.places.leaving[place(network, "DC", "A")].tolist() == [10.0, 0.0, 0.0, 0.0]
    assert network.orders.origin.tolist() == [place(network, "DC", "A")]
    assert not gone.places.leaving.any()
    assert gone.orders.ship.tolist() == [-1]


def test_orders_that_may_be_cancelled_are_kept_apart_and_save_their_purchase_cost() -> None:
    supply = [{"Location": "SUP", "Product": "*", "Unit Cost": 6.0}]
    network = built(InTransit=[{**ORDER, "Firm": "N"}], Supply=supply)

    assert not network.places.arriving.any()
    assert network.orders.firm.tolist() == [False]
    assert network.orders.saving.tolist() == [6.0]
    # It may still arrive, so the place is live from then on.
    assert network.places.earliest[place(network, "DC", "A")] == 1


def test_cancelling_saves_nothing_where_the_goods_have_yet_to_leave_a_place() -> None:
    supply = [{"Location": "SUP,DC", "Product": "*", "Unit Cost": 6.0}]
    leaving = {**ORDER, "From": "DC", "To": "S1", "Ship Date": "2026-01-06", "Firm": "N"}
    rows = [
        {**leaving, "Order No": "1 leaves"},
        {**leaving, "Order No": "2 left", "Ship Date": "2025-12-30"},
        {**leaving, "Order No": "3 from nowhere", "From": "", "To": "DC"},
    ]
    found = built(InTransit=rows, Supply=supply).orders

    assert found.saving.tolist() == [0.0, 6.0, 6.0]


def test_orders_have_names_that_do_not_depend_on_their_rows() -> None:
    rows = [
        {**ORDER, "Order No": "PO1"},
        {**ORDER, "Order No": "PO1", "Product": "B"},
        {**ORDER, "Quantity": 7.0},
        {**ORDER, "Quantity": 5.0},
    ]
    expected = [
        "PO1 A",
        "PO1 B",
        "SUP→DC A 2026-01-14",
        "SUP→DC A 2026-01-14 (2)",
    ]

    network, other = built(InTransit=rows), built(InTransit=rows[::-1])

    assert network.orders.label.tolist() == other.orders.label.tolist() == expected
    assert network.orders.quantity.tolist() == other.orders.quantity.tolist()
    assert network.orders.quantity.tolist() == [10.0, 10.0, 5.0, 7.0]


def test_orders_that_cannot_be_are_told() -> None:
    backwards = said(seen(InTransit=[{**ORDER, "Ship Date": "2026-01-20"}]))
    later = seen(InTransit=[{**ORDER, "Ship Date": "2026-04-01", "Due Date": "2026-04-09"}])
    closed = [{**LOCATIONS[1], "Active To": "2026-01-10"}]
    shut = said(seen(InTransit=[ORDER], Locations=[LOCATIONS[0], *closed, *LOCATIONS[2:]]))

    assert backwards["order-backwards"].startswith("InTransit!")
    assert "order-leaves-later" in said(later)
    assert later.network is not None
    assert len(later.network.orders) == 0
    assert shut["order-not-kept"].startswith("InTransit!B2")


@pytest.mark.parametrize(
    ("day", "warned"),
    [("2026-01-05", False), ("2026-01-01", False), ("2025-12-01", True), ("2026-01-09", True)],
)
def test_stock_counted_far_from_the_start_is_a_warning(day: str, warned: bool) -> None:
    found = said(seen(Settings=[{"Setting": "stock_date", "Value": day}]))

    assert ("stock-date-far" in found) == warned


def test_the_walk_starts_where_something_is_and_takes_its_lead_times() -> None:
    network = built(Demand=demand("S1", "A", 1, 1, 1, 1), OpeningStock=[], InTransit=[ORDER])

    earliest = {
        name: int(network.places.earliest[place(network, name, "A")])
        for name in ("SUP", "DC", "S1")
    }
    assert earliest == {"SUP": 0, "DC": 1, "S1": 2}
    assert network.goods.allowed[good(network, "DC→S1", "A")].tolist() == [False, True, True, True]


def test_demand_before_anything_can_arrive_is_told_with_the_days_that_are_missing() -> None:
    found = said(seen(Demand=demand("S1", "A", 3, 4, 5, 6), OpeningStock=[]))

    assert "7 units" in found["demand-unreachable"]
    assert "2026-W04" in found["demand-unreachable"]
    assert "7 days" in found["demand-unreachable"]


def test_demand_that_no_lane_can_reach_is_an_error_that_names_its_row() -> None:
    lanes = [{"From": "SUP", "To": "DC", "Lead Time": 7.0}]
    found = seen(Lanes=lanes)

    # S1 has stock of product A; nothing can bring product B to S2.
    assert found.network is None
    assert said(found)["no-route"].startswith("Demand!A6")


def test_an_order_cannot_leave_a_place_without_stock() -> None:
    order = {**ORDER, "From": "DC", "To": "S1", "Ship Date": "2026-01-06"}
    stock = [{"Location": "DC", "Product": "A", "Quantity": 9.0}]
    found = said(seen(InTransit=[order], OpeningStock=stock))
    later = {**order, "Ship Date": "2026-01-13", "Due Date": "2026-01-20"}

    assert found["order-without-stock"].startswith("InTransit!D2")
    # By the second week the supplier can have sent what is missing.
    assert "order-without-stock" not in said(seen(InTransit=[later], OpeningStock=stock))


def test_more_than_is_wanted_cannot_arrive_where_nothing_is_kept() -> None:
    locations = [*LOCATIONS, {"Location": "C1", "Tier": "customer"}]
    order = {**ORDER, "To": "C1"}
    wanted = demand("C1", "A", 0, 10)

    assert "order-unwanted" in said(seen(Locations=locations, InTransit=[order]))
    assert "order-unwanted" not in said(seen(Locations=locations, InTransit=[order], Demand=wanted))
    half = [{**order, "Quantity": 10.5}]
    assert "order-unwanted" in said(seen(Locations=locations, InTransit=half, Demand=wanted))


def test_idle_locations_and_lanes_that_are_too_slow_are_warnings() -> None:
    locations = [*LOCATIONS, {"Location": "OLD", "Tier": "store", "Channel": "x"}]
    lanes = [
        {"From": "SUP", "To": "DC", "Lead Time": 7.0},
        {"From": "DC", "To": "S1,S2", "Lead Time": 7.0},
        {"From": "SUP", "To": "S2", "Lead Time": 70.0},
    ]
    found = said(seen(Locations=locations, Lanes=lanes))

    assert found["location-unused"].startswith("Locations!A6")
    assert "SUP→S2" in found["lane-too-slow"]
    assert len([code for code in found if code == "lane-too-slow"]) == 1
