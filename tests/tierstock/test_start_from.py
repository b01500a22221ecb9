"""A results workbook starts the next plan from the command line."""

from pathlib import Path

import openpyxl
from commands import run


def test_a_plan_starts_from_the_results_of_another(starter: Path) -> None:
    book = openpyxl.load_workbook(starter)
    lanes, vehicles = book["Lanes"], book["Vehicles"]
    column = next(cell.column for cell in lanes[1] if str(cell.value).startswith("Vehicle"))
    for row in range(2, 7):
        lanes.cell(row, column, "VAN")
    titles = {str(cell.value).split(" (")[0]: cell.column for cell in vehicles[1]}
    for title, value in (("Vehicle", "VAN"), ("Max Units", 50), ("Cost Per Trip", 90)):
        vehicles.cell(2, titles[title], value)
    book.save(starter)
    assert run("plan", starter, "--gap", "0").exit_code == 0
    results = starter.with_name("shops.plan.xlsx")
    again = run("plan", starter, "--gap", "0", "--from", results)
    assert again.exit_code == 0, again.output
    assert "began anew" not in again.output


def test_what_is_no_plan_is_refused(starter: Path) -> None:
    refused = run("plan", starter, "--from", starter, "--lang", "en")
    assert refused.exit_code == 2 and "no plan to start from" in refused.output


def test_what_cannot_be_kept_is_told(starter: Path) -> None:
    assert run("plan", starter, "--gap", "0").exit_code == 0
    results = starter.with_name("shops.plan.xlsx")
    again = run("plan", starter, "--gap", "0", "--from", results, "--lang", "en")
    assert again.exit_code == 0 and "began anew" in again.output
