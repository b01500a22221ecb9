"""Returns that a right plan of another input forgets."""

from planted_flows import Book, stock


def returns_forgotten(given: Book, plan: Book) -> None:
    given["Returns"] = [{"Location": "S1", "Product": "*", "Ratio": 0.5}]


def thrown_away_what_never_came_back(given: Book, plan: Book) -> None:
    stock(plan, "S1", "W3").update(Disposed=1)


RETURN_FAULTS = {
    returns_forgotten: "moves",
    thrown_away_what_never_came_back: "moves",
}
