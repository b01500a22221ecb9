"""What leaving a move out costs, on models small enough to say it."""

import time
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from small_arrays import dense, three_trucks

from tierstock.solvers import leaving_out
from tierstock.solvers.by_column import ByColumn
from tierstock.solvers.leaving_out import LeavingOut, Without, tied
from tierstock.solvers.prices import Prices

NOTHING = np.zeros(0, dtype=np.int64)


def test_columns_and_rows_are_those_of_the_matrix() -> None:
    matrix = np.array([[1.0, 0.0, 2.0], [0.0, 0.0, 3.0], [4.0, 0.0, 0.0]])
    look = ByColumn(dense([0, 0, 0], matrix, 0, 1))

    which, row, value = look.entries(np.array([2, 1, 0]))

    assert which.tolist() == [0, 0, 2, 2]
    assert row.tolist() == [0, 1, 0, 2]
    assert value.tolist() == [2.0, 3.0, 1.0, 4.0]
    assert look.columns_in(np.array([2, 0])).tolist() == [0, 2]
    assert look.columns_in(NOTHING).tolist() == []


def test_the_trucks_of_a_move_go_with_it() -> None:
    """Carry up to 20 units worth 9 each; three trucks at 5 are not driven without them."""
    trucks = dense(
        [1, 5, 9], [[1, 0, 1], [1, -8, 0]], [20, -np.inf], [20, 0], integer=[False, True, False]
    )
    leaving = LeavingOut(Prices(trucks, np.array([20.0, 3.0, 0.0])))

    near, least = leaving.lowered(np.array([0]))

    assert near.tolist() == [1]
    assert least.tolist() == [0.0]
    assert leaving.cost(Without(np.array([0]), NOTHING), 0.0) == pytest.approx(180 - 35)


def test_where_nothing_is_left_to_do_it_costs_without_limit() -> None:
    leaving = LeavingOut(Prices(three_trucks(), np.array([20.0, 3.0])))

    assert leaving.cost(Without(np.array([0]), NOTHING)) == np.inf


def test_a_whole_number_that_no_rule_holds_up_goes_down_to_nothing() -> None:
    """A rule with no upper limit sets no end to how far a column with a negative part may go."""
    free = dense(
        [0, 5, 1],
        [[1, 0, 1], [1, -1, 0]],
        [4, -np.inf],
        [np.inf, np.inf],
        integer=[False, True, False],
    )
    leaving = LeavingOut(Prices(free, np.array([4.0, 2.0, 0.0])))

    assert leaving.lowered(np.array([0]))[1].tolist() == [0.0]
    assert leaving.cost(Without(np.array([0]), NOTHING), 0.0) == pytest.approx(4 - 10)


def test_a_search_of_all_whole_numbers_finds_what_no_plan_beside_this_one_has() -> None:
    """Two lanes with a fee of 6 each; without the first all goes by the second, whose fee is due.

    What the plan does not use may be used without the move: 4 units at 2 and the fee.
    """
    lanes = dense(
        [1, 2, 6, 6, 50],
        [[1, 1, 0, 0, 1], [1, 0, -9, 0, 0], [0, 1, 0, -9, 0]],
        [4, -np.inf, -np.inf],
        [4, 0, 0],
        upper=[np.inf, np.inf, 1, 1, np.inf],
        integer=[False, False, True, True, False],
    )
    leaving = LeavingOut(Prices(lanes, np.array([4.0, 0.0, 1.0, 0.0, 0.0])))
    move = Without(np.array([0]), NOTHING)

    assert leaving.cost(move) == pytest.approx(14 - 10)
    assert leaving.cost(move, 0.0) == pytest.approx(200 - 10)
    assert np.isnan(leaving.cost(move, 1e-9))  # 190 is far from what is known in no time


def test_all_solves_of_a_question_share_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    trucks = dense(
        [1, 5, 9], [[1, 0, 1], [1, -8, 0]], [20, -np.inf], [20, 0], integer=[False, True, False]
    )
    leaving = LeavingOut(Prices(trucks, np.array([20.0, 3.0, 0.0])))
    given: list[float] = []
    real = leaving.prices.held

    def slow(*words: Any) -> Any:
        given.append(leaving.prices.seconds)
        time.sleep(0.05)
        return real(*words)

    monkeypatch.setattr(leaving.prices, "held", slow)
    leaving.cost(Without(np.array([0]), NOTHING), 5.0)

    assert len(given) > 1
    assert all(left <= 5.0 - 0.05 * number for number, left in enumerate(given))


def test_a_search_that_ends_before_it_finds_a_plan_does_not_say_that_there_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two sums have to come out with 40 weights, each taken or not; a remainder is free so far."""
    chance = np.random.default_rng(0)
    weights = chance.integers(100, 999, (2, 40)).astype(float)
    sums = weights @ chance.integers(0, 2, 40)
    hard = dense(
        [0, 0, *[1] * 40],
        np.hstack([np.eye(2), weights]),
        sums,
        sums,
        upper=[np.inf, np.inf, *[1] * 40],
        integer=[False, False, *[True] * 40],
    )
    leaving = LeavingOut(Prices(hard, np.array([*sums, *[0.0] * 40])))

    ticks = iter([0.0] * 3)  # the clock stands still until all whole numbers are decided anew
    clock = SimpleNamespace(monotonic=lambda: next(ticks, 10.0))
    monkeypatch.setattr(leaving_out, "time", clock)

    found = leaving.cost(Without(np.array([0, 1]), NOTHING), 10.0)

    assert 0 < found < 40


def test_columns_that_alone_make_up_a_rule_are_tied() -> None:
    """Bought, sent on, sent on again; a column that is shut breaks no tie, a third one does."""
    chain = dense(
        [0] * 6,
        [
            [1, -1, 0, 0, 0, 0],
            [0, 1, -1, 0, 1, 0],
            [0, 0, 1, -1, 0, 1],
        ],
        0,
        0,
        upper=[9, 9, 9, 9, 0, 9],
    )

    number = tied(chain)

    assert number[:3].tolist() == [0, 0, 0]
    assert len({*number.tolist()}) == 4


def test_what_is_loaded_into_each_type_of_vehicle_goes_with_the_move_and_so_do_its_trips() -> None:
    """10 units in a truck of 8 at 7 and a van of 2 at 3; what is not sent costs 9 each."""
    lorries = dense(
        [0, 0, 0, 7, 3, 9],
        [
            [1, -1, -1, 0, 0, 0],
            [0, 1, 0, -8, 0, 0],
            [0, 0, 1, 0, -2, 0],
            [1, 0, 0, 0, 0, 1],
        ],
        [0, -np.inf, -np.inf, 10],
        [0, 0, 0, 10],
        integer=[False, False, False, True, True, False],
    )
    leaving = LeavingOut(Prices(lorries, np.array([10.0, 8.0, 2.0, 1.0, 1.0, 0.0])))

    assert leaving.gone(np.array([0])).tolist() == [0, 1, 2]
    assert leaving.cost(Without(np.array([0]), NOTHING), 0.0) == pytest.approx(90 - 10)


def test_what_may_be_made_up_for_stays() -> None:
    """Stock or a purchase, or a column that may fall below 0, is no reason to be 0."""
    stock = dense([0, 0, 0], [[1, -1, -1], [-1, 1, 0]], [0, 0], [0, np.inf])
    stock.lower[2] = -5.0

    leaving = LeavingOut(Prices(stock, np.zeros(3)))

    assert leaving.gone(np.array([0])).tolist() == [0]
