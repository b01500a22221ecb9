"""F26 terminal: what is left at the end, wanted or worth something."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Network
from tierstock.model.keys import Keys
from tierstock.model.members import Members
from tierstock.model.rows import Rows
from tierstock.model.variables import declare, positions

UNDER_WAY = ("received", "order in", "purchased", "produced")
"""Movements that count as left at the end when they come after the horizon."""


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Want, or reward, what is left at the end of the horizon.

    .. math::

        left_{lp} = I_{lpT} + \sum_{t' \le T < t' + \ell} yld_a\, x_{apt'}
            + \sum_{t' \le T < t' + \ell s} q_{lpt'} + \sum_{due > T} pipe_{lp}

        \text{cover, opening:}\ \sum_{(l,p) \in r} left_{lp} + \tau^-_r \ge target_r, \qquad
        \text{value:}\ v_r \le \sum_{(l,p) \in r} left_{lp},\ v_r \le Quantity_r

        \text{cost} = \sum_r c^{\tau}_r\, \tau^-_r - \sum_r Value_r\, v_r

    ======  ============================  ===================================  ==========
    sign    in code                       meaning                              unit
    ======  ============================  ===================================  ==========
    τ-      ``m.terminal_short``          missing at the end                   units
    v       ``m.terminal_credit``         left and credited                    units
    target  ``net.terminal.target``       days after the horizon, or opening   units
    c       ``net.terminal.penalty``      once per unit missing                money/unit
    Value   ``net.terminal.credit``       per unit left                        money/unit
    ======  ============================  ===================================  ==========

    A rule sums over the places of its level (network, tier or location). Everything under way
    counts, so nothing is gained or lost by shipping just before the end. A rule over one location
    that may be closed wants nothing when it is closed at the end.
    Source: Fisher, Ramdas & Zheng, Management Science 2001.
    Sheets: Terminal, Settings (terminal_rule, terminal_days).
    """
    terminal = net.terminal
    wants = np.flatnonzero((terminal.target > 0) & (terminal.rule != "value"))
    earns = np.flatnonzero((terminal.credit > 0) & (terminal.rule == "value"))
    short = _declare(m, net, "terminal_short", wants, "missing at the end, units")
    credit = _declare(m, net, "terminal_credit", earns, "left and credited, units")
    end = len(net.periods) - 1
    m.costs.add("terminal shortfall", short, terminal.penalty[wants], period=end)
    m.costs.add("terminal credit", credit, -terminal.credit[earns], period=end)
    if short is not None:
        rows, known = _left(m, net, "terminal", wants)
        rows.add(short, 1.0, at=np.arange(len(wants)))
        gate = _gate(m, net)[wants]
        target = terminal.target[wants]
        rows.add(m.component("site_open"), -target, at=gate)
        rows.at_least(np.where(gate >= 0, 0.0, target) - known)
    if credit is not None:
        rows, known = _left(m, net, "terminal_value", earns)
        rows.add(credit, -1.0, at=np.arange(len(earns)))
        rows.at_least(-known)


def _gate(m: pyo.ConcreteModel, net: Network) -> np.ndarray:
    """For rules over one location that may be closed, whether it is open at the end; else -1."""
    terminal, shape = net.terminal, (len(net.locations), len(net.periods))
    location = net.places.location[terminal.place]
    low, high = np.full(len(terminal), shape[0]), np.full(len(terminal), -1)
    np.minimum.at(low, terminal.row, location)
    np.maximum.at(high, terminal.row, location)
    last = positions(m, "site_open", shape)[:, -1]
    return np.where(low == high, last[np.maximum(high, 0)], -1)


def _declare(m: pyo.ConcreteModel, net: Network, name: str, rules: np.ndarray, doc: str) -> pyo.Var:
    return declare(
        m,
        name,
        Keys((m.names.rule,), (rules,)),
        {"rule": rules},
        (len(net.terminal),),
        upper=np.maximum(net.terminal.target[rules], 0.0),
        doc=doc,
    )


def _left(
    m: pyo.ConcreteModel, net: Network, name: str, rules: np.ndarray
) -> tuple[Rows, np.ndarray]:
    """Rows with what is left on the left side, and the part of it that is already decided."""
    terminal, last = net.terminal, len(net.periods)
    rows = Rows(m, name, Keys((m.names.rule,), (rules,)), "left at the end")
    number = np.full(len(terminal), -1, dtype=np.int64)
    number[rules] = np.arange(len(rules))
    here = number[terminal.row] >= 0
    members = Members(terminal.place[here], number[terminal.row[here]], np.ones(int(here.sum())))
    stock = m.component("stock")
    if stock is not None:
        at = np.flatnonzero(stock.codes["period"] == last - 1)
        entry, row, _ = members.of(stock.codes["place"][at])
        rows.add(stock, 1.0, at=at[entry], row=row)
    for entry in m.movements.of(*UNDER_WAY):
        late = np.flatnonzero(entry.period == last)
        index, row, _ = members.of(entry.place[late])
        at = late[index]
        rows.add(m.component(entry.variable), entry.amount[at], at=entry.at[at], row=row)
    after = m.movements.known(*UNDER_WAY)[:, last:]
    known: np.ndarray = members.total(after, len(rules))[:, 0]
    return rows, known
