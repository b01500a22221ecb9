"""Service targets, fairness, priorities and revenue that a right plan of another input breaks."""

from planted_flows import Book, service

Row = dict[str, object]
FILL = 28 / 30
"""Fill rate of the class VIP at S2; all of S1 is served."""
ALL = 148 / 150


def target(given: Book, plan: Book, least: float | None, reached: float, **more: object) -> None:
    """State a target and what the plan reaches of it."""
    given["ServiceTargets"] = [{"Target": "A", "Minimum": 0, **more}]
    plan["TargetResults"] = [_result("A", more.get("Minimum", 0), reached)]
    if "Fairness" in more:
        rows = plan["TargetResults"]
        rows[0] = _result("A", more.get("Minimum", 0), ALL)
        rows.append(_result(f"A [{more['Fairness']}]", least, reached))


def _result(name: str, least: object, reached: float) -> Row:
    row: Row = {"Target": name, "Window": "horizon", "Achieved": reached, "Gap": 0.0}
    if isinstance(least, int | float):
        row |= {"Minimum": least, "Gap": max(0.0, least - reached) * 100}
    return row


def hard_target_missed(given: Book, plan: Book) -> None:
    target(given, plan, None, FILL, Minimum=1, Class="VIP", Hardness="hard")


def target_figure_off(given: Book, plan: Book) -> None:
    target(given, plan, None, 1.0, Minimum=0.9, Class="VIP")


def target_not_shown(given: Book, plan: Book) -> None:
    target(given, plan, None, FILL, Minimum=0.9, Class="VIP")
    plan["TargetResults"].pop()


def target_made_up(given: Book, plan: Book) -> None:
    target(given, plan, None, FILL, Minimum=0.9, Class="VIP")
    plan["TargetResults"].append(_result("B", 0.5, 0.6))


def missed_target_not_charged(given: Book, plan: Book) -> None:
    target(given, plan, None, FILL, Minimum=1, Class="VIP", Penalty=5)


def missed_money_not_charged(given: Book, plan: Book) -> None:
    target(given, plan, None, FILL, Minimum=1, Class="VIP", Measure="value-fill")


def stock_out_not_charged(given: Book, plan: Book) -> None:
    target(given, plan, None, 2 / 3, Minimum=1, Class="VIP", Measure="cycle", Penalty=5)


def more_stock_outs_than_allowed(given: Book, plan: Book) -> None:
    target(given, plan, None, 2 / 3, Minimum=1, Class="VIP", Measure="cycle", Hardness="hard")


def unlike_fill(given: Book, plan: Book) -> None:
    least = ALL - 0.01
    target(given, plan, least, FILL, Fairness="proportional", Tolerance=0.01, Hardness="hard")


def unlike_fill_not_charged(given: Book, plan: Book) -> None:
    target(given, plan, ALL - 0.01, FILL, Fairness="proportional", Tolerance=0.01, Penalty=5)


def unlike_cover(given: Book, plan: Book) -> None:
    target(
        given, plan, 0.9, 0.0, Fairness="equal-cover", Tolerance=0.1, Hardness="hard", Window="W2"
    )


def worst_fill_not_charged(given: Book, plan: Book) -> None:
    target(given, plan, None, FILL, Fairness="max-min", Penalty=5)


def lower_class_served_while_one_waits(given: Book, plan: Book) -> None:
    given["ServiceClasses"].append({"Class": "LOW", "Mode": "lost", "Priority": 2})
    given["Demand"].append({"Location": "S2", "Product": "P1", "Class": "LOW", "W1": 4})
    plan["Service"].append(
        service(plan, "S2", "W1")
        | {"Class": "LOW", "Demand": 4, "Issued": 4, "On Time": 4, "Backlog": 0, "Fill Rate": 1}
    )


def revenue_forgotten(given: Book, plan: Book) -> None:
    given["Settings"].append({"Setting": "objective", "Value": "profit"})


def revenue_of_a_level_forgotten(given: Book, plan: Book) -> None:
    given["Settings"] += [
        {"Setting": "objective", "Value": "lexicographic"},
        {"Setting": "objective_levels", "Value": "service, 利润"},
    ]


def discount_forgotten(given: Book, plan: Book) -> None:
    given["Settings"].append({"Setting": "discount_per_period", "Value": "5%"})


SERVICE_FAULTS = {
    hard_target_missed: "service targets",
    target_figure_off: "service targets",
    target_not_shown: "keys",
    target_made_up: "service targets",
    missed_target_not_charged: "costs",
    missed_money_not_charged: "costs",
    stock_out_not_charged: "costs",
    more_stock_outs_than_allowed: "service targets",
    unlike_fill: "service targets",
    unlike_fill_not_charged: "costs",
    unlike_cover: "service targets",
    worst_fill_not_charged: "costs",
    lower_class_served_while_one_waits: "priorities",
    revenue_forgotten: "costs",
    revenue_of_a_level_forgotten: "costs",
    discount_forgotten: "costs",
}
