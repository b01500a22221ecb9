"""Every column of every input sheet changes the model, is refused, or is a label that is shown."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from column_walk import (
    SHEETS,
    Change,
    after,
    arrays_before,
    arrays_of,
    cells,
    changed,
    changes,
    findings_of,
    input_columns,
    results_before,
    results_of,
    status,
)
from small import Rows, tables
from turns import part

import tierstock as ts
from tierstock.inputs.schema import Column, schema

NAMES = {
    ("Periods", "Period"),
    ("Locations", "Location"),
    ("Products", "Product"),
    ("Products", "Base Unit"),
    ("Recipes", "Recipe"),
    ("Vehicles", "Vehicle"),
    ("ServiceClasses", "Class"),
    ("Groups", "Group"),
    ("Groups", "Kind"),
}
"""Columns that say how other cells may name something; what names it otherwise is refused."""
IN_RESULTS_ONLY = {
    ("Lanes", "Transfer Price"),
    ("Budgets", "Budget"),
    ("ServiceTargets", "Target"),
    ("Recipes", "Output Qty"),
    *(
        ("Policy", column.name)
        for column in schema().sheet("Policy").columns
        if column.status == "model"
    ),
}
"""Columns that only the results tell of: what companies pay each other is no cost of the whole;
today's policy is what the plan is held against."""
SHOWN = {("Products", "Name"): "pipeline", ("InTransit", "Order No"): "cancel_part"}
"""Labels that stand in the result tables too, and a network that tells it."""
ANY = {"number": 3, "integer": 3, "flag": "Y", "date": "2026-01-06", "choice": ""}
"""A value of each type, for cells that are refused whatever they say."""


def at(column: Column) -> str:
    return f"{column.sheet}-{column.name}"


def with_status(word: str) -> list[Column]:
    return [column for column in input_columns() if status(column) == word]


def changes_that(effect: str) -> list[Change]:
    return [change for change in changes().values() if change.effect == effect]


def test_every_column_that_is_used_has_a_change_that_acts() -> None:
    used = {(column.sheet, column.name) for column in with_status("model")}
    assert set(changes()) == used
    assert {(one.sheet, one.column) for one in changes_that("named")} == NAMES
    assert {(one.sheet, one.column) for one in changes_that("shown")} == IN_RESULTS_ONLY


@pytest.mark.parametrize(
    "change", part(changes_that("model"), 0, parts=6), ids=lambda c: f"{c.sheet}-{c.column}"
)
def test_another_value_is_another_model(change: Change) -> None:
    assert arrays_of(after(change)) != arrays_before(change.network)


@pytest.mark.parametrize("change", changes_that("named"), ids=lambda c: f"{c.sheet}-{c.column}")
def test_another_name_leaves_nobody_the_old_one(change: Change) -> None:
    assert findings_of(SHEETS[change.network]).empty
    row = SHEETS[change.network][change.sheet][change.row]
    old = row["Group" if change.column == "Kind" else change.column]
    found = findings_of(after(change))
    elsewhere = found[found["sheet"] != change.sheet]
    assert elsewhere["value"].str.contains(str(old), regex=False).any()


@pytest.mark.parametrize("change", changes_that("shown"), ids=lambda c: f"{c.sheet}-{c.column}")
def test_another_value_is_told_in_the_results(change: Change) -> None:
    assert cells(results_of(after(change))) != cells(results_before(change.network))


def refused(sheet: str, row: int, name: str, found: pd.DataFrame) -> bool:
    """Whether a cell is refused as not planned yet."""
    here = found[(found["sheet"] == sheet) & (found["code"] == "not-yet")]
    column = here["column"].astype(str).str.split(" (", regex=False).str[0]
    return bool(((here["row"] == row + 2) & (column == name)).any())


def value_of(column: Column) -> object:
    """Any value of a column, but none that changes nothing."""
    if column.choices:
        return next(word for word in column.choices if word not in column.neutral)
    return ANY.get(column.type) or "X"


@pytest.mark.parametrize("column", with_status("later"), ids=at)
def test_what_is_not_planned_yet_is_refused(column: Column) -> None:
    name = next((n for n in SHEETS if SHEETS[n].get(column.sheet)), "balance")
    found = findings_of(changed(SHEETS[name], column.sheet, 0, column.name, value_of(column)))
    if schema().sheet(column.sheet).status == "later":
        assert ((found["sheet"] == column.sheet) & (found["code"] == "not-yet")).any()
    else:
        assert refused(column.sheet, 0, column.name, found)


LABELS = [c for c in with_status("label") if schema().sheet(c.sheet).status == "model"]


def network_of(column: Column) -> str:
    """The first network that has the sheet of a column."""
    return next((n for n in SHEETS if SHEETS[n].get(column.sheet)), "balance")


def label(column: Column) -> str:
    """What is written into a label: words of its own, or one of its choices."""
    return column.choices[1] if column.choices else f"so called {column.name} of {column.sheet}"


def labelled(name: str) -> dict[str, Rows]:
    """A network with all labels in the first rows of the sheets it is looked up for."""
    sheets = SHEETS[name]
    for column in LABELS:
        if network_of(column) == name:
            sheets = changed(sheets, column.sheet, 0, column.name, label(column))
    return sheets


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Writes the results workbook of a labelled network, once."""

    @cache
    def write(name: str) -> Path:
        path = tmp_path_factory.mktemp(name) / "plan.xlsx"
        net = ts.read(tables(**labelled(name)))
        plan = ts.solve(ts.build(net), gap=0, threads=1, progress=False)
        assert plan.save(path, language="en").passed
        return path

    return write


@pytest.mark.parametrize("column", LABELS, ids=at)
def test_a_label_stands_in_the_results_workbook(
    column: Column, written: Callable[[str], Path]
) -> None:
    path = written(network_of(column))
    title = f"In {column.sheet}"
    copy = pd.read_excel(path, sheet_name=title, dtype=str, engine="openpyxl")
    headings = [str(name).split(" (")[0] for name in copy.columns]
    assert copy.iloc[0, headings.index(column.name)] == label(column)


@pytest.mark.parametrize("name", sorted({network_of(column) for column in LABELS}))
def test_labels_leave_the_model_as_it_is(name: str) -> None:
    assert arrays_of(labelled(name)) == arrays_before(name)


@pytest.mark.parametrize("place", sorted(SHOWN), ids="-".join)
def test_a_name_is_shown_in_the_results(place: tuple[str, str]) -> None:
    sheet, name = place
    told = results_of(changed(SHEETS[SHOWN[place]], sheet, 0, name, "so called"))
    assert "so called" in cells(told)
