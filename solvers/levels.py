"""Lexicographic levels: one solve after the other, each keeping what the earlier ones reached."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tierstock.model.levels import MONEY, Aim
from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.clock import Clock, StopKey
from tierstock.solvers.drive import WORTH_A_RETRY_S
from tierstock.solvers.journal import Journal
from tierstock.solvers.options import SolveOptions
from tierstock.solvers.progress import Listener, Progress
from tierstock.solvers.solution import LevelResult, Solution
from tierstock.solvers.status import gap_of
from tierstock.solvers.steady import driver

FINE = 1e-4
"""Largest gap of a level that counts service or fairness: these are cheap to prove."""
LAST_SHARE = 0.1
"""Share of the time kept for the cost of the last plan."""
ROOM, TIGHT = 1e-6, 1e-9
"""How far a kept level may fall by the rounding of sums, as a share: in a search, where the solver
keeps its rules no closer and a row without room makes it call plans optimal that are not; and in
the last linear solve, which takes that room back."""


@dataclass(frozen=True)
class Kept:
    """What an earlier level may not give up: coefficients x + constant <= most."""

    coefficients: Floats
    most: float
    constant: float
    money: bool

    def at(self, values: Floats) -> "Kept":
        """Return the level kept at its value in a plan."""
        reached = float(self.coefficients @ values) + self.constant
        return replace(self, most=min(self.most, reached))

    def row(self, room: float) -> tuple[Floats, float]:
        """Return coefficients and limit of the row, scaled to numbers near 1."""
        size = np.abs(self.coefficients[self.coefficients != 0.0])
        scale = math.sqrt(size.min() * size.max()) if len(size) else 1.0
        limit = self.most + room * max(1.0, abs(self.most)) - self.constant
        return self.coefficients / scale, limit / scale


def solve_levels(
    arrays: Arrays,
    aims: Sequence[Aim],
    tolerance: float,
    options: SolveOptions,
    on_progress: Listener | None = None,
    start: Floats | None = None,
    journal: Journal | None = None,
    began: float | None = None,
) -> Solution:
    """Optimise one level after the other, then the cost of what the levels leave open.

    Every level starts with the plan of the one before and keeps each earlier level within the
    tolerance of its best value: of the proven bound where the level was proven, otherwise of the
    plan itself, so that the levels together give up no more than the tolerance. A level that
    nobody named is given none of it: it keeps the earlier ones at their values in the plan. At the
    end the cost of what is left open comes down, with the levels behind cost at their values.

    The levels share the time: each may take an equal part of what is left, and leaves the rest to
    those behind it.

    Args:
        arrays: the model, with its cost as objective.
        aims: the levels, the first one first.
        tolerance: share of a level that later ones may give up.
        options: limits for all levels together.
        on_progress: hears of progress.
        start: a plan the first level begins with.
        journal: keeps the best plan of each level; an earlier level's is no worse a beginning.
        began: moment from which the limits count, on the monotonic clock; None = now.

    Returns:
        The last plan. ``objective`` is its cost, ``bound`` the least cost with the earlier levels
        kept, ``gap`` their distance; ``levels`` tell of each. It is proven where each level was
        solved within the gap asked for.
    """
    with StopKey() as stop:
        levels = _Levels(arrays, aims, tolerance, options, on_progress, stop, journal, began)
        return levels.go(start)


class _Levels:
    def __init__(
        self,
        arrays: Arrays,
        aims: Sequence[Aim],
        tolerance: float,
        options: SolveOptions,
        listener: Listener | None,
        stop: StopKey,
        journal: Journal | None,
        began: float | None,
    ) -> None:
        self.arrays, self.aims, self.tolerance = arrays, tuple(aims), tolerance
        self.options, self.stop = options, stop
        self._listener = listener
        self._journal = journal
        self.began = time.monotonic() if began is None else began
        self.kept: list[Kept] = []
        self._before: list[Kept] | None = None
        """What was kept when the money was optimised."""
        self.solved: list[Solution] = []
        self.values: Floats | None = None
        self.priced: Floats | None = None
        """The last plan whose cost was optimised, too."""

    def go(self, start: Floats | None = None) -> Solution:
        """Solve all levels as far as time and the stop key allow."""
        for number, aim in enumerate(self.aims):
            if self._over():
                break
            parts, at = len(self.aims) - number, time.monotonic()
            seconds, gap = self._left() / parts, self._gap(aim)
            kept = self._bound(aim)
            start = start if self.values is None else self.values
            solution = self._solve(self._level(aim, kept), aim.name, seconds, gap, start)
            if kept and gap <= ROOM and number + 1 < len(self.aims):
                used = 0.0 if self.options.deterministic else time.monotonic() - at
                solution = self._without_room(aim, kept, seconds - used, gap, solution)
            self.solved.append(solution)
            if solution.quality == "none":
                break
            self.values = solution.values
            self.kept.append(self._keep(aim, solution))
            if aim.name in MONEY:
                self.priced, self._before = solution.values, kept
        if self.values is not None:
            self._price()
            self._prove()
        return self._close()

    def _left(self) -> float:
        """Seconds left for levels; a part is kept for the cost of the last plan."""
        whole = self.options.time_limit_s
        kept = 0.0 if self.aims[-1].name in MONEY else LAST_SHARE * whole
        if self.options.deterministic:  # equal parts, however long the ones before took
            return (whole - kept) * (1 - len(self.solved) / len(self.aims))
        return self.began + whole - kept - time.monotonic()

    def _over(self) -> bool:
        return bool(self.solved) and (self.stop.presses > 0 or self._left() < WORTH_A_RETRY_S)

    def _gap(self, aim: Aim) -> float:
        fine = aim.name.startswith("service") or aim.name == "fairness"
        return min(self.options.gap, FINE) if fine else self.options.gap

    def _bound(self, aim: Aim) -> list[Kept]:
        """What the earlier levels keep while a level is optimised."""
        if aim.named or self.values is None:
            return list(self.kept)
        return [one.at(self.values) for one in self.kept]

    def _level(self, aim: Aim, kept: Sequence[Kept], room: float = ROOM) -> Arrays:
        cost = np.zeros(self.arrays.columns)
        cost[: len(aim.coefficients)] = aim.coefficients
        arrays = self._keeping(kept, room)
        return replace(arrays, cost=cost, offset=aim.constant, sense=aim.sense)

    def _keeping(self, kept: Sequence[Kept], room: float) -> Arrays:
        """Return the model with a row for every level that is kept."""
        arrays, made = self.arrays, [one.row(room) for one in kept]
        rows = [np.flatnonzero(coefficients) for coefficients, _ in made]
        ends = len(arrays.value) + np.cumsum([0, *(len(row) for row in rows)])
        names, count = arrays.row_name, arrays.rows

        def name(row: int) -> str:
            return names(row) if row < count else f"level {row - count + 1}"

        none = np.zeros(0)
        values = [one[0][row] for one, row in zip(made, rows, strict=True)]
        return replace(
            arrays,
            starts=np.concatenate([arrays.starts, ends[1:]]).astype(np.int32),
            index=np.concatenate([arrays.index, *rows]).astype(np.int32),
            value=np.concatenate([arrays.value, none, *values]),
            row_lower=np.concatenate([arrays.row_lower, np.full(len(made), -math.inf)]),
            row_upper=np.concatenate([arrays.row_upper, [limit for _, limit in made]]),
            row_name=name,
        )

    def _keep(self, aim: Aim, solution: Solution) -> Kept:
        """Return what a level may not give up."""
        best = aim.sense * solution.objective
        if solution.quality == "proven":
            bound = aim.sense * solution.bound
            best = max(best, bound + self.tolerance * abs(bound))
        cost = np.zeros(self.arrays.columns)
        cost[: len(aim.coefficients)] = aim.sense * aim.coefficients
        return Kept(cost, best, aim.sense * aim.constant, aim.name in MONEY)

    def _solve(
        self,
        arrays: Arrays,
        level: str,
        seconds: float,
        gap: float,
        start: Floats | None = None,
        tolerance: float | None = None,
        *,
        alone: bool = False,
    ) -> Solution:
        """Solve one program; ``alone``: by HiGHS alone, a linear program to its end."""
        before = time.monotonic() - self.began
        options = replace(self.options, time_limit_s=max(seconds, WORTH_A_RETRY_S), gap=gap)
        if tolerance is not None:
            options = replace(options, tolerance=min(tolerance, options.tolerance or tolerance))
        if alone:
            options = options.in_one_piece()

        def tell(progress: Progress) -> None:
            if self._listener is not None:
                elapsed, limit = before + progress.elapsed, self.options.time_limit_s
                self._listener(replace(progress, level=level, elapsed=elapsed, limit=limit))

        clock = Clock(options, arrays, self.stop)
        drive = driver(arrays, options, clock, tell, start)
        drive.remember(self._journal)
        return drive.go()

    def _price(self) -> None:
        """Bring down the cost of the last plan: its whole numbers stay, and all levels.

        Those before the money keep what they kept when it was optimised, those behind it, or all
        where it was not, their values, less what the room of a search let them take.
        """
        assert self.values is not None
        before = self._before or []
        for number in range(len(before), len(self.kept)):
            if not self.kept[number].money:
                self._take_back(number)
        behind = [one.at(self.values) for one in self.kept[len(before) :] if not one.money]
        solution = self._linear([*before, *behind], MONEY[0])
        if solution is not None:
            self.values = solution.values
        elif self.priced is not None:
            self.values = self.priced  # a plan whose cost nobody looked at may waste money

    def _take_back(self, number: int) -> None:
        """Optimise a level again with the earlier ones kept without room."""
        aim = self.aims[number]
        solution = self._linear(self._bound(aim)[:number], aim.name, aim)
        if solution is not None:
            self.values = solution.values

    def _linear(self, kept: Sequence[Kept], level: str, aim: Aim | None = None) -> Solution | None:
        """Solve with the whole numbers of the last plan; None where time ended or none is left."""
        assert self.values is not None
        seconds = self._seconds_left()
        program = self._keeping(kept, TIGHT) if aim is None else self._level(aim, kept, TIGHT)
        program, gap = program.fixed(self.values), self.options.gap
        solution = self._solve(program, level, seconds, gap, alone=True)
        good = solution.quality != "none" and solution.stopped in ("optimal", "gap")
        return solution if good else None

    def _without_room(
        self, aim: Aim, kept: Sequence[Kept], seconds: float, gap: float, solution: Solution
    ) -> Solution:
        """Search a level again without room where so small a gap is asked for that it counts, in
        what is left of its part of the time.

        With room the level may seem better than any plan that keeps the earlier ones makes it, and
        later ones would have to keep what cannot be had.
        """
        if solution.quality != "proven" or self.stop.presses or seconds < WORTH_A_RETRY_S:
            return solution
        level = self._level(aim, kept, TIGHT)
        near = self._solve(level.fixed(solution.values), aim.name, seconds, gap, alone=True)
        start = None if near.quality == "none" else near.values
        found = self._solve(level, aim.name, seconds, gap, start, TIGHT)
        worse = aim.sense * (found.bound - solution.bound) >= 0
        return found if found.quality == "proven" and worse else solution

    def _seconds_left(self) -> float:
        """Seconds to the end of the time limit; all of them where it does not count the clock."""
        if self.options.deterministic:
            return self.options.time_limit_s
        return self.options.time_limit_s + self.began - time.monotonic()

    def _prove(self) -> None:
        """Search the money again without room where only that room keeps the plan from its proof.

        With room the money may go lower than any plan that keeps the levels, by as much as the
        room is worth. The search begins with the plan, so it has little to look for.
        """
        last, aim = self.solved[-1], self.aims[-1]
        proven = len(self.solved) == len(self.aims) and last.quality == "proven"
        if not proven or aim.name not in MONEY or not self._before:
            return
        assert self.values is not None
        objective = self.arrays.objective(self.values)
        seconds = self._seconds_left()
        if gap_of(objective, aim.sense * last.bound) <= self.options.gap or self.stop.presses:
            return
        if seconds < WORTH_A_RETRY_S:
            return
        level = self._level(aim, self._before, TIGHT)
        found = self._solve(level, aim.name, seconds, self.options.gap, self.values, TIGHT)
        if found.quality != "proven":
            return
        self.solved[-1] = replace(last, bound=found.bound, gap=found.gap)
        if aim.sense * found.objective < objective:
            self.values = found.values

    def _close(self) -> Solution:
        last, arrays, values = self.solved[-1], self.arrays, self.values
        if values is None:
            return replace(last, levels=self._results(last.values))
        money = [s for s, aim in zip(self.solved, self.aims, strict=False) if aim.name in MONEY]
        senses = [aim.sense for aim in self.aims if aim.name in MONEY]
        bound = senses[0] * money[0].bound if money else -math.inf
        objective = arrays.objective(values)
        done = len(self.solved) == len(self.aims)
        proven = done and all(solution.quality == "proven" for solution in self.solved)
        ends = [s.stopped for s in self.solved if s.stopped not in ("optimal", "gap")]
        if not done and not ends:
            ends = ["user" if self.stop.presses else "time"]
        gap = gap_of(objective, bound)
        return replace(
            last,
            values=values,
            objective=objective,
            bound=bound,
            gap=gap,
            stopped=ends[0] if ends else "gap" if gap > 0 else "optimal",
            quality="proven" if proven else "feasible",
            exact=all(solution.exact for solution in self.solved),
            log=tuple(record for solution in self.solved for record in solution.log),
            seconds=time.monotonic() - self.began,
            size=_size(arrays),
            attempts=tuple(text for solution in self.solved for text in solution.attempts),
            row_duals=None,
            reduced_costs=None,
            solver_log="".join(solution.solver_log for solution in self.solved),
            levels=self._results(values),
        )

    def _results(self, values: Floats) -> tuple[LevelResult, ...]:
        """Return for every level its value in the last plan and what was proven of it."""
        found = []
        for number, aim in enumerate(self.aims):
            value = float(aim.coefficients @ values[: len(aim.coefficients)]) + aim.constant
            solved = self.solved[number] if number < len(self.solved) else None
            bound = -math.inf * aim.sense if solved is None else solved.bound
            gap = math.inf if solved is None else solved.gap
            found.append(LevelResult(aim.name, value, bound, gap))
        return tuple(found)


def _size(arrays: Arrays) -> dict[str, int]:
    return {
        "columns": arrays.columns,
        "rows": arrays.rows,
        "nonzeros": arrays.nonzeros,
        "integers": int(arrays.integer.sum()),
    }


def aims_in_force(m: Any) -> tuple[Aim, ...]:
    """Return the levels of a Pyomo model; none where it has none, or an objective of its own."""
    from tierstock.model.objective import ArrayObjective

    aims: tuple[Aim, ...] = getattr(m, "aims", ())
    cost = getattr(m, "cost", None)
    own = not isinstance(cost, ArrayObjective) or cost.custom or not cost.active
    return () if own else aims
