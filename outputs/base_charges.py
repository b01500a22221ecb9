"""Cost terms of every plan: supply, lanes, stock, shortage and the end (C.4)."""

from collections.abc import Iterator

import numpy as np

from tierstock.inputs.network import Ints
from tierstock.outputs.charge import Charge, free, grid, nowhere
from tierstock.outputs.expand import Flows


def supply_charges(plan: Flows) -> Iterator[Charge]:
    """purchase = unit cost x q; order = fixed cost x o; take-or-pay = penalty x f."""
    net, supply = plan.net, plan.net.supply
    where = net.places.location[supply.place], net.places.product[supply.place]
    short = plan.made.dense("purchase_short", "supply", "period")
    placed = plan.made.dense("order_placed", "supply", "period")
    yield grid("purchase", *where, free(supply.unit_cost, plan.purchase))
    yield grid("order", *where, free(supply.fixed_cost, placed))
    yield grid("take-or-pay", *where, free(supply.least_penalty, short))


def lane_charges(plan: Flows) -> Iterator[Charge]:
    """freight and transit per unit; trips per vehicle; departure per lane and period in use.

    Freight, trips and departures stand at the origin, transit at the destination, whose carrying
    rate it is.
    """
    net, goods, lanes, trips = plan.net, plan.net.goods, plan.net.lanes, plan.trips
    origin, end = lanes.origin[goods.lane], lanes.destination[goods.lane]
    yield grid("freight", origin, goods.product, free(goods.unit_cost, plan.flow))
    yield grid("transit", end, goods.product, free(goods.transit_cost, plan.flow))
    cost = trips.value * net.trip_cost()[trips["lane"], trips["vehicle"]]
    home = lanes.origin[trips["lane"]]
    yield Charge("trips", home, nowhere(home), trips["period"], cost)
    used = plan.made.dense("lane_used", "lane", "period")
    fixed = free(lanes.fixed_cost, used)
    yield grid("departure", lanes.origin, nowhere(lanes.origin), fixed)


def place_charges(plan: Flows) -> Iterator[Charge]:
    """handling of what comes and goes, holding of stock, penalties of targets.

    Holding is charged on the stock at the end of the period (or on the mean of start and end,
    ``stock_timing = average``) and on blocked stock.
    """
    net, places = plan.net, plan.net.places
    where = places.location, places.product
    kept = plan.stock
    if net.settings.stock_timing == "average":
        kept = (plan.before + plan.stock) / 2.0
    came, went = plan.arrived + plan.purchased, plan.shipped + plan.issued
    handled = free(places.handling_in, came) + free(places.handling_out, went)
    missing = plan.made.dense("shortfall", "place", "period")
    above = plan.made.dense("excess", "place", "period")
    yield grid("handling", *where, handled)
    yield grid("holding", *where, free(places.holding, kept + places.blocked[:, None]))
    yield grid("safety shortfall", *where, free(places.safety_penalty, missing))
    yield grid("over stock", *where, free(places.over_penalty, above))


def shortage_charges(plan: Flows) -> Iterator[Charge]:
    """lost sales = lost cost x (U + c); backorder = back cost x B, and lost cost x B(T) once."""
    net, demand = plan.net, plan.net.demand
    where = net.places.location[demand.place], net.places.product[demand.place]
    owed = free(demand.back_cost, plan.backlog)
    owed[:, -1] += free(demand.lost_cost[:, -1], plan.backlog[:, -1])
    yield grid("lost sales", *where, free(demand.lost_cost, plan.lost))
    yield grid("backorder", *where, owed)


def _common(codes: Ints, rule: Ints, rules: int) -> Ints:
    """Return the code shared by all members of a rule, -1 where they differ."""
    low, high = np.full(rules, np.iinfo(np.int64).max), np.full(rules, -1)
    np.minimum.at(low, rule, codes)
    np.maximum.at(high, rule, codes)
    return np.where(low == high, high, -1)


def end_charges(plan: Flows) -> Iterator[Charge]:
    """Extra capacity, what is missing or left at the end, and open orders cancelled."""
    net, limits, rules = plan.net, plan.net.capacity, plan.net.terminal
    extra = free(limits.extra_cost, plan.extra)
    yield grid("extra capacity", limits.location, nowhere(limits.location), extra)

    last = np.full(len(rules), plan.size[1] - 1, dtype=np.int64)
    location = _common(net.places.location[rules.place], rules.row, len(rules))
    product = _common(net.places.product[rules.place], rules.row, len(rules))
    missing = free(rules.penalty, plan.made.dense("terminal_short", "rule"))
    credit = -free(rules.credit, plan.made.dense("terminal_credit", "rule"))
    yield Charge("terminal shortfall", location, product, last, missing)
    yield Charge("terminal credit", location, product, last, credit)

    orders = net.orders
    saved = -free(orders.saving, orders.quantity * plan.cancelled)
    place, due = orders.place, np.minimum(orders.due, plan.size[1] - 1)
    where = net.places.location[place], net.places.product[place]
    yield Charge("cancelled orders", *where, due, saved)
