"""Goods on lanes: which there are, when they may be shipped, how long and at what cost."""

from dataclasses import dataclass, fields, replace

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.lane_rows import PairRows, goods_rows, pair_rows, spread_stock
from tierstock.inputs.assembly.lanes import LaneGoods, build_lanes
from tierstock.inputs.assembly.periods import lead_in_days, leads
from tierstock.inputs.assembly.places import Pairs, number_pairs, open_on_arrival
from tierstock.inputs.assembly.production import Making, build_making
from tierstock.inputs.assembly.returns import ComingBack, coming_back
from tierstock.inputs.assembly.sourcing_rows import forbidden, wares
from tierstock.inputs.assembly.stock_costs import YEAR, StockCosts
from tierstock.inputs.assembly.substitutes import StandIns, stand_ins
from tierstock.inputs.assembly.supply import (
    Offers,
    free_suppliers,
    passed_on,
    stated_offers,
    while_supplied,
    with_free,
)
from tierstock.inputs.assembly.transfer_rules import open_transfers
from tierstock.inputs.network import Flags, Floats, Goods, Ints, Lanes
from tierstock.inputs.selecting.catalog import Ranked


@dataclass(frozen=True)
class Links:
    """Supply and lanes as stated, expanded to locations and products."""

    offers: Offers
    """Supply; lead times of places without stock are passed on to their goods."""
    lanes: Lanes
    goods: LaneGoods
    extra: Floats
    """[K, T] supply lead time added to the lane's, in the unit of lead times."""
    present: Flags
    """[L, P] products that can ever be at a location, lead times aside."""
    pairs: PairRows
    """Rows of Lanes over pairs of places."""
    products: Ranked
    """Product column of Lanes."""
    filled: Ints
    """Entries of ``pairs`` with a product that can ever be at their origin."""
    back: ComingBack
    """Goods that come back from where they are issued."""
    instead: StandIns
    """Products that may stand in for the demand of others."""
    making: Making | None
    """Recipes at their locations; None without any."""


def connect(ground: Ground) -> Links:
    """Expand Supply and Lanes; goods that can never be at their origin are left out."""
    tables, catalog, findings = ground.tables, ground.catalog, ground.findings
    table, sites, size = tables.table("Lanes"), ground.sites, len(ground.products)
    offers = stated_offers(ground)
    making = build_making(ground)
    free = free_suppliers(offers, sites)
    if making is not None:
        free[making.stated.location] = False
    pairs = pair_rows(table, catalog, findings)
    products = catalog.ranks("product", table, "product", findings)
    back = coming_back(ground)
    starting = _starting(ground, offers, free)
    starting[back.location, back.back] = True
    present = _spread(pairs, products, starting, making)
    rows = goods_rows(pairs, products, present)
    lanes, goods = build_lanes(ground, pairs, rows)
    carried = np.zeros((len(sites.locations), size), dtype=bool)
    carried[lanes.origin[goods.lane], goods.product] = True
    offers = with_free(offers, carried & free[:, None], sites)
    offers = while_supplied(offers, ground.lifecycle.supplied)
    folds = ~sites.holds & (sites.locations.tier == "supplier")
    offers, extra = passed_on(offers, folds, lanes.origin[goods.lane], goods.product, size)
    filled = np.unique(rows.pair)
    return Links(
        offers=offers,
        lanes=lanes,
        goods=goods,
        extra=extra,
        present=present,
        pairs=pairs,
        products=products,
        filled=filled,
        back=back,
        instead=stand_ins(ground),
        making=making,
    )


def _spread(pairs: PairRows, products: Ranked, starting: Flags, making: Making | None) -> Flags:
    """[L, P] where products can ever be: carried along lanes, and made of what is there."""
    present = spread_stock(pairs, products, starting)
    while making is not None and (more := making.spread(present)).sum() > present.sum():
        present = spread_stock(pairs, products, more)
    return present


def _starting(ground: Ground, offers: Offers, free: Flags) -> Flags:
    """[L, P] where products enter the network: stock, open orders, supply."""
    opening, orders = ground.opening, ground.orders
    found = np.zeros((len(ground.sites.locations), len(ground.products)), dtype=bool)
    found[free] = True
    stocked = opening.usable > 0.0
    found[opening.location[stocked], opening.product[stocked]] = True
    found[orders.destination, orders.product] = True
    some = (offers.most > 0.0).any(axis=1)
    found[offers.location[some], offers.product[some]] = True
    return found


def occurring(ground: Ground, links: Links) -> Pairs:
    """Number the pairs with demand, stock, open orders, supply, or a lane that carries them."""
    streams, opening, orders = ground.streams, ground.opening, ground.orders
    lanes, goods = links.lanes, links.goods
    sent = (orders.origin >= 0) & (orders.ship >= 0)
    stocked = (opening.usable > 0.0) | (opening.blocked > 0.0)
    location = (
        streams.location,
        opening.location[stocked],
        orders.destination,
        orders.origin[sent],
        links.offers.location,
        links.back.location,
        streams.location[links.instead.stream],
        *([] if links.making is None else [links.making.places[0]]),
        lanes.origin[goods.lane],
        lanes.destination[goods.lane],
    )
    product = (
        streams.product,
        opening.product[stocked],
        orders.product,
        orders.product[sent],
        links.offers.product,
        links.back.back,
        links.instead.product,
        *([] if links.making is None else [links.making.places[1]]),
        goods.product,
        goods.product,
    )
    sizes = len(ground.sites.locations), len(ground.products)
    return number_pairs(np.concatenate(location), np.concatenate(product), *sizes)


def build_goods(
    ground: Ground, links: Links, pairs: Pairs, costs: StockCosts
) -> tuple[Goods, Flags]:
    """Return the goods with places, lead times in buckets and carrying cost on the way.

    A good may be shipped in a period when a row of Lanes is valid, its Max Shipment is not 0, the
    rules of transfers let it pass, the lane departs, its origin is active, and its destination is
    active when it arrives. A lane that may carry nothing so neither reaches nor feeds a place.

    Returns:
        The goods, and [K, T] where they count as open when it is asked who feeds whom: between
        the departures of a lane and on closed days, too (ruling 32).
    """
    settings, periods = ground.tables.settings, ground.periods
    lanes, goods = links.lanes, links.goods
    origin, destination = lanes.origin[goods.lane], lanes.destination[goods.lane]
    unit = settings.lead_time_unit
    lead = leads(periods, goods.lead + links.extra, unit, settings.lead_time_rounding)
    days = lead_in_days(periods, goods.lead, unit)
    rules = open_transfers(
        ground.tables.table("TransferRules"),
        ground.catalog,
        origin,
        destination,
        goods.product,
        lanes.kind[goods.lane] == "transfer",
        lanes.label[goods.lane],
        len(periods),
        ground.findings,
    )
    sink = pairs.at(destination, goods.product)
    shut = forbidden(ground, wares(lanes, goods.lane, goods.product, sink))
    sites, valid = ground.sites, goods.valid & rules & ~shut[:, None]
    valid &= lanes.max_shipment[goods.lane] > 0.0
    valid &= ground.lifecycle.carried(lanes, goods.lane, goods.product)
    active, windowed = sites.locations.active, sites.windowed
    allowed = valid & goods.departs & active[origin]
    late = settings.allow_after_horizon
    allowed &= open_on_arrival(sites, active, destination, lead, late=late)
    open_lanes = valid & windowed[origin] & open_on_arrival(sites, windowed, destination, lead)
    made = Goods(
        lane=goods.lane,
        product=goods.product,
        source=pairs.at(origin, goods.product),
        sink=sink,
        allowed=allowed,
        lead=lead,
        lead_days=days,
        arrival_days=lead_in_days(periods, goods.lead + links.extra, unit),
        unit_cost=goods.unit_cost,
        transit_cost=costs.value[sink] * costs.rate[sink] * days / YEAR,
        arriving_share=goods.arriving_share,
    )
    return made, np.asarray(open_lanes & np.asarray(allowed.any(axis=1))[:, None])


def keep_goods(goods: Goods, allowed: Flags) -> Goods:
    """Return the goods that may ever be shipped, ``allowed`` [K, T] in place of what they had."""
    kept = allowed.any(axis=1)
    whole = replace(goods, allowed=allowed)
    return Goods(**{item.name: getattr(whole, item.name)[kept] for item in fields(Goods)})
