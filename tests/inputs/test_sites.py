"""Locations that may open or close are read as stated, and slips are named at their cells."""

from typing import Any

import pandas as pd
import pytest
from small import demand, tables
from told import cells, everything_found

import tierstock as ts
from tierstock.inputs import Network

Rows = list[dict[str, Any]]


def places(status: str = "consider", **more: Any) -> Rows:
    return [
        {"Location": "A", "Tier": "RDC", "Status": status, **more},
        {"Location": "S", "Tier": "store"},
    ]


def read(locations: Rows, sites: Rows, **sheets: Rows) -> Network:
    book: dict[str, Rows] = {
        "Locations": locations,
        "Products": [{"Product": "P", "Unit Value": 1}],
        "Lanes": [{"From": "A", "To": "S", "Lead Time": 0}],
        "Demand": demand("S", "P", 1, 1, 1),
        "Supply": [{"Location": "A", "Product": "P"}],
        "Sites": sites,
        **sheets,
    }
    return ts.read(tables(**{name: rows for name, rows in book.items() if rows}))


def found(*arguments: Any, **sheets: Rows) -> pd.DataFrame:
    """Everything found, whether it forbids the plan or not."""
    return everything_found(lambda: read(*arguments, **sheets))


def test_a_place_to_consider_is_closed_first_and_an_open_one_with_a_row_may_close() -> None:
    locations = [*places(), {"Location": "B", "Tier": "RDC"}, {"Location": "C", "Tier": "RDC"}]
    sites = read(locations, [{"Location": "A", "Open Cost": 7}, {"Location": "B"}]).sites
    assert sites is not None
    assert sites.location.tolist() == [0, 1]
    assert sites.open_before.tolist() == [False, True]
    assert sites.open_cost.tolist() == [7.0, 0.0]


def test_without_rows_and_places_to_consider_there_is_nothing_to_decide() -> None:
    assert read(places("open"), []).sites is None


def test_least_time_open_groups_and_the_latest_opening_are_read() -> None:
    row = {"Location": "A", "Min Open": 1.5, "Must Decide By": "2026-01-06", "Group": "G"}
    sites = read(places(), [row | {"Max In Group": 1}]).sites
    assert sites is not None
    assert sites.min_open.tolist() == [2]
    assert sites.may_start.tolist() == [[True, True, False]]
    assert sites.group.tolist() == [0]
    assert sites.most_open.tolist() == [1.0]


def test_a_window_bounds_what_may_be_open() -> None:
    sites = read(places(**{"Active From": "2026-01-06"}), [{"Location": "A"}]).sites
    assert sites is not None
    assert sites.active.tolist() == [[False, True, True]]


@pytest.mark.parametrize(
    ("code", "cell", "locations", "sites", "sheets"),
    [
        ("site-closed", "Sites!A2", places("closed"), [{"Location": "A"}], {}),
        ("site-without-row", "Locations!C2", places(), [], {}),
        (
            "site-window",
            "Sites!A2",
            places("open", **{"Active From": "2026-01-06"}),
            [{"Location": "A"}],
            {},
        ),
        (
            "site-too-late",
            "Sites!B2",
            places(),
            [{"Location": "A", "Must Decide By": "2025-12-01"}],
            {},
        ),
        (
            "unknown-period",
            "Sites!B2",
            places(),
            [{"Location": "A", "Must Decide By": "spring"}],
            {},
        ),
        ("site-group-missing", "Sites!B2", places(), [{"Location": "A", "Max In Group": 1}], {}),
        (
            "site-group-differs",
            "Sites!C3",
            places(),
            [
                {"Location": "A", "Group": "G", "Max In Group": 1},
                {"Location": "S", "Group": "G", "Max In Group": 2},
            ],
            {},
        ),
        (
            "site-stock",
            "OpeningStock!A2",
            places(),
            [{"Location": "A"}],
            {"OpeningStock": [{"Location": "A", "Product": "P", "Quantity": 1}]},
        ),
        (
            "site-blocked",
            "OpeningStock!D2",
            places("open"),
            [{"Location": "A"}],
            {"OpeningStock": [{"Location": "A", "Product": "P", "Quantity": 1, "Blocked": 1}]},
        ),
        (
            "site-order",
            "InTransit!A2",
            places(),
            [{"Location": "A"}],
            {"InTransit": [{"To": "A", "Product": "P", "Quantity": 1, "Due Date": "2026-01-06"}]},
        ),
        ("unknown-reference", "Sites!A2", places("open"), [{"Location": "Z"}], {}),
    ],
)
def test_a_slip_is_named_at_its_cell(
    code: str, cell: str, locations: Rows, sites: Rows, sheets: dict[str, Rows]
) -> None:
    assert cells(found(locations, sites, **sheets), code) == [cell]
