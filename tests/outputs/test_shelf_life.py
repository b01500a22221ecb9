"""What expires and which ages travel, in plans worked out by hand (F19)."""

import pandas as pd
import pytest
from by_hand import facts
from cases_shelf_life import CASES
from small import tables

import tierstock as ts
from tierstock.outputs.worries import worries


def sheets(name: str) -> dict[str, pd.DataFrame]:
    plan = ts.solve(ts.build(ts.read(tables(**CASES[name].sheets))), gap=0, progress=False)
    assert plan.cost == pytest.approx(CASES[name].optimum, abs=1e-6)
    return dict(plan.tables)


def column(frame: pd.DataFrame, name: str, **where: str) -> list[float]:
    for key, value in where.items():
        frame = frame[frame[key] == value]
    return [float(value) for value in frame[name]]


def money(frame: pd.DataFrame, term: str) -> float:
    return float(frame.loc[frame["Cost Bucket"] == term, "Amount"].sum())


def test_old_goods_go_first_and_the_rest_of_them_is_scrapped() -> None:
    found = sheets("ages")
    stock = found["Inventory"]
    assert column(stock, "Scrapped", Location="DC") == [0, 1, 0]
    assert column(stock, "Expiring", Location="DC") == [0, 1, 0]
    assert column(stock, "Closing", Location="DC") == [6, 5, 0]
    assert list(found["Shipments"]["Expiry"]) == ["2026-01-06: 2", "2026-01-08: 5"]
    assert money(found["Costs"], "scrap") == 5


def test_a_shipment_may_hold_several_ages() -> None:
    shipped = sheets("order_takes_ages")["Shipments"]
    assert list(shipped["Expiry"]) == ["2026-01-06: 3; 2026-01-09: 1"]
    assert list(shipped["Status"]) == ["firm"]


def test_what_expires_on_the_way_is_scrapped_where_it_arrives() -> None:
    stock = sheets("order_takes_ages")["Inventory"]
    assert column(stock, "Scrapped", Location="S1") == [0, 0, 3]
    assert column(stock, "Expiring", Location="S1") == [0, 0, 3]
    assert column(stock, "Scrapped", Location="DC") == [0, 1, 0]
    assert column(stock, "Expiring", Location="DC") == [0, 4, 0]


def test_without_ages_first_come_is_first_served() -> None:
    stock = sheets("scrap_not_before")["Inventory"]
    assert column(stock, "Scrapped") == [0, 1, 3]
    assert column(stock, "Expiring") == [0, 1, 5]


def test_what_is_used_in_time_was_expiring_all_the_same() -> None:
    stock = sheets("shelf_life")["Inventory"]
    assert column(stock, "Scrapped") == [0, 0, 0]
    assert column(stock, "Expiring") == [0, 0, 2]


def test_goods_of_the_past_are_scrapped_in_the_first_period() -> None:
    found = sheets("dead_on_arrival")
    assert column(found["Inventory"], "Scrapped") == [2, 3]
    assert column(found["Inventory"], "Opening") == [2, 0]
    assert money(found["Costs"], "scrap") == 25


@pytest.mark.parametrize("name", CASES)
def test_scrap_is_never_more_than_what_was_expiring(name: str) -> None:
    stock = sheets(name)["Inventory"]
    assert (stock["Scrapped"] <= stock["Expiring"] + 1e-9).all()


def test_the_first_page_tells_what_expires() -> None:
    (line,) = [text for text in worries(sheets("ages"), facts(), "en") if "expire" in text]
    assert line.startswith(
        "1 units expire and are scrapped for 5.00 CNY, most of them of tea at DC"
    )
    assert not [text for text in worries(sheets("shelf_life"), facts(), "en") if "expire" in text]


def test_the_value_of_what_expired_is_a_key_figure() -> None:
    case = CASES["order_takes_ages"].sheets
    worth = {**case, "Products": [{**case["Products"][0], "Unit Value": 3}]}
    plan = ts.solve(ts.build(ts.read(tables(**worth))), gap=0, progress=False)
    figures = plan.tables["Summary"].set_index("KPI")["Value"]
    assert figures["Expired value"] == 4 * 3
    assert figures["Cost: scrap"] == 4 * 5

    ageless = ts.solve(ts.build(ts.read(ts.sample("starter"))), progress=False)
    assert "Expired value" not in set(ageless.tables["Summary"]["KPI"])
