"""Where products are bought or made (ruling 19, F9)."""

from dataclasses import dataclass, fields, replace

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.periods import leads
from tierstock.inputs.assembly.places import Pairs, Sites, open_on_arrival
from tierstock.inputs.assembly.supply_asking import Asking
from tierstock.inputs.assembly.supply_lots import lot_terms
from tierstock.inputs.findings import Findings, show
from tierstock.inputs.network import Flags, Floats, Ints, Supply
from tierstock.inputs.selecting.catalog import Catalog
from tierstock.inputs.selecting.precedence import Column, Coverage, cover, resolve, winners
from tierstock.inputs.tables import Table


@dataclass(frozen=True)
class Offers:
    """Supply by location and product, lead times still as stated."""

    location: Ints
    product: Ints
    most: Floats
    """[S, T] most per order period; infinite where not stated, 0 where no row offers any."""
    least: Floats
    least_penalty: Floats
    unit_cost: Floats
    fixed_cost: Floats
    lead: Floats
    """[S, T] lead time as stated."""
    remaining_life: Floats
    """[S, T] days of life left at receipt; not a number where not stated."""
    moq: Floats
    """[S, T] least order; 0 where none."""
    multiple: Floats
    """[S, T] orders come in whole multiples of this; 0 where none."""
    share_min: Floats
    share_max: Floats

    def __len__(self) -> int:
        return len(self.location)


def stated_offers(ground: Ground) -> Offers:
    """Return what the Supply sheet offers; the most specific row wins cell by cell.

    Nothing is offered in periods no row speaks about, and none where the location is shut.
    Quantities come in the unit of their row or cell, money in the currency of their row.
    """
    table, periods = ground.tables.table("Supply"), len(ground.periods)
    coverage, location, product = _coverage(table, ground.catalog, periods, ground.findings)
    offered = _offered(coverage)
    ask = Asking(ground, table, coverage, product)
    active = ground.sites.locations.active[location]
    most, least = ask.quantity("max", np.inf), ask.quantity("min", 0.0)
    _check_bounds(coverage, table, least, most, ground.findings)
    return Offers(
        location,
        product,
        most=np.where(offered & active, most, 0.0),
        least=np.where(offered & active, least, 0.0),
        least_penalty=ask.money("min_penalty", np.inf),
        unit_cost=ask.money("unit_cost", 0.0),
        fixed_cost=ask.money("fixed_cost", 0.0),
        lead=resolve(coverage, table, "lead_time", ground.findings, 0.0),
        remaining_life=resolve(coverage, table, "remaining_life", ground.findings, np.nan),
        **lot_terms(ask, offered & active & ~(least > most), most),
    )


def _coverage(
    table: Table, catalog: Catalog, periods: int, findings: Findings
) -> tuple[Coverage, Ints, Ints]:
    """Which rows speak about which pairs, the pairs numbered as they occur."""
    size = len(catalog.codes("product"))
    location = np.repeat(np.arange(len(catalog.codes("location"))), size)
    product = np.tile(np.arange(size), len(catalog.codes("location")))
    places = catalog.ranks("location", table, "location", findings)
    goods = catalog.ranks("product", table, "product", findings)
    when = catalog.ranks("period", table, "period", findings)
    full = cover([Column(places, location, 0), Column(goods, product, 1)], when, periods)
    items, number = np.unique(full.item, return_inverse=True)
    coverage = Coverage(
        full.row, number.astype(np.int64), full.key, full.period, (len(items), periods)
    )
    return coverage, location[items], product[items]


def _offered(coverage: Coverage) -> Flags:
    """[S, T] some row speaks about the pair in the period."""
    offered = np.zeros(coverage.shape, dtype=bool)
    period = coverage.period
    when = np.where(period.exact < 0, -1 - period.text, period.exact)[coverage.row]
    for number in np.unique(when):
        entries = np.flatnonzero(when == number)
        offered[coverage.item[entries]] |= period.mask(int(coverage.row[entries[0]]))
    return offered


def _check_bounds(
    coverage: Coverage, table: Table, least: Floats, most: Floats, findings: Findings
) -> None:
    """Min above Max in one cell is an error at the row that states the Min."""
    low = winners(coverage, table, "min", Findings())
    wrong = (low >= 0) & (least > most)
    rows, first = np.unique(low[wrong], return_index=True)
    for row, above in zip(rows, most[wrong][first], strict=True):
        told = f"{table.heading('max')} {show(float(above))}"
        findings.add("min-over-max", table=table, index=int(row), field="min", most=told)


def free_suppliers(offers: Offers, sites: Sites) -> Flags:
    """[L] suppliers without any Supply row: they supply all their lanes carry (ruling 19)."""
    named = np.zeros(len(sites.locations), dtype=bool)
    named[offers.location] = True
    return np.asarray((sites.locations.tier == "supplier") & ~named)


def with_free(offers: Offers, carried: Flags, sites: Sites) -> Offers:
    """Add free and unlimited supply of ``carried`` [L, P], and sort by location and product."""
    location, product = np.nonzero(carried)
    active = sites.locations.active[location]
    nothing = np.zeros(active.shape)
    free = Offers(
        location,
        product,
        most=np.where(active, np.inf, 0.0),
        least=nothing,
        least_penalty=np.full(active.shape, np.inf),
        unit_cost=nothing,
        fixed_cost=nothing,
        lead=nothing,
        remaining_life=np.full(active.shape, np.nan),
        moq=nothing,
        multiple=nothing,
        share_min=nothing,
        share_max=np.ones(active.shape),
    )
    parts = {
        item.name: np.concatenate([getattr(offers, item.name), getattr(free, item.name)])
        for item in fields(Offers)
    }
    order = np.lexsort((parts["product"], parts["location"]))
    return Offers(**{name: part[order] for name, part in parts.items()})


def while_supplied(offers: Offers, supplied: Flags) -> Offers:
    """Offer nothing in periods in which a product is no longer supplied, ``supplied`` [P, T]."""
    on = supplied[offers.product]
    most, least = np.where(on, offers.most, 0.0), np.where(on, offers.least, 0.0)
    return replace(offers, most=most, least=least)


def passed_on(
    offers: Offers, folds: Flags, origin: Ints, product: Ints, products: int
) -> tuple[Offers, Floats]:
    """Give supply lead times of suppliers without stock to the goods that leave them.

    At any other place, a cross-dock too, the lead time delays its own supply only (ruling 19).

    Args:
        offers: supply with lead times as stated.
        folds: [L] whether the location is a supplier that holds no stock.
        origin: [K] location the goods leave.
        product: [K] product.
        products: number of products.

    Returns:
        The offers, with lead 0 where the lead time was passed on, and the lead time to add to
        each good, [K, T].
    """
    key = offers.location * products + offers.product
    goods = origin * products + product
    passing = folds[offers.location] & np.isin(key, goods)
    at = np.searchsorted(key, goods)
    at = np.minimum(at, max(len(key) - 1, 0))
    extra = np.zeros((len(goods), offers.lead.shape[1]))
    if len(key):
        mine = (key[at] == goods) & passing[at]
        extra[mine] = offers.lead[at[mine]]
    return replace(offers, lead=np.where(passing[:, None], 0.0, offers.lead)), extra


def build_supply(ground: Ground, offers: Offers, pairs: Pairs) -> Supply:
    """Return the supply of the network, lead times in whole buckets.

    Nothing is offered that would arrive while the place receives nothing, or after the horizon
    where the settings forbid it.
    """
    settings, sites = ground.tables.settings, ground.sites
    unit, rounding = settings.lead_time_unit, settings.lead_time_rounding
    lead = leads(ground.periods, offers.lead, unit, rounding)
    active, late = sites.locations.active, settings.allow_after_horizon
    received = open_on_arrival(sites, active, offers.location, lead, late=late)
    return Supply(
        place=pairs.at(offers.location, offers.product),
        lead=lead,
        most=np.where(received, offers.most, 0.0),
        least=np.where(received, offers.least, 0.0),
        least_penalty=offers.least_penalty,
        unit_cost=offers.unit_cost,
        fixed_cost=offers.fixed_cost,
    )
