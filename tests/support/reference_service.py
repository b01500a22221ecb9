"""Service targets, fairness, priorities and levels in the reference model (F4, F20 to F22, C.4)."""

import math
from datetime import date
from itertools import combinations
from typing import Any

from program import Program, Term, Unsettled
from reference_flows import default
from study import Row

INF = math.inf
ROOMS = (1e-9, 1e-8, 1e-7, 1e-6)
"""Room of a level that is kept, as a share: the first with which rounding leaves a plan."""
Key = tuple[str, str, str, str]
Record = tuple[Key, int]


class Service:
    """What is reached for customers; ``Reference`` gives the columns of demand and stock."""

    study: Any
    program: Program
    T: int
    stock: dict[tuple[tuple[str, str], int], int]
    shipments: list[tuple[str, str, str, str, int, int]]
    served: dict[Record, dict[str, int]]
    """Columns of a stream and period: at_once, lost, new, late, given_up, backlog."""
    reached: dict[Record, bool]
    """Whether goods can have come for a stream by a period."""
    worst: list[tuple[float, int]]
    """Demand of a max-min group without a price, and the column of its worst fill."""

    def _service_rows(self) -> None:
        self.worst = []
        self._revenue()
        self._priorities()
        for row in self.study.rows("ServiceTargets"):
            for periods in self._windows(row.get("Window") or "horizon"):
                self._targets_of(row, periods)
                self._fair(row, periods)

    # --- prices -------------------------------------------------------------------------------

    def _earns(self) -> bool:
        settings = self.study.settings
        levels = str(settings.get("objective_levels", "")).replace(" ", "").split(",")
        objective = settings.get("objective", "cost")
        return objective == "profit" or (objective == "lexicographic" and "profit" in levels)

    def _revenue(self) -> None:
        if self._earns():
            for (key, t), columns in self.served.items():
                for name in ("at_once", "late"):
                    self.program.charge(columns[name], -self._sales_price(key, t))

    def _sales_price(self, key: Key, t: int) -> float:
        """Mean price of the rows of a period, else of the period before, else the product's."""
        usual = self.study.products[key[1]].get("Price")
        units = money = 0.0
        for row in self.study.rows("Demand"):
            place = self.study.locations[row["Location"]]
            channel = row.get("Channel") or place.get("Channel") or ""
            mine = (
                row["Location"],
                row["Product"],
                self.study._class(row, channel),
                channel,
            ) == key
            if mine and str(row["Period"]) == self.study.periods[t]:
                units += row["Quantity"]
                money += row["Quantity"] * (usual if row.get("Price") is None else row["Price"])
        if units > 0:
            return money / units
        return self._sales_price(key, t - 1) if t > 0 else usual or 0.0

    # --- F4 -------------------------------------------------------------------------------------

    def _priorities(self) -> None:
        """While a class is short or owed, nothing is issued to a lower one."""
        study = self.study
        for one, two in combinations(study.demand, 2):
            if one[:2] != two[:2] or study.rank(one[2]) == study.rank(two[2]):
                continue
            high, low = (one, two) if study.rank(one[2]) > study.rank(two[2]) else (two, one)
            for t in range(self.T):
                if self.reached[high, t] and self._takes_all(high, low, t):
                    self._first(self.served[high, t], self.served[low, t])

    def _takes_all(self, high: Key, low: Key, t: int) -> bool:
        """Whether the higher stream may be met with whatever the lower one may."""
        if self._least_life(high) > self._least_life(low):
            return False
        rows = self.study.rows("Substitutes")
        mine, other = (
            {
                r["Substitute"]
                for r in rows
                if r["Product"] == k[1] and r.get("Channel") in (None, k[3])
            }
            for k in (high, low)
        )
        return other <= mine and all(self._as_old(high, low, p, t) for p in {low[1], *other})

    def _as_old(self, high: Key, low: Key, product: str, t: int) -> bool:
        raise NotImplementedError

    def _least_life(self, key: Key) -> float:
        """Days of life asked for at delivery: the stricter of days and share."""
        life = self.study.products[key[1]].get("Shelf Life")
        row = self.study.classes.get(key[2], {})
        if life is None:
            return 0.0
        share = (row.get("Min Life Share") or 0.0) * life
        return float(max(row.get("Min Remaining Life") or 0.0, share))

    def _first(self, high: dict[str, int], low: dict[str, int]) -> None:
        most = sum(sum(quantity) for quantity in self.study.demand.values())
        most += sum(max(0.0, -row["Quantity"]) for row in self.study.rows("OpeningStock"))
        free = self.program.column(high=1.0, whole=True)
        short: list[Term] = [(1, high[name]) for name in ("lost", "given_up", "backlog")]
        self.program.row([*short, (most, free)], high=most)
        self.program.row([(1, low["at_once"]), (1, low["late"]), (-most, free)], high=0.0)

    # --- F20, F21 -------------------------------------------------------------------------------

    def _windows(self, text: str) -> list[list[int]]:
        study, every = self.study, list(range(self.T))
        if text == "each period":
            return [[t] for t in every]
        if text in ("month", "quarter"):
            length = 1 if text == "month" else 3
            named: dict[tuple[int, int], list[int]] = {}
            for t in every:
                first: date = study.start[t]
                named.setdefault((first.year, (first.month - 1) // length), []).append(t)
            return list(named.values())
        return [every if text == "horizon" else [study.periods.index(p) for p in text.split(",")]]

    def _chosen(self, row: Row) -> list[Key]:
        def fits(column: str, code: str) -> bool:
            cell = row.get(column)
            return cell is None or code in str(cell).split(",")

        columns = ("Location", "Product", "Class", "Channel")
        return [
            key
            for key in self.study.demand
            if all(fits(column, code) for column, code in zip(columns, key, strict=True))
        ]

    def _members(self, row: Row, together: str) -> Any:
        each = row.get("Each") or "together"
        each = together if each == "together" else each
        return {
            "together": lambda key: "",
            "each location": lambda key: key[0],
            "each product": lambda key: key[1],
            "each pair": lambda key: key[:2],
        }[each]

    def _targets_of(self, row: Row, periods: list[int]) -> None:
        member = self._members(row, "together")
        groups: dict[Any, list[Record]] = {}
        for key in self._chosen(row):
            for t in periods:
                if self.study.demand[key][t] > 0:
                    groups.setdefault(member(key), []).append((key, t))
        for records in groups.values():
            if row.get("Measure") == "cycle":
                self._cycle(row, records)
            else:
                self._fill(row, records)

    def _fill(self, row: Row, records: list[Record]) -> None:
        study, money = self.study, row.get("Measure") == "value-fill"
        weight = {record: self._sales_price(*record) if money else 1.0 for record in records}
        units = {(key, t): study.demand[key][t] for key, t in records}
        total = sum(weight[r] * units[r] for r in records)
        required = row["Minimum"] * total
        terms: list[Term] = [(weight[r], self.served[r]["at_once"]) for r in records]
        if row.get("Hardness") == "hard":
            near = sum(weight[r] * units[r] for r in records if self.reached[r])
            self.program.row(terms, low=min(required, near))
            return
        ladder = 1.5 * sum(study.basis(r[0][1]) * units[r] for r in records) / total
        price = default(row.get("Penalty"), 1.5 if money else ladder)
        self.program.row([*terms, (1, self.program.column(cost=price))], low=required)

    def _cycle(self, row: Row, records: list[Record]) -> None:
        study = self.study
        outs: list[Term] = []
        for key, t in records:
            out = self.program.column(high=1.0, whole=True)
            wanted = study.demand[key][t]
            self.program.row([(1, self.served[key, t]["at_once"]), (wanted, out)], low=wanted)
            outs.append((1, out))
        allowed = math.floor((1 - row["Minimum"]) * len(records) + 1e-9)
        if row.get("Hardness") == "hard":
            late = sum(1 for record in records if not self.reached[record])
            self.program.row(outs, high=max(allowed, late))
            return
        worth = sum(study.basis(key[1]) * study.demand[key][t] for key, t in records)
        price = default(row.get("Penalty"), 1.5 * worth / len(records))
        over = self.program.column(cost=price)
        self.program.row([*outs, (-1, over)], high=allowed)

    # --- F22 ------------------------------------------------------------------------------------

    def _fair(self, row: Row, periods: list[int]) -> None:
        kind = row.get("Fairness") or "none"
        if kind == "none":
            return
        cover = kind == "equal-cover"
        wanted, has = self._covers(row, periods[-1]) if cover else self._fills(row, periods)
        if len(wanted) < 2:
            return
        if kind == "max-min":
            self._max_min(row, wanted, has)
            return
        whole = sum(units for units, _ in wanted.values())
        everything = [term for terms in has.values() for term in terms]
        ladder = 0.15 * sum(worth for _, worth in wanted.values()) / whole
        tolerance = default(row.get("Tolerance"), 0.05)
        for name, (units, _) in wanted.items():
            fair: list[Term] = [(-units / whole * share, column) for share, column in everything]
            beyond = self.program.column(
                high=0.0 if row.get("Hardness") == "hard" else INF,
                cost=default(row.get("Penalty"), ladder),
            )
            room = 0.0 if cover else tolerance * units
            for sign in (1, -1):
                apart = [(sign * share, column) for share, column in [*has[name], *fair]]
                if cover:
                    apart += [(tolerance * share, column) for share, column in fair]
                self.program.row([*apart, (-1, beyond)], high=room)

    def _fills(
        self, row: Row, periods: list[int]
    ) -> tuple[dict[Any, tuple[float, float]], dict[Any, list[Term]]]:
        """What each member wants (and its worth on the ladder), and what is served at once."""
        member = self._members(row, "each location")
        wanted: dict[Any, tuple[float, float]] = {}
        has: dict[Any, list[Term]] = {}
        for key in self._chosen(row):
            for t in periods:
                units = self.study.demand[key][t]
                if units > 0 and self.reached[key, t]:
                    old = wanted.get(member(key), (0.0, 0.0))
                    worth = old[1] + self.study.basis(key[1]) * units
                    wanted[member(key)] = (old[0] + units, worth)
                    has.setdefault(member(key), []).append((1.0, self.served[key, t]["at_once"]))
        return wanted, has

    def _covers(
        self, row: Row, last: int
    ) -> tuple[dict[Any, tuple[float, float]], dict[Any, list[Term]]]:
        """Demand per day behind the window, and stock at its end."""
        study, member = self.study, self._members(row, "each location")
        own = {key[:2] for key in self._chosen(row)}
        wanted: dict[Any, tuple[float, float]] = {}
        has: dict[Any, list[Term]] = {}
        for place in study.locations:
            for product in study.products:
                cells = ((row.get("Location"), place), (row.get("Product"), product))
                fits = all(c is None or code in str(c).split(",") for c, code in cells)
                by_customer = row.get("Class") is not None or row.get("Channel") is not None
                if not fits or (by_customer and (place, product) not in own):
                    continue
                if not study.holds_stock(place) or study.most(place, product, last) <= 0:
                    continue
                daily = self._daily_after(place, product, last)
                if daily > 0:
                    name = member((place, product))
                    old = wanted.get(name, (0.0, 0.0))
                    worth = old[1] + study.basis(product) * daily
                    wanted[name] = (old[0] + daily, worth)
                    has.setdefault(name, []).append((1.0, self.stock[(place, product), last]))
        return wanted, has

    def _daily_after(self, place: str, product: str, last: int) -> float:
        study = self.study
        after = [last + 1] if last + 1 < self.T else range(self.T - min(self.T, 4), self.T)
        units = sum(study.forward(place, product, t) for t in after)
        return float(units / sum(study.days[t] for t in after))

    def _max_min(
        self, row: Row, wanted: dict[Any, tuple[float, float]], has: dict[Any, list[Term]]
    ) -> None:
        whole = sum(units for units, _ in wanted.values())
        price = row.get("Penalty")
        worst = self.program.column(high=1.0, cost=-(price or 0.0) * whole)
        self.program.constant += (price or 0.0) * whole
        for name, (units, _) in wanted.items():
            self.program.row([*has[name], (-units, worst)], low=0.0)
        if price is None:
            self.worst.append((whole, worst))

    # --- levels ---------------------------------------------------------------------------------

    def least(self) -> float | None:
        """Return the least cost, with every level before it kept; cost or profit is the last."""
        program, levels = self.program, self._levels()
        money, constant = list(program.cost), program.constant
        tolerance = float(self.study.settings.get("objective_tolerance", 0.01))
        value: float | None = None
        if self.unnamed > 1:
            tolerance = 0.0  # otherwise it would depend on the plan what this level finds
        rows, reached = program.rows, list[tuple[list[Term], float, float]]()
        for number, terms in enumerate(levels):
            share = 0.0 if number == self.unnamed else tolerance
            program.cost, program.constant = list(money), constant
            if terms is not None:
                program.cost, program.constant = [0.0] * len(money), 0.0
                for amount, column in terms:
                    if column < 0:
                        program.constant += amount
                    else:
                        program.cost[column] += amount
            for room in ROOMS if reached else ROOMS[:1]:
                program.rows = rows + [
                    (kept, -INF, best + share * abs(best) + room * max(1.0, abs(best)) - known)
                    for kept, best, known in reached
                ]
                try:
                    value = program.least()
                except Unsettled:
                    if room == ROOMS[-1]:
                        raise
                    continue
                if value is not None:
                    break
            if value is None:
                return None
            kept = [(price, n) for n, price in enumerate(program.cost) if price]
            reached.append((kept, value, program.constant))
        return value

    unnamed = -1
    """Number of the level that nobody named; it is not given the tolerance of those before."""

    def _levels(self) -> list[list[Term] | None]:
        """Terms to minimise, one after the other, with column -1 for 1; None is the money."""
        settings = self.study.settings
        names = ["cost"]
        if settings.get("objective") == "lexicographic":
            names = str(settings["objective_levels"]).replace(" ", "").split(",")
        own = bool(self.worst) and "fairness" not in names
        if own:
            names.insert(len(names) - 1, "fairness")
        found: list[list[Term] | None] = []
        for name in names:
            if name == "service":
                most = max(self.study.rank(key[2]) for key in self.study.demand)
                first = [key for key in self.study.demand if self.study.rank(key[2]) == most]
                rest = [key for key in self.study.demand if key not in first]
                for keys in filter(None, (first, rest)):
                    found.append(
                        [
                            (-1.0, self.served[key, t]["at_once"])
                            for key in keys
                            for t in range(self.T)
                        ]
                    )
            elif name == "fairness":
                self.unnamed = len(found) if own else -1
                found.append([(-whole, worst) for whole, worst in self.worst])
            elif name == "moves":
                found.append(self._moves())
            elif name == "capital":
                found.append(self._capital())
            else:
                found.append(None)
        return found

    def _moves(self) -> list[Term]:
        terms: list[Term] = []
        for *_, column in self.shipments:
            made = self.program.column(high=1.0, whole=True)
            self.program.row([(1, column), (-self.large, made)], high=0.0)
            terms.append((1.0, made))
        return terms

    large: float
    blocked: dict[tuple[str, str], float]

    def _capital(self) -> list[Term]:
        study, whole = self.study, sum(self.study.days)
        terms: list[Term] = []
        for (pair, t), column in self.stock.items():
            value = study.value(*pair, t) * study.days[t] / whole
            terms += [(value, column), (value * self.blocked[pair], -1)]
        for origin, to, mode, product, t, column in self.shipments:
            rows = [r for r in study.lanes()[origin, to, mode] if r["Product"] == product]
            for u in range(t, min(study.lane_arrival(rows[0], t), self.T)):
                value = study.value(to, product, u) * study.days[u] / whole
                terms.append((value, column))
        return terms
