"""The planner's own constraints in the reference model (F37), explicit codes or blank for all."""

import math
from typing import Any

from program import Program, Term
from study import Row

INF = math.inf


class UserRows:
    """Sums over columns that the other parts made; ``Reference`` gives them."""

    study: Any
    program: Program
    T: int
    large: float
    stock: dict[tuple[tuple[str, str], int], int]
    issued: dict[tuple[tuple[str, str], int], list[Term]]
    ordered: list[tuple[str, str, int, float, int]]
    """Place, product, period, price and column of every purchase."""
    shipments: list[tuple[str, str, str, str, int, int]]
    """From, to, mode, product, period and column of every flow."""
    losses: list[tuple[str, str, int, int]]
    """Place, product, period and column of what is lost or given up."""

    def _user_rows(self) -> None:
        names = list(dict.fromkeys(row["Row"] for row in self.study.rows("UserRows")))
        for name in names:
            rows = [row for row in self.study.rows("UserRows") if row["Row"] == name]
            stated = {key: cell for row in rows for key, cell in row.items() if cell is not None}
            each = stated.get("Each") or "total"
            groups: dict[Any, list[Term]] = {}
            if each == "total":
                groups[""] = []
            for row in rows:
                if each == "each period":
                    chosen = [t for t in range(self.T) if self._fits(row, "Period", t)]
                    groups |= {t: groups.get(t, []) for t in chosen}
                if each == "each location":
                    places = [p for p in self.study.locations if row.get("From") in (None, p)]
                    groups |= {p: groups.get(p, []) for p in places}
                if each == "each product":
                    goods = [p for p in self.study.products if row.get("Product") in (None, p)]
                    groups |= {p: groups.get(p, []) for p in goods}
                for place, product, t, weight, column in self._counted(row):
                    key = {"each period": t, "each location": place, "each product": product}
                    factor = row.get("Coefficient")
                    share = weight * (1.0 if factor is None else factor)
                    groups.setdefault(key.get(each, ""), []).append((share, column))
            for terms in groups.values():
                self._user_row(stated, terms)

    def _user_row(self, stated: Row, terms: list[Term]) -> None:
        sense, value, price = stated["Sense"], stated["Value"], stated.get("Penalty")
        low, high = (-INF if sense == "<=" else value), (INF if sense == ">=" else value)
        slack: list[Term] = []
        if price is not None:
            slack = [
                (1.0, self.program.column(cost=price)),
                (-1.0, self.program.column(cost=price)),
            ]
        self.program.row([*terms, *slack], low=low, high=high)

    def _fits(self, row: Row, column: str, t: int) -> bool:
        return row.get(column) in (None, "*", self.study.periods[t])

    def _counted(self, row: Row) -> list[tuple[str, str, int, float, int]]:
        """Place, product, period, weight and column of all that a term sums."""
        found = [
            item
            for item in self._items(row["Variable"], row)
            if self._fits(row, "Period", item[2])
            and row.get("From") in (None, "*", item[0])
            and (not item[1] or row.get("Product") in (None, "*", item[1]))
        ]
        return found

    def _items(self, variable: str, row: Row) -> list[tuple[str, str, int, float, int]]:
        if variable == "ship":
            return [(i, p, t, 1.0, c) for i, _, _, p, t, c in self._on_lanes(row)]
        if variable == "departures":
            return self._departures(row)
        if variable == "stock":
            return [(*pair, t, 1.0, column) for (pair, t), column in self.stock.items()]
        if variable == "issue":
            flows = self.issued.items()
            return [(*pair, t, share, c) for (pair, t), terms in flows for share, c in terms]
        if variable == "spend":
            return list(self.ordered)
        return [(place, product, t, 1.0, c) for place, product, t, c in self.losses]

    def _on_lanes(self, row: Row) -> list[tuple[str, str, str, str, int, int]]:
        return [
            one
            for one in self.shipments
            if row.get("To") in (None, "*", one[1]) and row.get("Mode") in (None, "*", one[2])
        ]

    def _departures(self, row: Row) -> list[tuple[str, str, int, float, int]]:
        lanes: dict[tuple[str, str, str, int], list[int]] = {}
        for origin, to, mode, _, t, column in self._on_lanes(row):
            lanes.setdefault((origin, to, mode, t), []).append(column)
        found = []
        for (origin, _, _, t), columns in lanes.items():
            used = self.program.column(high=1, whole=True)
            self.program.row([*((1.0, c) for c in columns), (-self.large, used)], high=0)
            found.append((origin, "", t, 1.0, used))
        return found
