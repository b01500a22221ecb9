"""Sheets, columns and units are understood in either language."""

import pytest

from tierstock.inputs.reading.headings import find_column, find_setting, find_sheet, nearest_column
from tierstock.inputs.schema import Column, Setting, Sheet, say, schema
from tierstock.inputs.units import factor, is_checked

INPUTS = schema().inputs
COLUMNS = [column for sheet in INPUTS for column in sheet.columns]
NUMBERS = [column for column in COLUMNS if column.type in ("number", "integer") and column.unit]


def label(column: Column) -> str:
    return f"{column.sheet}.{column.name}"


@pytest.mark.parametrize("sheet", INPUTS, ids=[sheet.name for sheet in INPUTS])
def test_every_sheet_is_found_by_all_its_names(sheet: Sheet) -> None:
    for title in (sheet.name, sheet.zh, sheet.name.upper(), f"{sheet.name} {sheet.zh}"):
        match = find_sheet(title)
        assert match is not None and match.sheet is sheet and not match.copy
        copied = find_sheet(f"In {title}")
        assert copied is not None and copied.sheet is sheet


@pytest.mark.parametrize("column", COLUMNS, ids=label)
def test_every_column_is_found_by_all_its_names(column: Column) -> None:
    both = f"{column.name} {column.zh}"
    for heading in (column.name, column.zh, both, column.field, both.replace(" ", "\n")):
        if heading == column.field and "%" in column.name:
            continue
        match = find_column(column.sheet, heading)
        assert match is not None and match.column is column
        with_unit = find_column(column.sheet, f"{heading}（day）")
        assert with_unit is not None and (with_unit.column, with_unit.unit) == (column, "day")
    for alias in column.aliases:
        match = find_column(column.sheet, alias)
        assert match is not None and match.column is column and match.alias


@pytest.mark.parametrize("column", NUMBERS, ids=label)
def test_the_units_of_the_contract_are_fine_in_both_languages(column: Column) -> None:
    if is_checked(column.unit):
        assert factor(column.unit, column.unit) == 1
        assert factor(say(column.unit, "zh", kind="unit"), column.unit) == 1


@pytest.mark.parametrize("column", COLUMNS, ids=label)
def test_one_wrong_letter_still_names_the_right_column(column: Column) -> None:
    if len(column.name) < 6:
        return
    slip = column.name[:-2] + "#" + column.name[-1]
    assert nearest_column(column.sheet, slip) == column.name


@pytest.mark.parametrize(
    ("word", "unit", "value"),
    [
        ("t", "kg", 1000),
        ("L", "m3", 0.001),
        ("h", "day", 1 / 24),
        ("万元", "money", 10_000),
        ("万元", "money/unit", 10_000),
        ("元/吨", "money/kg", 0.001),
        ("m³", "m3", 1),
        ("USD", "money", None),
        ("m3", "kg", None),
        ("case", "unit", None),
    ],
)
def test_known_units_are_converted_and_others_refused(
    word: str, unit: str, value: float | None
) -> None:
    found = factor(word, unit)
    assert found is None if value is None else found == pytest.approx(value)


def test_the_home_currency_is_a_word_for_money() -> None:
    assert factor("usd/unit", "money/unit", currency="USD") == 1


@pytest.mark.parametrize("setting", schema().settings, ids=[s.name for s in schema().settings])
def test_every_setting_is_found_in_both_languages(setting: Setting) -> None:
    assert find_setting(setting.name) is setting
    assert find_setting(setting.zh) is setting
