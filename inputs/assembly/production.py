"""Production: recipes, their materials, and the hours they need of their resources (F10, F11)."""

from dataclasses import dataclass, replace

import numpy as np

from tierstock.inputs.assembly.changeovers import build_families
from tierstock.inputs.assembly.circles import growing
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.recipes import (
    Stated,
    lead_times,
    materials,
    open_ends,
    rows_of,
    stated_recipes,
)
from tierstock.inputs.assembly.resources import build_resources, find_resource
from tierstock.inputs.network import Flags, Floats, Ints
from tierstock.inputs.network.production import Families, Hours, Production, Recipes, Resources
from tierstock.inputs.tables import Table


@dataclass(frozen=True)
class Making:
    """Production, and what only its checks need."""

    production: Production
    stated: Stated

    @property
    def places(self) -> tuple[Ints, Ints]:
        """Location and product of everything that goes in or comes out."""
        made = self.production
        recipe = np.concatenate([made.inputs.recipe, made.outputs.recipe])
        product = np.concatenate([made.inputs.product, made.outputs.product])
        return made.recipes.location[recipe], product

    def spread(self, present: Flags) -> Flags:
        """[L, P] products that are there, or are made of what is there (lead times aside)."""
        made, found = self.production, present.copy()
        location = made.recipes.location
        runs = np.asarray((made.recipes.most > 0.0).any(axis=1))
        missing = ~found[location[made.inputs.recipe], made.inputs.product]
        runs[made.inputs.recipe[missing]] = False
        out = made.outputs
        at = runs[out.recipe]
        found[location[out.recipe[at]], out.product[at]] = True
        return found


def build_making(ground: Ground) -> Making | None:
    """Return what is made where; None without Recipes."""
    tables = ground.tables
    if not tables.has("Recipes"):
        return None
    stated = stated_recipes(ground)
    table, periods = tables.table("Resources"), len(ground.periods)
    resources = build_resources(table, ground.catalog, periods, ground.findings)
    first = find_resource(resources, stated.resource, stated.location)
    hours, families, changeover = _hours(stated, first, resources, ground)
    lead, days = lead_times(ground, stated)
    inputs, outputs = materials(ground, stated)
    number = stated.numbers
    opened = open_ends(ground, stated.location, lead)
    opened &= ground.lifecycle.supplied[stated.product]
    recipes = Recipes(
        code=stated.code,
        location=stated.location,
        product=stated.product,
        lead=lead,
        lead_days=days,
        good=number["yield"],
        most=np.where(opened, number["max"][:, None], 0.0),
        min_batch=number["min_batch"],
        multiple=number["batch_multiple"],
        unit_cost=number["unit_cost"],
        setup_cost=np.where(changeover < 0, np.nan_to_num(number["setup_cost"]), 0.0),
        changeover=changeover,
        resource=first,
        grows=growing(inputs, outputs, len(stated), len(ground.products)),
        per_run=number["output_qty"],
    )
    production = Production(recipes, resources, inputs, outputs, hours, families)
    recipes = replace(recipes, most=_most(production))
    return Making(replace(production, recipes=recipes), stated)


def _hours(
    stated: Stated, first: Ints, resources: Resources, ground: Ground
) -> tuple[Hours, Families, Ints]:
    """Hours of every recipe, changeover families, and the family of each recipe [B].

    ``Recipes.Resource`` gives the first resource; RecipeResources adds further ones at the
    locations of the recipe that have them. Setups of a family are not in the hours of its recipes.
    """
    table = ground.tables.table("RecipeResources")
    further, row = _further(table, stated, resources)
    families, changeover = build_families(
        stated, first, further, row, resources, table, ground.findings
    )
    main = np.flatnonzero(first >= 0)
    recipe = np.concatenate([main, further.recipe])
    setup = np.concatenate([np.nan_to_num(stated.numbers["setup_hours"][main]), further.setup])
    resource = np.concatenate([first[main], further.resource])
    per_unit = np.concatenate([stated.numbers["hours_per_unit"][main], further.per_unit])
    setup = np.where(changeover[recipe] < 0, setup, 0.0)
    order = np.lexsort((resource, recipe))
    hours = Hours(recipe[order], resource[order], per_unit[order], setup[order])
    return hours, families, changeover


def _further(table: Table, stated: Stated, resources: Resources) -> tuple[Hours, Ints]:
    """Hours by RecipeResources where the recipe's location has the resource, and their rows."""
    frame = table.frame
    row, recipe = rows_of(table, stated)
    code = frame["resource"].to_numpy(dtype=object)[row]
    resource = find_resource(resources, code, stated.location[recipe])
    known = resource >= 0
    row, recipe = row[known], recipe[known]
    per_unit, setup = (
        np.nan_to_num(frame[name].to_numpy(np.float64))[row]
        for name in ("hours_per_unit", "setup_hours")
    )
    return Hours(recipe, resource[known], per_unit, setup), row


def _most(made: Production) -> Floats:
    r"""Most of each recipe and period, [B, T]: Max, hours and whole batches.

    .. math:: \min(Max,\ \min_{r: \rho > 0} (Res_{rt} + ot^{max}_{rt} - st_{br}) / \rho_{br})

    0 where its location is closed, the setup alone takes all hours, or not even the least batch
    fits in.
    """
    recipes, resources, hours = made.recipes, made.resources, made.hours
    there = resources.hours + resources.overtime
    room = there[hours.resource] - setup_hours(made)[:, None]
    rate = hours.per_unit[:, None]
    units = np.divide(room, rate, out=np.full(room.shape, np.inf), where=rate > 0.0)
    units[room < 0.0] = 0.0
    most = recipes.most.copy()
    np.minimum.at(most, hours.recipe, units)
    multiple = recipes.multiple[:, None]
    lots = multiple > 0.0
    batches = np.floor(np.divide(most, multiple, out=most.copy(), where=lots) + 1e-9)
    whole = np.multiply(batches, multiple, out=most.copy(), where=lots)
    least = recipes.min_batch[:, None]
    fits = (whole > 1e-9) & (whole >= least * (1.0 - 1e-9))
    return np.where(fits, np.maximum(whole, least), 0.0)


def setup_hours(made: Production) -> Floats:
    """Hours of a setup in every need of hours, that of the family where there is one; [H]."""
    hours, families = made.hours, made.families
    shared = np.zeros((len(families) + 1, len(made.resources) + 1))
    shared[families.of_hours, families.resource] = families.setup
    family = made.recipes.changeover[hours.recipe]
    result: Floats = hours.setup + shared[family, hours.resource]
    return result
