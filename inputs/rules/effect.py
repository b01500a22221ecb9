"""The table of rules in effect: every value of every place, its row, and what it beat."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from tierstock.inputs.findings import Findings, phrase
from tierstock.inputs.network import Ints, Network, Texts
from tierstock.inputs.rules.classes import class_lines, treatment_lines
from tierstock.inputs.rules.fallbacks import setting_place
from tierstock.inputs.rules.folding import short
from tierstock.inputs.rules.grids import EVERY, Asked, Grid
from tierstock.inputs.rules.limits import limit_lines
from tierstock.inputs.rules.lines import NO_ROW, Lines, joined, ordered
from tierstock.inputs.rules.measures import rival_lines
from tierstock.inputs.rules.policies import Teller, column_lines, laid
from tierstock.inputs.rules.short_costs import cost_lines
from tierstock.inputs.rules.sources import ADDS, TOP, Source, sources
from tierstock.inputs.rules.tops import top_lines
from tierstock.inputs.rules.words import Words, number_text
from tierstock.inputs.schema import say, schema
from tierstock.inputs.selecting.selectors import nearest

COLUMNS = ("Location", "Product", "Rule", "Value", "Sheet", "Excel Row", "Beat")
"""Columns of the table, those of the sheet RulesInEffect."""
SINGLY = 20_000
"""Lines up to which every place is told singly; a longer table says once what holds alike."""
MOST = 200_000
"""Lines that are told at most."""
STEP = 100
"""Ranks kept for the columns of one sheet."""


def rules_in_effect(
    net: Network,
    location: str | None = None,
    product: str | None = None,
    *,
    language: str = "",
    most: int = MOST,
) -> pd.DataFrame:
    """Return which value rules where, from which row of which sheet, and what it beat.

    Args:
        net: a network read from tables.
        location: code of the location asked for; None = all.
        product: code of the product asked for; None = all.
        language: en or zh; blank = the language of the results.
        most: lines told at most; the last line then says how many there are.

    Returns:
        One row per location, product and rule, sorted by these; columns Location, Product, Rule,
        Value, Sheet, Excel Row (missing for defaults) and Beat, all texts but Excel Row. ``*``
        stands for all. A rule whose value changes in time has a row for each value, with its
        periods in Rule. A table of all places longer than 20,000 lines says once what holds
        alike for all, for a tier or for a family (``Tier=store``), as far as the rule is told
        there at all. Rows of limits hold all together: none beats another.

    Raises:
        ValueError: the network was not read from tables.
        KeyError: there is no such location or product.
    """
    ground = net.ground
    if ground is None:
        raise ValueError("The network was not read from tables.")
    asked = Asked(
        None if location is None else _number(net.locations.code, location),
        None if product is None else _number(net.products.code, product),
    )
    language = language or net.settings.report_language
    base = (net.settings.home_currency, *np.unique(net.products.base_unit.astype(str)))
    teller = Teller(net, ground, Words(language, net.periods.id, base), asked)
    parts = [part for part in _parts(teller) if len(part[0])]
    if sum(len(lines) for lines, _ in parts) > SINGLY and asked == Asked():
        parts = [(short(teller, one, grid) if grid else one, grid) for one, grid in parts]
    one = asked.location is not None and asked.product is not None
    lines = ordered(joined([lines for lines, _ in parts]), one_place=one)
    frame = _frame(teller, lines.take(np.arange(min(len(lines), most))))
    if len(lines) > most:
        frame = pd.concat([frame, _cut(teller, most, len(lines))], ignore_index=True)
    return frame


def nearest_code(net: Network, kind: str, word: str) -> str | None:
    """Return None where a code is known, else the most alike known code, blank without one.

    Args:
        net: the network.
        kind: ``locations`` or ``products``.
        word: the code asked for.
    """
    codes = getattr(net, kind).code
    return None if word in set(codes) else nearest(word, codes)


def _number(codes: Texts, code: str) -> int:
    found = np.flatnonzero(codes == code)
    if not len(found):
        raise KeyError(code)
    return int(found[0])


def _parts(teller: Teller) -> Iterator[tuple[Lines, Grid | None]]:
    """All lines, column by column, with the items each column may speak about."""
    ground = teller.ground
    yield from class_lines(teller, STEP - 3)
    yield from cost_lines(teller, STEP - 2)
    rank = {sheet.name: STEP * (2 + at) for at, sheet in enumerate(schema().inputs)}
    for source in sources(ground.tables):
        order = rank[source.name]
        rank[source.name] += STEP // 2
        if source.grid == "stream":
            yield from treatment_lines(teller, source, order)
        elif source.how == ADDS:
            yield from limit_lines(teller, source, order)
        else:
            yield from _policies(teller, source, order)
    yield _terminal_setting(teller, rank["Terminal"] + STEP // 2), None


def _policies(teller: Teller, source: Source, order: int) -> Iterator[tuple[Lines, Grid]]:
    frame = teller.ground.tables.table(source.name).frame
    if source.grid in ("good", "transfer", "able") and teller.asked == Asked():
        alike = frame[source.chooses["product"]].isin(("", "*")).all()
        grid = teller.grid(source.grid, by_lane=bool(alike))
    else:
        grid = teller.grid(source.grid)
    if not len(grid):
        return
    if source.how == TOP:
        yield from top_lines(teller, source, grid, order)
        return
    sheet = laid(teller, source, grid)
    for at, column in enumerate(source.values):
        yield column_lines(sheet, column, order + at), grid
    if source.name == "StockTargets":
        yield from rival_lines(sheet, order + len(source.values))


def _terminal_setting(teller: Teller, order: int) -> Lines:
    """The rule of the settings for what is left at the end, where no row of Terminal speaks."""
    net, ground, words, asked = teller.net, teller.ground, teller.words, teller.asked
    rule = net.settings.terminal_rule
    if rule == "none" or not _untouched(teller).any():
        return joined([])
    told = {"terminal_rule": say(rule, words.language)}
    if rule == "cover":
        told["terminal_days"] = number_text(net.settings.terminal_days)
    parts = []
    for at, (name, text) in enumerate(told.items()):
        sheet, row = setting_place(name, ground, words)
        place = [asked.location if asked.location is not None else EVERY]
        product = [asked.product if asked.product is not None else EVERY]
        title = f"{schema().sheet('Settings').heading(words.language)} {say(name, words.language)}"
        numbers = (
            *([0], place, product, [order + at], [0]),
            *([words.pool.number(one)] for one in (title, title, text, sheet)),
            *([row], [words.none]),
        )
        parts.append(Lines(*(np.array(one, dtype=np.int64) for one in numbers)))
    return joined(parts)


def _untouched(teller: Teller) -> Ints:
    """[M] places asked for that keep stock at the end and that no row of Terminal names."""
    table, catalog = teller.ground.tables.table("Terminal"), teller.ground.catalog
    grid = teller.grid("place")
    free = teller.net.places.keeps[grid.number, -1].copy()
    location = catalog.ranks("location", table, "location", Findings())
    product = catalog.ranks("product", table, "product", Findings())
    for row in range(len(table)):
        free &= ~(location.mask(row)[grid.location] & product.mask(row)[grid.product])
    return np.asarray(free)


def _frame(teller: Teller, lines: Lines) -> pd.DataFrame:
    pool = np.array(teller.words.pool.texts, dtype=object)
    net = teller.net
    columns = (
        _names(lines.location, net.locations.code, pool),
        _names(lines.product, net.products.code, pool),
        pool[lines.rule],
        pool[lines.value],
        pool[lines.sheet],
        pd.array(lines.row, dtype="Int64"),
        pool[lines.beat],
    )
    frame = pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))
    frame.loc[(lines.row == NO_ROW), "Excel Row"] = pd.NA
    return frame


def _names(codes: Ints, known: Texts, pool: Texts) -> Texts:
    """Codes as texts; ``*`` for all, and the selector where one was kept as it stands."""
    names = np.append(known, "*")[np.maximum(codes, EVERY)]
    kept = codes < EVERY
    names[kept] = pool[EVERY - 1 - codes[kept]]
    return np.asarray(names)


def _cut(teller: Teller, most: int, count: int) -> pd.DataFrame:
    """The last line of a table that is cut: how long the whole would be."""
    text = phrase("rule-cut", teller.words.language, {"most": f"{most:,}", "count": f"{count:,}"})
    row = ("*", "*", text, "", "", pd.NA, "")
    return pd.DataFrame([row], columns=list(COLUMNS)).astype({"Excel Row": "Int64"})
