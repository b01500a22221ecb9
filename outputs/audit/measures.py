"""Quantities in base units and money in home money (sheets Units and Currency, ruling 37)."""

import re
import unicodedata

from tierstock.outputs.audit.horizon import Horizon
from tierstock.outputs.audit.matching import PeriodSelectors, Selectors
from tierstock.outputs.audit.values import SCALES, bare, number
from tierstock.outputs.audit.words import Record, words

COUNTED = {
    "Demand": ("Quantity",),
    "OpeningStock": ("Quantity", "Blocked"),
    "InTransit": ("Quantity",),
}
"""Quantities of sheets whose rows hold for one product."""
PRICED = ("Unit Value", "Price", "Shortage Cost", "Scrap Cost")
"""Money of Products; it takes the rate of the first period."""
PACKED = {"case": "Units Per Case", "pallet": "Units Per Pallet"}
ALIKE = ("unit", "case", "pallet", "kg", "m3", "km")
"""Contract units whose words may stand for one another."""
LOT = re.compile(r"([-+]?[0-9.,]*[0-9][0-9.,]*)?\s*\(?([^\W\d_][^()]*?)?\)?")


class Measures:
    """What a unit is in base units, and what a currency is in home money."""

    def __init__(
        self,
        products: dict[str, Record],
        units: list[Record],
        of_product: Selectors,
        currencies: list[Record],
        of_period: PeriodSelectors,
        home: str,
    ) -> None:
        """Keep the two sheets and what their selectors pick."""
        self.products, self.home = products, bare(home)
        self.units = [(r, of_product.ranked(r.text("Product"))) for r in units]
        self.currencies = [(r, of_period.ranked(r.text("Period"))) for r in currencies]
        self.known: dict[tuple[str, str], float] = {}

    def factor(self, product: str, unit: str) -> float:
        """Return the base units in one of a unit; 1 for a blank.

        The Base Unit and words of the same measure; else the most specific row of Units, with the
        two columns of Products as specific as a row with the product's code.
        """
        key = (product, bare(unit))
        if not unit or product not in self.products:
            return 1.0
        if key not in self.known:
            self.known[key] = self._factor(product, unit)
        return self.known[key]

    def _factor(self, product: str, unit: str) -> float:
        own, base = self.products[product], self.products[product].text("Base Unit") or "EA"
        same = alike(unit, base)
        if same is not None:
            return same
        packed = packing(unit)
        if packed and own.number(PACKED[packed], 0.0) > 0:
            return own.number(PACKED[packed])
        found = [
            (ranks[product], row.number("Per Base"))
            for row, ranks in self.units
            if product in ranks and self._means(row.text("Unit"), unit)
        ]
        if not found:
            raise ValueError(f"{unit!r} is no unit of {product}")
        return max(found)[1]

    def _means(self, one: str, other: str) -> bool:
        return bare(one) == bare(other) or packing(one) == packing(other) != ""

    def quantity(self, row: Record, column: str, product: str) -> float:
        """Return a stated quantity in base units, by the unit of its cell or else of its row."""
        value, unit = parted(row.text(column))
        return value * self.factor(product, unit or row.text("Unit"))

    def rate(self, currency: str, period: str) -> float:
        """Return the home money for one unit of a currency in a period."""
        if not currency or bare(currency) == self.home:
            return 1.0
        found = [
            (ranks[period], row.number("Rate"))
            for row, ranks in self.currencies
            if period in ranks and bare(row.text("Currency")) == bare(currency)
        ]
        if not found:
            raise ValueError(f"no rate of {currency} in {period}")
        return max(found)[1]

    def settle(self, row: Record, horizon: Horizon) -> None:
        """Let a row say its quantities in base units, or its money in home money."""
        sheet = row.table.name
        if sheet == "Products":
            rate = self.rate(row.text("Currency"), horizon.ids[0])
            for column in PRICED:
                if row.text(column):
                    row.known[column] = row.number(column) * rate
            return
        more = row.table.unknown if sheet == "Demand" else ()
        for column in (*COUNTED[sheet], *more):
            text = row.text(column)
            if text and (row.text("Unit") or not text.isdigit()):
                row.known[column] = self.quantity(row, column, row.text("Product"))


def alike(unit: str, base: str) -> float | None:
    """Return how many of one unit another is; None where they do not measure the same."""
    if bare(unit) == bare(base):
        return 1.0
    measures = words().measures
    for measure in ALIKE:
        one, other = measures.get((measure, bare(unit))), measures.get((measure, bare(base)))
        if one and other:
            return one / other
    return None


def packing(unit: str) -> str:
    """Return case or pallet for a word that means one of them, else blank."""
    return next((u for u in PACKED if words().measures.get((u, bare(unit))) == 1.0), "")


def parted(text: str) -> tuple[float, str]:
    """Return number and unit of a quantity: ``2 pallet``, ``托``, ``1.2万件``, ``7``."""
    word = unicodedata.normalize("NFKC", text).strip()
    try:
        return float(word), ""
    except ValueError:
        pass
    found = LOT.fullmatch(word)
    if found is None or not found.group(2):
        return number(word), ""
    value, unit = number(found.group(1) or "1"), found.group(2).strip()
    if not any((u, bare(unit)) in words().measures for u in ALIKE):
        for scale, times in SCALES.items():
            if unit.startswith(scale):
                return value * times, unit.removeprefix(scale).strip()
    return value, unit
