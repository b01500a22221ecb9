"""F5 safety stock: keep the target, at a price or without exception."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.live import first_refill
from tierstock.model.rows import Rows
from tierstock.model.variables import declare, positions


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Want the safety stock at the end of every period.

    .. math::

        I_{lpt} + \sigma^-_{lpt} \ge SS_{lpt}, \qquad \text{hard: } \sigma^-_{lpt} = 0
        \text{ from the first period that a receipt can reach}

        \text{cost} = \sum c^{\sigma}_{lpt}\, \sigma^-_{lpt}

    ====  ===============================  ============================  =================
    sign  in code                          meaning                       unit
    ====  ===============================  ============================  =================
    I     ``m.stock``                      usable stock at the end       units
    σ-    ``m.shortfall``                  missing to the target         units
    SS    ``net.places.safety``            target, the largest in force  units
    c     ``net.places.safety_penalty``    price of one unit missing     money/unit/period
    ====  ===============================  ============================  =================

    Days of cover were turned into units by forward demand (tables.md, ruling on cover days). Rows
    with SS = 0 are left out. The shortfall column has SS as its bound.
    Source: Silver, Pyke & Thomas, ch. 6. Sheet: StockTargets.
    """
    places, last = net.places, len(net.periods)
    n, t = np.nonzero((places.safety > 0) & (positions(m, "stock", (len(places), last)) >= 0))
    keys = m.names.at_place(n, t)
    if not len(n):
        return
    target = places.safety[n, t]
    hard = places.safety_hard[n, t] & (first_refill(net)[n] <= t)
    short = declare(
        m,
        "shortfall",
        keys,
        {"place": n, "period": t},
        (len(places), last),
        upper=np.where(hard, 0.0, target),
        doc="missing to the safety stock, units",
    )
    rows = Rows(m, "safety_stock", keys, "I + shortfall >= safety stock")
    rows.add(m.stock, 1.0, at=m.stock.grid[n, t])
    rows.add(short, 1.0, at=np.arange(len(n)))
    rows.at_least(target)
    m.costs.add("safety shortfall", short, places.safety_penalty[n, t])
