"""Faults to plant in a right plan: trips, capacity, targets, costs, totals, hashes."""

from planted_flows import Book, cost, flow, row, stock

from tierstock.outputs.audit.report import NAMES


def half_a_trip(given: Book, plan: Book) -> None:
    row(plan, "VehicleUse", Period="W3").update(Trips=0.5, Cost=15)


def truck_overloaded(given: Book, plan: Book) -> None:
    given["Vehicles"][0]["Max Weight"] = 490


def trip_left_out(given: Book, plan: Book) -> None:
    plan["VehicleUse"].remove(row(plan, "VehicleUse", Period="W3"))
    plan["Costs"].remove(cost(plan, "trips", "DC", "W3"))


def spare_trip(given: Book, plan: Book) -> None:
    row(plan, "VehicleUse", Period="W2").update(Trips=2, Cost=60, **{"Fill %": 0.4})
    cost(plan, "trips", "DC", "W2")["Amount"] = 60


def fleet_too_small(given: Book, plan: Book) -> None:
    given["Vehicles"][0]["Fleet"] = 0


def truck_too_empty(given: Book, plan: Book) -> None:
    given["Vehicles"][0]["Min Fill"] = 0.6


def storage_over_by_one(given: Book, plan: Book) -> None:
    given["Capacity"].append(
        {"Location": "S1", "Kind": "storage", "Dimension": "unit", "Limit": 11}
    )
    loads = {"W1": 12, "W2": 12, "W3": 0}
    some = row(plan, "CapacityUse", Kind="storage", Period="W1") | {"Location": "S1", "Extra": 0}
    plan["CapacityUse"] += [some | {"Period": t, "Limit": 11, "Used": u} for t, u in loads.items()]


def excess_kept_though_wanted(given: Book, plan: Book) -> None:
    given["Capacity"][0].update({"Limit": 30, "Extra Limit": 0})
    given["Demand"].append({"Location": "DC", "Product": "P1", "Class": "", "W1": 75})


def extra_capacity_made_up(given: Book, plan: Book) -> None:
    row(plan, "CapacityUse", Kind="storage", Period="W1")["Extra"] = 1


def outbound_over_by_one_lot(given: Book, plan: Book) -> None:
    given["Capacity"][1]["Limit"] = 610


def wrong_capacity_figure(given: Book, plan: Book) -> None:
    row(plan, "CapacityUse", Kind="outbound", Period="W2")["Used"] = 400


def capacity_row_dropped(given: Book, plan: Book) -> None:
    plan["CapacityUse"].remove(row(plan, "CapacityUse", Kind="storage", Period="W2"))


def lane_limit_misprinted(given: Book, plan: Book) -> None:
    row(plan, "CapacityUse", Kind="lane", Period="W2")["Limit"] = 500


def fleet_row_dropped(given: Book, plan: Book) -> None:
    plan["CapacityUse"].remove(row(plan, "CapacityUse", Kind="fleet", Period="W2"))


def goods_on_the_way_forgotten(given: Book, plan: Book) -> None:
    stock(plan, "DC", "W1")["In Transit"] = 0


def hard_safety_broken(given: Book, plan: Book) -> None:
    given["StockTargets"][0]["Hardness"] = "hard"


def hard_maximum_broken(given: Book, plan: Book) -> None:
    given["StockTargets"][0].update({"Hardness": "hard", "Max Stock": 11})


def hard_safety_given_away(given: Book, plan: Book) -> None:
    given["StockTargets"].append({"Location": "DC", "Safety Stock": 80, "Hardness": "hard"})


def maximum_above_what_was_there(given: Book, plan: Book) -> None:
    given["StockTargets"].append({"Location": "S2", "Max Stock": 0, "Hardness": "hard"})
    stock(plan, "S2", "W1").update(Issued=7, Closing=1)


def safety_hidden(given: Book, plan: Book) -> None:
    stock(plan, "S1", "W3")["Shortfall"] = 0


def cross_dock_with_stock(given: Book, plan: Book) -> None:
    given["Locations"][2]["Holds Stock"] = "N"


def stock_where_a_place_closes(given: Book, plan: Book) -> None:
    given["Locations"][2]["Active To"] = "2026-01-20"
    stock(plan, "S1", "W3").update(Issued=39, Closing=1)


def cost_line_off(given: Book, plan: Book) -> None:
    cost(plan, "holding", "DC", "W2")["Amount"] = 3.3


def cost_line_dropped(given: Book, plan: Book) -> None:
    plan["Costs"].remove(cost(plan, "transit", "S2", "W2"))


def cost_line_at_the_wrong_place(given: Book, plan: Book) -> None:
    cost(plan, "freight", "DC", "W3")["Location"] = "S1"


def cost_in_the_wrong_term(given: Book, plan: Book) -> None:
    cost(plan, "handling", "DC", "W1")["Cost Bucket"] = "freight"


def invented_credit(given: Book, plan: Book) -> None:
    line = dict(cost(plan, "terminal shortfall", "DC", "W3"), Amount=-5.0)
    plan["Costs"].append(line | {"Cost Bucket": "terminal credit"})


def terminal_penalty_off(given: Book, plan: Book) -> None:
    cost(plan, "terminal shortfall", "DC", "W3")["Amount"] = 89


def total_off(given: Book, plan: Book) -> None:
    plan["Summary"][0]["Value"] *= 1.0001


def objective_off(given: Book, plan: Book) -> None:
    plan["RunInfo"][0]["Value"] = "1000"


def fill_rate_off(given: Book, plan: Book) -> None:
    plan["Summary"][1]["Value"] = 1


def trips_figure_off(given: Book, plan: Book) -> None:
    plan["Summary"][2]["Value"] = 2


def freight_of_a_row_off(given: Book, plan: Book) -> None:
    flow(plan, "DC", "S1", "W1")["Freight"] = 20


def price_changed_after_planning(given: Book, plan: Book) -> None:
    given["Supply"][0]["Unit Cost"] = 9


def demand_changed_after_planning(given: Book, plan: Book) -> None:
    given["Demand"][0]["W3"] = 45


def unit_taken_for_thousands(given: Book, plan: Book) -> None:
    for line in plan["Shipments"]:
        line["Quantity"] *= 1000


def two_scenarios(given: Book, plan: Book) -> None:
    for line in plan["Inventory"]:
        line["Scenario"] = "base"
    for line in plan["Costs"]:
        line["Scenario"] = "peak"


def results_changed_since_their_audit(given: Book, plan: Book) -> None:
    plan["Audit"] = [{"Check": NAMES["stamp"][0], "Where": f"sha256:{'0' * 64}"}]


def audited_with_another_input(given: Book, plan: Book) -> None:
    plan["Audit"] = [{"Check": NAMES["hash"][1], "Where": f"sha256:{'f' * 64}"}]


def cause_without_a_shortage(given: Book, plan: Book) -> None:
    row(plan, "Service", Location="S1", Period="W1")["Cause"] = "capacity"


PLAIN_FAULTS = {
    half_a_trip: "trips",
    truck_overloaded: "trips",
    trip_left_out: "trips",
    spare_trip: "fewest",
    fleet_too_small: "trips",
    truck_too_empty: "trips",
    storage_over_by_one: "capacity",
    excess_kept_though_wanted: "capacity",
    extra_capacity_made_up: "use",
    outbound_over_by_one_lot: "capacity",
    wrong_capacity_figure: "use",
    capacity_row_dropped: "keys",
    lane_limit_misprinted: "use",
    fleet_row_dropped: "keys",
    goods_on_the_way_forgotten: "target figures",
    hard_safety_broken: "targets",
    hard_maximum_broken: "targets",
    hard_safety_given_away: "targets",
    maximum_above_what_was_there: "targets",
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
    cause_without_a_shortage: "causes",
    results_changed_since_their_audit: "stamp",
    audited_with_another_input: "hash",
}
