"""Faults in the cash of companies."""

from typing import Any

from planted_flows import Book, row

WEEKS = ("W1", "W2", "W3")
ISSUED = (48, 52, 50)
BOUGHT = (480, 0, 160)
PAID = (
    60 + 31 + 16 + 30 + 6.2,
    25 + 30 + 5.0 + 0.3,
    20 + 14 + 30 + 2.8,
)
"""Freight, trips, handling and extra capacity of the right plan, week by week."""
STOCK = (10 * (38 + 12), 10 * (48 + 12), 10 * 20)


def kept(given: Book, plan: Book, opening: float = 1000, line: float | None = None) -> None:
    """Accounts of the one company: sales are paid a week later, purchases 30 days later."""
    given["Finance"] = [
        {"Party": "*", "Kind": "opening cash", "Amount": opening},
        {"Party": "*", "Kind": "collect", "Days": 7},
        {"Party": "SUP", "Kind": "pay", "Days": 30},
    ]
    if line is not None:
        given["Finance"].append({"Party": "*", "Kind": "credit line", "Amount": line})
    plan["Cash"], closing = [], opening
    for week, name in enumerate(WEEKS):
        inflow = 20 * ISSUED[week - 1] if week else 0
        closing += inflow - PAID[week]
        figures = {"Inflow": inflow, "Outflow": PAID[week], "Stock Value": STOCK[week]}
        plan["Cash"].append(
            {"Company": "", "Period": name, **figures, "Debt": 0, "Closing Cash": closing}
        )
    for one, date in zip(plan["Purchases"], ("2026-02-04", "2026-02-18"), strict=True):
        one["Pay Date"] = date


def figures(plan: Book, when: str) -> dict[str, Any]:
    return row(plan, "Cash", Period=when)


def sale_collected_too_early(given: Book, plan: Book) -> None:
    kept(given, plan)
    given["Finance"][1]["Days"] = 14


def purchase_not_paid(given: Book, plan: Book) -> None:
    kept(given, plan)
    given["Finance"][2]["Days"] = 13


def pay_date_of_other_terms(given: Book, plan: Book) -> None:
    kept(given, plan)
    plan["Purchases"][0]["Pay Date"] = "2026-02-05"


def cash_not_carried_forward(given: Book, plan: Book) -> None:
    kept(given, plan)
    for when in WEEKS[1:]:
        figures(plan, when)["Closing Cash"] += 1


def other_opening_cash(given: Book, plan: Book) -> None:
    kept(given, plan)
    given["Finance"][0]["Amount"] = 999


def bill_left_out(given: Book, plan: Book) -> None:
    kept(given, plan)
    for when in WEEKS:
        figures(plan, when)["Closing Cash"] += 30
    figures(plan, "W1")["Outflow"] -= 30


def borrowed_without_a_line(given: Book, plan: Book) -> None:
    kept(given, plan)
    figures(plan, "W1")["Debt"] = 10
    figures(plan, "W1")["Closing Cash"] += 10


def more_borrowed_than_granted(given: Book, plan: Book) -> None:
    kept(given, plan, line=9)
    figures(plan, "W2")["Debt"] = 10
    figures(plan, "W2")["Closing Cash"] += 10


def less_than_nothing_with_a_line(given: Book, plan: Book) -> None:
    kept(given, plan, opening=100, line=90)


def interest_not_charged(given: Book, plan: Book) -> None:
    kept(given, plan, line=20)
    given["Finance"][3]["Interest"] = "10%"
    figures(plan, "W3")["Debt"] = 10
    figures(plan, "W3")["Closing Cash"] += 10


def stock_of_a_company_off(given: Book, plan: Book) -> None:
    kept(given, plan)
    figures(plan, "W2")["Stock Value"] += 10


def week_of_cash_missing(given: Book, plan: Book) -> None:
    kept(given, plan)
    plan["Cash"].pop()


def cash_made_up(given: Book, plan: Book) -> None:
    kept(given, plan)
    plan["Cash"].append({**figures(plan, "W3"), "Company": "Nobody"})


def less_cash_than_the_least(given: Book, plan: Book) -> None:
    kept(given, plan)
    given["Budgets"] = [{"Budget": "B", "Kind": "cash", "Limit": 900}]
    for one in plan["Cash"]:
        used = {"Limit": 900, "Used": one["Closing Cash"], "Extra": 0}
        plan["CapacityUse"].append({"From": "B", "Kind": "cash", "Period": one["Period"], **used})


def least_cash_figure_off(given: Book, plan: Book) -> None:
    kept(given, plan)
    plan["Summary"].append({"KPI": "Cash minimum", "Value": 900})


CASH_FAULTS = {
    sale_collected_too_early: "cash",
    purchase_not_paid: "cash",
    pay_date_of_other_terms: "cash",
    cash_not_carried_forward: "cash",
    other_opening_cash: "cash",
    bill_left_out: "cash",
    borrowed_without_a_line: "cash",
    more_borrowed_than_granted: "cash",
    less_than_nothing_with_a_line: "cash",
    interest_not_charged: "costs",
    stock_of_a_company_off: "cash",
    week_of_cash_missing: "keys",
    cash_made_up: "keys",
    less_cash_than_the_least: "budgets",
    least_cash_figure_off: "total",
}
