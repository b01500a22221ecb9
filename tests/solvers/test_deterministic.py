"""The same answer on every run, where that is asked for.

The full proof solves 50 networks three times, for some minutes::

    pytest -m slow -s tests/solvers/test_deterministic.py
"""

from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from commands import write_endless
from goals import reached
from in_process import frames
from random_networks import drawn
from small_arrays import dense

import tierstock as ts
from tierstock.inputs import Network
from tierstock.plan import Plan
from tierstock.solvers import SolveOptions
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.canonical import canonical, weights
from tierstock.solvers.clock import Clock, StopKey
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.order import Outcome
from tierstock.solvers.plans import Plan as Found

STEADY = SolveOptions(gap=0.0, time_limit_s=20, deterministic=True)
RANDOM = (700, 731, 753)
"""Random networks; the last two have levels and a cap on capital near today's."""
DETERMINISM = 15
FIRST, NETWORKS = 40_000, 50
"""Seed of the first network of the full proof, and how many of those that have a plan."""


def steady(net: Network, **more: Any) -> Plan:
    return ts.solve(ts.build(net), deterministic=True, progress=False, **more)


def same(one: Plan, other: Plan) -> bool:
    """Whether two answers agree bit for bit."""
    left, right = one.solution, other.solution
    facts = [(s.objective, s.bound, s.gap, s.stopped, s.quality, s.levels) for s in (left, right)]
    return bool(np.array_equal(left.values, right.values)) and facts[0] == facts[1]


@pytest.mark.parametrize("name", ["starter", "promotion"])
def test_samples_have_one_plan_whatever_the_threads(name: str) -> None:
    net = ts.read(ts.sample(name))
    one, two = (steady(net, threads=threads) for threads in (1, 2))
    assert one.quality == "proven" and same(one, two)


@pytest.mark.parametrize("seed", RANDOM)
def test_random_networks_have_one_plan_whatever_the_threads(seed: int) -> None:
    net = ts.read(frames(drawn(seed).short))
    one, two = (steady(net, gap=0.0, threads=threads) for threads in (1, 2))
    assert one.quality == "proven" and same(one, two)
    free = ts.solve(ts.build(net), gap=0.0, progress=False)
    assert one.objective == pytest.approx(free.objective, rel=1e-6, abs=1e-6)


@pytest.mark.slow
def test_many_networks_have_one_plan_whatever_the_threads_and_the_order_of_rows() -> None:
    differ, plans = [], 0
    for seed in count(FIRST):
        if plans == NETWORKS:
            break
        sheets, rng = drawn(seed).short, Random(seed)
        mixed = {
            name: rows if name == "Periods" else rng.sample(rows, len(rows))
            for name, rows in sheets.items()
        }
        net, other = ts.read(frames(sheets)), ts.read(frames(mixed))
        one, two = (steady(net, gap=0.0, threads=threads) for threads in (1, 2))
        if one.quality == two.quality == "none":
            continue
        plans += 1
        if not same(one, two) or not same(one, steady(other, gap=0.0, threads=2)):
            differ.append(seed)
    print(*differ)
    equal = plans - len(differ)
    figure = f"{equal} of {plans} plans equal for threads 1 and 2 and rows in another order"
    reached(DETERMINISM, figure, not differ)


def test_work_that_ends_the_search_ends_it_at_the_same_plan(tmp_path: Path) -> None:
    net = ts.read(write_endless(tmp_path))
    limits: dict[str, Any] = {"gap": 0.0, "time_limit": 0.5}
    short, again = steady(net, threads=1, **limits), steady(net, threads=2, **limits)
    assert (short.stopped, short.quality) == ("time", "feasible")
    assert same(short, again)
    longer = steady(net, gap=0.0, time_limit=2.5)
    assert longer.objective < short.objective or longer.bound > short.bound


def test_one_of_many_equally_good_plans_is_chosen_whatever_the_seed(tied: Arrays) -> None:
    plans = [solve_arrays(tied, replace(STEADY, seed=seed)).values for seed in (0, 1, 2)]
    plans.append(solve_arrays(tied, replace(STEADY, presolve=False)).values)
    assert all(np.array_equal(plan, plans[0]) for plan in plans)
    turned = replace(tied, cost=tied.cost + 1e-3 * np.arange(6.0)[::-1])
    other = solve_arrays(turned, STEADY).values
    assert not np.array_equal(other, plans[0])
    assert weights(6) @ plans[0] < weights(6) @ other


def test_a_trip_the_chosen_plan_does_not_need_is_left_out() -> None:
    two_lanes = dense(
        [1, 1, 10, 10],
        [[1, 1, 0, 0], [1, 0, -10, 0], [0, 1, 0, -10]],
        [8, -np.inf, -np.inf],
        [8, 0, 0],
        integer=[False, False, True, True],
    )
    spread = np.array([4.0, 4.0, 1.0, 1.0])

    def linear(program: Arrays) -> Outcome:
        one = solve_arrays(program, STEADY)
        outcome = Outcome("kOptimal", values=one.values)
        outcome.row_duals, outcome.reduced_costs = one.row_duals, one.reduced_costs
        return outcome

    plan = canonical(two_lanes, Found(spread, two_lanes.objective(spread), True), linear)

    assert sorted(plan.values) == [0, 0, 1, 8]
    assert plan.objective == 18


def test_weights_are_the_same_on_every_machine() -> None:
    assert weights(3).tolist() == pytest.approx([1.8833108, 1.4315280, 1.0264338], abs=1e-7)
    assert len(np.unique(weights(100_000))) == 100_000


def test_the_clock_stops_what_takes_several_times_the_limit(tied: Arrays) -> None:
    with StopKey() as stop:
        clock = Clock(STEADY, tied, stop)
        assert clock.limit == 4 * STEADY.time_limit_s + 20
        usual = replace(STEADY, deterministic=False)
        assert Clock(usual, tied, stop).limit == STEADY.time_limit_s
