"""Names of periods: dates, weeks, months, and numbered names such as ``W1``."""

import re
from dataclasses import dataclass

import numpy as np

from tierstock.inputs.network import Dates, Ints, Texts

DAY, WEEK, MONTH, SERIAL = "day", "week", "month", "serial"
NO_DATE = np.datetime64("NaT", "D")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]\d{1,2}:\d{2}.*)?")
_WEEK = re.compile(r"(\d{4})[- ]?[Ww第](\d{1,2})周?")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
_SERIAL = re.compile(r"\d{5}")
_NUMBERED = re.compile(r"(.*?)(\d+)(\D*)")
_AS_TEXT = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_WEEKS = ("w", "wk", "week", "weekno", "kw", "cw", "周", "第周")
_MONTHS = ("m", "mon", "month", "月", "第月")
_EXCEL_ZERO = np.datetime64("1899-12-30", "D")
_SERIALS = range(36526, 73051)
"""Excel's numbers for the days of the years 2000 to 2099."""


@dataclass(frozen=True)
class NamedDate:
    """A period name read as a date: its first day and how it was written."""

    day: np.datetime64
    kind: str


def named_date(name: str) -> NamedDate | None:
    """First day of a dated period name, or None for a name that is no date.

    Dates ``2026-01-05`` and ``2026/1/5``, Excel day numbers, ISO weeks ``2026-W03`` (their
    Monday) and months ``2026-03`` (their first day) are dates.

    >>> str(named_date("2026-W03").day)
    '2026-01-12'
    >>> named_date("W3") is None
    True
    """
    text = name.strip()
    if match := _DATE.fullmatch(text):
        return _made(f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}", DAY)
    if match := _WEEK.fullmatch(text):
        return _week(int(match[1]), int(match[2]))
    if match := _MONTH.fullmatch(text):
        return _made(f"{match[1]}-{int(match[2]):02d}-01", MONTH)
    if _SERIAL.fullmatch(text) and int(text) in _SERIALS:
        return NamedDate(_EXCEL_ZERO + np.timedelta64(int(text), "D"), SERIAL)
    return None


def date_as_text(name: str) -> str:
    """How to write a date typed as text with the year last; blank where it is none.

    Where both orders are possible the day is taken to come first.

    >>> date_as_text("02/03/2026"), date_as_text("02/13/2026"), date_as_text("W3")
    ('2026-03-02', '2026-02-13', '')
    """
    found = _AS_TEXT.fullmatch(name.strip())
    if found is None:
        return ""
    for month, day in ((found[2], found[1]), (found[1], found[2])):
        made = _made(f"{found[3]}-{int(month):02d}-{int(day):02d}", DAY)
        if made is not None:
            return str(made.day)
    return ""


def _made(iso: str, kind: str) -> NamedDate | None:
    try:
        return NamedDate(np.datetime64(iso, "D"), kind)
    except ValueError:
        return None


def _week(year: int, week: int) -> NamedDate | None:
    if not 1 <= week <= 53:
        return None
    fourth = np.datetime64(f"{year}-01-04", "D")
    monday = fourth - _weekday(np.asarray([fourth]))[0]
    return NamedDate(monday + np.timedelta64(7 * (week - 1), "D"), WEEK)


def _weekday(days: Dates) -> "np.ndarray[tuple[int], np.dtype[np.timedelta64]]":
    """Days since Monday, as a length of time."""
    number = (days.astype("datetime64[D]").astype(np.int64) + 3) % 7
    return number.astype("timedelta64[D]")


def weekday(days: Dates) -> Ints:
    """Days since Monday of every date: 0 for Monday, 6 for Sunday."""
    return _weekday(days).astype(np.int64)


def iso_week_names(days: Dates) -> list[str]:
    """ISO week of every date, written ``2026-W03``."""
    thursday = days.astype("datetime64[D]") - _weekday(days) + np.timedelta64(3, "D")
    year = thursday.astype("datetime64[Y]")
    week = (thursday - year.astype("datetime64[D]")).astype(np.int64) // 7 + 1
    return [f"{y}-W{w:02d}" for y, w in zip(year.astype(str), week, strict=True)]


@dataclass(frozen=True)
class Numbered:
    """Undated names ``W1, W2, W4`` as a row of numbers without gaps."""

    prefix: str
    suffix: str
    width: int
    written: dict[int, str]
    """Name of every number that was written."""

    @property
    def bucket(self) -> str:
        """week or month where the names say so; else blank."""
        word = re.sub(r"[\s._-]", "", self.prefix + self.suffix).casefold()
        if word in _WEEKS:
            return "week"
        return "month" if word in _MONTHS else ""

    @property
    def first(self) -> int:
        """Smallest number."""
        return min(self.written)

    @property
    def last(self) -> int:
        """Largest number."""
        return max(self.written)

    def name(self, number: int) -> str:
        """Name of one number: as written, else padded as the planner pads."""
        return self.written.get(number, f"{self.prefix}{number:0{self.width}d}{self.suffix}")


def numbered(names: Texts) -> Numbered | None:
    """Common prefix and range of undated names; None when they do not make one row of numbers.

    >>> numbered(np.array(["W1", "W2", "W10"], dtype=object)).last
    10
    """
    matches = [_NUMBERED.fullmatch(name.strip()) for name in names]
    found = [match for match in matches if match is not None]
    if len(found) < len(matches) or not found:
        return None
    if len({(match[1].casefold(), match[3].casefold()) for match in found}) > 1:
        return None
    written = {int(match[2]): match[0] for match in reversed(found)}
    padded = [len(match[2]) for match in found if match[2].startswith("0") and len(match[2]) > 1]
    width = max(padded, default=1)
    return Numbered(found[0][1], found[0][3], width, written)
