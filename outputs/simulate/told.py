"""What a replay could not honour, as sentences."""

from collections.abc import Iterator

import numpy as np

from tierstock.inputs.network import Flags, Network
from tierstock.inputs.network.policy import NO_RULE
from tierstock.outputs.expand import Flows
from tierstock.outputs.simulate.state import State
from tierstock.outputs.simulate.ways import NEAR
from tierstock.outputs.use import used_capacity
from tierstock.outputs.words import tell, units

SHARE = 1e-6
"""Share of a limit that may be passed without a word."""


def notes(net: Network, state: State, plan: Flows, kind: str, language: str) -> tuple[str, ...]:
    """Return what the replay leaves out and which limits it could not keep.

    Args:
        net: the network.
        state: the end of the replay.
        plan: what it decided.
        kind: policy, nothing or previous plan.
        language: ``en`` or ``zh``.
    """
    found = [*_left_out(net), *_broken(net, state, plan)]
    if kind == "policy" and net.policy is not None:
        lone = (net.policy.rule == NO_RULE) & net.places.keeps.any(axis=1)
        wanted = np.zeros(len(net.places), dtype=bool)
        wanted[net.demand.place[(net.demand.quantity > 0).any(axis=1)]] = True
        if net.production is not None:
            wanted[net.production.place(net.places.of, net.production.inputs)] = True
        if (lone & wanted).any():
            found.append(("baseline no rule", {"count": int((lone & wanted).sum())}))
    if kind == "previous plan" and net.earlier is not None and net.earlier.unknown:
        found.append(("baseline rows unknown", {"count": net.earlier.unknown}))
    return tuple(tell(word, language, **values) for word, values in found)


def _left_out(net: Network) -> Iterator[tuple[str, dict[str, object]]]:
    """Sheets and columns the replay does not follow."""
    lots = net.lots
    quotas = lots is not None and bool((lots.share_min > 0).any() or (lots.share_max < 1).any())
    for there, word in (
        (net.shelf_life is not None, "baseline no ages"),
        (net.substitutes is not None, "baseline no substitutes"),
        (net.sourcing is not None, "baseline no sourcing"),
        (quotas, "baseline no quotas"),
        (net.user_rows is not None, "baseline no user rows"),
        (net.cash is not None, "baseline no credit"),
        (bool((net.vehicles.min_fill > 0).any()), "baseline no least fill"),
        (net.rates is not None and bool(net.rates.part_load.any()), "baseline no part loads"),
    ):
        if there:
            yield word, {}


def _broken(net: Network, state: State, plan: Flows) -> Iterator[tuple[str, dict[str, object]]]:
    """Limits that were passed all the same."""
    capacity = net.capacity
    most = capacity.limit + capacity.extra_limit
    over = used_capacity(plan) > most * (1 + SHARE) + NEAR
    if over.any():
        yield "baseline over capacity", {"count": int(over.sum())}
    gone = float(state.missing.sum())
    if gone > NEAR:
        yield "baseline order missing", {"units": units(gone)}
    places = net.places
    missed = places.safety_hard & (plan.stock < plan.safety - NEAR)
    missed |= places.max_hard & (plan.stock > places.max_stock + NEAR)
    if (missed & places.keeps).any():
        yield "baseline hard stock", {"count": int((missed & places.keeps).sum())}
    broken = int(_odd_orders(net, plan).sum())
    if broken:
        yield "baseline odd orders", {"count": broken}
    stuck = float(state.stock[~places.keeps].sum())
    if stuck > NEAR:
        yield "baseline stuck", {"units": units(stuck)}
    must = (net.demand.mode == "must")[:, None] & net.servable()
    unmet = float(np.where(must, state.lost, 0.0).sum())
    if unmet > NEAR:
        yield "baseline must", {"units": units(unmet)}
    trips = plan.trips
    made = np.zeros((len(net.vehicles), len(net.periods)))
    home = net.vehicles.home[trips["vehicle"], net.lanes.origin[trips["lane"]]]
    np.add.at(made, (trips["vehicle"], trips["period"]), np.where(home, trips.value, 0.0))
    if (made > net.vehicles.fleet[:, None] + NEAR).any():
        yield "baseline over fleet", {}
    if net.budgets is not None and _hard_budget(net, plan):
        yield "baseline over budget", {}


def _odd_orders(net: Network, plan: Flows) -> Flags:
    """Return [S, T] orders below what must be taken or ordered, or in parts of lots."""
    supply, lots, units = net.supply, net.lots, plan.purchase
    below = np.isinf(supply.least_penalty) & (units < supply.least - NEAR)
    if lots is None:
        return np.asarray(below)
    odd = (units > NEAR) & (units < lots.least_order() - NEAR)
    size = np.where(lots.order > 0, lots.order, 1.0)
    odd |= (lots.order > 0) & (np.abs(units - np.rint(units / size) * size) > NEAR * (1 + units))
    return np.asarray(below | (odd & net.whole()))


def _hard_budget(net: Network, plan: Flows) -> bool:
    budgets, over = net.budgets, plan.made.sparse("budget_over", "budget_row", "period")
    assert budgets is not None
    penalty = budgets.penalty[budgets.group[budgets.row_group[over["budget_row"]]]]
    return bool(np.isinf(penalty).any())
