"""A second search by HiGHS beside the first one, from another seed.

It hears of every plan of the first one, which hears of those that are clearly better.

HiGHS seldom uses more than one thread, and how soon it finds good plans depends much on its seed
(performance variability; Lodi and Tramontani, Tutorials in Operations Research, 2013): two
searches are sooner than one with two threads.
"""

import math
import time
from contextlib import ExitStack
from dataclasses import replace
from typing import Self

from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.clean import TOLERANCE
from tierstock.solvers.clock import Clock
from tierstock.solvers.doubts import DOUBTFUL
from tierstock.solvers.errors import SolveError
from tierstock.solvers.order import Order
from tierstock.solvers.wire import Message
from tierstock.solvers.worker import Worker

AFTER_S = 3.0
"""Seconds a search has to last before another one begins beside it; most are over before."""
WORTH_S = 1.0
"""Seconds that must be left for it."""
STEP = 1
"""What is added to the seed."""
HALF = 0.5
"""Share of the time limit after which, without any plan, it begins anew on the model as it is: in
presolve alone HiGHS has spent minutes on models that it solves in seconds without."""
RIVAL = "tierstock: a second search from another seed went beside this one; better plans: {plans}\n"
"""Line of the log."""


class Rival:
    """The second search. Use it in a ``with`` block: it never outlives the block.

    Where its process cannot be started, it finds nothing.

    Args:
        arrays: the model.
        order: what the first search does.
        clock: when it has to stop.
        after: seconds until it begins; ``AFTER_S`` where not given.
        step: what is added to the seed.
    """

    exact = False
    """Its whole numbers are whole within the solver's tolerance only."""
    least_gain = 0.1
    """Share of the cost by which its plan has to be cheaper for the first search to hear of it: a
    plan a little better than its own sends it another way, now and then to a poorer end. Measured,
    15 s: with backorders and multiples 11.7 % dearer than HiGHS alone where it hears of what is
    0.5 % cheaper, like this as cheap; with shelf life 4.5 % cheaper than so, after 40 s 0.6 %
    dearer. What it has long not reached it is told in any case (``FoundBeside``)."""

    behind = True
    """Whether it only takes what the first search leaves of the processors: that one then finds its
    plans as soon as it does alone. Measured with shelf life: one after 14.5 s, else 0.3 s later.
    """

    def __init__(
        self,
        arrays: Arrays,
        order: Order,
        clock: Clock,
        after: float | None = None,
        step: int = STEP,
    ) -> None:
        self._arrays, self._clock = arrays, clock
        self._order = replace(order, seed=order.seed + step, threads=1)
        self._begin = time.monotonic() + (AFTER_S if after is None else after)
        self._woken = math.inf
        self._stack = ExitStack()
        self._worker: Worker | None = None
        self._best = math.inf
        self._known: Floats | None = order.start
        self._turns = 0
        """How many times it began."""
        self.plans = 0
        """How many plans it found that were better than all before."""
        self.bound: float | None = None
        """Limit no plan can beat, where this search ended with one."""
        self.denies = False
        """Whether its answer was that there is no plan, or none that is the best."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End whatever goes beside the first search."""
        self._stack.close()

    @property
    def began(self) -> bool:
        """Whether the first search lasted long enough for it."""
        return math.isinf(self._begin)

    @property
    def notes(self) -> list[str]:
        """Lines of the log on what went beside the search."""
        return [RIVAL.format(plans=self.plans)] if self._turns else []

    @property
    def ended(self) -> bool:
        """Whether it began and is over."""
        return self.began and self._worker is None

    def news(self) -> Floats | None:
        """Return the best plan it found since the last time, None where there is none."""
        if self._worker is None:
            if time.monotonic() >= self._begin:
                self._start()
            return None
        if self._fruitless():
            self.end()
            self._order = replace(self._order, presolve=False)
            self._start()
        found: Floats | None = None
        while self._worker is not None and (message := self._worker.next(0.0)) is not None:
            if message.kind == "incumbent":
                found = self._better(message.arrays.get("values"), found)
            elif message.kind in ("result", "failure", "ended"):
                if message.kind == "result":
                    found = self._result(message, found)
                self.end()
        return found

    def _result(self, message: Message, found: Floats | None) -> Floats | None:
        """Keep how it ended; return the best plan found, this one or the one before."""
        facts = message.facts
        self.denies = facts["status"] in DOUBTFUL
        if not facts["has_plan"]:
            return found
        if facts["status"] == "kOptimal":
            self.bound = facts["bound"]
        return self._better(message.arrays.get("values"), found)

    def offer(self, values: Floats) -> None:
        """Tell it of a plan found elsewhere."""
        cost = self._money(values)
        if cost < self._best:
            self._best, self._known = cost, values
            if self._worker is not None:
                self._worker.send("plan", {}, {"values": values})

    def _fruitless(self) -> bool:
        """Return whether half of the time it has had brings no plan to either search."""
        if not self._arrays.whole or not self._order.presolve:
            return False
        late = time.monotonic() - self._woken > HALF * (self._clock.deadline - self._woken)
        return late and self._known is None and math.isinf(self._best)

    def _start(self) -> None:
        left = self._clock.left(self._clock.soft)
        if left < WORTH_S:
            return
        self._begin, self._woken = math.inf, time.monotonic()
        self._turns += 1
        try:
            worker = Worker(self._order.memory_mb, behind=self.behind)
            self._worker = self._stack.enter_context(worker)
        except (MemoryError, SolveError):  # the first search goes on without it
            return
        self._worker.load(self._arrays)
        start = {} if self._known is None else {"start": self._known}
        self._worker.send("solve", {"options": self._order.solver_options(left)}, start)

    def end(self) -> None:
        """End its process."""
        self._stack.close()
        self._stack, self._worker = ExitStack(), None

    def _better(self, values: Floats | None, found: Floats | None) -> Floats | None:
        if values is None or len(values) != self._arrays.columns:  # no plan of this model
            return found
        cost = self._money(values)
        if not cost < self._best or self._arrays.violation(values) > TOLERANCE:
            return found
        self._best, self._known = cost, values
        self.plans += 1
        return values

    def _money(self, values: Floats) -> float:
        return self._arrays.sense * self._arrays.objective(values)
