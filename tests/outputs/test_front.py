"""The first page says why the search ended and what to worry about."""

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from by_hand import facts, network

from tierstock.outputs.tables import build_tables
from tierstock.outputs.workbook import write_workbook

Tables = dict[str, pd.DataFrame]


def cells(sheet: Any) -> list[str]:
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]


@pytest.mark.parametrize("stopped", ["optimal", "gap", "time", "memory", "user", "fault"])
def test_every_reason_to_stop_has_its_sentence(
    tables: Tables, tmp_path: Path, stopped: str
) -> None:
    path = tmp_path / "plan.xlsx"
    unknown = facts(stopped=stopped, quality="feasible", bound=float("-inf"), gap=float("nan"))
    write_workbook(path, tables, "zh", {}, unknown)
    said = cells(openpyxl.load_workbook(path)["总览"])
    assert "• 尚未证明成本下界：与最优方案的差距未知。" in said
    assert sum(text.startswith(("• 搜索", "• 求解器")) for text in said) == 1


def test_a_plan_without_worries_says_so(tmp_path: Path) -> None:
    net = network()
    net.places.safety[:] = 0
    net.demand.quantity[:] = 0
    net.demand.opening_backlog[:] = 0
    path = tmp_path / "plan.xlsx"
    write_workbook(path, build_tables(net, {}, facts()), "en", {}, facts())
    said = cells(openpyxl.load_workbook(path)["Summary"])
    assert "• Nothing: no shortage, no warning, all targets met." in said
    assert "Biggest shipments (the plan has no transfers)" in said


def test_warnings_beyond_the_first_are_counted(tables: Tables, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    warned = facts(warnings=tuple(f"Warning number {n}." for n in range(8)))
    write_workbook(path, tables, "en", {}, warned)
    said = cells(openpyxl.load_workbook(path)["Summary"])
    assert "• Warning number 3." in said
    assert "• Warning number 4." not in said
    assert "• 4 more warnings in the sheet RunInfo." in said


def test_each_cost_stands_beside_what_it_is_today(tables: Tables, tmp_path: Path) -> None:
    summary = tables["Summary"]
    before = summary["Value"].where(summary["KPI"] != "Cost: freight", 77.0)
    words = "Sum of the cost bucket in the sheet Costs"
    sides = summary.assign(Baseline=before, Change=0.0, **{"Change %": 0.0})
    for name, value, then in (("Cost: expedite", 0.0, 5.0), ("Stock left at the end", 1.0, 1.0)):
        told: dict[str, str | float] = {"KPI": name, "Value": value}
        told |= {"Baseline": then, "Unit": "CNY"}
        sides.loc[len(sides)] = {"Scenario": "base", "Definition": words, **told}
    path = tmp_path / "plan.xlsx"
    write_workbook(path, tables | {"Summary": sides}, "en", {}, facts(baseline="policy"))
    rows = [row[1:5] for row in openpyxl.load_workbook(path)["Summary"].iter_rows(values_only=True)]
    head = ("Cost bucket", "Today (CNY)", "Plan (CNY)", "Share")
    split = {row[0]: row[1:3] for row in rows[rows.index(head) + 1 :]}
    freight = summary.loc[summary["KPI"] == "Cost: freight", "Value"].item()
    assert split["freight"] == (77.0, freight)
    assert split["expedite"] == (5.0, 0)
    total = summary.loc[summary["KPI"] == "Total cost", "Value"].item()
    assert split["Total"] == (total, total)


@pytest.mark.parametrize(
    ("language", "word", "buy"), [("en", "must", "(buy)"), ("zh", "必须", "（采购）")]
)
def test_a_move_that_has_to_be_says_so(
    tables: Tables, tmp_path: Path, language: str, word: str, buy: str
) -> None:
    row = {"Action": "buy", "From": "", "To": "R1", "Product": "A", "Quantity": 370.3}
    actions = pd.DataFrame(
        [{"Rank": n, "Do By": pd.Timestamp("2026-01-05"), **row} for n in (1, 2)]
    )
    actions["Saving"] = [float("nan"), 12.5]
    path = tmp_path / "plan.xlsx"
    write_workbook(path, tables | {"Actions": actions}, language, {}, facts())
    sheet = openpyxl.load_workbook(path).worksheets[0]
    moves = [row[5:] for row in sheet.iter_rows() if row[5].value == buy]
    assert [[cell.value for cell in row[1:5]] for row in moves] == [
        ["R1", "A", 370.3, word],
        ["R1", "A", 370.3, 12.5],
    ]
    assert moves[0][3].number_format == "[>=100]#,##0;[=0]0;#,##0.0"
    assert moves[0][4].alignment.horizontal == "right"


def test_a_gap_just_above_the_asked_one_does_not_read_as_reached(
    tables: Tables, tmp_path: Path
) -> None:
    path = tmp_path / "plan.xlsx"
    near = facts(stopped="time", gap=0.0101, asked_gap=0.01)
    write_workbook(path, tables, "en", {}, near)
    said = " ".join(cells(openpyxl.load_workbook(path)["Summary"]))
    assert "(1.01%) above" in said and "the asked gap was 1.00%" in said
    best = facts(objective=2810.0, bound=2810.0, gap=0.0)
    write_workbook(path, tables, "en", {}, best)
    said = " ".join(cells(openpyxl.load_workbook(path)["Summary"]))
    assert "this is the best possible plan; no plan for these data costs less than 2,810" in said
