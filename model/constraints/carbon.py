"""F28 carbon: emissions at a price; a cap is a row of Budgets."""

import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.tallies import emissions


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Charge what is emitted by shipments, trips and open sites.

    .. math::

        kg_t = \sum_{ap} CO2_{ap}\, x_{apt} + \sum_{av} CO2_v\, n_{avt} + \sum_l CO2_l\, open_{lt},
        \qquad \text{cost} = price \sum_t kg_t

    =====  ========================  ==================================  ==========
    sign   in code                   meaning                             unit
    =====  ========================  ==================================  ==========
    x      ``m.flow``                shipped                             units
    n      ``m.trips``               vehicle trips                       trips
    open   ``m.site_open``           1 where the location is open        0 or 1
    CO2    ``net.carbon.goods``      of one unit on a lane               kg/unit
    CO2    ``net.carbon.vehicle``    of one trip                         kg/trip
    CO2    ``net.carbon.site``       of an open site                     kg/period
    price  ``net.carbon.price``      setting carbon_price                money/kg
    =====  ========================  ==================================  ==========

    Neither variables nor rows. A cap is a row of Budgets of kind carbon.
    Source: Benjaafar, Li & Daskin, IEEE Transactions on Automation Science and Engineering 2013.
    Sheets: Lanes, Vehicles, Sites (Carbon), Settings (carbon_price).
    """
    if net.carbon is None or not net.carbon.price:
        return
    for one in emissions(m, net):
        m.costs.add("carbon", m.component(one.variable), net.carbon.price * one.amount, one.at)
