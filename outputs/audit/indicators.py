"""Key figures of service, stock and flows, recomputed from the quantities of the plan."""

import math
from collections import defaultdict
from collections.abc import Iterator
from operator import mul

from tierstock.outputs.audit.case import Pair
from tierstock.outputs.audit.flows import World

TIERS = ("supplier", "plant", "CDC", "RDC", "store", "ecom", "customer")
SLOW_DAYS = 90 + 1e-6
"""Days of cover above which stock hardly moves."""
PHYSICAL = ("storage", "inbound", "outbound", "dock", "line", "lane", "fleet")
"""Kinds of limits that are no budgets."""
FEWEST = 4
"""Periods that a variance needs."""
FEW = 1e-6
"""Variance below which nothing swings."""
STEADY = 1e-9
"""Variance of a demand that never changes, as a share of its mean square."""
Parted = dict[tuple[str, str], float]
"""Key figures by English name and class or tier."""


def fills(world: World, on_time: list[float]) -> tuple[dict[str, float], Parted]:
    """Return fill rate by value and on-time rate, and the fill rate of each class.

    Args:
        world: input and plan.
        on_time: units issued in time, by row of Service.
    """
    wanted: dict[str, float] = defaultdict(float)
    served: dict[str, float] = defaultdict(float)
    worth_wanted: list[float] = []
    worth_served: list[float] = []
    for key, stream in world.case.streams.items():
        values = world.prices.values((key[0], key[1]))
        for t, units in enumerate(stream.wanted):
            i = world.plan.service[key][t]
            done = on_time[i] if i >= 0 else 0.0
            wanted[key[2]] += units
            served[key[2]] += done
            worth_wanted.append(values[t] * units)
            worth_served.append(values[t] * done)
    there = [name for name, units in wanted.items() if units > 0]
    known = world.plan.good["Service"]
    issued = math.fsum(world.plan.numbers("Service", "Issued"))
    found = {
        "Fill rate (value)": share(math.fsum(worth_served), math.fsum(worth_wanted)),
        "On-time rate": share(math.fsum(on_time[i] for i in known), issued),
    }
    classes = there if len(there) > 1 else []
    return found, {("Fill rate by class", one): served[one] / wanted[one] for one in classes}


def share(part: float, whole: float) -> float:
    """Return a part of a whole; not a number where the whole is nothing."""
    return part / whole if whole > 0 else math.nan


def spell(world: World, short: set[tuple[Pair, int]]) -> float:
    """Return the mean days of runs of periods in which a place is short of a product."""
    days = math.fsum(world.horizon.days[t] for _, t in short)
    return share(days, sum((pair, t - 1) not in short for pair, t in short))


def stock_figures(world: World) -> dict[str, float]:
    """Return what is slow at the end, above its maximum, and expires unless used."""
    plan, last = world.plan, len(world.horizon) - 1
    value = {pair: world.prices.values(pair) for pair in plan.inventory}
    slow: list[float] = []
    above: list[float] = []
    for pair, stock in plan.closing.items():
        most = world.prices.most(pair)
        above += [max(0.0, stock[t] - most[t]) * value[pair][t] for t in range(last + 1)]
        if world.case.keeps(pair[0], last):
            days = world.prices.forward.lasting(*pair, last, stock[last])
            slow.append(0.0 if days <= SLOW_DAYS else stock[last] * value[pair][last])
    ends = math.fsum(value[pair][last] * stock[last] for pair, stock in plan.closing.items())
    return {
        "Slow-mover share": share(math.fsum(slow), ends),
        "Excess value": math.fsum(above) / (last + 1),
        "Expiry value": math.fsum(
            plan.number("Inventory", "Expiring", i) * value[pair][t]
            for pair, rows in plan.inventory.items()
            for t, i in enumerate(rows)
            if i >= 0
        )
        / (last + 1),
    }


def capacity_peak(world: World) -> float:
    """Return the largest use of a limit that is no budget, as a share of it."""
    plan, found = world.plan, []
    for i in plan.good["CapacityUse"]:
        limit = plan.number("CapacityUse", "Limit", i)
        if plan.key("CapacityUse", i)[4] in PHYSICAL and limit > 0:
            found.append(plan.number("CapacityUse", "Used", i) / limit)
    return max(found, default=math.nan)


def forward_cover(world: World) -> Parted:
    """Return stock / forward demand per day of each tier, both at standard cost, all periods."""
    held: dict[str, list[float]] = defaultdict(list)
    used: dict[str, list[float]] = defaultdict(list)
    for pair in world.plan.inventory:
        tier, values = world.case.tier(pair[0]), world.prices.values(pair)
        daily, kept = world.prices.forward.daily(*pair), world.case.kept(pair[0])
        stock = world.plan.closing[pair]
        held[tier] += [value * stock[t] for t, value in enumerate(values) if kept[t]]
        used[tier] += [value * daily[t + 1] for t, value in enumerate(values) if kept[t]]
    sums = {tier: math.fsum(parts) for tier, parts in used.items()}
    return {
        ("Forward cover", tier): math.fsum(held[tier]) / whole
        for tier, whole in sums.items()
        if whole > 0
    }


def bullwhip(world: World) -> Parted:
    """Return variance of orders / variance of the demand served by tier, at standard cost."""
    periods = len(world.horizon)
    if periods < FEWEST:
        return {}
    orders = _orders(world)
    wanted: dict[Pair, list[float]] = defaultdict(world.plan.nothing)
    for location, product in {*world.pairs(), *world.supply.first}:
        daily = world.prices.forward.daily(location, product)
        row = wanted[world.case.tier(location), product]
        for t, days in enumerate(world.horizon.days):
            row[t] += daily[t] * days
    above: dict[str, list[float]] = defaultdict(list)
    below: dict[str, list[float]] = defaultdict(list)
    for key, units in orders.items():
        if not any(units) or not any(wanted[key]):
            continue
        one, other = variance(units), variance(wanted[key])
        square = math.fsum(units * units for units in wanted[key]) / periods
        if one + other > FEW and other > STEADY * max(1.0, square):
            value = world.case.products[key[1]].number("Unit Value", 0.0)
            above[key[0]].append(value * value * one)
            below[key[0]].append(value * value * other)
    return {
        ("Bullwhip ratio", tier): math.fsum(parts) / math.fsum(below[tier])
        for tier, parts in above.items()
        if math.fsum(below[tier]) > 0
    }


def _orders(world: World) -> dict[Pair, list[float]]:
    """Units that the places of a tier order, by tier and product: from other tiers, and bought."""
    tier, lanes = world.case.tier, world.lanes
    found: dict[Pair, list[float]] = defaultdict(world.plan.nothing)
    fresh = [ship for ship in world.plan.shipments if lanes.replenishes(ship.lane)]
    for ship in [*fresh, *world.plan.leaving]:
        if tier(ship.lane[0]) != tier(ship.lane[1]):
            found[tier(ship.lane[1]), ship.product][ship.t] += ship.quantity
    for (location, product), bought in world.plan.purchases.items():
        for t, units in enumerate(bought):
            found[tier(location), product][t] += units
    return found


def variance(values: list[float]) -> float:
    """Return the mean square distance to the mean."""
    mean = math.fsum(values) / len(values)
    return math.fsum((value - mean) ** 2 for value in values) / len(values)


def capital(world: World) -> Iterator[float]:
    """Stock, usable and blocked, and what is under way at standard cost, by period."""
    plan, periods = world.plan, range(len(world.horizon))
    units = list(plan.closing.items())
    units += [(pair, [still] * len(periods)) for pair, still in world.case.blocked.items()]
    for pair, way in list(world.way.items()):
        sure = pair not in world.loose
        units.append((pair, way if sure else [world.on_the_way(pair, t) for t in periods]))
    worth = [map(mul, world.prices.values(pair), held) for pair, held in units]
    yield from map(math.fsum, zip(*worth, strict=True)) if worth else plan.nothing()
