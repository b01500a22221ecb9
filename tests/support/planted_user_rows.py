"""Constraints of the planner's own that a right plan of another input breaks."""

from planted_flows import Book

LIMIT = {"Row": "limit", "Sense": "<=", "Value": 0}


def ships_more_than_a_user_row_allows(given: Book, plan: Book) -> None:
    given["UserRows"] = [LIMIT | {"Variable": "ship", "From": "DC"}]


def leaves_less_than_a_user_row_wants(given: Book, plan: Book) -> None:
    given["UserRows"] = [
        {"Row": "stock", "Variable": "stock", "From": "DC", "Sense": ">=", "Value": 1e6}
    ]


def sends_more_trips_than_a_user_row_allows(given: Book, plan: Book) -> None:
    given["UserRows"] = [LIMIT | {"Variable": "vehicles"}]


def a_missed_user_row_is_not_charged(given: Book, plan: Book) -> None:
    given["UserRows"] = [LIMIT | {"Variable": "departures", "Penalty": 5}]


USER_ROW_FAULTS = {
    ships_more_than_a_user_row_allows: "user rows",
    leaves_less_than_a_user_row_wants: "user rows",
    sends_more_trips_than_a_user_row_allows: "user rows",
    a_missed_user_row_is_not_charged: "costs",
}
