"""Service targets and objectives as planners state them: what is selected, what is refused."""

from typing import Any

import numpy as np
import pytest
from in_process import frames
from small import Rows, demand, tables

import tierstock as ts
from tierstock.inputs import inspect
from tierstock.inputs.network import Network

PLACES: Rows = [
    {"Location": "DC", "Tier": "RDC", "Region": "East"},
    {"Location": "S1", "Tier": "store", "Region": "East", "Channel": "shop"},
    {"Location": "S2", "Tier": "store", "Region": "West", "Channel": "web"},
]
GOODS: Rows = [
    {"Product": "tea", "Unit Value": 4, "Price": 10},
    {"Product": "cup", "Unit Value": 3, "Price": 2},
]
CLASSES: Rows = [{"Class": "gold", "Priority": 1}, {"Class": "std", "Priority": 2}]


def study(*targets: dict[str, Any], **more: Rows) -> dict[str, Rows]:
    sheets: dict[str, Rows] = {
        "Locations": PLACES,
        "Products": GOODS,
        "Lanes": [
            {"From": "DC", "To": "S1", "Lead Time": 0},
            {"From": "DC", "To": "S2", "Lead Time": 1},
        ],
        "Demand": demand("S1", "tea", 3, 5, Class="gold")
        + demand("S1", "cup", 4, 0, Class="std")
        + demand("S2", "tea", 2, 6, Class="std"),
        "ServiceClasses": CLASSES,
        "OpeningStock": [
            {"Location": "DC", "Product": name, "Quantity": 50} for name in ("tea", "cup")
        ],
        "ServiceTargets": [{"Target": f"T{n}", **row} for n, row in enumerate(targets)],
    }
    return {name: rows for name, rows in (sheets | more).items() if rows}


def network(*targets: dict[str, Any], **more: Rows) -> Network:
    return ts.read(frames(study(*targets, **more)))


def told(*targets: dict[str, Any], **more: Rows) -> dict[str, str]:
    return {f.code: f.say() for f in inspect(frames(study(*targets, **more))).findings}


@pytest.mark.parametrize(
    ("row", "labels", "wanted"),
    [
        ({}, ["T0"], [20]),
        ({"Location": "S1"}, ["T0"], [12]),
        ({"Location": "Region=West"}, ["T0"], [8]),
        ({"Product": "cup"}, ["T0"], [4]),
        ({"Class": "std"}, ["T0"], [12]),
        ({"Channel": "web"}, ["T0"], [8]),
        ({"Each": "each location"}, ["T0 / S1", "T0 / S2"], [12, 8]),
        ({"Each": "each product"}, ["T0 / cup", "T0 / tea"], [4, 16]),
        (
            {"Each": "each pair"},
            ["T0 / S1 / cup", "T0 / S1 / tea", "T0 / S2 / tea"],
            [4, 8, 8],
        ),
        ({"Measure": "cycle"}, ["T0"], [5]),
        ({"Measure": "value-fill"}, ["T0"], [168]),
    ],
)
def test_a_row_asks_of_what_it_selects(
    row: dict[str, Any], labels: list[str], wanted: list[float]
) -> None:
    service = network({"Minimum": 0.5, **row}).service

    assert service is not None
    assert service.targets.label.tolist() == labels
    assert service.targets.wanted.tolist() == wanted


@pytest.mark.parametrize(
    ("window", "names", "wanted"),
    [
        (None, ["horizon"], [20]),
        ("each period", ["1", "2"], [9, 11]),
        ("逐期", ["1", "2"], [9, 11]),
        ("month", ["2026-01", "2026-02"], [9, 11]),
        ("quarter", ["2026-Q1"], [20]),
        ("2", ["2"], [11]),
    ],
)
def test_a_window_is_split_by_the_first_day_of_its_periods(
    window: str | None, names: list[str], wanted: list[float]
) -> None:
    weeks = [
        {"Period": "1", "Start Date": "2026-01-28", "End Date": "2026-02-03"},
        {"Period": "2", "Start Date": "2026-02-04", "End Date": "2026-02-10"},
    ]
    lanes = [{"From": "DC", "To": "S1, S2", "Lead Time": 0}]
    service = network({"Minimum": 0.5, "Window": window}, Periods=weeks, Lanes=lanes).service

    assert service is not None
    assert service.targets.window.tolist() == names
    assert service.targets.wanted.tolist() == wanted


def test_the_price_of_a_shortfall_is_that_of_the_ladder_where_none_is_stated() -> None:
    service = network(
        {"Minimum": 0.5},
        {"Minimum": 0.5, "Measure": "cycle"},
        {"Minimum": 0.5, "Measure": "value-fill"},
        {"Minimum": 0.5, "Penalty": 7},
        {"Minimum": 0.5, "Hardness": "hard"},
    ).service

    assert service is not None
    worth = 16 * 10 + 4 * 2
    expected = [1.5 * worth / 20, 1.5 * worth / 5, 1.5, 7, 0]
    assert service.targets.penalty.tolist() == pytest.approx(expected)


def test_a_hard_target_gives_way_to_what_cannot_be_reached() -> None:
    net = network(
        {"Minimum": 1, "Hardness": "hard"},
        {"Minimum": 0.9, "Hardness": "hard"},
        {"Minimum": 1, "Hardness": "hard", "Measure": "cycle"},
        {"Minimum": 1},
    )

    assert net.service is not None
    assert net.service.targets.required.tolist() == [18, 18, 1, 20]
    late = told({"Minimum": 1, "Hardness": "hard"})["target-out-of-reach"]
    assert "2 units cannot be reached in time (1 to 1)" in late
    assert "target-out-of-reach" not in told({"Minimum": 0.9, "Hardness": "hard"})


def test_the_members_of_fairness_are_what_each_names_and_can_be_reached() -> None:
    service = network(
        {"Minimum": 0, "Fairness": "max-min"},
        {"Minimum": 0, "Fairness": "proportional", "Each": "each product", "Hardness": "hard"},
        {"Minimum": 0, "Fairness": "equal-cover", "Product": "tea", "Penalty": 3},
    ).service

    assert service is not None
    fairness = service.fairness
    members = [fairness.member[fairness.group == g].tolist() for g in range(3)]
    assert members == [["S1", "S2"], ["cup", "tea"], ["DC", "S1", "S2"]]
    assert fairness.wanted.tolist() == [12, 6, 4, 14, 9, 4, 4]
    assert fairness.before_cost.tolist() == [True, False, False]
    assert fairness.penalty.tolist() == [0, 0, 3]
    assert fairness.hard.tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("row", "more", "code", "says"),
    [
        ({"Location": "DC"}, {}, "target-empty", "selects no demand"),
        ({"Location": "S9"}, {}, "unknown-selector", "S9"),
        ({"Class": "glod"}, {}, "unknown-selector", "gold"),
        ({"Channel": "sohp"}, {}, "unknown-selector", "shop"),
        ({"Window": "fortnight"}, {}, "unknown-selector", "fortnight"),
        ({"Minimum": 95}, {}, "ratio-above-one", "95%"),
        ({"Fairness": "max-min", "Location": "S1"}, {}, "fairness-one-member", "compare"),
        (
            {"Measure": "value-fill"},
            {"Products": [GOODS[0], {"Product": "cup", "Unit Value": 3}]},
            "target-without-price",
            "cup has no Price",
        ),
        (
            {},
            {
                "Products": [
                    {"Product": name, "Unit Value": 0, "Shortage Cost": 1}
                    for name in ("tea", "cup")
                ]
            },
            "target-without-penalty",
            "costs nothing",
        ),
    ],
)
def test_what_makes_no_sense_is_told_at_its_cell(
    row: dict[str, Any], more: dict[str, Rows], code: str, says: str
) -> None:
    found = told({"Minimum": 0.5, **row}, **more)
    assert code in found, found
    assert says in found[code]
    assert "ServiceTargets!" in found[code]


def settings(**values: object) -> Rows:
    return [{"Setting": name, "Value": value} for name, value in values.items()]


@pytest.mark.parametrize(
    ("stated", "code", "cell"),
    [
        ({"objective": "lexicographic"}, "levels-missing", "Settings!B2"),
        ({"gap": 0.1, "objective_levels": "service, cost"}, "levels-unused", "Settings!B3"),
        (
            {"objective": "lexicographic", "objective_levels": "fairness"},
            "level-without-data",
            "Settings!B3",
        ),
        (
            {"objective": "lexicographic", "objective_levels": "carbon"},
            "level-without-data",
            "Settings!B3",
        ),
    ],
)
def test_levels_are_checked_where_they_are_stated(
    stated: dict[str, object], code: str, cell: str
) -> None:
    found = told(Settings=settings(**stated))
    assert cell in found[code]


def test_levels_given_beside_the_tables_are_told_there() -> None:
    findings = inspect(frames(study()), {"objective": "lexicographic"}).findings
    assert [f.say()[:16] for f in findings if f.code == "levels-missing"] == ["--set objective "]


def test_profit_needs_a_price_for_what_is_sold() -> None:
    goods = [GOODS[0], {"Product": "cup", "Unit Value": 3}]
    found = told(Products=goods, Settings=settings(objective="profit"))
    assert "Products!" in found["no-sales-price"]
    assert "no-sales-price" not in told(Products=goods)


def test_the_price_of_a_period_is_the_mean_of_its_rows_and_lasts_until_the_next_demand() -> None:
    rows = [
        {"Location": "S1", "Product": "tea", "Period": "1", "Quantity": 0, "Price": 3},
        {"Location": "S1", "Product": "tea", "Period": "2", "Quantity": 3, "Price": 8},
        {"Location": "S1", "Product": "tea", "Period": "2", "Quantity": 1, "Type": "promotion"},
        {"Location": "S1", "Product": "tea", "Period": "4", "Quantity": 2, "Price": 5},
    ]
    more = {"Demand": rows, "ServiceClasses": [], "Settings": settings(objective="profit")}
    net = network(**more)

    assert net.sales is not None
    assert net.sales.price.tolist() == [[10.0, 8.5, 8.5, 5.0]]


def test_a_class_that_must_be_served_below_another_one_is_a_warning() -> None:
    classes = [CLASSES[0], {"Class": "std", "Priority": 2, "Mode": "must"}]
    orders = demand("S1", "tea", 3, Class="gold") + demand("S1", "tea", 3, Class="std")
    found = told(ServiceClasses=classes, Demand=orders)
    assert "ServiceClasses!" in found["must-below-priority"]


def test_classes_come_one_after_the_other_only_where_one_takes_what_the_other_does() -> None:
    orders = demand("S1", "tea", 3, Class="gold") + demand("S1", "tea", 3, Class="std")
    goods = [{**GOODS[0], "Shelf Life": 90}, GOODS[1]]
    fresh = [{**CLASSES[0], "Min Remaining Life": 30}, CLASSES[1]]
    old = [CLASSES[0], {**CLASSES[1], "Min Life Share": 0.5}]

    def pairs(classes: Rows, products: Rows = GOODS) -> int:
        net = ts.read(tables(**study(Demand=orders, ServiceClasses=classes, Products=products)))
        return 0 if net.service_order is None else len(net.service_order.high)

    assert pairs(CLASSES) == 1
    assert pairs(fresh, goods) == 0
    assert pairs(fresh) == 1  # nothing expires, so a remaining life asks for nothing
    assert pairs(old, goods) == 1
    assert pairs([CLASSES[0], {"Class": "std"}]) == 0


def test_what_is_the_same_in_another_order_gives_the_same_rules() -> None:
    rows = [{"Minimum": 0.5, "Target": "B"}, {"Minimum": 0.9, "Target": "A", "Each": "each pair"}]
    one, other = network(*rows).service, network(*rows[::-1]).service

    assert one is not None
    assert other is not None
    assert one.targets.label.tolist() == other.targets.label.tolist()
    assert np.array_equal(one.targets.stream, other.targets.stream)
