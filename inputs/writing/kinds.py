"""Which type a column has where every column has one: in Parquet files and databases."""

import datetime as dt
from collections.abc import Sequence

from tierstock.inputs.reading.cell_parts import Percent
from tierstock.inputs.writing.plain import MOST_WHOLE as MOST_EXACT
from tierstock.inputs.writing.plain import text_of

NUMBER, WHOLE, DAY, MOMENT, FLAG, TEXT = "number", "whole", "day", "moment", "flag", "text"
MOST_WHOLE = 2**63 - 1
"""Largest whole number of a column of them."""


def kind_of(cells: Sequence[object]) -> str:
    """Return the type that holds every filled cell of a column; texts hold anything.

    Percentages are texts (``120%``), lest they are taken for the number they stand for.
    """
    types = {type(cell) for cell in cells if cell != "" or type(cell) is not str}
    if not types or Percent in types or not types <= {int, float, bool, dt.date, dt.datetime}:
        return TEXT
    if types == {bool}:
        return FLAG
    if types <= {int, float}:
        most = max((abs(cell) for cell in cells if type(cell) is int), default=0)
        whole = types == {int}
        return TEXT if most > (MOST_WHOLE if whole else MOST_EXACT) else WHOLE if whole else NUMBER
    if types <= {dt.date, dt.datetime}:
        return DAY if types == {dt.date} else MOMENT
    return TEXT


def stored(cells: Sequence[object], kind: str) -> list[object]:
    """Return the cells of a column as values of one type; blank is None."""
    return [None if type(cell) is str and cell == "" else _stored(cell, kind) for cell in cells]


def _stored(cell: object, kind: str) -> object:
    if kind == TEXT:
        return text_of(cell)
    if kind == NUMBER and isinstance(cell, int | float):
        return float(cell)
    if kind == MOMENT and type(cell) is dt.date:
        return dt.datetime(cell.year, cell.month, cell.day)
    return cell
