"""One column of cells, read by the type its schema column has."""

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.reading.cell_dates import parse_dates
from tierstock.inputs.reading.cell_numbers import LARGEST, SIGNED, check_numbers, parse_numbers
from tierstock.inputs.reading.cell_parts import Cells, Fault, Reading, distinct
from tierstock.inputs.reading.cell_texts import parse_choices, parse_flags, parse_texts
from tierstock.inputs.schema import Column, schema
from tierstock.inputs.units import MONEY, factor, is_checked

LEAD_TIMES = frozenset(
    (("Lanes", "lead_time"), ("Lanes", "lead_time_std_dev"), ("Supply", "lead_time"))
)
"""Sheet and field of the columns Settings lead_time_unit speaks of."""

MONEY_PER_BASIS = frozenset((("Rates", "rate"),))
"""Sheet and field of money by a unit that another cell names."""

SOMETIMES_MONEY = {
    ("Budgets", "limit"): ("kind", ("capital", "spend", "freight", "cash")),
    ("UserRows", "value"): ("variable", ("spend",)),
}
"""Sheet and field of numbers that are money in rows of some kinds: where the kind stands."""

FREE_TEXTS = ("name", "note")
"""Fields that are kept as typed: they are shown, never compared."""


def parse_column(
    column: Column, cells: Cells, reading: Reading, header_factor: float = 1.0
) -> tuple[pd.Series, list[Fault]]:
    """Return the typed values of a column and what is wrong with its cells.

    Args:
        column: the schema column.
        cells: one cell per row; "" is blank.
        reading: how numbers and dates are written in this input.
        header_factor: what one of the unit in the heading is in the schema's unit.

    Returns:
        A series of the type described in :func:`tierstock.inputs.tables.blank_column`; faulty
        cells are blank in it.
    """
    if column.type in ("number", "integer"):
        unit = _unit(column, reading)
        numbers, faults = parse_numbers(cells, unit, reading, header_factor)
        whole, signed = column.type == "integer", (column.sheet, column.field) in SIGNED
        return _checked(numbers, faults, unit, whole, signed)
    if column.type == "flag":
        flags, faults = parse_flags(cells)
        return pd.Series(flags), faults
    if column.type == "date":
        days, faults = parse_dates(cells, reading)
        return pd.Series(days), faults
    if column.type == "choice":
        words, faults = parse_choices(cells, column.choices, column.open_choices)
        return pd.Series(words, dtype=object), faults
    label, dated = column.field in FREE_TEXTS, takes_dates(column)
    found, faults = parse_texts(cells, code=is_code(column), label=label, dates_allowed=dated)
    return pd.Series(found, dtype=object), faults


def _unit(column: Column, reading: Reading) -> str:
    """Return the unit the numbers of a column count in."""
    place = (column.sheet, column.field)
    if place in MONEY_PER_BASIS:
        return MONEY
    return "bucket" if place in LEAD_TIMES and reading.lead_unit == "period" else column.unit


def parse_mixed(
    column: Column, kind: pd.Series, cells: Cells, reading: Reading
) -> tuple[pd.Series, list[Fault]]:
    """Read a column that holds money in the rows of some kinds and other numbers elsewhere.

    Args:
        column: a column of ``SOMETIMES_MONEY``.
        kind: what every row is about.
        cells: one cell per row.
        reading: how numbers are written in this input.
    """
    money = kind.isin(SOMETIMES_MONEY[column.sheet, column.field][1]).to_numpy()
    result, found = np.full(len(cells), np.nan), []
    signed = (column.sheet, column.field) in SIGNED
    for rows, unit in ((np.flatnonzero(money), MONEY), (np.flatnonzero(~money), column.unit)):
        numbers, faults = parse_numbers(cells[rows], unit, reading)
        result[rows], faults = _checked(numbers, faults, unit, False, signed)
        found += [replace(fault, at=rows[fault.at]) for fault in faults]
    return pd.Series(result), found


def _checked(
    numbers: NDArray[np.float64], faults: list[Fault], unit: str, whole: bool, signed: bool
) -> tuple[pd.Series, list[Fault]]:
    """Add the faults of size and sign; numbers too large to be meant become blank."""
    huge = np.abs(numbers) > LARGEST
    for fault in check_numbers(numbers, unit, whole, signed):
        if fault.code == "number-too-large":
            parts = distinct(numbers.astype(object), fault.at)
            faults = [*faults, *(replace(fault, at=at, value=value) for value, at in parts)]
        else:
            faults = [*faults, fault]
    return pd.Series(np.where(huge, np.nan, numbers)), faults


def is_code(column: Column) -> bool:
    """Return whether codes stand in the column that must keep leading zeros."""
    if column.type not in ("text", "selector") or takes_dates(column):
        return False
    first = schema().sheet(column.sheet).key[:1]
    return bool(column.refers_to) or column.name in first


def takes_dates(column: Column) -> bool:
    """Return whether a date may stand in a text column: periods, and values of settings."""
    return column.field == "period" or column.refers_to == "Periods" or column.sheet == "Settings"


def heading_factor(column: Column, unit: str, reading: Reading) -> float | None:
    """Return the factor of the unit written in a heading; None where it is the wrong unit.

    1.0 where nothing is to convert: no unit, the contract's, or a column without checked unit.
    """
    if not unit or column.type not in ("number", "integer"):
        return 1.0
    own = column.unit
    if (column.sheet, column.field) in LEAD_TIMES and reading.lead_unit == "period":
        return 1.0 if factor(unit, "bucket") or factor(unit, "day") == 1.0 else None
    if not own or not is_checked(own):
        return 1.0
    return factor(unit, own, reading.currency, reading.worth)
