"""Which columns and rows belong to one product, and which are shared by several."""

from dataclasses import dataclass, replace

import numpy as np

from tierstock.solvers.arrays import Arrays, Flags, Floats, Ints
from tierstock.solvers.improve.matrix import Numbers, extremes

LEAST_BLOCKS = 4
"""Fewer blocks are not worth the prices between them."""
MOST_IN_ONE = 0.5
"""Most of all columns that one block may hold."""
MOST_SHARED = 2_000_000
"""Most shared rows whose prices have to be found, times blocks."""
ROUNDS = 8
"""Times labels are handed on from rows to the columns that stand in them."""

NEAR = 1e-7
"""Share of a row's use that is noise."""

SHARED = -1
"""Number of the block of what belongs to several."""


@dataclass(frozen=True, eq=False)
class Split:
    r"""A model taken apart.

    With prices :math:`\mu` on its shared rows a model falls apart into its blocks. Any prices of
    the right sign give a bound (Lagrange):

    .. math:: L(\mu) = \sum_b \min_{x_b \in X_b} (c_b + A_b^T \mu)\, x_b
        + \sum_{j\ \text{shared}} \min_{l_j \le x_j \le u_j} (c_j + A_j^T \mu)\, x_j
        - \sum_r \left(\mu_r^+ r^+_r - \mu_r^- r^-_r\right)

    Attributes:
        block: [n] block of each column, ``SHARED`` for those of several.
        row_block: [m] block of each row, ``SHARED`` for rows in which several meet.
        count: number of blocks.
        pinned: [n] shared columns that settle the price of a row by their cost: each stands in one
            row only and costs something, as a trip that only has to carry a load. The price is then
            the cost per unit it carries.
        price: [m] price of the rows of pinned columns, 0 elsewhere.
        open_rows: shared rows whose price has to be found, ascending.
    """

    block: Ints
    row_block: Ints
    count: int
    pinned: Flags
    price: Floats
    open_rows: Numbers

    def open_entries(self, arrays: Arrays) -> tuple[Numbers, Numbers]:
        """Return the coefficients in open rows, ascending, and the position of the row of each."""
        local = np.full(arrays.rows, -1, dtype=np.int64)
        local[self.open_rows] = np.arange(len(self.open_rows))
        row = local[arrays.row_of_entry()]
        entry = np.flatnonzero(row >= 0)
        return entry, row[entry]

    @property
    def worthwhile(self) -> bool:
        """Whether finding prices promises more than one linear program."""
        inside = np.bincount(self.block[self.block >= 0], minlength=max(self.count, 1))
        even = inside.max() <= MOST_IN_ONE * len(self.block)
        return bool(
            self.count >= LEAST_BLOCKS and even and len(self.open_rows) * self.count <= MOST_SHARED
        )

    def overloaded(self, arrays: Arrays, values: Floats) -> Numbers:
        """Return the rows whose pinned columns cannot carry what stands beside them, ascending.

        There the cost of a pinned column is less than the price.

        Args:
            arrays: the model.
            values: [n] values that keep all other rows.
        """
        full = np.where(self.pinned, arrays.upper, values)
        active = self.price != 0
        entry = np.isfinite(full[arrays.index])
        term = np.where(entry, arrays.value * np.where(entry, full[arrays.index], 0.0), 0.0)
        row = arrays.row_of_entry()
        activity = np.bincount(row, term, minlength=arrays.rows)
        endless = np.zeros(arrays.rows, dtype=bool)
        endless[row[~entry]] = True
        size = NEAR * np.maximum(1.0, np.abs(activity))
        short = np.where(self.price < 0, arrays.row_lower - activity, activity - arrays.row_upper)
        return np.flatnonzero(active & ~endless & (short > size))

    def opened(self, arrays: Arrays, rows: Numbers) -> "Split":
        """Return the same blocks with the prices of some more rows to be found."""
        price = self.price.copy()
        price[rows] = 0.0
        pinned = self.pinned.copy()
        pinned[arrays.index[np.isin(arrays.row_of_entry(), rows)]] = False
        return replace(self, price=price, pinned=pinned, open_rows=np.union1d(self.open_rows, rows))


def split(arrays: Arrays) -> Split | None:
    """Take a model apart by the products whose stock its rows balance; None where none is known.

    A column belongs to the product in whose balance rows it stands; products with a common column
    (a kit and its parts) are one block. What stands beside columns of one product only belongs to
    it, too.
    """
    if arrays.product is None:
        return None
    row, column = arrays.row_of_entry(), arrays.index
    of_row = np.full(arrays.rows, SHARED, dtype=np.int64)
    of_row[: len(arrays.product)] = arrays.product
    label = _joined(of_row, row, column, arrays.columns)
    for _ in range(ROUNDS):
        if not _handed_on(label, arrays, row, column):
            break
    known = np.unique(label[label >= 0])
    block = np.where(label >= 0, np.searchsorted(known, label), SHARED)
    first, last = extremes(block[column], row, arrays.rows)
    row_block = np.where((first == last) & (first >= 0), first, SHARED)
    pinned, price = _pinned(arrays, block, row, column)
    shared = row_block == SHARED
    shared[row[pinned[column]]] = False
    return Split(
        block=block.astype(np.int32),
        row_block=row_block.astype(np.int32),
        count=len(known),
        pinned=pinned,
        price=price,
        open_rows=np.flatnonzero(shared),
    )


def _joined(of_row: Numbers, row: Ints, column: Ints, columns: int) -> Numbers:
    """Return the label of each column that stands in labelled rows, products with one in common
    under the least of their labels; ``SHARED`` for all other columns."""
    inside = of_row[row] >= 0
    own = of_row[row[inside]]
    first, last = extremes(own, column[inside], columns)
    met = last >= 0
    under = np.arange(int(of_row.max(initial=-1)) + 1)
    least = first[column[inside]]
    links = np.unique(np.stack([least, own])[:, least != own], axis=1)
    while True:
        low = np.minimum(under[links[0]], under[links[1]])
        before = under.copy()
        np.minimum.at(under, links[0], low)
        np.minimum.at(under, links[1], low)
        under = under[under]
        if (under == before).all():
            break
    label = np.full(columns, SHARED, dtype=np.int64)
    label[met] = under[first[met]]
    return label


def _handed_on(label: Numbers, arrays: Arrays, row: Ints, column: Ints) -> bool:
    """Label columns all of whose labelled neighbours are of one product; whether there were any."""
    known = label[column] >= 0
    first, last = extremes(label[column[known]], row[known], arrays.rows)
    open_ = ~known & (last[row] >= 0)
    least, _ = extremes(first[row[open_]], column[open_], arrays.columns)
    _, most = extremes(last[row[open_]], column[open_], arrays.columns)
    new = (most >= 0) & (least == most)
    label[new] = least[new]
    return bool(new.any())


def _pinned(arrays: Arrays, block: Numbers, row: Ints, column: Ints) -> tuple[Flags, Floats]:
    """Return which shared columns settle the price of their only row, and these prices."""
    cost = arrays.cost * arrays.sense
    degree = np.bincount(column, minlength=arrays.columns)
    alone = (block == SHARED) & (degree == 1) & (cost > 0) & (arrays.lower == 0)
    serves = np.isinf(arrays.row_upper) & (arrays.row_lower == 0)
    limits = np.isinf(arrays.row_lower) & (arrays.row_upper == 0)
    # Anything else in the row only asks to be carried, so the column is what it has to be.
    asks = np.where(serves[row], arrays.value < 0, arrays.value > 0) & (arrays.lower[column] >= 0)
    other = np.zeros(arrays.rows, dtype=bool)
    other[row[np.where(alone[column], asks, ~asks | (block[column] == SHARED))]] = True
    entry = np.flatnonzero(alone[column] & ~other[row] & (serves | limits)[row])
    ratio = np.abs(cost[column[entry]] / arrays.value[entry])
    least = np.full(arrays.rows, np.inf)
    np.minimum.at(least, row[entry], ratio)
    met = np.isfinite(least)
    price = np.zeros(arrays.rows)
    price[met] = np.where(serves[met], -least[met], least[met])
    pinned = np.zeros(arrays.columns, dtype=bool)
    pinned[column[entry]] = True
    return pinned, price
