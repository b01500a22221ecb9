"""Ours: a Pyomo model with array-backed rows, its arrays given to HiGHS."""

import time

from benchmarks.peers import Loaded, highs
from tierstock.inputs.network import Network
from tierstock.model import Strength, build_model
from tierstock.solvers.compile import compile_model


def load(net: Network, whole: bool = True) -> Loaded:
    """Build and hand over; without whole numbers also without the rows that cut off parts of trips.

    Those rows have no counterpart in the plain formulation.
    """
    began = time.perf_counter()
    strength = Strength() if whole else Strength(windows=False, trucks=False)
    m = build_model(net, strength=strength)
    built = time.perf_counter()
    solver = highs.loaded(compile_model(m).arrays, whole)
    size = solver.getNumCol(), solver.getNumRow(), solver.getNumNz()
    spent = built - began, time.perf_counter() - built
    return Loaded(*size, *spent, lambda: highs.optimum(solver))
