"""F30 substitution: demand met with another product."""

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Network, Substitutes
from tierstock.model.keys import Keys, Level
from tierstock.model.rows import Rows
from tierstock.model.variables import declare

Ints = NDArray[np.int64]


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Let products stand in for the demand of others, at the same place.

    .. math::

        0 \le \sum_{p' \ne p} sub_{dp't} \le S_{dt}, \qquad
        \text{outflow of } p' = \sum_d ratio_{pp'}\, sub_{dp't}, \qquad
        \text{cost} = \sum c^{sub} sub_{dp't}

        \text{ranks:}\quad sub_{dp't} \le Ub\, z_{dt}^{r}\ (rank(p') = r), \qquad
        I_{lp''t} \le Ub_{lp''t}\,(1 - z_{dt}^{r})\ (rank(p'') < r)

    =====  ===============================  ====================================  ===========
    sign   in code                          meaning                               unit
    =====  ===============================  ====================================  ===========
    sub    ``m.substituted``                demand met with a substitute          units of p
    z      ``m.rank_used``                  1 where substitutes of the rank are   0 or 1
                                            used
    S      d - U - nb + rb                  issued in the period, at once and     units of p
                                            late
    ratio  ``net.substitutes.ratio``        units of p' for one unit of p         ratio
    c      ``net.substitutes.cost``         cost of a unit met so                 money/unit
    I      ``m.stock``                      stock of the better substitute        units
    Ub     ``d, m.bounds.need``             most that can be of use               units
    =====  ===============================  ====================================  ===========

    The product itself goes first only as far as its cost says; among substitutes a later rank is
    used in a period only where nothing of the earlier ranks is left at its end. The binaries
    exist only where ranks differ. What is issued, and with it capacity, returns and handling,
    belongs to the product that is handed over; fill rate and shortage to the one that was wanted.
    Source: Balakrishnan & Geunes, "Requirements planning with substitutions", M&SOM 2 (2000).
    Sheet: Substitutes.
    """
    ways, last = net.substitutes, len(net.periods)
    if ways is None:
        return
    places, demand = net.places, net.demand
    own = demand.place[ways.stream]
    wanted = demand.quantity[ways.stream] + _may_be_owed(net)[ways.stream]
    open_here = net.locations.active[places.location[own]]
    live = (places.earliest[ways.place][:, None] <= np.arange(last)) & open_here & (wanted > 0)
    w, t = np.nonzero(live)
    d = ways.stream[w]
    keys = m.names.of_stream(d, t)
    product = places.product[ways.place[w]]
    keys = Keys((*keys.levels, m.names.product), (*keys.codes, product))
    shape = (len(demand), len(places), last)
    codes = {"stream": d, "place": ways.place[w], "period": t}
    doc = "demand met with a substitute, units of the product wanted"
    used = declare(m, "substituted", keys, codes, shape, doc=doc)
    if used is None:
        return
    ratio = ways.ratio[w]
    m.movements.post("issued", used, -1.0, place=own[w], period=t)
    m.movements.post("issued", used, ratio, place=ways.place[w], period=t)
    m.costs.add("substitution", used, ways.cost[w])
    out = places.handling_out
    m.costs.add("handling", used, ratio * out[ways.place[w], t] - out[own[w], t])
    _most(m, net)


def add_ranks(m: pyo.ConcreteModel, net: Network) -> None:
    """Use a later rank only where nothing of the earlier ranks is left; see ``add``."""
    ways, used = net.substitutes, m.component("substituted")
    if ways is None or used is None:
        return
    d, place, t = (used.codes[name].astype(np.int64) for name in ("stream", "place", "period"))
    rank = _rank_of(net, ways)[d, place]
    first = np.full((len(net.demand), len(net.periods)), np.iinfo(np.int64).max)
    np.minimum.at(first, (d, t), rank)
    later = np.flatnonzero(rank > first[d, t])
    if not len(later):
        return
    ranks = np.unique(rank[later])
    step = np.searchsorted(ranks, rank)
    shape = (len(net.demand), len(ranks), len(net.periods))
    cells = np.unique(np.ravel_multi_index((d[later], step[later], t[later]), shape))
    stream, level, period = (codes.astype(np.int64) for codes in np.unravel_index(cells, shape))
    keys = m.names.of_stream(stream, period)
    names = Level([str(number) for number in ranks])
    keys = Keys((*keys.levels, names), (*keys.codes, level))
    declare(
        m,
        "rank_used",
        keys,
        {"stream": stream, "level": level, "period": period},
        shape,
        upper=1.0,
        integer=True,
        doc="1 where substitutes of the rank are used",
    )
    _rank_rows(m, net, (d, place, t, rank), ranks, later)


def _most(m: pyo.ConcreteModel, net: Network) -> None:
    """Substitutes meet no more than is issued; all of it where the product itself cannot be."""
    used = m.substituted
    d, t = used.codes["stream"].astype(np.int64), used.codes["period"].astype(np.int64)
    cells, row = np.unique(d * len(net.periods) + t, return_inverse=True)
    stream, period = np.divmod(cells, len(net.periods))
    rows = Rows(m, "substitute_most", m.names.of_stream(stream, period), "substitutes <= issued")
    rows.add(used, 1.0, at=np.arange(len(used)), row=row.reshape(-1))
    for name, sign in (("lost", 1.0), ("owed_new", 1.0), ("owed_served", -1.0)):
        family = m.component(name)
        if family is not None:
            rows.add(family, sign, at=family.grid[stream, period])
    wanted = net.demand.quantity[stream, period]
    alone = net.places.earliest[net.demand.place[stream]] > period
    rows.between(np.where(alone, wanted, -np.inf), wanted)


def _may_be_owed(net: Network) -> NDArray[np.float64]:
    """Most that can be owed from before in each period; shape [D, T]."""
    demand = net.demand
    owed = demand.owed_share[:, None] * demand.quantity
    before = np.cumsum(owed, axis=1) - owed + demand.opening_backlog[:, None]
    result: NDArray[np.float64] = before
    return result


def _rank_of(net: Network, ways: Substitutes) -> Ints:
    """Rank of every stream and place; shape [D, N]."""
    rank = np.zeros((len(net.demand), len(net.places)), dtype=np.int64)
    rank[ways.stream, ways.place] = ways.rank
    return rank


def _rank_rows(
    m: pyo.ConcreteModel,
    net: Network,
    columns: tuple[Ints, Ints, Ints, Ints],
    ranks: Ints,
    later: Ints,
) -> None:
    d, place, t, rank = columns
    switch, stock = m.rank_used, m.component("stock")
    step = np.searchsorted(ranks, rank)
    keys = m.substituted.key_list
    link = Keys(keys.levels, [codes[later] for codes in keys.codes])
    most = (net.demand.quantity + _may_be_owed(net))[d[later], t[later]]
    rows = Rows(m, "rank_link", link, "substitute of a later rank <= Ub z")
    rows.add(m.substituted, 1.0, at=later)
    rows.add(switch, -most, at=switch.grid[d[later], step[later], t[later]])
    rows.at_most(0.0)
    if stock is None:
        return
    # every better substitute of every rank that may be used: nothing of it is left
    better, used = _pairs(d, t, rank, switch, ranks)
    at = stock.grid[place[better], t[better]]
    real = at >= 0
    better, used, at = better[real], used[real], at[real]
    bound = m.bounds.need[place[better], t[better]]
    level = switch.codes["level"][used].astype(np.int64)
    codes = [codes[better] for codes in keys.codes]
    key = Keys((*keys.levels, switch.key_list.levels[-1]), (*codes, level))
    rows = Rows(m, "rank_order", key, "stock of a better substitute <= Ub (1 - z)")
    rows.add(stock, 1.0, at=at)
    rows.add(switch, bound, at=used)
    rows.at_most(bound)


def _pairs(d: Ints, t: Ints, rank: Ints, switch: pyo.Var, ranks: Ints) -> tuple[Ints, Ints]:
    """Substitutes and later ranks of one stream and period: position of both, as pairs."""
    stream, level = switch.codes["stream"], switch.codes["level"]
    found = [np.zeros((0, 2), dtype=np.int64)]
    for number, value in enumerate(ranks):
        used = np.flatnonzero(level == number)
        at = np.full((int(d.max()) + 1, int(t.max()) + 1), -1, dtype=np.int64)
        at[stream[used], switch.codes["period"][used]] = used
        better = np.flatnonzero((rank < value) & (at[d, t] >= 0))
        found.append(np.stack([better, at[d[better], t[better]]], axis=1))
    pairs = np.concatenate(found)
    return pairs[:, 0], pairs[:, 1]
