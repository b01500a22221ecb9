"""Earliest period in which anything can be at a place (C.6.1), by one forward pass.

Stock and flow exist from there on; nothing is pruned backwards.
"""

import numpy as np

from tierstock.inputs.network import Flags, Floats, Goods, Ints, Production, Returns, Supply


def earliest(
    opening: Floats,
    coming: Floats,
    supply: Supply,
    goods: Goods,
    returns: Returns | None = None,
    production: Production | None = None,
    of: Ints | None = None,
) -> Ints:
    """First period in which anything can be at each place, [N]; T where never.

    Args:
        opening: [N] usable opening stock.
        coming: [N, T] open orders, those the plan may cancel too.
        supply: purchases and production.
        goods: goods on lanes, with the periods in which they may be shipped.
        returns: goods that come back from where they are issued.
        production: what is made of what is there.
        of: [L, P] number of each place, as in ``Places.of``; needed with ``production``.
    """
    count = coming.shape[1]
    now = np.arange(count)
    found = np.where(opening > 0.0, 0, count)
    ordered = np.where(coming > 0.0, now, count).min(axis=1, initial=count)
    found = np.minimum(found, ordered)
    bought = np.where(supply.most > 0.0, now + supply.lead, count).min(axis=1, initial=count)
    np.minimum.at(found, supply.place, bought)
    arrives = np.where(goods.allowed, np.minimum(now + goods.lead, count), count)
    best = np.minimum.accumulate(arrives[:, ::-1], axis=1)[:, ::-1]
    best = np.column_stack([best, np.full(len(best), count)])
    number = np.arange(len(goods))
    before = np.full_like(found, count + 1)
    while not np.array_equal(found, before):
        before = found.copy()
        np.minimum.at(found, goods.sink, best[number, found[goods.source]])
        if returns is not None:
            back = np.column_stack([now + returns.lag, np.full(len(returns), count)])
            first = np.minimum.accumulate(back[:, ::-1], axis=1)[:, ::-1]
            issued = first[np.arange(len(returns)), found[returns.place]]
            np.minimum.at(found, returns.back, np.minimum(issued, count))
        if production is not None and of is not None:
            _made(found, production, of)
    return np.asarray(found, dtype=np.int64)


def _made(found: Ints, production: Production, of: Ints) -> None:
    """Lower the first periods [N], in place, by what can be made of what is there by then."""
    recipes, count = production.recipes, production.recipes.lead.shape[1]
    first = np.zeros(len(recipes), dtype=np.int64)
    inputs, outputs = production.inputs, production.outputs
    np.maximum.at(first, inputs.recipe, found[production.place(of, inputs)])
    now = np.arange(count)
    runs = (recipes.most > 0.0) & (now >= first[:, None])
    ready = np.where(runs, np.minimum(now + recipes.lead, count), count)
    soonest = ready.min(axis=1, initial=count)
    np.minimum.at(found, production.place(of, outputs), soonest[outputs.recipe])


def live(allowed: Flags, source: Ints, first: Ints) -> Flags:
    """[K, T] shipments that are allowed and can find goods at their source."""
    now = np.arange(allowed.shape[1])
    return np.asarray(allowed & (now >= first[source][:, None]))
