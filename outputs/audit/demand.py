"""Demand streams: classes, quantities, and costs of being short (rulings 27 to 31, 34, 35)."""

import math
from dataclasses import dataclass

from tierstock.outputs.audit.horizon import Horizon
from tierstock.outputs.audit.matching import Selectors
from tierstock.outputs.audit.values import bare, number
from tierstock.outputs.audit.words import Record, words

STANDARD = "standard"
"""Class of demand for which none is stated."""
Key = tuple[str, str, str, str]
"""Location, product, class, channel."""


@dataclass
class Stream:
    """Demand of one place, product, class and channel."""

    location: str
    product: str
    grade: str
    channel: str
    mode: str
    step: int
    """K - k + 1 of the penalty ladder: 1 for the lowest class."""
    share: float
    """Share of the demand that may wait in classes of mode partial."""
    wait: float
    """Longest wait in days; infinite where not limited."""
    wanted: list[float]
    lost_cost: list[float]
    back_cost: list[float]
    price: list[float]
    """Sales price by period: of the rows of the period, their mean by quantity; without demand
    that of the period before, before the first demand that of the product."""
    owed: float = 0.0


def basis(product: Record) -> float:
    """Return b of the penalty ladder: Price if > 0, else 2 x Unit Value."""
    price = product.number("Price")
    return price if price > 0 else 2.0 * product.number("Unit Value", 0.0)


@dataclass
class Wants:
    """Makes the demand streams."""

    horizon: Horizon
    settings: dict[str, str]
    locations: dict[str, Record]
    products: dict[str, Record]
    classes: dict[str, Record]
    of_channel: Selectors

    def __post_init__(self) -> None:
        """Collect the priorities in use."""
        self.heads: dict[str, int | None] = {}
        """Periods that columns of Demand are about."""
        self.priorities = {self.priority(c) for c in self.classes}

    def priority(self, grade: str) -> int:
        """Return the priority of a class, 1 = served first."""
        return int(self.classes[grade].number("Priority", 1.0)) if grade in self.classes else 1

    def grade(self, location: str, product: str, channel: str, stated: str = "") -> str:
        """Return the class: Demand row > channel > location > product > standard (ruling 28)."""
        of_channel = ""
        for name, own in self.classes.items():
            picked = own.text("Channel")
            if picked and not of_channel and channel in self.of_channel.ranked(picked):
                of_channel = name
        return (
            stated
            or of_channel
            or self.locations[location].text("Class")
            or self.products[product].text("Class")
            or STANDARD
        )

    def stream(self, location: str, product: str, grade: str, channel: str) -> Stream:
        """Return a stream without demand, with the rules and costs of its class."""
        own = self.classes.get(grade)
        mode = (own.text("Mode") if own else "") or "lost"
        share = wait = math.inf
        if own:
            share, wait = own.number("Backorder Share", 1.0), own.number("Max Wait", math.inf)
        above = sum(1 for other in self.priorities if other < self.priority(grade))
        step = max(len(self.priorities) - above, 1)
        nothing = [0.0] * len(self.horizon)
        stream = Stream(
            location, product, grade, channel, mode, step, share, wait, nothing[:], [], [], []
        )
        stream.lost_cost = [self._lost_cost(stream)] * len(nothing)
        stream.back_cost = [self._back_cost(stream, t) for t in range(len(nothing))]
        stream.price = [self.products[product].number("Price", 0.0)] * len(nothing)
        return stream

    def _lost_cost(self, stream: Stream) -> float:
        """Return the class's cost, else the product's, else the ladder b (K - k + 1)."""
        own, product = self.classes.get(stream.grade), self.products[stream.product]
        if own and own.text("Lost Cost"):
            return own.number("Lost Cost")
        if own and own.text("Lost Cost Share"):
            return own.number("Lost Cost Share") * product.number("Price", 0.0)
        if product.text("Shortage Cost"):
            return product.number("Shortage Cost")
        stated = self.settings.get("shortage_default_cost", "")
        times = 1.0 if bare(words().choice(stated)) in ("", "ladder") else number(stated)
        return times * basis(self.products[stream.product]) * stream.step

    def _back_cost(self, stream: Stream, t: int) -> float:
        own = self.classes.get(stream.grade)
        if own and own.text("Backorder Cost"):
            return own.number("Backorder Cost")
        return 0.05 * basis(self.products[stream.product]) * stream.step * self.horizon.days[t] / 7

    def streams(self, rows: list[Record]) -> dict[Key, Stream]:
        """Collect demand; orders use up the forecast of their bucket, promotions come on top."""
        kinds: dict[tuple[Key, int], dict[str, float]] = {}
        streams: dict[Key, Stream] = {}
        sold: dict[tuple[Key, int], list[tuple[float, float]]] = {}
        Costs = dict[tuple[Key, int], list[float]]
        stated: list[tuple[str, Costs]] = [("Shortage Cost", {}), ("Backorder Cost", {})]
        for row in rows:
            location, product = row.text("Location"), row.text("Product")
            channel = row.text("Channel") or self.locations[location].text("Channel")
            grade = self.grade(location, product, channel, row.text("Class"))
            key = (location, product, grade, channel)
            if key not in streams:
                streams[key] = self.stream(*key)
            kind = row.text("Type") or "forecast"
            quantities = self._quantities(row)
            if not quantities:
                continue
            price = row.number("Price", self.products[product].number("Price", 0.0))
            told = [(costs, row.number(column)) for column, costs in stated if row.text(column)]
            for t, quantity in quantities:
                held = kinds.setdefault((key, t), {})
                held[kind] = held.get(kind, 0.0) + quantity
                sold.setdefault((key, t), []).append((quantity, price))
                for costs, cost in told:
                    costs.setdefault((key, t), []).append(cost)
        for column, costs in stated:
            for (key, t), found in costs.items():
                prices = streams[key].lost_cost if column[0] == "S" else streams[key].back_cost
                prices[t] = max(found)
        net = self.settings.get("forecast_consumption", "net") != "none"
        for (key, t), held in kinds.items():
            forecast, order = held.get("forecast", 0.0), held.get("order", 0.0)
            base = max(forecast, order) if net else forecast + order
            streams[key].wanted[t] = base + held.get("promotion", 0.0)
        self._sell(streams, sold)
        return streams

    def _sell(
        self,
        streams: dict[Key, Stream],
        sold: dict[tuple[Key, int], list[tuple[float, float]]],
    ) -> None:
        """Fill the prices of all streams."""
        for key, stream in streams.items():
            for t in range(len(self.horizon)):
                rows = sold.get((key, t), [])
                units = sum(quantity for quantity, _ in rows)
                if units > 0:
                    stream.price[t] = sum(quantity * price for quantity, price in rows) / units
                elif t > 0:
                    stream.price[t] = stream.price[t - 1]

    def _quantities(self, row: Record) -> list[tuple[int, float]]:
        if row.text("Period"):
            t = self.horizon.find(row.text("Period"))
            return [] if t is None else [(t, row.number("Quantity", 0.0))]
        for head in row.table.unknown:
            if head not in self.heads:
                self.heads[head] = self.horizon.find(head)
        found = [(self.heads[head], head) for head in row.table.unknown]
        return [(t, row.number(head, 0.0)) for t, head in found if t is not None]
