"""Terms of transfers in the reference model (F18)."""

from outlook import Outlook
from program import Program, Term
from reference_flows import Pair, default
from study import Row


class Transfers:
    """Rows of TransferRules with codes state the terms; rows with ``*`` only limit the moves."""

    study: Outlook
    program: Program
    T: int
    large: float
    stock: dict[tuple[Pair, int], int]
    shipments: list[tuple[str, str, str, str, int, int]]
    lateral: list[tuple[str, str, str, int, int, int, float]]
    gone: dict[int, int]
    """Column of the cancelled share of an open order, by the identity of its row."""

    def _transfers(self) -> None:
        """Terms of all lateral shipments: from, to, product, ship and arrival, column, yield."""
        kinds = {
            ends: (rows[0], {row["Product"]: row for row in rows})
            for ends, rows in self.study.lanes().items()
        }
        self.lateral = []
        for origin, to, mode, product, t, flow in self.shipments:
            any_row, rows = kinds[origin, to, mode]
            if self.study.is_transfer(any_row):
                row = rows[product]
                due, share = self.study.lane_arrival(row, t), default(row.get("Yield"), 1.0)
                self.lateral.append((origin, to, product, t, due, flow, share))
        self._keep_donor_cover()
        self._wait_before_sending()
        self._only_if_short()
        self._transfer_moves()
        self._most_transfer_moves()

    def _transfer_terms(self, origin: str, to: str, product: str, t: int) -> Row:
        """The row of the cell; a row of the period beats one without."""
        usual: Row = {}
        special: Row = {}
        for row in self.study.rows("TransferRules"):
            if (row["From"], row["To"], row.get("Product")) == (origin, to, product):
                stated = {name: cell for name, cell in row.items() if cell is not None}
                if "Period" not in stated:
                    usual |= stated
                elif str(stated["Period"]) == self.study.periods[t]:
                    special |= stated
        return usual | special

    def _switch(self, cost: float = 0.0) -> int:
        return self.program.column(high=1, cost=cost, whole=True)

    # a shipment needs a donor that keeps its cover
    def _keep_donor_cover(self) -> None:
        for origin, to, product, t, _, flow, _ in self.lateral:
            row = self._transfer_terms(origin, to, product, t)
            days = row.get("Donor Min Days") or 0.0
            least = max(
                row.get("Donor Min Qty") or 0.0,
                self.study.cover(origin, product, days, t) if days else 0.0,
            )
            if least:
                sends = self._switch()
                self.program.row([(1, flow), (-self.large, sends)], high=0)
                stock = self.stock[(origin, product), t]
                self.program.row([(1, stock), (-least, sends)], low=0)

    # who has received waits
    def _wait_before_sending(self) -> None:
        for origin, to, product, t, due, flow, _ in self.lateral:
            length = int(self._transfer_terms(origin, to, product, t).get("Cooldown") or 0)
            if length:
                gets = self._switch()
                self.program.row([(1, flow), (-self.large, gets)], high=0)
                self._shut(to, product, due, length, [(1.0, gets)], 0.0)
        for order in self.study.rows("InTransit"):
            self._wait_after(order)

    def _wait_after(self, order: Row) -> None:
        origin, to, product = order.get("From"), order["To"], order["Product"]
        rows = self.study.lanes().items()
        ends = [(a, b) for (a, b, _), found in rows if self.study.is_transfer(found[0])]
        if (origin, to) not in ends:
            return
        left = order.get("Ship Date") or ""
        t = self.study.period_of(left) if left >= str(self.study.start[0]) else 0
        length = int(self._transfer_terms(str(origin), to, product, t).get("Cooldown") or 0)
        due = self.study.period_of(order["Due Date"])
        if length:
            gone = self.gone.get(id(order))
            kept: list[Term] = [] if gone is None else [(-1.0, gone)]
            self._shut(to, product, due, length, kept, 1.0)

    def _shut(
        self, place: str, product: str, due: int, length: int, received: list[Term], sure: float
    ) -> None:
        """What leaves by transfer from ``due`` to ``due + length`` excludes what came."""
        for origin, _, what, t, _, flow, _ in self.lateral:
            if (origin, what) == (place, product) and due <= t <= due + length:
                sends = self._switch()
                self.program.row([(1, flow), (-self.large, sends)], high=0)
                self.program.row([(1, sends), *received], high=1 - sure)

    # a receiver that is not short receives nothing
    def _only_if_short(self) -> None:
        for origin, to, product, t, due, flow, _ in self.lateral:
            row = self._transfer_terms(origin, to, product, t)
            if row.get("Only If Shortage") != "Y" or due >= self.T:
                continue
            if not self.study.holds_stock(to):
                continue
            short, pair = self._switch(), (to, product)
            self.program.row([(1, flow), (-self.large, short)], high=0)
            without: list[Term] = [(1, self.stock[pair, due])]
            without += [
                (-s, f) for _, j, p, _, d, f, s in self.lateral if (j, p, d) == (*pair, due)
            ]
            without += [(1, f) for i, _, p, u, _, f, _ in self.lateral if (i, p, u) == (*pair, due)]
            target = self._wanted(pair, due)
            self.program.row([*without, (self.large, short)], high=target + self.large)

    def _wanted(self, pair: Pair, t: int) -> float:
        row = self.study.policy("StockTargets", *pair, t)
        days = row.get("Safety Days")
        return max(
            row.get("Safety Stock") or 0.0, self.study.cover(*pair, days, t) if days else 0.0
        )

    # moves
    def _transfer_moves(self) -> None:
        groups: dict[tuple[str, str, str, int], list[tuple[str, int]]] = {}
        for origin, to, product, t, _, flow, _ in self.lateral:
            order = self._transfer_terms(origin, to, product, t).get("Count By") == "order"
            key = (origin, to, "" if order else product, t)
            groups.setdefault(key, []).append((product, flow))
        for (origin, to, _, t), flows in groups.items():
            row = self._transfer_terms(origin, to, flows[0][0], t)
            least, worth, cost = (row.get(n) or 0.0 for n in ("Min Qty", "Min Value", "Move Cost"))
            if least or worth or cost:
                made = self._move([flow for _, flow in flows], cost)
                self.program.paid.append((origin, t, cost, made))
                units: list[Term] = [(1, flow) for _, flow in flows]
                money: list[Term] = [(self.study.value(to, p, t), flow) for p, flow in flows]
                self.program.row([*units, (-least, made)], low=0)
                self.program.row([*money, (-worth, made)], low=0)

    def _move(self, flows: list[int], cost: float = 0.0) -> int:
        made = self._switch(cost)
        for flow in flows:
            self.program.row([(1, flow), (-self.large, made)], high=0)
        return made

    def _most_transfer_moves(self) -> None:
        for row in self.study.rows("TransferRules"):
            if row.get("Max Moves") is not None:
                for t in range(self.T):
                    if str(row.get("Period") or self.study.periods[t]) == self.study.periods[t]:
                        self._most_in(row, t)

    def _most_in(self, row: Row, t: int) -> None:
        groups: dict[tuple[str, ...], list[int]] = {}
        for origin, to, product, when, _, flow, _ in self.lateral:
            named = {"From": origin, "To": to, "Product": product}
            if when != t or any((row.get(n) or "*") not in ("*", c) for n, c in named.items()):
                continue
            counted = row.get("Count By") or self._transfer_terms(origin, to, product, t).get(
                "Count By"
            )
            key = (origin, to) if counted == "order" else (origin, to, product)
            groups.setdefault(key, []).append(flow)
        moves: list[Term] = [(1, self._move(flows)) for flows in groups.values()]
        self.program.row(moves, high=row["Max Moves"])
