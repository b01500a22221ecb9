"""The list of actions: every row is a move of the plan, and none that is due is left out."""

import math
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from tierstock.outputs.audit.case import Pair
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.values import day, finite
from tierstock.outputs.audit.words import Table

SENT = ("replenish", "transfer", "return", "expedite")
WHERE = ("Action", "From", "To", "Product", "Do By")
SEVERAL = ("open", "cancel")
"""Actions with several rows of one key: limits of a place passed in one period, orders given up."""
BRINGS_NOTHING = ("open", "cancel", "clear")
CAN_WAIT = 0.2
"""What counts of money that is saved and not at risk."""
Key = tuple[str, str, str, str, date]
"""Action, from, to, product and day."""


@dataclass
class Move:
    """What the sheets of the plan say of a move."""

    t: int
    units: float = 0.0
    comes: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    """Units that come of it, by period; those behind the horizon are left out."""


def check_actions(world: World) -> None:
    """Compare the sheet with Shipments, Purchases, Production and the rest of the plan.

    A plan without the sheet passes.
    """
    table = world.plan.tables["Actions"]
    if not len(table):
        return
    for line in table.formulas:
        world.report.fail("numbers", "Actions", line, "formula")
    _order(world, table)
    moves = {**_sent(world), **_bought(world), **_made(world)}
    slow = world.plan.tables["SlowMovers"]
    told = zip(*(slow.column(c) for c in ("Location", "Product", "Action")), strict=True)
    cleared = {(place, product) for place, product, action in told if action == "clear"}
    listed: dict[Key, int] = {}
    last = date.min
    for i in range(len(table)):
        key = _key(table, i)
        if key is None or key in listed:
            world.report.fail("keys", "Actions", f"row {table.lines[i]}", *_names(table, i))
            continue
        if key[0] not in SEVERAL:
            listed[key] = i
        if key[0] in (*SENT, "buy", "make"):
            last = max(last, key[4])
            if key not in moves:
                world.report.fail("total", "Actions", *_names(table, i), "no such move")
                continue
            _compare(world, table, i, key, moves[key])
        else:
            _other(world, table, i, key, cleared)
    for key in moves.keys() - listed.keys():
        if key[4] <= last:
            world.report.fail("total", "Actions", *key[:4], key[4].isoformat(), "row missing")


def _names(table: Table, i: int) -> list[str]:
    return [table.column(name)[i] for name in WHERE]


def _key(table: Table, i: int) -> Key | None:
    action, origin, to, product, when = _names(table, i)
    found = day(when)
    return None if found is None else (action, origin, to, product, found)


def _number(table: Table, column: str, i: int) -> float:
    """Return a number of a row; not a number where it is blank."""
    text = table.column(column)[i]
    value = finite(text) if text else math.nan
    return math.nan if value is None else value


def _order(world: World, table: Table) -> None:
    """Ranks count from 1, and nothing saves more of what is at risk than a row before it.

    A fifth counts of what a row saves beyond that, all of it where nothing is said of the risk.
    """
    before = math.inf
    for i in range(len(table)):
        rank, saving = _number(table, "Rank", i), _number(table, "Saving", i)
        world.report.equal("keys", rank, i + 1.0, "Actions", f"row {table.lines[i]}", "Rank")
        if math.isnan(saving):
            continue
        where = ("Actions", f"row {table.lines[i]}", "Saving")
        risk = _number(table, "At Risk", i)
        if math.isnan(risk):
            worth = saving
        else:
            worth = min(saving, risk) + CAN_WAIT * max(saving - risk, 0.0)
            world.report.at_most("total", -risk, 0.0, *where[:2], "At Risk")
            if table.column("Action")[i] in BRINGS_NOTHING:
                world.report.fail("total", *where[:2], "At Risk")
        world.report.at_most("total", worth, before, *where)
        world.report.at_most("total", -saving, 0.0, *where)
        before = worth


def _sent(world: World) -> dict[Key, Move]:
    kinds, found = world.plan.tables["Shipments"].column("Kind"), dict[Key, Move]()
    for ship in world.plan.shipments:
        origin, to, _ = ship.lane
        key = (kinds[ship.row], origin, to, ship.product, world.horizon.starts[ship.t])
        move = found.setdefault(key, Move(ship.t))
        move.units += ship.quantity
        share = world.lanes.value(ship.lane, ship.product, ship.t, "Yield", 1.0)
        move.comes[world.supply.arrival(ship.lane, ship.product, ship.t)] += share * ship.quantity
    return found


def _bought(world: World) -> dict[Key, Move]:
    found = {}
    for (place, product), quantities in world.plan.purchases.items():
        for t, units in enumerate(quantities):
            if units > 0:
                key = ("buy", "", place, product, world.horizon.starts[t])
                comes = {world.supply.receipt(place, product, t): units}
                found[key] = Move(t, units, comes)
    return found


def _made(world: World) -> dict[Key, Move]:
    plan, found = world.plan, dict[Key, Move]()
    products = plan.tables["Production"].column("Product")
    for i in plan.good["Production"]:
        _, place, when = plan.key("Production", i)
        t, units = plan.period(when), plan.number("Production", "Quantity", i)
        if units > 0:
            key = ("make", "", place, products[i], world.horizon.starts[t])
            found.setdefault(key, Move(t)).units += units
    return found


def _compare(world: World, table: Table, i: int, key: Key, move: Move) -> None:
    """Compare quantity, cases, value and days of cover of a move."""
    _, origin, to, product, _ = key
    packed = world.case.products[product].number("Units Per Case")
    worth = world.prices.value(to, product, move.t)
    wanted = {
        "Quantity": move.units,
        "Cases": move.units / packed if packed > 0 else math.nan,
        "Value": move.units * worth,
        "Donor Days Before": _days(world, (origin, product), move.t, move.units),
        "Donor Days After": _days(world, (origin, product), move.t, 0.0),
    }
    if move.comes:
        due = min(move.comes)
        pair = (to, product)
        wanted["Receiver Days Before"] = _days(world, pair, due, -move.comes[due])
        wanted["Receiver Days After"] = _days(world, pair, due, 0.0)
    for column, value in wanted.items():
        found = _number(table, column, i)
        where = ("Actions", f"row {table.lines[i]}", *_names(table, i), column)
        if math.isnan(value) != math.isnan(found):
            world.report.fail("amounts", *where, table.column(column)[i])
        elif not math.isnan(value):
            world.report.equal("amounts", found, value, *where)


def _days(world: World, pair: Pair, t: int, more: float) -> float:
    """Return the days of cover at the end of a period with so many units more than planned."""
    if not pair[0] or t >= len(world.horizon) or not world.case.keeps(pair[0], t):
        return math.nan
    return world.prices.forward.lasting(*pair, t, world.stock(pair, t) + more)


def _other(world: World, table: Table, i: int, key: Key, cleared: set[Pair]) -> None:
    """Check what is no row of a plan of moves: orders given up, slow stock, capacity, sites.

    ``cleared`` are the places whose slow stock is to be cleared.
    """
    action, origin, to, product, when = key
    where = ("Actions", *_names(table, i))
    units, value = _number(table, "Quantity", i), _number(table, "Value", i)
    if action == "clear":
        if product not in world.case.products or (origin, product) not in cleared:
            world.report.fail("total", *where, "SlowMovers")
            return
        has = world.case.opening.get((origin, product), 0.0)
        world.report.at_most("amounts", units, has, *where)
    elif action == "open":
        if not _opens(world, to, when):
            world.report.fail("total", *where, "CapacityUse")
        return
    elif action != "cancel" or not _may_be_cancelled(world, to, product):
        world.report.fail("total", *where)
        return
    place = origin if action == "clear" else to
    t = world.horizon.starts.index(when) if when in world.horizon.starts else 0
    worth = world.prices.value(place, product, t) * units
    world.report.equal("amounts", value, worth, *where, "Value")


def _may_be_cancelled(world: World, to: str, product: str) -> bool:
    orders = world.case.orders
    return any((one.to, one.product) == (to, product) and not one.firm for one in orders)


def _opens(world: World, to: str, when: date) -> bool:
    """Tell whether the plan uses extra capacity of a place that day, or the place is open then."""
    plan, day_of = world.plan, world.horizon.starts
    for i in plan.good["CapacityUse"]:
        place, *_, period = plan.key("CapacityUse", i)
        if place == to and day_of[plan.period(period)] == when:
            if plan.number("CapacityUse", "Extra", i) > 0:
                return True
    opened = plan.tables["SiteResults"].column("Open")
    return any(
        place == to and day_of[plan.period(period)] == when and bool(opened[i])
        for i in plan.good["SiteResults"]
        for place, period in [plan.key("SiteResults", i)]
    )
