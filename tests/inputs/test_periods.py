"""Names, dates and lead times become buckets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from retail import built, demand, said, seen

from tierstock.inputs.assembly.period_names import iso_week_names, named_date, numbered
from tierstock.inputs.assembly.periods import (
    ONE_DAY,
    arrival,
    calendar,
    dated,
    from_bounds,
    lead_in_days,
    leads,
    locate_dates,
    locate_names,
)
from tierstock.inputs.network import Periods


def weeks(count: int) -> Periods:
    edges = calendar(np.datetime64("2026-01-05"), "week", count, "Mon")
    return dated(edges, "week", "Mon", None)


def months() -> Periods:
    return dated(calendar(np.datetime64("2026-01-01"), "month", 4, "Mon"), "month", "Mon", None)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2026-01-05", "2026-01-05"),
        ("2026/1/5", "2026-01-05"),
        ("2026年1月5日", "2026-01-05"),
        ("2026-01-05 00:00:00", "2026-01-05"),
        ("46027", "2026-01-05"),
        ("2026-W02", "2026-01-05"),
        ("2026W53", "2026-12-28"),
        ("2026-03", "2026-03-01"),
    ],
)
def test_a_date_is_read_however_it_is_written(name: str, day: str) -> None:
    found = named_date(name)

    assert found is not None
    assert found.day == np.datetime64(day)


@pytest.mark.parametrize("name", ["W1", "1", "Jan", "2026-13-01", "2026-02-30", "2026-W54", "13"])
def test_other_names_are_no_dates(name: str) -> None:
    assert named_date(name) is None


def test_iso_weeks_around_new_year_belong_to_the_year_of_their_thursday() -> None:
    days = np.array(["2024-12-30", "2026-12-31", "2027-01-03"], dtype="datetime64[D]")

    assert iso_week_names(days) == ["2025-W01", "2026-W53", "2026-W53"]


def test_numbered_names_sort_by_number_and_keep_their_padding() -> None:
    row = numbered(np.array(["W10", "W02", "W09"], dtype=object))

    assert row is not None
    assert [row.name(n) for n in range(row.first, row.last + 1)][:3] == ["W02", "W03", "W04"]
    assert row.last == 10
    assert numbered(np.array(["W1", "X2"], dtype=object)) is None
    assert numbered(np.array(["Jan", "Feb"], dtype=object)) is None


def test_a_date_falls_into_its_bucket_and_days_outside_are_told_apart() -> None:
    days = np.array(["2026-01-04", "2026-01-11", "2026-01-12", "2026-02-02"], dtype="datetime64[D]")

    assert locate_dates(weeks(4), days).tolist() == [-1, 0, 1, 4]


def test_a_period_is_found_by_its_id_or_by_a_date_in_it() -> None:
    names = np.array(["2026-w03", "2026-01-14", "2026/1/1", "2026-03-01", "soon"], dtype=object)

    assert locate_names(weeks(4), names).tolist() == [1, 1, -1, 4, -2]


@pytest.mark.parametrize(
    ("rounding", "buckets"),
    [
        ("auto", [0, 0, 1, 1, 1, 2]),
        ("round", [0, 0, 1, 1, 1, 2]),
        ("ceil", [0, 1, 1, 1, 2, 2]),
        ("floor", [0, 0, 0, 1, 1, 1]),
    ],
)
def test_lead_times_in_weeks_round_half_up_unless_told_otherwise(
    rounding: str, buckets: list[int]
) -> None:
    days = np.array([0.0, 3.0, 3.5, 7.0, 8.0, 11.0])

    assert arrival(weeks(6), days, rounding)[:, 0].tolist() == buckets


def test_in_uneven_buckets_the_arrival_is_the_start_nearest_to_the_day() -> None:
    # Months start on days 0, 31, 59, 90, then 120 and 150; 45 days end on 45, 76, 104 and 135.
    assert arrival(months(), np.array([45.0]), "auto")[0].tolist() == [2, 3, 3, 5]
    assert arrival(months(), np.array([15.0]), "auto")[0].tolist() == [0, 2, 2, 4]


def test_daily_buckets_keep_lead_times_exactly() -> None:
    days = dated(calendar(np.datetime64("2026-01-05"), "day", 5, "Mon"), "day", "Mon", None)

    assert arrival(days, np.array([0.0, 2.0]), "auto").tolist() == [
        [0, 1, 2, 3, 4],
        [2, 3, 4, 5, 6],
    ]


@given(
    st.lists(st.integers(1, 40), min_size=1, max_size=8),
    st.lists(st.integers(0, 200), min_size=1, max_size=5),
    st.sampled_from(["auto", "ceil", "floor"]),
)
def test_arrival_equals_a_search_by_hand(
    lengths: list[int], lead: list[int], rounding: str
) -> None:
    edges = np.datetime64("2026-01-05") + np.concatenate([[0], np.cumsum(lengths)]) * ONE_DAY
    names = np.array([str(n) for n in range(len(lengths))], dtype=object)
    blank = np.full(len(lengths), np.nan)
    periods = from_bounds(names, edges[:-1], edges[1:] - ONE_DAY, blank)
    starts = [int(n) for n in np.concatenate([[0], np.cumsum(lengths)])]
    while starts[-1] < sum(lengths) + 250:
        starts.append(starts[-1] + lengths[-1])

    found = arrival(periods, np.array(lead, dtype=float), rounding)

    for row, days in enumerate(lead):
        for now in range(len(lengths)):
            target = starts[now] + days
            if days == 0:
                right = now
            elif rounding == "ceil":
                right = min(n for n, day in enumerate(starts) if day >= target)
            elif rounding == "floor":
                right = max(n for n, day in enumerate(starts) if day <= target)
            else:
                right = min(range(len(starts)), key=lambda n: (abs(starts[n] - target), -n))
            assert found[row, now] == max(right, now)


def test_lead_times_in_periods_are_taken_as_they_are() -> None:
    stated = np.array([[2.0, 2.0, 2.0, 2.0]])

    assert leads(months(), stated, "period", "auto").tolist() == [[2, 2, 2, 2]]
    assert lead_in_days(months(), stated, "period").tolist() == [[59.0, 59.0, 61.0, 60.0]]


def test_weeks_cover_the_dates_of_demand() -> None:
    network = built(
        Demand=[
            {"Location": "S1", "Product": "A", "Period": day, "Quantity": 1.0}
            for day in ("2026-01-07", "2026-01-28")
        ]
    )

    assert network.periods.id.tolist() == ["2026-W02", "2026-W03", "2026-W04", "2026-W05"]
    assert network.periods.start[0] == np.datetime64("2026-01-05")
    assert network.demand.quantity.tolist() == [[1.0, 0.0, 0.0, 1.0]]


def test_undated_names_are_days_with_one_working_day_and_gaps_are_filled() -> None:
    rows = [
        {"Location": "S1", "Product": "A", "Period": name, "Quantity": 1.0}
        for name in ("W4", "W1", "W2")
    ]

    plain, weekly = built(Demand=rows), built(Demand=rows, Settings=[set_to("bucket", "week")])

    assert plain.periods.id.tolist() == ["W1", "W2", "W3", "W4"]
    assert plain.periods.days.tolist() == plain.periods.working_days.tolist() == [1.0] * 4
    assert weekly.periods.days.tolist() == [7.0] * 4


def set_to(name: str, value: str) -> dict[str, str]:
    return {"Setting": name, "Value": value}


def test_months_named_in_demand_make_monthly_buckets() -> None:
    rows = [
        {"Location": "S1", "Product": "A", "Period": name, "Quantity": 1.0}
        for name in ("2026-01", "2026-03")
    ]

    assert built(Demand=rows).periods.days.tolist() == [31.0, 28.0, 31.0]


def test_a_start_inside_a_week_makes_a_short_first_bucket() -> None:
    periods = built(Settings=[set_to("start_date", "2026-01-07"), set_to("periods", "2")]).periods

    assert periods.days.tolist() == [5.0, 7.0]


def test_the_periods_sheet_rules_and_fills_in_ends() -> None:
    network = built(
        Periods=[
            {"Period": "second", "Start Date": "2026-01-12"},
            {"Period": "first", "Start Date": "2026-01-05", "Working Days": 5.0},
            {"Period": "third", "Start Date": "2026-01-26"},
        ],
        Demand=[
            {"Location": "S1", "Product": "A", "Period": name, "Quantity": 1.0}
            for name in ("second", "2026-01-30")
        ],
    )

    assert network.periods.id.tolist() == ["first", "second", "third"]
    assert network.periods.days.tolist() == [7.0, 14.0, 14.0]
    assert network.periods.working_days.tolist() == [5.0, 14.0, 14.0]
    assert network.demand.quantity.tolist() == [[0.0, 1.0, 1.0]]


def test_gaps_and_wrong_ends_of_periods_are_errors_at_their_cells() -> None:
    gap = said(
        seen(
            Periods=[
                {"Period": "1", "Start Date": "2026-01-05", "End Date": "2026-01-11"},
                {"Period": "2", "Start Date": "2026-01-13", "End Date": "2026-01-11"},
            ]
        )
    )

    assert gap["period-gap"].startswith("Periods!B3")
    assert gap["period-backwards"].startswith("Periods!C3")


def test_the_horizon_may_be_cut_from_the_periods_sheet() -> None:
    rows = [
        {"Period": str(n), "Start Date": f"2026-01-{day:02d}"}
        for n, day in ((1, 5), (2, 12), (3, 19))
    ]
    cut = [set_to("start_date", "2026-01-12"), set_to("periods", "1")]

    assert built(
        Periods=rows, Settings=cut, Demand=demand("S1", "A", 0, 1)
    ).periods.id.tolist() == ["2"]
    assert "too-few-periods" in said(seen(Periods=rows, Settings=[set_to("periods", "9")]))
    wrong = [set_to("start_date", "2026-01-13")]
    assert "start-not-a-period" in said(seen(Periods=rows, Settings=wrong))


def test_names_that_are_no_row_of_periods_are_errors() -> None:
    def of(*names: str) -> dict[str, str]:
        rows = [{"Location": "S1", "Product": "A", "Period": n, "Quantity": 1.0} for n in names]
        return said(seen(Demand=rows))

    assert of("2026-01-05", "W2")["period-mixed"].startswith("Demand!C3")
    assert of("Jan", "Feb")["period-not-numbered"].startswith("Demand!C2")
    assert "horizon-length" in of("2026-01-05", "2925-01-05")


def test_demand_outside_the_horizon_is_left_out_with_its_quantity() -> None:
    found = seen(Settings=[set_to("periods", "3")])

    assert "12 units" in said(found)["demand-outside"]
    assert found.network is not None
    assert found.network.demand.quantity.shape[1] == 3


def test_an_unknown_period_is_an_error_at_its_cell() -> None:
    periods = [{"Period": "first", "Start Date": "2026-01-05"}]
    rows = [{"Location": "S1", "Product": "A", "Period": "fist", "Quantity": 1.0}]

    assert said(seen(Periods=periods, Demand=rows))["unknown-period"].startswith("Demand!C2")
