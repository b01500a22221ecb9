"""Production in the reference model (F10, F11): recipes, setups, families, batches, hours."""

from typing import Any

from program import INF, Program, Term

Row = dict[str, Any]
Pair = tuple[str, str]


class Production:
    """Columns of what is made; ``Reference`` balances what goes in and comes out."""

    study: Any
    program: Program
    T: int
    large: float
    made: dict[tuple[Pair, int], list[Term]]
    used: dict[tuple[Pair, int], list[Term]]
    entered: dict[tuple[str, int], list[Term]]
    runs: dict[tuple[str, str, int], int]
    released: list[tuple[str, int, int]]

    def _production(self) -> None:
        self.work: dict[tuple[str, str, int], list[Term]] = {}
        self.paid: dict[tuple[str, str, int], int] = {}
        recipes = self.study.rows("Recipes")
        for t in range(self.T):
            self._make_lines(t)
            shared: dict[tuple[str, str, str], int] = {}
            for recipe in recipes:
                self._make_recipe(recipe, t, shared)
        for (resource, place, t), terms in self.work.items():
            self._make_hours(resource, place, t, terms)

    def _make_lines(self, t: int) -> None:
        for resource, place in {
            (r["Resource"], r["Location"]) for r in self.study.rows("Resources")
        }:
            fixed = self.study.hours(resource, place, t, "Fixed Cost")
            if fixed:
                exact = self.study.is_whole(t) or not self._rated(resource, place)
                column = self.program.column(high=1.0, cost=fixed, whole=exact, paid=(place, t))
                self.paid[resource, place, t] = column

    def _rated(self, resource: str, place: str) -> bool:
        """Whether every recipe that names a resource takes hours of it by the unit."""
        here = [row for row in self.study.rows("Recipes") if row["Location"] == place]
        works = [self.study.work(row) for row in here]
        return all(work[resource][0] > 0 for work in works if resource in work)

    def _make_recipe(self, recipe: Row, t: int, shared: dict[tuple[str, str, str], int]) -> None:
        study, program, place = self.study, self.program, recipe["Location"]
        room = study.room(recipe, t)
        parts = study.goes_in(recipe)
        there = all(study.most(place, part, t) > 0 for part in parts)  # a circle may start nowhere
        cost, most = recipe.get("Unit Cost") or 0.0, room if there else 0.0
        made = program.column(high=most, cost=cost, paid=(place, t))
        for part, units in parts.items():
            self.used.setdefault(((place, part), t), []).append((units, made))
        self.released.append((place, t, made))
        self.runs[recipe["Recipe"], place, t] = made
        due = study.ready(recipe, t)
        for output, units in study.comes_out(recipe).items():
            self.made.setdefault(((place, output), due), []).append((units, made))
            self.entered.setdefault((output, t), []).append((units, made))
        if recipe.get("Batch Multiple") and study.is_whole(t):
            lots = program.column(whole=True)
            program.row([(1, made), (-recipe["Batch Multiple"], lots)], low=0, high=0)
        runs = self._make_switch(recipe, t, made, min(room, self.large), shared)
        for resource, (rate, setup) in study.work(recipe).items():
            terms = self.work.setdefault((resource, place, t), [])
            terms.append((rate, made))
            terms += [(setup, runs)] if runs is not None else []
            exact = study.is_whole(t) or not self._rated(resource, place)
            if (resource, place, t) in self.paid and exact:
                paid = self.paid[resource, place, t]
                program.row([(1, made), (-min(room, self.large), paid)], high=0)

    def _make_switch(
        self,
        recipe: Row,
        t: int,
        made: int,
        most: float,
        shared: dict[tuple[str, str, str], int],
    ) -> int | None:
        """The binary of the setup that the recipe has to count; a family counts it once."""
        study, program = self.study, self.program
        cost = study.setup(recipe, "Setup Cost")
        least = recipe.get("Min Batch") if study.is_whole(t) else None
        needs = cost or any(setup for _, setup in study.work(recipe).values())
        if least:
            runs = program.column(high=1.0, whole=True)
            program.row([(1, made), (-most, runs)], high=0)
            program.row([(1, made), (-least, runs)], low=0)
        if not needs:
            return None
        key = (recipe["Location"], recipe.get("Family") or "", recipe.get("Resource") or "")
        alone = not recipe.get("Family")
        first = alone or key not in shared
        room = study.room(recipe, t)
        exact = study.is_whole(t) or any(
            study.room(one, t) == INF for one in study.together(recipe)
        )
        if first:
            paid = (recipe["Location"], t)
            shared[key] = program.column(high=1.0, cost=cost, whole=exact, paid=paid)
        full = min(room, self.large) if exact else room
        program.row([(1, made), (-full, shared[key])], high=0)
        return shared[key] if first else None

    def _make_hours(self, resource: str, place: str, t: int, terms: list[Term]) -> None:
        hours = self.study.hours(resource, place, t, "Hours")
        more = self.study.hours(resource, place, t, "Overtime Hours")
        price = self.study.hours(resource, place, t, "Overtime Cost")
        late = self.program.column(high=more, cost=price, paid=(place, t))
        self.program.row([*terms, (-1, late)], high=hours)
        if (resource, place, t) in self.paid and not self.study.is_whole(t):
            if self._rated(resource, place):
                paid = self.paid[resource, place, t]
                self.program.row([*terms, (-(hours + more), paid)], high=0)

    def _blow_up(self) -> float:
        """How many times more components than goods there may be, for the largest quantity."""
        rows = self.study.rows("RecipeInputs")
        most = max((row["Quantity"] * (1 + (row.get("Scrap") or 0)) for row in rows), default=0)
        least = min((self.study.good(row) for row in self.study.rows("Recipes")), default=1)
        return float((1 + most / least) ** 2) if self.study.rows("Recipes") else 1.0
