"""What one attempt at a model does, what it brings, and what may help it."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from tierstock.solvers.arrays import Floats


@dataclass(frozen=True)
class Order:
    """What one attempt does differently from the others.

    Attributes:
        gap, threads, seed: as in ``SolveOptions``.
        memory_mb: most memory of the solver process, None for 90 % of the machine's.
        presolve: whether the solver may simplify the model first.
        tolerance: how far a whole number may be off, None for the solver's own 1e-6.
        method: ``choose``, ``simplex`` or ``ipm`` for linear programs, also those of a search.
        start: plan to begin with.
        any_version: accept versions of HiGHS known to be wrong.
        heuristics: share of its time a search spends on finding plans, None for the solver's own.
    """

    gap: float
    threads: int
    seed: int
    memory_mb: int | None = None
    presolve: bool = True
    tolerance: float | None = None
    method: str = "choose"
    start: Floats | None = None
    any_version: bool = False
    heuristics: float | None = None

    def solver_options(self, seconds: float) -> dict[str, Any]:
        """Return the options of HiGHS by name."""
        options: dict[str, Any] = {
            "log_to_console": False,
            "output_flag": True,  # without it HiGHS calls back for nothing
            "mip_min_logging_interval": 0.5,
            "mip_rel_gap": float(self.gap),
            "threads": self.threads,
            "random_seed": self.seed,
            "presolve": "choose" if self.presolve else "off",
            "solver": self.method,
            "mip_lp_solver": self.method,
            "time_limit": max(seconds, 0.01),
        }
        if self.tolerance is not None:
            options["mip_feasibility_tolerance"] = self.tolerance
        if self.heuristics is not None:
            options["mip_heuristic_effort"] = self.heuristics
        return options


@dataclass
class Outcome:
    """What one attempt brought.

    Attributes:
        status: HiGHS model status, or ``crash``, ``killed``, ``memory``, ``refused``.
        cause: ``time`` or ``user`` where the stop was ordered from outside.
        bound: best bound heard, None where none was.
        values: last plan heard, as the solver gave it.
        cleaned: the same plan after its last solve with whole numbers fixed.
        settled: whether that solve ended with the best plan for these whole numbers.
        row_duals, reduced_costs: prices of the last linear solve.
        version: version of HiGHS.
        detail: how it ended, where something went wrong.
        text: lines of the solver's own log.
    """

    status: str = "crash"
    cause: str = ""
    bound: float | None = None
    values: Floats | None = None
    cleaned: Floats | None = None
    settled: bool = False
    row_duals: Floats | None = None
    reduced_costs: Floats | None = None
    version: str = ""
    detail: str = ""
    text: list[str] = field(default_factory=list)


class Beside(Protocol):
    """What finds plans beside an attempt.

    Attributes:
        exact: whether whole numbers of its plans are exactly whole.
        bound: limit no plan can beat, where it has proven one.
        least_gain: share of the cost by which its plan has to be cheaper for the attempt to hear of
            it.
    """

    exact: bool
    bound: float | None
    least_gain: float

    def news(self) -> Floats | None:
        """Return the best plan found since the last time, None where there is none."""

    def offer(self, values: Floats) -> None:
        """Tell of a plan found by the attempt."""
