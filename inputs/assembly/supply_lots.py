"""Least orders, whole lots and quotas of Supply (F9)."""

import numpy as np

from tierstock.inputs.assembly.supply_asking import Asking
from tierstock.inputs.network import Flags, Floats
from tierstock.inputs.network.lots import SLACK


def lot_terms(ask: Asking, offered: Flags, most: Floats) -> dict[str, Floats]:
    """Ask Supply for lots and quotas, and say what cannot hold together.

    Args:
        ask: the rows of Supply.
        offered: [S, T] something can be ordered.
        most: [S, T] Max, infinite where not stated.

    Returns:
        ``moq``, ``multiple``, ``share_min`` and ``share_max``, all [S, T].
    """
    moq, order = ask.quantity("moq", 0.0), ask.quantity("order_multiple", 0.0)
    least, largest = ask.number("share_min", 0.0), ask.number("share_max", 1.0)
    for field, size in (("moq", moq), ("order_multiple", order)):
        ask.tell("lot-over-max", field, offered & (most > 0) & (size > most * (1 + SLACK)))
    ask.tell("share-min-over-max", "share_min", offered & (least > largest + SLACK))
    total = np.zeros((len(ask.ground.products), least.shape[1]))
    np.add.at(total, ask.product, np.where(offered, least, 0.0))
    over = (total > 1 + SLACK)[ask.product]
    ask.tell("shares-over-one", "share_min", offered & over & (least > 0))
    return {"moq": moq, "multiple": order, "share_min": least, "share_max": largest}
