"""Small systems of inequalities whose answer is known by how they were made."""

from random import Random

import pytest

from tierstock.outputs.audit.feasible import feasible

Rows = list[list[float]]


def drawn(seed: int) -> tuple[Rows, list[float], Random]:
    """Random rows, and what they come to at a random point of x >= 0, some of them exactly."""
    draw = Random(seed)
    width = draw.randint(1, 4)
    point = [float(draw.choice((0, 0, 1, 3, 8))) for _ in range(width)]
    rows = [[float(draw.randint(-4, 4)) for _ in point] for _ in range(draw.randint(1, 5))]
    right = [sum(a * x for a, x in zip(row, point, strict=True)) for row in rows]
    return rows, [limit + draw.choice((0.0, 0.0, 2.0)) for limit in right], draw


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e3])
def test_systems_made_around_a_point_have_a_solution(size: float) -> None:
    missed = []
    for seed in range(150):
        rows, right, _ = drawn(seed)
        if not feasible([[size * a for a in row] for row in rows], [size * b for b in right]):
            missed.append(seed)
    assert missed == []


@pytest.mark.parametrize("gap", [1e-3, 1.0, 1e3])
def test_systems_whose_rows_contradict_each_other_have_none(gap: float) -> None:
    """Some sum of the rows says 0 <= -gap: no x >= 0 can do that."""
    missed = []
    for seed in range(150):
        rows, right, draw = drawn(seed)
        weights = [float(draw.choice((0, 1, 2))) for _ in rows]
        total = [
            sum(w * a for w, a in zip(weights, c, strict=True)) for c in zip(*rows, strict=True)
        ]
        last = [draw.choice((0.0, 1.0)) - one for one in total]
        bound = -sum(w * b for w, b in zip(weights, right, strict=True)) - gap
        at = draw.randint(0, len(rows))
        if feasible([*rows[:at], last, *rows[at:]], [*right[:at], bound, *right[at:]]):
            missed.append(seed)
    assert missed == []


def test_nothing_asked_for_is_always_kept() -> None:
    assert feasible([], [])
    assert feasible([[1.0], [-1.0]], [0.0, 0.0])
    assert not feasible([[0.0]], [-1e-6])
    assert feasible([[0.0]], [-1e-10])


def test_a_row_of_small_numbers_may_be_missed_by_a_billionth() -> None:
    """One of large numbers by as much of its largest one: the size of a row is 1 or more."""
    assert feasible([[0.0]], [-0.9e-9])
    assert not feasible([[0.0]], [-1.1e-9])
    assert feasible([[-8.0], [8.0]], [-8.0, 8.0 - 1.5e-8])
    assert not feasible([[-8.0], [8.0]], [-8.0, 8.0 - 1.7e-8])
