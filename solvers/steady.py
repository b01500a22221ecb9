"""The same answer on every run: one thread, limits by work, one of many equally good plans."""

from dataclasses import replace

from tierstock.solvers import start as start_
from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.canonical import canonical
from tierstock.solvers.clock import Clock
from tierstock.solvers.drive import Drive
from tierstock.solvers.effort import Drying
from tierstock.solvers.large import Large
from tierstock.solvers.linear import Linear
from tierstock.solvers.options import SolveOptions
from tierstock.solvers.order import Outcome
from tierstock.solvers.plans import whole_plan
from tierstock.solvers.progress import Listener
from tierstock.solvers.run import Run
from tierstock.solvers.solution import Solution
from tierstock.solvers.wire import Message
from tierstock.solvers.work import WorkOrder, iterations, looks

QUICK = 1 / 3
"""Share of its work that a quick search does."""
BY_THE_CLOCK = "the clock ended the search before its work was done; another run may differ"


def driver(
    arrays: Arrays,
    options: SolveOptions,
    clock: Clock,
    listener: Listener | None,
    start: Floats | None = None,
) -> Drive:
    """Return what solves a model: ``Steady`` where the options ask for it, ``Large`` or ``Linear``
    where the model is large and not HiGHS alone is asked for, else ``Drive``."""
    large = arrays.nonzeros >= start_.LARGE and options.solver != "highs"
    opened = Large if arrays.whole else Linear
    kind = Steady if options.deterministic else opened if large else Drive
    if options.effort != "quick" or options.deterministic:
        return kind(arrays, options, clock, listener, start)
    drying = Drying(clock, listener)
    drive = kind(arrays, options, clock, drying, start)
    drying.notes = drive.attempts
    return drive


class SteadyRun(Run):
    """An attempt whose outcome does not depend on when something was heard."""

    def _take(self, message: Message) -> None:
        self.outcome.bound = self._known  # bounds in between come when a clock says so
        super()._take(message)

    def go(self) -> Outcome:
        """Solve, clean the plan, and return what came back."""
        self._known = self.outcome.bound
        return super().go()


class Steady(Drive):
    """Attempts at one model by HiGHS alone, on one thread and within a budget of work.

    The clock only stops what takes several times the time limit. At the end the linear part of
    the plan is chosen among all that are as good (``canonical``).
    """

    def go(self) -> Solution:
        """Return the best plan found and why the search for it ended."""
        arrays, options = self.arrays, self.options
        if not arrays.columns:
            return self._close(self._without_columns())
        seconds = options.time_limit_s * (QUICK if options.effort == "quick" else 1.0)
        order = WorkOrder(
            options.gap,
            1,
            options.seed,
            options.memory_limit_mb,
            presolve=options.presolve,
            tolerance=options.tolerance,
            method=options.method,
            any_version=options.any_solver_version,
            heuristics=options.heuristics,
            looks=looks(arrays, seconds),
        )
        self._linear_order = replace(order, iterations=iterations(arrays, options.time_limit_s))
        self._prepare()
        order = order if arrays.whole else self._linear_order
        outcome = self._work_off(replace(order, start=self._start()))
        if self.best is not None and self.best.exact and outcome.cause != "user":
            self.best = canonical(arrays, self.best, self._linear)
        if self.clock.cause == "time":
            self.attempts.append(BY_THE_CLOCK)
        return self._close(outcome)

    def _prepare(self) -> None:
        """Give a large model a plan to begin with: without trips, then with the rounded ones; where
        there are no whole numbers, one in which nothing moves between places."""
        if self.arrays.nonzeros < start_.LARGE or self.best is not None:
            return
        linear = () if self.arrays.place is None else (start_.idle,)
        for simpler in (start_.idle, start_.relaxed) if self.arrays.whole else linear:
            if self.clock.cause:
                return
            outcome = self._linear(simpler(self.arrays))
            self._offer(whole_plan(self.arrays, outcome))

    def _linear(self, program: Arrays) -> Outcome:
        return SteadyRun(program, self._linear_order, self.clock, self._tell, proves=False).go()

    def _work_off(self, order: WorkOrder) -> Outcome:
        """Search, again with a remedy where an answer cannot be believed."""
        following: WorkOrder | None = order
        while following is not None:
            order = following
            outcome = SteadyRun(
                self.arrays,
                order,
                self.clock,
                self._tell,
                self._objective(),
                journal=self._journal,
            ).go()
            self._keep(outcome)
            remedy = self._remedy(order, outcome)
            following = remedy if isinstance(remedy, WorkOrder) else None
        return self._settled(outcome)
