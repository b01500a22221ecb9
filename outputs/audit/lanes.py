"""Lanes and what they carry, looked up by the shipments of the plan (rulings 10, 20 to 22)."""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tierstock.outputs.audit.case import Case
from tierstock.outputs.audit.matching import same_columns
from tierstock.outputs.audit.sourcing import SourcingRules
from tierstock.outputs.audit.values import day, flag
from tierstock.outputs.audit.words import Record

Lane = tuple[str, str, str]
"""From, To, Mode."""
ROAD = "road"
WITHIN = {"same region": "Region", "same company": "Company", "same channel": "Channel"}
EARTH = 6371.0088
"""Mean radius of the earth, km."""


@dataclass(frozen=True)
class Entry:
    """A Lanes row that speaks of a lane, with the ranks of From and To."""

    rank: tuple[int, int]
    products: dict[str, int]
    row: Record


class Lanes:
    """All lanes of the input."""

    def __init__(self, case: Case) -> None:
        """Expand From and To of every row; products and windows are looked up when asked."""
        self.case = case
        self.entries: dict[Lane, list[Entry]] = defaultdict(list)
        self.zero: set[Lane] = set()
        """Lanes with a row of Max Shipment 0."""
        self.valid: dict[int, list[bool]] = {}
        self.carrying: dict[tuple[Lane, str], list[bool]] = {}
        self.leaving: dict[tuple[Lane, int], bool] = {}
        self.kinds: dict[Lane, str] = {}
        self.freights: dict[tuple[Lane, str, int, float], float] = {}
        self.steadiness: dict[tuple[Lane, str], tuple[bool, bool]] = {}
        self.stated: dict[tuple[Lane, str, int, str], Record | None] = {}
        for row in case.rows("Lanes"):
            starts, ends = (case.of_location.ranked(row.text(c)) for c in ("From", "To"))
            products = case.of_product.ranked(row.text("Product"))
            equal = same_columns(row.text("To"))
            for origin, first in starts.items():
                for to, second in ends.items():
                    if origin != to and self.alike(origin, to, equal):
                        lane = (origin, to, row.text("Mode") or ROAD)
                        rank = (first, max(second, 2) if equal else second)
                        self.entries[lane].append(Entry(rank, products, row))
                        if row.number("Max Shipment", math.inf) <= 0:
                            self.zero.add(lane)
        self.carried: dict[tuple[Lane, str], list[tuple[tuple[int, ...], Record]]] = {}
        self.rules = [self._rule(row) for row in case.rows("TransferRules")]
        self.sourcing = SourcingRules(case)

    def alike(self, origin: str, to: str, columns: list[str]) -> bool:
        """Tell whether both ends have the same text in some columns of Locations."""
        places = self.case.locations
        return all(places[origin].text(c) == places[to].text(c) for c in columns)

    def in_window(self, row: Record, t: int) -> bool:
        """Tell whether a row is valid for what ships in a period."""
        return self._windows(row)[t]

    def _windows(self, row: Record) -> list[bool]:
        key = id(row)
        if key not in self.valid:
            window = day(row.text("Active From")), day(row.text("Active To"))
            horizon = self.case.horizon
            self.valid[key] = [horizon.inside(k, *window) for k in range(len(horizon))]
        return self.valid[key]

    def rows(self, lane: Lane, product: str) -> list[tuple[tuple[int, ...], Record]]:
        """Return the rows for a product on a lane, the most specific first."""
        key = (lane, product)
        if key not in self.carried:
            found = [
                ((*entry.rank, entry.products[product]), entry.row)
                for entry in self.entries.get(lane, ())
                if product in entry.products
            ]
            self.carried[key] = sorted(found, key=lambda pair: pair[0], reverse=True)
        return self.carried[key]

    def carries(self, lane: Lane, product: str, t: int) -> bool:
        """Tell whether a row of the lane is valid for the product and ship period."""
        key = (lane, product)
        if key not in self.carrying:
            windows = [self._windows(row) for _, row in self.rows(lane, product)]
            never = [False] * len(self.case.horizon)
            self.carrying[key] = list(map(any, zip(*windows, strict=True))) if windows else never
        return self.carrying[key][t]

    def value(self, lane: Lane, product: str, t: int, column: str, default: float) -> float:
        """Return the winning number of a product's column."""
        row = self.stating(lane, product, t, column)
        return default if row is None else row.number(column)

    def stating(self, lane: Lane, product: str, t: int, column: str) -> Record | None:
        """Return the row that states a product's column; None where none does."""
        key = (lane, product, 0 if self.steady(lane, product)[0] else t, column)
        if key not in self.stated:
            rows = (row for _, row in self.rows(lane, product) if row.text(column))
            self.stated[key] = next((row for row in rows if self.in_window(row, t)), None)
        return self.stated[key]

    def steady(self, lane: Lane, product: str) -> tuple[bool, bool]:
        """Tell whether the rows for a product hold in every period, and whether at equal money."""
        key = (lane, product)
        if key not in self.steadiness:
            rows = [row for _, row in self.rows(lane, product)]
            always = all(all(self._windows(row)) for row in rows)
            self.steadiness[key] = always, always and not any(row.text("Currency") for row in rows)
        return self.steadiness[key]

    def multiple(self, lane: Lane, product: str, t: int) -> float:
        """Return the lot in which a product is shipped, in base units; 0 = any quantity."""
        row = self.stating(lane, product, t, "Order Multiple")
        if row is None:
            return 0.0
        return self.case.measures.quantity(row, "Order Multiple", product)

    def rate(self, row: Record | None, t: int) -> float:
        """Return the home money for one unit of the currency of a row."""
        if row is None:
            return 1.0
        return self.case.measures.rate(row.text("Currency"), self.case.horizon.ids[t])

    def of_lane(self, lane: Lane, t: int | None, column: str) -> tuple[str, Record | None]:
        """Return the winning text of a column of the lane as a whole; t None = in any window."""
        best: tuple[tuple[int, ...], str, Record | None] = ((), "", None)
        for entry in self.entries.get(lane, ()):
            text = entry.row.text(column)
            if text and entry.rank > best[0] and (t is None or self.in_window(entry.row, t)):
                best = (entry.rank, text, entry.row)
        return best[1], best[2]

    def departs(self, lane: Lane, t: int) -> bool:
        """Tell whether a lane has a departure day in a period on which its origin works."""
        key = (lane, t)
        if key not in self.leaving:
            text, _ = self.of_lane(lane, t, "Departure Days")
            self.leaving[key] = self.case.calendars.departs(text, self.case.calendar(lane[0]), t)
        return self.leaving[key]

    def lane_number(self, lane: Lane, t: int, column: str, default: float) -> float:
        """Return the winning number of a column of the lane as a whole, money in home money."""
        _, row = self.of_lane(lane, t, column)
        if row is None:
            return default
        return row.number(column) * (self.rate(row, t) if column == "Fixed Cost" else 1.0)

    def shut(self, lane: Lane, t: int) -> bool:
        """Tell whether Max Shipment 0 lets nothing pass: it reaches and feeds no place."""
        return lane in self.zero and self.lane_number(lane, t, "Max Shipment", math.inf) <= 0

    def kind(self, lane: Lane) -> str:
        """Return the kind; transfer where both ends have one tier, else replenish."""
        if lane not in self.kinds:
            stated, _ = self.of_lane(lane, None, "Kind")
            same = self.case.tier(lane[0]) == self.case.tier(lane[1])
            self.kinds[lane] = stated or ("transfer" if same else "replenish")
        return self.kinds[lane]

    def replenishes(self, lane: Lane) -> bool:
        """Tell whether a lane brings fresh supply; transfers and returns do not."""
        return self.kind(lane) in ("replenish", "expedite")

    def lead(self, lane: Lane, product: str, t: int) -> float:
        """Return the lead time as stated, in days or in whole periods."""
        return self.value(lane, product, t, "Lead Time", 0.0)

    def lead_days(self, lane: Lane, product: str, t: int) -> float:
        """Return the lead time of the lane in days, the basis of the transit cost."""
        lead, horizon = self.lead(lane, product, t), self.case.horizon
        return horizon.whole_days(t, lead) if horizon.whole else lead

    def distance(self, lane: Lane) -> float:
        """Return km: as stated, else the great circle between the coordinates."""
        _, row = self.of_lane(lane, None, "Distance")
        if row is not None:
            return row.number("Distance")
        a, b = (self.case.locations[end] for end in lane[:2])
        lat1, lat2 = (math.radians(place.number("Latitude")) for place in (a, b))
        lon1, lon2 = (math.radians(place.number("Longitude")) for place in (a, b))
        chord = math.sin((lat2 - lat1) / 2) ** 2
        chord += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
        return 2 * EARTH * math.asin(math.sqrt(chord))

    def freight(self, lane: Lane, product: str, t: int, value: float) -> float:
        """Return freight of one unit; ``value`` = its standard cost for ``value%``."""
        key = (lane, product, 0 if self.steady(lane, product)[1] else t, value)
        if key not in self.freights:
            self.freights[key] = self._freight(*key)
        return self.freights[key]

    def _freight(self, lane: Lane, product: str, t: int, value: float) -> float:
        stated = self.stating(lane, product, t, "Unit Cost")
        cost = 0.0 if stated is None else stated.number("Unit Cost")
        bases = (r.text("Cost Basis") for _, r in self.rows(lane, product) if self.in_window(r, t))
        basis = next(filter(None, bases), "unit")
        case = self.case
        if basis == "value%":
            return value * (cost if cost < 1 else cost / 100)
        cost *= self.rate(stated, t)
        if basis in ("kg", "m3", "pallet"):
            return cost * case.measure(product, basis)
        if basis == "t-km":
            return cost * case.measure(product, "kg") / 1000 * self.distance(lane)
        return cost * self.distance(lane) if basis == "unit-km" else cost

    def _rule(self, row: Record) -> tuple[dict[str, int], dict[str, int], dict[str, int], Record]:
        case = self.case
        places = (case.of_location.ranked(row.text(c)) for c in ("From", "To"))
        return (*places, case.of_product.ranked(row.text("Product")), row)  # type: ignore[return-value]

    def _ranked_rules(
        self, lane: Lane, product: str, t: int
    ) -> Iterator[tuple[tuple[int, ...], Record]]:
        """The transfer rules that match, with how specifically they do."""
        origin, to, _ = lane
        period = self.case.horizon.ids[t]
        for starts, ends, products, row in self.rules:
            when = self.case.of_period.ranked(row.text("Period")).get(period, 0)
            found: tuple[int, ...] = (
                starts.get(origin, 0),
                ends.get(to, 0),
                products.get(product, 0),
                when,
            )
            within = WITHIN.get(row.text("Within"))
            equal = same_columns(row.text("To")) + ([within] if within else [])
            if not all(found) or not self.alike(origin, to, equal):
                continue
            if equal:
                found = (found[0], max(found[1], 2), *found[2:])
            yield found, row

    def rule_speaks(self, rule: Record, lane: Lane, product: str, t: int) -> bool:
        """Tell whether a row of TransferRules matches a transfer."""
        return any(row.line == rule.line for _, row in self._ranked_rules(lane, product, t))

    def rule_row(self, lane: Lane, product: str, t: int, column: str) -> Record | None:
        """Return the most specific row that states a column for a transfer."""
        stated = [(r, row) for r, row in self._ranked_rules(lane, product, t) if row.text(column)]
        return max(stated, key=lambda pair: pair[0])[1] if stated else None

    def permitted(self, lane: Lane, product: str, t: int) -> bool:
        """Tell whether the transfer rules let a transfer pass (ruling 22)."""
        if not self.rules or self.kind(lane) != "transfer":
            return True
        best: tuple[tuple[int, ...], bool] = ((), False)
        for found, row in self._ranked_rules(lane, product, t):
            allowed = flag(row.text("Allowed"), True)
            if found > best[0] or (found == best[0] and not allowed):
                best = (found, allowed)
        return best[1]
