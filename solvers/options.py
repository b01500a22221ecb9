"""How a model is to be solved."""

from dataclasses import dataclass, replace
from numbers import Integral, Real

from tierstock.solvers.errors import SolveError

WAYS = ("auto", "highs")
"""Choices of ``SolveOptions.solver``."""
EFFORTS = ("quick", "normal", "thorough")
"""Choices of ``SolveOptions.effort``."""
METHODS = ("choose", "simplex", "ipm")
"""Choices of ``SolveOptions.method``."""
THOROUGH = 0.2
"""Share of a thorough search that is spent on finding plans."""
EMERGENCY, EMERGENCY_S = 4.0, 20.0
"""How many times its time limit, and seconds besides, a deterministic solve may take before the
clock ends it."""


@dataclass(frozen=True)
class SolveOptions:
    """Limits and settings of one solve.

    Attributes:
        gap: stop when the plan is proven this close to the best possible, as a share of its cost.
        time_limit_s: stop after this many seconds; the best plan so far is kept.
        threads: threads of the solver.
        seed: random seed of the solver; the same seed and threads give the same plan, but where
            other processes help, beside a large model or a search of more than a few seconds:
            then the clock decides, too.
        memory_limit_mb: most memory of each solver process; None for 90 % of the machine's.
        tolerance: how far a whole number may be off in the search; None for the solver's 1e-6.
        presolve: whether the solver may simplify the model first.
        method: how linear programs are solved: ``choose`` leaves it to HiGHS, ``simplex``, ``ipm``
            (interior point).
        any_solver_version: accept also a version of HiGHS that is known to give wrong answers.
        solver: ``auto`` for the means that fit the size of the model, ``highs`` for HiGHS alone.
        deterministic: the same input gives the same answer on every run, whatever the threads and
            the load of the machine. HiGHS then works alone on one thread, the time limit stands
            for an amount of work (``tierstock.solvers.work``), and one of many equally good plans
            is chosen by a rule. The clock only ends what takes four times the limit and 20 s.
        effort: ``quick`` ends a search whose plan became no better than 0.1 % in the last third of
            its time, after 10 s and the first bound (a deterministic one after a third of its
            work); ``thorough`` spends four times the usual share of the search on finding plans;
            ``normal`` does neither.
    """

    gap: float = 0.01
    time_limit_s: float = 300.0
    threads: int = 2
    seed: int = 0
    memory_limit_mb: int | None = None
    tolerance: float | None = None
    presolve: bool = True
    method: str = "choose"
    any_solver_version: bool = False
    solver: str = "auto"
    deterministic: bool = False
    effort: str = "normal"

    def __post_init__(self) -> None:
        self._demand_kinds()
        self._demand("gap", self.gap, 0 <= self.gap < float("inf"), ">= 0")
        self._demand("time_limit_s", self.time_limit_s, self.time_limit_s > 0, "> 0")
        self._demand("threads", self.threads, 1 <= self.threads <= 1024, "1 ... 1024")
        self._demand("seed", self.seed, 0 <= self.seed < 2**31, "0 ... 2147483647")
        self._demand("solver", self.solver, self.solver in WAYS, " / ".join(WAYS))
        self._demand("effort", self.effort, self.effort in EFFORTS, " / ".join(EFFORTS))
        self._demand("method", self.method, self.method in METHODS, " / ".join(METHODS))
        memory = self.memory_limit_mb
        self._demand("memory_limit_mb", memory, memory is None or memory >= 100, ">= 100")
        near = self.tolerance
        self._demand("tolerance", near, near is None or 1e-10 <= near <= 1e-6, "1e-10 ... 1e-6")

    def _demand_kinds(self) -> None:
        """Refuse what is not of the kind an option has: a text for a number, 1 for yes."""
        for names, kind, said in (
            (("gap", "time_limit_s", "tolerance"), Real, "a number"),
            (("threads", "seed", "memory_limit_mb"), Integral, "a whole number"),
            (("presolve", "any_solver_version", "deterministic"), bool, "True / False"),
            (("solver", "effort", "method"), str, "a text"),
        ):
            for name in names:
                value = getattr(self, name)
                blank = value is None and name in ("tolerance", "memory_limit_mb")
                good = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
                self._demand(name, value, blank or good, said)

    @staticmethod
    def _demand(name: str, value: object, good: bool, allowed: str) -> None:
        if not good:
            raise SolveError("option", where=name, value=value, low=allowed)

    def in_one_piece(self) -> "SolveOptions":
        """Return the options of a linear program inside a solve: it goes to HiGHS alone, which
        solves it to its end at any size."""
        return replace(self, solver="highs")

    @property
    def heuristics(self) -> float | None:
        """Share of a search that is spent on finding plans, None for HiGHS's own (0.05)."""
        return THOROUGH if self.effort == "thorough" else None

    @property
    def clock_limit_s(self) -> float:
        """Seconds after which the clock ends the search."""
        if not self.deterministic:
            return self.time_limit_s
        return EMERGENCY * self.time_limit_s + EMERGENCY_S

    @property
    def grace_s(self) -> float:
        """Seconds after the time limit when the solver is ended by force: 1 s or 5 %."""
        return max(1.0, 0.05 * self.clock_limit_s)
