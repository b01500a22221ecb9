"""Goods that come back, what of them is thrown away, and what that costs (F31)."""

from collections.abc import Iterator

import numpy as np

from tierstock.inputs.network import Floats
from tierstock.outputs.charge import Charge, free, grid
from tierstock.outputs.expand import Flows, add_up, clean


def returned(plan: Flows) -> Floats:
    """Return [N, T] units that come back: ratio x what was issued lag periods before."""
    back = plan.net.returns
    if back is None:
        return np.zeros(plan.size)
    now = np.arange(plan.size[1])
    rule, when = np.nonzero(now + back.lag < plan.size[1])
    amount = back.ratio[rule] * plan.issued[back.place[rule], when]
    due = when + back.lag[rule, when]
    return clean(add_up(plan.size, back.back[rule], due, amount))


def disposed(plan: Flows) -> Floats:
    """Return [N, T] units thrown away."""
    return plan.made.dense("disposed", "place", "period")


def return_charges(plan: Flows) -> Iterator[Charge]:
    """disposal = Disposal Cost x what is thrown away."""
    back, places = plan.net.returns, plan.net.places
    if back is None:
        return
    price = np.zeros(len(places))
    price[back.back] = back.disposal_cost
    amounts = free(np.broadcast_to(price[:, None], plan.size), disposed(plan))
    yield grid("disposal", places.location, places.product, amounts)
