"""Hands the blocks of a model out to solver processes and gathers what they offer.

This is the only place that knows where blocks are solved; another engine takes its place by
offering the same methods.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Self

import numpy as np

from tierstock.solvers.arrays import Arrays, Floats, Ints
from tierstock.solvers.blocks.split import Split
from tierstock.solvers.improve.matrix import Numbers
from tierstock.solvers.wire import Message
from tierstock.solvers.worker import Worker

WAIT_S = 0.02
"""Seconds between two looks whether the work has to stop."""


@dataclass(frozen=True, eq=False)
class Offers:
    """What all blocks would do at some prices.

    Attributes:
        values: [n] their columns; 0 for shared columns.
        least: [blocks] their least costs at these prices.
    """

    values: Floats
    least: Floats


class Crew:
    """Solver processes that share the blocks. Use it in a ``with`` block.

    Args:
        arrays: the model.
        parts: its blocks.
        size: number of processes.
        memory_mb: most memory of each.
    """

    def __init__(self, arrays: Arrays, parts: Split, size: int, memory_mb: int | None) -> None:
        self._columns_of_all, self._rows_of_all = arrays.columns, arrays.rows
        self._count = parts.count
        self._hands: list[_Hand] = []
        self._stack = ExitStack()
        of_block = _shared_out(arrays, parts, size)
        every = _Rows(arrays, parts)
        try:
            for number in range(int(of_block.max()) + 1):
                blocks = np.flatnonzero(of_block == number)
                worker = self._stack.enter_context(Worker(memory_mb))
                self._hands.append(_hand(worker, arrays, parts, every, blocks))
        except BaseException:
            self._stack.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def solve(self, cost: Floats, seconds: float, go_on: Callable[[], bool]) -> Offers | None:
        """Return what every block does at these costs; None where one could not be solved.

        Args:
            cost: [n] cost of each column at the present prices, to be made small.
            seconds: most time.
            go_on: asked again and again whether to wait any longer.
        """
        for hand in self._hands:
            hand.worker.send("price", {"seconds": seconds}, {"cost": cost[hand.columns]})
        return self._gathered(go_on)

    def share(
        self,
        cost: Floats,
        low: Floats,
        high: Floats,
        penalty: Floats,
        seconds: float,
        go_on: Callable[[], bool],
    ) -> Offers | None:
        """Return what every block does at these costs with its own part of the shared rows.

        Args:
            cost: [n] cost of each column.
            low, high: [open rows, blocks] least and most use of each shared row by each block.
            penalty: [open rows] price of a unit by which a block misses its part.
            seconds: most time.
            go_on: as in ``solve``.
        """
        for hand in self._hands:
            limits = {"low": low[hand.row, hand.of], "high": high[hand.row, hand.of]}
            limits |= {"cost": cost[hand.columns], "penalty": penalty[hand.row]}
            hand.worker.send("share", {"seconds": seconds}, limits)
        return self._gathered(go_on)

    def duals(self, go_on: Callable[[], bool]) -> Floats | None:
        """Return the prices of the rows of all blocks after ``solve``, [m]; 0 for shared rows."""
        dual = np.zeros(self._rows_of_all)
        for hand in self._hands:
            hand.worker.send("duals")
        for hand in self._hands:
            answer = heard(hand.worker, "dual", go_on)
            if answer is None:
                return None
            own = hand.own_row >= 0
            dual[hand.own_row[own]] = answer.arrays["dual"][own]
        return dual

    def _gathered(self, go_on: Callable[[], bool]) -> Offers | None:
        values, least = np.zeros(self._columns_of_all), np.zeros(self._count)
        answers = [heard(hand.worker, "priced", go_on) for hand in self._hands]
        for hand, answer in zip(self._hands, answers, strict=True):
            if answer is None:
                return None
            values[hand.columns] = answer.arrays["values"]
            least[hand.blocks] = answer.arrays["least"]
        return Offers(values, least)


def heard(worker: Worker, kind: str, go_on: Callable[[], bool]) -> Message | None:
    """Wait for a good answer of some kind; None where there is none or waiting has to end."""
    while go_on():
        message = worker.next(WAIT_S)
        if message is None and worker.gone:
            return None
        if message is None or message.kind == "hello":
            continue
        return message if message.kind == kind and message.facts["good"] else None
    return None


def version_of(worker: Worker, go_on: Callable[[], bool]) -> str:
    """Return the version of HiGHS a process greets with; blank where it does not come to that.

    Args:
        worker: a process nothing has been heard of yet.
        go_on: as in ``heard``.
    """
    while go_on() and not worker.gone:
        message = worker.next(WAIT_S)
        if message is not None:
            return str(message.facts["version"]) if message.kind == "hello" else ""
    return ""


@dataclass(frozen=True, eq=False)
class _Hand:
    """One process with the blocks and columns it looks after.

    ``row`` and ``of`` say of which shared row and block each part of a shared row is; ``own_row``
    which row of the model each of its rows is, -1 for parts of shared ones.
    """

    worker: Worker
    blocks: Numbers
    columns: Numbers
    row: Numbers
    of: Numbers
    own_row: Numbers


def _shared_out(arrays: Arrays, parts: Split, size: int) -> Numbers:
    """Return the process of each block; the largest go first to whoever has least to do."""
    entry_block = parts.row_block[arrays.row_of_entry()]
    weight = np.bincount(entry_block[entry_block >= 0], minlength=parts.count)
    load = np.zeros(min(size, parts.count))
    of_block = np.zeros(parts.count, dtype=np.int64)
    for block in np.argsort(-weight, kind="stable"):
        of_block[block] = int(load.argmin())
        load[of_block[block]] += weight[block]
    return of_block


class _Rows:
    """The rows of all blocks, one block behind the other: its own, then its part of shared ones."""

    def __init__(self, arrays: Arrays, parts: Split) -> None:
        row = arrays.row_of_entry().astype(np.int64)
        own = parts.row_block[row] >= 0
        open_ = np.zeros(arrays.rows, dtype=bool)
        open_[parts.open_rows] = True
        block = parts.block[arrays.index].astype(np.int64)
        kept = np.flatnonzero((block >= 0) & (own | open_[row]))
        wide = 2 * arrays.rows
        key = block[kept] * wide + np.where(own[kept], 0, arrays.rows) + row[kept]
        unique, at = np.unique(key, return_inverse=True)
        order = np.argsort(at, kind="stable")
        self.block, rest = unique // wide, unique % wide
        self.shared = rest >= arrays.rows
        self.row = rest % arrays.rows
        self.size = np.bincount(at, minlength=len(unique))
        self.column, self.value = arrays.index[kept][order], arrays.value[kept][order]
        self.low = np.where(self.shared, -np.inf, arrays.row_lower[self.row])
        self.high = np.where(self.shared, np.inf, arrays.row_upper[self.row])


def _hand(worker: Worker, arrays: Arrays, parts: Split, every: _Rows, blocks: Numbers) -> _Hand:
    """Give a process its blocks, one behind the other."""
    columns, first_column = _in_order(parts.block, blocks)
    mine = np.isin(every.block, blocks)
    entry = np.repeat(mine, every.size)
    local = np.full(arrays.columns, -1, dtype=np.int32)
    local[columns] = np.arange(len(columns), dtype=np.int32)
    first_row = np.searchsorted(every.block[mine], blocks)
    shared = every.shared[mine]
    held = {
        "cost": np.zeros(len(columns)),
        "lower": arrays.lower[columns],
        "upper": arrays.upper[columns],
        "starts": np.concatenate([[0], np.cumsum(every.size[mine])]).astype(np.int32),
        "index": local[every.column[entry]],
        "value": every.value[entry],
        "row_lower": every.low[mine],
        "row_upper": every.high[mine],
        "first_column": first_column.astype(np.int32),
        "first_row": np.concatenate([first_row, [int(mine.sum())]]).astype(np.int32),
        "shared": np.flatnonzero(shared).astype(np.int32),
    }
    worker.send("blocks", {}, held)
    row = np.searchsorted(parts.open_rows, every.row[mine][shared])
    own_row = np.where(shared, -1, every.row[mine])
    return _Hand(worker, blocks, columns, row, every.block[mine][shared], own_row)


def _in_order(label: Ints, blocks: Numbers) -> tuple[Numbers, Numbers]:
    """Return the positions with the label of some blocks, by block, and where each begins."""
    mine = np.flatnonzero(np.isin(label, blocks))
    order = mine[np.argsort(label[mine], kind="stable")]
    first = np.searchsorted(label[order], blocks)
    return order, np.concatenate([first, [len(order)]])
