"""Every figure of Summary, recomputed from the input and the quantities of the plan."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

from tierstock.outputs.audit.case import Pair
from tierstock.outputs.audit.costs import wanted_places
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.indicators import (
    capacity_peak,
    capital,
    fills,
    share,
    spell,
    stock_figures,
)
from tierstock.outputs.audit.sales import earns
from tierstock.outputs.audit.tariffs import emissions
from tierstock.outputs.audit.terminal import places_kept, terminal_rules

SHORT = 1e-6
"""Share of a demand that must be missing to call it a stock-out."""
MEAN_OF = 4
"""Periods at most over which demand per day is a mean."""
Figures = dict[str, float]
"""Key figures by English name; not a number where nothing can be said."""


def figures(world: World, total: float, revenue: float, bound: float) -> Figures:
    """Return all key figures by name.

    Args:
        world: input and plan.
        total: sum of the recomputed cost terms, revenue included.
        revenue: the term revenue, negative.
        bound: what no plan can cost less than, as the solver said; not a number for none.
    """
    found = {"Total cost": total - revenue} | _service(world) | _stock(world) | _cover(world)
    found |= fills(world, world.plan.floats("Service", served(world)))[0] | stock_figures(world)
    apart = total - bound
    found |= {
        "Gap in money": max(0.0, apart) if not math.isnan(apart) else math.nan,
        "Gap to best possible": abs(apart) / max(abs(total), 1e-9),
        "Best possible cost": math.nan if earns(world.case.settings) else bound,
    }
    if earns(world.case.settings):
        found |= {"Revenue": -revenue, "Profit": -total, "Best possible profit": -bound}
    return found | _moves(world) | _families(world)


def _service(world: World) -> Figures:
    plan, last = world.plan, len(world.horizon) - 1
    on_time = plan.floats("Service", served(world))
    wanted: dict[tuple[Pair, int], float] = defaultdict(float)
    done: dict[tuple[Pair, int], float] = defaultdict(float)
    for key, stream in world.case.streams.items():
        for t, units in enumerate(stream.wanted):
            i = plan.service[key][t]
            wanted[(key[0], key[1]), t] += units
            done[(key[0], key[1]), t] += on_time[i] if i >= 0 else 0.0
    live = [key for key, units in wanted.items() if units > 0]
    short = {k for k in live if wanted[k] - done[k] > SHORT * max(wanted[k], 1.0)}
    owed = [rows[last] for rows in plan.service.values() if rows[last] >= 0]
    return {
        "Fill rate (units)": _share(plan.numbers("Service", served(world)), wanted.values()),
        "Lost units": math.fsum(plan.numbers("Service", "Lost")),
        "Owed at the end": math.fsum(plan.number("Service", "Backlog", i) for i in owed),
        "Stock-out rate": share(len(short), len(live)),
        "Stock-out spell": spell(world, short),
    }


def served(world: World) -> str:
    """Return the column of Service that tells what was issued in its period."""
    return "On Time" if "On Time" in world.plan.tables["Service"].texts else "Issued"


def _share(part: Iterable[float], whole: Iterable[float]) -> float:
    return share(math.fsum(part), math.fsum(whole))


def _stock(world: World) -> Figures:
    prices, plan, case = world.prices, world.plan, world.case
    worth = [math.fsum(column) for column in zip(*_worth(world), strict=True)]
    worth = worth or plan.nothing()
    average = math.fsum(worth) / len(worth)
    opening = math.fsum(prices.values(p)[0] * units for p, units in case.opening.items())
    issued = math.fsum(
        price * units
        for pair, row in world.issued.items()
        for price, units in zip(prices.values(pair), row, strict=True)
    )
    issued /= sum(world.horizon.days)
    tied = list(capital(world))
    return {
        "Capital tied up (end)": tied[-1],
        "Capital tied up (average)": math.fsum(tied) / len(tied),
        "Capital tied up (peak)": max(tied),
        "Capital tied up (opening)": opening + math.fsum(_beside_at_start(world)),
        "Stock value (opening)": opening,
        "Stock value (average)": average,
        "Stock value (peak)": max(worth),
        "Stock value (end)": worth[-1],
        "Inventory turnover": share(issued * 365, average),
        "Days on hand": share(average, issued),
        "Safety stock missing": math.fsum(_missing(world)) / len(worth),
    }


def _worth(world: World) -> Iterator[list[float]]:
    """Stock at standard cost by place."""
    for pair, closing in world.plan.closing.items():
        values = world.prices.values(pair)
        yield [price * units for price, units in zip(values, closing, strict=True)]


def _beside_at_start(world: World) -> Iterator[float]:
    """Blocked stock and open orders that have left, at standard cost."""
    for pair, units in world.case.blocked.items():
        yield world.prices.values(pair)[0] * units
    for order in world.case.orders:
        if order.leaves < 0:
            yield world.prices.values((order.to, order.product))[0] * order.quantity


def _missing(world: World) -> Iterator[float]:
    """Units below the safety stock, by place and period."""
    for pair in {*world.plan.inventory, *wanted_places(world)}:
        kept = world.case.kept(pair[0])
        for t, least in enumerate(world.prices.safety(pair)):
            if kept[t]:
                yield max(0.0, least - world.stock(pair, t))


def _cover(world: World) -> Figures:
    """Stock and all that comes, by the value of a day's demand at the end and at the start."""
    prices, case, days = world.prices, world.case, world.horizon.days
    last = len(days) - 1
    left = math.fsum(
        prices.values(pair)[-1] * (world.stock(pair, last) + world.coming.get(pair, 0.0))
        for pair in {*world.plan.closing, *world.coming}
    )
    start = [prices.values(pair)[0] * units for pair, units in case.opening.items()]
    for order in case.orders:
        start.append(prices.values((order.to, order.product))[0] * order.quantity)
        if order.leaves >= 0:
            start.append(-prices.values((order.origin, order.product))[0] * order.quantity)
    at_end = _daily(world, slice(-MEAN_OF, None), last)
    at_start = _daily(world, slice(0, MEAN_OF), 0)
    return {
        "End cover": left / at_end if at_end > 0 else math.nan,
        "Opening cover": math.fsum(start) / at_start if at_start > 0 else math.nan,
        "End cover asked": _cover_asked(world),
    }


def _daily(world: World, part: slice, at: int) -> float:
    """Demand per day, the mean of some periods, at the standard cost of period ``at``."""
    days = sum(world.horizon.days[part])
    return math.fsum(
        world.prices.values((s.location, s.product))[at] * math.fsum(s.wanted[part]) / days
        for s in world.case.streams.values()
    )


def _cover_asked(world: World) -> float:
    """Days that cover rules ask of all places together; nan where they leave a product out."""
    last, days = len(world.horizon) - 1, sum(world.horizon.days[-MEAN_OF:])
    daily: dict[Pair, float] = defaultdict(float)
    for stream in world.case.streams.values():
        daily[stream.location, stream.product] += math.fsum(stream.wanted[-MEAN_OF:]) / days
    kept = places_kept(world)
    counted = {pair for pair in kept if daily[pair] > 0}
    wanting = {pair[1] for pair in counted}
    counted |= {pair for pair in kept if pair[1] not in wanting}  # only customers want it
    asked: dict[str, float] = defaultdict(float)
    wanted: dict[str, float] = defaultdict(float)
    worth: dict[str, float] = defaultdict(float)
    for pair, units in daily.items():
        wanted[pair[1]] += units
        worth[pair[1]] += units * world.prices.values(pair)[last]
    for rule in terminal_rules(world):
        product = rule.members[0][1]
        needed = {pair for pair in counted if pair[1] == product}
        if rule.rule == "cover" and needed and needed <= set(rule.members) and wanted[product]:
            asked[product] = max(asked[product], rule.target / wanted[product])
    whole = math.fsum(worth.values())
    if not whole or any(units > 0 and not asked[product] for product, units in wanted.items()):
        return math.nan
    return math.fsum(asked[product] * money for product, money in worth.items()) / whole


def _moves(world: World) -> Figures:
    plan = world.plan
    transfers = [ship for ship in plan.shipments if world.lanes.kind(ship.lane) == "transfer"]
    filled = plan.tables["VehicleUse"].column("Fill %")
    rows = [i for i in plan.good["VehicleUse"] if filled[i]]
    trips = [plan.number("VehicleUse", "Trips", i) for i in rows]
    fills = [plan.number("VehicleUse", "Fill %", i) for i in rows]
    return {
        "Shipments": float(len(plan.shipments)),
        "Transfers": float(len(transfers)),
        "Transfer quantity": math.fsum(ship.quantity for ship in transfers),
        "Transfer value": math.fsum(
            ship.quantity * world.prices.value(ship.lane[1], ship.product, ship.t)
            for ship in transfers
        ),
        "Vehicle trips": math.fsum(plan.numbers("VehicleUse", "Trips")),
        "Vehicle fill": _share((n * fill for n, fill in zip(trips, fills, strict=True)), trips),
    }


def _families(world: World) -> Figures:
    """Key figures that only some networks have."""
    found = {
        "Expired value": math.fsum(
            world.prices.values(pair)[t] * units
            for pair, row in world.moves["Scrapped"].items()
            for t, units in enumerate(row)
        ),
        "Carbon emitted": math.fsum(emissions(world).values()),
    }
    peak = capacity_peak(world)
    if not math.isnan(peak):
        found["Capacity peak"] = peak
    if world.case.rows("Finance") and world.plan.good["Cash"]:
        found["Cash minimum"] = min(world.plan.numbers("Cash", "Closing Cash"))
    return found
