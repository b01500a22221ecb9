"""Answers of the whole product beside those of others: no wrong one among hundreds of networks.

The full proofs run for about an hour of one processor and print their figures::

    pytest -m slow -s tests/reference/test_differential.py
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import count, islice
from typing import Any

import pytest
from goals import reached
from in_process import frames, least_of
from random_networks import drawn
from reference import least_cost

import tierstock as ts
from tierstock.inputs import Network
from tierstock.plan import solve_with
from tierstock.solvers import SolveOptions
from tierstock.solvers.compile import compile_model

RIGHT_ANSWER = 5
NETWORKS, WAYS_TRIED = 500, 200
FIRST, FIRST_OF_WAYS = 20_000, 30_000
EXACT = SolveOptions(gap=0.0, time_limit_s=1800, threads=1)
WAYS: dict[str, dict[str, Any]] = {
    "without presolve": {"presolve": False},
    "with two threads": {"threads": 2},
    "with another seed": {"seed": 1},
}
"""Ways to solve beside ``EXACT``."""


@cache
def network(seed: int) -> Network:
    return ts.read(frames(drawn(seed).short))


def solved(seed: int, options: SolveOptions = EXACT) -> float | None:
    """Cost of the plan of the whole product; None where it proves that there is none."""
    plan = solve_with(ts.build(network(seed)), options, False)
    assert plan.stopped in ("optimal", "infeasible"), (seed, plan.stopped)
    return plan.objective if plan.stopped == "optimal" else None


def same(left: float | None, right: float | None) -> bool:
    """Whether two least costs are one, or both say that nothing is feasible."""
    if left is None or right is None:
        return left is right
    return abs(left - right) <= 1e-6 * max(1.0, abs(right))


Pair = tuple[float | None, float | None]


def wrong(seeds: range, pair: Callable[[int], Pair]) -> dict[int, Pair]:
    """Return the pairs of least costs that differ; tells from time to time how far it is."""
    found = {}
    for number, seed in enumerate(seeds, start=1):
        both = pair(seed)
        if not same(*both):
            found[seed] = both
            print(f"{seed}: {both}", flush=True)
        if number % 50 == 0:
            print(f"{number} networks", flush=True)
    return found


def beside_the_reference(seed: int) -> Pair:
    return solved(seed), least_cost(drawn(seed).long)


def beside_scip(seed: int) -> Pair:
    from with_scip import least

    return least_of(ts.build(network(seed))), least_of(ts.build(network(seed)), least)


def test_two_plans_cost_what_the_reference_says() -> None:
    assert wrong(range(FIRST, FIRST + 2), beside_the_reference) == {}


def test_some_models_cost_the_same_with_scip() -> None:
    pytest.importorskip("pyscipopt")
    assert wrong(range(FIRST, FIRST + 3), beside_scip) == {}


@pytest.mark.slow
def test_hundreds_of_plans_cost_what_the_reference_says() -> None:
    found = wrong(range(FIRST, FIRST + NETWORKS), beside_the_reference)
    figure = f"{len(found)} of {NETWORKS} plans cost other than in the formulation of the tests"
    reached(RIGHT_ANSWER, figure, not found)


@pytest.mark.slow
def test_hundreds_of_models_cost_the_same_with_scip() -> None:
    pytest.importorskip("pyscipopt")
    found = wrong(range(FIRST, FIRST + NETWORKS), beside_scip)
    reached(RIGHT_ANSWER, f"{len(found)} of {NETWORKS} models cost other with SCIP", not found)


def with_whole_numbers() -> Iterator[int]:
    """Seeds of networks in which something is decided, so that ways to solve can differ."""
    for seed in count(FIRST_OF_WAYS):
        if compile_model(ts.build(network(seed))).arrays.integer.any():
            yield seed


@pytest.mark.slow
def test_hundreds_of_plans_cost_the_same_however_they_are_solved() -> None:
    seeds = list(islice(with_whole_numbers(), WAYS_TRIED))
    found = []
    for number, seed in enumerate(seeds, start=1):
        usual = solved(seed)
        others = {name: solved(seed, replace(EXACT, **way)) for name, way in WAYS.items()}
        if not all(same(cost, usual) for cost in others.values()):
            found.append(seed)
            print(f"{seed}: {usual}, {others}", flush=True)
        if number % 20 == 0:
            print(f"{number} networks", flush=True)
    figure = f"{len(found)} of {len(seeds)} cost other {', '.join(WAYS)}"
    reached(RIGHT_ANSWER, figure, not found)
