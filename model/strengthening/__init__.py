"""Rows that follow from the rules and only help the solver, and rows it can do without."""

from collections.abc import Callable

import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.strengthening import idle, ls_window, truck_window

STRENGTHENING: tuple[Callable[[pyo.ConcreteModel, Network], None], ...] = (
    ls_window.add,
    truck_window.add,
    idle.drop,
)
"""What is done behind all families, each by its switch in ``m.strength``."""
