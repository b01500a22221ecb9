"""The results workbook opens on a page for managers and keeps every number and text."""

import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from by_hand import decisions, facts, network
from opened_plan import AUDIT, INPUT, Open, Tables, cells, heading, present, values

from tierstock.inputs.schema import schema
from tierstock.outputs.run_info import run_info
from tierstock.outputs.sheet import table_name
from tierstock.outputs.tables import build_tables
from tierstock.outputs.workbook import write_workbook


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sheets_come_in_order_and_the_first_one_is_open(
    written: Open, tables: Tables, language: str
) -> None:
    book = written(language)
    names = [schema().sheet(name).heading(language) for name in ("Summary", *present(tables))]
    copies = {
        "en": ["In Settings", "In Locations", "In Demand"],
        "zh": ["输入 设置", "输入 地点", "输入 需求"],
    }
    assert book.sheetnames == names + copies[language]
    assert book.active.title == names[0]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_headings_are_those_of_the_contract_in_its_order(
    written: Open, tables: Tables, language: str
) -> None:
    book = written(language)
    for name in present(tables):
        sheet = schema().sheet(name)
        known = [column.heading(language) for column in sheet.columns]
        found = [cell.value.split(" (")[0] for cell in book[sheet.heading(language)][1]]
        assert found == [heading for heading in known if heading in found]


def test_numbers_are_written_in_full(written: Open, tables: Tables) -> None:
    book = written()
    for name in ("Costs", "Inventory", "Service", "VehicleUse"):
        rows = values(book[name])[1:]
        for index, column in enumerate(tables[name].columns):
            if pd.api.types.is_numeric_dtype(tables[name][column]):
                shown = pd.Series([row[index] for row in rows], dtype=float)
                wanted = tables[name][column].astype(float)
                pd.testing.assert_series_equal(shown, wanted, check_names=False, rtol=1e-15)


def test_dates_are_dates(written: Open) -> None:
    sheet = written()["Shipments"]
    at = [cell.value for cell in sheet[1]].index("Ship Date")
    assert sheet.cell(2, at + 1).is_date
    assert sheet.cell(2, at + 1).number_format == "yyyy-mm-dd"


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    net = network()
    net.products.name[0] = "=1+1"
    net.locations.code[1] = "@R1"
    path = tmp_path / "plan.xlsx"
    write_workbook(path, build_tables(net, decisions(), facts()), "en", INPUT, facts())
    book = openpyxl.load_workbook(path)
    kinds = {
        (cell.value, cell.data_type)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value)[:1] in "=+@"
    }
    assert {("=1+1", "s"), ("@R1", "s"), ("=R2", "s")} <= kinds
    assert {kind for _, kind in kinds} == {"s"}


def test_the_copy_of_the_input_keeps_values_as_read(written: Open) -> None:
    book = written()
    assert values(book["In Settings"]) == [["Setting", "Value", "Note"], ["gap", "1%", None]]
    assert values(book["In Locations"]) == [
        ["Location", "Tier"],
        ["CDC", "CDC"],
        ["007", "RDC"],
        ["=R2", None],
    ]
    assert book["In Demand"]["B2"].number_format == "General"
    assert book["In Locations"]["A3"].number_format == "@"
    assert values(book["In Demand"]) == [["Product", "2026-01-05", "2026-01-12"], ["A", 12.5, "x"]]


def test_the_first_page_tells_cost_service_capital_cover_and_gap(written: Open) -> None:
    said = cells(written()["Summary"])
    for text in (
        "Small: plan",
        "Biggest transfers",
        "24.0 days at the start",
        "2,083 at the start; in transit included",
        "3.5 units lost, 12 owed at the end",
        "• R2, A: 12 units owed at the end, fill rate 63.7% (W1 to W3).",
        "• R1, B: 3.5 units lost, fill rate 65.0% (W1 to W3).",
        "• Proven: at most 27.40 CNY (0.97%) above the best possible plan, which costs no less "
        "than 2,810 CNY.",
        "• 1 of 2 checks of the independent audit failed; see the sheet Audit.",
    ):
        assert text in said
    assert {"2837.4", "0.796875", "1538"} <= {text for text in said}
    assert not {"nan", "None", "inf"} & set(said)


def test_the_first_page_speaks_chinese(written: Open, tables: Tables) -> None:
    book = written("zh")
    said = cells(book["总览"])
    assert "• R1 的 B：失销 3.5 件，满足率 65.0%（W1 至 W3）。" in said
    assert {"总成本", "采购成本", "成本：采购成本", "满足率"} <= set(said)
    assert {"补货", "调拨", "新增", "已确认", "期后到货"} <= set(cells(book["调拨与补货计划"]))
    assert {"未通过", "通过"} <= set(cells(book["审计"]))
    assert {"设置：目标差距", "秒数：求解", "已证明"} <= set(cells(book["运行信息"]))
    assert {"是", "否", "标准", "gold"} <= set(cells(book["服务结果"]))
    assert {"公路", "rail"} <= set(cells(book["调拨与补货计划"]))
    assert {"阴凉", "车次"} <= set(cells(book["能力利用"]))
    assert "base" not in {cell for name in present(tables) for cell in cells(book[heading(name)])}


def test_a_word_of_the_planner_is_not_mixed_up_with_a_default(tmp_path: Path) -> None:
    net = network()
    net.lanes.mode[0] = "公路"
    path = tmp_path / "plan.xlsx"
    write_workbook(path, build_tables(net, decisions(), facts()), "zh", {}, facts())
    assert {"公路", "road"} <= set(cells(openpyxl.load_workbook(path)["调拨与补货计划"]))


@pytest.mark.parametrize(
    ("setting", "value", "spoken"),
    [
        ("terminal_rule", "cover", "覆盖天数"),
        ("bucket", "week", "周"),
        ("shortage_default_cost", "ladder", "罚金阶梯"),
        ("model_name", "week", "week"),
        ("gap", "1%", "1%"),
    ],
)
def test_settings_that_are_choices_are_told_in_chinese(
    tables: Tables, tmp_path: Path, setting: str, value: str, spoken: str
) -> None:
    path, known = tmp_path / "plan.xlsx", facts(settings={setting: value})
    write_workbook(path, {**tables, "RunInfo": run_info(known)}, "zh", {}, known)
    assert values(openpyxl.load_workbook(path)["运行信息"])[-1][1] == spoken


def test_an_old_workbook_stays_when_writing_fails(tables: Tables, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"old")
    broken = {name: frame for name, frame in tables.items() if name != "Costs"}
    with pytest.raises(KeyError):
        write_workbook(path, broken, "en", {}, facts())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_an_os_error(tables: Tables, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        write_workbook(tmp_path / "nowhere" / "plan.xlsx", tables, "en", {}, facts())


def test_names_of_tables_are_names_excel_accepts() -> None:
    assert table_name("In_Stock Targets (2)") == "In_Stock_Targets__2_"


def test_input_sheets_without_rows_are_not_copied_and_required_headings_stand_out(
    tables: Tables, tmp_path: Path
) -> None:
    lanes = pd.DataFrame({"From": ["A"], "To": ["B"], "Lead Time (day)": [2.0], "Mode": [""]})
    empty = pd.DataFrame({"Location": [], "Product": []})
    path = tmp_path / "copies.xlsx"
    write_workbook(path, tables, "en", {"Lanes": lanes, "StockTargets": empty}, facts(), AUDIT)
    book = openpyxl.load_workbook(path)
    assert "In StockTargets" not in book.sheetnames
    colours = [cell.fill.fgColor.rgb for cell in book["In Lanes"][1]]
    assert colours[0] == colours[1] == colours[2] != colours[3]


def test_a_result_sheet_without_rows_says_so(tables: Tables, tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    write_workbook(path, {**tables, "VehicleUse": tables["VehicleUse"][:0]}, "en", INPUT, facts())
    with zipfile.ZipFile(path) as parts:
        drawn = [parts.read(name) for name in parts.namelist() if "drawing" in name.lower()]
    assert any(b"Nothing to report." in text for text in drawn)


def test_a_workbook_without_times_is_as_old_as_its_first_day(
    tables: Tables, tmp_path: Path
) -> None:
    path, known = tmp_path / "same.xlsx", facts(seconds={})
    write_workbook(path, tables, "en", {}, known)
    created = openpyxl.load_workbook(path).properties.created
    assert created is not None and created.date().isoformat() == known.first_day[:10]
