"""What transfers cost beside freight."""

from collections.abc import Iterator

from tierstock.outputs.charge import Charge
from tierstock.outputs.expand import Flows


def move_charges(plan: Flows) -> Iterator[Charge]:
    """move = Move Cost x moves made, at the place that sends; an order has no single product."""
    if plan.net.transfers is None:
        return
    moves, made = plan.net.transfers.moves, plan.made.sparse("move", "move", "period")
    move, period = made["move"], made["period"]
    amount = moves.cost[move, period] * made.value
    yield Charge("move", moves.origin[move], moves.product[move], period, amount)
