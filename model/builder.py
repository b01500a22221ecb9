"""The walk from a network to a Pyomo model."""

from collections.abc import Iterable

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Network
from tierstock.model.bounds import Bounds
from tierstock.model.constraints import MOVING, RULES, Family
from tierstock.model.levels import aims_of
from tierstock.model.movements import OUT_OF, Movements
from tierstock.model.names import Names
from tierstock.model.objective import ArrayObjective, Costs
from tierstock.model.strength import Strength
from tierstock.model.strengthening import STRENGTHENING
from tierstock.model.variables import Columns

Floats = NDArray[np.float64]


def build_model(
    net: Network, *, families: Iterable[Family] = (), strength: Strength | None = None
) -> pyo.ConcreteModel:
    """Build the mixed-integer model of a network.

    The result is an ordinary ``ConcreteModel``: variables and constraints are indexed by the
    planner's names with the place first, ``m.flow["DC1→S1", "P1", "2026-W03"]``,
    ``m.stock[location, product, period]``; ``m.network`` is the network. Add constraints, fix
    variables, deactivate families, write LP files as with any Pyomo model.

    Quantities that share a binary or a vehicle are bounded by what the data say can be of use
    (``m.bounds``). Where a constraint of your own asks for more than that, say how much more:
    ``Strength(extra_need=500)`` adds 500 units of each product to what it may be needed for.

    Args:
        net: a checked network.
        families: functions ``add(m, net)`` of your own, called before the stock balance is
            closed: what they post in ``m.movements`` moves stock, what they charge in
            ``m.costs`` counts in the objective (docs/extend.md). A family that takes stock is
            called twice, first to see how much.
        strength: means that help the solver; the best plans are the same with any of them.

    Returns:
        The model with the objective ``m.cost``; where the settings ask for levels, ``m.aims`` are
        these, and ``tierstock.solve`` takes them one after the other. ``m.caps`` are caps on
        capital that today's stock breaks: ``tierstock.solve`` lets each hold from the first period
        that can comply; for another solver call ``tierstock.solvers.compliance.settle`` first. A
        family whose sheet is absent has neither variables nor rows.
    """
    own, strength = tuple(families), strength or Strength()
    if not 0.0 <= strength.extra_need < np.inf:
        raise ValueError("extra_need is a number of units, 0 or more")
    extra = np.full(len(net.products), strength.extra_need)
    m = _walk(net, own, strength, extra)
    taken = _taken(m)
    return m if not taken.any() else _walk(net, own, strength, extra + taken)


def _walk(
    net: Network, own: tuple[Family, ...], strength: Strength, taken: Floats
) -> pyo.ConcreteModel:
    """Build the model once; ``taken`` [P] is what own families may need besides all demand."""
    m = _empty(net, strength, taken)
    for add in MOVING:
        add(m, net)
    _add_own(m, net, own)
    for add in RULES:
        add(m, net)
    for strengthen in STRENGTHENING:
        strengthen(m, net)
    m.cost = ArrayObjective(m.costs, m.columns.count)
    m.aims = aims_of(m, net)
    return m


def _empty(net: Network, strength: Strength, taken: Floats) -> pyo.ConcreteModel:
    """A model that knows its network, names and bounds and waits for its families."""
    m = pyo.ConcreteModel(name=net.name)
    m.network = net
    m.strength = strength
    m.columns = Columns()
    m.names = Names(net)
    m.bounds = Bounds(m, net, tight=strength.tight_bounds, taken=taken)
    m.costs = Costs(net.discount)
    m.movements = Movements(len(net.places), len(net.periods))
    m.caps, m.held = (), ()
    return m


def _add_own(m: pyo.ConcreteModel, net: Network, own: tuple[Family, ...]) -> None:
    """Add a consultant's families and note which variables and costs are theirs."""
    known, m.costs, shared = len(m.columns.families), Costs(net.discount), m.costs
    for add in own:
        add(m, net)
    m.own_families = tuple(one.local_name for one in m.columns.families[known:])
    m.own_costs, m.costs = m.costs, shared
    m.costs.include(m.own_costs)


def _taken(m: pyo.ConcreteModel) -> Floats:
    """Most that own families take of each product: the bounds of shipments have to allow it."""
    total = np.zeros(len(m.network.products))
    for entry in m.movements.of(*OUT_OF):
        if entry.variable in m.own_families:
            most = m.component(entry.variable).upper[entry.at]
            if not np.isfinite(most[entry.amount > 0]).all():
                raise ValueError(f"{entry.variable} takes stock: give it an upper bound")
            units = np.maximum(entry.amount, 0.0) * most
            np.add.at(total, m.network.places.product[entry.place], units)
    return total
