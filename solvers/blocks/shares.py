"""Plans from a mix of offers: each block at its best within its own part of the shared rows."""

from collections.abc import Callable

import numpy as np

from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.blocks.crew import Crew
from tierstock.solvers.blocks.offers import Pool
from tierstock.solvers.blocks.split import Split

LOOSE_END = 1e-7
"""Share of its limit by which a row may be exceeded."""
TURNS = 2
"""Times shared rows are shared out for one plan."""
MOST_BACK = 0.3
"""Most of the way back to the known plan that a plan within all rows may go."""


class Shares:
    """Shares the rows in which several blocks meet out to them, and lets them plan within.

    Args:
        arrays: the model.
        parts: its blocks.
        crew: who solves them.
        pool: what they have offered.
        go_on: asked again and again whether to go on.
        seconds: tells how many seconds are left.

    Attributes:
        slack: [open rows] by how much each may be exceeded.
    """

    def __init__(
        self,
        arrays: Arrays,
        parts: Split,
        crew: Crew,
        pool: Pool,
        go_on: Callable[[], bool],
        seconds: Callable[[], float],
    ) -> None:
        self._arrays, self._parts, self._crew, self._pool = arrays, parts, crew, pool
        self._go_on, self._seconds = go_on, seconds
        rows = parts.open_rows
        self._entry, self._row = parts.open_entries(arrays)
        self._limits = arrays.row_lower[rows], arrays.row_upper[rows]
        limits = np.where(np.isfinite(arrays.row_upper), arrays.row_upper, arrays.row_lower)
        self.slack = LOOSE_END * np.maximum(1.0, np.abs(limits[rows]))

    def plan(
        self, values: Floats, known: Floats | None, cost: Floats, penalty: Floats
    ) -> Floats | None:
        """Return values that keep all rows, [n]: each block at its best within its part of these.

        None where they are not found soon.

        Args:
            values: [n] a mix of offers.
            known: [n] a plan; what exceeds a row goes part of the way back to it.
            cost: [n] cost of each column at the prices of the shared rows.
            penalty: [open rows] price of a unit by which a block misses its part.
        """
        for turn in range(TURNS):
            if turn and self._back(values, known) == 0:
                return values
            found = self._within(values, cost, penalty)
            if found is None:
                return None
            values = found
        share = self._back(values, known)
        if known is None or share > MOST_BACK:
            return None
        inside = self._parts.block >= 0
        return np.where(inside, values + share * (known - values), values)

    def between(
        self, values: Floats, known: Floats, cost: Floats, penalty: Floats
    ) -> Floats | None:
        """Return a plan no dearer at these costs than one between these values and the known plan.

        Where values break a row, they go back to the known plan so far that they keep it; then each
        block is at its best within what it uses there, and its part of what is left. None where
        that does not come to an end.

        Args:
            values, known, cost, penalty: as in ``plan``; the known plan keeps all rows.
        """
        share = min(1.0, self._back(values, known))
        start = values + share * (known - values)
        best = self._within(start, cost, penalty)
        if best is None:
            return None
        return best if self._back(best, None) == 0 else start

    def _within(self, values: Floats, cost: Floats, penalty: Floats) -> Floats | None:
        """Return values in which each block is at its best within its part of the open rows, by
        what it uses in these values; None where they do not come to an end."""
        low, high = self._parts_of_rows(values)
        found = self._crew.share(cost, low, high, penalty, self._seconds(), self._go_on)
        if found is None:
            return None
        best = np.where(self._parts.block >= 0, found.values, values)
        self._pool.see(best)
        return best

    def _back(self, values: Floats, known: Floats | None) -> float:
        """Return which share of the way to the known plan brings values within all open rows.

        Infinite where they are not within at its end either.
        """
        over = self._over(values)
        bad = over > self.slack
        if not bad.any():
            return 0.0
        if known is None:
            return np.inf
        at_end = self._over(known)[bad]
        room = np.where(at_end < 0, over[bad] / (over[bad] - at_end), np.inf)
        return float(room.max())

    def _over(self, values: Floats) -> Floats:
        """Return by how much each open row is exceeded; negative where it is kept."""
        low, high = self._limits
        use = np.bincount(self._row, self._term(values), len(low))
        return np.maximum(use - high, low - use)

    def _term(self, values: Floats) -> Floats:
        """Return the use of the open rows by each of their coefficients."""
        return self._arrays.value[self._entry] * values[self._arrays.index[self._entry]]

    def _parts_of_rows(self, values: Floats) -> tuple[Floats, Floats]:
        """Return least and most use of each open row by each block, [open rows, blocks].

        As much as in these values; what is left or missing is shared in proportion.
        """
        limits, pool = self._limits, self._pool
        blocks, rows = self._parts.count, len(limits[0])
        term, own = self._term(values), self._parts.block[self._arrays.index[self._entry]]
        inside = own >= 0
        at = self._row[inside] * blocks + own[inside]
        use = np.bincount(at, term[inside], minlength=rows * blocks).reshape(rows, blocks)
        total = np.bincount(self._row, term, minlength=rows)
        down, up = _shares(use - pool.least_use), _shares(pool.most_use - use)
        missing, room = limits[0] - total, limits[1] - total
        low = use + missing[:, None] * np.where(missing > 0, up.T, down.T).T
        high = use + room[:, None] * np.where(room > 0, up.T, down.T).T
        return low, high


def _shares(amount: Floats) -> Floats:
    """Return the share of each block in each row's amounts; even where there is little, too."""
    size = np.maximum(amount, 0.0)
    size += 1e-6 * size.sum(axis=1, keepdims=True) + 1e-12
    share: Floats = size / size.sum(axis=1, keepdims=True)
    return share
