"""Long tables told shortly: once for all, for a tier, for a family (`Tier=store`, `Family=Tea`)."""

import numpy as np
import pandas as pd

from tierstock.inputs.network import Ints, Texts
from tierstock.inputs.rules.grids import EVERY, Grid
from tierstock.inputs.rules.lines import Lines, Sets, folded
from tierstock.inputs.rules.policies import Teller
from tierstock.inputs.schema import say, schema


def short(teller: Teller, lines: Lines, grid: Grid) -> Lines:
    """Return the lines of one column folded by location, tier and all, product, family and all.

    Lanes are never told together, only their products. The result says exactly what the lines
    say: a set is named only where all of it, as far as the rule is told there, is alike.
    """
    if not len(lines):
        return lines
    places = _sets(teller, "location", grid.location)
    goods = _sets(teller, "product", grid.product)
    if (grid.lane >= 0).any():
        _, first, number = np.unique(grid.lane, return_index=True, return_inverse=True)
        lane = Sets(number, grid.location[first])
        return folded(lines, [(lane, goods[0]), (lane, goods[1])])
    everywhere, tier, location = places
    every, family, product = goods
    ways = [
        (everywhere, every),
        (everywhere, family),
        (tier, every),
        (tier, family),
        (everywhere, product),
        (location, every),
        (tier, product),
        (location, family),
    ]
    return folded(lines, ways)


def _sets(teller: Teller, kind: str, codes: Ints) -> tuple[Sets, Sets, Sets]:
    """All, the groups and the single ones of locations or products, for the items of a grid."""
    count = len(codes)
    every = Sets(np.zeros(count, dtype=np.int64), np.array([EVERY]))
    if (codes < 0).any():
        none = Sets(np.full(count, -1), np.array([EVERY]))
        return every, none, none
    net, column = teller.net, "tier" if kind == "location" else "family"
    values = net.locations.tier if kind == "location" else net.products.family
    size = len(values)
    group, names = _groups(teller, f"{kind.title()}s", column, values)
    return every, Sets(group[codes], names), Sets(codes, np.arange(size))


def _groups(teller: Teller, sheet: str, column: str, values: Texts) -> tuple[Ints, Ints]:
    """Group of every code by a column, -1 where blank, and the text that selects each group."""
    number, unique = pd.factorize(pd.Series(values).replace("", None))
    language, pool = teller.words.language, teller.words.pool
    title = schema().sheet(sheet).column(column).heading(language)
    texts = [f"{title}={say(str(one), language, column)}" for one in unique]
    names = EVERY - 1 - pool.numbers(texts)
    return number.astype(np.int64), names
