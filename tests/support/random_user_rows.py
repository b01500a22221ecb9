"""Constraints of the planner's own, drawn for a random network."""

from random import Random
from typing import Any

from random_policies import Sheets

HARD = ("ship", "stock", "issue", "spend", "departures")
"""Variables that a hard upper limit leaves feasible."""


class UserRows:
    """One step of drawing; it has a source of chance of its own."""

    seed: int
    T: int
    tier: dict[str, str]
    products: list[str]
    names: list[str]
    short: Sheets
    long: Sheets
    features: set[str]

    def _user_rows(self) -> None:
        rng = Random(f"{self.seed}-user rows")
        if rng.random() > 0.25:
            return
        self.features.add("user rows")
        for number in range(rng.choice((1, 1, 2))):
            self._user_row(rng, f"R{number}")

    def _user_row(self, rng: Random, name: str) -> None:
        variable = rng.choice((*HARD, "lost"))
        sense = rng.choice(("<=", "<=", ">=", "="))
        hard = variable in HARD and sense == "<=" and rng.random() < 0.7
        if variable == "departures" and sense != "<=":
            sense = "<="
        each = rng.choice(("total", "each period", "each location"))
        row: dict[str, Any] = {
            "Row": name,
            "Variable": variable,
            "Coefficient": rng.choice((None, 0.5, 2)),
            "Period": rng.choice((None, *self.names)),
        }
        if variable != "departures" and rng.random() < 0.5:
            row["Product"] = rng.choice(self.products)
        whole = {
            "Sense": sense,
            "Value": rng.randint(0, 12) if variable != "spend" else rng.randint(0, 60),
            "Each": each,
            "Penalty": None if hard else rng.randint(1, 20),
        }
        places = sorted(rng.sample(sorted(self.tier), rng.randint(1, len(self.tier))))
        everywhere = len(places) == len(self.tier)
        short = row | {"From": "*" if everywhere else ", ".join(places)} | whole
        self.short.setdefault("UserRows", []).append(short)
        for code in places:
            self.long.setdefault("UserRows", []).append(row | {"From": code} | whole)
