"""What the network alone says: whether goods can reach a place at all, and by when."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.assembly.reach import earliest
from tierstock.inputs.network import Network, Production

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Reach:
    """How goods can get to a place that has none of its own.

    Attributes:
        first: first period in which goods from elsewhere can be there; T where never.
        timeless: whether they could be there if nothing took time and everything were open long.
        anywhere: whether the product comes into the network anywhere but at the place.
    """

    first: int
    timeless: bool
    anywhere: bool


def reach(net: Network, place: int) -> Reach:
    """Return how goods can get to a place, its own stock and open orders not counted."""
    last = len(net.periods)
    own = np.arange(len(net.places)) == place
    opening = np.where(own, 0.0, net.places.opening)
    coming = _coming(net)
    coming[place] = 0.0
    of = net.places.of
    found: Ints = earliest(opening, coming, net.supply, net.goods, net.returns, net.production, of)
    fast = replace(net.goods, lead=np.zeros_like(net.goods.lead), allowed=_ever(net.goods.allowed))
    offered = np.repeat(net.supply.most.max(axis=1, initial=0.0)[:, None], last, axis=1)
    bought = replace(net.supply, lead=np.zeros_like(net.supply.lead), most=offered)
    start = np.where(coming.sum(axis=1) > 0, 1.0, opening)
    soon: Ints = earliest(start, coming, bought, fast, net.returns, _fast(net), of)
    product = np.asarray(net.places.product == net.places.product[place])
    comes = (start > 0) | np.isin(np.arange(len(own)), net.supply.place[offered[:, 0] > 0])
    if net.production is not None:
        comes |= np.isin(np.arange(len(own)), net.production.place(of, net.production.outputs))
    anywhere = bool(np.any(comes & product & ~own))
    return Reach(int(found[place]), bool(soon[place] < last), anywhere)


def _coming(net: Network) -> NDArray[np.float64]:
    """[N, T] open orders, those the plan may cancel too."""
    found = np.zeros((len(net.places), len(net.periods)))
    inside = net.orders.due < len(net.periods)
    np.add.at(
        found, (net.orders.place[inside], net.orders.due[inside]), net.orders.quantity[inside]
    )
    return found


def _ever(allowed: Flags) -> Flags:
    ever: Flags = np.asarray(allowed.any(axis=1))
    return np.repeat(ever[:, None], allowed.shape[1], axis=1)


def _fast(net: Network) -> Production | None:
    made = net.production
    if made is None:
        return None
    return replace(made, recipes=replace(made.recipes, lead=np.zeros_like(made.recipes.lead)))


@dataclass(frozen=True)
class Leg:
    """A step of the quickest way to a place: a lane, or a purchase or recipe where it begins.

    Attributes:
        kind: ``lead``, ``supply lead`` or ``recipe lead``.
        item: number of the good, supply or recipe.
        period: period in which it starts.
        lead: periods it takes.
    """

    kind: str
    item: int
    period: int
    lead: int


def way(net: Network, place: int, depth: int = 0) -> list[Leg]:
    """Return the quickest way goods from elsewhere get to a place, its last step first."""
    last, now = len(net.periods), np.arange(len(net.periods))
    first = np.append(net.places.earliest, last)
    found: list[tuple[int, Leg, int]] = []
    goods, supply = net.goods, net.supply
    for k in np.flatnonzero(goods.sink == place).tolist():
        when = np.flatnonzero(goods.allowed[k] & (now >= first[goods.source[k]]))
        if len(when):
            due = when + goods.lead[k, when]
            at = int(due.argmin())
            leg = Leg("lead", k, int(when[at]), int(goods.lead[k, when[at]]))
            found.append((int(due[at]), leg, int(goods.source[k])))
    for s in np.flatnonzero(supply.place == place).tolist():
        when = np.flatnonzero(supply.most[s] > 0)
        if len(when):
            due = when + supply.lead[s, when]
            at = int(due.argmin())
            leg = Leg("supply lead", s, int(when[at]), int(supply.lead[s, when[at]]))
            found.append((int(due[at]), leg, -1))
    found += _made(net, place, first)
    if not found or depth > len(net.locations):
        return []
    _, leg, source = min(found, key=lambda one: one[0])
    starts = source < 0 or leg.period == 0 or net.places.opening[source] > 0
    return [leg] if starts else [leg, *way(net, source, depth + 1)]


def _made(net: Network, place: int, first: Ints) -> list[tuple[int, Leg, int]]:
    """Recipes that make the product of a place there, with the input that comes last."""
    found: list[tuple[int, Leg, int]] = []
    made = net.production
    if made is None:
        return found
    outputs = made.place(net.places.of, made.outputs)
    inputs = made.place(net.places.of, made.inputs)
    for b in np.unique(made.outputs.recipe[outputs == place]).tolist():
        needs = inputs[made.inputs.recipe == b]
        ready = int(first[needs].max(initial=0))
        when = np.flatnonzero((made.recipes.most[b] > 0) & (np.arange(len(net.periods)) >= ready))
        if len(when):
            due = when + made.recipes.lead[b, when]
            at = int(due.argmin())
            leg = Leg("recipe lead", b, int(when[at]), int(made.recipes.lead[b, when[at]]))
            late = int(needs[first[needs].argmax()]) if len(needs) else -1
            found.append((int(due[at]), leg, late))
    return found
