"""When what looks for plans has nothing more to bring."""

import math
from dataclasses import dataclass

from tierstock.solvers.clock import Clock
from tierstock.solvers.progress import Listener, Progress

EARLIEST_S = 10.0
"""Seconds a search runs at least."""
BETTER = 0.001
"""Share of the cost by which a plan has to become better to go on."""
DRIED_UP = "the search was ended early: nothing came any more"


@dataclass(frozen=True)
class Patience:
    """How long nothing may come before what looks for plans is over.

    Attributes:
        least_s: so many seconds,
        share: and this share of the time it has had.
    """

    least_s: float
    share: float

    def seconds(self, had: float) -> float:
        """Return how long nothing may come after so many seconds in all."""
        return max(self.least_s, self.share * had)


class Drying:
    """Hears of progress and ends a search whose plan became no better for a third of its time.

    It waits for the first bound, and ``EARLIEST_S`` at least.

    Args:
        clock: clock of the search.
        listener: hears of progress, too.
    """

    def __init__(self, clock: Clock, listener: Listener | None) -> None:
        self._clock, self._listener = clock, listener
        self._seen: list[tuple[float, float]] = []
        self.notes: list[str] = []
        """Takes the sentence on an early end."""

    def __call__(self, progress: Progress) -> None:
        """Take one record."""
        if math.isfinite(progress.incumbent):
            self._seen.append((progress.elapsed, progress.incumbent))
        if not self._clock.dry and self._is_dry(progress):
            self._clock.dry = True
            self.notes.append(DRIED_UP)
        if self._listener is not None:
            self._listener(progress)

    def _is_dry(self, progress: Progress) -> bool:
        proven = math.isfinite(progress.bound) and progress.phase in ("searching", "improving")
        if progress.elapsed < EARLIEST_S or not proven or not self._seen:
            return False
        before = [cost for when, cost in self._seen if when <= progress.elapsed * 2 / 3]
        if not before:
            return False
        return abs(self._seen[-1][1] - before[-1]) <= BETTER * abs(before[-1])
