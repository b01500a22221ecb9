"""What the list of actions says is short all the same where a move brings goods, and why."""

import re
from collections import defaultdict
from datetime import date

from tierstock.outputs.audit.case import Pair
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.values import day, finite

CAUSES = {
    "no stock": "无库存",
    "capacity": "能力不足",
    "lead time": "提前期不足",
    "budget": "预算不足",
    "priority": "优先级",
    "no route": "无线路",
}
SAID = (
    r"([\d,.]+) units are short there in {period} all the same: ([a-z ]+)\.",
    r"该处在 {period} 仍缺 ([\d,.]+) 件：(\w+)。",
)
"""The sentence in both languages."""
MARKS = ("units are short there in ", "该处在 ")
"""What no other reason says."""
FEW = 1e-3
"""Units whose lack need not be told."""
ROUNDED = 0.051
"""What the text may round off."""
Move = tuple[str, str, str, str, date]
"""Action, from, to, product and day."""


def check_served(world: World) -> None:
    """Check every such sentence against the sheet Service, and that none is missing.

    The period is the one in which the goods arrive, else the one before it; those that arrive
    after the horizon are for what is left at its end. A plan without the sheet passes, and one
    whose rows have no reason.
    """
    table, comes, last = world.plan.tables["Actions"], _arrivals(world), len(world.horizon)
    if not len(table) or "Reason" not in table.texts:
        return
    columns = (table.column(name) for name in ("Action", "From", "To", "Product", "Do By"))
    short = _short(world)
    rows = zip(*columns, table.column("Reason"), table.lines, strict=True)
    for action, origin, to, product, when, text, line in rows:
        begins = day(when)
        due = None if begins is None else comes.get((action, origin, to, product, begins))
        seen = () if due is None or due >= last else (due, due - 1)
        near = [t for t in seen if ((to, product), t) in short]
        told = any(mark in text for mark in MARKS)
        if near and not _right(world, text, near[0], *short[(to, product), near[0]]):
            world.report.fail("causes", "Actions", f"row {line}", "Reason", text)
        elif told and not near:
            world.report.fail("causes", "Actions", f"row {line}", "Reason", "nothing is short")


def _arrivals(world: World) -> dict[Move, int]:
    """Return the period in which each move first brings anything."""
    kinds, starts = world.plan.tables["Shipments"].column("Kind"), world.horizon.starts
    found: dict[Move, int] = {}
    for ship in world.plan.shipments:
        if ship.quantity > 0:
            origin, to, _ = ship.lane
            key = (kinds[ship.row], origin, to, ship.product, starts[ship.t])
            due = world.supply.arrival(ship.lane, ship.product, ship.t)
            found[key] = min(due, found.get(key, due))
    for (place, product), quantities in world.plan.purchases.items():
        for t, units in enumerate(quantities):
            if units > 0:
                due = world.supply.receipt(place, product, t)
                found["buy", "", place, product, starts[t]] = due
    return found


def _short(world: World) -> dict[tuple[Pair, int], tuple[float, set[str]]]:
    """Return units short of a product at a place in a period, and the causes of the largest."""
    plan = world.plan
    wanted, served = plan.floats("Service", "Demand"), plan.floats("Service", "On Time")
    causes = plan.tables["Service"].column("Cause")
    parts: dict[tuple[Pair, int], list[tuple[float, str]]] = defaultdict(list)
    for i in plan.good["Service"]:
        if causes[i]:
            key = plan.key("Service", i)
            at = (key[0], key[1]), plan.period(key[-1])
            parts[at].append((wanted[i] - served[i], causes[i]))
    found = {}
    for at, rows in parts.items():
        total, most = sum(units for units, _ in rows), max(units for units, _ in rows)
        if total > FEW:
            found[at] = total, {cause for units, cause in rows if units >= most - FEW}
    return found


def _right(world: World, text: str, t: int, units: float, causes: set[str]) -> bool:
    """Return whether a reason names what is short in a period, and a cause of it."""
    period = re.escape(str(world.horizon.ids[t]))
    words = {*causes, *(CAUSES.get(one, one) for one in causes)}
    for pattern in SAID:
        for number, word in re.findall(pattern.replace("{period}", period), text):
            said = finite(number.replace(",", ""))
            if said is not None and abs(said - units) <= ROUNDED and word in words:
                return True
    return False
