"""A study in cases, pallets, dollars and ten-thousands, on working days, from file to audit."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from starter import save

import tierstock as ts
from tierstock.inputs.fingerprint import fingerprint
from tierstock.inputs.schema import say, schema
from tierstock.outputs.audit.run import audit

CHINESE_CELLS = {
    "case": "箱",
    "2 pallet": "2 托",
    "pallet": "托",
    "Mon,Thu": "周一,周四",
    "weekdays": "平日",
    "3 drum": "3 桶",
    "drum": "桶",
}
"""Cells that a planner writes in the language of the workbook."""
STUDY: dict[str, list[dict[str, Any]]] = {
    "Settings": [
        {"Setting": "money_unit", "Value": "万"},
        {"Setting": "bucket", "Value": "week"},
        {"Setting": "integrality_horizon", "Value": 2},
        {"Setting": "gap", "Value": 0},
    ],
    "Locations": [
        {"Location": "SUP", "Tier": "supplier"},
        {"Location": "DC", "Tier": "CDC", "Calendar": "weekdays"},
        {"Location": "S1", "Tier": "store"},
    ],
    "Products": [
        {
            "Product": "tea",
            "Unit Value": 0.0012,
            "Price": 0.003,
            "Units Per Case": 12,
            "Units Per Pallet": 240,
        },
        {
            "Product": "oil",
            "Unit Value": 0.002,
            "Price": 0.005,
            "Units Per Case": 6,
            "Units Per Pallet": 120,
            "Currency": "USD",
        },
    ],
    "Lanes": [
        {"From": "SUP", "To": "DC", "Lead Time": 7, "Unit Cost": "1元", "Order Multiple": "pallet"},
        {
            "From": "DC",
            "To": "S1",
            "Lead Time": 0,
            "Unit Cost": 0.0001,
            "Departure Days": "Mon,Thu",
            "Order Multiple": "case",
            "Currency": "USD",
        },
    ],
    "Demand": [
        {"Location": "S1", "Product": product, "Period": f"2026-W0{week}", "Quantity": 20 + week}
        | {"Unit": "case"}
        for product in ("tea", "oil")
        for week in range(2, 6)
    ],
    "OpeningStock": [
        {"Location": "DC", "Product": "tea", "Quantity": "2 pallet"},
        {"Location": "DC", "Product": "oil", "Quantity": 3, "Unit": "drum"},
    ],
    "InTransit": [{"To": "DC", "Product": "tea", "Quantity": "3 drum", "Due Date": "2026-01-12"}],
    "Supply": [
        {
            "Location": "SUP",
            "Product": "*",
            "Unit": "pallet",
            "MOQ": 1,
            "Max": 9,
            "Unit Cost": 0.0001,
            "Fixed Cost": "200元",
            "Currency": "USD",
        }
    ],
    "Capacity": [
        {"Location": "DC", "Kind": "outbound", "Dimension": "unit", "Limit": 200}
        | {"Extra Limit": 200, "Extra Cost": 0.0001}
    ],
    "Units": [{"Product": "*", "Unit": "drum", "Per Base": 60}],
    "Currency": [
        {"Currency": "USD", "Period": "*", "Rate": 7},
        {"Currency": "USD", "Period": "2026-W04", "Rate": 7.5},
    ],
    "Calendars": [
        {"Calendar": "weekdays", "Date From": f"2026-01-{day}", "Date To": f"2026-01-{day + 1}"}
        | {"Open": "N"}
        for day in (10, 17, 24)
    ],
}


def written(folder: Path, language: str) -> Path:
    book = {}
    for name, rows in STUDY.items():
        sheet = schema().sheet(name)
        heads = list(dict.fromkeys(head for row in rows for head in row))
        titles = [sheet.column(head).heading(language) for head in heads]
        cells = [[_spoken(head, row.get(head, ""), language) for head in heads] for row in rows]
        book[sheet.heading(language)] = [titles, *cells]
    return save(book, folder / f"units.{language}.xlsx")


def _spoken(head: str, cell: Any, language: str) -> Any:
    if language == "en" or not isinstance(cell, str):
        return cell
    if head in ("Tier", "Kind", "Dimension", "Open", "Setting"):
        return say(cell, "zh", kind={"Setting": "setting", "Kind": "capacity kind"}.get(head, ""))
    return CHINESE_CELLS.get(cell, cell)


def test_both_languages_make_one_network(tmp_path: Path) -> None:
    english, chinese = (ts.read(written(tmp_path, language)) for language in ("en", "zh"))
    assert fingerprint(english) == fingerprint(chinese)
    assert english.places.opening[english.places.of[0]].tolist() == [180.0, 480.0]
    assert english.goods.unit_cost[-1].tolist() == pytest.approx([1e-4] * 4)
    assert english.capacity.limit[0].tolist() == [1000.0, 1000.0, 1000.0, 1400.0]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_plan_passes_the_audit_and_counts_money_in_ten_thousands(
    language: str, tmp_path: Path
) -> None:
    path = written(tmp_path, language)
    plan = ts.solve(ts.build(ts.read(path)), progress=False)
    report = plan.save(tmp_path / "plan.xlsx")
    assert [check.name for check in report.checks if not check.passed] == []
    assert audit(path, tmp_path / "plan.xlsx").passed
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx", read_only=True)
    sheet = book[schema().sheet("Costs").heading(language)]
    titles = [str(cell) for cell in next(sheet.iter_rows(values_only=True))]
    assert titles[-1] == {"en": "Amount (×10,000 CNY)", "zh": "金额 (万 CNY)"}[language]


def test_the_cost_in_ten_thousands_is_the_cost_in_money(tmp_path: Path) -> None:
    path = written(tmp_path, "en")
    book = openpyxl.load_workbook(path)
    for name, columns in (
        ("Products", ("Unit Value", "Price")),
        ("Lanes", ("Unit Cost",)),
        ("Supply", ("Unit Cost",)),
        ("Capacity", ("Extra Cost",)),
    ):
        sheet = book[name]
        heads = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            for column in columns:
                cell = row[heads.index(column)]
                if isinstance(cell.value, float):
                    cell.value *= 10_000
    book["Settings"]["B2"] = "1"
    book.save(tmp_path / "plain.xlsx")
    dear, small = (
        ts.solve(ts.build(ts.read(one)), progress=False).cost
        for one in (tmp_path / "plain.xlsx", path)
    )
    assert dear == pytest.approx(10_000 * small, rel=1e-6)
