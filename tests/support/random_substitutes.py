"""Substitutes, drawn for a random network."""

from random import Random
from typing import Any

from random_policies import Sheets


class Substitutes:
    """One step of drawing; it has a source of chance of its own."""

    seed: int
    products: list[str]
    short: Sheets
    long: Sheets
    features: set[str]

    def _substitutes(self) -> None:
        rng = Random(f"{self.seed}-substitutes")
        if rng.random() > 0.3 or len(self.products) < 2:
            return
        self.features.add("substitutes")
        usual: dict[str, Any] = {
            "Ratio": rng.choice((None, 0.5, 2)),
            "Cost": rng.choice((None, 1, 6)),
            "Rank": None,
        }
        special = usual | {"Cost": rng.randint(0, 9), "Rank": rng.choice((None, 2))}
        wanted, other = rng.sample(self.products, 2)
        everything = rng.random() < 0.5
        first = {"Product": "*" if everything else wanted, "Substitute": "*"}
        self.short["Substitutes"] = [first | usual]
        if everything:
            row = {"Product": wanted, "Substitute": other} | special
            self.short["Substitutes"].append(row)
        self.long["Substitutes"] = [
            {"Product": one, "Substitute": two, **usual}
            | (
                {key: cell for key, cell in special.items() if cell is not None}
                if everything and (one, two) == (wanted, other)
                else {}
            )
            for one in (self.products if everything else [wanted])
            for two in self.products
            if one != two
        ]
