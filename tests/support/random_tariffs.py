"""Duty, prices between companies and carbon, drawn for a random network."""

from random import Random

from random_policies import Row, Sheets


class Tariffs:
    """One step of drawing; it has a source of chance of its own."""

    seed: int
    short: Sheets
    long: Sheets
    features: set[str]

    def _tariffs(self) -> None:
        rng = Random(f"{self.seed}-tariffs")
        if rng.random() < 0.25:
            self.features.add("duty")
            self._on_lanes(rng, {"Duty": rng.choice((0.05, 0.2))})
        if rng.random() < 0.25:
            self.features.add("transfer price")
            self._companies(rng)
            self._on_lanes(rng, {"Transfer Price": rng.randint(5, 30)})
        if rng.random() < 0.25:
            self.features.add("carbon")
            self._carbon(rng)

    def _on_lanes(self, rng: Random, cells: Row) -> None:
        """All rows of the lanes, or those that leave one place that both forms name."""
        named = ({row["From"] for row in sheets["Lanes"]} for sheets in (self.short, self.long))
        origins = sorted(set.intersection(*named))
        origin = rng.choice([None, *origins])
        for sheets in (self.short, self.long):
            sheets["Lanes"] = [
                {**row, **cells} if origin in (None, row["From"]) else row
                for row in sheets["Lanes"]
            ]

    def _companies(self, rng: Random) -> None:
        owner = {
            row["Location"]: rng.choice((None, "North", "South")) for row in self.long["Locations"]
        }
        for sheets in (self.short, self.long):
            sheets["Locations"] = [
                {**row, "Company": owner[row["Location"]]} for row in sheets["Locations"]
            ]

    def _carbon(self, rng: Random) -> None:
        self._on_lanes(rng, {"Carbon": rng.choice((0.5, 2))})
        for sheet, factor in (("Vehicles", rng.choice((5, 20))), ("Sites", rng.choice((3, 10)))):
            for sheets in (self.short, self.long):
                if sheets.get(sheet):
                    sheets[sheet] = [{**row, "Carbon": factor} for row in sheets[sheet]]
        if rng.random() < 0.7:
            setting = {"Setting": "carbon_price", "Value": rng.choice((0.1, 0.5))}
            for sheets in (self.short, self.long):
                sheets["Settings"] = [*sheets.get("Settings", []), setting]
