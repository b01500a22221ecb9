"""What limits the reference model: storage and throughput (F7, F8), and its end (F26)."""

from typing import Any

from program import Program, Term
from reference_flows import Pair, default, times
from study import Row


class Limits:
    """Rows over columns that the other parts made; ``Reference`` gives them."""

    study: Any
    program: Program
    T: int
    opening: dict[Pair, float]
    blocked: dict[Pair, float]
    pipe: dict[tuple[Pair, int], float]
    too_old: dict[Pair, float]
    leave: dict[tuple[Pair, int], float]
    decided_in: dict[tuple[Pair, int], float]
    decided_out: dict[tuple[Pair, int], float]
    stock: dict[tuple[Pair, int], int]
    received: dict[tuple[Pair, int], list[Term]]
    issued: dict[tuple[Pair, int], list[Term]]
    shipped: dict[tuple[Pair, int], list[Term]]
    bought: dict[tuple[Pair, int], list[Term]]
    cancelled: dict[tuple[Pair, int], list[Term]]
    stayed: dict[tuple[Pair, int], list[Term]]
    made: Any
    open_at: Any
    stuck: Any

    # --- F7, F8 -------------------------------------------------------------------------------

    def _capacity(self) -> None:
        for row in self.study.rows("Capacity"):
            for t in range(self.T):
                if row.get("Period") in (None, self.study.periods[t]):
                    self._limit(row, t)

    def _limit(self, row: Row, t: int) -> None:
        study, place, kind = self.study, row["Location"], row["Kind"]
        factor = study.working_days(place, t, row.get("Calendar"))
        factor = 1.0 if kind == "storage" or row.get("Per") == "bucket" else factor
        limit, zone = row["Limit"] * factor, row.get("Zone") or "*"
        terms: list[Term] = []
        known = 0.0  # what lies or comes without a decision of the plan
        decided = 0.0  # what no plan can change: a limit gives way to it (ruling 39)
        for product, good in study.products.items():
            pair, size = (place, product), study.measure(product, row["Dimension"])
            if zone not in ("*", good.get("Zone") or "ambient"):
                continue
            if kind == "storage":
                terms.append((size, self.stock[pair, t]))
                known += size * self.blocked[pair]
                decided += size * (self.blocked[pair] + self.stuck(pair, t))
            if kind in ("inbound", "dock"):
                terms += times(size, self.received.get((pair, t), []))
                terms += times(-size, self.cancelled.get((pair, t), []))
                known += size * self.pipe[pair, t]
                decided += size * self.decided_in[pair, t]
            if kind in ("outbound", "dock"):
                for flows in (self.shipped, self.issued):
                    terms += times(size, flows.get((pair, t), []))
                terms += times(-size, self.stayed.get((pair, t), []))
                known += size * self.leave[pair, t]
                decided += size * self.decided_out[pair, t]
        extra = self.program.column(
            high=factor * (row.get("Extra Limit") or 0.0),
            cost=row.get("Extra Cost") or 0.0,
            paid=(place, t),
        )
        self.program.row([*terms, (-1, extra)], high=max(limit, decided) - known)

    # --- F26 ----------------------------------------------------------------------------------

    def _terminal(self) -> None:
        rows = self.study.rows("Terminal")
        rule = self.study.settings.get("terminal_rule", "none")
        if not rows and rule != "none":
            days = self.study.settings.get("terminal_days", 14)
            rows = [
                {"Location": "*", "Product": product, "Rule": rule, "Days": days}
                for product in self.study.products
            ]
        for row in rows:
            for group in self._groups(row):
                self._end_rule(row, group)

    def _groups(self, row: Row) -> list[list[Pair]]:
        """The places of a rule, together or by tier or location (Level)."""
        study, by = self.study, row.get("Level") or "network"
        groups: dict[str, list[Pair]] = {}
        for place, location in study.locations.items():
            if row["Location"] in ("*", place) and study.holds_stock(place):
                name = {"network": "", "tier": location["Tier"], "location": place}[by]
                groups.setdefault(name, []).append((place, row["Product"]))
        return list(groups.values())

    def _left(self, pair: Pair) -> tuple[list[Term], float]:
        """What is in stock at the end and under way: terms and what is known."""
        after = [(1.0, self.stock[pair, self.T - 1])]
        after += self.received.get((pair, self.T), []) + self.bought.get((pair, self.T), [])
        after += self.made.get((pair, self.T), [])
        after += times(-1, self.cancelled.get((pair, self.T), []))
        return after, self.pipe[pair, self.T]

    def _end_rule(self, row: Row, pairs: list[Pair]) -> None:
        left: list[Term] = []
        known = 0.0
        for pair in pairs:
            terms, sure = self._left(pair)
            left, known = left + terms, known + sure
        if row["Rule"] == "value":
            credit = self.program.column(high=row["Quantity"], cost=-row["Value"])
            self.program.row([(1, credit), *times(-1, left)], high=known)
        elif row["Rule"] in ("cover", "opening"):
            target = self._end_target(row, pairs)
            ladder = 0.15 * self.study.basis(row["Product"])
            short = self.program.column(cost=default(row.get("Penalty"), ladder))
            places = {pair[0] for pair in pairs}
            gate = self.open_at.get((min(places), self.T - 1)) if len(places) == 1 else None
            wanted: list[Term] = [] if gate is None else [(-target, gate)]
            self.program.row([(1, short), *left, *wanted], low=-known if wanted else target - known)

    def _end_target(self, row: Row, pairs: list[Pair]) -> float:
        if not self.study.wanted(row["Product"], self.T - 1):
            return 0.0
        if row["Rule"] == "cover":
            return self.study.cover_after(pairs, row["Days"])
        return sum(self.opening[pair] + self._under_way(pair) for pair in pairs)

    def _under_way(self, pair: Pair) -> float:
        """All open orders to a place, less what leaves it: that is counted where it arrives."""
        coming = sum(self.pipe[pair, t] for t in range(self.T + 1)) + self.too_old.get(pair, 0.0)
        return float(coming - sum(self.leave[pair, t] for t in range(self.T)))
