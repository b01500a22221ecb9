"""Profit: what is issued is sold at its price."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Count revenue as negative cost where profit is the objective or one of its levels.

    .. math::

        \text{cost} = - \sum_{d,t} price_{dt}\,(S^{imm}_{dt} + rb_{dt})

    =====  ===================  ==========================================  ==========
    sign   in code              meaning                                     unit
    =====  ===================  ==========================================  ==========
    price  ``net.sales.price``  sales price of the period of issue          money/unit
    S      d - U - nb           issued in the period of the demand          units
    rb     ``m.owed_served``    owed before and issued now                  units
    =====  ===================  ==========================================  ==========

    Demand.Price beats Products.Price; of several rows of a period their mean by quantity. What is
    issued in a period without demand is sold at the price of the last period with demand.
    Source: Shapiro, Modeling the Supply Chain (2007), ch. 3.
    Sheets: Settings (objective), Demand, Products.
    """
    if net.sales is None or not net.sales.counted:
        return
    price, wanted = net.sales.price, net.demand.quantity
    m.costs.add_constant("revenue", -(price * wanted).sum(axis=0), np.arange(len(net.periods)))
    for name, sign in (("lost", 1.0), ("owed_new", 1.0), ("owed_served", -1.0)):
        family = m.component(name)
        if family is not None:
            m.costs.add(
                "revenue", family, sign * price[family.codes["stream"], family.codes["period"]]
            )
