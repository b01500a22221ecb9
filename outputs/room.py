"""Where a plan has room for one more unit: in stock, purchases, recipes, lanes and budgets.

Source: residual networks; Ahuja, Magnanti & Orlin, Network Flows (1993), ch. 2.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tierstock.inputs.network import Flags, Floats, Ints
from tierstock.outputs.budgets import used as budget_use
from tierstock.outputs.expand import NOISE, Flows, add_up
from tierstock.outputs.loads import measured
from tierstock.outputs.production import runs_of
from tierstock.outputs.use import used_capacity

NEAR = 1e-6
"""Share of a limit within which it counts as full."""
INTO, OUT_OF = ("inbound", "dock"), ("outbound", "dock")
"""Kinds of capacity that what comes in, and what goes out, takes."""


@dataclass(frozen=True)
class Room:
    """Where a plan has room for one more unit."""

    plan: Flows

    def had(self, *, budgets: bool = True, limits: bool = True, leads: bool = True) -> Flags:
        """[N, T] where one more unit could be had in time.

        Args:
            budgets, limits: whether budgets, and capacities of all kinds, are kept.
            leads: whether lead times take their time.
        """
        net, now = self.plan.net, np.arange(self.plan.size[1])
        goods, supply = net.goods, net.supply
        ever: Flags = np.asarray(goods.allowed.any(axis=1))
        open_now = goods.allowed if leads else ever[:, None]
        lane = open_now & (self.lane_room if limits else np.ones_like(goods.allowed))
        bought = (supply.most > 0) & (self.supply_room if limits else True)
        if budgets:
            lane, bought = lane & self.lane_money, bought & self.supply_money
        lead, wait = (goods.lead, supply.lead) if leads else (0 * goods.lead, 0 * supply.lead)
        stays = net.places.keeps & (self.keep_room if limits else True)
        stays = stays & (self.keep_money if budgets else True)
        found = np.minimum.accumulate(self.spare[:, ::-1], axis=1)[:, ::-1] > 0
        self._mark(found, np.broadcast_to(supply.place[:, None], bought.shape), now + wait, bought)
        if not leads:
            found |= now < self._latest[:, None]
        sink = np.broadcast_to(goods.sink[:, None], lane.shape)
        count = -1
        while count != int(found.sum()):
            count = int(found.sum())
            self._mark(found, sink, now + lead, lane & found[goods.source])
            self._make(found, limits=limits, leads=leads)
            self._keep(found, stays)
        return found

    @staticmethod
    def _mark(found: Flags, place: Ints, period: Ints, where: Flags) -> None:
        inside = where & (period < found.shape[1])
        found[place[inside], period[inside]] = True

    @staticmethod
    def _keep(found: Flags, stays: Flags) -> None:
        """What is there stays where it may."""
        for period in range(1, found.shape[1]):
            found[:, period] |= found[:, period - 1] & stays[:, period - 1]

    def _make(self, found: Flags, *, limits: bool, leads: bool) -> None:
        """What can be made of what is there."""
        net, runs = self.plan.net, runs_of(self.plan)
        if runs is None:
            return
        made, now = runs.of, np.arange(found.shape[1])
        ready = made.recipes.most > 0
        if limits:
            ready = ready & self.recipe_room
        inputs, outputs = made.inputs, made.outputs
        lacking = np.zeros(ready.shape)
        np.add.at(lacking, inputs.recipe, ~found[made.place(net.places.of, inputs)])
        ready &= lacking == 0
        period = now + (made.recipes.lead if leads else 0 * made.recipes.lead)
        place = np.broadcast_to(
            made.place(net.places.of, outputs)[:, None], (len(outputs), len(now))
        )
        self._mark(found, place, period[outputs.recipe], ready[outputs.recipe])

    @cached_property
    def _latest(self) -> Ints:
        """[N] period in which the last open order comes; 0 where none does."""
        orders, found = self.plan.net.orders, np.zeros(self.plan.size[0], dtype=np.int64)
        np.maximum.at(found, orders.place, orders.due)
        return found

    @cached_property
    def spare(self) -> Floats:
        """[N, T] stock at the end of each period that no hard rule keeps."""
        places, stock = self.plan.net.places, self.plan.stock
        kept = np.where(places.safety_hard, places.safety, 0.0)
        left = stock - kept
        return np.where(left > NEAR * np.maximum(stock, 1.0), left, 0.0)

    @cached_property
    def keep_room(self) -> Flags:
        """[N, T] places where one more unit may stay: in storage, and below a hard Max Stock."""
        places = self.plan.net.places
        full = places.max_hard & (self.plan.stock >= _full(places.max_stock))
        return np.asarray(~full & ~self._full_places(("storage",)))

    @cached_property
    def keep_money(self) -> Flags:
        """[N, T] places where capital lets one more unit stay."""
        places = self.plan.net.places
        now = np.broadcast_to(np.arange(self.plan.size[1]), self.plan.size)
        return self._paid(("capital",), places.location, places.product, now)

    @cached_property
    def lane_room(self) -> Flags:
        """[K, T] goods whose lane, vehicles and ends have room."""
        plan, goods, lanes = self.plan, self.plan.net.goods, self.plan.net.lanes
        size = (len(lanes), plan.size[1])
        lane = np.broadcast_to(goods.lane[:, None], plan.flow.shape).ravel()
        period = np.broadcast_to(np.arange(plan.size[1]), plan.flow.shape)
        used = add_up(size, lane, period.ravel(), plan.flow.ravel())
        room = (used < _full(lanes.max_shipment)) & self._rides(used)
        due = np.minimum(plan.arrival, plan.size[1] - 1)
        inside = plan.arrival < plan.size[1]
        full_in, full_out = self._full_places(INTO), self._full_places(OUT_OF)
        blocked = full_out[goods.source] | (full_in[goods.sink[:, None], due] & inside)
        return np.asarray(room[goods.lane] & ~blocked & self._move_room)

    @cached_property
    def _move_room(self) -> Flags:
        """[K, T] goods that are no transfer, or of one that is made anyway or may be made too."""
        plan, terms = self.plan, self.plan.net.transfers
        free = np.ones(plan.flow.shape, dtype=bool)
        if terms is None or not len(terms.limits):
            return free
        moves, limits = terms.moves, terms.limits
        made = np.zeros((len(moves), plan.size[1]), dtype=bool)
        np.logical_or.at(made, moves.move, (plan.flow[moves.goods] > NOISE) & moves.when)
        count = np.zeros(limits.most.shape)
        np.add.at(count, limits.limit, made[limits.move] & limits.when)
        spent = (count >= _full(limits.most))[limits.limit] & limits.when
        full = np.zeros(made.shape, dtype=bool)
        np.logical_or.at(full, limits.move, spent)
        np.logical_and.at(free, moves.goods, ~(full & ~made)[moves.move] | ~moves.when)
        return free

    def _rides(self, used: Floats) -> Flags:
        """[A, T] lanes on which a trip has room, or one more may go."""
        plan, net = self.plan, self.plan.net
        vehicles, lanes, trips = net.vehicles, net.lanes, plan.trips
        if not lanes.vehicles.any():
            return np.ones(used.shape, dtype=bool)
        home = vehicles.home[trips["vehicle"], lanes.origin[trips["lane"]]]
        driven = add_up(
            (len(vehicles), plan.size[1]),
            trips["vehicle"],
            trips["period"],
            np.where(home, trips.value, 0.0),
        )
        full = driven >= _full(vehicles.fleet)[:, None]
        bound = full[None, :, :] & vehicles.home[:, lanes.origin].T[:, :, None]
        more = (lanes.vehicles[:, :, None] & ~bound).any(axis=1)
        size = np.nan_to_num(measured(plan))[net.goods.product]
        room = np.ones(used.shape, dtype=bool)
        for dimension in range(size.shape[1]):
            limit = vehicles.limit[trips["vehicle"], dimension]
            there = np.where(np.isnan(limit), np.inf, limit) * trips.value
            carried = add_up(used.shape, trips["lane"], trips["period"], there)
            load = np.zeros(used.shape)
            np.add.at(load, net.goods.lane, plan.flow * size[:, [dimension]])
            room &= load < _full(carried)
        some: Flags = np.asarray(lanes.vehicles.any(axis=1))
        return np.asarray(~some[:, None] | more | room)

    @cached_property
    def _full_limits(self) -> Flags:
        """[C, T] where a capacity, what may be had beyond it included, is full."""
        limits = self.plan.net.capacity
        return np.asarray(used_capacity(self.plan) >= _full(limits.limit + limits.extra_limit))

    def _full_places(self, kinds: tuple[str, ...]) -> Flags:
        """[N, T] places at which a capacity of some kinds is full."""
        net = self.plan.net
        limits = net.capacity
        found = np.zeros(self.plan.size, dtype=bool)
        if not len(limits):
            return found
        full = self._full_limits
        for at in np.flatnonzero(np.isin(limits.kind.astype(str), kinds)).tolist():
            zone = str(limits.zone[at])
            mine: Flags = np.asarray(net.places.location == limits.location[at])
            if zone != "*":
                mine &= net.products.zone[net.places.product].astype(str) == zone
            size = np.nan_to_num(net.products.measure)[net.places.product, limits.dimension[at]]
            here: Flags = np.asarray(mine & (size > 0))
            found[here] |= full[at]
        return found

    @cached_property
    def supply_room(self) -> Flags:
        """[S, T] supplies that could give more."""
        return np.asarray(self.plan.purchase < _full(self.plan.net.supply.most))

    @cached_property
    def recipe_room(self) -> Flags:
        """[B, T] recipes that could make more, by their most and the hours they need."""
        runs = runs_of(self.plan)
        assert runs is not None
        room = runs.made < _full(runs.of.recipes.most)
        resources, hours = runs.of.resources, runs.of.hours
        full = runs.used >= _full(resources.hours + resources.overtime)
        short = np.zeros(room.shape)
        np.add.at(short, hours.recipe, full[hours.resource] & (hours.per_unit > 0)[:, None])
        return np.asarray(room & (short == 0))

    @cached_property
    def _spent(self) -> Flags:
        """[R] rows of hard budgets that are used up."""
        budgets = self.plan.net.budgets
        assert budgets is not None
        of = budgets.group[budgets.row_group]
        most = budgets.most[of]
        near = NEAR * np.maximum(np.abs(most), 1.0)
        return np.asarray(np.isinf(budgets.penalty[of]) & (budget_use(self.plan) >= most - near))

    def _paid(self, kinds: tuple[str, ...], location: Ints, product: Ints, period: Ints) -> Flags:
        """[X, T] amounts that no budget of some kinds forbids; cash also has to last afterwards."""
        budgets, (_, last) = self.plan.net.budgets, self.plan.size
        free = np.ones(period.shape, dtype=bool)
        if budgets is None:
            return free
        when, inside = np.minimum(period, last - 1), period < last
        spent = np.append(self._spent, False)
        for b in np.flatnonzero(np.isin(budgets.kind.astype(str), kinds)).tolist():
            group = budgets.groups(b, location, product)
            none = spent[np.where(group[:, None] >= 0, budgets.row[group], -1)]
            if budgets.kind[b] == "cash":
                none = np.logical_or.accumulate(none[:, ::-1], axis=1)[:, ::-1]
            free &= ~(np.take_along_axis(none, when, axis=1) & inside)
        return free

    @cached_property
    def lane_money(self) -> Flags:
        """[K, T] goods that budgets let go."""
        goods, lanes = self.plan.net.goods, self.plan.net.lanes
        now = np.broadcast_to(np.arange(self.plan.size[1]), self.plan.flow.shape)
        start, end = lanes.origin[goods.lane], lanes.destination[goods.lane]
        sent = self._paid(("freight", "carbon", "cash"), start, goods.product, now)
        moved = self._paid(("moves",), start, goods.product, now)
        moved |= (lanes.kind[goods.lane] != "transfer")[:, None]
        kept = self._paid(("capital",), end, goods.product, self.plan.arrival)
        return np.asarray(sent & moved & kept)

    @cached_property
    def supply_money(self) -> Flags:
        """[S, T] purchases that budgets let be made."""
        net = self.plan.net
        place = net.supply.place
        where = net.places.location[place], net.places.product[place]
        now = np.broadcast_to(np.arange(self.plan.size[1]), self.plan.purchase.shape)
        spent = self._paid(("spend", "cash"), *where, now)
        return np.asarray(spent & self._paid(("capital",), *where, self.plan.receipt))

    @cached_property
    def _sources(self) -> Flags:
        """[N] places where goods come into the network."""
        net = self.plan.net
        found = (net.places.opening > 0) | (net.places.arriving > 0).any(axis=1)
        found[net.orders.place] = True
        found[net.supply.place[(net.supply.most > 0).any(axis=1)]] = True
        return np.asarray(found)

    def routes(self) -> Flags:
        """[N] places that goods from elsewhere, or bought or made there, could ever reach."""
        net = self.plan.net
        goods, found = net.goods, self._sources.copy()
        ever = goods.allowed.any(axis=1)
        into = np.zeros(len(found), dtype=bool)
        into[net.supply.place[(net.supply.most > 0).any(axis=1)]] = True
        into[net.orders.place] = True
        count, runs = -1, runs_of(self.plan)
        while count != int(found.sum()):
            count = int(found.sum())
            into[goods.sink[ever & found[goods.source]]] = True
            if runs is not None:
                made = runs.of
                lacking = np.zeros(len(made.recipes))
                np.add.at(
                    lacking, made.inputs.recipe, ~found[made.place(net.places.of, made.inputs)]
                )
                outputs = made.place(net.places.of, made.outputs)
                into[outputs[lacking[made.outputs.recipe] == 0]] = True
            found |= into
        return into

    def anywhere(self) -> Flags:
        """[N] places whose product comes into the network at all."""
        net = self.plan.net
        known = np.zeros(len(net.products), dtype=bool)
        known[net.places.product[self._sources]] = True
        if net.production is not None:
            known[net.production.outputs.product] = True
        return known[net.places.product]


def _full(limit: Floats) -> Floats:
    """From where on a limit counts as full; infinite where there is none."""
    size = np.where(np.isfinite(limit), np.maximum(np.abs(limit), 1.0), 0.0)
    return np.asarray(limit - NEAR * size)
