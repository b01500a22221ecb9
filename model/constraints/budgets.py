"""F23 budgets: no more capital, spend, freight, carbon or moves than granted, no less cash."""

from collections.abc import Iterator

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Budgets, Network
from tierstock.model.caps import add_up, caps_of, cautious, growth
from tierstock.model.keys import Keys, Level
from tierstock.model.payments import balances
from tierstock.model.rows import Rows
from tierstock.model.tallies import Tally, capital, charged, emissions, tally
from tierstock.model.variables import ArrayVar, declare

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
FREIGHT = ("freight", "trips", "departure")
"""Cost terms that a budget of kind freight counts."""


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Keep every budget, in each period, on average or at the end.

    .. math::

        use_{gt} \le Bud_g + over_{gt}, \qquad \text{average: } \sum_t w_t\, use_{gt} \le Bud_g
        + over_g, \qquad \text{end: } use_{gT} \le Bud_g + over_g, \qquad \text{hard: } over = 0

        use_{gt} = \text{capital: } C_{gt} = \sum_{(l,p) \in g} val_{lpt}\,
        (I_{lpt} + blk_{lp} + way_{lpt}), \quad
        \text{spend: } \sum c^{buy} q, \quad \text{freight: } \sum c^{frt} x + F\,n + F^{dep} y,
        \quad \text{carbon: } \sum CO2\,x + \dots, \quad \text{moves: } \sum y_{ijpt},
        \quad \text{cash: } -cash_{ft} \text{ and } -Bud_g

        C_{gt} - C'_{g,t-1} \le new_{gt}, \qquad t < t_0

        \text{cost} = \sum c_g\, over_{gt}

    =====  ==========================  ============================================  ============
    sign   in code                     meaning                                       unit
    =====  ==========================  ============================================  ============
    over   ``m.budget_over``           beyond a soft limit                           of the row
    y      ``m.budget_move``           1 where anything is transferred               0 or 1
    Bud    ``net.budgets.limit``       most of the row                               of the row
    w      ``net.budgets.weight``      share of the period in the mean               0 ... 1
    c      ``net.budgets.penalty``     price of one unit beyond a soft limit         money/unit
    way    ``m.flow``, open orders     under way, at the value where it goes         units
    val    ``net.places.value``        standard cost                                 money/unit
    C'     ``m.budget_excess``         goods of the period before, at new values     money
    new    ``m.caps``                  firm orders that leave a place outside        money
    =====  ==========================  ============================================  ============

    What is under way belongs to the place, and the company, it goes to; orders from a supply that
    have not come do not count. Freight stands at the origin of its lane, a move too; it is one
    product from place to place in a period, by all modes. Of cash the limit is the least balance
    of the companies chosen.

    The mean of capital and cash is one over time, by the days of the periods; that of spend,
    freight, carbon and moves is the amount of a period. The end of amounts that add up is their
    total.

    A hard limit on capital that what is there today breaks holds from t0 on, the first period
    that can comply; before, what is bound may not grow but by firm orders
    (``tierstock.solvers.compliance`` finds t0 when the model is solved, ruling 39). A mean or an
    end that cannot be kept is raised to the least it can be.
    Source: working-capital rows of master planning, Stadtler, Kilger & Meyr; mathematics F23.
    Sheet: Budgets.
    """
    budgets = net.budgets
    if budgets is None:
        return
    _moves(m, net, budgets)
    size = len(budgets.row_group)
    parts = [
        (one, *_place(budgets, b, one)) for b in range(len(budgets)) for one in _amounts(m, net, b)
    ]
    use = add_up(m, parts, size)
    over = _over(m, net, budgets)
    rows = Rows(m, "budget", _keys(m, budgets, np.arange(size)), "use <= limit + over")
    for one, row, weight in parts:
        if one.variable:
            variable = m.component(one.variable)
            rows.add(variable, weight * one.amount, at=one.at, row=row, partial=True)
    if over is not None:
        rows.add(over, -1.0, at=np.arange(len(over)), row=over.codes["budget_row"])
    rows.at_most(budgets.most[budgets.group[budgets.row_group]] - use.known)
    _no_growth(m, net, budgets, use.known)


def _keys(m: pyo.ConcreteModel, budgets: Budgets, row: Ints) -> Keys:
    """Keys (budget and what it is for, period) of rows."""
    label = [
        f"{budgets.name[b]} | {text}" if text else str(budgets.name[b])
        for b, text in zip(budgets.group, budgets.label, strict=True)
    ]
    codes = (budgets.row_group[row], budgets.row_period[row])
    return Keys((Level(label), m.names.period), codes)


def _over(m: pyo.ConcreteModel, net: Network, budgets: Budgets) -> ArrayVar | None:
    penalty = budgets.penalty[budgets.group[budgets.row_group]]
    soft = np.flatnonzero(np.isfinite(penalty))
    over = declare(
        m,
        "budget_over",
        _keys(m, budgets, soft),
        {"budget_row": soft, "period": budgets.row_period[soft]},
        (len(penalty), len(net.periods)),
        doc="beyond a soft budget, in its unit",
    )
    m.costs.add("budget overrun", over, penalty[soft])
    return over


def _no_growth(m: pyo.ConcreteModel, net: Network, budgets: Budgets, known: Floats) -> None:
    """Rows for the time before a cap can be kept; without a limit until the solve sets one."""
    row = cautious(net)
    change = growth(m, net, row)
    m.caps = caps_of(net, known, change, row)
    rows = Rows(m, "budget_excess", _keys(m, budgets, row), "no more than the period before")
    for family in m.columns.families:
        here = (change.column >= family.start) & (change.column < family.start + len(family))
        rows.add(
            family, change.value[here], at=change.column[here] - family.start, row=change.row[here]
        )
    rows.at_most(np.inf)


def _amounts(m: pyo.ConcreteModel, net: Network, budget: int) -> Iterator[Tally]:
    """What a budget counts, wherever it is."""
    assert net.budgets is not None
    kind = str(net.budgets.kind[budget])
    if kind == "capital":
        yield from capital(m, net, in_transit=bool(net.budgets.in_transit[budget]))
    elif kind == "spend":
        yield from charged(m, net, "purchase")
    elif kind == "freight":
        yield from charged(m, net, *FREIGHT)
    elif kind == "carbon":
        yield from emissions(m, net)
    elif kind == "cash":
        yield from balances(m, net)
    elif kind == "moves" and m.component("budget_move") is not None:
        codes = m.budget_move.codes
        origin = net.lanes.origin[net.goods.lane[codes["goods"]]]
        yield tally(m, "budget_move", 1.0, origin, net.goods.product[codes["goods"]])


def _place(budgets: Budgets, budget: int, one: Tally) -> tuple[Ints, Floats]:
    """Row of every amount, -1 where it does not count, and the weight of its period."""
    group = budgets.groups(budget, one.location, one.product)
    row = np.where(group >= 0, budgets.row[group, one.period], -1)
    return row, budgets.weight[budget, one.period]


def _moves(m: pyo.ConcreteModel, net: Network, budgets: Budgets) -> None:
    """A binary per pair, product and period in which a transfer could be made that is counted."""
    flow, goods, lanes = m.component("flow"), net.goods, net.lanes
    counted = np.flatnonzero(budgets.kind == "moves")
    if flow is None or not len(counted):
        return
    k, t = flow.codes["goods"].astype(np.int64), flow.codes["period"].astype(np.int64)
    wanted = np.zeros(len(k), dtype=bool)
    for b in counted:
        group = budgets.groups(int(b), lanes.origin[goods.lane[k]], goods.product[k])
        wanted |= (group >= 0) & (budgets.weight[b, t] > 0)
    at = np.flatnonzero(wanted & (lanes.kind[goods.lane[k]] == "transfer"))
    k, t = k[at], t[at]
    _, first, pair = np.unique(
        np.stack([goods.source[k], goods.sink[k], t]),
        axis=1,
        return_index=True,
        return_inverse=True,
    )
    pair = pair.reshape(-1)
    moved = declare(
        m,
        "budget_move",
        m.names.on_lane(k[first], t[first]),
        {"goods": k[first], "period": t[first]},
        flow.grid.shape,
        upper=1.0,
        integer=True,
        doc="1 where anything is transferred from place to place, by whatever mode",
    )
    rows = Rows(m, "budget_move_link", m.names.on_lane(k, t), "x <= Ub y")
    rows.add(flow, 1.0, at=at)
    rows.add(moved, -m.bounds.flow[k, t], at=pair)
    rows.at_most(0.0)
