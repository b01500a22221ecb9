"""F25 sourcing: sources in their order, the next one only when those before are used up."""

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Network
from tierstock.model.keys import Keys
from tierstock.model.rows import Rows
from tierstock.model.variables import ArrayVar, declare, positions

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
TINY = 1e-9
"""Share of a lot by which a limit may miss a whole number of lots."""


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Use a source only where all sources of lower rank are used up.

    .. math::

        x_{apt} \le Ub_{apt}\,(ex_{a't} + exs_{i'pt}) \quad
            \text{for every lane } a': i' \to j \text{ of a lower rank}

        \sum_p x_{a'pt} \ge Max_{a't}\, ex_{a't}, \qquad
        \sum_{t' + \ell s = t} q_{i'pt'} \ge \sum_{t' + \ell s = t} SupCap_{i'pt'}\, exs_{i'pt},
        \qquad I_{i'pt} \le Ub_{i'pt}\,(1 - exs_{i'pt})

    ======  ============================  ==============================================  ======
    sign    in code                       meaning                                         unit
    ======  ============================  ==============================================  ======
    x       ``m.flow``                    shipped on replenish and expedite lanes         units
    ex      ``m.lane_exhausted``          1 where the lane carries its Max Shipment       0 or 1
    exs     ``m.supply_exhausted``        1 where all is bought and nothing is left       0 or 1
    q       ``m.purchase``                bought at the origin                            units
    I       ``m.stock``                   stock at the origin                             units
    Max     ``net.lanes.max_shipment``    most of the lane, all products together         units
    SupCap  ``net.supply.most``           most of an origin without other inflow          units
    Ub      ``m.bounds``                  tight bound of the shipment, of the stock       units
    ======  ============================  ==============================================  ======

    Origins without a rank come after those with one; origins of one rank serve together. A
    supplier is used up for all its customers together. Max and SupCap are the most that whole
    lots make. Source: Geoffrion & Graves, Management Science 20 (1974). Sheet: Sourcing.
    """
    if net.sourcing is None or m.component("flow") is None or not len(net.sourcing.ranks):
        return
    ranks, goods = net.sourcing.ranks, net.sourcing.goods
    rank = np.full(len(net.goods), np.iinfo(np.int64).max)
    rank[ranks.goods] = ranks.rank
    by_supply = np.zeros(len(net.goods), dtype=bool)
    by_supply[ranks.goods] = ranks.by_supply
    later, earlier = _pairs(net, ranks.goods, goods, rank)
    pair, t = np.nonzero((m.flow.grid[later] >= 0) & (m.flow.grid[earlier] >= 0))
    k, before = later[pair], earlier[pair]
    lane, place = net.goods.lane[before], net.goods.source[before]
    lanes = _lanes_exhausted(m, net, lane, t)
    supplies = _supplies_exhausted(m, net, place[by_supply[before]], t[by_supply[before]])
    if not len(k):
        return
    levels = (m.names.lane, m.names.product, m.names.lane, m.names.period)
    keys = Keys(levels, (net.goods.lane[k], net.goods.product[k], lane, t))
    rows = Rows(m, "source_rank", keys, "x <= Ub where the source before is used up")
    bound = m.bounds.flow[k, t]
    rows.add(m.flow, 1.0, at=m.flow.grid[k, t])
    if lanes is not None:
        rows.add(lanes, -bound, at=lanes.grid[lane, t])
    if supplies is not None:
        rows.add(supplies, -bound, at=np.where(by_supply[before], supplies.grid[place, t], -1))
    rows.at_most(0.0)


def _pairs(net: Network, ranked: Ints, goods: Ints, rank: Ints) -> tuple[Ints, Ints]:
    """Goods of one place of which the second has a lower rank than the first."""
    sink = net.goods.sink
    order = ranked[np.argsort(sink[ranked], kind="stable")]
    start = np.searchsorted(sink[order], sink[goods])
    count = np.searchsorted(sink[order], sink[goods], side="right") - start
    later = np.repeat(goods, count)
    offset = np.arange(len(later)) - np.repeat(np.cumsum(count) - count, count)
    earlier = order[np.repeat(start, count) + offset]
    below = rank[earlier] < rank[later]
    return later[below], earlier[below]


def _lanes_exhausted(m: pyo.ConcreteModel, net: Network, lane: Ints, t: Ints) -> ArrayVar | None:
    """Lanes with a Max Shipment that goods of a later rank wait for."""
    limit = net.lanes.max_shipment
    wanted = np.zeros(limit.shape, dtype=bool)
    wanted[lane, t] = np.isfinite(limit[lane, t])
    a, period = np.nonzero(wanted)
    keys = Keys((m.names.lane, m.names.period), (a, period))
    found = declare(
        m,
        "lane_exhausted",
        keys,
        {"lane": a, "period": period},
        limit.shape,
        upper=1.0,
        integer=True,
        doc="1 where the lane carries its Max Shipment",
    )
    if found is not None:
        rows = Rows(m, "lane_exhausted_at", keys, "all products together >= Max Shipment")
        k, when = m.flow.codes["goods"], m.flow.codes["period"]
        row = found.grid[net.goods.lane[k], when]
        rows.add(m.flow, 1.0, at=np.arange(len(k)), row=row, partial=True)
        full = _in_lots(limit[a, period], _lane_lots(m, net)[a, period])
        rows.add(found, -full, at=np.arange(len(a)))
        rows.at_least(0.0)
    return found


def _in_lots(most: Floats, lot: Floats) -> Floats:
    """The most that whole lots make; a lot of 0 is any quantity."""
    size = np.where(lot > 0, lot, 1.0)
    return np.asarray(np.where(lot > 0, np.floor(most / size + TINY) * size, most))


def _lane_lots(m: pyo.ConcreteModel, net: Network) -> Floats:
    """Lot of all products of a lane; 0 where one of them comes in any quantity; [A, T]."""
    lot = np.zeros(net.lanes.max_shipment.shape)
    if net.lots is not None:
        k, t = m.flow.codes["goods"], m.flow.codes["period"]
        least = np.full(lot.shape, np.inf)
        np.minimum.at(least, (net.goods.lane[k], t), net.lots.shipment[k, t])
        lot = np.where(np.isfinite(least), least, 0.0)
    return lot


def _supplies_exhausted(
    m: pyo.ConcreteModel, net: Network, place: Ints, t: Ints
) -> ArrayVar | None:
    """Origins that live on a limited Supply: all that comes is bought, and nothing is left."""
    last = len(net.periods)
    wanted = np.zeros((len(net.places), last), dtype=bool)
    wanted[place, t] = True
    n, period = np.nonzero(wanted)
    keys = m.names.at_place(n, period)
    found = declare(
        m,
        "supply_exhausted",
        keys,
        {"place": n, "period": period},
        wanted.shape,
        upper=1.0,
        integer=True,
        doc="1 where all is bought and nothing is left",
    )
    if found is None:
        return None
    purchase = m.component("purchase")
    bought = np.zeros(wanted.shape)
    rows = Rows(m, "supply_exhausted_at", keys, "what comes in >= all that could")
    if purchase is not None:
        s, order = purchase.codes["supply"], purchase.codes["period"]
        of, due = net.supply.place[s], order + net.supply.lead[s, order]
        inside = np.flatnonzero(due < last)
        lot = np.zeros(len(s)) if net.lots is None else net.lots.order[s, order]
        most = _in_lots(net.supply.most[s, order], lot)
        np.add.at(bought, (of[inside], due[inside]), most[inside])
        row = found.grid[of[inside], due[inside]]
        rows.add(purchase, 1.0, at=inside, row=row, partial=True)
    rows.add(found, -bought[n, period], at=np.arange(len(n)))
    rows.at_least(0.0)
    stock = positions(m, "stock", wanted.shape)[n, period]
    keeps = np.flatnonzero(stock >= 0)
    room = np.minimum(m.bounds.reach[n, period], m.bounds.need[n].max(axis=1))[keeps]
    rows = Rows(m, "supply_empty", m.names.at_place(n[keeps], period[keeps]), "I <= Ub (1 - ex)")
    rows.add(m.component("stock"), 1.0, at=stock[keeps])
    rows.add(found, room, at=keeps)
    rows.at_most(room)
    return found
