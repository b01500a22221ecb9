"""Recipes as a study states them, and what follows: what can be made, and what is needed for it.

Explicit codes only: one row of Recipes per recipe and location.
"""

import math
from typing import Any

Row = dict[str, Any]
Place = tuple[str, str]
INF = math.inf


class Making:
    """Part of a study that knows recipes and the hours of resources."""

    T: int
    periods: list[str]
    products: dict[str, Row]

    def rows(self, sheet: str) -> list[Row]:
        raise NotImplementedError

    def arrival(self, t: int, lead: float) -> int:
        raise NotImplementedError

    def works(self, place: str, t: int) -> bool:
        raise NotImplementedError

    def supplied(self, product: str, t: int) -> bool:
        raise NotImplementedError

    def holds_stock(self, place: str) -> bool:
        raise NotImplementedError

    def too_late(self, due: int) -> bool:
        raise NotImplementedError

    # --- what the sheets say ------------------------------------------------------------------

    def goes_in(self, recipe: Row) -> dict[str, float]:
        """Units of every component per gross unit."""
        return {
            row["Component"]: row["Quantity"] * (1 + (row.get("Scrap") or 0.0))
            for row in self.rows("RecipeInputs")
            if row["Recipe"] == recipe["Recipe"] and row.get("Co Product") != "Y"
        }

    def comes_out(self, recipe: Row) -> dict[str, float]:
        """Units of output and co-products per gross unit."""
        beside = {
            row["Component"]: row["Quantity"]
            for row in self.rows("RecipeInputs")
            if row["Recipe"] == recipe["Recipe"] and row.get("Co Product") == "Y"
        }
        return {recipe["Output"]: self.good(recipe), **beside}

    def good(self, recipe: Row) -> float:
        stated = recipe.get("Yield")
        return 1.0 if stated is None else float(stated)

    def hours(self, resource: str, place: str, t: int, column: str) -> float:
        """A number of a resource: a row of the period goes before one without."""
        found = 0.0
        for only in (False, True):
            for row in self.rows("Resources"):
                mine = (row["Resource"], row["Location"]) == (resource, place)
                when = row.get("Period")
                fits = str(when) == self.periods[t] if only else when is None
                if mine and fits and row.get(column) is not None:
                    found = float(row[column])
        return found

    def together(self, recipe: Row) -> list[Row]:
        """Recipes that share a setup: those of its family, location and line, else it alone."""
        if not recipe.get("Family"):
            return [recipe]
        same = ("Family", "Location", "Resource")
        return [
            row
            for row in self.rows("Recipes")
            if all(row.get(column) == recipe.get(column) for column in same)
        ]

    def setup(self, recipe: Row, column: str) -> float:
        return max(row.get(column) or 0.0 for row in self.together(recipe))

    def work(self, recipe: Row) -> dict[str, tuple[float, float]]:
        """Hours per unit and per setup of every resource."""
        found = {}
        if recipe.get("Resource"):
            rate = recipe.get("Hours Per Unit") or 0.0
            found[recipe["Resource"]] = (rate, self.setup(recipe, "Setup Hours"))
        here = {
            r["Resource"] for r in self.rows("Resources") if r["Location"] == recipe["Location"]
        }
        for row in self.rows("RecipeResources"):
            if row["Recipe"] == recipe["Recipe"] and row["Resource"] in here:
                hours = row.get("Hours Per Unit") or 0.0, row.get("Setup Hours") or 0.0
                found[row["Resource"]] = hours
        return found

    def ready(self, recipe: Row, t: int) -> int:
        return self.arrival(t, recipe.get("Lead Time") or 0)

    def room(self, recipe: Row, t: int) -> float:
        """Most of a period: Max, hours behind the setup, whole batches; 0 where it cannot run."""
        place, due = recipe["Location"], self.ready(recipe, t)
        if not self.supplied(recipe["Output"], t):
            return 0.0
        if self.too_late(due):
            return 0.0
        if not self.works(place, t) or not (self.works(place, due) or self.holds_stock(place)):
            return 0.0
        most = INF if recipe.get("Max") is None else float(recipe["Max"])
        for resource, (rate, setup) in self.work(recipe).items():
            left = sum(self.hours(resource, place, t, c) for c in ("Hours", "Overtime Hours"))
            left -= setup
            if left < 0:
                return 0.0
            most = min(most, left / rate if rate else INF)
        lot = recipe.get("Batch Multiple")
        if lot and most < INF:
            most = lot * math.floor(most / lot + 1e-9)
        return most if most >= (recipe.get("Min Batch") or 0.0) else 0.0

    # --- what follows -------------------------------------------------------------------------

    def made_by(self, place: str, product: str) -> list[Row]:
        return [
            row
            for row in self.rows("Recipes")
            if row["Location"] == place and product in self.comes_out(row)
        ]

    def released(self, recipe: Row, t: int) -> list[int]:
        """Periods whose releases are there by the end of t."""
        return [u for u in range(t + 1) if self.room(recipe, u) > 0 and self.ready(recipe, u) <= t]

    def chosen(self) -> list[Row]:
        """The cheapest recipe of every output: processing and parts, less co-products."""
        best: dict[Place, tuple[float, str, Row]] = {}
        for row in self.rows("Recipes"):
            if not any(self.room(row, t) > 0 for t in range(self.T)):
                continue
            cost = row.get("Unit Cost") or 0.0
            cost += sum(n * self.products[p]["Unit Value"] for p, n in self.goes_in(row).items())
            beside = {p: n for p, n in self.comes_out(row).items() if p != row["Output"]}
            cost -= sum(n * self.products[p]["Unit Value"] for p, n in beside.items())
            key = (row["Location"], row["Output"])
            offer = (cost / self.good(row), row["Recipe"], row)
            if key not in best or offer[:2] < best[key][:2]:
                best[key] = offer
        return [row for _, _, row in best.values()]

    def uses(self, fed: set[tuple[Place, Place]]) -> list[tuple[Place, Place, float, Row]]:
        """Part, output, units per good unit and recipe; kits and their parts are left out.

        ``fed`` are places that feed each other by lanes.
        """
        found = []
        for row in self.chosen():
            output = (row["Location"], row["Output"])
            for part, units in self.goes_in(row).items():
                found.append(((row["Location"], part), output, units / self.good(row), row))
        links = fed | {(part, output) for part, output, _, _ in found}
        around = self._around(links)
        return [use for use in found if not (use[0] in around and use[1] in around)]

    def _around(self, links: set[tuple[Place, Place]]) -> set[Place]:
        """Places on a circle of links or between two: neither first nor last of any way."""
        while True:
            begin, end = {a for a, _ in links}, {b for _, b in links}
            inner = {(a, b) for a, b in links if a in end and b in begin}
            if inner == links:
                return begin
            links = inner
