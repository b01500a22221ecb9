"""Facts that only some plans have: remaining life, promotions."""

import numpy as np
import pandas as pd

from tierstock.inputs.network import Floats, Network
from tierstock.outputs.page.packing import pack, tidy
from tierstock.outputs.page.stock import Stock

FOREVER = np.datetime64("9999-12-31")
"""Last usable day of goods that never expire."""
SHORT = 1e-6
"""Share of a demand that does not count as short."""


def life_facts(stock: Stock) -> dict[str, object] | None:
    """Return what is left of the life of goods; None where nothing expires within the plan.

    Returns:
        Lots of the opening stock: ``location``, ``product``, ``days`` from the first day to the
        last usable one (-1 where it may not be used any more, missing for goods that never
        expire), ``units`` and ``money`` at standard cost. ``places``: numbers of the places that
        hold such goods, with [places, T] money at standard cost: ``expiring`` in the period
        unless used, ``scrapped`` by the plan.
    """
    life, places = stock.net.shelf_life, stock.net.places
    if life is None:
        return None
    day = life.age_day[np.maximum(life.lot_age, 0)]
    days = (day - stock.net.periods.start[0]) / np.timedelta64(1, "D")
    days = np.where(day == FOREVER, np.nan, days)
    days = np.where(life.lot_age < 0, -1.0, days)
    here = life.lot_place
    aging = np.flatnonzero(life.live[stock.product])
    return {
        "location": pack(places.location[here]),
        "product": pack(places.product[here]),
        "days": pack(days),
        "units": pack(life.lot_units),
        "money": pack(life.lot_units * places.value[here, 0]),
        "places": aging.tolist(),
        "expiring": tidy((stock.cost * stock.grid("Expiring"))[aging]),
        "scrapped": tidy((stock.cost * stock.grid("Scrapped"))[aging]),
    }


def promotion_facts(stock: Stock) -> list[dict[str, object]]:
    """Return the promotions: runs of periods in which a product has demand of that type.

    Returns:
        For each: ``product``, ``first`` and ``last`` period, and for each of its ``locations``
        the units on ``promotion``, ``usual`` demand, stock ``ready`` at the start, units
        ``short`` (wanted and not served on time) and the periods in which any are, ``when``.
    """
    extra = _promoted(stock.net, stock)
    if extra is None:
        return []
    wanted, served = stock.served("Demand"), stock.served("On Time")
    missing = np.where(wanted - served > SHORT * np.maximum(wanted, 1.0), wanted - served, 0.0)
    before = stock.grid("Opening")
    found: list[dict[str, object]] = []
    for product in np.unique(stock.product[extra.any(axis=1)]).tolist():
        rows = np.flatnonzero((stock.product == product) & extra.any(axis=1))
        for first, last in _runs(np.asarray(extra[rows].any(axis=0))):
            window = slice(first, last + 1)
            mine = rows[extra[rows, window].any(axis=1)]
            promoted = extra[mine, window].sum(axis=1)
            when = [first + np.flatnonzero(row) for row in missing[mine, window]]
            found.append(
                {
                    "product": product,
                    "first": first,
                    "last": last,
                    "locations": stock.location[mine].tolist(),
                    "promotion": tidy(promoted),
                    "usual": tidy(wanted[mine, window].sum(axis=1) - promoted),
                    "ready": tidy(before[mine, first]),
                    "short": tidy(missing[mine, window].sum(axis=1)),
                    "when": [one.tolist() for one in when],
                }
            )
    return found


def _promoted(net: Network, stock: Stock) -> Floats | None:
    """Return [G, T] units on promotion; None where the demand has none."""
    if net.ground is None:
        return None
    rows: pd.DataFrame = net.ground.tables.table("Demand").frame
    rows = rows[(rows["type"] == "promotion") & (rows["quantity"] > 0)]
    if not len(rows):
        return None
    from tierstock.inputs.assembly.periods import locate_names

    keys = pd.MultiIndex.from_arrays(
        [net.locations.code[stock.location], net.products.code[stock.product]]
    )
    place = keys.get_indexer(pd.MultiIndex.from_frame(rows[["location", "product"]]))
    period = locate_names(net.periods, rows["period"].to_numpy(dtype=object))
    inside = (place >= 0) & (period >= 0) & (period < len(net.periods))
    found = np.zeros((len(stock.location), len(net.periods)))
    np.add.at(found, (place[inside], period[inside]), rows["quantity"].to_numpy(float)[inside])
    return found if found.any() else None


def _runs(flags: np.ndarray) -> list[tuple[int, int]]:
    """Return the first and the last of each run of flags."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(first), int(after) - 1) for first, after in edges.reshape(-1, 2)]
