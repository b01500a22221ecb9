"""A plan does not pay for trips nobody needs."""

import numpy as np

from tierstock.solvers.arrays import Arrays
from tierstock.solvers.trim import trimmed


def lane() -> Arrays:
    """One flow, two truck types of 10 and 4: flow <= 10 big + 4 small."""
    return Arrays(
        cost=np.array([1.0, 50.0, 30.0]),
        lower=np.zeros(3),
        upper=np.array([100.0, 9.0, 9.0]),
        integer=np.array([False, True, True]),
        starts=np.array([0, 3], dtype=np.int32),
        index=np.array([0, 1, 2], dtype=np.int32),
        value=np.array([1.0, -10.0, -4.0]),
        row_lower=np.array([-np.inf]),
        row_upper=np.array([0.0]),
    )


def test_a_spare_trip_is_taken_back_the_dearest_first() -> None:
    assert trimmed(lane(), np.array([11.0, 3.0, 1.0])).tolist() == [11.0, 1.0, 1.0]


def test_a_trip_that_is_needed_stays() -> None:
    plan = np.array([14.0, 1.0, 1.0])
    assert trimmed(lane(), plan).tolist() == plan.tolist()


def test_an_empty_lane_has_no_trips() -> None:
    assert trimmed(lane(), np.array([0.0, 2.0, 5.0])).tolist() == [0.0, 0.0, 0.0]


def test_a_load_that_fills_its_trips_to_the_last_digit_keeps_them() -> None:
    plan = np.array([30.000000000000004, 3.0, 0.0])
    assert trimmed(lane(), plan).tolist() == plan.tolist()
