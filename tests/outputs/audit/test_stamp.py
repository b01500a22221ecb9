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


@pytest.fixture(scope="module", params=["en", "zh"])
def saved(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published plan beside the folder of its input."""
    folder = tmp_path_factory.mktemp("plan")
    (folder / "input").mkdir()
    for name, frame in frames(SHEETS).items():
        frame.to_csv(folder / "input" / f"{name}.csv", index=False)
    plan = least_plan(SHEETS)
    assert plan is not None
    assert plan.save(folder / "plan.xlsx", language=request.param).passed
    return folder


def test_the_sheet_tells_both_hashes_and_where_the_worst_deviations_are(saved: Path) -> None:
    book = openpyxl.load_workbook(saved / "plan.xlsx")
    sheet = book["Audit"] if "Audit" in book.sheetnames else book["审计"]
    rows = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True)}
    side = int("审计" in book.sheetnames)
    now = audit(saved / "input", saved / "plan.xlsx")
    assert rows[NAMES["hash"][side]][-1] == f"sha256:{now.input_hash}"
    assert rows[NAMES["stamp"][side]][-1] == f"sha256:{now.plan_hash}"
    assert now.passed
    deviations = [where for _, worst, where in list(rows.values())[1:] if worst]
    assert deviations
    assert all(" · " in where for where in deviations)


def test_a_workbook_that_was_only_saved_again_is_the_one_audited(saved: Path) -> None:
    openpyxl.load_workbook(saved / "plan.xlsx").save(saved / "again.xlsx")
    assert failed(audit(saved / "input", saved / "again.xlsx")) == []


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
