"""Result tables keep to the contract: sheets, columns, order."""

from pathlib import Path

import pandas as pd
from by_hand import decisions, facts, network

from tierstock.inputs.schema import schema
from tierstock.outputs.run_info import run_info
from tierstock.outputs.tables import build_tables

ROOT = Path(__file__).resolve().parents[2]
NOT_HERE = ("Pay Date", "Saving")
"""Columns that only plans with Finance have, or that come of solving again."""


def test_every_sheet_has_the_columns_of_the_contract_in_its_order(
    tables: dict[str, pd.DataFrame],
) -> None:
    for name, frame in tables.items():
        written = [c.name for c in schema().sheet(name).columns if c.status != "later"]
        assert list(frame.columns) == [one for one in written if one not in NOT_HERE], name


def test_the_tables_page_marks_the_columns_that_are_not_written_yet() -> None:
    page = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    for sheet in schema().outputs:
        part = page.partition(f"### {sheet.name} (")[2].partition("\n### ")[0]
        for column in sheet.columns:
            row = next(line for line in part.splitlines() if line.startswith(f"| {column.name} "))
            marked = "Not written by this version" in row
            assert marked == (column.status == "later"), (sheet.name, column.name)


def test_sheets_come_in_the_order_of_the_contract(tables: dict[str, pd.DataFrame]) -> None:
    known = [sheet.name for sheet in schema().outputs]
    assert list(tables) == sorted(tables, key=known.index)


def test_rows_are_sorted_by_their_keys_and_each_key_is_there_once(
    tables: dict[str, pd.DataFrame],
) -> None:
    for name in ("Inventory", "Service", "Purchases", "CapacityUse", "VehicleUse"):
        keys = [key for key in schema().sheet(name).key if key in tables[name]]
        rows = tables[name][keys]
        assert not rows.duplicated().any(), name
        if name != "VehicleUse":
            ordered = rows.sort_values(keys, kind="stable", ignore_index=True)
            pd.testing.assert_frame_equal(rows, ordered, obj=name)


def test_findings_become_data_issues_worst_first() -> None:
    found = pd.DataFrame(
        {
            "code": ["a", "b"],
            "severity": ["info", "warning"],
            "sheet": ["Lanes", "Demand"],
            "cell": ["B4", "C9"],
            "row": [4, 9],
            "column": ["To", "Quantity"],
            "value": ["R9", "-1"],
            "message": ["An info.", "A warning."],
        }
    )
    rows = build_tables(network(), decisions(), facts(), found)["DataIssues"]
    assert list(rows["Level"]) == ["warning", "info"]
    assert list(rows["Excel Row"]) == [9, 4]
    assert list(rows["Message"]) == ["A warning.", "An info."]


def test_run_info_says_how_the_plan_was_made() -> None:
    rows = run_info(facts(warnings=("Careful.",), notes=("44 lanes rounded.",)))
    said = dict(zip(rows["Item"], rows["Value"], strict=True))
    assert said["Objective"] == 2837.4
    assert said["Seconds: solve"] == 12.0
    assert said["Stopped"] == "gap"
    assert said["Quality"] == "proven"
    assert said["Setting: gap"] == "1%"
    assert said["Size: integers"] == 8
    assert said["Warning 1"] == "Careful."
    assert said["Note 1"] == "44 lanes rounded."
    assert run_info(facts(bound=float("-inf")))["Value"].iloc[5] == ""
