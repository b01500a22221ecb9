"""Caps on capital that today's goods break: what has to hold until they can be kept (ruling 39)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.checking.capital import above, members, today
from tierstock.inputs.network import Network
from tierstock.model.tallies import Tally, capital

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Cap:
    """A hard cap on capital that what is there today, and firm orders, break by themselves.

    The solve decides from when on it holds (``tierstock.solvers.compliance``).
    """

    name: str
    """Name of the budget."""
    label: str
    """Location, product or company; blank for all together."""
    rows: Ints
    """[R] its rows in ``m.budget``, by period; a mean or an end has one."""
    room: Floats
    """[R] upper limits of these rows: the cap less what no decision changes."""
    known: Floats
    """[R] what no decision changes."""
    period: Ints
    """[R] period of the row."""
    excess: Ints
    """[R] rows in ``m.budget_excess``: no growth before; none for a mean or an end."""
    growth: Floats
    """[R] upper limits of these rows while the cap cannot be kept."""


@dataclass(frozen=True)
class Sums:
    """Sums over the columns of a model, by entries, and what is known of each."""

    row: Ints
    """[n] number of the sum."""
    column: Ints
    """[n] column of the model."""
    value: Floats
    """[n] coefficient."""
    known: Floats
    """[R] amount that no decision changes."""


def add_up(m: pyo.ConcreteModel, parts: Sequence[tuple[Tally, Ints, Floats]], rows: int) -> Sums:
    """Gather tallies with the row and weight of each amount; row -1 counts nowhere."""
    row, column, value = [], [], []
    known = np.zeros(rows)
    for one, of, weight in parts:
        here = of >= 0
        amount = (weight * one.amount)[here]
        if one.variable:
            row.append(of[here])
            column.append(one.at[here] + m.component(one.variable).start)
            value.append(amount)
        else:
            np.add.at(known, of[here], amount)
    none = np.zeros(0, dtype=np.int64)
    return Sums(
        np.concatenate([none, *row]),
        np.concatenate([none, *column]),
        np.concatenate([np.zeros(0), *value]),
        known,
    )


def caps_of(net: Network, known: Floats, growth: Sums, excess: Ints) -> tuple[Cap, ...]:
    """Return the caps that today's goods break, by the order of the rows.

    Args:
        net: the network.
        known: [rows of ``m.budget``] what no decision changes of each.
        growth: sums of ``m.budget_excess``.
        excess: row of ``m.budget`` that each of these stands for.
    """
    budgets = net.budgets
    assert budgets is not None
    found = []
    for g in broken(net):
        rows = np.flatnonzero(budgets.row_group == g)
        mine = np.flatnonzero(np.isin(excess, rows))
        found.append(
            Cap(
                name=str(budgets.name[budgets.group[g]]),
                label=str(budgets.label[g]),
                rows=rows,
                room=budgets.most[budgets.group[g]] - known[rows],
                known=known[rows],
                period=budgets.row_period[rows],
                excess=mine,
                growth=-growth.known[mine],
            )
        )
    return tuple(found)


def broken(net: Network) -> list[int]:
    """Return the groups whose hard cap on capital is broken if nothing is done."""
    assert net.budgets is not None
    return [g for g in range(len(net.budgets.group)) if above(net, g)]


def cautious(net: Network) -> Ints:
    """Return the rows of ``m.budget``, one per period, that may have to wait."""
    budgets = net.budgets
    assert budgets is not None
    of = budgets.group[budgets.row_group]
    found = np.isin(budgets.row_group, broken(net)) & budgets.by_period[of]
    return np.flatnonzero(found).astype(np.int64)


def growth(m: pyo.ConcreteModel, net: Network, rows: Ints) -> Sums:
    """Growth of what is bound in each row's period beyond firm orders that come from outside.

    Sums ``C[t] - C'[t-1] - new[t]`` of the groups and periods of some rows, all at the values of
    t; goods under way always with them, as goods that only move on bind no more than before.
    """
    budgets = net.budgets
    assert budgets is not None
    later = np.roll(net.places.value, -1, axis=1)
    tallies = (
        (1.0, 0, list(capital(m, net, in_transit=True))),
        (-1.0, 1, list(capital(m, net, in_transit=True, value=later))),
    )
    parts: list[tuple[Tally, Ints, Floats]] = []
    count = len(net.periods)
    for sign, shift, amounts in tallies:
        for b in np.unique(budgets.group[budgets.row_group[rows]]):
            place = np.full((len(budgets.group), count), -1, dtype=np.int64)
            mine = np.flatnonzero(budgets.group[budgets.row_group[rows]] == b)
            when = budgets.row_period[rows[mine]] - shift
            inside = when >= 0
            place[budgets.row_group[rows[mine]][inside], when[inside]] = mine[inside]
            for one in amounts:
                group = budgets.groups(int(b), one.location, one.product)
                row = np.where(group >= 0, place[group, one.period], -1)
                parts.append((one, row, np.full(len(row), sign)))
    total = add_up(m, parts, len(rows))
    for i, r in enumerate(rows):
        start = today(net, int(budgets.row_group[r])) if budgets.row_period[r] == 0 else 0.0
        total.known[i] -= start + _new(net, int(budgets.row_group[r]), int(budgets.row_period[r]))
    return total


def _new(net: Network, group: int, period: int) -> float:
    """Value of firm orders that leave a place outside the group in a period."""
    orders, here = net.orders, members(net, group)
    inside = np.append(here, False)[orders.origin]
    new = orders.firm & (orders.ship == period) & here[orders.place] & ~inside
    value = net.places.value[orders.place[new], period]
    return float((value * orders.quantity[new]).sum())
