"""The bound from prices between products, against the relaxation in one piece."""

from dataclasses import replace
from typing import cast

import highspy
import numpy as np
import pyomo.environ as pyo
import pytest
from in_one_process import Here
from small import tables

import tierstock as ts
from tierstock.model import build_model
from tierstock.model.strength import Strength
from tierstock.solvers import SolveOptions, ahead, start
from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.blocks import crew
from tierstock.solvers.blocks.carry import carried, needed
from tierstock.solvers.blocks.crew import Crew
from tierstock.solvers.blocks.prices import CLOSE, PriceSearch, Round
from tierstock.solvers.blocks.sites import Sites
from tierstock.solvers.blocks.split import SHARED, Split, split
from tierstock.solvers.clean import TOLERANCE
from tierstock.solvers.compile import compile_model
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.worker import Worker

STORES, DAYS = ("S1", "S2", "S3"), 4


def network(products: int = 6, dock: float = 30.0, vans: bool = True) -> Arrays:
    """The rows and columns of ``planned``."""
    return compile_model(planned(products, dock, vans)).arrays


def planned(products: int = 6, dock: float = 30.0, vans: bool = True) -> pyo.ConcreteModel:
    """A DC with a narrow dock, three stores, vans of 8 units, and products of several prices.

    Without the rows that cut off parts of trips, as where trips carry much.
    """
    names = [f"P{number}" for number in range(products)]
    draw = np.random.default_rng(products)
    rows = [
        {"Location": s, "Product": p, "Period": day + 1, "Quantity": float(draw.integers(0, 6))}
        for s in STORES
        for p in names
        for day in range(DAYS)
    ]
    sheets = tables(
        Locations=[{"Location": "DC", "Tier": "RDC"}]
        + [{"Location": s, "Tier": "store"} for s in STORES],
        Products=[
            {"Product": p, "Unit Value": 10, "Shortage Cost": 20 + 7 * at, "Weight": 1}
            for at, p in enumerate(names)
        ],
        Lanes=[
            {"From": "DC", "To": s, "Lead Time": 0, "Unit Cost": 0.1}
            | ({"Vehicle": "van"} if vans else {})
            for s in STORES
        ],
        Demand=rows,
        OpeningStock=[{"Location": "DC", "Product": p, "Quantity": 60} for p in names],
        StockCosts=[{"Location": s, "Holding Cost": 1} for s in STORES],
        Capacity=[{"Location": "DC", "Kind": "outbound", "Limit": dock, "Dimension": "kg"}],
        **(
            {"Vehicles": [{"Vehicle": "van", "Max Weight": 8, "Cost Per Trip": 10}]} if vans else {}
        ),
    )
    return build_model(ts.read(sheets), strength=Strength(windows=False, trucks=False))


def relaxed_optimum(arrays: Arrays) -> float:
    """Least cost without whole numbers, by HiGHS in one piece."""
    return solve_arrays(start.relaxed(arrays), SolveOptions(gap=0, threads=1)).objective


def rounds(arrays: Arrays, parts: Split, known: Floats | None = None) -> list[Round]:
    """All rounds of prices, in this process."""
    with Crew(arrays, parts, 2, None) as hands:
        prices = PriceSearch(arrays, parts, hands, cast(Worker, Here()), lambda: True, lambda: 60.0)
        return list(prices.rounds(known))


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "Worker", Here)


def test_each_product_is_a_block_and_what_they_share_is_none() -> None:
    arrays = network()
    parts = split(arrays)
    assert parts is not None and parts.count == 6
    shared = {
        arrays.column_name(int(j)).split("[")[0] for j in np.flatnonzero(parts.block == SHARED)
    }
    assert shared == {"trips"}
    open_ = {arrays.row_name(int(r)).split("[")[0] for r in parts.open_rows}
    assert open_ == {"capacity"}


def test_a_trip_prices_what_it_carries_by_its_cost() -> None:
    arrays = network()
    parts = split(arrays)
    assert parts is not None
    assert parts.pinned[arrays.integer].all()
    assert np.unique(np.abs(parts.price[parts.price != 0])).tolist() == [10 / 8]


def test_bounds_rise_to_the_relaxation_and_plans_keep_all_rows() -> None:
    arrays = network()
    parts, optimum = split(arrays), relaxed_optimum(arrays)
    assert parts is not None
    known = solve_arrays(start.idle(arrays), SolveOptions(gap=0, threads=1)).values
    found = rounds(arrays, parts, known)
    bounds = [one.bound for one in found]
    assert bounds == sorted(bounds)
    assert bounds[0] < optimum - 1  # the dock is narrow: without its price the bound is low
    assert found[-1].done
    assert optimum * (1 - 1.01 * CLOSE) <= bounds[-1] <= optimum * (1 + 1e-9)
    plans = [carried(arrays, parts, one.values) for one in found if one.values is not None]
    assert len(plans) >= 2
    for plan in plans:
        assert arrays.violation(plan) <= TOLERANCE
        assert np.array_equal(plan[arrays.integer], np.rint(plan[arrays.integer]))
        assert arrays.objective(plan) >= bounds[-1]


def test_trips_that_cannot_carry_the_load_get_a_price_of_their_own() -> None:
    arrays = network()
    arrays = replace(arrays, upper=np.where(arrays.integer, 1.0, arrays.upper))
    parts, optimum = split(arrays), relaxed_optimum(arrays)
    assert parts is not None
    first = rounds(arrays, parts)[-1]
    assert first.values is not None
    rows = parts.overloaded(arrays, first.values)
    assert len(rows) > 0 and first.bound < optimum * (1 - 1e-3)
    while len(rows):
        parts = parts.opened(arrays, rows)
        last = rounds(arrays, parts)[-1]
        assert last.done and last.values is not None
        rows = parts.overloaded(arrays, last.values)
    assert optimum * (1 - 1.01 * CLOSE) <= last.bound <= optimum * (1 + 1e-9)


def test_whole_trips_to_a_place_raise_the_bound() -> None:
    arrays = network()
    parts = split(arrays)
    assert parts is not None
    last = rounds(arrays, parts)[-1]
    assert check_sites(arrays, parts, last) > 0.005 * abs(last.bound)


def test_a_model_of_few_products_or_none_is_not_taken_apart() -> None:
    parts = split(network(products=2))
    assert parts is not None and not parts.worthwhile
    assert split(replace(network(), product=None)) is None


def test_a_model_is_taken_apart_with_a_balance_switched_off() -> None:
    m = planned(products=6)
    m.stock_balance["S1", "P0", "2"].deactivate()
    parts = split(compile_model(m).arrays)
    assert parts is not None and parts.count == 6


def test_a_large_model_is_opened_by_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "LARGE", 1)
    monkeypatch.setattr(ahead, "SHARE", 0.0)  # no search of HiGHS that ends it all at once
    monkeypatch.setattr(crew, "Worker", Worker)
    arrays = network()
    alone = solve_arrays(arrays, SolveOptions(gap=0, threads=1, solver="highs"))
    for threads in (1, 2):
        found = solve_arrays(arrays, SolveOptions(gap=0, threads=threads, time_limit_s=60))
        assert found.quality == "proven"
        assert found.objective == pytest.approx(alone.objective)


def check_random(seed: int) -> bool:
    """Bounds of a random network with all its families; whether it has several blocks."""
    from in_process import frames
    from random_networks import drawn

    arrays = compile_model(ts.build(ts.read(frames(drawn(seed).short)))).arrays
    parts = split(arrays)
    if parts is None or parts.count < 2:
        return False
    optimum = one_piece(arrays)
    if np.isinf(optimum):
        return False
    again = True
    while again:
        found = rounds(arrays, parts)
        size = 1e-6 * max(1.0, abs(optimum))
        assert all(arrays.sense * (one.bound - optimum) <= size for one in found), seed
        again = False
        if found and found[-1].done and found[-1].values is not None:
            rows = parts.overloaded(arrays, found[-1].values)
            again = len(rows) > 0
            if again:
                parts = parts.opened(arrays, rows)
            else:
                scale = max(1.0, abs(optimum), abs(optimum - arrays.offset))
                near = 1.01 * CLOSE * scale  # a share of what is decided
                assert found[-1].bound == pytest.approx(optimum, abs=near), seed
                if arrays.whole:
                    check_sites(arrays, parts, found[-1])
    return True


def check_sites(arrays: Arrays, parts: Split, last: Round) -> float:
    """The bound with whole trips at each place on its own; never above the optimum."""
    assert last.dual is not None and last.values is not None
    sites = Sites(arrays, last.dual, needed(arrays, parts, last.values))
    plain = arrays.sense * (last.bound - arrays.offset)
    assert sites.bound == pytest.approx(plain, rel=1e-6, abs=1e-6)
    gains = [one_piece(one.program, whole=True) - one.worth for one in sites.all(10_000)]
    assert all(gain >= -1e-6 * max(1.0, abs(plain)) for gain in gains)
    optimum = arrays.sense * (one_piece(arrays, whole=True) - arrays.offset)
    assert sites.bound + sum(gains) <= optimum + 1e-6 * max(1.0, abs(optimum))
    return sum(gains)


def one_piece(arrays: Arrays, *, whole: bool = False) -> float:
    """Optimum, with whole numbers or relaxed, by HiGHS in this process; infinite for none."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.passModel(
        arrays.columns,
        arrays.rows,
        arrays.nonzeros,
        2,
        arrays.sense,
        arrays.offset,
        arrays.cost,
        arrays.lower,
        arrays.upper,
        arrays.row_lower,
        arrays.row_upper,
        arrays.starts,
        arrays.index,
        arrays.value,
        (arrays.integer & whole).astype(np.int32),
    )
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return arrays.sense * np.inf
    assert status == highspy.HighsModelStatus.kOptimal
    return float(solver.getObjectiveValue())


def test_bounds_of_random_networks_are_valid() -> None:
    assert sum(check_random(seed) for seed in range(24, 42)) >= 3


@pytest.mark.slow
def test_bounds_of_many_random_networks_are_valid() -> None:
    """About five minutes: ``pytest -m slow tests/solvers/test_blocks.py``."""
    assert sum(check_random(seed) for seed in range(60, 1060)) >= 100
