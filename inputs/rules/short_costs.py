"""What one unit not served, or waiting, costs, and who says so (ruling 34)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tierstock.inputs.assembly.periods import locate_names
from tierstock.inputs.assembly.places import find
from tierstock.inputs.network import Flags, Floats, Ints
from tierstock.inputs.rules.fallbacks import numbers, setting_place
from tierstock.inputs.rules.grids import Grid
from tierstock.inputs.rules.lines import NO_ROW, Lines, lines_of
from tierstock.inputs.rules.policies import Teller
from tierstock.inputs.rules.spells import numbered, spells
from tierstock.inputs.rules.streams import (
    DEMAND,
    Step,
    beaten_steps,
    labels_of,
    number_step,
    rows_of,
    spoken,
    stated_row,
    stream_grid,
    streams_of,
)
from tierstock.inputs.schema import schema

NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class _Cost:
    """One cost of being short, stream by stream."""

    field: str
    """Column of Demand."""
    money: Floats
    """[D, T] what it comes to."""
    told: Flags
    """[D] whether the stream can come to it at all."""
    steps: list[Step]
    """Who says it where Demand does not."""


def cost_lines(teller: Teller, order: int) -> Iterator[tuple[Lines, Grid]]:
    """Tell both costs: Demand > class > product > setting > ladder."""
    grid = stream_grid(teller)
    if not len(grid):
        return
    demand, classes = teller.net.demand, teller.ground.classes
    group = find(classes.code, demand.service_class[grid.number])
    table = teller.ground.tables.table("ServiceClasses")
    row = rows_of(table, "class", classes.code)[group]
    share = classes.lost_share[group] * teller.net.products.price[grid.product]
    stated = np.where(np.isnan(classes.lost_cost[group]), share, classes.lost_cost[group])
    lost = _Cost(
        "shortage_cost",
        demand.lost_cost[grid.number],
        np.asarray(demand.mode[grid.number] != "must", dtype=bool),
        [
            number_step(teller, table, row, stated),
            _product_step(teller, grid),
            _setting_step(teller, grid),
        ],
    )
    waiting = _Cost(
        "backorder_cost",
        demand.back_cost[grid.number],
        demand.owed_share[grid.number] > 0.0,
        [number_step(teller, table, row, classes.back_cost[group])],
    )
    for at, cost in enumerate((lost, waiting)):
        yield _lines(teller, grid, cost, order + at), grid


def _lines(teller: Teller, grid: Grid, cost: _Cost, order: int) -> Lines:
    words, table = teller.words, teller.ground.tables.table(DEMAND)
    own = _own_rows(teller, cost.field)[grid.number]
    nobody = np.full(len(grid), NO_ROW)
    everybody = np.ones(len(grid), dtype=bool)
    ladder = Step(words.default, nobody, np.full(len(grid), words.none), everybody)
    demand = Step(table.title, nobody, ladder.value, np.zeros(len(grid), dtype=bool))
    steps = [demand, *cost.steps, ladder]
    behind = np.argmax([step.speaks for step in steps], axis=0)
    source = np.where(own >= 0, 0, behind[:, None])
    value, unique = numbered(cost.money)
    found = spells(np.where(cost.told[:, None], source * max(len(unique), 1) + value, -1))
    by, at = np.divmod(found.number, max(len(unique), 1))
    item = found.item
    row = np.choose(by, [step.row[item] for step in steps])
    mine = np.flatnonzero(by == 0)
    first = np.where(found.masks[found.when[mine]] & (own[item[mine]] >= 0), own[item[mine]], NEVER)
    row[mine] = stated_row(table, first.min(axis=1))
    labels, label = labels_of(spoken(teller, teller.net.demand.label[grid.number]))
    title = words.title(schema().sheet(DEMAND), schema().sheet(DEMAND).column(cost.field))
    return lines_of(
        grid,
        item,
        order,
        found.first,
        *words.rules(title, labels, label[item], found),
        numbers(unique, words)[at],
        words.pool.numbers(step.sheet for step in steps)[by],
        row,
        beaten_steps(teller, steps, by, item),
    )


def _own_rows(teller: Teller, field: str) -> Ints:
    """Row of Demand with the highest stated cost of each stream and period, [D, T]; else -1."""
    net, table = teller.net, teller.ground.tables.table(DEMAND)
    owner = np.full((len(net.demand), len(net.periods)), -1, dtype=np.int64)
    cost = table.frame[field].to_numpy(np.float64)
    stated = np.flatnonzero(~np.isnan(cost))
    names = table.frame["period"].to_numpy(dtype=object)[stated]
    period = locate_names(net.periods, names)
    stream = streams_of(teller, table, stated)
    good = (stream >= 0) & (period >= 0) & (period < len(net.periods))
    stated, stream, period = stated[good], stream[good], period[good]
    order = np.lexsort((-stated, cost[stated]))
    owner[stream[order], period[order]] = stated[order]
    return owner


def _product_step(teller: Teller, grid: Grid) -> Step:
    table, code = teller.ground.tables.table("Products"), teller.net.products.code
    frame = table.frame.drop_duplicates("product").set_index("product")
    stated = frame["shortage_cost"].reindex(code).to_numpy(np.float64)[grid.product]
    return number_step(teller, table, rows_of(table, "product", code)[grid.product], stated)


def _setting_step(teller: Teller, grid: Grid) -> Step:
    """The setting shortage_default_cost, where it states a multiple of the ladder's basis."""
    words, count = teller.words, len(grid)
    multiple = teller.ground.tables.settings.shortage_default_cost
    sheet, row = setting_place("shortage_default_cost", teller.ground, words)
    text = "" if isinstance(multiple, str) else f"{multiple:g} b"
    return Step(
        sheet,
        np.full(count, row),
        np.full(count, words.pool.number(text)),
        np.full(count, not isinstance(multiple, str)),
    )
