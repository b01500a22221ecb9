"""Returns: what share of the issues comes back, when, and as what (F31)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.periods import leads
from tierstock.inputs.assembly.places import Pairs
from tierstock.inputs.network import Floats, Ints, Network, Returns
from tierstock.inputs.selecting.precedence import (
    Column,
    always,
    cover,
    report_idle,
    resolve,
    winners,
)

if TYPE_CHECKING:
    from tierstock.inputs.assembly.goods import Links


@dataclass(frozen=True)
class ComingBack:
    """Returns by location and product, before places are numbered."""

    location: Ints
    """[Q] location that issues."""
    product: Ints
    """[Q] product issued."""
    back: Ints
    """[Q] product that comes back."""
    ratio: Floats
    lag: Ints
    """[Q, T] whole periods."""
    disposal_cost: Floats

    def __len__(self) -> int:
        return len(self.location)


def coming_back(ground: Ground) -> ComingBack:
    """Resolve the sheet Returns at every location and product with demand.

    The most specific row sets each value, a blank inherits (ruling 10). Lag is in days and turns
    into whole periods by the rounding of lead times.
    """
    table, catalog, findings = ground.tables.table("Returns"), ground.catalog, ground.findings
    streams, periods = ground.streams, ground.periods
    size = len(ground.products)
    wanted = np.unique(streams.location * size + streams.product)
    location, product = np.divmod(wanted if len(table) else wanted[:0], size)
    columns = [
        Column(catalog.ranks("location", table, "location", findings), location, 0),
        Column(catalog.ranks("product", table, "product", findings), product, 1),
    ]
    coverage = cover(columns, always(table), 1)
    report_idle(columns, coverage, table, findings)
    ratio = resolve(coverage, table, "ratio", findings, 0.0)[:, 0]
    lag = resolve(coverage, table, "lag", findings, 0.0)
    cost = resolve(coverage, table, "disposal_cost", findings, 0.0)[:, 0]
    row = winners(coverage, table, "return_product", findings)[:, 0]
    back = product.copy()
    named = row >= 0
    if named.any():
        codes = table.frame["return_product"].to_numpy(dtype=object)[row[named]]
        back[named] = catalog.positions("product", codes)
    unit, rounding = "day", ground.tables.settings.lead_time_rounding
    whole = leads(periods, np.repeat(lag, len(periods), axis=1), unit, rounding)
    real = (ratio > 0.0) & (back >= 0)
    return ComingBack(
        location[real], product[real], back[real], ratio[real], whole[real], cost[real]
    )


def returns(found: ComingBack, pairs: Pairs) -> Returns | None:
    """Returns with their places; None where nothing comes back."""
    if not len(found):
        return None
    return Returns(
        place=pairs.at(found.location, found.product),
        back=pairs.at(found.location, found.back),
        ratio=found.ratio,
        lag=found.lag,
        disposal_cost=found.disposal_cost,
    )


def build_returns(net: Network, ground: Ground, links: "Links") -> Returns | None:
    """The part of the network; goods that come back at different costs of disposal are found."""
    places = Pairs(net.places.location, net.places.product, net.places.of)
    found = returns(links.back, places)
    if found is not None:
        low, high = np.full(len(places), np.inf), np.full(len(places), -np.inf)
        np.minimum.at(low, found.back, found.disposal_cost)
        np.maximum.at(high, found.back, found.disposal_cost)
        for place in np.flatnonzero(high > low)[:1]:
            ground.findings.add(
                "returns-disposal-differs",
                table=ground.tables.table("Returns"),
                field="disposal_cost",
                location=net.locations.code[places.location[place]],
                product=net.products.code[places.product[place]],
            )
    return found
