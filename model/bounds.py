"""Tight upper bounds from the data (mathematics C.6.2): no constant big-M anywhere."""

from functools import cached_property

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.checking.cash import most_there
from tierstock.inputs.network import Network
from tierstock.model.downstream import elsewhere
from tierstock.model.fills import fill_for_trip
from tierstock.model.forced import forced
from tierstock.model.live import stuck
from tierstock.model.movements import brought
from tierstock.model.perishing import alive_reach
from tierstock.model.production_bounds import explode, lots, most_made, spare_lots
from tierstock.model.reach import gross, reach
from tierstock.model.ties import tied, ties

Floats = NDArray[np.float64]

ROUNDING = 1e-9
"""Share of the need that pays for the rounding of differences."""
NOISE = 1e-12
"""Share of the need below which a difference is nothing but rounding."""


class Bounds:
    """Bounds of one model, each computed when first asked for.

    What can have come is read from the ledger, so it is asked for by families that stand behind
    the stock balance.

    Args:
        m: model whose ledger tells what comes to its places.
        net: its network.
        tight: whether shipments and orders get a bound of their own; otherwise all of them share
            the total of what the network can need.
        taken: [P] what a consultant's families may take, or rules of theirs ask for, besides all
            demand.
    """

    def __init__(
        self, m: pyo.ConcreteModel, net: Network, *, tight: bool = True, taken: Floats
    ) -> None:
        self._m = m
        self._net = net
        self._tight = tight
        self._taken = taken

    @cached_property
    def reach(self) -> Floats:
        """Most that can have come to a place by each period; shape [N, T]."""
        return reach(self._net, brought(self._m))

    @cached_property
    def alive(self) -> Floats:
        """Most that can have come to a place and be alive after each period; shape [N, T]."""
        return alive_reach(self._m, self._net, self.reach)

    @cached_property
    def need(self) -> Floats:
        r"""Most of a product that one decision at a place can be of use for; shape [N, T].

        .. math::

            need_{lpt} = g_{lp}\Bigl(\sum_{t' \ge t} d_{pt'} + \sum_{t' < t} \gamma\, d_{pt'}
                + B_{p0} + \sum_{l,t'} (SS_{lpt'} - SS_{lp,t'-1})^+ + term_p + T\, lots_p\Bigr)
                + stock_p + commitments_p

        All demand still to come, what may be owed from before, the opening backlog, safety
        stock as often as it rises (what it leaves when it falls may be moved), terminal targets
        (or the quantity that earns a credit), and for every lane and period a minimum shipment or
        the least fill of a vehicle, which may have to be shipped beyond the need; what rules force
        (``forced``), the more the more is needed (``ties``), and what the consultant adds
        (``Strength.extra_need``); grossed up by the yields on the way (g). Besides all stock and
        open orders, which may be moved to a cheaper place, and take-or-pay quantities. Recipes
        carry all of it to their components (``explode``).
        """
        net, rules = self._net, ties(self._net)
        wanted = self._needed(np.zeros(len(net.products)))
        if rules:
            there = most_there(net) + self._taken
            if net.production is not None or net.returns is not None:
                there = np.full(len(there), np.inf)
            wanted = self._needed(tied(rules, np.minimum(self._worst(wanted), there)))
        return wanted

    def _needed(self, further: Floats) -> Floats:
        """The need where rules ask for further units of each product; shape [N, T]."""
        net, places = self._net, self._net.places
        demand, products = net.demand, len(net.products)
        of_demand = places.product[demand.place]
        later = np.cumsum(demand.quantity[:, ::-1], axis=1)[:, ::-1]
        before = np.cumsum(demand.quantity, axis=1) - demand.quantity
        wanted = np.zeros((products, len(net.periods)))
        np.add.at(wanted, of_demand, later + demand.owed_share[:, None] * before)
        fixed, moved = np.zeros(products), np.zeros(products)
        np.add.at(fixed, of_demand, demand.opening_backlog)
        rises = np.maximum(np.diff(places.safety, axis=1, prepend=0.0), 0.0)
        np.add.at(fixed, places.product, rises.sum(axis=1))
        pairs = np.unique(net.terminal.row * products + places.product[net.terminal.place])
        np.add.at(fixed, pairs % products, net.terminal.target[pairs // products])
        np.add.at(moved, places.product[net.supply.place], net.supply.least.sum(axis=1))
        np.add.at(moved, places.product, places.opening + places.arriving.sum(axis=1))
        np.add.at(moved, places.product[net.orders.place], net.orders.quantity)
        of = places.product
        passed_on = wanted + (fixed + self._lots())[:, None]
        factor, amount = forced(net)
        amount = amount + self._taken + further
        onward, loss = gross(net), np.ones(products)
        np.maximum.at(loss, of, onward)
        passed_on, moved = explode(net, passed_on + amount[:, None], moved, loss, factor)
        moved = moved + spare_lots(net)
        whole = onward[:, None] * passed_on[of] + moved[of, None]
        result: Floats = factor[of, None] * whole
        return result

    def _worst(self, need: Floats) -> Floats:
        """Need of each product where it is largest; [P]."""
        most = np.zeros(len(self._net.products))
        np.maximum.at(most, self._net.places.product, need.max(axis=1, initial=0.0))
        return most

    def _lots(self) -> Floats:
        """Quantities that minimum shipments and least fills of all periods may force; [P].

        Those of earlier periods count, too: what they left somewhere may have to move as well.
        """
        net = self._net
        goods = net.goods
        lot = net.lanes.min_shipment[goods.lane].max(axis=1, initial=0.0)
        for v in np.flatnonzero(net.vehicles.min_fill > 0).tolist():
            units = fill_for_trip(net, v)[goods.product]
            usable = net.lanes.vehicles[goods.lane, v] & np.isfinite(units)
            lot = lot + np.where(usable, units, 0.0)
        total = np.zeros(len(net.products))
        np.add.at(total, goods.product, lot)
        result: Floats = total * len(net.periods)
        return result

    @cached_property
    def total(self) -> float:
        """What the whole network can need of all products together, at its worst place."""
        return float(self._worst(self.need).sum())

    @cached_property
    def use(self) -> Floats:
        """Most that one delivery to a place can be of use for, there and onward; shape [N, T].

        The need without the demand and lasting safety stock of places it cannot come to; 0 where
        nothing is left of it.
        """
        need, net = self.need, self._net
        rest = need - gross(net)[:, None] * elsewhere(net)
        result: Floats = np.where(rest > NOISE * need, rest + ROUNDING * need, 0.0)
        return result

    @cached_property
    def flow(self) -> Floats:
        """Upper bound of each shipment; shape [K, T].

        The smallest of the lane's capacity, what can have come to the origin, the need there,
        and what is of use at the destination and onward.
        """
        goods, last = self._net.goods, len(self._net.periods)
        if not self._tight:
            return np.full(goods.allowed.shape, self.total)
        here = np.minimum(self.reach, self.need)[goods.source]
        arrival = np.minimum(np.arange(last) + goods.lead, last - 1)
        share = np.where(goods.allowed, goods.arriving_share, 1.0)
        with np.errstate(divide="ignore", invalid="ignore"):  # of a lane on which all is lost
            there = self.use[goods.sink[:, None], arrival] / share
        there = np.where(share > 0, there, np.inf)
        most = np.minimum(here, there)
        result: Floats = np.minimum(self._net.lanes.max_shipment[goods.lane], most)
        return result

    @cached_property
    def order(self) -> Floats:
        """Upper bound of each purchase: its limit, or what is of use; shape [S, T]."""
        supply, last = self._net.supply, len(self._net.periods)
        if not self._tight:
            return np.full(supply.most.shape, self.total)
        arrival = np.minimum(np.arange(last) + supply.lead, last - 1)
        result: Floats = np.minimum(supply.most, self.use[supply.place[:, None], arrival])
        return result

    @cached_property
    def make(self) -> Floats:
        """Upper bound of each recipe: Max, hours, components, or the need; shape [B, T]."""
        production = self._net.production
        assert production is not None
        if not self._tight:
            least = np.full(len(production.recipes), np.inf)
            np.minimum.at(least, production.outputs.recipe, production.outputs.units)
            useful = self.total / least + lots(production)
            result: Floats = np.minimum(production.recipes.most, useful[:, None])
            return result
        spare = forced(self._net)[0] * spare_lots(self._net)
        useful = self.need - spare[self._net.places.product][:, None]
        return most_made(self._net, self.reach, useful)

    @cached_property
    def stuck(self) -> Floats:
        """Stock that nothing can have taken away by the end of each period; shape [N, T]."""
        return stuck(self._net, self.reach if self._net.production is not None else None)
