"""How a large model without whole numbers is solved: by prices of what its products share."""

import math
import time
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import replace
from typing import Literal

from tierstock.solvers import start
from tierstock.solvers.blocks.split import Split, split
from tierstock.solvers.large import PAUSE_S, STEPS, Large
from tierstock.solvers.order import Order, Outcome
from tierstock.solvers.plans import whole_plan
from tierstock.solvers.rival import Rival
from tierstock.solvers.run import TICK_S

ALONE_S, ALONE_SIZE, ALONE_POWER = 24.0, 254_000, 1.7
"""Seconds the interior point method takes for a linear program of so many coefficients, and the
power of the size by which they grow; measured on the yardstick of 20 products, and more than 100 s
with 50."""
STILL = "plan in which nothing moves between places"
"""The first plan in the log."""
WORTH_A_SEARCH_S = 1.0
"""Seconds that must be left to search the model in one piece after the prices."""


class Linear(Large):
    """Products one by one at prices, and the model in one piece beside it where the time may do.

    Each mix of what the products offer that keeps what they share is a plan. Where a model does not
    fall apart into products, HiGHS solves it after a plan in which nothing moves between places.
    What is found depends on the clock. Plans made of offers have no prices of rows
    (``Solution.row_duals``); those of ``plan.prices`` come of a linear program of their own.
    """

    def _solve(self, order: Order) -> Outcome:
        parts = split(self.arrays)
        self._limit()
        if parts is None or not parts.worthwhile:
            self._idle(order)
            return self._search(order)
        beside = order.threads > 1 and self._in_time()
        with self._whole(order, beside=beside) as whole:
            fewer = replace(order, threads=order.threads - beside)
            version = self._by_prices(parts, fewer, whole)
            while whole is not None and not self._over_with(whole, order):
                time.sleep(PAUSE_S)
        self._note("prices over")
        if self._proven(order):
            return Outcome("kOptimal", version=version)
        if self.clock.cause or self.clock.left(self.clock.soft) < WORTH_A_SEARCH_S:
            return Outcome("killed", self.clock.cause or "time", version=version)
        return self._search(order)

    def _in_time(self) -> bool:
        """Return whether HiGHS alone may be through in the time left."""
        size = self.arrays.nonzeros / ALONE_SIZE
        return bool(ALONE_S * size**ALONE_POWER <= self.clock.share(1.0))

    def _whole(self, order: Order, *, beside: bool) -> AbstractContextManager[Rival | None]:
        """Return what solves the model in one piece in another process, where it is to."""
        if not beside:
            return nullcontext()
        method = "ipm" if order.method == "choose" else order.method
        return Rival(self.arrays, replace(order, method=method), self.clock, after=0.0, step=0)

    def _idle(self, order: Order) -> None:
        """Begin with the plan in which nothing moves between places, where these are known and
        there is no plan yet."""
        if self.arrays.place is None or self.best is not None:
            return
        until = time.monotonic() + start.IDLE_SHARE * self.clock.limit
        outcome = start.idle_plan(self.arrays, order, self.clock, self._tell, until)
        self._offer(whole_plan(self.arrays, outcome))
        self._note(STILL)

    def _by_prices(self, parts: Split, order: Order, whole: Rival | None) -> str:
        """Take the rounds of prices until plan and bound are close enough or it is time to stop;
        the version of HiGHS that did it."""
        version = ""

        def look() -> bool:
            self._hear(whole)
            return self._proven(order) or self._denied_by(whole)

        known = None if self.best is None else self.best.values
        rounds = start.linear_rounds(self.arrays, parts, order, self.clock, look, known)
        with closing(rounds):  # its processes end with it, whatever happens here
            for step in rounds:
                version = step.outcome.version or version
                before = self._objective()
                if step.bound is not None and math.isfinite(step.bound):
                    self._raise(step.bound)
                if step.outcome.values is not None and step.fits:
                    self._offer(whole_plan(self.arrays, step.outcome))
                self._report(self._phase())
                first = self._objective() != before and not math.isfinite(before)
                if first or step.name == "idle":
                    self._note(STILL if step.name == "idle" else STEPS[step.name])
                if self._proven(order):
                    break
        return version

    def _hear(self, whole: Rival | None) -> None:
        """Keep what the model in one piece brought, and tell how far the solve is."""
        values = None if whole is None else whole.news()
        if whole is not None and whole.bound is not None:
            self._raise(whole.bound)
        if values is not None:
            self._offer(whole_plan(self.arrays, Outcome(values=values)))
        if values is not None or time.monotonic() - self._told >= TICK_S:
            self._report(self._phase())

    def _denied_by(self, whole: Rival | None) -> bool:
        """Return whether the model in one piece ended in doubt, and no plan is known that refutes
        it; a search then asks again before it is believed."""
        return whole is not None and whole.denies and self.best is None

    def _phase(self) -> Literal["bounding", "improving"]:
        return "bounding" if self.best is None else "improving"

    def _over_with(self, whole: Rival, order: Order) -> bool:
        """Return whether there is nothing to wait for any more."""
        self._hear(whole)
        return bool(whole.ended or self.clock.cause or self._proven(order))
