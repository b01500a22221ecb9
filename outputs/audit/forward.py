"""Forward demand: what the places fed by a place want, along the lanes that feed them."""

import math
from collections import defaultdict

from tierstock.outputs.audit.case import Case, Pair
from tierstock.outputs.audit.lanes import Lane, Lanes
from tierstock.outputs.audit.recipes import Recipe, ring
from tierstock.outputs.audit.supply import Supply

ROUNDING = 3e-9
"""Share of a stock, and of one unit, that lasts for no day: the rounding of numbers."""

Sources = tuple[tuple[Lane, float], ...]
"""Lanes that feed a place, and the share of each."""


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
        self.chosen: dict[Pair, list[Sources]] = {}
        self.passing: dict[Pair, dict[Lane, list[float]]] = {}
        self.used = self._used()
        """By place and component: what is made of it there, each by its cheapest recipe."""

    def _used(self) -> dict[Pair, list[Recipe]]:
        """Recipes on a circle, or between two, would pass demand round and are left out."""
        chosen = self.supply.recipes.cheapest()
        parts = {((r.place, part), (r.place, r.output)) for r in chosen for part in r.inputs}
        links, found = set(parts), defaultdict(list)
        for place in self.into if chosen else ():
            for product in self.case.products:
                for feeding in set(self.sources(place, product)):
                    links |= {((lane[0], product), (place, product)) for lane, _ in feeding}
        around = ring(links)
        for recipe in chosen:
            made = (recipe.place, recipe.output)
            for part in recipe.inputs:
                if not ({made, (recipe.place, part)} <= around):
                    found[recipe.place, part].append(recipe)
        return found

    def sources(self, place: str, product: str) -> list[Sources]:
        """Return by period the lanes that feed a place, and the share of each.

        Origins with a Sourcing ratio get theirs, what is left over goes to the cheapest of the
        others; shares of origins without an open lane go to the others in proportion.
        """
        key = (place, product)
        if key not in self.chosen:
            lanes, value = self.into[place], self.case.products[product].number("Unit Value", 0.0)
            origins = sorted({lane[0] for lane in lanes})
            shares = self.lanes.sourcing.shares(place, product, origins)
            fits = [self.supply.feeds(lane, product) for lane in lanes]
            known: dict[tuple[float | None, ...], Sources] = {}
            chosen: list[Sources] = []
            always = all(self.lanes.steady(lane, product)[1] for lane in lanes)
            fitting = list(zip(*fits, strict=True)) or [()] * len(self.case.horizon)
            for t, fit in enumerate(fitting):
                if chosen and always and fit == fitting[t - 1]:
                    chosen.append(chosen[-1])
                    continue
                freight = tuple(
                    self.lanes.freight(lane, product, t, value) if feeds else None
                    for lane, feeds in zip(lanes, fit, strict=True)
                )
                if freight not in known:
                    known[freight] = self._best(place, product, freight, shares)
                chosen.append(known[freight])
            self.chosen[key] = chosen
        return self.chosen[key]

    def shares(self, place: str, product: str) -> dict[Lane, list[float]]:
        """Return the share of each lane that feeds a place, by period."""
        key = (place, product)
        if key not in self.passing:
            feeding = self.sources(place, product)
            found: dict[Lane, list[float]] = {}
            for t, one in enumerate(feeding):
                for lane, share in one:
                    found.setdefault(lane, [0.0] * len(feeding))[t] = share
            self.passing[key] = found
        return self.passing[key]

    def _best(
        self, place: str, product: str, freight: tuple[float | None, ...], shares: dict[str, float]
    ) -> Sources:
        """Choose among the lanes into a place by their freight, None where one does not feed it."""
        found = [
            (
                self.case.locations[lane[0]].text("Status") == "consider",
                cost,
                self.supply.arrival(lane, product, 0),
                lane,
            )
            for lane, cost in zip(self.into[place], freight, strict=True)
            if cost is not None
        ]
        rest = max(0.0, 1.0 - sum(shares.values())) if shares else 1.0
        best: dict[str, tuple[bool, float, int, Lane]] = {}
        for one in sorted(found):
            best.setdefault(one[3][0] if one[3][0] in shares else "", one)
        total = sum(shares.get(name, rest) for name in best)
        return tuple(
            (best[name][3], shares.get(name, rest) / total if total else float(not at))
            for at, name in enumerate(sorted(best, key=lambda name: (not name, name)))
        )

    def daily(self, place: str, product: str) -> list[float]:
        """Return units per day by period, the mean of the last min(T, 4) behind the horizon."""
        key = (place, product)
        if key not in self.known:
            days = self.case.horizon.days
            result = list(self.own.get(key, [0.0] * len(days)))
            self.known[key] = [*result, 0.0]  # a place on a ring of lanes does not feed itself
            for lane in self.feeds[place]:
                shares = self.shares(lane[1], product).get(lane, [])
                if any(shares):
                    fed, due = self.daily(lane[1], product), self.supply.arriving(lane, product)
                    for t, share in enumerate(shares):
                        if share:
                            result[t] += share * fed[due[t]]
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

    def lasting(self, place: str, product: str, t: int, stock: float) -> float:
        """Return the days for which stock meets the demand after period t; nan for without end."""
        rates, lengths, found = self.daily(place, product), self.case.horizon.days, 0.0
        few = ROUNDING * max(stock, 1.0)
        for k in range(t + 1, len(lengths)):
            if stock <= few:
                return found
            need = rates[k] * lengths[k]
            if need > stock:
                return found + stock / rates[k]
            found, stock = found + lengths[k], stock - need
        if stock <= few:
            return found
        return found + stock / rates[-1] if rates[-1] > 0 else math.nan
