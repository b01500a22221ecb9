"""What stays short where a move brings goods is told with its cause, and audited."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from small import Rows, demand, tables
from two_shops import acted_on

import tierstock as ts
from tierstock.outputs.audit import audit

LANE = {"From": "SUP", "To": "S1", "Unit Cost": 1}
SHEETS: dict[str, Rows] = {
    "Locations": [{"Location": "SUP", "Tier": "supplier"}, {"Location": "S1", "Tier": "store"}],
    "Products": [{"Product": "tea", "Unit Value": 10, "Price": 20}],
    "Demand": demand("S1", "tea", 8, 2),
}


def reason(actions: pd.DataFrame) -> str:
    """Return the reason of what comes to the store first."""
    return str(actions[actions["To"] == "S1"].sort_values("Do By")["Reason"].iloc[0])


def solved(**lane: object) -> ts.Plan:
    net = ts.read(tables(**{**SHEETS, "Lanes": [{**LANE, **lane}]}))
    return acted_on(ts.solve(ts.build(net), gap=0.0, threads=1, progress=False))


@pytest.fixture(scope="module")
def plan() -> ts.Plan:
    """The lane carries 5 of the 8 that are wanted."""
    return solved(**{"Lead Time": 0, "Max Shipment": 5})


def test_a_full_lane_is_the_cause_of_what_stays_short(plan: ts.Plan) -> None:
    first = reason(plan.actions)
    assert first.startswith("Without it S1 runs short of about 5 units, from 1 on.")
    assert "3 units are short there in 1 all the same: capacity." in first
    assert "该处在 1 仍缺 3 件：能力不足。" in reason(plan.find_actions("zh"))
    assert plan.why("S1", "tea", "1").cause == "capacity"


def test_goods_that_come_too_late_name_what_is_short_before_them() -> None:
    late = solved(**{"Lead Time": 1})
    assert "8 units are short there in 1 all the same: lead time." in reason(late.actions)


def test_goods_for_the_end_of_the_horizon_are_for_no_shortage_before_it(tmp_path: Path) -> None:
    """The store is short in the last period, and what leaves now is there after it."""
    left: Rows = [{"Location": "S1", "Rule": "value", "Value": 100, "Quantity": 3}]
    lanes: Rows = [{**LANE, "Lead Time": 2}]
    net = ts.read(tables(**{**SHEETS, "Lanes": lanes, "Terminal": left}))
    plan = acted_on(ts.solve(ts.build(net), gap=0.0, threads=1, progress=False))
    assert "after the horizon" in reason(plan.actions)
    assert "are short there" not in reason(plan.actions)
    assert plan.tables["Service"]["Lost"].sum() == 10
    assert plan.save(tmp_path / "plan.xlsx").passed


@pytest.fixture(scope="module")
def folder(plan: ts.Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The input, and the plan as a Chinese workbook, which passes its audit."""
    place = tmp_path_factory.mktemp("study")
    lanes = [{**LANE, "Lead Time": 0, "Max Shipment": 5}]
    for name, frame in tables(**{**SHEETS, "Lanes": lanes}).items():
        frame.to_csv(place / f"{name}.csv", index=False)
    assert plan.save(place / "plan.xlsx", language="zh").passed
    return place


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("仍缺 3 件", "仍缺 4 件"),
        ("能力不足", "提前期不足"),
        ("该处在 1 仍缺 3 件：能力不足。", ""),
    ],
)
def test_a_wrong_sentence_or_none_fails_the_audit(
    folder: Path, tmp_path: Path, old: str, new: str
) -> None:
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    cells = [cell for row in book["行动清单"].iter_rows() for cell in row]
    cell = next(one for one in cells if old in str(one.value))
    cell.value = cell.value.replace(old, new)
    book.save(tmp_path / "plan.xlsx")
    failed = [one.name for one in audit(folder, tmp_path / "plan.xlsx").checks if not one.passed]
    assert failed[0] == "缺货与发运的原因"
