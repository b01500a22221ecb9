"""A process that makes the bound better place by place while others look for plans.

Rounded-up trips (``model.strengthening.truck_window``) as rows of the relaxed model do the same for
more work where the model is large, so they are left out there (``model.strength``). Measured on the
yardstick network with few trucks, seconds of work of one process: 20 products, places at the prices
of the relaxation +1.24 % in 82 s; rows found round by round, with any products, windows and trips,
+0.61 % in 10 s, +0.81 % in 57 s, +0.84 % in 102 s, after 13 s for the relaxation in one piece that
prices by product do without. Rows that count missing safety stock, too, start slower. 5 products:
places +1.33 % in 62 s, rows +1.15 % in 6 s and +1.47 % in 30 s, places at the prices of these rows
+0.78 % more in 79 s.
"""

import math

from tierstock.solvers.blocks.sites import Site, Sites
from tierstock.solvers.order import Order
from tierstock.solvers.status import gap_of
from tierstock.solvers.wire import Message
from tierstock.solvers.worker import Worker

PER_COLUMN_S, LONGER = 3e-4, 4.0
"""Seconds for each column of a place the first time, and how many times longer each later time."""
TURNS = 4
"""Times a place is looked at."""
WORTH = 2e-5
"""Share of the bound that a place has to bring for another look at it."""
MOST_COLUMNS = 30_000
"""Places with more columns are left out."""
WITHIN = 1e-3
"""Gap at which a place is done with."""


class Sharpener(Worker):
    """Solves place after place in whole numbers. Use it in a ``with`` block.

    Args:
        sites: the places at the prices of the bound.
        bound: the bound they make better, to be made large.
        order: options of the solver.
    """

    def __init__(self, sites: Sites, bound: float, order: Order) -> None:
        super().__init__(order.memory_mb)
        self._order, self._bound = order, bound
        self._queue = [(one, 0) for one in sites.all(MOST_COLUMNS)]
        self._gain: dict[int, float] = {}
        self._at: tuple[Site, int] | None = None
        self.open = True
        self._next()

    def news(self) -> float | None:
        """Return the bound with all that was found, None where it is no better than before."""
        before = sum(self._gain.values())
        while self.open and (message := self.next(0.0)) is not None:
            if message.kind == "result":
                self._take(message)
            elif message.kind in ("failure", "ended"):
                self.open = False
        after = sum(self._gain.values())
        return self._bound + after if after > before else None

    def _take(self, message: Message) -> None:
        """Keep what a place brings.

        When it is stopped inside a dive, HiGHS may give the cost of its plan as the bound.
        """
        assert self._at is not None
        site, turn = self._at
        bound, done = message.facts["bound"], message.facts["status"] == "kOptimal"
        if bound is not None and message.facts["has_plan"] and not done:
            cost = site.program.objective(message.arrays["values"])
            bound = None if gap_of(cost, bound) <= WITHIN else bound
        gain = 0.0 if bound is None or not math.isfinite(bound) else bound - site.worth
        old = self._gain.get(id(site), 0.0)
        self._gain[id(site)] = max(old, gain)
        if gain - old > WORTH * abs(self._bound) and not done and turn + 1 < TURNS:
            self._queue.append((site, turn + 1))
        self._next()

    def _next(self) -> None:
        """Go on with the next place; it is over when there is none."""
        if not self._queue:
            self.open = False
            return
        site, turn = self._at = self._queue.pop(0)
        seconds = PER_COLUMN_S * site.program.columns * LONGER**turn
        self.load(site.program)
        options = self._order.solver_options(seconds) | {"mip_rel_gap": WITHIN, "threads": 1}
        self.send("solve", {"options": options})
