"""Limits of lanes and sites in a replay: what is asked for beyond them is cut in proportion."""

import numpy as np

from tierstock.inputs.network import Floats, Ints, Network
from tierstock.outputs.simulate.state import State, sums
from tierstock.outputs.use import members


class Limits:
    """Capacity of sites by place, kept while the periods pass.

    A limit is what the site can take with its extra capacity, which is charged.
    """

    def __init__(self, net: Network) -> None:
        """Gather which places count in which limit, and what open orders use already."""
        capacity, places = net.capacity, net.places
        extra = np.nan_to_num(capacity.extra_limit, nan=0.0, posinf=np.inf)
        self.most = capacity.limit + extra
        self.kind = capacity.kind.astype(str)
        measure = np.nan_to_num(net.products.measure)
        limit, place = members(net)
        order = np.argsort(place, kind="stable")
        self.limit, self.place = limit[order], place[order]
        self.size = measure[places.product[self.place], capacity.dimension[self.limit]]
        self.start = np.searchsorted(self.place, np.arange(len(places) + 1))
        self.used = np.zeros((len(capacity), len(net.periods)))
        orders = net.orders
        for at, when, kinds in (
            (orders.place, orders.due, ("inbound", "dock")),
            (orders.origin, orders.ship, ("outbound", "dock")),
        ):
            inside = (at >= 0) & (when >= 0)
            self.book(kinds, at[inside], when[inside], orders.quantity[inside])

    def _spread(self, kinds: tuple[str, ...], place: Ints) -> tuple[Ints, Ints]:
        """Return (entry, member) of every limit of some kinds that the places count in."""
        count = self.start[place + 1] - self.start[place]
        entry = np.repeat(np.arange(len(place)), count)
        before = np.repeat(self.start[place] - (np.cumsum(count) - count), count)
        member = before + np.arange(len(entry))
        mine = np.isin(self.kind[self.limit[member]], kinds)
        return entry[mine], member[mine]

    def book(self, kinds: tuple[str, ...], place: Ints, when: Ints, units: Floats) -> None:
        """Note that units pass through places in periods; what is after the horizon is left out."""
        inside = when < self.used.shape[1]
        place, when, units = place[inside], when[inside], units[inside]
        entry, member = self._spread(kinds, place)
        load = units[entry] * self.size[member]
        np.add.at(self.used, (self.limit[member], when[entry]), load)

    def share(self, kinds: tuple[str, ...], place: Ints, when: Ints, units: Floats) -> Floats:
        """Return what part of each entry may pass: the same for all that meet in a limit."""
        part = np.ones(len(units))
        inside = when < self.used.shape[1]
        entry, member = self._spread(kinds, place[inside])
        if not len(entry):
            return part
        at = self.limit[member], when[inside][entry]
        load = np.zeros(self.used.shape)
        np.add.at(load, at, units[inside][entry] * self.size[member])
        room = np.maximum(self.most - self.used, 0.0)
        fits = np.where(load > room, room / np.where(load > 0, load, 1.0), 1.0)[at]
        some = np.ones(int(inside.sum()))
        np.minimum.at(some, entry, np.where(self.size[member] > 0, fits, 1.0))
        part[inside] = some
        return part

    def stored(self, state: State, t: int, place: Ints, units: Floats) -> Floats:
        """Return units that still find room in storage where they go.

        Stock there and on the way counts, less what is known to leave in this period: the demand
        of customers and the orders of other places. What only makes up for that is let through.
        """
        storage = np.isin(self.kind[self.limit], ("storage",))
        if not storage.any() or not len(units):
            return units
        there = state.hand + state.way - state.known_out
        missing = np.maximum(-there, 0.0)
        asked = sums(place, units, len(state.hand))
        passing = np.where(asked > 0, np.minimum(asked, missing) / np.maximum(asked, 1e-300), 0)
        rest = units * (1.0 - passing[place])
        stock = np.maximum(there, 0.0) + state.net.places.blocked
        full = np.zeros(len(self.most))
        np.add.at(full, self.limit[storage], (stock[self.place] * self.size)[storage])
        room = np.maximum(self.most[:, t] - full, 0.0)
        entry, member = self._spread(("storage",), place)
        load = sums(self.limit[member], rest[entry] * self.size[member], len(room))
        fits = np.where(load > room, room / np.where(load > 0, load, 1.0), 1.0)
        part = np.ones(len(units))
        np.minimum.at(part, entry, np.where(self.size[member] > 0, fits[self.limit[member]], 1.0))
        return np.asarray(units - rest * (1.0 - part))
