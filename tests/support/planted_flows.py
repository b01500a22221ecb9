"""Faults to plant in a right plan: shipments, stock, purchases and service.

Each is a function of the input and the plan, and the check of the audit that is about it. The
first functions find rows of the plan.
"""

from typing import Any

Row = dict[str, Any]
Book = dict[str, list[Row]]


def row(plan: Book, sheet: str, **key: object) -> Row:
    """The one row with these cells."""
    return next(r for r in plan[sheet] if all(r.get(k) == v for k, v in key.items()))


def flow(plan: Book, origin: str, to: str, when: str) -> Row:
    return row(plan, "Shipments", **{"From": origin, "To": to, "Ship Period": when})


def stock(plan: Book, place: str, when: str) -> Row:
    return row(plan, "Inventory", Location=place, Period=when)


def service(plan: Book, place: str, when: str) -> Row:
    return row(plan, "Service", Location=place, Period=when)


def cost(plan: Book, term: str, place: str, when: str) -> Row:
    return row(plan, "Costs", **{"Cost Bucket": term, "Location": place, "Period": when})


def more_flow(given: Book, plan: Book) -> None:
    flow(plan, "DC", "S1", "W2")["Quantity"] = 41


def slightly_more_flow(given: Book, plan: Book) -> None:
    flow(plan, "DC", "S1", "W2")["Quantity"] = 40.004


def dropped_shipment(given: Book, plan: Book) -> None:
    plan["Shipments"].remove(flow(plan, "DC", "S2", "W1"))


def double_shipment(given: Book, plan: Book) -> None:
    plan["Shipments"].append(dict(flow(plan, "DC", "S2", "W1")))


def swapped_shipments(given: Book, plan: Book) -> None:
    one, two = flow(plan, "DC", "S1", "W1"), flow(plan, "DC", "S2", "W1")
    one["Quantity"], two["Quantity"] = two["Quantity"], one["Quantity"]


def later_shipment(given: Book, plan: Book) -> None:
    flow(plan, "S1", "S2", "W1")["Ship Period"] = "W2"


def wrong_arrival(given: Book, plan: Book) -> None:
    flow(plan, "SUP", "DC", "W1")["Arrive Period"] = "W1"


def lead_time_ignored(given: Book, plan: Book) -> None:
    stock(plan, "DC", "W1").update(Received=60, Closing=78)
    stock(plan, "DC", "W2").update(Opening=78, Received=0)


def negative_flow(given: Book, plan: Book) -> None:
    flow(plan, "DC", "S2", "W2")["Quantity"] = -10


def unknown_place(given: Book, plan: Book) -> None:
    flow(plan, "DC", "S2", "W2")["To"] = "S9"


def closed_place_used(given: Book, plan: Book) -> None:
    plan["Shipments"].append(
        dict(flow(plan, "S1", "S2", "W1"), From="OLD", Quantity=5, Freight=0.5)
    )


def no_such_lane(given: Book, plan: Book) -> None:
    plan["Shipments"].append(dict(flow(plan, "S1", "S2", "W1"), From="SUP", To="S1"))


def forbidden_transfer(given: Book, plan: Book) -> None:
    given["TransferRules"][0]["Allowed"] = "N"


def unmatched_transfer(given: Book, plan: Book) -> None:
    given["TransferRules"][0]["From"] = "S2"


def lane_outside_its_window(given: Book, plan: Book) -> None:
    given["Lanes"][2]["Active To"] = "2026-01-10"


def lane_over_its_limit(given: Book, plan: Book) -> None:
    given["Lanes"][2]["Max Shipment"] = 11


def lane_under_its_minimum(given: Book, plan: Book) -> None:
    given["Lanes"][2]["Min Shipment"] = 11


def wrong_closing(given: Book, plan: Book) -> None:
    stock(plan, "DC", "W3")["Closing"] = 1


def invented_stock(given: Book, plan: Book) -> None:
    stock(plan, "S1", "W2")["Opening"] = 13
    stock(plan, "S1", "W2")["Closing"] = 13


def blocked_stock_used(given: Book, plan: Book) -> None:
    stock(plan, "DC", "W1").update(Opening=100, Closing=38)
    stock(plan, "DC", "W2").update(Opening=38, Closing=48)
    stock(plan, "DC", "W3").update(Opening=48, Closing=20)


def adjusted_away(given: Book, plan: Book) -> None:
    stock(plan, "S1", "W3").update(Adjusted=3, Closing=3)


def tiny_leak(given: Book, plan: Book) -> None:
    stock(plan, "S2", "W3")["Closing"] = 0.00001


def dropped_stock_row(given: Book, plan: Book) -> None:
    plan["Inventory"].remove(stock(plan, "S2", "W2"))


def dropped_place(given: Book, plan: Book) -> None:
    plan["Inventory"] = [r for r in plan["Inventory"] if r["Location"] != "S2"]


def text_for_a_number(given: Book, plan: Book) -> None:
    stock(plan, "S2", "W2")["Received"] = "NaN"


def infinite_number(given: Book, plan: Book) -> None:
    plan["Costs"][0]["Amount"] = "inf"


def formula_for_a_number(given: Book, plan: Book) -> None:
    stock(plan, "S2", "W2")["Received"] = "=10+2"


def rounded_purchase(given: Book, plan: Book) -> None:
    row(plan, "Purchases", **{"Order Period": "W1"})["Quantity"] = 61


def too_much_bought(given: Book, plan: Book) -> None:
    given["Supply"][0]["Max"] = 59


def take_or_pay_not_taken(given: Book, plan: Book) -> None:
    given["Supply"][0]["Min"] = 10


def hidden_shortage(given: Book, plan: Book) -> None:
    service(plan, "S2", "W1").update(Demand=8, Backlog=0)
    service(plan, "S2", "W2").update(**{"Owed Before": 0})


def served_more_than_wanted(given: Book, plan: Book) -> None:
    service(plan, "S1", "W1").update(Issued=41, **{"On Time": 41})


def issue_not_taken_from_stock(given: Book, plan: Book) -> None:
    stock(plan, "S1", "W2").update(Issued=39, Closing=13)
    stock(plan, "S1", "W3").update(Opening=13, Closing=1, Shortfall=4)


def backlog_forgotten(given: Book, plan: Book) -> None:
    service(plan, "S2", "W2").update(**{"Owed Before": 0, "Issued": 10})


def lost_though_it_must_wait(given: Book, plan: Book) -> None:
    given["ServiceClasses"][0]["Max Wait"] = ""
    service(plan, "S2", "W1").update(Lost=2, Backlog=0)


def owed_in_a_lost_class(given: Book, plan: Book) -> None:
    given["ServiceClasses"][0]["Mode"] = "lost"


def waited_too_long(given: Book, plan: Book) -> None:
    given["ServiceClasses"][0]["Max Wait"] = 3


def short_though_must(given: Book, plan: Book) -> None:
    given["ServiceClasses"][0]["Mode"] = "must"


def lower_class_first(given: Book, plan: Book) -> None:
    given["ServiceClasses"].append({"Class": "LOW", "Mode": "lost", "Priority": 2})
    given["Demand"].append({"Location": "S1", "Product": "P1", "Class": "LOW", "W1": 10})
    high = service(plan, "S1", "W1")
    high.update({"Issued": 30, "On Time": 30, "Lost": 10, "Fill Rate": 0.75})
    low = {"Class": "LOW", "Demand": 10, "Issued": 10, "On Time": 10, "Lost": 0, "Fill Rate": 1}
    plan["Service"].append(high | low)


def issued_where_it_is_closed(given: Book, plan: Book) -> None:
    given["Locations"][2]["Active To"] = "2026-01-18"


def dropped_service_row(given: Book, plan: Book) -> None:
    plan["Service"].remove(service(plan, "S1", "W2"))


FLOW_FAULTS = {
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
    adjusted_away: "moves",
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
    lower_class_first: "priorities",
    issued_where_it_is_closed: "places",
    dropped_service_row: "keys",
}
