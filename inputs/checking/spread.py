"""Costs so far apart that the smaller ones are lost in the arithmetic of a solver."""

import numpy as np

from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.findings import show

MOST = 1e9
"""Largest ratio of two costs; beyond it the smaller one is below the tolerances of a solver."""
COSTS = (
    ("Products", "unit_value"),
    ("Products", "price"),
    ("Products", "shortage_cost"),
    ("Lanes", "unit_cost"),
    ("Lanes", "fixed_cost"),
    ("Supply", "unit_cost"),
    ("StockCosts", "storage_cost"),
    ("StockTargets", "penalty"),
    ("Vehicles", "cost_per_trip"),
)
"""Sheet and field of money per unit, per trip or per period."""


def check_spread(ground: Ground) -> None:
    """Warn where the largest stated cost is over 1e9 times the smallest, naming both cells."""
    found: list[tuple[float, str, int, str]] = []
    for sheet, field in COSTS:
        costs = ground.tables.table(sheet).frame[field].to_numpy(np.float64)
        rows = np.flatnonzero(costs > 0.0)
        for row in (rows[costs[rows].argmin()], rows[costs[rows].argmax()]) if len(rows) else ():
            found.append((float(costs[row]), sheet, int(row), field))
    if not found:
        return
    least, most = min(found), max(found)
    if most[0] <= MOST * least[0]:
        return
    table, other = (ground.tables.table(one[1]) for one in (most, least))
    ground.findings.add(
        "cost-spread",
        table=table,
        index=most[2],
        field=most[3],
        other=f"{other.title}!{other.cell(least[2], least[3])}",
        stated=show(least[0]),
    )
