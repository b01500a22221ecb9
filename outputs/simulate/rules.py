"""Replenishment rules: what each place orders at a review, from what is known by then."""

import numpy as np

from tierstock.inputs.network import Flags, Floats, Ints, Network, Policy
from tierstock.inputs.network.policy import NO_RULE
from tierstock.outputs.simulate.making import Making
from tierstock.outputs.simulate.state import State, sums
from tierstock.outputs.simulate.ways import NEAR, Ways

SEEN = 4
"""Periods at most over which demand per day is a mean; those before the review."""
AS_NEEDED = "lot-for-lot"
"""Rule of a place that passes goods on, or starts them, and has none of its own."""


def rules_in_force(net: Network, ways: Ways) -> Policy:
    """Return the rule of every place, with that of places the sheet Policy leaves out.

    Goods start and are passed on as they are ordered: a place that keeps no stock, or that only
    buys or makes, orders what is asked of it. Any other place without a row orders nothing.
    """
    count = len(net.places)
    blank = np.full(count, NO_RULE, dtype=object)
    nothing = np.full(count, np.nan)
    one, none = np.ones(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    given = net.policy or Policy(blank, nothing, nothing, one, none, none - 1)
    starts = ways.buys.any(axis=1)
    for recipe in ways.recipes[:1]:
        starts |= (recipe >= 0).any(axis=1)
    starts &= (ways.good < 0).all(axis=1)
    passes = ~net.places.keeps.any(axis=1)
    rule = np.where((given.rule == NO_RULE) & (starts | passes), AS_NEEDED, given.rule)
    return Policy(
        rule.astype(object), given.first, given.second, given.every, given.lag, given.source
    )


class Ordering:
    """Decides orders period by period, from the places nearest to customers upwards."""

    def __init__(self, net: Network, ways: Ways, rules: Policy) -> None:
        """Sort the places by level and know their lots."""
        self.net, self.ways, self.rules = net, ways, rules
        self.making = None if net.production is None else Making(net, ways)
        self.levels = [np.flatnonzero(ways.level == k) for k in range(ways.level.max() + 1)]
        self.own = np.zeros((len(net.places), len(net.periods)))
        np.add.at(self.own, net.demand.place, net.demand.quantity)
        self.seen = np.zeros((len(net.places), len(net.periods)))
        """[N, T] units wanted of a place by its customers and by those of the places it feeds, as
        components of what they make too."""

    def source(self, t: int) -> Ints:
        """Return [N] the place each place orders from; -1 for none."""
        return np.append(self.net.goods.source, -1)[self.ways.good[:, t]]

    def yields(self, t: int) -> Floats:
        """Return [N] the share of what is sent to each place that arrives."""
        good = self.ways.good[:, t]
        share = self.net.goods.arriving_share[good, t] if len(self.net.goods) else 1.0
        return np.where(good >= 0, share, 1.0)

    def _pass_on(self, into: Floats, units: Floats, places: Ints, t: int) -> None:
        """Add what places want, [N] units, to where they have it from: source or components."""
        source, share = self.source(t), self.yields(t)
        fed = places[source[places] >= 0]
        np.add.at(into, source[fed], units[fed] / share[fed])
        if self.making is not None:
            component, output, each = self.making.uses(t)
            mine = np.isin(output, places)
            np.add.at(into, component[mine], each[mine] * units[output[mine]])

    def decide(self, state: State, t: int) -> None:
        """Take the orders of a period; those without approval lag are released at once."""
        source = self.source(t)
        known = sums(state.net.demand.place, state.owed, len(source))
        self._pass_on(known, state.asked, np.arange(len(source)), t)
        self.seen[:, t] = self.own[:, t]
        rate = self._rate(t)
        served = (source >= 0) | self.ways.buys[:, t] | self.ways.makes(t)
        for places in reversed(self.levels):
            at = places[served[places]]
            at = at[t % self.rules.every[at] == 0]
            units = self._wanted(state, t, at, known, rate, source)
            lag = self.rules.lag[at]
            now = lag == 0
            state.asked[at[now]] += units[now]
            due = t + lag
            later = ~now & (due < state.waiting.shape[1])
            state.waiting[at[later], due[later]] += units[later]
            released = np.zeros(len(source))
            released[at[now]] = units[now]
            self._pass_on(known, released, at[now], t)
            self._pass_on(self.seen[:, t], self.seen[:, t], places, t)

    def _rate(self, t: int) -> Floats:
        """Return [N] demand per day of the last periods; of the first one while there is none.

        What the first period asks for is known when it begins; no later one is looked at.
        """
        days = self.net.periods.days
        if t == 0:
            first = self.own[:, 0].copy()
            for places in reversed(self.levels):
                self._pass_on(first, first, places, 0)
            return np.asarray(first / days[0])
        past = slice(max(0, t - SEEN), t)
        return np.asarray(self.seen[:, past].sum(axis=1) / days[past].sum())

    def _wanted(
        self, state: State, t: int, at: Ints, known: Floats, rate: Floats, source: Ints
    ) -> Floats:
        """Return what the places order at a review, in whole lots."""
        pending = state.waiting[at, t + 1 :].sum(axis=1)
        there = state.hand[at] - state.reserved[at] + state.way[at] + state.asked[at] + pending
        there = there - known[at]
        rule, low, high = self.rules.rule[at], self.rules.first[at], self.rules.second[at]
        below = there <= low + NEAR
        lots = np.floor((low - there) / np.where(high > 0, high, np.nan) + NEAR) + 1.0
        free = np.where(source[at] >= 0, state.free[source[at]], 0.0)
        found = np.zeros(len(at))
        for name, units in (
            ("min-max", np.where(below, high - there, 0.0)),
            ("reorder-qty", np.where(below, lots * high, 0.0)),
            ("base-stock", low - there),
            ("days-cover", low * rate[at] - there),
            (AS_NEEDED, self.own[at, t] - there),
            ("fixed-share", low * free),
        ):
            mine = rule == name
            found[mine] = np.maximum(units[mine], 0.0)
        found = self._in_lots(t, at, np.where(found > NEAR, found, 0.0))
        return found if self.making is None else self.making.in_batches(t, at, found)

    def _in_lots(self, t: int, at: Ints, units: Floats) -> Floats:
        """Round orders up to the least order and the multiple of the way."""
        lots, good, supply = self.net.lots, self.ways.good[at, t], self.ways.supply[at]
        if lots is None or not len(at):
            return units
        buys: Flags = self.ways.buys[at, t]
        lane, own = good >= 0, buys & (supply >= 0)
        lot, least = np.zeros(len(at)), np.zeros(len(at))
        lot[lane] = lots.shipment[good[lane], t] * self.yields(t)[at[lane]]
        lot[own] = lots.order[supply[own], t]
        least[own] = lots.least_order()[supply[own], t]
        units = np.where(units > 0, np.maximum(units, least), 0.0)
        whole = np.ceil(units / np.where(lot > 0, lot, 1.0) - NEAR) * lot
        return np.where(lot > 0, whole, units)
