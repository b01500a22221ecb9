"""Cash against every corner of a small linear program written as a ledger."""

from random import Random
from typing import Any

import numpy as np
import pytest
from corner_points import corners
from in_process import cost_of

DAYS = 2
PRICE, LOSS = 10, 25.0


def shop(rng: Random) -> dict[str, Any]:
    """One shop that buys, keeps, sells and loses, with its account."""
    return {
        "price": [rng.randint(3, 9) for _ in range(DAYS)],
        "wanted": [rng.randint(2, 9) for _ in range(DAYS)],
        "pay": rng.choice((0, 0, 1)),
        "collect": rng.choice((0, 1, 1)),
        "opening": rng.randint(0, 40),
        "line": rng.choice((0, 8, 20)),
        "rate": rng.choice((0.1, 0.5, 5.0)),
        "rent": rng.choice((0.0, 0.5)),
    }


def least_by_corners(one: dict[str, Any]) -> float:
    """Columns: units bought, units lost and money owed, each by day."""
    none, identity = np.zeros((DAYS, DAYS)), np.eye(DAYS)
    each = np.tril(np.ones((DAYS, DAYS)))
    wanted = np.array(one["wanted"], dtype=float)
    stock, there = np.hstack([each, each, none]), -np.cumsum(wanted)

    def late(days: int) -> Any:
        return each @ np.eye(DAYS, k=-days)

    sold, paid = late(one["collect"]), late(one["pay"])
    interest = each @ np.eye(DAYS, k=-1) * one["rate"]
    bills = paid @ np.diag(one["price"]) + one["rent"] * each
    cash = np.hstack([-bills, -PRICE * sold, identity - interest])
    had = one["opening"] + PRICE * sold @ wanted
    everything = np.eye(3 * DAYS)
    bound = np.vstack([everything[DAYS:]])
    rows = np.vstack([-everything, bound, -stock, -cash])
    limits = [np.zeros(3 * DAYS), wanted, np.full(DAYS, float(one["line"])), there, had]
    cost = np.array([price + one["rent"] for price in one["price"]])
    cost = np.concatenate([cost, [LOSS] * DAYS, [one["rate"]] * DAYS])
    return corners(cost, rows, np.concatenate(limits))


@pytest.mark.parametrize("seed", range(40))
def test_cash_leaves_the_best_corner(seed: int) -> None:
    one = shop(Random(f"{seed}-ledger"))
    days = range(1, DAYS + 1)
    sheets: dict[str, list[dict[str, Any]]] = {
        "Locations": [{"Location": "S", "Tier": "store", "Company": "Shop"}],
        "Products": [{"Product": "P", "Unit Value": 0, "Price": PRICE, "Shortage Cost": LOSS}],
        "Demand": [
            {"Location": "S", "Product": "P", "Period": str(t), "Quantity": one["wanted"][t - 1]}
            for t in days
        ],
        "Supply": [
            {"Location": "S", "Product": "P", "Period": str(t), "Unit Cost": one["price"][t - 1]}
            for t in days
        ],
        "StockCosts": [{"Location": "S", "Handling In": one["rent"]}],
        "Finance": [
            {"Party": "Shop", "Kind": "opening cash", "Amount": one["opening"]},
            {
                "Party": "Shop",
                "Kind": "credit line",
                "Amount": one["line"],
                "Interest": f"{36500 * one['rate']:g}%",
            },
            {"Party": "S", "Kind": "pay", "Days": one["pay"]},
            {"Party": "S", "Kind": "collect", "Days": one["collect"]},
        ],
    }
    assert cost_of(sheets) == pytest.approx(least_by_corners(one), abs=1e-6)
