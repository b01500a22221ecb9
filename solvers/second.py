"""A second opinion: the same model solved in other ways, and what is then known of its best cost.

The cost of a plan that keeps every rule, and a bound no plan can beat, hold the best cost between
them. Every way to solve a model gives such a span. Where two of them do not overlap, one of them is
wrong; where they do, the plan is as near to the best cost as the better of the two bounds says.
"""

import math
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any, Literal

import numpy as np

from tierstock.solvers.arrays import Arrays, Floats
from tierstock.solvers.clock import Clock, StopKey
from tierstock.solvers.doubts import APART
from tierstock.solvers.errors import SolveError
from tierstock.solvers.options import SolveOptions
from tierstock.solvers.order import Outcome
from tierstock.solvers.plans import believable
from tierstock.solvers.solution import Solution
from tierstock.solvers.status import gap_of
from tierstock.solvers.steady import driver
from tierstock.solvers.worker import Worker, machine_memory_mb

TOGETHER_S = 10.0
"""Seconds all ways together get at least."""
KILL_AFTER_S = 1.0
"""Seconds SCIP may take to stop after its time is over."""

Result = Literal["confirmed", "open", "contradiction"]


@dataclass(frozen=True, eq=False)
class Opinion:
    """What one way to solve a model found.

    Attributes:
        way: ``highs`` (without presolve) or ``scip``.
        solver: its name and version.
        seed: its random seed.
        cost: cost of its plan, computed from the data; infinite where it found none.
        bound: its bound; infinitely bad where it proved none, infinitely good (no plan can be
            there) where it says so.
        seconds: how long it took.
        values: [n] its plan, None where it found none.
    """

    way: str
    solver: str
    seed: int
    cost: float
    bound: float
    seconds: float
    values: Floats | None = None


@dataclass(frozen=True, eq=False)
class Verdict:
    """What the other ways say of a plan.

    Attributes:
        sense: 1 where small costs are good, -1 where large ones are.
        level: level of a lexicographic objective that was compared, blank without levels.
        asked: gap that was asked for.
        cost, bound: of the plan.
        opinions: what each other way found.
    """

    sense: int
    level: str
    asked: float
    cost: float
    bound: float
    opinions: tuple[Opinion, ...]

    @property
    def best(self) -> float:
        """Cost of the best plan of all ways."""
        return self.sense * min(self.sense * one for one in (self.cost, *self._costs()))

    @property
    def limit(self) -> float:
        """Best bound of the other ways."""
        return self.sense * max(self.sense * one.bound for one in self.opinions)

    @property
    def result(self) -> Result:
        """Whether the plan is confirmed, contradicted, or neither."""
        bounds = (self.bound, *(one.bound for one in self.opinions))
        highest, least = max(self.sense * one for one in bounds), self.sense * self.best
        if highest == math.inf:  # some way says that there is no plan
            unanimous = least == math.inf and self.sense * self.limit == math.inf
            return "confirmed" if unanimous else "open" if least == math.inf else "contradiction"
        if highest - least > APART * max(1.0, abs(least)):
            return "contradiction"
        within = gap_of(self.cost, self.limit) <= self.asked
        return "confirmed" if within else "open"

    @property
    def better(self) -> Opinion | None:
        """The way that found a cheaper plan, None where none did or levels were compared."""
        first = min(self.opinions, key=lambda one: self.sense * one.cost)
        gain = self.sense * (self.cost - first.cost)
        if self.level or first.values is None or not gain > APART * max(1.0, abs(first.cost)):
            return None
        return first

    def _costs(self) -> Iterator[float]:
        return (one.cost for one in self.opinions)


def verify(m: Any, solution: Solution, options: SolveOptions) -> Verdict:
    """Solve a model again in other ways and compare.

    By HiGHS without presolve and with another seed, beginning with the plan; and by SCIP where
    pyscipopt is installed. They take as long as the first solve did, 10 s at least, and never
    longer than the time limit. Of a lexicographic objective the first level is compared. A
    deterministic solve is compared with HiGHS alone, within the same limits by work.

    Args:
        m: model that was solved.
        solution: what came of it.
        options: how.

    Raises:
        SolveError: the model or the solver cannot be used.
    """
    from tierstock.solvers.compile import compile_model
    from tierstock.solvers.levels import aims_in_force

    arrays, aims = compile_model(m).arrays, aims_in_force(m)
    cost, bound, level = solution.objective, solution.bound, ""
    if aims:
        first, aim = solution.levels[0], aims[0]
        cost, bound, level = first.value, first.bound, aim.name
        prices = np.zeros(arrays.columns)
        prices[: len(aim.coefficients)] = aim.coefficients
        arrays = replace(arrays, cost=prices, offset=aim.constant, sense=aim.sense)
    if solution.quality == "none":
        cost, bound = math.inf * arrays.sense, math.inf * arrays.sense
    budget = min(options.time_limit_s, max(TOGETHER_S, solution.seconds))
    ways = ["highs"]
    if not options.deterministic and find_spec("pyscipopt") is not None:
        ways.append("scip")
    options = replace(
        options,
        seed=options.seed + 1 if options.seed < 2**31 - 1 else 0,
        presolve=False,
        solver="highs",
        effort="normal",
        time_limit_s=options.time_limit_s if options.deterministic else budget / len(ways),
    )
    values = None if solution.quality == "none" else solution.values
    opinions = []
    for way in ways:
        ask = _by_highs if way == "highs" else _by_scip
        opinions.append(ask(arrays, options, values))
    return Verdict(arrays.sense, level, options.gap, cost, bound, tuple(opinions))


def _by_highs(arrays: Arrays, options: SolveOptions, start: Floats | None) -> Opinion:
    """Ask HiGHS, which begins with the plan; a cost without limit is no answer a plan allows."""
    began, worst = time.monotonic(), math.inf * arrays.sense
    try:
        with StopKey() as stop:
            found = driver(arrays, options, Clock(options, arrays, stop), None, start).go()
    except SolveError as fault:
        if fault.code != "unbounded":
            raise
        bound = -worst if start is None else worst
        seconds = time.monotonic() - began
        return Opinion("highs", "HiGHS", options.seed, worst, bound, seconds)
    bound = worst if found.stopped == "infeasible" else found.bound
    there = found.quality != "none"
    return Opinion(
        "highs",
        found.solver,
        options.seed,
        found.objective,
        bound,
        found.seconds,
        found.values if there and found.exact else None,
    )


def _by_scip(arrays: Arrays, options: SolveOptions, start: Floats | None) -> Opinion:
    """Ask SCIP, which begins with nothing."""
    began, sense, name = time.monotonic(), arrays.sense, "SCIP"
    memory = options.memory_limit_mb or int(0.9 * machine_memory_mb())
    order: dict[str, Any] = {"seconds": options.time_limit_s, "gap": options.gap}
    order |= {"seed": options.seed, "memory_mb": memory}
    outcome = Outcome()
    with (
        StopKey() as stop,
        tempfile.TemporaryDirectory(prefix="tierstock-") as folder,
        Worker(memory) as worker,
    ):
        worker.load(arrays)
        worker.send("scip", order | {"folder": folder})
        until = began + options.time_limit_s + KILL_AFTER_S
        while time.monotonic() < until and not stop.presses:
            message = worker.next(0.05)
            if message is None or message.kind == "hello":
                continue
            if message.kind == "result":
                facts = message.facts
                name = facts["version"]
                outcome = Outcome(
                    facts["status"], bound=facts["bound"], values=message.arrays.get("values")
                )
            break
    plan = believable(arrays, outcome)
    bound = -math.inf * sense if outcome.bound is None else outcome.bound
    if outcome.status == "kInfeasible":
        bound = math.inf * sense
    exact = plan is not None and plan.exact
    return Opinion(
        "scip",
        name,
        options.seed,
        plan.objective if plan is not None and exact else math.inf * sense,
        bound,
        time.monotonic() - began,
        plan.values if plan is not None and exact else None,
    )
