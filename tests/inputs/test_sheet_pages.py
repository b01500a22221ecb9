"""The pages about the sheets are current, complete, and their examples can be planned."""

import importlib.util
import re
import shlex
import sys
from pathlib import Path
from types import ModuleType

import pytest
from commands import answer, run
from starter import codes

from tierstock.inputs import inspect
from tierstock.inputs.messages import messages
from tierstock.inputs.samples.examples import example, example_names
from tierstock.inputs.schema import schema

DOCS = Path(__file__).resolve().parents[2] / "docs"
READ = [sheet.name for sheet in schema().inputs if sheet.status == "model"]
COMMAND = re.compile(r"^tierstock new (.*)$", re.MULTILINE)


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    sys.path.insert(0, str(DOCS))
    try:
        spec = importlib.util.spec_from_file_location("make_sheets", DOCS / "make_sheets.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(DOCS))
    return module


@pytest.fixture(scope="module")
def pages(maker: ModuleType) -> dict[str, str]:
    return dict(maker.pages())


def test_the_pages_are_what_the_schema_says(pages: dict[str, str]) -> None:
    kept = {file.name: file.read_text(encoding="utf-8") for file in (DOCS / "sheets").iterdir()}
    assert kept == pages, "run python docs/make_sheets.py"


def test_every_sheet_that_is_read_has_a_page_in_both_languages(pages: dict[str, str]) -> None:
    names = {name.split(".")[0] for name in pages}
    assert names == {*READ, "README"} == {*example_names(), "README"}
    assert len(pages) == 2 * len(names)
    for sheet in map(schema().sheet, READ):
        for end, language in ((".md", "en"), (".zh.md", "zh")):
            text = pages[f"{sheet.name}{end}"]
            columns = [one for one in sheet.columns if one.status != "later"]
            missing = [one.name for one in columns if f"| {one.heading(language)}<br>" not in text]
            assert missing == [], sheet.name
            assert f"({sheet.name}{end})" in pages[f"README{end}"]


def test_every_link_of_a_page_leads_somewhere(pages: dict[str, str]) -> None:
    anchors = {
        name: set(re.findall(r'<a id="([\w-]+)">', (DOCS / name).read_text(encoding="utf-8")))
        for name in ("errors.md", "errors.zh.md")
    }
    assert anchors["errors.md"] == anchors["errors.zh.md"] <= set(messages())
    for name, text in pages.items():
        for target in re.findall(r"\]\(([^)]+)\)", text):
            file, _, anchor = target.partition("#")
            assert (DOCS / "sheets" / file).resolve().is_file(), (name, target)
            if file.startswith("../errors"):
                assert anchor in anchors[file.removeprefix("../")], (name, target)


@pytest.mark.parametrize("sheet", READ)
def test_the_example_of_a_page_checks_clean_in_both_languages(sheet: str) -> None:
    for language in ("en", "zh"):
        tables = example(sheet, language)
        assert len(tables[sheet]) > 0
        assert codes(inspect(tables).findings, "error", "warning") == [], language


@pytest.mark.parametrize("page", ["Vehicles.md", "TransferRules.zh.md", "Settings.md"])
def test_the_command_of_a_page_makes_a_workbook_that_checks_clean(
    page: str, pages: dict[str, str], tmp_path: Path
) -> None:
    (words,) = COMMAND.findall(pages[page])

    made = run("new", *shlex.split(words), folder=tmp_path)
    checked = answer(run("check", tmp_path / "example.xlsx", "--json"))

    assert made.exit_code == 0
    assert (checked["errors"], checked["warnings"]) == (0, 0)
    found = {one["sheet"]: one["rows"] for one in checked["readiness"]}
    sheet = schema().sheet(page.split(".")[0])
    language = "zh" if "zh" in page else "en"
    assert found[sheet.heading(language)] == len(example(sheet.name)[sheet.name])


def test_the_name_of_the_sheet_may_be_chinese_and_a_wrong_one_is_told(tmp_path: Path) -> None:
    assert run("new", tmp_path / "a.xlsx", "--sample", "车型", "--lang", "zh").exit_code == 0
    wrong = run("new", tmp_path / "b.xlsx", "--sample", "Vehicle Park", "--lang", "en")
    assert wrong.exit_code == 2
    assert "or the name of an input sheet" in wrong.output
