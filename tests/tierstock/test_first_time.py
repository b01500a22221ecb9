"""A first-time planner: a blank template, four sheets filled by hand, slips, and a plan."""

from pathlib import Path
from typing import Any

import pytest
from commands import answer, run
from openpyxl import load_workbook

from tierstock.inputs.schema import say, schema

PLACES = [("PLT1", "plant"), ("DC1", "RDC"), ("S1", "store"), ("S2", "store")]


def column(sheet: Any, name: str, heading: str) -> int:
    """Return the number of a column by its English heading, whatever the language."""
    known = schema().sheet(name).column(heading)
    heads = {str(cell.value).split(" (")[0].split("（")[0]: cell.column for cell in sheet[1]}
    return next(at for head, at in heads.items() if head in (known.name, known.zh))


def write(book: Any, name: str, headings: str, rows: list[list[Any]]) -> Any:
    """Fill a tab from row 2 under some of its headings, as one types it."""
    known = schema().sheet(name)
    sheet = book[known.name] if known.name in book.sheetnames else book[known.zh]
    columns = [column(sheet, name, heading) for heading in headings.split("|")]
    for number, row in enumerate(rows, start=2):
        for at, value in zip(columns, row, strict=True):
            sheet.cell(number, at, value)
    return sheet


def filled(path: Path, language: str) -> Any:
    """Write a blank template, fill its four sheets, and return the open workbook."""
    assert run("new", path, "--lang", language).exit_code == 0
    book = load_workbook(path)
    tiers = [[place, say(tier, language)] for place, tier in PLACES]
    write(book, "Locations", "Location|Tier", tiers)
    write(book, "Products", "Product|Unit Value|Price", [["K-1", 35, 59], ["K-2", 48, 79]])
    stores = "层级=门店" if language == "zh" else "Tier=store"
    lanes = [["PLT1", "DC1", 2, 0.8], ["DC1", stores, 1, 0.5]]
    write(book, "Lanes", "From|To|Lead Time|Unit Cost", lanes)
    keys = [[store, product] for store in ("S1", "S2") for product in ("K-1", "K-2")]
    demand = write(book, "Demand", "Location|Product", keys)
    for row in range(2, 6):
        for week in range(3, 7):
            demand.cell(row, week, 10 * row + week)
    return book


@pytest.mark.parametrize("language", ["en", "zh"])
def test_four_sheets_of_a_blank_template_lead_to_a_plan(language: str, tmp_path: Path) -> None:
    path = tmp_path / "network.xlsx"
    book = filled(path, language)
    book.save(path)

    first = answer(run("check", path, "--json", "--lang", language))
    told = {one["code"]: one["message"] for one in first["findings"]}
    tab = book.create_sheet("供应能力" if language == "zh" else "Supply")
    tab.append(["地点", "产品"] if language == "zh" else ["Location", "Product"])
    tab.append(["PLT1", "*"])
    book.save(path)
    planned = run("plan", path, "--gap", "0", "--time", "60", "--json", "--lang", language)

    assert set(told) == {"no-route", "lane-without-goods", "periods-empty"}
    assert "PLT1" in told["no-route"]
    assert tab.title in told["lane-without-goods"]
    assert {one["sheet"] for one in first["readiness"] if one["score"] < 100} == {
        schema().sheet(name).heading(language) for name in ("Demand", "Lanes")
    }
    assert planned.exit_code == 0, planned.output
    assert answer(planned)["audit"]["passed"]
    assert (tmp_path / "network.plan.xlsx").is_file()


def test_a_file_that_is_no_workbook_is_told_without_a_list_of_its_sheets(tmp_path: Path) -> None:
    path = tmp_path / "network.xlsx"
    path.write_text("no workbook", encoding="utf-8")

    done = run("check", path, "--lang", "en")

    assert done.exit_code == 2
    assert "This is not a workbook" in done.output
    assert "Readiness" not in done.output
