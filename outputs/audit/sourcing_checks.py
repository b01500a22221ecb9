"""Checks that every place is served by the sources its rules name (F25)."""

import math
from collections import defaultdict

from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.lanes import Lane
from tierstock.outputs.audit.limits import FLOW
from tierstock.outputs.audit.sourcing import SOURCES
from tierstock.outputs.audit.words import Record

CHECK = "sourcing"
Sent = dict[tuple[str, int], float]
"""Units by origin and ship period."""
MOST = {"single": 1, "dual": 2}


def check_sourcing(world: World) -> None:
    """Check forbidden ways, and one source or two, shares and ranks of every place."""
    rules = world.lanes.sourcing
    if not rules.rules:
        return
    sent: dict[tuple[str, str], Sent] = defaultdict(lambda: defaultdict(float))
    for ship in world.plan.shipments:
        if ship.quantity <= FLOW:
            continue
        origin, to, _ = ship.lane
        if rules.forbids(origin, to, ship.product):
            where = (f"{origin} → {to}", ship.product, world.horizon.ids[ship.t])
            world.report.fail(CHECK, *where, "forbid", amount=ship.quantity)
        if world.lanes.kind(ship.lane) in SOURCES:
            sent[to, ship.product][origin, ship.t] += ship.quantity
    chosen: dict[tuple[int, str, str], Sent] = defaultdict(lambda: defaultdict(float))
    rows: dict[int, Record] = {}
    for (to, product), units in sorted(sent.items()):
        origins = _origins(world, to, product)
        for row, mine in rules.holding(to, product, origins):
            if row.text("Rule") in MOST:
                together = row.text("Product") in ("", "*")
                rows[row.line] = row
                for (origin, t), quantity in units.items():
                    if origin in mine:
                        chosen[row.line, to, "" if together else product][origin, t] += quantity
        _shares(world, to, product, origins, units)
        _ranks(world, to, product, origins, units)
    for (line, to, product), units in chosen.items():
        _counted(world, rows[line], to, product, units)


def _origins(world: World, to: str, product: str) -> list[str]:
    """Places that could send a product by a lane that counts as a source."""
    return sorted(
        {
            lane[0]
            for lane in _lanes_to(world, to)
            if any(_can_send(world, lane, product, t) for t in range(len(world.horizon)))
        }
    )


def _lanes_to(world: World, to: str) -> list[Lane]:
    lanes = world.lanes
    return [lane for lane in lanes.entries if lane[1] == to and lanes.kind(lane) in SOURCES]


def _can_send(world: World, lane: Lane, product: str, t: int) -> bool:
    first = world.supply.first.get((lane[0], product), len(world.horizon))
    return first <= t and world.supply.usable(lane, product, t)


def _counted(world: World, row: Record, to: str, product: str, units: Sent) -> None:
    """No more origins serve in a window than the rule lets choose."""
    for window in world.lanes.sourcing.windows(row):
        serving = {origin for origin, t in units if t in window}
        most, when = MOST[row.text("Rule")], world.horizon.ids[window[0]]
        where = (to, product or "*", when, ", ".join(sorted(serving)))
        world.report.at_most(CHECK, float(len(serving)), float(most), *where)


def _shares(world: World, to: str, product: str, origins: list[str], units: Sent) -> None:
    """What an origin sends in a window is its share of what all send."""
    rules = world.lanes.sourcing
    shares = rules.shares(to, product, origins)
    if not shares:
        return
    row = next(r for r, _ in rules.holding(to, product, origins) if r.text("Rule") == "ratio")
    for window in rules.windows(row):
        able = {
            lane[0]
            for lane in _lanes_to(world, to)
            if any(_can_send(world, lane, product, t) for t in window)
        }
        rest = sum(shares.values()) < 1 - 1e-9 and not able - set(shares)
        if rest or any(share > 0 and origin not in able for origin, share in shares.items()):
            continue
        total = math.fsum(quantity for (_, t), quantity in units.items() if t in window)
        for origin, share in shares.items():
            own = math.fsum(q for (o, t), q in units.items() if o == origin and t in window)
            where = (f"{origin} → {to}", product, world.horizon.ids[window[0]])
            world.report.equal(CHECK, own, share * total, *where, "ratio", terms=total)


def _ranks(world: World, to: str, product: str, origins: list[str], units: Sent) -> None:
    """An origin serves only where those of lower rank are used up."""
    ranks = world.lanes.sourcing.values(to, product, origins, "priority")
    for (origin, t), quantity in units.items() if ranks else ():
        mine = ranks.get(origin, math.inf)
        for lane in _lanes_to(world, to):
            before = ranks.get(lane[0], math.inf) < mine
            if (
                before
                and _can_send(world, lane, product, t)
                and not _used_up(world, lane, product, t)
            ):
                where = (f"{origin} → {to}", product, world.horizon.ids[t])
                world.report.fail(CHECK, *where, f"before {lane[0]}", amount=quantity)


def _in_lots(most: float, lot: float) -> float:
    """Return the most that whole lots make; a lot of 0 is any quantity."""
    return lot * math.floor(most / lot + 1e-9) if lot > 0 and most < math.inf else most


def _used_up(world: World, lane: Lane, product: str, t: int) -> bool:
    """Tell whether the lane carries its most, or its origin has bought and sent all it could."""
    tolerance = world.report.tolerance
    most = world.lanes.lane_number(lane, t, "Max Shipment", math.inf)
    goods = [p for p in world.case.products if _can_send(world, lane, p, t)]
    lots = [world.lanes.multiple(lane, p, t) for p in goods]
    most = _in_lots(most, min(lots))
    load = math.fsum(world.loads.get((lane, t), {}).values())
    if load >= most - tolerance * max(1.0, most):
        return True
    pair, last = (lane[0], product), len(world.horizon)
    if any(
        entry[1] == lane[0] and world.lanes.rows(entry, product) for entry in world.lanes.entries
    ):
        return False
    limits = [world.supply.most(*pair, k) for k in range(last)]
    coming = [k for k in range(last) if world.supply.receipt(*pair, k) == t]
    if not all(limit < math.inf for limit in limits) or not any(limits):
        return False
    lots = [world.supply.number("Order Multiple", *pair, k, 0.0) for k in coming]
    could = math.fsum(_in_lots(limits[k], lot) for k, lot in zip(coming, lots, strict=True))
    bought = math.fsum(world.plan.purchases[pair][k] for k in coming)
    free = tolerance * max(1.0, could)
    return bought >= could - free and world.stock(pair, t) <= free
