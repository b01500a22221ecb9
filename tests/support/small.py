"""Small networks in planner's words, for tests that are solved by hand."""

from typing import Any

import pandas as pd
import pyomo.environ as pyo
from in_process import least_of

import tierstock as ts

Rows = list[dict[str, Any]]


def tables(**sheets: Rows) -> dict[str, pd.DataFrame]:
    """Return planner's tables from rows, e.g. ``tables(Locations=[{"Location": "DC"}])``."""
    core: dict[str, Rows] = {"Locations": [], "Products": [], "Lanes": [], "Demand": []}
    blank = {
        "Locations": ["Location", "Tier"],
        "Products": ["Product", "Unit Value"],
        "Lanes": ["From", "To", "Lead Time"],
        "Demand": ["Location", "Product", "Period", "Quantity"],
    }
    return {
        name: pd.DataFrame(rows, columns=None if rows else blank[name])
        for name, rows in {**core, **sheets}.items()
    }


def demand(location: str, product: str, *quantities: float, **more: Any) -> Rows:
    """Return demand rows for the periods 1, 2, 3 ..."""
    return [
        {"Location": location, "Product": product, "Period": str(t), "Quantity": q, **more}
        for t, q in enumerate(quantities, start=1)
    ]


def model(**sheets: Rows) -> pyo.ConcreteModel:
    """Read the tables and build the model."""
    return ts.build(ts.read(tables(**sheets)))


def cost(m: pyo.ConcreteModel) -> float:
    """Solve to optimality with Pyomo's own HiGHS interface and return the cost.

    A model with levels is solved level by level; its last level is cost or profit. Caps on capital
    that today's stock breaks hold from the first period that can comply.
    """
    if m.aims or m.caps:
        value = least_of(m)
        assert value is not None
        return value
    return float(pyo.SolverFactory("appsi_highs").solve(m).problem.upper_bound)
