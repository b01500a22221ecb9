"""Plans made anew: whole numbers of a relaxation rounded, those of all columns or of some."""

import time
from collections.abc import Iterator

import highspy
import numpy as np

from tierstock.solvers.improve.local import OPTIMAL, LocalPlan, loaded
from tierstock.solvers.improve.matrix import Flags, Floats, Matrix, Numbers

MOST_S = 5.0
"""Most time of one relaxation; where it takes longer nothing is made anew."""
POLISH_S = 1.0
"""Time in which a new plan is rounded and made cheaper, where its relaxation took no longer."""
SPREAD = 0.5
"""How far prices of whole numbers are drawn apart: standard deviation of their logarithm."""
LEAST_USE = 0.05
"""What counts at least as the used share of a whole number."""
WHOLE = 1e-6
"""Distance from a whole number that counts as none."""


class Afresh:
    """Makes plans that do not come from another one, or only in part.

    The relaxation pays for a tenth of a trip a tenth of its price. So whole numbers are priced by
    the share of them that was used (dynamic slope scaling, Kim & Pardalos, Operations Research
    Letters 24, 1999), and by prices drawn around theirs, in turn; rounded, and made cheaper
    (``LocalPlan``), they are plans of their own. Or only some whole numbers of a plan are freed,
    and made anew like this (ruin and recreate, Schrimpf et al., Journal of Computational Physics
    159, 2000).

    Measured beside the search, 15 s: lots in two tiers 108,000, where looks at places end at
    663,000 and HiGHS alone has 472,000; shelf life 116,000 (126,000, 119,000); hubs to open
    495,700 (504,500, 505,900).

    Args:
        matrix: the model, its cost to be made small.
        random: draws prices and what is freed.
        most_s: most time of one relaxation.
    """

    def __init__(self, matrix: Matrix, random: np.random.Generator, most_s: float = MOST_S) -> None:
        self._matrix, self._random, self._most_s = matrix, random, most_s
        self._whole: Numbers = np.flatnonzero(matrix.integer)
        self._columns = self._whole.astype(np.int32)
        self._low, self._high = matrix.lower[self._whole], matrix.upper[self._whole]
        self._base: Floats = matrix.cost[self._whole]
        self._price = self._base
        self._scaled = False
        """Whether the prices of the next relaxation were scaled by use."""
        self._usual = float(np.abs(self._base).mean()) if len(self._base) else 0.0
        """What prices are drawn around where a whole number has none."""
        self._tied = self._in_equations()
        self._took = 0.0
        """Seconds of the last relaxation."""
        self._solved = False
        """Whether any relaxation of all whole numbers was solved."""
        self._every = matrix.part(np.arange(len(matrix.cost)), np.zeros(len(matrix.cost)))
        """All columns and their rows."""
        self._solver = loaded(matrix, self._every, matrix.lower, matrix.upper)
        self.possible = len(self._whole) > 0
        """Whether relaxations are solved, and in time."""

    def _in_equations(self) -> Flags:
        """Return which whole numbers stand in an equation: rounded up they may be too much."""
        matrix = self._matrix
        equal = matrix.row_lower == matrix.row_upper
        row = np.repeat(np.arange(len(equal)), np.diff(matrix.starts))
        tied = np.zeros(len(matrix.cost), dtype=bool)
        tied[matrix.index[equal[row]]] = True
        found: Flags = tied[self._whole]
        return found

    def whole(self) -> Floats | None:
        """Return a plan all of whose whole numbers are made anew, None where none was found."""
        self._limit(self._low, self._high)
        self._solver.clearSolver()
        relaxed = self._relaxed(self._price, "ipm")
        if relaxed is None:
            late = self._solver.getModelStatus() == highspy.HighsModelStatus.kTimeLimit
            self.possible = self._solved and not late
            self._draw()
            return None
        self._solved = True
        self._reprice(relaxed)
        return self._made(relaxed, np.ones(len(relaxed), dtype=bool))

    def partly(self, values: Floats, share: float) -> Floats | None:
        """Return a plan of which a share of the whole numbers is made anew, None where none is.

        Args:
            values: [n] a plan.
            share: how many are freed, of all whole numbers.
        """
        count = max(1, round(share * len(self._whole)))
        free = np.zeros(len(self._whole), dtype=bool)
        free[self._random.choice(len(free), count, replace=False)] = True
        kept = np.rint(values[self._whole])
        self._limit(np.where(free, self._low, kept), np.where(free, self._high, kept))
        relaxed = self._relaxed(self._base, "simplex")
        return None if relaxed is None else self._made(np.where(free, relaxed, kept), free)

    def _limit(self, low: Floats, high: Floats) -> None:
        self._solver.changeColsBounds(len(self._columns), self._columns, low, high)

    def _relaxed(self, price: Floats, method: str) -> Floats | None:
        """Return the whole numbers of the relaxation at some prices.

        Where all are free the interior point method is sooner (measured: 2 products, 79 places 0.9
        instead of 10 s), where few are, simplex from the last basis.
        """
        self._solver.setOptionValue("solver", method)
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + self._most_s)
        self._solver.changeColsCost(len(self._columns), self._columns, price)
        began = time.monotonic()
        self._solver.run()
        self._took = time.monotonic() - began
        if self._solver.getModelStatus() != OPTIMAL:
            return None
        found: Floats = np.array(self._solver.getSolution().col_value)[self._whole]
        return found

    def _reprice(self, relaxed: Floats) -> None:
        """Set the prices of the next relaxation: by use, then drawn, in turn."""
        if self._scaled:
            self._draw()
            return
        taken = np.maximum(np.ceil(relaxed - WHOLE), 1.0)
        use = np.where(relaxed > WHOLE, relaxed / taken, 1.0)
        self._price, self._scaled = self._base / np.maximum(use, LEAST_USE), True

    def _draw(self) -> None:
        """Draw the prices of the next relaxation around those there are."""
        noise = SPREAD * self._random.standard_normal(len(self._base))
        free = self._base == 0.0
        self._price = np.where(free, self._usual * np.abs(noise), self._base * np.exp(noise))
        self._scaled = False

    def _made(self, relaxed: Floats, free: Flags) -> Floats | None:
        """Return the plan of rounded whole numbers, made cheaper; None where there is none."""
        until = time.monotonic() + max(POLISH_S, 1.5 * self._took)
        for count in self._rounded(relaxed, free):
            found = self._polished(count, until)
            if found is not None:
                return found
        return None

    def _polished(self, count: Floats, until: float) -> Floats | None:
        """Return the plan with these whole numbers, made cheaper; None where there is none."""
        if (seconds := until - time.monotonic()) <= 0.0:
            return None
        values = np.zeros(len(self._matrix.cost))
        values[self._whole] = count
        plan = LocalPlan(self._matrix, self._every, values, seconds, begun=False)
        found = plan.improve(deep=False)
        return found.values if found.gain > 0.0 else None

    def _rounded(self, relaxed: Floats, free: Flags) -> Iterator[Floats]:
        """Yield whole numbers: all rounded up, those in equations rounded down, all down."""
        up, down = np.ceil(relaxed - WHOLE), np.floor(relaxed + WHOLE)
        choices = [up, np.where(self._tied, down, up)] if self._tied[free].any() else [up]
        for count in (*choices, down):
            yield np.clip(np.where(free, count, relaxed), self._low, self._high)
