"""What holds where no row of a sheet states a value: other sheets, settings, prices, defaults."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Flags, Floats, Ints, Network
from tierstock.inputs.reading.headings import find_setting
from tierstock.inputs.rules.grids import Grid
from tierstock.inputs.rules.lines import NO_ROW
from tierstock.inputs.rules.words import Words, number_text
from tierstock.inputs.schema import Column, say, schema
from tierstock.inputs.settings import COMMAND, read_settings

SILENT = ("", "*", "blank", "ladder")
"""First words of defaults that mean nothing is stated."""


@dataclass(frozen=True)
class Fallback:
    """What a column falls back on, item by item; texts are numbers of the pool."""

    value: Ints
    """[M, T], or [M, 1] where it is the same in all periods: text of the value."""
    told: Flags
    """[M] whether it is worth telling."""
    sheet: Ints
    """[M] text of Sheet."""
    row: Ints
    """[M] Excel row, ``NO_ROW`` where none."""
    beat: Ints
    """[M] text by which a row that rules instead says that it beat this."""


Make = Callable[[Network, Ground, Words, Grid], Fallback]


def acts(column: Column) -> bool:
    """Return whether the default of a column is something to tell."""
    return column.default.split(" ")[0] not in SILENT


def default_text(column: Column, words: Words) -> str:
    """Return the default of a column in words."""
    kind = "" if column.default in column.choices else "default"
    return say(column.default, words.language, kind)


def by_default(value: Ints, told: Flags, words: Words) -> Fallback:
    """Return a fallback that nobody states."""
    count = len(value)
    sheet = np.full(count, words.pool.number(words.default))
    return Fallback(
        value, told, sheet, np.full(count, NO_ROW), np.full(count, words.none, dtype=np.int64)
    )


def numbers(values: Floats, words: Words, unit: str = "") -> Ints:
    """Return the text numbers of an array of numbers, in its shape."""
    unique, number = np.unique(values, return_inverse=True)
    texts = words.pool.numbers(number_text(float(value), unit) for value in unique)
    return np.asarray(texts[number.reshape(values.shape)])


def setting_place(name: str, ground: Ground, words: Words) -> tuple[str, int]:
    """Return where a setting in force is stated: sheet and Excel row.

    ``--set`` without a row where it was given beside the tables, ``default`` where nowhere.
    """
    settings, table = ground.tables.settings, ground.tables.table("Settings")
    if name not in settings.stated:
        return words.default, NO_ROW
    own = read_settings(table, Findings())
    if name in own.stated and getattr(own, name) == getattr(settings, name):
        for at in range(len(table) - 1, -1, -1):
            found = find_setting(str(table.frame["setting"].iat[at]))
            if found is not None and found.name == name and table.frame["value"].iat[at]:
                return table.title, table.row(at)
    return COMMAND, NO_ROW


def setting_beat(name: str, value: str, ground: Ground, words: Words) -> int:
    """Return the text by which a row says that it beat a setting; blank where none is stated."""
    sheet, row = setting_place(name, ground, words)
    if sheet == words.default:
        return words.none
    if row == NO_ROW:
        return words.pool.number(f"{COMMAND} {name} ({value})")
    return words.pool.number(words.row_text(row, value, sheet=sheet))


def _carrying_rate(net: Network, ground: Ground, words: Words, grid: Grid) -> Fallback:
    unit = schema().sheet("StockCosts").column("carrying_rate").unit
    text = number_text(net.settings.carrying_rate, unit)
    sheet, row = setting_place("carrying_rate", ground, words)
    beat = setting_beat("carrying_rate", text, ground, words)
    count = len(grid)
    return Fallback(
        np.full((count, 1), words.pool.number(text)),
        _held(net, grid),
        np.full(count, words.pool.number(sheet)),
        np.full(count, row),
        np.full(count, beat),
    )


def _unit_value(net: Network, ground: Ground, words: Words, grid: Grid) -> Fallback:
    table = ground.tables.table("Products")
    first = table.frame.drop_duplicates("product").set_index("product")
    rows = first["row"].reindex(net.products.code).to_numpy(np.int64)
    value = numbers(net.products.unit_value, words)
    texts = words.pool.texts
    beat = words.pool.numbers(
        words.row_text(int(row), texts[text], sheet=table.title)
        for row, text in zip(rows, value, strict=True)
    )
    sheet = np.full(len(grid), words.pool.number(table.title))
    at = grid.product
    return Fallback(value[at][:, None], _held(net, grid), sheet, rows[at], beat[at])


def _holding_cost(net: Network, ground: Ground, words: Words, grid: Grid) -> Fallback:
    return by_default(numbers(net.places.holding[grid.number], words), _held(net, grid), words)


def _penalty(net: Network, ground: Ground, words: Words, grid: Grid) -> Fallback:
    wanted = np.asarray((net.places.safety[grid.number] > 0.0).any(axis=1))
    return by_default(numbers(net.places.safety_penalty[grid.number], words), wanted, words)


def _hardness(net: Network, ground: Ground, words: Words, grid: Grid) -> Fallback:
    places = net.places
    wanted = np.asarray((places.safety > 0.0) | np.isfinite(places.max_stock))
    value = np.full((len(grid), 1), words.pool.number(say("soft", words.language)))
    return by_default(value, np.asarray(wanted[grid.number].any(axis=1)), words)


def _kind(net: Network, ground: Ground, words: Words, grid: Grid) -> Fallback:
    texts = words.pool.numbers(say(kind, words.language, "lane kind") for kind in net.lanes.kind)
    return by_default(texts[grid.lane][:, None], np.ones(len(grid), dtype=bool), words)


def _allowed(net: Network, ground: Ground, words: Words, grid: Grid) -> Fallback:
    value = np.full((len(grid), 1), words.pool.number(say("N", words.language)))
    return by_default(value, np.ones(len(grid), dtype=bool), words)


def _held(net: Network, grid: Grid) -> Flags:
    return np.asarray(net.places.keeps[grid.number].any(axis=1))


FALLBACKS: dict[tuple[str, str], Make] = {
    ("Lanes", "kind"): _kind,
    ("StockCosts", "carrying_rate"): _carrying_rate,
    ("StockCosts", "holding_cost"): _holding_cost,
    ("StockCosts", "unit_value"): _unit_value,
    ("StockTargets", "hardness"): _hardness,
    ("StockTargets", "penalty"): _penalty,
    ("TransferRules", "allowed"): _allowed,
}
"""What makes the fallback of a column, by sheet and field."""
WHERE_STATED = {("Lanes", "kind")}
"""Fallbacks told only where some row of the sheet states the column."""
