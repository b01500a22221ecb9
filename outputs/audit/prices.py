"""What stock costs and how much is wanted: StockCosts, StockTargets, forward demand, ladder."""

import math

from tierstock.outputs.audit.case import Case, Pair
from tierstock.outputs.audit.forward import Forward
from tierstock.outputs.audit.lanes import Lanes
from tierstock.outputs.audit.matching import Policy
from tierstock.outputs.audit.supply import Supply
from tierstock.outputs.audit.values import rate
from tierstock.outputs.audit.words import Record

ANYWHERE: Pair = ("", "")
"""What stands for all places and products where no row says anything."""


class Prices:
    """Stock costs and targets by location, product and period."""

    def __init__(self, case: Case, lanes: Lanes, supply: Supply) -> None:
        """Prepare the two policy sheets and the forward demand."""
        self.case, self.lanes = case, lanes
        self.costs = case.policy("StockCosts")
        self.targets = case.policy("StockTargets")
        self.usual_rate = rate(case.settings.get("carrying_rate", ""), 0.12)
        self.forward = Forward(case, lanes, supply)
        self.least: dict[Pair, list[float]] = {}
        self.greatest: dict[Pair, list[float]] = {}
        self.worth: dict[Pair, list[float]] = {}
        self.held: dict[Pair, list[float]] = {}
        self.known: dict[tuple[str, Pair, float], list[float]] = {}
        """Numbers of the policy sheets by period."""
        self.closed: set[tuple[str, int]] = set()
        """Locations that the plan keeps closed, with the period: no safety stock is wanted."""

    def _over(self, policy: Policy, column: str, pair: Pair, default: float) -> list[float]:
        """Return the winning numbers of a column in every period."""
        key = (column, pair if column in policy.stated else ANYWHERE, default)
        if key not in self.known:
            ids = self.case.horizon.ids
            turns = ids[:1] if policy.steady(*key[1]) else ids
            rows = (policy.value(column, period, *key[1])[1] for period in turns)
            found = [_number(row, column, default) for row in rows]
            self.known[key] = found if len(found) == len(ids) else found * len(ids)
        return self.known[key]

    def cost(self, column: str, place: str, product: str, t: int, default: float) -> float:
        """Return the winning number of a StockCosts column."""
        return self._over(self.costs, column, (place, product), default)[t]

    def values(self, pair: Pair) -> list[float]:
        """Return the standard cost of one unit by period, with local overrides."""
        if pair not in self.worth:
            own = self.case.products[pair[1]].number("Unit Value", 0.0)
            self.worth[pair] = self._over(self.costs, "Unit Value", pair, own)
        return self.worth[pair]

    def value(self, place: str, product: str, t: int) -> float:
        """Return the standard cost of one unit, with local overrides."""
        return self.values((place, product))[t]

    def carrying(self, place: str, product: str, t: int) -> float:
        """Return value x carrying rate / 365, money per unit and day."""
        share = self.cost("Carrying Rate", place, product, t, self.usual_rate)
        return self.value(place, product, t) * share / 365

    def holding(self, pair: Pair) -> list[float]:
        """Return h by period: the Holding Cost, else (value x rate / 365 + storage) x days."""
        if pair not in self.held:
            shares = self._over(self.costs, "Carrying Rate", pair, self.usual_rate)
            storage = self._over(self.costs, "Storage Cost", pair, 0.0)
            stated = self._over(self.costs, "Holding Cost", pair, math.nan)
            terms = zip(
                self.values(pair), shares, storage, self.case.horizon.days, stated, strict=True
            )
            self.held[pair] = [
                (value * share / 365 + store) * days if math.isnan(own) else own
                for value, share, store, days, own in terms
            ]
        return self.held[pair]

    def target(self, column: str, place: str, product: str, t: int, default: float) -> float:
        """Return the winning number of a StockTargets column."""
        return self._over(self.targets, column, (place, product), default)[t]

    def hard(self, place: str, product: str, t: int) -> bool:
        """Tell whether safety and maximum stock must hold."""
        text, _ = self.targets.value("Hardness", self.case.horizon.ids[t], place, product)
        return text == "hard"

    def safety(self, pair: Pair) -> list[float]:
        """Return the safety stock by period: the larger of units and days of forward cover."""
        if pair not in self.least:
            units = self._over(self.targets, "Safety Stock", pair, 0.0)
            days = self._over(self.targets, "Safety Days", pair, 0.0)
            least = [
                max(stated, self.forward.cover(*pair, t, cover))
                for t, (stated, cover) in enumerate(zip(units, days, strict=True))
            ]
            ends = self.case.products[pair[1]].text("End Of Life")
            for t in range(len(least)) if self.closed or ends else ():
                if (pair[0], t) in self.closed or not self.case.targeted(pair[1], t):
                    least[t] = 0.0
            self.least[pair] = least
        return self.least[pair]

    def most(self, pair: Pair) -> list[float]:
        """Return the maximum stock by period: the smaller of units and days of forward cover."""
        if pair not in self.greatest:
            units = self._over(self.targets, "Max Stock", pair, math.inf)
            days = self._over(self.targets, "Max Days", pair, math.inf)
            self.greatest[pair] = [
                min(most, self.forward.cover(*pair, t, cover) if cover < math.inf else math.inf)
                for t, (most, cover) in enumerate(zip(units, days, strict=True))
            ]
        return self.greatest[pair]

    def safety_penalty(self, place: str, product: str, t: int) -> float:
        """Return the price of one unit missing: stated, else 0.02 b x days / 7."""
        stated = self.target("Penalty", place, product, t, math.nan)
        usual = 0.02 * self.case.basis(product) * self.case.horizon.days[t] / 7
        return usual if math.isnan(stated) else stated


def _number(row: Record | None, column: str, default: float) -> float:
    """Return a number of the winning row; rates are yearly."""
    if row is None:
        return default
    return rate(row.text(column), default) if column == "Carrying Rate" else row.number(column)
