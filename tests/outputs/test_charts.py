"""Charts of the results workbook show what the sheets tell, from cells that stand beside them."""

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from by_hand import decisions, facts, network
from openpyxl.utils import range_boundaries

from tierstock.inputs.reading.headings import find_sheet
from tierstock.inputs.schema import schema
from tierstock.outputs.alerts import Scene
from tierstock.outputs.audit import charts as audited
from tierstock.outputs.audit.values import bare
from tierstock.outputs.charts import chart_figures, figures
from tierstock.outputs.charts.sheet import BANDS
from tierstock.outputs.tables import build_tables
from tierstock.outputs.words import tell
from tierstock.outputs.workbook import write_workbook

INPUT = {"Lanes": pd.DataFrame({"From": ["A"], "To": ["B"]})}
CAP = {"Kind": "capital", "Location": "", "Zone": "", "To": "", "From": "Bank", "Extra": 0.0}


@pytest.fixture(scope="module")
def scene() -> Scene:
    """The plan by hand, with a cap on capital in its last two periods."""
    tables = build_tables(network(), decisions(), facts())
    caps = pd.DataFrame([{**CAP, "Period": one, "Dimension": "money"} for one in ("W2", "W3")])
    caps = caps.assign(Limit=[2000.0, 1800.0], Used=[2063.0, 1538.0], Utilisation=[1.0315, 0.85])
    tables["CapacityUse"] = pd.concat([tables["CapacityUse"], caps], ignore_index=True)
    return Scene(network(), tables)


@pytest.fixture(scope="module")
def written(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The results workbook in both languages."""
    folder, found = tmp_path_factory.mktemp("charts"), {}
    for language in ("en", "zh"):
        found[language] = folder / f"{language}.xlsx"
        tables = {**scene.tables, "Charts": chart_figures(scene, language)}
        write_workbook(found[language], tables, language, INPUT, facts())
    return found


def drawn(scene: Scene, chart: str, series: str) -> list[float]:
    rows = chart_figures(scene, "en").set_index(["Chart", "Series"])
    return [float(one) for one in rows.loc[(chart, series), "Value"]]


def cells(book: Any, reference: str) -> list[Any]:
    sheet, _, area = reference.rpartition("!")
    left, top, right, bottom = range_boundaries(area.replace("$", ""))
    rows = book[sheet.strip("'")].iter_rows(top, bottom, left, right, values_only=True)
    return [cell for row in rows for cell in row]


def test_figures_are_those_worked_out_by_hand(scene: Scene) -> None:
    assert drawn(scene, "stock", "CDC") == pytest.approx([690, 690, 1070])
    assert drawn(scene, "stock", "RDC") == pytest.approx([100, 375, 200])
    assert drawn(scene, "stock", "target") == pytest.approx([186] * 3)
    assert drawn(scene, "capital", "capital") == pytest.approx([2253, 2063, 1538])
    assert drawn(scene, "capital", "cap Bank") == [2000, 1800]
    assert drawn(scene, "service", "W1") == pytest.approx([35 / 54, 13 / 30, 22 / 24])
    assert sum(drawn(scene, "costs", "plan")) == pytest.approx(2837.4)


def test_the_fullest_limits_come_first_with_their_period(scene: Scene) -> None:
    rows = chart_figures(scene, "zh").query("Chart == 'capacity'")
    use = scene.tables["CapacityUse"].query("Kind != 'capital'")
    peaks = use.groupby(figures.KEYS)["Utilisation"].max().dropna()
    assert rows["Value"].tolist() == sorted(peaks, reverse=True)
    assert "CDC · 存储 · 阴凉 · 公斤 · W1" in rows["Item"].tolist()
    assert "R1 → R2 · 线路" not in " ".join(rows["Item"])


def test_many_periods_share_columns_of_the_heat_map(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "MOST_SPANS", 2)
    rows = chart_figures(scene, "en").query("Chart == 'service' and Item == 'R2'")
    assert dict(zip(rows["Series"], rows["Value"], strict=True)) == pytest.approx(
        {"W1–W2": 33 / 50, "W3": 18 / 30}
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_charts_draw_the_cells_beside_them(
    scene: Scene, written: dict[str, Path], language: str
) -> None:
    book = openpyxl.load_workbook(written[language])
    sheet = book.worksheets[1]
    assert sheet.title == schema().sheet("Charts").heading(language)
    frame, seen = chart_figures(scene, language), []
    for chart in sheet._charts:
        inner = [part for one in (chart, *chart._charts) for part in one.series]
        for series in {part.val.numRef.f: part for part in inner}.values():
            (name,) = cells(book, series.tx.strRef.f)
            items = cells(book, (series.cat.strRef or series.cat.numRef).f)
            values = cells(book, series.val.numRef.f)
            assert name and len(items) == len(values)
            pairs = zip(items, values, strict=True)
            seen += [(item, round(value, 6)) for item, value in pairs if value]
    rows = frame[(frame["Chart"] != "service") & (frame["Value"] != 0)]
    assert sorted(seen) == sorted(zip(rows["Item"], rows["Value"].round(6), strict=True))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_heat_map_colours_its_cells_and_the_page_prints_alone(
    written: dict[str, Path], language: str
) -> None:
    sheet = openpyxl.load_workbook(written[language]).worksheets[1]
    rules = [rule for area in sheet.conditional_formatting for rule in area.rules]
    assert len(rules) == len(BANDS) and all("ISNUMBER" in rule.formula[0] for rule in rules)
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert {sheet.page_setup.fitToHeight, sheet.page_setup.fitToWidth} <= {None, 1}
    left, _, right, _ = range_boundaries(sheet.print_area.rpartition("!")[2].replace("$", ""))
    assert (left, right) == (1, 15)
    assert any(cell.value == tell("chart stock item", language) for cell in sheet["Q"])


def test_the_parts_of_the_charts_are_in_the_file(written: dict[str, Path]) -> None:
    with zipfile.ZipFile(written["en"]) as archive:
        names = archive.namelist()
        kinds = archive.read("[Content_Types].xml").decode()
        relations = archive.read("xl/drawings/_rels/drawing1.xml.rels").decode()
    parts = [name for name in names if name.startswith("xl/charts/chart")]
    assert len(parts) == 4
    for name in parts:
        assert f"/{name}" in kinds
        assert name.removeprefix("xl/") in relations


def test_a_single_period_has_columns_and_dashes(scene: Scene, tmp_path: Path) -> None:
    rows = chart_figures(scene, "en")
    rows = rows[rows["Chart"].isin(["stock", "capital"]) & (rows["Item"] == "W2")]
    book = tmp_path / "one.xlsx"
    write_workbook(book, {**scene.tables, "Charts": rows}, "en", INPUT, facts())
    charts = openpyxl.load_workbook(book).worksheets[1]._charts
    assert [one.tagname for one in charts] == ["barChart", "barChart"]
    lines = [series for one in charts for part in one._charts[1:] for series in part.series]
    assert lines and all(series.marker.symbol == "dash" for series in lines)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_audit_knows_the_words_of_the_sheet(language: str) -> None:
    side = ("en", "zh").index(language)
    assert bare(schema().sheet("Charts").heading(language)) in audited.SHEET
    for chart, starts in audited.TITLES.items():
        assert bare(tell(f"chart {chart}", language)).startswith(starts[side])
    for word, names in {
        "chart series target": audited.TARGET,
        "chart series capital": audited.HELD,
        "chart series plan": audited.PLAN,
        "chart others": audited.OTHERS,
        "chart all": audited.ALL,
    }.items():
        assert bare(tell(word, language)) in names
    for word, both in (("chart cap", audited.CAP), ("chart used", audited.USED)):
        before, behind = both[side]
        assert tell(word, language, name="X") == f"{before}X{behind}"
    assert find_sheet(schema().sheet("Charts").heading(language)) is None


def test_a_plan_without_demand_and_limits_has_no_such_charts(scene: Scene) -> None:
    none = {name: scene.tables[name].iloc[:0] for name in ("Service", "CapacityUse")}
    rows = chart_figures(Scene(scene.net, {**scene.tables, **none}), "en")
    assert set(rows["Chart"]) == {"stock", "costs", "capital"}
    assert np.isfinite(rows["Value"]).all()
