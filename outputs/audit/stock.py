"""Checks of stock: identity, opening, receipts, shipments, targets (F1, F5, F6, F27)."""

from tierstock.outputs.audit.case import Pair
from tierstock.outputs.audit.flows import MOVES, World
from tierstock.outputs.audit.plan import FLOWS_IN, FLOWS_OUT
from tierstock.outputs.audit.values import EXACT, total

SHOWN = ("Opening", "Received", "Purchased", "Shipped", "Issued", *MOVES)
"""Columns of Inventory that are recomputed; one that is not there counts as 0."""


def check_stock(world: World) -> None:
    """Check every row of Inventory, and that no place with stock or flows is left out."""
    plan, report, ids = world.plan, world.report, world.horizon.ids
    shown = {column: plan.floats("Inventory", column) for column in SHOWN}
    for pair in world.pairs():
        rows = plan.inventory.get(pair)
        if rows is None:
            _absent(world, pair)
            continue
        came = world.stock(pair, -1)
        for t, i in enumerate(rows):
            if i < 0:
                continue
            where = (*pair, ids[t])
            came += shown["Received"][i] + shown["Purchased"][i]
            came += world.made_new(pair, t)
            _identity(world, i, where)
            name = "chain" if t else "opening"
            report.equal(name, shown["Opening"][i], world.stock(pair, t - 1), *where)
            moves = (
                ("received", "Received", world.inbound(pair, t)),
                ("purchased", "Purchased", world.purchased[pair][t]),
                ("shipped", "Shipped", world.shipped[pair][t] + world.order_out[pair][t]),
                ("issued", "Issued", world.issued[pair][t]),
                *(("moves", name, moved[pair][t]) for name, moved in world.moves.items()),
            )
            for check, column, wanted in moves:
                report.equal(check, shown[column][i], wanted, *where)
            if not world.case.keeps(pair[0], t):
                report.at_most("places", world.stock(pair, t), 0.0, *where)
            _figures(world, pair, t, i)
            _hard_targets(world, pair, t, came)


def _identity(world: World, i: int, where: tuple[str, ...]) -> None:
    """Closing = Opening + all that comes - all that goes, from the printed decimals, exactly."""
    column = world.plan.column
    come = [column("Inventory", c)[i] for c in ("Opening", *FLOWS_IN)]
    go = [column("Inventory", c)[i] for c in FLOWS_OUT]
    closing = column("Inventory", "Closing")[i]
    gap = EXACT.subtract(total(come), total([*go, closing]))
    terms = float(max(map(abs, [*come, *go, closing])))
    world.report.equal("balance", float(gap), 0.0, *where, terms=terms)


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


def _figures(world: World, pair: Pair, t: int, i: int) -> None:
    """Check Target, Shortfall, Excess, In Transit and Daily Demand."""
    prices, report, plan = world.prices, world.report, world.plan
    where = (*pair, world.horizon.ids[t])
    keeps, stock = world.case.keeps(pair[0], t), world.stock(pair, t)
    safety = prices.safety(*pair, t) if keeps else 0.0
    most = prices.most(*pair, t) if keeps else float("inf")
    shown = (
        ("Target", safety),
        ("Shortfall", max(0.0, safety - stock)),
        ("Excess", max(0.0, stock - most)),
        ("In Transit", world.way[pair][t]),
        ("Daily Demand", prices.forward.daily(*pair)[t + 1]),
    )
    for column, wanted in shown:
        unknown = column == "In Transit" and pair in world.loose
        if column in plan.tables["Inventory"].texts and not unknown:
            found = plan.floats("Inventory", column)[i]
            report.equal("target figures", found, wanted, *where, column, terms=stock)


def _hard_targets(world: World, pair: Pair, t: int, came: float) -> None:
    """Check a hard safety stock, once as much has come to the place, and a hard maximum.

    ``came`` = opening stock and all that was received up to the period. The maximum gives way to
    what is there today and still comes by firm orders.
    """
    prices, report = world.prices, world.report
    if not world.case.keeps(pair[0], t) or not prices.hard(*pair, t):
        return
    where, stock = (*pair, world.horizon.ids[t]), world.stock(pair, t)
    safety, most = prices.safety(*pair, t), prices.most(*pair, t)
    if pair in world.alive:
        came = surviving(world, pair, t)
    elif stock < safety:
        came = min(came, entered(world, pair, t))
    if stock < safety <= came:
        report.at_most("targets", safety - stock, 0.0, *where, "Safety Stock", terms=safety)
    if stock > most:
        limit = max(most, world.standing(pair)[t])
        report.at_most("targets", stock, limit, *where, "Max Stock")


def surviving(world: World, pair: Pair, t: int) -> float:
    """Return what was there in a period and did not expire in it."""
    i = world.plan.inventory[pair][t]
    here = ("Opening", "Received", "Purchased", "Produced")
    known = world.plan.tables["Inventory"].texts
    came = sum(float(world.plan.number("Inventory", c, i)) for c in here if c in known)
    gone = float(world.plan.number("Inventory", "Expiring", i)) if "Expiring" in known else came
    return came - gone


def entered(world: World, pair: Pair, t: int) -> float:
    """Return all that came up to a period to the round of places the plan ships in, a unit once.

    Places to which goods go from a place and from which they come back count as one with it:
    what returns is not new. A place without returns is a round of its own.
    """
    location, product = pair
    moves = [ship for ship in world.plan.shipments if ship.product == product]
    onward = _linked(location, [ship.lane[:2] for ship in moves])
    back = _linked(location, [ship.lane[1::-1] for ship in moves])
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


def _linked(start: str, pairs: list[tuple[str, ...]]) -> set[str]:
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
