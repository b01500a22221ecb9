"""Who buys or makes what, when it can be used, and where goods can be at all (ruling 19)."""

import math

from tierstock.outputs.audit.case import Case, Pair
from tierstock.outputs.audit.lanes import Lane, Lanes
from tierstock.outputs.audit.recipes import Recipes

COUNTED = ("Max", "Min", "MOQ", "Order Multiple")
"""Quantities, in the unit of the cell or of the row."""
PRICED = ("Unit Cost", "Fixed Cost", "Min Penalty")
"""Money in the currency of the row."""


class Supply:
    """The Supply sheet, and suppliers without a row, who sell all that their lanes carry."""

    def __init__(self, case: Case, lanes: Lanes) -> None:
        """Find the suppliers that no row speaks of, then where goods can be."""
        self.case, self.lanes = case, lanes
        self.policy = case.policy("Supply")
        stated = {place for _, ranks in self.policy.rows for place in ranks[0]}
        self.recipes = Recipes(case)
        stated |= self.recipes.places
        self.free = {c for c in case.locations if case.tier(c) == "supplier" and c not in stated}
        self.carried = {
            (lane[0], product)
            for lane, entries in lanes.entries.items()
            for entry in entries
            for product in entry.products
        }
        """Places and products that some lane takes away."""
        self.arrivals: dict[tuple[Lane, str], list[int]] = {}
        self.numbers: dict[tuple[str, str, str, int], float | None] = {}
        self.first: dict[Pair, int] = {}
        self.first = self._first()

    def number(self, column: str, place: str, product: str, t: int, default: float) -> float:
        """Return the winning number of a column, in base units or home money."""
        steady = column not in PRICED and self.policy.steady(place, product)
        key = (column, place, product, 0 if steady else t)
        if key not in self.numbers:
            self.numbers[key] = self._number(*key)
        found = self.numbers[key]
        return default if found is None else found

    def _number(self, column: str, place: str, product: str, t: int) -> float | None:
        period, measures = self.case.horizon.ids[t], self.case.measures
        _, row = self.policy.value(column, period, place, product)
        if row is None:
            return None
        if column in COUNTED:
            return measures.quantity(row, column, product)
        rate = measures.rate(row.text("Currency"), period) if column in PRICED else 1.0
        return row.number(column) * rate

    def offered(self, place: str, product: str, t: int) -> bool:
        """Tell whether a place buys or makes a product in a period."""
        if not self.case.is_open(place, t) or not self.case.supplied(product, t):
            return False
        due = self.receipt(place, product, t)
        if not self.case.is_open(place, due) or self._too_late(due):
            return False
        if place in self.free:
            return (place, product) in self.carried
        return self.policy.speaks(self.case.horizon.ids[t], place, product)

    def most(self, place: str, product: str, t: int) -> float:
        """Return the most that can be ordered in a period, units."""
        if not self.offered(place, product, t):
            return 0.0
        return self.number("Max", place, product, t, math.inf)

    def lead(self, place: str, product: str, t: int) -> float:
        """Return the lead time as stated."""
        return self.number("Lead Time", place, product, t, 0.0)

    def passes(self, place: str, product: str) -> bool:
        """Tell whether the supply lead time counts on the lanes: a supplier without stock."""
        folds = self.case.tier(place) == "supplier" and not self.case.holds(place)
        return folds and (place, product) in self.carried

    def receipt(self, place: str, product: str, t: int) -> int:
        """Return the period in which an order can be used."""
        if self.passes(place, product):
            return t
        return self.case.horizon.arrival(t, self.lead(place, product, t))

    def arrival(self, lane: Lane, product: str, t: int) -> int:
        """Return the arrival period of a shipment.

        The supply days of an origin without stock are added before the one rounding.
        """
        known = self.arrivals.get((lane, product))
        return (self.arriving(lane, product) if known is None else known)[t]

    def arriving(self, lane: Lane, product: str) -> list[int]:
        """Return the arrival periods of shipments by the period in which they leave."""
        key = (lane, product)
        if key not in self.arrivals:
            periods, passes = range(len(self.case.horizon)), self.passes(lane[0], product)
            always = self.lanes.steady(lane, product)[0]
            always = always and (not passes or self.policy.steady(lane[0], product))
            leads = [self._days(lane, product, k, passes) for k in periods[: 1 if always else None]]
            leads = leads * len(periods) if always else leads
            self.arrivals[key] = list(map(self.case.horizon.arrival, periods, leads))
        return self.arrivals[key]

    def _days(self, lane: Lane, product: str, t: int, passes: bool) -> float:
        """Return the lead time of a lane, with that of the supply where its origin passes on."""
        before = self.lead(lane[0], product, t) if passes else 0.0
        return self.lanes.lead(lane, product, t) + before

    def usable(self, lane: Lane, product: str, t: int) -> bool:
        """Tell whether a product may ship on a lane in a period.

        A row is valid, the lane departs, both ends are open, transfer rules permit it, and it can
        be at the origin.
        """
        due = min(self.arrival(lane, product, t), len(self.case.horizon))
        return (
            self.lanes.departs(lane, t)
            and self.case.is_open(lane[0], t)
            and self.case.is_open(lane[1], due)
            and not self._too_late(due)
            and self._valid(lane, product, t, due)
        )

    def _too_late(self, due: int) -> bool:
        """Tell whether an arrival is behind the horizon though the settings forbid it."""
        return not self.case.late and due >= len(self.case.horizon)

    def feeds(self, lane: Lane, product: str) -> list[bool]:
        """Tell by period whether a lane counts as a source: open by its dates, usable at some time.

        Between its departures and on closed days it feeds its destination all the same.
        """
        times, last = range(len(self.case.horizon)), len(self.case.horizon)
        ever = any(self.usable(lane, product, k) for k in times)
        open_always = self.case.always_open(lane[0]) and self.case.always_open(lane[1])
        steady = self.lanes.steady(lane, product)[0] and lane not in self.lanes.zero
        if ever and open_always and steady:
            if self.lanes.rules or not self.case.supplied(product, last - 1):
                return [self._valid(lane, product, k, last) for k in times]
            return [True] * last  # at all times as at the one at which it is usable
        dues = (min(self.arrival(lane, product, k), last) for k in times)
        return [ever and self._valid(lane, product, k, due) for k, due in enumerate(dues)]

    def _valid(self, lane: Lane, product: str, t: int, due: int) -> bool:
        case = self.case
        return (
            self.lanes.carries(lane, product, t)
            and not self.lanes.shut(lane, t)
            and case.in_window(lane[0], t)
            and case.in_window(lane[1], due)
            and self.lanes.permitted(lane, product, t)
            and (case.supplied(product, t) or not self.lanes.replenishes(lane))
            and not self.lanes.sourcing.forbids(*lane[:2], product)
            and (not self.first or (lane[0], product) in self.first)
        )

    def _first(self) -> dict[Pair, int]:
        """Return the first period in which anything can be at a place, over all lanes."""
        case, last = self.case, len(self.case.horizon)
        first: dict[Pair, int] = {pair: 0 for pair, q in case.opening.items() if q > 0}
        for order in case.orders:
            pair = (order.to, order.product)
            first[pair] = min(first.get(pair, last), order.due)
        for place in case.locations:
            for product in case.products:
                if place not in self.free and not self.policy.matching(place, product, place):
                    continue
                when = [t for t in range(last) if self.most(place, product, t) > 0]
                if when:
                    bought = min(self.receipt(place, product, t) for t in when)
                    first[place, product] = min(first.get((place, product), last), bought)
        waiting = set(first)
        outward: dict[str, list[Lane]] = {}
        for lane in self.lanes.entries:
            outward.setdefault(lane[0], []).append(lane)
        while waiting or self._make(first, waiting):
            origin, product = waiting.pop()
            for lane in outward.get(origin, ()):
                due = self._earliest(lane, product, first[origin, product])
                to = (lane[1], product)
                if due is not None and due < first.get(to, last + 1):
                    first[to] = due
                    waiting.add(to)
        return first

    def _make(self, first: dict[Pair, int], waiting: set[Pair]) -> bool:
        """Lower the first periods by what recipes make of what is there; tell whether any fell."""
        last = len(self.case.horizon)
        for recipe in self.recipes.known.values():
            parts = [first.get((recipe.place, part), last) for part in recipe.inputs]
            since = max(parts, default=0)
            turns = [t for t in self.recipes.runs(recipe) if t >= since]
            if turns:
                due = min(self.recipes.due(recipe, t) for t in turns)
                for product in recipe.outputs:
                    made = (recipe.place, product)
                    if due < first.get(made, last + 1):
                        first[made] = due
                        waiting.add(made)
        return bool(waiting)

    def _earliest(self, lane: Lane, product: str, since: int) -> int | None:
        """Return the first arrival over a lane; ``len`` behind the horizon, None for never."""
        if not self.lanes.rows(lane, product):
            return None
        last = len(self.case.horizon)
        best = last
        for t in range(since, last):
            if t >= best:  # nothing arrives before it leaves
                break
            if self.usable(lane, product, t):
                best = min(best, self.arrival(lane, product, t))
        return best
