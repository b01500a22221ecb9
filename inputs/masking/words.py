"""Names in the cells of an input, replaced by their codes wherever they stand."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.calendars import weekdays
from tierstock.inputs.assembly.period_names import named_date
from tierstock.inputs.masking.codes import Codes
from tierstock.inputs.masking.scales import DIGITS, SAME, Scales, kind_of
from tierstock.inputs.reading.cell_numbers import read_number
from tierstock.inputs.reading.cell_texts import read_choice
from tierstock.inputs.reading.headings import find_column, find_setting
from tierstock.inputs.schema import Column, schema
from tierstock.inputs.selecting.spelling import is_readable, respelled, tested_sheet
from tierstock.inputs.tables import UNIT_COLUMNS, Table, Tables, own_unit
from tierstock.inputs.units import counting_word, factor

LISTED = {
    "Locations": "location", "Products": "product", "ServiceClasses": "class",
    "Calendars": "calendar", "Vehicles": "vehicle", "Resources": "resource",
    "Recipes": "recipe", "Units": "unit", "Currency": "currency", "Periods": "period",
}  # fmt: skip
"""Kind of the names a sheet lists."""
FIELDS = {
    "region": "region", "channel": "channel", "company": "company", "zone": "zone",
    "family": "family", "abc": "ABC", "mode": "mode", "lot": "lot", "order_no": "order",
    "target": "target", "budget": "budget", "group": "group", "event": "event",
    "scenario": "scenario", "base": "scenario", "row_name": "user row", "window": "period",
    "must_decide_by": "period", "date_from": "period", "date_to": "period", "base_unit": "unit",
    "source": "location", "unit": "unit", "party": "company",
}  # fmt: skip
"""Kind of the names in a field that refers to no sheet."""
OWN = {("Recipes", "family"): "changeover", ("Sites", "group"): "site group"}
DROPPED = ("name", "note", "time_zone")
"""Fields of free words, which are left out."""
KEPT = {
    "mode": ("road", "rail", "sea", "air", "公路", "铁路", "海运", "空运", "水运"),
    "class": ("standard",),
    "scenario": ("base",),
}
"""Common words that say nothing of a company, by kind."""
PLAIN = {"Locations": (("region", "region"), ("company", "company")),
         "Products": (("family", "family"),)}  # fmt: skip
"""Fields whose values may stand alone as a selector, with their kinds."""
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_PERIOD = re.compile(r"\W*([^\W\d_]*)\W*\d+\W*([^\W\d_]*)\W*")
_PERIOD_WORDS = frozenset(
    ("", "w", "wk", "week", "weekno", "kw", "cw", "p", "t", "d", "day", "m", "mon", "month", "q",
     "period", "周", "第", "周次", "月", "日", "天", "期", "季", "季度", "年")
)  # fmt: skip
_RANGE = re.compile(r"(\s*(?:\.\.|~|～|至)\s*)")


def kind_of_names(column: Column) -> str:
    """Return the kind of the names in a column; blank where none stand there."""
    if column.field in DROPPED or column.type not in ("text", "selector", "choice"):
        return ""
    if column.type == "choice" and not column.open_choices:
        return ""
    own = OWN.get((column.sheet, column.field))
    first = schema().sheet(column.sheet).key[:1]
    if column.sheet in LISTED and column.name in first and column.type != "selector":
        own = LISTED[column.sheet]
    return own or LISTED.get(column.refers_to) or FIELDS.get(column.field, "")


def is_kept(kind: str, word: str) -> bool:
    """Return whether a word may stay: a date, a common unit or mode, a class A, a currency."""
    if word in KEPT.get(kind, ()) or not word:
        return True
    if kind == "unit":
        known = (factor(word, unit) for unit in ("unit", "case", "pallet", "kg", "m3"))
        return bool(counting_word(word)) or len(word) <= 2 or any(one is not None for one in known)
    if kind == "currency":
        return bool(_CURRENCY.fullmatch(word))
    if kind == "ABC":
        return len(word) == 1
    if kind == "period":
        if _RANGE.search(word):
            return all(is_kept(kind, end) for end in _RANGE.split(word)[::2])
        found = _PERIOD.fullmatch(word)
        words = {found[1].casefold(), found[2].casefold()} if found else {"?"}
        return named_date(word) is not None or words <= _PERIOD_WORDS
    return False


def names_in(tables: Tables) -> dict[str, list[str]]:
    """Return the names to be hidden by kind, in the order of the sheets."""
    found: dict[str, list[str]] = {}
    for table in tables.sheets.values():
        for column in schema().sheet(table.sheet).columns:
            kind = kind_of_names(column)
            selects = column.type == "selector" or column.field == "window"
            if kind and not selects and table.sheet != "Settings":
                words = [word for word in table.frame[column.field].unique() if word]
                known = column.choices if column.type == "choice" else ()
                hidden = (w for w in words if not is_kept(kind, w) and w not in known)
                found.setdefault(kind, []).extend(hidden)
        for field in UNIT_COLUMNS.get(table.sheet, ()):
            if own_unit(field) in table.frame:
                words = list(table.frame[own_unit(field)].unique())
                found.setdefault("unit", []).extend(w for w in words if not is_kept("unit", w))
    return found


class Words:
    """Writes the words of an input with the codes of its names."""

    def __init__(self, tables: Tables, codes: Codes, scales: Scales) -> None:
        self.codes = codes
        self.scales = scales
        keys = {name: schema().sheet(name).key[0].lower() for name in LISTED}
        self._listed = {
            name: frozenset(tables.table(name).frame[key]) for name, key in keys.items()
        }

    def masked(self, table: Table) -> Table:
        """Return a table with codes instead of names; free words are left out."""
        sheet, frame = schema().sheet(table.sheet), table.frame
        changed: dict[str, pd.Series] = {}
        for column in sheet.columns:
            values = frame[column.field]
            if column.field in DROPPED:
                changed[column.field] = pd.Series("", frame.index, dtype=object)
            elif table.sheet not in ("Settings", "Scenarios"):
                if (word := self._word_of(column, frame)) is not None:
                    changed[column.field] = word(values)
        for field in UNIT_COLUMNS.get(sheet.name, ()):
            if own_unit(field) in frame:
                changed[own_unit(field)] = _mapped(
                    frame[own_unit(field)], lambda word: self.name("unit", word)
                )
        headings = {name: text for name, text in table.headings.items() if name not in DROPPED}
        masked = replace(table, frame=frame.assign(**changed), headings=headings)
        if table.sheet == "Settings":
            return _kept_settings(masked, self)
        return self._scenarios(masked) if table.sheet == "Scenarios" else masked

    def _word_of(
        self, column: Column, frame: pd.DataFrame
    ) -> Callable[[pd.Series], pd.Series] | None:
        """Return how a column of words is rewritten; None where it stays."""
        if column.field == "departure_days":
            return lambda values: _mapped(values, self._departure)
        if column.type == "selector" and column.sheet == "Groups":
            return lambda values: pd.Series(
                [self.selector(column, text, kind)
                 for text, kind in zip(values, frame["kind"], strict=True)],
                values.index, dtype=object,
            )  # fmt: skip
        if column.type == "selector":
            return lambda values: _mapped(values, lambda text: self.selector(column, text))
        kind = kind_of_names(column)
        if not kind:
            return None
        return lambda values: _mapped(values, lambda word: self.name(kind, word, column.choices))

    def name(self, kind: str, word: str, choices: tuple[str, ...] = ()) -> str:
        """Return a name in its code, a common word as it is."""
        if word in choices or is_kept(kind, word):
            return word
        if kind == "period":
            return self._periods(word)
        return self.codes.find(kind, word) or self.codes.code(kind, word)

    def _periods(self, text: str) -> str:
        """Return periods as a cell names them: one, a range, a list, a group."""

        def one(field: str, word: str) -> str:
            group = self.codes.find("group", word)
            if group is not None or word == "*" or is_kept("period", word):
                return group or word
            ends = _RANGE.split(word)
            if field or len(ends) == 1:
                return self.codes.find("period", word) or self.codes.code("period", word)
            return "".join(end if _RANGE.fullmatch(end) else one("", end) for end in ends)

        return respelled(text, "Periods", self._listed["Periods"], one)

    def _departure(self, text: str) -> str:
        """Return weekdays as they are, the name of a calendar in its code."""
        calendar = self.codes.find("calendar", text)
        if calendar is not None or not text:
            return calendar or text
        every = weekdays(text) is not None or len(text) <= 2
        return text if every else self.name("calendar", text)

    def selector(self, column: Column, text: str, kind: str = "") -> str:
        """Return a selector in codes.

        Args:
            column: the column in which it stands.
            text: the selector.
            kind: of a row of Groups: location, product, period or class.
        """
        sheet = tested_sheet(column, kind)
        listed = LISTED.get(sheet, "") or kind_of_names(column)

        def rename(field: str, word: str) -> str:
            if field:
                return self._tested(sheet, field, word)
            return self._alone(column, sheet, listed, word)

        codes = self._listed.get(sheet, frozenset())
        if text not in codes and not is_readable(text, sheet):
            return self.name("other", text)
        return respelled(text, sheet, codes, rename)

    def _alone(self, column: Column, sheet: str, kind: str, word: str) -> str:
        """Return a word alone: a code, a group, a value of a plain column, a tier."""
        if word in ("*", ""):
            return word
        if kind == "period":
            return self.name(kind, word)
        if word not in self._listed.get(sheet, ()):
            if (group := self.codes.find("group", word)) is not None:
                return group
            for _, plain in PLAIN.get(sheet, ()):
                if (code := self.codes.find(plain, word)) is not None:
                    return code
            tier = schema().sheet("Locations").column("tier").choices
            zone = schema().sheet("Products").column("zone").choices
            common = {"Locations": tier}.get(sheet, zone if kind == "zone" else column.choices)
            if column.field == "tier" or read_choice(word, common):
                return read_choice(word, common or tier) or word
        return self.name(kind or "other", word)

    def _tested(self, sheet: str, field: str, word: str) -> str:
        """Return the value of a test such as ``Region=East`` or ``Unit Value=10``."""
        found = find_column(sheet, field) if field != "?" and sheet else None
        if found is None:
            return self.name(FIELDS.get(field, "other"), word)
        column = found.column
        if column.type == "selector":
            return self.selector(column, word)
        if column.type in ("number", "integer"):
            number, times = read_number(word), self.scales.of(kind_of(column))
            return f"{number.value * times:.{DIGITS}g}" if number else self.name("other", word)
        if column.type == "date":
            return word if is_kept("period", word) else self.name("other", word)
        return self.name(kind_of_names(column) or "other", word, column.choices)

    def _scenarios(self, table: Table) -> Table:
        """Rewrite names, conditions and values of scenarios by the columns they speak of."""
        frame, rows = table.frame.copy(), []
        names = ("sheet", "where", "column", "action", "value")
        for sheet, where, heading, action, value in frame[list(names)].itertuples(index=False):
            match = find_column(sheet, heading) if sheet else None
            told = self._condition(sheet, where)
            rows.append((told, *self._value(match.column if match else None, action, value)))
        for field in ("scenario", "base"):
            frame[field] = _mapped(frame[field], lambda word: self.name("scenario", word))
        frame[["where", "column", "value"]] = np.array(rows, dtype=object).reshape(-1, 3)
        return replace(table, frame=frame)

    def _condition(self, sheet: str, text: str) -> str:
        """Return a condition of a scenario, which tests its sheet or the locations, in codes."""
        tested = next((one for one in (sheet, "Locations") if one and is_readable(text, one)), "")
        if text and not tested:
            return self.name("other", text)
        return respelled(text, tested, (), lambda field, word: self._tested(tested, field, word))

    def _value(self, column: Column | None, action: str, value: str) -> Iterator[str]:
        """Give the heading and the argument of a scenario."""
        yield column.name if column else ""
        number = read_number(value) if value else None
        if number is not None:
            kind = kind_of(column) if column and action in ("set", "add") else SAME
            yield value if kind == SAME else f"{number.value * self.scales.of(kind):.{DIGITS}g}"
        else:
            choices = column.choices if column else ()
            yield self.name((kind_of_names(column) if column else "") or "other", value, choices)


def _mapped(values: pd.Series, word: Callable[[str], str]) -> pd.Series:
    """Return a column of texts, every distinct one rewritten once."""
    known = {text: word(text) if text else text for text in values.unique()}
    return values.map(known).astype(object)


def _kept_settings(table: Table, words: Words) -> Table:
    """Leave out the settings that name the company or its files; give scenarios their codes."""
    keep = np.ones(len(table), dtype=np.bool_)
    values = table.frame["value"].copy()
    for at, name in enumerate(table.frame["setting"]):
        setting, text = find_setting(name), str(values.iat[at])
        if setting is None or setting.name in ("model_name", "previous_plan"):
            keep[at] = False
        elif setting.name == "home_currency":
            values.iat[at] = words.name("currency", text)
        elif setting.name == "scenario_list" and text not in ("all", "全部"):
            listed = re.split(r"[,，、;；]", text)
            values.iat[at] = ", ".join(words.name("scenario", one.strip()) for one in listed)
    return replace(table, frame=table.frame.assign(value=values)).keep(keep)
