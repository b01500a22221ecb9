"""The end of a previous plan is what the next one has to leave."""

from pathlib import Path

import pandas as pd
import pytest
from families import TEA, TWO, lane, stock
from openpyxl import load_workbook
from small import demand, tables

import tierstock as ts

STUDY = {
    "Locations": TWO,
    "Products": TEA,
    "Lanes": lane(**{"Unit Cost": 1}),
    "Demand": demand("S1", "tea", 3, 3),
    "OpeningStock": [stock("DC", 10)],
    "Supply": [{"Location": "DC", "Product": "tea", "Unit Cost": 2}],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An input folder and, beside it, the plan of a study that leaves 4 at DC."""
    plan = ts.solve(ts.build(ts.read(tables(**STUDY))), gap=0, progress=False)
    plan.save(tmp_path / "old.plan.xlsx")
    more = {**STUDY, "OpeningStock": [stock("DC", 7)]}
    more["Terminal"] = [{"Rule": "baseline", "Penalty": 50}]
    more["Settings"] = [{"Setting": "previous_plan", "Value": "old.plan.xlsx"}]
    target = tmp_path / "study"
    target.mkdir()
    for name, frame in tables(**more).items():
        frame.to_csv(target / f"{name}.csv", index=False)
    return target


def test_the_plan_leaves_what_the_previous_one_left(folder: Path, tmp_path: Path) -> None:
    plan = ts.solve(ts.build(ts.read(folder)), gap=0, progress=False)

    assert plan.cost == pytest.approx(6 + 3 * 2)  # 6 shipped; 3 bought, so that 4 are left
    assert plan.save(tmp_path / "new.plan.xlsx").passed


def test_a_plan_that_leaves_less_fails_the_audit(folder: Path, tmp_path: Path) -> None:
    plan = ts.solve(ts.build(ts.read(folder)), gap=0, progress=False)
    plan.save(tmp_path / "new.plan.xlsx")
    book = load_workbook(tmp_path / "old.plan.xlsx")
    rows = book["Inventory"].iter_rows()
    headings = [str(cell.value).split(" (")[0] for cell in next(rows)]
    for row in rows:
        if row[headings.index("Location")].value == "DC":
            row[headings.index("Closing")].value += 1
    book.save(tmp_path / "old.plan.xlsx")

    from tierstock.outputs.audit import audit

    failed = [c for c in audit(folder, tmp_path / "new.plan.xlsx").checks if not c.passed]
    assert "Terminal rules and their cost" in {check.name for check in failed}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "terminal-without-plan"),
        ("nowhere.xlsx", "no-such-file"),
        ("study", "previous-plan-empty"),
    ],
)
def test_a_plan_that_is_not_there_is_named(folder: Path, value: str, code: str) -> None:
    pd.DataFrame([{"Setting": "previous_plan", "Value": value}]).to_csv(
        folder / "Settings.csv", index=False
    )
    with pytest.raises(ts.InputError) as caught:
        ts.read(folder)
    assert code in set(caught.value.findings["code"])
