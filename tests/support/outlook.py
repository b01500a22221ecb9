"""What may come to the places of a study, and what will be asked of them."""

import math
from collections.abc import Iterator

from outlook_production import Making
from sourcing_rules import by_origin
from study import Row, Study

INF = math.inf


class Outlook(Study, Making):
    """A study with what follows from it: reach (C.6.1), forward demand and cover (ruling 32)."""

    def live(self, back: bool = False) -> set[tuple[str, str]]:
        """Places to which goods come, be it after the horizon; targets count only there (C.6.1).

        With what customers may bring back: the places whose lanes can carry anything.
        """
        found = {
            (row["Location"], row.get("Return Product") or row["Product"])
            for row in self.rows("Returns")
            if back and self.asked(row["Location"], row["Product"], self.T - 1) > 0
        }
        found |= {
            (row["Location"], row["Product"])
            for row in self.rows("OpeningStock")
            if row["Quantity"] - (row.get("Blocked") or 0) > 0
        }
        found |= {(row["To"], row["Product"]) for row in self.rows("InTransit")}
        found |= {key[:2] for key, row in self.offers().items() if row.get("Max") != 0}
        size = -1
        while len(found) > size:
            size = len(found)
            found |= {
                (row["To"], row["Product"])
                for row in self.rows("Lanes")
                if (row["From"], row["Product"]) in found
            }
            found |= {
                (row["Location"], product)
                for row in self.rows("Recipes")
                if any(self.room(row, t) > 0 for t in range(self.T))
                and all((row["Location"], part) in found for part in self.goes_in(row))
                for product in self.comes_out(row)
            }
        return found

    def open_lanes(self, t: int) -> list[Row]:
        """Lane rows on which something can leave in a period (ruling 20, F16)."""
        day = str(self.start[t])
        running = [
            rows
            for rows in self.lanes().values()
            if self.departs(rows, t) and all(row.get("Max Shipment") != 0 for row in rows)
        ]
        return [
            row
            for rows in running
            for row in rows
            if (row.get("Active From") or "") <= day <= (row.get("Active To") or "9999")
            and self.works(row["To"], self.lane_arrival(row, t))
            and not self.too_late(self.lane_arrival(row, t))
            and self.goes_on(row, t)
        ]

    def most(self, place: str, product: str, t: int) -> float:
        """Most that can have come to a place by the end of t, today's stock with it.

        What can come by lanes that run in a circle is the total of the circle; only the question
        whether that is anything at all is asked there.
        """
        return self._most(place, product, t, ())

    def _most(self, place: str, product: str, t: int, behind: tuple[str, ...]) -> float:
        total = 0.0
        for row in self.rows("OpeningStock"):
            if (row["Location"], row["Product"]) == (place, product):
                total += row["Quantity"] - (row.get("Blocked") or 0)
        total = max(0.0, total)
        for row in self.rows("InTransit"):
            if (row["To"], row["Product"]) == (place, product):
                total += row["Quantity"] if self.period_of(row["Due Date"]) <= t else 0.0
        for (where, what, u), row in self.supply().items():
            lead = (row.get("Lead Time") or 0) if self.holds_stock(place) else 0
            if (where, what) == (place, product) and self.arrival(u, lead) <= t:
                total += INF if row.get("Max") is None else row["Max"]
        for ends, rows in self.lanes().items():
            if ends[1] == place and f"{product} at {ends[0]}" not in behind:
                total += self._most_by_lane(rows, product, t, (*behind, f"{product} at {place}"))
        for recipe in self.made_by(place, product):
            total += self._most_made(recipe, product, t, behind)
        return total + self._most_back(place, product, t, behind)

    def _most_back(self, place: str, product: str, t: int, behind: tuple[str, ...]) -> float:
        """What can have come back of other products; of the same one it has been there before."""
        code, total = f"back as {product} at {place}", 0.0
        for row in self.rows("Returns"):
            other = row["Product"]
            back = (row["Location"], row.get("Return Product") or other)
            times = [u for u in range(t + 1) if self.arrival(u, row.get("Lag") or 0) <= t]
            if back == (place, product) and other != product and times and code not in behind:
                there = self._most(place, other, max(times), (*behind, code))
                total += row["Ratio"] * min(there, self.asked(place, other, max(times)))
        return total

    def asked(self, place: str, product: str, t: int) -> float:
        """What a place can have been asked for of a product by the end of t."""
        total = 0.0
        for key, wanted in self.demand.items():
            ratios = [1.0] if key[1] == product else []
            ratios += [
                row.get("Ratio") or 1.0
                for row in self.rows("Substitutes")
                if (row["Product"], row["Substitute"]) == (key[1], product)
                and row.get("Channel") in (None, "*", key[3])
            ]
            if key[0] == place:
                total += sum(ratios) * sum(wanted[: t + 1])
        for row in self.rows("OpeningStock"):
            if (row["Location"], row["Product"]) == (place, product):
                total += max(0.0, -row["Quantity"])
        return total

    def _most_made(self, recipe: Row, product: str, t: int, behind: tuple[str, ...]) -> float:
        """What a recipe can have made by now, of what can have come of every component."""
        code, place = f"recipe {recipe['Recipe']}", recipe["Location"]
        times = self.released(recipe, t)
        if code in behind or not times:
            return 0.0
        runs = sum(self.room(recipe, u) for u in times)
        for part, units in self.goes_in(recipe).items():
            runs = min(runs, self._most(place, part, max(times), (*behind, code)) / units)
        return runs * self.comes_out(recipe)[product]

    def _most_by_lane(
        self, rows: list[Row], product: str, t: int, behind: tuple[str, ...]
    ) -> float:
        ships = [
            u
            for u in range(t + 1)
            for row in self.open_lanes(u)
            if row in rows and row["Product"] == product and self.lane_arrival(row, u) <= t
        ]
        if not ships:
            return 0.0
        caps = [row["Max Shipment"] for row in rows if row.get("Max Shipment") is not None]
        share = next(row.get("Yield") or 1.0 for row in rows if row["Product"] == product)
        there = self._most(rows[0]["From"], product, max(ships), behind)
        return share * min(there, len(ships) * caps[0] if caps else INF)

    # --- forward demand (ruling 32) -----------------------------------------------------------

    def forward(self, place: str, product: str, t: int) -> float:
        """Own demand and what the fed places need later; t may lie after the horizon."""
        if t >= self.T:
            last = range(self.T - min(self.T, 4), self.T)
            return sum(self.forward(place, product, u) for u in last) / len(last)
        total = sum(
            quantity[t] for key, quantity in self.demand.items() if key[:2] == (place, product)
        )
        for row, share in self._feeding(product):
            if row["From"] == place and share and self.goes_on(row, t):
                total += share * self.forward(row["To"], product, t + self._shift(row, t))
        for part, (_, made), units, row in self._uses():
            if part == (place, product):
                total += units * self.forward(place, made, self.ready(row, t))
        return total

    def _uses(self) -> list[tuple[tuple[str, str], tuple[str, str], float, Row]]:
        """What is made of what, see ``uses``; looked up once."""
        if not hasattr(self, "_known_uses"):
            fed = {
                ((row["From"], product), (row["To"], product))
                for product in (self.products if self.rows("Recipes") else ())
                for row, _ in self._feeding(product)
            }
            self._known_uses = self.uses(fed)
        return self._known_uses

    def _fills(self, lane: Row) -> bool:
        """Whether goods can ever be where a lane begins."""
        if not hasattr(self, "_filled"):
            self._filled = self.live(back=True)
        return (lane["From"], lane["Product"]) in self._filled

    def _shift(self, row: Row, t: int) -> int:
        """Periods on a lane; after the horizon as many as at its end would be needed."""
        return self.lane_arrival(row, t) - t

    def _feeding(self, product: str) -> Iterator[tuple[Row, float]]:
        """The cheapest replenish lane into each place, or one from each origin with a share.

        From a location under consideration only where no other lane is.
        """

        def rank(row: Row) -> tuple[bool, float]:
            return self.locations[row["From"]].get("Status") == "consider", self.freight(row)

        best: dict[str, dict[str, Row]] = {}
        shares: dict[str, dict[str, float]] = {}
        for row in self.rows("Lanes"):
            ever = any(row in self.open_lanes(t) for t in range(self.T)) and self._fills(row)
            if ever and row["Product"] == product and not self.is_transfer(row):
                to = row["To"]
                if to not in shares:
                    shares[to] = by_origin(self.rows("Sourcing"), to, product, "ratio")
                slot = row["From"] if row["From"] in shares[to] else ""
                found = best.setdefault(to, {})
                if slot not in found or rank(row) < rank(found[slot]):
                    found[slot] = row
        for to, found in best.items():
            rest = 1.0 - sum(shares[to].values())
            stated = {slot: shares[to].get(slot, max(0.0, rest)) for slot in found}
            total = sum(stated.values())
            for slot, row in found.items():
                yield row, stated[slot] / total if total else 1.0

    def cover_after(self, places: list[tuple[str, str]], days: float) -> float:
        """Days of demand after the horizon that leaves a group of places.

        What the group hands on inside itself is counted once, where it enters the group.
        """
        inside = dict.fromkeys(places, 0.0)
        for product in {product for _, product in places}:
            for row, share in self._feeding(product):
                if (row["From"], product) in inside and (row["To"], product) in inside:
                    inside[row["To"], product] += share
        last = self.T - 1
        return sum((1 - inside[pair]) * self.cover(*pair, days, last) for pair in places)

    def cover(self, place: str, product: str, days: float, t: int) -> float:
        """Stock at the end of t that covers the next days; t = T - 1 looks after the horizon."""
        need, left, u = 0.0, days, t + 1
        while left > 0:
            length = self.days[u] if u < self.T else self.days[-1]
            share = min(1.0, left / length)
            need += share * self.forward(place, product, u)
            left, u = left - length, u + 1
        return need
