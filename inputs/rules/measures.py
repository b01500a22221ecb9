"""Several safety measures, or maxima, at one place: which of them rules (ruling 10).

Of Safety Stock and Safety Days the larger applies, of Max Stock and Max Days the smaller.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tierstock.inputs.findings import Findings, phrase
from tierstock.inputs.network import Floats, Ints
from tierstock.inputs.rules.fallbacks import numbers
from tierstock.inputs.rules.grids import Grid
from tierstock.inputs.rules.lines import Lines, lines_of
from tierstock.inputs.rules.policies import Sheet
from tierstock.inputs.rules.spells import Spells, spells
from tierstock.inputs.rules.words import number_text
from tierstock.inputs.selecting.precedence import winners


@dataclass(frozen=True)
class _Rival:
    """Two columns that may both state a bound, in units and in days."""

    word: str
    """Message that names what is in force."""
    units: str
    days: str
    bound: str
    """Attribute of ``Places`` with the bound in force, units."""


RIVALS = (
    _Rival("rule-safety", "safety_stock", "safety_days", "safety"),
    _Rival("rule-maximum", "max_stock", "max_days", "max_stock"),
)


def rival_lines(sheet: Sheet, order: int) -> Iterator[tuple[Lines, Grid]]:
    """Tell the bound in force, in units, where both measures are stated for a place."""
    for at, rival in enumerate(RIVALS):
        yield _lines(sheet, rival, order + at), sheet.grid


def _lines(sheet: Sheet, rival: _Rival, order: int) -> Lines:
    words, table, places = sheet.teller.words, sheet.table, sheet.teller.net.places
    won = [winners(sheet.cells, table, f, Findings()) for f in (rival.units, rival.days)]
    bound = getattr(places, rival.bound)[sheet.grid.number]
    stated = np.append(table.frame[rival.units].to_numpy(np.float64), np.nan)[won[0]]
    units = np.isclose(np.broadcast_to(stated, bound.shape), bound, rtol=1e-9, atol=1e-9)
    both = (won[0] >= 0) & (won[1] >= 0) & (bound > 0.0) & np.isfinite(bound)
    rows = max(len(table), 1)
    ruling, other = np.where(units, won[0], won[1]), np.where(units, won[1], won[0])
    pair = (np.where(units, 0, rows) + ruling) * rows + other
    found = spells(np.where(both, pair, -1))
    by, lost = np.divmod(found.number, rows)
    field, row = np.divmod(by, rows)
    excel = table.frame["row"].to_numpy(np.int64)
    columns = [sheet.source.sheet.column(name) for name in (rival.units, rival.days)]
    cells = [words.cells(column, table) for column in columns]
    beat = [
        f"{columns[1 - f].heading(words.language)} "
        + words.row_text(int(excel[r]), str(cells[1 - f][r]))
        for f, r in zip(field.tolist(), lost.tolist(), strict=True)
    ]
    name = columns[0].sheet if words.language == "en" else sheet.source.sheet.zh
    title = phrase(rival.word, words.language, {"sheet": name})
    return lines_of(
        sheet.grid,
        found.item,
        order,
        found.first,
        *words.rules(title, [""], np.zeros(len(found), dtype=np.int64), found),
        _range(found, bound, sheet),
        np.full(len(found), words.pool.number(table.title)),
        excel[row],
        words.pool.numbers(beat),
    )


def _range(found: Spells, bound: Floats, sheet: Sheet) -> Ints:
    """Text of the bound over the periods of a spell: one number, or least and largest."""
    masks = np.broadcast_to(found.masks[found.when], (len(found), bound.shape[1]))
    mine = bound[found.item]
    least = np.where(masks, mine, np.inf).min(axis=1)
    most = np.where(masks, mine, -np.inf).max(axis=1)
    pool = sheet.teller.words.pool
    if (least == most).all():
        return numbers(least, sheet.teller.words)
    pairs, number = np.unique(np.stack([least, most]), axis=1, return_inverse=True)
    texts = [
        number_text(low) if low == high else f"{number_text(low)}–{number_text(high)}"
        for low, high in pairs.T.tolist()
    ]
    return np.asarray(pool.numbers(texts)[number.reshape(-1)])
