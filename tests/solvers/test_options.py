"""Options that make no sense are refused with what is allowed."""

from typing import Any

import pytest

from tierstock.solvers import SolveError, SolveOptions


@pytest.mark.parametrize(
    "wrong",
    [
        {"gap": -0.01},
        {"gap": float("nan")},
        {"time_limit_s": 0.0},
        {"time_limit_s": float("nan")},
        {"threads": 0},
        {"seed": -1},
        {"memory_limit_mb": 5},
        {"tolerance": 0.01},
        {"gap": "1%"},
        {"gap": True},
        {"time_limit_s": None},
        {"threads": 2.0},
        {"threads": "2"},
        {"seed": False},
        {"presolve": 1},
        {"any_solver_version": "yes"},
        {"method": "barrier"},
        {"solver": ["highs"]},
        {"effort": None},
    ],
    ids=str,
)
def test_an_option_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    (name,) = wrong
    with pytest.raises(SolveError, match=f"option {name}"):
        SolveOptions(**wrong)


def test_an_option_that_does_not_exist_is_refused() -> None:
    with pytest.raises(TypeError, match="presolv"):
        SolveOptions(**dict[str, Any](presolv=False))


def test_the_solver_is_ended_by_force_one_second_or_five_percent_late() -> None:
    assert SolveOptions(time_limit_s=5).grace_s == 1.0
    assert SolveOptions(time_limit_s=300).grace_s == 15.0
