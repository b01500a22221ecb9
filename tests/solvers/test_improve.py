"""A plan is made cheaper place by place; every answer is worked out by hand."""

import math
import threading
import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from small import demand, model
from small_arrays import dense

from tierstock.solvers import SolveOptions, ahead, large, start
from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.clean import TOLERANCE
from tierstock.solvers.compile import compile_model
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.improve import places
from tierstock.solvers.improve import search as search_
from tierstock.solvers.improve.changes import Change, added, unpacked
from tierstock.solvers.improve.local import FAILS, LocalPlan
from tierstock.solvers.improve.matrix import Matrix
from tierstock.solvers.improve.places import Places
from tierstock.solvers.improve.search import Search
from tierstock.solvers.improve.seek import seek
from tierstock.solvers.partner import Partner, balanced
from tierstock.solvers.wire import Message


def vans(*wanted: float) -> Arrays:
    """A DC with enough tea, a store, and vans of 8 units at 10 each; a unit kept a day costs 1."""
    m = model(
        Locations=[{"Location": "DC", "Tier": "RDC"}, {"Location": "S1", "Tier": "store"}],
        Products=[{"Product": "tea", "Unit Value": 0, "Shortage Cost": 100, "Weight": 1}],
        Lanes=[{"From": "DC", "To": "S1", "Lead Time": 0, "Vehicle": "van"}],
        Demand=demand("S1", "tea", *wanted),
        OpeningStock=[{"Location": "DC", "Product": "tea", "Quantity": 50}],
        StockCosts=[
            {"Location": "S1", "Holding Cost": 1},
            {"Location": "DC", "Holding Cost": 0},
        ],
        Vehicles=[{"Vehicle": "van", "Max Weight": 8, "Cost Per Trip": 10}],
    )
    return compile_model(m).arrays


def with_trips(arrays: Arrays, *trips: float) -> Floats:
    """The best plan with these trips, from a linear program of its own."""
    values = np.zeros(arrays.columns)
    values[arrays.integer] = trips
    plan = solve_arrays(arrays.fixed(values), SolveOptions(gap=0)).values
    return np.where(arrays.integer, values, plan)


def improved(arrays: Arrays, begin: Floats, *, deep: bool, fails: int = FAILS) -> float:
    """Cost after all columns were looked at at once."""
    matrix = Matrix({name: getattr(arrays, name) for name in arrays.NAMES})
    part = matrix.part(np.arange(arrays.columns), begin)
    found = LocalPlan(matrix, part, begin, 10.0).improve(deep=deep, fails=fails)
    assert arrays.violation(found.values) <= TOLERANCE
    assert found.gain == pytest.approx(arrays.objective(begin) - arrays.objective(found.values))
    return arrays.objective(found.values)


def test_a_trip_that_another_can_take_along_is_dropped() -> None:
    arrays = vans(4, 4)
    begin = with_trips(arrays, 1, 1)
    assert arrays.objective(begin) == 20.0
    assert improved(arrays, begin, deep=False) == pytest.approx(14.0)  # a van, 4 kept a day


def test_a_trip_that_pays_is_put_in() -> None:
    arrays = vans(4, 4)
    begin = with_trips(arrays, 0, 0)
    assert arrays.objective(begin) == 800.0
    assert improved(arrays, begin, deep=False) == pytest.approx(14.0)


def test_a_trip_on_another_day_takes_two_moves_at_once() -> None:
    arrays = vans(4, 4, 2)
    begin = with_trips(arrays, 1, 0, 1)
    assert arrays.objective(begin) == 24.0  # two vans, 4 kept a day
    assert improved(arrays, begin, deep=False) == 24.0
    assert improved(arrays, begin, deep=True) == pytest.approx(22.0)  # days 1 and 2, 2 kept a day


def places_of(arrays: Arrays, matrix: Matrix) -> Places:
    label = {name: one.astype(np.int64) for name, one in balanced(arrays).items()}
    return Places(matrix, label["place"], label["period"])


def test_the_empty_trip_is_taken_back_first_also_where_all_vehicles_are_on_the_road() -> None:
    """Of 9 units 8 go by the full trip for 30, one by mail, which takes 2 at most, for 1.

    At the margin the full trip saves 30 less 8 by mail, more than the 10 of the empty one, but
    without it 7 units are lost. One move that fails is all that is tried.
    """
    arrays = dense(
        cost=[30, 10, 0, 1, 100],  # full trip, empty trip, what goes by the full one, mail, lost
        matrix=[[8, 0, -1, 0, 0], [0, 8, 0, 0, 0], [1, 1, 0, 0, 0], [0, 0, 1, 1, 1]],
        row_lower=[0, 0, -math.inf, 9],
        row_upper=[math.inf, math.inf, 2, 9],
        upper=[2, 2, math.inf, 2, math.inf],
        integer=[True, True, False, False, False],
    )
    begin = np.array([1.0, 1.0, 8.0, 1.0, 0.0])
    assert arrays.objective(begin) == 41.0
    assert improved(arrays, begin, deep=False, fails=1) == pytest.approx(31.0)


def test_what_belongs_to_a_place() -> None:
    arrays = vans(4, 4)
    matrix = Matrix({name: getattr(arrays, name) for name in arrays.NAMES})
    places = places_of(arrays, matrix)
    store = next(
        site
        for site in map(places.site, range(places.count))
        if any("lost[S1" in arrays.column_name(int(c)) for c in site.columns)
    )
    names = {arrays.column_name(int(column)).partition("[")[0] for column in store.columns}
    assert names == {"flow", "stock", "lost", "trips"}
    assert len(store.neighbours) == 1 and not store.hub


def test_a_large_place_is_looked_at_in_windows_of_periods() -> None:
    arrays = vans(4, 4, 2, 2)
    matrix = Matrix({name: getattr(arrays, name) for name in arrays.NAMES})
    columns = np.arange(arrays.columns)
    half = len(columns) // 2
    one, two = places_of(arrays, matrix).windows(columns, half)
    assert np.union1d(one, two).tolist() == columns.tolist() and not set(one) & set(two)
    days = [
        {arrays.column_name(int(c)).rpartition(" ")[2].strip("]") for c in some}
        for some in (one, two)
    ]
    assert days == [{"1", "2"}, {"3", "4"}]
    whole = places_of(arrays, matrix).windows(columns, len(columns))
    assert [some.tolist() for some in whole] == [columns.tolist()]


def test_columns_of_which_no_period_is_known_are_in_one_window() -> None:
    arrays = replace(vans(4, 4), period=None)
    matrix = Matrix({name: getattr(arrays, name) for name in arrays.NAMES})
    columns = np.arange(arrays.columns)
    some = places_of(arrays, matrix).windows(columns, 4)
    assert [one.tolist() for one in some if len(one)] == [columns.tolist()]


def test_a_part_holds_the_rest_still() -> None:
    arrays = vans(4, 4)
    begin = with_trips(arrays, 1, 1)
    matrix = Matrix({name: getattr(arrays, name) for name in arrays.NAMES})
    columns = np.flatnonzero(~arrays.integer)
    part = matrix.part(columns, begin)
    inside = np.zeros(len(part.rows))
    np.add.at(
        inside,
        np.repeat(np.arange(len(part.rows)), np.diff(part.starts)),
        part.value * begin[columns][part.index],
    )
    assert (inside >= part.row_lower - 1e-9).all() and (inside <= part.row_upper + 1e-9).all()
    capacity = [row for row in part.rows if "vehicle_load" in arrays.row_name(int(row))]
    at = np.searchsorted(part.rows, capacity)
    assert part.row_upper[at].tolist() == [8.0, 8.0]


class Heard:
    """A connection that keeps what it is told."""

    def __init__(self, other: Floats | None = None, heard: int = 0) -> None:
        self.stop = threading.Event()
        self.told: list[tuple[str, dict[str, Any]]] = []
        self.changes: list[list[Change]] = []
        self._other = (
            other if other is None else Message("plan", {"heard": heard}, {"values": other})
        )

    def send(self, kind: str, facts: dict[str, Any], arrays: dict[str, Any] | None = None) -> None:
        self.told.append((kind, facts))
        if arrays:
            self.changes.append(unpacked(arrays))

    def given(self) -> Message | None:
        other, self._other = self._other, None
        return other


def sought(
    arrays: Arrays, begin: Floats, line: Heard, seconds: float = 5.0, *, anew: bool = False
) -> list[float]:
    """Cost each time something was told."""
    held = {name: getattr(arrays, name) for name in arrays.NAMES}
    held |= {**balanced(arrays), "start": begin}
    order = {"seconds": seconds, "seed": 0, "first": True, "anew": anew}
    seek(held, {"sense": arrays.sense}, order, line)
    assert line.told[-1][0] == "result"
    values, costs = begin.copy(), []
    for told in line.changes:
        for change in told:
            values[change.columns] += change.by
        assert arrays.violation(values) <= TOLERANCE
        costs.append(arrays.objective(values))
    return costs


@pytest.mark.parametrize("window", [4, 6_000])
def test_the_search_ends_with_the_best_plan(monkeypatch: pytest.MonkeyPatch, window: int) -> None:
    monkeypatch.setattr(search_, "WINDOW", window)
    arrays = vans(4, 4, 2, 4)
    costs = sought(arrays, with_trips(arrays, 1, 1, 1, 1), Heard())
    assert costs[-1] == pytest.approx(28.0)  # vans on days 1 and 3, 4 kept a day twice
    best = solve_arrays(arrays, SolveOptions(gap=0)).objective
    assert costs[-1] == pytest.approx(best)


def test_two_stores_that_share_a_dock_change_their_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dock of 8 units a day: a full van to S1 today makes room for a full one to S2 tomorrow.

    Four vans half full cost 40, and 4 units wait a day at S2 for 2; two full ones cost 20, and 4
    wait at S1 for 4. With what goes to the other store held still no full van has room.
    """
    monkeypatch.setattr(places, "HUB", 1)
    stores = ("S1", "S2")
    m = model(
        Locations=[{"Location": "DC", "Tier": "RDC"}]
        + [{"Location": one, "Tier": "store"} for one in stores],
        Products=[{"Product": "tea", "Unit Value": 0, "Shortage Cost": 100, "Weight": 1}],
        Lanes=[{"From": "DC", "To": one, "Lead Time": 0, "Vehicle": "van"} for one in stores],
        Demand=[*demand("S1", "tea", 4, 4), *demand("S2", "tea", 0, 8)],
        OpeningStock=[{"Location": "DC", "Product": "tea", "Quantity": 50}],
        StockCosts=[
            {"Location": "S1", "Holding Cost": 1},
            {"Location": "S2", "Holding Cost": 0.5},
            {"Location": "DC", "Holding Cost": 0},
        ],
        Vehicles=[{"Vehicle": "van", "Max Weight": 8, "Cost Per Trip": 10}],
        Capacity=[{"Location": "DC", "Kind": "outbound", "Limit": 8, "Dimension": "kg"}],
    )
    arrays = compile_model(m).arrays
    begin = with_trips(arrays, 1, 1, 1, 1)
    assert arrays.objective(begin) == 42.0
    assert sought(arrays, begin, Heard())[-1] == pytest.approx(24.0)

    monkeypatch.setattr(search_, "MATES", 0)
    assert sought(arrays, begin, Heard()) == []


def test_a_change_is_added_where_the_plan_stays_one_and_gets_cheaper() -> None:
    arrays = dense([1, 1], [[1, 1]], [5], math.inf, upper=[9, 9], integer=True)
    matrix = Matrix({name: getattr(arrays, name) for name in arrays.NAMES})
    values = np.array([4.0, 4.0])
    for by, after in ((-3.0, 1.0), (-1.0, 1.0), (1.0, 1.0)):
        made = added(matrix, values, Change(np.array([0]), np.array([by])))
        assert (made is not None) == (by == -3.0)
        assert values.tolist() == [after, 4.0]  # below 5 together is no plan, more is dearer


def test_what_is_added_is_whole_within_bounds_and_zero_where_it_comes_near_it() -> None:
    arrays = dense([1, 1, 1], [[1, 1, 1]], [-9], 9, upper=9, integer=[True, False, False])
    matrix = Matrix({name: getattr(arrays, name) for name in arrays.NAMES})
    values = np.array([3.0, 1.0, 1.0])
    made = added(matrix, values, Change(np.arange(3), np.array([-1 + 1e-7, -1 + 1e-10, -1 - 1e-7])))
    assert made is not None and made.by.tolist() == [-1.0, -1.0, -1.0]
    assert values.tolist() == [2.0, 0.0, 0.0]


def test_what_was_not_heard_elsewhere_is_added_to_the_plan_from_there() -> None:
    """Of two changes the first was heard and not taken; the others go on top of the plan."""
    arrays = dense([1, 1, 1], [[1, 1, 1]], [4], math.inf, upper=[9, 9, 9], integer=True)
    matrix = Matrix({name: getattr(arrays, name) for name in arrays.NAMES})
    line = Heard(other=np.array([4.0, 4.0, 2.0]), heard=1)
    label = np.full(1, -1, dtype=np.int32)
    held = {"place": label, "period": label, "start": np.array([4.0, 4.0, 4.0])}
    search = Search(matrix, held, {"seed": 0}, line)
    for column in (0, 1):
        assert search.keep(Change(np.array([column]), np.array([-1.0])))
    search.tell(at_once=True)
    search.keep(Change(np.array([2]), np.array([-1.0])))
    search.listen()
    assert search.values.tolist() == [4.0, 3.0, 1.0]


def test_a_better_plan_from_elsewhere_is_taken_up() -> None:
    arrays = vans(4, 4)
    line = Heard(other=with_trips(arrays, 1, 0))
    assert sought(arrays, with_trips(arrays, 1, 1), line) == []  # nothing better than that one


def test_nothing_is_sought_without_time_or_after_a_stop() -> None:
    arrays = vans(4, 4)
    begin = with_trips(arrays, 1, 1)
    assert sought(arrays, begin, Heard(), seconds=0.0) == []
    stopped = Heard()
    stopped.stop.set()
    assert sought(arrays, begin, stopped) == []


def test_the_partner_sends_its_changes_and_says_of_how_many_it_has_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arrays = vans(4, 4)
    begin = with_trips(arrays, 1, 1)
    until = time.monotonic() + 30
    with Partner(arrays, begin, 0, 20.0, None) as partner:
        found: list[Change] = []
        while not (found and partner.looked) and time.monotonic() < until:
            found += partner.news()
            time.sleep(0.02)
        sent: list[tuple[str, dict[str, Any]]] = []
        monkeypatch.setattr(partner, "send", lambda kind, facts, _: sent.append((kind, facts)))
        partner.tell(begin)
        assert sent == [("plan", {"heard": len(found)})]
    values = begin.copy()
    for change in found:
        values[change.columns] += change.by
    assert arrays.objective(values) == pytest.approx(14.0)


def test_a_large_model_is_solved_with_a_partner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "LARGE", 1)
    monkeypatch.setattr(ahead, "SHARE", 0.0)  # no search of HiGHS that ends it all at once
    arrays = vans(4, 4, 2, 4, 4, 3)
    alone = solve_arrays(arrays, SolveOptions(gap=0, threads=1))
    beside = solve_arrays(arrays, SolveOptions(gap=0, threads=2, time_limit_s=30))
    assert beside.quality == "proven"
    assert beside.objective == pytest.approx(alone.objective)


class Eager:
    """A team that has the best plan when it is asked to go on beside the search."""

    busy, known, exact, bound, least_gain = 0, True, True, None, 0.0

    def __init__(self, plan: Floats) -> None:
        self._plan: Floats | None = plan
        self._asked = False

    def __enter__(self) -> "Eager":
        return self

    def __exit__(self, *_: object) -> None:
        return

    def spread(self, size: int, plan: Floats, seconds: float) -> None:
        self._asked = True

    def news(self) -> Floats | None:
        if not self._asked:
            return None
        plan, self._plan = self._plan, None
        return plan

    def offer(self, values: Floats) -> None:
        return


def test_the_plan_of_the_team_is_published_where_it_is_the_best(
    endless: Arrays, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = solve_arrays(endless, SolveOptions(gap=0, time_limit_s=4, threads=1))
    monkeypatch.setattr(start, "LARGE", 1)
    monkeypatch.setattr(ahead, "SHARE", 0.0)  # no search of HiGHS that ends it all at once
    monkeypatch.setattr(large, "Team", lambda *_: Eager(long.values))
    found = solve_arrays(endless, SolveOptions(gap=0, time_limit_s=1, threads=2))
    assert found.objective * endless.sense <= long.objective * endless.sense + 1e-9
    assert found.exact and math.isfinite(found.bound)
