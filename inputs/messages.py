"""The words of what is found in the planner's tables, in both languages.

They stand in ``messages.csv``, one line per code: ``code,severity,en,zh``. Rules of a text:

* ``{name}`` is filled from the values given to ``Findings.add``; ``{value}``, ``{column}``,
  ``{sheet}``, ``{row}`` and ``{cell}`` are always there.
* ``[...]`` is left out when a ``{name}`` inside it is blank or was not given; it may be nested.
* ``{count:row|rows}`` is the first word where the value is 1, else the second.
* A line with severity ``part`` is a piece of other sentences, not a finding.
"""

import csv
import datetime as dt
import math
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import pandas as pd

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_COUNTED = re.compile(r"-?\d{5,}(\.\d+)?")
_PLURAL = re.compile(r"\{(\w+):([^{}|]*)\|([^{}|]*)\}")
_AMOUNTS = frozenset(("amount", "limit", "over", "quantity", "total"))
"""Names of values that are told with thousands apart: 23,399,880."""
_FIELD = re.compile(r"\{(\w+)\}")


class Both(NamedTuple):
    """A value of a message that reads differently in the two languages."""

    en: str
    zh: str


class Message(NamedTuple):
    """One line of ``messages.csv``."""

    severity: str
    en: str
    zh: str


@lru_cache(maxsize=1)
def messages() -> Mapping[str, Message]:
    """Return every message by its code."""
    text = files("tierstock.inputs").joinpath("messages.csv").read_text(encoding="utf-8")
    lines = csv.DictReader(text.splitlines())
    return {line["code"]: Message(line["severity"], line["en"], line["zh"]) for line in lines}


def show(value: object) -> str:
    """Return a value as the planner would write it: no trailing ``.0``, dates in ISO form."""
    if value is None or value is pd.NaT:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        number = float(value)
        if math.isnan(number):
            return ""
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else f"{number:.12g}"
    if isinstance(value, dt.datetime):
        return value.isoformat(" ") if value.time() != dt.time() else value.date().isoformat()
    return str(value)


def _told(name: str, text: str) -> str:
    """Return an amount with thousands apart, any other value as it is."""
    if name in _AMOUNTS and _COUNTED.fullmatch(text):
        return f"{float(text):,.12g}"
    return text


def phrase(code: str, language: str, values: Mapping[str, object]) -> str:
    """Return the text of a message with its values; pieces in ``[...]`` with a blank one go."""
    text = getattr(messages()[code], language)
    words = {
        name: getattr(value, language) if isinstance(value, Both) else _told(name, show(value))
        for name, value in values.items()
    }

    def piece(found: re.Match[str]) -> str:
        names = _FIELD.findall(found[1])
        return found[1] if all(words.get(name) for name in names) else ""

    while _OPTIONAL.search(text):
        text = _OPTIONAL.sub(piece, text)
    return str(plural(text, words).format(**words))


def plural(text: str, values: Mapping[str, object]) -> str:
    """Return a text with ``{count:row|rows}`` replaced by the word for that number.

    >>> plural("{n} {n:row|rows}", {"n": 1}), plural("{n} {n:row|rows}", {"n": "1,200"})
    ('{n} row', '{n} rows')
    """

    def word(found: re.Match[str]) -> str:
        return found[2] if str(values[found[1]]) in ("1", "1.0") else found[3]

    return _PLURAL.sub(word, text)
