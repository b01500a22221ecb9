"""Last usable days of everything that is there or may come (F19, ruling 26).

Days are counted from the first day of the horizon, which is 0. Goods that are new on a day with a
shelf life of L days may be used up to the end of day + L - 1.
"""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.assembly.goods import Links
from tierstock.inputs.assembly.ground import Ground
from tierstock.inputs.assembly.periods import lead_in_days
from tierstock.inputs.assembly.places import find
from tierstock.inputs.network import Dates, Flags, Floats, Ints, Network, Periods

NEVER = 10**9
"""Last usable day of goods that never expire."""
UNLIMITED = 10**6
"""Shelf life, in days, by which the maturing of goods that never expire is counted."""


@dataclass(frozen=True)
class Lives:
    """What the tables say about the life of goods."""

    stated: Flags
    """[P] whether a shelf life is stated."""
    life: Ints
    """[P] days from production; ``UNLIMITED`` where none is stated."""
    maturation: Ints
    """[P] days from production before goods may be issued."""
    scrap_cost: Floats
    """[P] money per expired unit."""
    lot_location: Ints
    lot_product: Ints
    lot_units: Floats
    """[X] usable units of each row of the opening stock."""
    lot_day: Ints
    """[X] last usable day."""
    lot_row: Ints
    """[X] row of OpeningStock."""
    lot_dated: Flags
    """[X] whether any date of the row says how old the lot is."""
    order_day: Ints
    """[O] last usable day; of an order that takes what is there, that of new goods."""
    supply_day: Ints
    """[S, T] last usable day of what is ordered in each period."""
    new_day: Ints
    """[P, T] last usable day of what comes into stock new in each period."""
    class_days: Ints
    """[classes] Min Remaining Life, days."""
    class_share: Floats
    """[classes] Min Life Share; 0 where blank."""


def lives(net: Network, ground: Ground, links: Links) -> Lives:
    """Read Products, OpeningStock, InTransit, Supply and ServiceClasses."""
    frame = ground.tables.table("Products").frame.drop_duplicates("product").set_index("product")
    frame = frame.reindex(net.products.code)
    stated = frame["shelf_life"].notna().to_numpy()
    life = np.where(stated, np.floor(frame["shelf_life"].fillna(0.0)), UNLIMITED)
    ripens = np.ceil(frame["maturation"].fillna(0.0).to_numpy(np.float64))
    cost = frame["scrap_cost"].to_numpy(np.float64)
    life, ripens = life.astype(np.int64), ripens.astype(np.int64)
    start = days_of(net.periods, net.periods.start)
    classes, groups = ground.tables.table("ServiceClasses").frame, ground.classes.row
    least = np.append(classes["min_remaining_life"].to_numpy(np.float64), np.nan)[groups]
    share = np.append(classes["min_life_share"].to_numpy(np.float64), np.nan)[groups]
    lots = _lots(ground, life, stated, ripens)
    new = last_usable(
        np.broadcast_to(start, (len(life), len(start))), life[:, None], stated, ripens
    )
    return Lives(
        stated=stated,
        life=life,
        maturation=ripens,
        scrap_cost=np.where(np.isnan(cost), net.products.unit_value, cost),
        **lots,
        order_day=_order_days(net, ground, life, stated, ripens),
        supply_day=_supply_days(net, ground, links, life, stated, ripens),
        new_day=new,
        class_days=np.ceil(np.nan_to_num(least)).astype(np.int64),
        class_share=np.nan_to_num(share),
    )


def days_of(periods: Periods, dates: Dates) -> Ints:
    """Days from the start of the horizon; blank dates stay blank (the least whole number)."""
    days: Ints = (dates.astype("datetime64[D]") - periods.start[0].astype("datetime64[D]")).astype(
        np.int64
    )
    return days


def last_usable(born: Ints, life: Ints, stated: Flags, ripens: Ints) -> Ints:
    """Last usable day of goods that are new on a day.

    Without a shelf life goods never expire, and are only told apart where they have to mature.

    Args:
        born: [..., ] day of production.
        life: shelf life of the product in days.
        stated: whether it has one, by product along the first axis.
        ripens: days to mature, by product along the first axis.
    """
    counts = stated | (ripens > 0)
    shape = (len(counts),) + (1,) * (born.ndim - 1)
    return np.where(counts.reshape(shape), born + life - 1, NEVER)


def _lots(ground: Ground, life: Ints, stated: Flags, ripens: Ints) -> dict[str, np.ndarray]:
    """Usable units and last usable day of each row of OpeningStock.

    Expiry Date, else Production Date, else Received Date; a lot without a date counts as just
    matured, as new where nothing has to mature. Where Blocked is typed beside another lot, the
    lots that last longest are the blocked ones.
    """
    table, periods = ground.tables.table("OpeningStock"), ground.periods
    frame, size = table.frame, max(len(ground.products), 1)
    location = find(ground.sites.locations.code, frame["location"].to_numpy(dtype=object))
    product = find(ground.products.code, frame["product"].to_numpy(dtype=object))
    row = np.flatnonzero((location >= 0) & (product >= 0))
    location, product = location[row], product[row]
    quantity = np.nan_to_num(frame["quantity"].to_numpy(np.float64))[row]
    held = np.nan_to_num(frame["blocked"].to_numpy(np.float64))[row]
    dates = {
        name: frame[name].to_numpy().astype("datetime64[D]")[row]
        for name in ("expiry_date", "production_date", "received_date")
    }
    made = np.where(
        np.isnat(dates["production_date"]), dates["received_date"], dates["production_date"]
    )
    dated = ~np.isnat(made)
    born = np.where(dated, days_of(periods, made), -ripens[product])
    until = dates["expiry_date"]
    by_age = last_usable(born, life[product], stated[product], ripens[product])
    day = np.where(np.isnat(until), by_age, days_of(periods, until))
    # what is usable of the pair goes to its lots, the oldest first
    order = np.lexsort((row, day, product, location))
    pair = (location * size + product)[order]
    units = np.maximum(quantity - held, 0.0)[order]
    usable = np.zeros(len(ground.sites.locations) * size)
    usable[ground.opening.location * size + ground.opening.product] = ground.opening.usable
    total = np.cumsum(units)
    before = total - units
    first = np.concatenate([[True], pair[1:] != pair[:-1]]) if len(pair) else np.zeros(0, bool)
    base = before[first][np.cumsum(first) - 1] if len(pair) else before
    units = np.clip(usable[pair] - (before - base), 0.0, units)
    kept = units > 0.0
    at = order[kept]
    return {
        "lot_location": location[at],
        "lot_product": product[at],
        "lot_units": units[kept],
        "lot_day": day[at],
        "lot_row": row[at],
        "lot_dated": (dated | ~np.isnat(until))[at],
    }


def _order_days(net: Network, ground: Ground, life: Ints, stated: Flags, ripens: Ints) -> Ints:
    """Last usable day of each open order: Expiry Date, else new when it left, else when it comes.

    Overdue orders without a Ship Date count as new on the first day.
    """
    frame, row = ground.tables.table("InTransit").frame, ground.orders.row
    dates = {
        name: frame[name].to_numpy().astype("datetime64[D]")[row]
        for name in ("expiry_date", "ship_date", "due_date")
    }
    due = np.maximum(days_of(net.periods, dates["due_date"]), 0)
    left = np.where(np.isnat(dates["ship_date"]), due, days_of(net.periods, dates["ship_date"]))
    product = net.places.product[net.orders.place]
    fresh = last_usable(left, life[product], stated[product], ripens[product])
    until = dates["expiry_date"]
    return np.where(np.isnat(until), fresh, days_of(net.periods, until))


def _supply_days(
    net: Network, ground: Ground, links: Links, life: Ints, stated: Flags, ripens: Ints
) -> Ints:
    """Last usable day of purchases: the day of receipt + Remaining Life - 1, else new then.

    Where the lead time of a supplier without stock is counted on its lanes, the goods are there
    only after it.
    """
    periods, supply = net.periods, net.supply
    product = net.places.product[supply.place]
    received = np.arange(len(periods)) + supply.lead
    day = starts(periods, received)
    extra = lead_in_days(periods, links.extra, ground.tables.settings.lead_time_unit)
    source = links.lanes.origin[links.goods.lane], links.goods.product
    place = net.places.of[source]
    number = np.full(len(net.places) + 1, -1, dtype=np.int64)
    number[supply.place] = np.arange(len(supply))
    known = number[place] >= 0
    later = np.zeros(day.shape)
    np.maximum.at(later, number[place[known]], extra[known])
    day = day + np.ceil(later).astype(np.int64)
    fresh = last_usable(day, life[product][:, None], stated[product], ripens[product])
    left = links.offers.remaining_life
    until = day + np.floor(np.nan_to_num(left)).astype(np.int64) - 1
    return np.where(np.isnan(left), fresh, until)


def starts(periods: Periods, bucket: Ints) -> Ints:
    """First day of a bucket; behind the horizon buckets are as long as the last one."""
    count, length = len(periods), int(periods.days[-1])
    first = days_of(periods, periods.start)
    after = first[-1] + length
    inside = first[np.minimum(bucket, count - 1)]
    return np.where(bucket < count, inside, after + (bucket - count) * length)


def last_buckets(periods: Periods, day: Ints) -> Ints:
    """Last bucket that ends by a day; -1 where not even the first does."""
    ends = days_of(periods, periods.end)
    inside = np.searchsorted(ends, day, side="right") - 1
    beyond = len(periods) - 1 + (day - ends[-1]) // int(periods.days[-1])
    return np.where(day < ends[-1], inside, beyond).astype(np.int64)
