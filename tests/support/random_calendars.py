"""Closed days, seasons and departure days of a random network."""

from datetime import date, timedelta
from random import Random

from random_policies import Row, Sheets

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Calendars:
    """One step of drawing; it has a source of chance of its own."""

    seed: int
    T: int
    start: list[date]
    holding: list[str]
    tier: dict[str, str]
    short: Sheets
    long: Sheets
    features: set[str]

    def both(self, sheet: str, *rows: Row) -> None:
        raise NotImplementedError

    def _calendars(self) -> None:
        rng = Random(f"{self.seed}-calendars")
        if rng.random() < 0.25:
            self.features.add("closed days")
            self._rest(rng)
        if self.long["Lanes"] and rng.random() < 0.25:
            self.features.add("departure days")
            self._departure_days(rng)
        limits = (way.get("Capacity", []) for way in (self.short, self.long))
        daily = [
            pair
            for pair in zip(*limits, strict=True)
            if pair[0]["Kind"] != "storage" and pair[0].get("Per") != "bucket"
        ]
        if daily and rng.random() < 0.4:
            self.features.add("season of a limit")
            self._season(rng, rng.choice(daily))

    def _rest(self, rng: Random) -> None:
        """A place rests in a whole period, or on some days of it."""
        t = rng.randrange(self.T)
        last = self.start[t + 1] - timedelta(days=1)
        if rng.random() < 0.3:
            last = self.start[t]
        self.both("Calendars", _row("rest", self.start[t], last, "N"))
        if rng.random() < 0.3:  # open again on one of the days: the shorter row counts
            self.both("Calendars", _row("rest", self.start[t], self.start[t], "Y"))
            self.short["Calendars"][-2] = self.long["Calendars"][-2] = _row(
                "rest", self.start[t] - timedelta(days=1), last, "N"
            )
        passing = [code for code, tier in self.tier.items() if tier in ("supplier", "plant")]
        chosen = rng.choice([*self.holding, *passing])
        for row in self.long["Locations"]:  # the rows of both ways of writing
            if row["Location"] == chosen:
                row["Calendar"] = "rest"

    def _departure_days(self, rng: Random) -> None:
        lanes = [row for row in self.short["Lanes"] if row.get("Product") == "*"]
        lane = rng.choice(lanes)
        if rng.random() < 0.5:
            text = ",".join(sorted(rng.sample(WEEKDAYS, rng.randint(1, 4)), key=WEEKDAYS.index))
        else:
            text = "boat"
            for t in rng.sample(range(self.T), rng.randint(1, self.T)):
                self.both("Calendars", _row("boat", self.start[t], self.start[t], "Y"))
        alike = [row for row in self.long["Lanes"] if row["Unit Cost"] == lane["Unit Cost"]]
        for row in (lane, *alike):  # every lane has a price of its own
            row["Departure Days"] = text

    def _season(self, rng: Random, limit: tuple[Row, Row]) -> None:
        t = rng.randrange(self.T)
        factor = rng.choice((0.5, 2))
        row = _row("season", self.start[t], self.start[t + 1] - timedelta(days=1), "Y")
        self.both("Calendars", {**row, "Factor": factor})
        for one in limit:
            one["Calendar"] = "season"


def _row(name: str, first: date, last: date, is_open: str) -> Row:
    return {"Calendar": name, "Date From": str(first), "Date To": str(last), "Open": is_open}
