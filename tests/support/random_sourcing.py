"""Rules of sourcing, drawn for a random network; some get a further source to choose from."""

from random import Random

from random_policies import Row, Sheets

MORE = {"tiers": ("SUP", "S2"), "plant": ("PL", "C1")}
"""A lane that passes the warehouse by, by shape of the network."""


class Sourcing:
    """One step of drawing; it has a source of chance of its own."""

    seed: int
    shape: str
    prices: int
    tier: dict[str, str]
    products: list[str]
    short: Sheets
    long: Sheets
    features: set[str]

    def _sourcing(self) -> None:
        rng = Random(f"{self.seed}-sourcing")
        if rng.random() < 0.3 and self.shape in MORE:
            self._further_lane(rng, *MORE[self.shape])
        into: dict[str, set[str]] = {}
        for row in self.long["Lanes"]:
            if row["From"] not in ("S1", "S2"):
                into.setdefault(row["To"], set()).add(row["From"])
        several = sorted(to for to, origins in into.items() if len(origins) > 1)
        if not several or rng.random() > 0.75:
            return
        to = rng.choice(several)
        rule = rng.choice(("single", "single", "ratio", "ratio", "priority", "forbid"))
        if rule == "ratio" and any(
            row.get(name) is not None
            for row in self.long.get("Supply", [])
            for name in ("Share Min", "Share Max")
        ):
            rule = "single"  # shares stand in one of the two sheets only
        self._rule(rng, rule, to, sorted(into[to]))

    def _further_lane(self, rng: Random, origin: str, to: str) -> None:
        self.features.add("a lane past the warehouse")
        self.prices += 1
        terms: Row = {
            "From": origin,
            "To": to,
            "Lead Time": rng.choice((0, 1) if self.short["Lanes"][0]["Lead Time"] < 2 else (0, 7)),
            "Unit Cost": rng.randint(0, 12) / 4 + self.prices / 1000,
        }
        self.short["Lanes"].append({**terms, "Product": "*"})
        self.long["Lanes"] += [{**terms, "Product": product} for product in self.products]

    def _rule(self, rng: Random, rule: str, to: str, origins: list[str]) -> None:
        base: Row = {"To": to, "Rule": rule}
        hold = rng.choice((None, "period", "month", "quarter"))
        first = rng.choice(origins)
        if rule == "priority":
            limited = [origin for origin in origins if self._limited(origin, to)]
            if not limited:
                rule, base["Rule"] = "single", "single"
            else:
                first = rng.choice(limited)
        rows: list[Row] = []
        if rule == "single":
            product = rng.choice((None, "*", rng.choice(self.products)))
            rows = [{**base, "Product": product, "Hold": hold}]
            if product == self.products[0] and rng.random() < 0.5:
                rows.append({**base, "Hold": rng.choice((None, "period"))})
        elif rule == "ratio":
            share = rng.choice((0, 0.25, 0.4, 0.7))
            rows = [{**base, "From": first, "Value": share, "Hold": hold}]
            others = [origin for origin in origins if origin != first]
            if len(others) == 1 and rng.random() < 0.5:
                rows.append({**base, "From": others[0], "Value": 1 - share, "Hold": hold})
        elif rule == "priority":
            rows = [{**base, "From": first, "Value": 1}]
        else:
            rows = [{**base, "From": first, "Product": rng.choice((None, *self.products))}]
        self.features.add(f"sourcing {rule}")
        self.long["Sourcing"] = rows
        alone = [code for code, tier in self.tier.items() if tier == self.tier[to]] == [to]
        name = f"Tier={self.tier[to]}" if alone and rng.random() < 0.5 else to
        self.short["Sourcing"] = [{**row, "To": name} for row in rows]

    def _limited(self, origin: str, to: str) -> bool:
        """Whether a source can be used up: a lane with a limit, or nothing but limited supply."""
        lanes = [row for row in self.long["Lanes"] if (row["From"], row["To"]) == (origin, to)]
        if all(row.get("Max Shipment") is not None for row in lanes):
            return True
        supply = [row for row in self.long.get("Supply", []) if row["Location"] == origin]
        fed = any(row["To"] == origin for row in self.long["Lanes"])
        makes = any(row["Location"] == origin for row in self.long.get("Recipes", []))
        full = supply and all(row.get("Max") is not None for row in supply)
        return bool(full) and not fed and not makes
