"""F4 priority: no class is short while a lower one is served."""

from dataclasses import dataclass

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Network
from tierstock.inputs.network.service import ranked_pairs
from tierstock.model.keys import Keys, Level
from tierstock.model.rows import Rows
from tierstock.model.variables import ArrayVar, declare

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
SHORT = ("lost", "given_up", "backlog")
"""What a class lacks in a period: lost, given up, or owed at its end."""
NEAR = 1e-9
"""Part of a cost that is rounding."""


@dataclass(frozen=True)
class Pairs:
    """Two streams of one place with different priorities, X of them."""

    high: Ints
    """[X] stream served first."""
    low: Ints
    """[X] stream served after it."""
    open: Flags
    """[X, T] whether only a binary keeps the order: both can be short and served, and the costs
    do not do it."""


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Serve a class only where no class of higher priority is short, at one place and period.

    .. math::

        U_h + c_h + B_h \le Q_h\,(1 - z_{lpkt}), \qquad
        S^{imm}_l + rb_l \le Q_l\,z_{lpkt}
        \qquad k = \text{priority of } h < \text{priority of } l

        Q_{dt} = d_{dt} + \text{most owed at the end of } t - 1

    ====  ==================  ==============================================  =========
    sign  in code             meaning                                         unit
    ====  ==================  ==============================================  =========
    z     ``m.lower_served``  classes below this priority may be served       yes or no
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
    Nothing is asked where goods cannot reach h in time, nor where l takes goods that h may not
    have: older ones, or a substitute of its channel.
    Source: Sherali & Soyster, Journal of Optimization Theory and Applications 39 (1983).
    Sheets: ServiceClasses, Demand.
    """
    pairs = open_pairs(net)
    x, t = np.nonzero(pairs.open)
    if not len(x):
        return
    place, priority = net.demand.place[pairs.high], net.demand.priority[pairs.high]
    ranks = np.unique(net.demand.priority)
    level = np.searchsorted(ranks, priority)
    size = (len(net.places), len(ranks), len(net.periods))
    cells = np.unique(np.ravel_multi_index((place[x], level[x], t), size))
    at, rank, when = np.unravel_index(cells, size)
    names = m.names
    served = declare(
        m,
        "lower_served",
        Keys(
            (names.location, names.product, Level(ranks.astype(str)), names.period),
            (net.places.location[at], net.places.product[at], rank, when),
        ),
        {"place": at, "priority": rank, "period": when},
        size,
        upper=1.0,
        integer=True,
        doc="whether classes below a priority may be served",
    )
    assert served is not None
    _short_rows(m, net, served, np.unique(np.stack([pairs.high[x], t]), axis=1), ranks)
    low = np.unique(np.stack([pairs.low[x], level[x], t]), axis=1)
    _issue_rows(m, net, served, low, ranks)


def _short_rows(
    m: pyo.ConcreteModel, net: Network, served: ArrayVar, cells: Ints, ranks: Ints
) -> None:
    (d, t), demand = cells, net.demand
    most = _most(net)[d, t]
    rows = Rows(m, "higher_served_first", m.names.of_stream(d, t), "U + c + B <= Q (1 - z)")
    for name in SHORT:
        family = m.component(name)
        if family is not None:
            rows.add(family, 1.0, at=family.grid[d, t])
    rank = np.searchsorted(ranks, demand.priority[d])
    rows.add(served, most, at=served.grid[demand.place[d], rank, t])
    rows.at_most(most)


def _issue_rows(
    m: pyo.ConcreteModel, net: Network, served: ArrayVar, cells: Ints, ranks: Ints
) -> None:
    (d, rank, t), demand = cells, net.demand
    most = np.minimum(_most(net), m.bounds.reach[demand.place])[d, t]
    stream = m.names.of_stream(d, t)
    keys = Keys(
        (*stream.levels[:3], Level(ranks.astype(str)), stream.levels[3]),
        (*stream.codes[:3], rank, stream.codes[3]),
    )
    rows = Rows(m, "lower_waits", keys, "d - U - nb + rb <= Q z")
    for name, sign in (("lost", -1.0), ("owed_new", -1.0), ("owed_served", 1.0)):
        family = m.component(name)
        if family is not None:
            rows.add(family, sign, at=family.grid[d, t])
    rows.add(served, -most, at=served.grid[demand.place[d], rank, t])
    rows.at_most(-demand.quantity[d, t])


def open_pairs(net: Network) -> Pairs:
    """Return the pairs of streams that meet, and where the costs do not keep their order."""
    demand = net.demand
    high, low = ranked_pairs(demand)
    served = (_most(net) > 0.0) & net.servable()
    short = served & (demand.mode != "must")[:, None]
    meet = short[high] & served[low] & _takes_all(net, high, low)
    return Pairs(high, low, meet & ~_kept_by_costs(net, high, low))


def _takes_all(net: Network, high: Ints, low: Ints) -> Flags:
    """Whether the higher stream takes whatever the lower one may be served with; [X, T]."""
    stream, place, oldest = _takers(net)
    most = len(net.places)
    order = np.argsort(stream * most + place, kind="stable")
    keys = (stream * most + place)[order]
    by_stream = np.argsort(stream, kind="stable")
    first = np.searchsorted(stream[by_stream], low, side="left")
    count = np.searchsorted(stream[by_stream], low, side="right") - first
    pair = np.repeat(np.arange(len(low)), count)
    step = np.arange(len(pair)) - np.repeat(np.cumsum(count) - count, count)
    taker = by_stream[np.repeat(first, count) + step]
    wanted = high[pair] * most + place[taker]
    at = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    same = order[at]
    takes = (keys[at] == wanted)[:, None] & (oldest[same] <= oldest[taker])
    found = np.ones((len(low), len(net.periods)), dtype=bool)
    np.logical_and.at(found, pair, takes)
    return found


def _takers(net: Network) -> tuple[Ints, Ints, Ints]:
    """Stream, place and oldest age taken [V, T] of every way to serve demand."""
    life, ways, demand = net.shelf_life, net.substitutes, net.demand
    if life is not None:
        return life.taker_stream, life.taker_place, life.oldest_age
    stream, place = np.arange(len(demand)), demand.place
    if ways is not None:
        stream, place = np.append(stream, ways.stream), np.append(place, ways.place)
    return stream, place, np.zeros((len(stream), len(net.periods)), dtype=np.int64)


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
    if not plain or net.service is not None or net.user_rows is not None:
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
