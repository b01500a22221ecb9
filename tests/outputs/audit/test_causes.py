"""The audit finds a cause where nothing is short, none where something is, and a false reason."""

from pathlib import Path

import pandas as pd
import pytest
from real_plans import Written, failed, least_plan
from small import Rows, demand

CHECK = "Causes of shortages and of shipments"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """20 units at a DC for a store that wants 15 twice, and one that nothing can reach."""
    sheets: dict[str, Rows] = {
        "Locations": [
            {"Location": "DC", "Tier": "RDC"},
            {"Location": "S1", "Tier": "store"},
            {"Location": "S2", "Tier": "store"},
        ],
        "Products": [{"Product": "P", "Unit Value": 10}],
        "Lanes": [{"From": "DC", "To": "S1", "Lead Time": 0}],
        "Demand": [*demand("S1", "P", 15, 15), *demand("S2", "P", 2, 3)],
        "OpeningStock": [
            {"Location": "DC", "Product": "P", "Quantity": 20},
            {"Location": "S2", "Product": "P", "Quantity": 2},
        ],
    }
    plan = least_plan(sheets)
    assert plan is not None
    return Written.of(sheets, plan, tmp_path_factory.mktemp("plan"))


def with_cell(
    frame: pd.DataFrame, where: "pd.Series[bool]", column: str, text: str
) -> pd.DataFrame:
    """Return a table with another text in the rows of a column."""
    changed = frame.copy()
    changed.loc[where, column] = text
    return changed


def found(written: Written, sheet: str, changed: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the checks that fail with a sheet changed, and where."""
    written.put(sheet, changed)
    result = written.audit()
    written.put(sheet, written.tables[sheet])
    return [(name, where) for name, _, where in failed(result)]


def test_causes_and_reasons_of_a_true_plan_pass(written: Written) -> None:
    service, ships = written.tables["Service"], written.tables["Shipments"]

    assert failed(written.audit()) == []
    short = service[service["Stock Out"] == "Y"].set_index("Location")["Cause"]
    assert short.to_dict() == {"S1": "no stock", "S2": "no route"}
    assert ships["Reason"].tolist() == ["demand: 1", "demand: 2"]


@pytest.mark.parametrize(
    ("sheet", "column", "text", "word"),
    [
        ("Service", "Cause", "", "Cause –"),
        ("Service", "Cause", "bad luck", "Cause bad luck"),
        ("Service", "Cause", "no route", "goods do come there"),
        ("Shipments", "Reason", "demand: 2", "demand: 1"),
        ("Shipments", "Reason", "arrives after the horizon", "demand: 1"),
    ],
)
def test_what_is_not_so_is_found(
    written: Written, sheet: str, column: str, text: str, word: str
) -> None:
    frame = written.tables[sheet]
    where = frame["Stock Out"] == "Y" if sheet == "Service" else frame["Ship Period"] == "1"
    if text == "no route":
        where &= frame["Location"] == "S1"

    wrong = found(written, sheet, with_cell(frame, where, column, text))

    assert [name for name, _ in wrong] == [CHECK]
    assert word in wrong[0][1]


def test_a_cause_without_a_shortage_is_found(written: Written) -> None:
    frame = written.tables["Service"]
    wrong = found(
        written, "Service", with_cell(frame, frame["Stock Out"] == "N", "Cause", "budget")
    )

    assert [name for name, _ in wrong] == [CHECK]


def test_what_is_made_where_it_is_wanted_has_a_way(tmp_path: Path) -> None:
    """One unit can be made, which lasts; two are wanted."""
    sheets: dict[str, Rows] = {
        "Locations": [{"Location": "W", "Tier": "plant"}],
        "Products": [{"Product": "P", "Unit Value": 10, "Shelf Life": 9}],
        "Demand": demand("W", "P", 2),
        "Recipes": [{"Recipe": "R", "Location": "W", "Output": "P", "Max": 1}],
    }
    plan = least_plan(sheets)
    assert plan is not None
    made = Written.of(sheets, plan, tmp_path)
    assert failed(made.audit()) == []

    wrong = found(made, "Service", made.tables["Service"].assign(Cause="no route"))
    assert wrong == [(CHECK, "Service · W · P · standard · 1 · goods do come there")]
