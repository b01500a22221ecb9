"""Budgets drawn for a random network."""

from random import Random

from random_policies import Row, Sheets

KINDS = ("capital", "capital", "capital", "spend", "freight", "carbon", "moves")


class Budgets:
    """One step of drawing; it has a source of chance of its own."""

    seed: int
    T: int
    names: list[str]
    tier: dict[str, str]
    products: list[str]
    short: Sheets
    long: Sheets
    features: set[str]

    def _budgets(self) -> None:
        rng = Random(f"{self.seed}-budgets")
        if rng.random() > 0.25:
            return
        for number in range(rng.choice((1, 1, 2))):
            row = {"Budget": f"B{number}", **self._granted(rng)}
            if row["Kind"] == "moves" and self._counted_by_order():
                continue
            self.features.add(f"{row['Kind']} budget")
            place = self._at(rng, row["Kind"])
            for sheets, text in zip((self.short, self.long), place, strict=True):
                sheets.setdefault("Budgets", []).append({**row, "Location": text})

    def _granted(self, rng: Random) -> Row:
        kind = rng.choice(KINDS)
        size = self._size(kind) * rng.choice((0.3, 0.6, 0.9, 1.2))
        if kind == "capital" and rng.random() < 0.5:
            self.features.add("budget near today's capital")
            size = self._bound_today() * rng.choice((0.5, 0.75, 0.95))
        row: Row = {
            "Kind": kind,
            "Limit": round(size, 2) if kind != "moves" else rng.choice((0, 1)),
        }
        averaging = rng.choice(("each period", "each period", "each period", "average", "end"))
        if averaging != "each period":
            row["Averaging"] = averaging
            self.features.add(f"budget {averaging}")
            if averaging == "end" and kind != "capital":
                row["Limit"] *= self.T
        each = rng.choice(("together", "together", "each location", "each company"))
        if kind in ("capital", "spend", "moves") and rng.random() < 0.3:
            each = rng.choice(("together", "each product"))
            row["Product"] = ",".join(rng.sample(self.products, rng.randint(1, len(self.products))))
        if each != "together":
            row["Each"] = each
            self.features.add(f"budget {each}")
        if kind == "capital" and rng.random() < 0.3:
            row["Include In Transit"] = "N"
        if rng.random() < 0.3:
            row["Hardness"] = "soft"
            self.features.add("soft budget")
            if rng.random() < 0.5:
                row["Penalty"] = rng.choice((0.05, 0.3))
        if rng.random() < 0.3:
            row["Period"] = ",".join(rng.sample(self.names, rng.randint(1, len(self.names))))
        return row

    def _size(self, kind: str) -> float:
        """What a budget of a kind may need in a period, roughly."""
        value = max(row["Unit Value"] for row in self.long["Products"])
        rows = self.long.get("Demand", [])
        wanted = sum(row.get("Quantity") or 0.0 for row in rows) / self.T
        there = sum(max(0.0, row["Quantity"]) for row in self.long.get("OpeningStock", []))
        return {
            "capital": value * (there + wanted) / 2,
            "spend": value * wanted / 2,
            "freight": 2 * wanted,
            "carbon": wanted,
            "moves": 1.0,
        }[kind]

    def _bound_today(self) -> float:
        """What stock and open orders are worth."""
        value = {row["Product"]: row["Unit Value"] for row in self.long["Products"]}
        rows = [*self.long.get("OpeningStock", []), *self.long.get("InTransit", [])]
        return sum(value[row["Product"]] * max(0.0, row["Quantity"]) for row in rows)

    def _counted_by_order(self) -> bool:
        return any(row.get("Count By") == "order" for row in self.long.get("TransferRules", []))

    def _at(self, rng: Random, kind: str) -> tuple[str | None, str | None]:
        """Everywhere, or some places: by their tier, and by their codes."""
        if rng.random() < 0.5:
            return None, None
        tier = rng.choice(sorted(set(self.tier.values())))
        return f"Tier={tier}", ",".join(sorted(c for c, one in self.tier.items() if one == tier))
