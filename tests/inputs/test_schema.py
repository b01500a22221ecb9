"""The schema states every sheet, column, setting and word once, in both languages."""

import csv
import dataclasses
import re
import subprocess
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from tierstock.inputs import network
from tierstock.inputs.network import Network
from tierstock.inputs.reading.headings import find_column, find_setting, find_sheet, nearest_column
from tierstock.inputs.schema import LATE_KINDS, Column, Setting, Sheet, canonical, fold, say, schema
from tierstock.inputs.templates.guide import lines

SHEETS = schema().sheets
INPUTS = schema().inputs
COLUMNS = [column for sheet in SHEETS for column in sheet.columns]
VALUES: list[Column | Setting] = [*COLUMNS, *schema().settings]
DESCRIBED: list[Sheet | Column | Setting] = [*SHEETS, *VALUES]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
EXCEL_FORBIDS = set("[]:*?/\\")


def named(column: Column) -> str:
    return f"{column.sheet}.{column.name}"


def test_the_contract_has_its_sheets_and_settings() -> None:
    assert len(INPUTS) == 38
    assert len(schema().outputs) == 26
    assert len(schema().settings) == 40
    assert [sheet.name for sheet in INPUTS if sheet.required] == [
        "Locations",
        "Products",
        "Lanes",
        "Demand",
    ]


def test_every_input_sheet_ends_with_room_for_a_note() -> None:
    assert [sheet.name for sheet in INPUTS if sheet.columns[-1].name != "Note"] == []


def test_sheet_names_fit_excel_in_each_template_language() -> None:
    for sheet in INPUTS:
        for name in (sheet.name, sheet.zh, f"{sheet.name} {sheet.zh}", f"In {sheet.name}"):
            assert len(name) <= 31, name
            assert not EXCEL_FORBIDS & set(name), name
            assert not name.startswith("'") and not name.endswith("'"), name
    for sheet in schema().outputs:
        assert max(len(sheet.name), len(sheet.zh)) <= 31


def test_no_two_columns_of_a_sheet_can_be_taken_for_each_other() -> None:
    for sheet in SHEETS:
        known = [
            fold(name)
            for column in sheet.columns
            for name in {column.name, column.zh, *column.aliases}
        ]
        assert [name for name, times in Counter(known).items() if times > 1] == [], sheet.name
        fields = [column.field for column in sheet.columns]
        assert len(set(fields)) == len(fields)


def test_no_two_input_sheets_can_be_taken_for_each_other() -> None:
    known = [fold(name) for sheet in INPUTS for name in {sheet.name, sheet.zh, *sheet.aliases}]
    assert [name for name, times in Counter(known).items() if times > 1] == []


def test_everything_is_described_in_both_languages() -> None:
    for item in DESCRIBED:
        assert item.description_en.strip(), item.name
        assert not CHINESE.search(item.description_en.replace("千", "").replace("万", "")), item
        assert CHINESE.search(item.description_zh), item.name
        assert not set("`|") & set(item.description_en + item.description_zh), item.name


def test_a_description_leaves_the_full_stop_to_the_page() -> None:
    for item in DESCRIBED:
        assert not item.description_en.endswith((".", " ")), item.name
        assert not item.description_zh.endswith(("。", " ")), item.name


@pytest.mark.parametrize("column", COLUMNS, ids=named)
def test_a_column_is_stated_consistently(column: Column) -> None:
    sheet = schema().sheet(column.sheet)
    assert column.type in ("text", "selector", "number", "integer", "flag", "date", "choice")
    assert column.status in ("model", "label", "later")
    assert bool(column.choices) == (column.type == "choice")
    assert set(column.later_choices) <= set(column.choices)
    assert (column.level == "required") == column.required
    assert bool(column.default) != (column.required or sheet.kind == "output")
    assert column.refers_to in ("", *(sheet.name for sheet in INPUTS))
    if sheet.kind == "input" and sheet.status == "later" and column.name != "Note":
        assert column.status == "later"
    if column.neutral:
        assert column.status == "later"
    if column.required and sheet.status == "model":
        assert column.status != "later"


@pytest.mark.parametrize("setting", schema().settings, ids=lambda one: one.name)
def test_a_setting_is_stated_consistently(setting: Setting) -> None:
    assert setting.type in ("text", "number", "integer", "flag", "date", "choice")
    assert bool(setting.choices) == (setting.type == "choice")
    assert setting.default
    assert setting.group in ("Time", "Money", "Solving", "Output")
    if setting.type == "choice" and " " not in setting.default:
        assert setting.default in setting.choices
    if setting.status == "later" and setting.choices:
        assert setting.neutral == (setting.default,)


def test_keys_name_columns_of_their_sheet() -> None:
    for sheet in SHEETS:
        assert sheet.key
        assert set(sheet.key) <= {column.name for column in sheet.columns}, sheet.name


def test_a_sheet_can_be_asked_by_heading_and_by_field() -> None:
    lanes = schema().sheet("Lanes")
    assert lanes.column("Lead Time") is lanes.column("lead_time")
    assert schema().sheet("VehicleUse").column("Fill %").field == "fill_pct"
    with pytest.raises(KeyError, match="sheet Lanes has no column 'Leadtime'"):
        lanes.column("Leadtime")


def test_units_defaults_and_choices_have_a_chinese_word() -> None:
    sheets = {sheet.name for sheet in SHEETS}
    listed = {word.word for word in schema().words} | sheets
    for item in VALUES:
        assert set(item.choices) <= listed, item.name
        assert not item.unit or item.unit in listed, item.unit
        plain = re.fullmatch(r"[\d.%/e*-]*|EA|CNY|5 min|1e-6", item.default)
        assert plain or item.default in listed | {one.name for one in schema().settings}, item


def test_a_word_has_one_meaning_in_each_language() -> None:
    words = [word for word in schema().words if word.kind not in LATE_KINDS]
    meanings: dict[str, set[str]] = {}
    for word in words:
        for text in (word.word, word.zh, *word.aliases):
            meanings.setdefault(fold(text), set()).add(word.word)
    assert {text for text, found in meanings.items() if len(found) > 1} == set()


def test_planners_words_are_understood() -> None:
    spoken = {
        "总仓": "CDC",
        "分仓": "RDC",
        "ＣＤＣ": "CDC",
        "周一": "Mon",
        "是": "Y",
        "补货": "replenish",
    }
    assert {word: canonical(word) for word in spoken} == spoken
    assert canonical("no such word") is None


def test_words_are_spoken_in_the_language_asked_for() -> None:
    assert say("RDC", "zh") == "区域仓"
    assert say("rdc", "en") == "RDC"
    assert say("money/unit", "zh", kind="unit") == "元/件"
    assert say("order", "zh") == "订单"
    assert say("order", "zh", kind="cost") == "订货固定费"
    assert say("bucket", "zh", kind="setting") == "期间长度"
    assert say("my own zone", "zh") == "my own zone"


def nomenclature() -> list[dict[str, str]]:
    text = files("tierstock.inputs").joinpath("nomenclature.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_symbols_name_what_the_network_and_the_sheets_hold() -> None:
    parts = {part.name: part.type for part in dataclasses.fields(Network)}
    units = {word.word for word in schema().words if word.kind in ("unit", "dimension", "time")}
    for row in nomenclature():
        if row["kind"] != "variable":
            part, _, attribute = row["name"].partition(".")
            assert part in parts, row
            held = {
                one.name
                for one in dataclasses.fields(getattr(network, part.title().replace("_", "")))
            }
            assert not attribute or attribute in held, row
        for place in filter(None, row["columns"].split("|")):
            sheet, column = place.split(".", 1)
            assert schema().sheet(sheet).column(column).status != "later", place
        assert row["unit"] in units | {"", "ratio"}, row


def test_every_decision_that_has_a_symbol_is_declared_by_the_model() -> None:
    folder = Path(__file__).resolve().parents[2] / "model" / "constraints"
    source = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    named = [row["name"] for row in nomenclature() if row["kind"] == "variable"]
    assert len(named) >= 19
    assert [name for name in named if f'"{name}"' not in source] == []


def test_every_cost_term_has_a_chinese_word() -> None:
    terms = schema().sheet("Costs").column("Cost Bucket").choices
    assert len(terms) >= 17
    spoken = [say(term, "zh", kind="cost") for term in terms]
    assert all(map(CHINESE.search, spoken))
    assert len(set(spoken)) == len(terms)


@pytest.mark.parametrize(
    ("sheet", "heading", "column"),
    [
        ("Products", "SKU", "Product"),
        ("Products", "物料编码", "Product"),
        ("Locations", "仓库", "Location"),
        ("Demand", "Qty", "Quantity"),
        ("Demand", "周", "Period"),
        ("Products", "温区", "Zone"),
        ("StockCosts", "资金费率", "Carrying Rate"),
        ("Vehicles", "载重", "Max Weight"),
        ("TransferRules", "冷却期", "Cooldown"),
        ("Policy", "检视周期", "Review Every"),
        ("Sites", "固定费", "Fixed Cost"),
        ("Locations", "法人", "Company"),
        ("Demand", "客户等级", "Class"),
        ("OpeningStock", "到期日", "Expiry Date"),
    ],
)
def test_dialects_and_earlier_names_are_understood(sheet: str, heading: str, column: str) -> None:
    found = find_column(sheet, heading)
    assert found is not None
    assert found.column.name == column
    assert found.alias


def test_earlier_chinese_sheet_names_are_understood() -> None:
    earlier = {
        "线路": "Lanes",
        "期末规则": "Terminal",
        "现行策略": "Policy",
        "货源规则": "Sourcing",
    }
    earlier |= {"锁定计划": "FixedPlan", "在途与在单": "InTransit", "能力": "Capacity"}
    earlier |= {"配方与BOM头": "Recipes"}
    found = {name: find_sheet(name) for name in earlier}
    assert {name: one.sheet.name for name, one in found.items() if one is not None} == earlier


def test_every_name_finds_its_own_column_sheet_and_setting() -> None:
    for sheet in INPUTS:
        for name in (sheet.name, sheet.zh, *sheet.aliases):
            match = find_sheet(name)
            assert match is not None and match.sheet is sheet, name
        for column in sheet.columns:
            for name in (column.name, column.zh, *column.aliases):
                found = find_column(sheet.name, name)
                assert found is not None and found.column is column, (sheet.name, name)
    for setting in schema().settings:
        assert find_setting(setting.name) is setting
        assert find_setting(setting.zh) is setting


def test_a_name_with_a_wrong_letter_is_given_its_right_one() -> None:
    wrong = []
    for sheet in INPUTS:
        for column in sheet.columns:
            typo = f"{column.name[:-1]}q"
            if len(column.name) <= 3 or column.name[-1].isdigit():
                continue
            if find_column(sheet.name, typo) is not None:
                wrong.append((sheet.name, typo, "understood"))
            elif nearest_column(sheet.name, typo) != column.name:
                wrong.append((sheet.name, typo, nearest_column(sheet.name, typo)))
    assert wrong == []


def test_the_guide_names_sheets_and_columns_that_are_offered() -> None:
    wishes = [line for line in lines() if line.part == "wish"]
    assert len(wishes) >= 15
    for wish in wishes:
        sheet = schema().sheet(wish.sheet)
        assert sheet.status == "model"
        assert [sheet.column(name).status for name in wish.columns if name] != []
        assert "later" not in [sheet.column(name).status for name in wish.columns]
        for example in wish.example.values():
            assert len(example) == len(wish.columns), wish


def test_the_guide_speaks_choices_in_both_languages() -> None:
    for wish in (line for line in lines() if line.part == "wish"):
        columns = map(schema().sheet(wish.sheet).column, wish.columns)
        for column, english, chinese in zip(columns, *wish.example.values(), strict=True):
            if column.type == "choice":
                assert english in column.choices
                assert say(english, "zh") == chinese
            if column.type in ("number", "integer"):
                assert english == chinese


def test_the_writer_is_loaded_only_when_it_writes() -> None:
    code = (
        "import sys; import tierstock.inputs.templates.template;"
        "print(sorted({'openpyxl', 'pyomo', 'rich', 'xlsxwriter'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
