"""Places on their own: what whole trips to one place must cost, whatever all others do."""

from dataclasses import dataclass

import numpy as np

from tierstock.solvers.arrays import Arrays, Floats, Ints
from tierstock.solvers.improve.matrix import Numbers, entries, extremes

CLOSE = 1e-6
"""Share of the bound by which the prices of all rows may miss it."""
ALIKE = 1.5
"""How many times more coefficients a place may have than another one of like size."""
NOISE = 1e-8
"""Share of a cost that a solver takes for nothing in a reduced cost."""


@dataclass(frozen=True, eq=False)
class Site:
    """One place on its own.

    Attributes:
        program: its rows and columns, with costs at the prices of all other rows.
        worth: what its rows and columns bring to the bound without whole numbers.
        promise: money its whole numbers would cost more, rounded up.
    """

    program: Arrays
    worth: float
    promise: float


class Sites:
    r"""A model taken apart by places at given prices of all rows.

    Every row that concerns one place only goes to that place, every other row is priced. A column
    in rows of two places is there twice, its cost shared out by the prices, its reduced cost by
    shares :math:`\sigma` with sum 1. The bound is

    .. math:: L(y) + \sum_g (v_g - w_g), \quad
        w_g = \sum_{r \in g} y_r b_r
        + \sum_{j \in g} \sigma_{gj} \min_{l_j \le x_j \le u_j} \bar c_j x_j

    with the least cost :math:`v_g` of place g in whole numbers, the reduced costs
    :math:`\bar c = c - A^T y` and the limits b to which the prices belong.

    Source: Lagrangian decomposition, M. Guignard and S. Kim, Mathematical Programming 39 (1987).

    Args:
        arrays: the model.
        dual: [m] prices of all rows, as of a linear relaxation.
        values: [n] values of that relaxation.
    """

    def __init__(self, arrays: Arrays, dual: Floats, values: Floats) -> None:
        self._arrays, self._row = arrays, arrays.row_of_entry()
        self._cost = arrays.cost * arrays.sense
        self._dual = self._sided(dual)
        self._reduced = self._cost - np.bincount(
            arrays.index, arrays.value * self._dual[self._row], minlength=arrays.columns
        )
        limit = np.where(self._dual > 0, arrays.row_lower, arrays.row_upper)
        self._priced = _product(self._dual, limit)
        low = np.where(self._reduced > 0, arrays.lower, arrays.upper)
        noise = np.abs(self._reduced) <= NOISE * np.maximum(1.0, np.abs(self._cost))
        self._reduced[noise & ~np.isfinite(low)] = 0.0
        self._boxed = _product(self._reduced, low)
        self.bound = float(self._priced.sum() + self._boxed.sum())
        self._place = self._places()
        self._one, self._two, self._share = self._halves()
        self._extra = np.where(arrays.integer, self._cost * (np.ceil(values - CLOSE) - values), 0.0)

    def _sided(self, dual: Floats) -> Floats:
        """Return the prices without those no limit belongs to."""
        arrays = self._arrays
        low = np.where(np.isfinite(arrays.row_lower), np.inf, 0.0)
        high = np.where(np.isfinite(arrays.row_upper), -np.inf, 0.0)
        return np.clip(dual, high, low)

    def _places(self) -> Numbers:
        """Return the place each row concerns alone, -1 where there is none."""
        arrays = self._arrays
        assert arrays.place is not None
        found = np.full(arrays.rows, -1, dtype=np.int64)
        found[: len(arrays.place)] = arrays.place
        known = found[self._row] >= 0
        count = int(found.max()) + 1
        first, last = extremes(found[self._row[known]], arrays.index[known], arrays.columns)
        size = np.bincount(found[self._row[known]], minlength=count)
        told = np.flatnonzero((last[arrays.index] >= 0) & ~known)
        column, row = arrays.index[told], self._row[told]
        some = np.full(arrays.rows, -1)
        some[row] = column
        of_row = np.bincount(row, minlength=arrays.rows)
        options = []
        for side in (first, last):
            place = np.where(some >= 0, side[some], -1)
            meets = (first[column] == place[row]) | (last[column] == place[row])
            all_meet = np.bincount(row[meets], minlength=arrays.rows) == of_row
            options.append(np.where(all_meet & (some >= 0), place, -1))
        size = np.append(size, np.iinfo(np.int64).max)  # behind the last: no place
        one, two = options
        chosen = np.where(size[one] <= size[two], one, two)
        return np.where(found >= 0, found, chosen)

    def _halves(self) -> tuple[Numbers, Numbers, Floats]:
        """Return both places of each column, and the share of its reduced cost the first counts.

        Places of like size count half each: a store with none of it would pass goods on at their
        price, and fill its trips with them for nothing. Else the smaller place counts all, where
        whole trips matter more. Equal places stand for one; -1 for none.
        """
        columns, place = self._arrays.columns, self._place[self._row]
        told = place >= 0
        column, place = self._arrays.index[told], place[told]
        one, two = extremes(place, column, columns)
        one = np.where(two < 0, -1, one)
        size = np.append(np.bincount(place), 0)
        first, second = size[one], size[two]
        share = np.where(first > ALIKE * second, 0.0, np.where(second > ALIKE * first, 1.0, 0.5))
        return one, two, np.where(one == two, 1.0, share)

    def all(self, most_columns: int) -> list[Site]:
        """Return the places with whole numbers and no more columns than this, what promises most
        for its size first."""
        found = [self._site(int(place)) for place in np.unique(self._place[self._place >= 0])]
        fit = [one for one in found if one.program.whole and one.program.columns <= most_columns]
        return sorted(fit, key=lambda one: -one.promise / one.program.columns)

    def _site(self, place: int) -> Site:
        arrays = self._arrays
        rows = np.flatnonzero(self._place == place)
        entry = entries(arrays.starts.astype(np.int64), rows)
        columns, index = np.unique(arrays.index[entry], return_inverse=True)
        size = np.diff(arrays.starts)[rows]
        weight = arrays.value[entry] * np.repeat(self._dual[rows], size)
        cost: Floats = np.bincount(index, weight, minlength=len(columns)).astype(np.float64)
        one, share = self._one[columns] == place, self._share[columns]
        two = self._two[columns] == place
        share = np.where(one, share, np.where(two, 1.0 - share, 0.0))
        starts: Ints = np.concatenate([[0], np.cumsum(size)]).astype(np.int32)
        program = Arrays(
            cost=cost + share * self._reduced[columns],
            lower=arrays.lower[columns],
            upper=arrays.upper[columns],
            integer=arrays.integer[columns],
            starts=starts,
            index=index.astype(np.int32),
            value=arrays.value[entry],
            row_lower=arrays.row_lower[rows],
            row_upper=arrays.row_upper[rows],
        )
        worth = float(self._priced[rows].sum() + share @ self._boxed[columns])
        return Site(program, worth, float(self._extra[columns].sum()))


def _product(price: Floats, limit: Floats) -> Floats:
    """Return prices times limits, 0 where the price is 0 and the limit infinite."""
    return price * np.where(price != 0, limit, 0.0)
