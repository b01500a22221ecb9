"""The workbook of orders: all lines, and those of each location, supplier and carrier."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from tierstock.inputs.reading.xml_scan import Refused
from tierstock.inputs.templates.template_style import Styles
from tierstock.outputs.sheet import (
    DATE,
    HEAD,
    MOST_ROWS,
    TEXT,
    WHOLE,
    Look,
    draw,
    number_form,
    write_table,
)

KEYS = ("party", "task", "Order No", "Line")
"""Columns that name a line."""
FORMS = {"Line": WHOLE, "Date": DATE, "Arrive Date": DATE}
COUNTED = {"Quantity": "unit", "Cases": "case"}
"""Columns of amounts and their units."""


def write_book(
    sheets: Sequence[tuple[str, str, pd.DataFrame]],
    heads: Mapping[str, str],
    path: Path,
    language: str,
) -> None:
    """Write the workbook of orders, each sheet ready to filter and to print.

    The lines of each location, supplier and carrier begin on a page of their own, to hand over.

    Args:
        sheets: name of the Excel table, title and lines of each sheet; amounts keep all their
            digits in the cells.
        heads: heading of each column in the language.
        path: file to write.
        language: ``en`` or ``zh``, which has a font of its own.

    Raises:
        Refused: there are more lines than a sheet holds.
        OSError: the file cannot be written.
    """
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        styles = Styles(book, language)
        for name, title, lines in sheets:
            if len(lines) > MOST_ROWS:
                raise Refused("too-many-rows", sheet=title, count=len(lines), most=MOST_ROWS)
            looks = [_look(str(one), lines[one], heads[str(one)]) for one in lines]
            target = book.add_worksheet(title)
            apart = _parties(lines)
            draw(target, write_table(target, styles, lines, looks, name, HEAD, apart=apart))


def _parties(lines: pd.DataFrame) -> list[int]:
    """Return the rows at which the lines of another party begin."""
    if "party" not in lines:
        return []
    party = lines["party"].to_numpy()
    return (1 + np.flatnonzero(party[1:] != party[:-1])).tolist()


def _look(name: str, values: pd.Series, title: str) -> Look:
    """Return the look of a column; what is blank throughout is folded away."""
    unit = COUNTED.get(name)
    form = number_form("number", unit, values) if unit else FORMS.get(name, TEXT)
    blank = bool((values.isna() | (values == "")).all())
    return Look(title, "", form, key=name in KEYS, folded=blank and name not in KEYS)
