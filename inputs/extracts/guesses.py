"""What the cells of a column say of how they are written: days, decimals, movements."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from tierstock.inputs.extracts.day_formats import read_day
from tierstock.inputs.reading.cell_dates import read_date

FORMS = (
    "dd.mm.yyyy",
    "dd/mm/yyyy",
    "mm/dd/yyyy",
    "dd-mm-yyyy",
    "mm-dd-yyyy",
    "dd-mmm-yyyy",
    "dd-mmm-yy",
    "dd mmm yyyy",
    "dd.mm.yy",
    "dd/mm/yy",
    "mm/dd/yy",
    "yy/mm/dd",
)
LOOKED_AT = 2000
"""Cells of a column that are looked at."""
_COMMA = re.compile(r"-?\d{1,3}(?:\.\d{3})*,\d+-?|-?\d+,\d{1,2}-?")
_POINT = re.compile(r"-?\d{1,3}(?:,\d{3})*\.\d+-?|-?\d+\.\d+-?")
_COMING = re.compile(r"入|收|receipt|purchase|inbound|^in$|positive|output|return from", re.I)
_GOING = re.compile(r"出|发|issue|sale|outbound|^out$|negative|consumption|scrap|领", re.I)


class Days(NamedTuple):
    """How days are written."""

    forms: tuple[str, ...]
    """Forms in which every cell is a day; none where they need no form."""
    example: str


def day_forms(cells: Sequence[object]) -> Days | None:
    """Return in which forms the days of a column are written; None where they need none."""
    texts = [str(one).strip() for one in cells[:LOOKED_AT] if isinstance(one, str)]
    odd = [one for one in texts if one.strip("0-/.: ") and read_date(one) is None]
    if not odd or any(isinstance(one, dt.date) for one in cells[:LOOKED_AT]):
        return None
    forms = [one for one in FORMS if all(read_day(text, one) is not None for text in odd)]
    return Days(tuple(forms), odd[0])


def decimal_of(cells: Sequence[object]) -> str:
    """Return ``comma`` where the numbers of a column are written so, else blank."""
    texts = [str(one).strip() for one in cells[:LOOKED_AT] if isinstance(one, str) and one]
    comma = sum(bool(_COMMA.fullmatch(one)) for one in texts)
    point = sum(bool(_POINT.fullmatch(one)) for one in texts)
    return "comma" if comma > point else ""


def directions(types: Sequence[str], negative: bool) -> dict[str, list[str]]:
    """Return which types of movement bring goods and which take them.

    Args:
        types: the types in the table.
        negative: whether some quantities are negative; then each carries its sign.
    """
    found: dict[str, list[str]] = {}
    for one in types:
        if negative:
            word = "signed"
        elif _COMING.search(one) and not _GOING.search(one):
            word = "in"
        elif _GOING.search(one) and not _COMING.search(one):
            word = "out"
        else:
            word = "?"
        found.setdefault(word, []).append(one)
    return found
