"""F31 returns: what customers bring back, and what of it is thrown away."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.variables import declare


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Let a share of the issues come back to the place that issued them.

    .. math::

        ret_{l,p^\circ,t} = ratio_{lp}\, S_{lp,t-lag}, \qquad disp_{l,p^\circ,t} \ge 0, \qquad
        \text{cost} = \sum c^{disp}_{l,p^\circ}\, disp_{l,p^\circ,t}

    ======  ===============================  ===================================  ==========
    sign    in code                          meaning                              unit
    ======  ===============================  ===================================  ==========
    disp    ``m.disposed``                   thrown away                          units
    S       ``m.movements`` (issued)         issued at the place, at once and     units
                                             late
    ratio   ``net.returns.ratio``            share that comes back                ratio
    lag     ``net.returns.lag``              whole periods until it is back       periods
    c       ``net.returns.disposal_cost``    thrown away                          money/unit
    ======  ===============================  ===================================  ==========

    What comes back is stock of the Return Product p° at the same location; it may be sold again,
    sent on a lane, or used in a recipe that refurbishes it. Nothing comes back of what was issued
    before the horizon, and what would come back after it does not count: no location has to stay
    open for it. Only products that come back may be thrown away.
    Source: Fleischmann et al., "Quantitative models for reverse logistics", EJOR 103 (1997).
    Sheet: Returns.
    """
    returns, last = net.returns, len(net.periods)
    if returns is None:
        return
    _post(m, net)
    back, first = np.unique(returns.back, return_index=True)
    n, t = np.nonzero(net.places.earliest[back][:, None] <= np.arange(last))
    disposed = declare(
        m,
        "disposed",
        m.names.at_place(back[n], t),
        {"place": back[n], "period": t},
        (len(net.places), last),
        doc="returned goods thrown away, units",
    )
    m.movements.post("disposed", disposed, 1.0, place=back[n], period=t)
    m.costs.add("disposal", disposed, returns.disposal_cost[first][n])


def _post(m: pyo.ConcreteModel, net: Network) -> None:
    """Post what comes back of everything that is issued, whoever issues it."""
    returns = net.returns
    assert returns is not None
    last = len(net.periods)
    of = np.full(len(net.places), -1, dtype=np.int64)
    of[returns.place] = np.arange(len(returns))
    for entry in list(m.movements.of("issued")):
        rule = of[entry.place]
        can = entry.period >= net.places.earliest[entry.place]  # before, nothing is issued
        here = np.flatnonzero((rule >= 0) & can & (entry.period < last))
        due = entry.period[here] + returns.lag[rule[here], entry.period[here]]
        here, due = here[due < last], due[due < last]
        rule = rule[here]
        m.movements.post(
            "returned",
            m.component(entry.variable),
            returns.ratio[rule] * entry.amount[here],
            place=returns.back[rule],
            period=due,
            at=entry.at[here],
        )
    can = net.places.earliest[returns.place][:, None] <= np.arange(last)
    issued = np.where(can, m.movements.known("issued")[returns.place, :last], 0.0)
    known = np.zeros((len(net.places), last))
    rule, when = np.nonzero((issued > 0) & (np.arange(last) + returns.lag < last))
    amount = returns.ratio[rule] * issued[rule, when]
    np.add.at(known, (returns.back[rule], when + returns.lag[rule, when]), amount)
    m.movements.post_known("returned", known)
