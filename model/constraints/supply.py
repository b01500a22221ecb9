"""F9 supply: what is bought or made, within limits, with a cost per order."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.rows import Rows
from tierstock.model.variables import declare


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Buy or make through Supply, in the period of the order.

    .. math::

        Min_{lpt} - f_{lpt} \le q_{lpt} \le SupCap_{lpt}, \qquad q_{lpt} \le Ub_{lpt}\, o_{lpt}

        \text{cost} = \sum c^{buy}_{lpt} q_{lpt} + F_{lpt}\, o_{lpt} + c^{f}_{lpt} f_{lpt}
            + c^{in}_{lp,t+\ell s} q_{lpt}

    =====  =============================  =================================  ===========
    sign   in code                        meaning                            unit
    =====  =============================  =================================  ===========
    q      ``m.purchase``                 ordered in the period              units
    o      ``m.order_placed``             1 where anything is ordered        0 or 1
    f      ``m.purchase_short``           take-or-pay quantity not taken     units
    Ub     ``m.bounds.order``              most that can be of use            units
    F      ``net.supply.fixed_cost``      cost of an order                   money
    =====  =============================  =================================  ===========

    Without a Min Penalty the take-or-pay quantity is a lower bound of q and there is no f. The
    order has a binary only where it costs something or has a least size. Ub is the supply limit
    or, where there is none, what the network can need (mathematics C.6.2), never a constant.
    Behind the integrality horizon (F36) o is the share of Max that is ordered, so that an order
    costs F / Max per unit; where no Max is stated it stays 0 or 1.
    Source: Pochet & Wolsey, Production Planning by Mixed Integer Programming (2006), ch. 4.
    Sheet: Supply.
    """
    supply, places, last = net.supply, net.places, len(net.periods)
    open_here = net.locations.active[places.location[supply.place]]
    s, t = np.nonzero((supply.most > 0) & open_here)
    hard = np.isinf(supply.least_penalty[s, t])
    purchase = declare(
        m,
        "purchase",
        m.names.at_place(supply.place[s], t),
        {"supply": s, "period": t},
        (len(supply), last),
        lower=np.where(hard, supply.least[s, t], 0.0),
        upper=supply.most[s, t],
        doc="ordered or made in the period, units",
    )
    if purchase is None:
        return
    arrival = t + supply.lead[s, t]
    inside = arrival < last
    receiving = np.zeros(len(s))
    receiving[inside] = places.handling_in[supply.place[s[inside]], arrival[inside]]
    m.movements.post("purchased", purchase, 1.0, place=supply.place[s], period=arrival)
    m.costs.add("purchase", purchase, supply.unit_cost[s, t])
    m.costs.add("handling", purchase, receiving, period=arrival)
    _orders(m, net)
    _take_or_pay(m, net)


def _orders(m: pyo.ConcreteModel, net: Network) -> None:
    supply, last = net.supply, len(net.periods)
    switched, whole = supply.fixed_cost > 0, net.whole()
    if net.lots is not None:
        switched = switched | (net.lots.needs_switch() & whole)
    s, t = np.nonzero(switched & (m.purchase.grid >= 0))
    relaxed = ~whole[t] & np.isfinite(supply.most[s, t])
    keys = m.names.at_place(supply.place[s], t)
    order = declare(
        m,
        "order_placed",
        keys,
        {"supply": s, "period": t},
        (len(supply), last),
        upper=1.0,
        integer=~relaxed,
        doc="1 where anything is ordered in the period",
    )
    if order is None:
        return
    rows = Rows(m, "order_link", keys, "q <= Ub o")
    rows.add(m.purchase, 1.0, at=m.purchase.grid[s, t])
    most = np.where(relaxed, supply.most[s, t], m.bounds.order[s, t])
    rows.add(order, -most, at=np.arange(len(s)))
    rows.at_most(0.0)
    m.costs.add("order", order, supply.fixed_cost[s, t])


def _take_or_pay(m: pyo.ConcreteModel, net: Network) -> None:
    supply, last = net.supply, len(net.periods)
    priced = (supply.least > 0) & np.isfinite(supply.least_penalty)
    s, t = np.nonzero(priced & (m.purchase.grid >= 0))
    keys = m.names.at_place(supply.place[s], t)
    short = declare(
        m,
        "purchase_short",
        keys,
        {"supply": s, "period": t},
        (len(supply), last),
        upper=supply.least[s, t],
        doc="take-or-pay quantity not taken, units",
    )
    if short is None:
        return
    rows = Rows(m, "take_or_pay", keys, "q + f >= Min")
    rows.add(m.purchase, 1.0, at=m.purchase.grid[s, t])
    rows.add(short, 1.0, at=np.arange(len(s)))
    rows.at_least(supply.least[s, t])
    m.costs.add("take-or-pay", short, supply.least_penalty[s, t])
