"""Demand with periods side by side, turned into one row per period."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.reading.cell_parts import Cells


@dataclass(frozen=True)
class Wide:
    """A wide sheet as a long one."""

    source: NDArray[np.int64]
    """Row of the sheet of each long row."""
    column: NDArray[np.int64]
    """Column of the sheet its quantity stands in."""
    period: Cells
    """Its period: the heading of that column."""
    quantity: Cells
    """Its quantity; a blank cell is 0."""


def is_period(heading: str, known: frozenset[str]) -> bool:
    """Return whether an unknown heading can be a period: it has a digit, or Periods names it."""
    return heading in known or any(mark.isdigit() for mark in heading)


def unfold(cells: dict[int, Cells], headings: dict[int, str], count: int) -> Wide:
    """Turn columns of periods into one row per row and period.

    Args:
        cells: the column of each period by its number in the sheet.
        headings: name of each of these periods.
        count: rows of the sheet.

    Returns:
        Long rows in the order of the sheet: all periods of its first row, then of its second.
    """
    numbers = np.array(sorted(cells), dtype=np.int64)
    quantity = np.empty((count, len(numbers)), dtype=object)
    names = np.empty(len(numbers), dtype=object)
    for at, number in enumerate(numbers):
        quantity[:, at] = cells[int(number)]
        names[at] = headings[int(number)]
    flat = quantity.reshape(-1)
    flat[flat == ""] = 0.0
    return Wide(
        source=np.repeat(np.arange(count, dtype=np.int64), len(numbers)),
        column=np.tile(numbers, count),
        period=np.tile(names, count),
        quantity=flat,
    )
