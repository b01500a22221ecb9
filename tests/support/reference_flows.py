"""What moves in the reference model: purchases, shipments and trips (F9, F12, F13, F15)."""

from typing import Any

from outlook import Outlook
from program import INF, Program, Term
from reference_lots import Lots
from reference_rates import Key, Rates
from study import Row

Pair = tuple[str, str]


class Flows(Rates, Lots):
    """Columns of what is bought and shipped; ``Reference`` balances them."""

    study: Outlook
    program: Program
    T: int
    large: float
    received: dict[tuple[Pair, int], list[Term]]
    shipped: dict[tuple[Pair, int], list[Term]]
    bought: dict[tuple[Pair, int], list[Term]]
    fleet_use: dict[tuple[str, int], list[tuple[str, int]]]
    shipments: list[tuple[str, str, str, str, int, int]]
    ordered: list[tuple[str, str, int, float, int]]
    freights: list[tuple[str, str, int, float, int]]
    """Origin, product (blank where shared), period, price and column of all freight."""

    # --- F9 -----------------------------------------------------------------------------------

    def _supply(self) -> None:
        for (place, product, t), row in self.study.supply().items():
            self._purchase((place, product), t, row)

    def _purchase(self, pair: Pair, t: int, row: Row) -> None:
        most, least = default(row.get("Max"), INF), row.get("Min") or 0.0
        ordered = self.program.column(high=most, cost=row.get("Unit Cost") or 0.0)
        whole = self.study.is_whole(t)
        if row.get("Fixed Cost"):
            exact = whole or most == INF
            placed = self.program.column(
                high=1, cost=row["Fixed Cost"], whole=exact, paid=(pair[0], t)
            )
            room = min(most, self.large) if exact else most
            self.program.row([(1, ordered), (-room, placed)], high=0)
        if least:
            price = row.get("Min Penalty")
            short = self.program.column(
                high=0 if price is None else INF, cost=price or 0.0, paid=(pair[0], t)
            )
            self.program.row([(1, ordered), (1, short)], low=least)
        if whole:
            self._order_lots(row, ordered, most)
        place, product = pair
        self.ordered.append((place, product, t, row.get("Unit Cost") or 0.0, ordered))
        lead = (row.get("Lead Time") or 0) if self.study.holds_stock(place) else 0
        due = self.study.arrival(t, lead)
        add(self.bought, (pair, due), 1.0, ordered)
        if due < self.T:
            self.program.charge(ordered, self.study.handling("In", place, product, due))

    # --- F12, F13, F15 --------------------------------------------------------------------------

    def _lanes(self) -> None:
        self.freights = []
        for lane, rows in self.study.lanes().items():
            origin, to, _ = lane
            for t in range(self.T):
                goods = {
                    row["Product"]: self._flow(origin, to, row, t)
                    for row in self.study.open_lanes(t)
                    if row in rows
                }
                if goods:
                    first = len(self.program.low)
                    self._lane_limits(rows, list(goods.values()), t)
                    part = self._part_loads(lane, goods)
                    self._charge_brackets(lane, goods, part)
                    self._trips(lane, rows, goods, part, t)
                    shared = range(first, len(self.program.low))
                    prices = self.program.cost
                    self.freights += [(origin, "", t, prices[c], c) for c in shared if prices[c]]
        self._fleets()

    def _flow(self, origin: str, to: str, row: Row, t: int) -> int:
        study, product = self.study, row["Product"]
        share, due = default(row.get("Yield"), 1.0), study.lane_arrival(row, t)
        rated = self._brackets((origin, to, row.get("Mode") or "road"))
        cost = study.transit(row, t) + (0.0 if rated else study.freight(row))
        cost += study.handling("Out", origin, product, t)
        if due < self.T:
            cost += share * study.handling("In", to, product, due)
        flow = self.program.column(cost=cost)
        if not rated:
            self.freights.append((origin, product, t, study.freight(row), flow))
        if study.is_whole(t):
            self._whole(flow, row.get("Order Multiple") or 0.0)
        self.shipments.append((origin, to, row.get("Mode") or "road", product, t, flow))
        add(self.shipped, ((origin, product), t), 1.0, flow)
        add(self.received, ((to, product), due), share, flow)
        return flow

    def _lane_limits(self, rows: list[Row], goods: list[int], t: int) -> None:
        most, least = of(rows, "Max Shipment"), of(rows, "Min Shipment")
        fixed = of(rows, "Fixed Cost")
        total: list[Term] = [(1, flow) for flow in goods]
        if most is not None:
            self.program.row(total, high=most)
        least = least if self.study.is_whole(t) else None
        exact = self.study.is_whole(t) or most is None or self._departure_counted(rows[0], t)
        if least or fixed:
            used = self.program.column(high=1, cost=fixed or 0.0, whole=exact)
            room = min(default(most, INF), self.large) if exact else most
            self.program.row([*total, (-room, used)], high=0)
            self.program.row([*total, (-(least or 0.0), used)], low=0)

    def _departure_counted(self, lane: Row, t: int) -> bool:
        """Whether a row of the planner counts the departures of a lane in a period."""
        ends = {"From": lane["From"], "To": lane["To"], "Mode": lane.get("Mode") or "road"}
        return any(
            row["Variable"] == "departures"
            and row.get("Period") in (None, "*", self.study.periods[t])
            and all(row.get(column) in (None, "*", code) for column, code in ends.items())
            for row in self.study.rows("UserRows")
        )

    def _trips(
        self, lane: Key, rows: list[Row], goods: dict[str, int], part: dict[str, int], t: int
    ) -> None:
        """Goods are always assigned to a type of vehicle: right for every mix of limits."""
        named = of(rows, "Vehicle")
        if not named:
            return
        types = [row for row in self.study.rows("Vehicles") if row["Vehicle"] in named.split(",")]
        loaded: dict[str, list[Term]] = {product: [] for product in goods}
        for vehicle in types:
            name, usual = vehicle["Vehicle"], vehicle.get("Cost Per Trip") or 0.0
            price, whole = self._trip_price(lane, name, usual), self.study.is_whole(t)
            trips = self.program.column(cost=price, whole=whole)
            self.fleet_use.setdefault((name, t), []).append((lane[0], trips))
            on_board = {product: self.program.column() for product in goods}
            for product, load in on_board.items():
                loaded[product].append((1, load))
            self._vehicle_limits(vehicle, trips, on_board, whole)
        for product, flow in goods.items():
            outside: list[Term] = [(1, part[product])] if product in part else []
            self.program.row([(-1, flow), *loaded[product], *outside], low=0, high=0)

    def _vehicle_limits(
        self, vehicle: Row, trips: int, on_board: dict[str, int], whole: bool
    ) -> None:
        stated = {
            "kg": vehicle.get("Max Weight"),
            "m3": vehicle.get("Max Volume"),
            "pallet": vehicle.get("Max Pallets"),
            "unit": vehicle.get("Max Units"),
        }
        limits = {dimension: most for dimension, most in stated.items() if most is not None}
        basis = vehicle.get("Fill Basis") or next(iter(limits))
        for dimension, most in limits.items():
            load = [(self.study.measure(p, dimension), c) for p, c in on_board.items()]
            full = 1.0 if whole or dimension != basis else vehicle.get("Min Fill") or 1.0
            self.program.row([*load, (-full * most, trips)], high=0)
            if dimension == basis and vehicle.get("Min Fill"):
                self.program.row([*load, (-vehicle["Min Fill"] * most, trips)], low=0)

    def _fleets(self) -> None:
        for vehicle in self.study.rows("Vehicles"):
            if vehicle.get("Fleet") is None:
                continue
            home = vehicle.get("Home") or "*"
            for t in range(self.T):
                uses = self.fleet_use.get((vehicle["Vehicle"], t), [])
                trips = [(1, trip) for origin, trip in uses if home in ("*", origin)]
                self.program.row(trips, high=vehicle["Fleet"])


def add(
    flows: dict[tuple[Pair, int], list[Term]], key: tuple[Pair, int], share: float, column: int
) -> None:
    flows.setdefault(key, []).append((share, column))


def times(factor: float, terms: list[Term]) -> list[Term]:
    return [(factor * share, column) for share, column in terms]


def default(value: float | None, other: float) -> float:
    return other if value is None else value


def of(rows: list[Row], column: str) -> Any:
    """What the rows of one lane state; a blank states nothing."""
    return next((row[column] for row in rows if row.get(column) is not None), None)
