"""F3 demand: served at once, waiting, given up or lost, by class."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.rows import Rows
from tierstock.model.variables import declare


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Split every demand into what is served at once, owed, and lost.

    .. math::

        S^{imm}_{lpkt} + nb_{lpkt} + U_{lpkt} = d_{lpkt}, \qquad
        B_{lpkt} = B_{lpk,t-1} + nb_{lpkt} - rb_{lpkt} - c_{lpkt}, \qquad B_{lpk0}\ \text{given}

        \text{partial:}\ nb_{lpkt} \le \gamma_k d_{lpkt}; \qquad
        \text{Max Wait:}\ B_{lpkt} \le \sum_{t' \le t < clear(t')} nb_{lpkt'}

        \text{cost} = \sum c^{lost}(U + c) + \sum_t c^{back} B_t + c^{lost} B_T

    ====  ===================  ==============================================  =====
    sign  in code              meaning                                         unit
    ====  ===================  ==============================================  =====
    U     ``m.lost``           lost at once                                    units
    nb    ``m.owed_new``       newly owed                                      units
    rb    ``m.owed_served``    owed before and issued now                      units
    c     ``m.given_up``       owed and given up (only with a Max Wait)        units
    B     ``m.backlog``        owed at the end of the period                   units
    d     ``net.demand``       demand of the period                            units
    γ     ``owed_share``       share that may wait: lost, must 0; backorder 1  ratio
    ====  ===================  ==============================================  =====

    :math:`S^{imm} = d - nb - U` is substituted, so a lost class needs no row: U <= d is a bound.
    ``lost``: nb = 0. ``backorder``: U = 0. ``must``: both 0. The Max Wait row says that nothing
    stays in the backlog beyond its last period; it equals the cumulative form of F3.
    Where nothing can have come yet, or the location is not open, demand is lost (lost, must) or
    owed by a bound; ``must`` binds from the first period that can comply.
    Sources: Silver, Pyke & Thomas, Inventory and Production Management in Supply Chains, ch. 6;
    Snyder & Shen, Fundamentals of Supply Chain Theory, ch. 3. Sheets: Demand, ServiceClasses.
    """
    _lost(m, net)
    _owed(m, net)
    places, demand = net.places, net.demand
    wanted = np.zeros((len(places), len(net.periods)))
    np.add.at(wanted, demand.place, demand.quantity)
    m.movements.post_known("issued", wanted)
    out = places.handling_out[demand.place]
    handled = (out * demand.quantity).sum(axis=0)
    m.costs.add_constant("handling", handled, np.arange(len(net.periods)))
    for name, sign in (("lost", -1.0), ("owed_new", -1.0), ("owed_served", 1.0)):
        family = m.component(name)
        if family is not None:
            d, t = family.codes["stream"], family.codes["period"]
            m.movements.post("issued", family, sign, place=demand.place[d], period=t)
            m.costs.add("handling", family, sign * out[d, t])


def _lost(m: pyo.ConcreteModel, net: Network) -> None:
    demand, last = net.demand, len(net.periods)
    mode = demand.mode.astype(str)
    waits = (demand.owed_share > 0)[:, None] & (demand.clear_by > np.arange(last))
    may_lose = np.isin(mode, ("lost", "partial"))[:, None] | ~(waits | (mode == "must")[:, None])
    out_of_reach = ~net.servable() & ~waits
    d, t = np.nonzero((demand.quantity > 0) & (may_lose | out_of_reach))
    wanted = demand.quantity[d, t]
    lost = declare(
        m,
        "lost",
        m.names.of_stream(d, t),
        {"stream": d, "period": t},
        (len(demand), last),
        lower=np.where(out_of_reach[d, t], wanted, 0.0),
        upper=wanted,
        doc="demand lost at once, units",
    )
    m.costs.add("lost sales", lost, demand.lost_cost[d, t])


def _owed(m: pyo.ConcreteModel, net: Network) -> None:
    demand, last = net.demand, len(net.periods)
    time = np.arange(last)
    new = (demand.quantity > 0) & (demand.owed_share > 0)[:, None] & (demand.clear_by > time)
    owes = demand.opening_backlog > 0
    before = np.cumsum(new, axis=1) - new + owes[:, None] > 0
    limited = ((demand.clear_by < last) & new).any(axis=1) | (
        owes & (demand.opening_clear_by < last)
    )
    servable = net.servable()
    wanted = demand.owed_share[:, None] * demand.quantity
    forced = np.where(~servable & (demand.owed_share == 1)[:, None], wanted, 0.0)
    kinds = (
        ("owed_new", new, forced, wanted, "newly owed, units"),
        ("owed_served", before & servable, 0.0, np.inf, "owed before and issued now, units"),
        ("given_up", (new | before) & limited[:, None], 0.0, np.inf, "given up, units"),
        ("backlog", new | before, 0.0, np.inf, "owed at the end of the period, units"),
    )
    for name, live, lower, upper, doc in kinds:
        d, t = np.nonzero(live)
        declare(
            m,
            name,
            m.names.of_stream(d, t),
            {"stream": d, "period": t},
            (len(demand), last),
            lower=np.broadcast_to(lower, live.shape)[d, t],
            upper=np.broadcast_to(upper, live.shape)[d, t],
            doc=doc,
        )
    backlog = m.component("backlog")
    if backlog is None:
        return
    d, t = backlog.codes["stream"], backlog.codes["period"]
    final = np.where(t == last - 1, demand.lost_cost[d, t], 0.0)
    m.costs.add("backorder", backlog, demand.back_cost[d, t] + final)
    given_up = m.component("given_up")
    if given_up is not None:
        m.costs.add(
            "lost sales",
            given_up,
            demand.lost_cost[given_up.codes["stream"], given_up.codes["period"]],
        )
    _backlog_rows(m, net)
    _wait_rows(m, net, limited)
    _partial_rows(m, net)


def _backlog_rows(m: pyo.ConcreteModel, net: Network) -> None:
    d, t = m.backlog.codes["stream"], m.backlog.codes["period"]
    rows = Rows(m, "backlog_balance", m.backlog.key_list, "B = B before + nb - rb - c")
    rows.add(m.backlog, 1.0, at=np.arange(len(d)))
    rows.add(m.backlog, -1.0, at=np.where(t > 0, m.backlog.grid[d, t - 1], -1))
    for name, sign in (("owed_new", -1.0), ("owed_served", 1.0), ("given_up", 1.0)):
        family = m.component(name)
        if family is not None:
            rows.add(family, sign, at=family.grid[d, t])
    rows.equals(np.where(t == 0, net.demand.opening_backlog[d], 0.0))


def _wait_rows(m: pyo.ConcreteModel, net: Network, limited: np.ndarray) -> None:
    demand, last = net.demand, len(net.periods)
    at = np.flatnonzero(limited[m.backlog.codes["stream"]])
    d, t = m.backlog.codes["stream"][at], m.backlog.codes["period"][at]
    rows = Rows(m, "owed_cleared", m.names.of_stream(d, t), "B <= what may still wait")
    rows.add(m.backlog, 1.0, at=at)
    new = m.component("owed_new")
    if new is not None:
        for since in range(last):
            waits = (since <= t) & (t < demand.clear_by[d, since])
            rows.add(new, -1.0, at=np.where(waits, new.grid[d, since], -1))
    rows.at_most(np.where(t < demand.opening_clear_by[d], demand.opening_backlog[d], 0.0))


def _partial_rows(m: pyo.ConcreteModel, net: Network) -> None:
    lost, new = m.component("lost"), m.component("owed_new")
    if lost is None or new is None:
        return
    d, t = np.nonzero((lost.grid >= 0) & (new.grid >= 0))
    rows = Rows(m, "demand_split", m.names.of_stream(d, t), "U + nb <= d, = d out of reach")
    rows.add(lost, 1.0, at=lost.grid[d, t])
    rows.add(new, 1.0, at=new.grid[d, t])
    wanted = net.demand.quantity[d, t]
    rows.between(np.where(net.servable()[d, t], -np.inf, wanted), wanted)
