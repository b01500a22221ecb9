"""When a solve has to stop: the time limit and the stop key."""

import signal
import threading
import time
from types import FrameType
from typing import Any, Literal

from tierstock.solvers.arrays import Arrays
from tierstock.solvers.options import SolveOptions

STOP_GRACE_S, SEARCH_GRACE_S = 0.5, 0.25
"""Seconds between the stop key and the end by force of all there is, and of a search: its plans
are known by then, and what is left cleans the best one."""
GRANTED_S = 0.5
"""Seconds a search gets also where what came before it took all of its limit."""
LATEST = 0.8
"""Share of the time beyond the limit after which work is ended by force; ending takes the rest."""


class StopKey:
    """Counts presses of Ctrl-C, and requests to end (SIGTERM), while a solve runs.

    The first stops the search and keeps the best plan, the second ends it at once. Outside the
    main thread signals cannot be caught and nothing is counted. A stop key within another one
    begins with the presses of that one.
    """

    def __init__(self) -> None:
        self.presses = 0
        self.pressed_at = float("inf")
        self._before: dict[signal.Signals, Any] = {}

    def press(self) -> None:
        """Count one press."""
        self.presses += 1
        self.pressed_at = min(self.pressed_at, time.monotonic())

    def __enter__(self) -> "StopKey":
        if threading.current_thread() is threading.main_thread():
            for one in (signal.SIGINT, signal.SIGTERM):
                before = signal.getsignal(one)
                self._inherit(getattr(before, "__self__", None))
                if before not in (None, signal.SIG_IGN):  # ignored on purpose, as under nohup
                    self._before[one] = signal.signal(one, self._caught)
        return self

    def __exit__(self, *_: object) -> None:
        for one, before in self._before.items():
            signal.signal(one, before)

    def _inherit(self, outer: object) -> None:
        if isinstance(outer, StopKey):
            self.presses, self.pressed_at = outer.presses, outer.pressed_at

    def _caught(self, number: int, frame: FrameType | None) -> None:
        self.press()


class Limit:
    """The time limit of a solve, on a clock that no change of date disturbs.

    Args:
        options: limits of the solve.
        began: moment from which the limit counts, where the solve began before.
    """

    def __init__(self, options: SolveOptions, began: float | None = None) -> None:
        now = time.monotonic()
        self.began = now if began is None else began
        self.limit = options.clock_limit_s
        self.deadline = max(self.began + self.limit, now + min(self.limit, GRANTED_S))
        self._work_s = options.time_limit_s if options.deterministic else None

    def elapsed(self) -> float:
        """Seconds since the solve began."""
        return time.monotonic() - self.began

    def share(self, part: float) -> float:
        """Return the seconds a part of the solve may take that gets this share of what is left.

        Where the limit counts work it is a share of all of it, the same on every run.
        """
        if self._work_s is not None:
            return part * self._work_s
        left = self.deadline - time.monotonic()
        return part * max(left, min(self.limit, GRANTED_S))


class Clock(Limit):
    """The moments of one search, which keep to the limit of its solve.

    A share of the limit is kept for the clean-up of the plan: the search is asked to stop at
    ``soft``, ended by force at ``firm``, and nothing runs beyond ``hard``.

    Args:
        options: limits of the solve.
        arrays: model, whose size says how long the clean-up takes.
        stop: stop key.
        began: moment from which the limit counts, where the solve began before its search.
    """

    def __init__(
        self, options: SolveOptions, arrays: Arrays, stop: StopKey, began: float | None = None
    ) -> None:
        super().__init__(options, began)
        kept = 0.0
        if arrays.whole:
            left = self.deadline - time.monotonic()
            kept = min(0.2 * left, 0.2 + 1e-5 * arrays.nonzeros)
        self.soft = self.deadline - kept
        self.firm = self.deadline - kept / 2 if arrays.whole else self.deadline + 0.5
        self.hard = self.deadline + LATEST * options.grace_s
        self.stop = stop
        self.dry = False
        """Whether the search has nothing more to bring (``effort``)."""

    def left(self, until: float, grace_s: float = STOP_GRACE_S) -> float:
        """Seconds until a moment, at least 0; the stop key shortens it to a grace."""
        return max(0.0, min(until, self.stop.pressed_at + grace_s) - time.monotonic())

    @property
    def cause(self) -> Literal["user", "time", ""]:
        """Why a search has to stop now: ``user``, ``time`` or blank."""
        if self.stop.presses:
            return "user"
        return "time" if self.dry or time.monotonic() >= self.soft else ""
