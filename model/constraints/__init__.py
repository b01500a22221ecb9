"""The formulation, family by family, in the order in which it is built."""

from collections.abc import Callable

import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.constraints import (
    balance,
    capacity,
    demand,
    flow,
    initial,
    lane_use,
    max_stock,
    moves,
    returns,
    safety_stock,
    stock,
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
    returns.add,
    balance.add,
    safety_stock.add,
    max_stock.add,
    capacity.add,
    lane_use.add,
    vehicles.add,
    transfers.add,
    moves.add,
    terminal.add,
    user_rows.add,
)
