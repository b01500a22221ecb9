"""Budgets against every corner of a small linear program, and against every plan of moves."""

from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest
from corner_points import corners
from in_process import cost_of

Rows = list[dict[str, Any]]
DAYS = 3
VALUE = 10


def bought_and_lost(rng: Random) -> dict[str, Any]:
    """One shop that buys at a daily price, keeps, sells and loses."""
    return {
        "price": [rng.randint(1, 6) for _ in range(DAYS)],
        "wanted": [rng.randint(2, 9) for _ in range(DAYS)],
        "most": [rng.randint(4, 12) for _ in range(DAYS)],
        "opening": rng.randint(0, 4),
        "holding": 0.5,
        "loss": 8.0,
    }


def least_by_corners(shop: dict[str, Any], kind: str, averaging: str, limit: float) -> float:
    """Columns: units bought by day, units lost by day."""
    each = np.tril(np.ones((DAYS, DAYS)))
    stock = np.hstack([each, each])
    known = shop["opening"] - np.cumsum(shop["wanted"])
    identity = np.eye(2 * DAYS)
    rows = [-identity, identity, -stock]
    limits = [np.zeros(2 * DAYS), np.array([*shop["most"], *shop["wanted"]]), known]
    if kind == "capital":
        use, used = VALUE * stock, VALUE * known
    else:
        use, used = np.hstack([np.diag(shop["price"]), 0 * each]), 0.0 * known
    if averaging == "average":
        use, used = use.mean(axis=0, keepdims=True), used.mean(keepdims=True)
    elif averaging == "end" and kind == "capital":
        use, used = use[-1:], used[-1:]
    elif averaging == "end":
        use, used = use.sum(axis=0, keepdims=True), used.sum(keepdims=True)
    cost = np.concatenate([shop["price"], [shop["loss"]] * DAYS])
    cost = cost + shop["holding"] * stock.sum(axis=0)
    constant = shop["holding"] * known.sum()
    return constant + corners(
        cost, np.vstack([*rows, use]), np.concatenate([*limits, limit - used])
    )


def shop_sheets(shop: dict[str, Any], budget: dict[str, Any]) -> dict[str, Rows]:
    days = [str(t + 1) for t in range(DAYS)]
    at = {"Location": "S", "Product": "tea"}
    numbers = zip(days, shop["price"], shop["wanted"], shop["most"], strict=True)
    rows = [(day, price, wanted, most) for day, price, wanted, most in numbers]
    return {
        "Locations": [{"Location": "S", "Tier": "store"}],
        "Products": [{"Product": "tea", "Unit Value": VALUE, "Shortage Cost": shop["loss"]}],
        "Lanes": [],
        "Demand": [{**at, "Period": day, "Quantity": wanted} for day, _, wanted, _ in rows],
        "Supply": [
            {**at, "Period": day, "Unit Cost": price, "Max": most} for day, price, _, most in rows
        ],
        "OpeningStock": [{**at, "Quantity": shop["opening"]}],
        "StockCosts": [{**at, "Holding Cost": shop["holding"]}],
        "Budgets": [budget],
    }


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("averaging", ["each period", "average", "end"])
@pytest.mark.parametrize("kind", ["capital", "spend"])
def test_the_optimum_is_the_best_of_all_corners(kind: str, averaging: str, seed: int) -> None:
    rng = Random(f"{kind} {averaging} {seed}")
    shop = bought_and_lost(rng)
    limit = rng.choice((7, 12, 22)) if kind == "spend" else VALUE * rng.choice((0, 1, 2.5))
    limit += VALUE * shop["opening"] if kind == "capital" and averaging != "end" else 0
    budget = {"Budget": "B", "Kind": kind, "Limit": limit, "Averaging": averaging}

    least = cost_of(shop_sheets(shop, budget))

    assert least == pytest.approx(least_by_corners(shop, kind, averaging, limit), abs=1e-6)


@pytest.mark.parametrize("most", [0, 1, 2, 3])
def test_as_many_moves_as_granted_are_the_best_of_all_choices(most: int) -> None:
    """Three shops are short and one has plenty: which of them are helped is tried by hand."""
    wanted, price = {"A": 5, "B": 4, "C": 7}, {"A": 1.0, "B": 0.5, "C": 3.0}
    best = min(
        sum(price[s] * wanted[s] if helped else 5.0 * wanted[s] for s, helped in chosen.items())
        for pattern in product((False, True), repeat=3)
        if sum(pattern) <= most
        for chosen in [dict(zip(wanted, pattern, strict=True))]
    )
    sheets: dict[str, Rows] = {
        "Locations": [{"Location": code, "Tier": "store"} for code in ("R", *wanted)],
        "Products": [{"Product": "tea", "Unit Value": 1, "Shortage Cost": 5}],
        "Lanes": [
            {"From": "R", "To": code, "Lead Time": 0, "Unit Cost": cost}
            for code, cost in price.items()
        ],
        "Demand": [
            {"Location": code, "Product": "tea", "Period": "1", "Quantity": units}
            for code, units in wanted.items()
        ],
        "OpeningStock": [{"Location": "R", "Product": "tea", "Quantity": 16}],
        "Settings": [{"Setting": "carrying_rate", "Value": 0}],
        "Budgets": [{"Budget": "moves", "Kind": "moves", "Limit": most}],
    }

    assert cost_of(sheets) == pytest.approx(best)
