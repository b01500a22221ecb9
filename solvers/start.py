"""What a large model gets before the search: a plan at once, then a bound and a better plan.

Inside its search HiGHS solves the linear relaxation of a large model many times slower than on
its own, and until then it has neither a plan nor a bound.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from tierstock.solvers.arrays import Arrays
from tierstock.solvers.clock import Clock
from tierstock.solvers.progress import Listener
from tierstock.solvers.run import Order, Outcome, Run

LARGE = 150_000
"""Coefficients from which on a model is opened this way; smaller ones are searched at once."""

IDLE_SHARE, RELAXED_SHARE = 0.1, 0.4
"""Most of the time limit that either step may take."""


@dataclass(frozen=True)
class Step:
    """One linear solve before the search.

    Attributes:
        outcome: what it brought; its values still have to be made whole.
        bound: limit no plan can beat, None where this step proves none.
    """

    outcome: Outcome
    bound: float | None


def idle(arrays: Arrays) -> Arrays:
    """Return the program with its whole-number columns at their lower bounds: no trip, no order."""
    return arrays.fixed(np.where(np.isfinite(arrays.lower), arrays.lower, 0.0))


def relaxed(arrays: Arrays) -> Arrays:
    """Return the program without whole numbers; rounded up, its trips carry its flows."""
    return replace(arrays, integer=np.zeros(arrays.columns, dtype=bool))


def steps(arrays: Arrays, order: Order, clock: Clock, tell: Listener) -> Iterator[Step]:
    """Solve the two programs one after the other, as far as time and the stop key allow.

    With a plan to begin with the first one is left out.
    """
    programs = ((idle(arrays), IDLE_SHARE, False), (relaxed(arrays), RELAXED_SHARE, True))
    for program, share, proves in programs[order.start is not None :]:
        if clock.cause:
            return
        until = min(clock.soft, time.monotonic() + share * clock.limit)
        blank = replace(order, start=None)
        outcome = Run(program, blank, clock, tell, until=until, proves=proves).go()
        done = proves and outcome.status == "kOptimal"
        yield Step(outcome, outcome.bound if done else None)
