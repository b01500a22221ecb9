"""Finds the prices of shared rows round by round: a bound, and plans on the way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from tierstock.solvers.arrays import Arrays, Flags, Floats
from tierstock.solvers.blocks.crew import Crew, Offers, heard
from tierstock.solvers.blocks.offers import Pool
from tierstock.solvers.blocks.shares import Shares
from tierstock.solvers.blocks.split import SHARED, Split
from tierstock.solvers.worker import Worker

CLOSE = 5e-4
"""Share of the cost between mix and bound that ends the search for prices."""
TRUST = 0.8
"""Weight of the best prices so far beside the newest ones."""
UP, DOWN = 2.0, 0.5
"""Shares of the best price so far to which the next one may rise and fall, and by the box
further: prices far above what goods usually cost are found in a few steps. Measured on the
yardstick of 20 products, rounds to a bound: 31, 58 and 59 where a box round zero needs 37, 78 and
82; other shares and boxes 0.2 to 2 times the first one need 56 to 73."""
LOOSEN = 0.01
"""Share of the cost below which prices that stand at their limit get more room: twice as much, more
where that was not enough several times."""
MISSED = 100.0
"""How much dearer than the best price of a row and its box a unit is by which a block misses its
part of it."""
NEAR = 1e-9
"""Share of a whole number that is noise."""
HOPELESS = 3
"""Rounds after which there has to be a bound."""
MOST_ROUNDS = 200
"""Rounds after which no more are tried."""
PLANS_AT = (2, 20, 30, 50, 100)
"""Rounds after which a plan is made of the mix, beside the last one."""


@dataclass(frozen=True, eq=False)
class Round:
    """What one round brought.

    Attributes:
        number: 1, 2, ...
        bound: best limit so far that no plan can beat, in the sense of the model.
        gap: share of the cost between the mix and the bound.
        values: [n] values that keep all rows, whole numbers apart; None in most rounds.
        done: whether bound and mix have met.
        dual: [m] prices of all rows when done where there are whole numbers, else None.
    """

    number: int
    bound: float
    gap: float
    values: Floats | None
    done: bool
    dual: Floats | None = None


class PriceSearch:
    r"""Dantzig-Wolfe rounds with prices that stay near the best ones so far.

    Each round prices the shared rows by the mix of all offers, in a box round the best prices so
    far, moves these prices most of the way back to them, lets every block answer, and counts the
    bound of the answer.

    Source: A. Pessoa, R. Sadykov, E. Uchoa, F. Vanderbeck, Automation and combination of
    linear-programming based stabilization techniques in column generation, INFORMS Journal on
    Computing 30 (2018); for the box R. E. Marsten, W. W. Hogan, J. W. Blankenship, The boxstep
    method for large-scale optimization, Operations Research 23 (1975).

    Args:
        arrays: the model.
        parts: its blocks.
        crew: who solves them.
        master: process for the program between them.
        go_on: asked again and again whether to go on.
        seconds: tells how many seconds are left.
    """

    close, trust = CLOSE, TRUST

    def __init__(
        self,
        arrays: Arrays,
        parts: Split,
        crew: Crew,
        master: Worker,
        go_on: Callable[[], bool],
        seconds: Callable[[], float],
    ) -> None:
        self._arrays, self._parts, self._crew, self._master = arrays, parts, crew, master
        self._go_on, self._seconds = go_on, seconds
        self._row, self._cost = arrays.row_of_entry(), arrays.cost * arrays.sense
        self._rows = parts.open_rows
        self._open_entry, self._open_row = parts.open_entries(arrays)
        self._loose = np.flatnonzero((parts.block == SHARED) & ~parts.pinned)
        self._base = self._priced(parts.price)
        self._pool = Pool(arrays, parts, self._base)
        self._shares = Shares(arrays, parts, crew, self._pool, go_on, seconds)
        limit = np.where(parts.price > 0, arrays.row_upper, arrays.row_lower)
        pinned = parts.price != 0
        self._constant = -float(parts.price[pinned] @ limit[pinned])
        self._least_price = np.where(np.isfinite(arrays.row_lower[self._rows]), -np.inf, 0.0)
        self._most_price = np.where(np.isfinite(arrays.row_upper[self._rows]), np.inf, 0.0)
        self._known: Floats | None = None
        self._box = self._first_box()
        self._grown = np.zeros(len(self._rows))
        self._send_master()

    def _send_master(self) -> None:
        arrays, rows = self._arrays, self._rows
        of_column = np.full(arrays.columns, -1)
        of_column[self._loose] = np.arange(len(self._loose))
        at = np.flatnonzero(of_column[arrays.index[self._open_entry]] >= 0)
        at = at[np.argsort(of_column[arrays.index[self._open_entry[at]]], kind="stable")]
        entry = self._open_entry[at]
        size = np.bincount(of_column[arrays.index[entry]], minlength=len(self._loose))
        held = {
            "row_lower": arrays.row_lower[rows],
            "row_upper": arrays.row_upper[rows],
            "cost": self._base[self._loose],
            "lower": arrays.lower[self._loose],
            "upper": arrays.upper[self._loose],
            "starts": np.concatenate([[0], np.cumsum(size)]).astype(np.int32),
            "index": self._open_row[at].astype(np.int32),
            "value": arrays.value[entry],
            "count": np.array([self._parts.count], dtype=np.int32),
        }
        self._master.send("master", {}, held)

    def _first_box(self) -> Floats:
        """Return how far prices may go at first: half of what a unit of use usually costs."""
        arrays, count = self._arrays, len(self._rows)
        paying = self._base[arrays.index[self._open_entry]] != 0
        entry, at = self._open_entry[paying], self._open_row[paying]
        money = np.bincount(at, np.abs(self._base[arrays.index[entry]]), minlength=count)
        use = np.bincount(at, np.abs(arrays.value[entry]), minlength=count)
        paid = np.abs(self._base[self._base != 0])
        usual = money.sum() / use.sum() if money.sum() > 0 else paid.mean() if len(paid) else 1.0
        return 0.5 * np.where(money > 0, money / np.where(use > 0, use, 1.0), max(usual, 1e-6))

    def _priced(self, price: Floats) -> Floats:
        """Return the cost of each column with its use of the rows at their prices, [n]."""
        arrays = self._arrays
        weights = arrays.value * price[self._row]
        return self._cost + np.bincount(arrays.index, weights, minlength=arrays.columns)

    def rounds(self, known: Floats | None) -> Iterator[Round]:
        """Yield round after round until bound and mix have met or it is time to stop.

        Args:
            known: [n] a plan; its parts are the first offers, so that a mix without excess exists.
        """
        first = self._crew.solve(self._base, self._seconds(), self._go_on)
        if first is None:
            return
        if known is not None:
            self._known = known
            self._pool.add(known)
        self._pool.add(first.values)
        self._best, self._price = self._bound(first.least, self._parts.price), self._parts.price
        yield from self._before(first.values)
        for number in range(1, MOST_ROUNDS + 1):
            mixed = self._mix(*self._ends())
            answer = None if mixed is None else self._ask(mixed, self.trust if number > 1 else 0.5)
            if mixed is None or answer is None:
                return
            gap = self._gap(mixed)
            if self._hopeless(number):
                return
            tight = self._tight(mixed)
            if tight.any() and gap < LOOSEN:
                self._grown += tight
                self._box *= np.where(tight, np.minimum(2.0 ** (self._grown // 3 + 1), 32.0), 1.0)
            done = gap <= self.close and not tight.any()
            values = self._plan(mixed, number, done=done)
            dual = self.duals() if done and self._arrays.whole else None
            yield Round(number, self._limit(), gap, values, done, dual)
            if done:
                return
            self._pool.add(answer.values)

    def _before(self, values: Floats) -> Iterator[Round]:
        """Yield what there is before the first mix, from the first offers."""
        yield from ()

    def _hopeless(self, number: int) -> bool:
        """Return whether more rounds promise nothing."""
        return not np.isfinite(self._best) and number >= HOPELESS

    def _tight(self, mixed: "Mix") -> Flags:
        """Return which open rows a mix breaks."""
        broken: Flags = mixed.excess > self._shares.slack
        return broken

    def _gap(self, mixed: "Mix") -> float:
        """Return which share of the cost is between a mix, with its excess, and the bound.

        The model of a mix without excess may lie below its cost, where a price stands at the low
        end of its box.
        """
        cost = mixed.model if self._tight(mixed).any() else mixed.cost
        return (cost - self._best) / max(abs(self._best), 1e-9)

    def _limit(self) -> float:
        """Return the bound in the sense of the model."""
        return self._best * self._arrays.sense + self._arrays.offset

    def duals(self) -> Floats | None:
        """Return the prices of all rows at the best prices of the shared ones, [m]: what a unit
        more of a row's limit costs. None where they cannot be had."""
        answer = self._crew.solve(self._priced(self._price), self._seconds(), self._go_on)
        own = None if answer is None else self._crew.duals(self._go_on)
        return None if own is None else own - self._price

    def _ask(self, mixed: "Mix", trust: float) -> Offers | None:
        """Let the blocks answer to prices between the best ones and those of the mix."""
        price = self._parts.price.copy()
        new = trust * self._price[self._rows] - (1 - trust) * mixed.dual
        price[self._rows] = np.clip(new, self._least_price, self._most_price)
        answer = self._crew.solve(self._priced(price), self._seconds(), self._go_on)
        if answer is not None:
            bound = self._bound(answer.least, price)
            if bound > self._best:
                self._best, self._price = bound, price
        return answer

    def _bound(self, least: Floats, price: Floats) -> float:
        """Return the Lagrangian bound without the constant of the cost; see ``Split``."""
        arrays, loose = self._arrays, self._loose
        rest = self._priced(price)[loose]
        low = np.where(rest > 0, arrays.lower[loose], arrays.upper[loose])
        noise = np.abs(rest) <= NEAR * np.maximum(1.0, np.abs(self._cost[loose]))
        live = (rest != 0) & ~(noise & ~np.isfinite(low))
        limit = np.where(price > 0, arrays.row_upper, arrays.row_lower)
        priced = price != 0
        return float(least.sum() + rest[live] @ low[live] - price[priced] @ limit[priced])

    def _ends(self) -> tuple[Floats, Floats]:
        """Return the lowest and highest price of each open row for the next mix."""
        price = self._price[self._rows]
        out, back = (UP - 1) * np.abs(price) + self._box, DOWN * np.abs(price) + self._box
        below = price < 0
        return price - np.where(below, out, back), price + np.where(below, back, out)

    def _mix(self, low: Floats, high: Floats) -> "Mix | None":
        new = {**self._pool.fresh(), "low": low, "high": high}
        self._master.send("mix", {"seconds": self._seconds()}, new)
        answer = heard(self._master, "mixed", self._go_on)
        if answer is None:
            return None
        found = answer.arrays
        cost, model = (answer.facts[name] + self._constant for name in ("cost", "model"))
        return Mix(cost, model, found["weight"], found["shared"], found["excess"], found["dual"])

    def _plan(self, mixed: "Mix", number: int, *, done: bool) -> Floats | None:
        """Return values that keep all rows, whole numbers apart, made of the mix in some rounds."""
        if not done and number not in PLANS_AT:
            return None
        penalty = MISSED * (np.abs(self._price[self._rows]) + self._box)
        cost = self._priced(self._price)
        return self._shares.plan(self._mixed(mixed), self._known, cost, penalty)

    def _mixed(self, mixed: "Mix") -> Floats:
        """Return the values of a mix, [n], whole numbers of shared columns rounded up."""
        values = self._pool.mixed(mixed.weight)
        whole = self._arrays.integer[self._loose]
        values[self._loose] = np.where(whole, np.ceil(mixed.shared - NEAR), mixed.shared)
        return values


@dataclass(frozen=True, eq=False)
class Mix:
    """Cost of a mix without and with its excess, weight of each offer, shared columns, excess and
    price of each shared row."""

    cost: float
    model: float
    weight: Floats
    shared: Floats
    excess: Floats
    dual: Floats
