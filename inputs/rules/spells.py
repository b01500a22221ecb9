"""Cells that hold the same value in some periods, told together: who won when, and over whom."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tierstock.inputs.network import Flags, Floats, Ints
from tierstock.inputs.selecting.precedence import BASE, Coverage
from tierstock.inputs.selecting.selectors import ALL, EXACT, NONE

PAIRS = 1_000_000
"""Pairs of a spell and a row looked at together."""


@dataclass(frozen=True)
class Spells:
    """Spells: an item, a number (row or source of the value), and the periods they go together."""

    item: Ints
    """[G] item."""
    number: Ints
    """[G] what stands in the cells."""
    when: Ints
    """[G] row of ``masks``."""
    masks: Flags
    """[U, T] different sets of periods; the first one is all of them."""
    first: Ints
    """[G] first period."""

    def __len__(self) -> int:
        return len(self.item)


def spells(cells: Ints) -> Spells:
    """Group the cells [M, T] of each item by their number; numbers below 0 are left out."""
    items, periods = cells.shape
    alike = np.asarray((cells == cells[:, :1]).all(axis=1)) if periods else np.zeros(items, bool)
    whole, rest = np.flatnonzero(alike), np.flatnonzero(~alike)
    size = int(cells.max(initial=0)) + 2
    keys = (rest[:, None] * size + cells[rest] + 1).ravel()
    unique, number = np.unique(keys, return_inverse=True)
    mine = np.zeros((len(unique), periods), dtype=bool)
    mine[number, np.tile(np.arange(periods), len(rest))] = True
    always = np.ones((1, periods), dtype=bool)
    masks, when = always, np.zeros(0, dtype=np.int64)
    if len(unique):
        packed = np.packbits(mine, axis=1)
        kinds, first, when = np.unique(packed, axis=0, return_index=True, return_inverse=True)
        masks, when = np.concatenate([always, mine[first]]), when.reshape(-1) + 1
    item = np.concatenate([whole, unique // size])
    value = np.concatenate([cells[whole, 0] if periods else whole, unique % size - 1])
    when = np.concatenate([np.zeros(len(whole), dtype=np.int64), when])
    kept = np.flatnonzero(value >= 0)
    start = masks.argmax(axis=1)
    return Spells(item[kept], value[kept], when[kept], masks, start[when[kept]])


def whole_spells(item: Ints, number: Ints, periods: int) -> Spells:
    """Spells of values that hold in all periods."""
    none = np.zeros(len(item), dtype=np.int64)
    return Spells(item, number, none, np.ones((1, periods), dtype=bool), none)


@dataclass(frozen=True)
class Beaten:
    """Rows that a spell's own row beat, the most specific first."""

    spell: Ints
    """[B] spell, rising."""
    row: Ints
    """[B] row of the sheet."""
    part: Ints
    """[B] row of ``masks`` with the periods in which it was beaten; 0 = in all of the spell."""
    masks: Flags
    """[V, T] different sets of periods."""


def beaten(found: Spells, cells: Coverage, filled: Flags) -> Beaten:
    """Find the other rows that state the value for the item of a spell in some of its periods.

    Args:
        found: spells whose numbers are rows.
        cells: what the rows speak about.
        filled: [R] the row states the value.
    """
    used = np.flatnonzero(filled[cells.row])
    kinds, kind = _periods(cells)
    masks, rank = kinds > NONE, kinds.max(axis=1, initial=ALL)
    row = cells.row[used]
    strength = cells.key[used] * BASE + rank[kind[row]]
    order = np.lexsort((row, -strength, cells.item[used]))
    row, item = row[order], cells.item[used][order]
    start = np.searchsorted(item, found.item, side="left")
    count = np.searchsorted(item, found.item, side="right") - start
    meets = (found.masks.astype(np.int64) @ masks.T.astype(np.int64)) > 0
    mine, others = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for part in _slices(count):
        spell = np.repeat(part, count[part])
        offset = np.arange(len(spell)) - np.repeat(
            np.cumsum(count[part]) - count[part], count[part]
        )
        other = row[start[spell] + offset]
        rival = (other != found.number[spell]) & meets[found.when[spell], kind[other]]
        mine.append(spell[rival])
        others.append(other[rival])
    spell, other = np.concatenate(mine), np.concatenate(others)
    pair = found.when[spell] * len(masks) + kind[other]
    known, number = np.unique(pair, return_inverse=True)
    shared = found.masks[known // len(masks)] & masks[known % len(masks)]
    whole = (shared == found.masks[known // len(masks)]).all(axis=1)
    part_of = np.where(whole, 0, np.arange(len(known)) + 1)
    table = np.concatenate([np.ones((1, masks.shape[1]), dtype=bool), shared])
    return Beaten(spell, other, part_of[number], table)


def _slices(count: Ints) -> Iterator[Ints]:
    """Spells in runs of about ``PAIRS`` pairs."""
    turn = np.cumsum(count) // PAIRS
    bounds = np.flatnonzero(np.diff(turn, prepend=-1, append=-1))
    for first, last in zip(bounds[:-1], bounds[1:], strict=True):
        yield np.arange(first, last)


def _periods(cells: Coverage) -> tuple[Ints, Ints]:
    """Different Period cells of a sheet as ranks by period [U, T], and the one of each row."""
    period = cells.period
    text = np.where(period.exact < 0, -1 - period.text, period.exact)
    unique, kind = np.unique(text, return_inverse=True)
    ranks = np.full((len(unique), cells.shape[1]), NONE, dtype=np.int64)
    for at, number in enumerate(unique.tolist()):
        if number >= 0:
            ranks[at, number] = EXACT
        else:
            ranks[at] = period.rank[-1 - number]
    return ranks, kind.reshape(-1)


def numbered(values: Floats) -> tuple[Ints, Floats]:
    """Number the different values of an array: the numbers, in its shape, and the values."""
    unique, number = np.unique(values, return_inverse=True)
    return number.reshape(values.shape).astype(np.int64), unique
