"""Plans found beside a search: which one counts, and which of them the search should hear of."""

import math
import time
from dataclasses import dataclass

from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.clean import TOLERANCE, rounded
from tierstock.solvers.order import Beside

AGAIN = 5.0
"""A plan that was found beside a search after some seconds is told it after so many times these."""


@dataclass(frozen=True, eq=False)
class Costed:
    """A plan and what it costs, a gain where the model maximises."""

    values: Floats
    cost: float


class FoundBeside:
    """What a team or a rival has found while a search runs, and what the search knows itself.

    Args:
        arrays: the model.
        team: who looks for plans.
    """

    def __init__(self, arrays: Arrays, team: Beside) -> None:
        self.team = team
        self.own = math.inf * arrays.sense
        """Cost of the plan the search itself knows; set by ``Run`` when it finds one."""
        self._arrays = arrays
        self._exact: Costed | None = None
        """Best plan that stands as it is."""
        self._rough: Costed | None = None
        """Best plan of a rival, to be cleaned like one of the search."""
        self._untold: Costed | None = None
        """Best plan the search does not know of."""
        self._began = time.monotonic()
        self._since = 0.0
        """After how many seconds the first plan was found that it did not know of."""

    def look(self, best: float) -> Costed | None:
        """Return a plan found since the last time, where it is cheaper than the best one.

        One that is none with exact whole numbers only the search may make something of.
        """
        values = self.team.news()
        if values is None or self._arrays.violation(values) > TOLERANCE:
            return None
        found = self._costed(values)
        if not self._cheaper(found.cost, best):
            return None
        if self._untold is None:
            self._since = time.monotonic() - self._began
        self._untold = found
        if self.team.exact:
            self._exact = found
            return found
        whole = rounded(self._arrays, values)
        exact = None if whole is None else self._costed(whole)
        if exact is None or not self._cheaper(exact.cost, best):
            return None
        self._rough = exact
        return exact

    def to_tell(self) -> Floats | None:
        """Return a plan the search should hear of now: one clearly cheaper than its own, or that it
        has long not reached (``AGAIN``); told of every plan, it would only go another way.
        """
        if self._untold is None:
            return None
        values, cost = self._untold.values, self._untold.cost
        gain = self._arrays.sense * (self.own - cost)
        late = time.monotonic() - self._began >= AGAIN * self._since
        if 0 < gain < self.team.least_gain * abs(cost) and not late:
            return None
        self._untold = None
        if gain <= 0:
            return None
        self.own = cost
        return values

    def instead_of(self, values: Floats) -> Floats:
        """Return a plan of the search, or that of a rival where it is cheaper."""
        rough = self._rough
        if rough is None or not self._cheaper(rough.cost, self._arrays.objective(values)):
            return values
        return rough.values

    def standing(self, values: Floats | None) -> Floats | None:
        """Return the plan that stands as it is, where it is cheaper than that of the search."""
        exact = self._exact
        if exact is None:
            return None
        beaten = values is not None and not self._cheaper(
            exact.cost, self._arrays.objective(values)
        )
        return None if beaten else exact.values

    def _costed(self, values: Floats) -> Costed:
        return Costed(values, self._arrays.objective(values))

    def _cheaper(self, one: float, other: float) -> bool:
        return self._arrays.sense * one < self._arrays.sense * other
