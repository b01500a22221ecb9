"""Days on which lanes depart: ``Departure Days`` and the calendar of the origin (F16)."""

from collections.abc import Sequence

import numpy as np

from tierstock.inputs.assembly.calendars import Calendars, unknown_departures
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.network import Flags, Ints


def departures(ground: Ground, origin: Ints, text: Ints, texts: Sequence[str]) -> Flags:
    """Periods in which something can depart, [A, T]: on a departure day the origin works on.

    Args:
        ground: gives the calendars; takes what is no departure day.
        origin: [A] location the lane leaves.
        text: [A, T] number of the lane's Departure Days in ``texts``.
        texts: what stands in Departure Days; the first is the default, every day.
    """
    calendars, of_place = ground.calendars, ground.sites.calendar
    unknown_departures(ground.tables.table("Lanes"), calendars, ground.findings)
    found = np.ones(text.shape, dtype=bool)
    for name in np.unique(of_place[origin].astype(str)):
        here = np.flatnonzero(of_place[origin] == name)
        found[here] = _by_text(calendars, name, texts)[text[here], np.arange(text.shape[1])]
    return found


def _by_text(calendars: Calendars, calendar: str, texts: Sequence[str]) -> Flags:
    """[texts, T] whether any departure day is an open day of a calendar."""
    works = calendars.days(calendar)
    days = (calendars.departures(text) for text in texts)
    return np.array([calendars.any_day(works if one is None else works & one) for one in days])
