"""What of the plan was planned before, and what changing it costs (F29)."""

from collections.abc import Iterator

import numpy as np

from tierstock.inputs.network import Decided, Floats, Ints, Texts
from tierstock.outputs.charge import Charge
from tierstock.outputs.expand import Flows

SAME = 1e-6
"""Share by which a quantity may miss the one planned before and is still the same."""


def change_charges(plan: Flows) -> Iterator[Charge]:
    """plan change = penalty x units above or below the reference, where it leaves or is made."""
    net, fixed = plan.net, plan.net.fixed_plan
    if fixed is None:
        return
    origin = net.lanes.origin[net.goods.lane]
    at = net.supply.place
    yield from _charges(plan, "shipment", "goods", fixed.shipments, origin, net.goods.product)
    bought = net.places.location[at], net.places.product[at]
    yield from _charges(plan, "order", "supply", fixed.orders, *bought)
    if net.production is not None:
        recipes = net.production.recipes
        made = recipes.location, recipes.product
        yield from _charges(plan, "make", "recipe", fixed.production, *made)


def _charges(
    plan: Flows, name: str, code: str, rows: Decided, location: Ints, product: Ints
) -> Iterator[Charge]:
    last = plan.size[1]
    price = dict(zip((rows.of * last + rows.period).tolist(), rows.penalty.tolist(), strict=True))
    for word in ("more", "less"):
        found = plan.made.sparse(f"{name}_{word}", code, "period")
        of, period = found[code], found["period"]
        money = np.array([price[key] for key in (of * last + period).tolist()], dtype=np.float64)
        yield Charge("plan change", location[of], product[of], period, money * found.value)


def status(plan: Flows, goods: Ints, ship: Ints, usual: Texts) -> Texts:
    """Status of shipments that FixedPlan speaks of: fixed as it says, or changed.

    Args:
        plan: the plan.
        goods: [X] good of each row of Shipments.
        ship: [X] period in which it leaves.
        usual: [X] status of rows of which FixedPlan says nothing.
    """
    fixed = plan.net.fixed_plan
    if fixed is None:
        return usual
    before: Floats = np.full(plan.flow.shape, np.nan)
    before[fixed.shipments.of, fixed.shipments.period] = fixed.shipments.quantity
    asked, planned = before[goods, ship], plan.flow[goods, ship]
    same = np.abs(planned - asked) <= SAME * np.maximum(1.0, np.abs(asked))
    return np.where(np.isnan(asked), usual, np.where(same, "fixed", "changed"))
