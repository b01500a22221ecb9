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
    """[X] item of the grid the line was made from."""
    location: Ints
    """[X] location, ``EVERY`` for all."""
    product: Ints
    """[X] product, ``EVERY`` for all."""
    order: Ints
    """[X] rank of the rule: sheets and columns in the order of the workbook."""
    first: Ints
    """[X] first period of the line."""
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


def lines_of(
    grid: Grid, item: Ints, order: int, first: Ints, *texts: Ints
) -> Lines:
    """Return lines about items of a grid.

    Args:
        grid: the items.
        item: [X] item of each line.
        order: rank of the rule.
        first: [X] first period of each line.
        texts: rule, value, sheet, row and beat, [X] each.
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
    keys = (lines.row, lines.first, lines.rule, lines.order)
    if not one_place:
        keys = (*keys, lines.product, lines.location)
    return lines.take(np.lexsort(keys))


def folded(lines: Lines, grid: Grid) -> Lines:
    """Say once what holds alike for all items of the grid, of a location, or of a product.

    Goods are folded lane by lane: what holds for all products of a lane is said once.

    Args:
        lines: lines of one column of a sheet.
        grid: all items the column can speak about.
    """
    if not len(lines):
        return lines
    same = np.stack([lines.first, lines.rule, lines.value, lines.sheet, lines.row, lines.beat])
    alike = np.unique(same, axis=1, return_inverse=True)[1].reshape(-1)
    every = np.full(len(grid), EVERY)
    if (grid.lane >= 0).any():
        steps = ((grid.lane, grid.location, every),)
    else:
        steps = (
            (every + 1, every, every),
            (grid.location, grid.location, every),
            (grid.product, every, grid.product),
        )
    left, parts = np.arange(len(lines)), []
    for group, location, product in steps:
        whole, left = _complete(alike, group, lines.item, left)
        item = lines.item[whole]
        kept = lines.take(whole)
        parts.append(replace(kept, location=location[item], product=product[item]))
    return joined([*parts, lines.take(left)])


def _complete(alike: Ints, group: Ints, item: Ints, left: Ints) -> tuple[Ints, Ints]:
    """One line of each set of equal lines that has all items of a group, and the other lines."""
    if (group < 0).any():
        return left[:0], left
    size = np.bincount(group)
    keys = alike[left] * len(size) + group[item[left]]
    unique, first, number, count = np.unique(
        keys, return_index=True, return_inverse=True, return_counts=True
    )
    good = (count == size[unique % len(size)]) & (count > 1)
    return left[first[good]], left[~good[number]]
