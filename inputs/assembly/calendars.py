"""Calendars: the days on which places, lanes and limits work (F16, rulings 12 and 24)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.assembly.periods import ONE_DAY, WEEK_DAYS
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Dates, Flags, Floats, Periods
from tierstock.inputs.reading.cell_texts import read_choice
from tierstock.inputs.reading.headings import nearest
from tierstock.inputs.schema import fold
from tierstock.inputs.tables import Table

EVERY_DAY = ("", "all", "*", "daily", "每天", "全部", "不限")
"""What stands in Departure Days when a lane departs on every day."""
_WEEK = tuple(day.title() for day in WEEK_DAYS)
_DAYS_OF_WEEK = "一二三四五六日"
_SEPARATORS = re.compile(r"[,，、;；/\s]+")
_RANGE = re.compile(r"\s*(?:-|–|~|～|至|到|\.\.)\s*")
_CHINESE = re.compile(r"(?:周|星期|礼拜)?([一二三四五六日天]+)")


@dataclass(frozen=True)
class Calendars:
    """Calendars over the days of the horizon."""

    names: dict[str, int]
    """Number of every calendar by its folded name."""
    spelled: tuple[str, ...]
    """[C] names as the planner wrote them."""
    open: Flags
    """[C, D] days on which the calendar is open."""
    factor: Floats
    """[C, D] capacity factor of the day."""
    day: Dates
    """[D] days of the horizon."""
    period: NDArray[np.int64]
    """[D] period of the day."""
    periods: int

    def days(self, name: str) -> Flags:
        """[D] open days of a calendar; every day for a blank or an unknown name."""
        at = self.names.get(fold(name), -1)
        return self.open[at] if name and at >= 0 else np.ones(len(self.day), dtype=bool)

    def knows(self, name: str) -> bool:
        """Return whether there is a calendar of that name."""
        return fold(name) in self.names

    def working(self, name: str) -> Floats:
        """[T] open days of a calendar that exists, each times its factor."""
        at = self.names[fold(name)]
        weight = self.open[at] * self.factor[at]
        return np.bincount(self.period, weight, minlength=self.periods).astype(np.float64)

    def any_day(self, days: Flags) -> Flags:
        """[T] whether any of the marked days [D] falls in each period."""
        return np.bincount(self.period, days, minlength=self.periods) > 0

    def departures(self, text: str) -> Flags | None:
        """[D] days of a Departure Days cell: weekdays, or a calendar; None where it is neither."""
        if fold(text) in EVERY_DAY:
            return np.ones(len(self.day), dtype=bool)
        if self.knows(text):
            return self.days(text)
        chosen = weekdays(text)
        if chosen is None:
            return None
        since_monday = (self.day.astype(np.int64) + 3) % 7
        return np.asarray(np.isin(since_monday, sorted(chosen)))


def weekdays(text: str) -> frozenset[int] | None:
    """Return weekdays from 0 = Monday of ``Mon,Thu``, ``Mon-Fri``, ``周一,周四``, ``周一至周五``.

    None where a word of it is no weekday.

    >>> sorted(weekdays("Fri-Mon")), sorted(weekdays("周一三五")), weekdays("Mon,x")
    ([0, 4, 5, 6], [0, 2, 4], None)
    """
    found: set[int] = set()
    for part in filter(None, _SEPARATORS.split(_RANGE.sub("-", text.strip()))):
        ends = [_weekday(word) for word in part.split("-")]
        if len(ends) == 1 and ends[0]:
            found.update(ends[0])
        elif len(ends) == 2 and all(len(end) == 1 for end in ends):
            first, last = ends[0][0], ends[1][0]
            found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
        else:
            return None
    return frozenset(found) or None


def _weekday(word: str) -> list[int]:
    """Numbers of the weekdays a word names, empty where it names none; ``周一三`` names two."""
    known = read_choice(word, _WEEK)
    if known is not None:
        return [_WEEK.index(known)]
    marks = _CHINESE.fullmatch(word)
    return [_DAYS_OF_WEEK.index(mark.replace("天", "日")) for mark in marks[1]] if marks else []


def build_calendars(table: Table, periods: Periods, findings: Findings) -> Calendars:
    """Read the sheet Calendars.

    Of rows that overlap, the one over fewer days counts. Days that no row names are open, with
    factor 1; only where all rows of a calendar merely name open days, those are all there are.

    Args:
        table: the sheet.
        periods: the time buckets, without gaps.
        findings: takes rows that end before they begin, factors of closed days, rows of one
            length that contradict each other, and how days without a row are taken.
    """
    frame = table.frame
    first, last = (frame[f].to_numpy().astype("datetime64[D]") for f in ("date_from", "date_to"))
    last = np.where(np.isnat(last), first, last)
    opens = frame["open"].to_numpy(np.float64) != 0.0
    factor = frame["factor"].to_numpy(np.float64)
    known = ~np.isnat(first) & (frame["calendar"] != "").to_numpy()
    backwards = known & (last < first)
    findings.add("period-backwards", table=table, index=np.flatnonzero(backwards), field="date_to")
    useless = known & ~opens & ~np.isnan(factor) & (factor != 0.0)
    findings.add("closed-factor", table=table, index=np.flatnonzero(useless), field="factor")
    rows = np.flatnonzero(known & ~backwards)
    numbers = [fold(name) for name in frame["calendar"]]
    spelled = {numbers[row]: str(frame["calendar"].iat[row]) for row in rows[::-1].tolist()}
    names = {name: at for at, name in enumerate(spelled)}
    day = np.arange(periods.start[0], periods.end[-1] + ONE_DAY, ONE_DAY).astype("datetime64[D]")
    grid = _Grid(table, first, last, opens, np.where(np.isnan(factor), 1.0, factor), day, findings)
    made = [grid.calendar([r for r in rows.tolist() if numbers[r] == name]) for name in names]
    shape = (len(names), len(day))
    return Calendars(
        names,
        tuple(spelled.values()),
        np.array([one[0] for one in made], dtype=bool).reshape(shape),
        np.array([one[1] for one in made], dtype=np.float64).reshape(shape),
        day,
        np.searchsorted(periods.start.astype("datetime64[D]"), day, side="right") - 1,
        len(periods),
    )


@dataclass(frozen=True)
class _Grid:
    """The rows of Calendars over the days of the horizon."""

    table: Table
    first: Dates
    last: Dates
    opens: Flags
    factor: Floats
    day: Dates
    findings: Findings

    def calendar(self, rows: Iterable[int]) -> tuple[Flags, Floats]:
        """Open days and factors of one calendar, [D]; the longest row first, the shortest wins."""
        order = sorted(rows, key=lambda row: (self.first[row] - self.last[row], row))
        listed = all(self.opens[row] and self.factor[row] == 1.0 for row in order)
        if listed:
            self.findings.add("calendar-lists-open", table=self.table, index=order[0])
        is_open = np.full(len(self.day), not listed)
        factor, owner = np.ones(len(self.day)), np.full(len(self.day), -1, dtype=np.int64)
        for row in order:
            here = (self.day >= self.first[row]) & (self.day <= self.last[row])
            self._clash(row, owner[here], is_open[here], factor[here])
            is_open[here], factor[here], owner[here] = self.opens[row], self.factor[row], row
        return is_open, factor

    def _clash(self, row: int, owner: NDArray[np.int64], is_open: Flags, factor: Floats) -> None:
        """Rows of one length that say different things of one day."""
        span = self.last - self.first
        differs = (is_open != self.opens[row]) | (self.opens[row] & (factor != self.factor[row]))
        wrong = (owner >= 0) & (span[owner] == span[row]) & differs
        if wrong.any():
            other = int(owner[wrong][0])
            self.findings.add(
                "calendar-overlap",
                table=self.table,
                index=row,
                field="date_from",
                other=self.table.cell(other, "date_from"),
            )


def unknown_departures(table: Table, calendars: Calendars, findings: Findings) -> None:
    """Say which cells of Departure Days are neither weekdays nor a calendar, or no day at all."""
    texts = table.frame["departure_days"]
    for text in filter(None, dict.fromkeys(texts)):
        days = calendars.departures(text)
        rows = np.flatnonzero(texts == text)
        if days is None:
            near = nearest(text, [*calendars.spelled, *_WEEK])
            findings.add(
                "unknown-departure", table=table, index=rows, field="departure_days", nearest=near
            )
        elif not days.any():
            findings.add("no-departure", table=table, index=rows, field="departure_days")
