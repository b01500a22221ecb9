"""Recipes and resources that do not fit together, or make something of nothing (F2, F10, F11)."""

import numpy as np

from tierstock.inputs.assembly.circles import TINY, on_circle, surplus
from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.production import setup_hours
from tierstock.inputs.assembly.recipes import Stated
from tierstock.inputs.checking.resource_checks import check_resources
from tierstock.inputs.findings import show
from tierstock.inputs.network import Network
from tierstock.inputs.network.production import Production

SHOWN = 4
"""Recipes named in one sentence."""


def check_production(network: Network, ground: Ground, links: Links) -> None:
    """Add what is wrong or odd with recipes and resources to the findings of the ground."""
    if links.making is None:
        table = ground.tables.table("Resources")
        if len(table):
            where = table.frame["location"].iat[0]
            rows = np.arange(len(table))
            ground.findings.add(
                "resource-unused", table=table, index=rows, field="resource", location=where
            )
        return
    made, stated = links.making.production, links.making.stated
    check_resources(made, stated, ground)
    _closed(ground)
    _components(made, ground)
    _batches(stated, ground)
    _runs(ground)
    _idle(network, made, stated, ground, links)
    _circles(network, made, stated, ground)


def _runs(ground: Ground) -> None:
    """A run of no units; and what recipes with inputs count per unit although they state runs."""
    table = ground.tables.table("Recipes")
    units = table.frame["output_qty"].to_numpy(np.float64)
    empty = np.flatnonzero(units == 0.0)
    ground.findings.add("not-above-zero", table=table, index=empty, field="output_qty")
    fed = table.frame["recipe"].isin(ground.tables.table("RecipeInputs").frame["recipe"])
    many = np.flatnonzero((units > 0.0) & (units != 1.0) & fed.to_numpy())
    ground.findings.add("inputs-per-unit", table=table, index=many, field="output_qty")


def _closed(ground: Ground) -> None:
    """Rows for closed locations have no effect."""
    for sheet in ("Recipes", "Resources"):
        table = ground.tables.table(sheet)
        location = ground.catalog.positions(
            "location", table.frame["location"].to_numpy(dtype=object)
        )
        shut = (location >= 0) & np.append(ground.sites.shut, False)[location]
        index = np.flatnonzero(shut)
        ground.findings.add("supply-closed", table=table, index=index, field="location")


def _components(made: Production, ground: Ground) -> None:
    """Components that are the output, and scrap of what comes out."""
    table = ground.tables.table("RecipeInputs")
    frame = table.frame
    comes = (frame["co_product"] == 1.0).to_numpy()
    scrapped = np.flatnonzero(comes & (frame["scrap"].to_numpy(np.float64) > 0.0))
    ground.findings.add("scrap-of-co-product", table=table, index=scrapped, field="scrap")
    own: dict[tuple[str, str], bool] = {}
    for code, product, lead in zip(
        made.recipes.code, made.recipes.product.tolist(), made.recipes.lead, strict=True
    ):
        key = (str(code), str(ground.products.code[product]))
        own[key] = own.get(key, False) or not lead.all()
    pairs = list(zip(frame["recipe"], frame["component"], strict=True))
    scrap = np.nan_to_num(frame["scrap"].to_numpy(np.float64))
    ratio = frame["quantity"].to_numpy(np.float64) * (1.0 + scrap)
    for row, pair in enumerate(pairs):
        if pair not in own:
            continue
        if comes[row]:
            ground.findings.add("recipe-output-twice", table=table, index=row, field="component")
        elif own[pair] and ratio[row] >= 1.0:
            ground.findings.add("recipe-of-itself", table=table, index=row, field="quantity")


def _batches(stated: Stated, ground: Ground) -> None:
    """Least batches above the most of a period."""
    least, most = stated.numbers["min_batch"], stated.numbers["max"]
    rows = stated.row["min_batch"][least > most]
    ground.findings.add(
        "min-over-max",
        table=stated.table,
        index=np.unique(rows),
        field="min_batch",
        most=stated.table.heading("max"),
    )


def _idle(network: Network, made: Production, stated: Stated, ground: Ground, links: Links) -> None:
    """Recipes that can never run, that make nothing, or that make anything from nothing."""
    recipes, findings = made.recipes, ground.findings
    active = np.asarray(ground.sites.locations.active[recipes.location].any(axis=1))
    never = np.asarray(active & ~(recipes.most > 0.0).any(axis=1))
    row = stated.row["output"]
    table, code = stated.table, ground.sites.locations.code
    for number in np.flatnonzero(never):
        why = _over_hours(made, int(number))
        findings.add(
            "recipe-over-hours" if why else "recipe-never-runs",
            table=table,
            index=int(row[number]),
            field="recipe",
            location=code[recipes.location[number]],
            units=why.get("units", ""),
            hours=why.get("hours", ""),
            resource=why.get("resource", ""),
            most=why.get("most", ""),
        )
    gives = np.zeros(len(recipes), dtype=bool)
    gives[made.outputs.recipe] = True
    findings.add("recipe-makes-nothing", table=table, index=np.unique(row[~gives]), field="yield")
    takes = np.zeros(len(recipes), dtype=bool)
    takes[made.inputs.recipe] = True
    free = ~takes & np.isinf(recipes.most).any(axis=1)
    findings.add("recipe-from-nothing", table=table, index=np.unique(row[free]), field="output")
    location = recipes.location[made.inputs.recipe]
    dry = ~links.present[location, made.inputs.product] & ~never[made.inputs.recipe]
    for entry in np.flatnonzero(dry & active[made.inputs.recipe]):
        findings.add(
            "component-missing",
            table=table,
            index=int(row[made.inputs.recipe[entry]]),
            field="recipe",
            component=network.products.code[made.inputs.product[entry]],
            location=code[location[entry]],
        )


def _over_hours(made: Production, number: int) -> dict[str, str]:
    """Return least run, hours it takes and hours there are, where they alone stop a recipe."""
    recipes, hours = made.recipes, made.hours
    least = max(float(recipes.min_batch[number]), float(recipes.multiple[number]))
    setups = setup_hours(made)
    there = made.resources.hours + made.resources.overtime
    for need in np.flatnonzero(hours.recipe == number):
        takes = setups[need] + least * hours.per_unit[need]
        most = there[hours.resource[need]].max()
        if takes > most:
            named = str(made.resources.code[hours.resource[need]])
            told = {"units": least, "hours": round(takes, 3), "most": round(most, 3)}
            return {name: show(float(value)) for name, value in told.items()} | {"resource": named}
    return {}


def _circles(network: Network, made: Production, stated: Stated, ground: Ground) -> None:
    """Circles of recipes that give back more than they take: from nothing, or without end."""
    recipes, findings = made.recipes, ground.findings
    products = len(network.products)
    endless = recipes.grows & np.isinf(recipes.most).any(axis=1)
    for number in np.flatnonzero(endless):
        findings.add(
            "recipe-grows",
            table=stated.table,
            index=int(stated.row["output"][number]),
            field="max",
            recipes=_named(stated, np.flatnonzero(recipes.grows)),
        )
    quick = np.asarray((recipes.lead == 0).any(axis=1))
    at_once = on_circle(made.inputs, made.outputs, quick, products)
    if not at_once.any():
        return
    runs = _from_nothing(network, made, at_once)
    guilty = np.flatnonzero(runs > TINY)
    if len(guilty):
        findings.add(
            "recipe-circle",
            table=stated.table,
            index=np.unique(stated.row["output"][guilty]),
            field="recipe",
            recipes=_named(stated, guilty),
        )


def _from_nothing(network: Network, made: Production, at_once: np.ndarray) -> np.ndarray:
    """Runs of recipes and shipments without lead time that together make something of nothing."""
    goods, of = network.goods, network.places.of
    takes, gives = at_once[made.inputs.recipe], at_once[made.outputs.recipe]
    moved = np.flatnonzero((goods.allowed & (goods.lead == 0)).any(axis=1))
    first = len(made.recipes) + np.arange(len(moved))
    share = goods.arriving_share[moved].max(axis=1, initial=0.0)
    runs = surplus(
        np.concatenate(
            [
                made.place(of, made.inputs)[takes],
                made.place(of, made.outputs)[gives],
                goods.source[moved],
                goods.sink[moved],
            ]
        ),
        np.concatenate([made.inputs.recipe[takes], made.outputs.recipe[gives], first, first]),
        np.concatenate(
            [
                -made.inputs.units[takes],
                made.outputs.units[gives],
                -np.ones(len(moved)),
                share,
            ]
        ),
        len(made.recipes) + len(moved),
    )
    return runs[: len(made.recipes)]


def _named(stated: Stated, numbers: np.ndarray) -> str:
    """Codes of some recipes, each once."""
    codes = list(dict.fromkeys(stated.code[numbers].tolist()))
    return ", ".join(map(show, codes[:SHOWN])) + (" …" if len(codes) > SHOWN else "")
