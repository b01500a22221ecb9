"""F19 shelf life by age: stock, shipments and issues told apart by last usable day."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import EXPIRED, SEVERAL, Network, ShelfLife
from tierstock.model.by_age import (
    Floats,
    Ints,
    Part,
    Share,
    expiry_keys,
    known,
    numbers,
    shares,
)
from tierstock.model.constraints.age_takers import add_takers
from tierstock.model.keys import Keys
from tierstock.model.rows import Rows
from tierstock.model.variables import ArrayVar, declare, positions


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Tell goods apart by last usable day, where several ages can be in one place and period.

    .. math::

        I_{lpt} = \sum_g I_{lpgt}, \qquad x_{apt} = \sum_g x_{apgt}, \qquad
        u_{lpgt} = I_{lpg,t-1} + r_{lpgt} - \sum_{a\ \text{from}\ l} x_{apgt} - I_{lpgt} \ge 0

        w_{lpt} \le \sum_{g:\, e_g = t} u_{lpgt}, \qquad
        \sum_{k:\, g^{min}_{kt} \ge g'} S_{lpkt} \le \sum_{g' \le g \le g^{ripe}} u_{lpgt}, \qquad
        \sum_k S_{lpkt} + z_{lpt} + w_{lpt} \le \sum_{g \le g^{ripe}} u_{lpgt}

    ======  =====================================  =======================================  =====
    sign    in code                                meaning                                  unit
    ======  =====================================  =======================================  =====
    I       ``m.stock_by_expiry``                  stock of an age at the end               units
    x       ``m.flow_by_expiry``                   shipped of an age                        units
    x       ``m.order_by_expiry``                  of an age in an open order that leaves   units
    u       (the rows ``age_balance``)             used or expired in the period            units
    r       ``m.movements``                        received of an age                       units
    w       ``m.scrapped``                         expired at the end of the period         units
    S       ``m.movements`` (issued)               issued to a class                        units
    z       ``m.movements`` (consumed)             used in recipes                          units
    e       ``net.shelf_life.age_last``            last period in which an age is used      period
    g^min   ``net.shelf_life.oldest_age``          oldest age that a class takes            age
    g^ripe  ``net.shelf_life.ripe_age``            youngest age that is mature              age
    ======  =====================================  =======================================  =====

    An age g exists at a place only where and as long as it can be there; where only one can, the
    plain columns stand for it. What is used of an age needs no column: it is what is left of it
    (u), and what a place uses in all is in its stock balance. The classes at a place take nested
    sets of ages, the stricter ones a part of what the others take; so one row for each class
    that refuses an age that is there says exactly that everybody gets goods he takes (Hall). The
    age goes on in transit; the issue order is free.

    Life asked for at delivery: a class takes goods that live, counted from the first day of the
    period, at least Min Remaining Life days and Min Life Share of the shelf life. Maturation:
    goods are issued and used in recipes from the first period that starts so many days after
    their production; they are stored and shipped before.
    Source: Nahmias, Perishable Inventory Systems (2011), ch. 1 and 6; Hall, "On representatives
    of subsets", J. London Math. Soc. 10 (1935).
    Sheets: Products (Shelf Life, Maturation), ServiceClasses, OpeningStock, InTransit, Supply.
    """
    life = net.shelf_life
    if life is None or not life.by_age.any():
        return
    _stock(m, net, life)
    _flows(m, net, life)
    _orders(m, net, life)
    parts, fixed = _parts(m, net, life)
    _balance(m, net, life, parts, fixed)
    add_takers(m, net, life, parts, fixed)


def _stock(m: pyo.ConcreteModel, net: Network, life: ShelfLife) -> None:
    """Stock by age; nothing is kept where no age lives on."""
    shape, aged = (len(net.places), len(net.periods)), life.by_age[net.places.product]
    stock = positions(m, "stock", shape)
    here = aged[:, None] & (stock >= 0)
    n, t = np.nonzero(here & (life.kept == EXPIRED))
    if len(n):
        m.stock.upper[stock[n, t]] = 0.0
    split = here & (life.kept == SEVERAL)
    y, t = np.nonzero(life.batch_stays & split[life.batch_place])
    place = life.batch_place[y]
    kept = declare(
        m,
        "stock_by_expiry",
        expiry_keys(net, m.names.at_place(place, t), life.batch_age[y]),
        {"batch": y, "period": t},
        life.batch_stays.shape,
        doc="usable stock at the end of the period by last usable day, units",
    )
    n, u = np.nonzero(split)
    rows = Rows(m, "stock_ages", m.names.at_place(n, u), "I = sum over ages")
    rows.add(m.component("stock"), 1.0, at=stock[n, u])
    rows.add(kept, -1.0, at=np.arange(len(y)), row=numbers(shape, n, u)[place, t])
    rows.equals(0.0)


def _flows(m: pyo.ConcreteModel, net: Network, life: ShelfLife) -> None:
    """Shipments by age, where several ages can be at the origin."""
    goods, shape = net.goods, net.goods.allowed.shape
    flow = positions(m, "flow", shape)
    split = (life.here[goods.source] == SEVERAL) & life.by_age[goods.product][:, None] & (flow >= 0)
    k, age = life.load_goods, life.load_age
    alive = life.age_last[age][:, None] >= np.arange(shape[1]) + goods.lead[k]
    batch = life.batch(goods.source[k], age)
    z, t = np.nonzero(alive & life.batch_there[batch] & split[k])
    keys = expiry_keys(net, m.names.on_lane(k[z], t), age[z])
    doc, codes = "shipped by last usable day, units", {"load": z, "period": t}
    shipped = declare(m, "flow_by_expiry", keys, codes, (len(k), shape[1]), doc=doc)
    which, u = np.nonzero(split)
    rows = Rows(m, "flow_ages", m.names.on_lane(which, u), "x = sum over ages")
    rows.add(m.component("flow"), 1.0, at=flow[which, u])
    rows.add(shipped, -1.0, at=np.arange(len(z)), row=numbers(shape, which, u)[k[z], t])
    rows.equals(0.0)


def _orders(m: pyo.ConcreteModel, net: Network, life: ShelfLife) -> None:
    """Ages of open orders that have yet to leave a place where several ages can be."""
    orders, o = net.orders, life.ride_order
    keys = expiry_keys(
        net, Keys((m.names.order, m.names.period), (o, orders.ship[o])), life.ride_age
    )
    doc = "of an open order that leaves, by last usable day, units"
    taken = declare(m, "order_by_expiry", keys, {"ride": np.arange(len(o))}, (len(o),), doc=doc)
    which, row = np.unique(o, return_inverse=True)
    rows = Rows(m, "order_ages", Keys((m.names.order,), (which,)), "order = sum over ages")
    rows.add(taken, 1.0, at=np.arange(len(o)), row=row.reshape(-1))
    gone = positions(m, "cancelled", (len(orders),))[which]
    rows.add(m.component("cancelled"), orders.quantity[which], at=gone)
    rows.equals(orders.quantity[which])
    if taken is None:
        return
    late = np.flatnonzero(life.age_last[life.ride_age] < orders.due[o])  # arrives expired
    place, due = orders.place[o[late]], orders.due[o[late]]
    now = due < len(net.periods)
    m.movements.post("scrapped", taken, 1.0, place=place[now], period=due[now], at=late[now])
    price = life.scrap_cost[net.places.product[place[now]]]
    m.costs.add("scrap", taken, price, late[now], due[now])
    m.movements.post("order in", taken, -1.0, place=place[~now], period=due[~now], at=late[~now])


def _parts(m: pyo.ConcreteModel, net: Network, life: ShelfLife) -> tuple[list[Part], Floats]:
    """What is brought to and taken from batches, by decisions and without them [Y, T]."""
    last, fixed = len(net.periods), np.zeros(life.batch_there.shape)
    for one in known(net):
        y = life.batch(one.place, one.age)
        real = (y >= 0) & (one.period < last)
        np.add.at(fixed, (y[real], one.period[real]), one.units[real])
    parts = [_received(share, life) for share in shares(m, net)]
    for name in ("stock_by_expiry", "stock"):
        parts += _kept(m, net, life, name)
    goods, orders = net.goods, net.orders
    flow = m.component("flow_by_expiry")
    if flow is not None:
        z, t = flow.codes["load"].astype(np.int64), flow.codes["period"].astype(np.int64)
        k, age = life.load_goods[z], life.load_age[z]
        share = goods.arriving_share[k, t]
        parts += _moved(
            flow, life, age, (goods.source[k], t), (goods.sink[k], t + goods.lead[k, t]), share
        )
    taken = m.component("order_by_expiry")
    if taken is not None:
        o, age = life.ride_order, life.ride_age
        due = np.where(life.age_last[age] >= orders.due[o], orders.due[o], last)
        parts += _moved(
            taken,
            life,
            age,
            (orders.origin[o], orders.ship[o]),
            (orders.place[o], due),
            np.ones(len(o)),
        )
    return parts, fixed


def _received(share: Share, life: ShelfLife) -> Part:
    batch = life.batch(share.place, share.age)
    return Part(share.variable, share.at, share.amount, batch, share.period)


def _kept(m: pyo.ConcreteModel, net: Network, life: ShelfLife, name: str) -> list[Part]:
    """Stock of a batch goes from one period to the next; of a lone age the plain column tells."""
    family = m.component(name)
    if family is None:
        return []
    t = family.codes["period"].astype(np.int64)
    if name == "stock":
        n = family.codes["place"].astype(np.int64)
        y = life.batch(n, life.kept[n, t])
    else:
        y = family.codes["batch"].astype(np.int64)
    at, one = np.arange(len(family)), np.ones(len(family))
    return [Part(family, at, -one, y, t), Part(family, at, one, y, t + 1)]


def _moved(
    family: ArrayVar,
    life: ShelfLife,
    age: Ints,
    start: tuple[Ints, Ints],
    end: tuple[Ints, Ints],
    share: Floats,
) -> list[Part]:
    """Goods of an age leave a place and arrive at another: (place, period) of both."""
    at = np.arange(len(family))
    return [
        Part(family, at, -np.ones(len(at)), life.batch(start[0], age), start[1]),
        Part(family, at, share, life.batch(end[0], age), end[1]),
    ]


def _balance(
    m: pyo.ConcreteModel, net: Network, life: ShelfLife, parts: list[Part], fixed: Floats
) -> None:
    """No batch gives more than it has; together the expiring ones give what is scrapped."""
    last, place = len(net.periods), life.batch_place
    mixed = life.by_age[net.places.product[place]][:, None] & (life.here[place] == SEVERAL)
    ends = life.age_last[life.batch_age][:, None] == np.arange(last)
    # of a lone expiring age the row of what is scrapped says it
    twin = np.zeros(life.here.shape, dtype=np.int64)
    np.add.at(twin, place, ends & life.batch_there)
    y, t = np.nonzero(mixed & life.batch_there & (~ends | (twin[place] > 1)))
    keys = expiry_keys(net, m.names.at_place(place[y], t), life.batch_age[y])
    rows = Rows(m, "age_balance", keys, "used = before + in - out - after >= 0")
    number = numbers(mixed.shape, y, t)
    for part in parts:
        rows.add(part.variable, part.amount, at=part.at, row=part.row(number), partial=True)
    rows.at_least(0.0 - fixed[y, t])

    gone = positions(m, "scrapped", life.here.shape)
    n, t = np.nonzero(
        (gone >= 0) & (life.here == SEVERAL) & life.by_age[net.places.product][:, None]
    )
    rows = Rows(m, "expires_by_age", m.names.at_place(n, t), "w <= what is left of expiring ages")
    rows.add(m.component("scrapped"), -1.0, at=gone[n, t])
    number = np.where(ends & mixed, numbers(life.here.shape, n, t)[place], -1)
    total = np.zeros(len(n))
    y, t = np.nonzero(number >= 0)
    np.add.at(total, number[y, t], fixed[y, t])
    for part in parts:
        rows.add(part.variable, part.amount, at=part.at, row=part.row(number), partial=True)
    rows.at_least(0.0 - total)
