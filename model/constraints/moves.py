"""F18 moves: transfers of a least size and worth, at a price, and no more than so many."""

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.network import Network, Transfers
from tierstock.model.keys import Keys, Level
from tierstock.model.rows import Rows
from tierstock.model.variables import declare

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Count transfers by moves, and ask something of each.

    .. math::

        x_{apt} \le Ub_{apt}\, y_{wt}, \qquad \sum_{a,p \in w} x_{apt} \ge MinQty_{wt}\, y_{wt},
        \qquad \sum_{a,p \in w} val_{jpt}\, x_{apt} \ge MinValue_{wt}\, y_{wt}

        \sum_{w \in r} y_{wt} \le MaxMoves_{rt}, \qquad \text{cost} = \sum MoveCost_{wt}\, y_{wt}

    =========  ========================================  ================================  ======
    sign       in code                                   meaning                           unit
    =========  ========================================  ================================  ======
    x          ``m.flow``                                shipped on a transfer lane        units
    y          ``m.move``                                1 where the move is made          0 or 1
    MinQty     ``net.transfers.moves.least_units``       least of a move                   units
    MinValue   ``net.transfers.moves.least_value``       least worth of a move             money
    MoveCost   ``net.transfers.moves.cost``              price of a move                   money
    MaxMoves   ``net.transfers.limits.most``             moves of all pairs a row matches  moves
    val        ``net.places.value``                      value where the goods go          money
    Ub         ``m.bounds.flow``                         tight bound of the shipment       units
    =========  ========================================  ================================  ======

    A move w is one product from place to place in a period, by all modes together; with Count By
    = order it is all products from place to place. A row that matches only some products of an
    order counts the order where one of them goes (a binary of its own). Binaries exist only where
    a move costs something, has a minimum, or a limit can bind.
    Source: Paterson, Kiesmüller, Teunter & Glazebrook, European Journal of Operational Research
    210 (2011). Sheet: TransferRules.
    """
    terms = net.transfers
    if terms is None or m.component("flow") is None or not len(terms.moves):
        return
    wanted, binds = _needed(m, terms)
    names = Level(terms.moves.name)
    w, period = np.nonzero(wanted)
    move = declare(
        m,
        "move",
        Keys((names, m.names.period), (w, period)),
        {"move": w, "period": period},
        wanted.shape,
        upper=1.0,
        integer=True,
        doc="1 where the move is made",
    )
    if move is None:
        return
    m.costs.add("move", move, terms.moves.cost[w, period])
    _links(m, net, terms, names)
    _limits(m, terms, binds)


def _live(m: pyo.ConcreteModel, terms: Transfers) -> tuple[Ints, Ints]:
    """Memberships and periods in which the good of the move can be shipped."""
    member, period = np.nonzero(terms.moves.when & (m.flow.grid[terms.moves.goods] >= 0))
    return member, period


def _needed(m: pyo.ConcreteModel, terms: Transfers) -> tuple[Flags, Flags]:
    """Moves that need a binary [W, T], and limits that can bind [R, T]."""
    moves, limits = terms.moves, terms.limits
    possible = np.zeros(moves.cost.shape, dtype=bool)
    member, period = _live(m, terms)
    possible[moves.move[member], period] = True
    number = np.zeros(limits.most.shape)
    np.add.at(number, limits.limit, limits.when & possible[limits.move])
    binds: Flags = number > limits.most
    wanted = (moves.least_units > 0) | (moves.least_value > 0) | (moves.cost > 0)
    member, period = np.nonzero(limits.when & binds[limits.limit])
    wanted[limits.move[member], period] = True
    return wanted & possible, binds


def _links(m: pyo.ConcreteModel, net: Network, terms: Transfers, names: Level) -> None:
    moves, goods, move = terms.moves, net.goods, m.move
    member, t = _live(m, terms)
    y = move.grid[moves.move[member], t]
    member, t, y = member[y >= 0], t[y >= 0], y[y >= 0]
    k = moves.goods[member]
    x = m.flow.grid[k, t]
    levels = (m.names.lane, m.names.product, names, m.names.period)
    keys = Keys(levels, (goods.lane[k], goods.product[k], moves.move[member], t))
    rows = Rows(m, "move_link", keys, "x <= Ub y")
    rows.add(m.flow, 1.0, at=x)
    rows.add(move, -m.bounds.flow[k, t], at=y)
    rows.at_most(0.0)
    worth = net.places.value[goods.sink[k], t]
    one = np.ones(len(k))
    for name, least, size in (
        ("move_quantity", moves.least_units, one),
        ("move_value", moves.least_value, worth),
    ):
        amount = least[move.codes["move"], move.codes["period"]]
        at = np.flatnonzero(amount > 0)
        row_of = np.full(len(move), -1, dtype=np.int64)
        row_of[at] = np.arange(len(at))
        keys = Keys(move.key_list.levels, [code[at] for code in move.key_list.codes])
        rows = Rows(m, name, keys, "all goods of the move >= least y")
        rows.add(m.flow, size, at=x, row=row_of[y], partial=True)
        rows.add(move, -amount[at], at=at)
        rows.at_least(0.0)


def _limits(m: pyo.ConcreteModel, terms: Transfers, binds: Flags) -> None:
    limits, move = terms.limits, m.move
    r, t = np.nonzero(binds)
    row_of = np.full(binds.shape, -1, dtype=np.int64)
    row_of[r, t] = np.arange(len(r))
    rows = Rows(m, "move_limit", Keys((Level(limits.name), m.names.period), (r, t)), "moves")
    member, period = np.nonzero(limits.when & binds[limits.limit])
    y = move.grid[limits.move[member], period]
    rows.add(move, 1.0, at=y, row=row_of[limits.limit[member], period])
    rows.at_most(limits.most[r, t])
