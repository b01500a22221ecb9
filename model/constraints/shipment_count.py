"""Which shipments are made at all, where their number is a level of the objective."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.rows import Rows
from tierstock.model.variables import declare


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Note for every lane, product and period whether anything is shipped.

    .. math::

        x_{apt} \le Ub_{apt}\,y_{apt}, \qquad \text{level: } \min \sum_{apt} y_{apt}

    ====  ====================  ==================================  =========
    sign  in code               meaning                             unit
    ====  ====================  ==================================  =========
    y     ``m.shipped_at_all``  a row of Shipments                  yes or no
    x     ``m.flow``            shipped on a lane                   units
    Ub    ``m.bounds.flow``     tight bound per product             units
    ====  ====================  ==================================  =========

    Only with objective = lexicographic and ``moves`` among the levels. A move is one lane, product
    and ship period (ruling 22).
    Source: Nemhauser & Wolsey, Integer and Combinatorial Optimization (1988), ch. I.1.
    Sheet: Settings (objective_levels).
    """
    settings, flow = net.settings, m.component("flow")
    if settings.objective != "lexicographic" or "moves" not in settings.objective_levels:
        return
    if flow is None:
        return
    k, t = flow.codes["goods"], flow.codes["period"]
    made = declare(
        m,
        "shipped_at_all",
        flow.key_list,
        dict(flow.codes),
        flow.grid.shape,
        upper=1.0,
        integer=True,
        doc="whether anything is shipped",
    )
    rows = Rows(m, "shipment_link", flow.key_list, "x <= Ub y")
    rows.add(flow, 1.0, at=np.arange(len(k)))
    rows.add(made, -m.bounds.flow[k, t], at=np.arange(len(k)))
    rows.at_most(0.0)
