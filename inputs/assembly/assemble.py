"""Typed tables to ``Network``: the walk from the planner's words to index arrays."""

from dataclasses import replace

import numpy as np

from tierstock.inputs.assembly import ladder
from tierstock.inputs.assembly.component_demand import component_uses
from tierstock.inputs.assembly.demand import build_demand, short_costs
from tierstock.inputs.assembly.forward_demand import ForwardDemand, considered_last, forward_demand
from tierstock.inputs.assembly.goods import Links, build_goods, connect, keep_goods, occurring
from tierstock.inputs.assembly.ground import Ground, lay_ground
from tierstock.inputs.assembly.limits import capacity
from tierstock.inputs.assembly.notes import notes
from tierstock.inputs.assembly.openings import check_stock_date, network_orders, scheduled
from tierstock.inputs.assembly.parts import add_parts
from tierstock.inputs.assembly.places import Pairs
from tierstock.inputs.assembly.previous import located, previous_end
from tierstock.inputs.assembly.rates import without_unit_cost
from tierstock.inputs.assembly.reach import earliest, live
from tierstock.inputs.assembly.returns import returns
from tierstock.inputs.assembly.sourcing_rows import stated_shares, wares
from tierstock.inputs.assembly.stock_costs import StockCosts, stock_costs
from tierstock.inputs.assembly.stock_targets import StockTargets, stock_targets
from tierstock.inputs.assembly.supply import build_supply
from tierstock.inputs.assembly.terminal import TerminalData, left_at_start, terminal
from tierstock.inputs.assembly.vehicles import require_measures, vehicles
from tierstock.inputs.checking.network_checks import check_network
from tierstock.inputs.findings import Findings
from tierstock.inputs.fingerprint import freeze
from tierstock.inputs.network import (
    Demand,
    Flags,
    Goods,
    Network,
    Orders,
    Places,
    Supply,
    Terminal,
)
from tierstock.inputs.settings import Settings
from tierstock.inputs.tables import Tables


def assemble(tables: Tables, findings: Findings) -> Network | None:
    """Return the network of the tables; None without periods, locations or products.

    Faults go to ``findings``. Beside errors a network is returned all the same, so that the
    faults of all sheets are found at once; it must not be planned then.
    """
    ground = lay_ground(tables, findings)
    if ground is None:
        return None
    links = connect(ground)
    pairs = occurring(ground, links)
    supply = build_supply(ground, links.offers, pairs)
    orders = network_orders(ground.orders, pairs, supply)
    demand = want(ground, pairs)
    costs = cost_of_stock(ground, pairs)
    goods, feeding = build_goods(ground, links, pairs, costs)
    forward = look_forward(ground, links, pairs, replace(goods, allowed=feeding), demand)
    places = keep(ground, links, pairs, supply, orders, goods, costs, forward)
    goods = keep_goods(goods, live(goods.allowed, goods.source, places.earliest))
    network = finish(ground, links, pairs, supply, orders, demand, goods, places, forward)
    network = without_unit_cost(add_parts(network, ground, links))
    check_network(network, ground, links)
    return freeze(replace(network, notes=notes(network, ground, links), ground=ground))


def want(ground: Ground, pairs: Pairs) -> Demand:
    """Demand with its modes and the costs of being short."""
    table = ground.tables.table("Products")
    frame = table.frame.drop_duplicates("product").set_index("product")
    costs = short_costs(
        ground.streams,
        ground.classes,
        ground.products,
        frame["shortage_cost"].reindex(ground.products.code).to_numpy(np.float64),
        ground.periods.days,
        ground.tables.settings.shortage_default_cost,
    )
    without = ground.products.code[np.unique(ground.streams.product[costs.unknown])]
    rows = np.flatnonzero(table.frame["product"].isin(without))
    ground.findings.add("no-shortage-price", table=table, index=rows, field="price")
    return build_demand(
        ground.streams, ground.owed, costs, ground.classes, ground.rule, pairs, ground.periods
    )


def cost_of_stock(ground: Ground, pairs: Pairs) -> StockCosts:
    """What a unit in stock costs at every place."""
    return stock_costs(
        ground.tables.table("StockCosts"),
        ground.catalog,
        pairs,
        ground.products.unit_value,
        ground.periods.days,
        ground.tables.settings.carrying_rate,
        ground.findings,
    )


def look_forward(
    ground: Ground, links: Links, pairs: Pairs, goods: Goods, demand: Demand
) -> ForwardDemand:
    """The demand in which days of cover are counted."""
    own = np.zeros((len(pairs), len(ground.periods)))
    np.add.at(own, demand.place, demand.quantity)
    status = ground.tables.table("Locations").frame["status"].to_numpy(dtype=object)
    considered = status[ground.sites.order] == "consider"
    return forward_demand(
        own,
        ground.periods.days,
        considered_last(goods, pairs.location, considered),
        links.lanes.kind[goods.lane] == "replenish",
        pairs.location,
        ground.sites.locations.tier,
        component_uses(
            None if links.making is None else links.making.production,
            pairs.of,
            ground.products.unit_value,
        ),
        stated_shares(ground, wares(links.lanes, goods.lane, goods.product, goods.sink)),
    )


def keep(
    ground: Ground,
    links: Links,
    pairs: Pairs,
    supply: Supply,
    orders: Orders,
    goods: Goods,
    costs: StockCosts,
    forward: ForwardDemand,
) -> Places:
    """Stock at the places: what is there, what it costs, what is wanted, when it can be there."""
    count = len(ground.periods)
    usable, blocked = np.zeros(len(pairs)), np.zeros(len(pairs))
    opening = ground.opening
    there = pairs.at(opening.location, opening.product)
    known = there >= 0
    usable[there[known]], blocked[there[known]] = opening.usable[known], opening.blocked[known]
    arriving, leaving = scheduled(orders, orders.firm, len(pairs), count)
    possible, _ = scheduled(orders, ~orders.firm, len(pairs), count)
    keeps = ground.sites.keeps[pairs.location]
    targets = wanted_stock(ground, pairs, keeps, forward)
    wanted = ground.lifecycle.targeted[pairs.product, :count]
    return Places(
        location=pairs.location,
        product=pairs.product,
        of=pairs.of,
        opening=usable,
        blocked=blocked,
        arriving=arriving,
        leaving=leaving,
        keeps=keeps,
        earliest=earliest(
            usable,
            arriving + possible,
            supply,
            goods,
            returns(links.back, pairs),
            None if links.making is None else links.making.production,
            pairs.of,
        ),
        holding=costs.holding,
        value=costs.value,
        handling_in=costs.handling_in,
        handling_out=costs.handling_out,
        safety=np.where(wanted, targets.safety, 0.0),
        safety_hard=targets.safety_hard & wanted,
        safety_penalty=targets.safety_penalty,
        max_stock=targets.max_stock,
        max_hard=targets.max_hard,
        over_penalty=targets.over_penalty,
        daily_demand=forward.daily,
        daily_demand_after=forward.after,
    )


def wanted_stock(
    ground: Ground, pairs: Pairs, keeps: Flags, forward: ForwardDemand
) -> StockTargets:
    """Safety stock and maximum stock at every place."""
    return stock_targets(
        ground.tables.table("StockTargets"),
        ground.catalog,
        ground.sites.locations,
        pairs,
        keeps,
        forward,
        ladder.basis(ground.products),
        ground.findings,
    )


def finish(
    ground: Ground,
    links: Links,
    pairs: Pairs,
    supply: Supply,
    orders: Orders,
    demand: Demand,
    goods: Goods,
    places: Places,
    forward: ForwardDemand,
) -> Network:
    """Add limits, vehicles and what should be left at the end, and bind all together."""
    tables, catalog, findings = ground.tables, ground.catalog, ground.findings
    settings, products = located(tables.settings, tables.source), ground.products
    made = vehicles(tables.table("Vehicles"), catalog, findings)
    require_measures(
        links.lanes.vehicles,
        made,
        goods,
        products,
        tables.table("Vehicles"),
        tables.table("Products"),
        catalog,
        findings,
    )
    check_stock_date(settings, ground.periods, findings)
    return Network(
        name=settings.model_name or tables.name,
        settings=settings,
        periods=ground.periods,
        locations=ground.sites.locations,
        products=products,
        lanes=links.lanes,
        goods=goods,
        places=places,
        supply=supply,
        demand=demand,
        orders=orders,
        capacity=capacity(
            tables.table("Capacity"),
            catalog,
            ground.sites.working,
            ground.calendars,
            pairs,
            products,
            tables.table("Products"),
            findings,
        ),
        vehicles=made,
        terminal=left_at_end(ground, settings, pairs, orders, places, forward),
        source=tables.source,
    )


def left_at_end(
    ground: Ground,
    settings: Settings,
    pairs: Pairs,
    orders: Orders,
    places: Places,
    forward: ForwardDemand,
) -> Terminal:
    """What should be left when the horizon ends."""
    codes = ground.sites.locations.code, ground.products.code
    data = TerminalData(
        locations=ground.sites.locations,
        products=ground.products.code,
        pairs=pairs,
        counts=places.keeps[:, -1],
        forward=forward,
        start=left_at_start(places.opening, orders),
        basis=ladder.basis(ground.products),
        unit_value=ground.products.unit_value,
        ended=~ground.lifecycle.targeted[:, -1],
        previous=previous_end(settings, pairs, *codes, ground.findings),
    )
    rule, days = settings.terminal_rule, settings.terminal_days
    table = ground.tables.table("Terminal")
    return in_order(terminal(table, ground.catalog, data, rule, days, ground.findings))


def in_order(rules: Terminal) -> Terminal:
    """Sort terminal rules by label, so that they do not depend on the order of the sheet."""
    order = np.lexsort((rules.credit, rules.penalty, rules.target, rules.label.astype(str)))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    row = number[rules.row]
    members = np.lexsort((rules.place, row))
    return Terminal(
        label=rules.label[order],
        rule=rules.rule[order],
        target=rules.target[order],
        penalty=rules.penalty[order],
        credit=rules.credit[order],
        row=row[members],
        place=rules.place[members],
    )
