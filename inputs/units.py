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

_NOUNS = frozenset(("unit", "day", "week", "period", "case", "pallet", "trip"))

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


MONEY = "money"
"""The contract's unit of money; what it is worth is the setting money_unit."""

MONEY_UNITS: Mapping[str, tuple[float, str]] = {
    "1": (1.0, ""),
    "千": (1e3, "×1,000 "),
    "万": (1e4, "×10,000 "),
}
"""Choices of the setting money_unit: home money in one unit of money, and how English says it."""

_ALIKE = ("unit", "case", "pallet", "kg", "m3", "km")
"""Contract units whose words can stand for one another in a Unit column."""


def unit_noun(unit: str, number: float = 2.0) -> str:
    """Return a unit as an English noun for a number of it.

    >>> unit_noun("day"), unit_noun("pallet", 1), unit_noun("kg")
    ('days', 'pallet', 'kg')
    """
    return f"{unit}s" if unit in _NOUNS and number != 1 else unit


def money_word(currency: str, worth: float, language: str) -> str:
    """Return the name of the unit of money in a language.

    Args:
        currency: the home currency.
        worth: home money in one unit of money.
        language: ``en`` or ``zh``.

    >>> money_word("CNY", 1e4, "en"), money_word("CNY", 1e4, "zh"), money_word("EUR", 1.0, "zh")
    ('×10,000 CNY', '万 CNY', 'EUR')
    """
    for chinese, (size, english) in MONEY_UNITS.items():
        if size == worth and worth != 1.0:
            return f"{chinese} {currency}" if language == "zh" else f"{english}{currency}"
    return currency


def counting_word(word: str) -> str:
    """Return ``case`` or ``pallet`` for a word that means one of them, else blank.

    >>> counting_word("箱"), counting_word("Pallets"), counting_word("drum")
    ('case', 'pallet', '')
    """
    plain = _plain(word)
    return next((unit for unit in ("case", "pallet") if _table().get((plain, unit)) == 1.0), "")


def part_magnitude(word: str) -> tuple[float, str]:
    """Part a word for a power of ten from the unit behind it; 1 and the word where none stands.

    >>> part_magnitude("万件"), part_magnitude("千克"), part_magnitude("万")
    ((10000.0, '件'), (1.0, '千克'), (10000.0, ''))
    """
    if any((_plain(word), unit) in _table() for unit in _ALIKE):
        return 1.0, word
    for size in sorted(MAGNITUDES, key=len, reverse=True):
        if word.startswith(size):
            return MAGNITUDES[size], word.removeprefix(size).strip()
    return 1.0, word


def alike(word: str, base: str) -> float | None:
    """Return how many of ``base`` one ``word`` is; None where they do not measure the same.

    Args:
        word: unit of a quantity, as in a Unit column.
        base: base unit of the product.

    >>> alike("t", "kg"), alike("件", "EA"), alike("case", "EA")
    (1000.0, 1.0, None)
    """
    one, other = _plain(word), _plain(base)
    if one == other:
        return 1.0
    for unit in _ALIKE:
        above, below = _table().get((one, unit)), _table().get((other, unit))
        if above and below:
            return above / below
    return None


def factor(word: str, unit: str, currency: str = "CNY", worth: float = 1.0) -> float | None:
    """Return what one ``word`` is in the contract's ``unit``; None where it cannot be told.

    Args:
        word: unit as the planner wrote it, e.g. ``t``, ``元/件``.
        unit: unit of the schema, e.g. ``kg``, ``money/unit``; what stands after ``/`` may be
            left out of the word.
        currency: the home currency, a word for money.
        worth: home money in one unit of money (setting money_unit). The plain words for money,
            such as ``元`` in the headings of a template, mean that unit; ``万元`` is exact.

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
    whole = _simple(plain, unit, currency, worth)
    if whole is not None:
        return whole
    words, parts = plain.split("/"), unit.split("/")
    if len(words) == 1 < len(parts):
        return _simple(plain, parts[0], currency, worth)
    if len(words) != len(parts):
        return None
    factors = [_simple(one, part, currency, worth) for one, part in zip(words, parts, strict=True)]
    result = 1.0
    for number, one in enumerate(factors):
        if one is None:
            return None
        result = result * one if number == 0 else result / one
    return result


def _simple(word: str, unit: str, currency: str, worth: float) -> float | None:
    if unit == MONEY and word == _plain(currency):
        return 1.0
    found = _table().get((word, unit))
    return found / worth if found is not None and unit == MONEY and found != 1.0 else found


def suffix_factor(
    suffix: str, unit: str, currency: str = "CNY", worth: float = 1.0
) -> float | None:
    """Return the factor of what stands behind a number in a cell: ``t``, ``万``, ``万件``, ``元``.

    Args:
        suffix: text behind the number; parentheses around it do not count.
        unit: unit of the column; only what stands before ``/`` counts.
        currency: the home currency.
        worth: home money in one unit of money. Whatever is written behind a number of money is
            meant exactly: ``2000万`` is 2000 where money is counted in 万.

    >>> suffix_factor("万", "unit")
    10000.0
    >>> suffix_factor("(吨)", "kg")
    1000.0
    >>> suffix_factor("万", "money", worth=10000.0)
    1.0
    """
    plain = _plain(suffix)
    if plain.startswith("(") and plain.endswith(")"):
        plain = plain[1:-1]
    own = unit.split("/")[0]
    exact = _exact_suffix(plain, unit, own, currency)
    return exact / worth if exact is not None and own == MONEY else exact


def _exact_suffix(plain: str, unit: str, own: str, currency: str) -> float | None:
    for size in sorted(MAGNITUDES, key=len, reverse=True):
        if plain == size:
            return MAGNITUDES[size]
    found = factor(plain, unit, currency) or _simple(plain, own, currency, 1.0)
    if found is not None:
        return found
    for size in sorted(MAGNITUDES, key=len, reverse=True):
        if plain.startswith(size):
            rest = _simple(plain.removeprefix(size), own, currency, 1.0)
            return None if rest is None else rest * MAGNITUDES[size]
    return None
