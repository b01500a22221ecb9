"""What the sheets of production say: recipes at their locations, materials, hours, families."""

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from tierstock.outputs.audit.case import Case, Pair
from tierstock.outputs.audit.values import flag
from tierstock.outputs.audit.words import Record

Line = tuple[str, str]
"""Resource and location."""
Node = TypeVar("Node")


@dataclass
class Recipe:
    """A recipe at one location; each cell from its most specific row that fills it."""

    code: str
    place: str
    rows: list[Record]
    """Rows that speak of it, the most specific first."""
    inputs: dict[str, float] = field(default_factory=dict)
    """(1 + Scrap) x Quantity by component."""
    beside: dict[str, float] = field(default_factory=dict)
    """Quantity by co-product."""
    further: dict[Line, tuple[float, float]] = field(default_factory=dict)
    """Hours per unit and per setup of further resources."""

    def text(self, column: str) -> str:
        """Return the winning text of a column."""
        return next((row.text(column) for row in self.rows if row.text(column)), "")

    def number(self, column: str, default: float = 0.0) -> float:
        """Return the winning number of a column."""
        return next((row.number(column) for row in self.rows if row.text(column)), default)

    @cached_property
    def output(self) -> str:
        """Product that is made."""
        return self.text("Output")

    @cached_property
    def outputs(self) -> dict[str, float]:
        """Good units and co-products by product, per gross unit."""
        good = self.number("Yield", 1.0)
        return {**({self.output: good} if good > 0 else {}), **self.beside}

    @cached_property
    def line(self) -> Line | None:
        """First resource."""
        code = self.text("Resource")
        return (code, self.place) if code else None

    @property
    def family(self) -> tuple[str, str, Line | None] | None:
        """Changeover family: one for its location and first resource."""
        name = self.text("Family")
        return (self.place, name, self.line) if name else None


class Recipes:
    """All recipes, and the resources with their hours."""

    def __init__(self, case: Case) -> None:
        """Expand the locations of every row; then materials, resources and families."""
        self.case = case
        self.known: dict[tuple[str, str], Recipe] = {}
        ranked: dict[tuple[str, str], list[tuple[int, Record]]] = {}
        for row in case.rows("Recipes"):
            for place, rank in case.of_location.ranked(row.text("Location")).items():
                ranked.setdefault((row.text("Recipe"), place), []).append((rank, row))
        for (code, place), rows in sorted(ranked.items()):
            rows.sort(key=lambda pair: -pair[0])
            self.known[code, place] = Recipe(code, place, [row for _, row in rows])
        self.lines: dict[Line, list[tuple[dict[str, int], Record]]] = {}
        for row in case.rows("Resources"):
            when = case.of_period.ranked(row.text("Period"))
            line = (row.text("Resource"), row.text("Location"))
            self.lines.setdefault(line, []).append((when, row))
        self._materials()
        self.members: dict[tuple[str, str, Line | None], list[Recipe]] = {}
        for recipe in self.known.values():
            if recipe.family is not None:
                self.members.setdefault(recipe.family, []).append(recipe)
        self.places = {place for _, place in self.known}
        self.users: dict[Pair, list[Recipe]] = {}
        """Recipes by place and component."""
        for recipe in self.known.values():
            for product in recipe.inputs:
                self.users.setdefault((recipe.place, product), []).append(recipe)

    def _materials(self) -> None:
        for recipe in self.known.values():
            for row in self.case.rows("RecipeInputs"):
                product, quantity = row.text("Component"), row.number("Quantity")
                if row.text("Recipe") != recipe.code or not quantity:
                    continue
                if flag(row.text("Co Product"), False):
                    recipe.beside[product] = quantity
                else:
                    recipe.inputs[product] = quantity * (1.0 + row.number("Scrap", 0.0))
            for row in self.case.rows("RecipeResources"):
                line = (row.text("Resource"), recipe.place)
                if row.text("Recipe") == recipe.code and line in self.lines:
                    hours = row.number("Hours Per Unit", 0.0), row.number("Setup Hours", 0.0)
                    recipe.further[line] = hours

    def hours(self, line: Line, t: int, column: str) -> float:
        """Return a number of a resource in a period: its most specific row; 0 where none speaks."""
        name = self.case.horizon.ids[t]
        found = [
            (when[name], row.number(column))
            for when, row in self.lines.get(line, ())
            if name in when and row.text(column)
        ]
        return max(found, key=lambda pair: pair[0])[1] if found else 0.0

    def setup(self, recipe: Recipe, column: str) -> float:
        """Return Setup Cost or Setup Hours, of its family where it has one."""
        if recipe.family is None:
            return recipe.number(column)
        return max(member.number(column) for member in self.members[recipe.family])

    def needs(self, recipe: Recipe) -> dict[Line, tuple[float, float]]:
        """Return hours per unit and per setup by resource."""
        found = dict(recipe.further)
        if recipe.line is not None:
            found[recipe.line] = recipe.number("Hours Per Unit"), self.setup(recipe, "Setup Hours")
        return found

    def rated(self, line: Line) -> bool:
        """Tell whether every recipe that names a resource takes hours of it by the unit."""
        rates = [
            self.needs(recipe)[line][0] for recipe in self.known.values() if self.has(recipe, line)
        ]
        return all(rate > 0 for rate in rates)

    def has(self, recipe: Recipe, line: Line) -> bool:
        """Tell whether a recipe names a resource."""
        return line in self.needs(recipe)

    def is_set_up(self, recipe: Recipe) -> bool:
        """Tell whether a run of the recipe needs a setup."""
        hours = any(setup > 0 for _, setup in self.needs(recipe).values())
        return hours or self.setup(recipe, "Setup Cost") > 0

    def due(self, recipe: Recipe, t: int) -> int:
        """Return the period in which what is released can be used."""
        return self.case.horizon.arrival(t, recipe.number("Lead Time"))

    def is_open(self, recipe: Recipe, t: int) -> bool:
        """Tell whether the place is open at release, and open or keeping stock afterwards.

        Nothing is made of a product that is no longer supplied, nor for the time behind the
        horizon where the settings forbid it.
        """
        case, place = self.case, recipe.place
        due = self.due(recipe, t)
        if due == len(case.horizon) and not case.late:
            return False
        if not case.supplied(recipe.output, t):
            return False
        kept = due < len(case.horizon) and case.keeps(place, due)
        return case.is_open(place, t) and (case.is_open(place, due) or kept)

    def most(self, recipe: Recipe, t: int) -> float:
        """Return the most of a period by Max, hours and batches; 0 where it cannot run."""
        found = recipe.number("Max", math.inf) if self.is_open(recipe, t) else 0.0
        for line, (rate, setup) in self.needs(recipe).items():
            room = self.hours(line, t, "Hours") + self.hours(line, t, "Overtime Hours") - setup
            if room < 0:
                return 0.0
            found = min(found, room / rate if rate > 0 else math.inf)
        multiple, least = recipe.number("Batch Multiple"), recipe.number("Min Batch")
        if multiple > 0 and found < math.inf:
            found = math.floor(found / multiple + 1e-9) * multiple
        return found if found >= least * (1 - 1e-9) else 0.0

    def share(self, recipe: Recipe, t: int, quantity: float) -> float | None:
        """Return the setup behind the integrality horizon: the share of the most of the period.

        None where a setup is whole: inside the horizon, and where nothing bounds a period (F36).
        """
        if self.case.integral[t]:
            return None
        together = [recipe] if recipe.family is None else self.members[recipe.family]
        if any(self.most(one, t) == math.inf for one in together):
            return None
        most = self.most(recipe, t)
        return quantity / most if most > 0 else 0.0

    def runs(self, recipe: Recipe) -> list[int]:
        """Return the periods in which a recipe can run at all."""
        return [t for t in range(len(self.case.horizon)) if self.most(recipe, t) > 0]

    def cheapest(self) -> list[Recipe]:
        """Return the cheapest recipe of every output at a place, by good unit (ruling 32).

        Of equal ones the first by code, as they are known in that order.
        """
        best: dict[Pair, tuple[float, Recipe]] = {}
        for recipe in self.known.values():
            good = recipe.number("Yield", 1.0)
            if good <= 0 or not self.runs(recipe):
                continue
            cost = recipe.number("Unit Cost") + self._worth(recipe.inputs)
            price = (cost - self._worth(recipe.beside)) / good
            key = (recipe.place, recipe.output)
            if key not in best or price < best[key][0]:
                best[key] = (price, recipe)
        return [found for _, found in best.values()]

    def _worth(self, goods: dict[str, float]) -> float:
        value = {p: self.case.products[p].number("Unit Value", 0.0) for p in goods}
        return math.fsum(value[product] * units for product, units in goods.items())

    @cached_property
    def circular(self) -> set[str]:
        """Return products on a circle of recipes, or between two: kits and their parts."""
        links = {
            (part, made)
            for recipe in self.known.values()
            for part in recipe.inputs
            for made in recipe.outputs
        }
        return ring(links)


def ring(links: set[tuple[Node, Node]]) -> set[Node]:
    """Return what lies on a circle of links, or between two circles."""
    kept = set(links)
    while True:
        starts, ends = {a for a, _ in kept}, {b for _, b in kept}
        fewer = {(a, b) for a, b in kept if a in ends and b in starts}
        if fewer == kept:
            return starts
        kept = fewer
