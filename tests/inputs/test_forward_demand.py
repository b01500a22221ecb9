"""Forward demand and days of cover, worked out by hand."""

from typing import Any

import numpy as np

from tierstock.inputs.assembly.forward_demand import ForwardDemand, considered_last, forward_demand
from tierstock.inputs.assembly.periods import from_bounds


def forward(made: Any, own: dict[tuple[str, str], list[float]], goods: Any) -> ForwardDemand:
    demand = np.zeros((len(made.pairs), len(made.periods)))
    for place, units in own.items():
        demand[made.place(*place)] = units
    return forward_demand(
        demand,
        made.periods.days,
        goods,
        np.ones(len(goods), dtype=bool),
        made.pairs.location,
        made.locations.tier,
    )


def units(made: Any, found: ForwardDemand, location: str, product: str = "A") -> list[float]:
    """Forward demand per period."""
    row: list[float] = (found.daily * made.periods.days)[made.place(location, product)].tolist()
    return row


def test_a_place_serves_its_own_demand_and_what_it_feeds_earlier_by_the_lead_time(
    study: Any,
) -> None:
    made = study(periods=5)
    goods = made.goods(("CDC1", "R1", "A"), ("R1", "S1", "A"), lead=[2, 1])
    found = forward(made, {("S1", "A"): [7, 14, 21, 28, 35], ("R1", "A"): [1] * 5}, goods)

    after_store = (14 + 21 + 28 + 35) / 4
    np.testing.assert_allclose(units(made, found, "R1"), [15, 22, 29, 36, after_store + 1])
    after_hub = (22 + 29 + 36 + after_store + 1) / 4
    np.testing.assert_allclose(
        units(made, found, "CDC1"), [29, 36, after_store + 1, after_hub, after_hub]
    )
    np.testing.assert_allclose(found.after[made.place("S1", "A")] * 7, after_store)
    assert units(made, found, "R2") == [0.0] * 5


def test_only_the_cheapest_open_lane_feeds_and_the_fastest_of_equal_cost(study: Any) -> None:
    made = study()
    goods = made.goods(
        ("CDC1", "S1", "A"), ("R1", "S1", "A"), ("R2", "S1", "A"), cost=[5, 3, 3], lead=[0, 1, 0]
    )
    goods.allowed[2, 1] = False
    found = forward(made, {("S1", "A"): [10, 20, 30]}, goods)

    np.testing.assert_allclose(units(made, found, "R2"), [10, 0, 30])
    np.testing.assert_allclose(units(made, found, "R1"), [0, 30, 0])
    assert units(made, found, "CDC1") == [0, 0, 0]
    assert found.fed_by[made.place("S1", "A")] == made.place("R2", "A")


def test_transfer_lanes_pass_no_demand_on(study: Any) -> None:
    made = study()
    goods = made.goods(("R1", "R2", "A"))
    found = forward_demand(
        np.ones((len(made.pairs), 3)),
        made.periods.days,
        goods,
        np.array([False]),
        made.pairs.location,
        made.locations.tier,
    )

    np.testing.assert_allclose(units(made, found, "R1"), [1, 1, 1])


def test_of_a_circle_the_lane_that_runs_up_the_tiers_is_left_out(study: Any) -> None:
    made = study()
    goods = made.goods(("CDC1", "R1", "A"), ("R1", "CDC1", "A"), ("R1", "S1", "A"), cost=[9, 1, 1])
    found = forward(made, {("S1", "A"): [10, 10, 10], ("CDC1", "A"): [2, 2, 2]}, goods)

    np.testing.assert_allclose(units(made, found, "R1"), [10, 10, 10])
    np.testing.assert_allclose(units(made, found, "CDC1"), [12, 12, 12])


def test_places_that_feed_each_other_turn_to_the_next_source(study: Any) -> None:
    made = study()
    goods = made.goods(
        ("R1", "R2", "A"), ("R2", "R1", "A"), ("CDC1", "R1", "A"), ("CDC1", "R2", "A"),
        cost=[1, 1, 5, 5],
    )  # fmt: skip
    found = forward(made, {("R1", "A"): [3, 3, 3], ("R2", "A"): [4, 4, 4]}, goods)

    np.testing.assert_allclose(units(made, found, "CDC1"), [7, 7, 7])
    np.testing.assert_allclose(units(made, found, "R1"), [3, 3, 3])


def test_a_circle_does_not_cut_the_lanes_that_lead_into_it(study: Any) -> None:
    made = study()
    goods = made.goods(
        ("CDC1", "R1", "A"), ("R1", "S1", "A"), ("S1", "S2", "A"), ("S2", "S1", "A"),
        cost=[1, 5, 1, 1],
    )  # fmt: skip
    found = forward(made, {("S1", "A"): [6, 6, 6]}, goods)

    np.testing.assert_allclose(units(made, found, "CDC1"), [6, 6, 6])


def made_cover(days: list[float], daily: list[float], after: float) -> ForwardDemand:
    return ForwardDemand(
        np.array([daily]), np.array([after]), np.array([-1]), np.array(days, dtype=float)
    )


def test_cover_takes_parts_of_periods_by_share_and_goes_on_behind_the_horizon() -> None:
    found = made_cover([7, 7, 7], [1, 2, 3], 4)

    np.testing.assert_allclose(found.cover(10.0), [[14 + 9, 21 + 12, 40]])
    np.testing.assert_allclose(found.cover(0.0), [[0, 0, 0]])


def test_cover_counts_calendar_days_where_weeks_are_followed_by_months() -> None:
    found = made_cover([7, 31, 30], [1, 2, 3], 5)

    np.testing.assert_allclose(found.cover(35.0), [[62 + 12, 90 + 25, 175]])


def test_blank_days_give_no_cover() -> None:
    found = made_cover([7, 7], [1, 1], 1)

    np.testing.assert_array_equal(found.cover(np.array([[np.nan, 7.0]])), [[np.nan, 7.0]])


def test_a_long_period_before_a_short_one_sees_its_daily_demand(study: Any) -> None:
    start = np.array(["2026-01-01", "2026-02-01", "2026-02-08"], dtype="datetime64[D]")
    end = np.array(["2026-01-31", "2026-02-07", "2026-02-14"], dtype="datetime64[D]")
    names = np.array(["M1", "W1", "W2"], dtype=object)
    made = study(periods=from_bounds(names, start, end, np.full(3, np.nan)))
    found = forward(made, {("S1", "A"): [31, 14, 21]}, made.goods(("R1", "S1", "A"), lead=1))

    np.testing.assert_allclose(units(made, found, "R1")[:2], [62, 21])


def test_a_location_under_consideration_feeds_only_what_no_other_does(study: Any) -> None:
    made = study()
    goods = made.goods(("R1", "S1", "A"), ("R2", "S1", "A"), ("R2", "S2", "A"), cost=[5, 3, 3])
    considered = made.locations.code == "R2"
    goods = considered_last(goods, made.pairs.location, considered)
    found = forward(made, {("S1", "A"): [10, 20, 30], ("S2", "A"): [1, 2, 3]}, goods)

    np.testing.assert_allclose(units(made, found, "R1"), [10, 20, 30])
    np.testing.assert_allclose(units(made, found, "R2"), [1, 2, 3])
