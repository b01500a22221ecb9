"""(l,S) window inequalities: what an order or a departure is worth before it is decided."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.keys import Keys
from tierstock.model.rows import Rows
from tierstock.model.strength import MOST_OF_WINDOWS
from tierstock.model.strengthening.gates import Gates, read_gates
from tierstock.model.strengthening.nodes import (
    TINY,
    Flags,
    Floats,
    Ints,
    Nodes,
    column_facts,
    in_windows,
    read_nodes,
    stock_before,
)

PERIODS = 3
"""Longest window."""


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Say that without an order or a departure in time, stock or others must cover the need.

    .. math::

        I_{lp,t-1} + \sum_{\tau=t}^{t+L} o_{lp\tau}
            + \sum_{\tau=t}^{t+L} \sum_{j \in J_{lp\tau}} \min(c_j\, Ub_j,\
            N_{lptL} - N_{lpt,\tau-t-1})\, y_j \ \ge\ N_{lptL}

    ====  ============================  ==============================================  =======
    sign  in code                       meaning                                         unit
    ====  ============================  ==============================================  =======
    I     ``m.stock``                   usable stock before the window                  units
    o     ``m.stock_balance``           whatever else a decision brings or saves        units
    J     ``gates.read_gates``          columns that bring goods behind a binary        –
    y     ``m.lane_used`` and others    their binary                                    0 or 1
    c     ``m.stock_balance``           units brought by one unit of the column         ratio
    Ub    ``m.bounds``                  most of the column when its binary is 1         units
    N     ``nodes.Nodes.need``          what stock and decisions have to cover          units
    ====  ============================  ==============================================  =======

    On the left stands every column that puts stock into the place, whatever family it belongs to:
    demand lost or newly owed, purchases and lanes without a binary, production, returns. Only
    columns behind a binary are replaced by it. So the inequality follows from the stock balance,
    from I >= 0 and from the link of the binary, and no plan is lost. Windows of 1 to 3 periods.
    Source: Barany, Van Roy & Wolsey, Management Science 1984; Pochet & Wolsey, Production Planning
    by Mixed Integer Programming (2006), ch. 7. Sheets: Lanes (Fixed Cost, Min Shipment), Supply
    (Fixed Cost).
    """
    if m.strength.windows is False or m.component("stock_balance") is None:
        return
    facts = column_facts(m)
    gates = read_gates(m, facts)
    if not (gates.binary >= 0).any():
        return
    nodes = read_nodes(m, net, facts)
    gated = gates.binary[nodes.column] >= 0
    needs = nodes.need(PERIODS)
    windows = [_windows(nodes, gated, needs, more) for more in range(len(needs))]
    if m.strength.windows is None and _size(nodes, windows) > MOST_OF_WINDOWS:
        return
    place, first = (np.concatenate([one[axis] for one in windows]) for axis in (0, 1))
    length = np.repeat(np.arange(len(windows)), [len(one[0]) for one in windows])
    right = np.stack(needs)[length, place, first]
    names, places = m.names, net.places
    keys = Keys(
        (names.location, names.product, names.period, names.period),
        (places.location[place], places.product[place], first, first + length),
    )
    rows = Rows(m, "ls_window", keys, "stock and what comes without a binary, or the binary")
    rows.add(m.columns, 1.0, at=stock_before(m, place, first))
    start = 0
    for more, (n, t) in enumerate(windows):
        row_of = np.full(nodes.must.shape, -1, dtype=np.int64)
        row_of[n, t] = start + np.arange(len(n))
        start += len(n)
        _entries(m, rows, nodes, gates, needs, row_of, more)
    rows.at_least(right)


def _windows(nodes: Nodes, gated: Flags, needs: list[Floats], more: int) -> tuple[Ints, Ints]:
    """Place and first period of the windows of one length that can say anything.

    Their last period needs something beyond the periods before, and something behind a binary
    can come in them.
    """
    before = needs[more - 1] if more else np.zeros_like(needs[0])
    useful = needs[more] - before > TINY * (1 + needs[more])
    comes = np.zeros(nodes.must.shape, dtype=np.int64)
    np.add.at(comes, (nodes.place[gated], nodes.period[gated]), 1)
    useful &= in_windows(comes, more) > 0
    place, first = np.nonzero(useful)
    return place, first


def _size(nodes: Nodes, windows: list[tuple[Ints, Ints]]) -> int:
    """Coefficients the windows would bring."""
    comes = np.zeros(nodes.must.shape, dtype=np.int64)
    np.add.at(comes, (nodes.place, nodes.period), 1)
    found = (in_windows(comes, more)[window] for more, window in enumerate(windows))
    return sum(int(one.sum()) + len(one) for one in found)


def _entries(
    m: pyo.ConcreteModel,
    rows: Rows,
    nodes: Nodes,
    gates: Gates,
    needs: list[Floats],
    row_of: Ints,
    more: int,
) -> None:
    """Add what can come in the windows of one length, period by period of the window."""
    binary, most = gates.binary[nodes.column], gates.most[nodes.column] * nodes.amount
    for offset in range(more + 1):
        first = nodes.period - offset
        row = np.where(first >= 0, row_of[nodes.place, first], -1)
        here = np.flatnonzero(row >= 0)
        place, first, row = nodes.place[here], first[here], row[here]
        before = needs[offset - 1][place, first] if offset else 0.0
        worth = np.minimum(most[here], needs[more][place, first] - before)
        rows.add(m.columns, worth, at=binary[here], row=row)
        free = np.where(binary[here] < 0, nodes.column[here], -1)
        rows.add(m.columns, nodes.amount[here], at=free, row=row)
