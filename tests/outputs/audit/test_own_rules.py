"""The audit's own reading of dates, lead times, selectors and loads."""

import math
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from planted_flows import Book

from tierstock.outputs.audit import audit
from tierstock.outputs.audit.feasible import feasible
from tierstock.outputs.audit.horizon import Horizon, build_horizon
from tierstock.outputs.audit.matching import Selectors, same_columns
from tierstock.outputs.audit.report import NAMES
from tierstock.outputs.audit.sourcing import compared
from tierstock.outputs.audit.values import day, number, rate
from tierstock.outputs.audit.words import Table, words

Write = Callable[..., tuple[Path, Path]]


def weeks(rounding: str = "auto", whole: bool = False) -> Horizon:
    starts = [date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 19), date(2026, 1, 26)]
    ends = [date(2026, 1, 11), date(2026, 1, 18), date(2026, 1, 25), date(2026, 2, 1)]
    return Horizon(["W1", "W2", "W3", "W4"], starts, ends, [5.0] * 4, rounding, whole)


@pytest.mark.parametrize(
    ("rounding", "days", "arrives"),
    [
        ("auto", 0, 0),
        ("auto", 3, 0),
        ("auto", 3.5, 1),
        ("auto", 10, 1),
        ("auto", 11, 2),
        ("auto", 24.5, 4),
        ("ceil", 1, 1),
        ("ceil", 7, 1),
        ("ceil", 8, 2),
        ("floor", 13, 1),
        ("floor", 6, 0),
        ("round", 400, 4),
    ],
)
def test_goods_arrive_in_the_bucket_of_the_rounding_rule(
    rounding: str, days: float, arrives: int
) -> None:
    assert weeks(rounding).arrival(0, days) == arrives


def test_lead_times_in_whole_periods_are_counted_in_buckets() -> None:
    horizon = weeks(whole=True)

    assert [horizon.arrival(t, 2) for t in range(4)] == [2, 3, 4, 4]
    assert horizon.whole_days(1, 2) == 14
    assert horizon.whole_days(3, 3) == 21


def test_undated_periods_are_numbered_days_with_gaps_filled() -> None:
    demand = Table("Demand", texts={"Period": ["W3", "W1"]}, lines=[2, 3])

    horizon = build_horizon({"Demand": demand}, {})

    assert horizon.ids == ["W1", "W2", "W3"]
    assert horizon.days == [1, 1, 1]


def test_dated_demand_makes_weeks_named_by_iso_week() -> None:
    demand = Table("Demand", texts={"Period": ["2026-01-07", "2026-01-20"]}, lines=[2, 3])

    horizon = build_horizon({"Demand": demand}, {})

    assert horizon.ids == ["2026-W02", "2026-W03", "2026-W04"]
    assert horizon.starts[0] == date(2026, 1, 5)


def test_numbers_and_days_are_read_as_planners_write_them() -> None:
    assert number("1,234.5") == 1234.5
    assert number("12%") == 0.12
    assert number("１２") == 12
    assert number("2000万") == 2e7
    assert number("18t", lambda unit: words().factor("kg", unit)) == 18000
    assert rate("12", 0) == 0.12
    assert rate("0.5%", 0) == 0.005
    assert day("2026/1/5") == day("46027") == day("2026-01-05") == date(2026, 1, 5)


def test_a_selector_ranks_codes_before_groups_before_all() -> None:
    tiers = {"Tier": {"A": "RDC", "B": "RDC", "C": "store"}, "Region": {"A": "E", "B": "W"}}
    places = Selectors("location", ["A", "B", "C"], tiers)

    assert places.ranked("*") == {"A": 1, "B": 1, "C": 1}
    assert places.ranked("A,Tier=store") == {"A": 3, "C": 2}
    assert places.ranked("层级=区域仓;区域=W") == {"B": 2}
    assert places.ranked("!A") == {"B": 2, "C": 2}
    assert Selectors("location", ["A", "B!"], {}).ranked("!B!") == {"A": 2}
    assert places.ranked("RDC") == {"A": 2, "B": 2}
    assert same_columns("Tier=store;Region=same") == ["Region"]
    assert same_columns("层级=门店；区域＝相同") == ["Region"]
    assert compared("区域!=同，层级=same") == [("Region", True), ("Tier", False)]
    assert places.ranked("层级=RDC;区域=同") == {"A": 2, "B": 2}


def test_a_mixed_fleet_needs_a_split_that_keeps_every_limit(
    case: tuple[Book, Book], write: Write
) -> None:
    given, plan = case
    given["Products"][0]["Volume"] = 0.1
    given["Lanes"][1]["Vehicle"] = "*"
    given["Vehicles"] = [
        {"Vehicle": "T", "Max Weight": 300, "Cost Per Trip": 30, "Fleet": 2},
        {"Vehicle": "V", "Max Volume": 2, "Cost Per Trip": 10, "Min Fill": 0.1},
    ]
    rows = plan["VehicleUse"]
    for line in rows:
        line.pop("Fill %")
    second = [dict(line, Vehicle="V", Cost=10) for line in rows[:2]]
    plan["VehicleUse"] = [*rows, *second]
    money = [line for line in plan["Costs"] if line["Cost Bucket"] == "trips"]
    money[0]["Amount"] = money[1]["Amount"] = 40
    for line, place in ((plan["Summary"][0], "Value"), (plan["RunInfo"][0], "Value")):
        line[place] = float(line[place]) + 20
    plan["Summary"][2]["Value"] = 5

    right = audit(*write(given, plan))
    given["Vehicles"][1]["Max Volume"] = 1.9
    wrong = audit(*write(given, plan))

    assert [(c.name, c.where) for c in right.checks if not c.passed] == []
    assert "the load does not fit" in " ".join(c.where for c in wrong.checks)


def test_feasible_knows_an_equation_from_a_contradiction() -> None:
    assert feasible([[1, 1], [-1, -1], [1, 0]], [1, -1, 0.25])
    assert not feasible([[1, 1], [-1, -1], [1, 0], [0, 1]], [1, -1, 0.25, 0.5])


def test_stock_is_added_up_from_the_printed_decimals_without_any_error(
    case: tuple[Book, Book], write: Write
) -> None:
    given, plan = case
    given["Settings"].append({"Setting": "audit_tolerance", "Value": 0})
    plan["Inventory"][6] |= {
        "Opening": 0.1,
        "Received": 42.8,
        "Shipped": 2.5,
        "Issued": 40,
        "Closing": 0.4,
    }
    assert math.fsum((0.1, 42.8, -2.5, -40, -0.4)) != 0.0

    found = {check.name: check for check in audit(*write(given, plan)).checks}
    assert found[NAMES["balance"][0]].passed
    plan["Inventory"][6]["Closing"] = 0.4 + 1e-14
    found = {check.name: check for check in audit(*write(given, plan)).checks}
    assert not found[NAMES["balance"][0]].passed
    plan["Inventory"][6] |= {
        "Opening": "10.00000000000000000001",
        "Received": 50,
        "Shipped": 8,
        "Closing": 12,
    }
    found = {check.name: check for check in audit(*write(given, plan)).checks}
    assert not found[NAMES["balance"][0]].passed
