"""What a sheet of the template says: names, headings, notes and the order of columns."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tierstock.inputs.schema import Column, Setting, Sheet, say

Rows = Mapping[str, Sequence[Any]]
"""Cells of a table by English heading; empty where the template is blank."""

FIRST_WEEK = dt.date(2026, 1, 5)
"""Monday over which a planner writes the first week of a blank Demand sheet."""

WEEKS = 13
"""Weeks of a blank Demand sheet."""


@dataclass(frozen=True)
class Field:
    """One column of the sheet as written: a column of the schema, or a period."""

    column: Column | None
    """None for a period."""
    label: str
    """Heading; blank for a period that takes a date."""
    filled: bool
    """Whether the sample has values for it."""

    @property
    def folded(self) -> bool:
        """Whether it waits in the collapsed outline."""
        return self.column is not None and self.column.level == "rare" and not self.filled


def sheet_title(sheet: Sheet, language: str) -> str:
    """Return the name of the tab: English, Chinese or both."""
    return f"{sheet.name} {sheet.zh}" if language == "both" else sheet.heading(language)


def spoken(language: str) -> str:
    """Return the language of words in cells: the template in both languages uses English ones."""
    return "en" if language == "both" else language


def column_title(column: Column, language: str) -> str:
    """Return the heading with its unit in parentheses, e.g. ``Lead Time (day)``."""
    title = f"{column.name} {column.zh}" if language == "both" else column.heading(language)
    unit = say(column.unit, spoken(language), kind="unit") if column.unit else ""
    return f"{title} ({unit})" if unit else title


def note(column: Column, language: str) -> str:
    """Return the note of a heading: its other name, meaning and default."""
    lines = []
    if language in ("en", "both"):
        lines += [column.zh] if language == "en" else []
        lines += [f"{column.description_en}."]
        lines += ["Required." if column.required else f"Default: {default(column, 'en')}."]
    if language in ("zh", "both"):
        lines += [column.name] if language == "zh" else []
        lines += [f"{column.description_zh}。"]
        lines += ["必填。" if column.required else f"默认：{default(column, 'zh')}。"]
    return "\n".join(lines)


def default(column: Column | Setting, language: str) -> str:
    """Return what a blank cell means, in words of the language."""
    if column.type in ("number", "integer") and column.default[:1].isdigit():
        return column.default
    return say(column.default, language)


def layout(sheet: Sheet, rows: Rows, language: str) -> list[Field]:
    """Return the columns in their order: required, usual, (periods,) rare."""
    given = list(rows)
    wide = sheet.name == "Demand" and "Period" not in given
    offered = [
        column
        for column in sheet.columns
        if column.name in given
        or (column.status != "later" and not (wide and column.name in ("Period", "Quantity")))
    ]
    fields = [
        Field(column, column_title(column, language), column.name in given) for column in offered
    ]
    first = [field for field in fields if field.column is not None and field.column.required]
    rare = [field for field in fields if field.folded]
    usual = [field for field in fields if field not in first and field not in rare]
    periods: list[Field] = []
    if wide:
        known = {column.name for column in sheet.columns}
        named = [name for name in given if name not in known]
        periods = [Field(None, name, True) for name in named] or [Field(None, "", False)] * WEEKS
    return first + usual + periods + rare
