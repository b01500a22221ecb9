"""Stock that nothing can have taken away, in the reference model (F6, ruling 39)."""

from typing import Any

from reference_flows import Pair, default, of

Key = tuple[str, str, str, str]


class Stuck:
    """What hard limits give way to, place by place and period by period."""

    study: Any
    T: int
    opening: dict[Pair, float]
    decided_in: dict[tuple[Pair, int], float]
    decided_out: dict[tuple[Pair, int], float]
    perishing: set[str]
    present: dict[str, set[tuple[str, int, int]]]
    lots: Any

    def stuck(self, pair: Pair, t: int) -> float:
        """Stock that nothing can have taken away by the end of t."""
        place, product = pair
        held = {p: self.opening[place, p] for p in self.study.products}
        for u in range(t + 1):
            for p in held:
                held[p] += self.decided_in[(place, p), u] - self.decided_out[(place, p), u]
                held[p] = max(0.0, held[p] - self._wished((place, p), u))
            share = self._carried(place, held, u)
            for p in held:
                if self._all_live_on((place, p), u):
                    held[p] *= 1.0 - min(1.0, share[p])
                held[p] = max(0.0, held[p] - self._made_of((place, p), u))
                if p in self.perishing:
                    held[p] = min(held[p], self._alive((place, p), u))
        return held[product]

    def _wished(self, pair: Pair, t: int) -> float:
        """What demand that takes every age can take in a period."""
        here: list[int] = self._here(pair, t)
        total = 0.0
        for key in self.study.demand:
            takes: Any = self
            if key[:2] == pair and all(takes._takes(key, pair[1], day, t) for day in here):
                total += self._taken(key, t)
        return total

    def _taken(self, key: Key, t: int) -> float:
        """Most that a stream can take from stock in a period; a closed place makes it wait."""
        study = self.study
        if not study.works(key[0], t):
            return 0.0
        asked, u = study.demand[key][t], t - 1
        row = study.classes.get(key[2], {})
        share = {"backorder": 1.0, "partial": default(row.get("Backorder Share"), 1.0)}
        while u >= 0 and not study.works(key[0], u):
            asked += study.demand[key][u] * share.get(study.mode(key[2]), 0.0) ** (t - u)
            u -= 1
        return float(asked)

    def _carried(self, place: str, held: dict[str, float], t: int) -> dict[str, float]:
        """Share of each product that lanes can take; a lane carries all its products alike."""
        share = dict.fromkeys(held, 0.0)
        if not self.study.works(place, t):
            return share
        for rows in self.study.lanes().values():
            goods = [row["Product"] for row in self.study.open_lanes(t) if row in rows]
            if rows[0]["From"] != place or not goods:
                continue
            total, most = sum(held[p] for p in goods), of(rows, "Max Shipment")
            for p in goods:
                share[p] += 1.0 if most is None or total <= most else most / total
        return share

    def _made_of(self, pair: Pair, t: int) -> float:
        """What recipes can use up in a period, where all that is there is ripe."""
        ripe: Any = self
        if not all(ripe._ripe(pair[1], day, t) for day in self._here(pair, t)):
            return 0.0
        return float(
            sum(
                self.study.goes_in(row)[pair[1]] * self.study.room(row, t)
                for row in self.study.rows("Recipes")
                if row["Location"] == pair[0] and pair[1] in self.study.goes_in(row)
            )
        )

    # --- goods that expire ----------------------------------------------------------------------

    def _here(self, pair: Pair, t: int) -> list[int]:
        """Last usable days of what can be at a place in a period."""
        place, product = pair
        if product not in self.perishing:
            return []
        return [day for where, day, u in self.present[product] if (where, u) == (place, t)]

    def _all_live_on(self, pair: Pair, t: int) -> bool:
        """Whether all that can be there arrives alive on the fastest lane."""
        ages: Any = self
        rows = [row for row in self.study.open_lanes(t) if (row["From"], row["Product"]) == pair]
        fastest = min((ages._arrives(row, t) for row in rows), default=0)
        return all(ages._last(day) >= fastest for day in self._here(pair, t))

    def _alive(self, pair: Pair, t: int) -> float:
        """Today's stock and firm orders that live on after a period."""
        ages: Any = self
        alive = sum(
            lot.units
            for lot in self.lots
            if lot.pair == pair
            and lot.column is None
            and lot.period <= t
            and ages._last(lot.day) > t
        )
        return float(alive + self._riding(pair, t))

    def _riding(self, pair: Pair, t: int) -> float:
        """Firm orders that took what was there, as long as the freshest of it may live."""
        ages: Any = self
        total = 0.0
        for row in self.study.rows("InTransit"):
            leaves, due = ages._leaves(row), self.study.period_of(row["Due Date"])
            if (row["To"], row["Product"]) == pair and leaves >= 0 and due <= t:
                at = self._here((row["From"], pair[1]), leaves)
                if row.get("Firm") != "N" and at and ages._last(max(at)) > t:
                    total += row["Quantity"]
        return total
