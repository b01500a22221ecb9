"""Money at risk: what would be short, were all done as before, that a move can still prevent."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.network import Flags, Floats, Ints
from tierstock.outputs.actions.moves import EXTRA, SITE, Moves
from tierstock.outputs.actions.reach import Reach, reach_of
from tierstock.outputs.charge import free
from tierstock.outputs.expand import NOISE, Flows, add_up

CAN_WAIT = 0.2
"""Share that counts of what a move saves beyond the money at risk: the next list has it, too."""


def urgency(saving: Floats, at_risk: Floats) -> Floats:
    """Return [M] the money by which actions are put in order.

    The saving as far as that money is at risk if all goes on as before, and a fifth of the rest;
    the whole saving where it is not known what is at risk.

    Args:
        saving: [M] money lost where an action is left out.
        at_risk: [M] money at risk; not a number where not known.
    """
    known = np.nan_to_num(at_risk, nan=np.inf)
    rest = np.subtract(saving, known, out=np.zeros(len(saving)), where=known < saving)
    return np.minimum(saving, known) + CAN_WAIT * rest


@dataclass(frozen=True)
class _Short:
    """Units short at each place in each period, and what one of them costs, [N, T]."""

    units: Floats
    price: Floats


class Risk:
    """Shortages of what a plan is held against, and which move can still be there in time.

    Args:
        plan: the plan.
        moves: its moves.
        before: what it is held against: today's rule, or whatever the settings say.
    """

    def __init__(self, plan: Flows, moves: Moves, before: Flows) -> None:
        self.moves, self.periods = moves, np.arange(plan.size[1])
        self.short = _short(before)
        brings = ~moves.rows["action"].isin([EXTRA, SITE, "cancel"]).to_numpy()
        self.brings = brings & (moves.ints("sink") >= 0)
        self.units = np.maximum(moves.floats("arriving"), 0.0)
        self.start, self.reach = _reach(plan, moves, self.brings, self.short.units)
        self.into, self.out_of = _passing(plan, moves, self.brings)

    def money(self, saving: Floats) -> Floats:
        """Return [M] the money at risk that each move prevents, given those that save more.

        Not a number for what brings no goods, and where what is short has no price.

        A move covers the first shortages that its goods can reach, and each is covered once on
        each step to the customer: what brings the same goods one step after the other is one
        chain, what brings them to the same step overlaps. What is sent on from a place without
        stock shares what was brought there.

        Args:
            saving: [M] money lost where a move is left out.
        """
        found = np.where(self.brings, 0.0, np.nan)
        left = np.repeat(self.short.units[None], self.reach.steps, axis=0)
        order = np.argsort(-np.nan_to_num(saving, nan=-1.0), kind="stable")
        passed = self.out_of >= 0
        begin, end = self.reach.begin[self.start], self.reach.begin[self.start + 1]
        for move in order[(self.brings & ~passed & (begin < end) & (self.units > NOISE))[order]]:
            found[move] = self._cover(left, slice(begin[move], end[move]), self.units[move])
        if passed.any():
            size = int(max(self.into.max(), self.out_of.max())) + 1
            into = self.into >= 0
            brought = np.bincount(self.into[into], found[into], size)
            sent = np.bincount(self.out_of[passed], self.units[passed], size)
            key = self.out_of[passed]
            share = self.units[passed] / np.where(sent[key] > 0, sent[key], 1.0)
            found[passed] = brought[key] * share
        return np.where(np.isinf(found), np.nan, found)

    def _cover(self, left: Floats, rows: slice, units: float) -> float:
        """Take what a move covers out of what is left, the first periods first; return its money.

        Args:
            left: [steps, N, T] units short that nothing covers so far.
            rows: places that the move reaches.
            units: what it brings.
        """
        reach = self.reach
        step, place, share = reach.step[rows], reach.place[rows], reach.share[rows]
        in_time = self.periods[:, None] >= reach.when[rows]
        wanted = np.where(in_time, left[step, place].T / share, 0.0)
        total = np.cumsum(wanted).reshape(wanted.shape)
        taken = (np.minimum(wanted, np.maximum(units - (total - wanted), 0.0)) * share).T
        left[step, place] -= taken
        return float(free(self.short.price[place], taken).sum())


def _short(before: Flows) -> _Short:
    """Return what is short, and its money: as lost sales and backorder, by stream on average."""
    net, demand = before.net, before.net.demand
    booked = before.booked
    units = booked["lost"] + booked["owed_new"]
    units[:, 0] += demand.opening_backlog
    cost = free(demand.lost_cost, before.lost) + free(demand.back_cost, before.backlog)
    cost[:, -1] += free(demand.lost_cost[:, -1], before.backlog[:, -1])
    if net.sales is not None and net.sales.counted:
        cost += free(np.nan_to_num(net.sales.price), before.lost)
    if net.settings.discount_per_period:
        cost = cost * net.discount
    total = units.sum(axis=1)
    mean = cost.sum(axis=1) / np.where(total > NOISE, total, np.inf)
    place = np.broadcast_to(demand.place[:, None], units.shape).ravel()
    period = np.broadcast_to(np.arange(units.shape[1]), units.shape).ravel()
    money = add_up(
        before.size, place, period, free(np.broadcast_to(mean[:, None], units.shape), units).ravel()
    )
    short = add_up(before.size, place, period, units.ravel())
    short = np.where((short > NOISE) & (money > 0), short, 0.0)
    return _Short(short, money / np.where(short > 0, short, np.inf))


def _reach(plan: Flows, moves: Moves, brings: Flags, short: Floats) -> tuple[Ints, Reach]:
    """Return [M] the number of each start, the same for moves that arrive together, and reach."""
    sink, arrive = moves.ints("sink"), np.minimum(moves.ints("arrive"), plan.size[1])
    keys, number = np.unique(
        np.where(brings, sink, 0) * (plan.size[1] + 1) + arrive, return_inverse=True
    )
    place, period = np.divmod(keys, plan.size[1] + 1)
    return number.astype(np.int64).reshape(-1), reach_of(plan, place, period, short)


def _passing(plan: Flows, moves: Moves, brings: Flags) -> tuple[Ints, Ints]:
    """Return [M] the place and period where no stock is kept that a move goes into, or out of.

    As one number; -1 for none. Out of a place counts only where a move of the list goes in.
    """
    last, keeps = plan.size[1], plan.net.places.keeps
    sides = []
    for place, period in (("sink", "arrive"), ("source", "period")):
        at, when = moves.ints(place), moves.ints(period)
        inside = brings & (at >= 0) & (when >= 0) & (when < last)
        kept = keeps[np.maximum(at, 0), np.clip(when, 0, last - 1)]
        sides.append(np.where(inside & ~kept, at * last + when, -1))
    into, out_of = sides
    linked = (into < 0) & np.isin(out_of, into[into >= 0])
    return into, np.where(linked, out_of, -1)
