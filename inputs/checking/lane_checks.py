"""Lanes that carry nothing, because nothing is ever where they begin (ruling 19)."""

import numpy as np

from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.lanes import DEFAULT_MODE
from tierstock.inputs.findings import Both
from tierstock.inputs.network import Ints, Network
from tierstock.inputs.selecting.selectors import EXACT, NONE

MAKERS = ("supplier", "plant")
"""Tiers from which goods are expected without a lane that brings them."""
_AS_SUPPLIER = Both(", or give it the tier supplier", "，或将其层级设为供应商")


def check_empty_lanes(ground: Ground, links: Links) -> None:
    """Warn at rows of Lanes whose origin has no supply, stock, open order or lane that feeds it.

    Only origins named by their code, suppliers and plants are told: a selector over all places
    may well hold some that have nothing to send. Nor are places told that wait for such a lane.
    """
    pairs, sites, table = links.pairs, ground.sites, ground.tables.table("Lanes")
    tier = sites.locations.tier
    empty = np.ones(len(pairs.row), dtype=bool)
    empty[links.filled] = False
    waiting = np.zeros(len(tier), dtype=bool)
    waiting[pairs.destination[empty]] = True
    empty &= ~waiting[pairs.origin]
    named = pairs.rank // 3 == EXACT
    told = empty & (named | np.isin(tier[pairs.origin], MAKERS)) & ~sites.shut[pairs.origin]
    rows, first = np.unique(pairs.row[told], return_index=True)
    for row, origin in zip(rows, pairs.origin[told][first], strict=True):
        product = str(table.frame["product"].iat[row])
        recipe = _idle_recipe(ground, links, int(origin), product)
        ground.findings.add(
            "lane-recipe-idle" if recipe else "lane-without-goods",
            table=table,
            index=int(row),
            field="from",
            location=sites.locations.code[origin],
            product="" if product == "*" else product,
            other="" if tier[origin] == "supplier" else _AS_SUPPLIER,
            recipe=recipe.get("recipe", ""),
            stated=recipe.get("stated", ""),
        )


def _idle_recipe(ground: Ground, links: Links, location: int, product: str) -> dict[str, str]:
    """Return code and cell of the recipe that makes a product (any of "*") here, if one does."""
    if links.making is None:
        return {}
    made, stated = links.making.production, links.making.stated
    out = made.outputs
    here = made.recipes.location[out.recipe] == location
    codes = ground.products.code[out.product]
    found = out.recipe[here & ((codes == product) | (product == "*"))]
    if not len(found):
        return {}
    row = int(stated.row["output"][found[0]])
    cell = f"{stated.table.title}!{stated.table.cell(row, 'recipe')}"
    return {"recipe": str(made.recipes.code[found[0]]), "stated": cell}


def rows_of_lane(network: Network, ground: Ground, links: Links, lane: int) -> Ints:
    """Rows of Lanes that speak of a lane: its pair of places and its mode."""
    lanes, pairs = network.lanes, links.pairs
    same = (pairs.origin == lanes.origin[lane]) & (pairs.destination == lanes.destination[lane])
    rows = np.unique(pairs.row[same])
    mode = ground.tables.table("Lanes").frame["mode"].to_numpy(dtype=object)[rows]
    return np.asarray(rows[np.where(mode == "", DEFAULT_MODE, mode) == lanes.mode[lane]])


def dry_source(ground: Ground, links: Links, location: int, product: int) -> str:
    """Code of a place that could send a product here by lanes, if only it had any; else blank.

    Suppliers and plants go before other places without a lane that brings them the product, and
    those that none brings it to before those some lane back would bring it to.
    """
    pairs = links.pairs
    exact, text = links.products.exact[pairs.row], links.products.text[pairs.row]
    carries = exact == product
    wide = exact < 0
    carries[wide] = links.products.rank[text[wide], product] > NONE
    origin, destination = pairs.origin[carries], pairs.destination[carries]
    upstream = np.zeros(len(ground.sites.locations), dtype=bool)
    upstream[location] = True
    before = 0
    while upstream.sum() != before:
        before = int(upstream.sum())
        upstream[origin[upstream[destination]]] = True
    fed = np.zeros(len(upstream), dtype=bool)
    fed[destination] = True
    makes = np.isin(ground.sites.locations.tier, MAKERS)
    upstream &= ~fed | makes
    upstream[location] = False
    found = np.flatnonzero(upstream)
    order = found[np.lexsort((~makes[found], fed[found]))]
    return str(ground.sites.locations.code[order[0]]) if len(order) else ""
