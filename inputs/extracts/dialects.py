"""Headings of the usual extracts, and how well a table fits each of them."""

import csv
import difflib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from tierstock.inputs.reading.headings import key

ALIKE = 0.86
"""Least likeness of a heading that is spelt a little differently."""
_UNIT = re.compile(r"\(([^()]*)\)\s*$")
_MARKS = str.maketrans("", "", ".,#*:'\"")


@dataclass(frozen=True)
class Slot:
    """A column of a dialect."""

    column: str
    """English heading of the target."""
    weight: int
    """How much it tells that a table is of this dialect."""
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Dialect:
    """The headings of one kind of extract."""

    code: str
    name: tuple[str, str]
    """What it is, in English and Chinese."""
    target: str
    kind: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Guess:
    """A column found in a table."""

    column: str
    heading: str
    share: float
    """How sure it is, 0 to 1."""


@dataclass(frozen=True)
class Fit:
    """How a table fits a dialect."""

    dialect: Dialect
    share: float
    guesses: tuple[Guess, ...]


@cache
def dialects() -> tuple[Dialect, ...]:
    """Return every known dialect."""
    text = files("tierstock.inputs.extracts").joinpath("dialects.csv").read_text("utf-8")
    names: dict[str, dict[str, str]] = {}
    slots: dict[str, list[Slot]] = {}
    for row in csv.DictReader(text.splitlines()):
        if not row["column"]:
            names[row["dialect"]] = row
            continue
        words = tuple(row["headings"].split("|"))
        slots.setdefault(row["dialect"], []).append(Slot(row["column"], int(row["weight"]), words))
    made = []
    for code, row in names.items():
        english, chinese = row["headings"].split("|")
        own = tuple(slots[code])
        made.append(Dialect(code, (english, chinese), row["target"], row["kind"], own))
    return tuple(made)


@cache
def bare(heading: str) -> str:
    """Return the form in which headings are compared: without unit and marks.

    >>> bare("Qty On Hand (EA)"), bare("Purch.Doc.")
    ('qtyonhand', 'purchdoc')
    """
    plain = unicodedata.normalize("NFKC", heading).strip()
    cut = _UNIT.sub("", plain).strip()
    return key(cut or plain).translate(_MARKS)


def unit_in(heading: str) -> str:
    """Return the unit in parentheses behind a heading; blank where none is."""
    found = _UNIT.search(unicodedata.normalize("NFKC", heading))
    return found[1].strip() if found else ""


def fit(dialect: Dialect, headings: Sequence[str]) -> Fit:
    """Return how the headings of a table fit a dialect.

    Its share is that of the weights of the columns found; every heading serves one column, but
    where the dialect uses one twice.
    """
    keys = [bare(one) if one else "" for one in headings]
    found, reached, taken = [], 0.0, dict[int, str]()
    for slot in dialect.slots:
        best, share = _best(slot, keys, taken)
        if best < 0:
            continue
        if slot.weight:
            taken[best] = slot.column
        found.append(Guess(slot.column, headings[best], share))
        reached += slot.weight * share
    needed = [one for one in dialect.slots if one.weight >= 2]
    missed = {one.column for one in needed} - {one.column for one in found}
    total = sum(one.weight for one in needed)
    lost = sum(max(s.weight for s in needed if s.column == one) for one in missed)
    extra = reached - (total - lost)
    share = max(0.0, min(1.0, (total - lost + min(extra, 0.0)) / total))
    return Fit(dialect, share, tuple(found))


def _best(slot: Slot, keys: Sequence[str], taken: dict[int, str]) -> tuple[int, float]:
    """Return the heading most like a column, the first spellings first."""
    free = [at for at, one in enumerate(keys) if one and (at not in taken or not slot.weight)]
    wanted = [bare(one) for one in slot.headings]
    for rank, word in enumerate(wanted):
        for at in free:
            if keys[at] == word:
                return at, 1.0 - 0.02 * min(rank, 5)
    likeness = {at: max(_likeness(keys[at], word) for word in wanted) for at in free}
    best = max(free, key=lambda at: likeness[at], default=-1)
    share = likeness.get(best, 0.0)
    return (best, 0.9 * share) if share >= ALIKE else (-1, 0.0)


@lru_cache(maxsize=100_000)
def _likeness(one: str, other: str) -> float:
    """Return how alike two headings are, 0 where they cannot be alike enough."""
    if len(other) <= 3 or 2 * min(len(one), len(other)) < ALIKE * (len(one) + len(other)):
        return 0.0
    return difflib.SequenceMatcher(None, one, other).ratio()


def recognise(headings: Sequence[str]) -> list[Fit]:
    """Return the dialects a table may be of, the likeliest first.

    Of two that fit alike, the one that finds more columns comes first.
    """
    fits = [fit(one, headings) for one in dialects()]
    good = [one for one in fits if one.share >= 0.5 and len(one.guesses) >= 3]
    return sorted(good, key=lambda one: (-round(one.share, 3), -len(one.guesses)))
