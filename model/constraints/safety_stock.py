"""F5 safety stock: keep the target, at a price or without exception."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.rows import Rows
from tierstock.model.variables import declare, positions


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Want the safety stock at the end of every period.

    .. math::

        I_{lpt} + \sigma^-_{lpt} \ge SS_{lpt}, \qquad \text{hard: } \sigma^-_{lpt} = 0
        \text{ where enough can have come and be alive: } R^{alive}_{lpt} \ge SS_{lpt}

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
    with SS = 0 are left out. The shortfall column has SS as its bound; as long as nothing can have
    come to the place it is fixed at SS, so that what is missing is shown and charged. A product
    that never can come to a location, and that no demand asks for there, is no place of the plan:
    its target is neither shown nor charged. A location that may be closed (``m.site_open``) wants
    its safety stock only while it is open.
    Source: Silver, Pyke & Thomas, ch. 6. Sheet: StockTargets.
    """
    places, last = net.places, len(net.periods)
    n, t = np.nonzero((places.safety > 0) & places.keeps)
    if not len(n):
        return
    stock = positions(m, "stock", (len(places), last))[n, t]
    gate = positions(m, "site_open", (len(net.locations), last))[places.location[n], t]
    target = places.safety[n, t]
    hard = places.safety_hard[n, t] & (m.bounds.alive[n, t] >= target)
    short = declare(
        m,
        "shortfall",
        m.names.at_place(n, t),
        {"place": n, "period": t},
        (len(places), last),
        lower=np.where((stock >= 0) | (gate >= 0), 0.0, target),
        upper=np.where(hard, 0.0, target),
        doc="missing to the safety stock, units",
    )
    here = np.flatnonzero((stock >= 0) | (gate >= 0))
    rows = Rows(m, "safety_stock", m.names.at_place(n[here], t[here]), "I + shortfall >= target")
    rows.add(m.component("stock"), 1.0, at=stock[here])
    rows.add(short, 1.0, at=here)
    rows.add(m.component("site_open"), -target[here], at=gate[here])
    rows.at_least(np.where(gate[here] >= 0, 0.0, target[here]))
    m.costs.add("safety shortfall", short, places.safety_penalty[n, t])
