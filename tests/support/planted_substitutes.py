"""Substitutions that no rule allows."""

from planted_flows import Book, service


def replace(plan: Book, by: str) -> None:
    """Let another product stand in for one unit of S1 in the second week."""
    row = service(plan, "S1", "W2")
    same = {name: row.get(name, "") for name in ("Location", "Product", "Class", "Channel")}
    more = {"Period": "W2", "Substitute": by, "Quantity": 1, "Used": 1, "Cost": 0}
    plan["Substitutions"] = [same | more]


def allow(given: Book, product: str, other: str, channel: str = "*") -> None:
    """Let one product stand in for another one; there are three."""
    given["Products"] += [{"Product": one, "Unit Value": 10} for one in ("P2", "P3")]
    row = {"Product": product, "Substitute": other, "Channel": channel}
    given["Substitutes"] = [row]


def substituted_without_a_rule(given: Book, plan: Book) -> None:
    replace(plan, by="P1")


def substituted_by_another_than_the_rule_says(given: Book, plan: Book) -> None:
    allow(given, "P1", "P2")
    replace(plan, by="P3")


def substituted_by_the_rule_of_another(given: Book, plan: Book) -> None:
    allow(given, "P3", "P2")
    replace(plan, by="P2")


def substituted_in_another_channel(given: Book, plan: Book) -> None:
    given["Locations"][3]["Channel"] = "web"
    allow(given, "P1", "P2", channel="web")
    replace(plan, by="P2")


SUBSTITUTE_FAULTS = {
    substituted_without_a_rule: "substitutes",
    substituted_by_another_than_the_rule_says: "substitutes",
    substituted_by_the_rule_of_another: "substitutes",
    substituted_in_another_channel: "substitutes",
}
