"""Every cost term recomputed from the input and the plan's quantities (C.4, ruling 36)."""

import math
from collections import defaultdict
from operator import itemgetter

from tierstock.outputs.audit.case import Order, Pair
from tierstock.outputs.audit.departures import counted_departures
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.limits import (
    FLOW,
    capacity_limits,
    extra,
    shown_use,
    supplied,
    used_capacity,
    used_share,
)
from tierstock.outputs.audit.vehicles import vehicle_types

Ledger = dict[tuple[str, str, str, int], float]
"""Money by term, location, product (blank where none) and period."""


def ledger(world: World) -> Ledger:
    """Return all cost lines but those of the terminal rules."""
    lines: Ledger = defaultdict(float)
    _supply(world, lines)
    _lanes(world, lines)
    _stock(world, lines)
    _shortage(world, lines)
    _extra(world, lines)
    return lines


def _supply(world: World, lines: Ledger) -> None:
    """purchase = price x q; order = fixed cost once; take-or-pay = penalty x (Min - q)+."""
    supply = world.supply
    for pair in {*world.plan.purchases, *supplied(world)}:
        ordered = world.plan.purchases[pair]
        for t, quantity in enumerate(ordered):
            if quantity > 0:
                price = supply.number("Unit Cost", *pair, t, 0.0)
                lines["purchase", *pair, t] += price * quantity
                due = supply.receipt(*pair, t)
                if due < len(ordered):
                    price = world.prices.cost("Handling In", *pair, due, 0.0)
                    lines["handling", *pair, due] += price * quantity
            share = used_share(world, t, quantity, supply.most(*pair, t)) if quantity else 0.0
            lines["order", *pair, t] += share * supply.number("Fixed Cost", *pair, t, 0.0)
            penalty = supply.number("Min Penalty", *pair, t, 0.0)
            if penalty and supply.offered(*pair, t):
                missing = supply.number("Min", *pair, t, -math.inf) - quantity
                lines["take-or-pay", *pair, t] += penalty * max(0.0, missing)


def _lanes(world: World, lines: Ledger) -> None:
    """freight, transit, handling per unit; trips per vehicle; departure per lane in use."""
    lanes, prices, types = world.lanes, world.prices, vehicle_types(world.case)
    for ship in world.plan.shipments:
        origin, to, _ = ship.lane
        key = (ship.lane, ship.product, ship.t)
        lines["freight", origin, ship.product, ship.t] += unit_freight(world, *key) * ship.quantity
        daily = prices.carrying(to, ship.product, ship.t) * lanes.lead_days(*key)
        lines["transit", to, ship.product, ship.t] += daily * ship.quantity
        price = prices.cost("Handling Out", origin, ship.product, ship.t, 0.0)
        lines["handling", origin, ship.product, ship.t] += price * ship.quantity
    for pair, arrived in world.arrived.items():
        for t, quantity in enumerate(arrived):
            if quantity:
                price = prices.cost("Handling In", *pair, t, 0.0)
                lines["handling", *pair, t] += price * quantity
    for (lane, t), trips in world.plan.trips.items():
        for vehicle, number in trips.items():
            price = world.rates.trip(lane, vehicle, types[vehicle].cost)
            lines["trips", lane[0], "", t] += price * number
    counted = counted_departures(world)
    for (lane, t), loaded in world.loads.items():
        if math.fsum(loaded.values()) > FLOW:
            lines["freight", lane[0], "", t] += world.bracket_freight(lane, t)
            most = lanes.lane_number(lane, t, "Max Shipment", math.inf)
            units = math.fsum(loaded.values())
            share = 1.0 if (lane, t) in counted else used_share(world, t, units, most)
            fixed = lanes.lane_number(lane, t, "Fixed Cost", 0.0)
            lines["departure", lane[0], "", t] += share * fixed


def unit_freight(world: World, lane: tuple[str, str, str], product: str, t: int) -> float:
    """Return freight of one unit; ``value%`` counts the product's standard cost.

    Nothing on lanes with brackets, which replace it.
    """
    if world.rates.of(lane) is not None:
        return 0.0
    value = world.case.products[product].number("Unit Value", 0.0)
    return world.lanes.freight(lane, product, t, value)


def _stock(world: World, lines: Ledger) -> None:
    """holding of stock and blocked stock, missing safety stock, stock above the maximum."""
    prices, case = world.prices, world.case
    average = case.settings.get("stock_timing") == "average"
    for pair in {*world.pairs(), *case.blocked, *wanted_places(world)}:
        blocked, held = case.blocked.get(pair, 0.0), world.stock(pair, -1)
        for t, kept in enumerate(case.kept(pair[0])):
            before, held = held, world.stock(pair, t)
            units = ((before + held) / 2 if average else held) + blocked
            if units:
                lines["holding", *pair, t] += prices.holding(pair)[t] * units
            if kept:
                _targets(world, lines, pair, t, held)


def _targets(world: World, lines: Ledger, pair: Pair, t: int, stock: float) -> None:
    prices = world.prices
    missing = prices.safety(pair)[t] - stock
    if missing > 0:
        lines["safety shortfall", *pair, t] += prices.safety_penalty(*pair, t) * missing
    above = stock - prices.most(pair)[t]
    if above > 0 and not prices.hard(*pair, t):
        price = prices.target("Over Penalty", *pair, t, 0.0)
        lines["over stock", *pair, t] += price * above


def wanted_places(world: World) -> set[tuple[str, str]]:
    """Return places with a stock target where the product can be."""
    can = world.supply.first
    return {
        (place, product)
        for _, ranks in world.prices.targets.rows
        for place in ranks[0]
        for product in ranks[1]
        if (place, product) in can
    }


def _shortage(world: World, lines: Ledger) -> None:
    """lost sales = lost cost x (U + c); backorder = back cost x B, and B(T) lost once."""
    last = len(world.horizon) - 1
    for key, stream in world.case.streams.items():
        pair = (stream.location, stream.product)
        for t, i in enumerate(world.plan.service[key]):
            if i < 0:
                continue
            lost, backlog, issued = (
                world.plan.number("Service", c, i) for c in ("Lost", "Backlog", "Issued")
            )
            price = stream.back_cost[t] + (stream.lost_cost[t] if t == last else 0.0)
            if lost:
                lines["lost sales", *pair, t] += stream.lost_cost[t] * lost
            if backlog:
                lines["backorder", *pair, t] += price * backlog
            if issued:
                out = world.prices.cost("Handling Out", *pair, t, 0.0)
                lines["handling", *pair, t] += out * issued


def _extra(world: World, lines: Ledger) -> None:
    """Extra capacity at its price: what is used beyond the limit."""
    used, shown = used_capacity(world), shown_use(world)
    for key, limits in capacity_limits(world).items():
        for t, limit in enumerate(limits):
            if used[key][t] > limit.free and limit.price:
                i = shown.get((*key, world.horizon.ids[t]), -1)
                beyond, _ = extra(world, key, t, limit, used[key][t], i)
                lines["extra capacity", key[0], "", t] += limit.price * beyond


def shown_costs(world: World) -> Ledger:
    """Return the rows of Costs, without their discount."""
    plan = world.plan
    shown: Ledger = defaultdict(float)
    keys, amounts = plan.keys["Costs"], plan.floats("Costs", "Amount")
    for i in plan.good["Costs"]:
        term, location, product, when = keys[i]
        t = plan.period(when)
        shown[term, location, product, t] += amounts[i] / world.worth[t]
    return shown


def add_cancelled(world: World, lines: Ledger, shown: Ledger) -> None:
    """Add what cancelled open orders save: the purchase price of their origin or destination.

    How much is cancelled shows in the receipts, for orders due behind the horizon in what is
    under way at its end. Where no row tells that, and where orders of different price meet, the
    plan's own money counts, within what is possible.
    """
    last = len(world.horizon) - 1
    prices: dict[tuple[str, str, int], list[float]] = defaultdict(list)
    for order in world.case.orders:
        if not order.firm:
            prices[order.to, order.product, order.due].append(_saving(world, order))
    for (place, product, due), known in prices.items():
        pair, key = (place, product), ("cancelled orders", place, product, min(due, last))
        rest = max(0.0, lines[key] - shown[key])
        if due <= last:
            gone = world.cancelled[pair][due]
            lines[key] -= min(max(rest, min(known) * gone), max(known) * gone)
    for pair, most in world.doubtful.items():
        known = prices[(*pair, last + 1)]
        key = ("cancelled orders", *pair, last)
        rest = max(0.0, lines[key] - shown[key])
        told = _gone_later(world, pair)
        paid = min(rest / max(known), most) if max(known) > 0 else 0.0
        gone = paid if told is None else told
        lines[key] -= min(max(rest, min(known) * gone), max(known) * gone)
        world.late[pair] += max(0.0, most - gone - world.dead_later[pair])
        world.coming[pair] += most - gone


def _gone_later(world: World, pair: Pair) -> float | None:
    """Return what is cancelled of orders due behind the horizon; None where nothing tells."""
    rows = world.plan.inventory.get(pair)
    if rows is None or rows[-1] < 0:
        return None
    shown = world.plan.number("Inventory", "In Transit", rows[-1])
    return min(max(world.way[pair][-1] - shown, 0.0), world.doubtful[pair])


def _saving(world: World, order: Order) -> float:
    """Return the first purchase price of a Supply row of the origin, else of the destination.

    Nothing where it has yet to leave a place of the network: then it stays there.
    """
    for place in (order.origin, order.to) if order.leaves < 0 else ():
        if place and world.supply.policy.matching(place, order.product, place):
            return world.supply.number("Unit Cost", place, order.product, 0, 0.0)
    return 0.0


def check_costs(world: World, lines: Ledger, shown: Ledger) -> dict[str, float]:
    """Compare the rows of Costs with the recomputed lines; return the totals by term.

    The totals are discounted as the rows are.
    """
    report, plan, ids = world.report, world.plan, world.horizon.ids
    case, tiers = world.case, plan.tables["Costs"].column("Tier")
    places = case.locations
    said = set(zip(map(itemgetter(1), plan.keys["Costs"]), tiers, strict=True))
    wrong = {(at, tier) for at, tier in said if tier and at in places and tier != case.tier(at)}
    for i in plan.good["Costs"] if wrong else ():
        location = plan.key("Costs", i)[1]
        if (location, tiers[i]) in wrong:
            report.fail("costs", f"row {plan.tables['Costs'].lines[i]}", location, tiers[i])
    parts: dict[str, list[float]] = defaultdict(list)
    for key in dict.fromkeys([*lines, *shown]):
        term, location, product, t = key
        found, wanted = shown.get(key, 0.0), lines.get(key, 0.0)
        if found != wanted:
            name = "terminal" if term.startswith("terminal") else "costs"
            report.equal(name, found, wanted, term, location, product, ids[t])
        parts[term].append(wanted * world.worth[t])
    return {term: math.fsum(money) for term, money in parts.items()}
