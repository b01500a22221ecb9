"""What the parsers of cells share: how they see a column, and what they report."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Cells = NDArray[np.object_]
"""The cells of one column as the file gave them: text, float, int, bool, date; "" is blank."""


class Percent(float):
    """A number whose cell shows it as a percentage: 1.2 stands there as 120 %."""

    def text(self) -> str:
        """Return what stands there: ``120%``, exactly the number."""
        return f"{Decimal(repr(float(self))).scaleb(2).normalize():f}%"


@dataclass(frozen=True)
class Reading:
    """How the cells of this input are read."""

    decimal: str = "point"
    """point or comma: the decimal mark of numbers written as text."""
    currency: str = "CNY"
    """The home currency, accepted as a word for money."""
    worth: float = 1.0
    """Home money in one unit of money: 1, 1,000 or 10,000 (setting money_unit)."""
    date1904: bool = False
    """Whether day numbers count from 1904."""
    lead_unit: str = "day"
    """day or period: the unit of lead times."""
    trim: bool = True
    """Whether empty period columns at the end of Demand are left out of the horizon."""


@dataclass(frozen=True)
class Fault:
    """One kind of fault in a column, at one value or several."""

    code: str
    at: NDArray[np.int64]
    """Positions in the column."""
    value: object = None
    """What stands there; None = each cell its own."""
    values: dict[str, object] = field(default_factory=dict)
    """What the sentence tells."""
    each: bool = False
    """Whether every cell is told by itself."""


def positions_of(cells: Cells, *wanted: type) -> dict[type, NDArray[np.int64]]:
    """Return the positions of every Python type among the cells that is one of ``wanted``."""
    listed = cells.tolist()
    present = set(map(type, listed))
    if len(present) == 1:
        everywhere = np.arange(len(cells), dtype=np.int64)
        return {one: everywhere for one in present if issubclass(one, wanted)}
    kinds = list(map(type, listed))
    return {
        one: np.flatnonzero(np.fromiter((kind is one for kind in kinds), np.bool_, len(kinds)))
        for one in present
        if issubclass(one, wanted)
    }


def plain_numbers(cells: Cells) -> NDArray[np.bool_]:
    """Return which cells are numbers (True and False are not)."""
    found = np.zeros(len(cells), dtype=np.bool_)
    for one, at in positions_of(cells, int, float, np.number).items():
        if one is not bool:
            found[at] = True
    return found


def percents(cells: Cells) -> NDArray[np.int64]:
    """Return the positions of numbers that their cells show as percentages."""
    return _joined(positions_of(cells, Percent))


def texts(cells: Cells) -> NDArray[np.int64]:
    """Return the positions of texts that are not blank."""
    at = np.sort(_joined(positions_of(cells, str)))
    filled: NDArray[np.int64] = at[cells[at] != ""]
    return filled


def dates(cells: Cells) -> NDArray[np.int64]:
    """Return the positions of dates, times and durations."""
    return _joined(positions_of(cells, dt.date, dt.time, dt.timedelta))


def booleans(cells: Cells) -> NDArray[np.int64]:
    """Return the positions of TRUE and FALSE."""
    return _joined(positions_of(cells, bool, np.bool_))


def _joined(found: dict[type, NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(0, dtype=np.int64), *found.values()])


def distinct(cells: Cells, at: NDArray[np.int64]) -> Iterator[tuple[object, NDArray[np.int64]]]:
    """Go through the distinct values at some positions, each with its positions."""
    if not len(at):
        return
    codes, values = pd.factorize(cells[at])
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=len(values)))
    start = 0
    for value, end in zip(values, ends, strict=True):
        yield value, at[order[start:end]]
        start = int(end)
