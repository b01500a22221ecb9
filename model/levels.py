"""Lexicographic levels: what is optimised before what (C.4)."""

from collections.abc import Callable
from dataclasses import dataclass

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
    """

    name: str
    sense: int
    coefficients: Floats
    constant: float


def aims_of(m: pyo.ConcreteModel, net: Network) -> tuple[Aim, ...]:
    """Return the levels of a model, the first one first; none where there is one objective.

    A max-min target without a stated Penalty puts fairness before cost. Where neither cost nor
    profit is among the levels, cost comes last.
    """
    names = list(net.settings.objective_levels)
    if net.settings.objective != "lexicographic":
        names = [net.settings.objective]
    if not set(MONEY) & set(names):
        names.append("cost")
    first = net.service is not None and bool(net.service.fairness.before_cost.any())
    if first and "fairness" not in names:
        at = next(i for i, name in enumerate(names) if name in MONEY)
        names.insert(at, "fairness")
    if len(names) == 1:
        return ()
    return tuple(aim for name in names for aim in MAKERS[name](m, net))


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
    """Stock and goods on the lanes at standard cost, mean of the periods."""
    amounts, places, goods = np.zeros(m.columns.count), net.places, net.goods
    last = len(net.periods)
    value, constant = places.value / last, places.blocked @ (places.value / last)
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
