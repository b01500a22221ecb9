"""What blocks have offered so far, and mixes of it."""

import numpy as np

from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.blocks.split import SHARED, Split
from tierstock.solvers.improve.matrix import Numbers

SAME = 1e-11
"""Relative difference of two offers of a block that are the same one."""


class Pool:
    """Offers of all blocks, each held once.

    Args:
        arrays: the model.
        parts: its blocks.
        base: [n] cost of each column without the prices that are looked for.
    """

    def __init__(self, arrays: Arrays, parts: Split, base: Floats) -> None:
        self._parts = parts
        self._base = np.where(parts.block >= 0, base, 0.0)
        self._own: Numbers = np.maximum(parts.block, 0).astype(np.int64)
        entry, row = parts.open_entries(arrays)
        inside = parts.block[arrays.index[entry]] != SHARED
        entry, self._row = entry[inside], row[inside]
        self._column, self._value = arrays.index[entry], arrays.value[entry]
        self._mark = np.random.default_rng(0).uniform(1.0, 2.0, arrays.columns)
        self._marks = np.zeros((0, parts.count))
        self._values: list[tuple[Numbers, Floats]] = []
        self._block, self._round = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        self._fresh: list[dict[str, Floats | Numbers]] = []
        shape = len(parts.open_rows), parts.count
        self.least_use, self.most_use = np.full(shape, np.inf), np.full(shape, -np.inf)

    def add(self, values: Floats) -> None:
        """Keep what the blocks do in these values, [n], as far as it is new."""
        count = self._parts.count
        mark = np.bincount(self._own, self._mark * values, minlength=count)
        close = np.abs(self._marks - mark) <= SAME * np.maximum(1.0, np.abs(mark))
        new = np.flatnonzero(~close.any(axis=0))
        self._marks = np.vstack([self._marks, mark])
        held = np.flatnonzero((values != 0) & (self._parts.block >= 0))
        self._values.append((held, values[held]))
        self._block = np.concatenate([self._block, new])
        self._round = np.concatenate([self._round, np.full(len(new), len(self._values) - 1)])
        cost = np.bincount(self._own, self._base * values, minlength=count)
        term = self._value * values[self._column]
        self._see(term)
        live = np.flatnonzero((term != 0) & np.isin(self._own[self._column], new))
        rows = len(self._parts.open_rows)
        key, at = np.unique(
            self._own[self._column[live]] * rows + self._row[live], return_inverse=True
        )
        use = np.bincount(at, term[live], minlength=len(key))
        self._fresh.append({"cost": cost[new], "block": new, "key": key, "use": use})

    def see(self, values: Floats) -> None:
        """Note how much of the open rows the blocks can use, without keeping an offer."""
        self._see(self._value * values[self._column])

    def _see(self, term: Floats) -> None:
        count = self._parts.count
        every = np.bincount(
            self._row * count + self._own[self._column], term, minlength=self.least_use.size
        ).reshape(self.least_use.shape)
        np.minimum(self.least_use, every, out=self.least_use)
        np.maximum(self.most_use, every, out=self.most_use)

    def fresh(self) -> dict[str, np.ndarray]:
        """Return the offers since the last call by column, each once, as ``Master`` takes them."""
        count, rows = self._parts.count, len(self._parts.open_rows)
        cost, size, index, value = [], [], [], []
        for one in self._fresh:
            block, row = one["key"] // rows, one["key"] % rows
            order = np.argsort(np.concatenate([one["block"], block]), kind="stable")
            uses = np.bincount(np.searchsorted(one["block"], block), minlength=len(one["block"]))
            index.append(np.concatenate([one["block"], count + row])[order])
            value.append(np.concatenate([np.ones(len(one["block"])), one["use"]])[order])
            size.append(1 + uses)
            cost.append(one["cost"])
        self._fresh = []
        none = np.zeros(0)
        return {
            "cost": np.concatenate([none, *cost]),
            "starts": np.concatenate([[0], np.cumsum(np.concatenate([none, *size]))]).astype(
                np.int32
            ),
            "index": np.concatenate([none, *index]).astype(np.int32),
            "value": np.concatenate([none, *value]),
        }

    def mixed(self, weight: Floats) -> Floats:
        """Return the values of a mix, [n]; 0 for shared columns.

        Args:
            weight: [offers] share of each offer, in the order in which they were held.
        """
        share = np.zeros((len(self._values), self._parts.count))
        share[self._round, self._block] = weight
        found = np.zeros(len(self._own))
        for number, (column, value) in enumerate(self._values):
            if share[number].any():
                found[column] += share[number, self._own[column]] * value
        return found
