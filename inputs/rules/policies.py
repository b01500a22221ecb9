"""Lines of policy sheets: per column the row that won, when, and the rows it beat (ruling 10)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Flags, Ints, Network
from tierstock.inputs.rules.fallbacks import (
    FALLBACKS,
    WHERE_STATED,
    Fallback,
    acts,
    by_default,
    default_text,
)
from tierstock.inputs.rules.grids import Asked, Grid, build_grid
from tierstock.inputs.rules.laying import coverage, parted
from tierstock.inputs.rules.lines import Lines, joined, lines_of
from tierstock.inputs.rules.sources import Source
from tierstock.inputs.rules.spells import Spells, beaten, spells
from tierstock.inputs.rules.words import Words
from tierstock.inputs.schema import Column
from tierstock.inputs.selecting.catalog import Ranked
from tierstock.inputs.selecting.precedence import Coverage, winners
from tierstock.inputs.selecting.selectors import ALL
from tierstock.inputs.tables import Table

LEAST = {("TransferRules", "allowed")}
"""Columns in which the smaller value wins at equal specificity: N beats Y (ruling 22)."""
REPLACED = ("Lanes", "unit_cost")
"""Column that is of no effect on lanes with rates (F14)."""
FILLED = {("TransferRules", "allowed"): 1.0}
"""Columns in which a blank cell is a statement, and what it states."""


@dataclass(frozen=True)
class Teller:
    """What every part of the table needs."""

    net: Network
    ground: Ground
    words: Words
    asked: Asked

    def grid(self, kind: str, *, by_lane: bool = False) -> Grid:
        """Return the items of a kind that are asked for; goods as their lanes ``by_lane``."""
        return build_grid(kind, self.net, self.ground.catalog, self.asked, by_lane=by_lane)


@dataclass(frozen=True)
class Sheet:
    """One sheet laid over the items it speaks about."""

    teller: Teller
    source: Source
    table: Table
    grid: Grid
    cells: Coverage
    item: Ints
    """[M] item of the grid."""
    labels: list[str]
    """What tells items apart in words: lane, recipe."""
    label: Ints
    """[M] label of each item."""


def laid(teller: Teller, source: Source, grid: Grid) -> Sheet:
    """Lay a sheet over the items of a grid."""
    table = teller.ground.tables.table(source.name)
    changed = {
        field: np.nan_to_num(table.frame[field].to_numpy(np.float64), nan=value)
        for (sheet, field), value in FILLED.items()
        if sheet == source.name
    }
    table = table.with_columns(changed) if changed else table
    cells = _timeless(coverage(source, table, grid, teller.net, teller.ground.catalog))
    item = row = np.arange(len(grid))
    if source.apart:
        cells, item, row = parted(cells, table, source)
    labels, label = labels_of_rows(teller, source.apart, table, grid, item, row)
    return Sheet(teller, source, table, grid, cells, item, labels, label)


def labels_of_rows(
    teller: Teller, columns: Sequence[Column], table: Table, grid: Grid, item: Ints, row: Ints
) -> tuple[list[str], Ints]:
    """Label of items and rows that name them: the lane, and what tells the row apart.

    Returns:
        The different labels, and the number of the label of each, [X].
    """
    names, name = np.unique(grid.label.astype(str), return_inverse=True)
    part = row if columns else np.zeros_like(item)
    keys = name[item] * (len(table) + 1) + part
    unique, label = np.unique(keys, return_inverse=True)
    labels = []
    for key in unique.tolist():
        at, one = divmod(key, len(table) + 1)
        said = teller.words.qualities(columns, table, one) if columns else []
        labels.append(teller.words.between.join(text for text in (str(names[at]), *said) if text))
    return labels, label


def _timeless(cells: Coverage) -> Coverage:
    """Return the coverage with one period instead of many where no row distinguishes them."""
    period = cells.period
    used = np.unique(cells.row)
    if (period.exact[used] >= 0).any() or (period.rank[period.text[used]] != ALL).any():
        return cells
    rows = len(period.exact)
    always = Ranked(np.full(rows, -1), np.zeros(rows, np.int64), np.zeros((1, 1), np.int8))
    return replace(cells, period=always, shape=(cells.shape[0], 1))


def column_lines(sheet: Sheet, column: Column, order: int) -> Lines:
    """Return the lines of one column: rows that won, then what holds where none did."""
    teller, place = sheet.teller, (sheet.source.name, column.field)
    values = sheet.table.frame[column.field].to_numpy()
    filled = ~np.isnan(values) if values.dtype.kind == "f" else _stated(values)
    won = winners(sheet.cells, sheet.table, column.field, Findings(), least=place in LEAST)
    mute = _muted(sheet, column)
    won = np.where(mute[:, None], -1, won)
    behind = None
    if place in FALLBACKS and (filled.any() or place not in WHERE_STATED):
        behind = FALLBACKS[place](teller.net, teller.ground, teller.words, sheet.grid)
    elif filled.any() and acts(column):
        text = teller.words.pool.number(default_text(column, teller.words))
        told = np.zeros(len(sheet.grid), dtype=bool)
        told[sheet.item[sheet.cells.item]] = True
        behind = by_default(np.full((len(sheet.grid), 1), text), told, teller.words)
    parts = []
    if filled.any():
        parts.append(_won(sheet, column, order, won, filled, behind))
    if behind is not None:
        parts.append(_fallen(sheet, column, order, (won < 0) & ~mute[:, None], behind))
    return joined(parts)


def _muted(sheet: Sheet, column: Column) -> Flags:
    """[M] items for which a column is of no effect: freight per unit where there are rates."""
    rates = sheet.teller.net.rates
    if (sheet.source.name, column.field) != REPLACED or rates is None:
        return np.zeros(len(sheet.item), dtype=bool)
    return np.asarray(rates.rated[sheet.grid.lane[sheet.item]])


def _stated(values: "np.ndarray[tuple[int], np.dtype[np.generic]]") -> Flags:
    if values.dtype.kind == "M":
        return np.asarray(~np.isnat(values))
    return np.asarray(values != "", dtype=bool)


def _won(
    sheet: Sheet, column: Column, order: int, won: Ints, filled: Flags, behind: Fallback | None
) -> Lines:
    """Lines of the rows that rule, with the rows and the fallback they beat."""
    words, table = sheet.teller.words, sheet.table
    found = spells(won)
    texts, values = words.values(column, table)
    rows = table.frame["row"].to_numpy(np.int64)
    lost = beaten(found, sheet.cells, filled)
    after = None if behind is None else behind.beat[sheet.item[found.item]]
    beat = words.beats(found, lost, rows, texts, after)
    title = np.full(len(found), words.pool.number(table.title))
    return _lines(
        sheet, column, order, found, values[found.number], title, rows[found.number], beat
    )


def _fallen(sheet: Sheet, column: Column, order: int, free: Flags, behind: Fallback) -> Lines:
    """Lines of what holds in the cells, [M, T], in which no row states the column."""
    told = free & behind.told[sheet.item][:, None]
    found = spells(np.where(told, behind.value[sheet.item], -1))
    item = sheet.item[found.item]
    none = np.full(len(found), sheet.teller.words.none)
    return _lines(
        sheet, column, order, found, found.number, behind.sheet[item], behind.row[item], none
    )


def _lines(
    sheet: Sheet,
    column: Column,
    order: int,
    found: Spells,
    value: Ints,
    title: Ints,
    row: Ints,
    beat: Ints,
) -> Lines:
    words, item = sheet.teller.words, sheet.item[found.item]
    said = words.title(sheet.source.sheet, column)
    rule = words.rules(said, sheet.labels, sheet.label[found.item], found)
    return lines_of(sheet.grid, item, order, found.first, *rule, value, title, row, beat)
