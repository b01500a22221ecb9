"""What limits and decisions of a plan are worth: its linear program, kept warm.

With the whole numbers of a plan held, what is left is a linear program. Its dual values are the
prices of the limits; what a change of a few bounds costs is found by the dual simplex method, from
the basis of the plan, in a few steps.
Source: Bertsimas & Tsitsiklis, Introduction to Linear Optimization (1997), ch. 4 and 5.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import highspy
import numpy as np
from numpy.typing import ArrayLike, NDArray

from tierstock.inputs.quiet import quiet_highs
from tierstock.model.levels import MONEY, Aim
from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.clean import TOLERANCE
from tierstock.solvers.errors import SolveError
from tierstock.solvers.highs import pass_model, version
from tierstock.solvers.run import refuse_known_bad
from tierstock.solvers.solution import Solution

Numbers = NDArray[np.int64]

LIMIT_S = 60.0
"""Most seconds of one question."""
LARGE = 100_000
"""Coefficients from which on the interior point method finds the first basis sooner: at 320,000 it
takes 9 s, where the simplex method needs minutes."""
DEVEX = 1
"""Weights by which the dual simplex method chooses rows that need no start of their own."""
ROOM = 1e-7
"""How far a level may fall by the rounding of sums, as a share."""


@dataclass(frozen=True, eq=False)
class Change:
    """What is different in one question; all is as in the plan where nothing is stated.

    Attributes:
        columns, lower, upper: bounds of some columns.
        priced, cost: cost of some columns, money per unit.
        rows, row_lower, row_upper: limits of some rows.
        starts, index, value: coefficients of further columns, column by column; ``index`` are
            rows.
        further, most: [k] cost and upper bound of the further columns; their lower bound is 0.
    """

    columns: Numbers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    lower: Floats = field(default_factory=lambda: np.zeros(0))
    upper: Floats = field(default_factory=lambda: np.zeros(0))
    priced: Numbers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    cost: Floats = field(default_factory=lambda: np.zeros(0))
    rows: Numbers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    row_lower: Floats = field(default_factory=lambda: np.zeros(0))
    row_upper: Floats = field(default_factory=lambda: np.zeros(0))
    starts: Numbers = field(default_factory=lambda: np.zeros(1, dtype=np.int64))
    index: Numbers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    value: Floats = field(default_factory=lambda: np.zeros(0))
    further: Floats = field(default_factory=lambda: np.zeros(0))
    most: Floats = field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True, eq=False)
class Answer:
    """What came of a question.

    Attributes:
        cost: total money of the best plan with the change; infinite (of the side that is worse)
            where none is left, not a number where the time ended first.
        values: [n] that plan; not a number where there is none.
        further: [k] value of each further column.
        row_duals: [m] money per unit of each row's limit.
    """

    cost: float
    values: Floats = field(repr=False)
    further: Floats = field(repr=False)
    row_duals: Floats = field(repr=False)

    @property
    def found(self) -> bool:
        """Whether there is a plan."""
        return math.isfinite(self.cost)


def prices_of(
    m: Any, solution: Solution, *, any_version: bool = False, seconds: float = LIMIT_S
) -> "Prices":
    """Return the prices of a plan of a Pyomo model.

    Where the model has levels, each stays at its value in the plan: what is priced is the cost.

    Args:
        m: the model, as it was when it was solved.
        solution: what came of ``solve(m)``.
        any_version: accept versions of HiGHS known to be wrong.
        seconds: most that may be spent until the prices are there.

    Raises:
        SolveError: there is no plan, the model was changed since it was solved, or the time was
            not enough.
    """
    from tierstock.solvers.compile import compile_model
    from tierstock.solvers.levels import aims_in_force

    if solution.quality == "none":
        raise SolveError("no-plan", value=solution.stopped)
    arrays = compile_model(m).arrays
    if len(solution.values) != arrays.columns or solution.mark not in (None, arrays.mark()):
        raise SolveError("changed-model")
    arrays = _holding(arrays, aims_in_force(m), solution.values)
    return Prices(arrays, solution.values, any_version=any_version, seconds=seconds)


class Prices:
    """The linear program of a plan, loaded once; every question starts from its best basis.

    Args:
        arrays: the model.
        values: [n] a plan; its whole numbers are held in every question that does not say
            otherwise.
        any_version: accept versions of HiGHS known to be wrong.
        seconds: most that may be spent until the prices are there.

    Attributes:
        seconds: most that one question may take; may be set before each.
        cost: money of the plan with the rest at its best.
        values: [n] that plan: the one given, unless the rest could be cheaper.
        row_duals: [m] money per unit of each row's limit: what one unit more changes the cost by.
        reduced_costs: [n] money per unit of each column's bound.

    Raises:
        SolveError: the values are no plan of this model, or the time was not enough.
    """

    def __init__(
        self,
        arrays: Arrays,
        values: Floats,
        *,
        any_version: bool = False,
        seconds: float = LIMIT_S,
    ) -> None:
        refuse_known_bad(version(), any_version)
        self.seconds = seconds
        self.arrays = arrays.fixed(values)
        self.free = arrays
        """The model with its own bounds, for questions that let whole numbers go."""
        if arrays.violation(values) > TOLERANCE:
            raise SolveError("changed-model")
        self._solver = _loaded(self.arrays)
        if self.arrays.nonzeros < LARGE:
            begin = highspy.HighsSolution()
            begin.col_value = np.clip(values, self.arrays.lower, self.arrays.upper)
            self._solver.setSolution(begin)
        else:
            self._solver.setOptionValue("solver", "ipm")
        if seconds <= 0 or not self._run():
            late = self._solver.getModelStatus() != highspy.HighsModelStatus.kInfeasible
            raise SolveError("no-prices" if late else "changed-model", value=seconds)
        # from here on the last basis is worth more than a smaller program
        self.seconds = LIMIT_S
        self._solver.setOptionValue("solver", "simplex")
        self._solver.setOptionValue("presolve", "off")
        self._solver.setOptionValue("simplex_strategy", 1)
        # exact steepest edge weights of a basis cost a solve for each row, in every question
        self._solver.setOptionValue("simplex_dual_edge_weight_strategy", DEVEX)
        found = self._solver.getSolution()
        self._basis = self._solver.getBasis()
        self.cost = float(self._solver.getInfo().objective_function_value)
        self.values: Floats = self._plan(values, np.array(found.col_value, dtype=np.float64))
        self.row_duals: Floats = np.array(found.row_dual, dtype=np.float64)
        self.reduced_costs: Floats = np.array(found.col_dual, dtype=np.float64)

    def _plan(self, given: Floats, best: Floats) -> Floats:
        """Return the plan as given where no other of its whole numbers is cheaper."""
        given = np.clip(given, self.arrays.lower, self.arrays.upper)
        more = abs(float(self.arrays.cost @ (given - best)))
        return given if more <= ROOM * max(1.0, abs(self.cost)) else best

    def held(self, columns: ArrayLike, at: ArrayLike, free: ArrayLike = ()) -> Answer:
        """Return the best plan with some columns held at given values.

        Args:
            columns: numbers of the columns.
            at: value of each, or one for all.
            free: whole-number columns that may move within their own bounds, as if they could
                be taken in parts; for what a trip not driven saves.
        """
        which = np.atleast_1d(np.asarray(columns, dtype=np.int64))
        let = np.setdiff1d(np.asarray(free, dtype=np.int64), which)
        stand = np.broadcast_to(np.asarray(at, dtype=np.float64), which.shape)
        return self.ask(
            Change(
                columns=np.concatenate([which, let]),
                lower=np.concatenate([stand, self.free.lower[let]]),
                upper=np.concatenate([stand, self.free.upper[let]]),
            )
        )

    def moved(self, row: int, change: float) -> Answer:
        """Return the best plan with both limits of a row changed by ``change`` (in its units)."""
        at = np.array([row], dtype=np.int64)
        limits = self.arrays.row_lower[at] + change, self.arrays.row_upper[at] + change
        return self.ask(Change(rows=at, row_lower=limits[0], row_upper=limits[1]))

    def ask(self, change: Change) -> Answer:
        """Return the best plan with a change; the next question starts from the plan again."""
        solver, arrays = self._solver, self.arrays
        solver.setBasis(self._basis)
        try:
            self._apply(change)
            done = self._run()
            return self._answer(len(change.further), done)
        finally:
            column, row = change.columns, change.rows
            _columns(solver, column, arrays.lower[column], arrays.upper[column])
            _rows(solver, row, arrays.row_lower[row], arrays.row_upper[row])
            _costs(solver, change.priced, arrays.cost[change.priced])
            if len(change.further):
                added = np.arange(arrays.columns, arrays.columns + len(change.further))
                _kept(solver.deleteCols(len(added), added.astype(np.int32)))

    def _apply(self, change: Change) -> None:
        solver, k = self._solver, len(change.further)
        _columns(solver, change.columns, change.lower, change.upper)
        _rows(solver, change.rows, change.row_lower, change.row_upper)
        _costs(solver, change.priced, change.cost)
        if k:
            _kept(
                solver.addCols(
                    k,
                    change.further,
                    np.zeros(k),
                    change.most,
                    len(change.value),
                    change.starts[:-1].astype(np.int32),
                    change.index.astype(np.int32),
                    change.value,
                )
            )

    def _run(self) -> bool:
        """Solve; True where an optimal plan was found."""
        solver = self._solver
        solver.setOptionValue("time_limit", solver.getRunTime() + self.seconds)
        solver.run()
        return bool(solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def _answer(self, further: int, done: bool) -> Answer:
        n, m = self.arrays.columns, self.arrays.rows
        if not done:
            status = self._solver.getModelStatus()
            none = highspy.HighsModelStatus.kInfeasible
            cost = math.inf * self.arrays.sense if status == none else math.nan
            blank = np.full(n, np.nan)
            return Answer(cost, blank, np.full(further, np.nan), np.full(m, np.nan))
        found = self._solver.getSolution()
        values = np.array(found.col_value, dtype=np.float64)
        duals = np.array(found.row_dual, dtype=np.float64)
        cost = float(self._solver.getInfo().objective_function_value)
        return Answer(cost, values[:n], values[n:], duals)


def _holding(arrays: Arrays, aims: Sequence[Aim], values: Floats) -> Arrays:
    """Return the model with a row behind its own for each level that is no money: none is less."""
    kept = [aim for aim in aims if aim.name not in MONEY]
    if not kept:
        return arrays
    columns = [np.flatnonzero(aim.coefficients) for aim in kept]
    sizes = [np.abs(aim.coefficients[at]) for aim, at in zip(kept, columns, strict=True)]
    scale = [float(size.max(initial=1e-9)) for size in sizes]
    parts = [
        aim.sense * aim.coefficients[at] / one
        for aim, at, one in zip(kept, columns, scale, strict=True)
    ]
    most = [
        float(part @ values[at]) + ROOM * max(1.0, abs(float(part @ values[at])))
        for part, at in zip(parts, columns, strict=True)
    ]
    ends = len(arrays.value) + np.cumsum([len(at) for at in columns])
    return replace(
        arrays,
        starts=np.concatenate([arrays.starts, ends]).astype(np.int32),
        index=np.concatenate([arrays.index, *columns]).astype(np.int32),
        value=np.concatenate([arrays.value, *parts]),
        row_lower=np.concatenate([arrays.row_lower, np.full(len(kept), -np.inf)]),
        row_upper=np.concatenate([arrays.row_upper, most]),
    )


def _loaded(arrays: Arrays) -> Any:
    solver = quiet_highs()
    solver.setOptionValue("solver", "simplex")
    fields = {name: getattr(arrays, name) for name in arrays.NAMES}
    pass_model(solver, fields, {"sense": arrays.sense, "offset": arrays.offset})
    return solver


def _columns(solver: Any, at: Numbers, lower: Floats, upper: Floats) -> None:
    if len(at):
        _kept(solver.changeColsBounds(len(at), at.astype(np.int32), lower, upper))


def _rows(solver: Any, at: Numbers, lower: Floats, upper: Floats) -> None:
    if len(at):
        _kept(solver.changeRowsBounds(len(at), at.astype(np.int32), lower, upper))


def _costs(solver: Any, at: Numbers, cost: Floats) -> None:
    if len(at):
        _kept(solver.changeColsCost(len(at), at.astype(np.int32), cost))


def _kept(status: Any) -> None:
    if status == highspy.HighsStatus.kError:
        raise ValueError("HiGHS did not take a change of its model")
