"""Returns in the reference model (F31): explicit codes, one row per place and product."""

from typing import Any

from program import Program, Term

Pair = tuple[str, str]


class Returns:
    """What comes back of the issues, and what is thrown away; ``Reference`` balances it."""

    study: Any
    program: Program
    T: int
    issued: dict[tuple[Pair, int], list[Term]]
    came_back: dict[tuple[Pair, int], list[Term]]
    thrown: dict[tuple[Pair, int], list[Term]]

    def _comes_back(self, place: str, product: str, t: int) -> bool:
        """Whether goods of another product can have come back as this one by the end of t."""
        return any(
            (row["Location"], row.get("Return Product")) == (place, product)
            and row["Product"] != product
            and self.study.arrival(u, row.get("Lag") or 0) <= t
            and self.study.most(place, row["Product"], u) > 0
            for row in self.study.rows("Returns")
            for u in range(t + 1)
        )

    def _is_issued(self, pair: Pair) -> bool:
        """Whether a place is asked for a product at all: else nothing of it can come back."""
        asked = [sum(wanted) for key, wanted in self.study.demand.items() if key[:2] == pair]
        here = [
            row["Quantity"]
            for row in self.study.rows("OpeningStock")
            if (row["Location"], row["Product"]) == pair
        ]
        return bool(sum(asked) > 0 or sum(here) < 0)

    def _returns(self) -> None:
        for row in self.study.rows("Returns"):
            place, product = row["Location"], row["Product"]
            if not self._is_issued((place, product)):
                continue
            back = (place, row.get("Return Product") or product)
            for t in range(self.T):
                due = self.study.arrival(t, row.get("Lag") or 0)
                for share, column in self.issued.get(((place, product), t), []):
                    if due < self.T:
                        entry = (row["Ratio"] * share, column)
                        self.came_back.setdefault((back, due), []).append(entry)
                if (back, t) not in self.thrown:
                    cost, paid = row.get("Disposal Cost") or 0.0, (place, t)
                    column = self.program.column(cost=cost, paid=paid)
                    self.thrown[back, t] = [(1.0, column)]
