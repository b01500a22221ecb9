"""The planner's own constraints: what the sheet must say, and what is refused at its cell."""

from typing import Any

import pytest
from retail import built, said, seen

ROW = {"Row": "cap", "Variable": "ship", "From": "DC", "Sense": "<=", "Value": 5}
VAN = {"Vehicle": "VAN", "Max Units": 50}
WITH_VAN = [{"From": "DC", "To": "S1", "Lead Time": 7, "Vehicle": "VAN"}]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([{k: v for k, v in ROW.items() if k != "Sense"}], "user-row-incomplete"),
        ([{k: v for k, v in ROW.items() if k != "Value"}], "user-row-incomplete"),
        ([ROW, ROW | {"From": "S1", "Value": 6}], "user-row-differs"),
        ([ROW, ROW | {"From": "S1", "Sense": ">="}], "user-row-differs"),
        ([ROW | {"Variable": "stock", "To": "S1"}], "user-row-unused"),
        ([ROW | {"Variable": "departures", "Product": "A"}], "user-row-unused"),
        ([ROW | {"Variable": "departures", "Each": "each product"}], "user-row-each"),
        ([ROW | {"Variable": "departures", "Sense": ">="}], "user-row-empty-trips"),
        ([ROW | {"From": "DX"}], "unknown-selector"),
        ([ROW | {"Mode": "rail"}], "unknown-selector"),
    ],
)
def test_a_constraint_that_cannot_be_meant_is_named_at_its_cell(
    rows: list[dict[str, Any]], code: str
) -> None:
    assert code in said(seen(UserRows=rows))


@pytest.mark.parametrize("variable", ["ship", "vehicles", "departures"])
def test_each_location_of_what_goes_by_lanes_is_told_to_be_the_origin(variable: str) -> None:
    rows = [ROW | {"Variable": variable, "Each": "each location"}]
    (told,) = [f for f in seen(UserRows=rows).findings if f.code == "user-row-origin"]

    assert told.cell == "B2"
    assert told.severity == "info"
    assert told.message().startswith(f"{variable} is counted at the origin")
    for other in (ROW, ROW | {"Variable": "stock", "Each": "each location"}):
        codes = {f.code for f in seen(UserRows=[other]).findings}
        assert "user-row-origin" not in codes


@pytest.mark.parametrize(
    "term",
    [
        {"Variable": "ship", "From": "S1", "To": "DC"},
        {"Variable": "departures", "From": "DC", "To": "SUP"},
        {"Variable": "vehicles", "From": "DC", "To": "S1"},
        {"Variable": "make", "From": "DC"},
        {"Variable": "issue", "From": "SUP"},
        {"Variable": "lost", "From": "S1", "Product": "B"},
    ],
)
def test_a_term_that_selects_nothing_is_a_warning(term: dict[str, Any]) -> None:
    told = seen(UserRows=[ROW, ROW | {"Row": "idle"} | term]).findings

    assert [(f.cell, f.severity) for f in told if f.code == "row-without-effect"] == [
        ("B3", "warning")
    ]


def test_trips_that_could_go_empty_may_not_be_asked_for() -> None:
    rows = [ROW | {"Variable": "vehicles", "Sense": ">="}]
    lanes = [{"From": "SUP", "To": "DC", "Lead Time": 7}, *WITH_VAN]
    empty = said(seen(Lanes=lanes, Vehicles=[VAN], UserRows=rows))
    filled = said(seen(Lanes=lanes, Vehicles=[VAN | {"Min Fill": 0.5}], UserRows=rows))

    assert "DC→S1" in empty["user-row-empty-trips"]
    assert "user-row-empty-trips" not in filled


def test_rows_of_one_name_are_terms_of_one_constraint() -> None:
    rules = built(
        UserRows=[
            ROW | {"To": "S1", "Coefficient": 2},
            {"Row": "cap", "Variable": "stock", "From": "Tier=store", "Product": "B"},
        ]
    ).user_rows

    assert rules is not None
    assert list(rules.name) == ["cap"]
    assert rules.coefficient.tolist() == [2.0, 1.0]
    assert rules.lane[0].sum() == 1 and rules.place[1].sum() == 2 and rules.product[1].sum() == 1
    assert rules.sense[0] == "<=" and rules.value[0] == 5
