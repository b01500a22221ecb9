"""One attempt at a model: a solver process, a watchdog, and everything that came back."""

import math
import time

import numpy as np

from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.clean import base
from tierstock.solvers.clock import SEARCH_GRACE_S, STOP_GRACE_S, Clock
from tierstock.solvers.errors import SolveError, starved
from tierstock.solvers.found_beside import FoundBeside
from tierstock.solvers.journal import Journal
from tierstock.solvers.order import Beside, Order, Outcome
from tierstock.solvers.progress import Listener, Progress
from tierstock.solvers.status import gap_of
from tierstock.solvers.trim import trimmed
from tierstock.solvers.wire import Message
from tierstock.solvers.worker import Worker

KNOWN_BAD = frozenset({"1.14.0"})
"""Versions of HiGHS that return wrong answers as optimal on models of this kind."""

KILL_AFTER_S = 0.5
"""Seconds an attempt with a limit of its own may take to stop."""

CLEANED_S = 2e-5
"""Seconds per coefficient that have to be left for a plan to be cleaned from nothing first, which
may take half of them: as long as measured (82,000 coefficients: 0.9 s, from the plan 2.4 s)."""

TICK_S = 0.5
"""Seconds between two records of progress when nothing new is heard."""


def refuse_known_bad(version: str, any_version: bool) -> None:
    """Raise ``SolveError`` for a version known to be wrong, unless any version is accepted.

    Args:
        version: what the solver process itself says that it runs.
        any_version: as in ``SolveOptions``.
    """
    if version in KNOWN_BAD and not any_version:
        raise SolveError("solver-version", value=version)


class Run:
    """Runs one attempt and watches over it.

    Args:
        arrays: the model.
        order: what the attempt does.
        clock: when it has to stop.
        tell: hears of progress.
        best: cost of the best plan of earlier attempts, infinite where there is none.
        bound: bound proven by earlier attempts, None where there is none.
        until: moment the attempt has to stop where that is before the end of the search.
        proves: whether its bound is one of the whole model.
        team: processes that find plans meanwhile: a ``Team``, or a ``Rival``.
        journal: keeps the plans that are found.
    """

    def __init__(
        self,
        arrays: Arrays,
        order: Order,
        clock: Clock,
        tell: Listener,
        best: float = math.inf,
        *,
        bound: float | None = None,
        until: float = math.inf,
        proves: bool = True,
        team: Beside | None = None,
        journal: Journal | None = None,
    ) -> None:
        self.arrays = arrays
        self.order = order
        self.clock = clock
        self.tell = tell
        self.best = best
        self.outcome = Outcome(values=order.start, bound=bound)
        self._soft = min(until, clock.soft)
        self._firm = min(until + KILL_AFTER_S, clock.firm)
        self._proves = proves
        self._journal = journal
        self._beside = None if team is None else FoundBeside(arrays, team)
        self._closed = False
        self._phase = "searching" if arrays.whole else "bounding"
        self._reported = 0.0

    def go(self) -> Outcome:
        """Solve, clean the plan, and return what came back."""
        with Worker(self.order.memory_mb) as worker:
            worker.load(self.arrays)
            options = self.order.solver_options(self.clock.left(self._soft))
            start = {} if self.order.start is None else {"start": self.order.start}
            worker.send("solve", {"options": options}, start)
            result = self._watch(worker, self._firm, SEARCH_GRACE_S)
            self._take(result)
            healthy = result.kind == "result"
            beside = self._take_beside()
            if healthy and not beside:
                self._clean(worker)
        if not healthy and not beside and self._cleanable():
            with Worker(self.order.memory_mb) as worker:
                self._clean(worker)
        return self.outcome

    def _watch(self, worker: Worker, until: float, grace_s: float = STOP_GRACE_S) -> Message:
        """Return the final answer of a process, ending it by force where it must be."""
        asked = False
        while True:
            message = worker.next(0.05)
            if message is not None:
                if message.kind in ("result", "failure", "ended"):
                    return self._explained(worker, message)
                self._hear(message)
            self._look_beside(worker)
            cause = self.clock.cause
            if (cause or self._closed) and not asked:
                asked = True
                self.outcome.cause = cause
                worker.send("stop")
            hopeless = cause == "user" and not self.arrays.whole  # no plan can come any more
            if self.clock.stop.presses > 1 or hopeless or self.clock.left(until, grace_s) <= 0:
                self.outcome.cause = cause or "time"
                worker.kill()
                return Message("killed")
            self._report(min_pause=TICK_S)

    def _look_beside(self, worker: Worker) -> None:
        """Take what the team found; tell the search where it should know, end it where that is
        enough.
        """
        if self._beside is None or self._phase != "searching":
            return
        found = self._beside.look(self.best)
        if self._raises(self._beside.team.bound):
            self._bound(self._beside.team.bound, optimal=True)
        if found is not None:
            if not self._beside.team.exact:
                self.outcome.values = found.values
            self._improve(found.cost)
            if self._journal is not None:
                self._journal.keep(found.values)
            self._report()
        told = self._beside.to_tell()
        if told is not None:
            worker.send("plan", {}, {"values": told})
        self._close_gap()

    def _close_gap(self) -> None:
        """End the search where plan and bound are close enough, whoever found them."""
        bound = self.outcome.bound
        self._closed = bound is not None and gap_of(self.best, bound) <= self.order.gap

    def _take_beside(self) -> bool:
        """Return whether the team's plan is the best one; it then stands as the outcome's."""
        if self._closed:
            self.outcome.status = "kOptimal"
        if self._beside is None:
            return False
        standing = self._beside.standing(self.outcome.values)
        if standing is not None:
            self.outcome.values = standing
        return standing is not None

    @staticmethod
    def _explained(worker: Worker, message: Message) -> Message:
        if message.kind != "ended":
            return message
        words = worker.last_words()
        reason = "memory" if starved(words) else "crash"
        return Message("failure", {"reason": reason, "detail": words})

    def _hear(self, message: Message) -> None:
        if message.kind == "hello":
            self.outcome.version = message.facts["version"]
            refuse_known_bad(self.outcome.version, self.order.any_version)
        elif message.kind == "incumbent":
            values = self._plan_in(message)
            if values is None:
                return
            self._keep_own(values)
            self._report()
        elif message.kind == "progress":
            self._bound(message.facts["bound"])
            self._report()
        elif message.kind == "text":
            self.outcome.text.append(message.facts["text"])

    def _keep_own(self, values: Floats) -> None:
        """Keep a plan of the search itself, and tell those beside it."""
        cost, before = self.arrays.objective(values), self.best
        self.outcome.values = values
        if self._beside is not None:
            self.outcome.values = self._beside.instead_of(values)
            self._beside.own = cost
        self._improve(cost)
        if self._journal is not None and self.best != before:
            self._journal.keep(values)
        if self._beside is not None and self._phase == "searching":
            self._beside.team.offer(values)

    def _improve(self, cost: float) -> None:
        self.best = min(self.best * self.arrays.sense, cost * self.arrays.sense) * self.arrays.sense

    def _bound(self, bound: float | None, *, optimal: bool = False) -> None:
        """Keep a better bound, unless it closes the gap before the solver says it is done.

        When it is stopped inside a dive, HiGHS may give the cost of its plan as the bound, which
        need not be the best plan known here; no plan is cheaper than a bound.
        """
        if bound is None or not math.isfinite(bound):
            return
        sense, asked = self.arrays.sense, self.order.gap
        apart = gap_of(self.best, bound) > asked
        if optimal or (self._raises(bound) and apart and sense * bound <= sense * self.best):
            self.outcome.bound = bound

    def _raises(self, bound: float | None) -> bool:
        """Return whether a bound is no worse than the one there is."""
        known, sense = self.outcome.bound, self.arrays.sense
        return bound is not None and (known is None or sense * bound >= sense * known)

    def _report(self, min_pause: float = 0.0) -> None:
        now = time.monotonic()
        if now - self._reported < min_pause:
            return
        self._reported = now
        bound = self.outcome.bound if self._proves else None
        bound = -math.inf * self.arrays.sense if bound is None else bound
        self.tell(
            Progress(
                self._phase,
                self.best,
                bound,
                gap_of(self.best, bound),
                self.clock.elapsed(),
                self.clock.limit,
            )
        )

    def _take(self, message: Message) -> None:
        outcome, facts = self.outcome, message.facts
        if message.kind == "result":
            outcome.status = facts["status"]
            values = self._plan_in(message)
            if facts["has_plan"] and values is not None:
                outcome.values = values
                if self._beside is not None:
                    outcome.values = self._beside.instead_of(values)
                self._improve(self.arrays.objective(values))
                self._take_prices(message)
            self._bound(facts["bound"], optimal=outcome.status == "kOptimal")
        elif message.kind == "killed":
            outcome.status = "killed"
        else:
            outcome.status, outcome.detail = facts["reason"], facts["detail"]

    def _plan_in(self, message: Message) -> Floats | None:
        """Return the values of an answer; None where there is not a number for each column."""
        values = message.arrays.get("values")
        if values is None or len(values) != self.arrays.columns or not np.isfinite(values).all():
            return None
        return values

    def _take_prices(self, message: Message) -> None:
        """Keep the prices of rows and columns, where there is one for each."""
        wanted = {"row_duals": self.arrays.rows, "reduced_costs": self.arrays.columns}
        found = {name: message.arrays.get(name) for name in wanted}
        fits = all(one is not None and len(one) == wanted[name] for name, one in found.items())
        self.outcome.row_duals = found["row_duals"] if fits else None
        self.outcome.reduced_costs = found["reduced_costs"] if fits else None

    def _cleanable(self) -> bool:
        left = self.clock.left(self.clock.hard)
        again = self.clock.stop.presses < 2 and left > 0
        return again and self.arrays.whole and self.outcome.values is not None

    def _clean(self, worker: Worker) -> None:
        """Solve again with the whole numbers of the plan fixed."""
        values = self.outcome.values
        if values is None or not self._cleanable():
            return
        self._phase = "improving"
        fixed = trimmed(self.arrays, base(self.arrays, values))
        result = self._cleaned(worker, fixed)
        cleaned = self._plan_in(result)
        if result.kind == "result" and result.facts["has_plan"] and cleaned is not None:
            self.outcome.cleaned = cleaned
            self.outcome.settled = result.facts["status"] == "kOptimal"
            self._take_prices(result)

    def _cleaned(self, worker: Worker, plan: Floats) -> Message:
        """Return the answer to the program whose whole numbers are those of a plan.

        Where time is ample it is solved from nothing, simplified, which takes a third of the time;
        else, and where that did not end, by primal simplex from the plan itself: what it has when
        time ends is a plan, too.
        """
        program = self.arrays.fixed(plan)
        seconds = 0.9 * self.clock.left(self.clock.hard)
        if self.order.presolve and seconds >= CLEANED_S * program.nonzeros:
            result = self._once_more(worker, program, seconds / 2)
            if result.kind != "result" or result.facts["status"] != "kTimeLimit":
                return result
            seconds = 0.9 * self.clock.left(self.clock.hard)
        return self._once_more(worker, program, seconds, plan)

    def _once_more(
        self, worker: Worker, program: Arrays, seconds: float, plan: Floats | None = None
    ) -> Message:
        """Solve a linear program by simplex, from a plan where one is given."""
        worker.load(program)
        options = self.order.solver_options(seconds) | {"solver": "simplex"}
        start = {}
        if plan is not None:
            options |= {"simplex_strategy": 4}
            start = {"start": plan}
        worker.send("solve", {"options": options}, start)
        return self._watch(worker, self.clock.hard)
