"""How much a warning matters to the plan: what is told first where there is room for few."""

from collections.abc import Iterable

from tierstock.inputs.finding import Finding

BLOCKING = (
    "recipe-over-hours",
    "recipe-never-runs",
    "component-missing",
    "recipe-makes-nothing",
    "resource-silent",
    "must-unreachable",
    "frozen-empty",
    "budget-cash-today",
    "must-below-priority",
    "site-blocked",
    "site-order",
    "site-too-late",
    "class-over-life",
)
"""What can leave hard rules without any plan."""
LOSING = (
    "open-elsewhere",
    "demand-unreachable",
    "demand-inactive",
    "demand-outside",
    "no-departure",
    "lane-too-slow",
    "closed-transfers",
    "lane-without-goods",
    "lane-recipe-idle",
    "target-out-of-reach",
    "safety-too-early",
    "order-expired",
    "order-leaves-later",
    "lot-expired",
    "recipe-from-nothing",
    "stock-over-max",
    "stock-over-storage",
    "budget-over-today",
    "max-below-safety",
    "ladder-safety",
    "ladder-terminal",
    "periods-as-days",
    "no-demand",
    "demand-ends-early",
    "unit-over-vehicle",
)
"""What loses demand, goods or money, or makes the plan do what nobody meant."""
UNUSED = (
    "budget-holds-nothing",
    "budget-unused",
    "calendar-unused",
    "class-unused",
    "extra-cost-idle",
    "finance-unused",
    "fleet-idle",
    "levels-unused",
    "location-unused",
    "max-without-price",
    "rate-trip-idle",
    "rate-without-lane",
    "resource-unused",
    "site-decide-late",
    "target-nowhere",
    "terminal-unused",
    "time-dropped",
    "transfer-rule-idle",
    "value-unused",
    "vehicle-unused",
    "zone-empty",
)
"""What is stated and does nothing."""


def rank(code: str) -> int:
    """Return the place of a code in the order of importance, 0 first."""
    if code in BLOCKING:
        return BLOCKING.index(code)
    if code in LOSING:
        return len(BLOCKING) + LOSING.index(code)
    return len(BLOCKING) + len(LOSING) + (code in UNUSED)


def by_importance(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings, the one that matters most first; equals in the order given."""
    return sorted(findings, key=lambda one: rank(one.code))
