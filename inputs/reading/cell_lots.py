"""Cells that hold a quantity with its own unit: ``2 pallet``, ``托``, ``10箱``."""

import re

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.reading.cell_numbers import plain_text, read_digits, suggestion
from tierstock.inputs.reading.cell_parts import Cells, Reading, distinct, texts
from tierstock.inputs.tables import LOTS, UNIT_COLUMNS
from tierstock.inputs.units import part_magnitude

_LOT = re.compile(r"([+-]?[0-9.,]*[0-9][0-9.,]*)?\s*\(?([^\W\d_][^()]*?)\)?")


def has_unit(sheet: str, field: str) -> bool:
    """Return whether a cell of the column may name the unit of its number."""
    return field in UNIT_COLUMNS.get(sheet, ())


def part_units(
    sheet: str, field: str, cells: Cells, reading: Reading
) -> tuple[Cells, NDArray[np.object_]]:
    """Part the unit from the number in every cell that states one.

    A word alone is one of it in the columns of lots (MOQ, Order Multiple), elsewhere it is left
    for the reader of numbers to refuse. So are numbers with a letter for a digit, and those with
    a word for a power of ten, which is no unit.

    Args:
        sheet: English name of the sheet.
        field: schema field of the column.
        cells: the column; "" is blank.
        reading: the decimal mark.

    Returns:
        The cells without their units, and the units as written; "" where the cell names none.
    """
    numbers, words = cells.copy(), np.full(len(cells), "", dtype=object)
    alone = field in LOTS
    for value, at in distinct(cells, texts(cells)):
        plain = plain_text(str(value))
        found = _LOT.fullmatch(plain)
        if found is None or read_digits(plain, reading.decimal) is not None:
            continue
        size, word = part_magnitude(found[2].strip())
        digits = read_digits(found[1], reading.decimal) if found[1] else None
        if not word or (digits is None and (found[1] or not alone)):
            continue
        meant, reason = suggestion(plain, "", reading)
        if meant and reason == "letter":
            continue
        numbers[at] = size * (1.0 if digits is None else digits)
        words[at] = word
    return numbers, words
