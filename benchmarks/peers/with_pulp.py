"""PuLP, up to the MPS file it hands to CBC."""

import tempfile
import time
import warnings
from pathlib import Path

import pulp

from benchmarks.peers import Loaded
from benchmarks.plain import Plain, columns, rows
from tierstock.inputs.network import Network

SENSES = {"==": pulp.LpConstraintEQ, "<=": pulp.LpConstraintLE, ">=": pulp.LpConstraintGE}


def load(net: Network, whole: bool = True) -> Loaded:
    """Build the problem and write the MPS file."""
    began = time.perf_counter()
    problem, entries = built_problem(net, whole)
    built = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        problem.writeMPS(str(Path(folder) / "model.mps"), rename=True)
    written = time.perf_counter()
    size = len(problem.variables()), problem.numConstraints(), entries
    return Loaded(*size, built - began, written - built, lambda: _optimum(problem))


def built_problem(net: Network, whole: bool) -> tuple[pulp.LpProblem, int]:
    """Return the problem, and how many coefficients it has."""
    p = Plain(net)
    problem, variable, cost, entries = pulp.LpProblem("plain", pulp.LpMinimize), {}, [], 0
    for key, price, most, integer in columns(p):
        kind = pulp.LpInteger if integer and whole else pulp.LpContinuous
        name = "_".join(str(part) for part in key)
        variable[key] = problem.add_variable(name, 0, most, kind)
        cost.append((variable[key], price))
    problem += pulp.LpAffineExpression(cost)
    for number, (terms, sense, limit) in enumerate(rows(p)):
        left = pulp.LpAffineExpression([(variable[key], value) for key, value in terms])
        problem.addConstraint(pulp.LpConstraint(left, SENSES[sense], f"r{number}", limit))
        entries += len(terms)
    return problem, entries


def cbc() -> pulp.LpSolver:
    """Return the CBC that PuLP brings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # PuLP 4 will not bring one
        return pulp.PULP_CBC_CMD(msg=False)


def _optimum(problem: pulp.LpProblem) -> float:
    status = problem.solve(cbc())
    if pulp.LpStatus[status] != "Optimal":
        raise RuntimeError(f"CBC ended with {pulp.LpStatus[status]}")
    return float(pulp.value(problem.objective))
