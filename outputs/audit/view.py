"""The planner's grid: every cell of PlanView is what Inventory, Service and Shipments tell."""

import math
from collections import defaultdict
from collections.abc import Mapping

from tierstock.outputs.audit.case import Pair
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.grid import Grid
from tierstock.outputs.audit.plan import FLOWS_IN, FLOWS_OUT
from tierstock.outputs.audit.values import bare, finites

NAMES = ("planview", "计划总表")
"""The sheet in either language; parts of it have a number in brackets behind."""
KEYS = 3
"""Columns before the periods: location, product, measure."""
MEASURES = {
    "opening": ("opening", "期初"),
    "in": ("in", "到货"),
    "transfer in": ("transferin", "调入"),
    "transfer out": ("transferout", "调出"),
    "demand": ("demand", "需求"),
    "issued": ("issued", "出库"),
    "closing": ("closing", "期末"),
    "target": ("target", "目标"),
    "cover": ("cover(days)", "可用天数"),
}
ALWAYS = ("opening", "issued", "closing")
"""Measures that each place has a row of; the others may be left out where all is 0."""
SHOWN = {"opening": "Opening", "closing": "Closing", "target": "Target", "cover": "Days Cover"}
"""Measures that are columns of Inventory."""
FLOWS = (*FLOWS_IN, *FLOWS_OUT)
Cells = dict[tuple[str, Pair], list[float]]
"""Measure, location and product -> figure by period."""


def check_view(world: World, grids: Mapping[str, Grid]) -> None:
    """Compare the sheet with a recomputation; a plan without the sheet passes."""
    mine = [grid for title, grid in grids.items() if bare(title.split("(")[0]) in NAMES]
    if not mine:
        return
    wanted, words = _wanted(world), {w: name for name, both in MEASURES.items() for w in both}
    found: dict[tuple[str, Pair], list[float]] = {}
    empty = [math.nan] * len(world.horizon)
    for grid in mine:
        for cell in grid.formulas:
            world.report.fail("numbers", grid.title, cell, "formula")
        heads = [world.plan.period(text) for text in grid.rows[0][1][KEYS:]]
        numbers = finites({text for _, cells in grid.rows[1:] for text in cells[KEYS:]})
        whole = heads == list(range(len(world.horizon)))
        for line, cells in grid.rows[1:]:
            location, product, word = [*cells, "", "", ""][:KEYS]
            key = (words.get(bare(word), ""), (location, product))
            values = list(map(numbers.__getitem__, cells[KEYS:]))
            values += [0.0] * (len(heads) - len(values))
            known = key in wanted and len(values) == len(heads) and None not in values
            row = found.get(key)
            double = row is not None and not all(math.isnan(row[t]) for t in heads)
            if not known or -1 in heads or double:
                world.report.fail("total", "PlanView", f"row {line}", location, product, word)
                continue
            if whole and row is None:
                found[key] = [value or 0.0 for value in values]
                continue
            row = found.setdefault(key, empty[:])
            for t, value in zip(heads, values, strict=True):
                row[t] = value or 0.0
    for (measure, pair), right in wanted.items():
        row = found.get((measure, pair), empty)
        for t, value in enumerate(right) if row != right else ():
            where = ("PlanView", *pair, measure, world.horizon.ids[t])
            missing = math.isnan(row[t])
            if measure in ALWAYS and missing:
                world.report.fail("total", *where, "row missing")
            world.report.equal("total", 0.0 if missing else row[t], value, *where)


def _wanted(world: World) -> Cells:
    """Return what each cell has to be."""
    plan = world.plan
    came, went = _transfers(world)
    demand: dict[Pair, list[float]] = defaultdict(plan.nothing)
    asked = plan.floats("Service", "Demand")
    for (location, product, _, _), rows in plan.service.items():
        for t, i in enumerate(rows):
            demand[location, product][t] += asked[i] if i >= 0 else 0.0
    cells: Cells = {}
    known = {name: plan.floats("Inventory", name) for name in (*SHOWN.values(), *FLOWS)}
    filled = {name for name, column in known.items() if any(column)}
    for pair, rows in plan.inventory.items():

        def column(name: str, rows: list[int] = rows) -> list[float]:
            if name not in filled:
                return plan.nothing()
            return [known[name][i] if i >= 0 else 0.0 for i in rows]

        flows_in = _added([column(name) for name in FLOWS_IN[:-1]])
        flows_out = _added([column(name) for name in FLOWS_OUT])
        adjusted = column("Adjusted")
        for measure, name in SHOWN.items():
            cells[measure, pair] = column(name)
        cells["demand", pair] = demand[pair]
        cells["transfer in", pair], cells["transfer out", pair] = came[pair], went[pair]
        cells["in", pair] = [a - b for a, b in zip(flows_in, came[pair], strict=True)]
        cells["issued", pair] = [
            a - b - c for a, b, c in zip(flows_out, went[pair], adjusted, strict=True)
        ]
    return cells


def _added(columns: list[list[float]]) -> list[float]:
    """Return the sum of columns by row."""
    return list(map(sum, zip(*columns, strict=True)))


def _transfers(world: World) -> tuple[dict[Pair, list[float]], dict[Pair, list[float]]]:
    """Return what transfers bring, after losses on the way, and what they take."""
    plan = world.plan
    came: dict[Pair, list[float]] = defaultdict(plan.nothing)
    went: dict[Pair, list[float]] = defaultdict(plan.nothing)
    kinds = plan.tables["Shipments"].column("Kind")
    arrives = plan.tables["Shipments"].column("Arrive Period")
    firm = {ship.row for ship in plan.leaving}
    for ship in (*plan.shipments, *plan.leaving):
        if kinds[ship.row] != "transfer":
            continue
        origin, to, _ = ship.lane
        went[origin, ship.product][ship.t] += ship.quantity
        if ship.row in firm:
            due, share = plan.period(arrives[ship.row]) if arrives[ship.row] else -1, 1.0
        else:
            due = world.supply.arrival(ship.lane, ship.product, ship.t)
            share = world.lanes.value(ship.lane, ship.product, ship.t, "Yield", 1.0)
        if 0 <= due < len(world.horizon):
            came[to, ship.product][due] += share * ship.quantity
    return came, went
