"""The search of the improving process: visits places as long as plans get cheaper.

Neighbourhoods are places, alone or several that share a neighbour, large ones first in windows of
periods, and what is free in them is moved by linear programs from the last basis (``local``).
Restricted whole-number programs, such as RINS or all places in a window of periods, are left to
HiGHS: solved in 36 s on the yardstick network of 20 products they brought next to nothing, while
this search makes the rounded relaxation 10 % cheaper in 10 s of work with few trucks. Measured
there as well, 60 s of work of one process, with moves in the order of their reduced costs alone:
places looked at alone, then with a hub end at 2.498 million, all kinds by their success at 2.435
million.
"""

import math
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np

from tierstock.solvers.improve.changes import Change, added, changed, packed
from tierstock.solvers.improve.local import FAILS, QUICK_FAILS, LocalPlan
from tierstock.solvers.improve.matrix import Floats, Matrix, Numbers, marked
from tierstock.solvers.improve.places import Places, Site

NEWS_S = 0.3
"""Least time between two messages of changes."""
ONE_VISIT_S = 10.0
"""Most time of all linear solves of one visit."""
IDLE_ROUNDS = 5
"""Times every place is shaken without any gain before the search ends."""
MOVED = 1e-9
"""Change of a column that counts."""
ON_THE_WAY, AT_MOST = 1_000, 1_000_000
"""Changes kept that were told last, and columns in them; a plan from elsewhere may not take them
into account yet."""
MATES = 3
"""Most places that are looked at together with one that draws on the same stock."""
WINDOW = 6_000
"""Columns of a place beyond which the first look goes through windows of periods: the first looks
at all places of 50 products take 18 s instead of 28 s and save as much; later, windows save less
than whole places (measured up to 50 s)."""
MOST_COLUMNS = 20_000
"""Columns beyond which no further place is taken in."""
TRIES, FADES = 10, 0.9
"""Looks of a kind before its success is judged, and what counts of a look when the next is over."""

Kind = Literal["alone", "hub", "mates"]
"""How a place is looked at: alone, with a hub beside it, or with others that draw on the same."""
KINDS: tuple[Kind, ...] = ("alone", "hub", "mates")


class Line(Protocol):
    """What the search needs of the connection to the planning process."""

    stop: Any

    def send(self, kind: str, facts: dict[str, Any], arrays: dict[str, Any] | None = None) -> None:
        """Tell the planning process."""

    def given(self) -> Any:
        """Return the message of a plan found elsewhere, once: ``values``, and with ``heard`` how
        many of the changes told were heard before."""


@dataclass
class Success:
    """What looks of one kind have saved and taken lately; of those long ago little counts."""

    saved: float = 0.0
    seconds: float = 0.0
    looks: int = 0

    def add(self, saved: float, seconds: float) -> None:
        """Count one look."""
        self.looks += 1
        self.saved = FADES * self.saved + saved
        self.seconds = FADES * self.seconds + seconds

    def rate(self, tries: int = TRIES) -> float:
        """Return the money saved a second, infinite before so many looks."""
        return math.inf if self.looks < tries else self.saved / max(self.seconds, 1e-9)


class Search:
    """The plan and which places may be worth another look.

    Args:
        matrix: the model, its cost to be made small.
        arrays: with ``place``, ``period`` and ``start``.
        order: with ``seed``, ``turn`` and ``of``.
        line: connection to the planning process.
    """

    def __init__(
        self, matrix: Matrix, arrays: dict[str, Any], order: dict[str, Any], line: Line
    ) -> None:
        self.matrix = matrix
        where = arrays["place"].astype(np.int64), arrays["period"].astype(np.int64)
        self.places = Places(matrix, *where)
        self.sites: dict[int, Site] = {}
        self.values: Floats = arrays["start"].copy()
        self.own = self.places.parts(order.get("of", 1)) == order.get("turn", 0)
        self.worth_a_look = {kind: self.own.copy() for kind in KINDS}
        self._success = {kind: Success() for kind in KINDS}
        self.solves = 0
        self._line = line
        self._random = np.random.default_rng(order["seed"])
        self._told_at, self._number = 0.0, 0
        self._untold: list[Change] = []
        self._told: deque[tuple[int, Change]] = deque(maxlen=ON_THE_WAY)
        """What was told last, with its number."""

    def go(self, until: float) -> None:
        """Look at places until nothing is found any more or time ends."""
        self.rounds(until)
        self.rounds(until, deep=True)
        self.shake(until)

    def first(self, until: float) -> None:
        """Look at every place once, quickly, those first whose whole numbers cost most."""
        for number in self._dearest(np.flatnonzero(self.own)).tolist():
            if not self._look("alone", number, until, quick=True):
                return
        self.tell(at_once=True)
        self._line.send("looked", {})

    def rounds(self, until: float, *, deep: bool = False) -> None:
        """Look at places beside which something changed until none is left.

        The kind of look that has saved most a second is taken next. Two moves at a time, which
        come when there is nothing else, are tried alone.
        """
        kinds = KINDS[:1] if deep else KINDS
        self._all_again(kinds)
        while (kind := self._best_kind(kinds)) is not None:
            if not self._look_at_one(kind, until, deep=deep):
                return

    def _all_again(self, kinds: Sequence[Kind] = KINDS) -> None:
        """Note that all places are worth a look."""
        for kind in kinds:
            self.worth_a_look[kind][:] = self.own

    def _best_kind(self, kinds: Sequence[Kind] = KINDS) -> Kind | None:
        """Return the kind of look that has saved most a second, None where none is left."""
        left = [kind for kind in kinds if self.worth_a_look[kind].any()]
        return max(left, key=lambda one: self._success[one].rate(), default=None)

    def _look_at_one(self, kind: Kind, until: float, *, deep: bool = False) -> bool:
        """Look at a place drawn among those worth it; whether there was time for it."""
        number = int(self._random.choice(np.flatnonzero(self.worth_a_look[kind])))
        return self._look(kind, number, until, deep=deep)

    def _look(
        self, kind: Kind, number: int, until: float, *, deep: bool = False, quick: bool = False
    ) -> bool:
        """Look at a place in one way; whether there was time for it."""
        if self._over(until):
            return False
        self.tell()
        self.listen()
        columns = self._columns(number, kind)
        self.worth_a_look[kind][number] = False
        if columns is None or not self.matrix.integer[columns].any():
            return True
        before, began = self._cost(self.values), time.process_time()
        for free in self.places.windows(columns, WINDOW) if quick else [columns]:
            if self._over(until):
                break
            self._visit(free, until, deep=deep, fails=QUICK_FAILS if quick else FAILS)
        self._success[kind].add(before - self._cost(self.values), time.process_time() - began)
        return True

    def shake(self, until: float) -> None:
        """Shake one place after the other until time ends or shaking has long brought nothing."""
        idle = 0
        mine = np.flatnonzero(self.own)
        while idle < IDLE_ROUNDS * len(mine) and not self._over(until):
            self.tell()
            self.listen()
            columns = self._site(int(self._random.choice(mine))).columns
            idle += 1
            if self._visit(columns, until, shake=self._random):
                idle = 0

    def _over(self, until: float) -> bool:
        return time.monotonic() >= until or bool(self._line.stop.is_set())

    def _dearest(self, numbers: Numbers) -> Numbers:
        """Return places by what their whole numbers cost, dearest first."""
        paid = np.where(self.matrix.integer, self.matrix.cost * self.values, 0.0)
        spent = [paid[self._site(int(number)).columns].mean() for number in numbers]
        return numbers[np.argsort(-np.array(spent), kind="stable")]

    def _columns(self, number: int, kind: Kind) -> Numbers | None:
        """Return the columns that are free in a look at a place; None where it is as one alone."""
        site = self._site(number)
        if kind == "alone":
            return site.columns
        beside = [] if site.hub else self._hub(site) if kind == "hub" else self._mates(site)
        columns = site.columns
        for other in beside:
            both = marked(np.append(columns, self._site(other).columns), len(self.values))
            if kind == "mates" and columns is not site.columns and len(both) > MOST_COLUMNS:
                break
            columns = both
        return columns if beside else None

    def _hub(self, site: Site) -> list[int]:
        """Return a hub beside a place, where there is one."""
        hubs = [int(one) for one in site.neighbours if self._site(int(one)).hub]
        return [int(self._random.choice(hubs))] if hubs else []

    def _mates(self, site: Site) -> list[int]:
        """Return some places that draw on a neighbour of a place, too.

        What is scarce there, stock or room to send it, goes from one to the other: a trip to one
        of them can wait where another one's comes sooner.
        """
        if not len(site.neighbours):
            return []
        neighbour = self._site(int(self._random.choice(site.neighbours)))
        mates = [int(one) for one in neighbour.neighbours if one != site.number and self.own[one]]
        small = [one for one in mates if not self._site(one).hub]
        return [int(one) for one in self._random.permutation(small)[:MATES]]

    def _site(self, number: int) -> Site:
        if number not in self.sites:
            self.sites[number] = self.places.site(number)
        return self.sites[number]

    def _visit(
        self,
        columns: Numbers,
        until: float,
        *,
        deep: bool = False,
        fails: int = FAILS,
        shake: np.random.Generator | None = None,
    ) -> bool:
        """Make the plan of some columns cheaper; whether it was."""
        if not self.matrix.integer[columns].any():
            return False
        part = self.matrix.part(columns, self.values)
        seconds = max(0.0, min(until - time.monotonic(), ONE_VISIT_S))
        plan = LocalPlan(self.matrix, part, self.values, seconds)
        found = plan.improve(deep=deep, fails=fails, shake=shake)
        self.solves += found.solves
        if not found.gain:
            return False
        if not self.keep(changed(columns, self.values[columns], found.values)):
            return False
        self.tell()
        return True

    def keep(self, change: Change) -> bool:
        """Make a change of the plan, to be told, as others can make it, too; whether it can be."""
        made = added(self.matrix, self.values, change)
        if made is None:
            return False
        self._look_at(made.columns[np.abs(made.by) > MOVED])
        self._untold.append(made)
        return True

    def _look_at(self, moved: Numbers) -> None:
        """Note that places beside columns that changed are worth another look."""
        near = np.concatenate([self.places.first[moved], self.places.last[moved]])
        near = near[(near >= 0) & (near < self.places.count)]
        for flags in self.worth_a_look.values():
            flags[near] |= self.own[near]

    def listen(self) -> bool:
        """Go on from a plan found elsewhere, with each change that was not heard there before added
        to it, where that can be done; whether there was one."""
        message = self._line.given()
        if message is None:
            return False
        new = message.arrays["values"].copy()
        for number, change in self._told:
            if number > message.facts["heard"]:
                added(self.matrix, new, change)
        again = [added(self.matrix, new, change) for change in self._untold]
        self._untold = [made for made in again if made is not None]
        self._look_at(np.flatnonzero(np.abs(new - self.values) > MOVED))
        self.values = new
        return True

    def _cost(self, values: Floats) -> float:
        return float(self.matrix.cost @ values)

    def tell(self, *, at_once: bool = False) -> None:
        """Send what was changed, not too often."""
        now = time.monotonic()
        if self._untold and (at_once or now - self._told_at >= NEWS_S):
            for change in self._untold:
                self._number += 1
                self._told.append((self._number, change))
            while sum(len(change.columns) for _, change in self._told) > AT_MOST:
                self._told.popleft()
            self._line.send("changes", {"number": self._number}, packed(self._untold))
            self._told_at, self._untold = now, []
