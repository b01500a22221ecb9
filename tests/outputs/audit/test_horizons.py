"""Periods of every kind of sheet and setting, worked out with a calendar, and leads among them."""

from datetime import date

import pytest

from tierstock.outputs.audit.horizon import Horizon, build_horizon
from tierstock.outputs.audit.words import Table


def table(name: str, rows: list[dict[str, str]]) -> dict[str, Table]:
    columns = dict.fromkeys(column for row in rows for column in row)
    texts = {column: [row[column] for row in rows] for column in columns}
    return {name: Table(name, texts=texts, lines=list(range(2, 2 + len(rows))))}


def told(horizon: Horizon) -> str:
    """Id, first and last day and working days of each period; of many the first and last one."""
    spans = zip(horizon.ids, horizon.starts, horizon.ends, horizon.working, strict=True)
    parts = [f"{name}:{start:%m%d}-{end:%m%d}/{days:g}" for name, start, end, days in spans]
    return " ".join(parts) if len(parts) < 5 else f"{len(parts)}: {parts[0]} {parts[-1]}"


ASKED = [
    ("3 5", {}, "3:0105-0105/1 4:0106-0106/1 5:0107-0107/1"),
    ("03 05", {}, "03:0105-0105/1 04:0106-0106/1 05:0107-0107/1"),
    ("P9 P10 P12", {}, "P9:0105-0105/1 P10:0106-0106/1 P11:0107-0107/1 P12:0108-0108/1"),
    ("W8x W10x", {"bucket": "week"}, "W8x:0105-0111/7 W9x:0112-0118/7 W10x:0119-0125/7"),
    ("W1 W2", {"bucket": "month"}, "W1:0101-0131/31 W2:0201-0228/28"),
    ("W1", {"periods": "3"}, "W1:0105-0105/1 W2:0106-0106/1 W3:0107-0107/1"),
    ("W1 W2", {"start_date": "2026-03-04"}, "W1:0304-0304/1 W2:0305-0305/1"),
    ("W1 W2", {"start_date": "2026-03-04", "bucket": "week"}, "W1:0304-0308/5 W2:0309-0315/7"),
    ("W1 W2", {"start_date": "2026-03-04", "bucket": "month"}, "W1:0304-0331/28 W2:0401-0430/30"),
    ("1 2", {"bucket": "week", "week_start": "Sun"}, "1:0104-0110/7 2:0111-0117/7"),
    ("2026-01-07 2026-01-22", {}, "2026-W02:0105-0111/7 2026-W03:0112-0118/7 2026-W04:0119-0125/7"),
    (
        "2026-01-07 2026-01-15",
        {"week_start": "Thu"},
        "2026-01-01:0101-0107/7 2026-01-08:0108-0114/7 2026-01-15:0115-0121/7",
    ),
    (
        "2026-01-07 2026-01-09",
        {"bucket": "day"},
        "2026-01-07:0107-0107/1 2026-01-08:0108-0108/1 2026-01-09:0109-0109/1",
    ),
    (
        "2026-01-07 2026-03-01",
        {"bucket": "month"},
        "2026-01:0101-0131/31 2026-02:0201-0228/28 2026-03:0301-0331/31",
    ),
    (
        "2026-01-01 2026-02-01",
        {"bucket": "month"},
        "2026-01-01:0101-0131/31 2026-02-01:0201-0228/28",
    ),
    ("2026-01-12 2026-01-05", {}, "2026-01-05:0105-0111/7 2026-01-12:0112-0118/7"),
    ("2026-01-07", {"periods": "2"}, "2026-W02:0105-0111/7 2026-W03:0112-0118/7"),
    ("2026-01-07", {"start_date": "2026-01-06"}, "2026-W02:0106-0111/6"),
    (
        "2026-01-07 2026-01-13",
        {"start_date": "2026-01-06"},
        "2026-W02:0106-0111/6 2026-W03:0112-0118/7",
    ),
    (
        "2026-01-07 2026-02-13",
        {"start_date": "2026-01-20", "bucket": "month"},
        "2026-01:0120-0131/12 2026-02:0201-0228/28",
    ),
    ("2026W02 2026-W04", {}, "2026-W02:0105-0111/7 2026-W03:0112-0118/7 2026-W04:0119-0125/7"),
    ("2026第2周", {}, "2026-W02:0105-0111/7"),
    ("2025-12 2026年1月", {}, "2025-12:1201-1231/31 2026-01:0101-0131/31"),
    ("2026-02", {"bucket": "week"}, "2026-W05:0126-0201/7"),
    ("2024-12-30 2025-01-06", {}, "2024-12-30:1230-0105/7 2025-01-06:0106-0112/7"),
    ("2020-12-28 2021-01-04", {}, "2020-12-28:1228-0103/7 2021-01-04:0104-0110/7"),
    ("", {}, "13: 2026-W02:0105-0111/7 2026-W14:0330-0405/7"),
    ("", {"periods": "2", "bucket": "month"}, "2026-01:0101-0131/31 2026-02:0201-0228/28"),
    ("", {"bucket": "day"}, "13: 2026-01-05:0105-0105/1 2026-01-17:0117-0117/1"),
]
"""Periods that Demand names, settings, and the periods made of them."""
STATED = [
    ("2026-01-05 2026-01-12", {}, "P1:0105-0111/7 P2:0112-0118/7"),
    ("2026-01-12 2026-01-05", {}, "P2:0105-0111/7 P1:0112-0118/7"),
    ("2026-01-05 2026-01-08 2026-01-12", {}, "P1:0105-0107/3 P2:0108-0111/4 P3:0112-0115/4"),
    ("2026-01-01 2026-02-01 2026-03-01", {}, "P1:0101-0131/31 P2:0201-0228/28 P3:0301-0331/31"),
    ("2026-01-01 2026-02-01", {}, "P1:0101-0131/31 P2:0201-0228/28"),
    ("2026-02-01 2026-03-01", {}, "P1:0201-0228/28 P2:0301-0331/31"),
    ("2026-01-05", {}, "P1:0105-0111/7"),
    ("2026-01-15", {"bucket": "month"}, "P1:0115-0131/17"),
    ("2026-01-15", {"bucket": "day"}, "P1:0115-0115/1"),
    ("2026-01-05 2026-01-12 2026-01-19", {"periods": "2"}, "P1:0105-0111/7 P2:0112-0118/7"),
    (
        "2026-01-05 2026-01-12 2026-01-19",
        {"start_date": "2026-01-12"},
        "P2:0112-0118/7 P3:0119-0125/7",
    ),
    (
        "2026-01-05 2026-01-12 2026-01-19",
        {"start_date": "2026-01-12", "periods": "1"},
        "P2:0112-0118/7",
    ),
    ("2026-01-05/2026-01-09/5 2026-01-12", {}, "P1:0105-0109/5 P2:0112-0118/7"),
    ("2026-01-05 2026-01-12/2026-01-16/4.5", {}, "P1:0105-0111/7 P2:0112-0116/4.5"),
    ("2026-01-01 2026-01-29", {}, "P1:0101-0128/28 P2:0129-0225/28"),
    ("2026-01-01 2026-01-28", {}, "P1:0101-0127/27 P2:0128-0223/27"),
    ("", {}, "P1:0105-0111/7"),
]
"""Rows of Periods: first day, last day and working days where stated; settings; the periods."""


@pytest.mark.parametrize(("names", "settings", "periods"), ASKED)
def test_periods_of_demand(names: str, settings: dict[str, str], periods: str) -> None:
    rows = [{"Period": name} for name in names.split(" ") if name]
    assert told(build_horizon(table("Demand", rows), settings)) == periods


@pytest.mark.parametrize(("rows", "settings", "periods"), STATED)
def test_stated_periods(rows: str, settings: dict[str, str], periods: str) -> None:
    heads = ("Start Date", "End Date", "Working Days")
    found = []
    for number, row in enumerate(rows.split(" "), start=1):
        cells = [*row.split("/"), "", ""][:3]
        found.append({"Period": f"P{number}"} | dict(zip(heads, cells, strict=True)))
    assert told(build_horizon(table("Periods", found), settings)) == periods


def weeks(rounding: str = "auto", whole: bool = False) -> Horizon:
    """Three weeks from 5 January and one of four days."""
    starts = [date(2026, 1, day) for day in (5, 12, 19, 26)]
    ends = [date(2026, 1, day) for day in (11, 18, 25, 29)]
    return Horizon(["W1", "W2", "W3", "W4"], starts, ends, [5.0] * 4, rounding, whole)


@pytest.mark.parametrize(
    ("rounding", "start", "leads"),
    [
        (
            "auto",
            0,
            {-1: 0, 0: 0, 3.4: 0, 3.5: 1, 7: 1, 21: 3, 22.9: 3, 23: 4, 25: 4, 27: 4, 99: 4},
        ),
        ("auto", 3, {1: 3, 1.9: 3, 2: 4, 4: 4, 6: 4}),
        ("round", 2, {3: 2, 4: 3, 8.9: 3, 9: 4}),
        ("ceil", 0, {0: 0, 0.5: 1, 7: 1, 7.5: 2, 21: 3, 21.5: 4, 25: 4}),
        ("ceil", 3, {0.1: 4, 4: 4, 9: 4}),
        ("floor", 0, {0: 0, 6.9: 0, 7: 1, 24.9: 3, 25: 4, 28: 4, 40: 4}),
        ("floor", 3, {3.9: 3, 4: 4}),
    ],
)
def test_goods_arrive_in_the_bucket_of_the_rule(
    rounding: str, start: int, leads: dict[float, int]
) -> None:
    horizon = weeks(rounding)
    assert {lead: horizon.arrival(start, lead) for lead in leads} == leads
    assert {lead: horizon.arrival(start, lead) for lead in leads} == leads


def test_leads_in_periods_are_counted_unless_said_in_days() -> None:
    horizon = weeks(whole=True)
    assert [horizon.arrival(1, lead) for lead in (-1, 0, 0.4, 0.5, 1, 1.4, 2, 3)] == [
        1,
        1,
        1,
        2,
        2,
        2,
        3,
        4,
    ]
    assert [horizon.arrival(1, days, in_days=True) for days in (0, 2, 7)] == [1, 1, 2]
    counts = (-1, 0, 1, 1.9, 2, 3, 5)
    assert [horizon.whole_days(0, n) for n in counts] == [0, 0, 7, 7, 14, 21, 29]
    assert [horizon.whole_days(2, n) for n in counts] == [0, 0, 7, 7, 11, 15, 23]


def test_days_and_words_are_found_among_the_periods() -> None:
    horizon = weeks()
    days = {4: None, 5: 0, 11: 0, 12: 1, 25: 2, 29: 3, 30: None}
    assert {day: horizon.of_day(date(2026, 1, day)) for day in days} == days
    words = {"w 2": 1, "2026-01-18": 1, "2026-W03": 1, "2026-01": None, "later": None}
    assert {word: horizon.find(word) for word in words} == words
    assert horizon.span("2026-W03") == (date(2026, 1, 12), date(2026, 1, 18))
    assert horizon.span("2026-01-14") == (date(2026, 1, 14), date(2026, 1, 14))
    assert horizon.span("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    first, last = date(2026, 1, 12), date(2026, 1, 19)
    assert [horizon.inside(t, first, last) for t in range(4)] == [False, True, True, False]
    assert [horizon.inside(t, None, first) for t in range(4)] == [True, True, False, False]
    assert [horizon.inside(t, last, None) for t in range(4)] == [False, False, True, True]


def test_headers_behind_the_last_quantity_name_no_period() -> None:
    demand = table("Demand", [{"W1": "", "W2": "3", "W3": " "}])["Demand"]
    demand.unknown = ["W1", "W2", "W3"]
    blank = table("Demand", [{"W1": "", "W2": ""}])["Demand"]
    blank.unknown = ["W1", "W2"]
    assert build_horizon({"Demand": demand}, {}).ids == ["W1", "W2"]
    assert build_horizon({"Demand": demand}, {"periods": "3"}).ids == ["W1", "W2", "W3"]
    assert build_horizon({"Demand": blank}, {}).ids == ["W1", "W2"]
