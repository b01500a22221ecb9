"""Sentences and labels of the results in both languages, from ``words.csv``."""

import csv
from functools import cache
from importlib.resources import files

from tierstock.inputs.messages import plural
from tierstock.inputs.schema import say


@cache
def words(package: str = "tierstock.outputs") -> dict[str, dict[str, str]]:
    """Return word -> its text by language, from ``words.csv`` of a package; texts may hold fields
    in braces."""
    text = files(package).joinpath("words.csv").read_text(encoding="utf-8")
    return {row["word"]: row for row in csv.DictReader(text.splitlines())}


def tell(word: str, language: str, **values: object) -> str:
    """Return a text of the results in ``en`` or ``zh``, its fields filled.

    Raises:
        KeyError: there is no such text.
    """
    return plural(words()[word][language], values).format(**values)


def known(word: str, language: str) -> str:
    """Return a word that may be a text of the results, a word of the schema, or neither."""
    return tell(word, language) if word in words() else say(word, language)


def money(amount: float) -> str:
    """Return an amount as text: thousands separated, decimals only below 1,000."""
    return f"{amount:,.0f}" if abs(amount) >= 1000 else f"{amount:,.2f}"


def units(amount: float) -> str:
    """Return a quantity as text: a decimal only where there is any, and below 1,000."""
    whole = abs(amount - round(amount)) < 0.05 or abs(amount) >= 1000
    return f"{amount:,.0f}" if whole else f"{amount:,.1f}"


def percent(share: float) -> str:
    """Return a share as text with one decimal; two below a tenth of a percent."""
    return f"{share:.1%}" if abs(share) >= 0.001 or share == 0 else f"{share:.2%}"


def percent_of_gap(share: float) -> str:
    """Return a gap as text: two decimals, so that 1.01% does not read as the 1% asked for."""
    return f"{share:.2%}"
