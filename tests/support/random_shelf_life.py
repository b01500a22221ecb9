"""Shelf lives, drawn for a random network: lots, remaining lives, claims of classes, maturing."""

from datetime import date, timedelta
from random import Random
from typing import Any

from random_policies import FIRST, Row, Sheets


class ShelfLife:
    """One step of drawing; it has a source of chance of its own."""

    seed: int
    kind: str
    T: int
    products: list[str]
    start: list[date]
    modes: dict[str, str]
    short: Sheets
    long: Sheets
    features: set[str]

    def _shelf_life(self) -> None:
        rng = Random(f"{self.seed}-shelf life")
        if rng.random() > 0.3:
            return
        if "must" in self.modes.values() and rng.random() < 0.7:
            return
        self.features.add("shelf life")
        self.ageless = {
            row.get("Return Product") or row["Product"] for row in self.long.get("Returns", [])
        }
        longest = max((b - a).days for a, b in zip(self.start, self.start[1:], strict=False))
        lives: dict[str, int] = {}
        for product in self.products:
            if rng.random() < 0.8 and product not in self.ageless:
                lives[product] = rng.randint(longest, longest * (self.T + 1))
        self._on_products(rng, lives, longest)
        self._on_lots(rng, lives)
        self._on_orders(rng)
        if rng.random() < 0.4:
            self._on_supply(rng, lives, longest)
        if lives and rng.random() < 0.5:
            self._on_classes(rng, lives)

    def _lifecycle(self) -> None:
        """One product may end within the plan, and be phased out with its end."""
        rng = Random(f"{self.seed}-lifecycle")
        if rng.random() > 0.15:
            return
        length = (self.start[-1] - FIRST).days
        rows = rng.choice(self._each("Products"))
        end = FIRST + timedelta(days=rng.randint(0, length + 2))
        self._set(rows, **{"End Of Life": str(end)})
        self.features.add("end of life")
        if rng.random() < 0.7:
            self.features.add("phase-out")
            self._set(rows, Lifecycle="phase-out")

    def _each(self, sheet: str) -> list[tuple[Row, Row]]:
        """Rows of a sheet that both ways of writing share, in the same order."""
        pairs = zip(self.short.get(sheet, []), self.long.get(sheet, []), strict=True)
        return list(pairs)

    def _set(self, rows: tuple[Row, Row], **cells: Any) -> None:
        for row in rows:
            row.update(cells)

    def _on_products(self, rng: Random, lives: dict[str, int], longest: int) -> None:
        for rows in self._each("Products"):
            life = lives.get(rows[0]["Product"])
            if life:
                self._set(rows, **{"Shelf Life": life})
            if life and rng.random() < 0.5:
                self.features.add("scrap cost")
                self._set(rows, **{"Scrap Cost": rng.choice((0, 1, 3))})
            ages = rows[0]["Product"] not in self.ageless
            if ages and rng.random() < 0.2 and (life or 99) > longest:
                self.features.add("maturation")
                most = min((life or 99) - 1, 2 * longest)
                self._set(rows, Maturation=rng.randint(1, most))

    def _on_lots(self, rng: Random, lives: dict[str, int]) -> None:
        """Dates of opening stock; a row without Blocked may become two lots."""
        length = (self.start[-1] - FIRST).days
        ripens = {row["Product"] for row in self.long["Products"] if row.get("Maturation")}
        for rows in self._each("OpeningStock"):
            row = rows[0]
            if row["Quantity"] <= 0 or row["Product"] in self.ageless:
                continue
            dated = row["Product"] in lives
            kind = rng.choice(
                ("none", "expiry", "made", "received") if dated else ("none", "expiry")
            )
            if not dated and (row["Product"] in ripens or rng.random() < 0.5):
                kind = "none"
            first = self._date(rng, kind, lives.get(row["Product"], 0), length)
            two = kind == "expiry" and not row.get("Blocked") and row["Quantity"] > 1
            if two and rng.random() < 0.5:
                self.features.add("two lots")
                part = rng.randint(1, row["Quantity"] - 1)
                other = {**row, "Quantity": row["Quantity"] - part}
                other |= self._date(rng, kind, lives.get(row["Product"], 0), length)
                if other.get("Expiry Date") != first.get("Expiry Date"):
                    self._set(rows, Quantity=part)
                    self.short["OpeningStock"].append(dict(other))
                    self.long["OpeningStock"].append(dict(other))
            self._set(rows, **first)

    def _date(self, rng: Random, kind: str, life: int, length: int) -> Row:
        if kind == "none":
            return {}
        if kind == "expiry":
            self.features.add("expiry date of a lot")
            return {"Expiry Date": str(FIRST + timedelta(days=rng.randint(-1, length + 4)))}
        column = {"made": "Production Date", "received": "Received Date"}[kind]
        self.features.add(f"{column} of a lot")
        return {column: str(FIRST - timedelta(days=rng.randint(0, life)))}

    def _on_orders(self, rng: Random) -> None:
        ripens = {row["Product"] for row in self.long["Products"] if row.get("Maturation")}
        living = {row["Product"] for row in self.long["Products"] if row.get("Shelf Life")}
        for rows in self._each("InTransit"):
            row = rows[0]
            known = row["Product"] in living or row["Product"] not in ripens | self.ageless
            if known and not row.get("Ship Date") and rng.random() < 0.5:
                self.features.add("expiry date of an order")
                due = date.fromisoformat(row["Due Date"])
                day = str(due + timedelta(days=rng.randint(0, 20)))
                self._set(rows, **{"Expiry Date": day})

    def _on_supply(self, rng: Random, lives: dict[str, int], longest: int) -> None:
        """Remaining Life on the rows for all products of a place, so only where all have lives."""
        ripens = {row["Product"] for row in self.long["Products"] if row.get("Maturation")}
        if ripens - set(lives) or self.ageless or not self.short.get("Supply"):
            return
        self.features.add("remaining life")
        place = rng.choice([row["Location"] for row in self.short["Supply"]])
        left = rng.randint(longest, 3 * longest)
        for sheets in (self.short, self.long):
            for row in sheets["Supply"]:
                if row["Location"] == place:
                    row["Remaining Life"] = left

    def _on_classes(self, rng: Random, lives: dict[str, int]) -> None:
        for rows in self._each("ServiceClasses"):
            if rng.random() < 0.6:
                self.features.add("minimum life of a class")
                most = min(lives.values())
                self._set(rows, **{"Min Remaining Life": rng.randint(1, most)})
            if len(lives) == len(self.products) and rng.random() < 0.4:
                self.features.add("minimum share of life")
                self._set(rows, **{"Min Life Share": rng.choice((0.25, 0.5, 0.75))})
