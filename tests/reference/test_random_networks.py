"""Random small networks cost what a second, independent formulation says they cost."""

from collections import Counter
from pathlib import Path

import pytest
from in_process import cost_of, frames
from random_networks import drawn
from reference import least_cost
from turns import part

import tierstock as ts

BATCH = 20
MOST_INFEASIBLE = 2
RARE = 3
IN_FULL = (3, 10, 12, 22, 31, 44, 57, 60, 66, 71, 80, 98, 105, 117, 120, 151, 161, 165, 182, 187)


def same(left: float | None, right: float | None) -> bool:
    """Whether two least costs are one, or both say that nothing is feasible."""
    if left is None or right is None:
        return left is right
    return abs(left - right) <= 1e-6 * max(1.0, abs(right))


def compare(seeds: range) -> int:
    """Compare the networks of some seeds and return how many have a plan at all."""
    feasible, wrong = 0, {}
    for seed in seeds:
        network = drawn(seed)
        ours, reference = cost_of(network.short), least_cost(network.long)
        feasible += reference is not None
        if not same(ours, reference):
            wrong[seed] = (ours, reference)
    assert not wrong
    return feasible


@pytest.mark.parametrize("first", part(range(0, 220, BATCH), 0, parts=11))
def test_random_networks_cost_what_the_reference_says(first: int) -> None:
    assert compare(range(first, first + BATCH)) >= BATCH - MOST_INFEASIBLE


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 3000, 100))
def test_many_more_random_networks_cost_what_the_reference_says(first: int) -> None:
    assert compare(range(first, first + 100)) >= 95


def test_the_random_networks_have_every_feature_often_enough() -> None:
    seen = Counter(feature for seed in range(220) for feature in drawn(seed).features)
    assert len(seen) > 75
    assert {feature: count for feature, count in seen.items() if count < RARE} == {}


@pytest.mark.parametrize("seed", part(IN_FULL, 0, parts=5))
def test_plans_of_random_networks_pass_the_audit_and_cost_the_same(
    seed: int, tmp_path: Path
) -> None:
    network = drawn(seed)
    plan = ts.solve(ts.build(ts.read(frames(network.short))), gap=0, progress=False)
    assert plan.quality == "proven"
    assert same(plan.objective, least_cost(network.long))
    checked = plan.save(tmp_path / "plan.xlsx")
    assert [check.name for check in checked.checks if not check.passed] == []
    assert (tmp_path / "plan.xlsx").exists()
