"""A solver that lies: what its process answers is changed on the way, in one of many ways."""

import os
import signal
from collections.abc import Callable
from typing import Any

import numpy as np
from in_process import least

from tierstock.solvers.start import idle
from tierstock.solvers.wire import Message
from tierstock.solvers.worker import Worker

Lie = Callable[[Message, int], Message | None]
"""Changes the final answer of a process on a model of so many columns; None holds it back."""


def _values(change: Callable[[Any], Any]) -> Lie:
    """A lie about the plan."""

    def lie(message: Message, columns: int) -> Message:
        if "values" not in message.arrays:
            return message
        return _told(message, {}, {"values": np.asarray(change(message.arrays["values"].copy()))})

    return lie


def _facts(**facts: Any) -> Lie:
    """A lie about the ending; functions take what was true."""

    def lie(message: Message, columns: int) -> Message:
        made = {
            name: fact(message.facts[name]) if callable(fact) else fact
            for name, fact in facts.items()
        }
        return _told(message, made, {})

    return lie


def _told(message: Message, facts: dict[str, Any], arrays: dict[str, Any]) -> Message:
    return Message(message.kind, message.facts | facts, message.arrays | arrays)


def _without_plan(**facts: Any) -> Lie:
    def lie(message: Message, columns: int) -> Message:
        return Message(message.kind, message.facts | {"has_plan": False} | facts, {})

    return lie


def _put(at: int, value: float) -> Callable[[Any], Any]:
    def change(values: Any) -> Any:
        values[at] = value
        return values

    return change


def _shuffled(values: Any) -> Any:
    np.random.default_rng(3).shuffle(values)
    return values


LIES: dict[str, Lie] = {
    "bound above the optimum": _facts(bound=lambda bound: _more(bound, 1.5)),
    "bound below the optimum": _facts(bound=lambda bound: _more(bound, -0.5)),
    "bound is no number": _facts(bound=float("nan")),
    "bound is infinite": _facts(bound=float("inf")),
    "a value is no number": _values(_put(0, float("nan"))),
    "a value is infinite": _values(_put(-1, float("inf"))),
    "all values are zero": _values(np.zeros_like),
    "no values": _values(lambda values: values[:0]),
    "a value too few": _values(lambda values: values[:-1]),
    "values swapped": _values(lambda values: values[::-1].copy()),
    "values shuffled": _values(_shuffled),
    "values a thousandth too large": _values(lambda values: values * 1.001),
    "values halved": _values(lambda values: values / 2),
    "values negative": _values(lambda values: -values),
    "half a unit more of each": _values(lambda values: values + 0.5),
    "rounded down": _values(lambda values: np.floor(values * 0.99)),
    "optimal without a plan": _without_plan(status="kOptimal"),
    "says it does not know": _without_plan(status="kUnknown", bound=None),
    "says infeasible": _without_plan(status="kInfeasible", bound=None),
    "says unbounded": _without_plan(status="kUnbounded", bound=None),
    "an error for an answer": lambda message, _: Message(
        "failure", {"reason": "crash", "detail": "lie"}
    ),
    "hangs": lambda message, _: None,
}
"""Lies a solver tells whatever it is asked. It crashes in ``Liar`` itself."""

CRASH = "crashes"

POOR = "a poor plan is best"
"""Keeps every rule, is said to be best, and has a bound to match: of this model, no trips."""

IN_PRESOLVE: dict[str, Lie] = {
    POOR: lambda message, _: message,
    "says infeasible with presolve": LIES["says infeasible"],
}
"""Lies that hang together; a solver that tells them however it is asked needs a second one."""


def _more(bound: float | None, share: float) -> float | None:
    return None if bound is None else bound + share * max(1.0, abs(bound))


class Liar(Worker):
    """A solver process with a lie; the class is told which one.

    Attributes:
        lie: key of ``LIES`` or ``IN_PRESOLVE``, or ``CRASH``.
    """

    lie = ""
    _columns = 0
    _presolve = True
    _poor_plan: Any = None
    _poor_cost: float | None = None

    def load(self, arrays: Any) -> None:
        self._columns = arrays.columns
        if self.lie == POOR and arrays.whole:
            plan = np.zeros(arrays.columns)
            cost = least(idle(arrays), plan)
            self._poor_plan, self._poor_cost = (None if cost is None else plan), cost
        super().load(arrays)

    def send(self, kind: str, facts: Any = None, arrays: Any = None) -> None:
        if kind == "solve":
            self._presolve = facts["options"]["presolve"] != "off"
        super().send(kind, facts, arrays)

    def next(self, wait_s: float) -> Message | None:
        message = super().next(wait_s)
        if message is None or message.kind not in ("result", "incumbent"):
            return message
        if self.lie == CRASH:
            os.kill(self.pid, signal.SIGKILL)
            return super().next(1.0)
        if self.lie in IN_PRESOLVE and not self._presolve:
            return message
        if self.lie == POOR:
            return self._poor(message)
        if message.kind == "incumbent" and self.lie not in ABOUT_PLANS:
            return message  # a lie about the ending makes no sense here
        return (LIES | IN_PRESOLVE)[self.lie](message, self._columns)

    def _poor(self, message: Message) -> Message | None:
        if message.kind == "incumbent" or self._poor_plan is None:
            return message if self._poor_plan is None else None
        facts = {"status": "kOptimal", "has_plan": True, "bound": self._poor_cost}
        return _told(message, facts, {"values": self._poor_plan})


ABOUT_PLANS = frozenset(
    name for name in LIES if name.split()[0] in ("a", "all", "no", "values", "half", "rounded")
)
"""Lies about the plan itself, also about those on the way."""
