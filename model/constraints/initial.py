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

    Opening stock and firm orders are constants of the stock balance.
    Source: Stadtler, Kilger & Meyr, Supply Chain Management and Advanced Planning, ch. Master
    Planning. Sheet: InTransit (Firm = N).
    """
    orders, last = net.orders, len(net.periods)
    into, out_of = np.zeros((len(net.places), last + 1)), np.zeros((len(net.places), last + 1))
    np.add.at(into, (orders.place, np.minimum(orders.due, last)), orders.quantity)
    leaves = (orders.origin >= 0) & (orders.ship >= 0) & (orders.ship < last)
    np.add.at(out_of, (orders.origin[leaves], orders.ship[leaves]), orders.quantity[leaves])
    m.movements.post_known("order in", into)
    m.movements.post_known("order out", out_of)
    loose = np.flatnonzero(~orders.firm)
    cancelled = declare(
        m,
        "cancelled",
        Keys((m.names.order,), (loose,)),
        {"order": loose},
        (len(orders),),
        upper=1.0,
        doc="cancelled share of the open order",
    )
    place, due = orders.place[loose], orders.due[loose]
    m.movements.post("order in", cancelled, -orders.quantity[loose], place=place, period=due)
    place = np.where(leaves, orders.origin, -1)[loose]
    ship = orders.ship[loose]
    m.movements.post("order out", cancelled, -orders.quantity[loose], place=place, period=ship)
    saved = orders.saving[loose] * orders.quantity[loose]
    m.costs.add("cancelled orders", cancelled, -saved, period=due)
