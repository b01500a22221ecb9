"""What could be there sooner: goods of shorter lead times, open orders, stock that is not there."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tierstock.why.program import Program
from tierstock.why.relief import LEAD, STOCK, TRANSIT, Relief, copies

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def earlier(program: Program, place: int, period: int) -> Iterator[Relief]:
    """Goods of the product of a place that come sooner, and opening stock that is not there."""
    net = program.net
    product = net.places.product[place]
    flow = program.family("flow")
    if flow is not None:
        k, t = flow.codes["goods"].astype(np.int64), flow.codes["period"].astype(np.int64)
        mine = (net.goods.product[k] == product) & (net.goods.lead[k, t] > 0) & (t <= period)
        at = np.flatnonzero(mine)
        args = k[at], t[at], net.goods.lead[k[at], t[at]], net.goods.sink[k[at]]
        yield _sooner(program, "lead", flow.start + at, *args, period)
    bought = program.family("purchase")
    if bought is not None:
        s, t = bought.codes["supply"].astype(np.int64), bought.codes["period"].astype(np.int64)
        here = net.supply.place[s]
        mine = (net.places.product[here] == product) & (net.supply.lead[s, t] > 0) & (t <= period)
        at = np.flatnonzero(mine)
        args = s[at], t[at], net.supply.lead[s[at], t[at]], here[at]
        yield _sooner(program, "supply lead", bought.start + at, *args, period)
    yield _orders(program, int(product), period)
    yield _stock(program, place)


def _sooner(
    program: Program,
    kind: str,
    columns: Ints,
    item: Ints,
    period: Ints,
    lead: Ints,
    sink: Ints,
    last: int,
) -> Relief:
    """Copies of columns whose goods come 1 … lead periods sooner, not after ``last``."""
    horizon = len(program.net.periods)
    count = lead.astype(np.int64)
    which = np.repeat(np.arange(len(columns)), count)
    sooner = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count) + 1
    due = period[which] + count[which]
    row = program.balance[sink[which], np.minimum(due - sooner, horizon)]
    keep = (row >= 0) & (due - sooner <= last) & (due > last)
    which, sooner, due, row = which[keep], sooner[keep], due[keep], row[keep]
    made = copies(program, kind, columns[which], item[which], period[which], LEAD)
    made.weight = LEAD * (1.0 + 0.1 * sooner)
    before = program.balance[sink[which], np.minimum(due, horizon)]
    moved = made.row == before[made.which]
    share = np.ones(len(which))
    share[made.which[moved]] = made.value[moved]
    inside = np.zeros(len(which), dtype=bool)
    inside[made.which[moved]] = True
    made.row = np.where(moved, row[made.which], made.row)
    late = np.flatnonzero(~inside)
    arriving = np.ones(len(which))
    if kind == "lead":
        arriving = program.net.goods.arriving_share[item[which], period[which]]
    made.which = np.concatenate([made.which, late])
    made.row = np.concatenate([made.row, row[late]])
    made.value = np.concatenate([made.value, -arriving[late]])
    return made


def _orders(program: Program, product: int, last: int) -> Relief:
    """Open orders that come sooner: taken from the period they are due in."""
    net, horizon = program.net, len(program.net.periods)
    orders = net.orders
    late = (net.places.product[orders.place] == product) & orders.firm & (orders.due > last)
    item = np.flatnonzero(late & (program.balance[orders.place, last] >= 0)).astype(np.int64)
    due = np.minimum(orders.due[item], horizon)
    rows = [program.balance[orders.place[item], last], program.balance[orders.place[item], due]]
    number = np.arange(len(item), dtype=np.int64)
    inside = rows[1] >= 0
    return Relief(
        kind="transit",
        name="transit",
        item=item,
        period=due.astype(np.int64),
        which=np.concatenate([number, number[inside]]),
        row=np.concatenate([rows[0], rows[1][inside]]),
        value=np.concatenate([np.full(len(item), -1.0), np.ones(int(inside.sum()))]),
        cost=np.zeros(len(item)),
        weight=np.full(len(item), TRANSIT),
        size=np.ones(len(item)),
    )


def _stock(program: Program, place: int) -> Relief:
    """Opening stock of the product: where some is stated, else at the place itself."""
    net = program.net
    same = net.places.product == net.places.product[place]
    stated = same & ((net.places.opening > 0) | (net.places.blocked > 0))
    item = np.flatnonzero(stated if stated.any() else np.arange(len(same)) == place)
    first = (program.balance[item] >= 0).argmax(axis=1)
    item, first = item.astype(np.int64), first.astype(np.int64)
    row = program.balance[item, first]
    item, first, row = item[row >= 0], first[row >= 0], row[row >= 0]
    return Relief(
        kind="stock",
        name="stock",
        item=item,
        period=first,
        which=np.arange(len(item), dtype=np.int64),
        row=row,
        value=np.full(len(item), -1.0),
        cost=np.zeros(len(item)),
        weight=np.full(len(item), STOCK),
        size=np.ones(len(item)),
    )
