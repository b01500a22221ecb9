"""Own small expansion of selectors: ``*``, codes, groups, ``Column=value``, ``,`` ``;`` ``!``.

Ranks say how specific a match is: 3 exact code, 2 group or attribute, 1 ``*`` or blank, 0 no match.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache

from tierstock.outputs.audit.horizon import Horizon
from tierstock.outputs.audit.values import bare
from tierstock.outputs.audit.words import Record, words

SAME = ("same", "相同", "同")
"""Words after ``=`` that compare the two ends of a lane."""
PLAIN = {"location": ("Tier", "Region"), "product": ("Family",)}
"""Columns whose values may stand alone: ``RDC`` for ``Tier=RDC``."""


class Selectors:
    """Matches codes of one kind (location, product, period, class ...) against selectors."""

    def __init__(
        self,
        kind: str,
        codes: Iterable[str],
        attributes: dict[str, dict[str, str]] | None = None,
        groups: Iterable[Record] = (),
        choices: str = "",
    ) -> None:
        """Keep the codes, their attributes by column name, the groups of this kind, and the words
        of the dictionary (parted by bars) that may be written in either language."""
        self.kind, self.choices = kind, choices
        self.codes = list(codes)
        self.known = set(self.codes)
        self.attributes = attributes or {}
        self.plain = PLAIN.get(kind, ())
        self.members: dict[str, list[str]] = {}
        self.ranks: dict[str, dict[str, int]] = {}
        for row in groups:
            if row.text("Kind") == kind:
                self.members.setdefault(row.text("Group"), []).append(row.text("Member"))

    def ranked(self, selector: str) -> dict[str, int]:
        """Return the rank of every code the selector picks."""
        if selector not in self.ranks:
            self.ranks[selector] = {}
            self.ranks[selector] = self._expand(selector.strip())
        return self.ranks[selector]

    def _expand(self, selector: str) -> dict[str, int]:
        """``;`` = and, ``,`` = or; of all that holds for a code the most specific counts."""
        if selector in ("", "*"):
            return dict.fromkeys(self.codes, 1)
        if selector in self.known:
            return {selector: 3}
        parts = [part for part in map(str.strip, re.split("[;；]", selector)) if part]
        found = [self._any_of(p) for p in parts if not means_same(re.split("[=＝]", p)[-1])]
        return {
            code: max((part[code] for part in found), default=1)
            for code in self.codes
            if all(code in part for part in found)
        }

    def _any_of(self, text: str) -> dict[str, int]:
        picked: dict[str, int] = {}
        column = ""
        for word in filter(None, map(str.strip, re.split("[,，、]", text))):
            codes, rank, column = self._one(word, column)
            for code in codes:
                picked[code] = max(rank, picked.get(code, rank))
        return picked

    def _one(self, word: str, column: str) -> tuple[set[str], int, str]:
        """Return the codes of one term, its rank, and the column it tests."""
        if word[0] in "!！" or "!=" in word:
            codes, _, column = self._one(word.replace("!", "", 1).replace("！", "", 1), column)
            return self.known - codes, 2, column
        if word in ("*", "＊"):
            return self.known, 1, column
        if word in self.known:
            return {word}, 3, column
        spoken = words().choice(word, self.choices) if self.choices else word
        if spoken in self.known:
            return {spoken}, 3, column
        group = next((name for name in self.members if bare(name) == bare(word)), None)
        if group is not None:
            return {c for member in self.members[group] for c in self.ranked(member)}, 2, column
        name, equals, value = word.replace("＝", "=").partition("=")
        if equals:
            return self._with(name.strip(), value.strip()), 2, name.strip()
        tests = [column] if column else list(self.plain)
        found = (self._with(test, word) for test in tests)
        return next(filter(None, found), set()), 2, column

    def _with(self, column: str, value: str) -> set[str]:
        sheet = "Products" if self.kind == "product" else "Locations"
        held = self.attributes.get(words().column(sheet, column), {})
        allowed = words().rows.get((sheet, words().column(sheet, column)), {}).get("choices", "")
        wanted = bare(words().choice(value, allowed))
        return {code for code in self.codes if bare(held.get(code, "")) == wanted}


def means_same(written: str) -> bool:
    """Tell whether a word asks both ends of a lane to be alike, as in ``Region=same``."""
    return bare(words().choice(written.strip())) in SAME


@cache
def same_columns(selector: str) -> list[str]:
    """Return the Locations columns that must be equal at both ends, from ``Region=same``."""
    pairs = (part.partition("=") for part in re.split("[;；,，]", selector.replace("＝", "=")))
    book = words()
    return [book.column("Locations", c.strip()) for c, _, v in pairs if means_same(v)]


class PeriodSelectors(Selectors):
    """Period ids, dates, months, and ranges such as ``W03..W06`` or ``W3至W6``."""

    def __init__(self, horizon: Horizon, groups: list[Record]) -> None:
        """Keep the horizon beside the groups of kind period."""
        super().__init__("period", horizon.ids, None, groups)
        self.horizon = horizon

    def _one(self, word: str, column: str) -> tuple[set[str], int, str]:
        for mark in ("..", "~", "～", "至"):
            first, found, last = word.partition(mark)
            if found and first.strip() and last.strip():
                low, high = (self.horizon.span(end.strip()) for end in (first, last))
                ids = self.horizon.ids
                picked = {
                    ids[t]
                    for t in range(len(ids))
                    if self.horizon.ends[t] >= low[0] and self.horizon.starts[t] <= high[1]
                }
                return picked, 2, column
        codes, rank, column = super()._one(word, column)
        if codes or word in ("*", "＊"):
            return codes, rank, column
        begin, end = self.horizon.span(word)
        starts = self.horizon.starts
        picked = {self.horizon.ids[t] for t, s in enumerate(starts) if begin <= s <= end}
        if not picked and (t := self.horizon.of_day(begin)) is not None:
            picked = {self.horizon.ids[t]}
        return picked, 3 if len(picked) == 1 else 2, column


class Policy:
    """Rows of a policy sheet, resolved cell by cell: the most specific filled cell wins."""

    def __init__(
        self, rows: Iterable[Record], keys: Callable[[Record], list[dict[str, int]]]
    ) -> None:
        """Keep rows with their ranks by location, product, channel (of the location), period."""
        self.rows = [(row, keys(row)) for row in rows]
        self.stated = {name for row, _ in self.rows for name, text in row.cells.items() if text}
        """Columns in which any row says anything."""
        self.speaking: tuple[dict[str, list[int]], ...] = ({}, {})
        """Numbers of the rows that speak of a location, and of a product."""
        for at, (_, ranks) in enumerate(self.rows):
            for known, codes in zip(self.speaking, ranks, strict=False):
                for code in codes:
                    known.setdefault(code, []).append(at)
        self.cache: dict[tuple[str, ...], list[tuple[tuple[int, ...], Record, dict[str, int]]]] = {}
        self.constant: dict[tuple[str, str, str], tuple[str, Record | None]] = {}
        """What is the same in every period."""
        self.dated: dict[tuple[str, str], bool] = {}

    def matching(self, *codes: str) -> list[tuple[tuple[int, ...], Record, dict[str, int]]]:
        """Return rank, row and period ranks of the rows that match all keys but the period."""
        if codes not in self.cache:
            found = []
            spoken = zip(self.speaking, codes, strict=False)
            for at in min((known.get(code, []) for known, code in spoken), key=len):
                row, ranks = self.rows[at]
                rank = tuple(ranks[i].get(code, 0) for i, code in enumerate(codes))
                if all(rank):
                    found.append((rank, row, ranks[-1]))
            self.cache[codes] = found
        return self.cache[codes]

    def value(
        self, column: str, period: str, place: str, product: str
    ) -> tuple[str, Record | None]:
        """Return the winning text of a column and its row; blank and None where none is stated."""
        key = (column, place, product)
        if key in self.constant:
            return self.constant[key]
        best: tuple[tuple[int, ...], str, Record | None] = ((), "", None)
        rows = self.matching(place, product, place)
        for rank, row, periods in rows:
            when = periods.get(period, 0)
            if when and row.text(column) and (*rank, when) >= best[0]:
                best = ((*rank, when), row.text(column), row)
        if self.steady(place, product):
            self.constant[key] = best[1:]
        return best[1], best[2]

    def steady(self, place: str, product: str) -> bool:
        """Tell whether no row that speaks of a place and product names a period."""
        key = (place, product)
        if key not in self.dated:
            rows = self.matching(place, product, place)
            self.dated[key] = any(row.text("Period") not in ("", "*") for _, row, _ in rows)
        return not self.dated[key]

    def speaks(self, period: str, place: str, product: str) -> bool:
        """Tell whether any row speaks of a place, product and period."""
        return any(period in when for _, _, when in self.matching(place, product, place))
