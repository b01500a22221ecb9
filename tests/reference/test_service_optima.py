"""Service, fairness, priorities and discount against programs written for them alone."""

import math
from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest
from in_process import cost_of
from lot_sizes import wagner_whitin
from scipy.optimize import linprog

Rows = dict[str, list[dict[str, Any]]]
SEEDS = range(12)


def shared_stock(rng: Random, stores: int) -> dict[str, Any]:
    """One stock, some stores, one day."""
    wanted = [rng.randint(2, 9) for _ in range(stores)]
    return {
        "wanted": wanted,
        "stock": rng.randint(2, sum(wanted) - 1),
        "lost": [rng.randint(1, 9) for _ in range(stores)],
        "freight": [rng.randint(0, 8) / 4 for _ in range(stores)],
    }


def sheets_of(net: dict[str, Any], target: dict[str, Any]) -> Rows:
    names = [f"S{n}" for n in range(len(net["wanted"]))]
    return {
        "Locations": [{"Location": "DC", "Tier": "RDC"}]
        + [{"Location": name, "Tier": "store"} for name in names],
        "Products": [{"Product": "A", "Unit Value": 0}],
        "Lanes": [
            {"From": "DC", "To": name, "Lead Time": 0, "Unit Cost": cost}
            for name, cost in zip(names, net["freight"], strict=True)
        ],
        "OpeningStock": [{"Location": "DC", "Product": "A", "Quantity": net["stock"]}],
        "Demand": [
            {
                "Location": name,
                "Product": "A",
                "Period": "1",
                "Quantity": wanted,
                "Shortage Cost": lost,
            }
            for name, wanted, lost in zip(names, net["wanted"], net["lost"], strict=True)
        ],
        "ServiceTargets": [{"Target": "T", "Minimum": 0, **target}],
    }


def least(net: dict[str, Any], rows: list[tuple[list[float], float]], extra: list[float]) -> float:
    """Least cost over what each store is given, further columns at a price, rows <= limit."""
    count = len(net["wanted"])
    lost = np.array(net["lost"], dtype=float)
    cost = [*(np.array(net["freight"]) - lost), *extra]
    stock = [1.0] * count + [0.0] * len(extra)
    matrix, limits = [stock, *(row for row, _ in rows)], [net["stock"], *(b for _, b in rows)]
    bounds = [(0, wanted) for wanted in net["wanted"]] + [(0, None)] * len(extra)
    found = linprog(cost, A_ub=matrix, b_ub=limits, bounds=bounds)
    assert found.status == 0
    return float(found.fun + lost @ np.array(net["wanted"]))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_fill_target_of_every_store_costs_what_its_program_says(seed: int) -> None:
    rng = Random(seed)
    net = shared_stock(rng, rng.randint(2, 4))
    share, price, count = rng.choice((0.3, 0.6, 1)), rng.randint(1, 8), len(net["wanted"])
    target = {"Minimum": share, "Each": "each location", "Penalty": price}
    rows = []
    for n, wanted in enumerate(net["wanted"]):
        row = [0.0] * (2 * count)
        row[n] = row[count + n] = -1.0
        rows.append((row, -share * wanted))
    expected = least(net, rows, [price] * count)
    assert cost_of(sheets_of(net, target)) == pytest.approx(expected, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_worst_fill_at_a_price_costs_what_its_program_says(seed: int) -> None:
    rng = Random(seed)
    net = shared_stock(rng, rng.randint(2, 4))
    price, whole = rng.choice((0.5, 1.5, 4)), sum(net["wanted"])
    target = {"Fairness": "max-min", "Penalty": price}
    count = len(net["wanted"])
    rows = [
        ([-1.0 if k == n else 0.0 for k in range(count)] + [float(wanted)], 0.0)
        for n, wanted in enumerate(net["wanted"])
    ]
    rows.append(([0.0] * count + [1.0], 1.0))
    expected = least(net, rows, [-price * whole]) + price * whole
    assert cost_of(sheets_of(net, target)) == pytest.approx(expected, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_worst_fill_before_cost_is_the_share_of_the_stock(seed: int) -> None:
    """Everybody gets the same share, so nothing is left to decide."""
    rng = Random(seed)
    net = shared_stock(rng, rng.randint(2, 4))
    sheets = sheets_of(net, {"Fairness": "max-min"})
    sheets["Settings"] = [{"Setting": "objective_tolerance", "Value": 0}]
    share = net["stock"] / sum(net["wanted"])
    expected = sum(
        wanted * (share * freight + (1 - share) * lost)
        for wanted, freight, lost in zip(net["wanted"], net["freight"], net["lost"], strict=True)
    )
    assert cost_of(sheets) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("hard", [True, False])
@pytest.mark.parametrize("seed", SEEDS)
def test_proportional_fill_costs_what_its_program_says(seed: int, hard: bool) -> None:
    rng = Random(seed)
    net = shared_stock(rng, rng.randint(2, 4))
    near, price = rng.choice((0, 0.1, 0.3)), rng.choice((0.5, 2, 9))
    target = {"Fairness": "proportional", "Tolerance": near, "Hardness": "hard" if hard else "soft"}
    if not hard:
        target["Penalty"] = price
    count, whole = len(net["wanted"]), sum(net["wanted"])
    rows = []
    for n, wanted in enumerate(net["wanted"]):
        apart = [float(k == n) - wanted / whole for k in range(count)]
        for sign in (1, -1):
            slack = [0.0] * count if hard else [-float(k == n) for k in range(count)]
            rows.append(([sign * a for a in apart] + slack, near * wanted))
    expected = least(net, rows, [price] * count)
    assert cost_of(sheets_of(net, target)) == pytest.approx(expected, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_stock_outs_allowed_cost_what_trying_every_pattern_says(seed: int) -> None:
    """One store that buys at most so much a day and keeps stock; which days may run short?"""
    rng = Random(seed)
    count = rng.randint(3, 5)
    wanted = [rng.randint(1, 6) for _ in range(count)]
    most, hold, lost = rng.randint(2, 4), rng.choice((0.5, 1, 3)), rng.choice((1, 2, 5))
    share, price = rng.choice((0.5, 0.75, 1)), rng.choice((None, 3))
    allowed = math.floor((1 - share) * count + 1e-9)
    best = math.inf
    for pattern in product((0, 1), repeat=count):
        over = max(0, sum(pattern) - allowed)
        if price is None and over:
            continue
        cost = _kept(wanted, most, hold, lost, pattern)
        best = min(best, cost + (price or 0) * over)
    item = {"Location": "S", "Product": "A"}
    target: dict[str, Any] = {"Target": "T", "Measure": "cycle", "Minimum": share}
    target |= {"Hardness": "hard"} if price is None else {"Penalty": price}
    sheets: Rows = {
        "Locations": [{"Location": "S", "Tier": "store"}],
        "Products": [{"Product": "A", "Unit Value": 0, "Shortage Cost": lost}],
        "Supply": [{**item, "Max": most}],
        "StockCosts": [{"Location": "*", "Holding Cost": hold}],
        "Demand": [
            {**item, "Period": str(t + 1), "Quantity": quantity}
            for t, quantity in enumerate(wanted)
        ],
        "ServiceTargets": [target],
    }
    found = cost_of(sheets)
    assert (math.inf if found is None else found) == pytest.approx(best, rel=1e-6, abs=1e-5)


def _kept(
    wanted: list[int], most: int, hold: float, lost: float, pattern: tuple[int, ...]
) -> float:
    """Least cost when only the marked days may run short; infinite where that is impossible."""
    count = len(wanted)  # columns: bought, kept, lost of every day
    rows, right = [], []
    for t in range(count):
        row = [0.0] * (3 * count)
        row[t], row[count + t], row[2 * count + t] = 1.0, -1.0, 1.0
        if t:
            row[count + t - 1] = 1.0
        rows.append(row)
        right.append(wanted[t])
    bounds = [(0, most)] * count + [(0, None)] * count
    bounds += [(0, quantity * out) for quantity, out in zip(wanted, pattern, strict=True)]
    found = linprog(
        [0.0] * count + [hold] * count + [lost] * count, A_eq=rows, b_eq=right, bounds=bounds
    )
    return math.inf if found.status != 0 else float(found.fun)


@pytest.mark.parametrize("seed", SEEDS)
def test_waiting_classes_in_order_cost_what_trying_every_order_says(seed: int) -> None:
    """A class that waits above one that is lost or waits: per day, is the lower one served?"""
    rng = Random(seed)
    count = rng.randint(2, 4)
    wanted = [[rng.randint(0, 5) for _ in range(count)] for _ in "AB"]
    most = [rng.randint(0, 7) for _ in range(count)]
    back, lost = [rng.choice((1, 2)), rng.choice((1, 4))], [60, 20]
    low_waits = rng.random() < 0.5
    best = min(
        _served(wanted, most, back, lost, low_waits, free) for free in product((0, 1), repeat=count)
    )
    item = {"Location": "S", "Product": "A"}
    modes = ("backorder", "backorder" if low_waits else "lost")
    sheets: Rows = {
        "Locations": [{"Location": "S", "Tier": "store"}],
        "Products": [{"Product": "A", "Unit Value": 0}],
        "Supply": [{**item, "Period": str(t + 1), "Max": units} for t, units in enumerate(most)],
        "StockCosts": [{"Location": "*", "Holding Cost": 1}],
        "ServiceClasses": [
            {
                "Class": "AB"[k],
                "Priority": k + 1,
                "Mode": modes[k],
                "Lost Cost": lost[k],
                "Backorder Cost": back[k],
            }
            for k in range(2)
        ],
        "Demand": [
            {**item, "Class": "AB"[k], "Period": str(t + 1), "Quantity": wanted[k][t]}
            for k in range(2)
            for t in range(count)
        ],
    }
    assert cost_of(sheets) == pytest.approx(best, rel=1e-6, abs=1e-5)


def _served(
    wanted: list[list[int]],
    most: list[int],
    back: list[int],
    lost: list[int],
    low_waits: bool,
    free: tuple[int, ...],
) -> float:
    """Least cost when class B is served only on the free days, on which A is owed nothing.

    Columns of each day: bought, kept, issued to A, issued to B, owed to A, owed to B, lost of B.
    """
    count = len(most)
    size = 7 * count
    rows, right, cost = [], [], [0.0] * size
    bounds: list[tuple[float, float | None]] = [(0, None)] * size

    def at(kind: int, t: int) -> int:
        return 7 * t + kind

    large = sum(map(sum, wanted))
    for t in range(count):
        stock, one, two = ([0.0] * size for _ in range(3))
        for kind, sign in ((0, 1.0), (1, -1.0), (2, -1.0), (3, -1.0)):
            stock[at(kind, t)] = sign
        one[at(2, t)] = one[at(4, t)] = 1.0
        two[at(3, t)] = two[at(5, t)] = two[at(6, t)] = 1.0
        if t:
            stock[at(1, t - 1)], one[at(4, t - 1)], two[at(5, t - 1)] = 1.0, -1.0, -1.0
        rows += [stock, one, two]
        right += [0.0, float(wanted[0][t]), float(wanted[1][t])]
        end = t == count - 1
        cost[at(1, t)] = 1.0
        cost[at(4, t)] = back[0] + (lost[0] if end else 0)
        cost[at(5, t)], cost[at(6, t)] = back[1] + (lost[1] if end else 0), lost[1]
        bounds[at(0, t)] = (0, most[t])
        bounds[at(3, t)] = (0, large if free[t] else 0)
        bounds[at(4, t)] = (0, 0 if free[t] else None)
        bounds[at(5, t)] = (0, None if low_waits else 0)
        bounds[at(6, t)] = (0, 0 if low_waits else None)
    found = linprog(cost, A_eq=rows, b_eq=right, bounds=bounds)
    return math.inf if found.status != 0 else float(found.fun)


@pytest.mark.parametrize("seed", SEEDS)
def test_discounted_lot_sizes_cost_what_dynamic_programming_says(seed: int) -> None:
    rng = Random(seed)
    count, rate = rng.randint(3, 8), rng.choice((0.02, 0.1, 0.3))
    worth = [(1 + rate) ** -t for t in range(count)]
    demand = [rng.choice((0, rng.randint(1, 60))) for _ in worth]
    setup = [rng.randint(20, 150) for _ in worth]
    unit = [rng.randint(0, 8) / 4 for _ in worth]
    hold = [rng.choice((0.5, 1, 2)) for _ in worth]
    place = {"Location": "PL", "Product": "A"}
    sheets: Rows = {
        "Settings": [{"Setting": "discount_per_period", "Value": rate}],
        "Locations": [{"Location": "PL", "Tier": "plant"}],
        "Products": [{"Product": "A", "Unit Value": 0}],
        "ServiceClasses": [{"Class": "must", "Mode": "must"}],
        "Demand": [
            {**place, "Class": "must", "Period": str(t + 1), "Quantity": quantity}
            for t, quantity in enumerate(demand)
        ],
        "Supply": [
            {**place, "Period": str(t + 1), "Fixed Cost": setup[t], "Unit Cost": unit[t]}
            for t in range(count)
        ],
        "StockCosts": [
            {**place, "Period": str(t + 1), "Holding Cost": hold[t]} for t in range(count)
        ],
    }
    discounted = [
        [price * w for price, w in zip(prices, worth, strict=True)]
        for prices in (setup, unit, hold)
    ]
    expected = wagner_whitin(demand, *discounted)
    assert cost_of(sheets) == pytest.approx(expected, rel=1e-6, abs=1e-6)
