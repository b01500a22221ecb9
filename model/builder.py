"""The walk from a network to a Pyomo model."""

import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.bounds import Bounds
from tierstock.model.constraints import FAMILIES
from tierstock.model.levels import aims_of
from tierstock.model.movements import Movements
from tierstock.model.names import Names
from tierstock.model.objective import ArrayObjective, Costs
from tierstock.model.strength import Strength
from tierstock.model.strengthening import STRENGTHENING
from tierstock.model.variables import Columns


def build_model(net: Network, *, strength: Strength | None = None) -> pyo.ConcreteModel:
    """Build the mixed-integer model of a network.

    The result is an ordinary ``ConcreteModel``: variables and constraints are indexed by the
    planner's names with the place first, ``m.flow["DC1→S1", "P1", "2026-W03"]``,
    ``m.stock[location, product, period]``; ``m.network`` is the network. Add constraints, fix
    variables, deactivate families, write LP files as with any Pyomo model.

    Quantities that share a binary or a vehicle are bounded by what the data say can be of use
    (``m.bounds``); a constraint of your own that forces more than that onto such a lane needs a
    Max Shipment there.

    Args:
        net: a checked network.
        strength: means that help the solver; the best plans are the same with any of them.

    Returns:
        The model with the objective ``m.cost``; where the settings ask for levels, ``m.aims`` are
        these, and ``tierstock.solve`` takes them one after the other. A family whose sheet is
        absent has neither variables nor rows.
    """
    m = pyo.ConcreteModel(name=net.name)
    m.network = net
    m.strength = strength or Strength()
    m.columns = Columns()
    m.names = Names(net)
    m.bounds = Bounds(m, net, tight=m.strength.tight_bounds)
    m.costs = Costs(net.discount)
    m.movements = Movements(len(net.places), len(net.periods))
    for add in FAMILIES:
        add(m, net)
    for strengthen in STRENGTHENING:
        strengthen(m, net)
    m.cost = ArrayObjective(m.costs, m.columns.count)
    m.aims = aims_of(m, net)
    return m
