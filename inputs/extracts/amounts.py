"""Quantities as whole millionths of a unit, so that sums are exact."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.messages import show
from tierstock.inputs.reading.cell_numbers import plain_text, read_digits
from tierstock.inputs.reading.cell_parts import Cells, plain_numbers, texts
from tierstock.inputs.units import part_magnitude

Micros = NDArray[np.int64]
"""Quantities in millionths."""
MICRO = 1_000_000
LARGEST = 10**9
"""Largest quantity of one row, in units."""

_BRACKETED = re.compile(r"\(([\d.,]+)\)")
_TRAILING = re.compile(r"([\d.,]+)\s*-")
_WORDED = re.compile(r"([+-]?[\d.,]*\d)\s*([^\d\s.,+-].*)")


class Amounts(NamedTuple):
    """The quantities of a column."""

    micros: Micros
    """0 where blank or unreadable."""
    blank: NDArray[np.bool_]
    bad: NDArray[np.bool_]
    """Whether the cell holds something that is no quantity."""
    rounded: NDArray[np.bool_]
    """Whether the cell has more decimals than are kept."""
    unit: Cells
    """Unit written behind the number; blank where none is."""


def read_amounts(cells: Cells, decimal: str, is_unit: Callable[[str], bool]) -> Amounts:
    """Read a column of quantities.

    Understood are numbers, and texts in digits with an optional sign before or (SAP) behind
    them, in parentheses when negative, and a known unit or 万 behind.

    Args:
        cells: the column; "" is blank.
        decimal: point or comma.
        is_unit: says whether a word is a unit.
    """
    count = len(cells)
    micros = np.zeros(count, dtype=np.int64)
    bad, rounded = np.zeros(count, dtype=np.bool_), np.zeros(count, dtype=np.bool_)
    unit = np.full(count, "", dtype=object)
    plain = plain_numbers(cells)
    numbers = cells[plain].astype(np.float64) * MICRO
    fine = np.abs(numbers) <= LARGEST * MICRO
    whole = np.rint(np.where(fine, numbers, 0.0))
    micros[plain], bad[plain] = whole.astype(np.int64), ~fine
    near = np.maximum(1e-3, np.abs(numbers) * 1e-15)
    rounded[plain] = fine & (np.abs(numbers - whole) > near)
    at = texts(cells)
    if len(at):
        codes, values = pd.factorize(cells[at])
        read = [_read(str(value), decimal, is_unit) for value in values]
        micros[at] = np.array([one[0] if one else 0 for one in read], dtype=np.int64)[codes]
        bad[at] = np.array([one is None for one in read])[codes]
        rounded[at] = np.array([bool(one and one[1]) for one in read])[codes]
        words = np.array([one[2] if one else "" for one in read], dtype=object)
        unit[at] = words[codes]
    blank = cells == ""
    rest = ~plain & ~blank
    rest[at] = False
    return Amounts(micros, blank, bad | rest, rounded, unit)


def _read(text: str, decimal: str, is_unit: Callable[[str], bool]) -> tuple[int, bool, str] | None:
    """Return millionths, whether decimals were lost, and the unit; None for no quantity."""
    plain = plain_text(text)
    if found := _BRACKETED.fullmatch(plain) or _TRAILING.fullmatch(plain):
        plain = f"-{found[1]}"
    size, word = 1.0, ""
    if read_digits(plain, decimal) is None:
        parts = _WORDED.fullmatch(plain)
        if parts is None:
            return None
        size, word = part_magnitude(parts[2].strip("() "))
        plain = parts[1]
        if word and not is_unit(word):
            return None
    digits = read_digits(plain, decimal)
    if digits is None or not abs(digits) * size <= LARGEST:
        return None
    plain = plain.replace(",", "") if decimal == "point" else _pointed(plain)
    exact = Decimal(plain) * int(size) * MICRO
    return int(exact.to_integral_value()), exact != exact.to_integral_value(), word


def _pointed(text: str) -> str:
    return text.replace(".", "").replace(",", ".")


def times(micros: Micros, factor: float) -> Micros:
    """Return quantities times a factor, rounded half away from zero to whole millionths.

    >>> times(np.array([1_000_000, -500_001]), 24.0)
    array([ 24000000, -12000024])
    """
    exact = Fraction(str(factor)).limit_denominator(MICRO)
    if exact == 1:
        return micros
    top, bottom = exact.numerator, exact.denominator
    size, sign = np.abs(micros), np.sign(micros)
    whole, rest = np.divmod(size, bottom)
    result: Micros = sign * (whole * top + (2 * rest * top + bottom) // (2 * bottom))
    return result


def too_large(micros: Micros, factor: float) -> NDArray[np.bool_]:
    """Return which quantities are no quantity any more after a factor."""
    result: NDArray[np.bool_] = np.abs(micros.astype(np.float64) * factor) > LARGEST * MICRO
    return result


def number_of(micros: int) -> int | float:
    """Return a quantity as a cell: a whole number where it is one.

    >>> number_of(2_500_000), number_of(3_000_000)
    (2.5, 3)
    """
    whole, rest = divmod(int(micros), MICRO)
    return whole if rest == 0 else int(micros) / MICRO


def shown(micros: Iterable[int]) -> list[str]:
    """Return quantities as the planner reads them.

    >>> shown(np.array([2_500_000, -3_000_000]))
    ['2.5', '-3']
    """
    return [show(number_of(one)) for one in micros]
