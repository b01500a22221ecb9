"""What the plan costs, term by term: the rows of ``Costs`` add up to the objective.

The terms are those of the objective (C.4) and are recomputed from quantities and prices, not
taken from the solver, so that a difference would show.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.network import Floats, Ints
from tierstock.outputs.expand import Flows, named

TERMS = (
    "purchase",
    "order",
    "take-or-pay",
    "freight",
    "trips",
    "departure",
    "handling",
    "holding",
    "transit",
    "lost sales",
    "backorder",
    "safety shortfall",
    "over stock",
    "extra capacity",
    "terminal shortfall",
    "terminal credit",
    "cancelled orders",
)
"""Names of the terms, in the order of ``Costs``."""

COLUMNS = ("Scenario", "Cost Bucket", "Tier", "Company", "Location", "Product", "Period", "Amount")


@dataclass(frozen=True)
class Charge:
    """Amounts of one term at places; -1 stands for "no single one"."""

    term: str
    location: Ints
    product: Ints
    period: Ints
    amount: Floats


def _grid(term: str, location: Ints, product: Ints, amounts: Floats) -> Charge:
    """Return a term from amounts [rows, T] with one location and product per row."""
    row, period = np.nonzero(amounts)
    return Charge(term, location[row], product[row], period, amounts[row, period])


def _nowhere(codes: Ints) -> Ints:
    return np.full(len(codes), -1, dtype=np.int64)


def _free(price: Floats, units: Floats) -> Floats:
    """Return price x units, 0 where there are no units (the price may be infinite there)."""
    return np.multiply(price, units, out=np.zeros(units.shape), where=units != 0)


def _supply(plan: Flows) -> Iterator[Charge]:
    """purchase = unit cost x q; order = fixed cost x o; take-or-pay = penalty x f."""
    net, supply = plan.net, plan.net.supply
    where = net.places.location[supply.place], net.places.product[supply.place]
    short = plan.made.dense("purchase_short", "supply", "period")
    placed = plan.made.dense("order_placed", "supply", "period")
    yield _grid("purchase", *where, _free(supply.unit_cost, plan.purchase))
    yield _grid("order", *where, _free(supply.fixed_cost, placed))
    yield _grid("take-or-pay", *where, _free(supply.least_penalty, short))


def _lanes(plan: Flows) -> Iterator[Charge]:
    """freight and transit per unit; trips per vehicle; departure per lane and period in use.

    Freight, trips and departures stand at the origin, transit at the destination, whose carrying
    rate it is.
    """
    net, goods, lanes, trips = plan.net, plan.net.goods, plan.net.lanes, plan.trips
    origin, end = lanes.origin[goods.lane], lanes.destination[goods.lane]
    yield _grid("freight", origin, goods.product, _free(goods.unit_cost, plan.flow))
    yield _grid("transit", end, goods.product, _free(goods.transit_cost, plan.flow))
    cost = trips.value * net.vehicles.trip_cost[trips["vehicle"]]
    home = lanes.origin[trips["lane"]]
    yield Charge("trips", home, _nowhere(home), trips["period"], cost)
    used = plan.made.dense("lane_used", "lane", "period")
    fixed = _free(lanes.fixed_cost, used)
    yield _grid("departure", lanes.origin, _nowhere(lanes.origin), fixed)


def _places(plan: Flows) -> Iterator[Charge]:
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
    handled = _free(places.handling_in, came) + _free(places.handling_out, went)
    missing = plan.made.dense("shortfall", "place", "period")
    above = plan.made.dense("excess", "place", "period")
    yield _grid("handling", *where, handled)
    yield _grid("holding", *where, _free(places.holding, kept + places.blocked[:, None]))
    yield _grid("safety shortfall", *where, _free(places.safety_penalty, missing))
    yield _grid("over stock", *where, _free(places.over_penalty, above))


def _shortage(plan: Flows) -> Iterator[Charge]:
    """lost sales = lost cost x (U + c); backorder = back cost x B, and lost cost x B(T) once."""
    net, demand = plan.net, plan.net.demand
    where = net.places.location[demand.place], net.places.product[demand.place]
    owed = _free(demand.back_cost, plan.backlog)
    owed[:, -1] += _free(demand.lost_cost[:, -1], plan.backlog[:, -1])
    yield _grid("lost sales", *where, _free(demand.lost_cost, plan.lost))
    yield _grid("backorder", *where, owed)


def _common(codes: Ints, rule: Ints, rules: int) -> Ints:
    """Return the code shared by all members of a rule, -1 where they differ."""
    low, high = np.full(rules, np.iinfo(np.int64).max), np.full(rules, -1)
    np.minimum.at(low, rule, codes)
    np.maximum.at(high, rule, codes)
    return np.where(low == high, high, -1)


def _end(plan: Flows) -> Iterator[Charge]:
    """Extra capacity, what is missing or left at the end, and open orders cancelled."""
    net, limits, rules = plan.net, plan.net.capacity, plan.net.terminal
    extra = _free(limits.extra_cost, plan.extra)
    yield _grid("extra capacity", limits.location, _nowhere(limits.location), extra)

    last = np.full(len(rules), plan.size[1] - 1, dtype=np.int64)
    location = _common(net.places.location[rules.place], rules.row, len(rules))
    product = _common(net.places.product[rules.place], rules.row, len(rules))
    missing = _free(rules.penalty, plan.made.dense("terminal_short", "rule"))
    credit = -_free(rules.credit, plan.made.dense("terminal_credit", "rule"))
    yield Charge("terminal shortfall", location, product, last, missing)
    yield Charge("terminal credit", location, product, last, credit)

    orders = net.orders
    saved = -_free(orders.saving, orders.quantity * plan.cancelled)
    place, due = orders.place, np.minimum(orders.due, plan.size[1] - 1)
    where = net.places.location[place], net.places.product[place]
    yield Charge("cancelled orders", *where, due, saved)


def charges(plan: Flows) -> list[Charge]:
    """Return every term of the objective."""
    parts = (_supply, _lanes, _places, _shortage, _end)
    return [charge for part in parts for charge in part(plan)]


def totals(plan: Flows) -> dict[str, float]:
    """Return term -> money, terms of 0 included, in the order of ``TERMS``."""
    found = dict.fromkeys(TERMS, 0.0)
    for charge in charges(plan):
        found[charge.term] += float(charge.amount.sum())
    return found


def costs(plan: Flows, scenario: str) -> pd.DataFrame:
    """Return the sheet ``Costs``: money by term, location, product and period.

    Product is blank where a cost belongs to several (trips, departures, extra capacity, terminal
    rules over several products); so is Location for a terminal rule over several places. What
    the end of the horizon costs stands in the last period, a cancelled order in the period in
    which it was due. The amounts add up to the objective.
    """
    net, found = plan.net, charges(plan)
    keys = np.concatenate(
        [
            np.stack([np.full(len(c.amount), TERMS.index(c.term)), c.location, c.product, c.period])
            for c in found
        ],
        axis=1,
    ).astype(np.int64)
    sizes = (len(TERMS), len(net.locations) + 1, len(net.products) + 1, plan.size[1])
    flat = np.ravel_multi_index((keys[0], keys[1] + 1, keys[2] + 1, keys[3]), sizes)
    cells, row = np.unique(flat, return_inverse=True)
    amount = np.bincount(row, weights=np.concatenate([c.amount for c in found]))
    cells, amount = cells[amount != 0], amount[amount != 0]
    term, location, product, period = np.unravel_index(cells, sizes)
    at = location.astype(np.int64) - 1
    frame = {
        "Scenario": scenario,
        "Cost Bucket": named(np.array(TERMS, dtype=object), term),
        "Tier": named(net.locations.tier, at),
        "Company": named(net.locations.company, at),
        "Location": named(net.locations.code, at),
        "Product": named(net.products.code, product.astype(np.int64) - 1),
        "Period": named(net.periods.id, period),
        "Amount": amount,
    }
    return pd.DataFrame(frame, columns=list(COLUMNS))
