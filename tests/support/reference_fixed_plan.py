"""Decisions already taken in the reference model (F29)."""

from typing import Any

from program import Program
from study import Row


class FixedPlan:
    """Bounds and changes of the columns that the other parts made."""

    study: Any
    program: Program
    T: int
    shipments: list[tuple[str, str, str, str, int, int]]
    ordered: list[tuple[str, str, int, float, int]]
    runs: dict[tuple[str, str, int], int]

    def _fixed_plan(self) -> None:
        frozen = {t for t, row in enumerate(self.study.rows("Periods")) if row.get("Frozen") == "Y"}
        listed = set()
        for row in self.study.rows("FixedPlan"):
            t = self.study.periods.index(str(row["Period"]))
            column = self._planned_column(row, t)
            listed.add(column)
            rule = "fix" if t in frozen else row.get("Rule") or "fix"
            self._plan_row(row, rule, column)
        for *_, t, flow in self.shipments:
            if t in frozen and flow not in listed:
                self.program.row([(1, flow)], high=0)
        for place, _, t, _, bought in self.ordered:
            if t in frozen and bought not in listed and self.study.holds_stock(place):
                self.program.row([(1, bought)], high=0)
        for (_, _, t), made in self.runs.items():
            if t in frozen and made not in listed:
                self.program.row([(1, made)], high=0)

    def _planned_column(self, row: Row, t: int) -> int | None:
        to, product = row["To"], row["Product"]
        if row.get("Recipe"):
            return self.runs.get((row["Recipe"], to, t))
        if row.get("From"):
            modes = {key[2] for key in self.study.lanes() if key[:2] == (row["From"], to)}
            mode = row.get("Mode") or (modes.pop() if len(modes) == 1 else "road")
            key = (row["From"], to, mode, product, t)
            return next((ship[5] for ship in self.shipments if ship[:5] == key), None)
        return next((o[4] for o in self.ordered if o[:3] == (to, product, t)), None)

    def _plan_row(self, row: Row, rule: str, column: int | None) -> None:
        quantity = row["Quantity"]
        if rule != "reference":
            if column is None:
                assert rule == "max" or quantity == 0
                return
            low = quantity if rule in ("fix", "min") else 0.0
            high = quantity if rule in ("fix", "max") else float("inf")
            self.program.row([(1, column)], low=low, high=high)
            return
        usual = self.study.settings.get("change_penalty", "ladder")
        price = 0.01 * self.study.basis(row["Product"]) if usual == "ladder" else usual
        if row.get("Penalty") is not None:
            price = row["Penalty"]
        if column is None:
            self.program.constant += price * quantity
            return
        more, less = self.program.column(cost=price), self.program.column(cost=price)
        self.program.row([(1, column), (-1, more), (1, less)], low=quantity, high=quantity)
