"""What values belong to: places, locations, products, lanes and goods on them, laid out in rows.

The columns of a sheet that choose are matched against these rows with the same catalog and the
same precedence as when the network is assembled.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.lanes import DEFAULT_MODE
from tierstock.inputs.assembly.places import within
from tierstock.inputs.assembly.transfer_rules import WITHIN
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Flags, Ints, Network, Texts
from tierstock.inputs.rules.sources import Source
from tierstock.inputs.selecting.catalog import Catalog, Ranked, related
from tierstock.inputs.selecting.precedence import Column, Coverage, cover
from tierstock.inputs.selecting.selectors import ALL, EXACT, GROUP, NONE, Ranks
from tierstock.inputs.tables import Table

EVERY = -1
"""Stands for every location, or every product."""
LEVEL = {"location": 0, "tier": 0, "from": 0, "to": 1, "within": 1, "product": 2, "channel": 3}
"""Precedence among columns (ruling 10); what is not named comes last, before Period."""
LAST = 4
FILTERS = ("tier", "channel", "within")
"""Roles that leave items out, but name none."""


@dataclass(frozen=True)
class Asked:
    """Which places are asked for; None = all."""

    location: int | None = None
    product: int | None = None


@dataclass(frozen=True)
class Grid:
    """The items of one kind that are asked for."""

    kind: str
    number: Ints
    """[M] place, good or lane of the network; location or product for grids of these."""
    location: Ints
    """[M] location the item is told at; ``EVERY`` for products."""
    product: Ints
    """[M] product; ``EVERY`` for lanes and locations."""
    lane: Ints
    """[M] lane; -1 where the item is none."""
    codes: dict[str, Ints]
    """Code of every item by role, [M]."""

    def __len__(self) -> int:
        return len(self.number)


def build_grid(kind: str, net: Network, catalog: Catalog, asked: Asked) -> Grid:
    """Return the items of a kind: place, stock, location, product, good, lane or transfer.

    A lane and its goods are told at the location they lead to; where a location is asked for,
    also those that leave it, and all of them are told there. Transfers are also told where they
    are closed: products that the origin has on all lanes of this kind.
    """
    if kind in ("good", "lane"):
        chosen = np.flatnonzero(_at(net.goods.product, asked.product))
        lane, product = net.goods.lane[chosen], net.goods.product[chosen]
        return _moving(kind, chosen, lane, product, net, asked)
    if kind == "transfer":
        return _transfers(net, asked)
    places = net.places
    if kind in ("place", "stock"):
        number = np.flatnonzero(_at(places.location, asked.location))
        if kind == "stock":
            number = number[places.keeps[number].any(axis=1)]
        number = number[_at(places.product[number], asked.product)]
        location, product = places.location[number], places.product[number]
    elif kind == "location":
        number = np.flatnonzero(_at(np.arange(len(net.locations)), asked.location))
        location, product = number, np.full(len(number), EVERY)
    else:
        here = places.product[_at(places.location, asked.location)]
        number = np.unique(here[_at(here, asked.product)])
        location, product = np.full(len(number), EVERY), number
    codes = {"product": product}
    if kind != "product":
        codes = {"location": location, "product": product}
        for role in ("tier", "channel"):
            known = catalog.positions(role, getattr(net.locations, role))
            codes[role] = known[location]
    return Grid(kind, number, location, product, np.full(len(number), -1), codes)


def _at(codes: Ints, wanted: int | None) -> Flags:
    return np.ones(len(codes), dtype=bool) if wanted is None else np.asarray(codes == wanted)


def lanes_of(kind: str, net: Network, catalog: Catalog, asked: Asked) -> Grid:
    """Return the lanes of a grid of goods, where a sheet makes no difference between products."""
    if kind == "good":
        return build_grid("lane", net, catalog, asked)
    grid = _transfers(net, asked)
    lane, first = np.unique(grid.lane, return_index=True)
    every = np.full(len(lane), EVERY)
    codes = {role: codes[first] for role, codes in grid.codes.items()} | {"product": every}
    return Grid("lane", lane, grid.location[first], every, lane, codes)


def _transfers(net: Network, asked: Asked) -> Grid:
    lanes = np.flatnonzero(net.lanes.kind == "transfer")
    there = net.places.of[net.lanes.origin[lanes]] >= 0
    if asked.product is not None:
        there &= np.arange(len(net.products)) == asked.product
    lane, product = np.nonzero(there)
    return _moving("transfer", np.arange(len(lane)), lanes[lane], product, net, asked)


def _moving(kind: str, number: Ints, lane: Ints, product: Ints, net: Network, asked: Asked) -> Grid:
    lanes = net.lanes
    if asked.location is not None:
        ends = (lanes.origin[lane] == asked.location) | (lanes.destination[lane] == asked.location)
        number, lane, product = number[ends], lane[ends], product[ends]
    if kind == "lane":
        number = lane = np.unique(lane)
        product = np.full(len(lane), EVERY)
    location = lanes.destination[lane]
    if asked.location is not None:
        location = np.full(len(lane), asked.location)
    modes = pd.Index(np.unique(lanes.mode.astype(str)))
    codes = {
        "from": lanes.origin[lane],
        "to": lanes.destination[lane],
        "product": product,
        "mode": modes.get_indexer(pd.Index(lanes.mode[lane].astype(str))).astype(np.int64),
    }
    return Grid(kind, number, location, product, lane, codes)


def coverage(source: Source, table: Table, grid: Grid, net: Network, catalog: Catalog) -> Coverage:
    """Find which rows of a sheet speak about which items, and how specifically.

    Rows that differ in what tells them apart (``Source.apart``) never meet: the items of the
    result are numbered by :func:`parted`.
    """
    none = Findings()
    columns = []
    for role, field in source.chooses.items():
        if role == "period":
            continue
        codes = grid.codes.get(role, np.arange(len(grid)))
        ranked = _ranked(role, field, table, grid, net, catalog, none)
        names = role not in FILTERS
        most = GROUP if role == "tier" else EXACT
        columns.append(Column(ranked, codes, LEVEL.get(role, LAST), names, most))
        if role == "to":
            both = _relation(table, field, catalog, grid)
            columns.append(Column(both, np.arange(len(grid)), LEVEL["to"], False))
    return cover(columns, _periods(source, table, net, catalog), len(net.periods))


def _ranked(
    role: str,
    field: str,
    table: Table,
    grid: Grid,
    net: Network,
    catalog: Catalog,
    findings: Findings,
) -> Ranked:
    if role == "mode":
        return _modes(table, field, net)
    if role == "within":
        return _within(table, field, catalog, grid)
    if role == "to":
        return catalog.to_ranks(table, field, findings)
    kind = "location" if role == "from" else role
    return catalog.ranks(kind, table, field, findings)


def _modes(table: Table, field: str, net: Network) -> Ranked:
    """Transport modes as written; blank is the default mode."""
    texts = table.frame[field].to_numpy(dtype=object)
    modes = np.unique(net.lanes.mode.astype(str))
    texts = np.where(texts == "", DEFAULT_MODE, texts)
    exact = pd.Index(modes).get_indexer(pd.Index(texts.astype(str))).astype(np.int64)
    nothing = np.full((1, len(modes)), NONE, dtype=np.int8)
    return Ranked(exact, np.where(exact < 0, 0, -1), nothing)


def _within(table: Table, field: str, catalog: Catalog, grid: Grid) -> Ranked:
    """Within of transfer rules: both ends of the item are alike."""
    ends = grid.codes["from"], grid.codes["to"]

    def rank(text: str) -> Ranks:
        if text not in WITHIN:
            return np.full(len(grid), ALL, dtype=np.int8)
        return np.where(catalog.same(WITHIN[text], *ends), GROUP, NONE).astype(np.int8)

    return _by_text(table.frame[field].to_numpy(dtype=object), rank, len(grid))


def _relation(table: Table, field: str, catalog: Catalog, grid: Grid) -> Ranked:
    """To cells that compare both ends (``Region=same``); all others hold."""
    ends = grid.codes["from"], grid.codes["to"]

    def rank(text: str) -> Ranks:
        if related(text):
            return catalog.towards(text, *ends)
        return np.full(len(grid), ALL, dtype=np.int8)

    return _by_text(table.frame[field].to_numpy(dtype=object), rank, len(grid))


def _by_text(texts: Texts, rank_of: Callable[[str], Ranks], items: int) -> Ranked:
    """A column ranked item by item, once per different text."""
    number, unique = pd.factorize(texts)
    rank = np.array([rank_of(text) for text in unique], dtype=np.int8).reshape(len(unique), items)
    return Ranked(np.full(len(texts), -1, dtype=np.int64), number.astype(np.int64), rank)


def _periods(source: Source, table: Table, net: Network, catalog: Catalog) -> Ranked:
    """When each row holds: its Period, or the window in which it is active, or always."""
    if "period" in source.chooses:
        return catalog.ranks("period", table, source.chooses["period"], Findings())
    count = len(table)
    open_now = np.ones((count, len(net.periods)), dtype=bool)
    if "active_from" in table.frame:
        dates = [table.frame[f].to_numpy().astype("datetime64[D]") for f in WINDOW]
        open_now = within(net.periods, *dates)
    unique, number = np.unique(open_now, axis=0, return_inverse=True)
    rank = np.where(unique, ALL, NONE).astype(np.int8)
    never = np.full(count, -1, dtype=np.int64)
    return Ranked(never, number.reshape(-1).astype(np.int64), rank.reshape(-1, len(net.periods)))


WINDOW = ("active_from", "active_to")
"""Columns with the dates between which a row of Lanes is valid."""


def parted(cells: Coverage, table: Table, source: Source) -> tuple[Coverage, Ints, Ints]:
    """Number items anew so that rows told apart by name speak about different ones.

    Returns:
        The coverage of the new items, and for each of them the item of the grid and a row of the
        sheet that names it.
    """
    names = [column.field for column in source.apart]
    groups = table.frame.groupby(names, sort=False, dropna=False)
    part = groups.ngroup().to_numpy(np.int64)
    size = int(part.max(initial=0)) + 1
    keys, first, item = np.unique(
        cells.item * size + part[cells.row], return_index=True, return_inverse=True
    )
    shape = (len(keys), cells.shape[1])
    fresh = Coverage(cells.row, item.astype(np.int64), cells.key, cells.period, shape)
    return fresh, (keys // size).astype(np.int64), cells.row[first]
