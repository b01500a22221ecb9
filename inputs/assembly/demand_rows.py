"""Rows of Demand to streams: one per location, product, class and channel, by period."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.classes import Classes, ClassRule
from tierstock.inputs.assembly.periods import BEFORE, UNKNOWN, locate_names
from tierstock.inputs.assembly.places import find
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Flags, Floats, Ints, Periods, Texts
from tierstock.inputs.tables import Table


@dataclass(frozen=True)
class Streams:
    """Demand by location, product, class and channel, sorted by these."""

    location: Ints
    product: Ints
    service_class: Ints
    """[D] number in ``Classes``."""
    channel: Ints
    """[D] number in ``ClassRule.channels``."""
    quantity: Floats
    """[D, T] units wanted."""
    lost_cost: Floats
    """[D, T] Shortage Cost stated in Demand, not a number where blank."""
    back_cost: Floats
    """[D, T] Backorder Cost stated in Demand, not a number where blank."""
    price: Floats
    """[D, T] sales price, mean of the rows by quantity; not a number without rows or price."""

    def __len__(self) -> int:
        return len(self.location)


@dataclass(frozen=True)
class _Rows:
    """Rows of Demand inside the horizon, in an order that does not depend on the sheet."""

    cell: Ints
    """stream x T + period."""
    quantity: Floats
    type: Texts
    lost_cost: Floats
    back_cost: Floats
    price: Floats


def build_streams(
    table: Table,
    location_codes: Texts,
    product_codes: Texts,
    location_channel: Texts,
    classes: Classes,
    rule: ClassRule,
    periods: Periods,
    consumption: str,
    product_price: Floats,
    findings: Findings,
) -> Streams:
    """Add up the rows of Demand.

    Args:
        table: the Demand sheet.
        location_codes: [L] codes in canonical order.
        product_codes: [P] codes in canonical order.
        location_channel: [L] Locations.Channel, used where a row states none.
        classes: service classes.
        rule: which class a row belongs to.
        periods: the time buckets; rows outside are left out with a warning.
        consumption: ``net``: orders use up the forecast of their bucket, promotions come on top;
            ``none``: rows of all types add up.
        product_price: [P] Products.Price, used where a row states none.
        findings: takes names that are no period and quantities outside the horizon.
    """
    frame = table.frame
    location = find(location_codes, frame["location"].to_numpy(dtype=object))
    product = find(product_codes, frame["product"].to_numpy(dtype=object))
    period = locate_names(periods, frame["period"].to_numpy(dtype=object))
    _report_outside(table, period, len(periods), findings)
    kept = (location >= 0) & (product >= 0) & (period >= 0) & (period < len(periods))
    location, product, period = location[kept], product[kept], period[kept]
    frame = frame[kept]
    group, channel = customers(frame, location, product, location_channel, classes, rule)
    sizes = (len(location_codes), len(product_codes), len(classes.code), len(rule.channels))
    key = np.ravel_multi_index((location, product, group, channel), sizes)
    keys, stream = np.unique(key, return_inverse=True)
    stated_price = frame["price"].to_numpy(np.float64)
    price = np.where(np.isnan(stated_price), product_price[product], stated_price)
    rows = _sorted(frame, stream * len(periods) + period, price)
    shape = (len(keys), len(periods))
    codes = [part.astype(np.int64) for part in np.unravel_index(keys, sizes)]
    return Streams(
        codes[0],
        codes[1],
        codes[2],
        codes[3],
        _quantities(rows, shape, consumption),
        _highest(rows.cell, rows.lost_cost, shape),
        _highest(rows.cell, rows.back_cost, shape),
        _mean_price(rows, shape),
    )


def customers(
    frame: pd.DataFrame,
    location: Ints,
    product: Ints,
    location_channel: Texts,
    classes: Classes,
    rule: ClassRule,
) -> tuple[Ints, Ints]:
    """Return class and channel of rows of Demand with known location and product, [X] each."""
    named = frame["channel"].to_numpy(dtype=object)
    channel = find(rule.channels, np.where(named == "", location_channel[location], named))
    stated = pd.Index(classes.code).get_indexer(pd.Index(frame["class"].to_numpy(dtype=object)))
    return rule.resolve(stated.astype(np.int64), channel, location, product), channel


def _report_outside(table: Table, period: Ints, count: int, findings: Findings) -> None:
    """Names that are no period; quantities before and after the horizon."""
    named = (table.frame["period"] != "").to_numpy()
    unknown = np.flatnonzero((period == UNKNOWN) & named)
    findings.add("unknown-period", table=table, index=unknown, field="period")
    quantity = np.nan_to_num(table.frame["quantity"].to_numpy(np.float64))
    outside = np.flatnonzero(((period == BEFORE) | (period == count)) & (quantity != 0))
    if len(outside):
        lost = float(np.sort(quantity[outside]).sum())
        findings.add(
            "demand-outside", table=table, index=outside, field="period", quantity=round(lost, 6)
        )


def _sorted(frame: pd.DataFrame, cell: Ints, price: Floats) -> _Rows:
    """Rows by cell and quantity, so that sums do not depend on the order of the sheet."""
    quantity = np.nan_to_num(frame["quantity"].to_numpy(np.float64))
    order = np.lexsort((quantity, cell))
    return _Rows(
        cell[order],
        quantity[order],
        frame["type"].to_numpy(dtype=object)[order],
        frame["shortage_cost"].to_numpy(np.float64)[order],
        frame["backorder_cost"].to_numpy(np.float64)[order],
        price[order],
    )


def _quantities(rows: _Rows, shape: tuple[int, int], consumption: str) -> Floats:
    """[D, T] max(forecast, orders) + promotions, or the sum of all rows."""

    def total(mask: Flags) -> Floats:
        size = shape[0] * shape[1]
        found = np.bincount(rows.cell[mask], weights=rows.quantity[mask], minlength=size)
        return np.asarray(found, dtype=np.float64)

    orders, promotion = rows.type == "order", rows.type == "promotion"
    forecast, ordered = total(~orders & ~promotion), total(orders)
    base = np.maximum(forecast, ordered) if consumption == "net" else forecast + ordered
    return np.asarray((base + total(promotion)).reshape(shape), dtype=np.float64)


def _highest(cell: Ints, cost: Floats, shape: tuple[int, int]) -> Floats:
    """[D, T] the highest stated cost of each cell, not a number where none is stated."""
    found = np.full(shape[0] * shape[1], -np.inf)
    stated = ~np.isnan(cost)
    np.maximum.at(found, cell[stated], cost[stated])
    return np.where(np.isinf(found), np.nan, found).reshape(shape)


def _mean_price(rows: _Rows, shape: tuple[int, int]) -> Floats:
    """[D, T] price of each cell, weighted by the quantity of its rows."""
    size = shape[0] * shape[1]
    wanted = rows.quantity > 0.0
    cell, units = rows.cell[wanted], rows.quantity[wanted]
    total = np.bincount(cell, weights=units, minlength=size)
    money = np.bincount(cell, weights=units * rows.price[wanted], minlength=size)
    with np.errstate(invalid="ignore"):
        return np.asarray((money / total).reshape(shape), dtype=np.float64)
