"""F1 balance: what comes in, stays, leaves or is missing."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.rows import Rows


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Conserve stock at every location, product and period, with everything under way.

    .. math::

        I_{lpt} = I_{lp,t-1} + \sum_{a \to l} \sum_{t' + \ell_{at'} = t} yld_a\, x_{apt'}
            + pipe_{lpt} + q_{lp,t-\ell s} - \sum_{a\ \text{from}\ l} x_{apt} - leave_{lpt}
            - \sum_k S_{lpkt}, \qquad S = d - U - nb + rb, \quad I_{lp0} = I^0_{lp}

    ======  =====================================  ===================================  =====
    sign    in code                                meaning                              unit
    ======  =====================================  ===================================  =====
    I       ``m.stock``                            usable stock at the end              units
    x       ``m.flow``                             shipped in the period it leaves      units
    q       ``m.purchase``                         ordered in the period                units
    U       ``m.lost``                             demand lost at once                  units
    nb, rb  ``m.owed_new``, ``m.owed_served``      newly owed, owed and issued now      units
    can     ``m.cancelled``                        cancelled share of an open order     0..1
    I^0     ``net.places.opening``                 usable stock at the start            units
    pipe    ``net.places.arriving``                open orders arriving                 units
    leave   ``net.places.leaving``                 open orders leaving                  units
    d       ``net.demand.quantity``                demand of the period                 units
    ℓ, ℓs   ``net.goods.lead``, ``supply.lead``    lead time of the lane, of supply     periods
    yld     ``net.goods.arriving_share``           share that arrives                   ratio
    ======  =====================================  ===================================  =====

    Shipments and purchases that arrive after the horizon leave their origin here and count in the
    terminal rule; they are charged in full in transit. Places that hold no stock have I = 0: what
    comes in goes out in the same period. Places that nothing can have reached have no row.
    Source: Stadtler, Kilger & Meyr, Supply Chain Management and Advanced Planning, ch. Master
    Planning. Sheets: OpeningStock, InTransit, Lanes, Supply, Demand.
    """
    places, last = net.places, len(net.periods)
    wanted = np.zeros((len(places), last))
    np.add.at(wanted, net.demand.place, net.demand.quantity)
    leaving = places.leaving + _loose(net, net.orders.origin, net.orders.ship)
    live = (places.earliest[:, None] <= np.arange(last)) | (leaving > 0)
    n, t = np.nonzero(live)
    row_of = np.full(live.shape, -1, dtype=np.int64)
    row_of[n, t] = np.arange(len(n))
    right = places.arriving - places.leaving - wanted
    right[:, 0] += places.opening
    rows = Rows(m, "stock_balance", m.names.at_place(n, t), "closing = opening + in - out")
    _stock(m, rows, row_of)
    _flow(m, net, rows, row_of)
    _supply(m, net, rows, row_of)
    _demand(m, net, rows, row_of)
    _orders(m, net, rows, row_of, right)
    rows.equals(right[n, t])


def _loose(net: Network, place: np.ndarray, period: np.ndarray) -> np.ndarray:
    """Quantity of open orders that are not firm, by place and period; shape [N, T]."""
    total = np.zeros((len(net.places), len(net.periods)))
    here = ~net.orders.firm & (place >= 0) & (period >= 0) & (period < len(net.periods))
    np.add.at(total, (place[here], period[here]), net.orders.quantity[here])
    return total


def _stock(m: pyo.ConcreteModel, rows: Rows, row_of: np.ndarray) -> None:
    stock = m.component("stock")
    if stock is None:
        return
    n, t = stock.codes["place"], stock.codes["period"]
    at = np.arange(len(stock))
    rows.add(stock, 1.0, at=at, row=row_of[n, t])
    following = t + 1 < row_of.shape[1]
    rows.add(stock, -1.0, at=at[following], row=row_of[n[following], t[following] + 1])


def _flow(m: pyo.ConcreteModel, net: Network, rows: Rows, row_of: np.ndarray) -> None:
    flow = m.component("flow")
    if flow is None:
        return
    k, t = flow.codes["goods"], flow.codes["period"]
    at = np.arange(len(flow))
    rows.add(flow, 1.0, at=at, row=row_of[net.goods.source[k], t])
    arrival = t + net.goods.lead[k, t]
    inside = arrival < row_of.shape[1]
    rows.add(
        flow,
        -net.goods.arriving_share[k, t][inside],
        at=at[inside],
        row=row_of[net.goods.sink[k[inside]], arrival[inside]],
    )


def _supply(m: pyo.ConcreteModel, net: Network, rows: Rows, row_of: np.ndarray) -> None:
    purchase = m.component("purchase")
    if purchase is None:
        return
    s, t = purchase.codes["supply"], purchase.codes["period"]
    arrival = t + net.supply.lead[s, t]
    inside = arrival < row_of.shape[1]
    rows.add(
        purchase,
        -1.0,
        at=np.flatnonzero(inside),
        row=row_of[net.supply.place[s[inside]], arrival[inside]],
    )


def _demand(m: pyo.ConcreteModel, net: Network, rows: Rows, row_of: np.ndarray) -> None:
    for name, sign in (("lost", -1.0), ("owed_new", -1.0), ("owed_served", 1.0)):
        family = m.component(name)
        if family is not None:
            d, t = family.codes["stream"], family.codes["period"]
            row = row_of[net.demand.place[d], t]  # none where nothing can have come
            rows.add(family, sign, at=np.arange(len(family)), row=row, partial=True)


def _orders(
    m: pyo.ConcreteModel, net: Network, rows: Rows, row_of: np.ndarray, right: np.ndarray
) -> None:
    cancelled = m.component("cancelled")
    if cancelled is None:
        return
    orders, last = net.orders, row_of.shape[1]
    o = cancelled.codes["order"]
    due = orders.due[o] < last
    leaves = (orders.ship[o] >= 0) & (orders.ship[o] < last) & (orders.origin[o] >= 0)
    for here, place, period, sign in (
        (due, orders.place[o], orders.due[o], 1.0),
        (leaves, orders.origin[o], orders.ship[o], -1.0),
    ):
        at = np.flatnonzero(here)
        quantity = orders.quantity[o[at]]
        np.add.at(right, (place[at], period[at]), sign * quantity)
        rows.add(cancelled, sign * quantity, at=at, row=row_of[place[at], period[at]])
