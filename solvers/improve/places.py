"""What belongs to a place: the columns that are free while everything else is held still."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tierstock.solvers.improve.matrix import Matrix, Numbers, extremes, marked

HUB = 10
"""A place with more neighbours than this is looked at without what stands at its neighbours."""


@dataclass(frozen=True, eq=False)
class Site:
    """One place.

    Attributes:
        number: code of the place.
        neighbours: codes of the places goods come from or go to.
        columns: columns that are free when its plan is looked at, ascending.
    """

    number: int
    neighbours: Numbers
    columns: Numbers

    @property
    def hub(self) -> bool:
        """Whether it has many neighbours."""
        return len(self.neighbours) > HUB


class Places:
    """Finds the columns of each place in the rows that balance its stock.

    Args:
        matrix: the model.
        place: [m] place whose stock a row balances, -1 for all other rows.
        period: [m] period whose stock a row balances, -1 for all other rows.
    """

    def __init__(self, matrix: Matrix, place: Numbers, period: Numbers) -> None:
        self.matrix = matrix
        self.rows = np.flatnonzero(place >= 0)
        self.place, self.period = place[self.rows], period[self.rows]
        self.count = int(self.place.max(initial=-1)) + 1
        self.first, self.last = self._ends(self.place)
        """First and last place each column stands at; equal where it belongs to one."""

    def _ends(self, label: Numbers) -> tuple[Numbers, Numbers]:
        """Return the least and greatest label of the balances each column stands in."""
        matrix = self.matrix
        at = np.repeat(label, np.diff(matrix.starts)[self.rows])
        return extremes(at, matrix.index[matrix.entries_of(self.rows)], len(matrix.cost))

    @cached_property
    def _since(self) -> Numbers:
        """Return the period in which each column begins, [n].

        One that stands in no balance begins with its rows, the last of these to begin: a trip is
        in the row of its day, and may be in some that begin with the first day. -1 where no row
        tells.
        """
        matrix, own = self.matrix, self._ends(self.period)[0]
        known = own <= self.period.max(initial=-1)
        row = np.repeat(np.arange(len(matrix.row_lower)), np.diff(matrix.starts))
        least = extremes(own[matrix.index], row, len(matrix.row_lower))[0]
        least[least > self.period.max(initial=-1)] = -1
        return np.where(known, own, extremes(least[row], matrix.index, len(own))[1])

    def windows(self, columns: Numbers, most: int) -> Iterator[Numbers]:
        """Yield some columns in windows of periods, one after the other, of about equal length.

        There are as many windows as it takes to have at most so many columns on average.
        """
        if len(columns) <= most:
            yield columns
            return
        since = self._since[columns]
        last = int(self.period.max(initial=0))
        edges = np.linspace(0, last + 1, -(-len(columns) // most) + 1)
        window = np.searchsorted(edges[1:-1], since, side="right")
        for one in range(len(edges) - 1):
            yield columns[window == one]

    def parts(self, count: int) -> Numbers:
        """Share the places out to so many processes; return the process of each place.

        Places that draw on the same neighbour go to one, since their plans take the same stock.
        """
        both = np.stack([self.first, self.last])[:, self.first < self.last]
        pairs = np.unique(both, axis=1)
        here, there = np.concatenate([pairs, pairs[::-1]], axis=1)
        degree = np.bincount(here, minlength=self.count)
        order = np.lexsort((there, degree[there]))
        leader = np.arange(self.count)
        leader[here[order]] = there[order]  # the last one counts: the neighbour with most
        leader = np.where(degree[leader] > degree, leader, np.arange(self.count))
        led = np.unique(leader[leader != np.arange(self.count)])
        leader[led] = led
        size = np.bincount(leader, minlength=self.count)
        part, load = np.zeros(self.count, dtype=np.int64), np.zeros(count)
        for one in np.argsort(-size, kind="stable")[: np.count_nonzero(size)].tolist():
            least = int(np.argmin(load))
            part[leader == one] = least
            load[least] += size[one]
        return part

    def site(self, number: int) -> Site:
        """Return one place with its columns.

        Free are what moves to, from and at the place, the whole numbers that carry it, what
        hangs on their rows alone (a shortfall, a surplus), and, where there are few neighbours,
        the stock at these: another day of departure is another day their stock goes down.
        """
        matrix = self.matrix
        mine = matrix.columns_in(self.rows[self.place == number])
        far = np.concatenate([self.first[mine], self.last[mine]])
        near = np.unique(far[far != number])
        free = self._with_carriers(mine)
        if len(near) <= HUB:
            alone = (self.first == self.last) & np.isin(self.first, near)
            free = self._both(free, self._with_hanging(np.flatnonzero(alone)))
        return Site(number, near, free)

    def _with_carriers(self, columns: Numbers) -> Numbers:
        matrix = self.matrix
        beside = matrix.columns_in(matrix.rows_of(columns))
        kept = matrix.integer[beside] | (matrix.degree(beside) == 1)
        return self._both(columns, beside[kept])

    def _with_hanging(self, columns: Numbers) -> Numbers:
        matrix = self.matrix
        beside = matrix.columns_in(matrix.rows_of(columns))
        kept = ~matrix.integer[beside] & (matrix.degree(beside) == 1)
        return self._both(columns, beside[kept])

    def _both(self, one: Numbers, other: Numbers) -> Numbers:
        return marked(np.concatenate([one, other]), len(self.matrix.cost))
