"""What goes beside a search that lasts: places are improved first, then a second search begins.

The search of HiGHS is good at bounds, and at plans of few whole numbers. Where many trips are to be
moved, a process that looks at one place after the other finds cheaper plans many times sooner
(measured: 5 products, 79 places, few trucks, two threads, 120 s: 9 % cheaper, while a second search
brought nothing). Where it finds nothing any more, a second search is the better use of the thread,
until the first one has a plan that is cheaper than all.
"""

import math
import time

from tierstock.solvers import start
from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.clean import rounded
from tierstock.solvers.clock import Clock
from tierstock.solvers.effort import Patience
from tierstock.solvers.order import Order
from tierstock.solvers.rival import WORTH_S, Rival
from tierstock.solvers.team import Team

DRY = Patience(12.0, 0.5)
"""How long improving goes on without a cheaper plan; one that is made anew takes up to 10 s."""
GAIN = 1e-4
"""Share of the cost by which a plan of the first search has to be cheaper than all to be improved
again."""
PLACES = "tierstock: plans were improved beside this search; better plans: {plans}\n"
"""Line of the log."""


class Aside(Rival):
    """An improving process where places and a plan are known, then the second search.

    Until there is a plan, the second search helps to find one. Use it in a ``with`` block: nothing
    of it outlives the block.

    Args:
        arrays: the model.
        order: what the first search does.
        clock: when it has to stop.
    """

    def __init__(self, arrays: Arrays, order: Order, clock: Clock) -> None:
        super().__init__(arrays, order, clock)
        small = arrays.nonzeros < start.LARGE
        self._team = Team(arrays, order.seed, order.memory_mb, behind=True, anew=small)
        self._open = arrays.place is not None
        """Whether places are still to be looked at."""
        self._improving = False
        """Whether they are being looked at."""
        self._again = True
        """Whether the second search begins when improving is over: not where it ended by itself."""
        self._since = self._last = 0.0
        """When improving began, and when it brought something last or a better plan came."""
        self.improved = 0
        """How many plans came of improving that were better than all before."""

    def close(self) -> None:
        """End whatever goes beside the first search."""
        self._team.stop()
        super().close()

    @property
    def notes(self) -> list[str]:
        """Lines of the log on what went beside the search."""
        places = [PLACES.format(plans=self.improved)] if self._team.known else []
        return places + super().notes

    def news(self) -> Floats | None:
        """Return the best plan found since the last time, None where there is none."""
        if self._improving:
            return self._improved()
        left = self._clock.left(self._clock.soft)
        searching = self._worker is not None
        found = super().news() if searching else None
        plan = self._plan() if self._open and left >= WORTH_S else None
        if plan is None:
            return found if searching else super().news()
        self._again = not self.ended
        self.end()  # of the second search, where there is one
        self._improving = True
        self._team.begin(plan, 1, left)
        self._since = self._last = time.monotonic()
        return found

    def offer(self, values: Floats) -> None:
        """Tell of a plan found elsewhere; one that is cheaper than all is worth another look."""
        if self._team.known and self._best - self._money(values) > GAIN * abs(self._best):
            self._open, self._last = True, time.monotonic()
        super().offer(values)
        self._team.offer(values)

    def _plan(self) -> Floats | None:
        """Return a plan to begin with, where it is time for that and there is one."""
        late = self.began or time.monotonic() >= self._begin
        return rounded(self._arrays, self._known) if late and self._known is not None else None

    def _improved(self) -> Floats | None:
        """Return a better plan of the improving process; end it where nothing comes any more."""
        values, now = self._team.news(), time.monotonic()
        if values is not None and self._money(values) < self._best:
            self._best, self._known, self._last = self._money(values), values, now
            self.improved += 1
            return values
        waited = now - self._last > DRY.seconds(now - self._since)
        if waited and self._team.looked or not self._team.busy:
            self._team.stop()
            self._open = self._improving = False
            self._begin = now if self._again else math.inf  # the second search is next
        return None
