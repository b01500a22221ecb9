"""Lines of the table of rules while they are numbers: words by number, folded, sorted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from tierstock.inputs.network import Ints
from tierstock.inputs.rules.grids import EVERY, Grid

NO_ROW = -1
"""Excel row of a default."""


class Pool:
    """Texts by number: every different text is made once, however many lines show it."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._number: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Return the number of a text, a new one where it is not known yet."""
        found = self._number.setdefault(text, len(self.texts))
        if found == len(self.texts):
            self.texts.append(text)
        return found

    def numbers(self, texts: Iterable[str]) -> Ints:
        """Return the numbers of several texts."""
        return np.array([self.number(str(text)) for text in texts], dtype=np.int64)


@dataclass(frozen=True)
class Lines:
    """Lines of the table; texts are numbers of a ``Pool``."""

    item: Ints
    """[X] item of the grid the line is about."""
    location: Ints
    """[X] location, ``EVERY`` for all."""
    product: Ints
    """[X] product, ``EVERY`` for all."""
    order: Ints
    """[X] rank of the rule: sheets and columns in the order of the workbook."""
    first: Ints
    """[X] first period of the line."""
    title: Ints
    """[X] text of Rule without its periods."""
    rule: Ints
    """[X] text of Rule."""
    value: Ints
    """[X] text of Value."""
    sheet: Ints
    """[X] text of Sheet."""
    row: Ints
    """[X] Excel row, ``NO_ROW`` where none."""
    beat: Ints
    """[X] text of Beat."""

    def __len__(self) -> int:
        return len(self.location)

    def take(self, chosen: Ints) -> "Lines":
        """Return the chosen lines."""
        return Lines(*(getattr(self, item.name)[chosen] for item in fields(self)))


def lines_of(grid: Grid, item: Ints, order: int, first: Ints, *texts: Ints) -> Lines:
    """Return lines about items of a grid.

    Args:
        grid: the items.
        item: [X] item of each line.
        order: rank of the rule.
        first: [X] first period of each line.
        texts: title, rule, value, sheet, row and beat, [X] each.
    """
    ranks = np.full(len(item), order)
    return Lines(item, grid.location[item], grid.product[item], ranks, first, *texts)


def joined(parts: Sequence[Lines]) -> Lines:
    """Return all lines one behind the other."""
    none = np.zeros(0, dtype=np.int64)
    names = [item.name for item in fields(Lines)]
    return Lines(*(np.concatenate([none, *(getattr(part, n) for part in parts)]) for n in names))


def ordered(lines: Lines, *, one_place: bool) -> Lines:
    """Sort by location, product (all of them first), rule and period; one place by rule."""
    keys = [lines.row, lines.first, lines.title, lines.order]
    if not one_place:
        keys += [_widest(lines.product), _widest(lines.location)]
    return lines.take(np.lexsort(keys))


def _widest(codes: Ints) -> Ints:
    """Ranks of codes in which all come first, then sets, then single codes."""
    sets = int(-codes.min(initial=0))
    return np.where(codes == EVERY, 0, np.where(codes < EVERY, -codes, sets + 1 + codes))


@dataclass(frozen=True)
class Sets:
    """Sets of locations or of products that lines can be told for at once."""

    of: Ints
    """[M] set of each item of a grid; -1 = none."""
    name: Ints
    """[S] how each set is told: a code, ``EVERY``, or below it a text."""


def folded(lines: Lines, ways: Sequence[tuple[Sets, Sets]]) -> Lines:
    """Say once what holds alike for a whole set of locations and a whole set of products.

    A set is whole when all its items of which the rule is told at all are alike.

    Args:
        lines: lines of one column of a sheet; no two equal ones are about one item.
        ways: sets of locations with sets of products, the largest first.
    """
    alike = _alike(lines)
    count = int(lines.item.max(initial=0)) + 1
    told = np.divmod(np.unique(lines.title * count + lines.item), count)
    left, parts = np.arange(len(lines)), []
    for locations, products in ways:
        pair = np.where(
            (locations.of >= 0) & (products.of >= 0),
            locations.of * len(products.name) + products.of,
            -1,
        )
        whole, left = _complete(lines, alike, pair, left, told)
        location, product = np.divmod(pair[lines.item[whole]], max(len(products.name), 1))
        fresh = {"location": locations.name[location], "product": products.name[product]}
        parts.append(replace(lines.take(whole), **fresh))
    return joined([*parts, lines.take(left)])


def _alike(lines: Lines) -> Ints:
    """Number of each different line, locations and products aside."""
    number = np.zeros(len(lines), dtype=np.int64)
    for part in (lines.first, lines.rule, lines.value, lines.sheet, lines.row, lines.beat):
        size = int(part.max(initial=0)) + 2
        number = np.unique(number * size + part + 1, return_inverse=True)[1]
    return number


def _complete(
    lines: Lines, alike: Ints, pair: Ints, left: Ints, told: tuple[Ints, Ints]
) -> tuple[Ints, Ints]:
    """One line of each lot of equal lines about all told items of a set, and the other lines."""
    able = pair[lines.item[left]] >= 0
    chosen, rest = left[able], left[~able]
    size = int(pair.max(initial=0)) + 1
    title, item = told
    inside = pair[item] >= 0
    sets, items = np.unique(title[inside] * size + pair[item[inside]], return_counts=True)
    keys = alike[chosen] * size + pair[lines.item[chosen]]
    _, first, number, count = np.unique(
        keys, return_index=True, return_inverse=True, return_counts=True
    )
    lead = chosen[first]
    wanted = items[np.searchsorted(sets, lines.title[lead] * size + pair[lines.item[lead]])]
    good = (count == wanted) & (count > 1)
    return lead[good], np.concatenate([chosen[~good[number]], rest])
