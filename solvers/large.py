"""How a large model is solved: a plan at once, a bound by prices, processes that improve plans."""

import math
import time
from contextlib import ExitStack, closing
from dataclasses import replace

import numpy as np

from tierstock.solvers import ahead, start
from tierstock.solvers.ahead import Ahead
from tierstock.solvers.arrays import Floats
from tierstock.solvers.blocks.sites import Sites
from tierstock.solvers.drive import Drive
from tierstock.solvers.effort import Patience
from tierstock.solvers.errors import SolveError
from tierstock.solvers.order import Order, Outcome
from tierstock.solvers.plans import Plan, whole_plan
from tierstock.solvers.run import TICK_S
from tierstock.solvers.sharpen import Sharpener
from tierstock.solvers.status import gap_of
from tierstock.solvers.team import Team

FRESH = 0.05
"""A plan that comes with the final prices is gone on from where it is dearer than the best one by
no more than this share: plans made of it end better than those that began early."""

SEARCH_SHARE, SOON = 0.5, 0.1
"""Share of the time left that the relaxation inside HiGHS may take, else it is not begun; and the
share below which it is begun at once."""

DRY, DRY_GAIN = Patience(5.0, 0.25), 1e-3
"""Improving is over for all processes but one when the gap became better by less than this in so
long a time."""
LAST_S = 0.5
"""Seconds before the time limit when improving ends."""
PAUSE_S = 0.05
"""Seconds between two looks at what other processes found."""

STEPS = {
    "idle": "plan without trips and orders",
    "prices": "products one by one at prices of what they share",
    "relaxed": "relaxation in one piece",
}
"""Steps of the opening in the log."""


class Large(Drive):
    """Opening, improving processes, then HiGHS where it can still get beyond its first bound.

    What the improving processes find depends on the clock.
    """

    _ahead: Ahead | None = None
    _sites: Sites | None = None
    _begin: Floats | None = None
    _told = 0.0

    def _solve(self, order: Order) -> Outcome:
        with Team(self.arrays, order.seed, order.memory_mb) as team, ExitStack() as stack:
            if order.threads > 1 and ahead.soon(self.arrays, self.clock):
                self._ahead = stack.enter_context(Ahead(self.arrays, order, self.clock))
                self._ahead.news()  # it begins
            outcome = self._steps(order, team)
        self._trim()
        return outcome

    def _steps(self, order: Order, team: Team) -> Outcome:
        """Open, improve, search; return how the last of these ended."""
        outcome = self._open(order, team)
        if outcome.status == "kOptimal" or outcome.cause:
            return outcome
        if not team.known:
            # The plan without trips would only hold the search back.
            return self._search(replace(order, start=self._begin))
        outcome = self._improve(order, team, outcome)
        self._end_ahead(team)  # it would only take a thread from the search
        if outcome.status == "kOptimal" or outcome.cause:
            return outcome
        threads = max(1, order.threads - team.busy)
        order = replace(order, start=self._start(), threads=threads)
        outcome = self._search(order, team)
        self._note("search by HiGHS" + (", place by place beside it" if team.busy else ""))
        return outcome

    def _trim(self) -> None:
        """Take back what serves nothing in a plan of the team, which is kept as it comes."""
        best = self.best
        if best is None or best.row_duals is not None:
            return
        plan = whole_plan(self.arrays, Outcome(values=best.values))
        noise = 1e-9 * max(1.0, abs(best.objective))
        if plan is not None and self.arrays.sense * (plan.objective - best.objective) <= noise:
            self.best = None
            self._offer(plan)

    def _open(self, order: Order, team: Team) -> Outcome:
        """Get a plan and a bound before the search; this may be all it needs."""
        version, self._begin = "", order.start
        self._limit()

        def look() -> None:
            self._take(team)
            if self._pass_root(team) and team.known:
                assert self.best is not None
                team.spread(1, self.best.values, self.clock.left(self.clock.deadline))

        fewer = replace(order, threads=order.threads - (self._ahead is not None))
        opening = start.steps(self.arrays, fewer, self.clock, self._tell, look)
        with closing(opening):  # its processes end with it, whatever happens here
            for step in opening:
                version = step.outcome.version or version
                self._after(step, order, team)
                if self._proven(order):
                    break
        if self.clock.cause or not team.known:
            self._end_ahead(team)
        self._pass_root(team)
        self._note("opening over")
        status = "kOptimal" if self._proven(order) else "killed"
        return Outcome(status, self.clock.cause, version=version)

    def _after(self, step: start.Step, order: Order, team: Team) -> None:
        """Keep what a step of the opening brought."""
        self.text += step.outcome.text
        if step.bound is not None:
            self._raise(step.bound)
        self._sites = step.sites
        plan = whole_plan(self.arrays, step.outcome)
        self._offer(plan)
        if step.name == "prices" or plan is not None:
            self._report("bounding")
        if step.name != "prices" or plan is not None:
            self._note(STEPS[step.name])
        if plan is None or step.name == "idle" or self._proven(order):
            return
        self._begin = self._start()
        if self.arrays.place is not None:
            self._share(team, plan, order, last=step.outcome.status == "kOptimal")

    def _share(self, team: Team, plan: Plan, order: Order, *, last: bool) -> None:
        """Make a plan known to the team; one of the last prices is gone on from where it is not
        much dearer."""
        assert self.best is not None
        dearer = self.arrays.sense * (plan.objective - self.best.objective)
        fresh = last and order.start is None and dearer <= FRESH * abs(self.best.objective)
        if fresh or not team.known:
            begin = plan.values if fresh else self.best.values
            team.begin(begin, 0, self.clock.left(self.clock.deadline))
        else:
            team.offer(plan.values)

    def _improve(self, order: Order, team: Team, outcome: Outcome) -> Outcome:
        """Let all threads improve the plan until that dries up, or to the end where HiGHS would
        not get through its relaxation; where it soon would, one thread goes to it at once."""
        assert self.best is not None
        plan = self.best.values
        searching = self._relaxation_share() <= SOON
        if not searching:
            self._await_root(order, team)
            team.spread(order.threads, plan, self.clock.left(self.clock.deadline))
            with ExitStack() as stack:
                self._until_dry(team, order, stack)
            self._note(f"place by place, processes: {order.threads}")
            searching = self._relaxation_share() <= SEARCH_SHARE
        cause = self.clock.cause
        if self._proven(order):
            return replace(outcome, status="kOptimal", cause=cause)
        if cause or (team.busy and not searching):
            return replace(outcome, status="killed", cause=cause or "time")
        team.spread(order.threads - 1, plan, self.clock.left(self.clock.deadline))
        return outcome

    def _pass_root(self, team: Team) -> bool:
        """End the search ahead where it is over; whether that was now."""
        over = self._ahead is not None and self._ahead.over
        if over:
            self._end_ahead(team)
        return over

    def _end_ahead(self, team: Team) -> None:
        """End the search ahead; what it has told by now counts."""
        if self._ahead is None:
            return
        self._take_ahead(self._ahead, team)
        self._ahead.end()
        self._note(f"HiGHS beside it as far as its root, plans: {self._ahead.plans}")
        self._ahead = None

    def _await_root(self, order: Order, team: Team) -> None:
        """Let a thread less improve the plan as long as HiGHS is at its root."""
        if self._ahead is None:
            return
        assert self.best is not None
        last = self.clock.deadline - LAST_S
        left = self.clock.left(self.clock.deadline)
        team.spread(order.threads - 1, self.best.values, left)
        while self._ahead is not None and self.clock.left(last) > 0 and not self._over():
            time.sleep(PAUSE_S)
            self._take(team)
            self._pass_root(team)
            if time.monotonic() - self._told >= TICK_S:
                self._report("improving")

    def _sharpener(self, team: Team, order: Order, stack: ExitStack) -> Sharpener | None:
        """Let one process go over to the bound; None where that cannot be started."""
        sites, self._sites = self._sites, None
        assert sites is not None
        self._spread(team, order.threads - 1)
        try:
            return stack.enter_context(Sharpener(sites, sites.bound, order))
        except (MemoryError, SolveError):
            self._spread(team, order.threads)
            return None

    def _spread(self, team: Team, size: int) -> None:
        """Let so many processes go on with the plan of the team, with all they have told."""
        self._take(team)
        assert self.best is not None
        team.spread(size, self.best.values, self.clock.left(self.clock.deadline))

    def _until_dry(self, team: Team, order: Order, stack: ExitStack) -> None:
        """Gather plans until time is over or, where a search may follow, they gain little.

        When all places were looked at once, one process goes over to the bound. Measured, 20
        products, few trucks, 60 s, with one at the bound from the start, after 6 s and after 15 s:
        gap 7.11, 6.97 and 6.90 %; another seed 8.57, 8.43 and 8.32 %.
        """
        assert self.best is not None
        began = seen = time.monotonic()
        gap, last = self._gap(), self.clock.deadline - LAST_S  # no clean-up is needed
        sharpener = None
        while team.busy and self.clock.left(last) > 0 and not self._over():
            time.sleep(PAUSE_S)
            self._take(team)
            if self._sites is not None and order.threads > 1 and team.looked:
                sharpener = self._sharpener(team, order, stack)
                gap, seen = self._gap(), time.monotonic()
            elif sharpener is not None:
                self._sharpen(sharpener)
                if not sharpener.open:
                    sharpener = None
                    self._spread(team, order.threads)
                    gap, seen = self._gap(), time.monotonic()
            if self._proven(order):
                return
            now = time.monotonic()
            if now - self._told >= TICK_S:
                self._report("improving")
            if now - seen < DRY.seconds(now - began):
                continue
            gain = gap - self._gap()
            gap, seen = self._gap(), now
            if gain < DRY_GAIN and self._relaxation_share() <= SEARCH_SHARE:
                return

    def _over(self) -> bool:
        """Return whether the stop key was pressed, or a quick search has dried up."""
        return bool(self.clock.stop.presses or self.clock.dry)

    def _gap(self) -> float:
        return gap_of(self._objective(), self.bound)

    def _report(self, phase: str) -> None:
        self._told = time.monotonic()
        self._tell(self._progress(phase))

    def _sharpen(self, sharpener: Sharpener) -> None:
        """Keep a better bound."""
        found = sharpener.news()
        if found is not None and self._raise(found * self.arrays.sense + self.arrays.offset):
            self._report("improving")

    def _raise(self, bound: float) -> bool:
        """Keep a bound where it is better than the one there is; whether it was."""
        sense = self.arrays.sense
        better = sense * bound > sense * self.bound
        if better:
            self.bound = self.relaxation = bound
        return better

    def _relaxation_share(self) -> float:
        """Return which share of the time left HiGHS would take to its first bound."""
        return ahead.relaxation_s(self.arrays) / max(self.clock.left(self.clock.soft), 1e-9)

    def _limit(self) -> None:
        """Begin with the bound that costs and limits of the columns give at once.

        ``offset + sum(min(c * lower, c * upper))``, where that is finite: enough for whoever asks
        for any plan at all.
        """
        arrays = self.arrays
        cost = arrays.sense * arrays.cost
        limits = np.where(cost > 0, arrays.lower, arrays.upper)[cost != 0]
        least = float((cost[cost != 0] * limits).sum()) + arrays.sense * arrays.offset
        if math.isfinite(least) and least > arrays.sense * self.bound:
            self.bound = arrays.sense * least

    def _proven(self, order: Order) -> bool:
        return self._gap() <= order.gap

    def _note(self, what: str) -> None:
        """Write into the log what was done and what there is now."""
        at, cost, bound, gap = self.clock.elapsed(), self._objective(), self.bound, self._gap()
        self.text.append(
            f"tierstock {at:8.1f} s  {what}: cost {cost:,.0f}, bound {bound:,.0f}, gap {gap:.2%}\n"
        )

    def _take(self, team: Team) -> None:
        """Keep what the team has found, and HiGHS ahead of it."""
        if self._ahead is not None:
            self._take_ahead(self._ahead, team)
        values: Floats | None = team.news()
        if values is None:
            return
        before = self._objective()
        self._offer(Plan(values, self.arrays.objective(values), True))
        if self._objective() != before and math.isfinite(self._objective()):
            self._report("improving")

    def _take_ahead(self, ahead_: Ahead, team: Team) -> None:
        """Keep what HiGHS has found ahead; a search that has nothing else begins with it."""
        found = ahead_.news()
        if ahead_.bound is not None:
            self._raise(ahead_.bound)
        plan = None if found is None else whole_plan(self.arrays, Outcome(values=found))
        if plan is not None:
            self._offer(plan)
            if self.best is plan:
                self._begin = plan.values
            team.offer(plan.values)
            self._report("improving")
