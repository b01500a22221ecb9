"""Lines of sheets whose rows all hold: limits, targets, rules of the end (ruling 11)."""

from collections.abc import Iterator

import numpy as np

from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Flags, Ints
from tierstock.inputs.rules.grids import EVERY, Grid
from tierstock.inputs.rules.lines import Lines
from tierstock.inputs.rules.policies import Teller
from tierstock.inputs.rules.sources import Source
from tierstock.inputs.rules.tops import main_choice
from tierstock.inputs.rules.words import run_text
from tierstock.inputs.schema import Column
from tierstock.inputs.selecting.catalog import Ranked
from tierstock.inputs.tables import Table

EACH = ("Capacity",)
"""Sheets that make one limit per location: told place by place, not by the selector."""
ENDS = ("location", "from", "to")
"""Roles of columns that choose locations."""


def limit_lines(teller: Teller, source: Source, order: int) -> Iterator[tuple[Lines, Grid | None]]:
    """Tell every row of a sheet by itself.

    Where places are asked for, rows that concern them; else all rows, each under the selectors
    it states.
    """
    table = teller.ground.tables.table(source.name)
    columns = dict.fromkeys((*source.values, *main_choice(source)))
    rank = {column.field: order + at for at, column in enumerate(columns)}
    lines: list[tuple[int, ...]] = []
    for row in range(len(table)):
        spots = _spots(teller, source, table, row)
        if not spots:
            continue
        stated = [c for c in source.values if not _blank(table, c, row)] or main_choice(source)
        for column in stated:
            rule, first = _rule(teller, source, table, row, column)
            value = _value(teller, column, table, row)
            lines += [(*spot, rank[column.field], first, rule, value, row) for spot in spots]
    yield _made(teller, table, lines), None


def _blank(table: Table, column: Column, row: int) -> bool:
    return bool(np.isnan(table.frame[column.field].to_numpy(np.float64)[row]))


def _value(teller: Teller, column: Column, table: Table, row: int) -> int:
    one = table.keep(np.arange(len(table)) == row)
    return teller.words.pool.number(str(teller.words.cells(column, one)[0]))


def _rule(
    teller: Teller, source: Source, table: Table, row: int, column: Column
) -> tuple[int, int]:
    """Text of Rule of a row, and its first period."""
    words, first, run = teller.words, 0, ""
    if "period" in source.chooses:
        mask = _ranked(teller, "period", source.chooses["period"], table).mask(row)
        first = int(mask.argmax())
        run = "" if mask.all() else run_text(words.periods, mask, words.comma)
    others = [c for c in source.apart if c is not column]
    said = words.with_parts(
        words.title(source.sheet, column), [*words.qualities(others, table, row), run]
    )
    return words.pool.number(said), first


def _ranked(teller: Teller, role: str, field: str, table: Table) -> Ranked:
    catalog = teller.ground.catalog
    if role == "to":
        return catalog.to_ranks(table, field, Findings())
    kind = "location" if role in ENDS else role
    return catalog.ranks(kind, table, field, Findings())


def _spots(teller: Teller, source: Source, table: Table, row: int) -> list[tuple[int, int]]:
    """Location and product under which a row is told; none where it does not concern them."""
    asked = teller.asked
    ends = [(role, source.chooses[role]) for role in ENDS if role in source.chooses]
    where = np.zeros(len(teller.net.locations), dtype=bool)
    for role, field in ends:
        where |= _ranked(teller, role, field, table).mask(row)
    where |= not ends
    if asked.location is None:
        return _stated_spots(teller, source, table, row, where)
    if not where[asked.location] or not _fits(teller, source, table, row):
        return []
    if source.name == "ServiceTargets" and not _wanted(teller, table, row):
        return []
    some = "product" in source.chooses and asked.product is not None
    return [(asked.location, asked.product if some and asked.product is not None else EVERY)]


def _stated_spots(
    teller: Teller, source: Source, table: Table, row: int, where: Flags
) -> list[tuple[int, int]]:
    product = EVERY
    if "product" in source.chooses:
        product = _code(teller, "product", table.frame[source.chooses["product"]].iat[row])
    if source.name in EACH:
        return [(int(place), product) for place in np.flatnonzero(where)]
    texts = [str(table.frame[source.chooses[r]].iat[row]) for r in ENDS if r in source.chooses]
    named = [text for text in texts if text not in ("", "*", "＊")]
    return [(_code(teller, "location", "→".join(named)), product)]


def _code(teller: Teller, kind: str, text: object) -> int:
    """Number of a code; ``EVERY`` for all; below that the number of the selector as a text."""
    if text in ("", "*", "＊"):
        return EVERY
    found = int(teller.ground.catalog.positions(kind, np.array([text], dtype=object))[0])
    return found if found >= 0 else EVERY - 1 - teller.words.pool.number(str(text))


def _fits(teller: Teller, source: Source, table: Table, row: int) -> bool:
    """Whether a row concerns the product asked for, by Product or by its Zone."""
    product, catalog = teller.asked.product, teller.ground.catalog
    if product is None:
        return True
    if "product" in source.chooses:
        mask = _ranked(teller, "product", source.chooses["product"], table).mask(row)
        return bool(mask[product])
    if "zone" in table.frame:
        zone = teller.net.products.zone[[product]]
        mask = _ranked(teller, "zone", "zone", table).mask(row)
        return bool(mask[catalog.positions("zone", zone)[0]])
    return True


def _wanted(teller: Teller, table: Table, row: int) -> bool:
    """Whether there is demand at the place asked for that a service target can speak about."""
    net, asked = teller.net, teller.asked
    of = net.places.product[net.demand.place]
    there = net.places.location[net.demand.place] == asked.location
    if asked.product is not None:
        there &= of == asked.product
    there &= _ranked(teller, "product", "product", table).mask(row)[of]
    stated = str(table.frame["class"].iat[row])
    if stated not in ("", "*", "＊"):
        named = _ranked(teller, "class", "class", table).mask(row)
        known = teller.ground.catalog.codes("class")[named]
        there &= np.isin(net.demand.service_class.astype(str), [*known.astype(str), stated])
    return bool(there.any())


def _made(teller: Teller, table: Table, lines: list[tuple[int, ...]]) -> Lines:
    """Lines of location, product, order, first period, rule, value and row of the sheet."""
    columns = np.array(lines, dtype=np.int64).reshape(len(lines), 7).T
    location, product, order, first, rule, value, row = columns
    rows: Ints = table.frame["row"].to_numpy(np.int64)
    count = len(lines)
    return Lines(
        item=np.zeros(count, dtype=np.int64),
        location=location,
        product=product,
        order=order,
        first=first,
        title=rule,
        rule=rule,
        value=value,
        sheet=np.full(count, teller.words.pool.number(table.title)),
        row=rows[row],
        beat=np.full(count, teller.words.none),
    )
