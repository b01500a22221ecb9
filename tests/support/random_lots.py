"""Least orders, whole lots and quotas of a random network."""

from random import Random

from random_policies import Row, Sheets


class Lots:
    """One step of drawing; it has a source of chance of its own."""

    seed: int
    tier: dict[str, str]
    short: Sheets
    long: Sheets
    features: set[str]

    def _lots(self) -> None:
        rng = Random(f"{self.seed}-lots")
        places = sorted({row["Location"] for row in self.long.get("Supply", [])})
        if places and rng.random() < 0.3:
            self._order_lots(rng, rng.choice(places))
        if self.long["Lanes"] and rng.random() < 0.25:
            self._shipment_lots(rng)
        ratios = any(row["Rule"] == "ratio" for row in self.long.get("Sourcing", []))
        if len(places) > 1 and not ratios and rng.random() < 0.5:
            self.features.add("quotas")
            share = rng.choice(({"Share Max": 0.5}, {"Share Min": 0.25}, {"Share Max": 0.75}))
            self._offer(rng.choice(places), share)

    def _order_lots(self, rng: Random, place: str) -> None:
        cells: Row = {}
        if rng.random() < 0.7:
            self.features.add("least orders")
            cells["MOQ"] = rng.randint(2, 6)
        if not cells or rng.random() < 0.5:
            self.features.add("order lots")
            cells["Order Multiple"] = rng.choice((2, 3))
        self._offer(place, cells)

    def _offer(self, place: str, cells: Row) -> None:
        """Say more of all a place sells; a row of one period inherits it."""
        for row in self.short["Supply"]:
            if row["Location"] == place and not row.get("Period"):
                row.update(cells)
        for row in self.long["Supply"]:
            if row["Location"] == place:
                row.update(cells)

    def _shipment_lots(self, rng: Random) -> None:
        self.features.add("shipment lots")
        lane = rng.choice([row for row in self.short["Lanes"] if row.get("Product") == "*"])
        lane["Order Multiple"] = rng.choice((2, 3, 4))
        ends = {
            (row["From"], row["To"], row.get("Mode"))
            for row in self.long["Lanes"]
            if row["Unit Cost"] == lane["Unit Cost"]
        }
        for row in self.long["Lanes"]:  # a product's own row inherits it
            if (row["From"], row["To"], row.get("Mode")) in ends:
                row["Order Multiple"] = lane["Order Multiple"]
