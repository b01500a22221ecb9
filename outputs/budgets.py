"""What is used of the budgets, and what it costs to go beyond them."""

from collections.abc import Iterator

import numpy as np

from tierstock.inputs.network import Budgets, Floats, Ints
from tierstock.outputs.base_charges import lane_charges, supply_charges
from tierstock.outputs.cash import balances
from tierstock.outputs.charge import Charge, grid, nowhere
from tierstock.outputs.expand import NOISE, Flows
from tierstock.outputs.inventory import in_transit
from tierstock.outputs.rates import rate_charges
from tierstock.outputs.tariffs import emitted

FREIGHT = ("freight", "trips", "departure")
"""Cost terms that a budget of kind freight counts."""
UNITS = {"carbon": "kg", "moves": "count"}
"""Dimension of a budget by its kind; money for the others."""


def used(plan: Flows) -> Floats:
    """Return [R] what is used of each row of the budgets, in its unit."""
    budgets = plan.net.budgets
    assert budgets is not None
    total = np.zeros(len(budgets.row_group))
    for b in range(len(budgets)):
        for one in _amounts(plan, budgets, b):
            group = budgets.groups(b, one.location, one.product)
            row = np.where(group >= 0, budgets.row[group, one.period], -1)
            here = row >= 0
            weight = budgets.weight[b, one.period]
            np.add.at(total, row[here], (weight * one.amount)[here])
    return total


def _amounts(plan: Flows, budgets: Budgets, budget: int) -> Iterator[Charge]:
    """What a budget counts, wherever it is: money, kg, moves or the cash of companies."""
    kind = str(budgets.kind[budget])
    if kind == "capital":
        yield capital(plan, with_transit=bool(budgets.in_transit[budget]))
    elif kind == "spend":
        yield from (one for one in supply_charges(plan) if one.term == "purchase")
    elif kind == "freight":
        yield from (
            one for one in (*lane_charges(plan), *rate_charges(plan)) if one.term in FREIGHT
        )
    elif kind == "carbon":
        yield from emitted(plan)
    elif kind == "cash":
        yield balances(plan)
    elif kind == "moves":
        yield moves(plan)


def capital(plan: Flows, *, with_transit: bool) -> Charge:
    """Return stock, usable and blocked, at its value, with what is under way to a place."""
    places = plan.net.places
    units = plan.stock + places.blocked[:, None]
    if with_transit:
        units = units + in_transit(plan)
    return grid("capital", places.location, places.product, places.value * units)


def moves(plan: Flows) -> Charge:
    """Return transfers: one per product from place to place and period, at the place it leaves."""
    goods, lanes = plan.net.goods, plan.net.lanes
    lateral = lanes.kind[goods.lane] == "transfer"
    k, t = np.nonzero((plan.flow > NOISE) & lateral[:, None])
    pairs = np.unique(np.stack([goods.source[k], goods.sink[k], t]), axis=1)
    places = plan.net.places
    count = np.ones(pairs.shape[1])
    return Charge("moves", places.location[pairs[0]], places.product[pairs[0]], pairs[2], count)


def beyond(plan: Flows) -> Floats:
    """Return [R] what is used beyond each soft budget; 0 for hard ones."""
    budgets = plan.net.budgets
    assert budgets is not None
    over = plan.made.sparse("budget_over", "budget_row", "period")
    found = np.zeros(len(budgets.row_group))
    found[over["budget_row"]] = over.value
    return found


def budget_charges(plan: Flows) -> Iterator[Charge]:
    """budget overrun = Penalty x what is used beyond a soft budget, in the period of its row."""
    budgets = plan.net.budgets
    if budgets is None:
        return
    penalty = budgets.penalty[budgets.group[budgets.row_group]]
    soft = np.flatnonzero(np.isfinite(penalty))
    none: Ints = nowhere(soft)
    money = penalty[soft] * beyond(plan)[soft]
    yield Charge("budget overrun", none, none, budgets.row_period[soft], money)
