"""What rows of Sourcing with explicit codes say; Product and From may be ``*`` or blank."""

from typing import Any

Row = dict[str, Any]
Sheets = dict[str, list[Row]]


def _fits(rule: Row, origin: str | None, to: str, product: str) -> bool:
    named = (("To", to), ("Product", product), ("From", origin))
    return all(code is None or rule.get(name) in (None, "*", code) for name, code in named)


def without_forbidden(sheets: Sheets) -> Sheets:
    """The tables without the lanes that a rule forbids."""
    rules = [rule for rule in sheets.get("Sourcing", []) if rule["Rule"] == "forbid"]
    lanes = [
        row
        for row in sheets.get("Lanes", [])
        if not any(_fits(rule, row["From"], row["To"], row["Product"]) for rule in rules)
    ]
    return {**sheets, "Lanes": lanes} if rules else sheets


def holding(rules: list[Row], to: str, product: str) -> list[Row]:
    """Rows that rule a place: those that name the product go before those for all."""
    mine = [r for r in rules if r["Rule"] != "forbid" and _fits(r, None, to, product)]
    exact = [rule for rule in mine if rule.get("Product") == product]
    return exact or mine


def by_origin(rules: list[Row], to: str, product: str, rule: str) -> dict[str, float]:
    """Share or rank of each origin named by a rule."""
    rows = [row for row in holding(rules, to, product) if row["Rule"] == rule]
    return {row["From"]: float(row["Value"]) for row in rows}
