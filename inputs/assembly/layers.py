"""Rows over cells, the least specific first: how one value per cell and period is found.

Ruling 10: a blank inherits from the next less specific row; two rows of equal specificity with
different values for one cell and period are an error.
"""

from dataclasses import dataclass

import numpy as np

from tierstock.inputs.network import Flags, Floats, Ints


@dataclass(frozen=True)
class Layers:
    """Which row of a sheet speaks for which cell, ready to be asked for one column at a time."""

    key: Ints
    """[E] cell of each entry."""
    row: Ints
    """[E] row of the sheet."""
    rank: Ints
    """[E] how specific the row is for this cell."""
    when: Flags
    """[R, T] periods in which each row of the sheet is valid."""
    keys: int
    """Number of cells K."""
    parts: tuple[Ints, ...]
    """Entries by rising rank; inside one part every cell occurs at most once."""

    def valid(self) -> Flags:
        """[K, T] whether any row speaks for the cell in the period."""
        found = np.zeros((self.keys, self.when.shape[1]), dtype=bool)
        for part in self.parts:
            found[self.key[part]] |= self.when[self.row[part]]
        return found

    def value(self, column: Floats, default: float) -> tuple[Floats, list[tuple[int, int]]]:
        """Value of every cell, [K, T], and the pairs of rows that contradict each other.

        Args:
            column: [R] values of one column, not a number where blank.
            default: value where no row states one.
        """
        shape = (self.keys, self.when.shape[1])
        found = np.full(shape, default, dtype=np.float64)
        owner = np.full(shape, -1, dtype=np.int64) if len(self.parts) > 1 else None
        rank_of_row = None if owner is None else np.full(shape, -1, dtype=np.int64)
        clashes: set[tuple[int, int]] = set()
        for part in self.parts:
            part = part[~np.isnan(column[self.row[part]])]
            key, row = self.key[part], self.row[part]
            mask, new = self.when[row], column[row][:, None]
            if owner is not None and rank_of_row is not None:
                old = owner[key]
                same = mask & (rank_of_row[key] == self.rank[part][:, None])
                at, period = np.nonzero(same & (found[key] != new))
                clashes.update(zip(old[at, period].tolist(), row[at].tolist(), strict=True))
                owner[key] = np.where(mask, row[:, None], old)
                rank_of_row[key] = np.where(mask, self.rank[part][:, None], rank_of_row[key])
            found[key] = np.where(mask, new, found[key])
        return found, sorted({(min(pair), max(pair)) for pair in clashes})


def layers(key: Ints, row: Ints, rank: Ints, when: Flags, keys: int) -> Layers:
    """Sort entries into layers.

    Args:
        key: [E] cell, 0 to ``keys`` - 1.
        row: [E] row of the sheet.
        rank: [E] specificity, larger is more specific.
        when: [R, T] periods in which each row is valid.
        keys: number of cells.
    """
    order = np.lexsort((row, key, rank))
    key, row, rank = key[order], row[order], rank[order]
    same = np.zeros(len(key), dtype=bool)
    same[1:] = (key[1:] == key[:-1]) & (rank[1:] == rank[:-1])
    position = np.arange(len(key))
    turn = position - np.maximum.accumulate(np.where(same, 0, position))
    parts = [
        np.flatnonzero((rank == r) & (turn == n))
        for r in np.unique(rank)
        for n in range(int(turn[rank == r].max()) + 1)
    ]
    return Layers(key, row, rank, when, keys, tuple(parts))
