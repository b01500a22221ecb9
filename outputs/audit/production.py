"""Checks of what is made: recipes, batches, setups, hours, and what goes in and comes out."""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from tierstock.outputs.audit.costs import Ledger
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.limits import FLOW, Figures, compare_use, use_figures
from tierstock.outputs.audit.recipes import Line, Recipe
from tierstock.outputs.audit.values import day


@dataclass(frozen=True)
class Run:
    """One row of Production."""

    recipe: Recipe
    t: int
    quantity: float
    setups: float
    row: int


def runs(world: World) -> Iterator[Run]:
    """Return the rows of Production whose recipe is at their location."""
    plan, known = world.plan, world.supply.recipes.known
    for i in plan.good["Production"]:
        code, place, when = plan.key("Production", i)
        if (code, place) in known:
            quantity, setups = (
                plan.number("Production", column, i) for column in ("Quantity", "Setups")
            )
            yield Run(known[code, place], plan.period(when), quantity, setups, i)


def move_production(world: World) -> None:
    """Fill ``Produced`` and ``Consumed``; what comes out behind the horizon is left at the end."""
    last = len(world.horizon)
    for run in runs(world):
        place, due = run.recipe.place, world.supply.recipes.due(run.recipe, run.t)
        for product, units in run.recipe.inputs.items():
            world.moves["Consumed"][place, product][run.t] += units * run.quantity
        for product, units in run.recipe.outputs.items():
            if due < last:
                world.moves["Produced"][place, product][due] += units * run.quantity
            else:
                world.late[place, product] += units * run.quantity
                world.coming[place, product] += units * run.quantity


def check_production(world: World) -> None:
    """Check every run, then setups by recipe or family, then the hours of every resource."""
    report, plan, recipes = world.report, world.plan, world.supply.recipes
    for i in plan.good["Production"]:
        code, place, when = plan.key("Production", i)
        if (code, place) not in recipes.known:
            report.fail("recipes", code, place, when, "no such recipe")
    for run in runs(world):
        _run(world, run)
    _setups(world)
    used = hours_used(world)
    _hours(world, used)
    _figures(world, used)


def _run(world: World, run: Run) -> None:
    """A run keeps to Max, least batch and multiple, while its place is open."""
    report, recipe, recipes = world.report, run.recipe, world.supply.recipes
    where = (recipe.code, recipe.place, world.horizon.ids[run.t])
    table, quantity = world.plan.tables["Production"], run.quantity
    if quantity > FLOW and not recipes.is_open(recipe, run.t):
        report.fail("recipes", *where, "closed", amount=quantity)
    report.at_most("recipes", quantity, recipe.number("Max", math.inf), *where, "Max")
    least, multiple = recipe.number("Min Batch"), recipe.number("Batch Multiple")
    whole_lots = world.case.integral[run.t]
    if quantity > FLOW and whole_lots:
        report.at_most("recipes", least - quantity, 0.0, *where, "Min Batch", terms=least)
    if multiple > 0 and whole_lots:
        whole = multiple * math.floor(quantity / multiple + 0.5)
        report.equal("recipes", quantity, whole, *where, "Batch Multiple", terms=quantity)
    shown = {"Product": recipe.output, "Resource": recipe.text("Resource")}
    for column, wanted in shown.items():
        if column in table.texts and table.column(column)[run.row] != wanted:
            report.fail("recipes", *where, column, table.column(column)[run.row])
    stated, lead = day(table.column("Available Date")[run.row]), recipe.number("Lead Time")
    days = world.horizon.whole_days(run.t, lead) if world.horizon.whole else lead
    due = world.horizon.starts[run.t] + timedelta(days=round(days))
    if stated is not None and stated != due:
        report.fail("recipes", *where, "Available Date", stated, "≠", due)


Group = tuple[object, int]
"""What is set up together, a recipe or a family, and the period."""


def _groups(world: World) -> dict[Group, list[Run]]:
    found: dict[Group, list[Run]] = defaultdict(list)
    for run in runs(world):
        recipe = run.recipe
        found[recipe.family or (recipe.code, recipe.place), run.t].append(run)
    return found


def _setups(world: World) -> None:
    """One setup where a recipe that needs one runs, one for all recipes of a family.

    Behind the integrality horizon it is the largest share of a full period.
    """
    report, recipes = world.report, world.supply.recipes
    for (_, t), together in _groups(world).items():
        recipe = together[0].recipe
        where = (recipe.text("Family") or recipe.code, recipe.place, world.horizon.ids[t])
        count = math.fsum(run.setups for run in together)
        shares = [recipes.share(run.recipe, t, run.quantity) for run in together]
        if recipes.is_set_up(recipe) and shares[0] is not None:
            wanted = max(share for share in shares if share is not None)
            report.equal("lines", count, wanted, *where, "Setups")
            continue
        if any(recipes.is_set_up(run.recipe) for run in together):
            report.at_most("lines", count, 1.0, *where, "Setups")
            report.equal("lines", count, round(count), *where, "Setups")
            least = float(any(run.quantity > FLOW for run in together))
            report.at_most("lines", least - count, 0.0, *where, "Setups")
        else:
            report.at_most("lines", count, 0.0, *where, "Setups")


def hours_used(world: World) -> dict[Line, list[float]]:
    """Return the hours of every resource, setups as often as the plan counts them."""
    recipes = world.supply.recipes
    used: dict[Line, list[float]] = {line: world.plan.nothing() for line in recipes.lines}
    for run in runs(world):
        for line, hours in _run_hours(world, run).items():
            if line in used:
                used[line][run.t] += hours
    return used


def _run_hours(world: World, run: Run) -> dict[Line, float]:
    needs = world.supply.recipes.needs(run.recipe)
    return {line: rate * run.quantity + setup * run.setups for line, (rate, setup) in needs.items()}


def _hours(world: World, used: dict[Line, list[float]]) -> None:
    """Hours within hours and overtime; the figures of CapacityUse."""
    plan, recipes = world.plan, world.supply.recipes
    wanted: Figures = defaultdict(list)
    shown: Figures = defaultdict(list)
    for (code, place), row in used.items():
        for t, when in enumerate(world.horizon.ids):
            normal = recipes.hours((code, place), t, "Hours")
            more = recipes.hours((code, place), t, "Overtime Hours")
            world.report.at_most("lines", row[t], normal + more, code, place, when, "Hours")
            wanted[code, place, when].append((row[t], normal, max(0.0, row[t] - normal)))
    for i in plan.good["CapacityUse"]:
        place, _, code, _, kind, _, when = plan.key("CapacityUse", i)
        if kind == "line":
            shown[code, place, when].append(use_figures(world, i))
    if recipes.known:
        compare_use(world, shown, wanted)


def _figures(world: World, used: dict[Line, list[float]]) -> None:
    """Runs on the rows of Production; Hours and Overtime: those of the first resource."""
    plan, recipes, texts = world.plan, world.supply.recipes, world.plan.tables["Production"].texts
    for run in runs(world):
        line = run.recipe.line
        mine = _run_hours(world, run)[line] if line is not None else 0.0
        over = 0.0
        if line is not None and line in used and used[line][run.t] > 0:
            total = used[line][run.t]
            over = max(0.0, total - recipes.hours(line, run.t, "Hours")) * mine / total
        where = (run.recipe.code, run.recipe.place, world.horizon.ids[run.t])
        times = run.quantity / run.recipe.number("Output Qty", 1.0)
        for column, wanted in (("Hours", mine), ("Overtime", over), ("Runs", times)):
            if column in texts:
                found = plan.number("Production", column, run.row)
                world.report.equal("lines", found, wanted, *where, column)


def charge_production(world: World, lines: Ledger) -> None:
    """production per gross unit, setup per setup, overtime per hour, line fixed per period.

    Behind the integrality horizon a line is paid by the share of all its hours that is used.
    """
    recipes = world.supply.recipes
    busy: set[tuple[Line, int]] = set()
    for run in runs(world):
        recipe, t = run.recipe, run.t
        made = (recipe.place, recipe.output, t)
        lines["production", *made] += recipe.number("Unit Cost") * run.quantity
        setup = recipes.setup(recipe, "Setup Cost") * run.setups
        product = recipe.output if recipe.family is None else ""
        lines["setup", recipe.place, product, t] += setup
        if run.quantity > FLOW:
            busy |= {(line, t) for line in recipes.needs(recipe)}
    for line, row in hours_used(world).items():
        for t, used in enumerate(row):
            over = used - recipes.hours(line, t, "Hours")
            if over > 0:
                price = recipes.hours(line, t, "Overtime Cost")
                lines["overtime", line[1], "", t] += price * over
            fixed = recipes.hours(line, t, "Fixed Cost")
            if not world.case.integral[t] and recipes.rated(line):
                there = recipes.hours(line, t, "Hours") + recipes.hours(line, t, "Overtime Hours")
                lines["line fixed", line[1], "", t] += fixed * used / there if there else 0.0
            elif (line, t) in busy:
                lines["line fixed", line[1], "", t] += fixed
