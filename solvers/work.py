"""Limits by work instead of by the clock: the same input then gets as far on every run.

HiGHS counts the iterations of a linear model; of a search it tells nothing but that it looks
whether to go on, after a round of cuts, a heuristic or a node. So a search is limited by these
looks; one before the first node stands for much more work than one in the tree. What a second is
worth was measured on the samples, the yardstick network and random networks (HiGHS 1.16, one
thread): a look at the root takes some 0.015 ms per coefficient, one in the tree a twentieth of
it; a linear model makes some 4e8 / coefficients iterations a second.
"""

from dataclasses import dataclass
from typing import Any

from tierstock.solvers.arrays import Arrays
from tierstock.solvers.order import Order

LOOK_S, SHORTEST_S = 7.5e-7, 1e-3
"""Seconds of a look in the tree per coefficient, and of the shortest one."""
LEAST_LOOKS = 200
"""Looks of the shortest search: enough for its first plan."""
ITERATIONS, LEAST_ITERATIONS = 4e8, 10_000
"""Iterations a second times coefficients, and those of the shortest solve."""
HIGHS_MOST = 2**31 - 1
"""Largest limit HiGHS takes."""


def looks(arrays: Arrays, seconds: float) -> int:
    """Return how often a search looks whether to go on in so many seconds, roughly."""
    each = max(LOOK_S * arrays.nonzeros, SHORTEST_S)
    return int(min(max(LEAST_LOOKS, seconds / each), HIGHS_MOST))


def iterations(arrays: Arrays, seconds: float) -> int:
    """Return how many iterations a linear model makes in so many seconds, roughly."""
    rate = ITERATIONS / max(arrays.nonzeros, 1)
    return int(min(max(LEAST_ITERATIONS, rate * seconds), HIGHS_MOST))


@dataclass(frozen=True)
class WorkOrder(Order):
    """An order whose attempt ends by work.

    Attributes:
        looks: how often a search may look whether to go on; those at the root count more.
        iterations: iterations of a linear model; a search uses up its own as it likes.
    """

    looks: int = HIGHS_MOST
    iterations: int = HIGHS_MOST

    def solver_options(self, seconds: float) -> dict[str, Any]:
        """Return the options of HiGHS by name, and ``looks``, which is ours."""
        limits = {"looks": self.looks, "simplex_iteration_limit": self.iterations}
        return super().solver_options(seconds) | limits
