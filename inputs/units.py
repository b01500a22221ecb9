"""Units of measure in headings and cells: which are fine, which are converted."""

import csv
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from importlib.resources import files

RATE_UNITS = ("%/year", "% of value")
"""Units of rate columns: a number below 1 is a share, from 1 on it is percent."""

RATIO_UNIT = "ratio"
"""Unit of columns that hold shares from 0 to 1."""

MAGNITUDES: Mapping[str, float] = {"千": 1e3, "万": 1e4, "百万": 1e6, "亿": 1e8}
"""Words for powers of ten behind a number."""


@cache
def _table() -> dict[tuple[str, str], float]:
    text = files("tierstock.inputs").joinpath("units.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {(row["word"], row["unit"]): float(Fraction(row["factor"])) for row in rows}


@cache
def _units() -> frozenset[str]:
    return frozenset(unit for _, unit in _table())


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKC", word).casefold()
    return "".join(mark for mark in folded if not mark.isspace()).replace("–", "-")


def is_checked(unit: str) -> bool:
    """Return whether headings with this contract unit are checked.

    Units that depend on other cells (``dimension``, ``basis``, ``by policy``) are not.
    """
    return unit in _units() or all(part in _units() for part in unit.split("/"))


def factor(word: str, unit: str, currency: str = "CNY") -> float | None:
    """Return what one ``word`` is in the contract's ``unit``; None where it cannot be told.

    Args:
        word: unit as the planner wrote it, e.g. ``t``, ``元/件``.
        unit: unit of the schema, e.g. ``kg``, ``money/unit``; what stands after ``/`` may be
            left out of the word.
        currency: the home currency, a word for money.

    >>> factor("t", "kg")
    1000.0
    >>> factor("元/吨", "money/kg")
    0.001
    >>> factor("m3", "kg") is None
    True
    """
    plain = _plain(word)
    if plain == _plain(unit):
        return 1.0
    whole = _simple(plain, unit, currency)
    if whole is not None:
        return whole
    words, parts = plain.split("/"), unit.split("/")
    if len(words) == 1 < len(parts):
        return _simple(plain, parts[0], currency)
    if len(words) != len(parts):
        return None
    factors = [_simple(one, part, currency) for one, part in zip(words, parts, strict=True)]
    result = 1.0
    for number, one in enumerate(factors):
        if one is None:
            return None
        result = result * one if number == 0 else result / one
    return result


def _simple(word: str, unit: str, currency: str) -> float | None:
    if unit == "money" and word == _plain(currency):
        return 1.0
    return _table().get((word, unit))


def suffix_factor(suffix: str, unit: str, currency: str = "CNY") -> float | None:
    """Return the factor of what stands behind a number in a cell: ``t``, ``万``, ``万件``, ``元``.

    Args:
        suffix: text behind the number.
        unit: unit of the column; only what stands before ``/`` counts.
        currency: the home currency.

    >>> suffix_factor("万", "unit")
    10000.0
    """
    plain = _plain(suffix)
    own = unit.split("/")[0]
    for size in sorted(MAGNITUDES, key=len, reverse=True):
        if plain == size:
            return MAGNITUDES[size]
    found = factor(plain, unit, currency) or _simple(plain, own, currency)
    if found is not None:
        return found
    for size in sorted(MAGNITUDES, key=len, reverse=True):
        if plain.startswith(size):
            rest = _simple(plain.removeprefix(size), own, currency)
            return None if rest is None else rest * MAGNITUDES[size]
    return None
