"""Days as a map says they are written: ``dd.mm.yyyy``, ``mm/dd/yy``, ``dd-mmm-yyyy``."""

import re
from datetime import date
from functools import cache

from tierstock.inputs.reading.cell_dates import day
from tierstock.inputs.reading.cell_numbers import plain_text

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TOKENS = {
    "yyyy": r"(?P<year>\d{4})",
    "yy": r"(?P<short>\d{2})",
    "mmm": r"(?P<name>[a-z]{3})[a-z]*",
    "mm": r"(?P<month>\d{1,2})",
    "m": r"(?P<month>\d{1,2})",
    "dd": r"(?P<day>\d{1,2})",
    "d": r"(?P<day>\d{1,2})",
}
_TOKEN = re.compile("|".join(_TOKENS))
_TIME = r"(?:[t\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d*)?)?(?:\s*[ap]m)?)?"


@cache
def day_pattern(form: str) -> re.Pattern[str] | None:
    """Return what a text in this form looks like; None where the form names no day."""
    plain = form.strip().casefold()
    tokens = _TOKEN.findall(plain)
    kinds = {token[0] for token in tokens}
    if kinds != {"y", "m", "d"} or len(tokens) != 3:
        return None
    if re.search(r"[a-z]", _TOKEN.sub("", plain)):
        return None
    tight = not re.search(r"[^a-z]", plain)
    parts, end = [], 0
    for found in _TOKEN.finditer(plain):
        piece = _TOKENS[found[0]]
        if tight and found[0] in ("mm", "dd"):
            piece = piece.replace("{1,2}", "{2}")
        parts += [re.escape(plain[end : found.start()]), piece]
        end = found.end()
    return re.compile("".join(parts) + re.escape(plain[end:]) + _TIME, re.ASCII)


def read_day(text: str, form: str) -> date | None:
    """Return the day of a text in a form; a time of day behind it does not count.

    >>> read_day("05.03.2026", "dd.mm.yyyy"), read_day("3-Apr-26", "d-mmm-yy")
    (datetime.date(2026, 3, 5), datetime.date(2026, 4, 3))
    >>> read_day("2026-03-05", "dd.mm.yyyy") is None
    True
    """
    pattern = day_pattern(form)
    found = pattern.fullmatch(plain_text(text).casefold()) if pattern is not None else None
    if found is None:
        return None
    parts = found.groupdict()
    year = int(parts["year"]) if parts.get("year") else 2000 + int(parts["short"])
    if parts.get("name"):
        month = _MONTHS.index(parts["name"]) + 1 if parts["name"] in _MONTHS else 0
    else:
        month = int(parts["month"])
    return day(year, month, int(parts["day"]))
