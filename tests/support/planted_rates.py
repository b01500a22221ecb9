"""Freight by bracket that a right plan of another input does not pay."""

from planted_flows import Book, flow

LANE = {"From": "DC", "To": "S1", "Bracket From": 0, "Basis": "unit"}


def bracket_not_paid(given: Book, plan: Book) -> None:
    given["Rates"] = [LANE | {"Rate": 1000}]


def trip_at_the_usual_price(given: Book, plan: Book) -> None:
    given["Rates"] = [LANE | {"To": "*", "Basis": "trip", "Rate": 1000}]


def part_load_without_a_rate(given: Book, plan: Book) -> None:
    flow(plan, "DC", "S1", "W2")["Vehicle"] = "LTL"


RATE_FAULTS = {
    bracket_not_paid: "costs",
    trip_at_the_usual_price: "costs",
    part_load_without_a_rate: "trips",
}
