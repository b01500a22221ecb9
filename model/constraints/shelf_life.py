"""F19 shelf life: what expires is scrapped; ages without columns where goods expire in order."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import EXPIRED, SEVERAL, Network
from tierstock.model.by_age import Ints, Known, Share, known, numbers, shares
from tierstock.model.rows import Rows
from tierstock.model.variables import declare, positions


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Scrap what expires; keep no more than what has come and is still alive.

    .. math::

        e(D) = \max\{t : end(t) \le D\}, \qquad D = \text{day of receipt} + \text{life left} - 1

        \text{cumulative form:}\quad
        I_{lpt} \le \sum_{t' \le t,\ e > t} r_{lpt'}, \qquad
        w_{lpt} \le \sum_{t' \le t,\ e = t} r_{lpt'}, \qquad
        \sum_{t' \le t < e} w_{lpe} \le I_{lpt}, \qquad
        \text{cost} = \sum c^{scrap}_p\, w_{lpt}

    ======  ================================  =====================================  ==========
    sign    in code                           meaning                                unit
    ======  ================================  =====================================  ==========
    w       ``m.scrapped``                    expired at the end of the period       units
    I       ``m.stock``                       usable stock at the end                units
    r       ``m.movements``, ``lot_units``    received: lots, orders, lanes,         units
                                              purchases, production
    e       ``net.shelf_life.age_last``       last period in which goods are used    period
    D       ``net.shelf_life.age_day``        last usable day                        day
    c       ``net.shelf_life.scrap_cost``     scrapping                              money/unit
    ======  ================================  =====================================  ==========

    Goods are used in a period only if they live to its end; after the issues of that period they
    expire, before the end stock is measured. With equal periods that is
    :math:`\Lambda = \lfloor life/\delta \rfloor` periods, the one of receipt among them. Nothing
    is scrapped before it expires, and nothing is shipped that would arrive expired. Goods that
    may not be used in the period in which they come are scrapped in it.

    The cumulative form needs no columns by age. It is exact where goods expire in the order in
    which they come, one receipt for each period of expiry, and nobody refuses an age: the first
    row keeps what has expired out of the stock, the second scraps nothing else, the third keeps
    what will be scrapped on the shelf till then. It is used for these products; all others are
    planned by age (``ages``). Blocked stock does not expire.
    Source: Nahmias, Perishable Inventory Systems (2011), ch. 1.
    Sheets: Products (Shelf Life, Scrap Cost), OpeningStock, InTransit, Supply (Remaining Life).
    """
    life = net.shelf_life
    if life is None:
        return
    came, fixed = shares(m, net), known(net)
    _forbid(m, net)
    _scrap_on_arrival(m, net, came, fixed)
    y = np.flatnonzero(life.age_last[life.batch_age] < len(net.periods))
    last = life.age_last[life.batch_age[y]]
    place = life.batch_place[y]
    holds = np.asarray(net.places.keeps.any(axis=1))[place] & life.batch_there[y, last]
    cells = np.unique(place[holds] * len(net.periods) + last[holds])
    n, t = np.divmod(cells, len(net.periods))
    scrapped = declare(
        m,
        "scrapped",
        m.names.at_place(n, t),
        {"place": n, "period": t},
        (len(net.places), len(net.periods)),
        doc="expired at the end of the period, units",
    )
    m.movements.post("scrapped", scrapped, 1.0, place=n, period=t)
    m.costs.add("scrap", scrapped, life.scrap_cost[net.places.product[n]])
    _cumulative(m, net, came, fixed)


def _forbid(m: pyo.ConcreteModel, net: Network) -> None:
    """Ship nothing that would arrive expired; where several ages are, columns by age see to it."""
    life, flow = net.shelf_life, m.component("flow")
    if life is None or flow is None:
        return
    k, t = flow.codes["goods"].astype(np.int64), flow.codes["period"].astype(np.int64)
    age = life.here[net.goods.source[k], t]
    lasts = np.append(life.age_last, -1)[np.maximum(age, EXPIRED)]
    dead = life.live[net.goods.product[k]] & (age != SEVERAL) & (lasts < t + net.goods.lead[k, t])
    flow.upper[dead] = 0.0


def _scrap_on_arrival(
    m: pyo.ConcreteModel, net: Network, came: list[Share], fixed: list[Known]
) -> None:
    """Scrap what may not be used when it comes; behind the horizon it does not count as left."""
    life, last = net.shelf_life, len(net.periods)
    assert life is not None
    price = life.scrap_cost[net.places.product]
    for one in fixed:
        dead = one.age == EXPIRED
        gone = np.zeros((len(net.places), last + 1))
        np.add.at(gone, (one.place[dead], one.period[dead]), one.units[dead])
        late = gone.copy()
        gone[:, last], late[:, :last] = 0.0, 0.0
        m.movements.post_known("scrapped", gone)
        m.movements.post_known("order in", -late)
        m.costs.add_constant("scrap", price[:, None] * gone, np.arange(last + 1))
    for share in came:
        if share.variable.local_name == "flow":
            continue  # such shipments are forbidden
        dead = share.where(share.age == EXPIRED)
        now = dead.where(dead.period < last)
        m.movements.post(
            "scrapped", now.variable, now.amount, place=now.place, period=now.period, at=now.at
        )
        money = now.amount * price[now.place]
        m.costs.add("scrap", now.variable, money, now.at, now.period)
        after = dead.where(dead.period >= last)
        m.movements.post(
            share.kind,
            after.variable,
            -after.amount,
            place=after.place,
            period=after.period,
            at=after.at,
        )


def _cumulative(m: pyo.ConcreteModel, net: Network, came: list[Share], fixed: list[Known]) -> None:
    """The three rows of the cumulative form, where goods expire in the order in which they come."""
    life, places, last = net.shelf_life, net.places, len(net.periods)
    assert life is not None
    here = life.live[places.product] & ~life.by_age[places.product] & places.keeps.any(axis=1)
    until = life.age_last[life.batch_age]
    ending = here[life.batch_place] & (until < last)
    if not ending.any():
        return
    first = np.full(len(places), last, dtype=np.int64)
    np.minimum.at(first, life.batch_place[ending], until[ending])
    stock = positions(m, "stock", (len(places), last)).astype(np.int64)
    n, t = np.nonzero((first[:, None] <= np.arange(last)) & (stock >= 0))
    alive = Rows(m, "alive", m.names.at_place(n, t), "I <= what has come and is alive")
    alive.add(m.component("stock"), 1.0, at=stock[n, t])
    alive_row = numbers((len(places), last), n, t)
    kept = np.zeros((len(places), last))

    gone = positions(m, "scrapped", (len(places), last)).astype(np.int64)
    n2, t2 = np.nonzero((gone >= 0) & here[:, None])
    ends = Rows(m, "expires", m.names.at_place(n2, t2), "w <= what has come and expires")
    ends.add(m.component("scrapped"), 1.0, at=gone[n2, t2])
    ends_row = numbers((len(places), last), n2, t2)
    due = np.zeros((len(places), last))

    for share in came:
        real = share.where((share.age >= 0) & (share.period < last) & here[share.place])
        e = life.age_last[real.age]
        entry, when = _spread(real.period, np.minimum(e, last) - real.period)
        at, row = real.at[entry], alive_row[real.place[entry], when]
        alive.add(real.variable, -real.amount[entry], at=at, row=row, partial=True)
        row = np.where(e < last, ends_row[real.place, np.minimum(e, last - 1)], -1)
        ends.add(real.variable, -real.amount, at=real.at, row=row, partial=True)
    for one in fixed:
        some = np.flatnonzero((one.age >= 0) & (one.period < last) & here[one.place])
        place, e = one.place[some], life.age_last[one.age[some]]
        entry, when = _spread(one.period[some], np.minimum(e, last) - one.period[some])
        np.add.at(kept, (place[entry], when), one.units[some][entry])
        inside = e < last
        np.add.at(due, (place[inside], e[inside]), one.units[some][inside])
    alive.at_most(kept[n, t])
    ends.at_most(due[n2, t2])
    _doomed(m, net, here, gone, stock)


def _doomed(m: pyo.ConcreteModel, net: Network, here: np.ndarray, gone: Ints, stock: Ints) -> None:
    """Keep what will be scrapped in stock from its receipt to its expiry."""
    life, last = net.shelf_life, len(net.periods)
    assert life is not None
    until = life.age_last[life.batch_age]
    y = np.flatnonzero(here[life.batch_place] & (until < last))
    receipt = np.full(gone.shape, last, dtype=np.int64)
    np.minimum.at(receipt, (life.batch_place[y], until[y]), life.batch_there[y].argmax(axis=1))
    n, e = np.nonzero((gone >= 0) & here[:, None])
    entry, when = _spread(receipt[n, e], e - receipt[n, e])
    cells = np.unique(n[entry] * last + when)
    place, period = np.divmod(cells, last)
    rows = Rows(m, "kept_to_expire", m.names.at_place(place, period), "w to come <= I")
    row = np.searchsorted(cells, n[entry] * last + when)
    rows.add(m.component("scrapped"), 1.0, at=gone[n, e][entry], row=row)
    rows.add(m.component("stock"), -1.0, at=stock[place, period])
    rows.at_most(0.0)


def _spread(first: Ints, count: Ints) -> tuple[Ints, Ints]:
    """Repeat entries over ``count`` periods from ``first``: number of the entry, period."""
    entry = np.repeat(np.arange(len(first)), count)
    offset = np.arange(len(entry)) - np.repeat(np.cumsum(count) - count, count)
    return entry, first[entry] + offset
