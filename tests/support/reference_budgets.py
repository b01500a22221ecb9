"""Budgets in the reference model (F23, ruling 39); selections are codes parted by commas."""

from typing import Any

from outlook import Outlook
from program import Program, Term
from reference_flows import Pair
from study import Row

Part = tuple[str, str, int, float, int]
"""Location, product (blank where no single one), period, amount and column; -1 = known."""


class Budgets:
    """Sums over columns that the other parts made; ``Reference`` gives them."""

    study: Outlook
    program: Program
    T: int
    large: float
    stock: dict[tuple[Pair, int], int]
    opening: dict[Pair, float]
    blocked: dict[Pair, float]
    ordered: list[tuple[str, str, int, float, int]]
    shipments: list[tuple[str, str, str, str, int, int]]
    freights: list[Part]
    emissions: list[Part]
    gone: dict[int, int]
    _cash: Any
    balances: list[Part]
    """Cash of each company, minus its balance, at its first place."""

    def _budgets(self) -> None:
        """Rows that hold from the start first, then caps that today's goods break, one by one."""
        self._cash()
        waiting = []
        for row in sorted(self.study.rows("Budgets"), key=lambda row: str(row["Budget"])):
            if row["Kind"] == "cash":  # no less than the limit
                row = {**row, "Limit": -row["Limit"]}
            parts = self._budget_parts(row)
            for label in self._budget_labels(row):
                mine = [part for part in parts if self._in_budget(row, label, *part[:2])]
                if self._broken_today(row, label):
                    waiting.append((row, label, mine))
                else:
                    for _, terms, known in self._budget_sums(row, mine):
                        self._budget_row(row, terms, row["Limit"] - known)
        for row, label, mine in waiting:
            self._budget_excess(row, label, mine)

    def _budget_row(self, row: Row, terms: list[Term], room: float) -> None:
        over: list[Term] = []
        if row.get("Hardness") == "soft":
            price = 1.0 if row.get("Penalty") is None else row["Penalty"]
            over = [(-1.0, self.program.column(cost=price))]
        self.program.row([*terms, *over], high=room)

    # --- what counts --------------------------------------------------------------------------

    def _budget_labels(self, row: Row) -> list[str]:
        places = [code for code in self.study.locations if _selects(row, "Location", code)]
        each = row.get("Each") or "together"
        if each == "each location":
            return sorted(places)
        if each == "each company":
            return sorted({self._budget_company(code) for code in places})
        if each == "each product":
            return [code for code in self.study.products if _selects(row, "Product", code)]
        return [""]

    def _budget_company(self, code: str) -> str:
        return str(self.study.locations[code].get("Company") or "")

    def _in_budget(self, row: Row, label: str, place: str, product: str) -> bool:
        if not _selects(row, "Location", place) or not _selects(row, "Product", product):
            return False
        own = {
            "each location": place,
            "each company": self._budget_company(place),
            "each product": product,
        }
        return own.get(str(row.get("Each")), "") == label

    def _budget_parts(self, row: Row) -> list[Part]:
        kind = row["Kind"]
        if kind == "capital":
            return self._bound(row.get("Include In Transit") != "N", 0)
        if kind == "spend":
            return [(place, good, t, price, q) for place, good, t, price, q in self.ordered]
        if kind == "freight":
            return self.freights
        if kind == "carbon":
            return self.emissions
        if kind == "cash":
            return self.balances
        return self._budget_moves()

    def _bound(self, transit: bool, later: int) -> list[Part]:
        """Units at the end of each period; at the value of so many periods later."""
        found: list[Part] = []
        worth = [min(t + later, self.T - 1) for t in range(self.T)]
        for (pair, t), column in self.stock.items():
            value = self.study.value(*pair, worth[t])
            found.append((*pair, t, value, column))
            found.append((*pair, t, value * self.blocked[pair], -1))
        for origin, to, mode, product, t, column in self.shipments if transit else ():
            rows = self.study.lanes()[origin, to, mode]
            row = next(row for row in rows if row["Product"] == product)
            for u in range(t, min(self.study.lane_arrival(row, t), self.T)):
                found.append((to, product, u, self.study.value(to, product, worth[u]), column))
        for order in self.study.rows("InTransit") if transit else ():
            for u in range(max(self._order_leaves(order), 0), self._order_due(order)):
                to, product, units = order["To"], order["Product"], order["Quantity"]
                money = units * self.study.value(to, product, worth[u])
                found.append((to, product, u, money, -1))
                if id(order) in self.gone:
                    found.append((to, product, u, -money, self.gone[id(order)]))
        return found

    def _order_leaves(self, order: Row) -> int:
        shipped = order.get("Ship Date") or ""
        inside = shipped >= str(self.study.start[0])
        return int(self.study.period_of(shipped)) if inside else -1

    def _order_due(self, order: Row) -> int:
        return min(self.study.period_of(order["Due Date"]), self.T)

    def _budget_moves(self) -> list[Part]:
        groups: dict[tuple[str, str, str, int], list[int]] = {}
        for origin, to, mode, product, t, column in self.shipments:
            if self.study.is_transfer(self.study.lanes()[origin, to, mode][0]):
                groups.setdefault((origin, to, product, t), []).append(column)
        found: list[Part] = []
        for (origin, _, product, t), columns in groups.items():
            moved = self.program.column(high=1, whole=True)
            for column in columns:
                self.program.row([(1.0, column), (-self.large, moved)], high=0)
            found.append((origin, product, t, 1.0, moved))
        return found

    # --- rows ---------------------------------------------------------------------------------

    def _budget_when(self, row: Row) -> list[int]:
        return [t for t, name in enumerate(self.study.periods) if _selects(row, "Period", name)]

    def _budget_sums(self, row: Row, parts: list[Part]) -> list[tuple[int, list[Term], float]]:
        """Period, terms and what is known of every row of a group."""
        when, how = self._budget_when(row), row.get("Averaging") or "each period"
        if how == "each period":
            spans = [(t, [t], 1.0) for t in when]
        elif how == "end" and row["Kind"] in ("capital", "cash"):
            spans = [(t, [t], 1.0) for t in when[-1:]]
        else:
            spans = [(when[-1], when, 1.0 if how == "end" else 1.0 / len(when))]
        days = [1.0] * self.T
        if how == "average" and row["Kind"] in ("capital", "cash"):
            mean = sum(self.study.days[t] for t in when) / len(when)
            days = [length / mean for length in self.study.days]
        found = []
        for last, span, share in spans:
            mine = [(share * days[part[2]] * part[3], part) for part in parts if part[2] in span]
            terms = [(amount, part[4]) for amount, part in mine if part[4] >= 0]
            found.append((last, terms, sum(amount for amount, part in mine if part[4] < 0)))
        return found

    # --- today's excess (ruling 39) -----------------------------------------------------------

    def _broken_today(self, row: Row, label: str) -> bool:
        """Whether stock and firm orders break the cap if demand is served and nothing is done."""
        if row["Kind"] != "capital" or row.get("Hardness") == "soft":
            return False
        transit, parts = row.get("Include In Transit") != "N", []
        for pair in self.opening:
            if not self._in_budget(row, label, *pair):
                continue
            orders = [
                order
                for order in self.study.rows("InTransit")
                if order.get("Firm") != "N" and (order["To"], order["Product"]) == pair
            ]
            leaving = [
                order
                for order in self.study.rows("InTransit")
                if order.get("Firm") != "N" and (order.get("From"), order["Product"]) == pair
            ]
            held = self.opening[pair]
            for t in range(self.T):
                held += sum(o["Quantity"] for o in orders if self._order_due(o) == t)
                held -= sum(o["Quantity"] for o in leaving if self._order_leaves(o) == t)
                wanted = sum(q[t] for key, q in self.study.demand.items() if key[:2] == pair)
                held = max(0.0, held - wanted - (self._owed_before(pair) if t == 0 else 0.0))
                way = sum(
                    o["Quantity"]
                    for o in orders
                    if transit and max(self._order_leaves(o), 0) <= t < self._order_due(o)
                )
                money = (held + self.blocked[pair] + way) * self.study.value(*pair, t)
                parts.append((*pair, t, money, -1))
        slack = 1e-9 * (1.0 + abs(row["Limit"]))
        return any(known > row["Limit"] + slack for _, _, known in self._budget_sums(row, parts))

    def _owed_before(self, pair: Pair) -> float:
        rows = self.study.rows("OpeningStock")
        here = [row for row in rows if (row["Location"], row["Product"]) == pair]
        return max(0.0, -sum(row["Quantity"] - (row.get("Blocked") or 0.0) for row in here))

    def _budget_excess(self, row: Row, label: str, mine: list[Part]) -> None:
        """The cap holds from the first period that can keep it; before, nothing is added."""
        sums = self._budget_sums(row, mine)
        if row.get("Averaging") in ("average", "end"):
            for _, terms, known in sums:
                room = row["Limit"] - known
                least = self.program.least_sum(terms)
                if least is not None and least > room:
                    room = least + 1e-7 * max(1.0, abs(least + known))
                self.program.row(terms, high=room)
            return
        grows = [self._budget_growth(row, label, t) for t, _, _ in sums]
        for waiting in range(len(sums) + 1):
            rows = [(terms, row["Limit"] - known) for _, terms, known in sums[waiting:]]
            rows += grows[:waiting]
            if self.program.least_sum([], rows) is not None:
                break
        for terms, room in rows:
            self.program.row(terms, high=room)

    def _budget_growth(self, row: Row, label: str, t: int) -> tuple[list[Term], float]:
        """Units of a period at its values, less those of the period before: at most new orders."""
        now = [part for part in self._bound(True, 0) if part[2] == t]
        before = [part for part in self._bound(True, 1) if part[2] == t - 1]
        signed = [(1.0, part) for part in now] + [(-1.0, part) for part in before]
        signed = [one for one in signed if self._in_budget(row, label, *one[1][:2])]
        terms = [(sign * part[3], part[4]) for sign, part in signed if part[4] >= 0]
        room = -sum(sign * part[3] for sign, part in signed if part[4] < 0)
        if t == 0:
            for pair, units in self.opening.items():
                if self._in_budget(row, label, *pair):
                    room += (units + self.blocked[pair]) * self.study.value(*pair, 0)
        for order in self.study.rows("InTransit"):
            pair, origin = (order["To"], order["Product"]), order.get("From") or ""
            if not self._in_budget(row, label, *pair):
                continue
            inside = origin and self._in_budget(row, label, origin, order["Product"])
            leaves, firm = self._order_leaves(order), order.get("Firm") != "N"
            if (t == 0 and leaves < 0) or (firm and leaves == t and not inside):
                room += order["Quantity"] * self.study.value(*pair, t)
        return terms, room


def _selects(row: Row, column: str, code: str) -> bool:
    """Whether a cell selects a code; no code belongs to all products together."""
    cell: Any = row.get(column)
    if cell in (None, "*"):
        return bool(code) or row.get("Each") != "each product"
    return code in [part.strip() for part in str(cell).split(",")]
