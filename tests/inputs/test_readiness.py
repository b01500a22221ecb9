"""How ready each sheet is: a score, and what is missing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from starter import save, sheet_of, starter

from tierstock.cli import main
from tierstock.inputs import inspect
from tierstock.inputs.checking.readiness import Readiness, readiness
from tierstock.inputs.samples import sample


def ready(source: Path, sheet: str) -> Readiness:
    seen = inspect(source)
    return next(one for one in readiness(seen.tables, seen.findings) if one.sheet == sheet)


def test_a_good_study_is_ready() -> None:
    seen = inspect(sample("starter"))
    assert [one.score for one in readiness(seen.tables, seen.findings)] == [100] * 4


def test_every_row_with_an_error_counts_once() -> None:
    study = sample("starter")
    study["Demand"] = study["Demand"].astype(object)
    study["Demand"].iloc[1, 2] = study["Demand"].iloc[1, 3] = "tbd"
    seen = inspect(study)
    found = {one.sheet: one for one in readiness(seen.tables, seen.findings)}["Demand"]
    assert (found.score, found.rows, found.errors) == (75, 4, 1)


def test_a_score_is_rounded_down() -> None:
    study = sample("starter")
    study["Demand"] = study["Demand"].iloc[:3].astype(object)
    study["Demand"].iloc[1, 3] = "tbd"
    seen = inspect(study)
    found = {one.sheet: one for one in readiness(seen.tables, seen.findings)}["Demand"]
    assert (found.score, found.rows, found.errors) == (66, 3, 1)


def test_a_missing_column_and_blank_cells_are_named(tmp_path: Path) -> None:
    study = starter()
    for row in sheet_of(study, "Lanes"):
        del row[2]
    sheet_of(study, "Products")[2][1] = ""
    path = save(study, tmp_path / "study.xlsx")
    lanes, products = ready(path, "Lanes"), ready(path, "Products")
    assert lanes.score == 50 and [one.en for one in lanes.missing] == ["Lead Time"]
    assert products.score == 50 and [one.en for one in products.missing] == ["Unit Value (1)"]


def test_a_missing_core_sheet_is_not_ready_at_all(tmp_path: Path) -> None:
    study = starter()
    del study["Demand"]
    assert ready(save(study, tmp_path / "study.xlsx"), "Demand").score == 0


@pytest.mark.parametrize(("language", "word"), [("en", "missing:"), ("zh", "缺少：")])
def test_check_tells_the_readiness_to_people_and_machines(
    language: str, word: str, tmp_path: Path
) -> None:
    study = starter(language)
    sheet_of(study, "Products")[2][1] = ""
    path = str(save(study, tmp_path / "study.xlsx"))
    told = CliRunner().invoke(main, ["check", path])
    line = next(line for line in told.output.splitlines() if word in line)
    assert line.split()[:2] == ["50", "Products" if language == "en" else "产品"]
    answer = json.loads(CliRunner().invoke(main, ["check", path, "--json"]).stdout.splitlines()[-1])
    (products,) = [one for one in answer["readiness"] if one["score"] == 50]
    assert products["rows"] == 2 and products["errors"] == 1 and products["missing"]
