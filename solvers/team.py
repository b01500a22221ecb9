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
"""Share of the cost by which a plan has to be cheaper to be passed on to others than the team."""


class Team:
    """Partners that work on different places at once. Use it in a ``with`` block.

    What one of them changed at a place is added to the plan they share; where it does not go
    together with what others changed before it is left out. Who was refused something, or beside
    whom something was taken, goes on from that plan.

    Args:
        arrays: the model.
        seed: order in which places are visited.
        memory_mb: most memory of each process.
        behind: whether they only take what other processes leave of the processors.
        anew: whether they make plans anew, too.
    """

    exact = True
    """Whether whole numbers of its plans are exactly whole."""
    bound: float | None = None
    """It proves nothing."""
    least_gain = 0.0
    """The search hears of every better plan."""

    def __init__(
        self,
        arrays: Arrays,
        seed: int,
        memory_mb: int | None,
        *,
        behind: bool = False,
        anew: bool = False,
    ) -> None:
        self._arrays, self._seed, self._memory_mb = arrays, seed, memory_mb
        self._how = {"behind": behind, "anew": anew}
        self._partners: list[Partner] = []
        self._stack = ExitStack()
        self._matrix: Matrix | None = None
        self._plan: Floats | None = None
        self._cost = self._passed_on = np.inf

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
        """Whether its processes have looked at every place once, as far as they still run."""
        return bool(self._partners) and all(one.looked or not one.open for one in self._partners)

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
        self._passed_on = self._cost
        for turn in range(size):
            order = (self._seed + turn, seconds, self._memory_mb)
            try:
                self._matrix = self._matrix or self._as_matrix()
                partner = Partner(
                    self._arrays, plan, *order, turn=turn, of=size, first=first, **self._how
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
        """Return the plan they share, None where it is no cheaper than the last one passed on."""
        self._gather()
        if not self._cost < self._passed_on - BETTER * abs(self._passed_on):
            return None
        self._passed_on = self._cost
        return self._plan

    def offer(self, values: Floats) -> None:
        """Tell all of a plan found elsewhere, where it is cheaper than theirs.

        What they have found since they last told goes with it only where it can be added.
        """
        self._gather()
        if self._plan is None:
            return
        plan = exact(self._arrays, values)
        cheaper = self._money(plan) < self._cost - BETTER * abs(self._cost)
        if not cheaper or self._arrays.violation(plan) > TOLERANCE:
            return
        self._plan = plan
        self._cost = self._passed_on = self._money(plan)
        for partner in self._partners:
            partner.tell(plan)

    def _gather(self) -> None:
        """Add what they have told to the plan they share."""
        told = {partner: partner.news() for partner in self._partners}
        if not any(told.values()):
            return
        assert self._plan is not None and self._matrix is not None
        plan = self._plan.copy()
        taken: set[Partner] = set()
        refused: set[Partner] = set()
        for partner, changes in told.items():
            for change in changes:
                (refused if added(self._matrix, plan, change) is None else taken).add(partner)
        if taken and self._sound(plan):
            self._plan, self._cost = plan, self._money(plan)
        else:
            taken, refused = set(), taken | refused
        for partner in self._partners:
            if partner in refused or taken - {partner}:
                partner.tell(self._plan)

    def _sound(self, plan: Floats) -> bool:
        """Return whether a plan keeps all rows and bounds, as well as the one before at least."""
        violation = self._arrays.violation
        assert self._plan is not None
        return (worst := violation(plan)) <= TOLERANCE or worst <= violation(self._plan)

    def _as_matrix(self) -> Matrix:
        arrays = self._arrays
        held = {name: getattr(arrays, name) for name in arrays.NAMES}
        return Matrix(held | {"cost": arrays.cost * arrays.sense})

    def _money(self, values: Floats) -> float:
        return self._arrays.objective(values) * self._arrays.sense
