"""What a large model gets before the search: a plan at once, then a bound and better plans.

Inside its search HiGHS solves the linear relaxation of a large model many times slower than on
its own, and until then it has neither a plan nor a bound. Where a model falls apart into products
the bound comes from prices of what they share (``blocks``), else from the relaxation in one piece.

The plan at once is the best one without trips and orders, by a linear program: shortage has a
price, so there is one, it honours every family of rules, and no greedy rule has to be repaired.
Slope scaling is not used: eight rounds of it took 11 s on the yardstick network of 20 products and
brought 3 % of the cost; rounded up, the first prices lead the improving processes to more in that
time.
"""

import math
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np

from tierstock.solvers.arrays import Arrays, Flags, Floats, Ints
from tierstock.solvers.blocks.carry import carried, needed
from tierstock.solvers.blocks.crew import Crew, version_of
from tierstock.solvers.blocks.linear import LinearPriceSearch
from tierstock.solvers.blocks.prices import PriceSearch, Round
from tierstock.solvers.blocks.sites import Sites
from tierstock.solvers.blocks.split import Split, split
from tierstock.solvers.clean import TOLERANCE
from tierstock.solvers.clock import Clock
from tierstock.solvers.improve.matrix import extremes
from tierstock.solvers.options import SolveOptions
from tierstock.solvers.order import Order, Outcome
from tierstock.solvers.plans import whole_plan
from tierstock.solvers.progress import Listener
from tierstock.solvers.reduced import reduced
from tierstock.solvers.run import Run, refuse_known_bad
from tierstock.solvers.worker import Worker

LARGE = 150_000
"""Coefficients from which on a model is opened this way; smaller ones are searched at once."""

IDLE_SHARE, RELAXED_SHARE = 0.1, 0.4
"""Most of the time limit that the first plan and the bound may take."""
HUGE, HUGE_SHARE = 1_200_000, 0.7
"""Coefficients above which the search for prices may take more, and that share of the time limit:
its plans come sooner then than any process improves one. At no size is the first plan improved
beside it, but by a thread that HiGHS, past its root, has left.
Measured, 60 s, plan beside it and after it: 20 products 14.736 and 14.720 million, 50 products
2.605 and 2.596 million; only at 50 products with many trucks it was 0.25 % cheaper beside it. Nor
is the plan of the first prices improved before there are better ones: with few trucks, 20 products,
that has a plan as good as 60 s of HiGHS alone sooner at times, but after 60 s a gap of 9.7 and
11.7 % where the last prices lead to 8.7 and 11.0 %."""
IDLE_S = 10.0
"""Seconds the first plan may take in any case: with little time it is all there will be."""
QUICK = 130_000
"""Coefficients up to which the program without trips is solved sooner as it is than simplified
first. Measured, CPU s without and with: 90,000 0.5 and 0.8, 130,000 0.9 and 1.3, 350,000 3.1 and
2.1; without trucks, 100,000, 2.0 and 5.0."""
GRACE_S = 0.5
"""Seconds a linear solve may take to stop."""
USEFUL = 0.02
"""Distance of the bound from the relaxation at which the relaxation in one piece is left out."""


@dataclass(frozen=True)
class Step:
    """What one step before the search brought.

    Attributes:
        name: ``idle``, ``prices`` or ``relaxed``.
        outcome: what it brought; its values still have to be made whole.
        bound: limit no plan can beat, None where this step proves none.
        sites: places at the prices of this bound, None where prices are not known.
        gap: share of the cost between this bound and the relaxation, infinite where not known.
        fits: False where rounding up made no plan.
    """

    name: str
    outcome: Outcome
    bound: float | None
    sites: Sites | None = None
    gap: float = math.inf
    fits: bool = True


def idle(arrays: Arrays) -> Arrays:
    """Return the program with its whole-number columns at their lower bounds: no trip, no order.

    Without whole numbers it is what goes from one place to another that stays there.
    """
    least = np.where(np.isfinite(arrays.lower), arrays.lower, 0.0)
    if arrays.whole or arrays.place is None:
        return arrays.fixed(least)
    return replace(arrays, integer=_between_places(arrays, arrays.place)).fixed(least)


def _between_places(arrays: Arrays, place: Ints) -> Flags:
    """Return which columns stand in the balances of several places, [n]."""
    of_row = np.full(arrays.rows, -1, dtype=np.int64)
    of_row[: len(place)] = place
    at = of_row[arrays.row_of_entry()]
    first, last = extremes(at[at >= 0], arrays.index[at >= 0], arrays.columns)
    between: Flags = last > first
    return between


def relaxed(arrays: Arrays) -> Arrays:
    """Return the program without whole numbers; rounded up, its trips carry its flows."""
    return replace(arrays, integer=np.zeros(arrays.columns, dtype=bool))


def steps(
    arrays: Arrays, order: Order, clock: Clock, tell: Listener, look: Callable[[], object]
) -> Generator[Step]:
    """Take the steps one after the other, as far as time and the stop key allow.

    With a plan to begin with, the first one is left out.

    Args:
        arrays: the model.
        order: options of the solver, and a plan where there is one.
        clock: when to stop.
        tell: hears of progress inside a step.
        look: called again and again while prices are looked for; true where that is to end.
    """
    known = order.start
    blank = replace(order, start=None)
    if known is None:
        most = max(IDLE_S, IDLE_SHARE * clock.limit)
        until = min(clock.soft, time.monotonic() + most)
        outcome = idle_plan(arrays, blank, clock, tell, until)
        yield Step("idle", outcome, None)
        plan = whole_plan(arrays, outcome)
        known = None if plan is None else plan.values
    if clock.cause:
        return
    share = RELAXED_SHARE if arrays.nonzeros <= HUGE else HUGE_SHARE
    until = min(clock.soft, time.monotonic() + share * clock.limit)
    parts = split(arrays)
    if parts is not None and parts.worthwhile:
        gap = math.inf
        with closing(_by_prices(arrays, parts, known, blank, clock, until, look)) as rounds:
            for step in rounds:
                yield step
                if not step.fits:
                    return
                gap = step.gap
        if gap <= USEFUL:
            return
        until = min(clock.soft, time.monotonic() + 0.5 * RELAXED_SHARE * clock.limit)
    if not clock.cause:
        outcome = Run(relaxed(arrays), blank, clock, tell, until=until).go()
        done = outcome.status == "kOptimal"
        yield Step("relaxed", outcome, outcome.bound if done else None)


def simple_plans(
    arrays: Arrays,
    order: Order,
    options: SolveOptions,
    clock: Clock,
    tell: Listener,
    over: Callable[[], bool],
) -> Iterator[tuple[str, Outcome]]:
    """Yield plans for a model whose time is over: without trips, then with those of the relaxation
    rounded up.

    Args:
        arrays: the model.
        order: options of the solver, without a plan to begin with.
        options: limits of the search that is over.
        clock: its clock; what is left until its ``hard`` end is used.
        tell: hears of progress.
        over: whether to look for no more.
    """
    linear = relaxed(arrays)
    simpler = ("idle",) if arrays.place is not None else ()
    for name in ("idle", "relaxed") if arrays.whole else simpler:
        if over():
            return
        left = clock.left(clock.hard)
        again = replace(options, time_limit_s=max(left - GRACE_S, left / 2))
        last = Clock(again, linear, clock.stop)
        if name == "idle":
            yield name, idle_plan(arrays, order, last, tell)
        else:
            yield name, Run(linear, order, last, tell, proves=False).go()


def idle_plan(
    arrays: Arrays, order: Order, clock: Clock, tell: Listener, until: float = math.inf
) -> Outcome:
    """Return the best plan without trips and orders, of what can move without them.

    Args:
        arrays: the model.
        order: options of the solver, without a plan to begin with.
        clock: when to stop.
        tell: hears of progress.
        until: moment to stop where that is before the end of the search.
    """
    part = reduced(idle(arrays))
    if not part.arrays.columns:
        return Outcome("kOptimal", values=part.values)
    order = replace(order, presolve=order.presolve and part.arrays.nonzeros > QUICK)
    outcome = Run(part.arrays, order, clock, tell, until=until, proves=False).go()
    if outcome.values is None:
        return outcome
    return replace(outcome, values=part.whole(outcome.values), cleaned=None)


def linear_rounds(
    arrays: Arrays,
    parts: Split,
    order: Order,
    clock: Clock,
    look: Callable[[], object],
    known: Floats | None = None,
) -> Generator[Step]:
    """Yield a step for each round of prices of a model without whole numbers; first, where no plan
    is known, its plan in which nothing goes from one place to another.

    Args:
        arrays: the model.
        parts: its blocks.
        order: options of the solver.
        clock: when to stop.
        look: called again and again meanwhile; true where the rounds are to end.
        known: [n] a plan to begin with.
    """
    if known is None:
        known = _still(arrays, parts, order, clock, look)
        if known is not None:
            yield Step("idle", Outcome(values=known), None)
    yield from _by_prices(arrays, parts, known, order, clock, clock.soft, look)


def _still(
    arrays: Arrays, parts: Split, order: Order, clock: Clock, look: Callable[[], object]
) -> Floats | None:
    """Return the plan in which nothing goes from one place to another, None where none is found."""

    def go_on() -> bool:
        return not look() and not clock.cause

    with Crew(idle(arrays), parts, order.threads, order.memory_mb) as crew:
        first = crew.solve(arrays.cost * arrays.sense, clock.left(clock.soft), go_on)
    if first is None:
        return None
    values = carried(arrays, parts, np.clip(first.values, arrays.lower, arrays.upper))
    return values if arrays.violation(values) <= TOLERANCE else None


def _by_prices(
    arrays: Arrays,
    parts: Split,
    known: Floats | None,
    order: Order,
    clock: Clock,
    until: float,
    look: Callable[[], object],
) -> Generator[Step]:
    """Yield a step for each round of prices."""

    def go_on() -> bool:
        return not look() and not clock.cause and clock.left(until) > 0

    def seconds() -> float:
        return clock.left(until)

    again: Split | None = parts
    while again is not None and go_on():
        parts, again = again, None
        memory = order.memory_mb
        with Crew(arrays, parts, order.threads, memory) as crew, Worker(memory) as master:
            version = version_of(master, go_on)
            refuse_known_bad(version, order.any_version)
            kind = PriceSearch if arrays.whole else LinearPriceSearch
            for one in kind(arrays, parts, crew, master, go_on, seconds).rounds(known):
                values = None if one.values is None else carried(arrays, parts, one.values)
                status = "kOptimal" if one.done else "kTimeLimit"
                if one.done and one.values is not None:
                    again = _with_more_prices(arrays, parts, one.values)
                sites = None if again is not None else _sites(arrays, parts, one)
                fits = values is None or arrays.violation(values) <= TOLERANCE
                outcome = Outcome(status, values=values, version=version)
                yield Step("prices", outcome, one.bound, sites, one.gap, fits)


def _sites(arrays: Arrays, parts: Split, one: Round) -> Sites | None:
    """Return the places at the prices of a round, None where these are not those of its bound."""
    if one.dual is None or one.values is None or arrays.place is None or not arrays.whole:
        return None
    sites = Sites(arrays, one.dual, needed(arrays, parts, one.values))
    bound = arrays.sense * (one.bound - arrays.offset)
    return sites if abs(sites.bound - bound) <= 1e-6 * max(1.0, abs(bound)) else None


def _with_more_prices(arrays: Arrays, parts: Split, values: Floats) -> Split | None:
    """Return the parts with rows open whose price was taken too low, None where none was."""
    rows = parts.overloaded(arrays, values)
    return parts.opened(arrays, rows) if len(rows) else None
