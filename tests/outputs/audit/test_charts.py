"""A figure under a chart that tells something else than the plan is found."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import tierstock as ts
from tierstock.outputs.audit import audit
from tierstock.outputs.audit.book import read_grids, titles
from tierstock.outputs.audit.case import Case
from tierstock.outputs.audit.charts import check_charts
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.grid import Grid, Stored
from tierstock.outputs.audit.plan import SHEETS, Plan
from tierstock.outputs.audit.report import Report
from tierstock.outputs.audit.run import read_settings
from tierstock.outputs.audit.words import read_tables, sheets_of, tables_in

WEEKS = ["2026-01-05", "2026-01-12", "2026-01-19"]
NETWORK = {
    "Locations": pd.DataFrame(
        {"Location": ["P", "R · 1", "S"], "Tier": ["supplier", "RDC", "store"]}
    ),
    "Products": pd.DataFrame({"Product": ["A"], "Unit Value": [10.0]}),
    "Lanes": pd.DataFrame(
        {
            "From": ["P", "R · 1"],
            "To": ["R · 1", "S"],
            "Lead Time": [7, 0],
            "Unit Cost": [1.0, 2.0],
        }
    ),
    "Demand": pd.DataFrame({"Location": "S", "Product": "A", "Period": WEEKS, "Quantity": 30.0}),
    "OpeningStock": pd.DataFrame({"Location": ["R · 1"], "Product": ["A"], "Quantity": [50.0]}),
    "StockTargets": pd.DataFrame({"Location": ["R · 1"], "Product": ["A"], "Safety Stock": [12.0]}),
    "Capacity": pd.DataFrame(
        {"Location": ["R · 1"], "Kind": ["storage"], "Dimension": ["unit"], "Limit": [90.0]}
    ),
    "Budgets": pd.DataFrame({"Budget": ["Bank"], "Kind": ["capital"], "Limit": [900.0]}),
}
Cells = dict[tuple[int, int], str]
"""Cells of the sheet by row and column."""


def planned(folder: Path, network: dict[str, pd.DataFrame]) -> tuple[Path, Path]:
    """Write a network as a folder of tables, and its plan."""
    source, plan = folder / "n", folder / "n.plan.xlsx"
    source.mkdir()
    for name, table in network.items():
        table.to_csv(source / f"{name}.csv", index=False)
    solved = ts.solve(ts.build(ts.read(str(source))), gap=0, progress=False)
    assert solved.save(plan).passed
    return source, plan


def as_read(source: Path, plan: Path, sheet: str = "") -> tuple[World, Grid]:
    """Input and plan as the audit reads them, and its sheet of charts.

    The rows of the second week are left out of a sheet that is named.
    """
    inputs, grids = read_tables(source, "input"), read_grids(plan, set(titles(plan)))
    outputs = tables_in(grids, sheets_of(grids, "output", SHEETS))
    if sheet:
        table = outputs[sheet]
        kept = [i for i, one in enumerate(table.column("Period")) if one != WEEKS[1]]
        table.texts = {key: [column[i] for i in kept] for key, column in table.texts.items()}
        table.lines = [table.lines[i] for i in kept]
    case = Case(inputs, read_settings(inputs, outputs))
    return World(case, Plan(outputs, case, Report(1e-6))), grids["Charts"]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The input and its plan."""
    return planned(tmp_path_factory.mktemp("charts"), NETWORK)


@pytest.fixture(scope="module")
def read(published: tuple[Path, Path]) -> tuple[World, Grid]:
    """Both as the audit reads them."""
    return as_read(*published)


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Grid]:
    """A plan of goods that are worth nothing and have no target; S wants none in one week."""
    free = pd.DataFrame({"Product": ["A"], "Unit Value": [0.0], "Shortage Cost": [50.0]})
    wanted = NETWORK["Demand"].assign(Location=["S", "R · 1", "S"])
    left = {name: NETWORK[name] for name in ("Locations", "Lanes", "OpeningStock", "Capacity")}
    network = {**left, "Products": free, "Demand": wanted}
    return as_read(*planned(tmp_path_factory.mktemp("quiet"), network))


def checked(read: tuple[World, Grid], change: Callable[[Cells], None]) -> Report:
    """Check the sheet after a change of its cells."""
    world, grid = read
    cells = {(row, at): text for row, texts in grid.rows for at, text in enumerate(texts) if text}
    change(cells)
    changed = Grid(grid.title)
    for row in sorted({row for row, _ in cells}):
        last = max(at for number, at in cells if number == row)
        changed.add(row, [cells.get((row, at), "") for at in range(last + 1)])
    world.report = Report(1e-6)
    check_charts(world, {"Charts": changed})
    return world.report


def below(cells: Cells, title: str) -> tuple[int, int]:
    """First figure below a title, which stands one or two rows above the headings."""
    row, at = next(place for place, text in sorted(cells.items()) if text.startswith(title))
    return next(
        (row + down, at + 1)
        for down in (2, 3)
        if isinstance(cells.get((row + down, at + 1), ""), Stored)
    )


def shifted(title: str) -> Callable[[Cells], None]:
    def change(cells: Cells) -> None:
        place = below(cells, title)
        cells[place] = Stored(float(cells[place].rstrip("%")) - 0.25)

    return change


def told(title: str, text: str, down: int = 0, across: int = 0) -> Callable[[Cells], None]:
    """Write a text at or beside the first figure below a title; blank to leave a cell out."""

    def change(cells: Cells) -> None:
        row, at = below(cells, title)
        cells[row + down, at + across] = text

    return change


def left_out(title: str) -> Callable[[Cells], None]:
    def change(cells: Cells) -> None:
        row, at = below(cells, title)
        for column in range(at - 1, at + 6):
            cells.pop((row, column), None)

    return change


def titles_gone(cells: Cells) -> None:
    for place, text in list(cells.items()):
        if text.startswith(("Stock by tier", "Capital tied up", "Capacity use", "Cost by term")):
            cells[place] = "Something else"


CHARTS = ("Stock by tier", "Cost by term", "Capital tied up", "Capacity use", "Fill rate")


@pytest.mark.parametrize(
    "fault",
    [
        *map(shifted, CHARTS),
        *map(left_out, CHARTS),
        told("Capacity use", "Nowhere · storage · unit · 2026-W02", across=-1),
        told("Cost by term", "no such term", across=-1),
        told("Stock by tier", "moon", down=-1),
        told("Capital tied up", "cap Nobody", down=-1, across=1),
        told("Capital tied up", "", across=1),
        told("Capital tied up", "much"),
        told("Fill rate", ""),
        told("Fill rate", "2026-W02–2026-W09", down=-1),
        told("Fill rate", "R · 1", across=-1, down=1),
        told("Stock by tier", "2026-W02", across=-1, down=1),
        titles_gone,
    ],
)
def test_a_fault_in_the_figures_is_found(
    read: tuple[World, Grid], fault: Callable[[Cells], None]
) -> None:
    assert checked(read, fault).failures["total"]


def test_the_sheet_as_it_is_has_no_fault(read: tuple[World, Grid]) -> None:
    assert not any(checked(read, lambda cells: None).failures.values())


def note_beside(cells: Cells) -> None:
    row, at = below(cells, "Cost by term")
    cells[row - 1, at + 9], cells[row, at + 9] = "my view", "looks fine"


def no_capital(cells: Cells) -> None:
    row, at = below(cells, "Capital tied up")
    for place in [
        place for place in cells if row - 3 <= place[0] <= row + 2 and place[1] >= at - 1
    ]:
        del cells[place]


@pytest.mark.parametrize("change", [lambda cells: None, note_beside, no_capital])
def test_figures_of_nothing_may_be_missing_and_notes_may_stand_beside(
    quiet: tuple[World, Grid], change: Callable[[Cells], None]
) -> None:
    assert not any(checked(quiet, change).failures.values())


def test_a_fill_rate_where_nothing_is_wanted_is_found(quiet: tuple[World, Grid]) -> None:
    fault = told("Fill rate", Stored(1.0), down=2, across=1)
    assert checked(quiet, fault).where["total"] == f"Charts · service · S · {WEEKS[1]} · 1.0"


@pytest.mark.parametrize("sheet", ["Inventory", "Service"])
def test_figures_of_rows_that_the_plan_lacks_are_found(
    published: tuple[Path, Path], sheet: str
) -> None:
    found = checked(as_read(*published, sheet), lambda cells: None)
    assert found.where["total"].startswith("Charts · ")


def test_the_whole_audit_names_sheet_and_chart(
    published: tuple[Path, Path], tmp_path: Path
) -> None:
    source, plan = published
    book = openpyxl.load_workbook(plan)
    sheet = book["Charts"]
    (cell,) = (one for row in sheet.iter_rows() for one in row if one.value == "RDC")
    sheet.cell(cell.row + 1, cell.column).value += 1
    sheet.cell(cell.row + 2, cell.column).value = "=1+1"
    book.save(tmp_path / "changed.xlsx")
    found = audit(source, tmp_path / "changed.xlsx", language="en")
    where = {check.name: check.where for check in found.checks if not check.passed}
    assert where["Totals, objective and headline figures"].startswith("Charts · stock · ")
    assert where["Numbers finite, none negative, no formula"].startswith("Charts")
