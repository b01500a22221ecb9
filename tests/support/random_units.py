"""Quantities and money of a random network, said in other units and currencies.

Only the short tables change: the long ones keep base units and home money, so that both readings
of one network must agree.
"""

from random import Random
from typing import Any

from random_policies import Row, Sheets

COUNTED = {
    "Demand": ("Quantity",),
    "OpeningStock": ("Quantity", "Blocked"),
    "InTransit": ("Quantity",),
    "Supply": ("Max", "Min", "MOQ", "Order Multiple"),
}
MONEY = {
    "Lanes": ("Unit Cost", "Fixed Cost", "Transfer Price"),
    "Supply": ("Unit Cost", "Fixed Cost", "Min Penalty"),
}


class Units:
    """The last step of drawing; it has a source of chance of its own."""

    seed: int
    products: list[str]
    names: list[str]
    short: Sheets
    features: set[str]

    def _units(self) -> None:
        rng = Random(f"{self.seed}-units")
        if rng.random() < 0.25:
            self.features.add("units of measure")
            self._count(rng)
        if rng.random() < 0.25:
            self.features.add("currencies")
            self._price(rng)

    def _count(self, rng: Random) -> None:
        """A drum of 4 everywhere; a case of its own size for every product."""
        sizes = {product: rng.choice((2, 4, 8)) for product in self.products}
        self.short["Units"] = [{"Product": "*", "Unit": "drum", "Per Base": 4}]
        products = [{**row} for row in self.short["Products"]]
        for row in products:
            if rng.random() < 0.5:
                row["Units Per Case"] = sizes[row["Product"]]
            else:
                special = {"Product": row["Product"], "Unit": "箱"}
                self.short["Units"].append({**special, "Per Base": sizes[row["Product"]]})
        self.short["Products"] = products
        for sheet, columns in COUNTED.items():
            self.short[sheet] = [
                _counted(row, columns, sizes, rng) for row in self.short.get(sheet, [])
            ]

    def _price(self, rng: Random) -> None:
        """Crowns are worth 2 for ever, francs a half on the first day and more behind."""
        self.short["Currency"] = [
            {"Currency": "SEK", "Period": "*", "Rate": 2},
            {"Currency": "CHF", "Period": self.names[0], "Rate": 0.5},
            {"Currency": "CHF", "Period": "*", "Rate": 9},
        ]
        prices = ("Unit Value", "Price", "Shortage Cost", "Scrap Cost")
        self.short["Products"] = [
            _priced(row, prices, "CHF", 0.5) if rng.random() < 0.5 else row
            for row in self.short["Products"]
        ]
        for sheet, columns in MONEY.items():
            self.short[sheet] = [
                _priced(row, columns, "SEK", 2) if rng.random() < 0.5 else row
                for row in self.short.get(sheet, [])
            ]


def _counted(row: Row, columns: tuple[str, ...], sizes: dict[str, int], rng: Random) -> Row:
    """The row in drums or cases: as its unit, or behind each number."""
    if rng.random() < 0.4:
        return row
    size = sizes.get(str(row["Product"]))
    word, per_base = ("case", size) if size and rng.random() < 0.6 else ("drum", 4)
    stated = {name: row[name] / per_base for name in columns if row.get(name) is not None}
    if rng.random() < 0.5:
        return {**row, **stated, "Unit": word}
    cells: dict[str, Any] = {name: f"{number} {word}" for name, number in stated.items()}
    return {**row, **cells, "Unit": rng.choice((None, "drum"))}


def _priced(row: Row, columns: tuple[str, ...], currency: str, rate: float) -> Row:
    stated = {name: row[name] / rate for name in columns if row.get(name) is not None}
    return {**row, **stated, "Currency": currency}
