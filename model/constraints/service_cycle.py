"""F21 service targets: how often demand may run short, by group and window."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.rows import Rows
from tierstock.model.ruled import add_missed, can_miss, keys_of
from tierstock.model.variables import declare


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Let only so many demand records of a group run short.

    .. math::

        U_d + nb_d \le d_d\,v_d, \qquad
        \sum_{d \in g} v_d - over_g \le A_g, \qquad A_g = \lfloor (1 - \alpha_g)\,|g| \rfloor

        \text{cost} = \sum_g c^{gap}_g\,over_g

    ====  ========================  ============================================  ==========
    sign  in code                   meaning                                       unit
    ====  ========================  ============================================  ==========
    v     ``m.stock_out``           the record is not served in full at once      yes or no
    over  ``m.stock_outs_over``     stock-outs beyond those allowed (soft)        stock-outs
    A     ``targets.required``      stock-outs allowed                            stock-outs
    α     ``targets.minimum``       Minimum                                       ratio
    ====  ========================  ============================================  ==========

    A record is the demand of one stream in one period; only those with demand count (\|g\|). Where
    nothing can have come, v = 1; a hard target allows as many (ruling 39). The linear relaxation
    asks no more than the mean fill of the records: expect a weak bound.
    Without a stated Penalty a stock-out too many costs 1.5 b x the mean record of the group.
    Sources: Silver, Pyke & Thomas (2017); Tempelmeier, Inventory Management in Supply Networks
    (2011). Sheet: ServiceTargets.
    """
    if net.service is None or not net.service.targets.cycle.any():
        return
    targets, size = net.service.targets, net.demand.quantity.shape
    counted = targets.cycle[targets.rule] & can_miss(m, targets.stream, targets.period)
    records = np.unique(targets.stream[counted] * size[1] + targets.period[counted])
    d, t = np.divmod(records, size[1])
    keys = m.names.of_stream(d, t)
    away = ~net.servable()[d, t]
    short = declare(
        m,
        "stock_out",
        keys,
        {"stream": d, "period": t},
        size,
        lower=away.astype(float),
        upper=1.0,
        integer=True,
        doc="whether a record is not served in full in its period",
    )
    if short is None:
        return
    link = Rows(m, "stock_out_link", keys, "U + nb <= d v")
    add_missed(link, m, np.arange(len(d)), d, t, 1.0)
    link.add(short, -net.demand.quantity[d, t], at=np.arange(len(d)))
    link.at_most(0.0)
    _allowed(m, net)


def _allowed(m: pyo.ConcreteModel, net: Network) -> None:
    assert net.service is not None
    targets, short = net.service.targets, m.stock_out
    at = short.grid[targets.stream, targets.period]
    mine = np.flatnonzero(targets.cycle[targets.rule] & (at >= 0))
    count = np.bincount(targets.rule[mine], minlength=len(targets))
    rules = np.flatnonzero(count > targets.required)
    number = np.full(len(targets), -1)
    number[rules] = np.arange(len(rules))
    soft = rules[~targets.hard[rules]]
    over = declare(
        m,
        "stock_outs_over",
        keys_of(targets.label[soft], targets.window[soft]),
        {"target": soft},
        (len(targets),),
        upper=(count - targets.required)[soft],
        doc="stock-outs beyond those allowed",
    )
    m.costs.add("target shortfall", over, targets.penalty[soft], period=targets.last[soft])
    rows = Rows(m, "cycle_target", keys_of(targets.label[rules], targets.window[rules]), "v <= A")
    rows.add(short, 1.0, at=at[mine], row=number[targets.rule[mine]], partial=True)
    if over is not None:
        rows.add(over, -1.0, at=over.grid[rules])
    rows.at_most(targets.required[rules])
