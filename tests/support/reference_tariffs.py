"""Duty and carbon in the reference model (F28, F33)."""

from typing import Any

from program import Program


class Tariffs:
    """What shipments, trips and open sites cost besides; ``Reference`` has made the columns."""

    study: Any
    program: Program
    T: int
    shipments: list[tuple[str, str, str, str, int, int]]
    fleet_use: dict[tuple[str, int], list[tuple[str, int]]]
    open_at: dict[tuple[str, int], int]
    emissions: list[tuple[str, str, int, float, int]]
    """Place, product (blank where none), period, kilograms and column."""

    def _tariffs(self) -> None:
        price = self.study.settings.get("carbon_price") or 0.0
        self.emissions = []
        for origin, to, mode, product, t, column in self.shipments:
            duty, kilograms = 0.0, 0.0
            for row in self.study.open_lanes(t):
                ends = (row["From"], row["To"], row.get("Mode") or "road", row["Product"])
                if ends == (origin, to, mode, product):
                    duty = (row.get("Duty") or 0.0) * self.study.value(to, product, t)
                    kilograms = row.get("Carbon") or 0.0
            self.program.charge(column, duty)
            self.emissions.append((origin, product, t, kilograms, column))
        for vehicle in self.study.rows("Vehicles"):
            for t in range(self.T):
                for origin, trips in self.fleet_use.get((vehicle["Vehicle"], t), []):
                    kilograms = vehicle.get("Carbon") or 0.0
                    self.emissions.append((origin, "", t, kilograms, trips))
        for row in self.study.rows("Sites"):
            for t in range(self.T):
                if (row["Location"], t) in self.open_at:
                    column = self.open_at[row["Location"], t]
                    kilograms = row.get("Carbon") or 0.0
                    self.emissions.append((row["Location"], "", t, kilograms, column))
        for *_, kilograms, column in self.emissions:
            self.program.charge(column, price * kilograms)
