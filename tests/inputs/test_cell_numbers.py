"""What counts as a number in a cell, and what does not."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tierstock.inputs.reading.cell_numbers import (
    check_numbers,
    parse_numbers,
    read_digits,
    read_number,
    suggestion,
)
from tierstock.inputs.reading.cell_parts import Cells, Reading

COMMA = Reading(decimal="comma")


def column(*cells: object) -> Cells:
    made = np.empty(len(cells), dtype=object)
    made[:] = cells
    return made


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("1,234.5", "unit", 1234.5),
        ("１２３", "unit", 123),
        (" 7 ", "unit", 7),
        ("-3", "unit", -3),
        ("−3", "unit", -3),
        ("1e-6", "", 1e-6),
        ("12%", "ratio", 0.12),
        ("0.5%", "%/year", 0.005),
        ("2/3", "ratio", 2 / 3),
        ("18t", "kg", 18_000),
        ("18吨", "kg", 18_000),
        ("500 g", "kg/unit", 0.5),
        ("2000万", "money", 20_000_000),
        ("3万元", "money", 30_000),
        ("5天", "day", 5),
        ("12h", "day", 0.5),
        ("¥12.50", "money/unit", 12.5),
        ("12元", "money/unit", 12),
        ("1.2亿", "unit", 120_000_000),
    ],
)
def test_numbers_are_read_as_planners_write_them(text: str, unit: str, number: float) -> None:
    read = read_number(text, unit)
    assert read is not None
    assert read.value == pytest.approx(number)


@pytest.mark.parametrize(
    "text",
    ["", "nan", "inf", "1_000", "12,5", "1,2345", "tbd", "-", "1.2.3", "(12)", "12 kg kg", "0x10"],
)
def test_what_is_no_number_is_never_guessed(text: str) -> None:
    assert read_number(text, "kg") is None


@pytest.mark.parametrize(
    ("text", "unit"), [("18t", "m3"), ("5天", "money"), ("¥12", "day"), ("2/3", "unit")]
)
def test_a_unit_of_another_kind_is_refused(text: str, unit: str) -> None:
    assert read_number(text, unit) is None


@pytest.mark.parametrize(("text", "number"), [("12,5", 12.5), ("1.234,5", 1234.5), ("7", 7)])
def test_a_decimal_comma_is_read_where_it_is_stated(text: str, number: float) -> None:
    assert read_digits(text, "comma") == number
    read = read_number(text, "", COMMA)
    assert read is not None and read.value == number


def test_a_decimal_point_is_no_guess_under_a_comma() -> None:
    assert read_digits("12.5", "comma") is None
    assert suggestion("12.5", "", COMMA) == ("12,5", "comma")


@pytest.mark.parametrize(
    ("text", "meant", "why"),
    [
        ("12,5O", "12.50", "letter"),
        ("l2", "12", "letter"),
        ("12,5", "12.5", "comma"),
        ("1.234,5", "1234.5", "comma"),
        ("1 234", "1234", ""),
        ("tbd", "", ""),
        ("ten", "", ""),
    ],
)
def test_what_was_meant_is_offered(text: str, meant: str, why: str) -> None:
    assert suggestion(text) == (meant, why)


@given(st.floats(min_value=-1e12, max_value=1e12))
def test_every_number_written_out_reads_back(number: float) -> None:
    assert read_digits(repr(number)) == number
    assert read_digits(f"{number:,.3f}") == float(f"{number:.3f}")


@given(st.text(max_size=12))
def test_any_text_is_a_finite_number_or_none(text: str) -> None:
    read = read_number(text, "kg")
    assert read is None or math.isfinite(read.value)


def test_rates_below_one_are_shares_and_others_percent() -> None:
    numbers, faults = parse_numbers(column(0.12, 12, "12%", "0.5%", "8", ""), "%/year", Reading())

    assert faults == []
    np.testing.assert_allclose(numbers[:5], [0.12, 0.12, 0.12, 0.005, 0.08])
    assert np.isnan(numbers[5])


def test_the_unit_of_the_heading_counts_unless_the_cell_has_its_own() -> None:
    numbers, _ = parse_numbers(column(2, "2", "500 kg"), "kg", Reading(), header_factor=1000)

    np.testing.assert_allclose(numbers, [2000, 2000, 500])


def test_sizes_and_signs_are_checked() -> None:
    numbers = np.array([1.5, -1, 2e15, 1e-12, np.nan, 0])

    found = {fault.code: fault.at.tolist() for fault in check_numbers(numbers, "unit", True, False)}

    assert found == {
        "number-too-large": [2],
        "number-too-small": [3],
        "negative-number": [1],
        "not-whole": [0, 3],
    }
    assert check_numbers(np.array([-5.0]), "unit", False, True) == []
