"""The plan of one place made cheaper: whole numbers moved by one, alone or two at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from tierstock.solvers.improve.matrix import Flags, Floats, Matrix, Numbers, Part

OPTIMAL = highspy.HighsModelStatus.kOptimal
BETTER = 1e-7
"""Share of the cost by which a plan has to be cheaper to count."""
FAILS, QUICK_FAILS = 6, 4
"""Single moves in a row without success after which no more are tried, and so where it has to go
quickly. Measured, 20 products, few trucks: what took 60 s with 12 and moves in the order of their
reduced costs alone takes 31 s."""
SHAKES = 3
"""Whole numbers taken back at random when a plan is shaken."""
FIRST, SECOND = 8, 5
"""First moves that are tried as one of two, and second moves that are tried after each."""

HALF = 0.5
"""Share of the whole numbers not needed in full that is taken back at once."""
SPARE, LEAST_SPARE = 0.02, 0.05
"""Share of a whole number from which on it counts as not needed in full, and what it counts at
least among single moves: the reduced cost of a full trip may still promise something."""

Move = tuple[int, float]
"""Position among the whole numbers of the part, and -1 or +1."""


@dataclass(frozen=True, eq=False)
class Found:
    """What came of looking at a place.

    Attributes:
        gain: money saved, 0 where nothing was found.
        values: [k] new values of the free columns.
        solves: number of linear solves.
    """

    gain: float
    values: Floats
    solves: int


def loaded(matrix: Matrix, part: Part, low: Floats, high: Floats) -> Any:
    """Return a solver with the relaxation of a part.

    Args:
        matrix: the model.
        part: some columns and their rows.
        low, high: [k] bounds of these columns.
    """
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.passModel(
        len(part.columns),
        len(part.rows),
        len(part.value),
        2,
        1,
        0.0,
        matrix.cost[part.columns],
        low,
        high,
        part.row_lower,
        part.row_upper,
        part.starts,
        part.index,
        part.value,
        np.zeros(len(part.columns), dtype=np.int32),
    )
    return solver


class LocalPlan:
    """A linear program over some free columns whose whole numbers are moved one by one.

    Whole numbers are fixed; a move shifts one of them by one and solves again from the last basis,
    which takes a few pivots. What to move next is read from the reduced costs, the money one unit
    less (or more) would save at the margin, and from what the rows could do without: the emptiest
    of the dearest trips goes first. Two moves together find what neither does alone: a
    trip that leaves a day later is one trip less and one more.

    Source: drop-and-exchange search of fixed-charge networks (Balinski 1961; Kim & Pardalos 1999),
    here with each move priced exactly.

    Args:
        matrix: the model.
        part: the free columns and their rows.
        values: [n] the plan to begin with.
        seconds: most time of all its linear solves.
        begun: whether ``values`` are a plan; else only their whole numbers count, and whatever
            plan they give is a gain.
    """

    def __init__(
        self,
        matrix: Matrix,
        part: Part,
        values: Floats,
        seconds: float,
        *,
        begun: bool = True,
    ) -> None:
        columns = part.columns
        self.whole: Numbers = np.flatnonzero(matrix.integer[columns])
        self.low = matrix.lower[columns][self.whole]
        self.high = matrix.upper[columns][self.whole]
        self.count = np.rint(values[columns][self.whole])
        self.before = values[columns]
        self.cost = float(matrix.cost[columns] @ self.before) if begun else np.inf
        self._least = BETTER * abs(self.cost) if begun else 0.0
        self.solves = 0
        self._limits = part.row_lower, part.row_upper
        local = np.full(len(columns), -1, dtype=np.int64)
        local[self.whole] = np.arange(len(self.whole))
        entry = np.flatnonzero(local[part.index] >= 0)
        row = np.repeat(np.arange(len(part.rows)), np.diff(part.starts))
        self._entries = row[entry], local[part.index[entry]], part.value[entry]
        self._solver = self._load(matrix, part, seconds)

    def _load(self, matrix: Matrix, part: Part, seconds: float) -> Any:
        columns = part.columns
        low, high = matrix.lower[columns].copy(), matrix.upper[columns].copy()
        low[self.whole] = high[self.whole] = self.count
        solver = loaded(matrix, part, low, high)
        solver.setOptionValue("time_limit", seconds)
        solver.setOptionValue("simplex_dual_edge_weight_strategy", 1)
        return solver

    def improve(
        self, *, deep: bool, fails: int = FAILS, shake: np.random.Generator | None = None
    ) -> Found:
        """Move whole numbers as long as the plan gets cheaper.

        Args:
            deep: also try two moves at a time.
            fails: single moves in a row without success after which no more are tried.
            shake: move some at random first; the way back leads to another plan at times.
        """
        best = self._solve()
        if best is None or best > self.cost + self._least:
            return Found(0.0, self.before, self.solves)
        self._solver.setOptionValue("presolve", "off")  # from here on the last basis is worth more
        self.best = best
        self._keep()
        if shake is None:
            self._many_at_once()
        elif not self._shaken(shake):
            return Found(0.0, self.before, self.solves)
        self._one_by_one(fails)
        while deep and self._two_at_once():
            self._one_by_one(fails)
        gain = self.cost - self.best
        if gain <= self._least:
            return Found(0.0, self.before, self.solves)
        self.values[self.whole] = self.count
        return Found(gain, self.values, self.solves)

    def _shaken(self, random: np.random.Generator) -> bool:
        """Take back some whole numbers at random; False where no plan is left then."""
        down = np.flatnonzero(self.count > self.low + 0.5)
        for at in random.permutation(down)[:SHAKES].tolist():
            self._shift((at, -1.0))
            self.count[at] -= 1.0
        cost = self._solve()
        if cost is None:
            return False
        self.best = cost
        self._keep()
        return True

    def _many_at_once(self) -> None:
        """Take back half of what is not needed in full, emptiest and dearest first, or half of
        that, as long as it makes the plan cheaper: most trips of a rounded plan go so."""
        share = HALF
        while True:
            spare = np.where(self.spare > SPARE, self.spare, 0.0)
            promise = np.where(self.count > self.low + 0.5, self.price * spare, 0.0)
            at = np.argsort(-promise, kind="stable")[: int(share * np.count_nonzero(promise > 0))]
            if len(at) < 2:
                return
            basis = self._solver.getBasis()
            self._set(at, self.count[at] - 1.0)
            if self._better(self._solve_below(self.best)):
                self.count[at] -= 1.0
                self._keep()
                continue
            self._set(at, self.count[at])
            self._solver.setBasis(basis)
            share /= 2

    def _spare(self, activity: Floats) -> Floats:
        """Return which share of one of each whole number the rows could do without, 0 to 1.

        Taking it back makes the rows in which it counts less, those in which it takes away more.
        """
        row, whole, value = self._entries
        low, high = self._limits
        slack = np.where(value > 0, activity[row] - low[row], high[row] - activity[row])
        spare = np.ones(len(self.whole))
        np.minimum.at(spare, whole, slack / np.abs(value))
        return np.maximum(spare, 0.0)

    def _set(self, at: Numbers, count: Floats) -> None:
        columns = self.whole[at].astype(np.int32)
        self._solver.changeColsBounds(len(columns), columns, count, count)

    def _one_by_one(self, most_fails: int) -> None:
        fails, refused = 0, np.zeros((2, len(self.whole)), dtype=bool)
        while fails < most_fails:
            weight = np.maximum(self.spare, LEAST_SPARE)
            move = next(self._moves(self.price, refused, weight=weight), None)
            if move is None:
                return
            basis = self._solver.getBasis()
            self._shift(move)
            if self._better(self._solve_below(self.best)):
                self._take(move)
                fails = 0
                continue
            fails += 1
            refused[int(move[1] > 0), move[0]] = True
            self._undo(move)
            self._solver.setBasis(basis)

    def _two_at_once(self) -> bool:
        """Try the least bad single moves with a second one behind each; stop at the first gain."""
        basis, tried = self._solver.getBasis(), []
        for move in self._first_moves():
            cost = self._moved(move)
            if cost is not None:
                tried.append((cost, move, self._price(self._solver.getSolution())))
            self._undo(move)
            self._solver.setBasis(basis)
        for cost, move, price in sorted(tried, key=lambda one: one[0]):
            self._shift(move)
            missing = cost - self.best
            for number, second in enumerate(self._moves(price, np.zeros((2, 1), dtype=bool))):
                saved = -second[1] * price[second[0]]
                if number == SECOND or saved < 0.5 * missing:
                    break
                if second[0] != move[0] and self._better(self._moved(second)):
                    self.count[move[0]] += move[1]
                    self._take(second)
                    return True
                self._undo(second, after=move)
            self._undo(move)
            self._solver.setBasis(basis)
        return False

    def _first_moves(self) -> Iterator[Move]:
        """Yield the moves down that promise most, then half as many up."""
        for step, most in ((-1.0, FIRST), (1.0, FIRST // 2)):
            refused = np.zeros((2, len(self.whole)), dtype=bool)
            refused[int(step < 0)] = True
            for number, move in enumerate(self._moves(self.price, refused, least=-np.inf)):
                if number == most:
                    break
                yield move

    def _moves(
        self, price: Floats, refused: Flags, least: float = 0.0, weight: Floats | float = 1.0
    ) -> Iterator[Move]:
        """Yield moves, those down first, by what their reduced cost promises to save.

        Those down are weighted where a weight is given.
        """
        promise = price * weight
        down = np.where(refused[0] | (self.count < self.low + 0.5), -np.inf, promise)
        up = np.where(refused[1] | (self.count > self.high - 0.5), -np.inf, -price)
        for gain, step in ((down, -1.0), (up, 1.0)):
            for at in np.argsort(-gain, kind="stable").tolist():
                if not gain[at] > least:
                    break
                yield at, step

    def _better(self, cost: float | None) -> bool:
        if cost is None or cost >= self.best - BETTER * abs(self.best):
            return False
        self.best = cost
        return True

    def _take(self, move: Move) -> None:
        self.count[move[0]] += move[1]
        self._keep()

    def _moved(self, move: Move) -> float | None:
        self._shift(move)
        return self._solve()

    def _shift(self, move: Move) -> None:
        count = self.count[move[0]] + move[1]
        self._solver.changeColBounds(int(self.whole[move[0]]), count, count)

    def _undo(self, move: Move, after: Move | None = None) -> None:
        """Put a whole number back where it was, also where the move before it was of the same."""
        count = self.count[move[0]]
        if after is not None and after[0] == move[0]:
            count += after[1]
        self._solver.changeColBounds(int(self.whole[move[0]]), count, count)

    def _solve_below(self, most: float) -> float | None:
        """Solve, but give up where the cost turns out to be more than this."""
        self._solver.setOptionValue("objective_bound", most)
        cost = self._solve()
        self._solver.setOptionValue("objective_bound", highspy.kHighsInf)
        return cost

    def _solve(self) -> float | None:
        self.solves += 1
        self._solver.run()
        if self._solver.getModelStatus() != OPTIMAL:
            return None
        return float(self._solver.getInfo().objective_function_value)

    def _keep(self) -> None:
        """Keep the solution found last, the price of its whole numbers and what they have spare."""
        solution = self._solver.getSolution()
        self.values = np.array(solution.col_value)
        self.price = self._price(solution)
        self.spare = self._spare(np.array(solution.row_value))

    def _price(self, solution: Any) -> Floats:
        price: Floats = np.array(solution.col_dual)[self.whole]
        return price
