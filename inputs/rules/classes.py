"""Which row decided the class of a demand, and how the class is treated (ruling 28)."""

from collections.abc import Iterator

import numpy as np

from tierstock.inputs.assembly.places import find
from tierstock.inputs.network import Ints
from tierstock.inputs.rules.grids import Grid
from tierstock.inputs.rules.lines import NO_ROW, Lines, lines_of
from tierstock.inputs.rules.policies import Teller
from tierstock.inputs.rules.sources import Source
from tierstock.inputs.rules.spells import whole_spells
from tierstock.inputs.rules.streams import (
    DEMAND,
    Step,
    beaten_steps,
    labels_of,
    rows_of,
    spoken,
    stated_row,
    stream_grid,
    streams_of,
    texts_of,
)
from tierstock.inputs.schema import schema


def class_lines(teller: Teller, order: int) -> Iterator[tuple[Lines, Grid]]:
    """Tell the class of every demand: Demand > channel > location > product > standard."""
    grid = stream_grid(teller)
    if not len(grid) or not teller.ground.tables.has("ServiceClasses"):
        return
    steps = _steps(teller, grid)
    by = np.argmax([step.speaks for step in steps], axis=0)
    words, item = teller.words, np.arange(len(grid))
    code, channel = teller.net.demand.service_class, teller.net.demand.channel
    found = whole_spells(item, by, len(teller.net.periods))
    labels, label = labels_of(channel[grid.number])
    title = words.title(schema().sheet(DEMAND), schema().sheet(DEMAND).column("class"))
    lines = lines_of(
        grid,
        item,
        order,
        found.first,
        *words.rules(title, labels, label, found),
        texts_of(teller, spoken(teller, code[grid.number])),
        words.pool.numbers(step.sheet for step in steps)[by],
        np.choose(by, [step.row for step in steps]),
        beaten_steps(teller, steps, by, item),
    )
    yield lines, grid


def _steps(teller: Teller, grid: Grid) -> list[Step]:
    """Sources of the class of each stream, the strongest first."""
    ground, net, words = teller.ground, teller.net, teller.words
    rule, classes, sheet = ground.rule, ground.classes, ground.tables.table
    code = texts_of(teller, spoken(teller, classes.code))
    channel = find(rule.channels, net.demand.channel[grid.number])
    named = _first_rows(teller)[grid.number]
    mine = texts_of(teller, spoken(teller, net.demand.service_class[grid.number]))
    steps = [Step(sheet(DEMAND).title, stated_row(sheet(DEMAND), named), mine, named >= 0)]
    group = rule.of_channel[channel]
    row = rows_of(sheet("ServiceClasses"), "class", classes.code)[group]
    steps.append(Step(sheet("ServiceClasses").title, row, code[group], group >= 0))
    group = rule.of_location[grid.location]
    row = rows_of(sheet("Locations"), "location", net.locations.code)[grid.location]
    steps.append(Step(sheet("Locations").title, row, code[group], group >= 0))
    group = rule.of_product[grid.product]
    row = rows_of(sheet("Products"), "product", net.products.code)[grid.product]
    steps.append(Step(sheet("Products").title, row, code[group], group >= 0))
    count = len(grid)
    standard = np.full(count, code[classes.standard])
    everybody = np.ones(count, dtype=bool)
    return [*steps, Step(words.default, np.full(count, NO_ROW), standard, everybody)]


def _first_rows(teller: Teller) -> Ints:
    """First row of Demand that states the class of each stream, [D]; -1 where none does."""
    table = teller.ground.tables.table(DEMAND)
    stated = np.flatnonzero((table.frame["class"] != "").to_numpy())
    found = np.full(len(teller.net.demand), -1, dtype=np.int64)
    stream = streams_of(teller, table, stated)
    known = stream >= 0
    found[stream[known][::-1]] = stated[known][::-1]
    return found


def treatment_lines(teller: Teller, source: Source, order: int) -> Iterator[tuple[Lines, Grid]]:
    """Tell how each class of demand at a place is treated: the other columns of ServiceClasses."""
    grid = stream_grid(teller)
    ground, words = teller.ground, teller.words
    table = ground.tables.table(source.name)
    labels, label = labels_of(spoken(teller, teller.net.demand.label[grid.number]))
    group = find(ground.classes.code, teller.net.demand.service_class[grid.number])
    row = ground.classes.row[group]
    for at, column in enumerate(source.values):
        said, values = words.values(column, table)
        item = np.flatnonzero(np.append(said != "", False)[row] & (row >= 0))
        mine = row[item]
        found = whole_spells(item, mine, len(teller.net.periods))
        rule = words.rules(words.title(source.sheet, column), labels, label[item], found)
        sheet = np.full(len(item), words.pool.number(table.title))
        none = np.full(len(item), words.none)
        texts = (*rule, values[mine], sheet, stated_row(table, mine), none)
        yield lines_of(grid, item, order + at, found.first, *texts), grid
