"""What came of a solve, and how it gets back on the model."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tierstock.solvers.arrays import Floats
from tierstock.solvers.errors import SolveError
from tierstock.solvers.progress import Progress
from tierstock.solvers.status import Quality, Stopped


@dataclass(frozen=True)
class LevelResult:
    """What came of one level of a lexicographic objective.

    Attributes:
        name: the level, see ``tierstock.model.levels``.
        value: amount in the plan, after all levels.
        bound: no plan that keeps the earlier levels is better; infinite where nothing was proven.
        gap: distance of the level's own best plan to the bound, as a share.
    """

    name: str
    value: float
    bound: float
    gap: float


@dataclass(frozen=True, eq=False)
class Solution:
    """What came of a solve.

    Attributes:
        values: [n] value of each column of the model; not a number where there is no plan.
        objective: cost of the plan, computed from the data; infinite where there is no plan.
        bound: limit no plan can beat; infinite where none was proven.
        gap: ``|objective - bound| / max(|objective|, 1e-9)``; infinite where unknown.
        stopped: why the solve ended.
        quality: ``proven`` if and only if the gap is at most the one asked for.
        exact: whether whole numbers are exactly whole and every rule holds within 1e-6.
        log: course of the solve.
        seconds: time of the solve.
        size: ``columns``, ``rows``, ``nonzeros`` and ``integers`` of the model.
        solver: name and version of the solver.
        attempts: what was tried, one line each, where one attempt was not enough.
        detail: what went wrong, blank where nothing did.
        row_duals: [m] money per unit of each row's limit with the whole numbers fixed, or None.
        reduced_costs: [n] money per unit of each column's bound, likewise, or None.
        solver_log: text the solver wrote.
        levels: what came of each level of a lexicographic objective; empty without levels.
        mark: checksum of the model that was solved (``Arrays.mark``), None where nobody took it.
    """

    values: Floats = field(repr=False)
    objective: float
    bound: float
    gap: float
    stopped: Stopped
    quality: Quality
    exact: bool
    log: tuple[Progress, ...] = field(repr=False)
    seconds: float
    size: dict[str, int]
    solver: str
    attempts: tuple[str, ...] = ()
    detail: str = ""
    row_duals: Floats | None = field(default=None, repr=False)
    reduced_costs: Floats | None = field(default=None, repr=False)
    solver_log: str = field(default="", repr=False)
    levels: tuple[LevelResult, ...] = ()
    mark: int | None = None


def load(m: Any, solution: Solution) -> None:
    """Put the values of a solution on the variables of the model it came from.

    Args:
        m: Pyomo model.
        solution: solution of ``solve(m)``.

    Raises:
        SolveError: there is no plan, or the model has other columns.
    """
    from tierstock.solvers.columns import columns_of

    if solution.quality == "none":
        raise SolveError("no-plan", value=solution.stopped)
    columns = columns_of(m)
    if columns.count != len(solution.values):
        raise SolveError("other-model", value=len(solution.values), count=columns.count)
    for family in columns.families:
        family.load(np.array(solution.values[family.start : family.start + len(family)]))
    for variable, value in zip(
        columns.ordinary, solution.values[columns.arrays :].tolist(), strict=True
    ):
        if not variable.fixed:
            variable.set_value(value, skip_validation=True)
