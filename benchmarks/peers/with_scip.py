"""PySCIPOpt: the model inside SCIP, a constraint object per row."""

import time

from pyscipopt import Model, quicksum

from benchmarks.peers import Loaded
from benchmarks.plain import Plain, columns, rows
from tierstock.inputs.network import Network


def load(net: Network, whole: bool = True) -> Loaded:
    """Build the model; SCIP holds it at once, so nothing is left to hand over."""
    began = time.perf_counter()
    p, entries = Plain(net), 0
    model, variable = Model("plain"), {}
    model.hideOutput()
    for key, price, most, integer in columns(p):
        kind = "I" if integer and whole else "C"
        variable[key] = model.addVar(lb=0.0, ub=most, obj=price, vtype=kind)
    for terms, sense, limit in rows(p):
        left = quicksum(value * variable[key] for key, value in terms)
        if sense == "==":
            model.addCons(left == limit)
        else:
            model.addCons(left <= limit if sense == "<=" else left >= limit)
        entries += len(terms)
    spent = time.perf_counter() - began
    size = len(variable), model.getNConss(), entries
    return Loaded(*size, spent, 0.0, lambda: _optimum(model))


def _optimum(model: Model) -> float:
    model.optimize()
    if model.getStatus() != "optimal":
        raise RuntimeError(f"SCIP ended with {model.getStatus()}")
    return float(model.getObjVal())
