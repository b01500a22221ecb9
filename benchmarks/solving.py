"""Solve a network in one of the ways that are compared."""

from typing import Any

from benchmarks.harness import Row
from tierstock.inputs.network import Network

OURS, PLAIN = "tierstock", "HiGHS"
BARE = "HiGHS, bare model"

WAYS = {OURS: ("auto", True), PLAIN: ("highs", True), BARE: ("highs", False)}
"""Way -> solver asked for, and whether the model has its strengthening rows."""


def model(net: Network, strengthened: bool = True) -> Any:
    """Return the Pyomo model of a network."""
    from tierstock.model import Strength, build_model
    from tierstock.model.strength import PLAIN as NOTHING

    return build_model(net, strength=Strength() if strengthened else NOTHING)


def solved(net: Network, way: str, gap: float, limit: float, threads: int) -> Row:
    """Solve a network.

    Returns:
        ``curve``: seconds, cost and bound of each record of the log; ``cost``, ``bound`` and
        ``gap`` at the end; ``seconds``; ``stopped``.
    """
    from tierstock.solvers import SolveOptions, solve

    solver, strengthened = WAYS[way]
    options = SolveOptions(gap=gap, time_limit_s=limit, threads=threads, solver=solver)
    found = solve(model(net, strengthened), options)
    return {
        "curve": [(one.elapsed, one.incumbent, one.bound) for one in found.log],
        "cost": found.objective,
        "bound": found.bound,
        "gap": found.gap,
        "seconds": found.seconds,
        "stopped": found.stopped,
        "columns": found.size["columns"],
        "integers": found.size["integers"],
    }
