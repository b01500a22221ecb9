"""How far whole numbers go, and what may arrive after the horizon, as the planner says it."""

from typing import Any

import pytest
from retail import LANES, WEEKS, built, good, place, said, seen

Rows = list[dict[str, Any]]


def settings(**stated: Any) -> Rows:
    return [{"Setting": name, "Value": value} for name, value in stated.items()]


def periods(*flags: str) -> Rows:
    return [
        {"Period": week, "Start Date": f"2026-01-{5 + 7 * number:02d}", "Integer": flag}
        for number, (week, flag) in enumerate(zip(WEEKS, flags, strict=False))
    ]


def test_whole_numbers_are_kept_everywhere_unless_said_otherwise() -> None:
    found = built()
    assert found.integral is None
    assert found.whole().all()
    assert built(Settings=settings(integrality_horizon=4)).integral is None


@pytest.mark.parametrize(("count", "kept"), [(0, 0), (2, 2), ("3", 3), (99, 4)])
def test_the_setting_counts_periods_from_the_first(count: Any, kept: int) -> None:
    found = built(Settings=settings(integrality_horizon=count))
    assert found.whole().tolist() == [True] * kept + [False] * (4 - kept)


def test_a_period_says_it_for_itself() -> None:
    found = built(Periods=periods("N", "", "Y", ""), Settings=settings(integrality_horizon=2))
    assert found.whole().tolist() == [False, True, True, False]


@pytest.mark.parametrize("value", ["-1", "1.5", "soon"])
def test_a_horizon_that_is_no_count_is_told(value: str) -> None:
    told = said(seen(Settings=settings(integrality_horizon=value)))
    assert told["bad-setting"].startswith("Settings!B2  Setting integrality_horizon cannot be")


def test_nothing_is_shipped_or_bought_that_would_arrive_after_the_horizon() -> None:
    supply = [{"Location": "DC", "Product": "A", "Lead Time": 14, "Min": 1.0}]
    free = built(Supply=supply)
    bound = built(Supply=supply, Settings=settings(allow_after_horizon="N"))
    lane = good(free, "DC→S1", "A")
    assert free.goods.allowed[lane].tolist() == [False, True, True, True]  # first there is none
    assert bound.goods.allowed[good(bound, "DC→S1", "A")].tolist() == [False, True, True, False]
    for network, orders in ((free, [1.0] * 4), (bound, [1.0, 1.0, 0.0, 0.0])):
        number = network.supply.place.tolist().index(place(network, "DC", "A"))
        assert network.supply.least[number].tolist() == orders
        assert (network.supply.most[number] > 0).tolist() == [one > 0 for one in orders]


def test_a_lane_feeds_its_destination_though_its_last_shipments_are_forbidden() -> None:
    free, bound = built(), built(Settings=settings(allow_after_horizon="否"))
    at = place(free, "DC", "A")
    assert free.places.daily_demand[at].tolist() == bound.places.daily_demand[at].tolist()
    assert LANES[1]["Lead Time"] == 7.0
