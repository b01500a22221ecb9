"""The catalog: every code, column and group that a selector may name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.findings import Both, Findings
from tierstock.inputs.network import Flags, Ints, Texts
from tierstock.inputs.reading.headings import is_total
from tierstock.inputs.schema import Column, say, schema
from tierstock.inputs.selecting.selectors import (
    ALL,
    GROUP,
    NONE,
    Axis,
    Match,
    Ranks,
    SelectorError,
    Term,
    both,
    parse,
)
from tierstock.inputs.tables import Table

KINDS = {
    "Locations": Both("location", "地点"),
    "Products": Both("product", "产品"),
    "Periods": Both("period", "期间"),
    "Vehicles": Both("vehicle", "车型"),
}
"""What the selectors of a column mean, by the sheet that lists the codes."""
NOT_TESTED = ("note", "name", "description", "currency")
"""Columns of words that part nothing."""
OTHER_CODE = Both("known code", "已知编码")


@dataclass(frozen=True)
class Ranked:
    """A selector column of a sheet, matched against the codes of one kind."""

    exact: Ints
    """[rows] number of the code where the cell is exactly a code, else -1."""
    text: Ints
    """[rows] row of ``rank`` where the cell is no code, else -1."""
    rank: Ranks
    """[texts, X] how specifically each text means each code; -1 = not at all."""

    def mask(self, row: int) -> Flags:
        """[X] codes the cell of one row stands for."""
        if self.exact[row] < 0:
            return np.asarray(self.rank[self.text[row]] > NONE)
        return np.asarray(np.arange(self.rank.shape[1]) == self.exact[row])


@dataclass(frozen=True)
class Catalog:
    """Names a selector may use, by kind: location, party (location or company), product, period,
    class, vehicle, and the values tier, channel and zone.
    """

    axes: Mapping[str, Axis]

    def match(self, kind: str, text: str) -> Match:
        """Codes of a kind that a selector stands for, ``(mask [X], rank [X])``; blank is ``*``.

        Raises:
            SelectorError: a word of it is not known; its ``code`` names the message.
        """
        return self.axes[kind].match(text)

    def codes(self, kind: str) -> Texts:
        """Codes of a kind in canonical order."""
        return self.axes[kind].codes

    def positions(self, kind: str, texts: Texts) -> Ints:
        """Number of every text that is exactly a code, -1 for others, [X]."""
        index = pd.Index(self.axes[kind].codes, dtype=object)
        return np.asarray(index.get_indexer(pd.Index(texts, dtype=object)), dtype=np.int64)

    def ranks(self, kind: str, table: Table, field: str, findings: Findings) -> Ranked:
        """Match a selector column of a sheet; what cannot be matched is found at its cells.

        An unknown word is an error, and its rows match nothing; a known selector that matches
        nothing is a warning.
        """
        axis = self.axes[kind]
        return self.ranked(kind, table, field, findings, lambda text: axis.match(text).rank)

    def to_ranks(self, table: Table, field: str, findings: Findings) -> Ranked:
        """Match a To column by its own codes only; a text with ``Region=same`` means all here.

        The comparison of the two ends is :meth:`towards`.
        """
        axis = self.axes["location"]
        none = np.zeros(0, dtype=np.int64)

        def rank(text: str) -> Ranks:
            if not related(text):
                return axis.match(text).rank
            self.towards(text, none, none)
            return axis.match("*").rank

        return self.ranked("location", table, field, findings, rank)

    def ranked(
        self,
        kind: str,
        table: Table,
        field: str,
        findings: Findings,
        rank_of: Callable[[str], Ranks],
    ) -> Ranked:
        """Match a column text by text with ``rank_of``; exact codes are not asked."""
        texts = table.frame[field].to_numpy(dtype=object)
        exact = np.where(texts == "", -1, self.positions(kind, texts))
        number, unique = pd.factorize(np.where(exact < 0, texts, np.asarray(None, dtype=object)))
        rank = np.full((len(unique), len(self.axes[kind])), NONE, dtype=np.int8)
        for at, text in enumerate(unique):
            rows = np.flatnonzero(number == at)
            try:
                rank[at] = rank_of(text)
            except SelectorError as fault:
                report(fault, table, rows, field, findings)
                continue
            if rank.shape[1] and not (rank[at] > NONE).any():
                findings.add("selector-empty", table=table, index=rows, field=field)
        return Ranked(exact, number.astype(np.int64), rank)

    def towards(self, text: str, origin: Ints, destination: Ints) -> Ranks:
        """Ranks of a To selector for pairs of locations [X]; understands ``Region=same``.

        A place never reaches itself, and two blanks are not the same.
        """
        axis = self.axes["location"]
        if text.strip() in axis.position or not related(text):
            rank = axis.match(text).rank[destination]
        else:
            rank = np.full(len(origin), ALL, dtype=np.int8)
            for terms in parse(text):
                rank = both(rank, self._part(terms, origin, destination))
        return np.where(origin == destination, NONE, rank).astype(np.int8)

    def _part(self, terms: tuple[Term, ...], origin: Ints, destination: Ints) -> Ranks:
        if not terms[0].same or len(terms) > 1:
            return self.axes["location"].any_of(terms)[destination]
        same = self.same(terms[0].column, origin, destination)
        return np.where(same ^ terms[0].negated, GROUP, NONE).astype(np.int8)

    def same(self, column: str, origin: Ints, destination: Ints) -> Flags:
        """Whether both ends of each pair have one and the same, not blank, value in a column."""
        values = self.axes["location"].attribute(column).values
        first = values[origin]
        return np.asarray((first == values[destination]) & ~pd.isna(first) & (first != ""))

    def pairs(self, from_text: str, to_text: str) -> tuple[Ints, Ints, Ranks, Ranks]:
        """Pairs of locations a row of lanes stands for: origin, destination and both ranks.

        Never a place with itself.

        Raises:
            SelectorError: a word of one of them is not known.
        """
        start = self.match("location", from_text)
        origins = np.flatnonzero(start.mask)
        targets = np.arange(len(self.axes["location"]))
        if not related(to_text):
            targets = np.flatnonzero(self.match("location", to_text).mask)
        origin = np.repeat(origins, len(targets))
        destination = np.tile(targets, len(origins))
        rank = self.towards(to_text, origin, destination)
        keep = rank > NONE
        return origin[keep], destination[keep], start.rank[origin[keep]], rank[keep]


def related(text: str) -> bool:
    """Whether a To selector compares the two ends, e.g. ``Region=same``."""
    return "=" in text.replace("＝", "=") and any(
        term.same for terms in parse(text) for term in terms
    )


def report(
    fault: SelectorError,
    table: Table,
    rows: Ints | int,
    field: str,
    findings: Findings,
    kind: str = "",
) -> None:
    """Add what is wrong with a selector at the cells where it stands.

    ``kind`` is the sheet of the codes meant, where the schema does not name it.
    """
    total = fault.code == "unknown-selector" and is_total(fault.word)
    column = schema().sheet(table.sheet).column(field)
    listed = kind or column.refers_to
    findings.add(
        "total-row" if total else fault.code,
        table=table,
        index=rows,
        field=field,
        word=fault.word,
        nearest=fault.near,
        kind=KINDS.get(listed, OTHER_CODE),
        allowed=_columns(listed) if fault.code == "selector-column" else _words(column),
    )


def _words(column: Column) -> Both | str:
    """Return the words a selector column knows beside codes; blank where there are none."""
    if not column.choices:
        return ""
    return Both(", ".join(column.choices), "、".join(say(one, "zh") for one in column.choices))


def _columns(sheet: str) -> Both | str:
    """Return the columns of words a selector can test, such as Tier and Region."""
    if sheet not in KINDS:
        return ""
    words = [one for one in schema().sheet(sheet).columns if one.type in ("text", "choice")]
    told = [one for one in words if one.field not in NOT_TESTED and not one.required]
    told += [one for one in words if one.field == "tier"]
    return Both(", ".join(one.name for one in told), "、".join(one.zh for one in told))
