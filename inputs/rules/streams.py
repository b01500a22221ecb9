"""Demand streams, and the ladder of sources that may say something of them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.classes import STANDARD
from tierstock.inputs.assembly.places import find
from tierstock.inputs.network import Flags, Floats, Ints, Texts
from tierstock.inputs.rules.fallbacks import numbers
from tierstock.inputs.rules.grids import Grid
from tierstock.inputs.rules.lines import NO_ROW
from tierstock.inputs.rules.policies import Teller
from tierstock.inputs.schema import say
from tierstock.inputs.tables import Table

DEMAND = "Demand"


@dataclass(frozen=True)
class Step:
    """One step of a ladder of sources, stream by stream; the strongest step that speaks rules."""

    sheet: str
    """Text of Sheet."""
    row: Ints
    """[D] Excel row, ``NO_ROW`` where none."""
    value: Ints
    """[D] text of what it states."""
    speaks: Flags
    """[D] whether it states anything."""


def stream_grid(teller: Teller) -> Grid:
    """Return the demand streams that are asked for: one per place, class and channel."""
    demand, places, asked = teller.net.demand, teller.net.places, teller.asked
    location, product = places.location[demand.place], places.product[demand.place]
    mine = np.ones(len(demand), dtype=bool)
    if asked.location is not None:
        mine &= location == asked.location
    if asked.product is not None:
        mine &= product == asked.product
    number = np.flatnonzero(mine)
    lane, none = np.full(len(number), -1), np.full(len(number), "", dtype=object)
    return Grid("stream", number, location[mine], product[mine], lane, none, {})


def streams_of(teller: Teller, table: Table, rows: Ints) -> Ints:
    """Stream of each given row of Demand; -1 where it makes none."""
    ground, net = teller.ground, teller.net
    frame = table.frame.iloc[rows]
    location = find(net.locations.code, frame["location"].to_numpy(dtype=object))
    product = find(net.products.code, frame["product"].to_numpy(dtype=object))
    channel = frame["channel"].to_numpy(dtype=object)
    channel = np.where(channel == "", net.locations.channel[location], channel)
    stated = find(ground.classes.code, frame["class"].to_numpy(dtype=object))
    number = find(ground.rule.channels, channel)
    group = ground.rule.resolve(stated, number, location, product)
    place = np.where((location >= 0) & (product >= 0), net.places.of[location, product], -1)
    streams = pd.MultiIndex.from_arrays(
        [
            net.demand.place,
            find(ground.classes.code, net.demand.service_class),
            find(ground.rule.channels, net.demand.channel),
        ]
    )
    wanted = pd.MultiIndex.from_arrays([place, group, number])
    return streams.get_indexer(wanted).astype(np.int64)


def beaten_steps(teller: Teller, steps: list[Step], by: Ints, item: Ints) -> Ints:
    """Text of the steps behind the one that rules, [X].

    Args:
        teller: network and words.
        steps: the ladder, the strongest first; the last one, if nobody states it, beats nothing.
        by: [X] step that rules.
        item: [X] stream.
    """
    words = teller.words
    beat = np.full(len(by), words.none)
    for at, step in enumerate(steps):
        if step.sheet != words.default:
            lost = np.flatnonzero(step.speaks[item] & (at > by))
            beat[lost] = words.linked(beat[lost], _named(teller, step)[item[lost]])
    return beat


def _named(teller: Teller, step: Step) -> Ints:
    """Text by which a stronger source says that it beat a step, [D]."""
    pairs, number = np.unique(np.stack([step.row, step.value]), axis=1, return_inverse=True)
    pool, words = teller.words.pool, teller.words
    texts = [words.row_text(int(row), pool.texts[text], sheet=step.sheet) for row, text in pairs.T]
    return pool.numbers(texts)[number.reshape(-1)]


def number_step(teller: Teller, table: Table, row: Ints, stated: Floats) -> Step:
    """Return a step of numbers, not a number where none is stated."""
    text = numbers(np.nan_to_num(stated), teller.words)
    return Step(table.title, row, text, ~np.isnan(stated))


def rows_of(table: Table, field: str, codes: Texts) -> Ints:
    """Excel row of every code of a sheet, and ``NO_ROW`` behind them for the code -1."""
    first = table.frame.drop_duplicates(field).set_index(field)["row"]
    rows = first.reindex(codes).fillna(NO_ROW).to_numpy(np.int64)
    return np.append(rows, NO_ROW)


def stated_row(table: Table, index: Ints) -> Ints:
    """Excel row of rows of a table; ``NO_ROW`` for -1."""
    rows = np.append(table.frame["row"].to_numpy(np.int64), NO_ROW)
    return np.asarray(rows[index])


def texts_of(teller: Teller, names: Texts) -> Ints:
    """Return the text numbers of names."""
    codes, unique = pd.factorize(names)
    return np.asarray(teller.words.pool.numbers(unique)[codes])


def spoken(teller: Teller, names: Texts) -> Texts:
    """Return classes, or labels that begin with one, with the standard class in words."""
    classes = teller.ground.classes
    if classes.row[classes.standard] >= 0:
        return names
    word = say(STANDARD, teller.words.language, "default")
    parts = (str(name).partition("/") for name in names)
    said = [(word if own == STANDARD else own) + slash + more for own, slash, more in parts]
    return np.array(said, dtype=object)


def labels_of(names: Texts) -> tuple[list[str], Ints]:
    """Return the different names, and the number of each."""
    codes, unique = pd.factorize(names)
    return [str(name) for name in unique], codes.astype(np.int64)
