"""Large models without whole numbers: a plan at once, the optimum by prices, limits kept."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from small import tables

import tierstock as ts
from tests.solvers.test_run import gone
from tierstock.solvers import SolveOptions, drive, effort, linear, rival, run, start
from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.blocks import crew
from tierstock.solvers.blocks.crew import Crew, Offers
from tierstock.solvers.blocks.linear import WITHOUT_PLAN, LinearPriceSearch
from tierstock.solvers.blocks.prices import Mix, Round
from tierstock.solvers.clean import TOLERANCE
from tierstock.solvers.clock import Clock, StopKey
from tierstock.solvers.compile import compile_model
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.effort import DRIED_UP
from tierstock.solvers.order import Outcome
from tierstock.solvers.progress import Progress
from tierstock.solvers.rival import Rival
from tierstock.solvers.solution import Solution
from tierstock.solvers.steady import driver
from tierstock.solvers.worker import Worker

GAP = 1e-4


@pytest.fixture(autouse=True)
def all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "LARGE", 1)
    monkeypatch.setattr(linear, "ALONE_S", 1e9)  # nothing beside the prices that might be sooner


def flows(dock: float = 30.0, products: int = 6) -> Arrays:
    """A DC whose dock all products share, three stores, products of several prices, no trips."""
    names = [f"P{number}" for number in range(products)]
    stores = ("S1", "S2", "S3")
    draw = np.random.default_rng(products)
    sheets = tables(
        Locations=[{"Location": "DC", "Tier": "RDC"}]
        + [{"Location": store, "Tier": "store"} for store in stores],
        Products=[
            {"Product": name, "Unit Value": 10, "Shortage Cost": 20 + 7 * at, "Weight": 1}
            for at, name in enumerate(names)
        ],
        Lanes=[
            {"From": "DC", "To": store, "Lead Time": 0, "Unit Cost": 0.1 * (1 + at)}
            for at, store in enumerate(stores)
        ],
        Demand=[
            {"Location": s, "Product": p, "Period": day, "Quantity": float(draw.integers(0, 6))}
            for s in stores
            for p in names
            for day in range(1, 5)
        ],
        OpeningStock=[{"Location": "DC", "Product": name, "Quantity": 60} for name in names],
        StockCosts=[{"Location": store, "Holding Cost": 1} for store in stores],
        Capacity=[{"Location": "DC", "Kind": "outbound", "Limit": dock, "Dimension": "kg"}],
    )
    return compile_model(ts.build(ts.read(sheets))).arrays


def optimum(arrays: Arrays) -> float:
    """Least cost by HiGHS alone."""
    return solve_arrays(arrays, SolveOptions(gap=0, threads=1, solver="highs")).objective


def by_prices(arrays: Arrays, threads: int = 1, gap: float = GAP, limit: float = 60) -> Solution:
    """The answer of the search, whose log tells that it went by prices."""
    options = SolveOptions(gap=gap, threads=threads, time_limit_s=limit)
    found = solve_arrays(arrays, options)
    assert "prices over" in found.solver_log
    return found


@pytest.mark.parametrize("dock", [5.0, 15.0, 30.0, 1000.0])
@pytest.mark.parametrize("threads", [1, 2])
def test_prices_lead_to_the_optimum(dock: float, threads: int) -> None:
    arrays = flows(dock)
    best, found = optimum(arrays), by_prices(arrays, threads)
    size = 1e-6 * abs(best)
    assert found.quality == "proven" and found.stopped in ("gap", "optimal")
    assert arrays.violation(found.values) <= TOLERANCE
    assert best - size <= found.objective <= best * (1 + GAP) + size
    assert best * (1 - GAP) - size <= found.bound <= best + size


@pytest.mark.parametrize("products", [5, 9, 14])
def test_other_demand_comes_to_the_optimum_too(products: int) -> None:
    arrays = flows(4.0 * products, products)
    best, found = optimum(arrays), by_prices(arrays)
    assert found.quality == "proven"
    assert arrays.violation(found.values) <= TOLERANCE
    assert found.objective == pytest.approx(best, rel=1.1 * GAP)
    assert found.bound <= best * (1 + 1e-9)


def test_a_plan_is_there_when_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    mix = LinearPriceSearch._mix

    def slow(self: LinearPriceSearch, low: Floats, high: Floats) -> Mix | None:
        time.sleep(0.6)
        return mix(self, low, high)

    monkeypatch.setattr(LinearPriceSearch, "_mix", slow)
    arrays = flows()
    found = by_prices(arrays, gap=0.0, limit=1.5)
    assert found.quality == "feasible" and found.stopped == "time"
    assert found.seconds < 1.5 + 1.0
    assert arrays.violation(found.values) <= TOLERANCE
    assert np.isfinite(found.bound) and found.bound < found.objective


def test_the_model_in_one_piece_beside_may_end_it_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear, "ALONE_S", 0.0)
    arrays = flows()
    found = by_prices(arrays, 2, gap=0.0)
    assert found.stopped == "optimal"
    assert found.objective == pytest.approx(optimum(arrays), rel=1e-9)


def test_what_does_not_fall_apart_begins_with_a_plan_in_which_nothing_moves() -> None:
    arrays = flows(products=2)
    found = solve_arrays(arrays, SolveOptions(gap=GAP, threads=1))
    assert start.idle(arrays).violation(found.values) > TOLERANCE  # the answer moves something
    assert linear.STILL in found.solver_log
    assert found.objective == pytest.approx(optimum(arrays))


@pytest.mark.parametrize("products", [2, 6])
def test_a_given_plan_is_what_the_search_begins_with(
    products: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrays = flows(products=products)
    before = solve_arrays(arrays, SolveOptions(gap=0, threads=1, solver="highs"))
    begun: list[Floats | None] = []
    rounds = LinearPriceSearch.rounds

    def watched(self: LinearPriceSearch, known: Floats | None) -> Iterator[Round]:
        begun.append(known)
        return rounds(self, known)

    monkeypatch.setattr(LinearPriceSearch, "rounds", watched)
    options = SolveOptions(gap=GAP, threads=1)
    found = solve_arrays(arrays, options, start=before.values)
    assert found.objective == pytest.approx(before.objective)
    assert found.log[0].incumbent == pytest.approx(before.objective)
    assert linear.STILL not in found.solver_log
    for known in begun:
        assert known is not None
        assert arrays.objective(known) == pytest.approx(before.objective)
    assert bool(begun) == (products == 6)


def test_goods_that_have_to_leave_are_no_reason_to_find_no_plan() -> None:
    arrays = flows()
    still = start.idle(arrays)
    moved = solve_arrays(arrays, SolveOptions(gap=0, threads=1, solver="highs")).values
    sent = (arrays.upper > still.upper) & (moved > 1)
    assert sent.any()
    forced = replace(arrays, lower=np.where(sent, 1.0, arrays.lower))
    found = by_prices(forced)
    assert found.quality == "proven"
    assert forced.violation(found.values) <= TOLERANCE
    assert found.objective == pytest.approx(optimum(forced), rel=1.1 * GAP)


def never() -> Arrays:
    """A dock that has to send more than there is."""
    arrays = flows()
    names = [arrays.row_name(row).split("[")[0] for row in range(arrays.rows)]
    dock = np.array([name == "capacity" for name in names])
    least = np.where(dock, 1e6, arrays.row_lower)
    return replace(arrays, row_lower=least, row_upper=np.where(dock, np.inf, arrays.row_upper))


def test_shared_limits_that_cannot_be_kept_are_called_so() -> None:
    found = solve_arrays(never(), SolveOptions(gap=GAP, threads=1, time_limit_s=60))
    assert found.stopped == "infeasible" and found.quality == "none"


def test_the_model_in_one_piece_tells_the_prices_that_there_is_no_plan(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(linear, "ALONE_S", 0.0)
    asked: list[bool] = []
    mix = LinearPriceSearch._mix

    def slow(self: LinearPriceSearch, low: Floats, high: Floats) -> Mix | None:
        asked.append(True)
        time.sleep(0.3)
        return mix(self, low, high)

    monkeypatch.setattr(LinearPriceSearch, "_mix", slow)
    found = solve_arrays(never(), SolveOptions(gap=GAP, threads=2, time_limit_s=60))
    assert found.stopped == "infeasible" and found.quality == "none"
    assert len(asked) < WITHOUT_PLAN / 2


def test_the_same_answer_on_every_run_where_asked() -> None:
    arrays = flows()
    options = SolveOptions(gap=GAP, threads=2, deterministic=True)
    first, second = (solve_arrays(arrays, options) for _ in range(2))
    assert np.array_equal(first.values, second.values)
    assert first.objective == pytest.approx(optimum(arrays))
    assert "prices over" not in first.solver_log


def test_a_small_model_out_of_time_has_the_plan_in_which_nothing_moves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(start, "LARGE", 10**9)
    arrays = flows()
    late = Outcome("kTimeLimit", "time")
    monkeypatch.setattr(drive.Drive, "_search", lambda *_: late)
    found = solve_arrays(arrays, SolveOptions(gap=0, threads=1))
    assert found.stopped == "time" and found.quality == "feasible"
    assert arrays.violation(found.values) <= TOLERANCE


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks that answer twice, to the first plan and the first prices, then take for ever, as the
    model in one piece does."""
    monkeypatch.setattr(linear, "ALONE_S", 0.0)

    def silent(self: Rival) -> None:
        if not self.began:
            self._start()

    monkeypatch.setattr(Rival, "news", silent)
    solve, calls = Crew.solve, count()

    def slowly(
        self: Crew, cost: Floats, seconds: float, go_on: Callable[[], bool]
    ) -> Offers | None:
        late = next(calls) >= 2
        while late and go_on():
            time.sleep(0.01)
        return solve(self, cost, seconds, go_on)

    monkeypatch.setattr(Crew, "solve", slowly)


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[Worker]:
    """Every solver process of a solve."""
    made: list[Worker] = []

    class Noted(Worker):
        def __init__(self, memory_mb: int | None = None, *, behind: bool = False) -> None:
            super().__init__(memory_mb, behind=behind)
            made.append(self)

    for module in (crew, start, rival, run):
        monkeypatch.setattr(module, "Worker", Noted)
    return made


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.usefixtures("endless")
def test_the_stop_key_keeps_the_plan_and_leaves_nothing_running(
    threads: int, workers: list[Worker]
) -> None:
    arrays, seen = flows(), []
    options = SolveOptions(gap=0.0, threads=threads, time_limit_s=60)
    with StopKey() as stop:

        def press(progress: Progress) -> None:
            if math.isfinite(progress.incumbent):
                seen.append(progress.incumbent)
                if len(seen) == 4:  # a round goes on
                    stop.press()

        found = driver(arrays, options, Clock(options, arrays, stop), press).go()
        assert time.monotonic() - stop.pressed_at < 5.0
    assert (found.stopped, found.quality) == ("user", "feasible")
    assert found.objective <= min(seen) and arrays.violation(found.values) <= TOLERANCE
    assert len(workers) >= 2 + threads and all(gone(one.pid) for one in workers)


@pytest.mark.usefixtures("endless")
def test_a_quick_search_ends_within_a_round(
    monkeypatch: pytest.MonkeyPatch, workers: list[Worker]
) -> None:
    monkeypatch.setattr(effort, "EARLIEST_S", 1.0)
    options = SolveOptions(gap=0.0, threads=1, time_limit_s=60, effort="quick")
    found = solve_arrays(flows(), options)
    assert (found.stopped, found.quality) == ("time", "feasible")
    assert DRIED_UP in found.attempts and found.seconds < 30
    assert workers and all(gone(one.pid) for one in workers)


@pytest.mark.parametrize("threads", [1, 2])
def test_no_process_is_left_after_the_end(
    threads: int, monkeypatch: pytest.MonkeyPatch, workers: list[Worker]
) -> None:
    monkeypatch.setattr(linear, "ALONE_S", 0.0)
    assert by_prices(flows(), threads).quality == "proven"
    assert workers and all(gone(one.pid) for one in workers)
