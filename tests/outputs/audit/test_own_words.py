"""The audit's own reading of periods, calendars, selectors, units, numbers and sheets."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tierstock.outputs.audit import book
from tierstock.outputs.audit.calendars import Calendars, weekdays
from tierstock.outputs.audit.feasible import feasible
from tierstock.outputs.audit.horizon import Horizon, build_horizon
from tierstock.outputs.audit.matching import PeriodSelectors, Selectors
from tierstock.outputs.audit.measures import Measures, parted
from tierstock.outputs.audit.plain import plain_sheet
from tierstock.outputs.audit.values import day, exact, number, rate, total
from tierstock.outputs.audit.words import Record, Table

ODD = {"~1": "2026-01-05", "2~": "2026-01-12", "P3": "2026-01-19"}


def table(name: str, *rows: dict[str, str], **more: Any) -> Table:
    columns = dict.fromkeys(column for row in rows for column in row)
    texts = {column: [row.get(column, "") for row in rows] for column in columns}
    return Table(name, texts=texts, lines=list(range(2, 2 + len(rows))), **more)


def stated(*starts: str, **settings: str) -> Horizon:
    rows = [{"Period": f"P{n}", "Start Date": start} for n, start in enumerate(starts, 1)]
    return build_horizon({"Periods": table("Periods", *rows)}, settings)


def asked(*periods: str, **settings: str) -> Horizon:
    rows = [{"Period": period} for period in periods]
    return build_horizon({"Demand": table("Demand", *rows)}, settings)


@pytest.mark.parametrize(
    ("starts", "settings", "end"),
    [
        (("2026-01-01", "2026-02-01"), {}, date(2026, 2, 28)),
        (("2026-01-05", "2026-01-15"), {}, date(2026, 1, 24)),
        (("2026-01-15",), {"bucket": "month"}, date(2026, 1, 31)),
        (("2026-01-15",), {"bucket": "day"}, date(2026, 1, 15)),
        (("2026-01-15",), {"bucket": "week"}, date(2026, 1, 21)),
    ],
)
def test_the_last_stated_period_ends_as_its_kind_does(
    starts: tuple[str, ...], settings: dict[str, str], end: date
) -> None:
    assert stated(*starts, **settings).ends[-1] == end


def test_periods_come_from_demand_as_it_is_written() -> None:
    months = asked("2026-03", "2026年1月")
    assert months.ids == ["2026-01", "2026-02", "2026-03"]
    assert months.span("P9") == (date.max, date.min)
    assert months.span("2026-02") == (date(2026, 2, 1), date(2026, 2, 28))
    assert asked("2026-01-05", "2026-01-12").ids == ["2026-01-05", "2026-01-12"]
    assert asked("2026-01-07", week_start="Sunday").ids == ["2026-01-04"]
    assert asked("2026-01-07", "2026-01-08", bucket="day").days == [1, 1]
    assert len(asked()) == 13
    wide = table("Demand", {"W1": "1", "W2": ""}, unknown=["W1", "W2"])
    assert build_horizon({"Demand": wide}, {}).ids == ["W1"]
    assert build_horizon({"Demand": wide}, {"periods": "2"}).ids == ["W1", "W2"]


def test_periods_are_picked_by_ranges_dates_and_groups() -> None:
    groups = table("Groups", {"Kind": "period", "Group": "Late", "Member": "P3"}).records()
    picks = PeriodSelectors(stated("2026-01-05", "2026-01-12", "2026-01-19"), groups)
    assert picks.ranked("P2..P3") == picks.ranked("2026-01-14至2026-02-01") == {"P2": 2, "P3": 2}
    assert picks.ranked("2026-01") == {"P1": 2, "P2": 2, "P3": 2}
    assert picks.ranked("2026-01-14") == {"P2": 3}
    assert picks.ranked("late, P1") == {"P3": 2, "P1": 3}
    assert picks.ranked("＊, P1") == {"P1": 3, "P2": 1, "P3": 1}
    assert picks.ranked("P2..") == picks.ranked("2027") == {}
    assert picks.horizon.span("P2") == (date(2026, 1, 12), date(2026, 1, 18))
    assert picks.ranked("2026-01-11..2026-01-12") == {"P1": 2, "P2": 2}
    assert picks.ranked("P1") == {"P1": 3}
    assert picks.ranked("2026-01-05,P3") == {"P1": 3, "P3": 3}
    assert picks.ranked("2026-02") == {}


def test_codes_are_picked_by_groups_and_words_of_either_language() -> None:
    groups = (
        {"Kind": "location", "Group": "North", "Member": "Tier=RDC"},
        {"Kind": "product", "Group": "South", "Member": "C"},
    )
    tiers = {"Tier": {"A": "RDC", "B": "RDC", "C": "store"}}
    places = Selectors("location", "ABC", tiers, table("Groups", *groups).records())
    assert places.ranked("north") == {"A": 2, "B": 2}
    assert places.ranked("South, Tier!=RDC") == {"C": 2}
    assert Selectors("mode", ["road"], choices="road|rail").ranked("公路，x") == {"road": 3}
    assert places.ranked("A") == places.ranked("A;Tier=RDC") == {"A": 3}
    assert places.ranked("Tier=same") == {"A": 1, "B": 1, "C": 1}
    assert places.ranked("*，B") == {"A": 1, "B": 3, "C": 1}
    assert places.ranked("！B") == {"A": 2, "C": 2}
    assert places.ranked("RDC, North, A") == {"A": 3, "B": 2}
    marked = Selectors("location", ["A！", "B"], {})
    assert marked.ranked("！A！") == {"B": 2}


def test_codes_with_the_mark_of_a_range_at_an_end_are_no_range() -> None:
    rows = [{"Period": name, "Start Date": day_} for name, day_ in ODD.items()]
    picks = PeriodSelectors(build_horizon({"Periods": table("Periods", *rows)}, {}), [])
    assert picks.ranked("~1,2~") == {"~1": 3, "2~": 3}


def test_weekdays_and_calendars_are_read_as_written() -> None:
    assert weekdays("Mon-Fri") == weekdays("周一至周五") == {0, 1, 2, 3, 4}
    assert (
        weekdays("Sat – Mon")
        == weekdays("星期六日一")
        == weekdays("周六、周天、礼拜一")
        == {5, 6, 0}
    )
    rows = (
        {"Calendar": "C", "Date From": "", "Open": "N"},
        {"Calendar": "C", "Date From": "2026-01-06", "Open": "N"},
        {"Calendar": "C", "Date From": "2026-01-07", "Factor": "0.5"},
    )
    horizon = stated("2026-01-05", bucket="week")
    calendars = Calendars(table("Calendars", *rows).records(), horizon)
    assert (calendars.working("", 0), calendars.working("C", 0)) == (7, 5.5)


def test_quantities_are_read_in_the_unit_that_is_written() -> None:
    written = ("7", "1,200", "2 pallet", "托", "1.2万件", "3 boxes")
    numbers = [(7, ""), (1200, ""), (2, "pallet"), (1, "托"), (12_000, "件"), (3, "boxes")]
    assert list(map(parted, written)) == numbers
    row = {"Product": "P", "Base Unit": "kg", "Units Per Pallet": "40"}
    product = Record(row, Table("Products"), 2)
    boxes = table("Units", {"Product": "P", "Unit": "Box", "Per Base": "6"}).records()
    of_period = PeriodSelectors(stated("2026-01-05"), [])
    of_product = Selectors("product", ["P"])
    rates = table("Currency", {"Currency": "USD", "Period": "*", "Rate": "7"}).records()
    measures = Measures({"P": product}, boxes, of_product, rates, of_period, "CNY")
    factors = [measures.factor("P", unit) for unit in ("", "KG", "t", "托", "boX")]
    assert factors == [1, 1, 1000, 40, 6]
    demand = Record({"Quantity": "2", "Unit": "box"}, Table("Demand"), 2)
    assert measures.quantity(demand, "Quantity", "P") == 12
    assert [measures.rate(one, "P1") for one in ("", "cny", "usd")] == [1, 1, 7]
    with pytest.raises(ValueError, match="no unit of P"):
        measures.factor("P", "barrel")
    with pytest.raises(ValueError, match="no rate of EUR"):
        measures.rate("EUR", "P1")


def test_what_is_no_number_and_no_day_is_told_apart() -> None:
    assert (number("1/4"), day("20260105")) == (0.25, date(2026, 1, 5))
    assert (exact("x"), exact("inf"), str(exact("12%"))) == (None, None, "0.12")
    assert exact("") == exact("%") == 0
    assert (number("3 CNY"), number("2万件")) == (3, 20_000)
    assert [number(f"2{scale}") for scale in ("百万", "千", "亿")] == [2e6, 2e3, 2e8]
    assert number("2万千", {"千": 7.0}.__getitem__) == 140_000
    assert (rate("", 5.0), day("20261115")) == (5.0, date(2026, 11, 15))
    assert [rate(text, 0.0) for text in ("1", "0.99", "1%", "150", "")] == [
        0.01,
        0.99,
        0.01,
        1.5,
        0,
    ]
    with pytest.raises(ValueError, match="'abc' is not a number"):
        number("abc")


def test_decimals_are_added_up_to_the_last_digit() -> None:
    """0.1 + 0.2 - 0.3 is nothing, so the smallest of the four numbers is what is left."""
    assert total([]) == 0
    assert total(map(Decimal, ("0.1", "0.2", "1e-30", "-0.3"))) == Decimal("1e-30")


@pytest.mark.parametrize(
    ("rows", "right", "answer"),
    [
        ([[1.0]], [0.0], True),
        ([[1.0]], [-1e-10], True),
        ([[-1.0, 0.0], [-1.0, 0.0]], [-1.0, -0.5], True),
        ([[-1.0], [1.0]], [-1.0, 0.5], False),
    ],
)
def test_feasible_decides_small_systems(
    rows: list[list[float]], right: list[float], answer: bool
) -> None:
    assert feasible(rows, right) is answer


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("", []),
        ("<other/>", None),
        ('<row r="1"><c r="A1" t="s" s="1"><v>1</v></c></row>', None),
        ('<row r="1"><c r="A1"><v>1</v></c></row><other/>', None),
        ('<row r="1"><c r="A1"><v>1</v></c></row>', [(1, ["1"])]),
    ],
)
def test_a_sheet_is_read_in_one_sweep_only_where_it_is_plain(
    rows: str, found: list[tuple[int, list[str]]] | None
) -> None:
    top = '<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>'
    data = f"{top}{rows}</sheetData></worksheet>".encode()
    grid = plain_sheet(data, "S", lambda raw, *_: raw, book.column_number)
    assert (grid and grid.rows) == found
