"""What a location that may be closed lets through: which variables, where, when, and how much."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Network
from tierstock.model.movements import INTO, OUT_OF, Entry
from tierstock.model.reach import issuable
from tierstock.model.variables import positions

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_Part = tuple[Ints, Ints, Ints, Floats]
"""Positions in a family, locations, periods and bounds."""


@dataclass(frozen=True)
class Passing:
    """Variables of one family that need a location open, one entry per variable and gate."""

    variable: str
    """Name of the family on the model."""
    at: Ints
    """[n] position in the family."""
    location: Ints
    """[n] location that has to be open."""
    period: Ints
    """[n] period in which it has to be open."""
    most: Floats
    """[n] most the variable can be of use for, in its own unit."""


def passing(m: pyo.ConcreteModel, net: Network) -> Iterator[Passing]:
    """Gather everything that needs a gated location open: stock, orders, production, movements.

    What the ledger holds counts where and when it comes and goes; besides, stock at the end of
    its period, a purchase when it is ordered and production when it is released, as what comes of
    them may arrive later.
    """
    gated = m.site_open.grid[:, 0] >= 0
    useful = np.minimum(m.bounds.reach, m.bounds.need)
    issued = np.minimum(issuable(net, m.bounds.reach), m.bounds.need)
    found: dict[str, list[_Part]] = defaultdict(list)
    for name, location, bounds in _decided_here(m, net, useful):
        family = m.component(name)
        if family is not None:
            code, t = (codes.astype(np.int64) for codes in family.codes.values())
            found[name].append((np.arange(len(t)), location[code], t, bounds()[code, t]))
    for entry in m.movements.of(*INTO, *OUT_OF):
        mine = np.flatnonzero((entry.amount > 0) & gated[net.places.location[entry.place]])
        if len(mine):
            period = np.minimum(entry.period[mine], len(net.periods) - 1).astype(np.int64)
            here = net.places.location[entry.place[mine]]
            out = issued if entry.kind == "issued" else useful
            bound = _most(m, net, entry, mine, out)
            found[entry.variable].append((entry.at[mine].astype(np.int64), here, period, bound))
    for name, parts in found.items():
        at, location, period, most = (np.concatenate(column) for column in zip(*parts, strict=True))
        here = np.flatnonzero(gated[location])
        if len(here):
            yield _once(m, name, at[here], location[here], period[here], most[here])


def _decided_here(
    m: pyo.ConcreteModel, net: Network, useful: Floats
) -> Iterator[tuple[str, Ints, Callable[[], Floats]]]:
    """Families that belong to one location and period: location and bound by their first code."""
    yield "stock", net.places.location, lambda: useful
    yield "purchase", net.places.location[net.supply.place], lambda: m.bounds.order
    if net.production is not None:
        yield "make", net.production.recipes.location, lambda: m.bounds.make


def _once(
    m: pyo.ConcreteModel, name: str, at: Ints, location: Ints, period: Ints, most: Floats
) -> Passing:
    """One entry per variable and gate, with the smallest of its bounds."""
    upper = m.component(name).upper[at]
    order = np.lexsort((most, period, location, at))
    keys = np.stack([at, location, period])[:, order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (np.diff(keys, axis=1) != 0).any(axis=0)
    chosen = order[first]
    return Passing(
        name,
        at[chosen],
        location[chosen],
        period[chosen],
        np.minimum(most, upper)[chosen],
    )


def _most(m: pyo.ConcreteModel, net: Network, entry: Entry, mine: Ints, useful: Floats) -> Floats:
    """Most each variable of an entry can be of use for, in the unit of the variable."""
    at, period = entry.at[mine], entry.period[mine]
    known: dict[str, tuple[str, Callable[[], Floats]]] = {
        "flow": ("goods", lambda: np.minimum(m.bounds.flow, _passed_on(m, net))),
        "purchase": ("supply", lambda: m.bounds.order),
        "make": ("recipe", lambda: m.bounds.make),
        "owed_served": ("stream", lambda: _owed(net)),
    }
    if entry.variable in known:
        code, bounds = known[entry.variable]
        codes = m.component(entry.variable).codes
        return np.asarray(bounds()[codes[code][at], codes["period"][at]])
    inside = np.minimum(period, len(net.periods) - 1)
    here = useful if entry.kind in OUT_OF else m.bounds.need
    return np.asarray(here[entry.place[mine], inside] / entry.amount[mine])


def _owed(net: Network) -> Floats:
    """Most that can be owed before or in each period, [D, T]."""
    demand = net.demand
    owed = demand.owed_share[:, None] * demand.quantity
    return np.asarray(demand.opening_backlog[:, None] + np.cumsum(owed, axis=1))


def _passed_on(m: pyo.ConcreteModel, net: Network) -> Floats:
    """Most of each shipment that its destination can use up at once, [K, T].

    Infinite where the destination keeps stock or where nothing limits what leaves it. Where it
    keeps none, what comes in goes out in the same period; for a customer that is the demand.
    """
    goods, last = net.goods, len(net.periods)
    out: Floats = m.movements.known(*OUT_OF)[:, :last]
    for entry in m.movements.of(*OUT_OF):
        mine = (entry.amount > 0) & (entry.period < last)
        at, variable = entry.at[mine], m.component(entry.variable)
        upper = variable.upper[at]
        if entry.variable == "owed_served":
            upper = _owed(net)[variable.codes["stream"][at], variable.codes["period"][at]]
        np.add.at(out, (entry.place[mine], entry.period[mine]), entry.amount[mine] * upper)
    out[positions(m, "stock", out.shape) >= 0] = np.inf
    out = np.column_stack([out, np.full(len(out), np.inf)])
    arrival = np.minimum(np.arange(last) + goods.lead, last)
    with np.errstate(divide="ignore"):
        return np.asarray(out[goods.sink[:, None], arrival] / goods.arriving_share)
