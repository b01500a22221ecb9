"""What service targets, fairness and profit look like in the results."""

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from all_cases import ALL
from cases_objectives import CASES
from small import Rows, demand, model, tables
from turns import part

import tierstock as ts
from tierstock.plan import Plan

PLACES: Rows = [
    {"Location": "DC", "Tier": "RDC"},
    {"Location": "S1", "Tier": "store"},
    {"Location": "S2", "Tier": "store"},
]


def settings(**values: object) -> Rows:
    return [{"Setting": name, "Value": value} for name, value in values.items()]


def solved(*targets: dict[str, Any], **more: Rows) -> Plan:
    """6 units for two stores that want 4 each; S1 is dearer to lose."""
    sheets: dict[str, Rows] = {
        "Locations": PLACES,
        "Products": [{"Product": "tea", "Unit Value": 0, "Price": 10}],
        "Lanes": [{"From": "DC", "To": "S1, S2", "Lead Time": 0}],
        "Demand": demand("S1", "tea", 4, **{"Shortage Cost": 9})
        + demand("S2", "tea", 4, **{"Shortage Cost": 1}),
        "OpeningStock": [{"Location": "DC", "Product": "tea", "Quantity": 6}],
        "ServiceTargets": [{"Target": f"T{n}", **row} for n, row in enumerate(targets)],
    }
    sheets |= more
    return ts.solve(model(**{k: v for k, v in sheets.items() if v}), gap=0, progress=False)


def results(plan: Plan) -> list[tuple[object, ...]]:
    frame = plan.tables["TargetResults"].fillna(-1.0)
    return list(frame[["Target", "Window", "Minimum", "Achieved", "Gap"]].itertuples(index=False))


def test_every_target_member_and_window_has_its_row() -> None:
    plan = solved(
        {"Minimum": 0.75, "Penalty": 0},
        {"Minimum": 0.75, "Penalty": 0, "Each": "each location", "Window": "each period"},
        {"Minimum": 0.75, "Penalty": 0, "Measure": "cycle"},
    )
    assert results(plan) == [
        ("T0", "horizon", 0.75, 0.75, 0.0),
        ("T1 / S1", "1", 0.75, 1.0, 0.0),
        ("T1 / S2", "1", 0.75, 0.5, 25.0),
        ("T2", "horizon", 0.75, 0.5, 25.0),
    ]


def test_fairness_shows_the_worst_member_against_the_least_allowed() -> None:
    plan = solved(
        {"Minimum": 0, "Fairness": "max-min", "Penalty": 0},
        {"Minimum": 0, "Fairness": "proportional", "Tolerance": 0.1, "Penalty": 0},
    )
    shown = {row[0]: row[2:] for row in results(plan)}
    assert shown["T0 [max-min]"] == (-1.0, 0.5, 0.0)
    assert shown["T1 [proportional]"] == pytest.approx((0.65, 0.5, 15.0))


def test_what_a_target_is_missed_by_costs_its_penalty_at_its_place() -> None:
    plan = solved(
        {"Minimum": 1, "Penalty": 0.5, "Each": "each location"},
        {"Minimum": 1, "Penalty": 0.25},
    )
    costs = plan.costs[plan.costs["Cost Bucket"] == "target shortfall"]
    shown = costs[["Location", "Product", "Period", "Amount"]].to_numpy().tolist()
    assert shown == [["", "tea", "1", 0.5], ["S2", "tea", "1", 1.0]]
    assert plan.objective == pytest.approx(2 + 1.5)


def test_a_plan_without_targets_has_no_such_sheet() -> None:
    assert "TargetResults" not in solved().tables


def test_the_sheet_is_written_in_chinese_too(tmp_path: Path) -> None:
    plan = solved({"Minimum": 0.75, "Fairness": "equal-cover", "Penalty": 1})
    plan.save(tmp_path / "plan.xlsx", language="zh")
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["目标达成"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][1:3] == ["目标名", "窗口"]
    assert {row[1] for row in rows[1:]} == {"T0", "T0 [等覆盖天数]"}
    assert {row[2] for row in rows[1:]} == {"计划期"}


def test_profit_is_revenue_less_cost(tmp_path: Path) -> None:
    plan = solved(Settings=settings(objective="profit"))
    kpi = plan.kpis.set_index("KPI")["Value"]

    assert kpi["Revenue"] == 60.0
    assert kpi["Total cost"] == pytest.approx(2.0)
    assert kpi["Profit"] == kpi["Best possible profit"] == pytest.approx(58.0)
    assert pd.isna(kpi["Best possible cost"])
    assert plan.objective == plan.costs["Amount"].sum() == pytest.approx(-58.0)
    assert "Cost: revenue" not in kpi.index
    assert plan.save(tmp_path / "plan.xlsx").passed


def test_cost_mode_says_nothing_about_profit() -> None:
    assert not {"Revenue", "Profit", "Best possible profit"} & set(solved().kpis["KPI"])


def test_levels_are_told_in_the_run_info_in_both_languages(tmp_path: Path) -> None:
    plan = solved(
        Settings=settings(objective="lexicographic", objective_levels="service, cost, moves")
    )
    for language, sheet, level, bound in (
        ("en", "RunInfo", "Level: moves", "Bound of level: service"),
        ("zh", "运行信息", "层次：笔数", "层次的界：服务"),
    ):
        plan.save(tmp_path / "plan.xlsx", language=language)
        rows = openpyxl.load_workbook(tmp_path / "plan.xlsx")[sheet].iter_rows(values_only=True)
        told = dict(row[:2] for row in rows)
        assert told[level] == 2
        assert told[bound] == 6
        assert any("service, cost, moves" in str(value) for value in told.values())


def test_the_front_page_tells_the_levels(tmp_path: Path) -> None:
    plan = solved(Settings=settings(objective="lexicographic", objective_levels="service, cost"))
    plan.save(tmp_path / "plan.xlsx", language="en")
    page = openpyxl.load_workbook(tmp_path / "plan.xlsx").worksheets[0]
    text = " ".join(str(cell) for row in page.iter_rows(values_only=True) for cell in row if cell)
    assert "Level 1, service: 6 (best possible 6, given the levels before)." in text


@pytest.mark.parametrize("name", part(ALL, 0, parts=9))
def test_discounted_money_adds_up_and_passes_the_audit(name: str, tmp_path: Path) -> None:
    sheets = dict(ALL[name].sheets)
    stated = [row for row in sheets.get("Settings", []) if row["Setting"] != "discount_per_period"]
    sheets["Settings"] = [*stated, {"Setting": "discount_per_period", "Value": "20%"}]
    plan = ts.solve(ts.build(ts.read(tables(**sheets))), gap=0, progress=False)

    assert plan.costs["Amount"].sum() == pytest.approx(plan.objective, rel=1e-6, abs=1e-6)
    assert plan.save(tmp_path / "plan.xlsx").passed


@pytest.mark.parametrize("name", [*CASES, "fair_first"])
def test_the_driver_finds_what_the_levels_cost_by_hand(name: str) -> None:
    plan = ts.solve(model(**ALL[name].sheets), gap=0, progress=False)
    assert plan.quality == "proven"
    assert plan.objective == pytest.approx(ALL[name].optimum, abs=1e-6)
