"""Drop-downs and checks of the cells of a template."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tierstock.inputs.schema import Column, say

_SIGNED = ("Latitude", "Longitude", "Amount")
"""Columns that may be negative, besides the numbers of OpeningStock."""


def cell_rule(
    column: Column | None, lists: Mapping[str, str], language: str
) -> dict[str, Any] | None:
    """Return the xlsxwriter rule of the cells of a column; None where anything may stand.

    Rules only help while typing (a paste passes them by), so a breach is a warning in Excel and
    the reader checks again. Selectors show the codes but take any text.

    Args:
        column: the column, None for a period.
        lists: formula of the code list of each sheet in the workbook, by English name.
        language: ``en`` or ``zh``.
    """
    if column is None:
        return _number_rule(signed=False)
    if column.type == "choice":
        words = [word for word in column.choices if word not in column.later_choices]
        source = [say(word, language) for word in words]
        return _list_rule(source, strict=not column.open_choices)
    if column.type == "flag":
        return _list_rule([say("Y", language), say("N", language)], strict=True)
    if column.type in ("number", "integer"):
        signed = column.name in _SIGNED or column.sheet == "OpeningStock"
        return _number_rule(signed)
    if column.type == "date":
        earliest = dt.date(2000, 1, 1)
        limits = {"validate": "date", "criteria": ">=", "value": earliest}
        return {**limits, "error_type": "warning"}
    if column.refers_to in lists:
        return _list_rule(lists[column.refers_to], strict=column.type == "text")
    return None


def _list_rule(source: list[str] | str, strict: bool) -> dict[str, Any]:
    if strict:
        return {"validate": "list", "source": source, "error_type": "warning"}
    return {"validate": "list", "source": source, "show_error": False}


def _number_rule(signed: bool) -> dict[str, Any]:
    lowest = -1e12 if signed else 0
    limits = {"validate": "decimal", "criteria": ">=", "value": lowest}
    return {**limits, "error_type": "warning"}
