"""The usual road: a rule per row, and Pyomo's official interface to HiGHS."""

import time

import pyomo.environ as pyo
from pyomo.contrib.solver.solvers.highs import Highs

from benchmarks.idiomatic import idiomatic
from benchmarks.peers import Loaded, highs
from tierstock.inputs.network import Network


def load(net: Network, whole: bool = True) -> Loaded:
    """Build with dictionaries and rules, hand over through ``contrib.solver``."""
    began = time.perf_counter()
    m = idiomatic(net)
    if not whole:
        pyo.TransformationFactory("core.relax_integer_vars").apply_to(m)
    built = time.perf_counter()
    interface = Highs()
    interface.set_instance(m)
    solver = interface._solver_model
    size = solver.getNumCol(), solver.getNumRow(), solver.getNumNz()
    spent = built - began, time.perf_counter() - built
    return Loaded(*size, *spent, lambda: highs.optimum(solver))
