"""F1 balance: what comes in, stays, leaves or is missing."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.movements import INTO, OUT_OF
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
    known = m.movements.known(*INTO) - m.movements.known(*OUT_OF)
    leaves = m.movements.known("order out")[:, :last] > 0
    live = (places.earliest[:, None] <= np.arange(last)) | leaves
    n, t = np.nonzero(live)
    row_of = np.full((len(places), last + 1), -1, dtype=np.int64)
    row_of[n, t] = np.arange(len(n))
    rows = Rows(m, "stock_balance", m.names.at_place(n, t), "closing = opening + in - out")
    stock = m.component("stock")
    if stock is not None:
        place, period = stock.codes["place"], stock.codes["period"]
        at = np.arange(len(stock))
        rows.add(stock, 1.0, at=at, row=row_of[place, period])
        following = period + 1 < last
        later = row_of[place[following], period[following] + 1]
        rows.add(stock, -1.0, at=at[following], row=later)
    for sign, kinds in ((-1.0, INTO), (1.0, OUT_OF)):
        for entry in m.movements.of(*kinds):
            inside = entry.period < last
            rows.add(
                m.component(entry.variable),
                sign * entry.amount[inside],
                at=entry.at[inside],
                row=row_of[entry.place[inside], entry.period[inside]],
                partial=entry.kind == "issued",  # no row where nothing can have come
            )
    known[:, 0] += places.opening
    rows.equals(known[n, t])
