"""Messages tell one fault once, at its cause, and what to write instead."""

from typing import Any

import pytest
from retail import LANES, LOCATIONS, PRODUCTS, Rows, said, seen

TARGET = {
    "Target": "T1",
    "Location": "*",
    "Product": "*",
    "Measure": "fill",
    "Minimum": 0.9,
    "Hardness": "hard",
}


def told(**sheets: Rows) -> dict[str, str]:
    return said(seen(**sheets))


def test_a_wrong_limit_is_not_told_a_second_time_as_a_broken_limit() -> None:
    good = {"Budget": "CAP", "Kind": "capital", "Limit": 1, "Hardness": "hard"}
    assert "budget-over-today" in told(Budgets=[good])
    assert set(told(Budgets=[{**good, "Limit": "20 million"}])) == {"not-a-number"}


def test_a_wrong_class_is_not_told_a_second_time_as_an_empty_target() -> None:
    found = told(ServiceTargets=[{**TARGET, "Class": "AA"}])
    assert set(found) == {"unknown-selector"}


def test_what_cannot_be_reached_waits_until_the_tables_are_right() -> None:
    late = [{**row, "Lead Time": 28.0} for row in LANES]
    assert "target-out-of-reach" in told(Lanes=late, ServiceTargets=[TARGET])
    wrong = [*LOCATIONS, {"Location": "X", "Tier": "shopp"}]
    found = told(Lanes=late, ServiceTargets=[TARGET], Locations=wrong)
    assert set(found) == {"bad-choice"}


@pytest.mark.parametrize(
    ("sheet", "row", "text"),
    [
        ("Lanes", {"Lead Time": "2-3"}, "it counts in days."),
        ("Lanes", {"Lead Time": "6 months"}, "Write 180"),
        ("Lanes", {"Unit Cost": "1.5k"}, "Write 1,500"),
        ("Products", {"Unit Value": "$35"}, "the currency in the column Currency."),
        ("Products", {"Unit Value": "twenty"}, "it counts in CNY/unit."),
        ("Lanes", {"Yield": "most"}, "a share such as 0.95"),
    ],
)
def test_a_text_in_a_number_column_is_answered_with_what_to_write(
    sheet: str, row: dict[str, Any], text: str
) -> None:
    rows: Rows = {"Lanes": LANES, "Products": PRODUCTS}[sheet]
    found = told(**{sheet: [{**rows[0], **row}, *rows[1:]]})
    assert text in found["not-a-number"]


def test_a_share_a_little_above_one_is_not_read_as_a_slip_of_percent() -> None:
    found = told(Lanes=[{**LANES[0], "Yield": 1.2}, LANES[1]])["ratio-above-one"]
    assert "1.2%" not in found
    assert "120%" in found
    assert "98%" in told(Lanes=[{**LANES[0], "Yield": 98}, LANES[1]])["ratio-above-one"]


def test_words_and_columns_that_are_possible_are_listed() -> None:
    window = told(ServiceTargets=[{**TARGET, "Window": "weekly"}])["unknown-selector"]
    assert "horizon, each period, month, quarter" in window
    column = told(StockTargets=[{"Location": "Tyre=store", "Product": "*", "Safety Days": 3}])
    assert "Tier" in column["selector-column"]
    assert "Region" in column["selector-column"]


def test_a_week_no_year_has_is_near_no_period() -> None:
    row = {"Location": "DC", "Product": "*", "Safety Days": 3, "Period": "2026-W99"}
    assert "Nearest" not in told(StockTargets=[row])["unknown-selector"]


def test_a_setting_that_may_be_two_days_names_both() -> None:
    found = told(Settings=[{"Setting": "start_date", "Value": "5/1/2026"}])["bad-setting"]
    assert "2026-01-05 or 2026-05-01" in found


def test_min_above_max_names_both_columns_and_nothing_else() -> None:
    row = {"Location": "SUP", "Product": "*", "Min": 900, "Max": 100}
    found = told(Supply=[{**row, "MOQ": 300, "Order Multiple": 200}])
    assert set(found) == {"min-over-max"}
    assert "Min 900 is above the maximum (Max 100)" in found["min-over-max"]


def test_amounts_have_their_thousands_apart() -> None:
    stock = [{"Location": "DC", "Product": "A", "Quantity": 1_234_567.0}]
    budget = {"Budget": "CAP", "Kind": "capital", "Limit": 20_000, "Hardness": "hard"}
    found = told(OpeningStock=stock, Budgets=[budget])["budget-over-today"]
    assert "12,345,670" in found
    assert "20,000" in found
