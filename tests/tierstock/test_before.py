"""Before and after: the plan beside its baseline, in tables, workbook, words and for machines."""

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from column_walk import SHEETS
from commands import answer, run
from setting_changes import said
from small import Rows, tables

import tierstock as ts
from tierstock.outputs.audit import audit

TODAY = SHEETS["today"]


def solved(sheets: dict[str, Rows], **settings: Any) -> ts.Plan:
    net = ts.read(tables(**said(sheets, **settings)))
    return ts.solve(ts.build(net), gap=0, threads=1, progress=False)


@pytest.fixture(scope="module")
def plan() -> ts.Plan:
    return solved(TODAY)


def test_summary_shows_both_sides_by_one_formula(plan: ts.Plan) -> None:
    # S1 takes tea from the DC: 4 at once (position 0 <= 1), 1 left; then up to 4 again, 1 left;
    # then again, and 5 are wanted: 1 lost, 100 for it. The DC has 4 and 4 are asked of it, so it
    # orders 6; then 3 in every period.
    figures = plan.kpis.set_index("KPI")
    before = figures["Baseline"]
    assert before["Lost units"] == 1 + 5  # no row speaks of cups: 5 are lost
    assert before["Cost: freight"] == 4 + 3 + 3
    assert before["Cost: holding"] == 3 * 6 + (1 + 1 + 0)
    assert before["Total cost"] == 10 + 20 + 100 + 5 * 60
    change = figures["Value"] - before
    assert figures["Change"].equals(change.rename("Change"))
    share = (figures["Change %"] * before.abs()).dropna()
    assert share.to_numpy() == pytest.approx(change[share.index].to_numpy())
    assert plan.baseline().kpis.set_index("KPI")["Value"]["Total cost"] == before["Total cost"]
    assert any("no row in Policy" in note for note in plan.notes)


def test_the_difference_in_end_stock_stands_on_a_line_of_its_own(plan: ts.Plan) -> None:
    sheets = {**TODAY, "Products": [{**row, "Unit Value": 10} for row in TODAY["Products"]]}
    left = solved(sheets).kpis.set_index("KPI").loc["Stock left at the end"]
    assert (left["Value"], left["Baseline"], left["Change"]) == (0, 60, -60)


def test_without_a_baseline_summary_is_as_it_was() -> None:
    plain = solved(TODAY, baseline="none")
    assert "Baseline" not in plain.kpis
    assert "Stock left at the end" not in plain.kpis["KPI"].tolist()
    with pytest.raises(ValueError, match="no baseline"):
        plain.baseline()
    assert plain.baseline("nothing").kind == "nothing"


@pytest.fixture(scope="module")
def file(plan: ts.Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan as a Chinese workbook; it passes its audit."""
    path = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    assert plan.save(path, language="zh").passed
    return path


def test_a_wrong_change_fails_the_audit(file: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(file)
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    (head,) = [cell for cell in cells if cell.value == "变化"]
    at = head.offset(row=1)
    at.value = float(at.value) + 1
    book.save(tmp_path / "wrong.xlsx")
    for name, frame in tables(**TODAY).items():
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
    failed = [one for one in audit(tmp_path, tmp_path / "wrong.xlsx").checks if not one.passed]
    assert failed[0].name == "合计、目标值与主要指标"


def test_the_first_page_begins_with_it(file: Path) -> None:
    rows = openpyxl.load_workbook(file).worksheets[0].iter_rows(max_row=8, values_only=True)
    texts = " ".join(str(cell) for row in rows for cell in row if cell is not None)
    assert "与现行策略相比：成本 17 CNY，原为 430（-96.0%）；满足率 100.0%，原为 62.5%" in texts
    assert "现行策略 430（-96.0%）" in texts
    assert "现行策略 62.5%（+37.5 个百分点）" in texts


def test_a_previous_plan_is_what_it_was_when_it_is_replayed(file: Path) -> None:
    again = solved(TODAY, baseline="previous plan", previous_plan=str(file))
    figures = again.kpis.set_index("KPI")
    assert figures["Baseline"]["Total cost"] == pytest.approx(figures["Value"]["Total cost"])
    assert again.baseline().kind == "previous plan"


def test_a_baseline_without_its_data_is_refused() -> None:
    bare = {name: rows for name, rows in TODAY.items() if name not in ("Policy", "FixedPlan")}
    for kind, code in (
        ("policy", "baseline-without-policy"),
        ("previous plan", "baseline-without-plan"),
    ):
        with pytest.raises(ts.InputError) as told:
            ts.read(tables(**said(bare, baseline=kind)))
        assert told.value.findings["code"].tolist() == [code]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"Parameter 2": None}, "policy-parameter"),
        ({"Parameter 2": 0.5}, "policy-levels"),
        ({"Policy": "fixed-share", "Parameter 1": 3}, "policy-share"),
        ({"Policy": "reorder-qty", "Parameter 2": 0}, "policy-no-quantity"),
        ({"Review Every": 0}, "policy-periods"),
        ({"Approval Lag": 0.5}, "policy-periods"),
        ({"Source": "S1"}, "policy-no-way"),
    ],
)
def test_a_rule_that_cannot_be_replayed_is_an_error_at_its_cell(
    change: dict[str, Any], code: str
) -> None:
    rows = [TODAY["Policy"][0] | change, *TODAY["Policy"][1:]]
    with pytest.raises(ts.InputError) as told:
        ts.read(tables(**{**TODAY, "Policy": rows}))
    assert told.value.findings[["sheet", "code", "row"]].to_numpy().tolist() == [
        ["Policy", code, 2]
    ]


def test_the_console_and_the_line_for_machines_begin_with_it(tmp_path: Path) -> None:
    for name, frame in tables(**TODAY).items():
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
    told = run("plan", tmp_path, "-o", tmp_path / "out", "--gap", "0", "--json")
    assert "17 CNY; today 430 (-96.0%)" in told.stderr
    line = answer(told)
    assert line["baseline"]["kind"] == "policy"
    assert line["baseline"]["kpis"]["Total cost"] == 430
    assert pd.notna(line["kpis"]["Total cost"])


def test_the_plan_leaves_what_today_s_policy_leaves(tmp_path: Path) -> None:
    # Today 6 are left at the DC, worth 10 each: the plan has to end with as many.
    sheets = {**TODAY, "Products": [{**row, "Unit Value": 10} for row in TODAY["Products"]]}
    today = solved(sheets).baseline("policy").save(tmp_path / "today")
    equal = solved(sheets, terminal_rule="baseline", previous_plan=str(today))
    left = equal.kpis.set_index("KPI").loc["Stock left at the end"]
    assert (left["Value"], left["Baseline"]) == (60, 60)
    assert equal.save(tmp_path / "plan.xlsx").passed
    with pytest.raises(ValueError, match=r"plan\.xlsx"):
        equal.baseline("policy").save(tmp_path)
