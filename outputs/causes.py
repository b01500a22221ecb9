"""Why demand is short, in a word: what keeps one more unit from being there.

A further unit is looked for backwards in time: in stock that stays, in purchases and recipes that
could give more, over lanes that have room. What has to be left out of sight for one to be found is
the cause. ``plan.why`` asks the same of the linear program, and names the row.
Source: residual networks; Ahuja, Magnanti & Orlin, Network Flows (1993), ch. 2.
"""

import numpy as np

from tierstock.inputs.network import Flags, Texts
from tierstock.outputs.expand import Flows
from tierstock.outputs.room import NEAR, Room

HALF = 0.5
"""Share of a shortage that classes that come first must get for them to be its cause."""


def causes(plan: Flows) -> Texts:
    """Return the cause of every shortage, [D, T]; blank where nothing is short.

    ``no route``: the place is closed, or nothing from elsewhere could ever be there. ``priority``:
    a class that comes first, or costs more when it is short, gets at least half as much at the
    place, or a unit could be had and the plan does not think it worth its cost. Otherwise what has
    to be left out of sight for one to be found, in this order: ``budget``, ``capacity``, ``lead
    time``; ``no stock`` where that is not enough.
    """
    wanted = plan.net.demand.quantity
    short: Flags = np.asarray(wanted - plan.on_time > NEAR * np.maximum(wanted, 1.0))
    found = np.full(short.shape, "", dtype=object)
    if not short.any():
        return found
    scene = Room(plan)
    place = plan.net.demand.place
    found[short] = "no stock"
    for word, there in (
        ("lead time", scene.had(budgets=False, limits=False, leads=False)),
        ("capacity", scene.had(budgets=False, limits=False)),
        ("budget", scene.had(budgets=False)),
        ("priority", scene.had()),
    ):
        found[short & there[place]] = word
    found[short & _outranked(plan)] = "priority"
    nowhere = ~scene.routes()[place][:, None] | ~_open(plan)[place]
    found[short & nowhere] = "no route"
    absent = ~scene.anywhere()[place][:, None]
    found[short & nowhere & absent & _open(plan)[place]] = "no stock"
    return found


def _open(plan: Flows) -> Flags:
    """[N, T] places whose location is open."""
    active: Flags = plan.net.locations.active[plan.net.places.location]
    return active


def _outranked(plan: Flows) -> Flags:
    """[D, T] where classes that come first, or cost more, get at least half of what is short."""
    demand = plan.net.demand
    short, served = demand.quantity - plan.on_time, np.zeros(demand.quantity.shape)
    classes, cost = demand.service_class.astype(str), demand.lost_cost.max(axis=1, initial=0.0)
    order = np.argsort(demand.place, kind="stable")
    for apart in range(1, int(np.bincount(demand.place).max(initial=1))):
        pairs = np.stack([order[apart:], order[:-apart]])
        pairs = pairs[:, demand.place[pairs[0]] == demand.place[pairs[1]]]
        for high, low in (pairs, pairs[::-1]):
            first = demand.priority[high] < demand.priority[low]
            first |= (demand.priority[high] == demand.priority[low]) & (cost[high] > cost[low])
            first &= classes[high] != classes[low]
            np.add.at(served, low[first], plan.on_time[high[first]])
    return np.asarray((served > 0) & (served >= HALF * short))
