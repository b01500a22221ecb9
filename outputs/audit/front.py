"""Numbers on the first page of the results: each is a key figure, a cost or a shipment."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.grid import Stored
from tierstock.outputs.audit.values import finite

SHOWN = ("Value", "Baseline", "Change", "Change %")
"""Columns of the table of all key figures, which is below the page."""
SAME = 1e-9
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def check_front(world: World) -> None:
    """Check that every number above the table of key figures is one that is recomputed.

    Those of the table, parts of the total cost, quantity, value and date of shipments.
    """
    above = world.plan.tables["Summary"].above
    known = sorted(_known(world)) if above else []
    dates = set(world.plan.tables["Shipments"].column("Ship Date"))
    dates |= set(world.plan.tables["Actions"].column("Do By"))
    for line, cells in above:
        for cell in cells:
            if DATE.fullmatch(cell) and cell not in dates:
                world.report.fail("total", "Summary", f"row {line}", cell)
            if not isinstance(cell, Stored):
                continue
            value = finite(cell)
            if value is None or not _near(known, value):
                world.report.fail("total", "Summary", f"row {line}", cell)


def _near(known: list[float], value: float) -> bool:
    """Tell whether one of the sorted numbers is a number, but for rounding."""
    slack = SAME * max(1.0, abs(value))
    return bisect_left(known, value - slack) < bisect_right(known, value + slack)


def _known(world: World) -> Iterator[float]:
    plan, summary = world.plan, world.plan.tables["Summary"]
    yield 0.0
    for column in SHOWN:
        yield from (number for text in summary.column(column) if (number := finite(text)))
    values = [finite(text) for text in summary.column("Value")]
    if values and values[0]:  # the first key figure is the total cost
        yield from (value / values[0] for value in values if value)
    for sheet, money in (("Shipments", "Value"), ("Actions", "Saving")):
        yield from plan.floats(sheet, "Quantity")
        yield from plan.floats(sheet, money)
