"""Checks of lanes, supply and capacity (F7 to F9, F12, F15, rulings 20 to 24)."""

import math
from collections import defaultdict
from dataclasses import dataclass

from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.matching import Selectors
from tierstock.outputs.audit.plan import BUDGETS, NAMED
from tierstock.outputs.audit.values import bare
from tierstock.outputs.audit.words import words

CapacityKey = tuple[str, str, str, str]
"""Location, zone, kind, dimension."""
Figures = dict[tuple[str, str, str], list[tuple[float, ...]]]
"""Used, Limit and Extra of the rows of a key."""
FLOW = 1e-6
"""Units from which a lane or an order counts as used."""


def check_lanes(world: World) -> None:
    """Check that every shipment runs on a lane that is there, open and permitted."""
    report, lanes, case = world.report, world.lanes, world.case
    for ship in world.plan.shipments:
        if ship.quantity <= FLOW:
            continue
        where = (" → ".join(ship.lane[:2]), ship.lane[2], ship.product, world.horizon.ids[ship.t])
        ended = lanes.replenishes(ship.lane) and not world.case.supplied(ship.product, ship.t)
        if ended or not lanes.carries(ship.lane, ship.product, ship.t):
            report.fail("lanes", *where, "no lane", amount=ship.quantity)
            continue
        if not lanes.permitted(ship.lane, ship.product, ship.t):
            report.fail("transfers", *where, amount=ship.quantity)
        if not lanes.departs(ship.lane, ship.t):
            report.fail("lanes", *where, "no departure day", amount=ship.quantity)
        due = world.supply.arrival(ship.lane, ship.product, ship.t)
        if not case.is_open(ship.lane[0], ship.t):
            report.fail("lanes", *where, "origin closed", amount=ship.quantity)
        if not case.is_open(ship.lane[1], due):
            report.fail("lanes", *where, "destination closed", amount=ship.quantity)
        if due >= len(world.horizon) and not case.late:
            report.fail("lanes", *where, "arrives after the horizon", amount=ship.quantity)
        table = world.plan.tables["Shipments"]
        shown = table.column("Arrive Period")[ship.row]
        wanted = world.horizon.ids[due] if due < len(world.horizon) else ""
        if "Arrive Period" in table.texts and shown != wanted:
            report.fail("received", *where, f"Arrive Period {shown} ≠ {wanted}")
    for (lane, t), loaded in world.loads.items():
        total = math.fsum(loaded.values())
        at = (" → ".join(lane[:2]), lane[2], world.horizon.ids[t])
        most = lanes.lane_number(lane, t, "Max Shipment", math.inf)
        report.at_most("lane limits", total, most, *at, "Max Shipment")
        least = lanes.lane_number(lane, t, "Min Shipment", -math.inf)
        if total > FLOW and case.integral[t]:
            report.at_most("lane limits", least - total, 0.0, *at, "Min Shipment", terms=least)


def used_share(world: World, t: int, quantity: float, most: float) -> float:
    """Return how far a fixed cost is charged: once, or behind the integrality horizon by share.

    There it counts as the share of a stated maximum that is used (F36).
    """
    if quantity <= FLOW and (world.case.integral[t] or most == math.inf):
        return 0.0
    return 1.0 if world.case.integral[t] or most == math.inf else quantity / most


def check_supply(world: World) -> None:
    """Check orders against Max and hard Min of the Supply sheet."""
    supply, report = world.supply, world.report
    pairs = set(world.plan.purchases) | {pair for pair in supplied(world)}
    for pair in sorted(pairs):
        for t, when in enumerate(world.horizon.ids):
            ordered = world.plan.purchases[pair][t]
            report.at_most("supply", ordered, supply.most(*pair, t), *pair, when, "Max")
            if supply.offered(*pair, t):
                least = supply.number("Min", *pair, t, -math.inf)
                if supply.number("Min Penalty", *pair, t, math.inf) == math.inf:
                    missing = least - ordered
                    report.at_most("supply", missing, 0.0, *pair, when, "Min", terms=least)


def supplied(world: World) -> list[tuple[str, str]]:
    """Return the places and products that rows of Supply speak of."""
    rows = world.supply.policy.rows
    return [(place, product) for _, ranks in rows for place in ranks[0] for product in ranks[1]]


@dataclass
class Limit:
    """The tightest of the rows that meet at one limit and period."""

    free: float = math.inf
    total: float = math.inf
    price: float = math.nan


def capacity_limits(world: World) -> dict[CapacityKey, list[Limit]]:
    """Expand the Capacity sheet; rows add, so the smallest limit and the smallest total hold."""
    case, horizon = world.case, world.horizon
    held = {case.of_product.attributes["Zone"][code] for code in case.products}
    own_words = words().rows["Products", "Zone"]["choices"]
    zones = Selectors("zone", sorted(held | {*own_words.split("|")}), choices=own_words)
    found: dict[CapacityKey, list[Limit]] = defaultdict(lambda: [Limit() for _ in horizon.ids])
    for row in case.rows("Capacity"):
        text = row.text("Zone")
        for location in case.of_location.ranked(row.text("Location")):
            for zone in ["*"] if text in ("", "*") else zones.ranked(text):
                key = (location, zone, row.text("Kind"), row.text("Dimension"))
                for name in case.of_period.ranked(row.text("Period")):
                    t = horizon.place[bare(name)]
                    daily = row.text("Kind") != "storage" and row.text("Per") != "bucket"
                    name = row.text("Calendar") or case.calendar(location)
                    times = case.calendars.working(name, t) if daily else 1.0
                    free = row.number("Limit", math.inf) * times
                    total = free + row.number("Extra Limit", 0.0) * times
                    limit = found[key][t]
                    if free < limit.free:
                        limit.free, limit.price = free, row.number("Extra Cost", 0.0)
                    limit.total = min(limit.total, total)
    return found


def used_capacity(world: World) -> dict[CapacityKey, list[float]]:
    """Return what every limit carries; storage counts blocked stock, dock counts both ways."""
    by_place: dict[str, list[str]] = defaultdict(list)
    for location, product in {*world.pairs(), *world.case.blocked}:
        by_place[location].append(product)
    zone_of = world.case.of_product.attributes["Zone"]
    used = {}
    for key in capacity_limits(world):
        location, zone, kind, dimension = key
        mine = [p for p in sorted(by_place[location]) if zone in ("*", zone_of[p])]
        sizes = [(p, world.case.measure(p, dimension)) for p in mine]
        used[key] = [
            math.fsum(size * _volume(world, (location, p), kind, t) for p, size in sizes)
            for t in range(len(world.horizon))
        ]
    return used


def _volume(world: World, pair: tuple[str, str], kind: str, t: int) -> float:
    if kind == "storage":
        return world.stock(pair, t) + world.case.blocked.get(pair, 0.0)
    inbound = world.inbound(pair, t) if kind in ("inbound", "dock") else 0.0
    return inbound + (world.outbound(pair, t) if kind in ("outbound", "dock") else 0.0)


def unavoidable(world: World, key: CapacityKey, t: int) -> tuple[float, float]:
    """Return the least and the most that no decision can avoid, by which limits widen (F7, F8).

    Storage: blocked stock, and at most what stands there today and comes by firm orders too; what
    lanes can take away of it is the planner's estimate. Else firm open orders, exactly.
    """
    location, zone, kind, dimension = key
    zone_of, least, most = world.case.of_product.attributes["Zone"], 0.0, 0.0
    for pair in {*world.pairs(), *world.case.blocked}:
        if pair[0] == location and zone in ("*", zone_of[pair[1]]):
            size = world.case.measure(pair[1], dimension)
            if kind == "storage":
                least += size * world.case.blocked.get(pair, 0.0)
                most += size * (world.standing(pair)[t] + world.case.blocked.get(pair, 0.0))
            else:
                come = world.firm_in[pair][t] if kind != "outbound" else 0.0
                go = world.firm_out[pair][t] if kind != "inbound" else 0.0
                least, most = least + size * (come + go), most + size * (come + go)
    return least, most


def shown_use(world: World) -> dict[tuple[str, ...], int]:
    """Return the rows of CapacityUse that are about sites, by key and period."""
    shown: dict[tuple[str, ...], int] = {}
    for i in world.plan.good["CapacityUse"]:
        location, zone, _, _, kind, dimension, when = world.plan.key("CapacityUse", i)
        if kind not in (*NAMED, *BUDGETS):
            shown[location, zone or "*", kind, dimension, when] = i
    return shown


def extra(
    world: World, key: CapacityKey, t: int, limit: Limit, load: float, i: int
) -> tuple[float, float]:
    """Return the extra capacity in use, and the most the limit and its extra let pass.

    Use beyond the limit is extra, unless today's excess widens the limit: then what the plan
    shows in row ``i`` of CapacityUse counts, within what is possible; -1 for no row.
    """
    if load <= limit.free:
        return 0.0, limit.total
    least, most = (max(limit.free, part) for part in unavoidable(world, key, t))
    spare = limit.total - limit.free
    low = max(0.0, load - most)
    high = max(low, min(load - least, spare))
    shown = world.plan.number("CapacityUse", "Extra", i) if i >= 0 else low
    return min(max(shown, low), high), most + spare


def check_capacity(world: World) -> None:
    """Check use against limit + extra, and the figures of CapacityUse."""
    plan, report = world.plan, world.report
    limits, used, shown = capacity_limits(world), used_capacity(world), shown_use(world)
    for key, row in limits.items():
        for t, limit in enumerate(row):
            when = world.horizon.ids[t]
            if limit.free == math.inf:
                continue
            load, i = used[key][t], shown.pop((*key, when), -1)
            beyond, most = extra(world, key, t, limit, load, i)
            report.at_most("capacity", load, most, *key, when)
            if i < 0:
                report.fail("keys", "CapacityUse", *key, when, "row missing")
                continue
            figures = {"Used": (load, load), "Limit": (limit.free,) * 2, "Extra": (beyond, load)}
            for column, (wanted, terms) in figures.items():
                found = plan.number("CapacityUse", column, i)
                report.equal("use", found, wanted, *key, when, column, terms=terms)
    for name in shown:
        report.fail("use", *name, "no such limit")
    _check_lane_use(world)


def _check_lane_use(world: World) -> None:
    """Check the lane rows of CapacityUse; modes of one pair have no name there, so in order."""
    plan, lanes = world.plan, world.lanes
    wanted: Figures = defaultdict(list)
    shown: Figures = defaultdict(list)
    for lane in lanes.entries:
        for t, when in enumerate(world.horizon.ids):
            most = lanes.lane_number(lane, t, "Max Shipment", math.inf)
            if most < math.inf:
                used = math.fsum(world.loads.get((lane, t), {}).values())
                wanted[lane[0], lane[1], when].append((used, most, 0.0))
    for i in plan.good["CapacityUse"]:
        _, _, origin, to, kind, _, when = plan.key("CapacityUse", i)
        if kind == "lane":
            shown[origin, to, when].append(use_figures(world, i))
    compare_use(world, shown, wanted)


def use_figures(world: World, i: int) -> tuple[float, ...]:
    """Return Used, Limit and Extra of a row of CapacityUse."""
    columns = ("Used", "Limit", "Extra")
    return tuple(world.plan.number("CapacityUse", column, i) for column in columns)


def compare_use(world: World, shown: Figures, wanted: Figures) -> None:
    """Compare rows of use and limit, key by key."""
    for key in sorted({*shown, *wanted}):
        found, right = sorted(shown.get(key, [])), sorted(wanted.get(key, []))
        if len(found) != len(right):
            world.report.fail("keys", "CapacityUse", *key, f"{len(found)} rows ≠ {len(right)}")
            continue
        for pair, good in zip(found, right, strict=True):
            for name, shown_number, number in zip(
                ("Used", "Limit", "Extra"), pair, good, strict=True
            ):
                world.report.equal("use", shown_number, number, *key, name)
