"""How recipes widen what can have come to a place, and what can be of use there (C.6.2)."""

import numpy as np
from numpy.typing import NDArray

from tierstock.inputs.assembly.circles import on_circle
from tierstock.inputs.network import Network
from tierstock.inputs.network.production import Materials, Production

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class MadeReach:
    r"""Adds what can have been made to what can have come, group of locations by group.

    .. math::

        R_{lpt} \mathrel{+}= \sum_{b \text{ gives } p} f_{bp}
            \min\Bigl(\sum_{t' + \ell b \le t} Max_{bt'},\
            \min_{c \in b} R_{lc,t-\ell b} / \beta_{bc}\Bigr)

    Recipes that take from each other in a circle hand on what is there once for every recipe, as
    no unit is of use that comes back to where it was; a recipe that grows what it takes is bounded
    by its Max and hours alone.

    Args:
        net: the network.
        group: [L] group of each location, see ``cycles``.
    """

    def __init__(self, net: Network, group: Ints) -> None:
        assert net.production is not None
        self._made, self._products = net.production, len(net.products)
        recipes = self._made.recipes
        self._group = group[recipes.location]
        self._release, self._most = _released(recipes.lead, recipes.most)

    def add(self, total: Floats, group: int) -> None:
        """Add to the rows of a group, in place; ``total`` [groups x products, T]."""
        inputs = self._rows(self._made.inputs, group)
        outputs = self._rows(self._made.outputs, group)
        number = group * self._products
        given, row = np.unique(outputs.product, return_inverse=True)
        base = total[number + given]
        for _ in range(len(given) + 1):
            runs = self._most.copy()
            release = self._release[inputs.recipe]
            there = total[(number + inputs.product)[:, None], np.maximum(release, 0)]
            limit = np.where(release >= 0, there, 0.0) / inputs.units[:, None]
            limit[self._made.recipes.grows[inputs.recipe]] = np.inf
            np.minimum.at(runs, inputs.recipe, limit)
            made = base.copy()
            np.add.at(made, row, outputs.units[:, None] * runs[outputs.recipe])
            if (made == total[number + given]).all():
                return
            total[number + given] = made

    def _rows(self, materials: Materials, group: int) -> Materials:
        here = self._group[materials.recipe] == group
        return Materials(materials.recipe[here], materials.product[here], materials.units[here])


def _released(lead: Ints, most: Floats) -> tuple[Ints, Floats]:
    """Last release that is there by each period, -1 = none, and most released by then; [B, T]."""
    last = lead.shape[1]
    b, t = np.nonzero(most > 0.0)
    arrival = t + lead[b, t]
    inside = arrival < last
    latest = np.full(lead.shape, -1, dtype=np.int64)
    np.maximum.at(latest, (b[inside], arrival[inside]), t[inside])
    ready = np.zeros(most.shape)
    np.add.at(ready, (b[inside], arrival[inside]), most[b[inside], t[inside]])
    return np.maximum.accumulate(latest, axis=1), np.cumsum(ready, axis=1)


def lots(made: Production) -> Floats:
    """Gross units by which the least batch and multiples may exceed what is needed; [B]."""
    result: Floats = made.recipes.min_batch + made.recipes.multiple
    return result


def spare_lots(net: Network) -> Floats:
    """Units that least batches and multiples of all periods may leave over; [P]."""
    spare, made = np.zeros(len(net.products)), net.production
    if made is not None:
        outputs = made.outputs
        left = outputs.units * lots(made)[outputs.recipe] * len(net.periods)
        np.add.at(spare, outputs.product, left)
    return spare


def explode(
    net: Network, need: Floats, moved: Floats, loss: Floats, factor: Floats
) -> tuple[Floats, Floats]:
    r"""Carry the need of outputs to their components, and stock of components to outputs.

    .. math::

        need_{ct} \mathrel{+}= \sum_o \max_b \frac{\beta_{bc}}{f_{bo}}\, (g_o\, need_{ot} + moved_o)
            + (T - t) \sum_b \beta_{bc}\, lot_b, \qquad
        moved_o \mathrel{+}= \sum_c \max_b \frac{f_{bo}}{\beta_{bc}}\, (moved_c + spare_c)
            + \sum_b f_{bo} \sum_{o'} g_{o'}\, need_{o'1} / f_{bo'}

    The last sum is over the other outputs of a recipe: what one of them asks for brings the other
    with it. Stock of a component may be made into something that costs less to keep, what least
    batches leave of it (``spare_lots``) as well.

    Args:
        net: the network.
        need: [P, T] own need of each product, as in ``Bounds.need``.
        moved: [P] stock and commitments that may be moved.
        loss: [P] worst gross-up g of each product.
        factor: [P] what rules raise all of it by.

    Returns:
        need [P, T] and moved [P], those of recipes included.
    """
    made = net.production
    if made is None:
        return need, moved
    per = _Ratios(made, len(net.products))
    last, lot = need.shape[1], lots(made)
    own, stock, spare = need.copy(), moved.copy(), spare_lots(net)
    inputs, outputs = made.inputs, made.outputs
    rest = np.arange(last, 0, -1)
    np.add.at(own, inputs.product, (inputs.units * lot[inputs.recipe])[:, None] * rest)
    need, moved = own, stock
    for _ in range(len(np.unique(outputs.product)) + 1):
        whole = factor[:, None] * (loss[:, None] * need + moved[:, None])
        wanted, kept = own.copy(), stock.copy()
        np.add.at(wanted, per.component, per.used[:, None] * whole[per.output])
        np.add.at(kept, per.output, per.given * (moved + spare)[per.component])
        np.add.at(kept, per.beside, per.beside_units * (factor * loss * need[:, 0])[per.asked])
        if (wanted == need).all() and (kept == moved).all():
            break
        need, moved = wanted, kept
    return need, moved


class _Ratios:
    """The worst of all recipes for every two products that meet in one.

    Attributes:
        component, output: products that go in and come out; used, given: most units of the
            component per unit of the output, and the other way round.
        beside, asked: two outputs of one recipe; beside_units: most units of the one per unit of
            the other.
    """

    def __init__(self, made: Production, products: int) -> None:
        first, second = _meet(made.inputs, made.outputs, len(made.recipes))
        use, gain = made.inputs.units[first], made.outputs.units[second]
        key = made.inputs.product[first] * products + made.outputs.product[second]
        pairs, number = np.unique(key, return_inverse=True)
        self.component, self.output = np.divmod(pairs, max(products, 1))
        self.used, self.given = np.zeros(len(pairs)), np.zeros(len(pairs))
        np.maximum.at(self.used, number, use / gain)
        np.maximum.at(self.given, number, gain / use)
        one, other = _meet(made.outputs, made.outputs, len(made.recipes))
        apart = one != other
        one, other = one[apart], other[apart]
        self.beside, self.asked = made.outputs.product[one], made.outputs.product[other]
        self.beside_units = made.outputs.units[one] / made.outputs.units[other]


def _meet(one: Materials, other: Materials, recipes: int) -> tuple[Ints, Ints]:
    """Positions of every two materials of one recipe; ``other`` is sorted by recipe."""
    first = np.searchsorted(other.recipe, one.recipe, side="left")
    count = np.searchsorted(other.recipe, one.recipe, side="right") - first
    left = np.repeat(np.arange(len(one)), count)
    offset = np.arange(len(left)) - np.repeat(np.cumsum(count) - count, count)
    return left, np.repeat(first, count) + offset


def most_made(net: Network, reach: Floats, need: Floats) -> Floats:
    """Upper bound of each recipe and period; shape [B, T].

    The smallest of Max, hours and batches, of what its components can have come to, and of what
    its outputs can be of use for, the last one in whole batches. What goes round a circle of
    recipes without lead time is taken as often as it is of use: it comes to no more stock, but may
    fill a least batch, or count for a quota.

    Args:
        net: the network.
        reach: [N, T] most that can have come to each place.
        need: [N, T] most that can be of use there.
    """
    made, of = net.production, net.places.of
    assert made is not None
    recipes, inputs, outputs = made.recipes, made.inputs, made.outputs
    useful = np.zeros(recipes.most.shape)
    wanted = need[made.place(of, outputs)] / outputs.units[:, None]
    np.maximum.at(useful, outputs.recipe, wanted)
    useful += lots(made)[:, None]
    result: Floats = np.minimum(recipes.most, useful)
    there = reach[made.place(of, inputs)] / inputs.units[:, None]
    at_once = np.asarray((recipes.lead == 0).any(axis=1))
    again = on_circle(inputs, outputs, at_once, len(net.products))[inputs.recipe]
    there[again] = np.where(there[again] > 0.0, np.inf, 0.0)
    np.minimum.at(result, inputs.recipe, there)
    return result


def used_up(net: Network, held: Floats, reach: Floats, t: int) -> Floats:
    """Units of each place that recipes can use up in a period, [N].

    Hours are shared evenly by the recipes of a resource, components by the recipes that use them.

    Args:
        net: the network.
        held: [N] units at each place.
        reach: [N, T] most that can have come to each place.
        t: period.
    """
    made, of = net.production, net.places.of
    assert made is not None
    recipes, inputs, hours = made.recipes, made.inputs, made.hours
    runs = np.flatnonzero(recipes.most[:, t] > 0.0)
    most = recipes.most[:, t].copy()
    sharing = np.bincount(
        hours.resource[np.isin(hours.recipe, runs)], minlength=len(made.resources)
    )
    part = np.ones(len(recipes))
    np.maximum.at(part, hours.recipe, sharing[hours.resource].astype(np.float64))
    most /= part
    place = made.place(of, inputs)
    users = np.bincount(place[np.isin(inputs.recipe, runs)], minlength=len(held))
    there = np.maximum(held, reach[:, t]) / np.maximum(users, 1)
    np.minimum.at(most, inputs.recipe, there[place] / inputs.units)
    used = np.zeros(len(held))
    np.add.at(used, place, inputs.units * most[inputs.recipe])
    return used
