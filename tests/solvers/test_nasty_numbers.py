"""Numbers that solvers get wrong: each model is solved rightly or refused, never in between."""

from fractions import Fraction

import pytest
from goals import reached
from nasty import all_models, opened_lanes

from tierstock.solvers import SolveError, SolveOptions
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.drive import solve_arrays

NEAR = 1e-6
"""Share of the cost within which it is right."""


def judged(arrays: Arrays, best: Fraction, *, presolve: bool = True) -> str:
    """``right``, ``refused``, or what is wrong."""
    options = SolveOptions(gap=0, time_limit_s=30, threads=1, presolve=presolve)
    try:
        found = solve_arrays(arrays, options)
    except SolveError as fault:
        return "refused" if fault.code in ("out-of-range", "spread") else fault.code
    if found.quality != "proven":
        return "refused" if found.stopped == "fault" else f"{found.stopped}, {found.quality}"
    apart = abs(Fraction(found.objective) - best) / max(Fraction(1), abs(best))
    if apart <= NEAR:
        return "right"
    return f"{found.objective:.9g} instead of {float(best):.9g}"


@pytest.mark.parametrize("presolve", [True, False])
def test_a_closed_lane_carries_nothing_however_loose_its_limit(presolve: bool) -> None:
    for loose in (1e4, 1e7):
        arrays, best = opened_lanes(loose)
        assert judged(arrays, best, presolve=presolve) == "right"


@pytest.mark.slow
def test_nasty_models_are_solved_rightly_or_refused() -> None:
    found = {
        f"{name}, presolve {presolve}": judged(arrays, best, presolve=presolve)
        for name, arrays, best in all_models()
        for presolve in (True, False)
    }
    models = len(found) // 2
    wrong = {name: what for name, what in found.items() if what not in ("right", "refused")}
    right = sum(what == "right" for what in found.values())
    print(wrong)
    reached(
        17,
        f"{len(wrong)} of {models} models x 2 ways silently wrong, {right} right, "
        f"{len(found) - right - len(wrong)} refused",
        models >= 60 and not wrong,
    )
    leaks = [what for name, what in found.items() if name.startswith("opened") and "inst" in what]
    assert not leaks, leaks
