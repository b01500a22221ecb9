"""A cell of the planner's grid that tells something else than the plan is found."""

from pathlib import Path

import openpyxl
import pytest

import tierstock as ts
from tierstock.inputs.samples import sample
from tierstock.inputs.templates.template import write_template
from tierstock.outputs.audit import audit, view
from tierstock.outputs.audit.values import bare
from tierstock.outputs.localise import sheet_title
from tierstock.outputs.plan_view import MEASURES
from tierstock.outputs.words import tell


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("view")
    source, plan = folder / "n.xlsx", folder / "n.plan.xlsx"
    write_template(source, lang="en", sample=sample("starter", "en"))
    solved = ts.solve(ts.build(ts.read(str(source))), gap=0, progress=False)
    assert solved.save(plan).passed
    return source, plan


def told(source: Path, plan: Path) -> str:
    found = {check.name: check.where for check in audit(source, plan, language="en").checks}
    return found["Totals, objective and headline figures"]


@pytest.mark.parametrize("fault", ["value", "row"])
def test_a_fault_in_the_grid_is_named(
    published: tuple[Path, Path], tmp_path: Path, fault: str
) -> None:
    source, plan = published
    book = openpyxl.load_workbook(plan)
    sheet = book["PlanView"]
    if fault == "value":
        sheet["D2"] = sheet["D2"].value + 1
    else:
        sheet.delete_rows(2)
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    assert told(source, changed).startswith("PlanView")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_audit_knows_the_names_of_the_sheet_and_its_measures(language: str) -> None:
    assert bare(sheet_title("PlanView", language)) in view.NAMES
    for measure in MEASURES:
        assert bare(tell(f"measure {measure}", language)) in view.MEASURES[measure]
