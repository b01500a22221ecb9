"""From when on a cap on capital can be kept, where today's stock is above it (ruling 39)."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tierstock.model.caps import Cap
from tierstock.model.rows import ArrayConstraint
from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.clock import Clock, Limit, StopKey
from tierstock.solvers.compile import Compiled, compile_model
from tierstock.solvers.drive import WORTH_A_RETRY_S
from tierstock.solvers.options import SolveOptions
from tierstock.solvers.sanity import check
from tierstock.solvers.steady import driver

SHARE = 0.3
"""Most of the time left that may be spent on the question."""
ROOM = 1e-7
"""How far a mean or an end may lie above the least it can be, as a share: rounding of sums."""

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Answer:
    """What a solver found of a program."""

    values: Floats | None
    """[n] a plan, None where none was found."""
    proven: bool
    """The plan is the best; without a plan: there is none."""


Ask = Callable[[Arrays], Answer]
"""Solve a program to the end, or say what is known."""


@dataclass(frozen=True)
class Held:
    """How a cap holds in a solve."""

    cap: Cap
    waiting: int
    """Rows before the first one that is kept; all where no period can keep the cap."""
    least: float | None
    """What a mean or an end may be where the cap cannot be kept."""
    sure: bool
    """False where time ended first: the cap is kept where nothing proves that it cannot be."""


def settle(m: Any, options: SolveOptions | None = None, limit: Limit | None = None) -> None:
    """Set the rows of caps on capital that today's stock breaks.

    Args:
        m: Pyomo model; one without ``caps`` stays as it is.
        options: limits of the solve, of whose time a part may be spent; ``SolveOptions()`` where
            not given.
        limit: that time limit; it counts from here where not given.

    Raises:
        SolveError: the model cannot be used.
    """
    options = options or SolveOptions()
    if getattr(m, "caps", ()):
        hold_caps(m, _asking(options, limit or Limit(options)))


def hold_caps(m: Any, ask: Ask) -> None:
    r"""Let each cap hold from the first period that can comply.

    Where what is there today, and firm orders, are worth more than the cap, it binds from the
    first period :math:`t_0` such that the rules of the model, with all its whole numbers and
    whatever was added to it, let it be kept in :math:`t_0` and all later periods while before

    .. math::

        C_{gt} \le C'_{g,t-1} + new_{gt}, \qquad t < t_0

    with C' what there was a period before at the values of t, and new the value of firm orders
    that leave a place outside in t. A mean or an end value that cannot be kept is as small as it
    can be. Caps are taken one after the other by name, the later ones open.

    Whether a cap can be kept without the rows before :math:`t_0` and without whole numbers is
    asked first, by bisection, as then the sets of plans are nested; the first period left is
    asked in full. If that fails, whole numbers join the bisection, and from the first period left
    each is asked in full. A cap gives way to a proof only: where time ends, it is kept.

    Args:
        m: model with ``caps``; its rows ``budget`` and ``budget_excess`` get their limits, and
            ``m.held`` tells of each cap.
        ask: solver.
    """
    _set(m, [(cap.room, np.full(len(cap.excess), np.inf)) for cap in m.caps])
    search = _Search(m, compile_model(m), ask)
    found = [search.hold(cap) for cap in m.caps]
    m.held = tuple(found)
    _set(m, [_limits(one) for one in found])


def _limits(held: Held) -> tuple[Floats, Floats]:
    """Upper limits of the rows of a cap, and of those before."""
    cap = held.cap
    if not len(cap.excess):
        return cap.room if held.least is None else held.least - cap.known, np.zeros(0)
    before = np.arange(len(cap.rows)) < held.waiting
    return np.where(before, np.inf, cap.room), np.where(before, cap.growth, np.inf)


def _set(m: Any, limits: list[tuple[Floats, Floats]]) -> None:
    rows, excess = m.budget, m.component("budget_excess")
    upper = rows.upper.copy()
    growth = np.full(0 if excess is None else len(excess), np.inf)
    for cap, (most, before) in zip(m.caps, limits, strict=True):
        upper[cap.rows], growth[cap.excess] = most, before
    rows.limit(upper)
    if excess is not None:
        excess.limit(growth)


class _Search:
    """The questions on one model, as arrays; rows that somebody deactivated are left out."""

    def __init__(self, m: Any, compiled: Compiled, ask: Ask) -> None:
        self._arrays, self._ask = compiled.arrays, ask
        self._rows = _numbers(m.budget, compiled)
        excess = m.component("budget_excess")
        self._excess = _numbers(excess, compiled) if excess is not None else self._rows[:0]
        self._upper = compiled.arrays.row_upper.copy()
        for cap in m.caps:
            self._put(self._upper, self._rows[cap.rows], np.inf)

    def hold(self, cap: Cap) -> Held:
        """Find how a cap holds, and keep it for the questions on the next ones."""
        held = self._from(cap) if len(cap.excess) else self._least(cap)
        most, before = _limits(held)
        self._put(self._upper, self._rows[cap.rows], most)
        self._put(self._upper, self._excess[cap.excess], before)
        return held

    def _from(self, cap: Cap) -> Held:
        """The first row from which on the cap can be kept."""
        last = len(cap.rows)
        waiting = self._bisect(cap, 0, whole=False)
        again = self._arrays.whole
        while waiting < last:
            answer = self._ask(self._in_full(cap, waiting))
            if answer.values is not None or not answer.proven:
                return Held(cap, waiting, None, answer.values is not None)
            waiting += 1
            if again:
                waiting, again = self._bisect(cap, waiting, whole=True), False
        return Held(cap, last, None, True)

    def _bisect(self, cap: Cap, low: int, *, whole: bool) -> int:
        """First row, from ``low`` on, where nothing proves that the cap cannot be kept from it.

        The rows before are left out, so that plans of one row are plans of all later ones, too.
        """
        high = len(cap.rows)
        while low < high:
            middle = (low + high) // 2
            program = self._program(self._kept_from(cap, middle))
            answer = self._ask(program if whole else _relaxed(program))
            if answer.values is None and answer.proven:
                low = middle + 1
            else:
                high = max(low, self._earliest(cap, middle, answer.values))
        return low

    def _in_full(self, cap: Cap, waiting: int) -> Arrays:
        """The program in which a cap is kept from a row on and nothing is added before."""
        _, before = _limits(Held(cap, waiting, None, True))
        upper = self._kept_from(cap, waiting)
        return self._program(self._put(upper, self._excess[cap.excess], before))

    def _least(self, cap: Cap) -> Held:
        """The limit of a mean or an end value, or the least it can be."""
        row = self._rows[cap.rows]
        answer = self._ask(self._program(self._put(self._upper.copy(), row, cap.room)))
        if answer.values is not None or not answer.proven or row[0] < 0:
            return Held(cap, 0, None, answer.values is not None)
        part = slice(*self._arrays.starts[[row[0], row[0] + 1]])
        cost = np.zeros(self._arrays.columns)
        cost[self._arrays.index[part]] = self._arrays.value[part]
        answer = self._ask(replace(self._program(self._upper), cost=cost))
        if answer.values is None:
            return Held(cap, 0, None, answer.proven)
        least = float(cost @ answer.values + cap.known[0])
        return Held(cap, 0, least + ROOM * max(1.0, abs(least)), answer.proven)

    def _kept_from(self, cap: Cap, waiting: int) -> Floats:
        """Upper limits of all rows with a cap from a row on and nothing said before it."""
        most = np.where(np.arange(len(cap.rows)) < waiting, np.inf, cap.room)
        return self._put(self._upper.copy(), self._rows[cap.rows], most)

    def _earliest(self, cap: Cap, waiting: int, values: Floats | None) -> int:
        """First row from which on a plan that keeps the cap from a row on keeps it."""
        rows = self._rows[cap.rows]
        if values is None or (rows < 0).any():
            return waiting
        over = self._arrays.activity(values)[rows] > cap.room + ROOM
        return min(waiting, int(np.flatnonzero(over).max(initial=-1)) + 1)

    def _program(self, upper: Floats) -> Arrays:
        """The model without its cost."""
        nothing = np.zeros(self._arrays.columns)
        return replace(self._arrays, row_upper=upper, cost=nothing, offset=0.0, sense=1)

    @staticmethod
    def _put(upper: Floats, row: Ints, limit: Floats | float) -> Floats:
        """Set the limits of rows that are there, in place."""
        there = row >= 0
        upper[row[there]] = np.broadcast_to(limit, row.shape)[there]
        return upper


def _relaxed(arrays: Arrays) -> Arrays:
    return replace(arrays, integer=np.zeros(arrays.columns, dtype=bool))


def _numbers(component: ArrayConstraint, compiled: Compiled) -> Ints:
    """Number of each row of a family in the arrays, -1 where it is not active."""
    kept = np.full(len(component), component.active)
    kept[[at for at, one in component.touched() if not one.active]] = False
    first, _ = compiled.rows.get(component.name, (0, 0))
    return np.where(kept, first + np.cumsum(kept) - 1, -1)


def _asking(options: SolveOptions, limit: Limit) -> Ask:
    """Return a solver with a process of its own and remedies, for its share of the time limit."""
    until = time.monotonic() + limit.share(SHARE)

    def ask(arrays: Arrays) -> Answer:
        check(arrays)
        with StopKey() as stop:
            left = until - time.monotonic()
            if options.deterministic:
                left = limit.share(SHARE)  # of work, for each question
            if stop.presses or left < WORTH_A_RETRY_S:
                return Answer(None, proven=False)
            limits = replace(options, gap=0.0, time_limit_s=left)
            if not arrays.whole:
                limits = limits.in_one_piece()
            found = driver(arrays, limits, Clock(limits, arrays, stop), None).go()
        if found.quality == "none":
            return Answer(None, proven=found.stopped == "infeasible")
        return Answer(found.values, proven=found.quality == "proven")

    return ask
