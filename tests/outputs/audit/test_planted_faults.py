"""Faults planted in a right plan: every one must be caught by the check that is about it."""

import pytest

from tierstock.outputs.audit import audit
from tierstock.outputs.audit.report import NAMES


def row(plan, sheet, **key):
    """The one row with these cells."""
    return next(r for r in plan[sheet] if all(r.get(k) == v for k, v in key.items()))


def flow(plan, origin, to, when):
    return row(plan, "Shipments", **{"From": origin, "To": to, "Ship Period": when})


def stock(plan, place, when):
    return row(plan, "Inventory", Location=place, Period=when)


def service(plan, place, when):
    return row(plan, "Service", Location=place, Period=when)


def cost(plan, term, place, when):
    return row(plan, "Costs", **{"Cost Bucket": term, "Location": place, "Period": when})


def more_flow(given, plan):
    flow(plan, "DC", "S1", "W2")["Quantity"] = 41


def slightly_more_flow(given, plan):
    flow(plan, "DC", "S1", "W2")["Quantity"] = 40.004


def dropped_shipment(given, plan):
    plan["Shipments"].remove(flow(plan, "DC", "S2", "W1"))


def double_shipment(given, plan):
    plan["Shipments"].append(dict(flow(plan, "DC", "S2", "W1")))


def swapped_shipments(given, plan):
    one, two = flow(plan, "DC", "S1", "W1"), flow(plan, "DC", "S2", "W1")
    one["Quantity"], two["Quantity"] = two["Quantity"], one["Quantity"]


def later_shipment(given, plan):
    flow(plan, "S1", "S2", "W1")["Ship Period"] = "W2"


def wrong_arrival(given, plan):
    flow(plan, "SUP", "DC", "W1")["Arrive Period"] = "W1"


def lead_time_ignored(given, plan):
    stock(plan, "DC", "W1").update(Received=60, Closing=78)
    stock(plan, "DC", "W2").update(Opening=78, Received=0)


def negative_flow(given, plan):
    flow(plan, "DC", "S2", "W2")["Quantity"] = -10


def unknown_place(given, plan):
    flow(plan, "DC", "S2", "W2")["To"] = "S9"


def closed_place_used(given, plan):
    plan["Shipments"].append(
        dict(flow(plan, "S1", "S2", "W1"), From="OLD", Quantity=5, Freight=0.5)
    )


def no_such_lane(given, plan):
    plan["Shipments"].append(dict(flow(plan, "S1", "S2", "W1"), From="SUP", To="S1"))


def forbidden_transfer(given, plan):
    given["TransferRules"][0]["Allowed"] = "N"


def unmatched_transfer(given, plan):
    given["TransferRules"][0]["From"] = "S2"


def lane_outside_its_window(given, plan):
    given["Lanes"][2]["Active To"] = "2026-01-10"


def lane_over_its_limit(given, plan):
    given["Lanes"][2]["Max Shipment"] = 11


def lane_under_its_minimum(given, plan):
    given["Lanes"][2]["Min Shipment"] = 11


def wrong_closing(given, plan):
    stock(plan, "DC", "W3")["Closing"] = 1


def invented_stock(given, plan):
    stock(plan, "S1", "W2")["Opening"] = 13
    stock(plan, "S1", "W2")["Closing"] = 13


def blocked_stock_used(given, plan):
    stock(plan, "DC", "W1").update(Opening=100, Closing=38)
    stock(plan, "DC", "W2").update(Opening=38, Closing=48)
    stock(plan, "DC", "W3").update(Opening=48, Closing=20)


def adjusted_away(given, plan):
    stock(plan, "S1", "W3").update(Adjusted=3, Closing=3)


def tiny_leak(given, plan):
    stock(plan, "S2", "W3")["Closing"] = 0.00001


def dropped_stock_row(given, plan):
    plan["Inventory"].remove(stock(plan, "S2", "W2"))


def dropped_place(given, plan):
    plan["Inventory"] = [r for r in plan["Inventory"] if r["Location"] != "S2"]


def text_for_a_number(given, plan):
    stock(plan, "S2", "W2")["Received"] = "NaN"


def infinite_number(given, plan):
    plan["Costs"][0]["Amount"] = "inf"


def formula_for_a_number(given, plan):
    stock(plan, "S2", "W2")["Received"] = "=10+2"


def rounded_purchase(given, plan):
    row(plan, "Purchases", **{"Order Period": "W1"})["Quantity"] = 61


def too_much_bought(given, plan):
    given["Supply"][0]["Max"] = 59


def take_or_pay_not_taken(given, plan):
    given["Supply"][0]["Min"] = 10


def hidden_shortage(given, plan):
    service(plan, "S2", "W1").update(Demand=8, Backlog=0)
    service(plan, "S2", "W2").update(**{"Owed Before": 0})


def served_more_than_wanted(given, plan):
    service(plan, "S1", "W1").update(Issued=41, **{"On Time": 41})


def issue_not_taken_from_stock(given, plan):
    stock(plan, "S1", "W2").update(Issued=39, Closing=13)
    stock(plan, "S1", "W3").update(Opening=13, Closing=1, Shortfall=4)


def backlog_forgotten(given, plan):
    service(plan, "S2", "W2").update(**{"Owed Before": 0, "Issued": 10})


def lost_though_it_must_wait(given, plan):
    given["ServiceClasses"][0]["Max Wait"] = ""
    service(plan, "S2", "W1").update(Lost=2, Backlog=0)


def owed_in_a_lost_class(given, plan):
    given["ServiceClasses"][0]["Mode"] = "lost"


def waited_too_long(given, plan):
    given["ServiceClasses"][0]["Max Wait"] = 3


def short_though_must(given, plan):
    given["ServiceClasses"][0]["Mode"] = "must"


def dropped_service_row(given, plan):
    plan["Service"].remove(service(plan, "S1", "W2"))


def half_a_trip(given, plan):
    row(plan, "VehicleUse", Period="W3").update(Trips=0.5, Cost=15)


def truck_overloaded(given, plan):
    given["Vehicles"][0]["Max Weight"] = 490


def trip_left_out(given, plan):
    plan["VehicleUse"].remove(row(plan, "VehicleUse", Period="W3"))
    plan["Costs"].remove(cost(plan, "trips", "DC", "W3"))


def spare_trip(given, plan):
    row(plan, "VehicleUse", Period="W2").update(Trips=2, Cost=60, **{"Fill %": 0.4})
    cost(plan, "trips", "DC", "W2")["Amount"] = 60


def fleet_too_small(given, plan):
    given["Vehicles"][0]["Fleet"] = 0


def truck_too_empty(given, plan):
    given["Vehicles"][0]["Min Fill"] = 0.6


def storage_over_by_one(given, plan):
    given["Capacity"][0].update({"Limit": 37, "Extra Limit": 10})


def outbound_over_by_one_lot(given, plan):
    given["Capacity"][1]["Limit"] = 610


def wrong_capacity_figure(given, plan):
    row(plan, "CapacityUse", Kind="outbound", Period="W2")["Used"] = 400


def capacity_row_dropped(given, plan):
    plan["CapacityUse"].remove(row(plan, "CapacityUse", Kind="storage", Period="W2"))


def lane_limit_misprinted(given, plan):
    row(plan, "CapacityUse", Kind="lane", Period="W2")["Limit"] = 500


def fleet_row_dropped(given, plan):
    plan["CapacityUse"].remove(row(plan, "CapacityUse", Kind="fleet", Period="W2"))


def goods_on_the_way_forgotten(given, plan):
    stock(plan, "DC", "W1")["In Transit"] = 0


def hard_safety_broken(given, plan):
    given["StockTargets"][0]["Hardness"] = "hard"


def hard_maximum_broken(given, plan):
    given["StockTargets"][0].update({"Hardness": "hard", "Max Stock": 11})


def safety_hidden(given, plan):
    stock(plan, "S1", "W3")["Shortfall"] = 0


def cross_dock_with_stock(given, plan):
    given["Locations"][2]["Holds Stock"] = "N"


def stock_where_a_place_closes(given, plan):
    given["Locations"][2]["Active To"] = "2026-01-20"
    stock(plan, "S1", "W3").update(Issued=39, Closing=1)


def cost_line_off(given, plan):
    cost(plan, "holding", "DC", "W2")["Amount"] = 3.3


def cost_line_dropped(given, plan):
    plan["Costs"].remove(cost(plan, "transit", "S2", "W2"))


def cost_line_at_the_wrong_place(given, plan):
    cost(plan, "freight", "DC", "W3")["Location"] = "S1"


def cost_in_the_wrong_term(given, plan):
    cost(plan, "handling", "DC", "W1")["Cost Bucket"] = "freight"


def invented_credit(given, plan):
    line = dict(cost(plan, "terminal shortfall", "DC", "W3"), Amount=-5.0)
    plan["Costs"].append(line | {"Cost Bucket": "terminal credit"})


def terminal_penalty_off(given, plan):
    cost(plan, "terminal shortfall", "DC", "W3")["Amount"] = 89


def total_off(given, plan):
    plan["Summary"][0]["Value"] *= 1.0001


def objective_off(given, plan):
    plan["RunInfo"][0]["Value"] = "1000"


def fill_rate_off(given, plan):
    plan["Summary"][1]["Value"] = 1


def trips_figure_off(given, plan):
    plan["Summary"][2]["Value"] = 2


def freight_of_a_row_off(given, plan):
    flow(plan, "DC", "S1", "W1")["Freight"] = 20


def price_changed_after_planning(given, plan):
    given["Supply"][0]["Unit Cost"] = 9


def demand_changed_after_planning(given, plan):
    given["Demand"][0]["W3"] = 45


def unit_taken_for_thousands(given, plan):
    for line in plan["Shipments"]:
        line["Quantity"] *= 1000


def two_scenarios(given, plan):
    for line in plan["Inventory"]:
        line["Scenario"] = "base"
    for line in plan["Costs"]:
        line["Scenario"] = "peak"


FAULTS = {
    more_flow: "shipped",
    slightly_more_flow: "shipped",
    dropped_shipment: "received",
    double_shipment: "keys",
    swapped_shipments: "received",
    later_shipment: "received",
    wrong_arrival: "received",
    lead_time_ignored: "received",
    negative_flow: "numbers",
    unknown_place: "keys",
    closed_place_used: "lanes",
    no_such_lane: "lanes",
    forbidden_transfer: "transfers",
    unmatched_transfer: "transfers",
    lane_outside_its_window: "lanes",
    lane_over_its_limit: "lane limits",
    lane_under_its_minimum: "lane limits",
    wrong_closing: "balance",
    invented_stock: "chain",
    blocked_stock_used: "opening",
    adjusted_away: "balance",
    tiny_leak: "balance",
    dropped_stock_row: "keys",
    dropped_place: "keys",
    text_for_a_number: "numbers",
    infinite_number: "numbers",
    formula_for_a_number: "numbers",
    rounded_purchase: "purchased",
    too_much_bought: "supply",
    take_or_pay_not_taken: "supply",
    hidden_shortage: "demand",
    served_more_than_wanted: "service",
    issue_not_taken_from_stock: "issued",
    backlog_forgotten: "service",
    lost_though_it_must_wait: "promise",
    owed_in_a_lost_class: "promise",
    waited_too_long: "promise",
    short_though_must: "promise",
    dropped_service_row: "keys",
    half_a_trip: "trips",
    truck_overloaded: "trips",
    trip_left_out: "trips",
    spare_trip: "fewest",
    fleet_too_small: "trips",
    truck_too_empty: "trips",
    storage_over_by_one: "capacity",
    outbound_over_by_one_lot: "capacity",
    wrong_capacity_figure: "use",
    capacity_row_dropped: "keys",
    lane_limit_misprinted: "use",
    fleet_row_dropped: "keys",
    goods_on_the_way_forgotten: "target figures",
    hard_safety_broken: "targets",
    hard_maximum_broken: "targets",
    safety_hidden: "target figures",
    cross_dock_with_stock: "places",
    stock_where_a_place_closes: "places",
    cost_line_off: "costs",
    cost_line_dropped: "costs",
    cost_line_at_the_wrong_place: "costs",
    cost_in_the_wrong_term: "costs",
    invented_credit: "terminal",
    terminal_penalty_off: "terminal",
    total_off: "total",
    objective_off: "total",
    fill_rate_off: "total",
    trips_figure_off: "total",
    freight_of_a_row_off: "amounts",
    price_changed_after_planning: "costs",
    demand_changed_after_planning: "demand",
    unit_taken_for_thousands: "shipped",
    two_scenarios: "keys",
}


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_the_check_about_it_finds_the_fault(plant, case, write) -> None:
    given, plan = case
    plant(given, plan)

    result = audit(*write(given, plan))
    failed = {c.name for c in result.checks if not c.passed}

    assert not result.passed
    assert NAMES[FAULTS[plant]][0] in failed, sorted(failed)


def test_a_plan_of_another_input_is_found_by_the_hash_alone(case, write) -> None:
    result = audit(*write(*case, stale=True))

    assert [c.name for c in result.checks if not c.passed] == [NAMES["hash"][0]]
    assert result.input_hash in next(c.where for c in result.checks if not c.passed)


def test_every_check_has_a_fault_that_turns_it_red() -> None:
    assert {*FAULTS.values(), "hash"} == set(NAMES)
