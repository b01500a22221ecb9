r"""Lexicographic levels: what is optimised before what (C.4).

Level after level is optimised, each with a row that keeps what those before it reached.

.. math::

    v_k = \min\ s_k f_k(X) \quad \text{subject to all rules and}\quad
        s_j f_j(X) \le w_{jk} \quad (j < k)

    w_{jk} = v_j + \varepsilon\,|v_j| \ \text{where k was named}, \qquad
        w_{jk} = s_j f_j(X^{k-1}) \ \text{otherwise}

    \text{at last:}\quad \min\ cost(X) \quad \text{with all whole numbers as they are,}\quad
        s_j f_j(X) \le w_{jc} \ (j < c), \qquad s_j f_j(X) \le s_j f_j(X^K) \ (j > c)

    f_{serve} = \sum_{lpkt} (d_{lpkt} - U_{lpkt} - nb_{lpkt}), \qquad
        f_{fair} = \sum_g d_g\, Fmin_g, \qquad f_{rows} = \sum_{apt} y_{apt}

    f_{tied} = \sum_{lpt} \frac{\delta_t}{\sum_{t'} \delta_{t'}}\,
        val_{lpt}\,(I_{lpt} + blk_{lp} + way_{lpt}), \qquad f_{kg} = kg\ \text{as in F28}

=========  =======================  ================================================  =====
sign       in code                  meaning                                           unit
=========  =======================  ================================================  =====
f_{serve}  ``service``              units issued in the period of their demand: those  units
                                    of priority 1 are a level before the others; most
f_{fair}   ``fairness``             worst fill of every max-min target, by the demand  units
                                    of its group; most
cost       ``cost``, ``profit``     the objective, or its negative; least cost, most   money
                                    profit
f_{rows}   ``moves``                rows of Shipments that the plan decides; least     moves
f_{tied}   ``capital``              stock, blocked stock and goods on the lanes at     money
                                    standard cost, mean over the days; least
f_{kg}     ``carbon``               what shipments, trips and open sites emit; least   kg
s          ``sense``                1 for a least, -1 for a most
X^k        ``m.columns``            the plan after level k; K is the last level, c the
                                    one of cost or profit
ε          ``objective_tolerance``  share of a level that those after it may give up   ratio
=========  =======================  ================================================  =====

With objective = lexicographic the levels are those of objective_levels, in their order; where
neither cost nor profit is among them, cost comes last. A max-min target without a Penalty is a
level of its own right before the money, whatever the objective: fairness comes before cost then,
unless it is named elsewhere. v is the proven bound of its level, so that all levels after it
together give up no more than ε of it; a level that is not proven in time keeps all that it
reached. Service and fairness are proven to 0.01 % or better. A level may take an equal part of the
time that is left.

A level that nobody named is given no tolerance: the last named level keeps its value. Nor does the
last solve take any from the levels behind cost; it takes out money that the search for them wasted.
The objective in the results is the cost of the last plan; RunInfo tells value, bound and gap of
every level.
Source: Luss, "On equitable resource allocation problems: a lexicographic minimax approach",
Operations Research 47 (1999). Sheets: Settings (objective, objective_levels,
objective_tolerance), ServiceTargets (Fairness).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Network
from tierstock.model.tallies import emissions

Floats = NDArray[np.float64]
MONEY = ("cost", "profit")
"""Levels that are the objective ``m.cost``; profit is its negative."""


@dataclass(frozen=True, eq=False)
class Aim:
    """One level: a linear function of the columns of the model.

    Attributes:
        name: ``service 1`` (the first priority), ``service``, ``fairness``, ``cost``, ``profit``,
            ``moves``, ``capital`` or ``carbon``.
        sense: 1 to minimise, -1 to maximise.
        coefficients: [columns] amount per unit of each column.
        constant: amount that no decision changes.
        named: whether the planner named it; a level that nobody named is not given the tolerance
            of those before it.
    """

    name: str
    sense: int
    coefficients: Floats
    constant: float
    named: bool = True


def aims_of(m: pyo.ConcreteModel, net: Network) -> tuple[Aim, ...]:
    """Return the levels of a model, the first one first; none where there is one objective.

    A max-min target without a stated Penalty puts fairness before cost. Where neither cost nor
    profit is among the levels, cost comes last. Neither of these is ``named``.
    """
    named = net.settings.objective_levels
    if net.settings.objective != "lexicographic":
        named = (net.settings.objective,)
    names = list(named)
    if not set(MONEY) & set(names):
        names.append("cost")
    first = net.service is not None and bool(net.service.fairness.before_cost.any())
    if first and "fairness" not in names:
        at = next(i for i, name in enumerate(names) if name in MONEY)
        names.insert(at, "fairness")
    if len(names) == 1:
        return ()
    found = [(aim, name in named) for name in names for aim in MAKERS[name](m, net)]
    return tuple(replace(aim, named=own) for aim, own in found)


def _money(m: pyo.ConcreteModel, net: Network) -> list[Aim]:
    if net.settings.earns:
        return [Aim("profit", -1, -m.cost.coefficients, -m.cost.constant)]
    return [Aim("cost", 1, m.cost.coefficients, m.cost.constant)]


def _service(m: pyo.ConcreteModel, net: Network) -> list[Aim]:
    """Units issued in the period of their demand: of the first priority, then of the others."""
    demand = net.demand
    first = demand.priority == demand.priority.min(initial=1)
    parts = [("service 1", first), ("service", ~first)] if not first.all() else [("service", first)]
    found = []
    for name, chosen in parts:
        amounts = np.zeros(m.columns.count)
        for variable in ("lost", "owed_new"):
            family = m.component(variable)
            if family is not None:
                at = family.start + np.flatnonzero(chosen[family.codes["stream"]])
                amounts[at] = -1.0
        found.append(Aim(name, -1, amounts, float(demand.quantity[chosen].sum())))
    return found


def _fairness(m: pyo.ConcreteModel, net: Network) -> list[Aim]:
    """Worst fill of every max-min group, by the demand of the group."""
    amounts, worst = np.zeros(m.columns.count), m.component("worst_fill")
    if worst is not None and net.service is not None:
        fairness = net.service.fairness
        whole = np.bincount(fairness.group, fairness.wanted, len(fairness))
        amounts[worst.start : worst.start + len(worst)] = whole[worst.codes["fair_group"]]
    return [Aim("fairness", -1, amounts, 0.0)]


def _moves(m: pyo.ConcreteModel, net: Network) -> list[Aim]:
    """Lanes, products and periods with a shipment: rows of Shipments that the plan decides."""
    amounts, shipped = np.zeros(m.columns.count), m.component("shipped_at_all")
    if shipped is not None:
        amounts[shipped.start : shipped.start + len(shipped)] = 1.0
    return [Aim("moves", 1, amounts, 0.0)]


def _capital(m: pyo.ConcreteModel, net: Network) -> list[Aim]:
    """Stock and goods on the lanes at standard cost, mean of the periods by their days."""
    amounts, places, goods = np.zeros(m.columns.count), net.places, net.goods
    last = len(net.periods)
    value = places.value * (net.periods.days / net.periods.days.sum())
    constant = places.blocked @ value
    stock, flow = m.component("stock"), m.component("flow")
    if stock is not None:
        n, t = stock.codes["place"], stock.codes["period"]
        amounts[stock.start : stock.start + len(stock)] = value[n, t]
    if flow is not None:
        k, t = flow.codes["goods"], flow.codes["period"]
        total = np.hstack([np.zeros((len(places), 1)), np.cumsum(value, axis=1)])
        arrival = np.minimum(t + goods.lead[k, t], last)
        sink = goods.sink[k]
        amounts[flow.start : flow.start + len(flow)] = total[sink, arrival] - total[sink, t]
    return [Aim("capital", 1, amounts, float(constant.sum()))]


def _carbon(m: pyo.ConcreteModel, net: Network) -> list[Aim]:
    """Kilograms of carbon: of shipments, trips and open sites."""
    amounts = np.zeros(m.columns.count)
    for one in emissions(m, net):
        np.add.at(amounts, m.component(one.variable).start + one.at, one.amount)
    return [Aim("carbon", 1, amounts, 0.0)]


MAKERS: dict[str, Callable[[pyo.ConcreteModel, Network], list[Aim]]] = {
    "service": _service,
    "fairness": _fairness,
    "cost": _money,
    "profit": _money,
    "moves": _moves,
    "capital": _capital,
    "carbon": _carbon,
}
"""Levels by their word in the setting."""
