"""Sheets laid over items: which rows speak about which, with the catalog of the assembly."""

import numpy as np

from tierstock.inputs.assembly.lanes import DEFAULT_MODE
from tierstock.inputs.assembly.places import within
from tierstock.inputs.assembly.transfer_rules import relation, rule_coverage
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Ints, Network
from tierstock.inputs.rules.grids import Grid
from tierstock.inputs.rules.sources import TOP, Source
from tierstock.inputs.selecting.catalog import Catalog, Ranked
from tierstock.inputs.selecting.precedence import BASE, Column, Coverage, cover
from tierstock.inputs.selecting.selectors import ALL, EXACT, GROUP, NONE
from tierstock.inputs.tables import Table

LEVEL = {
    "location": 0,
    "tier": 0,
    "from": 0,
    "to": 1,
    "product": 2,
    "substitute": 3,
    "channel": 4,
    "mode": 5,
}
"""Precedence among columns (ruling 10); Period comes last."""
SOURCING = {"to": 0, "product": 1, "from": 2}
"""Precedence among the columns of Sourcing; From does not make a row more specific."""
FILTERS = ("tier", "channel")
"""Roles that leave items out, but name none."""
WINDOW = ("active_from", "active_to")
"""Columns with the dates between which a row of Lanes is valid."""
KINDS = {"from": "location", "party": "party", "substitute": "product"}
"""Kind of codes that a role or a field chooses, where the role is not called like them."""


def coverage(source: Source, table: Table, grid: Grid, net: Network, catalog: Catalog) -> Coverage:
    """Find which rows of a sheet speak about which items, and how specifically."""
    none, codes = Findings(), grid.codes
    if source.grid == "transfer":
        ends = codes["from"], codes["to"], codes["product"]
        return rule_coverage(table, catalog, *ends, len(net.periods), none)[1]
    level = SOURCING if source.name == "Sourcing" else LEVEL
    columns = []
    for role, field in source.chooses.items():
        if role == "period":
            continue
        ranked = _ranked(role, field, table, catalog)
        names, most = role not in FILTERS, GROUP if role == "tier" else EXACT
        columns.append(Column(ranked, codes[role], level[role], names, most))
        if role == "to":
            both = relation(table, catalog, codes["from"], codes["to"])
            columns.append(Column(both, np.arange(len(grid)), level["to"], False))
    found = cover(columns, _periods(source, table, net, catalog), len(net.periods))
    if source.how == TOP and source.name == "Sourcing":
        return Coverage(found.row, found.item, found.key // BASE, found.period, found.shape)
    return found


def _ranked(role: str, field: str, table: Table, catalog: Catalog) -> Ranked:
    if role == "to":
        return catalog.to_ranks(table, field, Findings())
    if role == "mode" and table.sheet == "Lanes":
        return _modes(table, field, catalog)
    return catalog.ranks(KINDS.get(field, KINDS.get(role, role)), table, field, Findings())


def _modes(table: Table, field: str, catalog: Catalog) -> Ranked:
    """Transport modes of Lanes, texts as they stand; blank is the default mode."""
    texts = table.frame[field].to_numpy(dtype=object)
    exact = catalog.positions("mode", np.where(texts == "", DEFAULT_MODE, texts))
    nothing = np.full((1, len(catalog.codes("mode"))), NONE, dtype=np.int8)
    return Ranked(exact, np.where(exact < 0, 0, -1), nothing)


def _periods(source: Source, table: Table, net: Network, catalog: Catalog) -> Ranked:
    """When each row holds: its Period, or the window in which it is active, or always."""
    if "period" in source.chooses:
        return catalog.ranks("period", table, source.chooses["period"], Findings())
    count = len(table)
    open_now = np.ones((count, len(net.periods)), dtype=bool)
    if source.windows and WINDOW[0] in table.frame:
        dates = [table.frame[field].to_numpy().astype("datetime64[D]") for field in WINDOW]
        open_now = within(net.periods, *dates)
    unique, number = np.unique(open_now, axis=0, return_inverse=True)
    rank = np.where(unique, ALL, NONE).astype(np.int8)
    never = np.full(count, -1, dtype=np.int64)
    return Ranked(never, number.reshape(-1).astype(np.int64), rank.reshape(-1, len(net.periods)))


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
