"""Least orders, whole lots and quotas in the reference model (F9, F15)."""

from typing import Any

from program import INF, Program, Term
from study import Row


class Lots:
    """Rows on columns that the other parts made; ``Reference`` gives them."""

    study: Any
    program: Program
    T: int
    large: float
    ordered: list[tuple[str, str, int, float, int]]
    """Place, product, period, price and column of every purchase."""
    entered: dict[tuple[str, int], list[Term]]
    """Good units made of every product, by period of release."""

    def _order_lots(self, row: Row, ordered: int, most: float) -> None:
        """An order is nothing or at least the MOQ, and a whole number of lots."""
        moq, multiple = row.get("MOQ") or 0.0, row.get("Order Multiple") or 0.0
        if moq:
            placed = self.program.column(high=1, whole=True)
            self.program.row([(1, ordered), (-moq, placed)], low=0)
            self.program.row([(1, ordered), (-min(most, self.large), placed)], high=0)
        self._whole(ordered, multiple)

    def _whole(self, column: int, multiple: float) -> None:
        if multiple:
            lots = self.program.column(whole=True)
            self.program.row([(1, column), (-multiple, lots)], low=0, high=0)

    def _quotas(self) -> None:
        """A supplier's share of all that enters of a product in a period."""
        offers = self.study.supply()
        for place, product, t, _, column in self.ordered:
            row = offers[place, product, t]
            if row.get("Max") == 0:
                continue
            whole: list[Term] = [
                (1.0, other) for _, p, u, _, other in self.ordered if (p, u) == (product, t)
            ]
            whole += self.entered.get((product, t), [])
            for name, low, high in (("Share Min", 0.0, INF), ("Share Max", -INF, 0.0)):
                share = row.get(name)
                if share is not None:
                    terms = [(-share * units, other) for units, other in whole]
                    self.program.row([(1.0, column), *terms], low=low, high=high)
