"""The improving process: visits place after place as long as plans get cheaper."""

import time
from typing import Any, Protocol

import numpy as np

from tierstock.solvers.improve.local import LocalPlan
from tierstock.solvers.improve.matrix import Floats, Matrix, Numbers
from tierstock.solvers.improve.places import Places, Site

NEWS_S = 0.3
"""Least time between two plans that are sent."""
ONE_SOLVE_S = 10.0
"""Most time of one linear solve."""
IDLE_ROUNDS = 5
"""Times every place is shaken without any gain before the search ends."""
MOVED = 1e-9
"""Change of a column that counts."""


LOOKS = ((False, False), (True, False), (False, True))
"""How places are looked at, one way after the other: alone or with a hub beside them, whole numbers
moved alone or two at a time."""


class Line(Protocol):
    """What the search needs of the connection to the planning process."""

    stop: Any

    def send(self, kind: str, facts: dict[str, Any], arrays: dict[str, Any] | None = None) -> None:
        """Tell the planning process."""

    def given(self) -> Floats | None:
        """Return a plan found elsewhere, once."""


def seek(arrays: dict[str, Any], facts: dict[str, Any], order: dict[str, Any], line: Line) -> None:
    """Improve a plan until nothing is found any more, time ends or a stop is asked for.

    Args:
        arrays: fields of ``Arrays`` by name; ``place`` [m] says whose stock a row balances, -1
            for other rows; ``start`` is the plan to begin with.
        facts: ``sense`` of the model.
        order: ``seconds``; ``seed`` of the order in which places are visited; ``turn`` and ``of``:
            it looks after part number ``turn`` of ``of`` parts of the places.
        line: hears of every better plan as ``incumbent``, at the end of the last as ``result``.
    """
    until = time.monotonic() + order["seconds"]
    search = Search(Matrix(arrays | {"cost": arrays["cost"] * facts["sense"]}), arrays, order, line)
    for wide, deep in LOOKS:
        search.rounds(wide=wide, deep=deep, until=until)
    search.shake(until)
    search.tell(last=True)


class Search:
    """The plan and which places may be worth another look.

    Args:
        matrix: the model, its cost to be made small.
        arrays: with ``place`` and ``start``.
        order: with ``seed``, ``turn`` and ``of``.
        line: connection to the planning process.
    """

    def __init__(
        self, matrix: Matrix, arrays: dict[str, Any], order: dict[str, Any], line: Line
    ) -> None:
        self.matrix = matrix
        self.places = Places(matrix, arrays["place"].astype(np.int64))
        self.sites: dict[int, Site] = {}
        self.values: Floats = arrays["start"].copy()
        self.own = self.places.parts(order.get("of", 1)) == order.get("turn", 0)
        self.worth_a_look = self.own.copy()
        self.solves = 0
        self._line = line
        self._random = np.random.default_rng(order["seed"])
        self._told, self._news = 0.0, False
        self._before = self.values.copy()

    def rounds(self, *, wide: bool, deep: bool, until: float) -> None:
        """Visit all places, then those beside which something changed, until none is left."""
        self.worth_a_look[:] = self.own
        while self.worth_a_look.any():
            for number in self._order(np.flatnonzero(self.worth_a_look)):
                left = until - time.monotonic()
                if left <= 0 or self._line.stop.is_set():
                    return
                self._listen()
                columns = self._columns(int(number), wide=wide)
                self.worth_a_look[number] = False
                if self.matrix.integer[columns].any():
                    self._visit(columns, deep=deep, seconds=min(left, ONE_SOLVE_S))

    def shake(self, until: float) -> None:
        """Shake one place after the other until time ends or shaking has long brought nothing."""
        idle = 0
        mine = np.flatnonzero(self.own)
        while idle < IDLE_ROUNDS * len(mine):
            left = until - time.monotonic()
            if left <= 0 or self._line.stop.is_set():
                return
            self._listen()
            columns = self._columns(int(self._random.choice(mine)), wide=False)
            idle += 1
            if self.matrix.integer[columns].any() and self._visit(
                columns, deep=False, seconds=min(left, ONE_SOLVE_S), shake=self._random
            ):
                idle = 0

    def _order(self, numbers: Numbers) -> Numbers:
        """Return places by what their whole numbers cost, dearest first; later at random."""
        if self.solves:
            return self._random.permutation(numbers)
        paid = np.where(self.matrix.integer, self.matrix.cost * self.values, 0.0)
        spent = [paid[self._site(int(number)).columns].mean() for number in numbers]
        return numbers[np.argsort(-np.array(spent), kind="stable")]

    def _columns(self, number: int, *, wide: bool) -> Numbers:
        """Return the free columns of a place, with those of a hub beside it where asked."""
        site = self._site(number)
        hubs = [int(one) for one in site.neighbours if self._site(int(one)).hub] if wide else []
        if not hubs or site.hub:
            return site.columns
        return np.union1d(site.columns, self._site(int(self._random.choice(hubs))).columns)

    def _site(self, number: int) -> Site:
        if number not in self.sites:
            self.sites[number] = self.places.site(number)
        return self.sites[number]

    def _visit(
        self,
        columns: Numbers,
        *,
        deep: bool,
        seconds: float,
        shake: np.random.Generator | None = None,
    ) -> bool:
        part = self.matrix.part(columns, self.values)
        found = LocalPlan(self.matrix, part, self.values, seconds).improve(deep=deep, shake=shake)
        self.solves += found.solves
        if not found.gain:
            return False
        moved = columns[np.abs(found.values - self.values[columns]) > MOVED]
        self.values[columns] = found.values
        self._look_at(moved)
        self._news = True
        self.tell()
        return True

    def _look_at(self, moved: Numbers) -> None:
        """Note that places beside columns that changed are worth another look."""
        near = np.concatenate([self.places.first[moved], self.places.last[moved]])
        near = near[(near >= 0) & (near < self.places.count)]
        self.worth_a_look[near] |= self.own[near]

    def _listen(self) -> None:
        """Go on from a plan found elsewhere, with what has not been told laid over it.

        Where that is no plan, the cheaper of both counts.
        """
        other = self._line.given()
        if other is None:
            return
        over = other + (self.values - self._before)
        keeps = self._news and self.matrix.kept(over)
        new = over if keeps else other
        if self._cost(new) >= self._cost(self.values):
            return
        self._look_at(np.flatnonzero(np.abs(new - self.values) > MOVED))
        self.values, self._before, self._news = new.copy(), other, keeps

    def _cost(self, values: Floats) -> float:
        return float(self.matrix.cost @ values)

    def tell(self, *, last: bool = False) -> None:
        """Send the plan, not too often."""
        now = time.monotonic()
        if self._news and (last or now - self._told >= NEWS_S):
            self._line.send("incumbent", {}, {"before": self._before, "values": self.values})
            self._before = self.values.copy()
            self._told, self._news = now, False
        if last:
            self._line.send("result", {"solves": self.solves})
