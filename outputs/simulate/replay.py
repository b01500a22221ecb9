"""The replay of a rule, period by period: receive, order, hand out, send on.

In every period goods that are due arrive first. Then places order, those nearest to customers
first, so that an order is known upstream in the period in which it is given: where it sends the
goods, or has the components of what is made. Goods then move downwards: a place buys or makes,
serves its customers, and sends to other places what is left. Orders that cannot be sent or made
wait, in the order of the periods; of those that wait together each gets the same share. Nothing
looks beyond the period.
"""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.network import Floats, Ints, Network
from tierstock.outputs.simulate.making import Making
from tierstock.outputs.simulate.rooms import Limits
from tierstock.outputs.simulate.rules import Ordering
from tierstock.outputs.simulate.serve import LEAVING, Customers
from tierstock.outputs.simulate.state import State, sums
from tierstock.outputs.simulate.ways import NEAR, Ways


@dataclass(frozen=True)
class Extra:
    """Moves that are stated: besides those that rules order, or all of a plan."""

    flow: Floats
    """[K, T] units sent, by period of sending."""
    purchase: Floats
    """[S, T] units bought, by period of the order."""
    make: Floats
    """[B, T] gross units made, by period of release; no rows without recipes."""


COMING = ("inbound", "dock")
"""Kinds of limits that what arrives by lanes counts in."""


class Replay:
    """Runs a rule over the horizon."""

    def __init__(self, net: Network, ways: Ways) -> None:
        """Prepare the places, their customers and the limits; ``ways`` is where goods come from."""
        self.net, self.ways = net, ways
        self.state, self.limits = State(net), Limits(net)
        self.customers = Customers(net, ways.level)
        self.making = None if net.production is None else Making(net, ways)
        self.spare = np.zeros(len(net.places))
        """[N] units that may still be bought at once in the period."""
        self.kept = np.zeros(len(net.places))
        """[N] components that recipes want in the period."""

    def run(self, ordering: Ordering | None, planned: Extra | None) -> State:
        """Replay all periods and return what happened.

        Args:
            ordering: rules by which places order; None where a plan says all that moves.
            planned: what is sent, bought and made besides; None for nothing.
        """
        state = self.state
        lapses = None if ordering is None else ordering.rules.rule == "fixed-share"
        for t in range(len(self.net.periods)):
            state.receive(t)
            if ordering is not None:
                ordering.decide(state, t)
            self.spare[:] = 0.0
            self._known(t, ordering, planned)
            for level in range(int(self.ways.level.max(initial=0)) + 1):
                self._level(t, level, ordering, planned)
            self._send_back(t)
            if lapses is not None:
                state.asked[lapses] = 0.0
            state.hand = np.where(np.abs(state.hand) < NEAR, 0.0, state.hand)
            state.stock[:, t] = state.hand
        return state

    def _known(self, t: int, ordering: Ordering | None, planned: Extra | None) -> None:
        """Note what is wanted from every place in a period and may leave it."""
        demand, goods, state = self.net.demand, self.net.goods, self.state
        wanted = state.owed + demand.quantity[:, t]
        known = sums(demand.place, wanted, len(self.net.places))
        if ordering is not None:
            sink = np.flatnonzero((self.ways.good[:, t] >= 0) & (state.asked > NEAR))
            good = self.ways.good[sink, t]
            units = state.asked[sink] / goods.arriving_share[good, t]
        else:
            good = _NONE if planned is None else np.flatnonzero(planned.flow[:, t] > NEAR)
            units = np.zeros(0) if planned is None else planned.flow[good, t]
        source, share = goods.source[good], goods.arriving_share[good, t]
        units = units * _fit(goods.lane[good], units, self.net.lanes.max_shipment[:, t])
        arrives = t + goods.lead[good, t]
        units = units * self.limits.share(COMING, goods.sink[good], arrives, units * share)
        if self.making is not None:
            made = planned.make[:, t] if planned is not None else self.state.make[:, t]
            asked = self.making.wanted(state, t) if ordering is not None else made
            most = self.making.made.recipes.most[:, t]
            self.kept = self.making.components(np.minimum(np.maximum(asked, made), most))
        state.known_out = known + self.kept + sums(source, units, len(known))

    def _level(self, t: int, level: int, ordering: Ordering | None, planned: Extra | None) -> None:
        """Buy or make, serve and send at the places of a level."""
        net, state, supply = self.net, self.state, self.ways.supply
        active = ordering is not None or planned is not None
        here = np.flatnonzero((self.ways.level == level) & (supply >= 0)) if active else _NONE
        at_once = ~net.places.keeps[here, t] & (net.supply.lead[supply[here], t] == 0)
        self._buy(t, here[~at_once], planned, asked=ordering is not None)
        if self.making is not None and active:
            made = planned.make[:, t] if planned is not None else np.zeros(len(state.make))
            asked, spare, draw = ordering is not None, self.spare, self._draw
            self.making.run(state, self.limits, t, level, made, spare, draw, asked=asked)
        spot = here[at_once]
        self.spare[spot] = net.supply.most[supply[spot], t]
        self._draw(t, self.customers.serve(state, self.limits, t, level, self.spare))
        if planned is not None:
            self._planned(t, level, planned.flow)
        if ordering is None:
            return
        for choice in (self.ways.good, *self.ways.further):
            sink = np.flatnonzero((choice[:, t] >= 0) & (state.asked > NEAR))
            sink = sink[self.ways.level[net.goods.source[choice[sink, t]]] == level]
            good = choice[sink, t]
            units = state.asked[sink] / net.goods.arriving_share[good, t]
            self._send(t, good, units, waits=True)

    def _planned(self, t: int, level: int, flow: Floats) -> None:
        """Send what is stated from the places of a level."""
        good = np.flatnonzero(flow[:, t] > NEAR)
        good = good[self.ways.level[self.net.goods.source[good]] == level]
        self._send(t, good, flow[good, t], waits=False)

    def _draw(self, t: int, used: Floats) -> None:
        """Take [N] units out of places, bought at once where the stock does not do.

        What is used beyond stock and spare is an echo of floating point, and nobody buys it.
        """
        bought = np.minimum(np.maximum(used - self.state.free, 0.0), self.spare)
        self.state.hand += bought - used
        at = np.flatnonzero(bought > 0)
        self.state.purchase[self.ways.supply[at], t] += bought[at]
        np.maximum(self.spare - bought, 0.0, out=self.spare)

    def _buy(self, t: int, here: Ints, planned: Extra | None, *, asked: bool) -> None:
        """Order from supplies what is asked, within their limits and the room in storage."""
        net, state, supply = self.net, self.state, self.ways.supply[here]
        if asked:
            wanted = np.where(self.ways.buys[here, t], state.asked[here], 0.0)
        else:
            wanted = np.zeros(len(here)) if planned is None else planned.purchase[supply, t]
        units = np.minimum(wanted, net.supply.most[supply, t])
        units = self.limits.stored(state, t, here, units)
        if net.lots is not None:
            units = _whole(units, net.lots.order[supply, t])
            units = np.where(units < net.lots.least_order()[supply, t] - NEAR, 0.0, units)
        must = np.isinf(net.supply.least_penalty[supply, t])
        units = np.where(must, np.maximum(units, net.supply.least[supply, t]), units)
        state.purchase[supply, t] += units
        if asked:
            state.asked[here] = np.maximum(state.asked[here] - units, 0.0)
            if planned is not None:
                left = np.maximum(net.supply.most[supply, t] - units, 0.0)
                more = np.minimum(planned.purchase[supply, t], left)
                state.purchase[supply, t] += more
                units = units + more
        state.bring(t, here, net.supply.lead[supply, t], units)

    def _send(self, t: int, good: Ints, units: Floats, *, waits: bool) -> None:
        """Send what is asked as far as stock, lanes and sites allow.

        Recipes that want the goods as components get the same share of them.
        """
        net, state, goods = self.net, self.state, self.net.goods
        source, sink = goods.source[good], goods.sink[good]
        share, lane = goods.arriving_share[good, t], goods.lane[good]
        arrives = t + goods.lead[good, t]
        there = np.minimum(state.free + self.spare, _MUCH)
        units = units * _fit(source, units, there, self.kept)
        room = net.lanes.max_shipment[:, t] - sums(goods.lane, state.flow[:, t], len(net.lanes))
        units = units * _fit(lane, units, np.maximum(room, 0.0))
        units = self.limits.stored(state, t, sink, units * share) / share
        units = units * self.limits.share(COMING, sink, arrives, units * share)
        now = np.full(len(good), t, dtype=np.int64)
        units = units * self.limits.share(LEAVING, source, now, units)
        if net.lots is not None:
            units = _whole(units, net.lots.shipment[good, t])
        of_lane = sums(lane, units, len(net.lanes))
        enough = of_lane >= net.lanes.min_shipment[:, t] - NEAR
        units = np.where(enough[lane] & (units > NEAR), units, 0.0)
        self.limits.book(COMING, sink, arrives, units * share)
        self.limits.book(LEAVING, source, now, units)
        state.flow[good, t] += units
        self._draw(t, sums(source, units, len(state.hand)))
        if waits:
            state.asked[sink] = np.maximum(state.asked[sink] - units * share, 0.0)
        state.bring(t, sink, goods.lead[good, t], units * share)

    def _send_back(self, t: int) -> None:
        """Note what customers will bring back of what was handed out in the period."""
        back, state, demand = self.net.returns, self.state, self.net.demand
        if back is None:
            return
        on_time = demand.quantity[:, t] - state.lost[:, t] - state.owed_new[:, t]
        issued = sums(demand.place, on_time + state.owed_served[:, t], len(self.net.places))
        state.bring(t, back.back, back.lag[:, t], back.ratio * issued[back.place])


_NONE = np.zeros(0, dtype=np.int64)
_MUCH = 1e15
"""More than any network ships: a supply without limit."""


def _fit(group: Ints, units: Floats, room: Floats, besides: Floats | float = 0.0) -> Floats:
    """Return what part of each entry fits: the same for all of a group, and what is besides."""
    total = sums(group, units, len(room)) + besides
    part = np.where(total > room, room / np.where(total > 0, total, 1.0), 1.0)
    return np.asarray(part[group])


def _whole(units: Floats, lot: Floats) -> Floats:
    """Return quantities cut down to whole lots."""
    whole = np.floor(units / np.where(lot > 0, lot, 1.0) + NEAR) * lot
    return np.where(lot > 0, whole, units)
