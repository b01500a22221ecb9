"""``tierstock pack``: what belongs to a plan goes into one folder or zip, and nothing else.

The whole way, from a template over the plan to an audited pack, takes some seconds::

    pytest -m slow tests/tierstock/test_pack.py
"""

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from commands import answer, run
from compared import write_plan
from openpyxl import load_workbook

from tierstock.inputs.inspection import content_hash
from tierstock.outputs.compare import read_side
from tierstock.outputs.page.packing import block, tidy


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two plans, Friday's in Chinese; the second page is a copy of the first."""
    folder = tmp_path_factory.mktemp("made")
    monday = write_plan(folder / "monday.plan.xlsx")
    write_plan(folder / "friday.plan.xlsx", "zh", later=True)
    figures = read_side(monday, "monday").figures
    shown = {"summary": {"kpi": list(figures.index), "value": tidy(figures.to_numpy(float))}}
    page = f'<html><script type="application/json" id="facts">{block(shown)}</script></html>'
    for day in ("monday", "friday"):
        (folder / f"{day}.plan.html").write_text(page, encoding="utf-8")
    (folder / "friday.xlsx").write_bytes(b"another input")
    return folder


@pytest.fixture
def plans(made: Path, tmp_path: Path) -> list[Path]:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return [tmp_path / "monday.plan.xlsx", tmp_path / "friday.plan.xlsx"]


def hashes(text: str) -> dict[str, str]:
    lines = [line.split("  ", 1) for line in text.splitlines()]
    return {line[1]: line[0] for line in lines if len(line) == 2 and len(line[0]) == 64}


def test_a_pack_holds_what_belongs_to_its_plans(plans: list[Path], tmp_path: Path) -> None:
    done = run("pack", *plans, "-o", tmp_path / "review", "--lang", "en")
    there = {one.name: one.read_bytes() for one in (tmp_path / "review").iterdir()}
    told = hashes(there.pop("README.txt").decode())

    assert done.exit_code == 0, done.output
    assert sorted(there) == [
        "compare.xlsx",
        "friday.plan.xlsx",
        "monday.plan.html",
        "monday.plan.xlsx",
    ]
    assert told == {name: hashlib.sha256(data).hexdigest() for name, data in there.items()}
    assert there["monday.plan.xlsx"] == plans[0].read_bytes()
    book = load_workbook(tmp_path / "review" / "compare.xlsx")
    heads = [cell.value for cell in book["Compare"][1]]
    assert heads == ["KPI", "Base", "friday", "Best"]
    assert "friday.plan.html shows another plan than the workbook" in done.output
    assert done.output.count("no input beside it or given with --input has the hash") == 2


def test_the_readme_speaks_chinese_and_a_zip_is_the_same_each_time(
    plans: list[Path], tmp_path: Path
) -> None:
    first = run("pack", plans[1], "--json", "--lang", "zh")
    target = tmp_path / "friday.pack.zip"
    data = target.read_bytes()
    second = run("pack", plans[1], "--json", "--lang", "zh")

    assert (first.exit_code, second.exit_code, target.read_bytes() == data) == (0, 0, True)
    assert answer(first)["files"] == [str(target)]
    assert answer(first)["held"] == ["friday.plan.xlsx", "README.txt"]
    assert answer(first)["plans"][0]["passed"] is None
    with zipfile.ZipFile(target) as archive:
        text = archive.read("README.txt").decode()
    assert text.startswith("供评审的方案") and "成本 2,758 CNY，满足率 80.9%" in text
    assert "在计算时已通过审计" in text


def test_plans_of_one_name_stay_apart(plans: list[Path], tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copyfile(plans[1], other / "monday.plan.xlsx")
    done = run("pack", plans[0], other / "monday.plan.xlsx", "-o", tmp_path / "two", "--lang", "en")

    assert done.exit_code == 0, done.output
    names = sorted(one.name for one in (tmp_path / "two").glob("*.plan.xlsx"))
    assert names == ["monday (2).plan.xlsx", "monday.plan.xlsx"]


def test_nothing_is_written_where_a_plan_fails_its_audit(tmp_path: Path) -> None:
    source = tmp_path / "in.xlsx"
    source.write_bytes(b"the input of the plan")
    wanted = hashlib.sha256(source.read_bytes()).hexdigest()
    plan = write_plan(tmp_path / "out.plan.xlsx", source=wanted)
    done = run("pack", plan, "--input", source, "-o", tmp_path / "review", "--json")

    assert done.exit_code == 4, done.output
    assert answer(done)["plans"][0]["passed"] is False
    assert not (tmp_path / "review").exists()


def test_a_page_whose_figures_are_no_numbers_stays_out(plans: list[Path], tmp_path: Path) -> None:
    page = plans[0].with_suffix(".html")
    facts = block({"summary": {"kpi": ["Total cost"], "value": ["much"]}})
    page.write_text(f'<script type="application/json" id="facts">{facts}</script>', "utf-8")
    done = run("pack", plans[0], "-o", tmp_path / "review", "--lang", "en")

    assert done.exit_code == 0, done.output
    assert "monday.plan.html shows another plan than the workbook" in done.output


def test_an_input_folder_with_a_dot_in_its_name_is_found(tmp_path: Path) -> None:
    source = tmp_path / "week.2"
    source.mkdir()
    (source / "Locations.csv").write_text("Location\n", encoding="utf-8")
    plan = write_plan(tmp_path / "week.2.plan.xlsx", source=content_hash(source))
    done = run("pack", plan, "--json")

    assert answer(done)["plans"][0]["input"] == str(source)
    assert done.exit_code == 4  # it is audited, and this is no input of the plan by hand


def test_wrong_calls_write_nothing(plans: list[Path], tmp_path: Path) -> None:
    (tmp_path / "review").mkdir()
    bad = pd.DataFrame({"Location": ["DC"]})
    bad.to_excel(tmp_path / "input.xlsx", sheet_name="Locations", index=False)
    said = {
        ("pack", plans[0], "-o", tmp_path / "review"): "is there already",
        ("pack", tmp_path): "a pack takes results workbooks",
        ("pack", tmp_path / "input.xlsx"): "the sheet Summary of a plan's results is missing",
        ("pack", tmp_path / "mondai.plan.xlsx"): "monday.plan.xlsx",
    }
    before = sorted(one.name for one in tmp_path.iterdir())
    for words, text in said.items():
        done = run(*words, "--lang", "en")
        assert (done.exit_code, text in done.output) == (2, True), done.output
    assert sorted(one.name for one in tmp_path.iterdir()) == before


@pytest.mark.slow
def test_from_the_template_to_an_audited_pack(starter: Path, tmp_path: Path) -> None:
    assert run("plan", starter, "--no-progress").exit_code == 0
    shutil.copytree(starter.parent, tmp_path / "later", ignore=shutil.ignore_patterns("later"))
    later = tmp_path / "later" / starter.name
    assert run("plan", later, "--set", "carrying_rate=60%", "--no-progress").exit_code == 0
    plans = [file.with_name("shops.plan.xlsx") for file in (starter, later)]
    done = run("pack", *plans, "--json", "--lang", "en")
    told = answer(done)

    assert done.exit_code == 0, done.output
    assert all(plan["passed"] and plan["page"] and plan["input"] for plan in told["plans"])
    with zipfile.ZipFile(told["files"][0]) as archive:
        archive.extractall(tmp_path / "again")
    again = tmp_path / "again"
    assert run("audit", again / "shops.xlsx", again / "shops.plan.xlsx").exit_code == 0
    assert run("audit", again / "shops (2).xlsx", again / "shops (2).plan.xlsx").exit_code == 0
    facts = (again / "shops (2).plan.html").read_text(encoding="utf-8")
    assert json.dumps("holding") in facts
