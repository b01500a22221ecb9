"""Checks of stock: identity, opening, receipts, shipments, targets (F1, F5, F6, F27)."""

import math
from operator import add, neg

from tierstock.outputs.audit.case import Pair
from tierstock.outputs.audit.flows import MOVES, World
from tierstock.outputs.audit.plan import FLOWS_IN, FLOWS_OUT
from tierstock.outputs.audit.values import EXACT, total

SHOWN = ("Opening", "Received", "Purchased", "Shipped", "Issued", *MOVES)
"""Columns of Inventory that are recomputed; one that is not there counts as 0."""
SURE = 1e-3
"""Share of the tolerance up to which floats tell that a balance holds; else decimals do."""
ULP = 2.0**-52


def check_stock(world: World) -> None:
    """Check every row of Inventory, and that no place with stock or flows is left out."""
    _identities(world)
    for pair in world.pairs():
        rows = world.plan.inventory.get(pair)
        if rows is None:
            _absent(world, pair)
            continue
        _flows(world, pair, rows)
        _figures(world, pair, rows)
        for t, kept in enumerate(world.case.kept(pair[0])):
            if not kept:
                where = (*pair, world.horizon.ids[t])
                world.report.at_most("places", world.stock(pair, t), 0.0, *where)
        _hard_targets(world, pair, rows)


def _identities(world: World) -> None:
    """Closing = Opening + all that comes - all that goes, from the printed decimals, exactly.

    A sum of floats differs from that of the decimals they stand for by less than an ulp of all
    its terms; only where that does not decide, the decimals are added up.
    """
    plan, tolerance = world.plan, world.report.tolerance
    come = [c for c in ("Opening", *FLOWS_IN) if any(plan.floats("Inventory", c))]
    go = [c for c in (*FLOWS_OUT, "Closing") if any(plan.floats("Inventory", c))]
    columns = [plan.floats("Inventory", column) for column in come]
    columns += [list(map(neg, plan.floats("Inventory", column))) for column in go]
    rows = list(zip(*columns, strict=True))
    most = max((abs(end) for column in columns for end in (min(column), max(column))), default=0.0)
    sure = ULP * len(columns) * most <= SURE * tolerance
    for i in plan.good["Inventory"] if columns else ():
        gap = math.fsum(rows[i])
        if sure and not gap:
            continue
        terms = max(map(abs, rows[i]))
        if abs(gap) + ULP * len(columns) * terms > SURE * tolerance:
            comes = total(plan.decimals("Inventory", column)[i] for column in come)
            goes = total(plan.decimals("Inventory", column)[i] for column in go)
            gap = float(EXACT.subtract(comes, goes))
        if gap:
            world.report.equal("balance", gap, 0.0, *plan.key("Inventory", i), terms=terms)


def _flows(world: World, pair: Pair, rows: list[int]) -> None:
    """What opens, comes and goes is what the plan and the input make of it."""
    last = len(rows)
    shown = {
        "Opening": [world.stock(pair, -1), *world.plan.closing[pair][:-1]],
        "Received": list(map(add, world.arrived[pair], world.order_in[pair])),
        "Purchased": world.purchased[pair],
        "Shipped": list(map(add, world.shipped[pair], world.order_out[pair])),
        "Issued": world.issued[pair],
    }
    shown |= {name: moved[pair] for name, moved in world.moves.items()}
    for column, wanted in shown.items():
        known = world.plan.floats("Inventory", column)
        found = [known[i] if i >= 0 else right for i, right in zip(rows, wanted, strict=True)]
        for t in range(last) if found != wanted else ():
            check = "moves" if column in MOVES else column.lower()
            check = "chain" if check == "opening" and t else check
            where = (*pair, world.horizon.ids[t], *([column] if check == "moves" else ()))
            world.report.equal(check, found[t], wanted[t], *where)


def _absent(world: World, pair: Pair) -> None:
    """A place without rows may only pass on what it gets; one that holds stock needs its rows."""
    if world.case.holds(pair[0]):
        world.report.fail("keys", "Inventory", *pair, "no rows")
    opening = world.stock(pair, -1)
    for t, when in enumerate(world.horizon.ids):
        come = world.inbound(pair, t) + world.purchased[pair][t] + (opening if t == 0 else 0.0)
        come += sum(world.moves[name][pair][t] for name in FLOWS_IN if name in world.moves)
        went = sum(world.moves[name][pair][t] for name in FLOWS_OUT if name in world.moves)
        gap = come - went - world.outbound(pair, t)
        world.report.equal("balance", gap, 0.0, *pair, when, "no row in Inventory", terms=come)


def _figures(world: World, pair: Pair, rows: list[int]) -> None:
    """Check Target, Shortfall, Excess, In Transit and Daily Demand."""
    prices, plan = world.prices, world.plan
    safety, most, stock = prices.safety(pair), prices.most(pair), plan.closing[pair]
    keeps = world.case.kept(pair[0])
    if not all(keeps):
        safety = [least if kept else 0.0 for least, kept in zip(safety, keeps, strict=True)]
        most = [least if kept else math.inf for least, kept in zip(most, keeps, strict=True)]
    shown = {
        "Target": safety,
        "Shortfall": [max(0.0, a - b) for a, b in zip(safety, stock, strict=True)],
        "Excess": [max(0.0, a - b) for a, b in zip(stock, most, strict=True)],
        "In Transit": world.way[pair],
        "Daily Demand": prices.forward.daily(*pair)[1:],
    }
    for column, wanted in shown.items():
        unknown = column == "In Transit" and pair in world.loose
        if column not in plan.tables["Inventory"].texts or unknown:
            continue
        known = plan.floats("Inventory", column)
        found = [known[i] if i >= 0 else right for i, right in zip(rows, wanted, strict=True)]
        for t, i in enumerate(rows) if found != wanted else ():
            if i >= 0 and known[i] != wanted[t]:
                where = (*pair, world.horizon.ids[t], column)
                world.report.equal("target figures", known[i], wanted[t], *where, terms=stock[t])


def _hard_targets(world: World, pair: Pair, rows: list[int]) -> None:
    """Check a hard safety stock, once as much has come to the place, and a hard maximum.

    As much as the opening stock and all that was received up to the period. The maximum gives way
    to what is there today and still comes by firm orders.
    """
    prices, report, came = world.prices, world.report, world.stock(pair, -1)
    if "Hardness" not in prices.targets.stated:
        return
    received, bought = (world.plan.floats("Inventory", c) for c in ("Received", "Purchased"))
    for t, i in enumerate(rows):
        if i < 0:
            continue
        came += received[i] + bought[i] + world.made_new(pair, t)
        if not prices.hard(*pair, t) or not world.case.keeps(pair[0], t):
            continue
        where, stock = (*pair, world.horizon.ids[t]), world.stock(pair, t)
        safety, most, had = prices.safety(pair)[t], prices.most(pair)[t], came
        if pair in world.alive:
            had = surviving(world, pair, t)
        elif stock < safety:
            had = min(came, entered(world, pair, t))
        if stock < safety <= had:
            report.at_most("targets", safety - stock, 0.0, *where, "Safety Stock", terms=safety)
        if stock > most:
            limit = max(most, world.standing(pair)[t])
            report.at_most("targets", stock, limit, *where, "Max Stock")


def surviving(world: World, pair: Pair, t: int) -> float:
    """Return what was there in a period and did not expire in it."""
    i = world.plan.inventory[pair][t]
    here = ("Opening", "Received", "Purchased", "Produced")
    known = world.plan.tables["Inventory"].texts
    came = sum(world.plan.number("Inventory", c, i) for c in here if c in known)
    gone = world.plan.number("Inventory", "Expiring", i) if "Expiring" in known else came
    return came - gone


def entered(world: World, pair: Pair, t: int) -> float:
    """Return all that came up to a period to the round of places the plan ships in, a unit once.

    Places to which goods go from a place and from which they come back count as one with it:
    what returns is not new. A place without returns is a round of its own.
    """
    location, product = pair
    moves = [ship for ship in world.plan.shipments if ship.product == product]
    onward = linked(location, [ship.lane[:2] for ship in moves])
    back = linked(location, [ship.lane[1::-1] for ship in moves])
    found = 0.0
    for place in onward & back:
        here = (place, product)
        found += world.stock(here, -1)
        found += sum(world.order_in[here][: t + 1]) + sum(world.purchased[here][: t + 1])
        found += sum(world.made_new(here, k) for k in range(t + 1))
    for ship in moves:
        outside = ship.lane[0] not in onward & back and ship.lane[1] in onward & back
        if outside and world.supply.arrival(ship.lane, product, ship.t) <= t:
            share = world.lanes.value(ship.lane, product, ship.t, "Yield", 1.0)
            found += share * ship.quantity
    return found


def linked(start: str, pairs: list[tuple[str, ...]]) -> set[str]:
    """Return the places that can be reached over pairs of places, the start among them."""
    after: dict[str, list[str]] = {}
    for origin, to in pairs:
        after.setdefault(origin, []).append(to)
    found, waiting = {start}, [start]
    while waiting:
        for to in after.get(waiting.pop(), ()):
            if to not in found:
                found.add(to)
                waiting.append(to)
    return found
