"""Published optima, entered as a planner would and planned with the command a planner uses."""

from pathlib import Path

import pytest
from commands import answer, run
from published import CASES, write_folder

from tierstock.inputs.templates.template import write_template

LANGUAGES = ("en", "zh")


def check(file: Path, name: str) -> None:
    """Plan a file at gap 0 and compare its cost with what is published."""
    result = run("plan", file, "--gap", "0", "--json")
    assert result.exit_code == 0, result.output
    facts = answer(result)
    assert facts["quality"] == "proven"
    assert facts["audit"]["passed"] is True
    case = CASES[name]
    assert facts["objective"] == pytest.approx(case.least_cost, rel=0, abs=case.tolerance)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(CASES))
def test_a_workbook_gives_the_published_cost(name: str, language: str, tmp_path: Path) -> None:
    file = tmp_path / "study.xlsx"
    write_template(file, lang=language, sample=CASES[name].tables())
    check(file, name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(CASES))
def test_a_csv_folder_gives_the_published_cost(name: str, language: str, tmp_path: Path) -> None:
    check(write_folder(tmp_path / "study", CASES[name].tables(), language), name)
