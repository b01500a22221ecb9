"""Figures of the benchmarks are computed as their headings say."""

import math
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

Modules = Callable[[str], ModuleType]

CURVE = [(1.0, math.inf, 50.0), (2.0, 200.0, 90.0), (6.0, 125.0, 99.95)]


def test_a_curve_tells_its_plan_at_a_moment_and_when_it_was_as_good(
    benchmark_module: Modules,
) -> None:
    solve = benchmark_module("solve")

    assert solve.best_until(CURVE, 1.5) == math.inf
    assert solve.best_until(CURVE, 2.0) == 200.0
    assert solve.first_as_good(CURVE, 130.0) == 6.0
    assert solve.first_as_good(CURVE, 100.0) == math.inf
    assert solve.first_as_good(CURVE, math.inf) == math.inf
    assert solve.first_bound(CURVE, 100.0) == 6.0
    assert solve.first_bound(CURVE, 101.0) == math.inf


def test_the_primal_integral_is_the_mean_gap_over_the_limit(benchmark_module: Modules) -> None:
    solve = benchmark_module("solve")

    # 2 s without a plan (100 %), 4 s at 50 %, 4 s at 20 %.
    assert solve.primal_integral(CURVE, 100.0, 10.0) == pytest.approx((200 + 200 + 80) / 10)
    assert solve.primal_integral(CURVE, 100.0, 1.0) == pytest.approx(100.0)


def test_sooner_compares_both_at_the_plan_of_plain_highs(benchmark_module: Modules) -> None:
    solve = benchmark_module("solve")
    curves = {"tierstock": CURVE, "HiGHS": [(20.0, 200.0, 80.0), (70.0, 120.0, 80.0)]}

    ours = solve.figures(curves, "tierstock", 300.0, 100.0)
    theirs = solve.figures(curves, "HiGHS", 300.0, 100.0)

    assert ours["common_bound"] == theirs["common_bound"] == 99.95
    assert (ours["as_their_60_s"], ours["sooner_60"]) == (2.0, 10.0)
    assert (ours["as_their_last_s"], ours["sooner_last"]) == (math.inf, 0.0)
    assert (theirs["sooner_60"], theirs["sooner_last"]) == (1.0, 1.0)
    assert ours["lp_bound_s"] == 6.0
    assert ours["at_5_s"] == pytest.approx(100 * (200 - 99.95) / 200)
    assert ours["own_at_5_s"] == pytest.approx(100 * (200 - 90) / 200)


def test_a_bound_above_a_plan_is_found_and_a_worse_plan_is_told(benchmark_module: Modules) -> None:
    varied = benchmark_module("varied")

    def way(cost: float, bound: float) -> dict[str, Any]:
        facts: dict[str, Any] = {"columns": 1, "integers": 1, "seconds": 1.0}
        return facts | {"cost": cost, "bound": bound, "gap": (cost - bound) / cost}

    fine = varied.compared("a", 1, {"tierstock": way(99, 90), "HiGHS": way(100, 80)}, 1e-4)
    wrong = varied.compared("a", 1, {"tierstock": way(101, 100), "HiGHS": way(99, 80)}, 1e-4)
    near = varied.compared("a", 1, {"tierstock": way(101, 100), "HiGHS": way(100.5, 80)}, 0.01)
    gone = varied.compared("a", 1, {"tierstock": {"note": "time-out"}, "HiGHS": way(9, 8)}, 1e-4)

    assert (fine["winner"], fine["worse"], fine["bounds"]) == ("tierstock", False, "right")
    assert (wrong["winner"], wrong["worse"], wrong["bounds"]) == ("HiGHS", True, "WRONG")
    assert (near["winner"], near["worse"], near["bounds"]) == ("HiGHS", False, "right")
    assert "winner" not in gone
    assert "time-out" in gone["note"]


def test_no_ratio_is_given_when_the_machine_was_busy(benchmark_module: Modules) -> None:
    build = benchmark_module("build")
    rows: list[dict[str, Any]] = [
        {"way": "tierstock", "total_s": 2.0, "cpu_per_wall": 0.99, "note": ""},
        {"way": "numpy to HiGHS", "total_s": 1.0, "cpu_per_wall": 0.7, "note": ""},
        {"way": "linopy", "total_s": 8.0, "cpu_per_wall": 1.0, "note": ""},
        {"way": "PySCIPOpt", "note": "not installed: pyscipopt"},
    ]

    build.add_ratios(rows)

    assert rows[2]["x_ours"] == 4.0
    assert "x_floor" not in rows[2]
    assert "x_ours" not in rows[1]
    assert rows[1]["note"].startswith("no x_ours: CPU / wall 0.70")
    assert rows[3] == {"way": "PySCIPOpt", "note": "not installed: pyscipopt"}


def test_growth_is_the_exponent_of_a_power(benchmark_module: Modules) -> None:
    harness = benchmark_module("harness")

    assert harness.growth([10, 20, 40], [3.0, 6.0, 12.0]) == pytest.approx(1.0)
    assert harness.growth([1, 2, 4, 8], [1.0, 4.0, 16.0, 64.0]) == pytest.approx(2.0)
    assert math.isnan(harness.growth([5], [1.0]))


def test_the_order_of_ways_goes_round(benchmark_module: Modules) -> None:
    harness = benchmark_module("harness")

    turns = [harness.rotated(["a", "b", "c"], turn) for turn in range(3)]

    assert turns == [["a", "b", "c"], ["b", "c", "a"], ["c", "a", "b"]]
