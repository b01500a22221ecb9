"""Forward demand of components: the demand of what is made of them (ruling 32, F5)."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.network import Flags, Floats, Ints, Production


@dataclass(frozen=True)
class Uses:
    """Components of outputs, each output by its cheapest recipe."""

    component: Ints
    """[U] place of the component."""
    output: Ints
    """[U] place of the output."""
    units: Floats
    """[U] units of the component per good unit of the output."""
    lead: Ints
    """[U, T] lead time of the recipe in periods."""

    def __len__(self) -> int:
        return len(self.component)

    def keep(self, chosen: Flags) -> "Uses":
        """Return some of the uses."""
        return Uses(
            self.component[chosen], self.output[chosen], self.units[chosen], self.lead[chosen]
        )


def component_uses(production: Production | None, of: Ints, value: Floats) -> Uses | None:
    """Return what the cheapest recipe of each output uses; None without recipes.

    Cheapest by good unit: processing and components at standard cost, less co-products; of equal
    cost the first by code. Recipes that never run do not count.

    Args:
        production: recipes.
        of: [L, P] number of each place.
        value: [P] standard cost.
    """
    if production is None:
        return None
    recipes, inputs, outputs = production.recipes, production.inputs, production.outputs
    cost = recipes.unit_cost.copy()
    np.add.at(cost, inputs.recipe, inputs.units * value[inputs.product])
    beside = outputs.product != recipes.product[outputs.recipe]
    by_product = outputs.recipe[beside], (outputs.units * value[outputs.product])[beside]
    np.subtract.at(cost, *by_product)
    runs = (recipes.most > 0.0).any(axis=1) & (recipes.good > 0.0)
    unit = np.divide(cost, recipes.good, out=np.full(len(recipes), np.inf), where=runs)
    made_at = of[recipes.location, recipes.product]
    order = np.lexsort((np.arange(len(recipes)), unit, made_at))
    order = order[runs[order]]
    first = np.diff(made_at[order], prepend=-2) != 0
    cheapest = np.zeros(len(recipes), dtype=bool)
    cheapest[order[first]] = True
    chosen = cheapest[inputs.recipe]
    recipe = inputs.recipe[chosen]
    return Uses(
        component=production.place(of, inputs)[chosen],
        output=made_at[recipe],
        units=inputs.units[chosen] / recipes.good[recipe],
        lead=recipes.lead[recipe],
    )


def without_circles(uses: Uses, source: Ints, sink: Ints, places: int) -> Uses:
    """Leave out uses on a circle, or between two: kits and what they fall apart into.

    They would pass demand round for ever.

    Args:
        uses: components of outputs.
        source: [X] places that feed others by lanes.
        sink: [X] places they feed.
        places: number of places N.
    """
    begin = np.concatenate([source, uses.component])
    end = np.concatenate([sink, uses.output])
    ring = np.ones(places, dtype=bool)
    while True:
        inside = ring[begin] & ring[end]
        feeds, fed = np.zeros(places, dtype=bool), np.zeros(places, dtype=bool)
        feeds[begin[inside]], fed[end[inside]] = True, True
        if (ring == (ring & feeds & fed)).all():
            return uses.keep(~(ring[uses.component] & ring[uses.output]))
        ring &= feeds & fed


def pass_back(daily: Floats, after: Floats, uses: Uses, here: Ints) -> None:
    """Add the demand of outputs at the places ``here`` to their components, in place."""
    mine = np.isin(uses.output, here)
    chosen = uses.keep(mine)
    periods = daily.shape[1]
    due = np.arange(periods) + chosen.lead
    inside = np.minimum(due, periods - 1)
    output = chosen.output[:, None]
    rate = np.where(due < periods, daily[output, inside], after[output])
    np.add.at(daily, chosen.component, chosen.units[:, None] * rate)
