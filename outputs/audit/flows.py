"""What the decisions of the plan bring and take, recomputed from the input's lead times."""

import math
from collections import defaultdict
from collections.abc import Callable

from tierstock.outputs.audit.case import Case, Pair
from tierstock.outputs.audit.lanes import Lane, Lanes
from tierstock.outputs.audit.plan import Plan
from tierstock.outputs.audit.prices import Prices
from tierstock.outputs.audit.rates import PART_LOAD, Rates
from tierstock.outputs.audit.supply import Supply
from tierstock.outputs.audit.values import number

MOVES = ("Produced", "Returned", "Consumed", "Scrapped", "Disposed", "Adjusted")
"""Columns of Inventory that only some plans have; whoever recomputes one adds to World.moves."""


class World:
    """The input with its look-ups, the plan, and the quantities that follow from both."""

    def __init__(self, case: Case, plan: Plan) -> None:
        """Let the shipments, purchases and open orders arrive."""
        self.case, self.plan, self.report = case, plan, plan.report
        self.horizon = case.horizon
        discount = number(case.settings.get("discount_per_period", ""), default=0.0)
        self.worth = [(1.0 + discount) ** -t for t in range(len(case.horizon))]
        """What one unit of money of each period counts in Costs."""
        self.lanes = Lanes(case)
        self.rates = Rates(case, self.lanes)
        self.supply = Supply(case, self.lanes)
        self.prices = Prices(case, self.lanes, self.supply)
        self.prices.closed = plan.closed
        self.arrived: dict[Pair, list[float]] = defaultdict(plan.nothing)
        self.shipped: dict[Pair, list[float]] = defaultdict(plan.nothing)
        self.purchased: dict[Pair, list[float]] = defaultdict(plan.nothing)
        self.issued: dict[Pair, list[float]] = defaultdict(plan.nothing)
        self.order_in: dict[Pair, list[float]] = defaultdict(plan.nothing)
        self.order_out: dict[Pair, list[float]] = defaultdict(plan.nothing)
        self.firm_in: dict[Pair, list[float]] = defaultdict(plan.nothing)
        self.firm_out: dict[Pair, list[float]] = defaultdict(plan.nothing)
        """Open orders without those that may be cancelled."""
        self.late: dict[Pair, float] = defaultdict(float)
        """Shipments and purchases that arrive behind the horizon."""
        self.loads: dict[tuple[Lane, int], dict[str, float]] = defaultdict(dict)
        self.riding: dict[tuple[Lane, int], dict[str, dict[str, float]]] = defaultdict(dict)
        """Goods by the vehicle type their row names."""
        self.way: dict[Pair, list[float]] = defaultdict(plan.nothing)
        """Under way to a place at the end of the period."""
        self.wanted: dict[Pair, list[float]] = defaultdict(plan.nothing)
        """Demand and, in the first period, what is owed from before."""
        self.stands: dict[Pair, list[float]] = {}
        self.moves: dict[str, dict[Pair, list[float]]] = {
            column: defaultdict(plan.nothing) for column in MOVES
        }
        """Further parts of the stock identity, by column of Inventory."""
        self.alive: dict[Pair, list[float]] = {}
        """Where goods expire: most of today's stock and firm orders that lives on after t."""
        self.dead_later: dict[Pair, float] = defaultdict(float)
        """Open orders behind the horizon that may be cancelled and have expired by then."""
        self.refused: dict[Pair, list[float]] = defaultdict(plan.nothing)
        """Demand that may refuse goods because of their age."""
        self.fits: Callable[[str, str, str, int], bool] = lambda *_: True
        """Whether goods whose age a class takes can be at a place, of a product, in a period."""
        self._move()
        self._issue()
        self.cancelled: dict[Pair, list[float]] = defaultdict(plan.nothing)
        self.doubtful: dict[Pair, float] = defaultdict(float)
        """Open orders behind the horizon that the plan may have cancelled."""
        self.loose: set[Pair] = set()
        """Places with open orders that may be cancelled: what is under way is not known."""
        self.unsure: dict[Pair, list[float]] = defaultdict(plan.nothing)
        """Units under way of these orders, were none cancelled."""
        self._orders()
        self.coming: dict[Pair, float] = defaultdict(float, self.late)
        """By lanes, purchases, recipes and open orders behind the horizon, whatever its age."""

    def _move(self) -> None:
        last = len(self.horizon)
        for ship in self.plan.shipments:
            origin, to, _ = ship.lane
            riding = self.riding[ship.lane, ship.t].setdefault(ship.vehicle, {})
            riding[ship.product] = riding.get(ship.product, 0.0) + ship.quantity
            loaded = self.loads[ship.lane, ship.t]
            loaded[ship.product] = loaded.get(ship.product, 0.0) + ship.quantity
            self.shipped[origin, ship.product][ship.t] += ship.quantity
            for k in range(ship.t, min(self.supply.arrival(ship.lane, ship.product, ship.t), last)):
                self.way[to, ship.product][k] += ship.quantity
            share = self.lanes.value(ship.lane, ship.product, ship.t, "Yield", 1.0)
            due = self.supply.arrival(ship.lane, ship.product, ship.t)
            if due < last:
                self.arrived[to, ship.product][due] += share * ship.quantity
            else:
                self.late[to, ship.product] += share * ship.quantity
        for pair, ordered in self.plan.purchases.items():
            for t, quantity in enumerate(ordered):
                due = self.supply.receipt(*pair, t) if quantity else t
                if due < last:
                    self.purchased[pair][due] += quantity
                else:
                    self.late[pair] += quantity

    def _issue(self) -> None:
        for stream in self.case.streams.values():
            wanted = self.wanted[stream.location, stream.product]
            wanted[0] += stream.owed
            for t, quantity in enumerate(stream.wanted):
                wanted[t] += quantity
        for (location, product, _, _), rows in self.plan.service.items():
            for t, i in enumerate(rows):
                if i >= 0:
                    issued = float(self.plan.number("Service", "Issued", i))
                    self.issued[location, product][t] += issued
        for (location, product, _, _), t, other, units, used, _ in self.plan.substitutions:
            self.issued[location, product][t] -= units
            self.issued[location, other][t] += used

    def _orders(self) -> None:
        """Add open orders; of those that may be cancelled, what the plan's rows show as kept."""
        last, plan = len(self.horizon), self.plan
        coming: dict[Pair, list[float]] = defaultdict(plan.nothing)
        going: dict[Pair, list[float]] = defaultdict(plan.nothing)
        for order in self.case.orders:
            to, origin = (order.to, order.product), (order.origin, order.product)
            if order.due < last:
                (self.firm_in if order.firm else coming)[to][order.due] += order.quantity
            else:
                (self.late if order.firm else self.doubtful)[to] += order.quantity
            for k in range(max(order.leaves, 0), min(order.due, last)):
                self.way[to][k] += order.quantity
                if not order.firm:
                    self.unsure[to][k] += order.quantity
            if not order.firm:
                self.loose.add(to)
            if order.leaves >= 0:
                (self.firm_out if order.firm else going)[origin][order.leaves] += order.quantity
        for sure, total in ((self.firm_in, self.order_in), (self.firm_out, self.order_out)):
            total.update({pair: values[:] for pair, values in sure.items()})
        for to, offered in coming.items():
            rows = plan.inventory.get(to)
            for t, most in enumerate(offered):
                seen = plan.number("Inventory", "Received", rows[t]) if rows else 0.0
                kept = min(max(seen - self.arrived[to][t] - self.order_in[to][t], 0.0), most)
                self.order_in[to][t] += kept
                self.cancelled[to][t] += most - kept
        listed: dict[Pair, list[float]] = defaultdict(plan.nothing)
        for ship in plan.leaving:
            listed[ship.lane[0], ship.product][ship.t] += ship.quantity
        for origin in {*listed, *going, *self.order_out}:
            for t in range(last):
                firm, most = self.order_out[origin][t], going[origin][t]
                kept = min(max(listed[origin][t] - firm, 0.0), most)
                self.order_out[origin][t] = firm + kept
                self.report.equal(
                    "shipped", listed[origin][t], firm + kept, *origin, self.horizon.ids[t]
                )

    def pairs(self) -> list[Pair]:
        """Return all places where anything is or happens, sorted."""
        found: set[Pair] = set(self.plan.inventory)
        for group in (self.arrived, self.shipped, self.purchased, self.order_in, self.order_out):
            found |= {pair for pair, values in group.items() if any(values)}
        for group in self.moves.values():
            found |= {pair for pair, values in group.items() if any(values)}
        found |= {pair for pair, quantity in self.case.opening.items() if quantity}
        found |= {(s.location, s.product) for s in self.case.streams.values() if any(s.wanted)}
        return sorted(found)

    def stock(self, pair: Pair, t: int) -> float:
        """Return closing stock of a period, for -1 the opening stock."""
        if t < 0:
            return self.case.opening.get(pair, 0.0)
        return self.plan.closing[pair][t] if pair in self.plan.closing else 0.0

    def on_the_way(self, pair: Pair, t: int) -> float:
        """Return units under way; where orders may be cancelled, what the plan's own row says.

        A plan has no row for a place where nothing is left of them.
        """
        rows = self.plan.inventory.get(pair)
        if pair not in self.loose:
            return self.way[pair][t]
        if rows is None or rows[t] < 0:
            return self.way[pair][t] - self.unsure[pair][t]
        return self.plan.number("Inventory", "In Transit", rows[t])

    def made_new(self, pair: Pair, t: int) -> float:
        """Return what recipes brought; 0 for kits and their parts, which may come back again."""
        circular = pair[1] in self.supply.recipes.circular
        return 0.0 if circular else self.moves["Produced"][pair][t]

    def inbound(self, pair: Pair, t: int) -> float:
        """Return receipts by lanes and open orders."""
        return self.arrived[pair][t] + self.order_in[pair][t]

    def outbound(self, pair: Pair, t: int) -> float:
        """Return shipments, open orders that leave, and issues."""
        return self.shipped[pair][t] + self.order_out[pair][t] + self.issued[pair][t]

    def servable(self, pair: Pair, t: int) -> bool:
        """Tell whether demand can be met: the place is open and something can have come."""
        return self.case.is_open(pair[0], t) and t >= self.supply.first.get(pair, t + 1)

    def standing(self, pair: Pair) -> list[float]:
        """Return what today's stock and firm orders can still make up of each closing stock.

        H(t) = max(0, H(t-1) + firm arrivals - firm leavings - demand), H(0) = opening stock. What
        lanes could take away is not counted: hard limits give way to no more than this (F6, F7).
        What has expired is gone; demand that may refuse goods takes none here.
        """
        if pair not in self.stands:
            case, held, result = self.case, self.case.opening.get(pair, 0.0), []
            for t in range(len(self.horizon)):
                wanted = self.wanted[pair][t] if case.is_open(pair[0], t) else 0.0
                held += self.firm_in[pair][t] - self.firm_out[pair][t]
                held = max(0.0, held - max(0.0, wanted - self.refused[pair][t]))
                held = min(held, self.alive[pair][t]) if pair in self.alive else held
                result.append(held)
            self.stands[pair] = result
        return self.stands[pair]

    def priced(self, lane: Lane, t: int) -> float:
        """Return what the brackets of a lane are charged for, in their basis; nan without any."""
        tariff = self.rates.of(lane)
        if tariff is None:
            return math.nan
        goods = self.loads[lane, t]
        if tariff.rule == "LTL-to-FTL":
            goods = self.riding[lane, t].get(PART_LOAD, {})
        return sum(
            units * self.case.measure(product, tariff.basis) for product, units in goods.items()
        )

    def bracket_freight(self, lane: Lane, t: int) -> float:
        """Return the freight of a rated lane in a period; 0 on other lanes."""
        tariff, total = self.rates.of(lane), self.priced(lane, t)
        if tariff is None:
            return 0.0
        return tariff.cost(total, self.report.tolerance * max(1.0, total))
