"""The planner's grid tells what Inventory and Service tell, and adds up."""

from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from by_hand import decisions, facts, network
from planted_alerts import planted

from tierstock.outputs.alerts import Scene
from tierstock.outputs.plan_view import MEASURES, plan_view
from tierstock.outputs.tables import build_tables
from tierstock.outputs.views import views
from tierstock.outputs.words import tell
from tierstock.outputs.workbook import write_workbook

KEYS = ["Location", "Product"]
GIVEN = {"opening": "Opening", "closing": "Closing", "target": "Target", "cover": "Days Cover"}


@pytest.fixture(scope="module")
def scene() -> Scene:
    return Scene(network(), build_tables(network(), decisions(), facts()))


def long(view: pd.DataFrame) -> pd.DataFrame:
    rows = view.melt([*KEYS, "Measure"], var_name="Period", value_name="Value")
    return rows.pivot_table(index=[*KEYS, "Period"], columns="Measure", values="Value")


def figures(view: pd.DataFrame, *key: str) -> list[float]:
    mine = (view[[*KEYS, "Measure"]] == list(key)).all(axis=1)
    return [float(value) for value in view[mine].iloc[:, 3:].to_numpy().ravel()]


def assert_tells_the_plan(scene: Scene) -> None:
    cells = long(plan_view(scene)).reindex(columns=list(MEASURES)).fillna(0.0)
    stock = scene.tables["Inventory"].set_index([*KEYS, "Period"]).reindex(cells.index)
    for measure, column in GIVEN.items():
        assert cells[measure].to_numpy() == pytest.approx(stock[column].fillna(0.0).to_numpy())
    wanted = scene.tables["Service"].groupby([*KEYS, "Period"])["Demand"].sum()
    assert cells["demand"].to_numpy() == pytest.approx(wanted.reindex(cells.index).fillna(0.0))
    came, went = cells["in"] + cells["transfer in"], cells["issued"] + cells["transfer out"]
    added = stock["Received"] + stock["Purchased"] + stock["Produced"] + stock["Returned"]
    assert came.to_numpy() == pytest.approx(added.to_numpy())
    assert (cells["opening"] + came - went).to_numpy() == pytest.approx(cells["closing"])


def test_the_grid_tells_what_the_other_sheets_tell(scene: Scene) -> None:
    assert_tells_the_plan(scene)
    assert_tells_the_plan(planted(2, stores=3, products=4, pairs=2, each=0, slow=0, full=0).scene)


def test_transfers_stand_apart(scene: Scene) -> None:
    rows = plan_view(scene)
    assert figures(rows, "R1", "A", "transfer out") == [10, 0, 0]
    assert figures(rows, "R2", "A", "transfer in") == [10, 0, 0]
    assert figures(rows, "R2", "A", "in") == [0, 55, 0]
    assert figures(rows, "R2", "A", "transfer out") == []
    assert figures(rows, "CDC", "A", "issued") == [45, 60, 12]


def test_places_keep_their_order_and_measures_theirs(scene: Scene) -> None:
    view = plan_view(scene)
    places = view[KEYS].drop_duplicates().to_numpy().tolist()
    assert places == scene.tables["Inventory"][KEYS].drop_duplicates().to_numpy().tolist()
    for _, part in view.groupby(KEYS):
        order = [MEASURES.index(one) for one in part["Measure"]]
        assert order == sorted(order)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_workbook_shows_the_new_sheets_in_its_language(
    tmp_path: Path, scene: Scene, language: str
) -> None:
    made = views(scene, language)
    path = tmp_path / "plan.xlsx"
    write_workbook(path, {**scene.tables, **made}, language, {}, facts())
    book = openpyxl.load_workbook(path)
    names = {"en": ("Alerts", "PlanView"), "zh": ("预警", "计划总表")}[language]
    alerts, grid = (book[name] for name in names)
    assert [cell.value for cell in grid[1]][3:] == ["W1", "W2", "W3"]
    assert grid.freeze_panes == "D2" and alerts.freeze_panes is not None
    assert grid["C2"].value == tell("measure opening", language)
    assert [grid.cell(2, column).value for column in (4, 5, 6)] == [100, 55, 55]
    assert grid.conditional_formatting and grid.tables
    high = {"en": "high", "zh": "高"}[language]
    assert alerts["B2"].value == high
    assert alerts.max_row == 1 + len(made["Alerts"])
    first = book.worksheets[0]
    texts = [str(row[0].value) for row in first.iter_rows(min_col=2, max_col=2) if row[0].value]
    told = [text for text in texts if "414.00 CNY" in text]
    assert len(told) == 1 and "F-1" in told[0]
    assert not [text for text in texts if "R1, B: 3.5" in text]  # told once, as an alert


def test_sheets_without_rows_are_absent(scene: Scene) -> None:
    assert set(views(scene, "en")) == {"Alerts", "Charts", "PlanView"}


def test_more_periods_than_columns_go_on_on_another_sheet(
    tmp_path: Path, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tierstock.outputs.pages.MOST_COLUMNS", 5)
    monkeypatch.setattr("tierstock.outputs.pages.MOST_ROWS", 20)
    view = plan_view(scene)
    path = tmp_path / "plan.xlsx"
    write_workbook(path, {**scene.tables, "PlanView": view}, "en", {}, facts())
    book = openpyxl.load_workbook(path)
    parts = [book[name] for name in book.sheetnames if name.startswith("PlanView")]
    assert [part.max_column for part in parts] == [5, 5, 4, 4]
    assert sum(part.max_row - 1 for part in parts) == 2 * len(view)
    values = [part.cell(2, 4).value for part in parts]
    assert values == [view["W1"].iloc[0], view["W1"].iloc[20], view["W3"].iloc[0], view["W3"][20]]


def test_cover_without_demand_is_blank(scene: Scene) -> None:
    stock = scene.tables["Inventory"].copy()
    mine = (stock["Location"] == "CDC") & (stock["Product"] == "B")
    stock.loc[mine, "Days Cover"] = np.nan
    view = plan_view(Scene(scene.net, {**scene.tables, "Inventory": stock}))
    assert (
        not ((view["Location"] == "CDC") & (view["Product"] == "B"))
        .eq(True)
        .where(view["Measure"] == "cover", False)
        .any()
    )
