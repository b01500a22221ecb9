"""What the planner's sheet and column names mean, in either language."""

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from tierstock.inputs.schema import Column, Setting, Sheet, fold, schema

IGNORED_SHEETS = frozenset(("guide", "说明", "issues", "问题", "使用说明"))
"""Sheets that hold no data: the guide of a template, the list of problems of a marked copy."""

TOTALS = frozenset(
    ("total", "totals", "grandtotal", "sum", "subtotal", "合计", "小计", "总计", "总和", "汇总")
)
"""Words that stand in rows of totals, not in codes."""

_COPY = re.compile(r"(?:in|input)[\s_]+(.+)|输入[\s_]*(.+)", re.IGNORECASE)
_UNIT = re.compile(r"^(.*\S)\s*\(([^()]*)\)\s*$", re.DOTALL)
_SEPARATORS = str.maketrans("", "", "-/|·\n\r\t")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_SERIALS = (36526, 73051)
"""Excel's numbers for the days of the years 2000 to 2099."""


class Match(NamedTuple):
    """A heading understood as a column."""

    column: Column
    unit: str
    """What stood in parentheses; blank where nothing did."""
    alias: bool
    """Whether another name than the contract's was used."""


class SheetMatch(NamedTuple):
    """A name understood as a sheet."""

    sheet: Sheet
    copy: bool
    """Whether it is the copy of an input sheet in a results workbook (``In Lanes``)."""
    alias: bool


def key(text: str) -> str:
    """Return the form in which headings are compared: no case, spaces, dashes or slashes."""
    return fold(text).translate(_SEPARATORS)


def is_ignored(title: str) -> bool:
    """Return whether a sheet or column is left out on purpose (begins with ``#`` or ``_``)."""
    return title.strip().startswith(("#", "_", "＃"))


def is_total(word: str) -> bool:
    """Return whether a word marks a row of totals."""
    return key(word) in TOTALS


def is_chinese(text: str) -> bool:
    """Return whether the text holds Chinese characters."""
    return bool(_CHINESE.search(text))


def _spellings(english: str, chinese: str) -> Iterable[str]:
    return (english, chinese, f"{english} {chinese}", f"{chinese} {english}")


@cache
def _sheets() -> dict[str, tuple[Sheet, bool]]:
    known: dict[str, tuple[Sheet, bool]] = {}
    for sheet in schema().inputs:
        for name in _spellings(sheet.name, sheet.zh):
            known[key(name)] = (sheet, False)
    for sheet in schema().inputs:
        for name in sheet.aliases:
            known.setdefault(key(name), (sheet, True))
    return known


@cache
def _columns(sheet: str) -> dict[str, tuple[Column, bool]]:
    known: dict[str, tuple[Column, bool]] = {}
    for column in schema().sheet(sheet).columns:
        for name in _spellings(column.name, column.zh):
            known.setdefault(key(name), (column, False))
    for column in schema().sheet(sheet).columns:
        for name in column.aliases:
            known.setdefault(key(name), (column, True))
    return known


@cache
def _settings() -> dict[str, Setting]:
    return {
        key(name): setting
        for setting in schema().settings
        for name in _spellings(setting.name, setting.zh)
    }


def find_sheet(title: str) -> SheetMatch | None:
    """Return the input sheet a name stands for; None where it is unknown."""
    found = _sheets().get(key(title))
    if found is not None:
        return SheetMatch(found[0], False, found[1])
    copied = _COPY.fullmatch(title.strip())
    found = _sheets().get(key(copied[1] or copied[2])) if copied else None
    return SheetMatch(found[0], True, found[1]) if found is not None else None


def find_setting(name: str) -> Setting | None:
    """Return the setting a key in either language stands for; None where it is unknown."""
    return _settings().get(key(name))


def find_column(sheet: str, heading: str) -> Match | None:
    """Return the column a heading stands for; None where it is unknown.

    The heading may be English, Chinese, both (``Location 地点``) or an alias; case, spaces,
    underscores and full-width forms do not count; a unit may follow in parentheses.
    """
    known = _columns(sheet)
    found = known.get(key(heading))
    if found is not None:
        return Match(found[0], "", found[1])
    parted = _UNIT.match(unicodedata.normalize("NFKC", heading))
    if parted is None:
        return None
    found = known.get(key(parted[1]))
    return Match(found[0], parted[2].strip(), found[1]) if found is not None else None


def nearest(word: str, names: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the name most like the word; blank where none is like it.

    >>> nearest("Shangai-DC", ["Beijing-DC", "Shanghai-DC"])
    'Shanghai-DC'
    """
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(key(name), name)
    found = difflib.get_close_matches(key(word), list(by_key), n=1, cutoff=cutoff)
    return by_key[found[0]] if found else ""


def nearest_sheet(title: str) -> str:
    """Return the sheet name most like the title, in its language; blank where none is."""
    sheets = schema().inputs
    found = nearest(title, [name for sheet in sheets for name in (sheet.name, sheet.zh)])
    found = found or nearest(title, [name for sheet in sheets for name in sheet.aliases])
    match = find_sheet(found) if found else None
    return match.sheet.heading("zh" if is_chinese(title) else "en") if match else ""


def nearest_column(sheet: str, heading: str) -> str:
    """Return the column name most like the heading, in its language; blank where none is."""
    bare = _UNIT.sub(r"\1", unicodedata.normalize("NFKC", heading))
    columns = schema().sheet(sheet).columns
    found = nearest(bare, [name for column in columns for name in (column.name, column.zh)])
    found = found or nearest(bare, [name for column in columns for name in column.aliases])
    match = find_column(sheet, found) if found else None
    return match.column.heading("zh" if is_chinese(heading) else "en") if match else ""


def nearest_setting(name: str) -> str:
    """Return the setting most like the name, in its language; blank where none is."""
    names = [each for setting in schema().settings for each in (setting.name, setting.zh)]
    return nearest(name, names)


def heading_text(cell: object) -> str:
    """Return a heading cell as text; a date, also as a number, becomes ``2026-01-05``."""
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()[:10]
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        if _SERIALS[0] <= cell < _SERIALS[1]:
            return (dt.date(1899, 12, 30) + dt.timedelta(days=int(cell))).isoformat()
        return str(int(cell)) if float(cell).is_integer() else str(cell)
    return str(cell).strip()
