"""Time: the buckets of the horizon, dates and names to buckets, lead times to whole buckets."""

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.period_names import (
    NO_DATE,
    NamedDate,
    Numbered,
    iso_week_names,
    named_date,
    weekday,
)
from tierstock.inputs.network import Dates, Floats, Ints, Periods, Texts

UNKNOWN, BEFORE = -2, -1
"""Results of ``locate_names`` for a name that is no period, and for a day before the horizon."""
LONGEST = 36500.0
"""Longer lead times, in days, count as this one."""
ONE_DAY = np.timedelta64(1, "D")
ONE_MONTH = np.timedelta64(1, "M")
WEEK_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def from_bounds(names: Texts, start: Dates, end: Dates, working_days: Floats) -> Periods:
    """Periods from their first and last days [T]; working days blank = calendar days."""
    days = (end - start).astype(np.float64) + 1.0
    working = np.where(np.isnan(working_days), days, working_days)
    return Periods(names, start, end, days, working)


def calendar(first: np.datetime64, bucket: str, count: int, week_start: str) -> Dates:
    """First days of ``count`` buckets and of the one after them, [count + 1].

    Weeks begin on ``week_start`` and months on their first day, so the first bucket may be short.
    """
    if bucket == "day":
        return first + np.arange(count + 1) * ONE_DAY
    if bucket == "week":
        gap = (WEEK_DAYS.index(week_start[:3].lower()) - weekday(np.asarray([first]))[0]) % 7
        later = first + ((gap or 7) + 7 * np.arange(count)) * ONE_DAY
    else:
        month = first.astype("datetime64[M]")
        later = (month + np.arange(1, count + 1) * ONE_MONTH).astype("datetime64[D]")
    return np.concatenate([np.asarray([first]), later])


def snap(day: np.datetime64, bucket: str, week_start: str) -> np.datetime64:
    """First day of the whole bucket that holds ``day``."""
    if bucket == "week":
        back = (weekday(np.asarray([day]))[0] - WEEK_DAYS.index(week_start[:3].lower())) % 7
        return np.datetime64(day - back * ONE_DAY)
    if bucket == "month":
        return np.datetime64(day.astype("datetime64[M]").astype("datetime64[D]"))
    return day


def dated(edges: Dates, bucket: str, week_start: str, written: Dates | None) -> Periods:
    """Periods named after their dates.

    Args:
        edges: first days, and the first day after the horizon, [T + 1].
        bucket: day, week or month.
        week_start: first day of a week, e.g. ``Mon``.
        written: dates by which the planner names whole buckets, or None where he does not.
    """
    start, end = edges[:-1], edges[1:] - ONE_DAY
    if bucket == "day" or (written is not None and bool(np.isin(written, start).all())):
        names = list(start.astype(str))
    elif bucket == "month":
        names = list(start.astype("datetime64[M]").astype(str))
    elif week_start[:3].lower() == "mon":
        names = iso_week_names(start)
    else:
        names = list(start.astype(str))
    blank = np.full(len(start), np.nan)
    return from_bounds(np.asarray(names, dtype=object), start, end, blank)


def undated(names: Numbered, edges: Dates) -> Periods:
    """Periods named ``W1, W2, …``; numbers nobody wrote are filled in, ruling 16."""
    count = len(edges) - 1
    ids = [names.name(number) for number in range(names.first, names.first + count)]
    return from_bounds(
        np.asarray(ids, dtype=object), edges[:-1], edges[1:] - ONE_DAY, np.full(count, np.nan)
    )


def after(periods: Periods) -> np.datetime64:
    """First day after the horizon."""
    return np.datetime64(periods.end[-1] + ONE_DAY)


def locate_dates(periods: Periods, dates: Dates) -> Ints:
    """Bucket of every date: -1 before the horizon, T after it; blank dates count as before."""
    days = dates.astype("datetime64[D]")
    place = np.searchsorted(periods.start, days, side="right") - 1
    place[days >= after(periods)] = len(periods)
    place[np.isnat(days)] = BEFORE
    return place.astype(np.int64)


def locate_names(periods: Periods, names: Texts) -> Ints:
    """Bucket of every period id or date, as ``locate_dates``; -2 for a name that is neither."""
    codes, unique = pd.factorize(names)
    ids = pd.Index([_plain(name) for name in periods.id])
    found = ids.get_indexer(pd.Index([_plain(name) for name in unique]))
    dates = np.full(len(unique), NO_DATE)
    for place in np.flatnonzero(found < 0):
        day = named_date(str(unique[place]))
        dates[place] = NO_DATE if day is None else day.day
    located = np.where(np.isnat(dates), UNKNOWN, locate_dates(periods, dates))
    return np.where(found >= 0, found, located)[codes].astype(np.int64)


def _plain(name: object) -> str:
    return str(name).strip().casefold()


def read_names(names: Texts) -> list[NamedDate | None]:
    """Every name as a date, None where it is none."""
    return [named_date(str(name)) for name in names]


def arrival(periods: Periods, days: Floats, rounding: str) -> Ints:
    """Arrival bucket of what leaves in bucket t and is ``days`` under way, ruling 17.

    Args:
        periods: the buckets.
        days: [X] lead times in days.
        rounding: auto or round (nearest start, a tie goes to the later one), ceil (first start
            not before), floor (last start not after).

    Returns:
        [X, T] buckets, never before t; T and more = after the horizon, where further buckets are
        taken as long as the last one.
    """
    unique, back = np.unique(np.minimum(days, LONGEST), return_inverse=True)
    offset = _offsets(periods, float(unique[-1]) if len(unique) else 0.0)
    target = offset[: len(periods)] + unique[:, None]
    last = np.searchsorted(offset, target + 1e-9, side="right") - 1
    if rounding == "floor":
        place = last
    elif rounding == "ceil":
        place = np.searchsorted(offset, target - 1e-9, side="left")
    else:
        nearer = offset[last + 1] - target <= target - offset[last] + 1e-9
        place = last + nearer
    now = np.arange(len(periods))
    place = np.where(unique[:, None] <= 0.0, now, np.maximum(place, now))
    return place.astype(np.int64)[back.reshape(-1)]


def leads(periods: Periods, lead: Floats, unit: str, rounding: str) -> Ints:
    """Whole buckets from shipping to arrival, [X, T], for lead times stated [X, T].

    Args:
        periods: the buckets.
        lead: lead time of what leaves in each bucket, in ``unit``.
        unit: ``day``, or ``period`` for whole buckets.
        rounding: as in ``arrival``.
    """
    if unit == "period":
        return np.asarray(np.minimum(np.rint(lead), LONGEST), dtype=np.int64)
    unique, back = np.unique(lead, return_inverse=True)
    now = np.arange(len(periods))
    table = arrival(periods, unique, rounding) - now
    return np.asarray(table[back.reshape(lead.shape), now])


def lead_in_days(periods: Periods, lead: Floats, unit: str) -> Floats:
    """Lead times in days, [X, T], for lead times stated [X, T] in ``unit``."""
    if unit != "period":
        return lead
    whole = np.minimum(np.rint(lead), LONGEST).astype(np.int64)
    longest = int(whole.max(initial=0))
    edges = np.concatenate([periods.days, np.full(longest + 1, periods.days[-1])])
    offset = np.concatenate([[0.0], np.cumsum(edges)])
    now = np.arange(len(periods))
    return np.asarray(offset[now + whole] - offset[now], dtype=np.float64)


def _offsets(periods: Periods, longest: float) -> Floats:
    """Starts of the buckets, and of as many equal ones behind, in days from the first."""
    start = (periods.start - periods.start[0]).astype(np.float64)
    end = float((after(periods) - periods.start[0]).astype(np.float64))
    extra = int(longest // periods.days[-1]) + 3
    return np.concatenate([start, end + periods.days[-1] * np.arange(extra)])
