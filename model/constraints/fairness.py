"""F22 fairness between places: worst fill, proportional fill, equal days of stock."""

import numpy as np
import pyomo.environ as pyo

from tierstock.inputs.network import Fairness, Network
from tierstock.model.rows import Rows
from tierstock.model.ruled import add_missed, keys_of
from tierstock.model.variables import ArrayVar, declare


def add(m: pyo.ConcreteModel, net: Network) -> None:
    r"""Treat the members of a group alike.

    .. math::

        \text{max-min:}\quad \sum_{d \in i} S^{imm}_d \ge F_g\,D_i, \qquad
        \text{cost} = \sum_g c^{fair}_g D_g\,(1 - F_g)
        \quad\text{or, without a price, } \max \textstyle\sum_g D_g F_g \text{ before cost}

        \text{proportional:}\quad
        \Bigl|H_i - \tfrac{D_i}{D_g} H_g\Bigr| \le \tau D_i + e_i, \qquad
        H_i = \sum_{d \in i} (U_d + nb_d), \qquad rb_{dt} \le B_{d,t-1}

        \text{equal-cover:}\quad
        \bigl|I_{iT} - dem_i\,A_g\bigr| \le \tau\,dem_i\,A_g + e_i, \qquad
        \sum_i I_{iT} = A_g \sum_i dem_i

    ====  =======================  =============================================  =========
    sign  in code                  meaning                                        unit
    ====  =======================  =============================================  =========
    F     ``m.worst_fill``         fill of the worst member                       ratio
    H_g   ``m.group_missed``       not issued at once, all members together       units
    A     ``m.mean_cover``         days of stock of all members together          days
    e     ``m.unfair``             beyond the tolerance (soft)                    units
    D     ``fairness.wanted``      demand of the member that can be reached       units
    dem   ``fairness.wanted``      demand per day after the window (equal-cover)  units/day
    τ     ``fairness.tolerance``   Tolerance                                      ratio
    ====  =======================  =============================================  =========

    Members are what Each names, with ``together`` the locations; I is the stock at the end of the
    window. The fill of a member and of the group are 1 - H/D, so the proportional rows say
    \|fill_i - fill_g\| <= τ; that only what was owed before is served late keeps a plan from
    calling late what it serves at once. Demand that cannot be reached is counted out.
    Sources: Luss, "On equitable resource allocation problems", Oper. Res. 1999; SAP IBP, fair
    share. Sheet: ServiceTargets.
    """
    if net.service is None or not len(net.service.fairness):
        return
    fairness = net.service.fairness
    _max_min(m, fairness)
    unfair = _unfair(m, fairness)
    _proportional(m, fairness, unfair)
    _truly_late(m, net)
    _equal_cover(m, fairness, unfair)


def _groups(fairness: Fairness, kind: str) -> np.ndarray:
    found: np.ndarray = np.flatnonzero(fairness.kind == kind)
    return found


def _numbers(chosen: np.ndarray, count: int) -> np.ndarray:
    """Position of each number among the chosen ones, -1 where it is not chosen."""
    number = np.full(count, -1)
    number[chosen] = np.arange(len(chosen))
    return number


def _max_min(m: pyo.ConcreteModel, fairness: Fairness) -> None:
    groups = _groups(fairness, "max-min")
    keys = keys_of(fairness.label[groups], fairness.window[groups])
    worst = declare(
        m,
        "worst_fill",
        keys,
        {"fair_group": groups},
        (len(fairness),),
        upper=1.0,
        doc="fill of the worst member of a group",
    )
    if worst is None:
        return
    whole = np.bincount(fairness.group, fairness.wanted, len(fairness))
    price, last = (fairness.penalty * whole)[groups], fairness.last[groups]
    m.costs.add("target shortfall", worst, -price, period=last)
    m.costs.add_constant("target shortfall", price, last)
    members = fairness.of_kind("max-min")
    group = fairness.group[members]
    number = _numbers(members, len(fairness.group))
    names = keys_of(fairness.label[group], fairness.window[group], fairness.member[members])
    rows = Rows(m, "max_min", names, "S >= F D of every member")
    mine = np.flatnonzero(number[fairness.fill_member] >= 0)
    row = number[fairness.fill_member[mine]]
    add_missed(rows, m, row, fairness.stream[mine], fairness.period[mine], -1.0)
    rows.add(worst, -fairness.wanted[members], at=worst.grid[group])
    rows.at_least(-fairness.wanted[members])


def _unfair(m: pyo.ConcreteModel, fairness: Fairness) -> ArrayVar | None:
    """What soft members may be beyond the tolerance."""
    members = fairness.of_kind("proportional", "equal-cover")
    members = members[~fairness.hard[fairness.group[members]]]
    group = fairness.group[members]
    unfair = declare(
        m,
        "unfair",
        keys_of(fairness.label[group], fairness.window[group], fairness.member[members]),
        {"fair_member": members},
        (len(fairness.group),),
        doc="beyond the tolerance of fairness, units",
    )
    m.costs.add("target shortfall", unfair, fairness.penalty[group], period=fairness.last[group])
    return unfair


def _proportional(m: pyo.ConcreteModel, fairness: Fairness, unfair: ArrayVar | None) -> None:
    groups, members = _groups(fairness, "proportional"), fairness.of_kind("proportional")
    missed = declare(
        m,
        "group_missed",
        keys_of(fairness.label[groups], fairness.window[groups]),
        {"fair_group": groups},
        (len(fairness),),
        doc="not issued at once by all members of a group, units",
    )
    if missed is None:
        return
    number = _numbers(members, len(fairness.group))
    mine = np.flatnonzero(number[fairness.fill_member] >= 0)
    stream, period = fairness.stream[mine], fairness.period[mine]
    of_group = _numbers(groups, len(fairness))[fairness.group[fairness.fill_member[mine]]]
    total = Rows(m, "group_missed_total", missed.key_list, "H of the group = sum of its records")
    total.add(missed, 1.0, at=np.arange(len(groups)))
    add_missed(total, m, of_group, stream, period, -1.0)
    total.equals(0.0)
    group = fairness.group[members]
    names = keys_of(fairness.label[group], fairness.window[group], fairness.member[members])
    wanted = fairness.wanted[members]
    whole = np.bincount(fairness.group, fairness.wanted, len(fairness))[group]
    room = fairness.tolerance[group] * wanted
    for name, sign in (("proportional_more", 1.0), ("proportional_less", -1.0)):
        rows = Rows(m, name, names, "H of a member against its share of H of the group")
        row = number[fairness.fill_member[mine]]
        add_missed(rows, m, row, stream, period, sign)
        rows.add(missed, -sign * wanted / whole, at=missed.grid[group])
        if unfair is not None:
            rows.add(unfair, -1.0, at=unfair.grid[members])
        rows.at_most(room)


def _truly_late(m: pyo.ConcreteModel, net: Network) -> None:
    """Serve late only what was owed before, where being served at once may be unwelcome."""
    assert net.service is not None
    fairness, late = net.service.fairness, m.component("owed_served")
    if late is None or "proportional" not in fairness.kind.tolist():
        return
    mine = np.isin(fairness.fill_member, fairness.of_kind("proportional"))
    chosen = np.isin(late.codes["stream"], fairness.stream[mine])
    d, t = late.codes["stream"][chosen], late.codes["period"][chosen]
    rows = Rows(m, "served_late", m.names.of_stream(d, t), "rb <= B before")
    rows.add(late, 1.0, at=np.flatnonzero(chosen))
    rows.add(m.backlog, -1.0, at=np.where(t > 0, m.backlog.grid[d, t - 1], -1))
    rows.at_most(np.where(t == 0, net.demand.opening_backlog[d], 0.0))


def _equal_cover(m: pyo.ConcreteModel, fairness: Fairness, unfair: ArrayVar | None) -> None:
    groups, members = _groups(fairness, "equal-cover"), fairness.of_kind("equal-cover")
    cover = declare(
        m,
        "mean_cover",
        keys_of(fairness.label[groups], fairness.window[groups]),
        {"fair_group": groups},
        (len(fairness),),
        doc="stock of all members of a group at the end of the window, days",
    )
    if cover is None:
        return
    stock, place, owner = m.stock, fairness.place, fairness.cover_member
    number = _numbers(members, len(fairness.group))[owner]
    at = stock.grid[place, fairness.last[fairness.group[owner]]]
    whole = np.bincount(fairness.group, fairness.wanted, len(fairness))
    total = Rows(m, "mean_cover_total", cover.key_list, "A x demand = stock of the group")
    total.add(cover, -whole[groups], at=np.arange(len(groups)))
    of_group = _numbers(groups, len(fairness))[fairness.group[owner]]
    total.add(stock, 1.0, at=at, row=of_group)
    total.equals(0.0)
    group = fairness.group[members]
    names = keys_of(fairness.label[group], fairness.window[group], fairness.member[members])
    wanted, share = fairness.wanted[members], fairness.tolerance[group]
    for name, sign in (("equal_cover_most", 1.0), ("equal_cover_least", -1.0)):
        rows = Rows(m, name, names, "stock of a member against its share of the stock of all")
        rows.add(stock, sign, at=at, row=number)
        rows.add(cover, -sign * (1.0 + sign * share) * wanted, at=cover.grid[group])
        if unfair is not None:
            rows.add(unfair, -1.0, at=unfair.grid[members])
        rows.at_most(0.0)
