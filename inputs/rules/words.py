"""The words of the table of rules: rules, values, periods and beaten rows, in either language."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from tierstock.inputs.findings import phrase, show
from tierstock.inputs.network import Flags, Ints, Texts
from tierstock.inputs.rules.lines import NO_ROW, Pool
from tierstock.inputs.rules.spells import Beaten, Spells
from tierstock.inputs.schema import Column, Sheet, fold, say
from tierstock.inputs.tables import Table, own_unit
from tierstock.inputs.units import RATE_UNITS

MOST = 6
"""Beaten rows named; what is beyond them is counted."""
EXACT_TO = 6
"""Decimals of a number that is computed."""


def number_text(value: float, unit: str = "") -> str:
    """Return a number as text: rates in percent, at most six decimals, no thousands marks."""
    if unit in RATE_UNITS:
        return f"{show(round(100 * value, EXACT_TO))}%"
    return show(round(value, EXACT_TO)) if np.isfinite(value) else "∞"


def run_text(periods: Texts, mask: Flags, comma: str = ", ") -> str:
    """Return periods in words: ``W01–W06, W09``."""
    edge = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    runs = []
    for start, end in zip(edge[::2], edge[1::2], strict=True):
        first, last = str(periods[start]), str(periods[end - 1])
        runs.append(first if first == last else f"{first}–{last}")
    return comma.join(runs)


class Words:
    """Says rules in one language, every different text once.

    Args:
        language: en or zh.
        periods: [T] ids.
        base: words that mean the unit or money all is counted in, so that they need not be said.
    """

    def __init__(self, language: str, periods: Texts, base: Sequence[str]) -> None:
        self.language, self.periods = language, periods
        self.base = {fold(word) for word in ("", *base)}
        self.pool = Pool()
        self.none = self.pool.number("")
        self.default = phrase("rule-default", language, {})
        self.comma = "、" if language == "zh" else ", "
        self.between = "，" if language == "zh" else ", "

    def title(self, sheet: Sheet, column: Column | None) -> str:
        """Return a sheet and its column in words, ``StockTargets Safety Days``."""
        name = "" if column is None else f" {column.heading(self.language)}"
        return f"{sheet.heading(self.language)}{name}"

    def runs(self, masks: Flags) -> list[str]:
        """Return sets of periods in words; blank for the first one, which is all."""
        return [""] + [run_text(self.periods, mask, self.comma) for mask in masks[1:]]

    def with_parts(self, title: str, parts: Sequence[str]) -> str:
        """Return a rule with what tells it apart in brackets."""
        said = [part for part in parts if part]
        if not said:
            return title
        if self.language == "zh":
            return f"{title}（{self.between.join(said)}）"
        return f"{title} ({self.between.join(said)})"

    def rules(
        self, title: str, labels: Sequence[str], label: Ints, found: Spells
    ) -> tuple[Ints, Ints]:
        """Return the text numbers of Rule for spells, without and with their periods.

        Args:
            title: sheet and column.
            labels: what tells rules apart, e.g. the lane.
            label: [G] label of each spell.
            found: the spells; periods are said where they are not all.
        """
        runs = self.runs(found.masks)
        key = label * len(runs) + found.when
        known, number = np.unique(key, return_inverse=True)
        texts = [
            self.with_parts(title, (labels[one // len(runs)], runs[one % len(runs)]))
            for one in known.tolist()
        ]
        titles = self.pool.numbers(self.with_parts(title, (text,)) for text in labels)
        return titles[label], self.pool.numbers(texts)[number]

    def values(self, column: Column, table: Table) -> tuple[Texts, Ints]:
        """Return the value of every row as text, [R], and the number of that text."""
        texts = self.cells(column, table)
        unique, number = _once(texts)
        return texts, self.pool.numbers(unique)[number]

    def cells(self, column: Column, table: Table) -> Texts:
        """Return the values of a column as text, [R]; blank where nothing stands."""
        frame = table.frame
        stated = frame[column.field].to_numpy()
        kinds, number = _once(stated)
        texts = np.array([self.value(column, one) for one in kinds], dtype=object)[number]
        for beside in (own_unit(column.field), "unit", "currency"):
            if beside in frame and _counts_in(column, beside, table):
                texts = self._with_unit(texts, frame[beside].to_numpy(dtype=object))
        return texts

    def value(self, column: Column, value: object) -> str:
        """Return one value of a column as text."""
        if isinstance(value, str):
            return say(value, self.language) if value in column.choices else value
        if value is None or pd.isna(value):  # type: ignore[call-overload]
            return ""
        if column.type == "flag":
            return say("Y" if value else "N", self.language)
        if column.type == "date":
            return str(np.datetime64(value, "D"))  # type: ignore[call-overload]
        return number_text(float(value), column.unit)  # type: ignore[arg-type]

    def _with_unit(self, texts: Texts, units: Texts) -> Texts:
        said = np.array([fold(str(unit)) not in self.base for unit in units], dtype=bool)
        said &= texts != ""
        result = texts.copy()
        result[said] = texts[said] + " " + units[said]
        return result

    def beats(
        self, found: Spells, lost: Beaten, rows: Ints, texts: Texts, behind: Ints | None = None
    ) -> Ints:
        """Return the text numbers of Beat for spells.

        Args:
            found: the spells.
            lost: rows they beat.
            rows: [R] Excel row of every row of the sheet.
            texts: [R] value of every row as text.
            behind: [G] text number of what stands behind the sheet's own rows, ``none`` for
                nothing.
        """
        runs = self.runs(lost.masks)
        key = lost.row * len(runs) + lost.part
        known, token = np.unique(key, return_inverse=True)
        said = [
            self.row_text(
                int(rows[one // len(runs)]), str(texts[one // len(runs)]), runs[one % len(runs)]
            )
            for one in known.tolist()
        ]
        chain, count = self._chains(lost.spell, token, said, len(found))
        chain = self._counted(chain, np.maximum(count - MOST, 0))
        return chain if behind is None else self.linked(chain, behind)

    def row_text(self, row: int, value: str, periods: str = "", sheet: str = "") -> str:
        """Return a beaten row in words, ``row 3 (14)``; without a row the name of the place."""
        if row == NO_ROW:
            return self.with_parts(sheet, (value,))
        given = {"row": row, "value": value, "periods": periods, "sheet": sheet}
        return phrase("rule-row", self.language, given)

    def _chains(
        self, spell: Ints, token: Ints, said: Sequence[str], spells: int
    ) -> tuple[Ints, Ints]:
        """Text number of the rows beaten by each spell, and how many they are."""
        count = np.bincount(spell, minlength=spells)
        start = np.cumsum(count) - count
        numbers = self.pool.numbers(said)
        chain = np.full(spells, self.none)
        for place in range(min(int(count.max(initial=0)), MOST)):
            longer = np.flatnonzero(count > place)
            chain[longer] = self.linked(chain[longer], numbers[token[start[longer] + place]])
        return chain, count

    def linked(self, first: Ints, second: Ints) -> Ints:
        """Return the text numbers of pairs of texts with a comma between those not blank."""
        size = len(self.pool.texts)
        known, number = np.unique(first * size + second, return_inverse=True)
        texts = [
            self.comma.join(
                text for text in (self.pool.texts[o // size], self.pool.texts[o % size]) if text
            )
            for o in known.tolist()
        ]
        return self.pool.numbers(texts)[number]

    def _counted(self, chain: Ints, more: Ints) -> Ints:
        """Say how many further rows were beaten."""
        if not more.any():
            return chain
        size = int(more.max()) + 1
        known, number = np.unique(chain * size + more, return_inverse=True)
        texts = [
            self.pool.texts[one // size]
            + (phrase("rule-more", self.language, {"count": one % size}) if one % size else "")
            for one in known.tolist()
        ]
        return self.pool.numbers(texts)[number]

    def qualities(self, columns: Sequence[Column], table: Table, row: int) -> list[str]:
        """Return what tells a row apart from others of its sheet, one text per filled column."""
        said = []
        for column in columns:
            text = self.value(column, table.frame[column.field].iat[row])
            number = column.type in ("number", "integer") and text
            said.append(f"{column.heading(self.language)} {text}" if number else text)
        return said


def _once(values: Texts) -> tuple[Texts, Ints]:
    """Different values of an array, and the number of each; blanks count as one value."""
    codes, unique = pd.factorize(values, use_na_sentinel=False)
    return np.asarray(unique, dtype=object), codes.astype(np.int64)


def _counts_in(column: Column, beside: str, table: Table) -> bool:
    """Return whether a Unit or Currency cell says what the numbers of a column are."""
    from tierstock.inputs.assembly.exchange import MONEY_COLUMNS
    from tierstock.inputs.tables import UNIT_COLUMNS

    known: Mapping[str, tuple[str, ...]] = MONEY_COLUMNS if beside == "currency" else UNIT_COLUMNS
    return column.field in known.get(table.sheet, ())
