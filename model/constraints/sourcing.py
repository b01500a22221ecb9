"""F25 sourcing: one source or two, shares of sources, sources in their order."""

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Choices, Network, Ranks, Shares
from tierstock.model.keys import Keys, Level
from tierstock.model.links import grouped
from tierstock.model.rows import Rows
from tierstock.model.variables import ArrayVar, declare, positions

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
TINY = 1e-9
"""Shares that miss 1 by less leave nothing over."""


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Let a place be served by the sources its rules name.

    .. math::

        \text{single, dual:}\quad x_{apt} \le Ub_{apt}\, src_{gi(a)w(t)}, \qquad
        \sum_i src_{giw} \le 1\ (2)

        \text{ratio:}\quad \sum_{t \in w} \sum_{a: i \to j} x_{apt}
            = \varphi_i \sum_{t \in w} \sum_{a \to j} x_{apt}

        \text{priority:}\quad x_{apt} \le Ub_{apt}\,(ex_{a't} + exs_{i'pt}) \quad
            \text{for every lane } a': i' \to j \text{ of a lower rank}

        \sum_p x_{a'pt} \ge Max_{a't}\, ex_{a't}, \qquad
        \sum_{t' + \ell s = t} q_{i'pt'} \ge \sum_{t' + \ell s = t} SupCap_{i'pt'}\, exs_{i'pt},
        \qquad I_{i'pt} \le Ub_{i'pt}\,(1 - exs_{i'pt})

    =====  ==============================  ===========================================  ======
    sign   in code                         meaning                                      unit
    =====  ==============================  ===========================================  ======
    x      ``m.flow``                      shipped on replenish and expedite lanes      units
    src    ``m.source_chosen``             1 where the origin is chosen for the window  0 or 1
    ex     ``m.lane_exhausted``            1 where the lane carries its Max Shipment    0 or 1
    exs    ``m.supply_exhausted``          1 where all is bought and nothing left       0 or 1
    q      ``m.purchase``                  bought at the origin                         units
    I      ``m.stock``                     stock at the origin                          units
    g      ``net.sourcing.choices``        place and product, or all products together
    w      ``net.sourcing.choices.window`` horizon, quarter, month or period (Hold)
    φ      ``net.sourcing.shares.share``   share of the origin                          ratio
    Ub     ``m.bounds``                    tight bound of the shipment, of the stock    units
    =====  ==============================  ===========================================  ======

    Origins are chosen, not modes: all lanes of a pair share src. Product ``*`` of single and dual
    is one choice for all products of the place (one warehouse serves a customer), any other
    selector one choice for each product. A ratio is not asked in a window in which an origin with
    a share, or all those for the rest, can send nothing (ruling 39). Origins without a rank come
    after those with one; origins of one rank serve together. ``forbid`` is no row: the lane has
    no column.
    Source: Geoffrion & Graves, Management Science 20 (1974). Sheet: Sourcing.
    """
    rules = net.sourcing
    if rules is None or m.component("flow") is None:
        return
    _choices(m, net, rules.choices)
    _shares(m, net, rules.shares, rules.goods)
    _priorities(m, net, rules.ranks, rules.goods)


def _choices(m: pyo.ConcreteModel, net: Network, choices: Choices) -> None:
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


def _shares(m: pyo.ConcreteModel, net: Network, shares: Shares, goods: Ints) -> None:
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


def _rest_missing(net: Network, shares: Shares, sink: Ints, live: Flags) -> Flags:
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


def _priorities(m: pyo.ConcreteModel, net: Network, ranks: Ranks, goods: Ints) -> None:
    """Every good needs all lanes of lower rank to its place to be exhausted."""
    if not len(ranks):
        return
    rank = np.full(len(net.goods), np.iinfo(np.int64).max)
    rank[ranks.goods] = ranks.rank
    by_supply = np.zeros(len(net.goods), dtype=bool)
    by_supply[ranks.goods] = ranks.by_supply
    later, earlier = _pairs(net, ranks.goods, goods, rank)
    pair, t = np.nonzero((m.flow.grid[later] >= 0) & (m.flow.grid[earlier] >= 0))
    k, before = later[pair], earlier[pair]
    lane, place = net.goods.lane[before], net.goods.source[before]
    lanes = _lanes_exhausted(m, net, lane, t)
    supplies = _supplies_exhausted(m, net, place[by_supply[before]], t[by_supply[before]])
    if not len(k):
        return
    levels = (m.names.lane, m.names.product, m.names.lane, m.names.period)
    keys = Keys(levels, (net.goods.lane[k], net.goods.product[k], lane, t))
    rows = Rows(m, "source_rank", keys, "x <= Ub where the source before is used up")
    bound = m.bounds.flow[k, t]
    rows.add(m.flow, 1.0, at=m.flow.grid[k, t])
    if lanes is not None:
        rows.add(lanes, -bound, at=lanes.grid[lane, t])
    if supplies is not None:
        rows.add(supplies, -bound, at=np.where(by_supply[before], supplies.grid[place, t], -1))
    rows.at_most(0.0)


def _pairs(net: Network, ranked: Ints, goods: Ints, rank: Ints) -> tuple[Ints, Ints]:
    """Goods of one place of which the second has a lower rank than the first."""
    sink = net.goods.sink
    order = ranked[np.argsort(sink[ranked], kind="stable")]
    start = np.searchsorted(sink[order], sink[goods])
    count = np.searchsorted(sink[order], sink[goods], side="right") - start
    later = np.repeat(goods, count)
    offset = np.arange(len(later)) - np.repeat(np.cumsum(count) - count, count)
    earlier = order[np.repeat(start, count) + offset]
    below = rank[earlier] < rank[later]
    return later[below], earlier[below]


def _lanes_exhausted(m: pyo.ConcreteModel, net: Network, lane: Ints, t: Ints) -> ArrayVar | None:
    """Lanes with a Max Shipment that goods of a later rank wait for."""
    limit = net.lanes.max_shipment
    wanted = np.zeros(limit.shape, dtype=bool)
    wanted[lane, t] = np.isfinite(limit[lane, t])
    a, period = np.nonzero(wanted)
    keys = Keys((m.names.lane, m.names.period), (a, period))
    found = declare(
        m,
        "lane_exhausted",
        keys,
        {"lane": a, "period": period},
        limit.shape,
        upper=1.0,
        integer=True,
        doc="1 where the lane carries its Max Shipment",
    )
    if found is not None:
        rows = Rows(m, "lane_exhausted_at", keys, "all products together >= Max Shipment")
        k, when = m.flow.codes["goods"], m.flow.codes["period"]
        row = found.grid[net.goods.lane[k], when]
        rows.add(m.flow, 1.0, at=np.arange(len(k)), row=row, partial=True)
        rows.add(found, -limit[a, period], at=np.arange(len(a)))
        rows.at_least(0.0)
    return found


def _supplies_exhausted(
    m: pyo.ConcreteModel, net: Network, place: Ints, t: Ints
) -> ArrayVar | None:
    """Origins that live on a limited Supply: all that comes is bought, and nothing is left."""
    last = len(net.periods)
    wanted = np.zeros((len(net.places), last), dtype=bool)
    wanted[place, t] = True
    n, period = np.nonzero(wanted)
    keys = m.names.at_place(n, period)
    found = declare(
        m,
        "supply_exhausted",
        keys,
        {"place": n, "period": period},
        wanted.shape,
        upper=1.0,
        integer=True,
        doc="1 where all is bought and nothing is left",
    )
    if found is None:
        return None
    purchase = m.component("purchase")
    bought = np.zeros(wanted.shape)
    rows = Rows(m, "supply_exhausted_at", keys, "what comes in >= all that could")
    if purchase is not None:
        s, order = purchase.codes["supply"], purchase.codes["period"]
        of, due = net.supply.place[s], order + net.supply.lead[s, order]
        inside = np.flatnonzero(due < last)
        np.add.at(bought, (of[inside], due[inside]), net.supply.most[s, order][inside])
        row = found.grid[of[inside], due[inside]]
        rows.add(purchase, 1.0, at=inside, row=row, partial=True)
    rows.add(found, -bought[n, period], at=np.arange(len(n)))
    rows.at_least(0.0)
    stock = positions(m, "stock", wanted.shape)[n, period]
    keeps = np.flatnonzero(stock >= 0)
    most = np.minimum(m.bounds.reach[n, period], m.bounds.need[n].max(axis=1))[keeps]
    rows = Rows(m, "supply_empty", m.names.at_place(n[keeps], period[keeps]), "I <= Ub (1 - ex)")
    rows.add(m.component("stock"), 1.0, at=stock[keeps])
    rows.add(found, most, at=keeps)
    rows.at_most(most)
    return found
