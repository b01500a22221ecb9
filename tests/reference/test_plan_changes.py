"""Plans that stay close to the one before, against trying every quantity (F29)."""

from itertools import product
from random import Random
from typing import Any

import pytest
from in_process import cost_of

Rows = list[dict[str, Any]]
MOST = 7


def drawn(seed: int) -> dict[str, Any]:
    rng = Random(seed)
    return {
        "demand": [rng.randint(0, 4) for _ in range(3)],
        "before": [rng.randint(0, 6) for _ in range(3)],
        "rule": [rng.choice(("reference", "reference", "fix", "min", "max", "")) for _ in range(3)],
        "price": rng.choice((0.5, 1, 3)),
        "order": rng.choice((0, 4, 9)),
        "unit": rng.choice((0, 1)),
        "hold": rng.choice((0, 1)),
        "lost": rng.randint(2, 9),
    }


def sheets(case: dict[str, Any]) -> dict[str, Rows]:
    at = {"Location": "S", "Product": "P"}
    rows = [
        {"To": "S", "Product": "P", "Period": str(t + 1), "Quantity": quantity, "Rule": rule}
        | ({"Penalty": case["price"]} if rule == "reference" else {})
        for t, (quantity, rule) in enumerate(zip(case["before"], case["rule"], strict=True))
        if rule
    ]
    return {
        "Locations": [{"Location": "S", "Tier": "store"}],
        "Products": [{"Product": "P", "Unit Value": 0, "Shortage Cost": case["lost"]}],
        "Demand": [
            {**at, "Period": str(t + 1), "Quantity": quantity}
            for t, quantity in enumerate(case["demand"])
        ],
        "Supply": [{**at, "Max": MOST, "Unit Cost": case["unit"], "Fixed Cost": case["order"]}],
        "StockCosts": [{"Location": "S", "Holding Cost": case["hold"]}],
        "FixedPlan": rows,
    }


def least_by_trying(case: dict[str, Any]) -> float:
    best = float("inf")
    for bought in product(range(MOST + 1), repeat=3):
        cost = _fixed(case, bought)
        stock = 0
        for units, wanted in zip(bought, case["demand"], strict=True):
            issued = min(stock + units, wanted)
            stock += units - issued
            cost += case["hold"] * stock + case["lost"] * (wanted - issued)
        best = min(best, cost)
    return best


def _fixed(case: dict[str, Any], bought: tuple[int, ...]) -> float:
    """Cost of the orders and of changes; infinite where a rule is broken."""
    cost = 0.0
    for units, before, rule in zip(bought, case["before"], case["rule"], strict=True):
        broken = (rule in ("fix", "min") and units < before) or (
            rule in ("fix", "max") and units > before
        )
        if broken:
            return float("inf")
        cost += case["unit"] * units + case["order"] * (units > 0)
        cost += case["price"] * abs(units - before) * (rule == "reference")
    return cost


@pytest.mark.parametrize("seed", range(40))
def test_changing_a_plan_costs_what_trying_every_quantity_says(seed: int) -> None:
    case = drawn(seed)
    assert cost_of(sheets(case)) == pytest.approx(least_by_trying(case), abs=1e-6)


def test_a_reference_without_a_price_changes_nothing() -> None:
    for seed in range(6):
        case = drawn(seed) | {"rule": ["reference"] * 3}
        free = cost_of(sheets(case | {"price": 0}))
        assert free == pytest.approx(cost_of(sheets(case) | {"FixedPlan": []}))


def test_a_dearer_change_never_costs_less() -> None:
    dearer = 0
    for seed in range(8):
        case = drawn(seed) | {"rule": ["reference"] * 3}
        costs = [cost_of(sheets(case | {"price": price})) for price in (0.5, 2, 8)]
        assert all(cost is not None for cost in costs)
        assert costs == sorted(costs)  # type: ignore[type-var]
        dearer += costs[0] != costs[-1]
    assert dearer


def test_ten_times_the_money_of_changes_costs_ten_times() -> None:
    for seed in range(6):
        case = drawn(seed)
        money = {name: 10 * case[name] for name in ("price", "order", "unit", "hold", "lost")}
        cost = cost_of(sheets(case))
        assert cost is not None
        assert cost_of(sheets(case | money)) == pytest.approx(10 * cost)
