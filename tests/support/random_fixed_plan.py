"""Decisions already taken, drawn for a random network."""

from random import Random

from random_policies import Row, Sheets

BINDS = {
    "must class",
    "take or pay",
    "hard safety stock",
    "hard max stock",
    "user rows",
    "service targets",
}
"""Features beside which a frozen period may leave no plan at all."""


class FixedPlan:
    """One step of drawing; it has a source of chance of its own."""

    seed: int
    kind: str
    tier: dict[str, str]
    products: list[str]
    names: list[str]
    short: Sheets
    long: Sheets
    features: set[str]

    def _fixed_plan(self) -> None:
        rng = Random(f"{self.seed}-fixed plan")
        if rng.random() > 0.3:
            return
        rows: dict[tuple[str, ...], Row] = {}
        for _ in range(rng.randint(1, 4)):
            row = self._planned(rng)
            if row is not None:
                key = tuple(str(row.get(n)) for n in ("From", "To", "Product", "Recipe", "Period"))
                rows.setdefault(key, row)
        if not rows:
            return
        self.features.add("fixed plan")
        self._add_both("FixedPlan", list(rows.values()))
        if rng.random() < 0.3:
            self.features.add("change penalty setting")
            setting = {"Setting": "change_penalty", "Value": rng.choice((0.5, 2))}
            self._add_both("Settings", [setting])
        if self.kind != "day" and not self.features & BINDS and rng.random() < 0.9:
            self._freeze(rng, list(rows.values()))

    def _add_both(self, sheet: str, rows: list[Row]) -> None:
        for sheets in (self.short, self.long):
            sheets.setdefault(sheet, []).extend(rows)

    def _planned(self, rng: Random) -> Row | None:
        """A row about what comes from a place that buys or makes."""
        rule = rng.choice(("reference", "reference", "reference", "max", "fix"))
        if "hard safety stock" in self.features:
            rule = "reference"  # what may not come leaves nothing to keep
        row: Row = {
            "Period": rng.choice(self.names),
            "Rule": rule,
            "Quantity": 0 if rule == "fix" else rng.randint(0, 8),
        }
        if rule == "reference":
            row["Penalty"] = rng.choice((None, 0.25, 1, 5))
        kind = rng.choice(("ship", "ship", "buy", "make"))
        shut = {"closed days", "departure days", "sourcing forbid"}
        if kind == "ship" and not self.features & shut:
            lanes = [r for r in self.long["Lanes"] if self.tier[r["From"]] in ("supplier", "plant")]
            if "nothing after the horizon" in self.features:
                lanes = [r for r in lanes if not r["Lead Time"]]
            if not lanes:
                return None
            lane = rng.choice(lanes)
            ends = {name: lane[name] for name in ("From", "To", "Product")}
            return {**ends, **row, **({"Mode": lane["Mode"]} if lane.get("Mode") else {})}
        if kind == "make":
            recipes = [r for r in self.long.get("Recipes", []) if r["Location"] in self.tier]
            if not recipes:
                return None
            recipe = rng.choice(recipes)
            made = {"To": recipe["Location"], "Product": recipe["Output"]}
            return {**made, "Recipe": recipe["Recipe"], **row}
        supply = [
            (r["Location"], r["Product"])
            for r in self.long.get("Supply", [])
            if rule == "reference" or not r.get("Min") or r.get("Min Penalty") is not None
        ]
        if not supply:
            return None
        place, product = rng.choice(supply)
        return {"To": place, "Product": product, **row}

    def _freeze(self, rng: Random, rows: list[Row]) -> None:
        """Freeze the first period; what the rows say of it must be possible."""
        self.features.add("frozen period")
        for sheets in (self.short, self.long):
            sheets["Periods"][0]["Frozen"] = "Y"
        for row in rows:
            if row["Period"] == self.names[0]:
                row["Quantity"] = 0
