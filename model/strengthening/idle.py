"""Leaves out rows that cannot bind."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.reach import cycles
from tierstock.model.rows import ArrayConstraint
from tierstock.model.strengthening.nodes import Floats, column_facts

LIMITS = ("capacity", "max_stock", "lane_capacity", "fleet")
"""Families of rows that are looked at: limits on what is summed up."""


def drop(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Drop each limit that the bounds of its columns keep anyway.

    .. math::

        \sum_j a_j x_j \le b \quad\text{is dropped where}\quad
            \sum_{a_j > 0} a_j\, \bar x_j + \sum_{a_j < 0} a_j\, \underline x_j \le b

    ====  ==================  =============================================  ============
    sign  in code             meaning                                        unit
    ====  ==================  =============================================  ============
    x̄, x  ``m.bounds.reach``  most and least of a column: its bounds, and    units
                              for stock and shipments what can have come
    a, b  rows of ``LIMITS``  coefficients and right side                    of the row
    ====  ==================  =============================================  ============

    What can have come follows from the balances upstream alone, so the dropped row holds in every
    plan. Source: Brearley, Mitra & Williams, Mathematical Programming 1975. Sheets: Capacity,
    StockTargets (Max Stock), Lanes (Max Shipment), Vehicles (Fleet).
    """
    limits = [one for one in map(m.component, LIMITS) if isinstance(one, ArrayConstraint)]
    if not m.strength.drop or not limits:
        return
    facts = column_facts(m)
    most = _most(m, net, facts.upper)
    for family in limits:
        starts, column, value = family.csr()
        row = np.repeat(np.arange(len(family)), np.diff(starts))
        extreme = np.where(value > 0, most[column], facts.lower[column])
        reached = np.bincount(row, value * extreme, minlength=len(family))
        binds = (reached > family.upper) | np.isfinite(family.lower)
        if not binds.all():
            name, rest = family.local_name, family.kept(binds)
            m.del_component(family)
            if rest is not None:
                m.add_component(name, rest)


def _most(m: pyo.ConcreteModel, net: Network, upper: Floats) -> Floats:
    """Upper bound of each column, with what can have come to the place of stock and shipments.

    Goods may go round a circle of lanes without lead time, so shipments inside a circle keep
    their own bound.
    """
    most, reach = upper.copy(), m.bounds.reach
    stock, flow = m.component("stock"), m.component("flow")
    if stock is not None:
        here = slice(stock.start, stock.start + len(stock))
        come = reach[stock.codes["place"], stock.codes["period"]]
        most[here] = np.minimum(most[here], come)
    if flow is not None:
        here = slice(flow.start, flow.start + len(flow))
        goods, group = net.goods, cycles(net)[0]
        circle = group[net.lanes.origin] == group[net.lanes.destination]
        k = flow.codes["goods"]
        come = reach[goods.source[k], flow.codes["period"]]
        come = np.where(circle[goods.lane[k]], np.inf, come)
        most[here] = np.minimum(most[here], come)
    return most
