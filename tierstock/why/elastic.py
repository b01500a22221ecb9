"""What has to give way so that one demand is served: a linear program that may stretch limits."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tierstock.solvers.prices import Answer, Change
from tierstock.why.program import Program
from tierstock.why.relief import Relief, Reliefs
from tierstock.why.sooner import earlier

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Taken = list[tuple[Relief, Ints, Floats]]
"""What gives way: of each kind which, and how much."""

SMALL = 1e-3
"""Price of what gives way, as a share of the price of the shortage."""
ROOM = 1e-6
"""What counts as nothing, as a share of the shortage."""
TIMES = ("lead", "supply lead")
"""What gives way in time, not in amount."""
MORE = (1.0, np.inf)
"""How many times what one demand takes of a limit is tried, as others may want it, too."""
DOUBT = 0.99
"""What a shortage counts when it is tried whether a change is enough."""
SHORT = ("lost", "owed_new", "given_up", "backlog")
"""Variables that tell of demand not served in its period."""


@dataclass(frozen=True, eq=False)
class Cell:
    """One demand in one period that is short.

    Attributes:
        stream, period: which.
        wanted, short: units wanted, and not served in the period.
        price: money per unit short.
    """

    stream: int
    period: int
    wanted: float
    short: float
    price: float


@dataclass(frozen=True, eq=False)
class Way:
    """A way to serve the demand.

    Attributes:
        taken: what gives way, of each kind which and how much.
        serving: money per unit that serving it costs, the shortage it saves not counted.
        displaced: [D] units that each other demand gets less.
    """

    taken: Taken
    serving: float
    displaced: Floats


class Elastic:
    """Asks what serving a demand takes.

    Args:
        program: the linear program of the plan.
        cell: the demand.
    """

    def __init__(self, program: Program, cell: Cell) -> None:
        self.program, self.cell = program, cell
        self._small = SMALL * max(cell.price, 1e-3)
        self._product = np.array(
            [program.net.places.product[program.net.demand.place[cell.stream]]]
        )

    def given_way(self, others: Flags) -> Way | None:
        """Serve it with all limits kept, at the expense of some other demand.

        Args:
            others: [D] demand that may get less.
        """
        reliefs = Reliefs(self.program, self._small)
        reliefs.limits(self._product)
        reliefs.parts = [part for part in reliefs.parts if not part.kind]
        answer = self.program.prices.ask(reliefs.change(self._served(others)))
        return self._way(answer, reliefs)

    def stretched(self) -> Way | None:
        """Serve it, nobody else getting less, by stretching limits."""
        reliefs = Reliefs(self.program, self._small)
        reliefs.limits(self._product)
        way = self._solved(reliefs)
        return None if way is None else replace(way, taken=self._enough(way, reliefs))

    def sooner(self) -> Way | None:
        """Serve it, nobody else getting less, by goods that come sooner or are there."""
        reliefs = Reliefs(self.program, self._small)
        reliefs.limits(self._product)
        place = int(self.program.net.demand.place[self.cell.stream])
        sooner = earlier(self.program, place, self.cell.period)
        reliefs.parts += [part for part in sooner if len(part)]
        way = self._solved(reliefs)
        if way is None or any(one.kind in TIMES for one, _, _ in way.taken):
            return way
        return replace(way, taken=self._enough(way, reliefs))

    def _solved(self, reliefs: Reliefs) -> Way | None:
        answer = self.program.prices.ask(reliefs.change(self._served(self._nobody)))
        return self._way(answer, reliefs)

    def _way(self, answer: Answer, reliefs: Reliefs) -> Way | None:
        if not answer.found:
            return None
        program, cell, prices = self.program, self.cell, self.program.prices
        taken = reliefs.taken(answer.further, ROOM * max(cell.short, 1.0))
        taken = self._whole(taken, answer.values)
        cost = program.sense * (prices.arrays.cost @ (answer.values - prices.values))
        real = reliefs.cost @ answer.further
        serving = (cost + real) / cell.short + cell.price
        return Way(taken, float(serving), self._displaced(answer.values))

    def _whole(self, taken: Taken, values: Floats) -> Taken:
        """Count trips of a fleet lane by lane, each in whole ones."""
        arrays = self.program.prices.arrays
        found: Taken = []
        for relief, at, amount in taken:
            if relief.kind == "fleet":
                more = []
                for row in relief.row[at].tolist():
                    trips = values[arrays.index[arrays.starts[row] : arrays.starts[row + 1]]]
                    more.append(float((np.ceil(trips - ROOM) - trips).sum()))
                amount = amount + np.array(more)
            found.append((relief, at, amount))
        return found

    def _displaced(self, values: Floats) -> Floats:
        """[D] units not served in their period beyond those of the plan, all periods together."""
        found = np.zeros(len(self.program.net.demand))
        for name in SHORT[:2]:
            family = self.program.family(name)
            if family is not None:
                here = slice(family.start, family.start + len(family))
                more = values[here] - self.program.prices.values[here]
                np.add.at(found, family.codes["stream"], more)
        found[self.cell.stream] = 0.0
        return np.maximum(found, 0.0)

    def _enough(self, way: Way, reliefs: Reliefs) -> Taken:
        """Return amounts with which the demand is served when nobody asks for it by force.

        What gives way may also go to others who pay more for it; then they take theirs, too.
        """
        most = reliefs.silent()
        chosen = np.zeros(len(most), dtype=bool)
        first = dict(
            zip(
                map(id, reliefs.parts),
                np.cumsum([0, *map(len, reliefs.parts)])[:-1].tolist(),
                strict=True,
            )
        )
        for relief, at, amount in way.taken:
            chosen[first[id(relief)] + at] = True
            most[first[id(relief)] + at] = amount * (1 + ROOM)
        least, prices = ROOM * max(self.cell.short, 1.0), self.program.prices
        for times in MORE if way.taken else ():
            tried = np.where(chosen & (times > 1.0), np.inf, most)
            answer = prices.ask(reliefs.change(self._doubted(), tried, free=True))
            if self._left(answer) <= least:
                amount = np.where(chosen, np.minimum(tried, answer.further), 0.0)
                wider = self._whole(reliefs.taken(amount, least), answer.values)
                return way.taken if times == 1.0 else wider
        return way.taken

    def _left(self, answer: Answer) -> float:
        """Units still short."""
        if not answer.found:
            return float("inf")
        columns = self._columns()
        return float(answer.values[columns].sum())

    def _columns(self) -> Ints:
        """Columns of what is lost and newly owed of the demand."""
        found = []
        for name in SHORT[:2]:
            family = self.program.family(name)
            if family is not None:
                at = int(family.grid[self.cell.stream, self.cell.period])
                found += [family.start + at] if at >= 0 else []
        return np.array(found, dtype=np.int64)

    @property
    def _nobody(self) -> Flags:
        return np.zeros(len(self.program.net.demand), dtype=bool)

    def _served(self, others: Flags) -> Change:
        """Bounds by which the demand is served, and only ``others`` [D] get less than before."""
        free, prices = self._free(), self.program.prices
        lower, upper = prices.arrays.lower.copy(), prices.arrays.upper.copy()
        changed = np.zeros(prices.arrays.columns, dtype=bool)
        lower[free.columns], upper[free.columns] = free.lower, free.upper
        changed[free.columns] = True
        for name in SHORT:
            family = self.program.family(name)
            if family is not None:
                here = family.start + np.flatnonzero(~others[family.codes["stream"]])
                upper[here] = np.minimum(upper[here], np.maximum(prices.values[here], lower[here]))
                changed[here] = True
        columns = self._columns()
        lower[columns] = upper[columns] = 0.0
        changed[columns] = True
        at = np.flatnonzero(changed).astype(np.int64)
        return replace(free, columns=at, lower=lower[at], upper=upper[at])

    def _doubted(self) -> Change:
        """As ``_free``, with the shortage a little cheaper, so that nothing hangs on a tie."""
        free, columns = self._free(), self._columns()
        return replace(
            free,
            priced=np.concatenate([free.priced, columns]),
            cost=np.concatenate([free.cost, DOUBT * self.program.prices.arrays.cost[columns]]),
        )

    def _free(self) -> Change:
        """Let whole numbers grow: more trips, orders, moves, at what they are worth at least."""
        prices = self.program.prices
        whole = np.flatnonzero(prices.free.integer).astype(np.int64)
        upper = np.maximum(prices.free.upper[whole], prices.arrays.lower[whole])
        trips = self.program.family("trips")
        if trips is not None:
            upper[(whole >= trips.start) & (whole < trips.start + len(trips))] = np.inf
        worth = np.maximum(0.0, -self.program.sense * prices.reduced_costs[whole])
        return Change(
            columns=whole,
            lower=prices.arrays.lower[whole],
            upper=upper,
            priced=whole,
            cost=prices.arrays.cost[whole] + self.program.sense * worth,
        )
