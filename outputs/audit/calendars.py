"""Days on which places, lanes and limits work (sheet Calendars, F16, rulings 12 and 24)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tierstock.outputs.audit.horizon import WEEKDAYS, Horizon
from tierstock.outputs.audit.values import bare, day, flag
from tierstock.outputs.audit.words import Record, words

EVERY_DAY = ("", "all", "*", "daily", "每天", "全部", "不限")
CHINESE = "一二三四五六日"


@dataclass(frozen=True)
class Span:
    """One row of Calendars."""

    first: date
    last: date
    is_open: bool
    factor: float


class Calendars:
    """Calendars by folded name; of rows that overlap the shortest counts."""

    def __init__(self, rows: list[Record], horizon: Horizon) -> None:
        """Read the rows, the shortest first."""
        self.horizon = horizon
        self.spans: dict[str, list[Span]] = {}
        for row in rows:
            first = day(row.text("Date From"))
            if first is None:
                continue
            last = day(row.text("Date To")) or first
            span = Span(first, last, flag(row.text("Open"), True), row.number("Factor", 1.0))
            self.spans.setdefault(bare(row.text("Calendar")), []).append(span)
        for spans in self.spans.values():
            spans.sort(key=lambda span: span.last - span.first)

    def factor(self, name: str, when: date) -> float | None:
        """Return the factor of a day, None where it is closed.

        Days no row names are open, unless all rows of the calendar only name open days.
        """
        spans = self.spans[bare(name)]
        for span in spans:
            if span.first <= when <= span.last:
                return span.factor if span.is_open else None
        return None if all(s.is_open and s.factor == 1.0 for s in spans) else 1.0

    def days(self, t: int) -> list[date]:
        """Return the days of a period."""
        start = self.horizon.starts[t]
        return [start + timedelta(days=k) for k in range(int(self.horizon.days[t]))]

    def open_days(self, name: str, t: int) -> list[date]:
        """Return the days of a period on which a calendar is open; all for a blank."""
        if not name:
            return self.days(t)
        return [when for when in self.days(t) if self.factor(name, when) is not None]

    def working(self, name: str, t: int) -> float:
        """Return the working days of a period, each times its factor."""
        if not name:
            return self.horizon.working[t]
        return sum(self.factor(name, when) or 0.0 for when in self.days(t))

    def departs(self, text: str, calendar: str, t: int) -> bool:
        """Tell whether any departure day of a period is an open day of a calendar."""
        if bare(text) in EVERY_DAY:
            return True
        if bare(text) in self.spans:
            leaving = self.open_days(text, t)
        else:
            chosen = weekdays(text)
            leaving = [when for when in self.days(t) if when.weekday() in chosen]
        working = self.open_days(calendar, t)
        return any(when in working for when in leaving)


def weekdays(text: str) -> set[int]:
    """Return weekdays from 0 = Monday: ``Mon,Thu``, ``Mon-Fri``, ``周一至周五``, ``周一三五``."""
    plain = re.sub(r"\s*(?:-|–|~|～|至|到|\.\.)\s*", "-", text.strip())
    found: set[int] = set()
    for part in filter(None, re.split(r"[,，、;；/\s]+", plain)):
        first, mark, last = part.partition("-")
        if mark:
            begin, end = _named(first)[0], _named(last)[0]
            found |= {(begin + k) % 7 for k in range((end - begin) % 7 + 1)}
        else:
            found |= set(_named(first))
    return found


def _named(word: str) -> list[int]:
    """Return the weekdays a word names."""
    english = words().choice(word).lower()[:3]
    if english in WEEKDAYS:
        return [WEEKDAYS.index(english)]
    marks = re.sub("^(周|星期|礼拜)", "", word).replace("天", "日")
    return [CHINESE.index(mark) for mark in marks]
