"""Cash of companies in the reference model (F32); parties are codes, companies or ``*``."""

from datetime import timedelta
from typing import Any

from program import INF, Program, Term

Row = dict[str, Any]
Pair = tuple[str, str]
Key = tuple[str, str, str, str]


class Cash:
    """A balance per company and period over columns of the others; ``Reference`` gives them."""

    study: Any
    program: Program
    T: int
    ordered: list[tuple[str, str, int, float, int]]
    freights: list[tuple[str, str, int, float, int]]
    shipments: list[tuple[str, str, str, str, int, int]]
    received: dict[tuple[Pair, int], list[Term]]
    bought: dict[tuple[Pair, int], list[Term]]
    shipped: dict[tuple[Pair, int], list[Term]]
    issued: dict[tuple[Pair, int], list[Term]]
    served: dict[tuple[Key, int], dict[str, int]]
    _sales_price: Any

    def _cash(self) -> None:
        self.balances: list[tuple[str, str, int, float, int]] = []
        if not self.study.rows("Finance"):
            return
        spent: dict[tuple[str, int], list[Term]] = {}
        for place, t, money, column in self._bills():
            if t < self.T:
                spent.setdefault((self._owner(place), t), []).append((money, column))
        for company in sorted({self._owner(place) for place in self.study.locations}):
            self._account(company, spent)

    def _owner(self, place: str) -> str:
        return str(self.study.locations[place].get("Company") or "")

    def _account(self, company: str, spent: dict[tuple[str, int], list[Term]]) -> None:
        first = min(place for place in self.study.locations if self._owner(place) == company)
        opening = self._stated("opening cash", company)
        line = self._stated("credit line", company)
        known = opening["Amount"] if opening else 0.0
        before: list[Term] = []
        for t in range(self.T):
            rate = (line.get("Interest") or 0.0) / 365 if line else 0.0
            after = self.study.days[min(t + 1, self.T - 1)]
            cash = self.program.column(low=0.0 if line else -INF)
            debt = self.program.column(high=line["Amount"] if line else 0.0, cost=rate * after)
            bills = spent.get((company, t), [])
            self.program.row([(1, cash), (-1, debt), *bills, *before], low=known, high=known)
            before, known = [(-1, cash), (1 + rate * after, debt)], 0.0
            self.balances.append((first, "", t, -1.0, cash))

    def _stated(self, kind: str, company: str) -> Row | None:
        for row in self.study.rows("Finance"):
            if row["Kind"] == kind and row["Party"] in ("*", company):
                return dict(row)
        return None

    def _due(self, t: int, kind: str, place: str) -> int:
        """The period in which what is bought or sold in t is paid."""
        days = 0
        for row in self.study.rows("Finance"):
            if (row["Kind"], row["Party"]) == (kind, place):
                days = row["Days"]
        day = self.study.start[t] + timedelta(days=days)
        return sum(1 for start in self.study.start if start <= day) - 1

    def _bills(self) -> list[tuple[str, int, float, int]]:
        """Place, period, money and column of all that is paid; what comes in is negative."""
        found = list(self.program.paid)
        for place, _, t, price, column in self.ordered:
            found.append((place, self._due(t, "pay", place), price, column))
        found += [(place, t, price, column) for place, _, t, price, column in self.freights]
        for flows, which in (
            (self.received, "In"),
            (self.bought, "In"),
            (self.shipped, "Out"),
            (self.issued, "Out"),
        ):
            for (pair, t), terms in flows.items():
                if t < self.T:
                    price = self.study.handling(which, *pair, t)
                    found += [(pair[0], t, price * share, column) for share, column in terms]
        for (key, t), columns in self.served.items():
            priced = self.study.products[key[1]].get("Price") is not None
            price = self._sales_price(key, t) if priced else 0.0
            due = self._due(t, "collect", key[0])
            found += [(key[0], due, -price, columns[name]) for name in ("at_once", "late")]
        return found + self._border()

    def _border(self) -> list[tuple[str, int, float, int]]:
        """Duty where goods go; between two companies the price of the transfer."""
        found = []
        for origin, to, mode, product, t, column in self.shipments:
            for row in self.study.open_lanes(t):
                ends = (row["From"], row["To"], row.get("Mode") or "road", row["Product"])
                if ends != (origin, to, mode, product):
                    continue
                duty = (row.get("Duty") or 0.0) * self.study.value(to, product, t)
                found.append((to, t, duty, column))
                price, owners = row.get("Transfer Price"), {self._owner(origin), self._owner(to)}
                if price and len(owners) == 2 and "" not in owners:
                    found += [(to, t, price, column), (origin, t, -price, column)]
        return found
