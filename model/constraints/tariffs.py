"""F33 tariff: duty on what crosses a border."""

import pyomo.environ as pyo

from tierstock.inputs.network import Network


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Charge duty on shipments.

    .. math::

        \text{cost} = \sum_{apt} Duty_{apt}\, val_{j(a),p,t}\, x_{apt}

    ====  =======================  =============================================  ==========
    sign  in code                  meaning                                        unit
    ====  =======================  =============================================  ==========
    x     ``m.flow``               shipped in the period it leaves                units
    Duty  ``net.tariffs.duty``     stated share times the value where it goes     money/unit
    ====  =======================  =============================================  ==========

    Duty is due where a lane states it, on all that is shipped. A Transfer Price moves money from
    company to company and leaves the total unchanged: it has no place here (tables.md, ruling 37)
    and is told in Costs and Cash. Neither variables nor rows.
    Source: duties of network design tools (mathematics F33). Sheet: Lanes (Duty, Transfer Price).
    """
    flow = m.component("flow")
    if net.tariffs is not None and flow is not None:
        m.costs.add("duty", flow, net.tariffs.duty[flow.codes["goods"], flow.codes["period"]])
