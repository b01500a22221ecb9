"""Solve a model: attempts, remedies, and the best plan of all of them."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.aside import Aside
from tierstock.solvers.clean import TOLERANCE, rounded
from tierstock.solvers.clock import Clock, Limit, StopKey
from tierstock.solvers.doubts import DOUBTFUL, denies_all, falling, refuted
from tierstock.solvers.errors import SolveError
from tierstock.solvers.journal import RESUMED, Journal
from tierstock.solvers.options import SolveOptions
from tierstock.solvers.order import Order, Outcome
from tierstock.solvers.plans import Plan, believable, whole_plan
from tierstock.solvers.progress import Listener, Progress
from tierstock.solvers.run import Run
from tierstock.solvers.sanity import check
from tierstock.solvers.solution import Solution
from tierstock.solvers.status import STOPPED_BY_STATUS, gap_of, judge
from tierstock.solvers.team import Team

WORTH_A_RETRY_S = 0.2
"""Seconds that must be left for another attempt."""

LONG_S = 5.0
"""Seconds of a search after which its plan is kept in the journal also where it is proven, should
it be lost on the way into a file."""

STRICT = 1e-9
"""How far a whole number may be off when the usual 1e-6 let a plan cheat."""


def solve(
    m: Any,
    options: SolveOptions | None = None,
    on_progress: Listener | None = None,
    start: Any = None,
    journal: Path | None = None,
    resume: bool = False,
    began: float | None = None,
) -> Solution:
    """Solve a Pyomo model with HiGHS in a process of its own.

    Caps on capital that today's stock breaks get the limits of their rows first (``compliance``);
    nothing else of the model is changed. ``load(m, solution)`` puts the plan on its variables.

    Args:
        m: Pyomo model with linear rows, one active objective, real and whole-number variables.
        options: limits; ``SolveOptions()`` where not given.
        on_progress: hears of progress; its failure does not disturb the solve.
        start: plan of this or another model to begin with (``restart.Start``), or what gives one
            where it is needed.
        journal: file that keeps the best plan while the search goes on (``journal.Journal``).
        resume: go on from the plan and the bound in that file, where they are of this model;
            ``start`` is for where they are not. ``attempts`` tell which.
        began: moment from which the limits count, on the monotonic clock; None = now.

    Raises:
        SolveError: the model or the solver cannot be used.
    """
    began = time.monotonic() if began is None else began
    from tierstock.solvers.compile import compile_model
    from tierstock.solvers.compliance import settle
    from tierstock.solvers.levels import aims_in_force, solve_levels
    from tierstock.solvers.restart import begin

    with StopKey():
        options = options or SolveOptions()
        limit = Limit(options, began)
        settle(m, options, limit)
        compiled, aims = compile_model(m), aims_in_force(m)
        arrays, notes, values, bound = compiled.arrays, [], None, math.nan
        book = None if journal is None else Journal(journal, arrays, bounds=not aims)
        if book is not None and resume:
            kept = book.kept()
            notes.append(kept if isinstance(kept, str) else RESUMED)
            if not isinstance(kept, str):
                values, bound = kept.values, kept.bound
        if values is None and start is not None:
            given = start() if callable(start) else start
            values, note = begin(arrays, compiled.columns, given, options, limit)
            notes += [note] if note else []
        if not aims:
            found = solve_arrays(arrays, options, on_progress, values, book, bound, began)
        else:
            check(arrays)
            room = m.network.settings.objective_tolerance
            found = solve_levels(arrays, aims, room, options, on_progress, values, book, began)
        if book is not None and (found.quality == "feasible" or found.seconds >= LONG_S):
            book.write()
        return replace(found, attempts=(*notes, *found.attempts), mark=arrays.mark())


def solve_arrays(
    arrays: Arrays,
    options: SolveOptions,
    on_progress: Listener | None = None,
    start: Floats | None = None,
    journal: Journal | None = None,
    bound: float = math.nan,
    began: float | None = None,
) -> Solution:
    """Solve a model given as arrays; see ``solve``.

    Args:
        arrays: the model.
        options: limits.
        on_progress: hears of progress.
        start: a plan to begin with.
        journal: keeps the best plan while the search goes on.
        bound: limit no plan can beat, as an earlier run proved it; NaN where none did.
        began: moment from which the limits count, on the monotonic clock; None = now.
    """
    began = time.monotonic() if began is None else began
    from tierstock.solvers.steady import driver

    check(arrays)
    with StopKey() as stop:
        drive = driver(arrays, options, Clock(options, arrays, stop, began), on_progress, start)
        drive.remember(journal, bound)
        return drive.go()


class Drive:
    """Attempts at one model until an answer can be believed or time is over.

    A remedy is tried once: after a crash one thread and another seed; when the answer is
    "infeasible" or "unbounded", without presolve before it is believed; when the solver does not
    know, another seed, then the interior point method; when a plan got dearer by exact whole
    numbers, or breaks a rule, a stricter tolerance, then no presolve.

    Args:
        arrays: the model.
        options: limits.
        clock: when it has to stop.
        listener: hears of progress.
        start: a plan to begin with; the answer is never worse.
    """

    def __init__(
        self,
        arrays: Arrays,
        options: SolveOptions,
        clock: Clock,
        listener: Listener | None,
        start: Floats | None = None,
    ) -> None:
        self.arrays = arrays
        self.options = options
        self.clock = clock
        self._listener = listener
        self.log: list[Progress] = []
        self.attempts: list[str] = []
        self.text: list[str] = []
        self.best: Plan | None = None
        self.bound = self.relaxation = self._doubted = -math.inf * arrays.sense
        self._tried: set[str] = set()
        self._proof: tuple[Outcome, float] | None = None
        """How a search ended whose proof another one settles, and its bound."""
        self._until = math.inf
        self._denied = False
        """Whether the solver called impossible what always is possible."""
        self._journal: Journal | None = None
        whole = None if start is None else rounded(arrays, start)
        if whole is not None:
            self._offer(Plan(whole, arrays.objective(whole), True))

    def remember(self, journal: Journal | None, bound: float = math.nan) -> None:
        """Keep plans in a journal, and begin with the bound that an earlier run proved."""
        self._journal = journal
        if journal is not None and self.best is not None:
            journal.keep(self.best.values)
        if not math.isnan(bound):
            self.bound = self.relaxation = bound

    def go(self) -> Solution:
        """Return the best plan found and why the search for it ended."""
        options = self.options
        order = Order(
            options.gap,
            options.threads,
            options.seed,
            options.memory_limit_mb,
            presolve=options.presolve,
            tolerance=options.tolerance,
            method=options.method,
            any_version=options.any_solver_version,
            start=self._start(),
            heuristics=options.heuristics,
        )
        if not self.arrays.columns:
            return self._close(self._without_columns())
        outcome = self._solve(order)
        late = "time" in (self.clock.cause, STOPPED_BY_STATUS[outcome.status])
        if self.best is None and late:
            self._last_resort(replace(order, start=None))
        return self._close(outcome)

    def _last_resort(self, order: Order) -> None:
        """Where time is over without any plan, take a simple one."""
        from tierstock.solvers.start import simple_plans

        def over() -> bool:
            left = self.clock.left(self.clock.hard)
            return bool(self.best or self.clock.stop.presses) or left < WORTH_A_RETRY_S

        for name, outcome in simple_plans(
            self.arrays, order, self.options, self.clock, self._tell, over
        ):
            self._offer(whole_plan(self.arrays, outcome))
            self.attempts.append(f"time was over without a plan; {name}: {outcome.status}")

    def _solve(self, order: Order) -> Outcome:
        """Look for plans and bounds; return how the last attempt ended."""
        return self._search(order)

    def _search(self, order: Order, team: Team | None = None) -> Outcome:
        """Search, again with a remedy where an answer cannot be believed."""
        following: Order | None = order
        while following is not None:
            order = following
            known = self.relaxation if math.isfinite(self.relaxation) else None
            with self._beside(order, team) as beside:
                outcome = Run(
                    self.arrays,
                    order,
                    self.clock,
                    self._tell,
                    self._objective(),
                    bound=known,
                    until=self._until,
                    team=beside,
                    journal=self._journal,
                ).go()
            self._keep(outcome)
            following = self._remedy(order, outcome)
        return self._settled(outcome)

    def _settled(self, outcome: Outcome) -> Outcome:
        """Return how the search ended; a third one without proof leaves the one there was."""
        if self._proof is None or outcome.status == "kOptimal":
            return outcome
        proven, self.bound = self._proof
        return proven

    @contextmanager
    def _beside(self, order: Order, team: Team | None) -> Iterator[Team | Aside | None]:
        """Give what finds plans beside an attempt: a team there is, else another process where
        there is a thread for it and not HiGHS alone is asked for."""
        alone = self.options.solver == "highs" or order.threads < 2
        if team is not None or alone or not self.arrays.whole:
            yield team
            return
        with Aside(self.arrays, order, self.clock) as beside:
            yield beside
        self.text += beside.notes

    def _progress(self, phase: str) -> Progress:
        objective, clock = self._objective(), self.clock
        gap = gap_of(objective, self.bound)
        return Progress(phase, objective, self.bound, gap, clock.elapsed(), clock.limit)

    def _tell(self, progress: Progress) -> None:
        self.log.append(progress)
        if self._journal is not None:
            self._journal.tick(progress.bound)
        if self._listener is None:
            return
        try:
            self._listener(progress)
        except Exception:  # a broken display must not cost the plan
            self._listener = None

    def _objective(self) -> float:
        return math.inf * self.arrays.sense if self.best is None else self.best.objective

    def _keep(self, outcome: Outcome) -> None:
        self.text += outcome.text
        if outcome.status == "refused":
            raise SolveError("solver-refused", value=outcome.detail)
        believed = STOPPED_BY_STATUS[outcome.status] != "infeasible"
        sense = self.arrays.sense
        if outcome.bound is not None and believed:
            self.bound = sense * max(sense * outcome.bound, sense * self.relaxation)
        self._offer(believable(self.arrays, outcome))

    def _offer(self, plan: Plan | None) -> None:
        if plan is not None and plan.better_than(self.best, self.arrays.sense):
            self.best = plan
            if self._journal is not None:
                self._journal.keep(plan.values)

    def _remedy(self, order: Order, outcome: Outcome) -> Order | None:
        """Return what to try next, None where the answer stands or time is over."""
        if self.clock.cause or self.clock.left(self.clock.soft) < WORTH_A_RETRY_S:
            return None
        order = replace(order, start=self._start())
        status = outcome.status
        if status == "crash":
            return self._once("crash", outcome, replace(order, threads=1, seed=order.seed + 1))
        if status in DOUBTFUL and order.presolve:
            return self._once("presolve", outcome, replace(order, presolve=False))
        if status in DOUBTFUL:
            self._denied = denies_all(self.arrays, order, self.clock)
        if status in ("kUnknown", "kNotset", "kSolveError", "kPresolveError", "kPostsolveError"):
            again = self._once("unknown", outcome, replace(order, seed=order.seed + 1))
            if again is None and not self.arrays.whole:
                again = self._once("method", outcome, replace(order, method="ipm"))
            return again
        if status == "kOptimal" and gap_of(self._objective(), self.bound) > order.gap:
            self._doubted = self.bound
            again = self._once("strict", outcome, replace(order, tolerance=STRICT))
            if again is None and self.best is None:
                again = self._once("unsimplified", outcome, replace(order, presolve=False))
            return again
        apart = gap_of(self._objective(), self._doubted) > order.gap  # two proofs that disagree
        if status == "kOptimal" and "strict" in self._tried and apart and order.presolve:
            self._proof = outcome, self.bound
            self._until = time.monotonic() + self.clock.elapsed()  # as long as both before
            return self._once("unsimplified", outcome, replace(order, presolve=False))
        return None

    def _start(self) -> Floats | None:
        return None if self.best is None or not self.arrays.whole else self.best.values

    def _once(self, name: str, outcome: Outcome, order: Order) -> Order | None:
        if name in self._tried:
            return None
        self._tried.add(name)
        self.attempts.append(f"{outcome.status} {outcome.detail}".strip() + f"; retry: {name}")
        return order

    def _without_columns(self) -> Outcome:
        """Judge a model without decisions, whose rows either hold or do not."""
        values = np.zeros(0)
        holds = self.arrays.violation(values) <= TOLERANCE
        if not holds:
            return Outcome("kInfeasible")
        outcome = Outcome("kModelEmpty", bound=self.arrays.offset, values=values)
        self._keep(outcome)
        return outcome

    def _close(self, outcome: Outcome) -> Solution:
        arrays, plan = self.arrays, self.best
        objective = self._objective()
        if refuted(self.best, self.bound, arrays.sense):
            self.attempts.append(f"bound {self.bound:g} was refuted by a plan of {objective:g}")
            self.bound = -math.inf * arrays.sense
        gap = gap_of(objective, self.bound)
        stopped, quality = judge(
            outcome.status,
            has_plan=plan is not None,
            gap=gap,
            asked=self.options.gap,
            cause=outcome.cause,
        )
        simplified = self.options.presolve and "presolve" not in self._tried
        unpresolved = not simplified or not arrays.columns
        if outcome.status == "kUnbounded" and unpresolved:
            raise SolveError("unbounded", where=falling(arrays))
        if stopped == "infeasible" and not unpresolved:
            stopped = self.clock.cause or "fault"  # time ended before it could be confirmed
        if stopped == "infeasible" and self._denied:
            stopped = "fault"
            self.attempts.append("the solver calls impossible what always has an answer")
        if plan is None or quality == "none":
            plan = Plan(np.full(arrays.columns, np.nan), math.inf * arrays.sense, False)
            gap = math.inf
        self._tell(self._progress("improving"))
        return Solution(
            values=plan.values,
            objective=plan.objective,
            bound=self.bound,
            gap=gap,
            stopped=stopped,
            quality=quality,
            exact=plan.exact,
            log=tuple(self.log),
            seconds=self.clock.elapsed(),
            size={
                "columns": arrays.columns,
                "rows": arrays.rows,
                "nonzeros": arrays.nonzeros,
                "integers": int(arrays.integer.sum()),
            },
            solver=f"HiGHS {outcome.version}".strip(),
            attempts=tuple(self.attempts),
            detail=outcome.detail or (outcome.status if stopped == "fault" else ""),
            row_duals=plan.row_duals,
            reduced_costs=plan.reduced_costs,
            solver_log="".join(self.text),
        )
