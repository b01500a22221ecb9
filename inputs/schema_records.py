"""The records of the schema: columns, sheets, settings and words."""

from dataclasses import dataclass
from functools import cached_property


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
