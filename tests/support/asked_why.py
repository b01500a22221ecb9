"""Asks a plan why, does what it says, and looks whether the shortage is gone."""

import copy
import math
from dataclasses import dataclass

import pandas as pd
from planted_causes import Planted, Sheets
from real_plans import least_plan

from tierstock.plan import Plan
from tierstock.why.answer import Cause, Why

FREE = {"Active To": None, "Product": "*", "Allowed": "Y", "Due Date": "2026-01-05"}
"""What a cell says when it holds nothing back."""


@dataclass
class Asked:
    """What came of a question.

    Attributes:
        why: the answer; None where nothing was short.
        cell: location, product and period that were asked about.
        named: whether it named the planted row, and the cause, first.
        served: whether its remedy removed the shortage; None where there is nothing to change.
        agrees: whether the sheet Service tells the same cause.
    """

    why: Why | None
    cell: tuple[str, str, str]
    named: bool = False
    served: bool | None = None
    agrees: bool = True


def ask(case: Planted, language: str = "en", *, relax: bool = True) -> Asked:
    """Plan a case, ask why its worst cell is short, and relax what is named first."""
    plan = least_plan(case.sheets)
    assert plan is not None
    cell = worst(case, plan)
    if cell is None:
        return Asked(None, ("", "", ""))
    why = plan.why(*cell, language=language)
    first = why.causes[0]
    named = (first.cause, first.sheet, first.row) == (case.cause, case.sheet, case.row)
    agrees = cause_of(plan, case, cell) == first.cause
    served = None
    if relax and first.row is not None:
        changed = least_plan(relaxed(case.sheets, first))
        assert changed is not None
        served = missing(changed, case, cell) <= 1e-4
    return Asked(why, cell, named, served, agrees)


def worst(case: Planted, plan: Plan) -> tuple[str, str, str] | None:
    """Return the cell of which most is short, among those the case speaks of."""
    frame = _of(case, plan)
    frame = frame[(frame["Demand"] - frame["On Time"] > 1e-3)]
    frame = frame[frame["Period"].astype(int) >= case.first]
    if not len(frame):
        return None
    line = frame.iloc[int((frame["Demand"] - frame["On Time"]).to_numpy().argmax())]
    return str(line["Location"]), str(line["Product"]), str(line["Period"])


def _of(case: Planted, plan: Plan) -> pd.DataFrame:
    frame = plan.service
    if case.where:
        frame = frame[frame["Location"].str.startswith(case.where)]
    if case.product:
        frame = frame[frame["Product"] == case.product]
    if case.service_class:
        frame = frame[frame["Class"] == case.service_class]
    return frame


def _at(plan: Plan, case: Planted, cell: tuple[str, str, str]) -> pd.DataFrame:
    """Return the rows of Service at a cell."""
    frame = _of(case, plan)
    for column, word in zip(("Location", "Product", "Period"), cell, strict=True):
        frame = frame[frame[column] == word]
    return frame


def missing(plan: Plan, case: Planted, cell: tuple[str, str, str]) -> float:
    """Return what is short at a cell."""
    frame = _at(plan, case, cell)
    return float((frame["Demand"] - frame["On Time"]).sum())


def cause_of(plan: Plan, case: Planted, cell: tuple[str, str, str]) -> str:
    """Return the cause that the sheet Service tells at a cell."""
    return str(_at(plan, case, cell)["Cause"].iloc[0])


def relaxed(sheets: Sheets, cause: Cause) -> Sheets:
    """Return the tables with the cell of a cause changed as told."""
    assert cause.row is not None
    changed = copy.deepcopy(sheets)
    told = FREE.get(cause.column) if math.isnan(cause.needed) else cause.needed
    changed[cause.sheet][cause.row - 2][cause.column] = told
    return changed
