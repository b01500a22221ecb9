"""Stock on hand at the end of a period, and what holding it costs."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.variables import declare


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Declare end-of-period stock and charge holding.

    .. math::

        I_{lpt} \ge 0, \qquad \text{cost} = \sum_{lpt} h_{lpt}\,(I_{lpt} + blk_{lp}), \qquad
        h_{lpt} = val_{lpt}\, rate_{lpt}\, \frac{\delta_t}{365} + stor_{lpt}\, \delta_t

    With ``stock_timing = average`` the mean of opening and closing stock is charged,
    :math:`h_t (I_{t-1} + I_t)/2`. A stated Holding Cost replaces the whole of h.

    ====  =======================  ==============================  =================
    sign  in code                  meaning                         unit
    ====  =======================  ==============================  =================
    I     ``m.stock``              usable stock at the end         units
    h     ``net.places.holding``   holding cost                    money/unit/period
    blk   ``net.places.blocked``   never usable, still held        units
    ====  =======================  ==============================  =================

    Places that hold no stock have no column.
    Source: Silver, Pyke & Thomas, Inventory and Production Management in Supply Chains, ch. 2.
    Sheets: StockCosts, Locations, OpeningStock.
    """
    places, last = net.places, len(net.periods)
    live = places.keeps & (places.earliest[:, None] <= np.arange(last))
    n, t = np.nonzero(live)
    stock = declare(
        m,
        "stock",
        m.names.at_place(n, t),
        {"place": n, "period": t},
        (len(places), last),
        doc="usable stock at the end of the period, units",
    )
    holding = places.holding
    if net.settings.stock_timing == "average":
        following = np.hstack([holding[:, 1:], np.zeros((len(places), 1))])
        m.costs.add("holding", stock, holding[n, t] / 2)
        m.costs.add("holding", stock, following[n, t] / 2, period=t + 1)
        m.costs.add_constant("holding", holding[:, 0] @ places.opening / 2, 0)
    else:
        m.costs.add("holding", stock, holding[n, t])
    m.costs.add_constant("holding", places.blocked @ holding, np.arange(last))
