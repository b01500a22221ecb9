"""Selectors of periods: ids, dates, weeks, months and ranges of them."""

import re
from collections.abc import Mapping

import numpy as np

from tierstock.inputs.assembly.period_names import MONTH, WEEK, named_date
from tierstock.inputs.network import Periods
from tierstock.inputs.selecting.selectors import (
    EXACT,
    GROUP,
    NONE,
    Axis,
    Ranks,
    SelectorError,
    ranks,
)

_RANGE = re.compile(r"\s*(?:\.\.|~|～|至)\s*")

_WEEK_OF_YEAR = re.compile(r"\d{4}-?[Ww]\d+")
"""A week that no year has: no date is near it."""


class PeriodAxis(Axis):
    """Periods: ids, dates, and ranges such as ``2026-W03..2026-W06`` or ``W3至W6``.

    A date stands for the period it falls in, ``2026-03`` for the periods that start in March,
    ``2026-W10`` for those that start in that week; where none starts, for the one it falls in.
    """

    def __init__(
        self, periods: Periods, groups: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        """Build the axis from the time buckets and the groups of kind period."""
        super().__init__(periods.id, groups=groups)
        self.start = periods.start.astype("datetime64[D]")
        self.end = periods.end.astype("datetime64[D]")
        self._plain_ids = {str(name).casefold(): n for name, n in self.position.items()}

    def _bare(self, word: str) -> Ranks:
        ends = _RANGE.split(word)
        if len(ends) == 2 and all(ends):
            first, last = self._span(ends[0])[0], self._span(ends[1])[1]
            return ranks((self.end >= first) & (self.start <= last))
        try:
            return super()._bare(word)
        except SelectorError:
            first, last = self._span(word)
        chosen = (self.start >= first) & (self.start <= last)
        if not chosen.any():
            chosen = (self.start <= first) & (self.end >= first)
        rank = EXACT if chosen.sum() == 1 else GROUP
        return np.where(chosen, rank, NONE).astype(np.int8)

    def _span(self, word: str) -> tuple[np.datetime64, np.datetime64]:
        """First and last day of a period id or a date."""
        number = self._plain_ids.get(word.casefold())
        if number is not None:
            return self.start[number], self.end[number]
        date = named_date(word)
        if date is None:
            near = "" if _WEEK_OF_YEAR.fullmatch(word.strip()) else self._near(word)
            raise SelectorError("unknown-selector", word, near)
        if date.kind == MONTH:
            month = date.day.astype("datetime64[M]") + np.timedelta64(1, "M")
            return date.day, month.astype("datetime64[D]") - np.timedelta64(1, "D")
        return date.day, date.day + np.timedelta64(6 if date.kind == WEEK else 0, "D")
