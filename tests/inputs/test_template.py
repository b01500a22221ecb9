"""The template a planner fills is complete, marked, readable, and the same every time."""

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.read import read_tables
from tierstock.inputs.samples import sample
from tierstock.inputs.schema import Column, schema
from tierstock.inputs.templates.guide import TITLES, lines
from tierstock.inputs.templates.template import (
    LEVELS,
    TEMPLATE_LANGUAGES,
    write_all,
    write_template,
)
from tierstock.inputs.templates.template_layout import column_title, sheet_title, spoken
from tierstock.inputs.templates.template_rules import cell_rule
from tierstock.inputs.templates.template_style import width

COMMITTED = Path(__file__).resolve().parents[2] / "inputs" / "templates"
USUAL = [
    "Settings",
    "Locations",
    "Products",
    "Lanes",
    "Demand",
    "OpeningStock",
    "InTransit",
    "StockTargets",
    "Capacity",
    "Vehicles",
    "TransferRules",
]


def made(folder: Path, **options: Any) -> Any:
    """Write a template and open it."""
    path = folder / "template.xlsx"
    write_template(path, **options)
    return openpyxl.load_workbook(path)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def headings(tab: Any) -> list[str]:
    return [str(cell.value) for cell in tab[1]]


def column_of(tab: Any, heading: str) -> str:
    (letter,) = (cell.column_letter for cell in tab[1] if cell.value == heading)
    return str(letter)


def rule_of(tab: Any, letter: str) -> Any:
    (rule,) = (one for one in tab.data_validations.dataValidation if f"{letter}2" in one.sqref)
    return rule


def test_the_usual_template_has_twelve_tabs(tmp_path: Path) -> None:
    assert made(tmp_path).sheetnames == ["Guide", *USUAL]


def test_the_core_template_has_the_four_core_sheets(tmp_path: Path) -> None:
    book = made(tmp_path, sheets="core")
    assert book.sheetnames == ["Guide", "Locations", "Products", "Lanes", "Demand"]


def test_the_whole_template_offers_what_can_be_planned_and_nothing_else(tmp_path: Path) -> None:
    book = made(tmp_path, sheets="all")
    offered = [sheet for sheet in schema().inputs if sheet.status == "model"]
    assert book.sheetnames == ["Guide", *(sheet.name for sheet in offered)]
    for sheet in offered:
        shown = headings(book[sheet.name])
        missing = [
            column.name
            for column in sheet.columns
            if column.status != "later" and column_title(column, "en") not in shown
        ]
        refused = [
            column.name
            for column in sheet.columns
            if column.status == "later" and column_title(column, "en") in shown
        ]
        assert missing == (["Period", "Quantity"] if sheet.name == "Demand" else [])
        assert refused == []


@pytest.mark.parametrize("lang", TEMPLATE_LANGUAGES)
@pytest.mark.parametrize("sheets", LEVELS)
def test_an_empty_template_is_read_without_a_finding(
    tmp_path: Path, lang: str, sheets: str
) -> None:
    path = tmp_path / "empty.xlsx"
    write_template(path, lang=lang, sheets=sheets)
    findings = Findings()
    tables = read_tables(path, findings)
    assert [finding.say() for finding in findings] == []
    rows = {name: len(table.frame) for name, table in tables.sheets.items()}
    assert {name: count for name, count in rows.items() if count} == (
        {} if sheets == "core" else {"Settings": 2}
    )


@pytest.mark.parametrize("lang", TEMPLATE_LANGUAGES)
@pytest.mark.parametrize("name", ["starter", "rebalancing"])
def test_a_sample_comes_back_as_it_was_written(tmp_path: Path, lang: str, name: str) -> None:
    tables = sample(name, "zh" if lang == "zh" else "en")
    path = tmp_path / "sample.xlsx"
    write_template(path, lang=lang, sample=tables)
    findings = Findings()
    read = read_tables(path, findings)
    assert [finding.say() for finding in findings] == []
    direct = read_tables(tables, Findings())
    assert [sheet for sheet in read.sheets if read.has(sheet)] == [
        sheet for sheet in direct.sheets if direct.has(sheet)
    ]
    for sheet in direct.sheets:
        left = read.table(sheet).frame.drop(columns="row")
        right = direct.table(sheet).frame.drop(columns="row")
        assert len(left) == len(right), sheet
        if sheet == "Settings":
            assert left["setting"].tolist() == right["setting"].tolist() or lang == "zh"
            continue
        pd.testing.assert_frame_equal(left, right, check_dtype=False, obj=sheet)


def test_required_headings_are_dark_blue_and_stand_first(tmp_path: Path) -> None:
    book = made(tmp_path, sheets="all")
    for sheet in (one for one in schema().inputs if one.status == "model"):
        tab = book[sheet.name]
        dark = [cell.fill.fgColor.rgb == "FF173F7F" and cell.font.b for cell in tab[1]]
        required = [column for column in sheet.columns if column.required]
        if sheet.name == "Demand":
            assert sum(dark) == 2 + 13
        else:
            assert dark == [True] * len(required) + [False] * (len(dark) - len(required))


def test_rare_columns_wait_in_a_collapsed_outline(tmp_path: Path) -> None:
    tab = made(tmp_path)["Lanes"]
    hidden = tab.column_dimensions[column_of(tab, "Cost Basis")]
    shown = tab.column_dimensions[column_of(tab, "Unit Cost (money/unit)")]
    assert hidden.hidden and hidden.outlineLevel == 1
    assert not shown.hidden and shown.outlineLevel == 0


def test_a_column_the_sample_fills_is_never_hidden(tmp_path: Path) -> None:
    tab = made(tmp_path, sample=sample("rebalancing"))["Lanes"]
    dimension = tab.column_dimensions[column_of(tab, "Cost Basis")]
    assert not dimension.hidden


def test_a_note_gives_the_other_name_the_meaning_and_the_default(tmp_path: Path) -> None:
    book = made(tmp_path, lang="zh")
    tab = book["运输线路"]
    note = tab[f"{column_of(tab, '类别')}1"].comment.text
    assert note.startswith("Kind\n")
    assert "两端同层级为调拨，否则为补货" in note
    english = made(tmp_path)["Lanes"]
    note = english[f"{column_of(english, 'Lead Time (day)')}1"].comment.text
    assert note.startswith("提前期\n")
    assert "Required." in note


def test_every_heading_has_a_note(tmp_path: Path) -> None:
    for tab in made(tmp_path, sheets="all", lang="both").worksheets[1:]:
        for cell in tab[1]:
            week = tab.title.startswith("Demand") and not isinstance(cell.value, str)
            aside = str(cell.value).startswith(("#", "="))
            assert week or aside or cell.comment is not None, (tab.title, cell.value)


def test_choices_are_offered_in_the_language_of_the_template(tmp_path: Path) -> None:
    english = made(tmp_path)["Locations"]
    assert rule_of(english, "B").formula1 == '"supplier,plant,CDC,RDC,store,ecom,customer"'
    chinese = made(tmp_path, lang="zh")["地点"]
    assert rule_of(chinese, "B").formula1 == '"供应商,工厂,中央仓,区域仓,门店,电商仓,客户"'


def test_a_choice_that_would_be_refused_is_not_offered() -> None:
    kind = schema().sheet("Budgets").column("Kind")
    later = replace(kind, later_choices=("carbon", "cash"))
    offered = cell_rule(later, {}, "en")
    assert offered is not None
    assert offered["source"] == ["capital", "spend", "freight", "moves"]


def test_codes_come_from_the_sheet_that_lists_them(tmp_path: Path) -> None:
    book = made(tmp_path, lang="zh")
    rule = rule_of(book["期初库存"], "A")
    assert "'地点'!$A$2" in rule.formula1
    assert rule.errorStyle == "warning"
    selector = rule_of(book["运输线路"], "A")
    assert "'地点'!$A$2" in selector.formula1
    assert not selector.showErrorMessage


def test_settings_are_chosen_from_the_list_beside_them(tmp_path: Path) -> None:
    tab = made(tmp_path)["Settings"]
    rule = rule_of(tab, "A")
    cells = rule.formula1.lstrip("=").replace("$", "")
    listed = [row[0].value for row in tab[cells]]
    assert listed == [one.name for one in schema().settings if one.status == "model"]
    last = int(cells.split("D")[-1])
    assert tab.cell(last + 1, 4).value is None


def test_code_columns_are_text_and_dates_are_dates(tmp_path: Path) -> None:
    book = made(tmp_path)
    tab = book["InTransit"]
    assert tab.column_dimensions["A"].number_format == "@"
    assert tab.column_dimensions[column_of(tab, "Due Date")].number_format == "yyyy-mm-dd"


def test_demand_has_thirteen_weeks_as_dates_that_any_script_keeps(tmp_path: Path) -> None:
    path = tmp_path / "weeks.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    weeks = [cell.value for cell in book["Demand"][1] if hasattr(cell.value, "year")]
    assert len(weeks) == 13
    assert {(later - first).days for first, later in zip(weeks, weeks[1:], strict=False)} == {7}
    assert weeks[0].weekday() == 0
    book.save(path)
    findings = Findings()
    read_tables(path, findings)
    assert len(findings) == 0


def test_the_rows_of_a_blank_template_say_what_they_do(tmp_path: Path) -> None:
    for lang, words in (("en", "weeks after"), ("zh", "留足库存"), ("both", "weeks after")):
        tab = made(tmp_path, lang=lang).worksheets[1]
        assert words in tab["C2"].value
        assert tab["C3"].value


def test_examples_of_the_guide_fit_their_columns(tmp_path: Path) -> None:
    for lang in TEMPLATE_LANGUAGES:
        book = made(tmp_path, lang=lang, sheets="all")
        for line in (one for one in lines() if one.sheet):
            sheet = schema().sheet(line.sheet)
            tab = book[sheet_title(sheet, lang)]
            for name, text in zip(line.columns, line.example[spoken(lang)], strict=True):
                letter = column_of(tab, column_title(sheet.column(name), lang))
                assert tab.column_dimensions[letter].width > width(text) + 1, (line, name)


def test_the_list_of_settings_fits_a_printed_page(tmp_path: Path) -> None:
    for lang in TEMPLATE_LANGUAGES:
        tab = made(tmp_path, lang=lang).worksheets[1]
        assert sum(one.width for one in tab.column_dimensions.values()) < 220
        assert tab["F2"].alignment.wrap_text


def test_the_guide_names_the_sheet_of_what_a_plant_makes(tmp_path: Path) -> None:
    for sheets, linked in (("usual", False), ("all", True)):
        guide = made(tmp_path, sheets=sheets)["Guide"]
        rows = [row for row in guide.iter_rows() if row[1].value == "Supply"]
        assert bool(rows[0][1].hyperlink) == linked
        assert ("add a tab of this name" in rows[0][3].value) != linked
    texts = " ".join(str(row[0].value) for row in guide.iter_rows())
    assert all(f"{word}:" in texts for word in ("Selector", "Ladder", "Horizon"))


def test_a_sheet_is_frozen_filtered_and_printed_on_its_width(tmp_path: Path) -> None:
    for tab in made(tmp_path, sheets="all").worksheets[1:]:
        assert tab.freeze_panes in ("A2", "B2", "C2")
        assert tab.auto_filter.ref.startswith("A1:")
        assert tab.page_setup.orientation == "landscape"
        assert tab.print_title_rows == "$1:$1"
        assert tab.sheet_properties.pageSetUpPr.fitToPage


def test_no_tab_is_hidden_and_core_tabs_are_marked(tmp_path: Path) -> None:
    book = made(tmp_path)
    assert {tab.sheet_state for tab in book.worksheets} == {"visible"}
    core = book["Lanes"].sheet_properties.tabColor.rgb
    assert core == book["Demand"].sheet_properties.tabColor.rgb
    assert core != book["Vehicles"].sheet_properties.tabColor.rgb


@pytest.mark.parametrize("lang", TEMPLATE_LANGUAGES)
def test_the_guide_fits_one_screen_and_leads_to_the_sheets(tmp_path: Path, lang: str) -> None:
    book = made(tmp_path, lang=lang)
    guide = book[TITLES[lang]]
    assert guide.max_row <= 34
    assert guide.max_column == 4
    links = {row[1].hyperlink.location for row in guide.iter_rows() if row[1].hyperlink}
    for link in links:
        sheet = re.fullmatch(r"'(.*)'!A1", link)
        assert sheet is not None
        assert sheet.group(1) in book.sheetnames
    assert len(links) == len(USUAL)


def test_a_heading_fits_its_column_in_two_lines(tmp_path: Path) -> None:
    for lang in TEMPLATE_LANGUAGES:
        for tab in made(tmp_path, lang=lang, sheets="all").worksheets[1:]:
            rooms = {
                index: dimension.width
                for dimension in tab.column_dimensions.values()
                for index in range(dimension.min, dimension.max + 1)
            }
            for cell in tab[1]:
                text = str(cell.value)
                if cell.comment is not None:
                    parts = text.replace(" (", "\n(").split("\n")
                    longest = max(width(part) for part in parts)
                    assert longest < rooms[cell.column], (tab.title, text)


def test_both_languages_stand_in_one_heading(tmp_path: Path) -> None:
    book = made(tmp_path, lang="both")
    sheet = schema().sheet("Lanes")
    tab = book[sheet_title(sheet, "both")]
    assert tab.title == "Lanes 运输线路"
    assert "Lead Time 提前期 (day)" in headings(tab)


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    tables = {"Locations": pd.DataFrame({"Location": ["=1+1"], "Tier": ["RDC"], "Name": ["@x"]})}
    path = tmp_path / "text.xlsx"
    write_template(path, sample=tables)
    sheets = [text for name, text in parts(path).items() if name.startswith("xl/worksheets/sheet")]
    assert openpyxl.load_workbook(path)["Locations"]["A2"].data_type in ("s", "f")
    assert not any(b"<f>1+1</f>" in text for text in sheets)


def test_the_same_call_writes_the_same_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    for path in (one, two):
        write_template(path, lang="zh", sample=sample("starter", "zh"))
    assert one.read_bytes() == two.read_bytes()


def test_the_committed_templates_are_what_the_schema_says(tmp_path: Path) -> None:
    written = write_all(tmp_path)
    assert sorted(path.name for path in written) == sorted(
        path.name for path in COMMITTED.glob("*.xlsx")
    )
    for path in written:
        fresh, kept = parts(path), parts(COMMITTED / path.name)
        changed = [name for name in fresh | kept if fresh.get(name) != kept.get(name)]
        assert changed == [], f"{path.name}: run python -m tierstock.inputs.templates.template"


def test_a_failed_write_leaves_the_old_file_and_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("tierstock.inputs.templates.template.write_guide", fail)
    with pytest.raises(OSError, match="disk full"):
        write_template(path)
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["plan.xlsx"]


@pytest.mark.parametrize("wrong", [{"lang": "fr"}, {"sheets": "most"}])
def test_an_unknown_wish_is_refused(tmp_path: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="choose"):
        write_template(tmp_path / "x.xlsx", **wrong)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_sample_with_an_unknown_column_is_refused(tmp_path: Path) -> None:
    tables = {"Locations": pd.DataFrame({"Location": ["A"], "Tear": ["RDC"]})}
    with pytest.raises(KeyError, match="Tear"):
        write_template(tmp_path / "x.xlsx", sample=tables)


def test_numbers_and_dates_are_checked_while_typing(tmp_path: Path) -> None:
    book = made(tmp_path, sheets="all")

    def rule(column: Column) -> Any:
        tab = book[column.sheet]
        return rule_of(tab, column_of(tab, column_title(column, "en")))

    for name in ("Unit Value", "Weight"):
        assert rule(schema().sheet("Products").column(name)).formula1 == "0"
    owed = rule(schema().sheet("OpeningStock").column("Quantity"))
    assert float(owed.formula1) < 0
    assert rule(schema().sheet("InTransit").column("Due Date")).type == "date"
