"""Every fault a planner is likely to make is found, at its cell, in both languages.

Each case spoils the smallest study in one place and names what must be found. The studies are
written as real workbooks and read again.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starter import Rows, codes, look, only, save, sheet_of, starter

CHINESE = "zh"


@dataclass(frozen=True)
class Case:
    """One fault: how it is made and what is to be found."""

    name: str
    sheet: str
    cell: str
    value: Any
    code: str
    severity: str = "error"
    nearest: str = ""
    found_at: str = ""
    """Where it is found, if not at the cell that was spoilt."""


def put(rows: Rows, cell: str, value: Any) -> None:
    """Write a value into a cell given in A1 style; the grid grows where needed."""
    column, row = ord(cell[0]) - 65, int(cell[1:]) - 1
    while len(rows) <= row:
        rows.append([""] * len(rows[0]))
    rows[row] += [""] * (column + 1 - len(rows[row]))
    rows[row][column] = value


CASES = [
    Case("a letter O in a number", "Lanes", "D2", "12,5O", "letter-in-number", nearest="12.50"),
    Case("a decimal comma", "Lanes", "D2", "12,5", "decimal-comma", nearest="12.5"),
    Case("a word in a number", "Lanes", "D2", "tbd", "not-a-number"),
    Case("a dash in a number", "Products", "B2", "-", "not-a-number"),
    Case("the word nan", "Products", "B2", "nan", "not-a-number"),
    Case("digits with underscores", "Demand", "D2", "1_000", "not-a-number"),
    Case("TRUE in a number", "Demand", "D2", True, "not-a-number"),
    Case("a date in a number", "Demand", "D2", dt.date(2026, 2, 3), "date-in-number"),
    Case("negative demand", "Demand", "D3", -4, "negative-number"),
    Case("negative lead time", "Lanes", "C2", -1, "negative-number"),
    Case("a number for unlimited", "Lanes", "D2", 1e30, "number-too-large"),
    Case("a tiny number", "Products", "D2", 1e-10, "number-too-small"),
    Case("98 for 98 percent", "Lanes", "E2", 98, "ratio-above-one", nearest="98%"),
    Case("a negative share", "Lanes", "E2", -0.5, "negative-number"),
    Case("a date made of 2/3", "Lanes", "E2", dt.date(2026, 2, 3), "date-in-ratio"),
    Case("no such day", "Locations", "E2", "2026/13/01", "not-a-date"),
    Case("a date that reads two ways", "Locations", "E2", "01/02/2026", "ambiguous-date"),
    Case("day first", "Locations", "E2", "25/01/2026", "not-a-date", nearest="2026-01-25"),
    Case("a time of day", "Locations", "E2", "2026-01-05 08:30", "time-dropped", "warning"),
    Case("a wrong flag", "Locations", "D2", "maybe", "bad-flag"),
    Case("a misspelt choice", "Locations", "B3", "sotre", "bad-choice", nearest="store"),
    Case("a row begun and left", "Lanes", "A4", "DC1", "blank-required", found_at="B4"),
    Case("an unknown place", "Demand", "A3", "S0I", "unknown-reference", nearest="S01"),
    Case("an unknown product", "Demand", "B4", "P0l", "unknown-reference", nearest="P01"),
    Case("a formula never calculated", "Demand", "D2", "=1+1", "formula-not-calculated"),
    Case("a code as number", "Products", "A2", 123, "code-as-number", "warning"),
    Case("a code of 17 digits", "Products", "A2", 12345678901234567, "code-lost-digits"),
    Case("a date in a code", "Products", "A2", dt.date(2026, 3, 1), "date-in-code"),
    Case("a zero-width mark", "Locations", "A2", "DC1\u200b", "odd-characters", "warning"),
    Case("a full-width code", "Locations", "A2", "ＤＣ１", "odd-characters", "warning"),
    Case("a no-break space", "Locations", "A2", "DC1\u00a0", "odd-characters", "warning"),
    Case("a line break in a code", "Products", "A3", "P\n02", "control-character"),
    Case("a code in two cases", "Locations", "A4", "s01", "look-alike", "warning"),
    Case("a Cyrillic letter", "Locations", "A4", "DС1", "look-alike", "warning"),
]


@pytest.mark.parametrize("language", ["en", CHINESE])
@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_wrong_cell_is_named(case: Case, language: str, tmp_path: Path) -> None:
    study = starter(language)
    rows = sheet_of(study, case.sheet)
    put(rows, case.cell, case.value)

    _, findings = look(save(study, tmp_path / "study.xlsx"))

    found = next(one for one in findings if one.code == case.code)
    assert found.severity == case.severity
    assert found.cell == (case.found_at or case.cell)
    assert found.say(language).startswith(f"{found.sheet}!{found.cell}  ")
    if case.nearest and language == "en":
        assert case.nearest in found.message(language)
    assert found.message("en") != found.message("zh")


@dataclass(frozen=True)
class Whole:
    """A fault of a sheet or a heading."""

    name: str
    spoil: Callable[[dict[str, Rows], str], None]
    code: str
    cell: str = ""
    severity: str = "error"


def _title(study: dict[str, Rows], name: str) -> str:
    rows = sheet_of(study, name)
    return next(title for title in study if study[title] is rows)


def drop_lanes(study: dict[str, Rows], language: str) -> None:
    del study[_title(study, "Lanes")]


def misspell_sheet(study: dict[str, Rows], language: str) -> None:
    rows = study.pop(_title(study, "Lanes"))
    study["Lnaes" if language == "en" else "运输线"] = rows


def add_second_lanes(study: dict[str, Rows], language: str) -> None:
    study["LANES " if language == "zh" else "运输线路"] = list(sheet_of(study, "Lanes"))


def add_unknown_sheet(study: dict[str, Rows], language: str) -> None:
    study["Sheet9"] = [["a", "b"], [1, 2]]


def drop_unit_value(study: dict[str, Rows], language: str) -> None:
    rows = sheet_of(study, "Products")
    rows[:] = [[row[0], *row[2:]] for row in rows]


def misspell_heading(study: dict[str, Rows], language: str) -> None:
    sheet_of(study, "Lanes")[0][3] = "Unit Csot" if language == "en" else "单位运飞"


def repeat_heading(study: dict[str, Rows], language: str) -> None:
    for row, cell in zip(sheet_of(study, "Lanes"), ["Unit Cost", 1, 1], strict=True):
        row.append(cell)


def leave_heading_out(study: dict[str, Rows], language: str) -> None:
    for row, cell in zip(sheet_of(study, "Lanes"), ["", 1, 1], strict=True):
        row.append(cell)


def give_wrong_unit(study: dict[str, Rows], language: str) -> None:
    sheet_of(study, "Products")[0][3] = "Weight (m3)" if language == "en" else "重量（立方米）"


def head_twice(study: dict[str, Rows], language: str) -> None:
    sheet_of(study, "Demand").insert(1, ["地点", "产品", "期间", "数量"])


def plan_later_sheet(study: dict[str, Rows], language: str) -> None:
    study["Events"] = [["Event", "Kind"], ["Storm", "delay"]]


def plan_later_column(study: dict[str, Rows], language: str) -> None:
    for row, cell in zip(sheet_of(study, "Products"), ["Forecast Error", 0.3, ""], strict=True):
        row.append(cell)


def differ_in_a_key(study: dict[str, Rows], language: str) -> None:
    sheet_of(study, "Demand").append(["S01", "P01", "2026-01-05", 99])


def repeat_a_row(study: dict[str, Rows], language: str) -> None:
    rows = sheet_of(study, "Demand")
    rows.append(list(rows[1]))


WHOLE = [
    Whole("a sheet is missing", drop_lanes, "missing-sheet"),
    Whole("a sheet is misspelt", misspell_sheet, "unknown-sheet"),
    Whole("two sheets mean one", add_second_lanes, "ambiguous-sheet"),
    Whole("a sheet is unknown", add_unknown_sheet, "unknown-sheet"),
    Whole("a column is missing", drop_unit_value, "missing-column"),
    Whole("a heading is misspelt", misspell_heading, "unknown-column", "D1"),
    Whole("a heading is there twice", repeat_heading, "duplicate-heading", "F1"),
    Whole("a column has no heading", leave_heading_out, "blank-heading", "F1"),
    Whole("a heading names the wrong unit", give_wrong_unit, "wrong-unit", "D1"),
    Whole("two rows of headings", head_twice, "two-heading-rows"),
    Whole("a sheet of a later version", plan_later_sheet, "not-yet"),
    Whole("a column of a later version", plan_later_column, "not-yet", "E2"),
    Whole("a key repeats with other values", differ_in_a_key, "duplicate-key", "D5"),
    Whole("a row repeats", repeat_a_row, "duplicate-row", "A5", "info"),
]


@pytest.mark.parametrize("language", ["en", CHINESE])
@pytest.mark.parametrize("case", WHOLE, ids=[case.name for case in WHOLE])
def test_a_wrong_sheet_or_heading_is_named(case: Whole, language: str, tmp_path: Path) -> None:
    study = starter(language)
    case.spoil(study, language)

    _, findings = look(save(study, tmp_path / "study.xlsx"))

    found = next(one for one in findings if one.code == case.code)
    assert (found.cell, found.severity) == (case.cell, case.severity)
    assert found.sheet
    assert found.message("en") != found.message("zh")


@pytest.mark.parametrize("language", ["en", CHINESE])
def test_the_smallest_study_has_no_fault(language: str, tmp_path: Path) -> None:
    tables, findings = look(save(starter(language), tmp_path / "study.xlsx"))

    assert codes(findings) == []
    assert tables.language == findings.language == language


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    study = starter()
    for case in CASES[:3]:
        put(sheet_of(study, case.sheet), case.cell, case.value)
    put(sheet_of(study, "Demand"), "A2", "S9")
    drop_unit_value(study, "en")
    study["Bugdets"] = [["Budget"], ["x"]]

    _, findings = look(save(study, tmp_path / "study.xlsx"))

    assert {"unknown-reference", "missing-column", "unknown-sheet", "not-a-number"} <= set(
        codes(findings, "error")
    )


def test_the_nearest_name_is_offered_for_sheets_and_columns(tmp_path: Path) -> None:
    study = starter()
    misspell_sheet(study, "en")
    sheet_of(study, "Demand")[0][3] = "Quantty"

    _, findings = look(save(study, tmp_path / "study.xlsx"))

    assert 'Nearest: "Lanes".' in only(findings, "unknown-sheet").message()
    assert 'Nearest: "Quantity".' in only(findings, "unknown-column").message()


def test_the_words_of_a_wrong_number_are_those_promised(tmp_path: Path) -> None:
    study = starter()
    put(sheet_of(study, "Lanes"), "D2", "12,5O")

    _, findings = look(save(study, tmp_path / "study.xlsx"))

    assert only(findings, "letter-in-number").say() == (
        'Lanes!D2  Unit Cost is "12,5O" – not a number (letter O?).'
        " Write 12.50, or leave it blank for 0."
    )
