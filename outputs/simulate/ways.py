"""Where every place gets its goods in a replay: a lane, its own supply or a recipe, by period."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tierstock.inputs.network import Flags, Floats, Ints, Network

SIDEWAYS = ("transfer", "return")
"""Kinds of lanes used only where a policy names their origin as its source."""
LAST_CHOICE = 1e12
"""What an expedite lane counts above its cost: it serves where no replenish lane does."""
NEAR = 1e-9
_NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Ways:
    """Sources of the places, and the order in which goods pass through them."""

    good: Ints
    """[N, T] good by which the place is supplied; -1 for none."""
    buys: Flags
    """[N, T] whether it buys for itself instead."""
    supply: Ints
    """[N] its supply; -1 for none."""
    further: tuple[Ints, ...]
    """[N, T] each: the good that brings what the ones before it could not; -1 for none."""
    recipes: tuple[Ints, ...]
    """[N, T] each: the recipe by which the place makes for itself instead, then the ones that make
    what those before them could not; -1 for none. None at all where nothing is made."""
    level: Ints
    """[N] 0 where goods start; a place lies above those that send to it, or hold its components."""

    def makes(self, t: int) -> Flags:
        """Return [N] whether the place makes for itself in a period."""
        none = np.zeros(len(self.level), dtype=bool)
        return np.asarray(self.recipes[0][:, t] >= 0) if self.recipes else none


def shut_today(net: Network) -> Flags:
    """Return [L] sites that are closed today; they stay so."""
    shut = np.zeros(len(net.locations), dtype=bool)
    if net.sites is not None:
        shut[net.sites.location] = ~net.sites.open_before
    return shut


def open_lanes(net: Network) -> Flags:
    """Return [K, T] goods that may be shipped while sites stay as they are today."""
    allowed, shut = net.goods.allowed, shut_today(net)
    lane = net.goods.lane
    ends = shut[net.lanes.origin[lane]] | shut[net.lanes.destination[lane]]
    return np.asarray(allowed & ~ends[:, None])


def own_supply(net: Network) -> Ints:
    """Return [N] the supply of every place; -1 where it does not buy."""
    supply = np.full(len(net.places), -1, dtype=np.int64)
    supply[net.supply.place] = np.arange(len(net.supply))
    return supply


def policy_ways(net: Network, extra: Floats | None = None, made: Floats | None = None) -> Ways:
    """Return the sources of the sheet Policy: as named, else the cheapest way of each period.

    A way costs freight and the stock on the way, and what its origin pays where that buys or
    makes; a place that may buy itself compares its own price, one that has a recipe what a good
    unit costs with its components (``making_cost``). Transfer lanes serve only where they are
    named. Of equal ways the first in the order of the network is taken. What it cannot bring in
    the period the next cheapest replenish lanes bring from what their origins have; what a recipe
    cannot make the next cheapest recipes make.

    Args:
        net: the network.
        extra: [K, T] units that are sent besides; None for none.
        made: [B, T] units that are made besides; None for none.
    """
    policy, goods, places = net.policy, net.goods, net.places
    named = np.full(len(places), -1, np.int64) if policy is None else policy.source
    supply, allowed = own_supply(net), open_lanes(net)
    price = np.append(net.supply.unit_cost, np.zeros((1, len(net.periods))), axis=0)
    self_served = (named < 0) | (named == places.location)
    recipe, making = _cheapest_recipe(net, self_served)
    paid = np.where((supply < 0)[:, None] & np.isfinite(making), making, price[supply])
    origin = net.lanes.origin[goods.lane]
    wanted = named[goods.sink]
    kind = net.lanes.kind[goods.lane].astype(str)
    usable = np.where(wanted >= 0, origin == wanted, ~np.isin(kind, SIDEWAYS))
    cost = goods.unit_cost + goods.transit_cost + paid[goods.source]
    cost = cost + np.where((kind == "expedite") & (wanted < 0), LAST_CHOICE, 0.0)[:, None]
    cost = np.where(allowed & usable[:, None], cost, np.inf)
    good, best = _cheapest(cost, goods.sink, len(places))
    offered = np.append(net.supply.most, np.zeros((1, len(net.periods))), axis=0)[supply] > 0
    own = np.where(offered & ((supply >= 0) & self_served)[:, None], price[supply], np.inf)
    makes = np.isfinite(making) & (making < own) & (making <= best)
    buys = np.isfinite(own) & (own <= best) & ~makes
    good = np.where(buys | makes, -1, good)
    further = _further(np.where((kind == "expedite")[:, None], np.inf, cost), goods.sink, good)
    recipes = _recipes(net, np.where(makes, recipe, -1))
    used = np.concatenate([one[one >= 0] for one in (good, *further)])
    runs = np.concatenate([_NONE, *(one[one >= 0] for one in recipes)])
    if extra is not None:
        used = np.concatenate([used, np.flatnonzero((extra > NEAR).any(axis=1))])
    if made is not None:
        runs = np.concatenate([runs, np.flatnonzero((made > NEAR).any(axis=1))])
    level = _levels(net, used, runs)
    return Ways(good, buys, supply, _in_order(net, level, good, further), recipes, level)


def making_cost(net: Network) -> Floats:
    """Return [B, T] money per good unit of each recipe; infinite where it cannot run.

    Processing and components at standard cost, less co-products, by good unit (ruling 32).
    """
    made = net.production
    assert made is not None
    recipes, of = made.recipes, net.places.of
    cost = np.repeat(recipes.unit_cost[:, None], len(net.periods), axis=1)
    parts = made.inputs.units[:, None] * net.places.value[made.place(of, made.inputs)]
    np.add.at(cost, made.inputs.recipe, parts)
    beside = np.flatnonzero(made.outputs.product != recipes.product[made.outputs.recipe])
    there = net.places.value[made.place(of, made.outputs)[beside]]
    np.subtract.at(cost, made.outputs.recipe[beside], made.outputs.units[beside, None] * there)
    runs = (recipes.most > 0) & (recipes.good > 0)[:, None]
    runs &= ~shut_today(net)[recipes.location][:, None]
    return np.where(runs, cost / np.where(recipes.good > 0, recipes.good, 1.0)[:, None], np.inf)


def made_at(net: Network) -> Ints:
    """Return [B] the place of the output of each recipe."""
    assert net.production is not None
    recipes = net.production.recipes
    return np.asarray(net.places.of[recipes.location, recipes.product])


def _cheapest_recipe(net: Network, self_served: Flags) -> tuple[Ints, Floats]:
    """Return [N, T] the cheapest recipe of each place and what a good unit costs."""
    size = len(net.places), len(net.periods)
    if net.production is None:
        return np.full(size, -1, dtype=np.int64), np.full(size, np.inf)
    at = made_at(net)
    cost = np.where(self_served[at][:, None], making_cost(net), np.inf)
    return _cheapest(cost, at, len(net.places))


def _recipes(net: Network, first: Ints) -> tuple[Ints, ...]:
    """Return the first recipe of each place and the next cheapest ones; none without recipes."""
    if net.production is None:
        return ()
    return (first, *_further(making_cost(net), made_at(net), first))


def plan_ways(net: Network, flow: Floats, made: Floats) -> Ways:
    """Return the ways of a plan that states all it sends, buys and makes itself.

    Args:
        net: the network.
        flow: [K, T] units sent.
        made: [B, T] gross output units; no rows without recipes.
    """
    used, runs = (np.flatnonzero((one > NEAR).any(axis=1)) for one in (flow, made))
    nothing = np.full((len(net.places), len(net.periods)), -1, dtype=np.int64)
    recipes = () if net.production is None else (nothing,)
    level = _levels(net, used, runs)
    return Ways(nothing, nothing >= 0, own_supply(net), (), recipes, level)


def _cheapest(cost: Floats, sink: Ints, places: int) -> tuple[Ints, Floats]:
    """Return [N, T] the first good or recipe of least cost at each place, and that cost."""
    periods = cost.shape[1]
    best = np.full((places, periods), np.inf)
    good = np.full((places, periods), -1, dtype=np.int64)
    if not len(cost):
        return good, best
    order = np.argsort(sink, kind="stable")
    starts = np.flatnonzero(np.diff(sink[order], prepend=-1))
    there = sink[order][starts]
    best[there] = np.minimum.reduceat(cost[order], starts, axis=0)
    least = np.isfinite(cost) & (cost <= best[sink])
    number = np.where(least, np.arange(len(cost))[:, None], len(cost))
    first = np.minimum.reduceat(number[order], starts, axis=0)
    good[there] = np.where(first < len(cost), first, -1)
    return good, best


def _further(cost: Floats, sink: Ints, first: Ints) -> tuple[Ints, ...]:
    """Return the next cheapest goods or recipes of each place, as long as any has one."""
    found: list[Ints] = []
    last, cost = first, cost.copy()
    while True:
        place, period = np.nonzero(last >= 0)
        cost[last[place, period], period] = np.inf
        good, _ = _cheapest(cost, sink, len(first))
        last = np.where(last >= 0, good, -1)
        if not (last >= 0).any():
            return tuple(found)
        found.append(last)


def _in_order(
    net: Network, level: Ints, first: Ints, further: tuple[Ints, ...]
) -> tuple[Ints, ...]:
    """Leave out goods whose origin sends before that of an earlier choice."""
    source, before, kept = net.goods.source, first, []
    for good in further:
        late = level[source[good]] >= level[source[before]]
        good = np.where((good >= 0) & (before >= 0) & late, good, -1)
        kept.append(good)
        before = np.where(good >= 0, good, before)
    return tuple(kept)


def _levels(net: Network, used: Ints, runs: Ints) -> Ints:
    """Return [N] how many steps lie between a place and where its goods start.

    What goes round in a circle is cut somewhere.
    """
    used = np.unique(used)
    source, sink = net.goods.source[used], net.goods.sink[used]
    most = len(net.locations)
    if net.production is not None:
        component, output = _steps(net, np.unique(runs))
        source, sink = np.concatenate([source, component]), np.concatenate([sink, output])
        most *= 1 + len(np.unique(net.places.product[output]))
    level = np.zeros(len(net.places), dtype=np.int64)
    for _ in range(most):
        before = level.copy()
        np.maximum.at(level, sink, level[source] + 1)
        if np.array_equal(before, level):
            break
    return np.unique(level, return_inverse=True)[1].astype(np.int64).reshape(-1)


def _steps(net: Network, runs: Ints) -> tuple[Ints, Ints]:
    """Return the places of (component, output) of some recipes, every pair of them."""
    made, of = net.production, net.places.of
    assert made is not None
    into = np.flatnonzero(np.isin(made.inputs.recipe, runs))
    out = np.flatnonzero(np.isin(made.outputs.recipe, runs))
    pairs = pd.DataFrame({"recipe": made.inputs.recipe[into], "from": into}).merge(
        pd.DataFrame({"recipe": made.outputs.recipe[out], "to": out}), on="recipe"
    )
    component = made.place(of, made.inputs)[pairs["from"].to_numpy(np.int64)]
    output = made.place(of, made.outputs)[pairs["to"].to_numpy(np.int64)]
    return component, output
