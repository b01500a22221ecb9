"""Least orders and whole lots against a dynamic programme over whole stocks."""

import copy
from functools import cache
from random import Random
from typing import Any

import pytest
from in_process import cost_of
from random_networks import drawn
from turns import part

Rows = dict[str, list[dict[str, Any]]]
SEEDS = range(28)
INF = float("inf")


def cheapest(terms: dict[str, Any]) -> float:
    """Least cost of orders that are 0 or allowed, with lost sales; all quantities are whole."""
    demand, count = terms["demand"], len(terms["demand"])
    most = sum(demand) + terms["moq"] + terms["lot"]
    step = terms["lot"] or 1
    allowed = [0] + [q for q in range(step, most + 1, step) if q >= terms["moq"]]

    @cache
    def best(t: int, stock: int) -> float:
        if t == count:
            return 0.0
        found = INF
        for ordered in allowed:
            here = stock + ordered
            paid = terms["price"] * ordered + (terms["setup"] if ordered else 0)
            for issued in range(min(here, demand[t]) + 1):
                kept, missed = here - issued, demand[t] - issued
                later = best(t + 1, kept)
                cost = paid + terms["hold"] * kept + terms["lost"] * missed + later
                found = min(found, cost)
        return found

    return best(0, 0)


@pytest.mark.parametrize("seed", part(SEEDS, 0, parts=2))
@pytest.mark.parametrize("way", ["order", "lane"])
def test_lots_of_one_place_cost_what_dynamic_programming_says(seed: int, way: str) -> None:
    """The same lots asked of an order, or of a lane out of an endless stock."""
    rng = Random(seed)
    terms: dict[str, Any] = {
        "demand": [rng.randint(0, 6) for _ in range(rng.randint(2, 4))],
        "moq": rng.choice((0, 3, 5, 8)),
        "lot": rng.choice((0, 2, 3, 4)),
        "price": rng.randint(0, 2),
        "setup": rng.choice((0, 3, 9)),
        "hold": rng.choice((0.5, 1, 2)),
        "lost": rng.randint(4, 12),
    }
    if way == "lane":
        terms |= {"moq": rng.choice((0, 4)), "lot": terms["lot"] or 3}
    shop = {"Location": "S", "Product": "A"}
    tables: Rows = {
        "Locations": [{"Location": "S", "Tier": "store"}],
        "Products": [{"Product": "A", "Unit Value": 0, "Shortage Cost": terms["lost"]}],
        "StockCosts": [{**shop, "Holding Cost": terms["hold"]}],
        "Demand": [
            {**shop, "Period": str(t + 1), "Quantity": quantity}
            for t, quantity in enumerate(terms["demand"])
        ],
    }
    if way == "order":
        lots = {"MOQ": terms["moq"], "Order Multiple": terms["lot"]}
        paid = {"Unit Cost": terms["price"], "Fixed Cost": terms["setup"]}
        tables["Supply"] = [{**shop, **paid, **lots}]
    else:
        tables["Locations"].append({"Location": "SUP", "Tier": "supplier"})
        lots = {"Min Shipment": terms["moq"], "Order Multiple": terms["lot"]}
        paid = {"Unit Cost": terms["price"], "Fixed Cost": terms["setup"]}
        tables["Lanes"] = [{"From": "SUP", "To": "S", "Lead Time": 0, **paid, **lots}]
    assert cost_of(tables) == pytest.approx(cheapest(terms), rel=1e-6, abs=1e-6)


def same(cost: float | None) -> Any:
    return None if cost is None else pytest.approx(cost, rel=1e-6, abs=1e-6)


def with_supply(seeds: range) -> list[int]:
    return [seed for seed in seeds if drawn(seed).long.get("Supply")]


NETWORKS = with_supply(range(70, 90))


@pytest.mark.parametrize("seed", part(NETWORKS, 0, parts=2))
def test_lots_that_ask_for_nothing_change_nothing(seed: int) -> None:
    sheets = copy.deepcopy(drawn(seed).long)
    before = cost_of(sheets)
    quotas = () if sheets.get("Sourcing") else (("Share Min", 0), ("Share Max", 1))
    for row in sheets["Supply"]:
        for name, neutral in (("MOQ", 0), ("Order Multiple", 0), *quotas):
            row[name] = row.get(name) or neutral
    for row in sheets["Lanes"]:
        row["Order Multiple"] = row.get("Order Multiple") or 0
    assert cost_of(sheets) == same(before)


@pytest.mark.parametrize("seed", part(NETWORKS, 0, parts=2))
def test_larger_lots_are_never_cheaper(seed: int) -> None:
    sheets = copy.deepcopy(drawn(seed).long)
    for row in sheets["Supply"]:
        row["Max"] = None
    before = cost_of(sheets)
    for row in sheets["Supply"]:
        row["MOQ"] = 2 * (row.get("MOQ") or 3)
        row["Order Multiple"] = 2 * (row.get("Order Multiple") or 0)
    after = cost_of(sheets)
    if after is not None:
        assert before is not None
        assert after >= before - 1e-6 * max(1.0, abs(before))
