"""Why a solve stopped and how good its plan is are two facts."""

import math
from typing import get_args

import highspy
import pytest

from tierstock.solvers.status import STOPPED_BY_STATUS, Quality, Stopped, gap_of, judge

STATUSES = sorted(highspy.HighsModelStatus.__members__)


def test_every_status_of_the_solver_has_a_reason() -> None:
    assert set(STATUSES) <= set(STOPPED_BY_STATUS)
    assert len(STATUSES) == 20
    assert set(STOPPED_BY_STATUS.values()) <= set(get_args(Stopped))


@pytest.mark.parametrize("status", sorted(STOPPED_BY_STATUS))
@pytest.mark.parametrize("has_plan", [True, False])
@pytest.mark.parametrize("gap", [0.0, 0.005, 0.2, math.inf])
def test_a_plan_is_proven_if_and_only_if_its_gap_is_at_most_the_asked_one(
    status: str, has_plan: bool, gap: float
) -> None:
    stopped, quality = judge(status, has_plan=has_plan, gap=gap, asked=0.01)
    unbounded = status in ("kUnbounded", "kUnboundedOrInfeasible")

    assert quality in get_args(Quality)
    assert (quality == "none") == (not has_plan or unbounded)
    assert (quality == "proven") == (has_plan and not unbounded and gap <= 0.01)
    assert stopped != "infeasible" or not has_plan
    assert stopped not in ("optimal", "gap") or quality == "proven"


@pytest.mark.parametrize(
    ("status", "has_plan", "gap", "cause", "stopped", "quality"),
    [
        ("kOptimal", True, 0.0, "", "optimal", "proven"),
        ("kOptimal", True, 0.004, "", "gap", "proven"),
        ("kOptimal", True, 0.4, "", "fault", "feasible"),
        ("kOptimal", False, math.inf, "", "fault", "none"),
        ("kTimeLimit", True, 0.3, "time", "time", "feasible"),
        ("kTimeLimit", True, 0.001, "time", "time", "proven"),
        ("kTimeLimit", False, math.inf, "", "time", "none"),
        ("kInterrupt", True, 0.3, "time", "time", "feasible"),
        ("kHighsInterrupt", True, 0.3, "user", "user", "feasible"),
        ("killed", True, 0.3, "user", "user", "feasible"),
        ("killed", False, math.inf, "time", "time", "none"),
        ("crash", True, 0.3, "", "fault", "feasible"),
        ("crash", False, math.inf, "time", "fault", "none"),
        ("kInfeasible", False, math.inf, "", "infeasible", "none"),
        ("kInfeasible", True, 0.3, "", "fault", "feasible"),
        ("kUnbounded", True, math.inf, "", "fault", "none"),
        ("kMemoryLimit", False, math.inf, "", "memory", "none"),
        ("memory", True, 0.3, "", "memory", "feasible"),
        ("kSolveError", True, 0.3, "", "fault", "feasible"),
        ("kUnknown", False, math.inf, "", "fault", "none"),
    ],
)
def test_reason_and_quality_read_as_expected(
    status: str, has_plan: bool, gap: float, cause: str, stopped: str, quality: str
) -> None:
    assert judge(status, has_plan=has_plan, gap=gap, asked=0.01, cause=cause) == (stopped, quality)


def test_the_gap_is_a_share_of_the_cost() -> None:
    assert gap_of(200.0, 190.0) == pytest.approx(0.05)
    assert gap_of(-200.0, -210.0) == pytest.approx(0.05)
    assert gap_of(100.0, 100.0 - 1e-7) == 0.0
    assert gap_of(0.0, -1.0) == pytest.approx(1e9)
    assert gap_of(math.inf, 3.0) == math.inf
    assert gap_of(3.0, -math.inf) == math.inf
