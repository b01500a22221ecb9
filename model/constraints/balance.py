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
            + q_{lp,t-\ell s} + \sum_b \sum_{t' + \ell_{bt'} = t} yld_{bp}\, m_{bt'}
            + \sum_{i:\ due_i = t} pipe_i\,(1 - can_i) + ret_{lpt}
            - \sum_{a\ \text{from}\ l} x_{apt} - \sum_b \beta_{bp}(1 + scr_{bp})\, m_{bt}
            - \sum_{i:\ ship_i = t} pipe_i\,(1 - can_i)
            - iss_{lpt} - w_{lpt} - disp_{lpt}, \qquad I_{lp0} = I^0_{lp}

        iss_{lpt} = \sum_k \Bigl(S_{lpkt} - \sum_{p' \ne p} sub_{lpkp't}\Bigr)
            + \sum_k \sum_{p' \ne p} ratio_{p'p}\, sub_{lp'kpt}, \qquad
            S_{lpkt} = d_{lpkt} - U_{lpkt} - nb_{lpkt} + rb_{lpkt}

    ======  =====================================  ===================================  =====
    sign    in code                                meaning                              unit
    ======  =====================================  ===================================  =====
    I       ``m.stock``                            usable stock at the end              units
    x       ``m.flow``                             shipped in the period it leaves      units
    q       ``m.purchase``                         ordered in the period                units
    m       ``m.make``                             gross output units released          units
    can     ``m.cancelled``                        cancelled share of an open order     0..1
    U       ``m.lost``                             demand lost at once                  units
    nb, rb  ``m.owed_new``, ``m.owed_served``      newly owed, owed and issued now      units
    sub     ``m.substituted``                      demand for one product met with      units
                                                   another, units wanted
    ret     ``m.movements``                        what customers bring back (F31)      units
    w       ``m.scrapped``                         expired at the end of the period     units
    disp    ``m.disposed``                         thrown away                          units
    I^0     ``net.places.opening``                 usable stock at the start            units
    pipe_i  ``net.orders.quantity``                open order that arrives or leaves    units
    d       ``net.demand.quantity``                demand of the period                 units
    ℓ, ℓs   ``net.goods.lead``, ``supply.lead``    lead time of the lane, of supply     periods
    ℓ_b     ``net.production.recipes.lead``        from release to stock                periods
    yld_a   ``net.goods.arriving_share``           share that arrives                   ratio
    yld_b   ``net.production.outputs``             good share, share of a co-product    ratio
    β, scr  ``net.production.inputs``              (1 + Scrap) x Quantity of a          ratio
                                                   component
    ratio   ``net.substitutes.ratio``              units handed over for one wanted     ratio
    ======  =====================================  ===================================  =====

    Every family posts what it moves, and the balance adds it up; what no sheet asks for is not
    there. Cancelled orders neither leave nor arrive. Goods that are dead when they come are
    scrapped in that period. What arrives or is made after the horizon leaves its origin here and
    counts in the terminal rule; goods on a lane are charged in full in transit. Places that hold
    no stock have I = 0: what comes in goes out in the same period. Places that nothing can have
    reached have no row.
    Source: Stadtler, Kilger & Meyr, Supply Chain Management and Advanced Planning, ch. Master
    Planning. Sheets: OpeningStock, InTransit, Lanes, Supply, Demand, Recipes, RecipeInputs,
    Returns, Substitutes, Products (Shelf Life).
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
