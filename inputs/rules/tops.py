"""Sheets of which the most specific rows hold together: Sourcing by place, Rates by lane."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.rates import TRIP
from tierstock.inputs.assembly.sourcing_rows import SOURCES
from tierstock.inputs.network import Flags, Ints
from tierstock.inputs.rules.grids import Grid
from tierstock.inputs.rules.laying import coverage
from tierstock.inputs.rules.lines import Lines, lines_of
from tierstock.inputs.rules.policies import Teller, labels_of_rows
from tierstock.inputs.rules.sources import Source
from tierstock.inputs.rules.spells import beaten, whole_spells
from tierstock.inputs.schema import Column, schema
from tierstock.inputs.selecting.precedence import Coverage
from tierstock.inputs.tables import Table

REPLACED = (("Lanes", "unit_cost"), ("Vehicles", "cost_per_trip"))
"""Columns that brackets, and rates of trips, replace."""


def top_lines(
    teller: Teller, source: Source, grid: Grid, order: int
) -> Iterator[tuple[Lines, Grid]]:
    """Tell every row that holds for an item, and the less specific ones it beat.

    Rows of different lots (forbid and the other rules of Sourcing; trips of each vehicle and the
    brackets of Rates) do not meet.
    """
    table = teller.ground.tables.table(source.name)
    cells = coverage(source, table, grid, teller.net, teller.ground.catalog)
    lot = _lots(table)
    kept = np.flatnonzero(_counts(teller, source, grid, table)[cells.item, lot[cells.row]])
    row, item, key = cells.row[kept], cells.item[kept], cells.key[kept]
    group = _groups(source, grid)[item] * (int(lot.max(initial=0)) + 1) + lot[row]
    _, group = np.unique(group, return_inverse=True)
    best = np.full(int(group.max(initial=-1)) + 1, -1, dtype=np.int64)
    np.maximum.at(best, group, key)
    rules = key == best[group]
    lost = _once(group[~rules], row[~rules], key[~rules], cells)
    for at, column in enumerate((*source.values, *main_choice(source))):
        told = rules & _stated(source, column, table)[row]
        yield _lines(teller, source, grid, column, order + at, item, row, group, told, lost), grid


def main_choice(source: Source) -> list[Column]:
    """The choice that a row without any number still makes: its required one."""
    choices = [c for c in source.apart if c.type == "choice" and c.required]
    return choices[-1:]


def _lots(table: Table) -> Ints:
    """Lot of each row: 0 for the common ones, above that one for each kind that is apart."""
    frame = table.frame
    if table.sheet == "Sourcing":
        return np.asarray((frame["rule"] == "forbid").to_numpy(), dtype=np.int64)
    vehicle = pd.factorize(frame["vehicle"])[0]
    return np.where((frame["basis"] == TRIP).to_numpy(), vehicle + 1, 0).astype(np.int64)


def _counts(teller: Teller, source: Source, grid: Grid, table: Table) -> Flags:
    """[M, lots] whether rows of a lot rule an item: sources are not sought on transfer lanes."""
    size = int(_lots(table).max(initial=0)) + 1
    counts = np.ones((len(grid), size), dtype=bool)
    if source.name == "Sourcing":
        counts[:, 0] = np.isin(teller.net.lanes.kind[grid.lane].astype(str), SOURCES)
    return counts


def _groups(source: Source, grid: Grid) -> Ints:
    """Items among which the most specific rows are sought: those that lead to one place."""
    if source.name != "Sourcing":
        return np.arange(len(grid))
    size = int(grid.product.max(initial=0)) + 2
    return np.asarray(grid.codes["to"] * size + grid.product + 1)


def _once(group: Ints, row: Ints, key: Ints, cells: Coverage) -> Coverage:
    """The rows that lose, once per group."""
    pairs = np.stack([group, row], axis=1)
    unique, first = np.unique(pairs, axis=0, return_index=True)
    shape = (int(group.max(initial=-1)) + 1, cells.shape[1])
    return Coverage(unique[:, 1], unique[:, 0], key[first], cells.period, shape)


def _stated(source: Source, column: Column, table: Table) -> Flags:
    """[R] rows that are told by a column: those that fill it, or that fill no number at all."""
    numbers = [c.field for c in source.values]
    filled = table.frame[numbers].notna()
    if column in source.values:
        return np.asarray(filled[column.field].to_numpy(dtype=bool))
    return np.asarray(~filled.any(axis=1).to_numpy(dtype=bool))


def _lines(
    teller: Teller,
    source: Source,
    grid: Grid,
    column: Column,
    order: int,
    item: Ints,
    row: Ints,
    group: Ints,
    told: Flags,
    lost: Coverage,
) -> Lines:
    words, table = teller.words, teller.ground.tables.table(source.name)
    item, row, group = item[told], row[told], group[told]
    texts, values = words.values(column, table)
    for choice in main_choice(source):
        texts = np.where(texts == "", words.cells(choice, table), texts)
    found = whole_spells(group, row, lost.shape[1])
    rows = table.frame["row"].to_numpy(np.int64)
    behind = beaten(found, lost, np.ones(len(table), dtype=bool))
    others = tuple(c for c in source.apart if c is not column)
    labels, label = labels_of_rows(teller, others, table, grid, item, row)
    return lines_of(
        grid,
        item,
        order,
        found.first,
        *words.rules(words.title(source.sheet, column), labels, label, found),
        values[row],
        np.full(len(row), words.pool.number(table.title)),
        rows[row],
        words.beats(found, behind, rows, texts, _replaced(teller, table, row)),
    )


def _replaced(teller: Teller, table: Table, row: Ints) -> Ints:
    """Text of the column of another sheet that rates replace, [X]: freight, or cost per trip."""
    words, tables = teller.words, teller.ground.tables
    texts = [words.none, words.none]
    if table.sheet == "Rates":
        for at, (name, field) in enumerate(REPLACED):
            if tables.table(name).frame[field].notna().any():
                sheet = schema().sheet(name)
                texts[at] = words.pool.number(words.title(sheet, sheet.column(field)))
    trip = (_lots(table) > 0).astype(np.int64)
    return np.array(texts)[trip[row]]
