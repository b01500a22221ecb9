"""Why a solve stopped and how good its plan is: two facts, never one."""

import math
from typing import Literal

Stopped = Literal["optimal", "gap", "time", "memory", "user", "infeasible", "fault"]
Quality = Literal["proven", "feasible", "none"]

STOPPED_BY_STATUS: dict[str, Stopped] = {
    "memory": "memory",
    "crash": "fault",
    "killed": "fault",
    "kNotset": "fault",
    "kLoadError": "fault",
    "kModelError": "fault",
    "kPresolveError": "fault",
    "kSolveError": "fault",
    "kPostsolveError": "fault",
    "kModelEmpty": "optimal",
    "kOptimal": "optimal",
    "kInfeasible": "infeasible",
    "kUnboundedOrInfeasible": "fault",
    "kUnbounded": "fault",
    "kObjectiveBound": "fault",
    "kObjectiveTarget": "fault",
    "kTimeLimit": "time",
    "kIterationLimit": "fault",
    "kUnknown": "fault",
    "kSolutionLimit": "fault",
    "kInterrupt": "user",
    "kMemoryLimit": "memory",
    "kHighsInterrupt": "user",
}
"""Reason for every model status of HiGHS, and for a solver process that ran out of memory, died,
or was ended by force without an order. Limits on bounds, targets, iterations and solutions are
never set here, so a stop at one of them is a fault of the solver."""

SAME = 1e-6
"""Difference of cost and bound, relative where the cost is above 1, below which they are equal:
the solver keeps its rules within 1e-6 and cannot tell them apart."""

NO_PLAN = frozenset({"kUnbounded", "kUnboundedOrInfeasible"})
"""Statuses whose point, if any, says nothing about the cost."""


def gap_of(objective: float, bound: float) -> float:
    """Return how far a cost may lie from the best possible, as a share of it.

    ``|objective - bound| / max(|objective|, 1e-9)``; 0 where both agree within ``SAME``,
    infinite where there is no plan or no bound.
    """
    if not (math.isfinite(objective) and math.isfinite(bound)):
        return math.inf
    apart = abs(objective - bound)
    if apart <= SAME * max(1.0, abs(objective)):
        return 0.0
    return apart / max(abs(objective), 1e-9)


def judge(
    status: str, *, has_plan: bool, gap: float, asked: float, cause: str = ""
) -> tuple[Stopped, Quality]:
    """Return why a solve stopped and how good its plan is.

    Args:
        status: key of ``STOPPED_BY_STATUS``.
        has_plan: whether there are values that keep every rule.
        gap: proven gap of these values, see ``gap_of``.
        asked: gap that was asked for.
        cause: ``time`` or ``user`` where the stop was ordered from outside, else blank.
    """
    stopped: Stopped = STOPPED_BY_STATUS.get(status, "fault")
    if cause in ("time", "user") and status in ("kInterrupt", "kHighsInterrupt", "killed"):
        stopped = "user" if cause == "user" else "time"
    has_plan = has_plan and status not in NO_PLAN
    proven = has_plan and gap <= asked
    if stopped == "optimal":
        if not proven:
            stopped = "fault"
        elif gap > 0:
            stopped = "gap"
    elif stopped == "infeasible" and has_plan:
        stopped = "fault"
    if not has_plan:
        return stopped, "none"
    return stopped, "proven" if proven else "feasible"
