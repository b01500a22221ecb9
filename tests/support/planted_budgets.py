"""Faults in budgets and in what is used of them."""

from typing import Any

from planted_flows import Book, row

WEEKS = ("W1", "W2", "W3")
USED: dict[str, tuple[float, ...]] = {
    "capital": (1220, 700, 400),
    "spend": (480, 0, 160),
    "freight": (137, 55, 64),
    "moves": (1, 0, 0),
    "carbon": (0, 0, 0),
}
"""What the right plan uses week by week: stock, blocked, on the way; bought; freight and trips."""


def granted(given: Book, plan: Book, kind: str, limit: float, **rules: Any) -> None:
    """A budget, and the right figures of the right plan."""
    given["Budgets"] = [{"Budget": "B", "Kind": kind, "Limit": limit, **rules}]
    for when, used in zip(WEEKS, USED[kind], strict=True):
        over = max(0.0, used - limit) if rules.get("Hardness") == "soft" else 0.0
        figures = {"Limit": limit, "Used": used, "Extra": over}
        plan["CapacityUse"].append({"From": "B", "Kind": kind, "Period": when, **figures})


def figures(plan: Book, when: str) -> dict[str, Any]:
    return row(plan, "CapacityUse", From="B", Period=when)


def more_money_spent_than_granted(given: Book, plan: Book) -> None:
    granted(given, plan, "spend", 479)


def more_freight_than_granted(given: Book, plan: Book) -> None:
    granted(given, plan, "freight", 136)


def more_moves_than_granted(given: Book, plan: Book) -> None:
    granted(given, plan, "moves", 0)


def more_capital_than_today(given: Book, plan: Book) -> None:
    """1,100 is there today, and 120 is bought though the limit is broken already."""
    granted(given, plan, "capital", 1099)


def too_much_on_average(given: Book, plan: Book) -> None:
    given["Budgets"] = [{"Budget": "B", "Kind": "spend", "Limit": 213, "Averaging": "average"}]
    used = {"Limit": 213, "Used": 640 / 3, "Extra": 0}
    plan["CapacityUse"].append({"From": "B", "Kind": "spend", "Period": "W3", **used})


def money_on_the_way_left_out(given: Book, plan: Book) -> None:
    granted(given, plan, "capital", 2000)
    figures(plan, "W1")["Used"] -= 120


def blocked_money_left_out(given: Book, plan: Book) -> None:
    granted(given, plan, "capital", 2000)
    figures(plan, "W2")["Used"] -= 200


def trips_left_out_of_freight(given: Book, plan: Book) -> None:
    granted(given, plan, "freight", 2000)
    figures(plan, "W2")["Used"] -= 30


def overrun_not_charged(given: Book, plan: Book) -> None:
    granted(given, plan, "spend", 400, Hardness="soft")


def budget_not_told(given: Book, plan: Book) -> None:
    granted(given, plan, "spend", 500)
    plan["CapacityUse"].remove(figures(plan, "W2"))


def budget_made_up(given: Book, plan: Book) -> None:
    granted(given, plan, "spend", 500)
    given["Budgets"][0]["Period"] = "W1"


BUDGET_FAULTS = {
    more_money_spent_than_granted: "budgets",
    more_freight_than_granted: "budgets",
    more_moves_than_granted: "budgets",
    more_capital_than_today: "budgets",
    too_much_on_average: "budgets",
    money_on_the_way_left_out: "use",
    blocked_money_left_out: "use",
    trips_left_out_of_freight: "use",
    overrun_not_charged: "costs",
    budget_not_told: "keys",
    budget_made_up: "use",
}
