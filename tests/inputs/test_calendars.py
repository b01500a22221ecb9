"""Days on which places, lanes and limits work, as the planner's sheets say them."""

from typing import Any

import numpy as np
import pytest
from retail import LANES, LOCATIONS, demand, good, place, said, seen

from tierstock.inputs import Network
from tierstock.inputs.assembly.calendars import Calendars, build_calendars, weekdays

Rows = list[dict[str, Any]]
FESTIVAL: Rows = [
    {"Calendar": "CN", "Date From": "2026-01-14", "Date To": "2026-01-15", "Open": "N"},
]


def days(*rows: dict[str, Any], study: Any) -> Calendars:
    made = study(Calendars=[{"calendar": "C", "open": 1.0, **row} for row in rows])
    found = build_calendars(made.table("Calendars"), made.periods, made.findings)
    assert [one.say() for one in made.findings.errors] == []
    return found


def date(text: str) -> Any:
    return np.datetime64(text, "ns")


def row(first: str, last: str = "", **more: Any) -> dict[str, Any]:
    ends = {"date_to": date(last)} if last else {}
    return {"date_from": date(first), **ends, **more}


def test_days_without_a_row_are_open_with_factor_one(study: Any) -> None:
    found = days(row("2026-01-07", "2026-01-08", open=0.0), row("2026-01-20"), study=study)
    assert found.working("C").tolist() == [5.0, 7.0, 7.0]
    assert found.any_day(found.days("c")).tolist() == [True, True, True]


def test_a_calendar_that_only_names_open_days_names_all_of_them(study: Any) -> None:
    found = days(row("2026-01-07"), row("2026-01-19", "2026-01-21"), study=study)
    assert found.working("C").tolist() == [1.0, 0.0, 3.0]
    assert found.any_day(found.days("C")).tolist() == [True, False, True]


def test_a_season_is_a_factor_and_other_days_stay_open(study: Any) -> None:
    found = days(row("2026-01-12", "2026-01-18", factor=1.5), study=study)
    assert found.working("C").tolist() == [7.0, 10.5, 7.0]


def test_of_rows_that_overlap_the_shorter_counts(study: Any) -> None:
    closed = row("2026-01-01", "2026-12-31", open=0.0)
    found = days(row("2026-01-13"), closed, row("2026-01-20"), study=study)
    assert found.working("C").tolist() == [0.0, 1.0, 1.0]


def test_rows_of_one_length_that_contradict_each_other_are_an_error(study: Any) -> None:
    made = study(
        Calendars=[
            {"calendar": "C", "open": 0.0, **row("2026-01-05", "2026-01-07")},
            {"calendar": "C", "open": 1.0, **row("2026-01-07", "2026-01-09")},
            {"calendar": "D", "open": 1.0, **row("2026-01-07", "2026-01-09")},
        ]
    )
    build_calendars(made.table("Calendars"), made.periods, made.findings)
    assert made.said()[0].startswith("Calendars!B3  These days overlap those of B2")
    assert len(made.findings.errors) == 1


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("Mon,Thu", [0, 3]),
        ("mon、Thursday", [0, 3]),
        ("周一,周四", [0, 3]),
        ("星期一；礼拜四", [0, 3]),
        ("周一三五", [0, 2, 4]),
        ("Mon-Fri", [0, 1, 2, 3, 4]),
        ("周五至周一", [0, 4, 5, 6]),
        ("Sun", [6]),
        ("周天", [6]),
    ],
)
def test_weekdays_are_read_in_both_languages(text: str, chosen: list[int]) -> None:
    found = weekdays(text)
    assert found is not None
    assert sorted(found) == chosen


@pytest.mark.parametrize("text", ["Mond,Thu", "weekly", "周八", "Mon-", "1,4", ","])
def test_other_words_are_no_weekdays(text: str) -> None:
    assert weekdays(text) is None


# --- what the network gets ------------------------------------------------------------------------


def closed(week: str) -> Rows:
    """A calendar without an open day in one of the weeks."""
    first = np.datetime64("2026-01-05") + 7 * (int(week) - 2)
    return [
        {"Calendar": "rest", "Date From": str(first), "Date To": str(first + 6), "Open": "N"},
    ]


def network(**sheets: Rows) -> Network:
    found = seen(**sheets)
    assert found.network is not None, [one.say() for one in found.findings.errors]
    return found.network


def with_calendar(code: str, name: str = "rest") -> Rows:
    return [{**one, "Calendar": name if one["Location"] == code else ""} for one in LOCATIONS]


def test_nothing_moves_in_a_period_without_an_open_day_and_stock_stays() -> None:
    found = network(Locations=with_calendar("DC"), Calendars=closed("3"))
    at = int(np.flatnonzero(found.locations.code == "DC")[0])
    assert found.locations.active[at].tolist() == [True, False, True, True]
    assert found.places.keeps[place(found, "DC", "A")].all()
    out, back = good(found, "DC→S1", "A"), good(found, "SUP→DC", "A")
    assert found.goods.allowed[out].tolist()[1] is False
    assert found.goods.allowed[back].tolist() == [False, True, True, True]  # a week on the way


def test_a_period_with_some_open_days_is_open() -> None:
    found = network(Locations=with_calendar("DC", "CN"), Calendars=FESTIVAL)
    assert found.locations.active.all()


def test_daily_limits_use_the_calendar_of_the_place_or_their_own() -> None:
    limit = {"Location": "DC", "Kind": "inbound", "Dimension": "unit", "Limit": 10}
    half = [{**FESTIVAL[0], "Calendar": "half", "Open": "Y", "Factor": 0.5}]
    found = network(
        Locations=with_calendar("DC", "CN"),
        Calendars=FESTIVAL + half,
        Capacity=[limit, {**limit, "Kind": "outbound", "Calendar": "half"}],
    )
    assert found.capacity.limit.tolist() == [[70.0, 50.0, 70.0, 70.0], [70.0, 60.0, 70.0, 70.0]]


def test_a_calendar_beats_the_working_days_of_the_period() -> None:
    periods = [
        {"Period": "2026-W02", "Start Date": "2026-01-05", "Working Days": 5},
        {"Period": "2026-W03", "Start Date": "2026-01-12", "Working Days": 5},
    ]
    limit = {"Kind": "inbound", "Dimension": "unit", "Limit": 10}
    found = network(
        Periods=periods,
        Locations=with_calendar("DC", "CN"),
        Calendars=FESTIVAL,
        Capacity=[{**limit, "Location": "DC"}, {**limit, "Location": "S1"}],
    )
    assert found.capacity.limit.tolist() == [[70.0, 50.0], [50.0, 50.0]]


def departing(text: str, **sheets: Rows) -> list[bool]:
    lanes = [{**LANES[0], "Departure Days": text}, LANES[1]]
    found = network(Lanes=lanes, **sheets)
    return [bool(one) for one in found.goods.allowed[good(found, "SUP→DC", "A")]]


def test_a_lane_departs_in_the_periods_that_hold_a_departure_day() -> None:
    fixed = [{"Calendar": "boat", "Date From": "2026-01-06", "Open": "Y"}]
    fixed += [{"Calendar": "boat", "Date From": "2026-01-20", "Open": "Y"}]
    assert departing("Mon,Thu") == [True] * 4
    assert departing("boat", Calendars=fixed) == [True, False, True, False]
    assert departing("全部") == departing("") == [True] * 4


def test_day_buckets_keep_departure_days_exactly() -> None:
    rows = [
        {**one, "Period": f"2026-01-{5 + number:02d}"}
        for number, one in enumerate(demand("S1", "A", 1, 2, 3, 4))
    ]
    lanes = [{**LANES[0], "Lead Time": 0, "Departure Days": "周一,周四"}, LANES[1]]
    found = network(Lanes=lanes, Demand=rows, Settings=[{"Setting": "bucket", "Value": "day"}])
    assert found.goods.allowed[good(found, "SUP→DC", "A")].tolist() == [True, False, False, True]


def test_a_lane_leaves_on_a_departure_day_on_which_its_origin_works() -> None:
    sundays = [
        {"Calendar": "rest", "Date From": str(np.datetime64("2026-01-11") + 7 * week), "Open": "N"}
        for week in range(2)
    ]
    stated: dict[str, Rows] = {"Locations": with_calendar("SUP"), "Calendars": sundays}
    assert departing("Sun", **stated) == [False, False, True, True]
    assert departing("Sat,Sun", **stated) == [True] * 4


def test_a_lane_feeds_its_destination_between_departures() -> None:
    boat = [{"Calendar": "boat", "Date From": "2026-01-06", "Open": "Y"}]
    lanes = [LANES[0], {**LANES[1], "Departure Days": "boat"}]
    plain, rare = network(), network(Lanes=lanes, Calendars=boat)
    at = place(plain, "DC", "A")
    np.testing.assert_array_equal(plain.places.daily_demand[at], rare.places.daily_demand[at])
    never = [{"Calendar": "boat", "Date From": "2027-01-06", "Open": "Y"}]
    idle = seen(Lanes=[LANES[0], {**LANES[1], "Departure Days": "boat"}], Calendars=never)
    assert idle.network is not None
    assert idle.network.places.daily_demand[place(idle.network, "DC", "A")].sum() == 0.0


def test_purchases_are_received_while_the_place_works() -> None:
    supply = [{"Location": "DC", "Product": "A", "Lead Time": 7, "Min": 2.0}]
    found = network(Locations=with_calendar("DC"), Calendars=closed("4"), Supply=supply)
    number = int(np.flatnonzero(found.supply.place == place(found, "DC", "A"))[0])
    assert found.supply.most[number].tolist() == [np.inf, 0.0, 0.0, np.inf]
    assert found.supply.least[number].tolist() == [2.0, 0.0, 0.0, 2.0]


@pytest.mark.parametrize(
    ("sheets", "code", "cell"),
    [
        (
            {"Locations": with_calendar("DC", "CM"), "Calendars": FESTIVAL},
            "unknown-reference",
            "C3",
        ),
        ({"Locations": with_calendar("DC", "CN")}, "unknown-reference", "C3"),
        (
            {"Lanes": [{**LANES[0], "Departure Days": "Mnoday"}, LANES[1]]},
            "unknown-departure",
            "E2",
        ),
        (
            {
                "Capacity": [
                    {
                        "Location": "DC",
                        "Kind": "storage",
                        "Dimension": "unit",
                        "Limit": 500,
                        "Calendar": "CN",
                    }
                ],
                "Calendars": FESTIVAL,
            },
            "calendar-without-effect",
            "E2",
        ),
        ({"Calendars": [{**FESTIVAL[0], "Factor": 0.5}]}, "closed-factor", "E2"),
        ({"Calendars": [{**FESTIVAL[0], "Date To": "2026-01-01"}]}, "period-backwards", "C2"),
    ],
)
def test_what_is_wrong_with_calendars_is_told(
    sheets: dict[str, Rows], code: str, cell: str
) -> None:
    found = seen(**sheets)
    assert [(one.code, one.cell) for one in found.findings.errors] == [(code, cell)]
    assert found.findings.errors[0].message("en") != found.findings.errors[0].message("zh")


def test_what_is_odd_with_calendars_is_a_warning() -> None:
    boat = [{"Calendar": "boat", "Date From": "2027-01-06", "Open": "Y"}]
    lanes = [*LANES, {**LANES[1], "From": "SUP", "Departure Days": "boat"}]
    assert said(seen(Lanes=lanes, Calendars=boat))["no-departure"].startswith("Lanes!E4")
    order = {"To": "S1", "Product": "A", "Quantity": 1.0, "Due Date": "2026-01-13"}
    resting: dict[str, Rows] = {"Locations": with_calendar("S1"), "Calendars": closed("3")}
    told = said(seen(InTransit=[order], **resting))
    assert told["order-while-closed"].startswith("InTransit!D2")
    assert "its calendar has no open day" in told["demand-inactive"]
