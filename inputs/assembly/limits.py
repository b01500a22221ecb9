"""Capacity: limits of storage and throughput (F7, F8, rulings 11, 15 and 24)."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.assembly.calendars import Calendars
from tierstock.inputs.assembly.physical import dimension_numbers, missing_measures
from tierstock.inputs.assembly.places import Pairs
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import (
    DIMENSIONS,
    Capacity,
    Floats,
    Ints,
    Products,
    Texts,
)
from tierstock.inputs.selecting.catalog import Catalog, Ranked
from tierstock.inputs.selecting.selectors import NONE
from tierstock.inputs.tables import Table

WHOLE_SITE = "*"


@dataclass(frozen=True)
class _Entries:
    """Rows of Capacity over locations and zones."""

    row: Ints
    """[E] row of the sheet."""
    location: Ints
    """[E] location."""
    zone: Ints
    """[E] zone, -1 = the whole site."""
    limit: Ints
    """[E] number of the limit the entry belongs to."""


def capacity(
    table: Table,
    catalog: Catalog,
    working: Floats,
    calendars: Calendars,
    pairs: Pairs,
    products: Products,
    products_table: Table,
    findings: Findings,
) -> Capacity:
    """Expand the limits to one per location, kind, zone and dimension.

    Limit sheets add: where several rows meet at one limit and period all of them hold, so the
    smallest Limit and the smallest Limit + Extra Limit apply, at the Extra Cost of the smallest
    Limit; a row that nowhere matters is a warning. Limits per day are multiplied by the working
    days of their calendar, else of the location; those of storage never.

    Args:
        table: the Capacity sheet.
        catalog: what selectors may name.
        working: [L, T] working days of every location.
        calendars: gives the working days of limits with a calendar of their own.
        pairs: the places, to see which products can meet a limit.
        products: gives zones and measures.
        products_table: the Products sheet, for the cells of missing weights and volumes.
        findings: takes missing measures, limits without effect, and calendars that say nothing.
    """
    frame = table.frame
    kind = frame["kind"].to_numpy(dtype=object)
    dimension = dimension_numbers(table, "dimension")
    entries, keys = _entries(table, catalog, kind, dimension, findings)
    when = _when(catalog.ranks("period", table, "period", findings), working.shape[1])
    times = _times(table, entries, working, calendars, findings)
    most = np.nan_to_num(frame["limit"].to_numpy(), nan=np.inf)
    with np.errstate(invalid="ignore"):
        scaled = np.nan_to_num(most[entries.row, None] * times, nan=np.inf, posinf=np.inf)
    free = np.where(when[entries.row], scaled, np.inf)
    extra = np.nan_to_num(frame["extra_limit"].to_numpy())[entries.row, None] * times
    cost = np.nan_to_num(frame["extra_cost"].to_numpy())
    first = _tightest(free, entries, len(keys))
    least = _least(free, entries, len(keys))
    total = _least(free + extra, entries, len(keys))
    stated = np.isfinite(least)
    room = np.zeros_like(least)
    np.subtract(total, least, out=room, where=stated)
    _report_idle(entries, free, extra, least, total, first, table, findings)
    _require(entries, dimension, catalog, pairs, products, table, products_table, findings)
    zones = np.append(catalog.codes("zone"), WHOLE_SITE)
    return Capacity(
        location=keys[:, 0],
        kind=np.array(_KINDS, dtype=object)[keys[:, 1]],
        zone=zones[keys[:, 2]],
        dimension=keys[:, 3],
        limit=least,
        extra_limit=room,
        extra_cost=np.where(stated, cost[first] if len(cost) else 0.0, 0.0),
    )


_KINDS = ("storage", "inbound", "outbound", "dock")


def _times(
    table: Table, entries: _Entries, working: Floats, calendars: Calendars, findings: Findings
) -> Floats:
    """What every entry's Limit is multiplied by in each period, [E, T] (ruling 24)."""
    frame = table.frame
    per_bucket = ((frame["per"] == "bucket") | (frame["kind"] == "storage")).to_numpy()
    own = frame["calendar"].to_numpy(dtype=object)
    idle = np.flatnonzero(per_bucket & (own != ""))
    findings.add("calendar-without-effect", table=table, index=idle, field="calendar")
    times = working[entries.location].copy()
    for name in {str(name) for name in own if calendars.knows(str(name))}:
        times[own[entries.row] == name] = calendars.working(name)
    times[per_bucket[entries.row]] = 1.0
    return times


def _entries(
    table: Table, catalog: Catalog, kind: Texts, dimension: Ints, findings: Findings
) -> tuple[_Entries, Ints]:
    """Entries of every row, and location, kind, zone, dimension of every limit [C, 4]."""
    locations = catalog.ranks("location", table, "location", findings)
    zones = catalog.ranks("zone", table, "zone", findings)
    everywhere = np.isin(table.frame["zone"].to_numpy(dtype=object), ("", WHOLE_SITE))
    number = {name: at for at, name in enumerate(_KINDS)}
    none = np.zeros(0, dtype=np.int64)
    rows, places, parts = [none], [none], [none]
    for row in np.flatnonzero((dimension >= 0) & np.isin(kind, _KINDS)).tolist():
        where = _chosen(locations, row)
        zone = np.array([-1]) if everywhere[row] else _chosen(zones, row)
        rows.append(np.full(len(where) * len(zone), row))
        places.append(np.repeat(where, len(zone)))
        parts.append(np.tile(zone, len(where)))
    owner, location, zones_of = (np.concatenate(found) for found in (rows, places, parts))
    kinds = np.array([number.get(name, -1) for name in kind], dtype=np.int64)
    keys = np.stack([location, kinds[owner], zones_of, dimension[owner]], axis=1)
    unique, limit = np.unique(keys, axis=0, return_inverse=True)
    return _Entries(owner, location, zones_of, limit.reshape(-1)), unique


def _chosen(ranked: Ranked, row: int) -> Ints:
    if ranked.exact[row] >= 0:
        return ranked.exact[row : row + 1]
    return np.flatnonzero(ranked.mask(row))


def _when(ranked: Ranked, periods: int) -> Floats:
    """Whether each row holds in each period, [rows, T]."""
    when = ranked.exact[:, None] == np.arange(periods)
    wide = ranked.exact < 0
    when[wide] = ranked.rank[ranked.text[wide]] > NONE
    return np.asarray(when)


def _least(value: Floats, entries: _Entries, limits: int) -> Floats:
    """Smallest value [E, T] of the rows of every limit, [C, T]."""
    least = np.full((limits, value.shape[1]), np.inf)
    np.minimum.at(least, entries.limit, value)
    return least


def _tightest(value: Floats, entries: _Entries, limits: int) -> Ints:
    """Row with the smallest value of every limit and period, [C, T]; of equal ones the first."""
    row = np.zeros((limits, value.shape[1]), dtype=np.int64)
    for period in range(value.shape[1]):
        order = np.lexsort((-np.arange(len(entries.row)), -value[:, period]))
        row[entries.limit[order], period] = entries.row[order]
    return row


def _report_idle(
    entries: _Entries,
    free: Floats,
    extra: Floats,
    least: Floats,
    total: Floats,
    first: Ints,
    table: Table,
    findings: Findings,
) -> None:
    """Warn of every row that is nowhere the smallest, naming a smaller one."""
    holds = np.isfinite(free)
    matters = (free <= least[entries.limit]) | (free + extra <= total[entries.limit])
    active = np.zeros(len(table), dtype=bool)
    np.logical_or.at(active, entries.row, (holds & matters).any(axis=1))
    idle = holds.any(axis=1) & ~active[entries.row]
    for row in np.unique(entries.row[idle]):
        entry = int(np.flatnonzero((entries.row == row) & idle)[0])
        smaller = int(first[entries.limit[entry], int(np.flatnonzero(holds[entry])[0])])
        findings.add(
            "limit-without-effect",
            table=table,
            index=int(row),
            field="limit",
            other=table.cell(smaller, "limit"),
        )


def _require(
    entries: _Entries,
    dimension: Ints,
    catalog: Catalog,
    pairs: Pairs,
    products: Products,
    table: Table,
    products_table: Table,
    findings: Findings,
) -> None:
    """Demand the weight, volume or pallet of every product that is kept at a limited place."""
    zone = catalog.positions("zone", products.zone)
    shape = (int(pairs.of.shape[0]), len(catalog.codes("zone")) + 1)
    for number in range(1, len(DIMENSIONS)):
        mine = dimension[entries.row] == number
        row = np.full(shape, -1, dtype=np.int64)
        row[entries.location[mine], entries.zone[mine]] = entries.row[mine]
        here = np.maximum(row[pairs.location, zone[pairs.product]], row[pairs.location, -1])
        limiting = np.full(len(products), -1, dtype=np.int64)
        np.maximum.at(limiting, pairs.product, here)
        missing_measures(limiting, table, "dimension", number, products, products_table, findings)
