"""F24 sites: locations that open and close."""

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Network
from tierstock.model.keys import Keys, Level
from tierstock.model.rows import Rows
from tierstock.model.variables import ArrayVar, declare

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Declare what is open, tie opening and closing to it, and charge them.

    .. math::

        open_{lt} - open_{l,t-1} = start_{lt} - stop_{lt}, \qquad open_{l0}\ \text{by Status}

        \sum_{t' = t - minOpen_l + 1}^{t} start_{lt'} \le open_{lt}; \qquad
        \sum_{l \in g} open_{lt} \le \max(Max_g,\ \text{members that must be open}); \qquad
        start_{lt} = 0 \text{ after Must Decide By}

        \text{cost} = \sum Open_l\, start_{lt} + Close_l\, stop_{lt} + Fix_l\, open_{lt}

    =======  ==========================  ====================================  ============
    sign     in code                     meaning                               unit
    =======  ==========================  ====================================  ============
    open     ``m.site_open``             1 where the location is open          0 or 1
    start    ``m.site_start``            1 where it opens                      0 to 1
    stop     ``m.site_stop``             1 where it closes                     0 to 1
    Open     ``net.sites.open_cost``     once, in the period it opens          money
    Close    ``net.sites.close_cost``    once, in the period it closes         money
    Fix      ``net.sites.fixed_cost``    per open period, used or not          money/period
    minOpen  ``net.sites.min_open``      least number of open periods          periods
    Max      ``net.sites.most_open``     members of a group open at once       count
    =======  ==========================  ====================================  ============

    start and stop need not be declared whole: they are where open is. Members with stock today
    that nothing can have taken away count in a group until it can be gone (tables.md, ruling on
    hard limits and today's stock). What a closed location lets through is in ``gates``.
    Source: Melo, Nickel & Saldanha-da-Gama, European J. of Operational Research 2009.
    Sheets: Sites, Locations (Status, Active From, Active To).
    """
    sites, last = net.sites, len(net.periods)
    if sites is None:
        return
    x, t = (codes.ravel() for codes in np.indices((len(sites), last)))
    location = sites.location[x]
    keys = Keys((m.names.location, m.names.period), (location, t))
    codes, shape = {"location": location, "period": t}, (len(net.locations), last)
    kinds = (
        ("site_open", sites.active, True, "open in the period"),
        ("site_start", sites.may_start, False, "opens in the period"),
        ("site_stop", 1.0, False, "closes in the period"),
    )
    for name, most, whole, doc in kinds:
        upper = np.broadcast_to(most, (len(sites), last))[x, t].astype(float)
        declare(m, name, keys, codes, shape, upper=upper, integer=whole, doc=f"1 where it {doc}")
    m.costs.add("site opening", m.site_start, sites.open_cost[x])
    m.costs.add("site closing", m.site_stop, sites.close_cost[x])
    m.costs.add("site fixed", m.site_open, sites.fixed_cost[x])
    _changes(m, net, keys)
    _stays_open(m, net)


def _at(family: ArrayVar, net: Network) -> NDArray[np.int32]:
    """Position of every site and period in a family, [X, T]."""
    assert net.sites is not None
    positions: NDArray[np.int32] = family.grid[net.sites.location]
    return positions


def _changes(m: pyo.ConcreteModel, net: Network, keys: Keys) -> None:
    assert net.sites is not None
    now = _at(m.site_open, net)
    before = np.hstack([np.full((len(now), 1), -1, dtype=now.dtype), now[:, :-1]])
    known = np.zeros(now.shape)
    known[:, 0] = net.sites.open_before
    rows = Rows(m, "site_change", keys, "open - open before = start - stop")
    rows.add(m.site_open, 1.0, at=now.ravel())
    rows.add(m.site_open, -1.0, at=before.ravel())
    rows.add(m.site_start, -1.0, at=_at(m.site_start, net).ravel())
    rows.add(m.site_stop, 1.0, at=_at(m.site_stop, net).ravel())
    rows.equals(known.ravel())


def _stays_open(m: pyo.ConcreteModel, net: Network) -> None:
    assert net.sites is not None
    least, last = net.sites.min_open, len(net.periods)
    x, t = np.nonzero(np.repeat(least[:, None] > 1, last, axis=1))
    location = net.sites.location[x]
    keys = Keys((m.names.location, m.names.period), (location, t))
    rows = Rows(m, "site_min_open", keys, "what opened lately is still open")
    for back in range(min(int(least.max(initial=0)), last)):
        inside = (t >= back) & (back < least[x])
        start = np.where(inside, m.site_start.grid[location, t - back], -1)
        rows.add(m.site_start, 1.0, at=start)
    rows.add(m.site_open, -1.0, at=m.site_open.grid[location, t])
    rows.at_most(0.0)


def add_groups(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Limit how many members of a group are open at once.

    .. math:: \sum_{l \in g} open_{lt} \le \max(Max_g,\ kept_{gt})

    ====  =========================  ==========================================  ======
    sign  in code                    meaning                                     unit
    ====  =========================  ==========================================  ======
    Max   ``net.sites.most_open``    members open at once                        count
    kept  ``kept_open``              members that today's stock keeps open       count
    ====  =========================  ==========================================  ======

    It stands behind all that moves goods, as what can be gone by then follows from it.
    Sheet: Sites (Group, Max In Group).
    """
    sites, last = net.sites, len(net.periods)
    if sites is None:
        return
    g, t = np.nonzero(np.repeat(np.isfinite(sites.most_open)[:, None], last, axis=1))
    if not len(g):
        return
    row_of = np.full((len(sites.most_open) + 1, last), -1, dtype=np.int64)
    row_of[g, t] = np.arange(len(g))
    keys = Keys((Level(sites.group_name), m.names.period), (g, t))
    rows = Rows(m, "site_group", keys, "members open at once")
    at, row = _at(m.site_open, net).ravel(), row_of[sites.group].ravel()
    rows.add(m.site_open, 1.0, at=at, row=row, partial=True)
    kept = np.zeros((len(sites.most_open) + 1, last))
    np.add.at(kept, sites.group, kept_open(net, m.bounds.stuck))
    rows.at_most(np.maximum(sites.most_open[g], kept[g, t]))


def kept_open(net: Network, left: Floats) -> Flags:
    """Sites that no plan can have closed, by period: today's stock or an open order is there.

    Args:
        net: the network.
        left: [N, T] stock that nothing can have taken away, ``m.bounds.stuck``.

    Returns:
        [X, T] flags. Stock counts while nothing can have taken it away (``m.bounds.stuck``),
        blocked stock always, a firm order in the period in which it comes or leaves.
    """
    assert net.sites is not None
    places = net.places
    before = np.column_stack([places.opening, left[:, :-1]])
    busy = (left > 0) | (before > 0) | (places.arriving > 0) | (places.leaving > 0)
    busy |= (places.blocked > 0)[:, None]
    found = np.zeros((len(net.locations), len(net.periods)), dtype=bool)
    np.logical_or.at(found, places.location, busy)
    return np.asarray(found[net.sites.location])
