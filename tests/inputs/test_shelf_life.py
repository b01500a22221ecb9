"""Lives, dates and ends of products: what is read, and what is told at which cell (F19)."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from families import TWO, lane, stock
from small import Rows, demand, tables

import tierstock as ts
from tierstock.inputs.inspection import inspect
from tierstock.inputs.network import EXPIRED, Network, ShelfLife

PLAIN: dict[str, Rows] = {
    "Locations": TWO,
    "Products": [{"Product": "tea", "Unit Value": 4, "Shelf Life": 3}],
    "Lanes": lane(),
    "Demand": demand("S1", "tea", 2, 2, 2, 2),
    "OpeningStock": [stock("DC", 5, **{"Expiry Date": "2026-01-06"})],
    "Supply": [{"Location": "DC", "Product": "tea"}],
}
WEEKS: Rows = [
    {"Period": str(t + 1), "Start Date": f"2026-01-{day:02d}", "End Date": f"2026-01-{day + 6:02d}"}
    for t, day in enumerate((5, 12, 19))
]


def read(**more: Any) -> Network:
    return ts.read(tables(**{**PLAIN, **more}))


def life(**more: Any) -> ShelfLife:
    found = read(**more).shelf_life
    assert found is not None
    return found


def told(**more: Any) -> set[tuple[str, str, str]]:
    """Code, severity and cell of what is found."""
    found = inspect(tables(**{**PLAIN, **more})).findings
    return {(one.code, one.severity, one.cell) for one in found}


def last_of(found: ShelfLife, ages: Any) -> list[int]:
    return [int(found.age_last[age]) if age >= 0 else -1 for age in np.ravel(ages)]


# --- what is read ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "last"),
    [
        ({"Expiry Date": "2026-01-06"}, 1),
        ({"Production Date": "2026-01-05"}, 2),
        ({"Received Date": "2026-01-04"}, 1),
        ({"Received Date": "2025-12-01", "Production Date": "2026-01-05"}, 2),
        ({"Production Date": "2025-12-01", "Expiry Date": "2026-01-08"}, 3),
        ({}, 2),
    ],
    ids=["expiry", "production", "receipt", "production first", "expiry first", "no date"],
)
def test_a_lot_lives_by_expiry_else_production_else_receipt(
    dates: dict[str, str], last: int
) -> None:
    found = life(OpeningStock=[stock("DC", 5, **dates)])
    assert last_of(found, found.lot_age) == [last]


@pytest.mark.parametrize(("days", "last"), [(7, 0), (13, 0), (14, 1), (15, 1), (21, 2)])
def test_whole_periods_count_the_one_of_receipt(days: int, last: int) -> None:
    found = life(
        Periods=WEEKS,
        Products=[{"Product": "tea", "Unit Value": 4, "Shelf Life": days}],
        Demand=demand("S1", "tea", 2, 2, 2),
    )
    assert last_of(found, found.supply_age[0, :1]) == [last]


def test_uneven_periods_count_by_their_last_days() -> None:
    found = life(
        Periods=[
            {"Period": "1", "Start Date": "2026-01-05", "End Date": "2026-01-06"},
            {"Period": "2", "Start Date": "2026-01-07", "End Date": "2026-01-11"},
            {"Period": "3", "Start Date": "2026-01-12", "End Date": "2026-01-13"},
        ],
        Products=[{"Product": "tea", "Unit Value": 4, "Shelf Life": 6}],
        Demand=demand("S1", "tea", 2, 2, 2),
    )
    # from January 5 to the 10th: period 1; from the 7th to the 12th: 2; from the 12th on: 3
    assert last_of(found, found.supply_age) == [0, 1, 4]


def test_purchases_arrive_with_their_remaining_life() -> None:
    rows = [
        {"Location": "DC", "Product": "tea", "Remaining Life": 2},
        {"Location": "DC", "Product": "tea", "Period": "2", "Remaining Life": 1},
    ]
    found = life(Supply=rows)
    assert last_of(found, found.supply_age) == [1, 1, 3, 4]


def test_life_counts_from_the_receipt_and_the_way_uses_it_up() -> None:
    places: Rows = [{"Location": "SUP", "Tier": "supplier"}, *TWO]
    lanes: Rows = [{"From": "SUP", "To": "DC", "Lead Time": 1}, *lane()]
    supply: Rows = [{"Location": "SUP", "Product": "tea", "Lead Time": 1}]
    net = read(Locations=places, Lanes=lanes, Supply=supply, OpeningStock=[stock("DC", 1)])
    found = net.shelf_life
    assert found is not None
    # ordered on the 5th, ready on the 6th, at DC on the 7th, good to the 8th
    place = int(net.places.of[0, 0])
    batch = int(found.batch(np.array([place]), found.supply_age[0, :1])[0])
    assert last_of(found, found.supply_age[0, :1]) == [3]
    assert found.batch_there[batch].tolist() == [False, False, True, True]


def test_blocked_units_are_those_that_last_longest() -> None:
    lots = [
        stock("DC", 5, **{"Expiry Date": "2026-01-08", "Blocked": 1}),
        stock("DC", 3, **{"Expiry Date": "2026-01-06", "Blocked": 4}),
    ]
    found = life(OpeningStock=lots)
    assert found.lot_units.sum() == 3.0
    assert last_of(found, found.lot_age) == [3]


def test_a_share_of_life_may_be_typed_as_a_fraction() -> None:
    classes = [{"Class": "standard", "Min Life Share": "2/3", "Min Remaining Life": 1}]
    found = life(
        ServiceClasses=classes, Products=[{"Product": "tea", "Unit Value": 4, "Shelf Life": 6}]
    )
    # four of six days: on the 5th goods of the 8th and later ones
    assert str(found.age_day[found.oldest_age[0, 0]]) >= "2026-01-08"
    assert str(found.age_day[found.oldest_age[0, 0] - 1]) < "2026-01-08"


def test_a_date_in_place_of_the_share_is_told() -> None:
    classes = [{"Class": "standard", "Min Life Share": pd.Timestamp("2026-02-03")}]
    assert "date-in-ratio" in {code for code, _, _ in told(ServiceClasses=classes)}


def test_chinese_sheets_say_the_same() -> None:
    chinese = {
        "产品": [{"产品": "tea", "标准成本": 4, "保质期": 3, "报废成本": 2, "熟化期": 1}],
        "期初库存": [{"地点": "DC", "产品": "tea", "数量": 5, "有效期至": "2026-01-06"}],
    }
    sheets = tables(**{k: v for k, v in PLAIN.items() if k != "OpeningStock"})
    del sheets["Products"]
    others = {name: pd.DataFrame(rows) for name, rows in chinese.items()}
    theirs = ts.read({**sheets, **others}).shelf_life
    tea = {"Product": "tea", "Unit Value": 4, "Shelf Life": 3, "Scrap Cost": 2, "Maturation": 1}
    ours = life(Products=[tea])
    assert theirs is not None
    assert theirs.age_day.tolist() == ours.age_day.tolist()
    assert theirs.scrap_cost.tolist() == ours.scrap_cost.tolist() == [2.0]
    assert theirs.ripe_age.tolist() == ours.ripe_age.tolist()


def test_an_expired_unit_costs_its_value_unless_stated() -> None:
    assert life().scrap_cost.tolist() == [4.0]


def test_open_orders_take_the_age_of_what_they_leave_with() -> None:
    order = {
        "From": "DC",
        "To": "S1",
        "Product": "tea",
        "Quantity": 1,
        "Due Date": "2026-01-07",
        "Order No": "TO1",
    }
    left = read(InTransit=[{**order, "Ship Date": "2026-01-03"}]).shelf_life
    stays = read(InTransit=[{**order, "Ship Date": "2026-01-05"}]).shelf_life
    assert left is not None and stays is not None
    assert left.order_age.tolist() == [EXPIRED]  # made on the 3rd, good to the 5th
    assert last_of(stays, stays.ride_age) == [1, 2]  # today's lot, and today's purchase


# --- the end of products --------------------------------------------------------------------------


def ending(**more: Any) -> Network:
    tea = {"Product": "tea", "Unit Value": 4, "End Of Life": "2026-01-06", **more}
    return read(
        Products=[tea],
        OpeningStock=[stock("DC", 5)],
        StockTargets=[{"Location": "*", "Safety Stock": 2}],
        Terminal=[{"Rule": "cover", "Days": 2}],
    )


def test_targets_end_with_the_period_of_the_end_of_life() -> None:
    net = ending()
    assert net.places.safety.tolist() == [[2, 0, 0, 0]] * 2
    assert len(net.terminal) == 0
    assert np.isinf(net.supply.most).all() and net.goods.allowed.all()


def test_a_phase_out_product_is_replenished_up_to_its_end_of_life() -> None:
    net = ending(Lifecycle="phase-out")
    assert net.supply.most.tolist() == [[np.inf, np.inf, 0, 0]]
    assert net.goods.allowed.tolist() == [[True, True, False, False]]


def test_transfers_go_on_after_the_end_of_life() -> None:
    tea = {"Product": "tea", "Unit Value": 4, "Lifecycle": "phase-out", "End Of Life": "2026-01-01"}
    net = read(Products=[tea], OpeningStock=[stock("DC", 5)], Lanes=lane(Kind="transfer"))
    assert net.goods.allowed.all()


def test_launch_and_active_are_words_for_selectors() -> None:
    tea = {"Product": "tea", "Unit Value": 4, "Lifecycle": "launch"}
    net = read(
        Products=[tea],
        OpeningStock=[stock("DC", 5)],
        StockTargets=[{"Location": "*", "Product": "Lifecycle=launch", "Safety Stock": 2}],
    )
    assert (net.places.safety == 2).all()


# --- what is told ---------------------------------------------------------------------------------

SHORT: Rows = [{"Product": "tea", "Unit Value": 4, "Shelf Life": 6}]
MATURE: Rows = [{"Product": "tea", "Unit Value": 4, "Shelf Life": 3, "Maturation": 3}]
AGELESS: Rows = [{"Product": "tea", "Unit Value": 4}]
RIPENING: Rows = [{"Product": "tea", "Unit Value": 4, "Maturation": 1}]
ORDER: dict[str, Any] = {"To": "DC", "Product": "tea", "Quantity": 1, "Due Date": "2026-01-07"}

FAULTS: dict[str, tuple[dict[str, Any], tuple[str, str, str]]] = {
    "a life shorter than every period": (
        {"Periods": WEEKS, "Products": SHORT},
        ("life-under-bucket", "error", "C2"),
    ),
    "a life shorter than some periods": (
        {
            "Periods": [
                {"Period": "0", "Start Date": "2026-01-03", "End Date": "2026-01-04"},
                *WEEKS,
            ],
            "Products": SHORT,
        },
        ("life-under-bucket", "warning", "C2"),
    ),
    "a remaining life of no day": (
        {"Supply": [{"Location": "DC", "Product": "tea", "Remaining Life": 0.5}]},
        ("life-under-bucket", "error", "C2"),
    ),
    "more life left than there ever is": (
        {"Supply": [{"Location": "DC", "Product": "tea", "Remaining Life": 9}]},
        ("remaining-over-life", "warning", "C2"),
    ),
    "maturing as long as living": ({"Products": MATURE}, ("maturation-over-life", "error", "D2")),
    "maturing without a life, with an expiry date": (
        {"Products": RIPENING},
        ("maturation-needs-life", "error", "D2"),
    ),
    "maturing without a life, with a remaining life": (
        {
            "Products": RIPENING,
            "OpeningStock": [stock("DC", 5)],
            "Supply": [{"Location": "DC", "Product": "tea", "Remaining Life": 2}],
        },
        ("maturation-needs-life", "error", "C2"),
    ),
    "a lot that expired before": (
        {"OpeningStock": [stock("DC", 5, **{"Expiry Date": "2026-01-04"})]},
        ("lot-expired", "warning", "D2"),
    ),
    "a lot without a date": (
        {"OpeningStock": [stock("DC", 5)]},
        ("lot-without-date", "warning", "A2"),
    ),
    "an order that expires on the way": (
        {"InTransit": [{**ORDER, "Expiry Date": "2026-01-06"}]},
        ("order-expired", "warning", "E2"),
    ),
    "an age for goods that are still in stock": (
        {
            "InTransit": [
                {
                    **ORDER,
                    "From": "DC",
                    "To": "S1",
                    "Ship Date": "2026-01-06",
                    "Expiry Date": "2026-01-09",
                }
            ]
        },
        ("order-expiry-unshipped", "error", "G2"),
    ),
    "a class that asks for more life than there is": (
        {"ServiceClasses": [{"Class": "standard", "Min Remaining Life": 4}]},
        ("class-over-life", "warning", "B2"),
    ),
    "a share of no shelf life": (
        {
            "Products": AGELESS,
            "ServiceClasses": [{"Class": "standard", "Min Life Share": 0.5}],
        },
        ("share-without-life", "error", "B2"),
    ),
    "returns of goods that expire": (
        {"Returns": [{"Location": "S1", "Product": "tea", "Ratio": 0.5}]},
        ("returned-age", "error", "A2"),
    ),
    "phase-out without a date": (
        {"Products": [{"Product": "tea", "Unit Value": 4, "Lifecycle": "phase-out"}]},
        ("phase-out-without-date", "error", "C2"),
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_is_told_at_its_cell(name: str) -> None:
    sheets, expected = FAULTS[name]
    assert expected in told(**sheets)


def test_the_plain_study_has_nothing_to_tell_of_lives() -> None:
    mine = {code for _, (code, _, _) in FAULTS.values()}
    assert not mine & {code for code, _, _ in told()}


def test_returns_of_goods_that_outlive_the_plan_are_planned() -> None:
    net = read(
        Products=[{"Product": "tea", "Unit Value": 4, "Shelf Life": 30}],
        OpeningStock=[stock("DC", 5, **{"Received Date": "2026-01-04"})],
        Returns=[{"Location": "S1", "Product": "tea", "Ratio": 0.5}],
    )
    assert net.shelf_life is None and net.returns is not None
