"""The improving processes and the one plan they share."""

from contextlib import ExitStack
from typing import Self

import numpy as np

from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.clean import TOLERANCE, exact
from tierstock.solvers.errors import SolveError
from tierstock.solvers.improve.changes import added
from tierstock.solvers.improve.matrix import Matrix
from tierstock.solvers.partner import Partner

BETTER = 1e-9
"""Share of the cost by which a plan has to be cheaper to be passed on."""


class Team:
    """Partners that work on different places at once. Use it in a ``with`` block.

    What one of them changed at a place is added to the plan they share; where it does not go
    together with what others changed before it is left out, and all go on from that plan.

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
        self._matrix: Matrix | None = None
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
    def looked(self) -> bool:
        """Whether its processes have looked at every place once."""
        return bool(self._partners) and all(partner.looked for partner in self._partners)

    @property
    def known(self) -> bool:
        """Whether there is a plan to share."""
        return self._plan is not None

    def begin(self, plan: Floats, size: int, seconds: float, *, first: bool = True) -> None:
        """Start so many processes on a plan, in place of those there are.

        Where one cannot be started, those before it go on without it.

        Args:
            plan: [n] a plan with exact whole numbers.
            size: number of processes.
            seconds: when they end.
            first: whether they begin with a quick look at every place.
        """
        self.stop()
        self._plan, self._cost = plan, self._money(plan)
        for turn in range(size):
            order = (self._seed + turn, seconds, self._memory_mb)
            try:
                partner = Partner(
                    self._arrays, plan, *order, turn=turn, of=size, first=first, behind=self._behind
                )
            except (MemoryError, SolveError):
                return
            self._partners.append(self._stack.enter_context(partner))

    def spread(self, size: int, plan: Floats, seconds: float) -> None:
        """Let so many processes go on with the plan they share, or with this one if there is none.

        Nothing changes where there are as many already; where those there are have looked at every
        place, the new ones do not begin with that.
        """
        if self.busy != size:
            plan = plan if self._plan is None else self._plan
            self.begin(plan, size, seconds, first=not self.looked)

    def stop(self) -> None:
        """End all processes at once; what they have told counts."""
        self._stack.close()
        self._stack, self._partners = ExitStack(), []

    def news(self) -> Floats | None:
        """Return the plan they share now, None where it has not changed since the last time."""
        told = {partner: partner.news() for partner in self._partners}
        if not any(told.values()):
            return None
        assert self._plan is not None
        plan = self._plan.copy()
        taken: set[Partner] = set()
        refused: set[Partner] = set()
        for partner, changes in told.items():
            for change in changes:
                (taken if added(self._model(), plan, change) else refused).add(partner)
        changed = bool(taken) and self._keep(plan)
        if not changed:
            taken, refused = set(), taken | refused
        for partner in self._partners:
            if partner in refused or taken - {partner}:
                partner.tell(self._plan)
        return self._plan if changed else None

    def offer(self, values: Floats) -> None:
        """Tell all of a plan found elsewhere, where it is cheaper than theirs."""
        cheaper = self._money(values) < self._cost - BETTER * abs(self._cost)
        if self._plan is not None and cheaper and self._keep(exact(self._arrays, values)):
            for partner in self._partners:
                partner.tell(self._plan)

    def _model(self) -> Matrix:
        if self._matrix is None:
            arrays = self._arrays
            held = {name: getattr(arrays, name) for name in arrays.NAMES}
            self._matrix = Matrix(held | {"cost": arrays.cost * arrays.sense})
        return self._matrix

    def _keep(self, values: Floats) -> bool:
        """Keep a plan with exact whole numbers, where it is one; whether it is."""
        if self._arrays.violation(values) > TOLERANCE:
            return False
        self._plan, self._cost = values, self._money(values)
        return True

    def _money(self, values: Floats) -> float:
        return self._arrays.objective(values) * self._arrays.sense
