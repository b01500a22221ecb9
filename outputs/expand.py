"""From decisions to dense arrays: what is shipped, received, issued and kept, everywhere.

Every later table is a view of these arrays, so quantities agree between the sheets.
Letters of the shapes are those of :mod:`tierstock.inputs.network`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from tierstock.inputs.network import Flags, Floats, Ints, Network, Texts

NOISE = 1e-9
"""What is smaller is an echo of floating point and counts as nothing."""


def clean(values: Floats) -> Floats:
    """Return the values with noise turned into 0; nothing else is rounded."""
    return np.where(np.abs(values) < NOISE, 0.0, values)


def add_up(size: tuple[int, int], rows: Ints, columns: Ints, values: Floats) -> Floats:
    """Return an array of ``size`` holding the sums of values at (row, column)."""
    flat = np.bincount(rows * size[1] + columns, weights=values, minlength=size[0] * size[1])
    return flat.astype(np.float64).reshape(size)


def named(names: Texts, codes: Ints) -> pd.Series:
    """Return the names of codes; blank for -1."""
    padded = np.append(np.asarray(names, dtype=object), "")
    return pd.Series(padded[codes], dtype="str")


def by_age(net: Network) -> dict[str, int]:
    """Sizes of the codes of ages; none where nothing expires."""
    life = net.shelf_life
    if life is None:
        return {}
    return {
        "batch": len(life.batch_age),
        "load": len(life.load_age),
        "ride": len(life.ride_age),
    }


@dataclass(frozen=True)
class Sparse:
    """Decisions kept as a list of the cells that are not 0."""

    codes: Mapping[str, Ints]
    """Code columns, e.g. lane, vehicle, period; all of one length."""
    value: Floats
    """Value of each cell."""

    def __getitem__(self, code: str) -> Ints:
        return self.codes[code]


class Decisions:
    """Access to the frames of decisions: variable name -> codes and ``value``."""

    def __init__(self, net: Network, frames: Mapping[str, pd.DataFrame]) -> None:
        """Keep the frames; a family that is absent counts as all 0."""
        self._frames = frames
        self._sizes = {
            "goods": len(net.goods),
            **by_age(net),
            "location": len(net.locations),
            "place": len(net.places),
            "supply": len(net.supply),
            "stream": len(net.demand),
            "limit": len(net.capacity),
            "lane": len(net.lanes),
            "period": len(net.periods),
            "order": len(net.orders.label),
            "rule": len(net.terminal),
            "recipe": 0 if net.production is None else len(net.production.recipes),
            "resource": 0 if net.production is None else len(net.production.resources),
            "family": 0 if net.production is None else len(net.production.families),
        }

    def dense(self, name: str, *codes: str) -> Floats:
        """Return a variable as an array over its codes, 0 where there is no column."""
        shape = tuple(self._sizes[code] for code in codes)
        frame = self._frames.get(name)
        if frame is None or frame.empty:
            return np.zeros(shape)
        found = np.zeros(shape)
        found[tuple(frame[code].to_numpy(np.int64) for code in codes)] = frame["value"].to_numpy()
        return clean(found)

    def sparse(self, name: str, *codes: str) -> Sparse:
        """Return a variable as its cells that are not 0."""
        frame = self._frames.get(name)
        if frame is None or frame.empty:
            return Sparse({code: np.zeros(0, np.int64) for code in codes}, np.zeros(0))
        value = clean(frame["value"].to_numpy(np.float64))
        kept = value != 0
        found = {code: frame[code].to_numpy(np.int64)[kept] for code in codes}
        return Sparse(found, value[kept])


@dataclass(frozen=True)
class Flows:
    """The plan as arrays: what happens at every place, lane and stream in every period."""

    net: Network
    """The network the plan is for."""
    made: Decisions
    """The decisions."""

    @cached_property
    def size(self) -> tuple[int, int]:
        """Numbers of places and of periods."""
        return len(self.net.places), len(self.net.periods)

    @cached_property
    def closed(self) -> Flags:
        """[L, T] locations that the plan keeps closed or closes; others are not in here."""
        closed = np.zeros((len(self.net.locations), self.size[1]), dtype=bool)
        if self.net.sites is not None:
            here = self.net.sites.location
            closed[here] = self.made.dense("site_open", "location", "period")[here] < 0.5
        return closed

    @cached_property
    def safety(self) -> Floats:
        """[N, T] safety stock wanted, units; none where the location is closed."""
        return np.where(self.closed[self.net.places.location], 0.0, self.net.places.safety)

    @cached_property
    def flow(self) -> Floats:
        """[K, T] units shipped, by period of shipping."""
        return self.made.dense("flow", "goods", "period")

    @cached_property
    def arrival(self) -> Ints:
        """[K, T] period in which what is shipped arrives; T or more = after the horizon."""
        return np.arange(self.size[1], dtype=np.int64)[None, :] + self.net.goods.lead

    @cached_property
    def arrived(self) -> Floats:
        """[N, T] units received by lanes: yield x what was shipped a lead time before."""
        inside = self.arrival < self.size[1]
        sink = np.broadcast_to(self.net.goods.sink[:, None], inside.shape)[inside]
        units = (self.flow * self.net.goods.arriving_share)[inside]
        return clean(add_up(self.size, sink, self.arrival[inside], units))

    @cached_property
    def shipped(self) -> Floats:
        """[N, T] units sent off by lanes."""
        periods = np.broadcast_to(np.arange(self.size[1]), self.flow.shape)
        source = np.broadcast_to(self.net.goods.source[:, None], self.flow.shape)
        return add_up(self.size, source.ravel(), periods.ravel(), self.flow.ravel())

    @cached_property
    def lane_way(self) -> Floats:
        """[N, T] units under way by lanes to the place at the end of the period."""
        places, periods = self.size
        sink = np.broadcast_to(self.net.goods.sink[:, None], self.flow.shape).ravel()
        start = np.broadcast_to(np.arange(periods), self.flow.shape).ravel()
        end = np.minimum(self.arrival, periods).ravel()
        change = add_up((places, periods + 1), sink, start, self.flow.ravel())
        change -= add_up((places, periods + 1), sink, end, self.flow.ravel())
        return clean(np.cumsum(change, axis=1)[:, :-1])

    @cached_property
    def cancelled(self) -> Floats:
        """[O] share of each open order that is cancelled."""
        return self.made.dense("cancelled", "order")

    @cached_property
    def order_units(self) -> Floats:
        """[O] units of each open order that the plan keeps."""
        return clean(self.net.orders.quantity * (1.0 - self.cancelled))

    @cached_property
    def order_in(self) -> Floats:
        """[N, T] units of open orders received: firm ones and what is kept of the others."""
        orders = self.net.orders
        kept = ~orders.firm & (orders.due < self.size[1])
        more = add_up(self.size, orders.place[kept], orders.due[kept], self.order_units[kept])
        return clean(self.net.places.arriving + more)

    @cached_property
    def order_out(self) -> Floats:
        """[N, T] units of open orders that leave the place within the horizon."""
        orders = self.net.orders
        kept = ~orders.firm & (orders.origin >= 0) & (orders.ship >= 0)
        more = add_up(self.size, orders.origin[kept], orders.ship[kept], self.order_units[kept])
        return clean(self.net.places.leaving + more)

    @cached_property
    def order_way(self) -> Floats:
        """[N, T] units of open orders under way to the place at the end of the period."""
        orders, (places, periods) = self.net.orders, self.size
        start = np.maximum(orders.ship, 0)
        change = add_up((places, periods + 1), orders.place, start, self.order_units)
        end = np.minimum(orders.due, periods)
        change -= add_up((places, periods + 1), orders.place, end, self.order_units)
        return clean(np.cumsum(change, axis=1)[:, :-1])

    @cached_property
    def purchase(self) -> Floats:
        """[S, T] units bought or made, by period of the order."""
        return self.made.dense("purchase", "supply", "period")

    @cached_property
    def receipt(self) -> Ints:
        """[S, T] period in which what is ordered can be used; T or more = after the horizon."""
        return np.arange(self.size[1], dtype=np.int64)[None, :] + self.net.supply.lead

    @cached_property
    def purchased(self) -> Floats:
        """[N, T] units bought or made that come in."""
        inside = self.receipt < self.size[1]
        place = np.broadcast_to(self.net.supply.place[:, None], inside.shape)[inside]
        return clean(add_up(self.size, place, self.receipt[inside], self.purchase[inside]))

    @cached_property
    def stock(self) -> Floats:
        """[N, T] usable stock at the end of the period."""
        return self.made.dense("stock", "place", "period")

    @cached_property
    def before(self) -> Floats:
        """[N, T] usable stock at the start of the period."""
        return np.hstack([self.net.places.opening[:, None], self.stock[:, :-1]])

    @cached_property
    def booked(self) -> dict[str, Floats]:
        """[D, T] lost, owed_new, owed_served and given_up, booked in one way only.

        The model may book demand that is served in its own period as "newly owed, served at
        once": stock, backlog and money are the same. What is served or given up beyond what was
        owed before belongs to the demand of the period: it was on time, or lost.
        """
        names = ("lost", "owed_new", "owed_served", "given_up")
        found = {name: self.made.dense(name, "stream", "period") for name in names}
        beyond = found["owed_served"] + found["given_up"] - self.owed_before
        beyond = np.minimum(np.maximum(beyond, 0.0), found["owed_new"])
        served = np.minimum(beyond, found["owed_served"])
        gone = beyond - served
        found["owed_new"] -= beyond
        found["owed_served"] -= served
        found["given_up"] -= gone
        found["lost"] += gone
        return {name: clean(values) for name, values in found.items()}

    @property
    def lost(self) -> Floats:
        """[D, T] units never served: lost at once, or owed and given up."""
        return self.booked["lost"] + self.booked["given_up"]

    @cached_property
    def on_time(self) -> Floats:
        """[D, T] units issued in the period of their demand."""
        not_now = self.booked["lost"] + self.booked["owed_new"]
        return clean(self.net.demand.quantity - not_now)

    @cached_property
    def issued_streams(self) -> Floats:
        """[D, T] units issued, late deliveries included."""
        return self.on_time + self.booked["owed_served"]

    @cached_property
    def issued(self) -> Floats:
        """[N, T] units handed out at the place, for whatever demand."""
        periods = np.broadcast_to(np.arange(self.size[1]), self.issued_streams.shape)
        place = np.broadcast_to(self.net.demand.place[:, None], periods.shape)
        whole = add_up(self.size, place.ravel(), periods.ravel(), self.issued_streams.ravel())
        ways, used = self.net.substitutes, self.substituted
        if ways is None or not len(used.value):
            return whole
        ratio = np.zeros((len(self.net.demand), self.size[0]))
        ratio[ways.stream, ways.place] = ways.ratio
        stream, other, when = used["stream"], used["place"], used["period"]
        whole += add_up(self.size, other, when, ratio[stream, other] * used.value)
        whole -= add_up(self.size, self.net.demand.place[stream], when, used.value)
        return clean(whole)

    @cached_property
    def substituted(self) -> Sparse:
        """Units wanted that are met with a substitute, by stream, place of it and period."""
        return self.made.sparse("substituted", "stream", "place", "period")

    @cached_property
    def backlog(self) -> Floats:
        """[D, T] units owed at the end of the period."""
        return self.made.dense("backlog", "stream", "period")

    @cached_property
    def owed_before(self) -> Floats:
        """[D, T] units owed at the start of the period."""
        return np.hstack([self.net.demand.opening_backlog[:, None], self.backlog[:, :-1]])

    @cached_property
    def extra(self) -> Floats:
        """[C, T] capacity used beyond the limit."""
        return self.made.dense("extra_capacity", "limit", "period")

    @cached_property
    def trips(self) -> Sparse:
        """Trips by lane, vehicle and period."""
        return self.made.sparse("trips", "lane", "vehicle", "period")

    @cached_property
    def part_load(self) -> Sparse:
        """Units by goods and period that go outside whole vehicles."""
        return self.made.sparse("part_load", "goods", "period")

    @cached_property
    def loaded(self) -> Sparse:
        """Units by goods, vehicle and period where several types share a lane."""
        return self.made.sparse("loaded", "goods", "vehicle", "period")


def expand(net: Network, decisions: Mapping[str, pd.DataFrame]) -> Flows:
    """Return the plan as arrays.

    Args:
        net: the network.
        decisions: variable name -> frame with its code columns (goods, place, supply, stream,
            limit, lane, vehicle, order, rule, period) and ``value``; families that the model
            does not have are absent.
    """
    return Flows(net, Decisions(net, decisions))
