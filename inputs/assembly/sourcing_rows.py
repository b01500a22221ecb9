"""Sourcing: which rows rule which goods, and the lanes they forbid (F25)."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.transfer_rules import relation
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Flags, Floats, Ints, Lanes, Periods, Texts
from tierstock.inputs.selecting.catalog import Ranked
from tierstock.inputs.selecting.precedence import Column, Coverage, cover, report_idle
from tierstock.inputs.tables import Table

SOURCES = ("replenish", "expedite")
"""Kinds of lanes that count as sources; transfers and returns have rules of their own."""
ROUNDED = 0.005
"""Shares that miss 1 by no more were rounded."""


@dataclass(frozen=True)
class Wares:
    """Products on lanes, as far as rules of sourcing ask for them."""

    origin: Ints
    """[K] location that sends."""
    destination: Ints
    """[K] location that receives."""
    product: Ints
    """[K] product."""
    sink: Ints
    """[K] place that receives."""
    source: Flags
    """[K] the lane counts as a source."""


@dataclass(frozen=True)
class Ruled:
    """Rows and the goods they rule: those with the most specific To and Product of each place."""

    table: Table
    row: Ints
    """[E] row of the table."""
    good: Ints
    """[E] number of the good."""
    specific: Ints
    """[E] how specific From is."""

    def of(self, rule: str) -> "Ruled":
        """Return the entries of rows with one rule."""
        mine = (self.table.frame["rule"] == rule).to_numpy()[self.row]
        return Ruled(self.table, self.row[mine], self.good[mine], self.specific[mine])


@dataclass(frozen=True)
class StatedShares:
    """Shares of origins in what a place takes, [H]."""

    place: Ints
    origin: Ints
    share: Floats
    row: Ints
    """Row that states the share."""


def wares(lanes: Lanes, lane: Ints, product: Ints, sink: Ints) -> Wares:
    """Return the goods with their ends."""
    source = np.isin(lanes.kind[lane].astype(str), SOURCES)
    return Wares(lanes.origin[lane], lanes.destination[lane], product, sink, source)


def forbidden(ground: Ground, goods: Wares) -> Flags:
    """Whether a row with rule forbid shuts the good, [K]; on lanes of every kind."""
    table = _rows(ground, forbid=True)
    shut = np.zeros(len(goods.product), dtype=bool)
    if len(table):
        every = np.arange(len(shut))
        shut[_coverage(ground, table, goods, every, ground.findings).item] = True
    return shut


def ruled(ground: Ground, goods: Wares, findings: Findings) -> Ruled:
    """Return which of the other rows rule which goods.

    The rows whose To and Product are most specific for a place rule it; all of them hold.
    """
    table, source = _rows(ground, forbid=False), np.flatnonzero(goods.source)
    if not len(table):
        none = np.zeros(0, dtype=np.int64)
        return Ruled(table, none, none, none)
    coverage = _coverage(ground, table, goods, source, findings)
    good = source[coverage.item]
    specific, own = np.divmod(coverage.key, 3)
    top = np.full(int(goods.sink.max(initial=-1)) + 1, -1, dtype=np.int64)
    np.maximum.at(top, goods.sink[good], specific)
    rules = specific == top[goods.sink[good]]
    order = np.lexsort((good[rules], coverage.row[rules]))
    return Ruled(table, coverage.row[rules][order], good[rules][order], own[rules][order])


def _rows(ground: Ground, *, forbid: bool) -> Table:
    table = ground.tables.table("Sourcing")
    return table.keep(((table.frame["rule"] == "forbid") == forbid).to_numpy(dtype=bool))


def _coverage(
    ground: Ground, table: Table, goods: Wares, chosen: Ints, findings: Findings
) -> Coverage:
    catalog = ground.catalog
    ends = goods.origin[chosen], goods.destination[chosen]
    columns = [
        Column(catalog.to_ranks(table, "to", findings), ends[1], 0),
        Column(relation(table, catalog, *ends), np.arange(len(chosen)), 0, False),
        Column(catalog.ranks("product", table, "product", findings), goods.product[chosen], 1),
        Column(catalog.ranks("location", table, "from", findings), ends[0], 2),
    ]
    none = np.full(len(table), -1, dtype=np.int64)
    always = Ranked(none, np.zeros_like(none), np.zeros((1, 1), dtype=np.int8))
    coverage = cover(columns, always, 1)
    report_idle(columns, coverage, table, findings)
    return coverage


def stated_shares(ground: Ground, goods: Wares) -> StatedShares | None:
    """Return the shares by which forward demand is passed on; None where no row states any."""
    if not (ground.tables.table("Sourcing").frame["rule"] == "ratio").any():
        return None
    return shares(ruled(ground, goods, Findings()), goods, Findings())


def shares(entries: Ruled, goods: Wares, findings: Findings) -> StatedShares:
    """Return the share of every origin of every place with rule ratio.

    Of rows that match one origin the one with the most specific From counts. Shares that miss 1
    by rounding are taken as 1.
    """
    ratio = entries.of("ratio")
    value = np.nan_to_num(entries.table.frame["value"].to_numpy(np.float64))
    size = int(goods.origin.max(initial=0)) + 1
    key = goods.sink[ratio.good] * size + goods.origin[ratio.good]
    order = np.lexsort((ratio.row, -ratio.specific, key))
    key, row, specific = key[order], ratio.row[order], ratio.specific[order]
    first = np.diff(key, prepend=-1) != 0
    lead = np.flatnonzero(first)[np.cumsum(first) - 1] if len(key) else key
    clash = (specific == specific[lead]) & (value[row] != value[row[lead]])
    _tell_clashes(entries.table, "value", row[clash], row[lead][clash], findings)
    place, origin = np.divmod(key[first], size)
    share = value[row[first]]
    total = np.bincount(place, share, minlength=int(place.max(initial=-1)) + 1)[place]
    whole = np.where(np.abs(total - 1.0) <= ROUNDED, total, 1.0)
    return StatedShares(place, origin, share / whole, row[first])


def _tell_clashes(table: Table, field: str, rows: Ints, others: Ints, findings: Findings) -> None:
    """At each row that states another value than an equally specific one, name both cells."""
    for row, other in sorted({(int(a), int(b)) for a, b in zip(rows, others, strict=True)}):
        findings.add(
            "conflicting-rows",
            table=table,
            index=max(row, other),
            field=field,
            other=table.cell(min(row, other), field),
            stated=table.frame[field].iat[min(row, other)],
        )


def windows(periods: Periods, hold: str) -> Ints:
    """Number of the window of every period, [T]: of the horizon, a quarter, month or period.

    A period belongs to the month in which it starts.
    """
    month = periods.start.astype("datetime64[M]").astype(np.int64)
    names = {"quarter": month // 3, "month": month, "period": np.arange(len(periods))}
    name = names.get(hold, np.zeros(len(periods), dtype=np.int64))
    return np.asarray(np.unique(name, return_inverse=True)[1], dtype=np.int64)


def holds(table: Table) -> Texts:
    """Hold of every row, horizon where blank."""
    hold = table.frame["hold"].to_numpy(dtype=object)
    return np.where(hold == "", "horizon", hold)
