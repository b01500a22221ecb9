"""Where goods expire in the order in which they came, so that ages need no columns (F19)."""

import numpy as np

from tierstock.inputs.assembly.ages import Ages, Batches, made_at
from tierstock.inputs.assembly.lives import Lives
from tierstock.inputs.network import SEVERAL, Flags, Ints, Network


def in_order(
    net: Network, ages: Ages, batches: Batches, found: Lives, picky: Flags, order_age: Ints
) -> Flags:
    """[P] products for which the cumulative form is exact, and is of use.

    It is of no use where at most one age can be at a place that holds stock. It is exact where at
    every place that holds stock goods come in the order in which they expire, one receipt at most
    for each period of expiry; what leaves such a place is used in the same period, and nobody asks
    for goods younger or riper than what is there.

    Args:
        net: the network.
        ages: ages of goods.
        batches: where each age can be.
        found: lives.
        picky: [N] places where somebody may not take every age.
        order_age: [O] age of each open order on arrival.
    """
    places, goods, last = net.places, net.goods, len(net.periods)
    holds = np.asarray(places.keeps.any(axis=1))
    exact = np.zeros(len(net.products), dtype=bool)
    exact[places.product[holds & (batches.here == SEVERAL).any(axis=1)]] = True
    exact[places.product[picky]] = False
    careless = _careless(net, picky, holds)
    k, t = np.nonzero(goods.allowed)
    at_once = careless[goods.sink[k]] & (goods.lead[k, t] == 0)
    mixed = np.where(holds[goods.source[k]], True, batches.here[goods.source[k], t] == SEVERAL)
    exact[goods.product[k[mixed & ~at_once]]] = False
    exact[places.product[net.orders.place[order_age == SEVERAL]]] = False
    place, receipt, age = _receipts(net, ages, batches, found, order_age)
    here = holds[place]
    place, receipt, until = place[here], receipt[here], np.minimum(ages.last[age[here]], last)
    order = np.lexsort((until, receipt, place))
    place, receipt, until = place[order], receipt[order], until[order]
    same = place[1:] == place[:-1]
    back = until[1:] < until[:-1]
    twice = (until[1:] == until[:-1]) & (receipt[1:] != receipt[:-1]) & (until[1:] < last)
    exact[places.product[place[1:][same & (back | twice)]]] = False
    return exact


def _careless(net: Network, picky: Flags, holds: Flags) -> Flags:
    """[N] places that hold nothing, send nothing on, and use every age that arrives at once."""
    sends = np.zeros(len(net.places), dtype=bool)
    sends[net.goods.source[net.goods.allowed.any(axis=1)]] = True
    sends[net.orders.origin[net.orders.origin >= 0]] = True
    return np.asarray(~holds & ~sends & ~picky)


def _receipts(
    net: Network, ages: Ages, batches: Batches, found: Lives, order_age: Ints
) -> tuple[Ints, Ints, Ints]:
    """Place, period and age of everything that can come in with an age of its own."""
    places, supply, goods, last = net.places, net.supply, net.goods, len(net.periods)
    lots = places.of[found.lot_location, found.lot_product]
    lot_age = ages.of(found.lot_product, found.lot_day, np.zeros(len(lots), dtype=np.int64))
    s, t = np.nonzero(supply.most > 0.0)
    receipt = t + supply.lead[s, t]
    product = places.product[supply.place[s]]
    bought = ages.of(product, found.supply_day[s, t], receipt)
    made, when = made_at(net)
    new = ages.of(places.product[made], found.new_day[places.product[made], when], when)
    k, u = np.nonzero(goods.allowed)
    place = np.concatenate([lots, net.orders.place, supply.place[s], made, goods.sink[k]])
    period = np.concatenate(
        [np.zeros(len(lots), np.int64), net.orders.due, receipt, when, u + goods.lead[k, u]]
    )
    age = np.concatenate([lot_age, order_age, bought, new, batches.here[goods.source[k], u]])
    inside = (period < last) & (age >= 0)
    inside[inside] &= ages.last[age[inside]] >= period[inside]
    return place[inside], period[inside], age[inside]
