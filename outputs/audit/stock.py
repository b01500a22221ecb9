"""Checks of stock: identity, opening, receipts, shipments, targets (F1, F5, F6, F27)."""

from decimal import Decimal

from tierstock.outputs.audit.case import Pair
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.plan import FLOWS_IN, FLOWS_OUT
from tierstock.outputs.audit.values import EXACT, total

ZERO = Decimal(0)


def check_stock(world: World) -> None:
    """Check every row of Inventory, and that no place with stock or flows is left out."""
    plan, report, ids = world.plan, world.report, world.horizon.ids
    for pair in world.pairs():
        rows = plan.inventory.get(pair)
        if rows is None:
            _absent(world, pair)
            continue
        for t, i in enumerate(rows):
            if i < 0:
                continue
            where = (*pair, ids[t])
            _identity(world, i, where)
            opening = float(plan.number("Inventory", "Opening", i))
            name = "chain" if t else "opening"
            report.equal(name, opening, world.stock(pair, t - 1), *where)
            moves = (
                ("received", "Received", world.inbound(pair, t)),
                ("purchased", "Purchased", world.purchased[pair][t]),
                ("shipped", "Shipped", world.shipped[pair][t] + world.order_out[pair][t]),
                ("issued", "Issued", world.issued[pair][t]),
            )
            for check, column, wanted in moves:
                found = float(plan.number("Inventory", column, i))
                report.equal(check, found, wanted, *where)
            if not world.case.keeps(pair[0], t):
                report.at_most("places", world.stock(pair, t), 0.0, *where)
            _figures(world, pair, t, i)


def _identity(world: World, i: int, where: tuple[str, ...]) -> None:
    """Closing = Opening + all that comes - all that goes, from the printed decimals, exactly."""
    number = world.plan.number
    known = world.plan.tables["Inventory"].texts
    come = [number("Inventory", c, i) for c in ("Opening", *FLOWS_IN) if c in known]
    go = [number("Inventory", c, i) for c in FLOWS_OUT if c in known]
    closing = number("Inventory", "Closing", i)
    gap = EXACT.subtract(total(come), total([*go, closing]))
    terms = float(max(map(abs, [*come, *go, closing])))
    world.report.equal("balance", float(gap), 0.0, *where, terms=terms)
    never = ("Produced", "Returned", "Consumed", "Scrapped", "Disposed", "Adjusted")
    for column in never:
        if column in known and number("Inventory", column, i) != ZERO:
            world.report.fail("balance", *where, column, number("Inventory", column, i))


def _absent(world: World, pair: Pair) -> None:
    """A place without rows may only pass on what it gets; one that holds stock needs its rows."""
    if world.case.holds(pair[0]):
        world.report.fail("keys", "Inventory", *pair, "no rows")
    opening = world.stock(pair, -1)
    for t, when in enumerate(world.horizon.ids):
        come = world.inbound(pair, t) + world.purchased[pair][t] + (opening if t == 0 else 0.0)
        gap = come - world.outbound(pair, t)
        world.report.equal("balance", gap, 0.0, *pair, when, "no row in Inventory", terms=come)


def _figures(world: World, pair: Pair, t: int, i: int) -> None:
    """Check Target, Shortfall, Excess and that hard targets hold."""
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
            found = float(plan.number("Inventory", column, i))
            report.equal("target figures", found, wanted, *where, column, terms=stock)
    if (safety > 0 or most < float("inf")) and prices.hard(*pair, t):
        if safety > stock and t >= first_refill(world, pair):
            report.at_most("targets", safety - stock, 0.0, *where, "Safety Stock", terms=safety)
        if stock > most:
            limit = max(most, world.stuck(pair)[t])
            report.at_most("targets", stock, limit, *where, "Max Stock")


def first_refill(world: World, pair: Pair) -> int:
    """Return the first period in which a receipt can reach a place; a hard target binds then."""
    last, supply = len(world.horizon), world.supply
    when = [o.due for o in world.case.orders if o.firm and (o.to, o.product) == pair]
    when += [supply.receipt(*pair, t) for t in range(last) if supply.most(*pair, t) > 0]
    for lane in world.lanes.entries:
        if lane[1] == pair[0]:
            since = supply.first.get((lane[0], pair[1]), last)
            turns = [t for t in range(since, last) if supply.usable(lane, pair[1], t)]
            when += [supply.arrival(lane, pair[1], t) for t in turns]
    return min(when, default=last)
