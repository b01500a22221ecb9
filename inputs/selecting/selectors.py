"""Selectors: the words by which a row names locations, products, periods and the like.

The grammar (ruling 9 of the data contract): ``,`` = or, ``;`` = and, ``!`` = not,
``Column=value`` on the columns of the sheet that lists the codes, group names, ``*`` for all.
``,`` binds tighter than ``;``: ``ABC=A,B;Family=Tea`` is the teas of class A or B. Several codes
are excluded with ``!A;!B``; ``!`` inside a list is refused, because *not A or not B* is everything.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.assembly.period_names import named_date
from tierstock.inputs.network import Flags, Texts
from tierstock.inputs.schema import fold

EXACT, GROUP, ALL, NONE = 2, 1, 0, -1
"""How specifically a code is meant: by name, by group or attribute, by ``*``, not at all."""
SAME = ("same", "相同", "同")
"""Words after ``=`` that compare the two ends of a lane, e.g. ``Region=same``."""
MANY = 2000
"""Among more names than this only those with the same first letter are searched for a near one."""

Ranks = NDArray[np.int8]

_OR = re.compile(r"[,，、]")
_AND = re.compile(r"[;；]")
_FLAGS = {"y": 1.0, "n": 0.0, "是": 1.0, "否": 0.0, "true": 1.0, "false": 0.0, "1": 1.0, "0": 0.0}


class Match(NamedTuple):
    """What a selector stands for."""

    mask: Flags
    """[X] which codes of the axis."""
    rank: Ranks
    """[X] ``EXACT``, ``GROUP`` or ``ALL`` for these codes, ``NONE`` for the others."""


class SelectorError(ValueError):
    """A selector that cannot be understood; ``code`` names the message, ``word`` the part."""

    def __init__(self, code: str, word: str, near: str = "") -> None:
        """Keep the part that is wrong and the nearest known name, blank where none is near."""
        super().__init__(f"{code}: {word}")
        self.code = code
        self.word = word
        self.near = near


@dataclass(frozen=True)
class Term:
    """One word of a selector."""

    column: str
    """Column of an attribute test; blank for a code, a group or ``*``."""
    value: str
    negated: bool

    @property
    def same(self) -> bool:
        """Whether it compares the two ends of a lane."""
        return bool(self.column) and fold(self.value) in SAME


@dataclass(frozen=True)
class Attribute:
    """One column of the sheet that lists the codes."""

    field: str
    type: str
    """Type of the column: text, choice, number, integer, flag or date."""
    values: NDArray[Any]
    """[X] one value per code."""
    choices: Mapping[str, str]
    """Folded word of either language -> word kept in ``values``; empty for free text."""


def parse(text: str) -> tuple[tuple[Term, ...], ...]:
    """Read a selector: all of the parts must hold, any term of a part is enough.

    Raises SelectorError ``selector-not-in-list`` for ``!`` beside ``,`` and ``selector-blank``
    for a part without a word.
    """
    parts = []
    for part in _AND.split(text):
        words = [word.strip() for word in _OR.split(part) if word.strip()]
        if not words:
            raise SelectorError("selector-blank", text.strip())
        terms = tuple(_term(word) for word in words)
        if len(terms) > 1 and any(term.negated for term in terms):
            raise SelectorError("selector-not-in-list", part.strip())
        parts.append(terms)
    return tuple(parts)


def _term(word: str) -> Term:
    negated = word[0] in "!！"
    word = word[1:].strip() if negated else word
    column, equals, value = word.replace("＝", "=").partition("=")
    if not equals:
        return Term("", word, negated)
    if column.rstrip().endswith("!"):
        return Term(column.rstrip()[:-1].strip(), value.strip(), not negated)
    return Term(column.strip(), value.strip(), negated)


EVERY = frozenset(("all", "any", "every", "全部", "所有", "全体"))
"""Words planners write where ``*`` is meant."""


def nearest(word: str, names: Iterable[str]) -> str:
    """The known name most like a word; blank where none is alike."""
    close = [name for name in names if abs(len(name) - len(word)) <= 2]
    if len(close) > MANY:
        close = [name for name in close if name[:1] == word[:1]]
    found = difflib.get_close_matches(word, close, n=1, cutoff=0.6)
    if not found:
        folded = fold(word)
        found = [name for name in close if fold(name) == folded][:1]
    return found[0] if found else ""


class Axis:
    """The codes of one kind, in canonical order, with their columns and groups."""

    def __init__(
        self,
        codes: Texts,
        attributes: Mapping[str, Attribute] | None = None,
        plain: tuple[str, ...] = (),
        groups: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """Build the axis.

        Args:
            codes: names in canonical order.
            attributes: folded column name (English, Chinese, aliases) -> column.
            plain: fields whose values may stand alone, e.g. ``RDC`` for ``Tier=RDC``.
            groups: group name -> selectors of its members.
        """
        self.codes = codes
        self.position = {code: number for number, code in enumerate(codes)}
        self.attributes = dict(attributes or {})
        self.plain = plain
        self.groups = dict(groups or {})
        self._folded_groups = {fold(name): name for name in self.groups}
        self._known: dict[str, Match] = {}
        self._open: list[str] = []

    def __len__(self) -> int:
        """Count the codes."""
        return len(self.codes)

    def match(self, text: str) -> Match:
        """Codes a selector stands for, and how specifically; blank means ``*``.

        In a list each code takes the most specific of its terms; of several conditions the most
        specific counts.

        Raises:
            SelectorError: a word is neither a code, a group nor a value of a column.
        """
        text = text.strip() or "*"
        found = self._known.get(text)
        if found is None:
            rank = self._exact(text)
            if rank is None:
                rank = np.full(len(self), ALL, dtype=np.int8)
                for terms in parse(text):
                    rank = both(rank, self.any_of(terms))
            rank.flags.writeable = False
            found = self._known[text] = Match(rank > NONE, rank)
        return found

    def any_of(self, terms: tuple[Term, ...]) -> Ranks:
        """Ranks of a list: each code as its most specific term."""
        rank = np.full(len(self), NONE, dtype=np.int8)
        column = ""
        for term in terms:
            rank = np.maximum(rank, self._one(term, column))
            column = term.column or column
        return rank

    def _one(self, term: Term, column: str) -> Ranks:
        """One term; ``column`` is the test before it in the list (``ABC=A,B``)."""
        if term.same:
            raise SelectorError("selector-same", f"{term.column}={term.value}")
        if term.column:
            rank = self._test(term.column, term.value)
        else:
            try:
                rank = self._bare(term.value)
            except SelectorError:
                if not column:
                    raise
                rank = self._test(column, term.value)
        return ranks(rank == NONE) if term.negated else rank

    def _bare(self, word: str) -> Ranks:
        """A word alone: ``*``, a code, a group, or a value of a plain column."""
        if word in ("*", "＊"):
            return np.full(len(self), ALL, dtype=np.int8)
        found = self._exact(word)
        if found is None:
            found = self._group(word)
        for field in self.plain if found is None else ():
            mask = _equal(self.attributes[fold(field)], word)
            if mask is not None:
                return ranks(mask)
        if found is None:
            raise SelectorError("unknown-selector", word, self._near(word))
        return found

    def _exact(self, word: str) -> Ranks | None:
        number = self.position.get(word)
        if number is None:
            return None
        rank = np.full(len(self), NONE, dtype=np.int8)
        rank[number] = EXACT
        return rank

    def _group(self, word: str) -> Ranks | None:
        name = word if word in self.groups else self._folded_groups.get(fold(word))
        if name is None:
            return None
        if name in self._open:
            raise SelectorError("group-in-itself", name)
        self._open.append(name)
        try:
            masks = [self.match(member).mask for member in self.groups[name]]
        finally:
            self._open.pop()
        return ranks(np.logical_or.reduce(masks))

    def attribute(self, column: str) -> Attribute:
        """The column of an attribute test, in either language; SelectorError where unknown."""
        attribute = self.attributes.get(fold(column))
        if attribute is None:
            names = {item.field.replace("_", " ").title() for item in self.attributes.values()}
            raise SelectorError("selector-column", column, nearest(column, sorted(names)))
        return attribute

    def _test(self, column: str, value: str) -> Ranks:
        attribute = self.attribute(column)
        mask = _equal(attribute, value)
        if mask is None:
            known = sorted({str(item) for item in attribute.values} | set(attribute.choices))
            raise SelectorError("unknown-selector", value, nearest(value, known))
        return ranks(mask)

    def _near(self, word: str) -> str:
        """What was meant: ``*``, a test with a colon, the nearest code, else what stands alone."""
        if fold(word) in EVERY:
            return "*"
        column, colon, value = word.partition(":")
        if colon and fold(column.strip()) in self.attributes:
            return f"{column.strip()}={value.strip()}"
        values = [str(v) for f in self.plain for v in set(self.attributes[fold(f)].values) if v]
        return nearest(word, self.codes) or nearest(word, [*self.groups, *values])


def both(first: Ranks, second: Ranks) -> Ranks:
    """Ranks of two conditions together: the more specific one where both hold."""
    hold = (first > NONE) & (second > NONE)
    return np.where(hold, np.maximum(first, second), NONE).astype(np.int8)


def ranks(mask: Flags) -> Ranks:
    """Ranks of an attribute test: ``GROUP`` where it holds."""
    return np.where(mask, GROUP, NONE).astype(np.int8)


def _equal(attribute: Attribute, word: str) -> Flags | None:
    """Where a column has a value; None when the value is not known there at all."""
    if attribute.type in ("number", "integer"):
        try:
            return np.asarray(attribute.values == float(word))
        except ValueError:
            return None
    if attribute.type == "flag":
        flag = _FLAGS.get(fold(word))
        return None if flag is None else np.asarray(attribute.values == flag)
    if attribute.type == "date":
        date = named_date(word)
        return None if date is None else np.asarray(attribute.values == date.day)
    mask = np.asarray(attribute.values == word)
    if mask.any() or not word:
        return mask
    choice = attribute.choices.get(fold(word))
    if choice is not None:
        return np.asarray(attribute.values == choice)
    folded = fold(word)
    mask = np.array([fold(value) == folded for value in attribute.values], dtype=bool)
    return mask if mask.any() else None
