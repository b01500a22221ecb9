"""How far whole numbers go in a random network, and whether anything may arrive after it."""

from random import Random

from random_policies import Row, Sheets


class Horizon:
    """One step of drawing; it has a source of chance of its own."""

    seed: int
    T: int
    kind: str
    short: Sheets
    long: Sheets
    features: set[str]

    def both(self, sheet: str, *rows: Row) -> None:
        raise NotImplementedError

    def _horizon(self) -> None:
        rng = Random(f"{self.seed}-horizon")
        if rng.random() < 0.25:
            self.features.add("integrality horizon")
            setting = {"Setting": "integrality_horizon", "Value": rng.randint(0, self.T - 1)}
            self.both("Settings", setting)
        if self.kind != "day" and rng.random() < 0.2:
            self.features.add("periods without whole numbers")
            chosen = rng.randrange(self.T)
            for rows in (self.short["Periods"], self.long["Periods"]):
                rows[chosen]["Integer"] = rng.choice("YN")
        if rng.random() < 0.15:
            self.features.add("nothing after the horizon")
            self.both("Settings", {"Setting": "allow_after_horizon", "Value": "N"})
