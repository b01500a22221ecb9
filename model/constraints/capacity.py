"""F7 storage and F8 throughput: what a site can keep, receive and send."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.members import Members
from tierstock.model.rows import Rows
from tierstock.model.variables import declare

INBOUND = ("received", "order in")
"""Movements that take inbound capacity: receipts by lanes and open orders (ruling 24)."""
OUTBOUND = ("shipped", "order out", "issued")
"""Movements that take outbound capacity: shipments, open orders that leave, issues."""


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
    stuck  ``m.bounds.stuck``             stock nothing can take away yet       units
    blk    ``net.places.blocked``         blocked stock                         units
    =====  =============================  ====================================  ===============

    A zone's row holds besides the row of the whole site (zone ``*``). Today's excess and open
    orders already on the way widen the limit until they can have left (tables.md, ruling on hard
    limits).
    Source: Stadtler, Kilger & Meyr, Supply Chain Management and Advanced Planning, ch. Master
    Planning. Sheets: Capacity, Products (Weight, Volume, Units Per Pallet, Zone).
    """
    capacity = net.capacity
    c, t = np.nonzero(np.isfinite(capacity.limit))
    if not len(c):
        return
    row_of = np.full(capacity.limit.shape, -1, dtype=np.int64)
    row_of[c, t] = np.arange(len(c))
    rows = Rows(m, "capacity", m.names.of_limit(c, t), "use <= limit + extra")
    kind = capacity.kind.astype(str)
    right = capacity.limit.copy()
    storage = _members(net, kind == "storage")
    _storage(m, net, rows, row_of, right, storage)
    right = _throughput(m, net, rows, row_of, right)
    extra = _extra(m, net)
    if extra is not None:
        rows.add(extra, -1.0, at=extra.grid[c, t])
    rows.at_most(right[c, t])


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


def _members(net: Network, chosen: np.ndarray) -> Members:
    """Places each chosen limit concerns, with what one unit takes of it."""
    capacity, places, products = net.capacity, net.places, net.products
    limit = np.flatnonzero(chosen)
    here = places.of[capacity.location[limit]]
    zone = capacity.zone[limit].astype(str)[:, None]
    fits = (here >= 0) & ((zone == "*") | (zone == products.zone.astype(str)[None, :]))
    which, product = np.nonzero(fits)
    size = np.nan_to_num(products.measure)[product, capacity.dimension[limit[which]]]
    return Members(here[which, product], limit[which], size)


def _storage(
    m: pyo.ConcreteModel,
    net: Network,
    rows: Rows,
    row_of: np.ndarray,
    right: np.ndarray,
    members: Members,
) -> None:
    stock, places = m.component("stock"), net.places
    if stock is not None:
        entry, limit, size = members.of(stock.codes["place"])
        row = row_of[limit, stock.codes["period"][entry]]
        rows.add(stock, size, at=entry, row=row, partial=True)
    if len(members.place):
        blocked = members.total(np.repeat(places.blocked[:, None], right.shape[1], 1), len(right))
        forced = members.total(m.bounds.stuck, len(right)) + blocked
        here = np.unique(members.group)
        right[here] = np.maximum(right[here], forced[here]) - blocked[here]


def _throughput(
    m: pyo.ConcreteModel, net: Network, rows: Rows, row_of: np.ndarray, right: np.ndarray
) -> np.ndarray:
    """Charge each limit with the movements it counts; returns what is left for decisions."""
    kind, last = net.capacity.kind.astype(str), len(net.periods)
    decided, known = np.zeros_like(right), np.zeros_like(right)
    for counts, kinds, firm in (
        (("inbound", "dock"), INBOUND, net.places.arriving),
        (("outbound", "dock"), OUTBOUND, net.places.leaving),
    ):
        members = _members(net, np.isin(kind, counts))
        if not len(members.place):
            continue
        decided += members.total(firm, len(kind))
        known += members.total(m.movements.known(*kinds)[:, :last], len(kind))
        for entry in m.movements.of(*kinds):
            inside = np.flatnonzero(entry.period < last)
            index, limit, size = members.of(entry.place[inside])
            at = inside[index]
            rows.add(
                m.component(entry.variable),
                size * entry.amount[at],
                at=entry.at[at],
                row=row_of[limit, entry.period[at]],
                partial=True,
            )
    widened: np.ndarray = np.maximum(right, decided) - known
    return widened
