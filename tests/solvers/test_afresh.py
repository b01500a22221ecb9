"""Plans made anew from relaxations; every answer is worked out by hand."""

import math
import time
from dataclasses import replace

import numpy as np
import pytest
from small_arrays import dense

from tests.solvers.test_improve import Heard, sought, vans, with_trips
from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.clean import TOLERANCE
from tierstock.solvers.improve import seek
from tierstock.solvers.improve.afresh import Afresh
from tierstock.solvers.improve.changes import Change
from tierstock.solvers.improve.matrix import Matrix
from tierstock.solvers.improve.seek import Wide


def fresh(arrays: Arrays, most_s: float = 10.0) -> Afresh:
    held = {name: getattr(arrays, name) for name in arrays.NAMES}
    matrix = Matrix(held | {"cost": arrays.cost * arrays.sense})
    return Afresh(matrix, np.random.default_rng(0), most_s)


def three_hubs() -> Arrays:
    """10 units through hubs: two of 5 units that open for 10 each, or one of 10 units for 12."""
    through = [[1, 1, 1, 0, 0, 0], [1, 0, 0, -5, 0, 0], [0, 1, 0, 0, -5, 0], [0, 0, 1, 0, 0, -10]]
    cost, whole = [0, 0, 0, 10, 10, 12], [False] * 3 + [True] * 3
    limits = [10, -math.inf, -math.inf, -math.inf], [10, 0, 0, 0]
    return dense(cost, through, *limits, upper=[10, 10, 10, 1, 1, 1], integer=whole)


def with_hubs(first: float, second: float, third: float) -> Floats:
    return np.array([5.0 * first, 5 * second, 10 * third, first, second, third])


def test_a_whole_plan_is_made_from_nothing() -> None:
    arrays = vans(4, 4, 2, 4)
    made = fresh(arrays).whole()
    assert made is not None
    assert arrays.violation(made) <= TOLERANCE
    assert arrays.objective(made) == pytest.approx(28.0)  # as in test_improve: vans on days 1 and 3


def test_what_is_used_in_part_is_dearer_next_time() -> None:
    """3 units in a truck of 10 for 10, or in a van of 3 for 4: a part of the truck costs 3, a whole
    one 10. Priced by its use, 33, it is dearer than the van. No single move leads from one to the
    other."""
    rows = [[1, 1, 0, 0], [1, 0, -10, 0], [0, 1, 0, -3]]
    limits = [3, -math.inf, -math.inf], [3, 0, 0]
    whole = [False, False, True, True]
    arrays = dense([0, 0, 10, 4], rows, *limits, upper=[9, 9, 1, 1], integer=whole)
    one = fresh(arrays)
    made = [one.whole() for _ in range(2)]
    assert [arrays.objective(plan) for plan in made if plan is not None] == [10.0, 4.0]


def test_a_part_of_a_plan_is_made_anew() -> None:
    arrays = vans(4, 4, 2, 4)
    begin = with_trips(arrays, 1, 1, 1, 1)
    one = fresh(arrays)
    for share in (0.25, 0.5, 1.0):
        made = one.partly(begin, share)
        assert made is not None and arrays.violation(made) <= TOLERANCE
        assert 28.0 - 1e-6 <= arrays.objective(made) < arrays.objective(begin)


def test_whole_numbers_in_equations_are_rounded_down_where_up_is_too_much() -> None:
    """Cases of 5 of at most 12 units that each earn 1; to send any a van of 10 units has to go.

    All rounded up there are 15 units, all rounded down there is no van for the 4 that must go.
    """
    rows = [[1, -5, 0], [1, 0, -10], [1, 0, 0]]
    limits = [0, -math.inf, 4], [0, 0, 12]
    arrays = dense([-1, 0, 2], rows, *limits, upper=[12, 9, 9], integer=[False, True, True])
    made = fresh(arrays).whole()
    assert made is not None
    assert made.tolist() == [10.0, 2.0, 1.0]


def test_without_time_or_whole_numbers_nothing_is_made() -> None:
    assert not fresh(dense([1, 1], [[1, 1]], [3], 9)).possible
    late = fresh(three_hubs(), 0.0)
    assert late.possible and late.whole() is None and not late.possible


def test_where_rounding_gives_no_plan_there_is_none() -> None:
    """Twice a whole number is 3."""
    assert fresh(dense([1], [[2]], [3], 3, integer=True)).whole() is None


def test_the_search_finds_what_no_move_from_the_plan_leads_to() -> None:
    """One hub instead of two: it has to open before both others close."""
    arrays, begin = three_hubs(), with_hubs(1, 1, 0)
    assert arrays.objective(begin) == 20.0
    assert sought(arrays, begin, Heard()) == []
    began = time.monotonic()
    assert sought(arrays, begin, Heard(), 60.0, anew=True)[-1] == pytest.approx(12.0)
    assert time.monotonic() - began < 50.0  # it ends by itself


def test_in_models_that_maximise_the_gain_grows() -> None:
    arrays = three_hubs()
    turned = replace(arrays, cost=-arrays.cost, sense=-1)
    assert sought(turned, with_hubs(1, 1, 0), Heard(), anew=True)[-1] == pytest.approx(-12.0)


def wide(arrays: Arrays, begin: Floats, line: Heard) -> Wide:
    held = {name: getattr(arrays, name) for name in arrays.NAMES}
    label = np.full(arrays.rows, -1, dtype=np.int32)
    held |= {"place": label, "period": label, "start": begin}
    return Wide(Matrix(held), held, {"seed": 0}, line)


def test_a_plan_made_anew_is_kept_beside_a_dearer_one_from_elsewhere() -> None:
    """It is no change of that plan; told as one, it arrives there all the same."""
    other, line = with_hubs(1, 1, 0), Heard(other=with_hubs(1, 1, 0), heard=1)
    search = wide(three_hubs(), with_hubs(0, 0, 1), line)
    assert search.listen()
    search.tell(at_once=True)
    assert search.values.tolist() == with_hubs(0, 0, 1).tolist()
    ((change,),) = line.changes
    other[change.columns] += change.by
    assert other.tolist() == with_hubs(0, 0, 1).tolist()


def test_without_memory_for_relaxations_places_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def starved(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(seek, "Afresh", starved)
    arrays = vans(4, 4)
    costs = sought(arrays, with_trips(arrays, 1, 1), Heard(), anew=True)
    assert costs[-1] == pytest.approx(14.0)


def test_what_was_found_before_is_told_before_a_plan_is_made_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Making one may take long, and time may end meanwhile."""
    line = Heard()
    search = wide(three_hubs(), with_hubs(1, 1, 1), line)
    search.tell(at_once=True)
    told: list[int] = []
    monkeypatch.setattr(Afresh, "whole", lambda _: told.append(len(line.changes)))
    assert search.keep(Change(np.arange(6), with_hubs(0, 0, 1) - with_hubs(1, 1, 1)))
    search.go(time.monotonic() + 10.0)
    assert told and told[0] == 1
