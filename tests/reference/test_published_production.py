"""Published production plans are reproduced through planner's tables; lot sizes by brute force."""

from itertools import product
from math import inf
from random import Random
from typing import Any

import numpy as np
import pytest
from in_process import cost_of
from published_production import CASES, Tables, wanted
from scipy.optimize import linprog

INSTANCES = range(4)


@pytest.mark.parametrize("name", CASES)
def test_a_published_plan_costs_what_its_source_says(name: str) -> None:
    tables, least = CASES[name]()
    assert cost_of(tables) == pytest.approx(least, abs=0.5 if name == "steel" else 1e-3)


def lot_sizing(rng: Random) -> dict[str, Any]:
    """Items on one line with setup times and overtime, as in Trigeiro, Thomas and McClain."""
    items, periods = rng.choice(((2, 4), (3, 3)))
    demand = [[rng.choice((0, rng.randint(2, 9))) for _ in range(periods)] for _ in range(items)]
    return {
        "demand": demand,
        "hours": rng.randint(10, 16),
        "overtime": rng.randint(0, 4),
        "overtime cost": rng.randint(1, 4),
        "rate": [rng.choice((0.5, 1)) for _ in range(items)],
        "setup hours": [rng.randint(1, 3) for _ in range(items)],
        "setup cost": [rng.randint(3, 15) for _ in range(items)],
        "holding": [rng.choice((0.5, 1, 2)) for _ in range(items)],
        "lost": [rng.randint(20, 40) for _ in range(items)],
    }


def by_brute_force(case: dict[str, Any]) -> float:
    """Every choice of setups, the quantities of each by a linear program."""
    items, periods = len(case["demand"]), len(case["demand"][0])
    cells = items * periods
    best = inf
    for chosen in product((0, 1), repeat=cells):
        setups = np.array(chosen).reshape(items, periods)
        left = case["hours"] - np.array(case["setup hours"]) @ setups
        if (left + case["overtime"] < 0).any():
            continue
        fixed = float(np.array(case["setup cost"]) @ setups.sum(axis=1))
        best = min(best, fixed + _quantities(case, setups, left))
    return best


def _quantities(case: dict[str, Any], setups: np.ndarray, left: np.ndarray) -> float:
    """Least cost of stock, lost sales and overtime; columns: made, kept, lost, overtime."""
    items, periods = setups.shape
    cells = items * periods
    cost = np.concatenate(
        [
            np.zeros(cells),
            np.repeat(case["holding"], periods),
            np.repeat(case["lost"], periods),
            np.full(periods, case["overtime cost"]),
        ]
    )
    balance, wanted_ = np.zeros((cells, len(cost))), np.array(case["demand"], float).ravel()
    hours = np.zeros((periods, len(cost)))
    for i, t in product(range(items), range(periods)):
        cell = i * periods + t
        balance[cell, [cell, cells + cell, 2 * cells + cell]] = 1, -1, 1
        if t:
            balance[cell, cells + cell - 1] = 1
        hours[t, cell] = case["rate"][i]
    hours[range(periods), range(3 * cells, 3 * cells + periods)] = -1
    made = [(0, None if on else 0) for on in setups.ravel()]
    bounds = [*made, *[(0, None)] * cells, *[(0, q) for q in wanted_]]
    bounds += [(0, case["overtime"])] * periods
    found = linprog(cost, hours, left, balance, wanted_, bounds)
    return float(found.fun) if found.success else inf


def lot_sizing_tables(case: dict[str, Any]) -> Tables:
    place, codes = {"Location": "PL"}, [f"item {n}" for n in range(len(case["demand"]))]
    of = {code: {key: case[key][n] for key in RECIPE} for n, code in enumerate(codes)}
    extra = {"Overtime Hours": case["overtime"], "Overtime Cost": case["overtime cost"]}
    return {
        "Locations": [place | {"Tier": "plant"}],
        "Products": [
            {"Product": code, "Unit Value": 0, "Shortage Cost": of[code]["lost"]} for code in codes
        ],
        "Demand": [
            row
            for code, quantities in zip(codes, case["demand"], strict=True)
            for row in wanted("PL", code, quantities)
        ],
        "StockCosts": [
            place | {"Product": code, "Holding Cost": of[code]["holding"]} for code in codes
        ],
        "Resources": [place | {"Resource": "line", "Hours": case["hours"], **extra}],
        "Recipes": [
            place
            | {"Recipe": f"MAKE {code}", "Output": code, "Resource": "line"}
            | {"Hours Per Unit": of[code]["rate"], "Setup Hours": of[code]["setup hours"]}
            | {"Setup Cost": of[code]["setup cost"]}
            for code in codes
        ],
    }


RECIPE = ("rate", "setup hours", "setup cost", "holding", "lost")


@pytest.mark.parametrize("seed", INSTANCES)
def test_lot_sizes_with_setup_times_cost_what_trying_every_setup_says(seed: int) -> None:
    case = lot_sizing(Random(seed))
    expected = by_brute_force(case)
    assert cost_of(lot_sizing_tables(case)) == pytest.approx(expected, rel=1e-6, abs=1e-6)
