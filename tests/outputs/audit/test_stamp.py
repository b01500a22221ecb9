"""The sheet Audit holds hashes of input and results; a later audit knows both again."""

import re
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from in_process import frames
from random_networks import drawn
from real_plans import failed, least_plan

from tierstock.outputs.audit import audit
from tierstock.outputs.audit.report import NAMES

SHEETS = drawn(36).short
NUMBER = re.compile(rb'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?><v>)')
"""The beginning of a cell with a number."""
SUMMARY = "xl/worksheets/sheet1.xml"


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan published in both languages beside the folder of its input."""
    folder = tmp_path_factory.mktemp("plan")
    (folder / "input").mkdir()
    for name, frame in frames(SHEETS).items():
        frame.to_csv(folder / "input" / f"{name}.csv", index=False)
    plan = least_plan(SHEETS)
    assert plan is not None
    assert plan.save(folder / "zh.xlsx", language="zh").passed
    assert plan.save(folder / "plan.xlsx", language="en").passed
    return folder


@pytest.mark.parametrize(("name", "title", "side"), [("plan", "Audit", 0), ("zh", "审计", 1)])
def test_the_sheet_tells_both_hashes_and_where_the_worst_deviations_are(
    saved: Path, name: str, title: str, side: int
) -> None:
    sheet = openpyxl.load_workbook(saved / f"{name}.xlsx")[title]
    rows = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True)}
    now = audit(saved / "input", saved / f"{name}.xlsx")
    assert now.passed
    assert rows[NAMES["hash"][side]][-1] == f"sha256:{now.input_hash}"
    assert rows[NAMES["stamp"][side]][-1] == f"sha256:{now.plan_hash}"
    deviations = [where for _, worst, where in list(rows.values())[1:] if worst]
    assert deviations
    assert all((" · row ", " · 第 ")[side] in where for where in deviations)


def test_a_workbook_that_was_only_saved_again_is_the_one_audited(saved: Path) -> None:
    openpyxl.load_workbook(saved / "plan.xlsx").save(saved / "again.xlsx")
    assert failed(audit(saved / "input", saved / "again.xlsx")) == []


def test_every_number_on_the_page_of_summary_is_checked_beside_the_stamp(saved: Path) -> None:
    with ZipFile(saved / "plan.xlsx") as file:
        parts = {name: file.read(name) for name in file.namelist()}
    page, total = parts[SUMMARY], set(NAMES["total"])
    numbers = list(NUMBER.finditer(page))
    assert len(numbers) > 40
    for found in numbers:
        changed = page[: found.end()] + b"7" + page[found.end() :]
        with ZipFile(saved / "changed.xlsx", "w") as file:
            for name, data in parts.items():
                file.writestr(name, changed if name == SUMMARY else data)
        names = {check for check, _, _ in failed(audit(saved / "input", saved / "changed.xlsx"))}
        assert names & total, found.group()


def test_a_changed_number_of_any_sheet_is_told(saved: Path) -> None:
    with ZipFile(saved / "plan.xlsx") as file:
        parts = {name: file.read(name) for name in file.namelist()}
    last = list(parts)[-1]  # the sheet Audit is put in behind all others
    with_numbers = [
        name
        for name in parts
        if name.startswith("xl/worksheets/sheet") and name != last and NUMBER.search(parts[name])
    ]
    assert len(with_numbers) > 8
    for changed in with_numbers:
        with ZipFile(saved / "changed.xlsx", "w") as file:
            for name, data in parts.items():
                file.writestr(name, NUMBER.sub(rb"\g<1>7", data, 1) if name == changed else data)
        try:
            found = [
                check for check, _, _ in failed(audit(saved / "input", saved / "changed.xlsx"))
            ]
        except ValueError:
            continue  # no plan at all any more
        assert set(found) & set(NAMES["stamp"]), changed


def test_another_input_is_told(saved: Path) -> None:
    other = saved / "other"
    other.mkdir()
    for file in (saved / "input").iterdir():
        (other / file.name).write_bytes(file.read_bytes())
    (other / "Products.csv").write_text((other / "Products.csv").read_text() + "\n")
    found = [check for check, _, _ in failed(audit(other, saved / "plan.xlsx"))]
    assert [check for check in found if check in NAMES["hash"]] == found != []
