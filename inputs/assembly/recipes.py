"""Recipes at their locations, with what they take and give (F11, ruling 25)."""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.assembly.coded import always, coded
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.periods import lead_in_days, leads
from tierstock.inputs.assembly.places import find
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Flags, Floats, Ints, Texts
from tierstock.inputs.network.production import Materials
from tierstock.inputs.selecting.catalog import Catalog
from tierstock.inputs.selecting.precedence import Column, Coverage, cover, numbers, winners
from tierstock.inputs.tables import Table


@dataclass(frozen=True)
class Stated:
    """Recipes at their locations as the sheet states them; not a number where blank."""

    code: Texts
    """[B] recipe."""
    location: Ints
    """[B] location."""
    product: Ints
    """[B] product that is made."""
    resource: Texts
    """[B] first resource, blank where none."""
    family: Texts
    """[B] changeover family, blank where none."""
    numbers: dict[str, Floats]
    """[B] by field of Recipes: hours_per_unit, setup_hours, setup_cost, min_batch, ..."""
    table: Table
    """The Recipes sheet, without rows that name no recipe."""
    row: dict[str, Ints]
    """[B] row of ``table`` that states each field, -1 where none does."""

    def __len__(self) -> int:
        return len(self.code)


NUMBERS = {
    "output_qty": 1.0,
    "hours_per_unit": 0.0,
    "setup_hours": np.nan,
    "setup_cost": np.nan,
    "min_batch": 0.0,
    "max": np.inf,
    "batch_multiple": 0.0,
    "lead_time": 0.0,
    "unit_cost": 0.0,
    "yield": 1.0,
}
"""Number columns of Recipes and what a blank means; setups may be stated by the family."""
TEXTS = ("output", "resource", "family")


def stated_recipes(ground: Ground) -> Stated:
    """Expand the Recipes sheet; the most specific row wins cell by cell, a blank inherits."""
    table, findings = ground.tables.table("Recipes"), ground.findings
    table = table.keep((table.frame["recipe"] != "").to_numpy())
    coverage, code, location = recipe_coverage(table, ground.catalog, findings)
    won = {name: winners(coverage, table, name, findings)[:, 0] for name in (*NUMBERS, *TEXTS)}
    text = {
        name: np.append(table.frame[name].to_numpy(dtype=object), "")[won[name]] for name in TEXTS
    }
    product = find(ground.products.code, text["output"])
    known = product >= 0
    value = {
        name: numbers(won[name], table, name, default)[known] for name, default in NUMBERS.items()
    }
    return Stated(
        code=code[known],
        location=location[known],
        product=product[known],
        resource=text["resource"][known],
        family=text["family"][known],
        numbers=value,
        table=table,
        row={name: rows[known] for name, rows in won.items()},
    )


def recipe_coverage(
    table: Table, catalog: Catalog, findings: Findings
) -> tuple[Coverage, Texts, Ints]:
    """Which rows of Recipes speak about which recipes, with code and location of each."""
    codes = np.array(sorted({*table.frame["recipe"]} - {""}), dtype=object)
    places = len(catalog.codes("location"))
    number, location = np.divmod(np.arange(len(codes) * places), max(places, 1))
    columns = [
        Column(coded(table, "recipe", codes), number, 0),
        Column(catalog.ranks("location", table, "location", findings), location, 1),
    ]
    full = cover(columns, always(len(table)), 1)
    items, item = np.unique(full.item, return_inverse=True)
    coverage = Coverage(full.row, item.astype(np.int64), full.key, full.period, (len(items), 1))
    return coverage, codes[number[items]], location[items]


def lead_times(ground: Ground, stated: Stated) -> tuple[Ints, Floats]:
    """Lead times in whole periods and in days, both [B, T]."""
    settings, periods = ground.tables.settings, ground.periods
    lead = np.repeat(stated.numbers["lead_time"][:, None], len(periods), axis=1)
    unit = settings.lead_time_unit
    whole = leads(periods, lead, unit, settings.lead_time_rounding)
    return whole, lead_in_days(periods, lead, unit)


def open_ends(ground: Ground, location: Ints, lead: Ints) -> Flags:
    """[B, T] location active at release, and active or keeping stock when the output is there.

    Nothing is released that would be there after the horizon where the settings forbid it.
    """
    active, count = ground.sites.locations.active, len(ground.periods)
    late = ground.sites.open_after & ground.tables.settings.allow_after_horizon
    later = np.column_stack([active | ground.sites.keeps, late])
    there = np.minimum(np.arange(count) + lead, count)
    return np.asarray(active[location] & later[location[:, None], there])


def materials(ground: Ground, stated: Stated) -> tuple[Materials, Materials]:
    """What goes into the recipes and what comes out, the good output before co-products.

    Inputs and co-products belong to a recipe wherever it runs. Rows without a quantity and
    recipes that make nothing good are left out.
    """
    table = ground.tables.table("RecipeInputs")
    frame = table.frame
    row, recipe = rows_of(table, stated)
    product = find(ground.products.code, frame["component"].to_numpy(dtype=object))[row]
    quantity = frame["quantity"].to_numpy(np.float64)[row]
    scrap = np.nan_to_num(frame["scrap"].to_numpy(np.float64))[row]
    comes = (frame["co_product"] == 1.0).to_numpy()[row]
    used = (product >= 0) & (quantity > 0.0)
    goes = used & ~comes
    inputs = Materials(recipe[goes], product[goes], ((1.0 + scrap) * quantity)[goes])
    beside = used & comes
    makes = np.flatnonzero(stated.numbers["yield"] > 0.0)
    outputs = Materials(
        np.concatenate([makes, recipe[beside]]),
        np.concatenate([stated.product[makes], product[beside]]),
        np.concatenate([stated.numbers["yield"][makes], quantity[beside]]),
    )
    return _sorted(inputs, np.zeros(len(inputs))), _sorted(
        outputs, np.concatenate([np.zeros(len(makes)), np.ones(int(beside.sum()))])
    )


def _sorted(found: Materials, rank: Floats) -> Materials:
    """By recipe and product, so that they do not depend on the order of the sheet."""
    order = np.lexsort((found.product, rank, found.recipe))
    return Materials(found.recipe[order], found.product[order], found.units[order])


def rows_of(table: Table, stated: Stated) -> tuple[Ints, Ints]:
    """Row of a sheet with a Recipe column, and recipe it speaks about, for every such pair."""
    codes, number = np.unique(stated.code.astype(str), return_inverse=True)
    wanted = find(codes.astype(object), table.frame["recipe"].to_numpy(dtype=object))
    order = np.argsort(number.reshape(-1), kind="stable")
    sorted_ = number.reshape(-1)[order]
    first = np.searchsorted(sorted_, wanted, side="left")
    count = np.where(wanted >= 0, np.searchsorted(sorted_, wanted, side="right") - first, 0)
    row = np.repeat(np.arange(len(table)), count)
    offset = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    return row, order[np.repeat(first, count) + offset]
