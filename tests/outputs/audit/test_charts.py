"""A figure under a chart that tells something else than the plan is found."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

import tierstock as ts
from tierstock.outputs.audit import audit

WEEKS = ["2026-01-05", "2026-01-12", "2026-01-19"]
NETWORK = {
    "Locations": pd.DataFrame({"Location": ["P", "R", "S"], "Tier": ["supplier", "RDC", "store"]}),
    "Products": pd.DataFrame({"Product": ["A"], "Unit Value": [10.0]}),
    "Lanes": pd.DataFrame(
        {"From": ["P", "R"], "To": ["R", "S"], "Lead Time": [7, 0], "Unit Cost": [1.0, 2.0]}
    ),
    "Demand": pd.DataFrame({"Location": "S", "Product": "A", "Period": WEEKS, "Quantity": 30.0}),
    "OpeningStock": pd.DataFrame({"Location": ["R"], "Product": ["A"], "Quantity": [50.0]}),
    "StockTargets": pd.DataFrame({"Location": ["R"], "Product": ["A"], "Safety Stock": [12.0]}),
    "Capacity": pd.DataFrame(
        {"Location": ["R"], "Kind": ["storage"], "Dimension": ["unit"], "Limit": [90.0]}
    ),
    "Budgets": pd.DataFrame({"Budget": ["Bank"], "Kind": ["capital"], "Limit": [900.0]}),
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The input as a folder of tables, and its plan."""
    folder = tmp_path_factory.mktemp("charts")
    source, plan = folder / "n", folder / "n.plan.xlsx"
    source.mkdir()
    for name, table in NETWORK.items():
        table.to_csv(source / f"{name}.csv", index=False)
    solved = ts.solve(ts.build(ts.read(str(source))), gap=0, progress=False)
    assert solved.save(plan).passed
    return source, plan


def below(sheet: Any, title: str) -> Any:
    """First figure below a title, which may stand one or two rows above the headings."""
    for row in sheet.iter_rows():
        for cell in row:
            if str(cell.value or "").startswith(title):
                return next(
                    found
                    for down in range(1, 5)
                    for found in [sheet.cell(cell.row + down, cell.column + 1)]
                    if isinstance(found.value, float | int)
                )
    raise AssertionError(title)


def shifted(title: str) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        cell = below(sheet, title)
        cell.value = cell.value - 0.25

    return change


def renamed(sheet: Any) -> None:
    cell = below(sheet, "Capacity use")
    sheet.cell(cell.row, cell.column - 1).value = "Nowhere · storage · W1"


def above_cap(sheet: Any) -> None:
    cell = below(sheet, "Capital tied up")
    sheet.cell(cell.row, cell.column + 1).value += 1


def left_out(sheet: Any) -> None:
    cell = below(sheet, "Stock by tier")
    for column in range(cell.column - 1, cell.column + 6):
        sheet.cell(cell.row, column).value = None


def blank(sheet: Any) -> None:
    below(sheet, "Fill rate").value = None


@pytest.mark.parametrize(
    "fault",
    [
        shifted("Stock by tier"),
        shifted("Cost by term"),
        shifted("Capital tied up"),
        shifted("Capacity use"),
        shifted("Fill rate"),
        renamed,
        above_cap,
        left_out,
        blank,
    ],
)
def test_a_fault_in_the_figures_is_named(
    published: tuple[Path, Path], tmp_path: Path, fault: Callable[[Any], None]
) -> None:
    source, plan = published
    book = openpyxl.load_workbook(plan)
    fault(book["Charts"])
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    found = {check.name: check.where for check in audit(source, changed, language="en").checks}
    assert found["Totals, objective and headline figures"].startswith("Charts")
