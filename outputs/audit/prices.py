"""What stock costs and how much is wanted: StockCosts, StockTargets, forward demand, ladder."""

import math
from collections import defaultdict

from tierstock.outputs.audit.case import Case, Pair
from tierstock.outputs.audit.lanes import Lane, Lanes
from tierstock.outputs.audit.recipes import Recipe, ring
from tierstock.outputs.audit.supply import Supply
from tierstock.outputs.audit.values import rate


class Prices:
    """Stock costs and targets by location, product and period."""

    def __init__(self, case: Case, lanes: Lanes, supply: Supply) -> None:
        """Prepare the two policy sheets and the forward demand."""
        self.case, self.lanes = case, lanes
        self.costs = case.policy("StockCosts")
        self.targets = case.policy("StockTargets")
        self.usual_rate = rate(case.settings.get("carrying_rate", ""), 0.12)
        self.forward = Forward(case, lanes, supply)
        self.least: dict[tuple[str, str, int], float] = {}
        self.greatest: dict[tuple[str, str, int], float] = {}
        self.closed: set[tuple[str, int]] = set()
        """Locations that the plan keeps closed, with the period: no safety stock is wanted."""

    def cost(self, column: str, place: str, product: str, t: int, default: float) -> float:
        """Return the winning number of a StockCosts column."""
        text, row = self.costs.value(column, self.case.horizon.ids[t], place, product)
        if row is None:
            return default
        return rate(text, default) if column == "Carrying Rate" else row.number(column)

    def value(self, place: str, product: str, t: int) -> float:
        """Return the standard cost of one unit, with local overrides."""
        own = self.case.products[product].number("Unit Value", 0.0)
        return self.cost("Unit Value", place, product, t, own)

    def carrying(self, place: str, product: str, t: int) -> float:
        """Return value x carrying rate / 365, money per unit and day."""
        share = self.cost("Carrying Rate", place, product, t, self.usual_rate)
        return self.value(place, product, t) * share / 365

    def holding(self, place: str, product: str, t: int) -> float:
        """Return h: the stated Holding Cost, else (value x rate / 365 + storage) x days."""
        storage = self.cost("Storage Cost", place, product, t, 0.0)
        usual = (self.carrying(place, product, t) + storage) * self.case.horizon.days[t]
        return self.cost("Holding Cost", place, product, t, usual)

    def target(self, column: str, place: str, product: str, t: int, default: float) -> float:
        """Return the winning number of a StockTargets column."""
        _, row = self.targets.value(column, self.case.horizon.ids[t], place, product)
        return default if row is None else row.number(column)

    def hard(self, place: str, product: str, t: int) -> bool:
        """Tell whether safety and maximum stock must hold."""
        text, _ = self.targets.value("Hardness", self.case.horizon.ids[t], place, product)
        return text == "hard"

    def safety(self, place: str, product: str, t: int) -> float:
        """Return the safety stock: the larger of units and days of forward cover."""
        key = (place, product, t)
        if key not in self.least:
            self.least[key] = self._safety(*key)
        return self.least[key]

    def _safety(self, place: str, product: str, t: int) -> float:
        if (place, t) in self.closed or not self.case.targeted(product, t):
            return 0.0
        units = self.target("Safety Stock", place, product, t, 0.0)
        days = self.target("Safety Days", place, product, t, 0.0)
        return max(units, self.forward.cover(place, product, t, days) if days > 0 else 0.0)

    def most(self, place: str, product: str, t: int) -> float:
        """Return the maximum stock: the smaller of units and days of forward cover."""
        key = (place, product, t)
        if key not in self.greatest:
            self.greatest[key] = self._most(*key)
        return self.greatest[key]

    def _most(self, place: str, product: str, t: int) -> float:
        units = self.target("Max Stock", place, product, t, math.inf)
        days = self.target("Max Days", place, product, t, math.inf)
        cover = self.forward.cover(place, product, t, days) if days < math.inf else math.inf
        return min(units, cover)

    def safety_penalty(self, place: str, product: str, t: int) -> float:
        """Return the price of one unit missing: stated, else 0.02 b x days / 7."""
        usual = 0.02 * self.case.basis(product) * self.case.horizon.days[t] / 7
        return self.target("Penalty", place, product, t, usual)


class Forward:
    """Forward demand per day: own demand plus that of the places fed by replenish lanes.

    A place is fed by its cheapest replenish lane, of equal cost the fastest, or by shares of
    Sourcing, and from a location under consideration only where no other lane is; a period sees
    the daily demand of the period in which its shipments arrive (ruling 32).
    """

    def __init__(self, case: Case, lanes: Lanes, supply: Supply) -> None:
        """Add up demand by place."""
        self.case, self.lanes, self.supply = case, lanes, supply
        self.own: dict[Pair, list[float]] = {}
        for stream in case.streams.values():
            pair = (stream.location, stream.product)
            held = self.own.setdefault(pair, [0.0] * len(case.horizon))
            for t, quantity in enumerate(stream.wanted):
                held[t] += quantity / case.horizon.days[t]
        self.feeds: dict[str, list[Lane]] = defaultdict(list)
        self.into: dict[str, list[Lane]] = defaultdict(list)
        for lane in sorted(lanes.entries):
            if lanes.kind(lane) == "replenish":
                self.feeds[lane[0]].append(lane)
                self.into[lane[1]].append(lane)
        self.known: dict[Pair, list[float]] = {}
        self.chosen: dict[tuple[str, str, int], list[tuple[Lane, float]]] = {}
        self.used = self._used()
        """By place and component: what is made of it there, each by its cheapest recipe."""

    def _used(self) -> dict[Pair, list[Recipe]]:
        """Recipes on a circle, or between two, would pass demand round and are left out."""
        chosen = self.supply.recipes.cheapest()
        parts = {((r.place, part), (r.place, r.output)) for r in chosen for part in r.inputs}
        links, found = set(parts), defaultdict(list)
        for place in self.into if chosen else ():
            for product in self.case.products:
                for t in range(len(self.case.horizon)):
                    for lane, _ in self.sources(place, product, t):
                        links.add(((lane[0], product), (place, product)))
        around = ring(links)
        for recipe in chosen:
            made = (recipe.place, recipe.output)
            for part in recipe.inputs:
                if not ({made, (recipe.place, part)} <= around):
                    found[recipe.place, part].append(recipe)
        return found

    def sources(self, place: str, product: str, t: int) -> list[tuple[Lane, float]]:
        """Return the lanes that feed a place in a period, and the share of each.

        Origins with a Sourcing ratio get theirs, what is left over goes to the cheapest of the
        others; shares of origins without an open lane go to the others in proportion.
        """
        key = (place, product, t)
        if key not in self.chosen:
            lanes, value = self.lanes, self.case.products[product].number("Unit Value", 0.0)
            found = [
                (
                    self.case.locations[lane[0]].text("Status") == "consider",
                    lanes.freight(lane, product, t, value),
                    self.supply.arrival(lane, product, 0),
                    lane,
                )
                for lane in self.into[place]
                if self.supply.feeds(lane, product, t)
            ]
            origins = sorted({lane[0] for lane in self.into[place]})
            shares = lanes.sourcing.shares(place, product, origins)
            rest = max(0.0, 1.0 - sum(shares.values())) if shares else 1.0
            best: dict[str, tuple[bool, float, int, Lane]] = {}
            for one in sorted(found):
                best.setdefault(one[3][0] if one[3][0] in shares else "", one)
            total = sum(shares.get(name, rest) for name in best)
            self.chosen[key] = [
                (best[name][3], shares.get(name, rest) / total if total else float(not at))
                for at, name in enumerate(sorted(best, key=lambda name: (not name, name)))
            ]
        return self.chosen[key]

    def daily(self, place: str, product: str) -> list[float]:
        """Return units per day by period, the mean of the last min(T, 4) behind the horizon."""
        key = (place, product)
        if key not in self.known:
            days = self.case.horizon.days
            result = list(self.own.get(key, [0.0] * len(days)))
            self.known[key] = [*result, 0.0]  # a place on a ring of lanes does not feed itself
            for lane in self.feeds[place]:
                turns = [
                    (t, share)
                    for t in range(len(days))
                    for one, share in self.sources(lane[1], product, t)
                    if one == lane and share
                ]
                fed = self.daily(lane[1], product) if turns else []
                for t, share in turns:
                    result[t] += share * fed[self.supply.arrival(lane, product, t)]
            for recipe in self.used.get(key, ()):
                units = recipe.inputs[product] / recipe.number("Yield", 1.0)
                made = self.daily(place, recipe.output)
                for t in range(len(days)):
                    result[t] += units * made[self.supply.recipes.due(recipe, t)]
            tail = days[-4:]
            mean = sum(r * n for r, n in zip(result[-4:], tail, strict=True)) / sum(tail)
            self.known[key] = [*result, mean]
        return self.known[key]

    def cover(self, place: str, product: str, t: int, days: float) -> float:
        """Return what ``days`` of demand after the end of period t need, parts by share."""
        rates, lengths = self.daily(place, product), self.case.horizon.days
        total, left = 0.0, days
        for k in range(t + 1, len(lengths)):
            part = min(left, lengths[k])
            total += part * rates[k]
            left -= part
            if left <= 0:
                return total
        return total + left * rates[-1]
