"""Returns, drawn for a random network."""

from random import Random

from random_policies import Row, Sheets


class Returns:
    """One step of drawing; it has a source of chance of its own."""

    seed: int
    products: list[str]
    selling: list[str]
    short: Sheets
    long: Sheets
    features: set[str]

    def _returns(self) -> None:
        rng = Random(f"{self.seed}-returns")
        if rng.random() > 0.25:
            return
        self.features.add("returns")
        other = rng.choice((None, None, *self.products))
        row: Row = {
            "Ratio": rng.choice((0.1, 0.25, 0.5)),
            "Lag": rng.choice((None, 1, 2, 3)),
            "Return Product": other,
            "Disposal Cost": rng.choice((None, 1, 5)),
        }
        self.short.setdefault("Returns", []).append({"Location": "*", "Product": "*"} | row)
        wanted = {(one["Location"], one["Product"]) for one in self.long["Demand"]}
        self.long["Returns"] = [
            {"Location": place, "Product": product} | row for place, product in sorted(wanted)
        ]
