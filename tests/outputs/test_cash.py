"""What the accounts of companies look like in the results."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from cases_cash import BUYING, CASES, PAIR, SOLD, STILL, credit, least, opening, terms
from families import HOLD, lane
from small import Rows, demand, model

import tierstock as ts
from tierstock.plan import Plan


def solved(name: str) -> Plan:
    return ts.solve(model(**CASES[name].sheets), gap=0, progress=False)


def ledger(plan: Plan) -> list[tuple[object, ...]]:
    columns = ["Company", "Period", "Inflow", "Outflow", "Debt", "Closing Cash"]
    return list(plan.tables["Cash"][columns].round(6).itertuples(index=False, name=None))


def test_a_ledger_by_hand() -> None:
    plan = solved("cash_interest_carried")
    assert ledger(plan) == [
        ("Ours", "1", 0.0, 20.0, 10.0, 0.0),
        ("Ours", "2", 0.0, 1.0, 11.0, 0.0),
        ("Ours", "3", 50.0, 1.1, 0.0, 37.9),
    ]
    costs = plan.tables["Costs"]
    interest = costs[costs["Cost Bucket"] == "interest"]
    assert interest["Amount"].round(6).tolist() == [1.0, 1.1]
    assert interest["Location"].tolist() == ["", ""]


def test_what_companies_pay_each_other_moves_from_account_to_account() -> None:
    plan = solved("cash_mean_of_companies")
    whole = plan.tables["Cash"].groupby("Company")[["Inflow", "Outflow"]].sum()
    assert whole.round(6).to_dict("index") == {
        "North": {"Inflow": 66.0, "Outflow": 22.0},
        "South": {"Inflow": 55.0, "Outflow": 66.0},
    }


def test_what_is_owed_at_the_end_is_charged_for_but_not_paid() -> None:
    sheets = {
        **BUYING,
        "Demand": demand("S1", "tea", 5),
        "Finance": [opening(12), credit(9, "3650%"), terms("S1", "collect", Days=1)],
    }
    plan = ts.solve(model(**sheets), gap=0, progress=False)
    assert ledger(plan) == [("Ours", "1", 0.0, 20.0, 8.0, 0.0)]
    assert plan.cost == pytest.approx(20.8)


def test_nothing_is_borrowed_without_need_though_it_is_free() -> None:
    sheets: dict[str, Rows] = {
        **BUYING,
        "Demand": demand("S1", "tea", 5, 5),
        "StockCosts": HOLD,
        "Finance": [opening(12), credit(50), terms("S1", "collect", Days=1)],
    }
    plan = ts.solve(model(**sheets), gap=0, progress=False)
    assert plan.tables["Cash"]["Debt"].round(6).tolist() == [8.0, 0.0]


def test_a_purchase_names_the_day_it_is_paid_on_behind_the_horizon_too() -> None:
    dates = solved("cash_due_after_the_end").tables["Purchases"]["Pay Date"]
    assert dates.tolist() == [pd.Timestamp("2026-01-07")]


def test_without_finance_nothing_tells_of_cash() -> None:
    sheets = {key: rows for key, rows in CASES["cash_pay_later"].sheets.items() if key != "Finance"}
    plan = ts.solve(model(**sheets), gap=0, progress=False)
    assert "Cash" not in plan.tables
    assert "Pay Date" not in plan.tables["Purchases"]
    assert "Cash minimum" not in plan.tables["Summary"]["KPI"].tolist()


def test_a_least_balance_stands_in_capacity_use_without_a_share() -> None:
    use = solved("cash_least_soft").tables["CapacityUse"]
    (row,) = use[use["Kind"] == "cash"].to_dict("records")
    assert (row["From"], row["To"], row["Limit"], row["Used"]) == ("B", "Ours", 25, 10)
    assert row["Extra"] == pytest.approx(15)
    assert pd.isna(row["Utilisation"])


def test_the_lowest_balance_is_a_key_figure() -> None:
    summary = solved("cash_least").tables["Summary"].set_index("KPI")["Value"]
    assert summary["Cash minimum"] == pytest.approx(-2.0)


def test_a_chinese_workbook_tells_of_cash(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "Locations": PAIR,
        "Products": SOLD,
        "Settings": [*STILL, {"Setting": "report_language", "Value": "zh"}],
        "Lanes": lane(),
        "Supply": [{"Location": "DC", "Product": "tea", "Unit Cost": 4}],
        "Demand": demand("S1", "tea", 5, 5),
        "Finance": [opening(30, "North"), credit(30, "10%", "North")],
        "Budgets": least(0, Location="Company=South"),
    }
    path = tmp_path / "plan.xlsx"
    assert ts.solve(model(**sheets), gap=0, progress=False).save(path).passed
    book = openpyxl.load_workbook(path)
    rows = list(book["资金流"].iter_rows(values_only=True))
    assert [str(cell).split(" (")[0] for cell in rows[0]] == [
        *("情景", "公司主体", "期间", "流入", "流出", "库存金额", "借款", "期末现金")
    ]
    assert len(rows) == 5
    assert "借款利息" in {row[1] for row in book["成本构成"].iter_rows(values_only=True)}
