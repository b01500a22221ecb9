"""Capital that is bound whatever the plan decides: hard caps give way to it (ruling 39)."""

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.findings import show
from tierstock.inputs.network import Flags, Floats, Network

SLACK = 1e-9
"""Share of a limit within which it counts as kept."""


def members(net: Network, group: int) -> Flags:
    """[N] places that a group of a budget counts."""
    assert net.budgets is not None
    budget = int(net.budgets.group[group])
    places = net.places
    return np.asarray(net.budgets.groups(budget, places.location, places.product) == group)


def today(net: Network, group: int, *, in_transit: bool = True) -> float:
    """Capital of a group before the horizon: stock and what is under way, at the first value."""
    places, orders = net.places, net.orders
    units = places.opening + places.blocked
    if in_transit:
        away = orders.ship < 0
        np.add.at(units, orders.place[away], orders.quantity[away])
    return float((places.value[:, 0] * units)[members(net, group)].sum())


def standing(net: Network, *, in_transit: bool) -> Floats:
    """Units at, or on the way to, each place at the end of each period if nothing is decided.

    Today's stock, blocked stock and firm orders, less the demand of the place; [N, T].
    """
    places, last = net.places, len(net.periods)
    wanted = np.zeros((len(places), last))
    np.add.at(wanted, net.demand.place, net.demand.quantity)
    wanted[:, 0] += np.bincount(net.demand.place, net.demand.opening_backlog, minlength=len(places))
    held, result = places.opening.copy(), np.zeros((len(places), last))
    for t in range(last):
        held = np.maximum(0.0, held + places.arriving[:, t] - places.leaving[:, t] - wanted[:, t])
        result[:, t] = held + places.blocked
    if in_transit:
        orders = net.orders
        change = np.zeros((len(places), last + 1))
        firm = np.flatnonzero(orders.firm)
        start = np.maximum(orders.ship[firm], 0)
        np.add.at(change, (orders.place[firm], start), orders.quantity[firm])
        end = np.minimum(orders.due[firm], last)
        np.add.at(change, (orders.place[firm], end), -orders.quantity[firm])
        result += np.cumsum(change, axis=1)[:, :-1]
    return result


def above(net: Network, group: int) -> bool:
    """Whether what is there today, and firm orders, break a hard cap on capital by themselves."""
    budgets = net.budgets
    assert budgets is not None
    b = int(budgets.group[group])
    if budgets.kind[b] != "capital" or np.isfinite(budgets.penalty[b]):
        return False
    units = standing(net, in_transit=bool(budgets.in_transit[b]))
    worth = (net.places.value * units)[members(net, group)].sum(axis=0)
    counted = np.flatnonzero(budgets.row[group] >= 0)
    if not len(counted):
        return False
    row = budgets.row[group, counted]
    sums = np.bincount(row - row.min(), (worth * budgets.weight[b])[counted])
    return bool((sums > budgets.limit[b] * (1 + SLACK) + SLACK).any())


def check_capital(network: Network, ground: Ground) -> None:
    """Warn of caps on capital that today's stock and what is on the way break."""
    budgets = network.budgets
    if budgets is None:
        return
    table = ground.tables.table("Budgets")
    names = table.frame["budget"].to_numpy(dtype=object)
    for group, b in enumerate(budgets.group):
        if not above(network, group):
            continue
        worth = today(network, group, in_transit=bool(budgets.in_transit[b]))
        limit = float(budgets.limit[b])
        ground.findings.add(
            "budget-over-today",
            table=table,
            index=int(np.flatnonzero(names == budgets.name[b])[0]),
            field="limit",
            budget=budgets.name[b],
            label=budgets.label[group],
            amount=show(round(worth, 6)),
            limit=show(limit),
            over=show(round(max(worth - limit, 0.0), 6)),
            date=str(network.periods.start[0]),
        )
