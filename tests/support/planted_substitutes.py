"""Substitutions that no rule allows."""

from planted_flows import Book, service


def substituted_without_a_rule(given: Book, plan: Book) -> None:
    row = service(plan, "S1", "W2")
    same = {name: row.get(name, "") for name in ("Location", "Product", "Class", "Channel")}
    more = {"Period": "W2", "Substitute": row["Product"], "Quantity": 1, "Used": 1, "Cost": 0}
    plan["Substitutions"] = [same | more]


SUBSTITUTE_FAULTS = {substituted_without_a_rule: "substitutes"}
