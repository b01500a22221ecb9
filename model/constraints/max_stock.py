"""F6 maximum stock: no more than wanted, at a price or without exception."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.rows import Rows
from tierstock.model.variables import declare, positions


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Keep end-of-period stock below its maximum.

    .. math::

        I_{lpt} \le \max(MAX_{lpt},\ stuck_{lpt}) + \sigma^+_{lpt},
        \qquad \text{hard: } \sigma^+_{lpt} = 0

        \text{cost} = \sum c^{max}_{lpt}\, \sigma^+_{lpt}

    =====  =============================  =====================================  =================
    sign   in code                        meaning                                unit
    =====  =============================  =====================================  =================
    I      ``m.stock``                    usable stock at the end                units
    σ+     ``m.excess``                   above the maximum                      units
    MAX    ``net.places.max_stock``       most wanted                            units
    stuck  ``m.bounds.stuck``             today's stock nothing can take away    units
    c      ``net.places.over_penalty``    price of one unit above                money/unit/period
    =====  =============================  =====================================  =================

    MAX = 0 means transit only; blank means no limit. A hard maximum is a bound on the stock and
    needs no row. A soft maximum is not widened: its excess is priced and shown.
    Source: Silver, Pyke & Thomas, Inventory and Production Management in Supply Chains, ch. 6.
    Sheet: StockTargets (Max Stock, Max Days).
    """
    places, last = net.places, len(net.periods)
    limited = np.isfinite(places.max_stock) & (positions(m, "stock", (len(places), last)) >= 0)
    if not limited.any():
        return
    n, t = np.nonzero(limited & places.max_hard)
    at = m.stock.grid[n, t]
    limit = np.maximum(places.max_stock, m.bounds.stuck)[n, t]
    m.stock.upper[at] = np.minimum(m.stock.upper[at], limit)

    n, t = np.nonzero(limited & ~places.max_hard)
    keys = m.names.at_place(n, t)
    excess = declare(
        m,
        "excess",
        keys,
        {"place": n, "period": t},
        (len(places), last),
        doc="stock above the maximum, units",
    )
    if excess is None:
        return
    rows = Rows(m, "max_stock", keys, "I <= maximum + excess")
    rows.add(m.stock, 1.0, at=m.stock.grid[n, t])
    rows.add(excess, -1.0, at=np.arange(len(n)))
    rows.at_most(places.max_stock[n, t])
    m.costs.add("over stock", excess, places.over_penalty[n, t])
