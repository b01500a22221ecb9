"""The ground of a network: time, places, products, classes, demand and what is there already."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.assembly.calendars import Calendars, build_calendars
from tierstock.inputs.assembly.classes import Classes, ClassRule, build_classes, class_rule
from tierstock.inputs.assembly.demand import with_backlog
from tierstock.inputs.assembly.demand_rows import Streams, build_streams
from tierstock.inputs.assembly.exchange import Exchange, build_exchange, home_prices
from tierstock.inputs.assembly.horizon import build_periods
from tierstock.inputs.assembly.lifecycle import Lifecycle, lifecycle
from tierstock.inputs.assembly.measures import Measures, base_quantities, build_measures
from tierstock.inputs.assembly.openings import Opening, OpenOrders, build_opening, build_orders
from tierstock.inputs.assembly.places import Sites, build_products, build_sites
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Floats, Periods, Products, Texts
from tierstock.inputs.schema import schema
from tierstock.inputs.selecting.catalog import Catalog
from tierstock.inputs.selecting.catalog_build import abc_classes, build_catalog
from tierstock.inputs.tables import Tables


@dataclass(frozen=True)
class Ground:
    """What everything else is told in."""

    tables: Tables
    """The sheets; where a row holds for one product its quantities and money are converted."""
    measures: Measures
    """Units of measure, for sheets whose rows hold for several products."""
    exchange: Exchange
    """Rates of currencies, for sheets whose money counts by period."""
    findings: Findings
    periods: Periods
    calendars: Calendars
    sites: Sites
    products: Products
    lifecycle: Lifecycle
    """Until when products are supplied and wanted."""
    classes: Classes
    rule: ClassRule
    catalog: Catalog
    streams: Streams
    """Demand as stated, with a stream for every opening backlog."""
    owed: Floats
    """[D] units owed at the start."""
    opening: Opening
    orders: OpenOrders


def lay_ground(tables: Tables, findings: Findings) -> Ground | None:
    """Read what is named and what is there; None without periods, locations or products."""
    settings = tables.settings
    periods = build_periods(tables, settings, findings)
    for sheet in ("Locations", "Products"):
        if not tables.has(sheet):
            findings.add("sheet-without-rows", table=tables.table(sheet))
    if periods is None or not (_some(tables, "Locations") and _some(tables, "Products")):
        return None
    calendars = build_calendars(tables.table("Calendars"), periods, findings)
    sites = build_sites(tables.table("Locations"), periods, calendars)
    written = tables
    tables, measures, exchange = _converted(tables, sites.locations.code, periods, findings)
    products = build_products(tables.table("Products"))
    places, goods = sites.locations.code, products.code
    classes = build_classes(tables.table("ServiceClasses"))
    rule = class_rule(tables, classes, sites, goods, findings)
    opening = build_opening(tables.table("OpeningStock"), places, goods, findings)
    streams = build_streams(
        tables.table("Demand"),
        places,
        goods,
        sites.locations.channel,
        classes,
        rule,
        periods,
        settings.forecast_consumption,
        products.price,
        findings,
    )
    abc = _abc(tables, products, streams)
    streams, owed = with_backlog(
        streams,
        opening,
        classes,
        rule,
        sites.locations.channel,
        tables.table("OpeningStock"),
        findings,
    )
    return Ground(
        tables=tables,
        measures=measures,
        exchange=exchange,
        findings=findings,
        periods=periods,
        calendars=calendars,
        sites=sites,
        products=products,
        lifecycle=lifecycle(tables.table("Products"), goods, periods, findings),
        classes=classes,
        rule=rule,
        catalog=build_catalog(written, places, goods, periods, findings, abc),
        streams=streams,
        owed=owed,
        opening=opening,
        orders=build_orders(tables.table("InTransit"), places, goods, periods, findings),
    )


def _some(tables: Tables, sheet: str) -> bool:
    """Return whether a sheet of places or products has at least one code; errors say why not."""
    field = schema().sheet(sheet).column(schema().sheet(sheet).key[0]).field
    return bool((tables.table(sheet).frame[field] != "").any())


def _abc(tables: Tables, products: Products, streams: Streams) -> Texts:
    """[P] class A, B or C: as stated, else by cumulative value of demand."""
    wanted = np.zeros(len(products))
    np.add.at(wanted, streams.product, streams.quantity.sum(axis=1))
    stated = _stated_abc(tables, products.code)
    return abc_classes(stated, wanted, products.unit_value, tables.settings.abc_limits)


def _converted(
    tables: Tables, locations: Texts, periods: Periods, findings: Findings
) -> tuple[Tables, Measures, Exchange]:
    """Quantities in base units and money in home money, and what converts the rest.

    Units may name products by class ABC only where Products states it: the computed class waits
    for the demand in base units.
    """
    goods = build_products(tables.table("Products")).code
    catalog = build_catalog(tables, locations, goods, periods, Findings())
    measures = build_measures(tables, goods, catalog, findings)
    exchange = build_exchange(tables, periods, catalog, findings)
    return home_prices(base_quantities(tables, measures), exchange), measures, exchange


def _stated_abc(tables: Tables, codes: Texts) -> Texts:
    """[P] class A, B or C as the planner stated it, blank where not."""
    frame = tables.table("Products").frame.drop_duplicates("product").set_index("product")
    return np.asarray(frame["abc"].reindex(codes).to_numpy(dtype=object))
