"""F9 and F15 lots: least orders, whole multiples, and quotas of what enters the network."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Network
from tierstock.inputs.network.lots import SLACK
from tierstock.model.keys import Keys
from tierstock.model.rows import Rows
from tierstock.model.variables import ArrayVar, declare

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Order at least the MOQ, order and ship in whole multiples, keep the quotas.

    .. math::

        MOQ_{lpt}\, o_{lpt} \le q_{lpt} \le Ub_{lpt}\, o_{lpt}, \qquad
        q_{lpt} = MULT_{lpt}\, k_{lpt}, \qquad x_{apt} = MULT_{apt}\, k_{apt}, \qquad
        k \in \mathbb{Z}_+

        \alpha^-_{lpt}\, Q_{pt} \le q_{lpt} \le \alpha^+_{lpt}\, Q_{pt}, \qquad
        Q_{pt} = \sum_{l'} q_{l'pt} + \sum_{b\ \text{makes}\ p} yld_b\, m_{bt}

    =====  ===========================  ======================================  ============
    sign   in code                      meaning                                 unit
    =====  ===========================  ======================================  ============
    q      ``m.purchase``               ordered in the period                   units
    o      ``m.order_placed``           1 where anything is ordered             0 or 1
    x      ``m.flow``                   shipped                                 units
    k      ``m.order_lots``             whole lots ordered                      whole lots
    k      ``m.shipment_lots``          whole lots shipped                      whole lots
    m      ``m.make``                   made by a recipe in the period          units
    MOQ    ``net.lots.least_order``     least order, rounded up to whole lots   units
    MULT   ``net.lots.order``           lot of orders                           units
    MULT   ``net.lots.shipment``        lot of shipments, per product           units
    α      ``net.lots.share_min``       least and largest share of all that     ratio
           ``net.lots.share_max``       enters the network of the product
    =====  ===========================  ======================================  ============

    A MOQ of one lot needs no binary of its own. Lots are exact, small ones too. What is bought
    counts in its order period and what is made in its release period; a quota holds in the
    periods in which its supplier can be ordered from. ``m.order_placed`` and its link are those
    of the fixed cost of an order (F9). Behind the integrality horizon (F36) neither a least order
    nor lots are asked for.
    Sources: Pochet & Wolsey, Production Planning by Mixed Integer Programming (2006), ch. 4 and 12;
    Anderson & Cheah, "Capacitated lot-sizing with minimum batch sizes and setup times",
    International Journal of Production Economics 30 (1993).
    Sheets: Supply (MOQ, Order Multiple, Share Min, Share Max), Lanes (Order Multiple).
    """
    if net.lots is None:
        return
    purchase, flow = m.component("purchase"), m.component("flow")
    if purchase is not None:
        s, t = purchase.codes["supply"], purchase.codes["period"]
        lot = net.lots.order[s, t]
        _whole(m, "order", purchase, lot, net.supply.most[s, t], m.names.at_place)
        _least_orders(m, net)
        _quotas(m, net)
    if flow is not None:
        k, t = flow.codes["goods"], flow.codes["period"]
        most = net.lanes.max_shipment[net.goods.lane[k], t]
        _whole(m, "shipment", flow, net.lots.shipment[k, t], most, m.names.on_lane)


def _least_orders(m: pyo.ConcreteModel, net: Network) -> None:
    placed, lots = m.component("order_placed"), net.lots
    if placed is None or lots is None:
        return
    s, t = placed.codes["supply"], placed.codes["period"]
    here = np.flatnonzero(lots.needs_switch()[s, t] & net.whole()[t])
    s, t = s[here], t[here]
    rows = Rows(m, "order_min", m.names.at_place(net.supply.place[s], t), "q >= MOQ o")
    rows.add(m.purchase, 1.0, at=m.purchase.grid[s, t])
    rows.add(placed, -lots.least_order()[s, t], at=here)
    rows.at_least(0.0)


def _whole(
    m: pyo.ConcreteModel,
    name: str,
    family: ArrayVar,
    lot: Floats,
    most: Floats,
    keys_of: Callable[[Any, Any], Keys],
) -> None:
    """Let a family come in whole lots where one is stated; ``lot`` and ``most`` per entry."""
    at = np.flatnonzero((lot > 0) & m.network.whole()[family.codes["period"]])
    first, period = (codes[at] for codes in family.codes.values())
    place = m.network.supply.place[first] if name == "order" else first
    keys = keys_of(place, period)
    whole = declare(
        m,
        f"{name}_lots",
        keys,
        {key: codes[at] for key, codes in family.codes.items()},
        family.grid.shape,
        upper=np.floor(most[at] / lot[at] * (1 + SLACK)),
        integer=True,
        doc="whole lots in the period",
    )
    if whole is None:
        return
    rows = Rows(m, f"{name}_multiple", keys, "q = MULT k")
    rows.add(family, 1.0, at=at)
    rows.add(whole, -lot[at], at=np.arange(len(at)))
    rows.equals(0.0)


def _quotas(m: pyo.ConcreteModel, net: Network) -> None:
    lots = net.lots
    assert lots is not None
    quotas = (("share_min", lots.share_min, 0.0), ("share_max", lots.share_max, 1.0))
    for name, share, neutral in quotas:
        s, t = np.nonzero((share != neutral) & (m.purchase.grid >= 0))
        rows = Rows(m, name, m.names.at_place(net.supply.place[s], t), "q against share of Q")
        rows.add(m.purchase, 1.0, at=m.purchase.grid[s, t])
        product = net.places.product[net.supply.place[s]]
        for family, number, entry, units in _entering(m, net, product, t):
            rows.add(family, -units * share[s, t][number], at=entry, row=number)
        if name == "share_min":
            rows.at_least(0.0)
        else:
            rows.at_most(0.0)


def _entering(
    m: pyo.ConcreteModel, net: Network, product: Ints, period: Ints
) -> list[tuple[ArrayVar, Ints, Ints, Floats]]:
    """What brings the product of each row [R] into the network in its period.

    Returns:
        for purchases and for production: the family, and per entry the row, the position in the
        family, and the good units of one of it.
    """
    last = len(net.periods)
    key = product * last + period

    def matching(codes: Ints, entry: Ints, units: Floats) -> tuple[Ints, Ints, Floats]:
        order = np.argsort(codes, kind="stable")
        first = np.searchsorted(codes[order], key, side="left")
        count = np.searchsorted(codes[order], key, side="right") - first
        row = np.repeat(np.arange(len(key)), count)
        at = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
        found = order[np.repeat(first, count) + at]
        return row, entry[found], units[found]

    s, t = m.purchase.codes["supply"], m.purchase.codes["period"]
    bought = net.places.product[net.supply.place[s]] * last + t
    found = [(m.purchase, *matching(bought, np.arange(len(s)), np.ones(len(s))))]
    make = m.component("make")
    if make is not None and net.production is not None:
        outputs = net.production.outputs
        entry, t = np.nonzero(make.grid[outputs.recipe] >= 0)
        made = outputs.product[entry] * last + t
        at = make.grid[outputs.recipe[entry], t]
        found.append((make, *matching(made, at, outputs.units[entry])))
    return found
