"""What a change of one cell of a planner's sheet does.

``column_changes.csv`` names for every column that this version uses one cell of a small network
and another value for it. A new column needs a row there: a network that has use for it, the row
of the sheet (the first is 0), and a value that acts.
"""

import csv
import hashlib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from all_cases import ALL
from column_networks import NETWORKS
from small import Rows, tables

import tierstock as ts
from tierstock.inputs.schema import Column, schema
from tierstock.solvers.compile import compile_model

SHEETS: dict[str, dict[str, Rows]] = {name: case.sheets for name, case in ALL.items()} | NETWORKS
"""Small networks by name: the hand-solved ones, and those of ``column_networks``."""
NUMBERS = (
    *("cost", "lower", "upper", "integer", "starts", "index", "value"),
    *("row_lower", "row_upper", "offset", "sense"),
)
"""What the solver is given; names of rows and columns do not count."""


class Change(NamedTuple):
    """One cell, another value for it, and what that does."""

    sheet: str
    column: str
    effect: str
    """``model``: other arrays; ``named``: what refers to the old code is refused; ``shown``:
    the result tables differ."""
    network: str
    row: int
    value: str


@cache
def changes() -> dict[tuple[str, str], Change]:
    """The changes of ``column_changes.csv`` by sheet and column."""
    with (Path(__file__).parent / "column_changes.csv").open(encoding="utf-8") as file:
        listed: list[dict[str, Any]] = list(csv.DictReader(file))
    rows = [Change(**{**row, "row": int(row["row"])}) for row in listed]
    found = {(one.sheet, one.column): one for one in rows}
    assert len(found) == len(rows)
    return found


def input_columns() -> list[Column]:
    """Every column of every input sheet but Settings, whose rows are walked by their names."""
    return [c for sheet in schema().inputs if sheet.name != "Settings" for c in sheet.columns]


def status(column: Column) -> str:
    """What the schema says of a column; a sheet of a later version is refused whole."""
    of_sheet = schema().sheet(column.sheet).status
    return of_sheet if of_sheet == "later" and column.status != "label" else column.status


def changed(
    sheets: dict[str, Rows], sheet: str, row: int, name: str, value: Any
) -> dict[str, Rows]:
    """The sheets with another value in one cell; a row behind the last one is added."""
    rows = [dict(one) for one in sheets.get(sheet, [])]
    rows += [{}] * (row + 1 - len(rows))
    rows[row] = rows[row] | {name: value}
    return {**sheets, sheet: rows}


def after(change: Change) -> dict[str, Rows]:
    """The sheets of the network of a change, with the change."""
    return changed(SHEETS[change.network], change.sheet, change.row, change.column, change.value)


def arrays_of(sheets: dict[str, Rows]) -> str:
    """Hash of what the solver is given: arrays, and the levels of the objective."""
    m = ts.build(ts.read(tables(**sheets)))
    arrays, digest = compile_model(m).arrays, hashlib.sha256()
    for name in NUMBERS:
        value = getattr(arrays, name)
        digest.update(value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode())
    for aim in m.aims:
        digest.update(aim.coefficients.tobytes())
        digest.update(repr((aim.name, aim.sense, float(aim.constant))).encode())
    return digest.hexdigest()


@cache
def arrays_before(network: str) -> str:
    """Hash of what the solver is given for a network as it stands."""
    return arrays_of(SHEETS[network])


def findings_of(sheets: dict[str, Rows]) -> pd.DataFrame:
    """What is wrong with the sheets; no rows where they can be used."""
    try:
        ts.read(tables(**sheets))
    except ts.InputError as error:
        return error.findings[error.findings["severity"] == "error"]
    return pd.DataFrame(columns=["code", "sheet", "row", "column", "value"])


def results_of(sheets: dict[str, Rows]) -> dict[str, pd.DataFrame]:
    """The result tables of the best plan, without how it was made."""
    plan = ts.solve(ts.build(ts.read(tables(**sheets))), gap=0, threads=1, progress=False)
    return {name: frame for name, frame in plan.tables.items() if name != "RunInfo"}


@cache
def results_before(network: str) -> dict[str, pd.DataFrame]:
    """The result tables of a network as it stands."""
    return results_of(SHEETS[network])


def cells(frames: dict[str, pd.DataFrame]) -> set[str]:
    """Every cell of some tables, as text."""
    return {str(cell) for frame in frames.values() for cell in frame.to_numpy().ravel()}
