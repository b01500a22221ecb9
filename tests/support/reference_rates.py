"""Freight by bracket in the reference model (F14), one explicit lane per row."""

from typing import Any

from program import INF, Program, Term

Key = tuple[str, str, str]


class Rates:
    """Brackets opened one after the other; ``Reference`` charges the lanes."""

    study: Any
    program: Program
    large: float

    def _brackets(self, lane: Key) -> list[dict[str, Any]]:
        rows = [
            row
            for row in self.study.rows("Rates")
            if (row["From"], row["To"], row.get("Mode") or "road") == lane
            and row.get("Basis") != "trip"
        ]
        return sorted(rows, key=lambda row: row["Bracket From"])

    def _trip_price(self, lane: Key, vehicle: str, usual: float) -> float:
        for row in self.study.rows("Rates"):
            same = (row["From"], row["To"], row.get("Mode") or "road") == lane
            if same and row.get("Basis") == "trip" and row.get("Vehicle") in (None, vehicle):
                return float(row["Rate"])
        return usual

    def _part_loads(self, lane: Key, goods: dict[str, int]) -> dict[str, int]:
        """What may go outside whole vehicles, by product."""
        rows = self._brackets(lane)
        if not rows or rows[0].get("Rule") != "LTL-to-FTL":
            return {}
        found = {product: self.program.column() for product in goods}
        for product, column in found.items():
            self.program.row([(1.0, column), (-1.0, goods[product])], high=0)
        return found

    def _charge_brackets(self, lane: Key, goods: dict[str, int], part: dict[str, int]) -> None:
        rows = self._brackets(lane)
        if not rows:
            return
        basis = rows[0].get("Basis") or "kg"
        total: list[Term] = [
            (self.study.measure(product, basis), column)
            for product, column in (part or goods).items()
        ]
        if rows[0].get("Rule") == "all-unit":
            self._all_unit(rows, total)
        else:
            self._incremental(rows, total)

    def _incremental(self, rows: list[dict[str, Any]], total: list[Term]) -> None:
        """Each bracket is opened, for its Fixed, only when the one before is full."""
        parts: list[Term] = []
        before: tuple[int, float] | None = None
        for row, after in zip(rows, [*rows[1:], None], strict=True):
            width = (
                self.large * 10 if after is None else after["Bracket From"] - row["Bracket From"]
            )
            amount = self.program.column(high=width, cost=row.get("Rate") or 0.0)
            opened = self.program.column(high=1, cost=row.get("Fixed") or 0.0, whole=True)
            self.program.row([(1.0, amount), (-width, opened)], high=0)
            if before is not None:
                self.program.row([(1.0, before[0]), (-before[1], opened)], low=0)
            before = (amount, width)
            parts.append((-1.0, amount))
        self.program.row([*total, *parts], low=0, high=0)

    def _all_unit(self, rows: list[dict[str, Any]], total: list[Term]) -> None:
        """One bracket holds the whole of it."""
        parts: list[Term] = []
        chosen: list[Term] = []
        for row, after in zip(rows, [*rows[1:], None], strict=True):
            high = self.large * 10 if after is None else after["Bracket From"]
            amount = self.program.column(cost=row.get("Rate") or 0.0)
            here = self.program.column(high=1, cost=row.get("Fixed") or 0.0, whole=True)
            self.program.row([(1.0, amount), (-high, here)], high=0)
            self.program.row([(1.0, amount), (-row["Bracket From"], here)], low=0)
            parts.append((-1.0, amount))
            chosen.append((1.0, here))
        self.program.row(chosen, low=-INF, high=1)
        self.program.row([*total, *parts], low=0, high=0)
