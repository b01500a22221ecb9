"""Checks of least orders, whole lots and quotas (F9, F15)."""

import math
from collections import defaultdict

from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.lanes import Lane
from tierstock.outputs.audit.limits import FLOW, supplied
from tierstock.outputs.audit.production import runs


def check_lots(world: World) -> None:
    """Check every order against MOQ and Order Multiple, every shipment against its multiple.

    Behind the integrality horizon neither is asked for (F36).
    """
    supply, report, ids = world.supply, world.report, world.horizon.ids
    whole = world.case.integral
    for pair, ordered in sorted(world.plan.purchases.items()):
        for t, quantity in enumerate(ordered):
            if quantity > FLOW and whole[t]:
                where = (*pair, ids[t])
                moq = supply.number("MOQ", *pair, t, quantity)
                report.at_most("lots", moq - quantity, 0.0, *where, "MOQ", terms=moq)
                lot = supply.number("Order Multiple", *pair, t, math.nan)
                _whole(world, quantity, lot, *where)
    shipped: dict[tuple[Lane, str, int], float] = defaultdict(float)
    for ship in world.plan.shipments:
        shipped[ship.lane, ship.product, ship.t] += ship.quantity
    for (lane, product, t), quantity in sorted(shipped.items()):
        if not whole[t]:
            continue
        lot = world.lanes.multiple(lane, product, t)
        _whole(world, quantity, lot, " → ".join(lane[:2]), lane[2], product, ids[t])


def _whole(world: World, quantity: float, lot: float, *where: str) -> None:
    """Check that a quantity is a whole number of lots; of a lot above 0."""
    if lot > 0:
        nearest = lot * round(quantity / lot)
        world.report.equal("lots", quantity, nearest, *where, "Order Multiple", terms=quantity)


def check_quotas(world: World) -> None:
    """Check the share of every supplier in all that enters of a product in a period."""
    supply, report, ids = world.supply, world.report, world.horizon.ids
    entering: dict[tuple[str, int], float] = defaultdict(float)
    for (_, product), ordered in world.plan.purchases.items():
        for t, quantity in enumerate(ordered):
            entering[product, t] += quantity
    for run in runs(world):
        for product, units in run.recipe.outputs.items():
            entering[product, run.t] += units * run.quantity
    stated = {row.text(c) for row, _ in supply.policy.rows for c in ("Share Min", "Share Max")}
    for place, product in sorted(set(supplied(world))) if stated - {""} else ():
        for t, when in enumerate(ids):
            if supply.most(place, product, t) <= 0:
                continue
            whole = entering[product, t]
            mine = world.plan.purchases[place, product][t]
            least = supply.number("Share Min", place, product, t, -math.inf) * whole
            most = supply.number("Share Max", place, product, t, math.inf) * whole
            where = (place, product, when)
            report.at_most("quotas", least - mine, 0.0, *where, "Share Min", terms=whole)
            report.at_most("quotas", mine - most, 0.0, *where, "Share Max", terms=whole)
