"""F27 initial: open orders that the plan may still cancel."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.keys import Keys
from tierstock.model.variables import declare


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Let an open order that is not firm be cancelled, wholly or in part.

    .. math::

        pipe_i\,(1 - can_i), \qquad 0 \le can_i \le 1, \qquad
        \text{cost} = -c^{buy}_i\,pipe_i\,can_i

    ====  =======================  =====================================  ==========
    sign  in code                  meaning                                unit
    ====  =======================  =====================================  ==========
    can   ``m.cancelled``          cancelled share of the order           0 to 1
    pipe  ``net.orders.quantity``  quantity of the order                  units
    c     ``net.orders.saving``    purchase cost saved                    money/unit
    ====  =======================  =====================================  ==========

    Opening stock and firm orders are constants of the stock balance. Sheet: InTransit (Firm = N).
    """
    loose = np.flatnonzero(~net.orders.firm)
    cancelled = declare(
        m,
        "cancelled",
        Keys((m.names.order,), (loose,)),
        {"order": loose},
        (len(net.orders),),
        upper=1.0,
        doc="cancelled share of the open order",
    )
    saved = net.orders.saving[loose] * net.orders.quantity[loose]
    m.costs.add("cancelled orders", cancelled, -saved)
