"""HiGHS itself beside the opening of a large model: what it finds at the root of its search.

Where whole numbers are many and small beside the flows, the heuristics of HiGHS find in one go a
plan that improving takes longer for; and no plan of ours is worse than the first of HiGHS alone.
"""

import time
from dataclasses import replace

from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.clock import Clock
from tierstock.solvers.effort import Patience
from tierstock.solvers.order import Order
from tierstock.solvers.rival import Rival

RELAXED_S, RELAXED_SIZE = 13.0, 320_000
"""Seconds HiGHS takes for the relaxation of a model with so many coefficients; they grow with the
square of the coefficients."""
SHARE, MOST_S = 0.3, 8.0
"""Most of the time left, and most seconds, that the relaxation may take for it."""
DRY = Patience(2.0, 0.3)
"""How long it goes on without another plan."""
LATE, LATE_S = 3.0, 3.0
"""Without a plan it is over after so many times what the relaxation takes, and so many seconds."""


def relaxation_s(arrays: Arrays) -> float:
    """Return about how many seconds HiGHS takes to its first bound."""
    return RELAXED_S * (arrays.nonzeros / RELAXED_SIZE) ** 2


def soon(arrays: Arrays, clock: Clock) -> bool:
    """Return whether HiGHS passes its root early in the time left."""
    return relaxation_s(arrays) <= min(MOST_S, clock.share(SHARE))


class Ahead(Rival):
    """A search as HiGHS alone would make it, ended when it has passed its root.

    Args:
        arrays: the model.
        order: what is asked for; the seed counts, a plan to begin with does not.
        clock: when it has to stop.
    """

    behind = False
    """It goes as fast as HiGHS alone."""

    def __init__(self, arrays: Arrays, order: Order, clock: Clock) -> None:
        super().__init__(arrays, replace(order, start=None), clock, after=0.0, step=0)
        self._began = time.monotonic()
        self._until = self._began + LATE * relaxation_s(arrays) + LATE_S

    def news(self) -> Floats | None:
        """Return the best plan it found since the last time, None where there is none."""
        found = super().news()
        if found is not None:
            now = time.monotonic()
            self._until = now + DRY.seconds(now - self._began)
        return found

    @property
    def over(self) -> bool:
        """Whether it has brought what can be expected of it."""
        return self.ended or time.monotonic() > self._until
