"""What is made: the sheet Production, what recipes bring and take, their hours and costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from tierstock.inputs.network import Flags, Floats, Ints
from tierstock.inputs.network.production import Materials, Production
from tierstock.outputs.charge import Charge, free, grid, nowhere
from tierstock.outputs.expand import NOISE, Flows, add_up, clean, named
from tierstock.outputs.purchases import start_of

COLUMNS = (
    "Scenario",
    "Recipe",
    "Location",
    "Product",
    "Resource",
    "Period",
    "Available Date",
    "Quantity",
    "Runs",
    "Setups",
    "Hours",
    "Overtime",
)


@dataclass(frozen=True)
class Runs:
    """The recipes of a plan as arrays."""

    plan: Flows
    """The plan."""
    of: Production
    """What may be made."""

    @cached_property
    def made(self) -> Floats:
        """[B, T] gross output units by period of release."""
        return self.plan.made.dense("make", "recipe", "period")

    @cached_property
    def line_used(self) -> Floats:
        """[R, T] 1 where the plan pays for a resource in use.

        Behind the integrality horizon it is the share of all hours that is used.
        """
        hours, resources = self.of.hours, self.of.resources
        decided = self.plan.made.dense("line_used", "resource", "period")
        rated = np.ones(len(resources), dtype=bool)
        rated[hours.resource[hours.per_unit <= 0]] = False
        there = resources.hours + resources.overtime
        share = np.divide(self.used, there, out=self.used * 0.0, where=there > 0)
        return np.where(self.plan.net.whole() | ~rated[:, None], np.rint(decided), share)

    @cached_property
    def share(self) -> Floats:
        """[B, T] share of the most of a period that is made; not a number where that is a setup.

        Behind the integrality horizon a setup is this share, where Max or hours bound a period.
        """
        most = self.of.recipes.most
        relaxed = ~self.plan.net.whole() & np.isfinite(most) & (most > 0)
        share: Floats = np.full(most.shape, np.nan)
        np.divide(self.made, most, out=share, where=relaxed)
        return share

    @cached_property
    def own_setups(self) -> Floats:
        """[B, T] setups of recipes without family; a setup counts where anything is made or paid.

        The solver may set up what does not run, where that costs nothing.
        """
        recipes, hours = self.of.recipes, self.of.hours
        decided = self.plan.made.dense("setup", "recipe", "period") > 0.5
        takes = hours.setup > 0
        paid = self._pressed(hours.recipe[takes], hours.resource[takes], len(recipes))
        paid |= (recipes.setup_cost > 0)[:, None]
        needs = recipes.setup_cost > 0
        needs[hours.recipe[takes]] = True
        once = np.where(decided & ((self.made > NOISE) | paid), 1.0, 0.0)
        needs &= recipes.changeover < 0
        return np.where(needs[:, None], np.where(np.isnan(self.share), once, self.share), 0.0)

    def _pressed(self, owner: Ints, resource: Ints, count: int) -> Flags:
        """[count, T] where a setup takes hours of a resource that works overtime."""
        late = self.plan.made.dense("overtime", "resource", "period") > NOISE
        found = np.zeros((count, late.shape[1]), dtype=bool)
        np.logical_or.at(found, owner, late[resource])
        return found

    @cached_property
    def family_setups(self) -> Floats:
        """[F, T] setups of changeover families, counted in the same way."""
        families = self.of.families
        decided = self.plan.made.dense("family_setup", "family", "period") > 0.5
        runs, share = np.zeros(decided.shape, dtype=bool), np.zeros(decided.shape)
        member = self.of.recipes.changeover >= 0
        b, t = np.nonzero((self.made > NOISE) & member[:, None])
        family = self.of.recipes.changeover[b]
        runs[family, t] = True
        np.fmax.at(share, (family, t), self.share[b, t])
        exact = np.zeros(decided.shape, dtype=bool)
        b, t = np.nonzero(np.isinf(self.of.recipes.most) & member[:, None])
        exact[self.of.recipes.changeover[b], t] = True
        exact |= self.plan.net.whole()
        needs = families.setup_cost > 0
        needs[families.of_hours] = True
        paid = self._pressed(families.of_hours, families.resource, len(families))
        paid |= (families.setup_cost > 0)[:, None]
        once = np.where(decided & (runs | paid), 1.0, 0.0)
        return np.where(needs[:, None], np.where(exact, once, share), 0.0)

    @cached_property
    def setups(self) -> Floats:
        """[B, T] setups on the row of a recipe; that of a family on the first one that runs."""
        found = self.own_setups.copy()
        f, t = np.nonzero(self.family_setups)
        for family in np.unique(f):
            mine = np.flatnonzero(self.of.recipes.changeover == family)
            when = t[f == family]
            first = np.argmax(self.made[np.ix_(mine, when)] > NOISE, axis=0)
            found[mine[first], when] = self.family_setups[family, when]
        return found

    @cached_property
    def used(self) -> Floats:
        """[R, T] hours used of each resource."""
        hours, families = self.of.hours, self.of.families
        found = np.zeros(self.of.resources.hours.shape)
        needs = hours.per_unit[:, None] * self.made[hours.recipe]
        np.add.at(
            found, hours.resource, needs + hours.setup[:, None] * self.own_setups[hours.recipe]
        )
        shared = families.setup[:, None] * self.family_setups[families.of_hours]
        np.add.at(found, families.resource, shared)
        return clean(found)

    @cached_property
    def overtime(self) -> Floats:
        """[R, T] hours used beyond the normal ones."""
        return clean(np.maximum(self.used - self.of.resources.hours, 0.0))

    @cached_property
    def hours(self) -> Floats:
        """[B, T] hours of the first resource on the row of a recipe, its setup with them."""
        hours, families, recipes = self.of.hours, self.of.families, self.of.recipes
        found = np.zeros(self.made.shape)
        main = hours.resource == recipes.resource[hours.recipe]
        b = hours.recipe[main]
        found[b] += hours.per_unit[main][:, None] * self.made[b]
        found[b] += hours.setup[main][:, None] * self.own_setups[b]
        shared = np.zeros((len(families) + 1, len(self.of.resources) + 1))
        shared[families.of_hours, families.resource] = families.setup
        setup = np.where(recipes.resource >= 0, shared[recipes.changeover, recipes.resource], 0.0)
        found += setup[:, None] * self.setups
        return found

    def overtime_share(self) -> Floats:
        """[B, T] overtime of the first resource, shared out by hours."""
        none = np.zeros((1, self.used.shape[1]))
        share = np.divide(self.overtime, self.used, out=self.used * 0.0, where=self.used > 0)
        return clean(np.vstack([share, none])[self.of.recipes.resource] * self.hours)

    def moved(self, materials: Materials, period: Ints) -> Floats:
        """[N, T] units of materials by place; ``period`` [B, T] is when, from T on not at all."""
        place = self.of.place(self.plan.net.places.of, materials)
        units = materials.units[:, None] * self.made[materials.recipe]
        when = period[materials.recipe]
        inside = (when < self.plan.size[1]) & (units != 0)
        where = np.broadcast_to(place[:, None], when.shape)
        return clean(add_up(self.plan.size, where[inside], when[inside], units[inside]))


def runs_of(plan: Flows) -> Runs | None:
    """Return what the plan makes; None where nothing can be made."""
    return None if plan.net.production is None else Runs(plan, plan.net.production)


def produced(plan: Flows) -> Floats:
    """Return [N, T] good units and co-products that come out of recipes."""
    runs = runs_of(plan)
    if runs is None:
        return np.zeros(plan.size)
    return runs.moved(runs.of.outputs, np.arange(plan.size[1]) + runs.of.recipes.lead)


def produced_late(plan: Flows) -> Floats:
    """Return [N] good units and co-products that come out of recipes behind the horizon."""
    runs = runs_of(plan)
    if runs is None:
        return np.zeros(plan.size[0])
    outputs, last = runs.of.outputs, plan.size[1]
    late = np.arange(last) + runs.of.recipes.lead >= last
    units = outputs.units * np.where(late, runs.made, 0.0).sum(axis=1)[outputs.recipe]
    place = runs.of.place(plan.net.places.of, outputs)
    found = np.zeros(plan.size[0])
    np.add.at(found, place, units)
    return clean(found)


def consumed(plan: Flows) -> Floats:
    """Return [N, T] units of components that go into recipes."""
    runs = runs_of(plan)
    if runs is None:
        return np.zeros(plan.size)
    now = np.broadcast_to(np.arange(plan.size[1]), runs.made.shape)
    return runs.moved(runs.of.inputs, now)


def production_charges(plan: Flows) -> Iterator[Charge]:
    """production = unit cost x m; setup per setup; overtime per hour; line fixed per period used.

    The setup of a family, overtime and line fixed belong to no single product.
    """
    runs = runs_of(plan)
    if runs is None:
        return
    recipes, resources, families = runs.of.recipes, runs.of.resources, runs.of.families
    where = recipes.location, recipes.product
    yield grid("production", *where, free(recipes.unit_cost[:, None], runs.made))
    yield grid("setup", *where, free(recipes.setup_cost[:, None], runs.own_setups))
    shared = free(families.setup_cost[:, None], runs.family_setups)
    yield grid("setup", families.location, nowhere(families.location), shared)
    line = resources.location, nowhere(resources.location)
    yield grid("overtime", *line, free(resources.overtime_cost, runs.overtime))
    yield grid("line fixed", *line, free(resources.fixed_cost, runs.line_used))


def production(plan: Flows, scenario: str) -> pd.DataFrame | None:
    """Return the sheet ``Production``, None where nothing can be made.

    One row per recipe, location and period of release. Quantity is m, gross output units, and
    Runs = m / Output Qty, in fractions unless Batch Multiple makes them whole; good units and
    co-products are in Inventory from Available Date on: the first day of the release
    period + the lead time as stated, in whole days. Setups counts 1 in a period in which the
    recipe runs and needs a setup (behind the integrality horizon the share of a full period);
    that of a changeover family stands once, at the first of its recipes. Hours are those of the
    first resource, setup included; all hours of a resource are in CapacityUse. Overtime is the
    row's share of the overtime of its first resource, by hours.
    """
    runs = runs_of(plan)
    if runs is None:
        return None
    net, recipes = plan.net, runs.of.recipes
    shown: Flags = (runs.made > NOISE) | (runs.setups > 0)
    row, period = np.nonzero(shown)
    days = np.rint(recipes.lead_days[row, period]).astype("timedelta64[D]")
    frame = {
        "Scenario": scenario,
        "Recipe": named(recipes.code, row),
        "Location": named(net.locations.code, recipes.location[row]),
        "Product": named(net.products.code, recipes.product[row]),
        "Resource": named(runs.of.resources.code, recipes.resource[row]),
        "Period": named(net.periods.id, period),
        "Available Date": start_of(net.periods, period) + days,
        "Quantity": runs.made[row, period],
        "Runs": runs.made[row, period] / recipes.per_run[row],
        "Setups": runs.setups[row, period],
        "Hours": runs.hours[row, period],
        "Overtime": runs.overtime_share()[row, period],
    }
    return pd.DataFrame(frame, columns=list(COLUMNS))
