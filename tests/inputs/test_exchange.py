"""Money of other currencies and in thousands: what the model sees is one unit of home money."""

from typing import Any

import numpy as np
import pytest
from retail import LANES, PRODUCTS, built, demand, good, said, seen

from tierstock.inputs import Network

Rows = list[dict[str, Any]]
DOLLARS: Rows = [
    {"Currency": "USD", "Period": "*", "Rate": 7.0},
    {"Currency": "usd", "Period": "2026-W03", "Rate": 8.0},
]
BOUGHT: Rows = [
    {
        "Location": "SUP",
        "Product": "*",
        "Unit Cost": 2.0,
        "Fixed Cost": 10.0,
        "Min": 1.0,
        "Min Penalty": 3.0,
        "Currency": "USD",
    }
]


def test_money_of_products_takes_the_rate_of_the_first_period() -> None:
    products = [{**PRODUCTS[0], "Shortage Cost": 9.0, "Currency": "USD"}, PRODUCTS[1]]
    found = built(Products=products, Currency=DOLLARS)
    assert found.products.unit_value.tolist() == [70.0, 4.0]
    assert found.products.price[0] == 175.0
    assert found.demand.lost_cost[0].tolist() == [63.0] * 4


def test_money_of_supply_takes_the_rate_of_its_period() -> None:
    found = built(Supply=BOUGHT, Currency=DOLLARS)
    assert found.supply.unit_cost[0].tolist() == [14.0, 16.0, 14.0, 14.0]
    assert found.supply.fixed_cost[0].tolist() == [70.0, 80.0, 70.0, 70.0]
    assert found.supply.least_penalty[0].tolist() == [21.0, 24.0, 21.0, 21.0]


def lanes(**more: Any) -> Network:
    dollars = {**LANES[0], "Fixed Cost": 5.0, "Currency": "USD", **more}
    return built(Lanes=[dollars, LANES[1]], Currency=DOLLARS)


def test_money_of_lanes_takes_the_rate_of_its_period() -> None:
    found = lanes()
    number = good(found, "SUP→DC", "A")
    assert found.goods.unit_cost[number].tolist() == [7.0, 8.0, 7.0, 7.0]
    assert found.lanes.fixed_cost[found.goods.lane[number]].tolist() == [35.0, 40.0, 35.0, 35.0]
    assert found.goods.unit_cost[good(found, "DC→S1", "A")].tolist() == [2.0] * 4


def test_a_share_of_the_value_is_the_same_in_every_currency() -> None:
    found = lanes(**{"Unit Cost": 0.02, "Cost Basis": "value%"})
    assert found.goods.unit_cost[good(found, "SUP→DC", "A")] == pytest.approx([0.2] * 4)


def test_the_home_currency_needs_no_rate() -> None:
    plain = [{**PRODUCTS[0], "Currency": "eur"}, {**PRODUCTS[1], "Currency": ""}]
    stated = [{"Setting": "home_currency", "Value": "EUR"}]
    assert built(Products=plain, Settings=stated).products.unit_value.tolist() == [10.0, 4.0]


def test_an_unknown_currency_is_told_at_its_cell_with_the_nearest() -> None:
    found = seen(Products=[{**PRODUCTS[0], "Currency": "USDT"}, PRODUCTS[1]], Currency=DOLLARS)
    assert [one.say() for one in found.findings.errors] == [
        'Products!D2  Currency "USDT" is not in the sheet Currency. Nearest: "USD". Add its rate,'
        " or leave the cell blank for the home currency."
    ]
    alone = seen(Supply=BOUGHT)
    assert said(alone)["unknown-currency"].startswith('Supply!G2  Currency "USD" is not in')


def test_a_period_without_a_rate_is_told_where_the_money_stands() -> None:
    found = seen(Supply=BOUGHT, Currency=DOLLARS[1:])
    assert said(found)["no-rate"] == (
        "Supply!G2  The sheet Currency has no rate of USD for 2026-W02 and 2 more. Add one."
    )
    products = [{**PRODUCTS[0], "Currency": "USD"}, PRODUCTS[1]]
    later = said(seen(Products=products, Currency=DOLLARS[1:]))["no-rate"]
    assert later.endswith("no rate of USD for 2026-W02. Add one.")


def test_rows_of_currency_are_checked() -> None:
    rows = [
        *DOLLARS,
        {"Currency": "CNY", "Period": "*", "Rate": 1.1},
        {"Currency": "GBP", "Period": "*", "Rate": 0.0},
        {"Currency": "USD", "Period": "2026-01-12", "Rate": 9.0},
    ]
    found = {one.code: one.cell for one in seen(Supply=BOUGHT, Currency=rows).findings.errors}
    assert found == {"home-rate": "C4", "not-above-zero": "C5", "conflicting-rows": "C6"}


def test_equal_prices_in_two_currencies_are_a_conflict() -> None:
    other = {**BOUGHT[0], "Location": "Tier=supplier", "Product": "A,B"}
    same = {**BOUGHT[0], "Location": "Tier=supplier", "Product": "Unit Value=4,10", "Currency": ""}
    told = seen(Supply=[other, same | {"Product": "A,B;A,B"}], Currency=DOLLARS).findings.errors
    assert {one.code for one in told} == {"conflicting-rows"}
    assert len(told) == 3  # Unit Cost, Fixed Cost and Min Penalty


# --- money in thousands ---------------------------------------------------------------------------


def counted(unit: str, heading: str = "Unit Value", cell: Any = 10.0) -> Any:
    products = [{"Product": "A", heading: cell}]
    rows = demand("S1", "A", 1.0)
    stated = [{"Setting": "money_unit", "Value": unit}]
    return seen(Products=products, Demand=rows, Settings=stated)


@pytest.mark.parametrize(
    ("unit", "heading", "cell", "value"),
    [
        ("万", "Unit Value", 10.0, 10.0),
        ("万", "Unit Value (money/unit)", 10.0, 10.0),
        ("万", "标准成本 (元/件)", 10.0, 10.0),
        ("万", "标准成本 (万元/件)", 10.0, 10.0),
        ("万元", "标准成本 (千元/件)", 10.0, 1.0),
        ("千", "标准成本 (万元)", 10.0, 100.0),
        ("万", "Unit Value", "2000万", 2000.0),
        ("万", "Unit Value", "5元", 0.0005),
        ("千", "Unit Value", "2000万", 20_000.0),
        ("1", "Unit Value", "2000万", 20_000_000.0),
        ("1", "标准成本 (万元/件)", 10.0, 100_000.0),
    ],
)
def test_money_is_counted_in_the_unit_of_the_settings(
    unit: str, heading: str, cell: Any, value: float
) -> None:
    found = counted(unit, heading, cell)
    assert found.network is not None
    np.testing.assert_allclose(found.network.products.unit_value, [value])
    told = {one.code: one for one in found.findings}
    assert ("money-unit" in told) == (unit != "1")


@pytest.mark.parametrize(("unit", "spent"), [("1", 2e7), ("万", 2000.0)])
def test_a_right_hand_side_is_money_where_money_is_spent(unit: str, spent: float) -> None:
    rows = [
        {"Row": name, "Variable": variable, "Sense": "<=", "Value": "2000万"}
        for name, variable in (("R1", "spend"), ("R2", "ship"))
    ]
    stated = [{"Setting": "money_unit", "Value": unit}]
    found = seen(UserRows=rows, Settings=stated)
    assert found.network is not None and found.network.user_rows is not None
    assert sorted(found.network.user_rows.value.tolist()) == sorted([spent, 2e7])
    told = [one.say() for one in found.findings if one.code == "unit-in-cell"]
    assert sum("20,000,000 CNY" in one for one in told) == (unit == "1")


def test_a_rate_by_bracket_is_money() -> None:
    rate = {"From": "DC", "To": "*", "Basis": "unit", "Bracket From": 0, "Rate": "5元"}
    found = seen(Rates=[rate], Settings=[{"Setting": "money_unit", "Value": "千"}])
    assert found.network is not None and found.network.rates is not None
    assert found.network.rates.rate.tolist() == [0.005, 0.005]


def test_the_unit_of_money_is_told_in_both_languages() -> None:
    told = next(one for one in counted("万").findings if one.code == "money-unit")
    assert told.severity == "info"
    assert told.say("en").startswith("Settings  All money is in ×10,000 CNY")
    assert "均以 万 CNY 为单位" in told.say("zh")
