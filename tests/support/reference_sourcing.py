"""Rules of sourcing in the reference model (F25)."""

import math

from outlook import Outlook
from program import Program, Term
from reference_flows import Pair
from sourcing_rules import by_origin, holding
from study import Row

INF = math.inf
Ship = tuple[str, str, str, str, int, int]
"""From, to, mode, product, period, column."""


def _in_lots(most: float, lot: float) -> float:
    return lot * math.floor(most / lot + 1e-9) if lot else most


class Sourcing:
    """Rows over the shipments that the other parts made."""

    study: Outlook
    program: Program
    T: int
    large: float
    stock: dict[tuple[Pair, int], int]
    shipments: list[Ship]
    ordered: list[tuple[str, str, int, float, int]]

    def _sourcing(self) -> None:
        rules = self.study.rows("Sourcing")
        if not rules:
            return
        lanes = self.study.lanes()
        into: dict[Pair, list[Ship]] = {}
        for ship in self.shipments:
            origin, to, mode, product, t, _ = ship
            reached = self.study.most(origin, product, t) > 0
            if not self.study.is_transfer(lanes[origin, to, mode][0]) and reached:
                into.setdefault((to, product), []).append(ship)
        together: dict[tuple[int, str], list[Ship]] = {}
        for (to, product), ships in into.items():
            for row in holding(rules, to, product):
                if row["Rule"] in ("single", "dual"):
                    if row.get("Product") in (None, "*"):
                        together.setdefault((id(row), to), []).extend(ships)
                    else:
                        self._choose_sources(row, ships)
            self._share_sources(to, product, ships)
            self._order_sources(to, product, ships)
        for (number, _), ships in together.items():
            self._choose_sources(next(row for row in rules if id(row) == number), ships)

    def _source_windows(self, hold: str | None) -> list[list[int]]:
        name = hold or "horizon"
        found: dict[object, list[int]] = {}
        for t in range(self.T):
            start = self.study.start[t]
            keys: dict[str, object] = {
                "horizon": 0,
                "period": t,
                "month": (start.year, start.month),
                "quarter": (start.year, (start.month - 1) // 3),
            }
            found.setdefault(keys[name], []).append(t)
        return list(found.values())

    def _choose_sources(self, row: Row, ships: list[Ship]) -> None:
        for window in self._source_windows(row.get("Hold")):
            chosen: dict[str, int] = {}
            for origin, _, _, _, t, flow in ships:
                if t in window and row.get("From") in (None, "*", origin):
                    if origin not in chosen:
                        chosen[origin] = self.program.column(high=1, whole=True)
                    self.program.row([(1, flow), (-self.large, chosen[origin])], high=0)
            most = {"single": 1, "dual": 2}[row["Rule"]]
            self.program.row([(1, one) for one in chosen.values()], high=most)

    def _share_sources(self, to: str, product: str, ships: list[Ship]) -> None:
        rules = self.study.rows("Sourcing")
        shares = by_origin(rules, to, product, "ratio")
        if not shares:
            return
        rows = holding(rules, to, product)
        for window in self._source_windows(rows[0].get("Hold")):
            here = [ship for ship in ships if ship[4] in window]
            able = {ship[0] for ship in here}
            rest = sum(shares.values()) < 1 - 1e-9 and not able - set(shares)
            if rest or any(share > 0 and one not in able for one, share in shares.items()):
                continue
            for origin, share in shares.items():
                terms: list[Term] = [(1, ship[5]) for ship in here if ship[0] == origin]
                terms += [(-share, ship[5]) for ship in here]
                self.program.row(terms, low=0, high=0)

    def _order_sources(self, to: str, product: str, ships: list[Ship]) -> None:
        ranks = by_origin(self.study.rows("Sourcing"), to, product, "priority")
        for origin, _, _, _, t, flow in ships if ranks else ():
            for before in ships:
                lower = ranks.get(before[0], INF) < ranks.get(origin, INF)
                if before[4] == t and lower:
                    over = self._source_used_up(before)
                    self.program.row([(1, flow), *((-self.large, one) for one in over)], high=0)

    def _source_used_up(self, ship: Ship) -> list[int]:
        """Switches of which one must be on when a lane or its origin is used up."""
        origin, to, mode, product, t, _ = ship
        rows = self.study.lanes()[origin, to, mode]
        most = next((r["Max Shipment"] for r in rows if r.get("Max Shipment") is not None), None)
        found = []
        if most is not None:
            lots = [
                float(r.get("Order Multiple") or 0) for r in rows if r in self.study.open_lanes(t)
            ]
            most = _in_lots(most, min(lots))
            full = self.program.column(high=1, whole=True)
            load: list[Term] = [
                (1, s[5]) for s in self.shipments if s[:3] + s[4:5] == (*ship[:3], t)
            ]
            self.program.row([*load, (-most, full)], low=0)
            found.append(full)
        fed = any((r["To"], r["Product"]) == (origin, product) for r in self.study.rows("Lanes"))
        supply = {
            u: r for (a, p, u), r in self.study.supply().items() if (a, p) == (origin, product)
        }
        limited = supply and all(row.get("Max") is not None for row in supply.values())
        if limited and not fed and not self._made_there(origin, product):
            out = self.program.column(high=1, whole=True)
            for place, what, u, _, column in self.ordered:
                if (place, what) != (origin, product):
                    continue
                lead = (supply[u].get("Lead Time") or 0) if self.study.holds_stock(origin) else 0
                if self.study.arrival(u, lead) == t:
                    most = _in_lots(supply[u]["Max"], supply[u].get("Order Multiple") or 0.0)
                    self.program.row([(1, column), (-most, out)], low=0)
            stock = self.stock[(origin, product), t]
            self.program.row([(1, stock), (self.large, out)], high=self.large)
            found.append(out)
        return found

    def _made_there(self, place: str, product: str) -> bool:
        recipes = self.study.rows("Recipes")
        outputs = {(row["Location"], row["Output"]) for row in recipes}
        inputs = self.study.rows("RecipeInputs")
        codes = {row["Recipe"] for row in recipes if row["Location"] == place}
        parts = {
            row["Component"] for row in inputs if row["Recipe"] in codes and row.get("Co Product")
        }
        return (place, product) in outputs or product in parts
