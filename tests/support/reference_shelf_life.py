"""Shelf life in the reference model (F19): every unit by its last usable day, in loops.

Stock, shipments and scrap have a column for every last usable day, issues one for every class
and day: no order of issue is taken for granted and no ages are put together.
"""

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from program import INF, Program, Term

Pair = tuple[str, str]
Row = dict[str, Any]
Key = tuple[str, str, str, str]
NEVER = 10**7


@dataclass(frozen=True)
class Coming:
    """Goods that come in with a last usable day of their own."""

    pair: Pair
    period: int
    day: int
    units: float
    column: int | None = None
    """Column whose value is the share or quantity that comes; None for what comes anyway."""
    bought: bool = False


class ShelfLife:
    """Days are counted from the first day of the horizon, which is 0."""

    study: Any
    program: Program
    T: int
    pairs: list[Pair]
    opening: dict[Pair, float]
    pipe: dict[tuple[Pair, int], float]
    decided_in: dict[tuple[Pair, int], float]
    decided_out: dict[tuple[Pair, int], float]
    bought: dict[tuple[Pair, int], list[Term]]
    cancelled: dict[tuple[Pair, int], list[Term]]
    ordered: list[tuple[str, str, int, float, int]]
    shipments: list[tuple[str, str, str, str, int, int]]
    handed: dict[tuple[Key, Pair, int], list[Term]]
    stock: dict[tuple[Pair, int], int]
    gone: dict[int, int]
    scrapped: dict[tuple[Pair, int], list[Term]]
    dead: dict[tuple[Pair, int], float]

    # --- days ---------------------------------------------------------------------------------

    def _begin(self, t: int) -> int:
        """First day of a period, also behind the horizon."""
        start = self.study.start
        if t <= self.T:
            return int((start[t] - start[0]).days)
        return self._begin(self.T) + (t - self.T) * int(self.study.days[-1])

    def _last(self, day: int) -> int:
        """Last period that ends by a day, -1 for none."""
        t = -1
        while t < self.T + 60 and self._begin(t + 2) - 1 <= day:
            t += 1
        return t

    def _offset(self, text: str) -> int:
        return int((date.fromisoformat(str(text)) - self.study.start[0]).days)

    def _far(self, t: int, lead: float) -> int:
        """Arrival period as in ruling 17, counted on behind the horizon."""
        if lead == 0:
            return t
        settings = self.study.settings
        if settings.get("lead_time_unit") == "period":
            return t + int(lead)
        rule = settings.get("lead_time_rounding", "auto")
        far = {u: self._begin(u) - self._begin(t) - lead for u in range(t, self.T + 60)}
        if rule == "ceil":
            return min(u for u in far if far[u] >= 0)
        if rule == "floor":
            return max(u for u in far if far[u] <= 0)
        return min(far, key=lambda u: (abs(far[u]), -u))

    # --- lives --------------------------------------------------------------------------------

    def _lives(self) -> None:
        """Find which products expire, and which last usable days there are."""
        self.perishing = {p for p in self.study.products if self._counts(p)}
        self.lots = [lot for lot in self._lots() if lot.pair[1] in self.perishing]
        self.days: dict[str, set[int]] = {product: set() for product in self.perishing}
        for lot in self.lots:
            self.days[lot.pair[1]].add(lot.day)
        for (place, product, t), row in self.study.supply().items():
            if product in self.perishing:
                self.days[product].add(self._supply_day(place, product, t, row))
        for product, t in ((p, t) for p in self.perishing for t in range(self.T)):
            self.days[product].add(self._new(product, self._begin(t)))
        self.present = {p: self._spread(p) for p in self.perishing}

    def _counts(self, product: str) -> bool:
        row = self.study.products[product]
        dated = [
            one
            for sheet in ("OpeningStock", "InTransit")
            for one in self.study.rows(sheet)
            if one["Product"] == product and one.get("Expiry Date")
        ]
        bought = [r for r in self.study.rows("Supply") if r.get("Remaining Life") is not None]
        return bool(
            row.get("Shelf Life")
            or row.get("Maturation")
            or dated
            or any(one["Product"] == product for one in bought)
        )

    def _life(self, product: str) -> int:
        return int(self.study.products[product].get("Shelf Life") or NEVER)

    def _ripens(self, product: str) -> int:
        return int(self.study.products[product].get("Maturation") or 0)

    def _new(self, product: str, day: int) -> int:
        """Last usable day of goods made on a day."""
        return day + self._life(product) - 1

    def _lots(self) -> list[Coming]:
        found = []
        for row in self.study.rows("OpeningStock"):
            product, units = row["Product"], row["Quantity"] - (row.get("Blocked") or 0)
            made = row.get("Production Date") or row.get("Received Date")
            born = self._offset(made) if made else -self._ripens(product)
            day = self._new(product, born)
            if row.get("Expiry Date"):
                day = self._offset(row["Expiry Date"])
            if units > 0:
                found.append(Coming((row["Location"], product), 0, day, units))
        for row in self.study.rows("InTransit"):
            if self._leaves(row) < 0:
                pair, due = (row["To"], row["Product"]), self.study.period_of(row["Due Date"])
                born = max(0, self._offset(row["Due Date"]))
                if row.get("Ship Date"):
                    born = self._offset(row["Ship Date"])
                day = self._new(pair[1], born)
                if row.get("Expiry Date"):
                    day = self._offset(row["Expiry Date"])
                found.append(Coming(pair, due, day, row["Quantity"], self.gone.get(id(row))))
        return found

    def _leaves(self, row: Row) -> int:
        """Period in which an order leaves a place of the network, -1 for none."""
        day = row.get("Ship Date")
        if not row.get("From") or not day or str(day) < str(self.study.start[0]):
            return -1
        return int(self.study.period_of(day))

    def _supply_day(self, place: str, product: str, t: int, row: Row) -> int:
        lead = row.get("Lead Time") or 0
        if self.study.holds_stock(place):
            day = self._begin(self._far(t, lead))
        elif self.study.settings.get("lead_time_unit") == "period":
            day = self._begin(t + int(lead))
        else:
            day = self._begin(t) + math.ceil(lead)
        left = row.get("Remaining Life")
        return self._new(product, day) if left is None else day + int(left) - 1

    def _receipt(self, place: str, t: int, row: Row) -> int:
        return self._far(t, (row.get("Lead Time") or 0) if self.study.holds_stock(place) else 0)

    def _row_of(self, lane: tuple[str, str, str], product: str, t: int) -> Row:
        rows = self.study.lanes()[lane]
        open_rows: list[Row] = [
            r for r in self.study.open_lanes(t) if r in rows and r["Product"] == product
        ]
        return open_rows[0]

    def _arrives(self, row: Row, t: int) -> int:
        lead = row["Lead Time"]
        if not self.study.holds_stock(row["From"]):
            lead += self.study.supply_lead(row["From"], row["Product"])
        return self._far(t, lead)

    # --- where each day can be ------------------------------------------------------------------

    def _spread(self, product: str) -> set[tuple[str, int, int]]:
        """Place, last usable day and period of goods that can be there."""
        there = {
            (lot.pair[0], lot.day, lot.period)
            for lot in self.lots
            if lot.pair[1] == product and lot.period < self.T and self._last(lot.day) >= lot.period
        }
        for (place, what, t), row in self.study.supply().items():
            due, day = self._receipt(place, t, row), self._supply_day(place, what, t, row)
            if what == product and row.get("Max") != 0 and due < self.T and self._last(day) >= due:
                there.add((place, day, due))
        for recipe in self.study.rows("Recipes"):
            if product in self.study.comes_out(recipe):
                for t in range(self.T):
                    day = self._new(product, self._begin(t))
                    can = self.study.most(recipe["Location"], product, t) > 0
                    if can and self._last(day) >= t:
                        there.add((recipe["Location"], day, t))
        for t in range(self.T):
            before = -1
            while before < len(there):
                before = len(there)
                for place, day, u in [one for one in there if one[2] == t]:
                    if self.study.holds_stock(place) and u + 1 < self.T and self._last(day) > u:
                        there.add((place, day, u + 1))
                    for to, due in self._onward(place, product, u):
                        if due < self.T and self._last(day) >= due:
                            there.add((to, day, due))
        return there

    def _onward(self, place: str, product: str, t: int) -> list[tuple[str, int]]:
        found = [
            (row["To"], self._arrives(row, t))
            for row in self.study.open_lanes(t)
            if (row["From"], row["Product"]) == (place, product) and self.study.works(place, t)
        ]
        for row in self.study.rows("InTransit"):
            if (row.get("From"), row["Product"]) == (place, product) and self._leaves(row) == t:
                found.append((row["To"], self.study.period_of(row["Due Date"])))
        return found

    def _takes(self, key: Key, product: str, day: int, t: int) -> bool:
        """Whether a class takes goods of a last usable day in a period."""
        row = self.study.classes.get(key[2], {})
        life = self._life(product) if self.study.products[product].get("Shelf Life") else 0
        wanted = math.ceil((row.get("Min Life Share") or 0) * life - 1e-9)
        wanted = max(wanted, math.ceil(row.get("Min Remaining Life") or 0))
        fresh = day >= self._begin(t + 1) - 1 and day >= self._begin(t) + wanted - 1
        return fresh and self._ripe(product, day, t)

    def _as_old(self, high: Key, low: Key, product: str, t: int) -> bool:
        """Whether one class takes all goods of a product, however old, that another one takes."""
        if product not in self.perishing:
            return True
        there = {day for _, day, _ in self.present[product]}
        return all(
            self._takes(high, product, day, t) for day in there if self._takes(low, product, day, t)
        )

    def _ripe(self, product: str, day: int, t: int) -> bool:
        born = day - self._life(product) + 1
        return not self._ripens(product) or born + self._ripens(product) <= self._begin(t)

    def _can_serve(self, key: Key, place: str, product: str, t: int) -> bool:
        """Whether goods the class takes can be at a place."""
        if product not in self.perishing:
            return bool(self.study.most(place, product, t) > 0)
        return any(
            (place, day, t) in self.present[product]
            for day in self.days[product]
            if self._takes(key, product, day, t)
        )

    # --- what can have come alive --------------------------------------------------------------

    def _alive_most(self, pair: Pair, t: int) -> float:
        """Most that can have come to a place and be alive after a period."""
        place, product = pair
        if product not in self.perishing:
            return float(self.study.most(place, product, t))
        total = 0.0
        for day in self.days[product]:
            if self._last(day) > t:
                total += self._most_of(place, product, t, day, ())
        for lot_pair, due, units, day in self._rides():
            if lot_pair == pair and due <= t and self._last(day) > t:
                total += units
        return min(total, float(self.study.most(place, product, t)))

    def _rides(self) -> list[tuple[Pair, int, float, int]]:
        """Orders that take what is there, counted with the freshest of it."""
        found = []
        for row in self.study.rows("InTransit"):
            leaves, product = self._leaves(row), row["Product"]
            if leaves >= 0 and product in self.perishing:
                at = [d for p, d, u in self.present[product] if (p, u) == (row["From"], leaves)]
                due = self.study.period_of(row["Due Date"])
                if at and self._last(max(at)) >= due:
                    found.append(((row["To"], product), due, row["Quantity"], max(at)))
        return found

    def _most_of(
        self, place: str, product: str, t: int, day: int, behind: tuple[str, ...]
    ) -> float:
        total = 0.0
        for lot in self.lots:
            mine = lot.pair == (place, product) and lot.day == day
            if mine and lot.period <= t and self._last(day) >= lot.period:
                total += lot.units
        for (where, what, u), row in self.study.supply().items():
            due = self._receipt(where, u, row)
            mine = (where, what) == (place, product) and self._supply_day(
                where, what, u, row
            ) == day
            if mine and due <= t and self._last(day) >= due:
                total += INF if row.get("Max") is None else row["Max"]
        for recipe in self.study.made_by(place, product):
            total += self._most_made_of(recipe, product, t, day)
        for ends, rows in self.study.lanes().items():
            if ends[1] == place and ends[0] not in behind:
                total += self._by_lane(rows, product, t, day, (*behind, place))
        return total

    def _most_made_of(self, recipe: Row, product: str, t: int, day: int) -> float:
        """What a recipe can have made of a last usable day: new when it comes into stock."""
        place, total = recipe["Location"], 0.0
        for u in range(t + 1):
            due = self.study.ready(recipe, u)
            if due <= t and self._new(product, self._begin(due)) == day >= self._begin(due):
                runs = self.study.room(recipe, u)
                for part, units in self.study.goes_in(recipe).items():
                    runs = min(runs, self.study.most(place, part, u) / units)
                total += runs * self.study.comes_out(recipe)[product]
        return total

    def _by_lane(
        self, rows: list[Row], product: str, t: int, day: int, behind: tuple[str, ...]
    ) -> float:
        ships = [
            u
            for u in range(t + 1)
            for row in self.study.open_lanes(u)
            if row in rows
            and row["Product"] == product
            and self._arrives(row, u) <= min(t, self._last(day))
        ]
        if not ships:
            return 0.0
        caps = [row["Max Shipment"] for row in rows if row.get("Max Shipment") is not None]
        there = self._most_of(rows[0]["From"], product, max(ships), day, behind)
        return min(there, len(ships) * caps[0] if caps else INF)
