"""Periods of the plan, and lead times in whole periods (rulings 16 and 17)."""

import calendar as days_of
import math
import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from tierstock.outputs.audit.values import bare, day
from tierstock.outputs.audit.words import Record, Table

FIRST = date(2026, 1, 5)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass
class Horizon:
    """Time buckets in order."""

    ids: list[str]
    starts: list[date]
    ends: list[date]
    working: list[float]
    rounding: str = "auto"
    whole: bool = False
    """Lead times are stated in whole periods."""

    def __post_init__(self) -> None:
        """Prepare the look-up of ids, and the starts and the day behind the last as numbers."""
        self.place = {bare(name): t for t, name in enumerate(self.ids)}
        self.days = [(e - s).days + 1 for s, e in zip(self.starts, self.ends, strict=True)]
        self.edges = [s.toordinal() for s in self.starts]
        self.behind = self.ends[-1].toordinal() + 1
        self.known: dict[tuple[int, float, bool], int] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def find(self, text: str) -> int | None:
        """Return the period of an id or a day; None outside the horizon."""
        if bare(text) in self.place:
            return self.place[bare(text)]
        found = named_day(text)
        return None if found is None else self.of_day(found[0])

    def of_day(self, when: date) -> int | None:
        """Return the period a day falls in; None outside the horizon."""
        t = bisect_right(self.edges, when.toordinal()) - 1
        return t if t >= 0 and when <= self.ends[t] else None

    def span(self, word: str) -> tuple[date, date]:
        """Return first and last day of an id, a date, a week or a month."""
        if bare(word) in self.place:
            t = self.place[bare(word)]
            return self.starts[t], self.ends[t]
        found = named_day(word)
        if found is None:
            return date.max, date.min
        last = found[0] + timedelta(days=6 if found[1] == "week" else 0)
        if found[1] == "month":
            length = days_of.monthrange(last.year, last.month)[1]
            last = last.replace(day=length)
        return found[0], last

    def arrival(self, t: int, lead: float, *, in_days: bool = False) -> int:
        """Return the period in which goods shipped in t arrive; ``len`` = after the horizon.

        ``in_days``: the lead is stated in days whatever the unit of lead times.

        Nearest start to start(t) + lead, a tie to the later one (auto, round); first start not
        before it (ceil); last not after it (floor); never before t; 0 stays 0.
        """
        key = (t, lead, in_days)
        if key not in self.known:
            self.known[key] = self._arrival(*key)
        return self.known[key]

    def _arrival(self, t: int, lead: float, in_days: bool) -> int:
        if self.whole and not in_days:
            return min(t + math.floor(max(lead, 0.0) + 0.5), len(self))
        edges = [*self.edges, self.behind]
        due = self.edges[t] + lead
        after = bisect_right(edges, due)  # first start later than due
        before = after - 1
        if after >= len(edges):
            return len(self)
        if self.rounding == "floor":
            found = before
        elif self.rounding == "ceil":
            found = before if edges[before] >= due - 1e-9 else after
        else:
            found = after if edges[after] - due <= due - edges[before] + 1e-9 else before
        return max(found, t)

    def whole_days(self, t: int, count: float) -> float:
        """Return the days from the start of t to the start of the period ``count`` later."""
        end = t + int(max(count, 0))
        known, inside = [*self.edges, self.behind], min(end, len(self))
        return float(known[inside] - known[t] + (end - inside) * self.days[-1])

    def inside(self, t: int, first: date | None, last: date | None) -> bool:
        """Tell whether the first day of a period lies in a window; None = open."""
        start = self.starts[t]
        return (first is None or start >= first) and (last is None or start <= last)


def build_horizon(tables: dict[str, Table], settings: dict[str, str]) -> Horizon:
    """Return the periods of the Periods sheet, else of the settings and the Demand sheet."""
    rounding = settings.get("lead_time_rounding", "auto")
    whole = settings.get("lead_time_unit", "day") == "period"
    rows = tables["Periods"].records() if "Periods" in tables else []
    if rows:
        found = _stated(rows, settings)
    else:
        found = _built(tables["Demand"], settings)
    return Horizon(*found, rounding, whole)


Parts = tuple[list[str], list[date], list[date], list[float]]


def _stated(rows: list[Record], settings: dict[str, str]) -> Parts:
    """Return the rows of the Periods sheet in time order, cut to start_date and periods."""
    dated = sorted(((day(r.text("Start Date")) or FIRST, r) for r in rows), key=lambda p: p[0])
    starts = [start for start, _ in dated]
    after = starts[-1] + timedelta(days=7)
    if len(starts) > 1:
        after = starts[-1] + (starts[-1] - starts[-2])
        if all(s.day == 1 for s in starts):
            after = _edges(starts[-1], "month", 1, settings)[1]
    elif settings.get("bucket") in ("month", "day"):
        after = _edges(starts[-1], settings["bucket"], 1, settings)[1]
    following = [*starts[1:], after]
    ends = [
        day(row.text("End Date")) or then - timedelta(days=1)
        for (_, row), then in zip(dated, following, strict=True)
    ]
    spans = [(e - s).days + 1 for s, e in zip(starts, ends, strict=True)]
    working = [r.number("Working Days", n) for (_, r), n in zip(dated, spans, strict=True)]
    ids = [r.text("Period") for _, r in dated]
    first = day(settings.get("start_date", ""))
    low = starts.index(first) if first else 0
    kept = slice(low, low + int(float(settings.get("periods") or len(ids))))
    return ids[kept], starts[kept], ends[kept], working[kept]


def demand_periods(demand: Table, settings: dict[str, str]) -> list[str]:
    """Return the periods named in Demand: its Period column, or its headers that are no column.

    A sheet without rows names none. Headers at the end without a single quantity do not count,
    unless the number of periods is stated.
    """
    if not demand.records():
        return []
    if "Period" in demand.texts:
        return list(dict.fromkeys(text for text in demand.texts["Period"] if text))
    if settings.get("periods"):
        return list(demand.unknown)
    filled = [any(text.strip() for text in demand.texts[name]) for name in demand.unknown]
    last = max((number for number, one in enumerate(filled, start=1) if one), default=len(filled))
    return demand.unknown[:last]


def named_day(name: str) -> tuple[date, str] | None:
    """Return the first day of a dated period name and how it is written; None for no date."""
    if found := re.fullmatch(r"(\d{4})[- ]?[Ww第](\d{1,2})周?", name.strip()):
        return date.fromisocalendar(int(found[1]), int(found[2]), 1), "week"
    if found := re.fullmatch(r"(\d{4})[-/.年](\d{1,2})月?", name.strip()):
        return date(int(found[1]), int(found[2]), 1), "month"
    when = day(name)
    return None if when is None else (when, "day")


def _built(demand: Table, settings: dict[str, str]) -> Parts:
    named = demand_periods(demand, settings)
    dated = [found for found in map(named_day, named) if found]
    if named and not dated:
        return _numbered(named, settings)
    return _dated(dated, settings)


def _numbered(named: list[str], settings: dict[str, str]) -> Parts:
    """Return undated periods, sorted by number, gaps filled; 1 day each unless stated."""
    found = [re.fullmatch(r"(.*?)(\d+)(\D*)", name.strip()) for name in named]
    parts = [m.groups() for m in found if m]
    padded = [len(n) for _, n, _ in parts if n.startswith("0")]
    width = max(padded, default=1)
    numbers = [int(n) for _, n, _ in parts]
    count = int(float(settings.get("periods") or max(numbers) - min(numbers) + 1))
    (before, _, behind), low = parts[0], min(numbers)
    ids = [f"{before}{low + k:0{width}d}{behind}" for k in range(count)]
    bucket = settings.get("bucket") or "day"
    start = day(settings.get("start_date", "")) or _snap(FIRST, bucket, settings)
    return _spans(ids, start, bucket, settings)


def _dated(dates: list[tuple[date, str]], settings: dict[str, str]) -> Parts:
    kinds = {kind for _, kind in dates}
    usual = "month" if kinds == {"month"} else "week"
    bucket = settings.get("bucket") or usual
    first = day(settings.get("start_date", ""))
    start = first or _snap(min(d for d, _ in dates) if dates else FIRST, bucket, settings)
    count = int(float(settings.get("periods") or 0))
    last = max((d for d, _ in dates), default=None)
    if not count and last:
        while _edges(start, bucket, count, settings)[-1] <= last:
            count += 1
    edges = _edges(start, bucket, count or 13, settings)[:-1]
    names = [edge.isoformat() for edge in edges]
    written = {d for d, kind in dates if kind == "day"}
    if bucket != "day" and not (written and written <= set(edges)):
        if bucket == "month":
            names = [name[:7] for name in names]
        elif _week_start(settings) == 0:
            weeks = [edge.isocalendar() for edge in edges]
            names = [f"{year}-W{week:02d}" for year, week, _ in weeks]
    return _spans(names, start, bucket, settings)


def _week_start(settings: dict[str, str]) -> int:
    return WEEKDAYS.index((settings.get("week_start") or "Mon").lower()[:3])


def _snap(start: date, bucket: str, settings: dict[str, str]) -> date:
    if bucket == "month":
        return start.replace(day=1)
    back = (start.weekday() - _week_start(settings)) % 7 if bucket == "week" else 0
    return start - timedelta(days=back)


def _edges(start: date, bucket: str, count: int, settings: dict[str, str]) -> list[date]:
    """Return first days of the buckets and of the one behind; only the first may be short."""
    edges = [start]
    for _ in range(count):
        last = _snap(edges[-1], bucket, settings)
        step = {"week": 7, "day": 1}.get(bucket) or days_of.monthrange(last.year, last.month)[1]
        edges.append(last + timedelta(days=step))
    return edges


def _spans(ids: list[str], start: date, bucket: str, settings: dict[str, str]) -> Parts:
    edges = _edges(start, bucket, len(ids), settings)
    spans = [float((b - a).days) for a, b in zip(edges, edges[1:], strict=False)]
    return ids, edges[:-1], [edge - timedelta(days=1) for edge in edges[1:]], spans
