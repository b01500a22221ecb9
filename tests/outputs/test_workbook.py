"""The results workbook opens on a page for managers and keeps every number and text."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from by_hand import decisions, facts, network

from tierstock.inputs.schema import schema
from tierstock.outputs import pages as pages_module
from tierstock.outputs import sheet as sheet_module
from tierstock.outputs.inventory import MOVES
from tierstock.outputs.run_info import run_info
from tierstock.outputs.sheet import number_form, table_name
from tierstock.outputs.tables import build_tables
from tierstock.outputs.workbook import SHEETS, write_workbook

Tables = dict[str, pd.DataFrame]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
Open = Callable[..., Any]

INPUT: Tables = {
    "Settings": pd.DataFrame(
        {"Setting": ["gap"], "Value": ["1%"], "Note": [""], "# Settings": ["gap"]}
    ),
    "Locations": pd.DataFrame({"Location": ["CDC", "007", "=R2"], "Tier": ["CDC", "RDC", ""]}),
    "Demand": pd.DataFrame(
        {"Product": ["A"], "2026-01-05": [12.5], "2026-01-12": ["x"]}, dtype=object
    ),
}
AUDIT = pd.DataFrame(
    {
        "Check": ["Stock identity", "Costs"],
        "Result": ["pass", "fail"],
        "Worst Violation": [0.0, 2.5],
        "Where": ["", "R1 · A"],
    }
)


@pytest.fixture
def written(tables: Tables, tmp_path: Path) -> Open:
    """Write the plan and open it again."""

    def write(language: str = "en", audit: pd.DataFrame | None = AUDIT, **changes: Any) -> Any:
        path = tmp_path / f"plan.{language}.xlsx"
        write_workbook(path, {**tables, **changes}, language, INPUT, facts(), audit)
        return openpyxl.load_workbook(path)

    return write


def present(tables: Tables) -> list[str]:
    """Result sheets of the plan in their order; those of families it has not are left out."""
    return [name for name in SHEETS if name in tables or name == "Audit"]


def heading(name: str) -> str:
    return schema().sheet(name).heading("zh")


def values(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def cells(sheet: Any) -> list[str]:
    return [str(cell) for row in values(sheet) for cell in row if cell is not None]


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
def test_every_sheet_is_an_excel_table_ready_to_filter_and_print(
    written: Open, tables: Tables, language: str
) -> None:
    book = written(language)
    for sheet in (book[schema().sheet(name).heading(language)] for name in present(tables)):
        (table,) = sheet.tables.values()
        assert table.ref.startswith("A1:")
        assert table.autoFilter is not None
        assert sheet.freeze_panes is not None
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$1:$1"
        assert all(cell.comment and cell.fill.fgColor.rgb for cell in sheet[1])
        assert max(column.width for column in sheet.column_dimensions.values()) < 41


def test_a_long_and_narrow_table_prints_upright_and_small(
    written: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_module, "LONG", 5)
    book = written()
    assert book["Costs"].page_setup.orientation == "portrait"
    assert book["Costs"].page_setup.scale == sheet_module.SMALL
    assert book["Service"].page_setup.orientation == "portrait"
    assert book["Service"].page_setup.fitToHeight == 0
    assert book["Shipments"].page_setup.orientation == "landscape"
    assert book["VehicleUse"].page_setup.orientation == "landscape"


def test_tables_reach_to_the_last_row(written: Open, tables: Tables) -> None:
    book = written()
    sheets = [book[schema().sheet(name).heading("en")] for name in present(tables)]
    for sheet in [*sheets, *(one for one in book if one.title.startswith("In "))]:
        (reference,) = [table.ref for table in sheet.tables.values()] or [sheet.auto_filter.ref]
        assert int(reference.rpartition(":")[2].lstrip(LETTERS)) == max(sheet.max_row, 2)


def test_summary_prints_a_page_for_managers_and_the_figures_without_definitions(
    written: Open,
) -> None:
    sheet = written()["Summary"]
    page, figures = (area.rpartition("!")[2] for area in sheet.print_area.split(","))
    titles = [cell.value for cell in next(sheet.iter_rows(*rows_of(figures)[:1] * 2, 2, 12))]
    assert page.startswith("$A$1:$K$") and rows_of(page)[1] == rows_of(figures)[0] - 2
    assert titles[0] == "All key figures"
    last = sheet[figures.rpartition(":")[2].replace("$", "")]
    head = sheet.cell(rows_of(figures)[0] + 1, last.column + 1)
    assert (head.value, last.row) == ("Definition", sheet.max_row)
    assert sheet.page_setup.fitToHeight in (2, 3)
    assert sheet.page_margins.bottom - sheet.page_margins.footer >= 0.2  # a line of the footer


def rows_of(area: str) -> tuple[int, int]:
    first, last = (int(corner.rpartition("$")[2]) for corner in area.split(":"))
    return first, last


def folded(sheet: Any) -> list[str]:
    """Headings of the hidden columns, without their units."""
    spans = [range(one.min, one.max + 1) for one in sheet.column_dimensions.values() if one.hidden]
    return [sheet.cell(1, n).value.split(" (")[0] for span in spans for n in span]


def test_columns_that_say_nothing_are_folded_away(written: Open, tables: Tables) -> None:
    plan = tables["Shipments"].assign(**{"Company To": "", "Product Name": "Tea", "Mode": "road"})
    plan.loc[0, ["Mode", "Product Name"]] = ["rail", "Pot"]
    shown = set(plan.columns) - set(folded(written(Shipments=plan)["Shipments"]))
    assert {"Mode", "Product Name", "Ship Period", "Company To"} - shown == {"Company To"}
    days = plan["Ship Date"].dt.strftime("%Y-%m-%d")
    same = plan.assign(Mode="road", **{"Product Name": plan["Product"], "Ship Period": days})
    assert set(folded(written(Shipments=same)["Shipments"])) >= {
        "Scenario",
        "Mode",
        "Product Name",
        "Ship Period",
        "Company To",
    }
    two = pd.concat([same, same.assign(Scenario="other")])
    assert "Scenario" not in folded(written(Shipments=two)["Shipments"])


def test_columns_that_are_0_throughout_are_folded_away(written: Open, tables: Tables) -> None:
    def moves(book: Any) -> list[str]:
        return [name for name in folded(book["Inventory"]) if name != "Scenario"]

    assert moves(written()) == list(MOVES)
    some = tables["Inventory"].assign(Scrapped=1.0)
    assert moves(written(Inventory=some)) == [name for name in MOVES if name != "Scrapped"]


def test_copies_of_the_input_show_what_is_filled(written: Open) -> None:
    book = written()
    assert folded(book["In Settings"]) == ["Note"]
    assert folded(book["In Locations"]) == folded(book["In Demand"]) == []


@pytest.mark.parametrize(
    ("title", "taken"),
    [("Receiver Days Before (day)", 13), ("Plan No", 4), ("调入方后可用天数 (天)", 11), ("", 0)],
)
def test_headings_are_broken_where_they_are_narrowest(title: str, taken: int) -> None:
    assert sheet_module.on_two_lines(title) == taken


def test_a_column_has_one_number_format_from_what_it_holds() -> None:
    def form(unit: str, *numbers: float) -> str:
        return number_form("number", unit, pd.Series(numbers, dtype=float))

    assert form("unit", 3, 4) == "#,##0"
    assert form("unit", 3.25, 4) == "[=0]0;#,##0.0"
    assert form("m3", 3.25, 4) == "#,##0.00"
    assert form("money", 3.25, 999.99) == "#,##0.00"
    assert form("money", 3.25, 12000.5) == "#,##0"
    assert form("%", 0.5) == "0.0%"


def test_figures_of_the_run_are_numbers_in_a_format_of_their_own(written: Open) -> None:
    cells = {row[0].value: row[1] for row in written()["RunInfo"].iter_rows(min_row=2)}
    shown = {item: (cell.value, cell.number_format) for item, cell in cells.items()}
    assert shown["Objective"] == (2837.4, "#,##0")
    assert shown["Asked gap"] == (0.01, "0.00%")
    assert shown["Seconds: solve"] == (12, "0.0")
    assert shown["Size: columns"] == (100, "#,##0")
    assert shown["Setting: gap"] == ("1%", "@")


def test_headings_stand_over_their_numbers(written: Open) -> None:
    head = {str(cell.value).split(" (")[0]: cell for cell in written()["Shipments"][1]}
    assert head["Quantity"].alignment.horizontal == "right"
    assert head["Product"].alignment.horizontal != "right"


def test_key_figures_in_percent_have_no_second_percent_sign(written: Open) -> None:
    rows = values(written()["Summary"])
    units = {row[2]: row[4] for row in rows if row[1] == "base"}
    fill = next(row for row in rows if row[1] == "base" and row[2] == "Fill rate (units)")
    assert fill[3] == 0.796875
    assert units["Fill rate (units)"] is None
    assert units["Total cost"] == "CNY"


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


def test_rows_are_as_high_as_their_longest_text(written: Open, tables: Tables) -> None:
    texts = ["short", "x" * 42, "x" * 76, "x" * 77]
    issues = pd.DataFrame({"Level": "note", "Message": texts}, columns=tables["DataIssues"].columns)
    rows = written(DataIssues=issues)["DataIssues"].row_dimensions
    assert [rows[number].height for number in range(2, 6)] == [None, None, 32.25, 47.25]


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
        "• Proven: at most 27.40 CNY (1.0%) above the best possible plan, which costs no less than "
        "2,810 CNY.",
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


def test_problems_have_a_red_tab(written: Open, tables: Tables) -> None:
    assert written()["Audit"].sheet_properties.tabColor.rgb == "FFC8372D"
    passed = written(audit=AUDIT.assign(Result="pass"))
    assert passed["Audit"].sheet_properties.tabColor.rgb == "FF1F5FBF"
    assert passed["DataIssues"].sheet_properties.tabColor.rgb == "FF1F5FBF"
    assert passed["In Demand"].sheet_properties.tabColor.rgb == "FF9AA5B1"


def test_a_table_too_long_for_a_sheet_goes_on_on_the_next(
    written: Open, monkeypatch: pytest.MonkeyPatch, tables: Tables
) -> None:
    monkeypatch.setattr(pages_module, "MOST_ROWS", 10)
    book = written()
    rows = [row for name in ("Inventory", "Inventory (2)") for row in values(book[name])[1:]]
    assert [row[:4] for row in rows] == tables["Inventory"].iloc[:, :4].to_numpy().tolist()


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


def test_quantities_of_a_sheet_have_one_number_of_decimals(tables: Tables, tmp_path: Path) -> None:
    stock = tables["Inventory"].assign(Closing=1.25, Opening=3.0)
    path = tmp_path / "stock.xlsx"
    write_workbook(path, {**tables, "Inventory": stock}, "en", INPUT, facts(), AUDIT)
    sheet = openpyxl.load_workbook(path)["Inventory"]
    at = {str(cell.value).split(" (")[0]: cell.column for cell in sheet[1]}
    forms = {sheet.cell(2, at[name]).number_format for name in ("Opening", "Closing")}
    assert forms == {"[=0]0;#,##0.0"}


def test_a_workbook_without_times_is_as_old_as_its_first_day(
    tables: Tables, tmp_path: Path
) -> None:
    path, known = tmp_path / "same.xlsx", facts(seconds={})
    write_workbook(path, tables, "en", {}, known)
    created = openpyxl.load_workbook(path).properties.created
    assert created is not None and created.date().isoformat() == known.first_day[:10]
