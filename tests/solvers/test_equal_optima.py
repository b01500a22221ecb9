"""However a model is solved, and however tight it is made, its best plan costs the same."""

from dataclasses import replace
from typing import Any

import pytest
from in_process import frames
from random_networks import drawn
from turns import part

import tierstock as ts
from tierstock.inputs import Network
from tierstock.model import PLAIN, Strength
from tierstock.plan import Plan
from tierstock.solvers import SolveOptions
from tierstock.solvers.compile import compile_model
from tierstock.solving import solve_with

SLOW = (712, 723)
SEEDS = [seed for seed in range(700, 727) if seed not in SLOW]
EXACT = SolveOptions(gap=0, time_limit_s=60)
WAYS: tuple[dict[str, Any], ...] = (
    {"presolve": True, "threads": 1},
    {"presolve": False, "threads": 1},
    {"presolve": False, "threads": 2},
)
"""Ways to solve; the usual one has presolve and two threads."""
FULL = Strength(windows=True, trucks=True)
STRENGTHS = (
    PLAIN,
    Strength(),
    *(
        replace(FULL, **{switch: False})
        for switch in ("tight_bounds", "links", "windows", "trucks", "drop")
    ),
)
"""Nothing, what is usual, and all but one; the model they are compared with has all."""


def network(seed: int) -> Network:
    return ts.read(frames(drawn(seed).short))


def cost(plan: Plan) -> float | None:
    """Cost of a plan that is proven the best; None where it is proven that there is none."""
    assert plan.stopped in ("optimal", "infeasible")
    return plan.objective if plan.stopped == "optimal" else None


def same(value: float | None) -> Any:
    return None if value is None else pytest.approx(value, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seed", part(SEEDS, 0))
def test_presolve_and_threads_change_no_cost(seed: int) -> None:
    m = ts.build(network(seed))
    usual = cost(solve_with(m, EXACT, False))
    for way in WAYS:
        assert cost(solve_with(m, replace(EXACT, **way), False)) == same(usual), way


@pytest.mark.parametrize("seed", part(SEEDS, 1))
def test_no_switch_of_strength_changes_the_cost(seed: int) -> None:
    net = network(seed)
    full = cost(solve_with(ts.build(net, strength=FULL), EXACT, False))
    for strength in STRENGTHS:
        m = ts.build(net, strength=strength)
        assert cost(solve_with(m, EXACT, False)) == same(full), strength


def test_most_of_these_networks_have_whole_numbers() -> None:
    whole = [compile_model(ts.build(network(seed))).arrays.integer.any() for seed in SEEDS]
    assert sum(whole) > len(SEEDS) / 2
