"""F7 storage and F8 throughput: what a site can keep, receive and send."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.live import stuck
from tierstock.model.rows import Rows
from tierstock.model.variables import declare


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Limit storage, receipts and shipments of a site, in units, kg, m3 or pallets.

    .. math::

        \text{storage:}\ \sum_{p \in z} \omega_{pu}(I_{lpt} + blk_{lp}) \le
            \max\Bigl(StorCap_{lzut},\ \sum_p \omega_{pu}(stuck_{lpt} + blk_{lp})\Bigr) + e_{lzut}

        \text{inbound:}\ \sum_p \omega_{pu}\Bigl(\sum_{a \to l} yld_a\, x_{ap,t-\ell} +
            pipe_{lpt}\Bigr) \le \max(InCap_{lut},\ \text{its pipe part}) + e_{lut}

        \text{outbound:}\ \sum_p \omega_{pu}\Bigl(\sum_{a\ \text{from}\ l} x_{apt} + leave_{lpt}
            + S_{lpt}\Bigr) \le \max(OutCap_{lut},\ \text{its leave part}) + e_{lut};
            \qquad \text{dock: both together}

        0 \le e \le Extra\ Limit, \qquad \text{cost} = \sum c^{extra} e

    =====  =============================  ====================================  ===============
    sign   in code                        meaning                               unit
    =====  =============================  ====================================  ===============
    e      ``m.extra_capacity``           overflow or overtime                  dimension
    ω      ``net.products.measure``       what one unit takes                   dimension/unit
    Cap    ``net.capacity.limit``         limit, working days multiplied in     dimension
    stuck  ``live.stuck``                 stock nothing can take away yet       units
    blk    ``net.places.blocked``         blocked stock                         units
    =====  =============================  ====================================  ===============

    A zone's row holds besides the row of the whole site (zone ``*``). Today's excess and open
    orders already on the way widen the limit until they can have left (tables.md, ruling on hard
    limits). Sheets: Capacity, Products (Weight, Volume, Units Per Pallet, Zone).
    """
    capacity, last = net.capacity, len(net.periods)
    c, t = np.nonzero(np.isfinite(capacity.limit))
    if not len(c):
        return
    extra = _extra(m, net)
    row_of = np.full((len(capacity), last), -1, dtype=np.int64)
    row_of[c, t] = np.arange(len(c))
    rows = Rows(m, "capacity", m.names.of_limit(c, t), "use <= limit + extra")
    right = capacity.limit[c, t].copy()
    for kind in np.unique(capacity.kind.astype(str)):
        for limit in np.flatnonzero(capacity.kind == kind):
            size = _size(net, int(limit))
            if kind == "storage":
                _storage(m, net, rows, row_of[limit], right, size)
            else:
                _throughput(m, net, rows, row_of[limit], right, size, kind)
    if extra is not None:
        rows.add(extra, -1.0, at=extra.grid[c, t])
    rows.at_most(right)


def _extra(m: pyo.ConcreteModel, net: Network) -> pyo.Var:
    capacity = net.capacity
    c, t = np.nonzero((capacity.extra_limit > 0) & np.isfinite(capacity.limit))
    extra = declare(
        m,
        "extra_capacity",
        m.names.of_limit(c, t),
        {"limit": c, "period": t},
        capacity.limit.shape,
        upper=capacity.extra_limit[c, t],
        doc="overflow or overtime, in the dimension of the limit",
    )
    m.costs.add("extra capacity", extra, capacity.extra_cost[c, t])
    return extra


def _size(net: Network, limit: int) -> np.ndarray:
    """What one unit of each place takes of a limit; 0 where the limit does not concern it."""
    capacity, places = net.capacity, net.places
    size = np.nan_to_num(net.products.measure[:, capacity.dimension[limit]])[places.product]
    zone = str(capacity.zone[limit])
    inside = places.location == capacity.location[limit]
    if zone != "*":
        inside &= net.products.zone[places.product] == zone
    return np.where(inside, size, 0.0)


def _storage(
    m: pyo.ConcreteModel,
    net: Network,
    rows: Rows,
    row: np.ndarray,
    right: np.ndarray,
    size: np.ndarray,
) -> None:
    stock, places = m.component("stock"), net.places
    if stock is not None:
        here = np.flatnonzero(size[stock.codes["place"]] != 0)
        n, t = stock.codes["place"][here], stock.codes["period"][here]
        rows.add(stock, size[n], at=here, row=row[t])
    held = np.flatnonzero(size)
    forced = size[held] @ (stuck(net)[held] + places.blocked[held, None])
    used = row >= 0
    blocked = size @ places.blocked
    right[row[used]] = np.maximum(right[row[used]], forced[used]) - blocked


def _throughput(
    m: pyo.ConcreteModel,
    net: Network,
    rows: Rows,
    row: np.ndarray,
    right: np.ndarray,
    size: np.ndarray,
    kind: str,
) -> None:
    places = net.places
    inbound, outbound = kind in ("inbound", "dock"), kind in ("outbound", "dock")
    decided = np.zeros(len(net.periods))
    if inbound:
        decided += size @ places.arriving
    if outbound:
        decided += size @ places.leaving
    used = row >= 0
    right[row[used]] = np.maximum(right[row[used]], decided[used]) - decided[used]
    if inbound:
        _arrivals(m, net, rows, row, size)
        _cancellable(m, net, rows, row, right, size, inbound=True)
    if outbound:
        _departures(m, net, rows, row, right, size)
        _cancellable(m, net, rows, row, right, size, inbound=False)


def _arrivals(
    m: pyo.ConcreteModel, net: Network, rows: Rows, row: np.ndarray, size: np.ndarray
) -> None:
    flow, goods = m.component("flow"), net.goods
    if flow is None:
        return
    k, t = flow.codes["goods"], flow.codes["period"]
    arrival = t + goods.lead[k, t]
    here = np.flatnonzero((size[goods.sink[k]] != 0) & (arrival < len(row)))
    k, t = k[here], t[here]
    rows.add(
        flow, size[goods.sink[k]] * goods.arriving_share[k, t], at=here, row=row[arrival[here]]
    )


def _departures(
    m: pyo.ConcreteModel,
    net: Network,
    rows: Rows,
    row: np.ndarray,
    right: np.ndarray,
    size: np.ndarray,
) -> None:
    flow = m.component("flow")
    if flow is not None:
        k, t = flow.codes["goods"], flow.codes["period"]
        here = np.flatnonzero(size[net.goods.source[k]] != 0)
        rows.add(flow, size[net.goods.source[k[here]]], at=here, row=row[t[here]])
    issued = size[net.demand.place] @ net.demand.quantity
    used = row >= 0
    right[row[used]] -= issued[used]
    for name, sign in (("lost", -1.0), ("owed_new", -1.0), ("owed_served", 1.0)):
        family = m.component(name)
        if family is not None:
            weight = size[net.demand.place[family.codes["stream"]]]
            here = np.flatnonzero(weight)
            rows.add(family, sign * weight[here], at=here, row=row[family.codes["period"][here]])


def _cancellable(
    m: pyo.ConcreteModel,
    net: Network,
    rows: Rows,
    row: np.ndarray,
    right: np.ndarray,
    size: np.ndarray,
    *,
    inbound: bool,
) -> None:
    cancelled, orders = m.component("cancelled"), net.orders
    if cancelled is None:
        return
    o = cancelled.codes["order"]
    place = orders.place[o] if inbound else orders.origin[o]
    period = orders.due[o] if inbound else orders.ship[o]
    inside = (place >= 0) & (period >= 0) & (period < len(row))
    here = np.flatnonzero(inside)
    here = here[(size[place[here]] != 0) & (row[period[here]] >= 0)]
    load = size[place[here]] * orders.quantity[o[here]]
    np.subtract.at(right, row[period[here]], load)
    rows.add(cancelled, -load, at=here, row=row[period[here]])
