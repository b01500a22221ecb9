"""How a large model is solved: a plan at once, a bound by prices, processes that improve plans."""

import math
import time
from dataclasses import replace

from tierstock.solvers import start
from tierstock.solvers.arrays import Floats
from tierstock.solvers.drive import Drive
from tierstock.solvers.plans import believable
from tierstock.solvers.run import Order, Outcome
from tierstock.solvers.status import gap_of
from tierstock.solvers.team import Team

FRESH = 1.05
"""A plan that comes with the final prices is gone on from where it costs no more than this many
times the best one: plans made of it end better than those that began early."""

RELAXED_S, RELAXED_SIZE = 13.0, 320_000
"""Seconds HiGHS takes for the relaxation of a model with so many coefficients; they grow with the
square of the coefficients."""
SEARCH_SHARE = 0.5
"""Share of the time left that the relaxation inside HiGHS may take; else it is not begun."""

DRY_S, DRY_SHARE, DRY_GAIN = 5.0, 0.25, 1e-3
"""Improving is over for all processes but one when in so many seconds, and this share of the time
since it began, the cost fell by less than this share."""
PAUSE_S = 0.05
"""Seconds between two looks at what the team found."""


class Large(Drive):
    """Opening, improving processes, then HiGHS where it can still get beyond its first bound.

    What the improving processes find depends on the clock.
    """

    def _solve(self, order: Order) -> Outcome:
        with Team(self.arrays, order.seed, order.memory_mb) as team:
            outcome = self._open(order, team)
            if outcome.status == "kOptimal" or outcome.cause:
                return outcome
            if self.best is not None and self._helps(order):
                outcome = self._improve(order, team, outcome)
                if outcome.status == "kOptimal" or outcome.cause:
                    return outcome
            threads = max(1, order.threads - team.busy)
            return self._search(replace(order, start=self._start(), threads=threads), team)

    def _open(self, order: Order, team: Team) -> Outcome:
        """Get a plan and a bound before the search; this may be all it needs."""
        version = ""

        def look() -> None:
            self._take(team)

        for step in start.steps(self.arrays, order, self.clock, self._tell, look):
            version = step.outcome.version or version
            self.text += step.outcome.text
            if step.bound is not None:
                self.bound = self.relaxation = step.bound
            plan = believable(self.arrays, step.outcome)
            self._offer(plan)
            if step.name == "prices":
                self._tell(self._progress("bounding"))
            if self._proven(order):
                break
            if plan is None or step.name == "idle" or not self._helps(order):
                continue
            fresh = plan.objective * self.arrays.sense <= FRESH * abs(self._objective())
            if not team.busy or (step.outcome.status == "kOptimal" and fresh):
                team.begin(plan.values, 1, self.clock.left(self.clock.soft))
            else:
                team.offer(plan.values)
        status = "kOptimal" if self._proven(order) else "killed"
        return Outcome(status, self.clock.cause, version=version)

    def _improve(self, order: Order, team: Team, outcome: Outcome) -> Outcome:
        """Let all threads improve the plan until that dries up, or to the end where HiGHS would
        not get through its relaxation."""
        assert self.best is not None
        began = seen = time.monotonic()
        cost = self.best.objective
        team.spread(order.threads, self.best.values, self.clock.left(self.clock.soft))
        while team.busy and not self.clock.cause and not self._proven(order):
            time.sleep(PAUSE_S)
            self._take(team)
            now = time.monotonic()
            if now - seen < max(DRY_S, DRY_SHARE * (now - began)):
                continue
            gain = abs(cost - self.best.objective) / max(abs(cost), 1e-9)
            cost, seen = self.best.objective, now
            if gain < DRY_GAIN and self._worth_searching():
                team.spread(order.threads - 1, self.best.values, self.clock.left(self.clock.soft))
                break
        proven = self._proven(order)
        return replace(outcome, status="kOptimal" if proven else "killed", cause=self.clock.cause)

    def _worth_searching(self) -> bool:
        """Return whether HiGHS can be expected to get beyond its first bound in the time left."""
        size = self.arrays.nonzeros / RELAXED_SIZE
        return RELAXED_S * size**2 <= SEARCH_SHARE * self.clock.left(self.clock.soft)

    def _helps(self, order: Order) -> bool:
        return order.threads > 1 and self.arrays.place is not None

    def _proven(self, order: Order) -> bool:
        return gap_of(self._objective(), self.bound) <= order.gap

    def _take(self, team: Team) -> None:
        """Keep what the team has found."""
        values: Floats | None = team.news()
        if values is None:
            return
        before = self._objective()
        self._offer(believable(self.arrays, Outcome(values=values)))
        if self._objective() != before and math.isfinite(self._objective()):
            self._tell(self._progress("improving"))
