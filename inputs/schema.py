"""The schema: every sheet, column, setting and word of the planner's tables, once.

Templates, readers, checks, headings, column notes and the table documentation all take from
here. The data lies beside this module in ``sheets.csv``, ``schema.csv`` (columns),
``settings.csv`` and ``choices.csv`` (words in both languages); inside these files ``|`` parts
the members of a list. Nothing heavy is imported, so ``tierstock new`` starts at once.
"""

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from tierstock.inputs.schema_records import Column, Schema, Setting, Sheet, Word

__all__ = [
    "LANGUAGES",
    "Column",
    "Schema",
    "Setting",
    "Sheet",
    "Word",
    "canonical",
    "fold",
    "say",
    "schema",
]

LANGUAGES = ("en", "zh")
"""Languages of everything a planner sees."""

LATE_KINDS = ("cost", "kpi", "unit", "group", "default")
"""Kinds of words that are looked up last: they are written, never typed as a choice."""


def fold(text: str) -> str:
    """Return the form in which names and choices are compared.

    Case, spaces, underscores, zero-width marks and full-width forms do not count:
    ``fold("Lead_Time ") == fold("ＬＥＡＤ　time") == "leadtime"``.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(mark for mark in plain if not (mark.isspace() or mark in "_\u200b\u200c\ufeff"))


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("tierstock.inputs").joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


_LISTS = ("aliases", "choices", "later_choices", "neutral", "topics", "key")
_FLAGS = ("required", "open_choices")


def _typed(row: Mapping[str, str]) -> dict[str, Any]:
    return {
        name: _parts(text) if name in _LISTS else text == "Y" if name in _FLAGS else text
        for name, text in row.items()
    }


@cache
def schema() -> Schema:
    """Return the schema, read once per process."""
    columns: dict[str, list[dict[str, Any]]] = {}
    for row in _rows("schema.csv"):
        columns.setdefault(row["sheet"], []).append(_typed(row))
    common = columns.pop("*")
    sheets = []
    for row in _rows("sheets.csv"):
        own = columns[row["sheet"]]
        if row["kind"] == "input":
            stated = {record["column"] for record in own}
            own += [record for record in common if record["column"] not in stated]
        sheets.append(_sheet(_typed(row), own))
    settings = tuple(Setting(**_renamed(_typed(row), "setting")) for row in _rows("settings.csv"))
    words = tuple(Word(**_renamed(_typed(row), "")) for row in _rows("choices.csv"))
    return Schema(tuple(sheets), settings, words)


def _renamed(record: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {"name" if key == name else key: value for key, value in record.items()}


def _sheet(record: Mapping[str, Any], columns: list[dict[str, Any]]) -> Sheet:
    name = record["sheet"]
    made = tuple(Column(**_renamed({**column, "sheet": name}, "column")) for column in columns)
    return Sheet(**_renamed(record, "sheet"), columns=made)


@cache
def _dictionary() -> dict[tuple[str, str], Word]:
    """Map (kind, folded English word) and ("", folded English word) to words."""
    found: dict[tuple[str, str], Word] = {}
    early = [word for word in schema().words if word.kind not in LATE_KINDS]
    late = [word for word in schema().words if word.kind in LATE_KINDS]
    names = [Word("setting", item.name, item.zh, ()) for item in schema().settings]
    names += [Word("sheet", item.name, item.zh, ()) for item in schema().sheets]
    for word in early + late + names:
        found.setdefault((word.kind, fold(word.word)), word)
        found.setdefault(("", fold(word.word)), word)
    return found


def say(word: str, language: str, kind: str = "") -> str:
    """Return a canonical English word in a language.

    Args:
        word: choice word, tier, unit, default, cost term, KPI, name of a setting or sheet.
        language: ``en`` or ``zh``.
        kind: where the word is used, for the few with two meanings: ``say("order", "zh")`` is
            订单 (demand type) and ``say("order", "zh", kind="cost")`` is 订货固定费;
            ``say("bucket", "zh")`` is 期 and ``say("bucket", "zh", kind="setting")`` 期间长度.

    Returns:
        The word in that language; an unknown word (a planner's own zone, say) unchanged.
    """
    found = _dictionary().get((kind, fold(word))) or _dictionary().get(("", fold(word)))
    if found is None:
        return word
    return found.zh if language == "zh" else found.word


@cache
def _canonical() -> dict[str, str]:
    found: dict[str, str] = {}
    words = [word for word in schema().words if word.kind not in LATE_KINDS]
    words += [word for word in schema().words if word.kind in LATE_KINDS]
    for pick in ("word", "zh", "aliases"):
        for word in words:
            spoken = getattr(word, pick)
            for text in (spoken,) if isinstance(spoken, str) else spoken:
                found.setdefault(fold(text), word.word)
    names = [(item.name, item.zh) for item in schema().settings]
    names += [(item.name, item.zh) for item in schema().sheets]
    for english, chinese in names:
        found.setdefault(fold(english), english)
        found.setdefault(fold(chinese), english)
    return found


def canonical(word: str) -> str | None:
    """Return the canonical English word for a word in either language, aliases included.

    Case, spaces, underscores and full-width forms do not count; ``None`` for unknown words.
    """
    return _canonical().get(fold(word))
