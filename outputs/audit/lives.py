"""How long goods may be used, from the input: products, lots, orders, purchases, classes (F19).

Days are ordinals of the calendar; the last usable day counts as usable.
"""

import math
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from tierstock.outputs.audit.case import Pair
from tierstock.outputs.audit.flows import World
from tierstock.outputs.audit.values import day, flag
from tierstock.outputs.audit.words import Record

FOREVER = date.max.toordinal()
UNLIMITED = 10**6
"""Days of life of goods that never expire but have to mature."""


@dataclass(frozen=True)
class Batch:
    """Goods that come in together and may be used up to one day."""

    t: int
    """Period in which they come, the first one for opening stock."""
    until: int
    units: float


class Lives:
    """Who expires when, and who takes what."""

    def __init__(self, world: World) -> None:
        """Read the lives of the products that have one."""
        self.world, self.case, self.horizon = world, world.case, world.horizon
        self.ends = [end.toordinal() for end in self.horizon.ends]
        case = self.case
        self.dated = {
            row.text("Product")
            for sheet in ("OpeningStock", "InTransit")
            for row in case.rows(sheet)
            if row.text("Expiry Date")
        }
        bought = {
            product
            for row, ranks in world.supply.policy.rows
            if row.text("Remaining Life")
            for product in ranks[1]
        }
        self.counted = {
            code
            for code, row in case.products.items()
            if row.text("Shelf Life") or self.ripens(code) or code in self.dated | bought
        }
        self.batches: dict[Pair, list[Batch]] = defaultdict(list)
        self.later: list[tuple[Pair, int, float, bool]] = []
        """Open orders due behind the horizon: place, last usable day, units, firm."""
        self.loose: set[Pair] = set()
        """Places where orders of several lives may have been cancelled."""
        self._lots()
        self._orders()

    # --- days ---------------------------------------------------------------------------------

    def begin(self, t: int) -> int:
        """Return the first day of a period; ``len(horizon)`` asks for that behind the last."""
        edges = self.horizon.edges
        return edges[t] if t < len(edges) else self.horizon.behind

    def last(self, until: int) -> int:
        """Return the last period that ends by a day, -1 for none, also behind the horizon."""
        behind = max(self.ends[-1], until) - self.ends[-1]
        return bisect_right(self.ends, until) - 1 + behind // self.horizon.days[-1]

    def ripens(self, product: str) -> int:
        """Return the days of maturing."""
        return math.ceil(self.case.products[product].number("Maturation", 0.0))

    def fresh(self, product: str, made: int) -> int:
        """Return the last usable day of goods made on a day."""
        row = self.case.products[product]
        if row.text("Shelf Life"):
            return made + math.floor(row.number("Shelf Life")) - 1
        return made + UNLIMITED if self.ripens(product) else FOREVER

    def asks(self, grade: str, product: str) -> int:
        """Return the days of life a class asks for at delivery."""
        asked, row = 0.0, self.case.classes.get(grade)
        if row is not None:
            life = self.case.products[product]
            share = row.number("Min Life Share", 0.0)
            whole = math.floor(life.number("Shelf Life")) if life.text("Shelf Life") else 0
            asked = max(row.number("Min Remaining Life", 0.0), share * whole)
        return math.ceil(asked - 1e-9)

    def least(self, grade: str, product: str, t: int) -> int:
        """Return the first last-usable-day that a class takes in a period."""
        return max(self.ends[t], self.begin(t) + self.asks(grade, product) - 1)

    def most(self, product: str, t: int) -> int:
        """Return the largest last-usable-day of goods that are mature in a period."""
        wait = self.ripens(product)
        if not wait:
            return FOREVER
        return self.fresh(product, self.begin(t) - wait)

    # --- what comes in --------------------------------------------------------------------------

    def _lots(self) -> None:
        """Add the lots of the opening stock, the usable units to the oldest ones first."""
        found: dict[Pair, list[tuple[int, float]]] = defaultdict(list)
        first = self.begin(0)
        for row in self.case.rows("OpeningStock"):
            pair = (row.text("Location"), row.text("Product"))
            if pair[1] not in self.counted:
                continue
            made = day(row.text("Production Date")) or day(row.text("Received Date"))
            born = made.toordinal() if made else first - self.ripens(pair[1])
            until = _stated(row) or self.fresh(pair[1], born)
            units = row.number("Quantity", 0.0) - row.number("Blocked", 0.0)
            found[pair].append((until, units))
        for pair, lots in found.items():
            left = self.case.opening.get(pair, 0.0)
            for until, units in sorted(lots):
                kept = min(max(units, 0.0), left)
                if kept > 0:
                    self.batches[pair].append(Batch(0, until, kept))
                    left -= kept

    def _orders(self) -> None:
        """Add open orders that do not leave within the horizon; kept ones the freshest first."""
        kept: dict[tuple[Pair, int], list[tuple[int, float]]] = defaultdict(list)
        for row in self.case.rows("InTransit"):
            pair = (row.text("To"), row.text("Product"))
            due = day(row.text("Due Date"))
            if pair[1] not in self.counted or due is None or self.leaves(row):
                continue
            t = self.horizon.of_day(due)
            t = 0 if t is None and due < self.horizon.starts[0] else t
            until, units = self.ordered(row), row.number("Quantity", 0.0)
            firm = flag(row.text("Firm"), True)
            if t is None:
                self.later.append((pair, until, units, firm))
            elif firm:
                self.batches[pair].append(Batch(t, until, units))
            else:
                kept[pair, t].append((until, units))
        for (pair, t), offers in kept.items():
            left = self.world.order_in[pair][t] - self.world.firm_in[pair][t]
            if len({until for until, _ in offers}) > 1:
                self.loose.add(pair)
            for until, units in sorted(offers, reverse=True):
                taken = min(units, left)
                if taken > 0:
                    self.batches[pair].append(Batch(t, until, taken))
                    left -= taken

    def ordered(self, row: Record) -> int:
        """Return the last usable day of an open order: stated, else new when it left or comes."""
        due, ship = day(row.text("Due Date")), day(row.text("Ship Date"))
        comes = max(due.toordinal() if due else 0, self.begin(0))
        return _stated(row) or self.fresh(row.text("Product"), ship.toordinal() if ship else comes)

    def leaves(self, row: Record) -> bool:
        """Tell whether an open order leaves a place within the horizon."""
        ship = day(row.text("Ship Date"))
        return bool(row.text("From")) and ship is not None and ship >= self.horizon.starts[0]

    def bought(self, pair: Pair) -> list[Batch]:
        """Return what is bought or made at a place, by receipt."""
        supply, found = self.world.supply, []
        last = len(self.horizon)
        for t, units in enumerate(self.world.plan.purchases.get(pair, ())):
            due = supply.receipt(*pair, t)
            if units > 0 and due < last:
                found.append(Batch(due, self.supplied(pair, t), units))
        made = self.world.moves["Produced"].get(pair, ())
        new = enumerate(made)
        found += [Batch(t, self.fresh(pair[1], self.begin(t)), u) for t, u in new if u > 0]
        return found

    def supplied(self, pair: Pair, t: int) -> int:
        """Return the last usable day of what is ordered in a period."""
        supply, horizon = self.world.supply, self.horizon
        lead = supply.lead(*pair, t)
        if supply.passes(*pair):
            received = self.begin(t) + math.ceil(
                horizon.whole_days(t, lead) if horizon.whole else lead
            )
        else:
            received = self.begin(supply.receipt(*pair, t))
        left = supply.number("Remaining Life", *pair, t, math.nan)
        if math.isnan(left):
            return self.fresh(pair[1], received)
        return received + math.floor(left) - 1


def _stated(row: Record) -> int | None:
    found = day(row.text("Expiry Date"))
    return found.toordinal() if found else None
