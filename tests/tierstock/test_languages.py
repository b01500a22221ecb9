"""One run speaks one language."""

import re
from pathlib import Path

import openpyxl
import pytest
from commands import answer, run

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def tea(starter: Path) -> Path:
    """The study without a rule for its end and with a lead time to round: there are notes."""
    book = openpyxl.load_workbook(starter)
    book["Settings"].delete_rows(2, book["Settings"].max_row)
    book["Lanes"]["C2"] = 2
    book.save(starter)
    return starter


def test_all_notes_are_in_the_language_asked_for(tea: Path) -> None:
    result = run("plan", tea, "--gap", "0", "--lang", "zh", "--no-progress")
    assert result.exit_code == 0, result.output
    lines = [line for line in result.output.splitlines() if len(line) > 30]
    assert all(CHINESE.search(line) for line in lines), result.output
    book = openpyxl.load_workbook(tea.with_name("shops.plan.xlsx"))
    facts = dict(book["运行信息"].iter_rows(values_only=True))
    notes = [str(text) for name, text in facts.items() if str(name).startswith("说明")]
    assert notes
    assert all(CHINESE.search(note) for note in notes)


def test_findings_are_in_the_language_asked_for(starter: Path) -> None:
    book = openpyxl.load_workbook(starter)
    book["Lanes"]["A2"] = "SUP9"
    book.save(starter)
    for lang, chinese in (("zh", True), ("en", False)):
        (first, *_) = answer(run("check", starter, "--lang", lang, "--json"))["findings"]
        assert bool(CHINESE.search(first["message"])) is chinese


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_audit_speaks_the_language_of_the_results(
    starter: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8" if lang == "en" else "C")
    run("plan", starter, "--gap", "0", "--lang", lang)
    output = run("audit", starter, starter.with_name("shops.plan.xlsx")).output
    lines = output.strip().splitlines()
    assert [bool(CHINESE.search(line)) for line in lines] == [lang == "zh"] * len(lines)
    other = run("audit", starter, starter.with_name("shops.plan.xlsx"), "--lang", "en").output
    assert not CHINESE.search(other)


def test_counts_read_well_and_the_marked_copy_is_offered(starter: Path) -> None:
    book = openpyxl.load_workbook(starter)
    book["Lanes"]["A2"] = "SUP9"
    book.save(starter)
    output = run("plan", starter).output
    assert "errors: 1, warnings: 0, notes: 0" in output
    assert f"tierstock check {starter}" in output
    assert f"tierstock check {starter}" not in run("check", starter).output
