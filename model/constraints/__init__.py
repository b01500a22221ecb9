"""The formulation, family by family, in the order in which it is built."""

from collections.abc import Callable

import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.constraints import (
    balance,
    capacity,
    demand,
    fairness,
    flow,
    initial,
    lane_use,
    max_stock,
    moves,
    priority,
    production,
    resource,
    returns,
    revenue,
    safety_stock,
    service_cycle,
    service_fill,
    setups,
    stock,
    substitution,
    supply,
    terminal,
    transfers,
    user_rows,
    vehicles,
)

FAMILIES: tuple[Callable[[pyo.ConcreteModel, Network], None], ...] = (
    flow.add,
    stock.add,
    supply.add,
    demand.add,
    initial.add,
    substitution.add,
    returns.add,
    production.add,
    balance.add,
    priority.add,
    safety_stock.add,
    max_stock.add,
    capacity.add,
    lane_use.add,
    vehicles.add,
    setups.add,
    resource.add,
    transfers.add,
    moves.add,
    terminal.add,
    service_fill.add,
    service_cycle.add,
    fairness.add,
    revenue.add,
    substitution.add_ranks,
    user_rows.add,
)
