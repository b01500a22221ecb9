"""The schema: every sheet, column, setting and word of the planner's tables, once.

Templates, readers, checks, headings, column notes and the table documentation all take from
here. The data lies beside this module in ``sheets.csv``, ``schema.csv`` (columns),
``settings.csv`` and ``choices.csv`` (words in both languages); inside these files ``|`` parts
the members of a list. Nothing heavy is imported, so ``tierstock new`` starts at once.
"""

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

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


@dataclass(frozen=True)
class Column:
    """One column of a sheet."""

    sheet: str
    """English name of the sheet."""
    name: str
    """English heading, e.g. ``Lead Time``."""
    field: str
    """Name inside the program, e.g. ``lead_time``."""
    zh: str
    """Chinese heading."""
    aliases: tuple[str, ...]
    """Other headings that are accepted, both languages."""
    type: str
    """text, selector, number, integer, flag, date or choice."""
    unit: str
    """Unit in English words, e.g. ``money/unit``; blank where none. ``say`` translates it."""
    default: str
    """What a blank cell means, in English words; blank for required columns."""
    required: bool
    """Whether every row must state it."""
    refers_to: str
    """Sheet whose codes stand here; blank where none."""
    choices: tuple[str, ...]
    """Canonical English words of a choice."""
    open_choices: bool
    """Whether the planner may use further words of their own."""
    later_choices: tuple[str, ...]
    """Choices of the contract that this version cannot honour yet."""
    status: str
    """``model`` (used), ``label`` (shown in results or kept) or ``later`` (refused when filled)."""
    neutral: tuple[str, ...]
    """Values of a ``later`` column that change nothing and are accepted."""
    level: str
    """required, usual or rare: the order and outline of the template."""
    description_en: str
    """Meaning in English."""
    description_zh: str
    """Meaning in Chinese."""

    def heading(self, language: str) -> str:
        """Return the heading in ``en`` or ``zh``, without unit."""
        return self.zh if language == "zh" else self.name

    def description(self, language: str) -> str:
        """Return the meaning in ``en`` or ``zh``."""
        return self.description_zh if language == "zh" else self.description_en


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook."""

    name: str
    """English name, e.g. ``OpeningStock``."""
    zh: str
    """Chinese name."""
    kind: str
    """``input`` or ``output``."""
    required: bool
    """Whether an input must have it (it may have no rows)."""
    level: str
    """core, usual or all: the smallest template that holds it."""
    topics: tuple[str, ...]
    """Topics of the template: transfer, shelf-life, finance, promo, production."""
    key: tuple[str, ...]
    """English headings that name a row; output sheets are sorted by them."""
    status: str
    """``model``, or ``later`` for a sheet this version cannot honour yet."""
    aliases: tuple[str, ...]
    """Other names that are accepted, both languages."""
    description_en: str
    """What the sheet is for, in English."""
    description_zh: str
    """What the sheet is for, in Chinese."""
    columns: tuple[Column, ...]
    """Columns in the order of the contract; input sheets end with ``Note``."""

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {word: column for column in self.columns for word in (column.field, column.name)}

    def column(self, name: str) -> Column:
        """Return the column with this English heading or field name.

        Raises:
            KeyError: the sheet has no such column.
        """
        try:
            return self._by_name[name]
        except KeyError:
            raise KeyError(f"sheet {self.name} has no column {name!r}") from None

    def heading(self, language: str) -> str:
        """Return the name of the sheet in ``en`` or ``zh``."""
        return self.zh if language == "zh" else self.name

    def description(self, language: str) -> str:
        """Return the meaning in ``en`` or ``zh``."""
        return self.description_zh if language == "zh" else self.description_en


@dataclass(frozen=True)
class Setting:
    """One key of the Settings sheet."""

    name: str
    """English key, e.g. ``carrying_rate``."""
    zh: str
    """Chinese key."""
    type: str
    """text, number, integer, flag, date or choice."""
    unit: str
    """Unit of a number; blank where none."""
    default: str
    """Value of a missing or blank setting, in English words."""
    choices: tuple[str, ...]
    """Canonical English words of a choice."""
    later_choices: tuple[str, ...]
    """Choices that this version cannot honour yet."""
    status: str
    """``model`` or ``later``."""
    neutral: tuple[str, ...]
    """Values of a ``later`` setting that change nothing and are accepted."""
    group: str
    """Time, Money, Solving or Output."""
    description_en: str
    """Meaning in English."""
    description_zh: str
    """Meaning in Chinese."""

    def heading(self, language: str) -> str:
        """Return the key in ``en`` or ``zh``."""
        return self.zh if language == "zh" else self.name

    def description(self, language: str) -> str:
        """Return the meaning in ``en`` or ``zh``."""
        return self.description_zh if language == "zh" else self.description_en


@dataclass(frozen=True)
class Word:
    """One word of the dictionary."""

    kind: str
    """Where it is used: tier, zone, lane kind, cost, kpi, unit, default …"""
    word: str
    """Canonical English word."""
    zh: str
    """The one Chinese word."""
    aliases: tuple[str, ...]
    """Other words that are accepted, both languages."""


@dataclass(frozen=True)
class Schema:
    """All sheets, settings and words."""

    sheets: tuple[Sheet, ...]
    """Input sheets first, then output sheets, in the order of the contract."""
    settings: tuple[Setting, ...]
    """Settings in the order of the contract."""
    words: tuple[Word, ...]
    """The dictionary."""

    @property
    def inputs(self) -> tuple[Sheet, ...]:
        """Input sheets."""
        return tuple(sheet for sheet in self.sheets if sheet.kind == "input")

    @property
    def outputs(self) -> tuple[Sheet, ...]:
        """Output sheets."""
        return tuple(sheet for sheet in self.sheets if sheet.kind == "output")

    @cached_property
    def _sheet_by_name(self) -> dict[str, Sheet]:
        return {sheet.name: sheet for sheet in self.sheets}

    @cached_property
    def _setting_by_name(self) -> dict[str, Setting]:
        return {setting.name: setting for setting in self.settings}

    def sheet(self, name: str) -> Sheet:
        """Return the sheet with this English name; ``KeyError`` where there is none."""
        return self._sheet_by_name[name]

    def setting(self, name: str) -> Setting:
        """Return the setting with this English key; ``KeyError`` where there is none."""
        return self._setting_by_name[name]


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
    late = [word for word in schema().words if word.kind in LATE_KINDS]
    early = [word for word in schema().words if word.kind not in LATE_KINDS]
    for word in early + late:
        found.setdefault((word.kind, fold(word.word)), word)
        found.setdefault(("", fold(word.word)), word)
    return found


@cache
def _names() -> dict[str, tuple[str, str]]:
    """Map folded English names of settings and sheets to (English, Chinese)."""
    known: dict[str, tuple[str, str]] = {}
    for item in (*schema().settings, *schema().sheets):
        known.setdefault(fold(item.name), (item.name, item.zh))
    return known


def say(word: str, language: str, kind: str = "") -> str:
    """Return a canonical English word in a language.

    Args:
        word: choice word, tier, unit, default, cost term, KPI, name of a setting or sheet.
        language: ``en`` or ``zh``.
        kind: where the word is used, for the few with two meanings: ``say("order", "zh")`` is
            订单 (demand type) and ``say("order", "zh", kind="cost")`` is 订货固定费.

    Returns:
        The word in that language; an unknown word (a planner's own zone, say) unchanged.
    """
    found = _dictionary().get((kind, fold(word))) or _dictionary().get(("", fold(word)))
    if found is not None:
        return found.zh if language == "zh" else found.word
    english, chinese = _names().get(fold(word), (word, word))
    return chinese if language == "zh" else english


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
    for item in (*schema().settings, *schema().sheets):
        for text in (item.name, item.zh):
            found.setdefault(fold(text), item.name)
    return found


def canonical(word: str) -> str | None:
    """Return the canonical English word for a word in either language, aliases included.

    Case, spaces, underscores and full-width forms do not count; ``None`` for unknown words.
    """
    return _canonical().get(fold(word))
