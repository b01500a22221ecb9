"""The ways from a network to a loaded solver, one file each; each has ``load(net, whole)``."""

from collections.abc import Callable
from dataclasses import dataclass

OURS, FLOOR = "tierstock", "numpy to HiGHS"

PEERS = {
    OURS: ("with_tierstock", "tierstock"),
    FLOOR: ("with_numpy", "highspy"),
    "linopy": ("with_linopy", "linopy"),
    "idiomatic Pyomo": ("with_pyomo", "pyomo"),
    "PuLP to CBC's MPS": ("with_pulp", "pulp"),
    "PySCIPOpt": ("with_scip", "pyscipopt"),
}
"""Name of each way -> its module here, and the package it needs."""


@dataclass(frozen=True)
class Loaded:
    """A model in a solver.

    Attributes:
        columns, rows, nonzeros: its size.
        build_s: seconds to the model.
        load_s: seconds from the model to the solver.
        optimum: solves it and returns the best cost.
    """

    columns: int
    rows: int
    nonzeros: int
    build_s: float
    load_s: float
    optimum: Callable[[], float]
