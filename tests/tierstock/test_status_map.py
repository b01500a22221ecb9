"""Every answer HiGHS can end with has one reason, one quality and one exit code."""

from typing import Any

import highspy
import numpy as np
import pytest
from goals import reached
from small_arrays import three_trucks

import tierstock.solvers.drive as drive
from tierstock.exits import Exit, exit_of
from tierstock.solvers import SolveError, SolveOptions
from tierstock.solvers.arrays import Arrays
from tierstock.solvers.drive import solve_arrays
from tierstock.solvers.order import Order, Outcome

PLAN = [20.0, 3.0]
"""Twenty units in three trucks cost 35."""

LOST = ("fault", "none", 7)
KEPT = ("fault", "feasible", 10)
CLOSED = ("fault", "proven", 0)
REFUSED = ("unbounded", "", 2)

TABLE: dict[str, tuple[Any, Any, Any]] = {
    "kNotset": (CLOSED, KEPT, LOST),
    "kLoadError": (CLOSED, KEPT, LOST),
    "kModelError": (CLOSED, KEPT, LOST),
    "kPresolveError": (CLOSED, KEPT, LOST),
    "kSolveError": (CLOSED, KEPT, LOST),
    "kPostsolveError": (CLOSED, KEPT, LOST),
    "kModelEmpty": (("optimal", "proven", 0), KEPT, LOST),
    "kOptimal": (("optimal", "proven", 0), KEPT, LOST),
    "kInfeasible": (KEPT, KEPT, ("infeasible", "none", 3)),
    "kUnboundedOrInfeasible": (LOST, LOST, LOST),
    "kUnbounded": (REFUSED, REFUSED, REFUSED),
    "kObjectiveBound": (CLOSED, KEPT, LOST),
    "kObjectiveTarget": (CLOSED, KEPT, LOST),
    "kTimeLimit": (("time", "proven", 0), ("time", "feasible", 10), ("time", "none", 5)),
    "kIterationLimit": (CLOSED, KEPT, LOST),
    "kUnknown": (CLOSED, KEPT, LOST),
    "kSolutionLimit": (CLOSED, KEPT, LOST),
    "kInterrupt": (("user", "proven", 130), ("user", "feasible", 130), ("user", "none", 130)),
    "kMemoryLimit": (("memory", "proven", 0), ("memory", "feasible", 10), ("memory", "none", 5)),
    "kHighsInterrupt": (("user", "proven", 130), ("user", "feasible", 130), ("user", "none", 130)),
}
"""Status of HiGHS in every attempt -> why it stopped, how good the plan is and the exit code, with
a plan and a bound that closes the gap, with a plan and no bound, and with neither. What a solver
calls infeasible proves no bound."""


class Always:
    """Stands in for ``Run``: every attempt at the model ends the same; another program, which
    always has an answer, gets one."""

    outcome: Outcome

    def __init__(self, arrays: Arrays, order: Order, *rest: Any, **named: Any) -> None:
        self._itself = arrays.columns == three_trucks().columns

    def go(self) -> Outcome:
        return self.outcome if self._itself else Outcome("kOptimal")


def ending(arrays: Arrays, status: str, values: Any, bound: float | None) -> tuple[str, str, int]:
    Always.outcome = Outcome(status, values=values, bound=bound)
    try:
        found = solve_arrays(arrays, SolveOptions(gap=0))
    except SolveError as fault:
        return fault.code, "", int(Exit.BAD_INPUT)
    return found.stopped, found.quality, int(exit_of(found.stopped, found.quality))


def test_all_twenty_statuses_with_and_without_a_plan_end_as_they_should(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drive, "Run", Always)
    monkeypatch.setattr(drive.Drive, "_last_resort", lambda *_: None)
    statuses = sorted(highspy.HighsModelStatus.__members__)
    plan = np.array(PLAN)
    found = {
        status: (
            ending(three_trucks(), status, plan, 35.0),
            ending(three_trucks(), status, plan, None),
            ending(three_trucks(), status, None, None),
        )
        for status in statuses
    }
    wrong = {status: ends for status, ends in found.items() if ends != TABLE[status]}
    assert set(TABLE) == set(statuses)
    reached(
        22,
        f"{len(wrong)} of {3 * len(statuses)} cases of {len(statuses)} statuses end otherwise "
        f"than the table says {wrong or ''}".strip(),
        not wrong,
    )
