"""Locations and products in canonical order, active windows, and which pairs can matter."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.calendars import Calendars
from tierstock.inputs.network import (
    DIMENSIONS,
    Dates,
    Flags,
    Floats,
    Ints,
    Locations,
    Periods,
    Products,
    Texts,
)
from tierstock.inputs.tables import Table

TRANSIT_TIERS = ("supplier", "customer")
"""Tiers whose places hold no stock unless the planner says so."""


@dataclass(frozen=True)
class Sites:
    """Locations with what only the assembly needs of them."""

    locations: Locations
    order: Ints
    """[L] position of each location in the Locations table."""
    shut: Flags
    """[L] Status is closed."""
    holds: Flags
    """[L] may hold stock at all."""
    keeps: Flags
    """[L, T] may hold stock at the end of the period."""
    windowed: Flags
    """[L, T] active by Status and dates, whatever the calendar says."""
    calendar: Texts
    """[L] name of the calendar, blank where none."""
    working: Floats
    """[L, T] days by which daily limits are multiplied: of the calendar, else of the period."""
    open_after: Flags
    """[L] still open when the horizon ends, so that goods may arrive later."""
    latitude: Floats
    """[L] degrees north; not a number where blank."""
    longitude: Floats
    """[L] degrees east; not a number where blank."""


@dataclass(frozen=True)
class Pairs:
    """Numbering of the places: location-product pairs that occur, by location and product."""

    location: Ints
    """[N] location."""
    product: Ints
    """[N] product."""
    of: Ints
    """[L, P] number of the place, -1 where the pair does not occur."""

    def __len__(self) -> int:
        return len(self.location)

    def at(self, location: Ints, product: Ints) -> Ints:
        """Place of every pair; -1 where it does not occur or a code is -1."""
        known = (location >= 0) & (product >= 0)
        return np.where(known, self.of[location, product], -1)


def find(codes: Texts, names: Texts) -> Ints:
    """Position of every name in ``codes``; -1 for a name that is not there."""
    return pd.Index(codes).get_indexer(pd.Index(names)).astype(np.int64)


def _sorted_rows(table: Table, field: str) -> Ints:
    """Rows of a master sheet by code; of equal codes the first, blank codes not at all."""
    codes = table.frame[field].to_numpy(dtype=object)
    unique, first = np.unique(codes.astype(str), return_index=True)
    return np.asarray(first[unique != ""], dtype=np.int64)


def _texts(table: Table, field: str, order: Ints, default: str | Texts = "") -> Texts:
    values = table.frame[field].to_numpy(dtype=object)[order]
    return np.where(values == "", default, values).astype(object)


def _numbers(table: Table, field: str, order: Ints) -> Floats:
    return np.array(table.frame[field].to_numpy(dtype=np.float64)[order])


def _dates(table: Table, field: str, order: Ints) -> Dates:
    return table.frame[field].to_numpy().astype("datetime64[D]")[order]


def within(periods: Periods, first: Dates, last: Dates) -> Flags:
    """Whether a period starts inside a window [X, T]; blank ends are open."""
    begun = np.isnat(first)[:, None] | (periods.start >= first[:, None])
    lasting = np.isnat(last)[:, None] | (periods.start <= last[:, None])
    return np.asarray(begun & lasting)


def build_sites(table: Table, periods: Periods, calendars: Calendars | None = None) -> Sites:
    """Return the locations by code, with their windows.

    A place is active in the periods that start between Active From and Active To. Stock must be
    gone by the end of its last active period; before it opens, stock that is there may stay.
    Nothing moves in a period without any open day of the place's calendar, but stock stays.
    """
    order = _sorted_rows(table, "location")
    code = _texts(table, "location", order)
    tier = _texts(table, "tier", order)
    shut = _texts(table, "status", order) == "closed"
    first, last = _dates(table, "active_from", order), _dates(table, "active_to", order)
    active = within(periods, first, last) & ~shut[:, None]
    stated = _numbers(table, "holds_stock", order)
    holds = np.where(np.isnan(stated), ~np.isin(tier, TRANSIT_TIERS), stated > 0)
    open_after = ~shut & (np.isnat(last) | (last >= periods.end[-1]))
    following = np.column_stack([active[:, 1:], open_after])
    early = ~np.isnat(first)[:, None] & (periods.start < first[:, None])
    keeps = holds[:, None] & ~shut[:, None] & ((active & following) | early)
    calendar = _texts(table, "calendar", order)
    works, working = _working(calendar, periods, calendars)
    locations = Locations(
        code=code,
        name=_texts(table, "name", order, code),
        tier=tier,
        region=_texts(table, "region", order),
        channel=_texts(table, "channel", order),
        company=_texts(table, "company", order),
        active=active & works,
    )
    latitude, longitude = _numbers(table, "latitude", order), _numbers(table, "longitude", order)
    return Sites(
        locations=locations,
        order=order,
        shut=shut,
        holds=holds,
        keeps=keeps,
        windowed=active,
        calendar=calendar,
        working=working,
        open_after=open_after,
        latitude=latitude,
        longitude=longitude,
    )


def _working(
    calendar: Texts, periods: Periods, calendars: Calendars | None
) -> tuple[Flags, Floats]:
    """[L, T] whether any day is open, and days by which daily limits are multiplied (ruling 12)."""
    works = np.ones((len(calendar), len(periods)), dtype=bool)
    working = np.tile(periods.working_days, (len(calendar), 1))
    if calendars is None:
        return works, working
    for name in np.unique(calendar.astype(str)):
        if name and calendars.knows(name):
            here = calendar == name
            works[here] = calendars.any_day(calendars.days(name))
            working[here] = calendars.working(name)
    return works, working


def open_on_arrival(
    sites: Sites, active: Flags, location: Ints, lead: Ints, *, late: bool = True
) -> Flags:
    """Whether locations are open when what leaves in each period arrives, [X, T].

    Args:
        sites: says who is still open after the horizon.
        active: [L, T] open in the period.
        location: [X] location that receives.
        lead: [X, T] whole periods to the arrival.
        late: whether anything may arrive after the horizon.
    """
    count = active.shape[1]
    later = np.column_stack([active, sites.open_after & late])
    arrives = np.minimum(np.arange(count) + lead, count)
    return np.asarray(later[location[:, None], arrives])


def build_products(table: Table) -> Products:
    """Return the products by code; ``measure`` is units, kg, m3 and pallets of one unit."""
    order = _sorted_rows(table, "product")
    code = _texts(table, "product", order)
    per_pallet = _numbers(table, "units_per_pallet", order)
    share = np.full(len(order), np.nan)
    np.divide(1.0, per_pallet, out=share, where=per_pallet > 0)
    share[per_pallet == 0.0] = 0.0  # a typed 0 takes no room on a pallet, ruling 15
    measure = np.empty((len(order), len(DIMENSIONS)))
    measure[:, 0] = 1.0
    measure[:, 1] = _numbers(table, "weight", order)
    measure[:, 2] = _numbers(table, "volume", order)
    measure[:, 3] = share
    return Products(
        code=code,
        name=_texts(table, "name", order, code),
        family=_texts(table, "family", order),
        type=_texts(table, "type", order, "finished"),
        base_unit=_texts(table, "base_unit", order, "EA"),
        zone=_texts(table, "zone", order, "ambient"),
        unit_value=np.nan_to_num(_numbers(table, "unit_value", order)),
        price=_numbers(table, "price", order),
        per_case=_numbers(table, "units_per_case", order),
        measure=measure,
    )


def number_pairs(location: Ints, product: Ints, locations: int, products: int) -> Pairs:
    """Number the pairs that occur, sorted by location and product; codes of -1 are left out."""
    known = (location >= 0) & (product >= 0)
    keys = np.unique(location[known] * products + product[known])
    of = np.full(locations * products, -1, dtype=np.int64)
    of[keys] = np.arange(len(keys))
    return Pairs(keys // products, keys % products, of.reshape(locations, products))
