"""The improving processes and the one plan they share."""

from contextlib import ExitStack
from typing import Self

import numpy as np

from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.clean import TOLERANCE, exact
from tierstock.solvers.errors import SolveError
from tierstock.solvers.partner import Partner

BETTER = 1e-9
"""Share of the cost by which a plan has to be cheaper to be passed on."""


class Team:
    """Partners that work on different places at once. Use it in a ``with`` block.

    What one of them changed is laid over what the others did meanwhile; where both do not go
    together, the cheaper plan counts.

    Args:
        arrays: the model.
        seed: order in which places are visited.
        memory_mb: most memory of each process.
        behind: whether they only take what other processes leave of the processors.
    """

    exact = True
    """Whether whole numbers of its plans are exactly whole."""
    bound: float | None = None
    """It proves nothing."""
    least_gain = 0.0
    """The search hears of every better plan."""

    def __init__(
        self, arrays: Arrays, seed: int, memory_mb: int | None, *, behind: bool = False
    ) -> None:
        self._arrays, self._seed, self._memory_mb = arrays, seed, memory_mb
        self._behind = behind
        self._partners: list[Partner] = []
        self._stack = ExitStack()
        self._plan: Floats | None = None
        self._cost = np.inf

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def busy(self) -> int:
        """Number of processes that still look for something."""
        return sum(partner.open for partner in self._partners)

    @property
    def known(self) -> bool:
        """Whether there is a plan to share."""
        return self._plan is not None

    def begin(self, plan: Floats, size: int, seconds: float) -> None:
        """Start so many processes on a plan, in place of those there are.

        Where one cannot be started, those before it go on without it.
        """
        self.stop()
        self._plan, self._cost = plan, self._money(plan)
        for turn in range(size):
            order = (self._seed + turn, seconds, self._memory_mb)
            try:
                partner = Partner(
                    self._arrays, plan, *order, turn=turn, of=size, behind=self._behind
                )
            except (MemoryError, SolveError):
                return
            self._partners.append(self._stack.enter_context(partner))

    def spread(self, size: int, plan: Floats, seconds: float) -> None:
        """Let so many processes go on with the plan they share, or with this one if there is none.

        Nothing changes where there are as many already.
        """
        if self.busy != size:
            self.begin(plan if self._plan is None else self._plan, size, seconds)

    def stop(self) -> None:
        """End all processes at once; what they have told counts."""
        self._stack.close()
        self._stack, self._partners = ExitStack(), []

    def news(self) -> Floats | None:
        """Return the plan they share now, None where it has not changed since the last time."""
        changed = False
        for partner in self._partners:
            found = partner.news()
            if found is None:
                continue
            assert self._plan is not None
            over = self._plan + (found.values - found.before)
            taken = self._take(over) or self._take(found.values)
            changed |= taken
            if len(self._partners) > 1:  # one alone knows its own plan
                for one in self._partners if taken else [partner]:
                    one.tell(self._plan)
        return self._plan if changed else None

    def offer(self, values: Floats) -> None:
        """Tell all of a plan found elsewhere, where it is cheaper than theirs."""
        if self.known and self._take(values):
            for partner in self._partners:
                partner.tell(values)

    def _take(self, values: Floats) -> bool:
        cost = self._money(values)
        if not cost < self._cost - BETTER * abs(self._cost):
            return False
        values = exact(self._arrays, values)
        if self._arrays.violation(values) > TOLERANCE:
            return False
        self._plan, self._cost = values, cost
        return True

    def _money(self, values: Floats) -> float:
        return self._arrays.objective(values) * self._arrays.sense
