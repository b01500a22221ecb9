"""The periods of a study: from the Periods sheet, else from Demand and Settings (ruling 16)."""

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.period_names import (
    DAY,
    MONTH,
    SERIAL,
    NamedDate,
    date_as_text,
    numbered,
)
from tierstock.inputs.assembly.periods import (
    ONE_DAY,
    calendar,
    dated,
    from_bounds,
    read_names,
    snap,
    undated,
)
from tierstock.inputs.findings import Both, Findings
from tierstock.inputs.network import Dates, Periods
from tierstock.inputs.schema import say
from tierstock.inputs.settings import Settings
from tierstock.inputs.tables import Table, Tables

CALLED = {"week": ("weeks", "周"), "month": ("months", "月")}
FIRST_DAY = np.datetime64("2026-01-05", "D")
"""First day of undated periods, a Monday."""
USUAL_COUNT = 13
MOST_PERIODS = 5000


def build_periods(tables: Tables, settings: Settings, findings: Findings) -> Periods | None:
    """Return the buckets of the horizon; None when they cannot be known (a finding says why)."""
    if tables.has("Periods"):
        return _from_sheet(tables.table("Periods"), settings, findings)
    demand = tables.table("Demand")
    names = pd.unique(demand.frame["period"])
    names = names[names != ""]
    read = read_names(names)
    texts = [name for name in names if date_as_text(str(name))]
    if texts:
        rows = np.flatnonzero(demand.frame["period"].isin(texts))
        near = date_as_text(str(texts[0]))
        findings.add("period-text-date", table=demand, index=rows, field="period", nearest=near)
        return None
    if all(day is None for day in read) and len(names):
        return _numbered(demand, names, settings, findings)
    if any(day is None for day in read):
        odd = names[[day is None for day in read]]
        rows = np.flatnonzero(demand.frame["period"].isin(odd))
        findings.add("period-mixed", table=demand, index=rows, field="period")
        return None
    return _dated([day for day in read if day is not None], settings, findings)


def _dated(names: list[NamedDate], settings: Settings, findings: Findings) -> Periods | None:
    """Buckets that cover the dates of Demand."""
    kinds = {name.kind for name in names}
    bucket = settings.bucket or ("month" if kinds == {MONTH} else "week")
    days = np.asarray([name.day for name in names], dtype="datetime64[D]")
    first = settings.start_date
    if first is None:
        first = snap(days.min() if len(days) else FIRST_DAY, bucket, settings.week_start)
    first = first.astype("datetime64[D]")
    count = settings.periods or USUAL_COUNT
    if settings.periods is None and len(days):
        count = _count_to(days.max(), first, bucket, settings.week_start)
        if not 0 < count <= MOST_PERIODS:
            findings.add("horizon-length", sheet="Settings", first=str(first), last=str(days.max()))
            return None
    written = days if kinds and kinds <= {DAY, SERIAL} else None
    edges = calendar(first, bucket, count, settings.week_start)
    return dated(edges, bucket, settings.week_start, written)


def _count_to(last: np.datetime64, first: np.datetime64, bucket: str, week_start: str) -> int:
    """Number of buckets from ``first`` to the one that holds ``last``."""
    if last < first:
        return 0
    most = int((last - first).astype(np.int64)) + 1
    if most > 31 * MOST_PERIODS:
        return most
    edges = calendar(first, bucket, most, week_start)
    return int(np.searchsorted(edges, last, side="right"))


def _numbered(
    demand: Table,
    names: "np.ndarray[tuple[int], np.dtype[np.object_]]",
    settings: Settings,
    findings: Findings,
) -> Periods | None:
    """Buckets for names such as 1, 2, 3: one day each unless a bucket is set."""
    row = numbered(names)
    if row is None or row.last - row.first >= MOST_PERIODS:
        rows = np.flatnonzero(demand.frame["period"].isin(names))
        findings.add("period-not-numbered", table=demand, index=rows[:1], field="period")
        return None
    bucket = settings.bucket or "day"
    called = "" if settings.bucket else row.bucket
    if called:
        findings.add(
            "periods-as-days",
            table=demand,
            index=np.flatnonzero(demand.frame["period"] == names[0])[:1],
            field="period",
            called=Both(*CALLED[called]),
            bucket=Both(called, say(called, "zh")),
        )
    first = settings.start_date
    if first is None:
        first = snap(FIRST_DAY, bucket, settings.week_start)
    count = settings.periods or row.last - row.first + 1
    return undated(row, calendar(first.astype("datetime64[D]"), bucket, count, settings.week_start))


def _from_sheet(table: Table, settings: Settings, findings: Findings) -> Periods | None:
    """Buckets of the Periods sheet in time order, cut to Settings start_date and periods."""
    frame = table.frame
    order = np.argsort(frame["start_date"].to_numpy(), kind="stable")
    start = frame["start_date"].to_numpy().astype("datetime64[D]")[order]
    end = frame["end_date"].to_numpy().astype("datetime64[D]")[order]
    if np.isnat(start).any():
        return None
    end = _ends(start, end, settings.bucket or "week")
    wrong = np.flatnonzero(end < start)
    findings.add("period-backwards", table=table, index=order[wrong], field="end_date")
    apart = np.flatnonzero(end[:-1] + ONE_DAY != start[1:])
    findings.add("period-gap", table=table, index=order[apart + 1], field="start_date")
    if len(wrong) or len(apart):
        return None
    names = np.asarray([str(name).strip() for name in frame["period"].to_numpy()[order]], object)
    working = frame["working_days"].to_numpy(np.float64)[order]
    kept = _cut(start, settings, findings)
    if kept is None:
        return None
    return from_bounds(names[kept], start[kept], end[kept], working[kept])


def _ends(start: Dates, end: Dates, bucket: str) -> Dates:
    """Last days: as stated, else the day before the next start, else as long as the one before."""
    following = np.append(start[1:], np.datetime64("NaT", "D"))
    if len(start) > 1:
        whole_months = bool((start == start.astype("datetime64[M]").astype("datetime64[D]")).all())
        long = start[-1] - start[-2]
        following[-1] = start[-1] + long
        if whole_months and long > 27 * ONE_DAY:
            following[-1] = calendar(start[-1], "month", 1, "mon")[1]
    else:
        following[-1] = calendar(start[-1], bucket, 1, "mon")[1]
        if bucket == "week":
            following[-1] = start[-1] + 7 * ONE_DAY
    return np.where(np.isnat(end), following - ONE_DAY, end)


def _cut(start: Dates, settings: Settings, findings: Findings) -> slice | None:
    """Rows of the Periods sheet inside the horizon of Settings."""
    first = 0
    if settings.start_date is not None:
        day = settings.start_date.astype("datetime64[D]")
        first = int(np.searchsorted(start, day))
        if first == len(start) or start[first] != day:
            findings.add("start-not-a-period", sheet="Settings", value=str(day))
            return None
    count = settings.periods or len(start) - first
    if first + count > len(start):
        findings.add("too-few-periods", sheet="Settings", value=count, have=len(start) - first)
        return None
    return slice(first, first + count)
