"""Sheets of the results workbook: tables to filter, print set-up, formats, folded columns."""

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from by_hand import facts
from opened_plan import AUDIT, INPUT, Open, Tables, present, values

from tierstock.inputs.schema import schema
from tierstock.outputs import pages as pages_module
from tierstock.outputs import sheet as sheet_module
from tierstock.outputs.inventory import MOVES
from tierstock.outputs.sheet import number_form
from tierstock.outputs.workbook import write_workbook

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


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
        upright = sheet.max_row - 1 > sheet_module.LONG
        assert sheet.page_setup.orientation == ("portrait" if upright else "landscape")
        fitted = sheet.sheet_properties.pageSetUpPr
        small = upright and sheet.page_setup.scale == sheet_module.SMALL
        assert small or (fitted.fitToPage and sheet.page_setup.fitToHeight == 0)
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


def test_what_is_there_to_be_filtered_prints_its_first_page_and_says_so(
    written: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not written("zh")["成本构成"].print_area  # a few pages print whole
    monkeypatch.setattr(sheet_module, "FIRST", 3)
    monkeypatch.setattr(sheet_module, "FILL", 5)
    monkeypatch.setattr(pages_module, "FIRST", 3)
    book = written("zh")
    count = book["成本构成"].max_row - 1
    area = book["成本构成"].print_area.rpartition("!")[2]
    assert (area[:5], area.rpartition("$")[2]) == ("$A$1:", "4")
    assert f"第 1 至 3 行，共 {count} 行" in book["成本构成"].oddFooter.left.text
    for name in ("调拨与补货计划", "库存轨迹", "服务结果", "采购计划"):
        assert not book[name].print_area  # what is acted on never prints in part
        assert book[name].oddFooter.left.text == "&A"


def test_a_text_longer_than_its_column_is_drawn_smaller(written: Open, tables: Tables) -> None:
    plan = tables["Shipments"].assign(Reason="demand+onward: 2026-W03–2026-W05")
    book = written(Shipments=plan)
    sheet = book["Shipments"]
    at = {cell.value.split(" (")[0]: cell.column for cell in sheet[1]}
    assert len(sheet.cell(2, at["Reason"]).value) > sheet_module.WIDEST
    assert sheet.cell(2, at["Reason"]).alignment.shrink_to_fit
    assert not sheet.cell(2, at["Quantity"]).alignment.shrink_to_fit
    assert not book["In Demand"].cell(2, 1).alignment.shrink_to_fit  # a list would be too small


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
    assert form("unit", 3.25, 4) == "[=0]0;[>=100000]#,##0;#,##0.0"
    assert form("unit²", 257661.31, 2.5) == "#,##0"
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
    copied = {str(cell.value): cell.alignment.horizontal for cell in written()["In Demand"][1]}
    assert copied == {"Product": "left", "2026-01-05": "right", "2026-01-12": "left"}


def test_key_figures_in_percent_have_no_second_percent_sign(written: Open) -> None:
    rows = values(written()["Summary"])
    units = {row[2]: row[4] for row in rows if row[1] == "base"}
    fill = next(row for row in rows if row[1] == "base" and row[2] == "Fill rate (units)")
    assert fill[3] == 0.796875
    assert units["Fill rate (units)"] is None
    assert units["Total cost"] == "CNY"


def test_rows_are_as_high_as_their_longest_text(written: Open, tables: Tables) -> None:
    texts = ["short", "x" * 42, "x" * 76, "x" * 77]
    issues = pd.DataFrame({"Level": "note", "Message": texts}, columns=tables["DataIssues"].columns)
    rows = written(DataIssues=issues)["DataIssues"].row_dimensions
    assert [rows[number].height for number in range(2, 6)] == [None, None, 32.25, 47.25]


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


def test_quantities_of_a_sheet_have_one_number_of_decimals(tables: Tables, tmp_path: Path) -> None:
    stock = tables["Inventory"].assign(Closing=1.25, Opening=3.0)
    path = tmp_path / "stock.xlsx"
    write_workbook(path, {**tables, "Inventory": stock}, "en", INPUT, facts(), AUDIT)
    sheet = openpyxl.load_workbook(path)["Inventory"]
    at = {str(cell.value).split(" (")[0]: cell.column for cell in sheet[1]}
    forms = {sheet.cell(2, at[name]).number_format for name in ("Opening", "Closing")}
    assert forms == {"[=0]0;[>=100000]#,##0;#,##0.0"}


def test_copies_of_the_input_show_what_is_filled(written: Open) -> None:
    book = written()
    assert folded(book["In Settings"]) == ["Note"]
    assert folded(book["In Locations"]) == folded(book["In Demand"]) == []
