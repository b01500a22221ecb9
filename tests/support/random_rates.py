"""Freight by bracket, drawn for a random network."""

from random import Random

from random_policies import Row, Sheets


class Rates:
    """One step of drawing; it has a source of chance of its own."""

    seed: int
    short: Sheets
    long: Sheets
    features: set[str]

    def _rates(self) -> None:
        rng = Random(f"{self.seed}-rates")
        lanes = sorted(
            {(row["From"], row["To"], row.get("Mode")) for row in self.long.get("Lanes", [])},
            key=str,
        )
        if rng.random() > 0.25 or not lanes:
            return
        self.features.add("rates")
        for origin, to, mode in rng.sample(lanes, rng.randint(1, min(2, len(lanes)))):
            trucks = any(
                row.get("Vehicle")
                for row in self.long["Lanes"]
                if (row["From"], row["To"], row.get("Mode")) == (origin, to, mode)
            )
            rule = rng.choice(("incremental", None, "all-unit", *(["LTL-to-FTL"] * 2 * trucks)))
            basis = "unit"
            low = 0
            for _ in range(rng.choice((1, 2, 3))):
                row: Row = {
                    "From": origin,
                    "To": to,
                    "Mode": mode,
                    "Bracket From": low,
                    "Basis": basis,
                    "Rate": rng.randint(0, 6),
                    "Fixed": rng.choice((None, None, 2, 5)),
                    "Rule": rule,
                }
                self.short.setdefault("Rates", []).append(row)
                self.long.setdefault("Rates", []).append(row)
                low += rng.randint(2, 7)
            if trucks and rng.random() < 0.5:
                row = {"From": origin, "To": to, "Mode": mode, "Bracket From": 0}
                row |= {"Basis": "trip", "Rate": rng.randint(1, 9)}
                self.short["Rates"].append(row)
                self.long["Rates"].append(row)
