"""Recipes in a replay: what places make, of the components that are there, in the hours of lines.

Recipes that run together get the same share of the components and hours they meet in; so do those
that run later in the period, and what is sent on. Where batches and setups leave something of it,
it goes to one order after the other: first to the recipe that has waited longest since it ran,
then to the longest order.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from tierstock.inputs.network import Flags, Floats, Ints, Network, Production
from tierstock.outputs.simulate.rooms import Limits
from tierstock.outputs.simulate.state import State, sums
from tierstock.outputs.simulate.ways import NEAR, Ways, made_at

Draw = Callable[[int, Floats], None]
"""Takes [N] units out of the places in a period."""


class Making:
    """Runs the recipes of a network while the periods pass."""

    def __init__(self, net: Network, ways: Ways) -> None:
        """Know what each recipe takes, and when it has its turn in a period."""
        made = net.production
        assert made is not None
        self.net, self.ways, self.made = net, ways, made
        self.sink, of = made_at(net), net.places.of
        self.level = ways.level[self.sink]
        self.part, self.out = made.place(of, made.inputs), made.place(of, made.outputs)
        lines, inputs = len(made.resources), made.inputs
        recipe, line, rate, own, shared = _hours(made)
        none = np.zeros(len(inputs))
        self.recipe = np.concatenate([recipe, inputs.recipe])
        self.pool = np.concatenate([line, lines + self.part])
        """[X] line, or place of a component behind the lines, that a recipe needs."""
        self.rate = np.concatenate([rate, inputs.units])
        self.own, self.shared = np.concatenate([own, none]), np.concatenate([shared, none])
        """[X] hours of a setup: of the recipe, and of its family."""
        self.ran = np.full(len(made.recipes), -1, dtype=np.int64)
        """[B] period in which it ran last."""

    def uses(self, t: int) -> tuple[Ints, Ints, Floats]:
        """Return components of what places make: (component, output, units per good unit)."""
        inputs = self.made.inputs
        mine = np.flatnonzero(self.ways.recipes[0][self.sink, t][inputs.recipe] == inputs.recipe)
        recipe = inputs.recipe[mine]
        each = inputs.units[mine] / self.made.recipes.good[recipe]
        return self.part[mine], self.sink[recipe], each

    def in_batches(self, t: int, at: Ints, units: Floats) -> Floats:
        """Round good units that places make up to the least batch and to whole multiples."""
        recipe = self.ways.recipes[0][at, t]
        mine = np.flatnonzero(recipe >= 0)
        found = units.copy()
        good = self.made.recipes.good[recipe[mine]]
        found[mine] = self._up(t, recipe[mine], units[mine] / good) * good
        return found

    def wanted(self, state: State, t: int, choice: int = 0) -> Floats:
        """Return [B] gross units that are asked of the recipes of a choice."""
        found = np.zeros(len(self.sink))
        recipe = self.ways.recipes[choice][:, t]
        at = np.flatnonzero((recipe >= 0) & (state.asked > NEAR))
        one = recipe[at]
        found[one] = self._up(t, one, state.asked[at] / self.made.recipes.good[one])
        return found

    def components(self, gross: Floats) -> Floats:
        """Return [N] units that recipes take for what they make, [B] gross units."""
        inputs = self.made.inputs
        return sums(self.part, inputs.units * gross[inputs.recipe], len(self.net.places))

    def run(
        self,
        state: State,
        limits: Limits,
        t: int,
        level: int,
        planned: Floats,
        spare: Floats,
        draw: Draw,
        *,
        asked: bool,
    ) -> None:
        """Make what is wanted at the places of a level.

        Args:
            state: what is where.
            limits: room in storage.
            t: the period.
            level: level of the places.
            planned: [B] gross units to make besides what is asked.
            spare: [N] units that may be had at once beside the stock.
            draw: takes components out of their places.
            asked: whether places order by rules.
        """
        here = self.level == level
        if not here.any():
            return
        choices = len(self.ways.recipes) if asked else 0
        first = self.wanted(state, t) if asked else planned
        later = np.where(self.level > level, np.maximum(first, planned), 0.0)

        for choice in range(-1, choices):
            turn = planned if choice < 0 else self.wanted(state, t, choice)
            want = np.where(here, turn, 0.0)
            if not (want > NEAR).any():
                continue
            give = partial(self._give, state, t, draw, waits=choice >= 0)
            room = np.maximum(self._room(state, t, spare), 0.0)
            part, kept = self._shares(t, state, want, later, room)
            units = self._fits(state, limits, t, want * part)
            give(units)
            self._one_by_one(state, limits, t, want - units, kept, spare, give)

    # --- what may be made -------------------------------------------------------------------------

    def _up(self, t: int, recipe: Ints, units: Floats) -> Floats:
        """Round gross units up to what a run makes at least."""
        recipes = self.made.recipes
        if not self.net.whole()[t]:
            return units
        units = np.where(units > NEAR, np.maximum(units, recipes.min_batch[recipe]), 0.0)
        lot = recipes.multiple[recipe]
        whole = np.ceil(units / np.where(lot > 0, lot, 1.0) - NEAR) * lot
        return np.where(lot > 0, whole, units)

    def _down(self, t: int, before: Floats, units: Floats) -> Floats:
        """Cut [B] gross units down to whole multiples; to nothing below the least batch."""
        recipes = self.made.recipes
        if self.net.whole()[t]:
            lot = recipes.multiple
            whole = np.floor(units / np.where(lot > 0, lot, 1.0) + NEAR) * lot
            units = np.where(lot > 0, whole, units)
            units = np.where(before + units < recipes.min_batch - NEAR, 0.0, units)
        return np.where(units > NEAR, units, 0.0)

    def _setups(self, t: int, state: State, wanted: Flags, *, once: bool) -> Floats:
        """Return [X] hours of setups that are still to come for recipes that start.

        ``once``: of a family only its first recipe counts that of the family.
        """
        on, family = state.make[:, t] > NEAR, self.made.recipes.changeover
        starts, joins = wanted & ~on, wanted & (family >= 0)
        joins &= ~np.isin(family, family[on & (family >= 0)])
        if once:
            members = np.flatnonzero(joins)
            first = members[np.unique(family[members], return_index=True)[1]]
            joins[:] = False
            joins[first] = True
        return np.asarray(self.own * starts[self.recipe] + self.shared * joins[self.recipe])

    def _room(self, state: State, t: int, spare: Floats) -> Floats:
        """Return hours left of the lines, with overtime, and units left of the components."""
        resources, families = self.made.resources, self.made.families
        now = state.make[:, t]
        hours = resources.hours[:, t] + resources.overtime[:, t]
        left = np.concatenate([hours, state.free + spare])
        lines = self.pool < len(resources)
        spent = self.rate * now[self.recipe] + self.own * (now[self.recipe] > NEAR)
        np.subtract.at(left, self.pool[lines], spent[lines])
        on = np.zeros(len(families) + 1)
        on[self.made.recipes.changeover[now > NEAR]] = 1.0
        np.subtract.at(left, families.resource, families.setup * on[families.of_hours])
        return left

    def _shares(
        self, t: int, state: State, want: Floats, later: Floats, room: Floats
    ) -> tuple[Floats, Floats]:
        """Return [B] what part of each may be made, and what of each pool is kept for later."""
        pools, starts = len(room), want > NEAR
        over = np.bincount(self.pool, self._setups(t, state, starts, once=True), pools)
        left = room - over
        load = np.bincount(self.pool, self.rate * want[self.recipe], pools)
        behind = np.bincount(self.pool, self.rate * later[self.recipe], pools)
        total = load + behind
        part = np.where(total > left, left / np.where(total > 0, total, 1.0), 1.0)
        part = np.where(left < -NEAR, 0.0, np.maximum(part, 0.0))
        least = np.ones(len(want))
        needs = (self.rate > 0) | (self.own + self.shared > 0)
        np.minimum.at(least, self.recipe[needs], part[self.pool[needs]])
        fair = np.minimum(room / np.where(total > 0, total, 1.0), 1.0)
        return least, np.asarray(behind * np.maximum(fair, 0.0))

    def _fits(self, state: State, limits: Limits, t: int, units: Floats) -> Floats:
        """Return [B] gross units that find room in storage, in whole batches."""
        out = self.made.outputs
        mine = np.flatnonzero((units[out.recipe] > NEAR) & (out.units > 0))
        come = out.units[mine] * units[out.recipe[mine]]
        stored = limits.stored(state, t, self.out[mine], come)
        part = np.ones(len(units))
        np.minimum.at(part, out.recipe[mine], stored / np.where(come > 0, come, 1.0))
        most = self.made.recipes.most[:, t] - state.make[:, t]
        return self._down(t, state.make[:, t], np.minimum(units * part, np.maximum(most, 0.0)))

    def _alone(self, state: State, t: int, want: Floats, kept: Floats, spare: Floats) -> Floats:
        """Return [B] gross units each recipe could make if no other did."""
        left = (self._room(state, t, spare) - kept)[self.pool]
        left = left - self._setups(t, state, want > NEAR, once=False)
        found = want.copy()
        rated = self.rate > 0
        np.minimum.at(found, self.recipe[rated], left[rated] / self.rate[rated])
        found[self.recipe[left < -NEAR]] = 0.0
        most = self.made.recipes.most[:, t] - state.make[:, t]
        return self._down(t, state.make[:, t], np.minimum(found, most))

    def _one_by_one(
        self,
        state: State,
        limits: Limits,
        t: int,
        want: Floats,
        kept: Floats,
        spare: Floats,
        give: Callable[[Floats], None],
    ) -> None:
        """Let recipes make more of what is left, one at a location at a time, each once."""
        open_, location = want > NEAR, self.made.recipes.location
        order = np.lexsort((-want, self.ran))
        while open_.any():
            alone = self._alone(state, t, np.where(open_, want, 0.0), kept, spare)
            open_ &= alone > NEAR
            ranked = order[open_[order]]
            _, first = np.unique(location[ranked], return_index=True)
            chosen = ranked[first]
            units = np.zeros(len(want))
            units[chosen] = alone[chosen]
            give(self._fits(state, limits, t, units))
            open_[chosen] = False

    def _give(self, state: State, t: int, draw: Draw, units: Floats, *, waits: bool) -> None:
        """Make [B] gross units: components go in, what is made comes a lead time later."""
        if not (units > 0).any():
            return
        out, recipes = self.made.outputs, self.made.recipes
        draw(t, self.components(units))
        state.make[:, t] += units
        self.ran[units > 0] = t
        if waits:
            good = sums(self.sink, recipes.good * units, len(self.net.places))
            state.asked = np.maximum(state.asked - good, 0.0)
        mine = np.flatnonzero(units[out.recipe] > 0)
        come = out.units[mine] * units[out.recipe[mine]]
        state.bring(t, self.out[mine], recipes.lead[out.recipe[mine], t], come)


def _hours(made: Production) -> tuple[Ints, Ints, Floats, Floats, Floats]:
    """Return (recipe, line, hours per unit, of its setup, of that of its family), one per pair."""
    hours, families = made.hours, made.families
    member, row = np.nonzero(made.recipes.changeover[:, None] == families.of_hours)
    recipe = np.concatenate([hours.recipe, member])
    line = np.concatenate([hours.resource, families.resource[row]])
    pairs, at = np.unique(np.stack([recipe, line]), axis=1, return_inverse=True)
    at = at.reshape(-1)
    count, blank = pairs.shape[1], np.zeros(len(member))
    sides = (
        (hours.per_unit, blank),
        (hours.setup, blank),
        (np.zeros(len(hours.recipe)), families.setup[row]),
    )
    rate, own, shared = (sums(at, np.concatenate(one), count) for one in sides)
    return pairs[0], pairs[1], rate, own, shared
