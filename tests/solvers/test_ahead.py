"""HiGHS goes its own way beside the opening of a large model, and its plans and bounds count."""

import pytest

from tests.solvers.test_blocks import network
from tierstock.solvers import SolveOptions, ahead, large, start
from tierstock.solvers.ahead import Ahead
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.solution import Solution


@pytest.fixture(scope="module")
def least() -> float:
    """Cost of the best plan, by HiGHS alone."""
    return solve_arrays(network(), SolveOptions(gap=0, threads=1, solver="highs")).objective


@pytest.fixture(autouse=True)
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "LARGE", 1)
    monkeypatch.setattr(large, "SOON", 0.0)
    monkeypatch.setattr(large, "DRY_S", 0.5)


def solved() -> Solution:
    return solve_arrays(network(), SolveOptions(gap=0, threads=2, time_limit_s=60))


def test_what_highs_proves_meanwhile_ends_the_opening(
    monkeypatch: pytest.MonkeyPatch, least: float
) -> None:
    def nothing(*_: object) -> None:
        return None

    monkeypatch.setattr(start, "split", nothing)
    found = solved()
    assert found.quality == "proven"
    assert found.objective == pytest.approx(least)
    assert "HiGHS beside it as far as its root, plans: " in found.solver_log


def test_a_search_that_brings_nothing_is_given_up(
    monkeypatch: pytest.MonkeyPatch, least: float
) -> None:
    monkeypatch.setattr(ahead, "LATE_S", 0.0)
    monkeypatch.setattr(Ahead, "news", lambda _: None)
    found = solved()
    assert found.quality == "proven"
    assert found.objective == pytest.approx(least)
    assert "HiGHS beside it as far as its root, plans: 0" in found.solver_log


def test_one_thread_leaves_no_room_for_it(least: float) -> None:
    found = solve_arrays(network(), SolveOptions(gap=0, threads=1, time_limit_s=60))
    assert found.objective == pytest.approx(least)
    assert "HiGHS beside it as far" not in found.solver_log
