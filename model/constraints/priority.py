"""F4 priority: no class is short while a lower one is served."""

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Network
from tierstock.model.keys import Keys
from tierstock.model.reach import issuable
from tierstock.model.rows import Rows
from tierstock.model.variables import declare

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
SHORT = ("lost", "given_up", "backlog")
"""What a class lacks in a period: lost, given up, or owed at its end."""
NEAR = 1e-9
"""Part of a cost that is rounding."""


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Serve a class only where no class of higher priority is short, at one place and period.

    .. math::

        U_h + c_h + B_h \le Q_h\,(1 - z_{ht}), \qquad
        S^{imm}_l + rb_l \le Q_l\,z_{ht} \qquad \text{priority of } h < \text{priority of } l

        Q_{dt} = d_{dt} + \text{most owed at the end of } t - 1

    ====  ==================  ==============================================  =========
    sign  in code             meaning                                         unit
    ====  ==================  ==============================================  =========
    z     ``m.lower_served``  classes below h may be served                   yes or no
    U     ``m.lost``          lost at once                                    units
    c     ``m.given_up``      owed and given up                               units
    B     ``m.backlog``       owed at the end of the period                   units
    Q     bound from data     most a stream can be short of, or be issued     units
    ====  ==================  ==============================================  =========

    There are rows only for those pairs of classes and periods where the costs do not keep the
    order by themselves. They do where the objective is one sum of money, no rule looks at single
    classes, h is lost when short, and a unit of h lost costs more than a unit withheld from l:
    its lost cost where l is lost or given up; what it costs to owe it to the end and lose it then
    where l waits without limit. Then a plan that serves l while h is short gets cheaper by handing
    l's unit to h. Whoever waits can always be let wait a little longer, so a waiting class above
    another one, equal costs, and classes that must be served below another one need the binary.
    Nothing is asked where goods cannot reach h in time, nor of classes of which the lower one
    takes goods that the higher one may not have: with less life left, or a substitute.
    Source: Sherali & Soyster, Journal of Optimization Theory and Applications 39 (1983).
    Sheets: ServiceClasses, Demand.
    """
    pairs = net.service_order
    if pairs is None:
        return
    x, t = np.nonzero(open_cells(net))
    high, low = pairs.high[x], pairs.low[x]
    last = len(net.periods)
    d, when = np.divmod(np.unique(high * last + t), last)
    keys = m.names.of_stream(d, when)
    served = declare(
        m,
        "lower_served",
        keys,
        {"stream": d, "period": when},
        (len(net.demand), last),
        upper=1.0,
        integer=True,
        doc="whether classes below this one may be served",
    )
    if served is None:
        return
    most = _most(net)
    rows = Rows(m, "higher_served_first", keys, "U + c + B <= Q (1 - z)")
    for name in SHORT:
        family = m.component(name)
        if family is not None:
            rows.add(family, 1.0, at=family.grid[d, when])
    rows.add(served, most[d, when], at=np.arange(len(d)))
    rows.at_most(most[d, when])
    most = np.minimum(most, _in_reach(m, net))
    rows = Rows(m, "lower_waits", _pair_keys(m, low, high, t), "d - U - nb + rb <= Q z")
    for name, sign in (("lost", -1.0), ("owed_new", -1.0), ("owed_served", 1.0)):
        family = m.component(name)
        if family is not None:
            rows.add(family, sign, at=family.grid[low, t])
    rows.add(served, -most[low, t], at=served.grid[high, t])
    rows.at_most(-net.demand.quantity[low, t])


def _in_reach(m: pyo.ConcreteModel, net: Network) -> Floats:
    """Most that can have come for a stream, what may stand in for it too; shape [D, T]."""
    reach, ways = issuable(net, m.bounds.reach), net.substitutes
    most: Floats = reach[net.demand.place]
    if ways is not None:
        np.add.at(most, ways.stream, reach[ways.place] / ways.ratio[:, None])
    return most


def _pair_keys(m: pyo.ConcreteModel, low: Ints, high: Ints, period: Ints) -> Keys:
    """Keys (location, product, lower class, higher class, period)."""
    one, other = m.names.of_stream(low, period), m.names.of_stream(high, period)
    return Keys(
        (*one.levels[:3], other.levels[2], one.levels[3]),
        (*one.codes[:3], other.codes[2], one.codes[3]),
    )


def open_cells(net: Network) -> Flags:
    """Return where the costs do not keep the order of two streams that meet; [X, T]."""
    assert net.service_order is not None
    high, low = net.service_order.high, net.service_order.low
    served = (_most(net) > 0.0) & net.servable()
    short = served & (net.demand.mode != "must")[:, None]
    meet = short[high] & served[low]
    return np.asarray(meet & ~_kept_by_costs(net, high, low))


def _most(net: Network) -> Floats:
    """Most a stream can be short of, or be issued, in each period; [D, T]."""
    demand, last = net.demand, len(net.periods)
    owed = demand.owed_share[:, None] * demand.quantity
    in_time = np.arange(last + 1) <= demand.opening_clear_by[:, None]
    before = demand.opening_backlog[:, None] * in_time
    for since in range(last):
        later = np.arange(since + 1, last + 1)
        waits = later <= demand.clear_by[:, since, None]
        before[:, since + 1 :] += owed[:, since, None] * waits
    result: Floats = demand.quantity + before[:, :last]
    return result


def _kept_by_costs(net: Network, high: Ints, low: Ints) -> Flags:
    """Whether handing a unit of the lower class to the higher one always pays; [X, T]."""
    demand, last = net.demand, len(net.periods)
    plain = net.settings.objective != "lexicographic" and net.substitutes is None
    if not plain or net.cash is not None:
        return np.zeros((len(high), last), dtype=bool)
    if net.service is not None or net.user_rows is not None:
        return np.zeros((len(high), last), dtype=bool)
    lost = demand.lost_cost
    earned = net.sales.price if net.sales is not None and net.sales.counted else 0.0
    waits = (demand.owed_share > 0.0) | (demand.opening_backlog > 0.0)
    limited = (demand.clear_by < last).any(axis=1) | (demand.opening_clear_by < last)
    owed = np.cumsum(demand.back_cost[:, ::-1], axis=1)[:, ::-1] + lost[:, -1:]
    withheld = np.where((waits & ~limited)[:, None], np.maximum(lost, owed), lost) + earned
    withheld = np.where((demand.mode == "must")[:, None], np.inf, withheld)
    gained = np.where(waits[:, None], 0.0, lost + earned)
    return np.asarray(gained[high] > withheld[low] * (1.0 + NEAR) + NEAR)
