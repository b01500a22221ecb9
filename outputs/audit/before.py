"""Before and after: figures shown beside a baseline, and the changes against it.

The Baseline column tells of a replay whose sheets are not in the workbook, so its values are not
recomputed. What is: the plan's own side of the figure that is shown only here, and that Change and
Change % follow from the two sides.
"""

import math
import re

from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.values import exact
from tierstock.outputs.audit.words import words

COLUMN = "Baseline"
SIGNALS = ("Closing", "In Transit", "Daily Demand", "Target")
CAME = ("Received", "Purchased", "Produced")
"""Columns of Inventory that tell of a need, and of what answers it."""
NEAR = 1e-6
"""Share of a need that may be missing."""
ROUNDED = 1e-9
"""What the last digit of the two sides may take from their difference, as a share of them."""


def compared(world: World) -> dict[str, float]:
    """Return the plan's side of the figure that only a baseline brings; none without one."""
    if COLUMN not in world.plan.tables["Summary"].texts:
        return {}
    last = len(world.horizon) - 1
    left = math.fsum(
        world.prices.values(pair)[-1] * (world.stock(pair, last) + world.coming.get(pair, 0.0))
        for pair in {*world.plan.closing, *world.coming}
    )
    return {"Stock left at the end": left}


def saved(world: World, terms: dict[str, float]) -> dict[str, float]:
    """Return cost terms that only the baseline has: they are shown, and 0 in the plan."""
    summary = world.plan.tables["Summary"]
    if COLUMN not in summary.texts:
        return {}
    parts = (re.split("[:：]", text) for text in summary.column("KPI"))
    said = [part[-1] for part in parts if len(part) > 1]
    other = [one for one in said if words().choice(one, "|".join(terms)) not in terms]
    return dict.fromkeys(map(words().choice, other), 0.0)


def check_changes(world: World) -> None:
    """Check that Change = Value - Baseline and Change % is its share of the baseline."""
    summary, report = world.plan.tables["Summary"], world.report
    if COLUMN not in summary.texts:
        return
    names = ("KPI", "Value", COLUMN, "Change", "Change %")
    rows = zip(*(summary.column(name) for name in names), summary.lines, strict=True)
    for text, *cells, line in rows:
        value, before, change, share = (_number(cell) for cell in cells)
        where = ("Summary", f"row {line}", text)
        apart = value - before
        scale = (abs(value) + abs(before)) * ROUNDED
        part = apart / abs(before) if before else math.nan
        for name, shown, wanted in (("Change", change, apart), ("Change %", share, part)):
            if math.isnan(shown) != math.isnan(wanted):
                report.fail("total", *where, name, "is missing" if math.isnan(shown) else shown)
            elif not math.isnan(shown):
                report.equal("total", shown, wanted, *where, name, terms=scale)


def _number(cell: str) -> float:
    """Return the number of a cell, not a number for a blank one."""
    found = exact(cell) if cell else None
    return math.nan if found is None else float(found)


def response(world: World) -> float:
    """Return the mean days from a signal to the period in which what answers it is there."""
    days = world.horizon.days
    start = [math.fsum(days[:t]) for t in range(len(days) + 1)]
    found: list[float] = []
    known = {name: world.plan.floats("Inventory", name) for name in (*SIGNALS, *CAME)}
    for (location, _), rows in world.plan.inventory.items():
        column = {name: [known[name][i] for i in rows] for name in SIGNALS}
        came: list[float] = []
        low, kept = False, world.case.kept(location)
        for t in range(len(days) - 1):
            need = column["Daily Demand"][t] * days[t + 1] + column["Target"][t + 1]
            gap = need - column["Closing"][t] - column["In Transit"][t]
            short = kept[t + 1] and gap > NEAR * max(need, 1.0)
            if short and not low:
                came = came or [math.fsum(known[name][i] for name in CAME) for i in rows]
                wanted = (gap + column["In Transit"][t]) * (1 - NEAR)
                u = t + 1
                while u < len(days) and math.fsum(came[t + 1 : u + 1]) < wanted:
                    u += 1
                found.append(start[u] - start[t])
            low = short
    return math.fsum(found) / len(found) if found else math.nan
