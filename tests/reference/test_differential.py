"""Answers of the whole product beside those of others: no wrong one among hundreds of networks.

The full proofs run for about an hour of one processor and print their figures::

    pytest -m slow -s tests/reference/test_differential.py
"""

from collections.abc import Iterator
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


def wrong_beside_the_reference(seeds: range) -> dict[int, tuple[float | None, float | None]]:
    pairs = {seed: (solved(seed), least_cost(drawn(seed).long)) for seed in seeds}
    return {seed: pair for seed, pair in pairs.items() if not same(*pair)}


def wrong_beside_scip(seeds: range) -> dict[int, tuple[float | None, float | None]]:
    from with_scip import least

    models = ((seed, ts.build(network(seed))) for seed in seeds)
    pairs = {seed: (least_of(m), least_of(ts.build(network(seed)), least)) for seed, m in models}
    return {seed: pair for seed, pair in pairs.items() if not same(*pair)}


def test_two_plans_cost_what_the_reference_says() -> None:
    assert wrong_beside_the_reference(range(FIRST, FIRST + 2)) == {}


def test_some_models_cost_the_same_with_scip() -> None:
    pytest.importorskip("pyscipopt")
    assert wrong_beside_scip(range(FIRST, FIRST + 3)) == {}


@pytest.mark.slow
def test_hundreds_of_plans_cost_what_the_reference_says() -> None:
    wrong = wrong_beside_the_reference(range(FIRST, FIRST + NETWORKS))
    print(*wrong.items(), sep="\n")
    figure = f"{len(wrong)} of {NETWORKS} plans cost other than in the formulation of the tests"
    reached(RIGHT_ANSWER, figure, not wrong)


@pytest.mark.slow
def test_hundreds_of_models_cost_the_same_with_scip() -> None:
    pytest.importorskip("pyscipopt")
    wrong = wrong_beside_scip(range(FIRST, FIRST + NETWORKS))
    print(*wrong.items(), sep="\n")
    reached(RIGHT_ANSWER, f"{len(wrong)} of {NETWORKS} models cost other with SCIP", not wrong)


def with_whole_numbers() -> Iterator[int]:
    """Seeds of networks in which something is decided, so that ways to solve can differ."""
    for seed in count(FIRST_OF_WAYS):
        if compile_model(ts.build(network(seed))).arrays.integer.any():
            yield seed


@pytest.mark.slow
def test_hundreds_of_plans_cost_the_same_however_they_are_solved() -> None:
    seeds = list(islice(with_whole_numbers(), WAYS_TRIED))
    wrong = {}
    for seed in seeds:
        usual = solved(seed)
        others = {name: solved(seed, replace(EXACT, **way)) for name, way in WAYS.items()}
        if not all(same(cost, usual) for cost in others.values()):
            wrong[seed] = (usual, others)
    print(*wrong.items(), sep="\n")
    figure = f"{len(wrong)} of {len(seeds)} cost other {', '.join(WAYS)}"
    reached(RIGHT_ANSWER, figure, not wrong)
