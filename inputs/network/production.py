"""What is made: recipes at their locations, what they take and give, and the hours they need.

Further sizes: B recipes (a recipe at a location), R resources (a resource at a location), F
changeover families (one per location, first resource and family), I inputs and O outputs of
recipes, H needs of hours, G hours of family setups.
"""

from dataclasses import dataclass

from tierstock.inputs.network.arrays import Flags, Floats, Ints, Texts


@dataclass(frozen=True)
class Recipes:
    """Recipes at the locations where they may run."""

    code: Texts
    """[B] code of the recipe."""
    location: Ints
    """[B] location."""
    product: Ints
    """[B] product that is made."""
    lead: Ints
    """[B, T] whole periods from release to stock."""
    lead_days: Floats
    """[B, T] lead time in days as stated."""
    good: Floats
    """[B] yield: good share of what is made."""
    most: Floats
    """[B, T] most per period by Max, hours and batches; 0 where it cannot run, infinite where
    nothing limits it."""
    min_batch: Floats
    """[B] least when it runs, gross output units."""
    multiple: Floats
    """[B] gross output units come in whole multiples of this; 0 = any quantity."""
    unit_cost: Floats
    """[B] money per gross output unit."""
    setup_cost: Floats
    """[B] money per period in which it runs; 0 in a family, whose setup it shares."""
    changeover: Ints
    """[B] changeover family, -1 where none."""
    resource: Ints
    """[B] first resource, -1 where none."""
    grows: Flags
    """[B] belongs to a circle of recipes that can make more than they take."""
    per_run: Floats
    """[B] gross output units of one run; only the results tell of runs."""

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True)
class Resources:
    """Lines, machine groups and their hours."""

    code: Texts
    """[R] code of the resource."""
    location: Ints
    """[R] location."""
    hours: Floats
    """[R, T] normal hours of the period; 0 in periods of which no row speaks."""
    overtime: Floats
    """[R, T] further hours that may be had."""
    overtime_cost: Floats
    """[R, T] money per hour of them."""
    fixed_cost: Floats
    """[R, T] money per period in which it is used."""

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True)
class Materials:
    """What goes into recipes, or comes out of them, per gross output unit."""

    recipe: Ints
    """[I] or [O] recipe."""
    product: Ints
    """[I] or [O] product."""
    units: Floats
    """[I] (1 + Scrap) x Quantity; [O] yield, or Quantity of a co-product."""

    def __len__(self) -> int:
        return len(self.recipe)


@dataclass(frozen=True)
class Hours:
    """Hours that recipes need of resources."""

    recipe: Ints
    """[H] recipe."""
    resource: Ints
    """[H] resource."""
    per_unit: Floats
    """[H] hours per gross output unit."""
    setup: Floats
    """[H] hours per period in which the recipe runs; 0 in a family."""

    def __len__(self) -> int:
        return len(self.recipe)


@dataclass(frozen=True)
class Families:
    """Changeover families: recipes of one location and line that share a setup."""

    label: Texts
    """[F] family, with its location where several have one of that name."""
    location: Ints
    """[F] location."""
    setup_cost: Floats
    """[F] money per period in which any of its recipes runs."""
    of_hours: Ints
    """[G] family whose setup needs hours."""
    resource: Ints
    """[G] resource that gives them."""
    setup: Floats
    """[G] hours per period in which any of its recipes runs."""

    def __len__(self) -> int:
        return len(self.label)


@dataclass(frozen=True)
class Production:
    """Recipes, their materials and their hours."""

    recipes: Recipes
    resources: Resources
    inputs: Materials
    """What goes in, in the period of release."""
    outputs: Materials
    """What comes out after the lead time: the good output first, then co-products."""
    hours: Hours
    families: Families

    def place(self, of: Ints, materials: Materials) -> Ints:
        """Return the place of each material; ``of`` is ``Places.of``."""
        found: Ints = of[self.recipes.location[materials.recipe], materials.product]
        return found
