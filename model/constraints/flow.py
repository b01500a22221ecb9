"""Shipments: what leaves on a lane, and what freight, the way and handling cost."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.variables import declare


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Declare the shipments and charge them.

    .. math::

        x_{apt} \ge 0 \quad\text{only where } cal_{at} = 1 \text{ and stock can be at the origin}

        \text{cost} = \sum_{apt} \Bigl(c^{frt}_{apt} + c^{out}_{i(a),p,t}
            + yld_a\, c^{in}_{j(a),p,t+\ell} + c^{way}_{apt}\Bigr) x_{apt}, \qquad
            c^{way}_{apt} = val_{j(a),p}\, rate_{j(a)} \frac{LTdays_a}{365}

    =======  ==============================  =====================================  ============
    sign     in code                         meaning                                unit
    =======  ==============================  =====================================  ============
    x        ``m.flow``                      shipped in the period it leaves        units
    c^{frt}  ``net.goods.unit_cost``         freight                                money/unit
    c^{out}  ``net.places.handling_out``     sending                                money/unit
    c^{in}   ``net.places.handling_in``      receiving, only inside the horizon     money/unit
    c^{way}  ``net.goods.transit_cost``      carrying cost on the way, in full      money/unit
    val      ``net.places.value``            unit value where the goods go          money/unit
    yld      ``net.goods.arriving_share``    share that arrives                     ratio
    LTdays   ``net.goods.lead_days``         lead time as stated                    days
    ℓ        ``net.goods.lead``              periods from shipping to arrival       periods
    =======  ==============================  =====================================  ============

    A shipment that would leave before anything can be at its origin has no column
    (mathematics C.6.1). In transit is charged in full, also when it arrives after the horizon; rate
    is the yearly Carrying Rate of the destination.
    Source: Ahuja, Magnanti & Orlin, Network Flows (1993), ch. 1. Sheets: Lanes, StockCosts.
    """
    goods, places, last = net.goods, net.places, len(net.periods)
    time = np.arange(last)
    live = goods.allowed & (places.earliest[goods.source][:, None] <= time)
    k, t = np.nonzero(live)
    flow = declare(
        m,
        "flow",
        m.names.on_lane(k, t),
        {"goods": k, "period": t},
        (len(goods), last),
        doc="shipped on a lane in the period it leaves, units",
    )
    arrival = t + goods.lead[k, t]
    inside = arrival < last
    receiving = np.zeros(len(k))
    receiving[inside] = (
        goods.arriving_share[k, t][inside]
        * places.handling_in[goods.sink[k[inside]], arrival[inside]]
    )
    m.movements.post("shipped", flow, 1.0, place=goods.source[k], period=t)
    share = goods.arriving_share[k, t]
    m.movements.post("received", flow, share, place=goods.sink[k], period=arrival)
    m.costs.add("freight", flow, goods.unit_cost[k, t])
    m.costs.add("transit", flow, goods.transit_cost[k, t])
    m.costs.add("handling", flow, places.handling_out[goods.source[k], t])
    m.costs.add("handling", flow, receiving, period=arrival)
