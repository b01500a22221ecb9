"""Codes, choices, flags and dates in cells."""

import datetime as dt

import numpy as np
import pytest

from tierstock.inputs.reading.cell_dates import parse_dates, read_date
from tierstock.inputs.reading.cell_parts import Cells, Reading
from tierstock.inputs.reading.cell_texts import (
    clean_code,
    parse_choices,
    parse_flags,
    parse_texts,
    read_flag,
    skeleton,
)


def column(*cells: object) -> Cells:
    made = np.empty(len(cells), dtype=object)
    made[:] = cells
    return made


def codes(cells: Cells) -> tuple[list[str], list[str]]:
    found, faults = parse_texts(cells, code=True, label=False, dates_allowed=False)
    return list(found), [fault.code for fault in faults]


def test_numbers_in_code_columns_lose_their_decimals_and_are_told() -> None:
    assert codes(column(12.0, "007", 1.5)) == (["12", "007", "1.5"], ["code-as-number"])


def test_codes_are_cleaned_of_what_is_not_seen() -> None:
    assert clean_code(" ＤＣ１ ") == "DC1"
    assert clean_code("DC1\u200b") == "DC1"
    assert clean_code("①㎏") == "①㎏"


def test_full_width_brackets_are_folded_in_silence() -> None:
    assert codes(column("华东（新）")) == (["华东(新)"], [])


def test_free_text_stays_as_typed() -> None:
    found, faults = parse_texts(column("a（b）\nc", 5), code=False, label=True, dates_allowed=False)
    assert (list(found), faults) == (["a（b）\nc", "5"], [])


def test_a_text_longer_than_a_cell_is_told() -> None:
    assert codes(column("x" * 32_768))[1] == ["text-too-long"]


@pytest.mark.parametrize("text", ["tea\ud800", "tea\udcff", "tea\uffff"])
@pytest.mark.parametrize("label", [False, True])
def test_halves_of_characters_that_no_file_can_hold_are_told(text: str, label: bool) -> None:
    _, faults = parse_texts(column(text), code=False, label=label, dates_allowed=False)
    assert [(one.code, str(one.value).isprintable()) for one in faults] == [
        ("control-character", True)
    ]


def test_look_alikes_have_one_skeleton() -> None:
    assert skeleton("DC-1") == skeleton("dc 1") == skeleton("DС_l")
    assert skeleton("P1-11") != skeleton("P11-1")
    assert skeleton("DC1") != skeleton("DC2")


def test_choices_are_read_in_both_languages_and_by_alias() -> None:
    found, faults = parse_choices(column("cdc", "中央仓", "总仓", "RDC", ""), ("CDC", "RDC"), False)
    assert (list(found), faults) == (["CDC", "CDC", "CDC", "RDC", ""], [])


def test_an_open_choice_keeps_the_planners_own_word() -> None:
    found, faults = parse_choices(column("Humid room", "冷藏"), ("ambient", "chilled"), True)
    assert (list(found), faults) == (["Humid room", "chilled"], [])


@pytest.mark.parametrize("word", ["Y", "yes", "是", "TRUE", "1", "√"])
def test_yes_in_many_words(word: str) -> None:
    assert read_flag(word) is True


@pytest.mark.parametrize("word", ["N", "no", "否", "FALSE", "0", "×"])
def test_no_in_many_words(word: str) -> None:
    assert read_flag(word) is False


def test_flags_may_be_typed_as_numbers_or_booleans() -> None:
    flags, faults = parse_flags(column(True, False, 1, 0.0, "Y", "", 2))
    np.testing.assert_array_equal(flags, [1, 0, 1, 0, 1, np.nan, np.nan])
    assert [fault.code for fault in faults] == ["bad-flag"]


@pytest.mark.parametrize(
    "text",
    ["2026-01-05", "2026/1/5", "2026.1.5", "2026年1月5日", "20260105", "2026-01-05 00:00:00"],
)
def test_dates_are_read_with_the_year_first(text: str) -> None:
    assert read_date(text) == dt.date(2026, 1, 5)


@pytest.mark.parametrize("text", ["05/01/2026", "2026-02-30", "Jan 5", "26-1-5", "1926-01-05"])
def test_other_orders_are_never_guessed(text: str) -> None:
    assert read_date(text) is None


def test_serials_dates_and_numbers_make_dates() -> None:
    cells = column(46027, 46027.0, dt.datetime(2026, 1, 5), dt.date(2026, 1, 5), 20260105, "")
    days, faults = parse_dates(cells, Reading())
    assert faults == []
    assert (days[:5] == np.datetime64("2026-01-05")).all()
    assert np.isnat(days[5])


def test_a_time_is_dropped_with_a_warning_and_nonsense_is_told() -> None:
    cells = column(
        dt.datetime(2026, 1, 5, 8, 30), 46027.5, 5e9, dt.time(8), True, dt.date(1900, 1, 1)
    )
    days, faults = parse_dates(cells, Reading())
    assert (days[:2] == np.datetime64("2026-01-05")).all()
    assert np.isnat(days[2:]).all()
    found = sorted(fault.code for fault in faults)
    assert found == ["not-a-date"] * 4 + ["time-dropped"] * 2
