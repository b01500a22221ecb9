"""The sheet Audit holds hashes of input and results; a later audit knows both again."""

import re
from pathlib import Path
from shutil import copytree
from zipfile import ZipFile

import openpyxl
import pytest
from commands import run
from goals import reached
from in_process import frames
from random_networks import drawn
from real_plans import failed, least_plan

import tierstock as ts
from tierstock.outputs.audit import audit, audit_stamp
from tierstock.outputs.audit.report import NAMES

SHEETS = drawn(36).short
NUMBER = re.compile(rb'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?><v>)')
"""The beginning of a cell with a number."""
SUMMARY = "xl/worksheets/sheet1.xml"
AUDITED = 8
ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ("starter", "promotion", "medicine")


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


def stamps(file: Path) -> list[str]:
    """Hashes in the sheet Audit, of the input and of the results."""
    sheet = openpyxl.load_workbook(file, read_only=True)["Audit"]
    rows = {row[0]: str(row[-1]) for row in sheet.iter_rows(values_only=True)}
    return [rows[NAMES[check][0]] for check in ("hash", "stamp")]


def test_every_plan_that_is_written_was_audited_and_is_stamped(tmp_path: Path) -> None:
    """By the command and from Python; workbooks of plans come into being in one place alone."""
    good, plans = 0, 0
    for name in SAMPLES:
        source = tmp_path / f"{name}.xlsx"
        assert run("new", source, "--sample", name, "--lang", "en").exit_code == 0
        files = [source.with_suffix(".plan.xlsx"), tmp_path / f"{name}.own.xlsx"]
        assert run("plan", source, "--gap", "20%", "--lang", "en").exit_code == 0
        plan = ts.solve(ts.build(ts.read(source)), gap=0.2, progress=False)
        assert plan.save(files[1], language="en").passed
        for file in files:
            now = audit(source, file)
            wanted = [f"sha256:{one}" for one in (now.input_hash, now.plan_hash)]
            plans, good = plans + 1, good + (now.passed and stamps(file) == wanted)
    rooms = (ROOT / room for room in ("inputs", "model", "solvers", "outputs", "tierstock"))
    code = {path: path.read_text("utf-8") for room in rooms for path in room.rglob("*.py")}
    writers = [path.name for path, text in code.items() if "= write_draft(" in text]
    figure = f"{good} of {plans} plans of command and Python audited and stamped with both hashes"
    reached(AUDITED, figure, good == plans and writers == ["plan.py"])


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


@pytest.mark.parametrize(("language", "side"), [("en", 0), ("zh", 1)])
def test_the_hashes_alone_tell_what_is_no_more_as_it_was_audited(
    saved: Path, tmp_path: Path, language: str, side: int
) -> None:
    def wrong(source: str | Path, plan: Path) -> list[str]:
        result = audit_stamp(source, plan, language)
        assert result.passed is not bool(failed(result)) and len(result.checks) == 2
        return [name for name, _, _ in failed(result)]

    both, plan = [NAMES[check][side] for check in ("hash", "stamp")], saved / "plan.xlsx"
    assert wrong(saved / "input", plan) == []
    other = copytree(saved / "input", tmp_path / "input")
    (other / "Products.csv").write_text("Product\n", encoding="utf-8")
    assert wrong(other, plan) == both[:1]
    book = openpyxl.load_workbook(plan)
    del book["Audit"]
    book.save(tmp_path / "unaudited.xlsx")
    assert wrong(saved / "input", tmp_path / "unaudited.xlsx") == both


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
