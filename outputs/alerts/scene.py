"""What alerts are found in: the result tables of a plan and its network, as arrays.

Letters of the shapes are those of :mod:`tierstock.inputs.network`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from tierstock.inputs.assembly.forward_demand import MEAN_OF, ForwardDemand
from tierstock.inputs.network import Flags, Floats, Ints, Network, Texts
from tierstock.outputs.expand import add_up

FEW = 1e-6
"""Units, or a share, that are worth an alert."""


@dataclass(frozen=True)
class Limits:
    """From where on something is told."""

    excess_days: float = 60.0
    """Days of cover above which stock is an excess, where no Max Stock is stated."""
    slow_days: float = 90.0
    """Days of cover above which stock hardly moves."""
    keep_days: float = 14.0
    """Days of cover that a place keeps before it can give anything away."""
    full: float = 0.95
    """Share of a limit from which on it is full."""
    full_periods: int = 2
    """Periods that a limit must be full in."""
    mistakes: float = 0.01
    """Share of quiet series of which an unusual demand may be told by mistake."""
    spike: float = 2.5
    """Multiple of the usual demand from which on one is a spike; 1 / spike is a drop."""


@dataclass(frozen=True)
class Scene:
    """A plan as arrays over places and periods, read from its tables."""

    net: Network
    """The network that was planned."""
    tables: Mapping[str, pd.DataFrame]
    """Costs, Shipments, Inventory, Service, Purchases and CapacityUse, with English headings."""
    limits: Limits = field(default_factory=Limits)
    """From where on something is told."""
    history: pd.DataFrame | None = None
    """Past sales in the columns of the sheet History: Location, Product, Date, Sales and, where
    known, Stock Out; None where nothing is known."""

    @property
    def size(self) -> tuple[int, int]:
        """Numbers of places and of periods."""
        return len(self.net.places), len(self.net.periods)

    def places(self, frame: pd.DataFrame, location: str = "Location") -> Ints:
        """Return the place of each row of a frame, -1 where it speaks of none."""
        at = codes(self.net.locations.code, frame[location])
        of = codes(self.net.products.code, frame["Product"])
        found = self.net.places.of[at, of]
        return np.where((at >= 0) & (of >= 0), found, -1)

    def periods(self, frame: pd.DataFrame, column: str = "Period") -> Ints:
        """Return the period of each row of a frame, -1 where it speaks of none."""
        return codes(self.net.periods.id, frame[column])

    def grid(self, place: Ints, period: Ints, values: Floats) -> Floats:
        """Return [N, T] sums of values at places and periods; -1 is left out."""
        kept = (place >= 0) & (period >= 0)
        return add_up(self.size, place[kept], period[kept], values[kept])

    def inventory(self, column: str) -> Floats:
        """Return [N, T] a column of the sheet Inventory; 0 where it has no row."""
        values = self.tables["Inventory"][column].to_numpy(np.float64)
        return self.grid(*self.stock_rows, values)

    def service(self, column: str) -> Floats:
        """Return [N, T] a column of the sheet Service, over all classes and channels."""
        values = self.tables["Service"][column].to_numpy(np.float64)
        return self.grid(*self._service_rows, values)

    def charged(self, *terms: str) -> Floats:
        """Return [N, T] money of some terms of the sheet Costs at single places."""
        costs = self.tables["Costs"]
        mine = costs[costs["Cost Bucket"].isin(terms)]
        amount = mine["Amount"].to_numpy(np.float64)
        return self.grid(self.places(mine), self.periods(mine), amount)

    @cached_property
    def stock_rows(self) -> tuple[Ints, Ints]:
        """Place and period of each row of Inventory."""
        rows = self.tables["Inventory"]
        return self.places(rows), self.periods(rows)

    @cached_property
    def _service_rows(self) -> tuple[Ints, Ints]:
        rows = self.tables["Service"]
        return self.places(rows), self.periods(rows)

    @cached_property
    def closing(self) -> Floats:
        """[N, T] usable stock at the end of the period."""
        return self.inventory("Closing")

    @cached_property
    def short(self) -> Floats:
        """[N, T] units of demand that are not issued in their own period."""
        missing = self.service("Demand") - self.service("On Time")
        return np.where(missing > FEW, missing, 0.0)

    @cached_property
    def forward(self) -> ForwardDemand:
        """Forward demand of every place, in which cover is counted (ruling 32)."""
        places = self.net.places
        nobody = np.full(len(places), -1, dtype=np.int64)
        days = self.net.periods.days
        return ForwardDemand(places.daily_demand, places.daily_demand_after, nobody, days)

    @cached_property
    def planned(self) -> ForwardDemand:
        """What the plan uses at a place or sends on, transfers apart, in place of the demand.

        The forward demand of a place counts one source of each place it feeds; others that the
        plan uses as well have none.
        """
        days = self.net.periods.days
        gone = self.inventory("Issued") + self.inventory("Consumed") + self.inventory("Shipped")
        daily = np.maximum(gone - transfers(self)[1], 0.0) / days
        last = slice(-MEAN_OF, None)
        after = (daily * days)[:, last].sum(axis=1) / days[last].sum()
        return ForwardDemand(daily, after, self.forward.fed_by, days)

    def needed(self, days: float) -> Floats:
        """Return [N, T] units wanted at the end of a period: the target, or cover of so many days.

        Cover counts the forward demand, or what the plan itself uses, whichever is more.
        """
        cover = np.maximum(self.forward.cover(days), self.planned.cover(days))
        return np.maximum(cover, self.inventory("Target"))

    @cached_property
    def spare(self) -> Floats:
        """[N, T] units that can be taken from a period on, and never be missed later.

        What stays covers ``keep_days`` and the target, in that period and in all that follow.
        """
        free = self.closing - self.needed(self.limits.keep_days)
        ahead = np.minimum.accumulate(free[:, ::-1], axis=1)[:, ::-1]
        return np.where(self.kept, np.maximum(ahead, 0.0), 0.0)

    @property
    def kept(self) -> Flags:
        """[N, T] where stock may be kept."""
        return self.net.places.keeps

    @cached_property
    def used(self) -> tuple[Floats, Floats]:
        """[N, T] units a day that a place uses, and [N] after the horizon: wanted, or planned."""
        daily = np.maximum(self.forward.daily, self.planned.daily)
        return daily, np.maximum(self.forward.after, self.planned.after)

    def cover_at_start(self, units: Floats) -> Floats:
        """Return [N] days for which units at the start last; infinite where nobody uses any."""
        days, (daily, after) = self.net.periods.days, self.used
        before = np.hstack([np.zeros((len(units), 1)), np.cumsum(daily * days, axis=1)])
        full = (before[:, 1:] <= units[:, None] + 1e-9).sum(axis=1)
        passed = np.append(0.0, np.cumsum(days))[full]
        rate = np.where(full < len(days), daily[np.arange(len(units)), full % len(days)], after)
        left = units - before[np.arange(len(units)), full]
        part = np.divide(left, rate, out=np.full(len(units), np.inf), where=rate > 0)
        return np.where(units > 0, np.where(left > 1e-9, passed + part, passed), 0.0)


def tidy(values: Floats) -> Floats:
    """Return the values with what is left of a difference of equal numbers turned into 0."""
    return np.where(np.abs(values) < FEW, 0.0, values)


def transfers(scene: Scene) -> tuple[Floats, Floats]:
    """Return [N, T] units that transfers bring, after losses on the way, and take.

    Transfers are the rows of Shipments of that kind. An open order that left before the plan is
    none: where it comes from is not planned any more.
    """
    rows = scene.tables["Shipments"]
    rows = rows[rows["Kind"] == "transfer"]
    units = rows["Quantity"].to_numpy(np.float64)
    source, sink = scene.places(rows, "From"), scene.places(rows, "To")
    ship, arrive = scene.periods(rows, "Ship Period"), scene.periods(rows, "Arrive Period")
    came = scene.grid(sink, arrive, units * _yields(scene, rows, source, sink, ship))
    return came, scene.grid(source, ship, units)


def _yields(scene: Scene, rows: pd.DataFrame, source: Ints, sink: Ints, ship: Ints) -> Floats:
    """Return the share of each shipment that arrives; all of an open order."""
    goods, lanes = scene.net.goods, scene.net.lanes
    known = pd.MultiIndex.from_arrays([goods.source, goods.sink, lanes.mode[goods.lane]])
    asked = pd.MultiIndex.from_arrays([source, sink, rows["Mode"].to_numpy(object)])
    at = known.get_indexer(asked)
    firm = (rows["Status"] == "firm").to_numpy() | (at < 0)
    if not len(goods):
        return np.ones(len(rows))
    return np.where(firm, 1.0, goods.arriving_share[at, np.maximum(ship, 0)])


def without_stock(history: pd.DataFrame) -> Flags:
    """Return which rows of History are of days on which stock was out."""
    if "Stock Out" not in history:
        return np.zeros(len(history), dtype=bool)
    return history["Stock Out"].isin(["Y", "是", True, 1]).to_numpy()


def codes(names: Texts, texts: pd.Series) -> Ints:
    """Return the code of each text, -1 where it is no name."""
    return pd.Index(names).get_indexer(pd.Index(texts.to_numpy(object))).astype(np.int64)


@dataclass(frozen=True)
class Advice:
    """A sentence in no language yet: the word of ``words.csv`` and what it is filled with."""

    word: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """Alerts of one kind, as rows; -1 stands for "no single one"."""

    kind: str
    location: Ints
    product: Ints
    period: Ints
    quantity: Floats
    money: Floats
    advice: list[Advice]


def at_places(
    scene: Scene,
    kind: str,
    place: Ints,
    period: Ints,
    quantity: Floats,
    money: Floats,
    advice: list[Advice],
) -> Found:
    """Return alerts that are each about one place."""
    where = scene.net.places.location[place], scene.net.places.product[place]
    return Found(kind, *where, period, quantity, money, advice)


def first(flags: Flags) -> Ints:
    """Return [N] the first period that is marked; 0 where none is."""
    return np.asarray(flags.argmax(axis=1))
