"""The peer: the same model written as most Pyomo models are, a rule per row.

Only what the yardstick uses: balance with lead times, lost sales, soft safety stock, storage and
outbound limits, supply limits, whole trucks.
"""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network


def idiomatic(net: Network) -> pyo.ConcreteModel:
    """Build the yardstick with dictionaries and rules."""
    goods, places, demand, supply = net.goods, net.places, net.demand, net.supply
    last = len(net.periods)
    keeps = [n for n in range(len(places)) if places.keeps[n, 0]]
    safe = [(n, t) for n in keeps for t in range(last) if places.safety[n, t] > 0]
    wanted = [(d, t) for d in range(len(demand)) for t in range(last) if demand.quantity[d, t] > 0]

    m = pyo.ConcreteModel()
    m.T = pyo.RangeSet(0, last - 1)
    m.K = pyo.RangeSet(0, len(goods) - 1)
    m.N = pyo.Set(initialize=keeps)
    m.S = pyo.RangeSet(0, len(supply) - 1)
    m.D = pyo.Set(initialize=wanted, dimen=2)
    m.G = pyo.Set(initialize=safe, dimen=2)
    m.x = pyo.Var(m.K, m.T, domain=pyo.NonNegativeReals)
    m.i = pyo.Var(m.N, m.T, domain=pyo.NonNegativeReals)
    m.q = pyo.Var(m.S, m.T, bounds=lambda m, s, t: (0, supply.most[s, t]))
    m.u = pyo.Var(m.D, bounds=lambda m, d, t: (0, demand.quantity[d, t]))
    m.g = pyo.Var(m.G, domain=pyo.NonNegativeReals)
    balance(m, net, set(keeps))
    m.safety = pyo.Constraint(
        m.G, rule=lambda m, n, t: m.i[n, t] + m.g[n, t] >= float(places.safety[n, t])
    )
    capacity(m, net)
    cost = trucks(m, net)
    freight = goods.unit_cost + goods.transit_cost
    m.cost = pyo.Objective(
        expr=sum(freight[k, t] * m.x[k, t] for k in m.K for t in m.T)
        + sum(places.holding[n, t] * m.i[n, t] for n in m.N for t in m.T)
        + sum(supply.unit_cost[s, t] * m.q[s, t] for s in m.S for t in m.T)
        + sum(demand.lost_cost[d, t] * m.u[d, t] for d, t in m.D)
        + sum(places.safety_penalty[n, t] * m.g[n, t] for n, t in m.G)
        + cost
    )
    return m


def balance(m: pyo.ConcreteModel, net: Network, keeps: set[int]) -> None:
    """Stock balance, a rule per place and period."""
    goods, places, demand = net.goods, net.places, net.demand
    into: dict[int, list[int]] = {n: [] for n in range(len(places))}
    out: dict[int, list[int]] = {n: [] for n in range(len(places))}
    for k in range(len(goods)):
        into[int(goods.sink[k])].append(k)
        out[int(goods.source[k])].append(k)
    lead = {k: int(goods.lead[k, 0]) for k in range(len(goods))}
    stream = {int(n): d for d, n in enumerate(demand.place)}
    source = {int(n): s for s, n in enumerate(net.supply.place)}

    def rule(m: pyo.ConcreteModel, n: int, t: int) -> object:
        opening = 0.0 if n not in keeps else (places.opening[n] if t == 0 else m.i[n, t - 1])
        came = sum(m.x[k, t - lead[k]] for k in into[n] if t >= lead[k])
        left = sum(m.x[k, t] for k in out[n])
        bought = m.q[source[n], t] if n in source else 0.0
        issued = 0.0
        if n in stream and demand.quantity[stream[n], t] > 0:
            issued = demand.quantity[stream[n], t] - m.u[stream[n], t]
        closing = m.i[n, t] if n in keeps else 0.0
        return opening + came + bought == closing + left + issued

    m.balance = pyo.Constraint(pyo.RangeSet(0, len(places) - 1), m.T, rule=rule)


def capacity(m: pyo.ConcreteModel, net: Network) -> None:
    """Storage and outbound limits, a rule per limit and period."""
    size = np.nan_to_num(net.products.measure[:, 2])
    out: dict[int, list[int]] = {n: [] for n in range(len(net.places))}
    for k in range(len(net.goods)):
        out[int(net.goods.source[k])].append(k)

    def rule(m: pyo.ConcreteModel, c: int, t: int) -> object:
        here = net.places.of[net.capacity.location[c]]
        if net.capacity.kind[c] == "storage":
            used = sum(size[p] * m.i[int(n), t] for p, n in enumerate(here))
        else:
            used = sum(size[p] * m.x[k, t] for p, n in enumerate(here) for k in out[int(n)])
        return used <= float(net.capacity.limit[c, t])

    m.capacity = pyo.Constraint(pyo.RangeSet(0, len(net.capacity) - 1), m.T, rule=rule)


def trucks(m: pyo.ConcreteModel, net: Network) -> object:
    """Whole trucks, a rule per lane and period; returns what they cost."""
    if not len(net.vehicles):
        return 0.0
    goods, truck = net.goods, float(net.vehicles.limit[0, 2])
    size = np.nan_to_num(net.products.measure[:, 2])
    on_lane: dict[int, list[int]] = {a: [] for a in range(len(net.lanes))}
    for k in range(len(goods)):
        on_lane[int(goods.lane[k])].append(k)
    m.A = pyo.RangeSet(0, len(net.lanes) - 1)
    m.n = pyo.Var(m.A, m.T, domain=pyo.NonNegativeIntegers)

    def rule(m: pyo.ConcreteModel, a: int, t: int) -> object:
        return sum(size[goods.product[k]] * m.x[k, t] for k in on_lane[a]) <= truck * m.n[a, t]

    m.truck_load = pyo.Constraint(m.A, m.T, rule=rule)
    return sum(float(net.vehicles.trip_cost[0]) * m.n[a, t] for a in m.A for t in m.T)
