"""The improving process: what it is asked for, and how it goes on in models it can solve whole."""

import math
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from tierstock.solvers.improve.afresh import Afresh
from tierstock.solvers.improve.changes import changed
from tierstock.solvers.improve.local import BETTER
from tierstock.solvers.improve.matrix import Matrix
from tierstock.solvers.improve.search import Kind, Line, Search, Success

EVERYWHERE_S = 1.0
"""Seconds in which all places are looked at together, as often as that helps. Measured, small
models with 0.2 to 0.4 s a look: of 126,600 with shelf life it makes 117,100, of 504,500 with hubs
to open 500,000."""
SHARES = (1.0, 0.2, 0.1, 0.05)
"""Shares of the whole numbers of a plan that are made anew."""
TRIED = 3
"""Plans made anew with a share of the whole numbers before its success is judged."""
CURIOUS = 0.25
"""Share of the time in which plans are made anew whatever that saves, and how often it is another
share of them than the one that has saved most."""
FRUITLESS = 20
"""Plans made anew in a row, none cheaper than the best one, after which the search ends where no
place is worth a look."""
LITTLE = 5e-4
"""Share of the cost; where looks at places save less in the time one plan takes, others are made
before it is known what that saves."""


def seek(arrays: dict[str, Any], facts: dict[str, Any], order: dict[str, Any], line: Line) -> None:
    """Improve a plan until nothing is found any more, time ends or a stop is asked for.

    Args:
        arrays: fields of ``Arrays`` by name; ``place`` [m] says whose stock a row balances, -1
            for other rows; ``period`` [m] in which period; ``start`` is the plan to begin with.
        facts: ``sense`` of the model.
        order: ``seconds``; ``seed`` of the order in which places are visited; ``turn`` and ``of``:
            it looks after part number ``turn`` of ``of`` parts of the places; ``first``: whether to
            begin with a quick look at each; ``anew``: whether to make plans anew, too.
        line: hears of ``changes`` that make the plan cheaper, when every place was ``looked`` at
            once in that way, and of ``result`` at the end.
    """
    until = time.monotonic() + order["seconds"]
    matrix = Matrix(arrays | {"cost": arrays["cost"] * facts["sense"]})
    search = (Wide if order["anew"] else Search)(matrix, arrays, order, line)
    if order["first"]:
        search.first(until)
    search.go(until)
    search.tell(at_once=True)
    line.send("result", {"solves": search.solves})


class Wide(Search):
    """A search that also makes plans anew, in whole or in part.

    Args:
        matrix, arrays, order, line: as of ``Search``.
    """

    def __init__(
        self, matrix: Matrix, arrays: dict[str, Any], order: dict[str, Any], line: Line
    ) -> None:
        super().__init__(matrix, arrays, order, line)
        self._every = np.arange(len(self.values))
        self._fresh: Afresh | None = None
        with suppress(MemoryError):  # then only places are looked at
            self._fresh = Afresh(matrix, self._random)
        self._made = {share: Success() for share in SHARES}
        self._began = self._spent = self._longest = 0.0
        """When it began, and seconds spent on making plans anew, on all and on one at most, each
        of the processor."""
        self._fruitless = 0
        """Plans made anew since the plan became another one."""
        self._looked = True
        """Whether a place was looked at since a plan was made anew."""

    def go(self, until: float) -> None:
        """Look at places and make plans anew, what has saved most a second first.

        Where no place is left, all are looked at together and with two moves at a time, and shaken,
        once; then plans are made anew until many in a row were of no use.
        """
        self._began = time.process_time()
        self._all_again()
        rest: list[Callable[[], None]] = [
            lambda: self.everywhere(until),
            lambda: self.rounds(until, deep=True),
            lambda: self.shake(until),
        ]
        while not self._over(until):
            self.tell()
            self.listen()
            kind = self._best_kind()
            if kind is None and not rest and self._fruitless >= FRUITLESS:
                return
            if self._fresh and self._fresh.possible and self._worth_making(kind, rest):
                self._make(self._fresh)
            elif kind is not None:
                self._looked = True
                self._look_at_one(kind, until)
            elif rest:
                rest.pop(0)()
            else:
                return

    def everywhere(self, until: float) -> None:
        """Look at all places together, again where that made the plan cheaper."""
        until = min(until, time.monotonic() + EVERYWHERE_S)
        while not self._over(until) and self._visit(self._every, until):
            self.listen()

    def listen(self) -> bool:
        """Go on from a plan found elsewhere, as ``Search`` does, where it is cheaper than its own:
        what it made anew is no change of that plan."""
        own = self.values
        if not super().listen():
            return False
        if self._saves(self._cost(self.values) - self._cost(own)):
            self.keep(changed(self._every, self.values, own))
        self._fruitless = 0
        return True

    def _worth_making(self, kind: Kind | None, rest: Sequence[object]) -> bool:
        """Return whether to make a plan anew next, rather than look at a place in the best way."""
        if kind is None:
            return not rest
        spent = time.process_time() - self._began
        if self._spent + self._longest <= CURIOUS * spent:
            return True
        if not self._looked:
            return False
        making = max(one.rate(TRIED) for one in self._made.values())
        if math.isinf(making) and self._longest:
            making = LITTLE * abs(self._cost(self.values)) / self._longest
        return making > self._success[kind].rate()

    def _make(self, fresh: Afresh) -> None:
        """Make a share of the whole numbers anew, all of them first, and keep the plan where it is
        cheaper."""
        self.tell(at_once=True)  # it may take long
        share = max(SHARES, key=lambda one: self._made[one].rate(TRIED))
        if self._longest and self._random.random() < CURIOUS:
            share = float(self._random.choice(SHARES))
        before, began = self._cost(self.values), time.process_time()
        new = fresh.whole() if share == 1.0 else fresh.partly(self.values, share)
        self._fruitless += 1
        if new is not None and self._saves(before - self._cost(new)):
            if self.keep(changed(self._every, self.values, new)):
                self._fruitless = 0
                self.tell(at_once=True)
        seconds = time.process_time() - began
        self._spent += seconds
        self._longest = max(seconds, self._longest)
        self._looked = False
        self._made[share].add(before - self._cost(self.values), seconds)

    def _saves(self, money: float) -> bool:
        """Return whether that is more than what rounding makes of equal plans."""
        return money > BETTER * abs(self._cost(self.values))
