"""Cells of date columns."""

import datetime as dt
import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.reading.cell_numbers import plain_text
from tierstock.inputs.reading.cell_parts import (
    Cells,
    Fault,
    Reading,
    booleans,
    distinct,
    plain_numbers,
    positions_of,
    texts,
)

FIRST_YEAR, LAST_YEAR = 1990, 2199
"""Years outside are slips."""

_EPOCH = dt.date(1899, 12, 30)
_EPOCH_1904 = dt.date(1904, 1, 1)
_YEAR_FIRST = re.compile(
    r"(\d{4})\s*([-/.年])\s*(\d{1,2})\s*(?:[-/.月])\s*(\d{1,2})\s*日?(?:[T\s]+(\d{1,2}:\d{2}.*))?",
    re.ASCII,
)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})", re.ASCII)
_MIDNIGHT = re.compile(r"0?0:00(?::00(?:\.0*)?)?Z?")


def day(year: int, month: int, number: int) -> dt.date | None:
    """Return a date; None where there is no such day or the year is a slip."""
    try:
        found = dt.date(year, month, number)
    except ValueError:
        return None
    return found if FIRST_YEAR <= year <= LAST_YEAR else None


def read_date(text: str) -> dt.date | None:
    """Return the date of a text: ``2026-01-05``, ``2026/1/5``, ``2026年1月5日``, ``20260105``.

    Other orders are never guessed: ``05/01/2026`` is None.
    """
    plain = plain_text(text)
    found = _YEAR_FIRST.fullmatch(plain)
    if found is not None:
        return day(int(found[1]), int(found[3]), int(found[4]))
    found = _DIGITS.fullmatch(plain)
    return day(int(found[1]), int(found[2]), int(found[3])) if found is not None else None


def has_time(text: str) -> bool:
    """Return whether a date is written with a time of day other than midnight."""
    found = _YEAR_FIRST.fullmatch(plain_text(text))
    return found is not None and bool(found[5]) and not _MIDNIGHT.fullmatch(found[5].strip())


def parse_dates(cells: Cells, reading: Reading) -> tuple[NDArray[np.datetime64], list[Fault]]:
    """Read the cells of a date column; blank and faulty cells become "not a time".

    Dates, day numbers of Excel and the texts of :func:`read_date` are understood. A time of day
    is dropped with a warning.
    """
    result = np.full(len(cells), np.datetime64("NaT", "ns"), dtype="datetime64[ns]")
    faults = _from_dates(cells, result)
    faults += _from_numbers(cells, result, reading)
    for value, at in distinct(cells, texts(cells)):
        found = read_date(str(value))
        if found is None:
            faults.append(_not_a_date(str(value), at))
            continue
        result[at] = np.datetime64(found, "ns")
        if has_time(str(value)):
            faults.append(Fault("time-dropped", at, value))
    for value, at in distinct(cells, booleans(cells)):
        faults.append(Fault("not-a-date", at, value))
    return result, faults


def _from_dates(cells: Cells, result: NDArray[np.datetime64]) -> list[Fault]:
    faults = []
    for one, at in positions_of(cells, dt.date, dt.time, dt.timedelta).items():
        if not issubclass(one, dt.date):
            faults += [Fault("not-a-date", where, value) for value, where in distinct(cells, at)]
            continue
        years = np.array([cell.year for cell in cells[at]])
        good = (years >= FIRST_YEAR) & (years <= LAST_YEAR)
        stamps = pd.to_datetime(pd.Series(cells[at[good]], dtype=object)).to_numpy("datetime64[ns]")
        days = stamps.astype("datetime64[D]").astype("datetime64[ns]")
        result[at[good]] = days
        if not good.all():
            faults.append(Fault("not-a-date", at[~good], each=False, value=cells[at[~good][0]]))
        timed = at[good][days != stamps]
        if len(timed):
            faults.append(Fault("time-dropped", timed, cells[timed[0]]))
    return faults


def _from_numbers(cells: Cells, result: NDArray[np.datetime64], reading: Reading) -> list[Fault]:
    """Read day numbers of Excel, and ``20260105`` typed as a number."""
    faults = []
    epoch = _EPOCH_1904 if reading.date1904 else _EPOCH
    for value, at in distinct(cells, np.flatnonzero(plain_numbers(cells))):
        number = float(str(value))
        found = read_date(str(int(number))) if 1e7 <= number < 1e8 else None
        if found is None and 0 < number < 200_000:
            near = epoch + dt.timedelta(days=int(number))
            found = day(near.year, near.month, near.day)
        if found is None:
            faults.append(Fault("not-a-date", at, value))
            continue
        result[at] = np.datetime64(found, "ns")
        if number % 1:
            faults.append(Fault("time-dropped", at, value))
    return faults


def _not_a_date(text: str, at: NDArray[np.int64]) -> Fault:
    """Return the fault of a text: ambiguous, turned round, or no date at all."""
    readings = _year_last(text)
    if len(set(readings)) == 2:
        values: dict[str, object] = {"one": readings[0], "other": readings[1]}
        return Fault("ambiguous-date", at, text, values)
    return Fault("not-a-date", at, text, {"nearest": readings[0] if readings else ""})


def either_day(text: str) -> list[dt.date]:
    """Return the two days a text such as ``5/1/2026`` may mean; none where it is not so.

    >>> [str(one) for one in either_day("5/1/2026")]
    ['2026-01-05', '2026-05-01']
    """
    readings = _year_last(text)
    return readings if len(set(readings)) == 2 else []


def _year_last(text: str) -> list[dt.date]:
    """Return the days a date with its year last can mean, the day before the month first."""
    found = _YEAR_LAST.fullmatch(plain_text(text))
    if found is None:
        return []
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    return [one for one in (day(year, second, first), day(year, first, second)) if one]
