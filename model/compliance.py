"""From when on a cap on capital can be kept, where today's stock is above it (ruling 39)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from tierstock.inputs.checking.capital import above, members, today
from tierstock.inputs.network import Network
from tierstock.model.rows import ArrayConstraint
from tierstock.model.tallies import Tally, capital

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Sums:
    """Sums over the columns of a model, by entries, and what is known of each."""

    row: Ints
    """[n] number of the sum."""
    column: Ints
    """[n] column of the model."""
    value: Floats
    """[n] coefficient."""
    known: Floats
    """[R] amount that no decision changes."""

    def terms(self, row: int) -> tuple[Ints, Floats]:
        """Columns and coefficients of one sum."""
        here = self.row == row
        columns, inverse = np.unique(self.column[here], return_inverse=True)
        values = np.bincount(inverse.reshape(-1), self.value[here], len(columns))
        return columns, values.astype(np.float64)


@dataclass(frozen=True)
class Held:
    """How the rows of the budgets hold."""

    limit: Floats
    """[R] limit of each row; infinite where it cannot be kept yet."""
    excess: Ints
    """Rows before that: what is bound there is no more than in the period before."""


def add_up(m: pyo.ConcreteModel, parts: Sequence[tuple[Tally, Ints, Floats]], rows: int) -> Sums:
    """Gather tallies with the row and weight of each amount; row -1 counts nowhere."""
    row, column, value = [], [], []
    known = np.zeros(rows)
    for one, of, weight in parts:
        here = of >= 0
        amount = (weight * one.amount)[here]
        if one.variable:
            row.append(of[here])
            column.append(one.at[here] + m.component(one.variable).start)
            value.append(amount)
        else:
            np.add.at(known, of[here], amount)
    none = np.zeros(0, dtype=np.int64)
    return Sums(
        np.concatenate([none, *row]),
        np.concatenate([none, *column]),
        np.concatenate([np.zeros(0), *value]),
        known,
    )


def hold(m: pyo.ConcreteModel, net: Network, use: Sums) -> Held:
    r"""Find the first period from which on each hard cap on capital can be kept.

    Where what is there today, and firm orders, are worth more than the cap, the cap binds from
    the first period :math:`t_0` such that the rules of the model, whole numbers aside but for
    what is open, let it be kept in :math:`t_0` and all later periods while before

    .. math::

        C_{gt} \le C'_{g,t-1} + new_{gt}, \qquad t < t_0

    with C' what there was a period before at the values of t, and new the value of firm orders
    that leave a place outside in t. A mean or an end value that cannot be kept is as small as it
    can be. Every question is a linear program over the whole model, with whole numbers where
    locations may open and close, asked only in this case.

    Args:
        m: model with every other family.
        net: its network.
        use: what each row of the budgets counts, with soft rows left out.
    """
    budgets = net.budgets
    assert budgets is not None
    of = budgets.group[budgets.row_group]
    limit = np.where(np.isinf(budgets.penalty[of]), budgets.most[of], np.inf)
    groups = [g for g in range(len(budgets.group)) if above(net, g)]
    if not groups:
        return Held(limit, np.zeros(0, dtype=np.int64))
    relaxed = Relaxation(m)
    cautious = np.isin(budgets.row_group, groups)
    number = [relaxed.add(*use.terms(r)) for r in range(len(limit))]
    for r in np.flatnonzero(~cautious):
        relaxed.upper(number[r], limit[r] - use.known[r])
    before: list[int] = []
    for g in groups:
        rows = np.flatnonzero(budgets.row_group == g)
        if not budgets.by_period[budgets.group[g]]:
            limit[rows] = _least(relaxed, number[rows[0]], use, rows[0], float(limit[rows[0]]))
            relaxed.upper(number[rows[0]], limit[rows[0]] - use.known[rows[0]])
            continue
        waiting = _search(m, net, relaxed, g, rows, [number[r] for r in rows], use, limit)
        limit[rows[:waiting]] = np.inf
        before += rows[:waiting].tolist()
    return Held(limit, np.array(before, dtype=np.int64))


def _search(
    m: pyo.ConcreteModel,
    net: Network,
    relaxed: "Relaxation",
    group: int,
    rows: Ints,
    number: list[int],
    use: Sums,
    limit: Floats,
) -> int:
    """Rows of a group that cannot be kept yet; they are the first ones."""
    budgets = net.budgets
    assert budgets is not None
    change = growth(m, net, rows)
    excess = [relaxed.add(*change.terms(i)) for i in range(len(rows))]
    for waiting in range(len(rows) + 1):
        for i, r in enumerate(rows):
            relaxed.upper(number[i], limit[r] - use.known[r] if i >= waiting else np.inf)
            relaxed.upper(excess[i], -change.known[i] if i < waiting else np.inf)
        if relaxed.feasible():
            return waiting
    for one in excess:
        relaxed.upper(one, np.inf)
    return len(rows)


def _least(relaxed: "Relaxation", number: int, use: Sums, row: int, limit: float) -> float:
    """The limit of a mean or an end value, or the least it can be."""
    relaxed.upper(number, limit - use.known[row])
    if relaxed.feasible():
        return limit
    relaxed.upper(number, np.inf)
    least = relaxed.least(*use.terms(row)) + use.known[row]
    return float(least + 1e-7 * max(1.0, abs(least)))


def growth(m: pyo.ConcreteModel, net: Network, rows: Ints) -> Sums:
    """Growth of what is bound in each row's period beyond firm orders that come from outside.

    Sums ``C[t] - C'[t-1] - new[t]`` of the groups and periods of some rows, all at the values of
    t; goods under way always with them, as goods that only move on bind no more than before.
    """
    budgets = net.budgets
    assert budgets is not None
    later = np.roll(net.places.value, -1, axis=1)
    tallies = (
        (1.0, 0, list(capital(m, net, in_transit=True))),
        (-1.0, 1, list(capital(m, net, in_transit=True, value=later))),
    )
    parts: list[tuple[Tally, Ints, Floats]] = []
    count = len(net.periods)
    for sign, shift, amounts in tallies:
        for b in np.unique(budgets.group[budgets.row_group[rows]]):
            place = np.full((len(budgets.group), count), -1, dtype=np.int64)
            mine = np.flatnonzero(budgets.group[budgets.row_group[rows]] == b)
            when = budgets.row_period[rows[mine]] - shift
            inside = when >= 0
            place[budgets.row_group[rows[mine]][inside], when[inside]] = mine[inside]
            for one in amounts:
                group = budgets.groups(int(b), one.location, one.product)
                row = np.where(group >= 0, place[group, one.period], -1)
                parts.append((one, row, np.full(len(row), sign)))
    total = add_up(m, parts, len(rows))
    for i, r in enumerate(rows):
        start = today(net, int(budgets.row_group[r])) if budgets.row_period[r] == 0 else 0.0
        total.known[i] -= start + _new(net, int(budgets.row_group[r]), int(budgets.row_period[r]))
    return total


def _new(net: Network, group: int, period: int) -> float:
    """Value of firm orders that leave a place outside the group in a period."""
    orders, here = net.orders, members(net, group)
    inside = np.append(here, False)[orders.origin]
    new = orders.firm & (orders.ship == period) & here[orders.place] & ~inside
    value = net.places.value[orders.place[new], period]
    return float((value * orders.quantity[new]).sum())


OPEN = ("site_open", "site_start", "site_stop")
"""Families that stay whole: a location half open would hold half its safety stock."""


class Relaxation:
    """A model without its whole numbers but those of ``OPEN``, that takes further rows."""

    def __init__(self, m: pyo.ConcreteModel) -> None:
        """Hand all columns and rows to HiGHS; nothing is charged."""
        import highspy

        quiet = next(one for one in highspy.Highs.__mro__ if one.__name__ == "_Highs")
        self._solver = quiet()  # the class in front of it prints a line to the console
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("time_limit", m.network.settings.time_limit)
        count = m.columns.count
        lower = np.concatenate([one.lower for one in m.columns.families])
        upper = np.concatenate([one.upper for one in m.columns.families])
        model = highspy.HighsLp()
        families = list(_families(m))
        model.num_col_, model.col_cost_ = count, np.zeros(count)
        model.col_lower_, model.col_upper_ = lower, upper
        model.num_row_ = sum(len(one) for one in families)
        model.row_lower_ = np.concatenate([np.zeros(0), *(one.lower for one in families)])
        model.row_upper_ = np.concatenate([np.zeros(0), *(one.upper for one in families)])
        lengths = [np.diff(one.csr()[0]) for one in families]
        starts = np.cumsum(np.concatenate([[0], *lengths]))
        none = np.zeros(0)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = starts.astype(np.int32)
        index = np.concatenate([none, *(one.csr()[1] for one in families)])
        model.a_matrix_.index_ = index.astype(np.int32)
        model.a_matrix_.value_ = np.concatenate([none, *(one.csr()[2] for one in families)])
        opens = [m.component(name) for name in OPEN if m.component(name) is not None]
        if opens:
            kinds = np.full(count, highspy.HighsVarType.kContinuous)
            for one in opens:
                kinds[one.start : one.start + len(one)] = highspy.HighsVarType.kInteger
            model.integrality_ = kinds.tolist()
            self._solver.setOptionValue("mip_feasibility_tolerance", 1e-9)
            self._solver.setOptionValue("mip_rel_gap", 0.0)
        self._solver.passModel(model)
        self._count = model.num_row_
        self._optimal = highspy.HighsModelStatus.kOptimal

    def add(self, columns: Ints, values: Floats) -> int:
        """Add a row without limits and return its number."""
        self._solver.addRow(-np.inf, np.inf, len(columns), columns.astype(np.int32), values)
        self._count += 1
        return self._count - 1

    def upper(self, row: int, limit: float) -> None:
        """Set the upper limit of a row."""
        self._solver.changeRowBounds(row, -np.inf, float(limit))

    def feasible(self) -> bool:
        """Tell whether all rows can hold together."""
        self._solver.run()
        return bool(self._solver.getModelStatus() == self._optimal)

    def least(self, columns: Ints, values: Floats) -> float:
        """Return the least value of a sum; rows must hold together."""
        for column, value in zip(columns.tolist(), values.tolist(), strict=True):
            self._solver.changeColCost(column, value)
        self._solver.run()
        value = float(self._solver.getInfo().objective_function_value)
        for column in columns.tolist():
            self._solver.changeColCost(column, 0.0)
        return value


def _families(m: pyo.ConcreteModel) -> Iterator[ArrayConstraint]:
    return (one for one in m.component_objects(pyo.Constraint) if isinstance(one, ArrayConstraint))
