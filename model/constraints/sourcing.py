"""F25 sourcing: one source or two for a time, and shares of sources."""

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Network, SourceChoices, SourceShares
from tierstock.model.keys import Keys, Level
from tierstock.model.links import grouped
from tierstock.model.rows import Rows
from tierstock.model.variables import declare

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
TINY = 1e-9
"""SourceShares that miss 1 by less leave nothing over."""


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Let a place be served by the sources its rules name.

    .. math::

        \text{single, dual:}\quad x_{apt} \le Ub_{apt}\, src_{gi(a)w(t)}, \qquad
        \sum_i src_{giw} \le 1\ (2)

        \text{ratio:}\quad \sum_{t \in w} \sum_{a: i \to j} x_{apt}
            = \varphi_i \sum_{t \in w} \sum_{a \to j} x_{apt}

    ====  ===============================  ===========================================  ======
    sign  in code                          meaning                                      unit
    ====  ===============================  ===========================================  ======
    x     ``m.flow``                       shipped on replenish and expedite lanes      units
    src   ``m.source_chosen``              1 where the origin is chosen for the window  0 or 1
    g     ``net.sourcing.choices``         place and product, or all products together
    w     ``net.sourcing.choices.window``  horizon, quarter, month or period (Hold)
    φ     ``net.sourcing.shares.share``    share of the origin                          ratio
    Ub    ``m.bounds.flow``                tight bound of the shipment                  units
    ====  ===============================  ===========================================  ======

    Origins are chosen, not modes: all lanes of a pair share src. Product ``*`` of single and dual
    is one choice for all products of the place (one warehouse serves a customer), any other
    selector one choice for each product. A ratio is not asked in a window in which an origin with
    a share, or all those for the rest, can send nothing (ruling 39). ``forbid`` is no row: the
    lane has no column.
    Source: Geoffrion & Graves, Management Science 20 (1974). Sheet: Sourcing.
    """
    rules = net.sourcing
    if rules is None or m.component("flow") is None:
        return
    _choices(m, net, rules.choices)
    _shares(m, net, rules.shares, rules.goods)


def _choices(m: pyo.ConcreteModel, net: Network, choices: SourceChoices) -> None:
    """Binaries where more origins could serve than may be chosen."""
    grid, last = m.flow.grid, len(net.periods)
    member, t = np.nonzero(grid[choices.goods] >= 0)
    k, choice = choices.goods[member], choices.choice[member]
    origin, window = net.lanes.origin[net.goods.lane[k]], choices.window[choice, t]
    group, first = grouped(choice, origin, window)
    per_window, _ = grouped(choice[first], window[first])
    crowded = np.bincount(per_window)[per_window] > choices.most[choice[first]]
    number = np.where(crowded, np.cumsum(crowded) - 1, -1)
    at = first[crowded]
    labels = Level(choices.label)
    start = np.full((len(choices), last), last, dtype=np.int64)
    every = np.arange(len(choices))[:, None]
    np.minimum.at(start, (every, choices.window), np.arange(last))
    begins = start[choice[at], window[at]]
    chosen = declare(
        m,
        "source_chosen",
        Keys((labels, m.names.location, m.names.period), (choice[at], origin[at], begins)),
        {"choice": choice[at], "location": origin[at], "period": begins},
        (len(choices), len(net.locations), last),
        upper=1.0,
        integer=True,
        doc="1 where the origin is chosen from this period on",
    )
    if chosen is None:
        return
    here = np.flatnonzero(number[group] >= 0)
    goods, period = k[here], t[here]
    levels = (m.names.lane, m.names.product, labels, m.names.period)
    keys = Keys(levels, (net.goods.lane[goods], net.goods.product[goods], choice[here], period))
    rows = Rows(m, "source_link", keys, "x <= Ub src")
    rows.add(m.flow, 1.0, at=grid[goods, period])
    rows.add(chosen, -m.bounds.flow[goods, period], at=number[group[here]])
    rows.at_most(0.0)
    row, lead = grouped(choice[at], begins)
    keys = Keys((labels, m.names.period), (choice[at][lead], begins[lead]))
    rows = Rows(m, "source_count", keys, "origins chosen")
    rows.add(chosen, 1.0, at=np.arange(len(at)), row=row)
    rows.at_most(choices.most[choice[at][lead]])


def _shares(m: pyo.ConcreteModel, net: Network, shares: SourceShares, goods: Ints) -> None:
    """One row per origin with a share and window in which all these origins can send."""
    grid, last = m.flow.grid, len(net.periods)
    if not len(shares):
        return
    origin = net.lanes.origin[net.goods.lane[goods]]
    sends = np.zeros((len(shares), last), dtype=bool)
    key = shares.place * len(net.locations) + shares.origin
    mine = net.goods.sink[goods] * len(net.locations) + origin
    at = np.minimum(np.searchsorted(key, mine), len(key) - 1)
    listed = key[at] == mine
    live = grid[goods] >= 0
    np.logical_or.at(sends, at[listed], live[listed])
    can = np.zeros((len(shares), last), dtype=bool)
    entry, period = np.nonzero(sends)
    can[entry, shares.window[entry, period]] = True
    missing = np.zeros((len(net.places), last), dtype=bool)
    np.logical_or.at(missing, shares.place, ~can & (shares.share > 0)[:, None])
    missing |= _rest_missing(net, shares, net.goods.sink[goods[~listed]], live[~listed])
    has = np.zeros((len(shares), last), dtype=bool)
    np.put_along_axis(has, shares.window, np.ones_like(shares.window, dtype=bool), axis=1)
    h, w = np.nonzero(has & ~missing[shares.place])
    row_of = np.full((len(shares), last), -1, dtype=np.int64)
    row_of[h, w] = np.arange(len(h))
    first = np.argmax(shares.window[h] == w[:, None], axis=1)
    place = shares.place[h]
    keys = Keys(
        (m.names.location, m.names.product, m.names.location, m.names.period),
        (net.places.location[place], net.places.product[place], shares.origin[h], first),
    )
    rows = Rows(m, "source_share", keys, "sent by the origin = share of all that is sent")
    g, t = np.nonzero(live)
    here = np.flatnonzero(listed[g])
    share = at[g[here]]
    row = row_of[share, shares.window[share, t[here]]]
    rows.add(m.flow, 1.0, at=grid[goods[g[here]], t[here]], row=row, partial=True)
    by_place = np.argsort(shares.place, kind="stable")
    start = np.searchsorted(shares.place[by_place], net.goods.sink[goods[g]])
    end = np.searchsorted(shares.place[by_place], net.goods.sink[goods[g]], side="right")
    entry = np.repeat(np.arange(len(g)), end - start)
    offset = np.arange(len(entry)) - np.repeat(np.cumsum(end - start) - (end - start), end - start)
    of = by_place[start[entry] + offset]
    row = row_of[of, shares.window[of, t[entry]]]
    at_flow = grid[goods[g[entry]], t[entry]]
    rows.add(m.flow, -shares.share[of], at=at_flow, row=row, partial=True)
    rows.equals(0.0)


def _rest_missing(net: Network, shares: SourceShares, sink: Ints, live: Flags) -> Flags:
    """Windows in which no origin without a share can send what the shares leave over; [N, T].

    Args:
        net: the network.
        shares: stated shares.
        sink: place to which each good of such an origin goes.
        live: whether it can be sent, by period.
    """
    places, last = len(net.places), live.shape[1]
    rest = 1.0 - np.bincount(shares.place, shares.share, minlength=places)
    window = np.zeros((places, last), dtype=np.int64)
    window[shares.place] = shares.window
    able = np.zeros((places, last), dtype=bool)
    entry, period = np.nonzero(live)
    able[sink[entry], window[sink[entry], period]] = True
    return (rest > TINY)[:, None] & ~able
