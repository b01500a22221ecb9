"""Customers in a replay: served by priority, what is owed first; the rest waits or is lost."""

import numpy as np

from tierstock.inputs.network import Floats, Ints, Network
from tierstock.outputs.simulate.rooms import Limits
from tierstock.outputs.simulate.state import State, sums
from tierstock.outputs.simulate.ways import NEAR

LEAVING = ("outbound", "dock")
"""Kinds of limits that what is handed out counts in."""


class Customers:
    """Demand streams by place, in the order in which they are served."""

    def __init__(self, net: Network, level: Ints) -> None:
        """Rank the streams of every place; ``level`` is that of the places, [N]."""
        demand = net.demand
        self.net, self.level = net, level[demand.place]
        order = np.lexsort((demand.priority, demand.place))
        place = demand.place[order]
        first = np.flatnonzero(np.diff(place, prepend=-1))
        rank = np.arange(len(order)) - np.repeat(first, np.diff(np.append(first, len(order))))
        self.rank = np.empty(len(order), dtype=np.int64)
        self.rank[order] = rank
        self.open = net.servable()
        self.places = len(net.places)
        periods = len(net.periods)
        limits = np.minimum(demand.clear_by, periods)
        self.opening_by = np.minimum(demand.opening_clear_by, periods)
        self.timed = bool((limits < periods).any() or (self.opening_by < periods).any())
        self.by = limits
        size = (len(demand), periods + 1) if self.timed else (0, 0)
        self.until = np.zeros(size)
        """[D, T + 1] units owed, by the last period in which they may be served."""
        if self.timed:
            self.until[np.arange(len(demand)), self.opening_by] = demand.opening_backlog

    def serve(self, state: State, limits: Limits, t: int, level: int, spare: Floats) -> Floats:
        """Hand out what is there at the places of a level; return units issued, [N].

        Args:
            state: what is where.
            limits: capacity of the sites.
            t: the period.
            level: level of the places.
            spare: [N] units that may be had at once beside the stock.
        """
        here = np.flatnonzero(self.level == level)
        place = self.net.demand.place[here]
        new = self.net.demand.quantity[here, t]
        open_now = self.open[here, t]
        wanted = np.where(open_now, state.owed[here] + new, 0.0)
        total = sums(place, wanted, self.places)
        left = np.minimum(state.free + spare, total)
        at = np.flatnonzero(left > NEAR)
        when = np.full(len(at), t, dtype=np.int64)
        left[at] *= limits.share(LEAVING, at, when, left[at])
        limits.book(LEAVING, at, when, left[at])
        issued = left.copy()
        given = np.zeros(len(here))
        for rank in range(self.rank[here].max(initial=-1) + 1):
            mine = self.rank[here] == rank
            given[mine] = np.minimum(wanted[mine], left[place[mine]])
            left[place[mine]] -= given[mine]
        self._book(state, t, here, given, new)
        return issued

    def _book(self, state: State, t: int, here: Ints, given: Floats, new: Floats) -> None:
        """Split what was handed out and what was not into served, owed, given up and lost."""
        demand = self.net.demand
        late = np.minimum(given, state.owed[here])
        short = np.maximum(new - (given - late), 0.0)
        short[short < NEAR] = 0.0
        waits = np.where(self.by[here, t] > t, demand.owed_share[here] * new, 0.0)
        owed = np.minimum(short, waits)
        state.owed[here] += owed - late
        state.owed_served[here, t], state.owed_new[here, t] = late, owed
        state.lost[here, t] = short - owed
        if self.timed:
            before = np.cumsum(self.until[here], axis=1) - self.until[here]
            self.until[here] -= np.clip(late[:, None] - before, 0.0, self.until[here])
            np.add.at(self.until, (here, self.by[here, t]), owed)
            gone = self.until[here, : t + 1].sum(axis=1)
            self.until[here, : t + 1] = 0.0
            state.given_up[here, t] = gone
            state.owed[here] -= gone
        state.owed[here] = np.where(state.owed[here] < NEAR, 0.0, state.owed[here])
        state.backlog[here, t] = state.owed[here]
