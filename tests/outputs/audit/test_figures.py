"""Key figures of plans that no study has: of next to no cost, and with a bound above the cost."""

from collections.abc import Callable
from pathlib import Path

from planted_flows import Book

from tierstock.outputs.audit.book import read_grids, titles
from tierstock.outputs.audit.case import Case
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.headline import figures
from tierstock.outputs.audit.plan import SHEETS, Plan
from tierstock.outputs.audit.report import Report
from tierstock.outputs.audit.run import read_settings
from tierstock.outputs.audit.words import read_tables, sheets_of, tables_in


def test_the_gap_is_a_share_of_the_cost_however_small(
    case: tuple[Book, Book], write: Callable[[Book, Book], tuple[Path, Path]]
) -> None:
    source, plan = write(*case)
    inputs, grids = read_tables(source, "input"), read_grids(plan, set(titles(plan)))
    outputs = tables_in(grids, sheets_of(grids, "output", SHEETS))
    known = Case(inputs, read_settings(inputs, outputs))
    world = World(known, Plan(outputs, known, Report(1e-6)))

    def gaps(total: float, bound: float) -> tuple[float, float]:
        found = figures(world, total, 0.0, bound)
        return found["Gap in money"], found["Gap to best possible"]

    assert gaps(0.5, 0.25) == (0.25, 0.5)
    assert gaps(0.0, 0.0) == (0.0, 0.0)
    assert gaps(-0.5, -0.25) == (0.0, 0.5)
