"""Terms of Finance are read as stated, and slips are named at their cells."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from small import demand, tables
from told import cells, everything_found

import tierstock as ts
from tierstock.inputs import Network

Rows = list[dict[str, Any]]
PLACES: Rows = [
    {"Location": "A", "Tier": "RDC", "Region": "North", "Company": "North"},
    {"Location": "S", "Tier": "store", "Region": "North", "Company": "South"},
    {"Location": "T", "Tier": "store", "Region": "South", "Company": "North"},
]
WEEKS: Rows = [
    {"Period": "W1", "Start Date": "2026-01-05"},
    {"Period": "W2", "Start Date": "2026-01-12"},
    {"Period": "W3", "Start Date": "2026-01-19", "End Date": "2026-01-25"},
]


def read(*terms: dict[str, Any], **sheets: Rows) -> Network:
    book: dict[str, Rows] = {
        "Locations": PLACES,
        "Products": [{"Product": "P", "Unit Value": 10, "Price": 20}],
        "Lanes": [{"From": "A", "To": "S, T", "Lead Time": 0}],
        "Demand": [*demand("S", "P", 1, 1, 1), *demand("T", "P", 1, 1, 1)],
        "Supply": [{"Location": "A", "Product": "*", "Unit Cost": 1}],
        **({"Finance": list(terms)} if terms else {}),
    }
    return ts.read(tables(**(book | sheets)))


def found(*terms: dict[str, Any], **sheets: Rows) -> pd.DataFrame:
    """Everything found, whether it forbids the plan or not."""
    return everything_found(lambda: read(*terms, **sheets))


def row(party: str, kind: str, **more: object) -> dict[str, Any]:
    return {"Party": party, "Kind": kind, **more}


def opening(party: str, amount: float = 5) -> dict[str, Any]:
    return row(party, "opening cash", Amount=amount)


def test_no_rows_no_accounts() -> None:
    net = read()
    assert net.cash is None
    assert net.sales is None


def test_a_company_has_an_account_and_the_most_specific_party_its_terms() -> None:
    net = read(
        row("*", "pay", Days=9),
        row("North", "pay", Days=2),
        row("T", "pay", Days=1),
        row("Tier=store", "collect", Days=3),
        opening("North", 7),
        row("Company=South", "credit line", Amount=50, Interest="36.5%"),
    )
    cash = net.cash
    assert cash is not None
    assert cash.label.tolist() == ["North", "South"]
    assert cash.of.tolist() == [0, 1, 0]
    assert cash.opening.tolist() == [7, 0]
    assert cash.line.tolist() == [0, 50]
    assert cash.least.tolist() == [-np.inf, 0]
    assert cash.interest[:, 0].tolist() == [0, pytest.approx(0.001)]
    assert cash.pay_days.tolist() == [2, 9, 1]
    assert cash.collected[:, 0].tolist() == [0, 3, 3]


def test_a_payment_falls_into_the_period_that_holds_its_day() -> None:
    two = [*demand("S", "P", 1, 1, 1)]
    wanted: Rows = [{**one, "Period": f"W{one['Period']}"} for one in two]
    for days, due in ((0, 0), (6, 0), (6.9, 0), (7, 1), (13, 1), (14, 2), (20, 2), (21, 3)):
        net = read(row("A", "pay", Days=days), Periods=WEEKS, Demand=wanted)
        assert net.cash is not None
        assert net.cash.paid[0, 0] == due, days


def test_equal_parties_with_other_days_contradict() -> None:
    findings = found(row("North", "pay", Days=9), row("Tier=RDC", "pay", Days=2))
    assert cells(findings, "conflicting-rows") == ["Finance!C3"]


def test_terms_of_one_kind_do_not_meet_those_of_another() -> None:
    assert (
        cells(found(row("*", "pay", Days=9), row("*", "collect", Days=2)), "conflicting-rows") == []
    )


@pytest.mark.parametrize("party", ["A", "*", "Tier=store", "S,T"])
def test_an_amount_belongs_to_one_company(party: str) -> None:
    assert cells(found(opening(party)), "finance-company") == ["Finance!A2"]


@pytest.mark.parametrize("party", ["North", "Company=North", "A,T", "S", "公司主体=South"])
def test_all_places_of_a_company_are_the_company(party: str) -> None:
    assert found(opening(party)).query("severity == 'error'").empty


def test_where_there_is_one_company_everything_is_its_own() -> None:
    places = [{**place, "Company": None} for place in PLACES]
    net = read(opening("*"), Locations=places)
    assert net.cash is not None
    assert net.cash.label.tolist() == [""]
    assert net.cash.opening.tolist() == [5]


def test_one_row_of_a_kind_for_a_company() -> None:
    findings = found(opening("North"), opening("A,T"), opening("South"))
    assert cells(findings, "finance-twice") == ["Finance!A3"]


def test_an_unknown_party_is_named() -> None:
    findings = found(row("Norht", "pay", Days=3))
    assert cells(findings, "unknown-selector") == ["Finance!A2"]


def test_cells_that_mean_nothing_and_amounts_that_are_missing() -> None:
    findings = found(
        row("A", "pay", Days=3, Amount=5),
        row("North", "opening cash", Amount=5, Interest="5%"),
        row("South", "credit line", Amount=5, Days=4),
        row("South", "opening cash"),
        row("North", "credit line", Amount=-1),
    )
    assert cells(findings, "finance-unused") == [
        "Finance!D2",
        "Finance!E3",
        "Finance!C4",
    ] or sorted(cells(findings, "finance-unused")) == ["Finance!C2", "Finance!D3", "Finance!E4"]
    assert len(cells(findings, "blank-required")) == 1
    assert len(cells(findings, "finance-negative-line")) == 1


def test_sales_without_a_price_bring_no_cash() -> None:
    findings = found(opening("North"), Products=[{"Product": "P", "Unit Value": 10}])
    assert cells(findings, "no-cash-price")


def budget(**more: object) -> Rows:
    return [{"Budget": "B", "Kind": "cash", "Limit": 3, **more}]


def test_a_least_balance_needs_accounts() -> None:
    assert cells(found(Budgets=budget()), "budget-cash-idle") == ["Budgets!B2"]


def test_a_least_balance_is_of_whole_companies() -> None:
    findings = found(opening("North"), Budgets=budget(Location="A"))
    assert cells(findings, "budget-cash-part") == ["Budgets!D2"]
    findings = found(opening("North"), opening("South"), Budgets=budget(Location="Company=North"))
    assert findings.query("severity == 'error'").empty


@pytest.mark.parametrize(("column", "word"), [("Product", "P"), ("Each", "each location")])
def test_a_least_balance_is_not_of_places_or_products(column: str, word: str) -> None:
    findings = found(opening("North"), Budgets=budget(**{column: word}))
    assert cells(findings, "budget-cash") == ["Budgets!D2"]


def test_less_cash_today_than_must_be_there_is_told() -> None:
    terms = opening("North", 1), opening("South", 9)
    findings = found(*terms, Budgets=budget(Each="each company"))
    assert cells(findings, "budget-cash-today") == ["Budgets!C2"]
    assert "B, North" in findings.query("code == 'budget-cash-today'")["message"].iloc[0]
    assert not cells(found(*terms, Budgets=budget()), "budget-cash-today")
    for more in ({"Period": "2"}, {"Hardness": "soft"}, {"Averaging": "end"}):
        findings = found(*terms, Budgets=budget(Each="each company", **more))
        assert not cells(findings, "budget-cash-today")
    findings = found(*terms, Budgets=budget(Location="Company=South"))
    assert not cells(findings, "budget-cash-today")


TRADE: Rows = [{"From": "A", "To": "S", "Lead Time": 0, "Transfer Price": 9}]


def test_what_is_unlimited_is_not_sold_for_the_money() -> None:
    line = row("North", "credit line", Amount=9)
    assert cells(found(line, Lanes=TRADE), "finance-trade")
    assert not cells(found(opening("North"), Lanes=TRADE), "finance-trade")
    least = found(opening("North"), Lanes=TRADE, Budgets=budget(Location="Company=South"))
    assert cells(least, "finance-trade")
    limited = [{"Location": "A", "Product": "P", "Max": 9}]
    assert not cells(found(line, Lanes=TRADE, Supply=limited), "finance-trade")
