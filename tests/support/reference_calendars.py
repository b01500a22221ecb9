"""Days on which places work and lanes depart, read a second time, day by day (F16)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Calendars:
    """What a study says about single days; periods are numbered 0, 1, ..., T = afterwards."""

    locations: dict[str, Row]
    start: list[date]
    working: list[float]
    T: int

    def rows(self, sheet: str) -> list[Row]:
        raise NotImplementedError

    def days_of(self, t: int) -> Iterator[date]:
        day = self.start[t]
        while day < self.start[t + 1]:
            yield day
            day += timedelta(days=1)

    def on(self, name: str, day: date) -> float | None:
        """Factor of a day in a calendar; None = closed."""
        spans = []
        for row in self.rows("Calendars"):
            if row["Calendar"] == name:
                first = date.fromisoformat(row["Date From"])
                last = date.fromisoformat(row.get("Date To") or row["Date From"])
                factor = 1.0 if row.get("Factor") is None else row["Factor"]
                spans.append(((last - first).days, first, last, row["Open"] == "Y", factor))
        for _, first, last, is_open, factor in sorted(spans):
            if first <= day <= last:
                return factor if is_open else None
        return None if all(span[3] and span[4] == 1.0 for span in spans) else 1.0

    def works(self, place: str, t: int) -> bool:
        """Whether a place has an open day in a period; after the horizon it has."""
        name = self.locations[place].get("Calendar")
        if t >= self.T or not name:
            return True
        return any(self.on(name, day) is not None for day in self.days_of(t))

    def working_days(self, place: str, t: int, name: str | None = None) -> float:
        """Days by which a limit per day is multiplied."""
        name = name or self.locations[place].get("Calendar")
        if not name:
            return self.working[t]
        return sum(self.on(name, day) or 0.0 for day in self.days_of(t))

    def departs(self, rows: list[Row], t: int) -> bool:
        """Whether a lane has a departure day in a period on which its origin works."""
        text = next((row["Departure Days"] for row in rows if row.get("Departure Days")), None)
        rest = self.locations[rows[0]["From"]].get("Calendar")
        named = {row["Calendar"] for row in self.rows("Calendars")}
        for day in self.days_of(t):
            if rest and self.on(rest, day) is None:
                continue
            if text is None:
                return True
            if text in named and self.on(text, day) is not None:
                return True
            if text not in named and WEEKDAYS[day.weekday()] in text.split(","):
                return True
        return False
