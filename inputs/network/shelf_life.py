"""How long goods may be used: ages, where each can be, and who takes it (F19).

Goods of one product form an *age* when their last usable days mean the same to everybody in the
plan: they expire in the same period, and the same classes take them in the same periods. Further
sizes: G ages, X lots of the opening stock, Y batches (an age at a place), Z loads (an age on
a lane), W rides (an age of an open order), V takers (a demand stream, or a way to meet one with a
substitute).
"""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.network.arrays import Dates, Flags, Floats, Ints

EXPIRED = -1
"""In place of an age: expired by the time it is there."""
SEVERAL = -2
"""In place of an age: the plan decides which of several it is."""


@dataclass(frozen=True)
class ShelfLife:
    """Products whose goods expire within the plan, or are too old or too fresh for somebody."""

    live: Flags
    """[P] whether ages matter for the product; where not, nothing below speaks of it."""
    by_age: Flags
    """[P] live products whose stock and shipments are planned by age: goods may not expire in
    the order in which they came, or no two ages meet. Elsewhere the cumulative form is exact."""
    scrap_cost: Floats
    """[P] money per expired unit."""
    age_product: Ints
    """[G] product of the age; ages of a product follow each other, the oldest first."""
    age_day: Dates
    """[G] last usable day of the goods, the first of them where an age holds several; 9999-12-31
    for goods that never expire."""
    age_last: Ints
    """[G] last period in which the goods may be used or arrive; T and more behind the horizon."""
    lot_place: Ints
    """[X] place of a lot of usable opening stock."""
    lot_age: Ints
    """[X] its age, ``EXPIRED`` where it may not be used in the first period."""
    lot_units: Floats
    """[X] units."""
    order_age: Ints
    """[O] age of each open order when it arrives: ``EXPIRED``, or ``SEVERAL`` where it leaves a
    place within the horizon and takes what is there."""
    supply_age: Ints
    """[S, T] age of what is ordered in each period, ``EXPIRED`` where it may not be used."""
    new_age: Ints
    """[P, T] age of what is made and comes into stock in each period."""
    batch_place: Ints
    """[Y] place of the batch; batches by place, then by age."""
    batch_age: Ints
    """[Y] age of the batch."""
    batch_there: Flags
    """[Y, T] whether it can be there in the period."""
    batch_stays: Flags
    """[Y, T] whether it can be kept after the goods of the period have expired."""
    load_goods: Ints
    """[Z] goods of which the plan decides the age; by goods, then by age."""
    load_age: Ints
    """[Z] age they may have."""
    ride_order: Ints
    """[W] open order of which the plan decides the age; by order, then by age."""
    ride_age: Ints
    """[W] age it may have."""
    here: Ints
    """[N, T] the only age that can be at a place in a period; ``EXPIRED`` for none."""
    kept: Ints
    """[N, T] the only age that can be there after the goods of the period have expired."""
    taker_stream: Ints
    """[V] demand stream that is served; every stream once, then again for each substitute."""
    taker_place: Ints
    """[V] place whose goods it is served with."""
    oldest_age: Ints
    """[V, T] oldest age it takes; beyond all ages where it takes none."""
    ripe_age: Ints
    """[P, T] youngest age that may be issued or used in a recipe."""
    served: Flags
    """[D, T] whether goods that the stream takes can be there, or a substitute."""

    def batch(self, place: Ints, age: Ints) -> Ints:
        """Batch of an age at a place; -1 where it cannot be there, or for no age."""
        size = len(self.age_last) + 2
        keys, wanted = self.batch_place * size + self.batch_age, place * size + age
        at = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
        known = (keys[at] == wanted) if len(keys) else np.zeros(wanted.shape, dtype=bool)
        return np.where(known & (age >= 0) & (place >= 0), at, -1)
