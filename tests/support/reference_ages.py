"""Ages in the reference model (F19): columns and rows by last usable day."""

from program import Term
from reference_shelf_life import Coming, Pair, Row, ShelfLife


class Ages(ShelfLife):
    """Scrap before the stock is balanced, stock and shipments by last usable day after it."""

    made: dict[tuple[Pair, int], list[Term]]
    used: dict[tuple[Pair, int], list[Term]]
    too_old: dict[Pair, float]
    """Orders that come after the horizon too old to be left; the opening counts them."""

    def _price(self, product: str) -> float:
        row = self.study.products[product]
        stated = row.get("Scrap Cost")
        return float(row["Unit Value"] if stated is None else stated)

    def _expire(self) -> None:
        """Columns of what expires; what may not be used when it comes is scrapped at once."""
        self.rides: list[tuple[Row, int, int]] = []
        self.incoming = [*self.lots, *self._purchases(), *self._made()]
        for one in self.incoming:
            if self._last(one.day) < one.period:
                self._scrap_at_once(one)
        self.expiring: dict[tuple[Pair, int], int] = {}
        for product in self.perishing:
            for place in self.study.locations:
                for day in self.days[product]:
                    t = self._last(day)
                    if 0 <= t < self.T and self.study.holds_stock(place):
                        column = self.program.column(cost=self._price(product))
                        self.expiring[(place, product), day] = column
                        self.scrapped.setdefault(((place, product), t), []).append((1.0, column))
        for row in self.study.rows("InTransit"):
            if self._leaves(row) >= 0 and row["Product"] in self.perishing:
                self._ride(row)

    def _purchases(self) -> list[Coming]:
        found = []
        stated = self.study.supply()
        for place, product, t, _, column in self.ordered:
            if product in self.perishing:
                row = stated[place, product, t]
                due, day = self._receipt(place, t, row), self._supply_day(place, product, t, row)
                found.append(Coming((place, product), due, day, 1.0, column, True))
        return found

    def _made(self) -> list[Coming]:
        return [
            Coming(pair, t, self._new(pair[1], self._begin(t)), share, column, True)
            for (pair, t), terms in self.made.items()
            for share, column in terms
            if pair[1] in self.perishing and t < self.T
        ]

    def _scrap_at_once(self, one: Coming) -> None:
        """Behind the horizon it is not there to be left."""
        key, price = (one.pair, one.period), self._price(one.pair[1])
        if one.bought and one.column is not None:
            if one.period < self.T:
                self.scrapped.setdefault(key, []).append((one.units, one.column))
                self.program.charge(one.column, price * one.units)
            else:
                self.bought[one.pair, self.T].append((-one.units, one.column))
            return
        if one.period >= self.T:
            self.pipe[key] -= one.units
            self.too_old[one.pair] = self.too_old.get(one.pair, 0.0) + one.units
            if one.column is not None:
                self.cancelled[key].append((-one.units, one.column))
            return
        self.dead[key] = self.dead.get(key, 0.0) + one.units
        self.program.constant += price * one.units
        if one.column is not None:
            self.scrapped.setdefault(key, []).append((-one.units, one.column))
            self.program.charge(one.column, -price * one.units)

    def _ride(self, row: Row) -> None:
        """An order that leaves takes goods of any age; what arrives expired is scrapped."""
        product, due = row["Product"], self.study.period_of(row["Due Date"])
        total: list[Term] = []
        for day in self.days[product]:
            if (row["From"], day, self._leaves(row)) not in self.present[product]:
                continue
            column = self.program.column()
            total.append((1.0, column))
            self.rides.append((row, day, column))
            key = ((row["To"], product), due)
            if self._last(day) < due < self.T:
                self.scrapped.setdefault(key, []).append((1.0, column))
                self.program.charge(column, self._price(product))
            elif self._last(day) < due:
                self.bought.setdefault(key, []).append((-1.0, column))
        share = self.gone.get(id(row))
        if share is not None:
            total.append((row["Quantity"], share))
        self.program.row(total, low=row["Quantity"], high=row["Quantity"])

    # --- columns by last usable day -------------------------------------------------------------

    def _ages(self) -> None:
        for product in sorted(self.perishing):
            self.out: dict[tuple[Pair, int, int], list[Term]] = {}
            self.into: dict[tuple[Pair, int, int], list[Term]] = {}
            self.sure: dict[tuple[Pair, int, int], float] = {}
            self._arrivals(product)
            self._shipped_by_day(product)
            self._used_by_day(product)
            self._kept_by_day(product)

    def _arrivals(self, product: str) -> None:
        for one in self.incoming:
            if one.pair[1] != product or one.period >= self.T or self._last(one.day) < one.period:
                continue
            key = (one.pair, one.day, one.period)
            if one.bought and one.column is not None:
                self.into.setdefault(key, []).append((one.units, one.column))
                continue
            self.sure[key] = self.sure.get(key, 0.0) + one.units
            if one.column is not None:
                self.into.setdefault(key, []).append((-one.units, one.column))
        for row, day, column in self.rides:
            due, leaves = self.study.period_of(row["Due Date"]), self._leaves(row)
            if row["Product"] == product:
                self.out.setdefault(((row["From"], product), day, leaves), []).append((1, column))
                if due < self.T and self._last(day) >= due:
                    key = ((row["To"], product), day, due)
                    self.into.setdefault(key, []).append((1.0, column))

    def _shipped_by_day(self, product: str) -> None:
        for origin, to, mode, what, t, flow in self.shipments:
            if what != product:
                continue
            row = self._row_of((origin, to, mode), product, t)
            due, share = self._arrives(row, t), row.get("Yield")
            parts: list[Term] = []
            for day in self.days[product]:
                if self._last(day) >= due and (origin, day, t) in self.present[product]:
                    column = self.program.column()
                    parts.append((1.0, column))
                    self.out.setdefault(((origin, product), day, t), []).append((1.0, column))
                    if due < self.T:
                        arrived = (1.0 if share is None else share, column)
                        self.into.setdefault(((to, product), day, due), []).append(arrived)
            self.program.row([(-1.0, flow), *parts], low=0, high=0)

    def _used_by_day(self, product: str) -> None:
        """Issues by class and day, and what recipes use of ripe goods."""
        for (key, pair, t), terms in self.handed.items():
            if pair[1] == product:
                fits = [d for d in self.days[product] if self._takes(key, product, d, t)]
                self._split(pair, t, terms, fits)
        for (pair, t), terms in self.used.items():
            if pair[1] == product:
                fits = [d for d in self.days[product] if self._last(d) >= t]
                self._split(pair, t, terms, [d for d in fits if self._ripe(product, d, t)])

    def _split(self, pair: Pair, t: int, terms: list[Term], days: list[int]) -> None:
        parts = []
        for day in days:
            column = self.program.column()
            parts.append((1.0, column))
            self.out.setdefault((pair, day, t), []).append((1.0, column))
        self.program.row([*parts, *((-share, column) for share, column in terms)], low=0, high=0)

    def _kept_by_day(self, product: str) -> None:
        for place in self.study.locations:
            pair = (place, product)
            before: dict[int, int] = {}
            for t in range(self.T):
                here: dict[int, int] = {}
                for day in self.days[product]:
                    if self._last(day) < t:
                        continue
                    key = (pair, day, t)
                    terms = [*self.out.get(key, [])]
                    terms += [(-share, column) for share, column in self.into.get(key, [])]
                    if self._last(day) > t:
                        here[day] = self.program.column()
                        terms.append((1.0, here[day]))
                    elif (pair, day) in self.expiring:
                        terms.append((1.0, self.expiring[pair, day]))
                    if day in before:
                        terms.append((-1.0, before[day]))
                    known = self.sure.get(key, 0.0)
                    self.program.row(terms, low=known, high=known)
                total = [(1.0, column) for column in here.values()]
                self.program.row([*total, (-1.0, self.stock[pair, t])], low=0, high=0)
                before = here
