"""Departure days and rest days against optima from outside, and what holds for every network."""

import copy
from random import Random
from typing import Any

import pytest
from in_process import cost_of
from random_networks import drawn

Rows = dict[str, list[dict[str, Any]]]
WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SEEDS = range(24)


@pytest.mark.parametrize("seed", SEEDS)
def test_each_unit_leaves_on_the_last_departure_in_time_or_is_lost(seed: int) -> None:
    """Costs are linear and nothing is scarce, so that every unit is decided by itself."""
    rng = Random(seed)
    days, lead = rng.randint(5, 12), rng.randint(0, 2)
    freight, hold, lost = rng.randint(0, 4), rng.choice((0.5, 1, 3)), rng.randint(3, 9)
    leaving = sorted(rng.sample(range(7), rng.randint(1, 3)))
    rest = rng.randrange(days) if rng.random() < 0.7 else -1
    demand = [rng.randint(0, 6) for _ in range(days)]
    departs = [t for t in range(days) if t % 7 in leaving and t + lead != rest]
    expected = 0.0
    for t, quantity in enumerate(demand):
        ways = [freight + hold * (t - d - lead) for d in departs if d + lead <= t]
        best = min([lost, *ways]) if t != rest else lost
        expected += quantity * best
    shop = {"Location": "S", "Product": "A"}
    tables: Rows = {
        "Locations": [
            {"Location": "SUP", "Tier": "supplier"},
            {"Location": "S", "Tier": "store", "Calendar": "shop"},
        ],
        "Calendars": [
            {"Calendar": "shop", "Date From": f"2026-01-{5 + rest:02d}", "Open": "N"},
        ],
        "Products": [{"Product": "A", "Unit Value": 0, "Shortage Cost": lost}],
        "Lanes": [
            {
                "From": "SUP",
                "To": "S",
                "Lead Time": lead,
                "Unit Cost": freight,
                "Departure Days": ",".join(WEEK[day] for day in leaving),
            }
        ],
        "StockCosts": [{**shop, "Holding Cost": hold}],
        "Demand": [
            {**shop, "Period": str(t + 1), "Quantity": quantity}
            for t, quantity in enumerate(demand)
        ],
    }
    assert cost_of(tables) == pytest.approx(expected, rel=1e-6, abs=1e-6)


def without_calendars(seeds: range) -> list[int]:
    """Networks that say nothing of single days yet."""
    return [seed for seed in seeds if not drawn(seed).features & {"closed days", "departure days"}]


def same(cost: float | None) -> Any:
    return None if cost is None else pytest.approx(cost, rel=1e-6, abs=1e-6)


def one_goal(seed: int) -> bool:
    """Whether cost comes first: where fairness or service does, less of it may be cheaper."""
    features = drawn(seed).features
    return "max-min fairness" not in features and not any("," in one for one in features)


NETWORKS = without_calendars(range(40, 62))


@pytest.mark.parametrize("seed", NETWORKS)
def test_calendars_that_are_always_open_change_nothing(seed: int) -> None:
    sheets = copy.deepcopy(drawn(seed).long)
    before = cost_of(sheets)
    sheets.setdefault("Calendars", []).append(
        {"Calendar": "all", "Date From": "2026-01-01", "Date To": "2027-12-31", "Open": "Y"}
    )
    for row in sheets["Locations"]:
        row["Calendar"] = "all"
    for row in sheets["Lanes"]:
        row["Departure Days"] = "周一至周日"
    assert cost_of(sheets) == same(before)


@pytest.mark.parametrize("seed", [seed for seed in NETWORKS if one_goal(seed)])
def test_fewer_departure_days_are_never_cheaper(seed: int) -> None:
    sheets = copy.deepcopy(drawn(seed).long)
    before = cost_of(sheets)
    for row in sheets["Lanes"]:
        row["Departure Days"] = "Mon,Wed"
    after = cost_of(sheets)
    if after is not None:
        assert before is not None
        assert after >= before - 1e-6 * max(1.0, abs(before))
