"""The input as the audit understands it: places, products, demand, stock and open orders."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from tierstock.outputs.audit.calendars import Calendars
from tierstock.outputs.audit.demand import Wants, basis
from tierstock.outputs.audit.horizon import Horizon, build_horizon
from tierstock.outputs.audit.matching import PeriodSelectors, Policy, Selectors
from tierstock.outputs.audit.measures import COUNTED, Measures
from tierstock.outputs.audit.values import bare, day, flag, number
from tierstock.outputs.audit.words import Record, Table

Pair = tuple[str, str]
DEFAULTS: dict[str, dict[str, str]] = {
    "Locations": {"Status": "open"},
    "Products": {"Zone": "ambient", "Type": "finished", "Lifecycle": "active"},
}
TIERS_WITHOUT_STOCK = ("supplier", "customer")


@dataclass(frozen=True)
class Order:
    """Goods on the way or ordered before the horizon."""

    origin: str
    to: str
    product: str
    quantity: float
    leaves: int
    """Period in which it leaves its origin, -1 = not from this horizon's stock."""
    due: int
    firm: bool


@dataclass
class Case:
    """Everything read from the input, by code."""

    tables: dict[str, Table]
    settings: dict[str, str]
    horizon: Horizon = field(init=False)
    previous: dict[Pair, float] = field(default_factory=dict)
    """What a previous plan leaves at its end."""

    def __post_init__(self) -> None:
        """Index locations, products, selectors and classes; then demand, stock and orders."""
        self.horizon = build_horizon(self.tables, self.settings)
        worth = {"千": 1e3, "万": 1e4}.get(self.settings.get("money_unit", ""), 1.0)
        for table in self.tables.values() if worth != 1.0 else ():
            table.count_money(worth)
        self.integral = self._integral()
        """Periods in which whole trips, lots and departures are kept (F36)."""
        self.late = flag(self.settings.get("allow_after_horizon", ""), True)
        """Whether anything may arrive after the horizon."""
        self.calendars = Calendars(self._records("Calendars"), self.horizon)
        self.locations = {r.text("Location"): r for r in self._records("Locations")}
        self.products = {r.text("Product"): r for r in self._records("Products")}
        groups = self._records("Groups")
        self.of_location = Selectors("location", self.locations, self._held("Locations"), groups)
        self.of_product = Selectors("product", self.products, self._held("Products"), groups)
        self.of_period = PeriodSelectors(self.horizon, groups)
        self.measures = self._measures(groups)
        self.products = {r.text("Product"): r for r in self.rows("Products")}
        channels = {r.text("Channel") for r in [*self.rows("Locations"), *self.rows("Demand")]}
        self.of_channel = Selectors("channel", sorted(channels), None, groups)
        self.classes = {r.text("Class"): r for r in self.rows("ServiceClasses")}
        self.wants = Wants(
            self.horizon,
            self.settings,
            self.locations,
            self.products,
            self.classes,
            self.of_channel,
        )
        self.streams = self.wants.streams(self.rows("Demand"))
        self._classify()
        self.opening: dict[Pair, float] = defaultdict(float)
        self.blocked: dict[Pair, float] = defaultdict(float)
        self._stock()
        self.orders = self._orders()
        self.open_cache: dict[str, list[bool]] = {}
        self.window_cache: dict[str, list[bool]] = {}
        self.keeps_cache: dict[str, list[bool]] = {}

    def rows(self, sheet: str) -> list[Record]:
        """Return the rows of an input sheet; none where it is missing.

        Where a row holds for one product, its quantities come in base units and its money in
        home money.
        """
        found = self._records(sheet)
        if sheet in COUNTED or sheet == "Products":
            for row in found:
                self.measures.settle(row, self.horizon)
        return found

    def _records(self, sheet: str) -> list[Record]:
        return self.tables[sheet].records() if sheet in self.tables else []

    def _integral(self) -> list[bool]:
        """Periods.Integer, else inside the setting integrality_horizon."""
        count = int(float(self.settings.get("integrality_horizon") or len(self.horizon)))
        stated = {bare(r.text("Period")): r.text("Integer") for r in self._records("Periods")}
        names = map(bare, self.horizon.ids)
        return [flag(stated.get(name, ""), t < count) for t, name in enumerate(names)]

    def _measures(self, groups: list[Record]) -> Measures:
        picked = Selectors("product", self.products, self._held("Products"), groups)
        units, currencies = self._records("Units"), self._records("Currency")
        home = self.settings.get("home_currency") or "CNY"
        return Measures(self.products, units, picked, currencies, self.of_period, home)

    def _held(self, sheet: str) -> dict[str, dict[str, str]]:
        table, key = self.tables[sheet], sheet[:-1]
        held = {
            name: dict(zip(table.column(key), texts, strict=True))
            for name, texts in table.texts.items()
            if name != key
        }
        for name, usual in DEFAULTS[sheet].items():
            stated = held.get(name, {})
            held[name] = {code: stated.get(code) or usual for code in table.column(key)}
        return held

    def _classify(self) -> None:
        """Fill Products.ABC where blank, by cumulative demand value (abc_limits)."""
        worth = dict.fromkeys(self.products, 0.0)
        for stream in self.streams.values():
            value = self.products[stream.product].number("Unit Value", 0.0)
            worth[stream.product] += value * sum(stream.wanted)
        limits = self.settings.get("abc_limits") or "80%/95%"
        first, second = (number(part) for part in re.split("[/,;]", limits))
        before, whole = 0.0, sum(worth.values())
        a, b = ((limit - 1e-12) * whole for limit in (first, second))
        held = self.of_product.attributes.setdefault("ABC", {})
        for code in sorted(worth, key=lambda c: (-worth[c], c)):
            held[code] = held.get(code) or ("A" if before < a else "B" if before < b else "C")
            before += worth[code]

    def policy(self, sheet: str) -> Policy:
        """Return the resolver of a policy sheet; Tier belongs to Location, then Product, Channel.

        A Channel filters by the channel of the location.
        """
        everywhere = dict.fromkeys(self.locations, 1)

        def ranks(row: Record) -> list[dict[str, int]]:
            place = self.of_location.ranked(row.text("Location"))
            tiers = row.text("Tier")
            if tiers and tiers != "*":
                among = self.of_location.ranked(tiers if "=" in tiers else f"Tier={tiers}")
                place = {c: max(r, among[c]) for c, r in place.items() if c in among}
            channel = everywhere
            if row.text("Channel"):
                found = self.of_channel.ranked(row.text("Channel"))
                served = ((c, r.text("Channel")) for c, r in self.locations.items())
                channel = {c: found[name] for c, name in served if name in found}
            product = self.of_product.ranked(row.text("Product"))
            return [place, product, channel, self.of_period.ranked(row.text("Period"))]

        return Policy(self.rows(sheet), ranks)

    def tier(self, location: str) -> str:
        """Return the tier of a location."""
        return self.locations[location].text("Tier")

    def keeps(self, location: str, t: int) -> bool:
        """Tell whether a location may hold stock at the end of a period.

        Not where it holds none, is closed, or closes before the next period begins; what is
        there before a place opens may stay.
        """
        return self.kept(location)[t]

    def kept(self, location: str) -> list[bool]:
        """Tell by period whether a location may hold stock at its end."""
        if location not in self.keeps_cache:
            row, horizon = self.locations[location], self.horizon
            may = self.holds(location) and row.text("Status") != "closed"
            first = day(row.text("Active From"))
            self.keeps_cache[location] = [
                may
                and (
                    (first is not None and horizon.starts[k] < first)
                    or (self.in_window(location, k) and self.in_window(location, k + 1))
                )
                for k in range(len(horizon))
            ]
        return self.keeps_cache[location]

    def supplied(self, product: str, t: int) -> bool:
        """Tell whether a product is still ordered, made and sent as replenishment.

        Not in periods that start after the End Of Life of a phase-out product.
        """
        row = self.products[product]
        if row.text("Lifecycle") != "phase-out":
            return True
        end = day(row.text("End Of Life"))
        return end is None or self.horizon.starts[t] <= end

    def targeted(self, product: str, t: int) -> bool:
        """Tell whether stock of a product is wanted: not from the period of its End Of Life."""
        end = day(self.products[product].text("End Of Life"))
        return end is None or self.horizon.ends[t] < end

    def holds(self, location: str) -> bool:
        """Tell whether a location holds stock at all."""
        row = self.locations[location]
        return flag(row.text("Holds Stock"), self.tier(location) not in TIERS_WITHOUT_STOCK)

    def is_open(self, location: str, t: int) -> bool:
        """Tell whether goods move at a location: in its window, with an open day in the period.

        ``len(horizon)`` asks for the time behind the horizon.
        """
        if location not in self.open_cache:
            name, periods = self.calendar(location), range(len(self.horizon))
            works = [bool(self.calendars.open_days(name, k)) for k in periods]
            inside = (self.in_window(location, k) for k in periods)
            found = [a and b for a, b in zip(works, inside, strict=True)]
            self.open_cache[location] = [*found, self.in_window(location, len(periods))]
        return self.open_cache[location][t]

    def in_window(self, location: str, t: int) -> bool:
        """Tell whether the window of a location holds the first day of the period.

        ``len(horizon)`` asks for the time behind the horizon.
        """
        return self._windows(location)[t]

    def always_open(self, location: str) -> bool:
        """Tell whether the window of a location holds all periods, and the time behind them."""
        return all(self._windows(location))

    def _windows(self, location: str) -> list[bool]:
        if location not in self.window_cache:
            row, horizon = self.locations[location], self.horizon
            first, last = day(row.text("Active From")), day(row.text("Active To"))
            inside = [horizon.inside(k, first, last) for k in range(len(horizon))]
            inside.append(last is None or last >= horizon.ends[-1])
            closed = row.text("Status") == "closed"
            self.window_cache[location] = [one and not closed for one in inside]
        return self.window_cache[location]

    def calendar(self, location: str) -> str:
        """Return the name of the calendar of a location, blank where it has none."""
        return self.locations[location].text("Calendar")

    def measure(self, product: str, dimension: str) -> float:
        """Return what one unit takes in a dimension; 0 where not stated."""
        row = self.products[product]
        if dimension == "unit":
            return 1.0
        if dimension == "pallet":
            pallet = row.number("Units Per Pallet")
            return 1.0 / pallet if pallet > 0 else 0.0
        return row.number({"kg": "Weight", "m3": "Volume"}[dimension], 0.0)

    def basis(self, product: str) -> float:
        """Return b of the penalty ladder of a product."""
        return basis(self.products[product])

    def _stock(self) -> None:
        """Add up opening stock; what is negative is owed by the highest backorder class."""
        for row in self.rows("OpeningStock"):
            pair = (row.text("Location"), row.text("Product"))
            blocked = row.number("Blocked", 0.0)
            self.opening[pair] += row.number("Quantity", 0.0) - blocked
            self.blocked[pair] += blocked
        for pair, quantity in self.opening.items():
            if quantity < 0:
                mine = [s for s in self.streams.values() if (s.location, s.product) == pair]
                waiting = [s for s in mine if s.mode in ("backorder", "partial")]
                if not waiting:
                    channel = self.locations[pair[0]].text("Channel")
                    key = (*pair, self.wants.grade(*pair, channel), channel)
                    waiting = [self.streams.setdefault(key, self.wants.stream(*key))]
                first = min(
                    waiting, key=lambda s: (self.wants.priority(s.grade), s.grade, s.channel)
                )
                first.owed += -quantity
                self.opening[pair] = 0.0

    def _orders(self) -> list[Order]:
        last = len(self.horizon)
        found = []
        for row in self.rows("InTransit"):
            due, ship = day(row.text("Due Date")), day(row.text("Ship Date"))
            due = due or self.horizon.starts[0]
            when = self.horizon.of_day(due)
            if when is None:
                when = 0 if due < self.horizon.starts[0] else last
            leaves = -1
            if ship and ship > self.horizon.ends[-1]:
                continue
            if ship and row.text("From") and ship >= self.horizon.starts[0]:
                leaves = self.horizon.of_day(ship) or 0
            firm = flag(row.text("Firm"), True)
            quantity = row.number("Quantity", 0.0)
            pair = (row.text("To"), row.text("Product"))
            found.append(Order(row.text("From"), *pair, quantity, leaves, when, firm))
        return found
