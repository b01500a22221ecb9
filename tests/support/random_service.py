"""Service targets, fairness, priorities, prices and objectives of a random network."""

from random import Random
from typing import Any

from random_policies import Row, Sheets


class Service:
    """One step of drawing; it has a source of chance of its own."""

    seed: int
    kind: str
    T: int
    tier: dict[str, str]
    products: list[str]
    names: list[str]
    selling: list[str]
    holding: list[str]
    modes: dict[str, str]
    short: Sheets
    long: Sheets
    features: set[str]

    def _service(self) -> None:
        rng = Random(f"{self.seed}-service")
        self._ranks(rng)
        priced = all("Price" in row for row in self.long["Products"])
        if priced and rng.random() < 0.2:
            self.features.add("price of a record")
            for row in self.long["Demand"]:  # the rows of both ways of writing are the same
                row["Price"] = rng.choice((15, 25, 35))
        if rng.random() < 0.35:
            self.features.add("service targets")
            for number in range(rng.choice((1, 1, 2))):
                self._target(rng, f"T{number}", priced)
        self._objective(rng, priced)

    def _ranks(self, rng: Random) -> None:
        """Two classes of any modes come one after the other."""
        rows = self.long.get("ServiceClasses", [])
        if len(rows) < 2 or rng.random() > 0.6:
            return
        if rows[1]["Mode"] == "must" != rows[0]["Mode"] and rng.random() < 0.7:
            return  # a class that must be served below another one leaves few plans
        for number, row in enumerate(rows, start=1):
            row["Priority"] = number
        self.features.add("priorities of any modes")

    def _target(self, rng: Random, name: str, priced: bool) -> None:
        measures = ["fill", "fill", "on-time", "cycle"] + (["value-fill"] if priced else [])
        hard = rng.random() < 0.3
        windows = ("horizon", "each period", "month", "quarter", ",".join(self.names[:2]))
        row: Row = {
            "Target": name,
            "Measure": rng.choice(measures),
            "Window": rng.choice(windows),
            "Each": rng.choice(("together", "each location", "each product", "each pair")),
            "Minimum": rng.choice((0.1, 0.3)) if hard else rng.choice((0.5, 0.8, 0.95, 1)),
            "Hardness": "hard" if hard else "soft",
        }
        self.features.add(f"{row['Measure']} target")
        if not hard and rng.random() < 0.4:
            row["Penalty"] = rng.randint(1, 40)
        if len(self.modes) > 1 and rng.random() < 0.3:
            row["Class"] = rng.choice(sorted(self.modes))
        if rng.random() < 0.4:
            self._fairness(rng, row)
        places = sorted(rng.sample(sorted(self.tier), rng.randint(1, len(self.tier))))
        everywhere = len(places) == len(self.tier)
        both: dict[str, Any] = {"Location": ",".join(places)}
        if rng.random() < 0.3:
            both["Product"] = rng.choice(self.products)
        short = row | both | ({"Location": "*"} if everywhere else {})
        self.short.setdefault("ServiceTargets", []).append(short)
        self.long.setdefault("ServiceTargets", []).append(row | both)

    def _fairness(self, rng: Random, row: Row) -> None:
        kinds = ["max-min", "proportional"] + (["equal-cover"] if self.kind != "uneven" else [])
        row["Fairness"] = rng.choice(kinds)
        self.features.add(f"{row['Fairness']} fairness")
        if row["Fairness"] != "max-min":
            row["Tolerance"] = rng.choice((0.05, 0.2, 0.5))
            if row["Fairness"] == "equal-cover":
                row["Hardness"] = "soft"

    def _objective(self, rng: Random, priced: bool) -> None:
        if rng.random() > 0.25:
            return
        levels = ["service, cost", "capital, cost", "moves, cost", "service, capital, cost"]
        if priced:
            levels += ["profit", "profit", "service, profit"]
        chosen = rng.choice(levels)
        rows: list[Row] = [{"Setting": "objective", "Value": "profit"}]
        if chosen != "profit":
            rows = [
                {"Setting": "objective", "Value": "lexicographic"},
                {"Setting": "objective_levels", "Value": chosen},
                {"Setting": "objective_tolerance", "Value": rng.choice((0, 0.05, 0.2))},
            ]
        self.features.add(f"objective {chosen}")
        for sheets in (self.short, self.long):
            sheets.setdefault("Settings", []).extend(rows)
