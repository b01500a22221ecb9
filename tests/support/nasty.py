"""Models with numbers that solvers get wrong, each with its least cost as an exact fraction."""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from tierstock.solvers.arrays import Arrays

Row = tuple[dict[int, float], float, float]
"""Coefficients by column, lower and upper limit."""
INF = math.inf


def model(
    cost: Sequence[float],
    rows: Sequence[Row],
    upper: Sequence[float] | float = INF,
    whole: Sequence[int] = (),
) -> Arrays:
    n = len(cost)
    cells = [(column, value) for row, _, _ in rows for column, value in sorted(row.items())]
    return Arrays(
        cost=np.array(cost, dtype=float),
        lower=np.zeros(n),
        upper=np.broadcast_to(np.asarray(upper, dtype=float), n).copy(),
        integer=np.isin(np.arange(n), np.array(whole, dtype=int)),
        starts=np.concatenate([[0], np.cumsum([len(row) for row, _, _ in rows])]).astype(np.int32),
        index=np.array([column for column, _ in cells], dtype=np.int32),
        value=np.array([value for _, value in cells], dtype=float),
        row_lower=np.array([low for _, low, _ in rows], dtype=float),
        row_upper=np.array([high for _, _, high in rows], dtype=float),
    )


def opened_lanes(loose: float, count: int = 6) -> tuple[Arrays, Fraction]:
    """Lanes cost 1,000 to open; their limits are ``loose``. No lane may be used while closed."""
    rows: list[Row] = []
    for lane in range(count):
        rows.append(({lane: 1.0}, 1.45, INF))
        rows.append(({lane: 1.0, count + lane: -loose}, -INF, 0.0))
    cost, upper = [1.0] * count + [1000.0] * count, [INF] * count + [1.0] * count
    best = count * (1000 + Fraction(1.45))
    return model(cost, rows, upper, range(count, 2 * count)), best


def chosen_lane(loose: float) -> tuple[Arrays, Fraction]:
    """Ten units come over a lane that costs 99,999 to open, or by a carrier at 2 each."""
    rows: list[Row] = [({0: 1.0, 1: 1.0}, 10.0, 10.0), ({0: 1.0, 2: -loose}, -INF, 0.0)]
    return model([0.0, 2.0, 99999.0], rows, [INF, INF, 1.0], [2]), Fraction(20)


def converted(factor: float) -> tuple[Arrays, Fraction]:
    """Make 7 units of what takes ``factor`` of a part each; a part costs 3."""
    rows: list[Row] = [({0: 1.0}, 7.0, INF), ({0: -factor, 1: 1.0}, 0.0, INF)]
    return model([0.0, 3.0], rows), 21 * Fraction(factor)


def whole_boxes(content: float) -> tuple[Arrays, Fraction]:
    """Move ``3.5 * content`` in whole boxes of so much content at 10 each."""
    need = 3.5 * content
    rows: list[Row] = [({0: 1.0}, need, INF), ({0: 1.0, 1: -content}, -INF, 0.0)]
    boxes = math.ceil(Fraction(need) / Fraction(content))
    return model([0.0, 10.0], rows, whole=[1]), Fraction(10 * boxes)


def chain(factor: float, steps: int = 4) -> tuple[Arrays, Fraction]:
    """Each step turns one unit into ``factor`` units of the next; one unit of the last is needed.

    The first costs 1 each.
    """
    rows: list[Row] = [({step: factor, step + 1: -1.0}, 0.0, INF) for step in range(steps)]
    rows.append(({steps: 1.0}, 1.0, INF))
    return model([1.0] + [0.0] * steps, rows), 1 / Fraction(factor) ** steps


def near_ties(apart: float) -> tuple[Arrays, Fraction]:
    """One of two sources is cheaper by ``apart``; each can do it all, in whole lots."""
    price = Fraction(100) + Fraction(apart)
    rows: list[Row] = [({0: 1.0, 1: 1.0}, 9.0, INF)]
    return model([float(price), 100.0], rows, 9.0, [0, 1]), Fraction(900)


def far_costs(high: float) -> tuple[Arrays, Fraction]:
    """Five units are served at 1, or lost at ``high``; only 3 can be served."""
    rows: list[Row] = [({0: 1.0, 1: 1.0}, 5.0, INF)]
    return model([1.0, high], rows, [3.0, INF]), 3 + 2 * Fraction(high)


def all_models() -> Iterator[tuple[str, Arrays, Fraction]]:
    """Sixty models, from harmless to absurd."""
    kinds: dict[Any, tuple[float, ...]] = {
        opened_lanes: (1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 3e5, 7e7),
        chosen_lane: (1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9),
        converted: (1e-9, 1e-7, 1e-6, 1e-5, 1e-3, 1e3, 1e5, 1e6, 1e7, 1e8, 1e10, 1e12),
        whole_boxes: (1e-6, 1e-4, 1e-2, 1e2, 1e4, 1e6, 1e8, 1e10),
        chain: (1e-2, 1e-1, 0.3, 3.0, 1e1, 1e2, 1e3),
        near_ties: (1e-9, 1e-7, 1e-5, 1e-3, 1e-1),
        far_costs: (1e3, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e12, 1e16, 1e20),
    }
    for make, values in kinds.items():
        for value in values:
            yield (f"{make.__name__} {value:g}", *make(value))
