"""Recipes, lines and changeovers drawn for a random network (F10, F11)."""

from random import Random
from typing import Any

Row = dict[str, Any]
Sheets = dict[str, list[Row]]


class Production:
    """One step of drawing; it has a source of chance of its own."""

    seed: int
    kind: str
    T: int
    tier: dict[str, str]
    products: list[str]
    holding: list[str]
    names: list[str]
    short: Sheets
    long: Sheets
    features: set[str]

    def _leads(self) -> tuple[int, ...]:
        raise NotImplementedError

    def _settled(self, code: str) -> bool:
        raise NotImplementedError

    def both(self, sheet: str, *rows: Row) -> None:
        raise NotImplementedError

    def _production(self) -> None:
        rng = Random(f"{self.seed}-production")
        places = [code for code in self.holding if self._makes(code)]
        if not places or rng.random() > 0.3:
            return
        self.features.add("recipes")
        self.draw, self.lines = rng, set[str]()
        code = rng.choice(places)
        alike = [one for one in places if self.tier[one] == self.tier[code]]
        where, here = (code, [code]) if rng.random() < 0.6 else (f"Tier={self.tier[code]}", alike)
        if len(alike) < sum(tier == self.tier[code] for tier in self.tier.values()):
            where, here = code, [code]
        for place in here:
            self._make_lines(place)
        circular = len(self.products) > 1 and "hard safety stock" not in self.features
        if circular and rng.random() < 0.25:
            self._make_kit(where, here)
            return
        for number in range(rng.choice((1, 2, 2, 3))):
            self._make_recipe(f"R{number}", where, here)

    def _makes(self, code: str) -> bool:
        """Whether something may be made at a place.

        Not where a limit gives way to what recipes leave of today's stock, nor where a source of
        several ranks has to be used up: what it makes would have no end.
        """
        ranks = (row for row in self.long.get("Sourcing", []) if row["Rule"] == "priority")
        if any(row["From"] == code for row in ranks):
            return False
        if "hard max stock" in self.features and code == self.holding[-1]:
            return False
        kept = {
            row["Location"] for row in self.long.get("Capacity", []) if row["Kind"] == "storage"
        }
        return code not in kept or not self._settled(code)

    # --- lines --------------------------------------------------------------------------------

    def _make_lines(self, place: str) -> None:
        """A line of the place, and perhaps a crew; a period may have other hours."""
        rng = self.draw
        row: Row = {"Resource": "LINE", "Location": place, "Hours": rng.randint(4, 16)}
        if rng.random() < 0.4:
            self.features.add("overtime")
            row |= {"Overtime Hours": rng.randint(1, 5), "Overtime Cost": rng.randint(0, 8) / 4}
        if rng.random() < 0.3:
            self.features.add("fixed cost of a line")
            row["Fixed Cost"] = rng.randint(2, 12)
        self.both("Resources", row)
        if rng.random() < 0.4:
            self.features.add("hours by period")
            other = {"Resource": "LINE", "Location": place, "Period": rng.choice(self.names)}
            self.both("Resources", {**other, "Hours": rng.choice((0, 3, 9))})
        if rng.random() < 0.3:
            self.lines.add("CREW")
            self.both("Resources", {"Resource": "CREW", "Location": place, "Hours": 12})

    # --- recipes ------------------------------------------------------------------------------

    def _make_recipe(self, code: str, where: str, here: list[str]) -> None:
        """One recipe; parts come behind its output in the list, so nothing runs in a circle."""
        rng = self.draw
        at = rng.randrange(len(self.products))
        behind = self.products[at + 1 :]
        parts = rng.sample(behind, rng.randint(0, min(2, len(behind)))) if behind else []
        row: Row = {"Output": self.products[at], "Unit Cost": rng.randint(0, 8) / 4}
        row["Unit Cost"] += int(code[1:]) / 1000
        row["Lead Time"] = rng.choice(self._leads())
        if rng.random() < 0.3:
            self.features.add("yield of a recipe")
            row["Yield"] = 0.8
        self._make_limits(row, parts)
        if "CREW" in self.lines and "Family" not in row and rng.random() < 0.6:
            self.features.add("further resource")
            hours = {"Hours Per Unit": 0.5, "Setup Hours": rng.choice((None, 1))}
            self.both("RecipeResources", {"Recipe": code, "Resource": "CREW", **hours})
        self._make_at(code, where, here, row)
        self._make_of(code, at, parts)

    def _make_limits(self, row: Row, parts: list[str]) -> None:
        """What a recipe may make in a period, and what a run costs."""
        rng = self.draw
        if not parts or rng.random() < 0.7:
            row |= {"Resource": "LINE", "Hours Per Unit": rng.choice((0.25, 0.5, 1, 2))}
        if rng.random() < 0.3:
            self.features.add("most of a recipe")
            row["Max"] = rng.randint(3, 12)
        if rng.random() < 0.25:
            self.features.add("least batch")
            row["Min Batch"] = rng.randint(2, min(5, row.get("Max", 5)))
        if rng.random() < 0.25:
            self.features.add("batch multiple")
            row["Batch Multiple"] = rng.choice((1.5, 2, 3))
        if "Resource" in row and rng.random() < 0.35:
            self.features.add("changeover family")
            row["Family"] = "ink"
            first = not any(one.get("Family") for one in self.long.get("Recipes", []))
            if first:
                row |= {"Setup Cost": rng.randint(1, 9), "Setup Hours": rng.choice((0, 1, 2))}
        elif rng.random() < 0.5:
            self.features.add("setup")
            row["Setup Cost"] = rng.randint(1, 9)
            if "Resource" in row and rng.random() < 0.6:
                row["Setup Hours"] = rng.choice((0.5, 1, 2))

    def _make_at(self, code: str, where: str, here: list[str], row: Row) -> None:
        """Recipes by selector in the short tables, one row per place in the long ones."""
        rng, special = self.draw, {}
        self.short.setdefault("Recipes", []).append({"Recipe": code, "Location": where, **row})
        if len(here) > 1 and rng.random() < 0.5:
            self.features.add("a place's own recipe row")
            special = {"Output": row["Output"], "Unit Cost": row["Unit Cost"] + 0.5}
            own = {"Recipe": code, "Location": here[0], **special}
            self.short["Recipes"].append(own)
        for place in here:
            more = special if place == here[0] else {}
            both = {"Recipe": code, "Location": place, **row, **more}
            self.long.setdefault("Recipes", []).append(both)

    def _make_of(self, code: str, at: int, parts: list[str]) -> None:
        rng = self.draw
        for part in parts:
            row: Row = {"Recipe": code, "Component": part, "Quantity": rng.choice((0.5, 1, 2))}
            if rng.random() < 0.5:
                self.features.add("scrap")
                row["Scrap"] = 0.25
            self.both("RecipeInputs", row)
        first = min((self.products.index(part) for part in parts), default=len(self.products))
        others = [p for p in self.products[:first] if p != self.products[at]]
        if others and rng.random() < 0.3:
            self.features.add("co-product")
            more = {"Quantity": rng.choice((0.5, 1)), "Co Product": "Y"}
            self.both("RecipeInputs", {"Recipe": code, "Component": rng.choice(others), **more})

    def _make_kit(self, where: str, here: list[str]) -> None:
        """Two of a product make one of another, and fall apart again."""
        self.features.add("kit and parts")
        kit, part = self.draw.sample(self.products, 2)
        for code, output, component, units in (("PACK", kit, part, 2), ("OPEN", part, kit, 0.5)):
            row: Row = {"Output": output, "Unit Cost": self.draw.randint(1, 4) / 4}
            if self.draw.random() < 0.4:
                row["Setup Cost"] = self.draw.randint(1, 6)
            self._make_at(code, where, here, row)
            self.both("RecipeInputs", {"Recipe": code, "Component": component, "Quantity": units})
