"""Precedence: which row of a policy sheet sets the value of each cell (ruling 10).

Per cell of a grid (places or goods by periods) and per column of values, the row with the most
specific selectors wins; a blank inherits from the next less specific row. In a column an exact
code beats a group or attribute, which beats ``*``; among columns Location (From, then To; Tier
belongs to it) > Product > Channel > Period. Rows of equal specificity with different values are
an error that names both cells.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Flags, Floats, Ints
from tierstock.inputs.selecting.catalog import Ranked
from tierstock.inputs.selecting.selectors import EXACT, NONE, Ranks
from tierstock.inputs.tables import Table

BASE = 3
"""Number of ranks; a specificity is a number with one digit of this base per level."""


@dataclass(frozen=True)
class Column:
    """One selector column of a policy sheet, laid over the items of a grid."""

    ranked: Ranked
    """The column, matched against its codes."""
    of_item: Ints
    """[M] code of each item of the grid."""
    level: int
    """Precedence, 0 first; of several columns of one level the most specific one counts."""
    names_item: bool = True
    """Whether exact codes in all such columns name the item; False for mere filters."""
    most: int = EXACT
    """Highest rank of the column; ``GROUP`` for one that is an attribute of the items."""

    def ranks(self, rows: Ints, items: Ints) -> Ranks:
        """How specifically rows mean items, [X]; -1 = not at all."""
        codes = self.of_item[items]
        exact = self.ranked.exact[rows]
        rank = np.where(exact == codes, EXACT, NONE).astype(np.int8)
        wide = exact < 0
        rank[wide] = self.ranked.rank[self.ranked.text[rows[wide]], codes[wide]]
        return np.minimum(rank, np.int8(self.most))


@dataclass(frozen=True)
class Coverage:
    """What the rows of a policy sheet speak about: entries of a row and an item."""

    row: Ints
    """[E] row of the table."""
    item: Ints
    """[E] item of the grid."""
    key: Ints
    """[E] specificity of all columns but Period."""
    period: Ranked
    """The Period column."""
    shape: tuple[int, int]
    """M items, T periods."""


@dataclass(frozen=True)
class Layer:
    """Entries of one specificity and one set of periods."""

    key: int
    entries: Ints
    periods: Ints


def cover(columns: Sequence[Column], period: Ranked, periods: int) -> Coverage:
    """Find which rows speak about which items, and how specifically.

    Rows with exact codes in all naming columns are matched together; the others once per
    combination of texts.
    """
    naming = [column for column in columns if column.names_item]
    items = len(columns[0].of_item)
    exact = np.logical_and.reduce([column.ranked.exact >= 0 for column in naming])
    row, item = _named(naming, np.flatnonzero(exact))
    wide_row, wide_item = _wide(columns, np.flatnonzero(~exact), items)
    row, item = np.concatenate([row, wide_row]), np.concatenate([item, wide_item])
    levels: dict[int, Ranks] = {}
    keep = np.ones(len(row), dtype=bool)
    for column in columns:
        rank = column.ranks(row, item)
        keep &= rank > NONE
        levels[column.level] = np.maximum(rank, levels.get(column.level, rank))
    key = np.zeros(len(row), dtype=np.int64)
    for level in sorted(levels):
        key = BASE * key + levels[level]
    return Coverage(row[keep], item[keep], key[keep], period, (items, periods))


def always(table: Table) -> Ranked:
    """The Period column of a sheet without one, over a single period: every row holds."""
    rows = np.full(len(table), -1, dtype=np.int64)
    return Ranked(rows, np.zeros(len(table), dtype=np.int64), np.zeros((1, 1), dtype=np.int8))


def _named(columns: Sequence[Column], rows: Ints) -> tuple[Ints, Ints]:
    """Row and item of every entry of rows that name their items by exact codes."""
    wanted = np.zeros(len(rows), dtype=np.int64)
    known = np.zeros(len(columns[0].of_item), dtype=np.int64)
    for column in columns:
        size = column.ranked.rank.shape[1]
        wanted = wanted * size + column.ranked.exact[rows]
        known = known * size + column.of_item
    order = np.argsort(known, kind="stable")
    first = np.searchsorted(known[order], wanted, side="left")
    count = np.searchsorted(known[order], wanted, side="right") - first
    start = np.repeat(first - np.concatenate([[0], np.cumsum(count)[:-1]]), count)
    return np.repeat(rows, count), order[start + np.arange(count.sum())]


def _wide(columns: Sequence[Column], rows: Ints, items: int) -> tuple[Ints, Ints]:
    """Row and item of every entry of the other rows, one combination of texts at a time."""
    texts = [np.where(c.ranked.exact < 0, -1 - c.ranked.text, c.ranked.exact) for c in columns]
    number, _ = pd.MultiIndex.from_arrays([text[rows] for text in texts]).factorize()
    found_rows: list[Ints] = [np.zeros(0, dtype=np.int64)]
    found_items: list[Ints] = [np.zeros(0, dtype=np.int64)]
    order = np.argsort(number, kind="stable")
    bounds = np.flatnonzero(np.diff(number[order], prepend=-1, append=-1))
    orders = [np.argsort(column.of_item, kind="stable") for column in columns]
    held = [(order, column.of_item[order]) for order, column in zip(orders, columns, strict=True)]
    for start, end in zip(bounds[:-1], bounds[1:], strict=True):
        alike = rows[order[start:end]]
        chosen = _candidates(columns, held, int(alike[0]), items)
        for column in columns:
            same = np.broadcast_to(alike[:1], chosen.shape)
            chosen = chosen[column.ranks(same, chosen) > NONE]
        found_rows.append(np.repeat(alike, len(chosen)))
        found_items.append(np.tile(chosen, len(alike)))
    return np.concatenate(found_rows), np.concatenate(found_items)


def _candidates(
    columns: Sequence[Column], held: Sequence[tuple[Ints, Ints]], row: int, items: int
) -> Ints:
    """Items of a code the row names exactly; all items where it names none.

    ``held`` is the order of the items by the code of each column, and the codes in this order.
    """
    for column, (order, codes) in zip(columns, held, strict=True):
        code = column.ranked.exact[row]
        if code >= 0:
            return order[slice(*np.searchsorted(codes, [code, code + 1]))]
    return np.arange(items)


def report_idle(
    columns: Sequence[Column], coverage: Coverage, table: Table, findings: Findings
) -> None:
    """Warn of rows whose selectors match something each, but nothing together."""
    idle = np.ones(len(table), dtype=bool)
    idle[coverage.row] = False
    for column in columns:
        wide = column.ranked.exact < 0
        matches = np.asarray((column.ranked.rank > NONE).any(axis=1))
        idle[wide] &= matches[column.ranked.text[wide]]
    findings.add("row-without-effect", table=table, index=np.flatnonzero(idle))


def winners(
    coverage: Coverage,
    table: Table,
    field: str,
    findings: Findings,
    *,
    least: bool = False,
    beside: Sequence[str] = (),
) -> Ints:
    """Row that sets a column of values in every cell, [M, T]; -1 where none states it.

    Args:
        coverage: what the rows speak about.
        table: the policy sheet.
        field: column of values; rows where it is blank inherit.
        findings: takes ``conflicting-rows`` at rows of equal specificity with other values.
        least: the smaller value wins at equal specificity instead, without an error.
        beside: columns that say what the value means, its unit or currency; values that differ
            in them are not the same.
    """
    stated = table.frame[field].to_numpy()
    numbers = stated.dtype.kind == "f"
    filled = ~np.isnan(stated) if numbers else np.asarray(stated != "", dtype=bool)
    winner = np.full(coverage.shape, -1, dtype=np.int64)
    if not filled[coverage.row].any():
        return winner
    value = stated if numbers else pd.factorize(stated)[0].astype(np.float64)
    others = [name for name in beside if name in table.frame]
    if others:
        meaning = table.frame.groupby([field, *others], dropna=False, sort=False)
        value = meaning.ngroup().to_numpy(np.float64)
    reached = np.full(coverage.shape, -1, dtype=np.int64)
    clashes: list[NDArray[np.int64]] = []
    for layer in _layers(coverage, filled):
        row, item = _once(coverage, layer, value, clashes, strict=not least)
        cells = np.ix_(item, layer.periods)
        equal = reached[cells] == layer.key
        before = value[winner[cells]]
        if least:
            write = ~equal | (value[row][:, None] < before)
        else:
            write = ~equal
            other, at = np.nonzero(equal & (value[row][:, None] != before))
            clashes.append(np.stack([winner[cells][other, at], row[other]], axis=1))
        winner[cells] = np.where(write, row[:, None], winner[cells])
        reached[cells] = layer.key
    _report(clashes, table, field, findings)
    return winner


def _layers(coverage: Coverage, filled: Flags) -> list[Layer]:
    """Entries with a value by specificity, Period included, the least specific first."""
    used = np.flatnonzero(filled[coverage.row])
    row = coverage.row[used]
    period = coverage.period
    text = np.where(period.exact[row] < 0, -1 - period.text[row], period.exact[row])
    number, _ = pd.MultiIndex.from_arrays([coverage.key[used], text]).factorize()
    order = np.argsort(number, kind="stable")
    bounds = np.flatnonzero(np.diff(number[order], prepend=-1, append=-1))
    layers = []
    for start, end in zip(bounds[:-1], bounds[1:], strict=True):
        entries = used[order[start:end]]
        key = BASE * int(coverage.key[entries[0]])
        when = int(text[order[start]])
        if when >= 0:
            layers.append(Layer(key + EXACT, entries, np.array([when])))
            continue
        ranks = period.rank[-1 - when]
        for rank in np.unique(ranks[ranks > NONE]):
            layers.append(Layer(key + int(rank), entries, np.flatnonzero(ranks == rank)))
    return sorted(layers, key=lambda layer: layer.key)


def _once(
    coverage: Coverage,
    layer: Layer,
    value: Floats,
    clashes: list[NDArray[np.int64]],
    *,
    strict: bool,
) -> tuple[Ints, Ints]:
    """Row and item of a layer, each item once: its first row, or the one with the least value."""
    row, item = coverage.row[layer.entries], coverage.item[layer.entries]
    order = np.lexsort((row, item)) if strict else np.lexsort((value[row], item))
    row, item = row[order], item[order]
    first = np.diff(item, prepend=-1) != 0
    if strict and not first.all():
        lead = row[first][np.cumsum(first) - 1]
        differ = value[lead] != value[row]
        clashes.append(np.stack([lead[differ], row[differ]], axis=1))
    return row[first], item[first]


def _report(clashes: list[NDArray[np.int64]], table: Table, field: str, findings: Findings) -> None:
    """At every row that differs from an equally specific one before it, name both cells."""
    if not any(len(pair) for pair in clashes):
        return
    pairs = np.sort(np.concatenate(clashes), axis=1)
    pairs = pairs[np.lexsort((pairs[:, 0], pairs[:, 1]))]
    for first, second in pairs[np.diff(pairs[:, 1], prepend=-1) != 0]:
        findings.add(
            "conflicting-rows",
            table=table,
            index=int(second),
            field=field,
            other=table.cell(int(first), field),
            stated=table.frame[field].iat[int(first)],
        )


def numbers(winner: Ints, table: Table, field: str, default: float = np.nan) -> Floats:
    """Values of the winning rows, [M, T]; ``default`` where none states one."""
    if not len(table):
        return np.full(winner.shape, default)
    stated = table.frame[field].to_numpy(dtype=np.float64)
    return np.where(winner >= 0, stated[winner], default)


def resolve(
    coverage: Coverage, table: Table, field: str, findings: Findings, default: float = np.nan
) -> Floats:
    """Value of a number column in every cell, [M, T]; ``default`` where no row states one."""
    return numbers(winners(coverage, table, field, findings), table, field, default)
