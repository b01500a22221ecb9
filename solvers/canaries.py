"""Small models with known answers: does the solver of this machine tell the truth?

Each is of a kind that a release of HiGHS, or a wrapper around one, has got wrong. All of them
together take a solver process well below a second.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tierstock.solvers.arrays import Arrays
from tierstock.solvers.clean import rounded
from tierstock.solvers.order import Order
from tierstock.solvers.status import SAME
from tierstock.solvers.worker import Worker

PATIENCE_S = 20.0
"""Seconds after which a solver that has not answered to one model is ended, counted from its last
answer: on a busy machine all of them may take longer."""
INF = math.inf
Row = tuple[Sequence[float], float, float]
"""Coefficients of a row, its lower and its upper limit."""


@dataclass(frozen=True, eq=False)
class Canary:
    """A model with a known answer.

    Attributes:
        name: what it tries.
        arrays: the model.
        cost: its least cost; None where it has no plan or its cost falls without limit.
        status: how HiGHS has to end.
        order: options that differ from the usual ones.
    """

    name: str
    arrays: Arrays
    cost: float | None
    status: str = "kOptimal"
    order: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sung:
    """What came of the canaries.

    Attributes:
        version: version of HiGHS as the solver process says, blank where it said nothing.
        count: how many there are.
        wrong: those with a wrong answer, each with what was found.
        seconds: how long all of them took, with the start of the process.
    """

    version: str
    count: int
    wrong: tuple[str, ...]
    seconds: float


def sing() -> Sung:
    """Solve all canaries in one solver process.

    Raises:
        SolveError: the process cannot be started.
    """
    began, version, wrong = time.monotonic(), "", list[str]()
    birds, until = canaries(), time.monotonic() + PATIENCE_S
    with Worker() as worker:
        for bird in birds:
            worker.load(bird.arrays)
            order = Order(0.0, 1, 0, **bird.order)
            worker.send("solve", {"options": order.solver_options(PATIENCE_S)})
        waiting = list(birds)
        while waiting and time.monotonic() < until:
            message = worker.next(0.05)
            if message is None:
                continue
            until = time.monotonic() + PATIENCE_S
            if message.kind == "hello":
                version = message.facts["version"]
            elif message.kind in ("result", "failure"):
                wrong += _faults(waiting.pop(0), message.facts, message.arrays)
            elif message.kind == "ended":
                wrong.append(worker.last_words())
                break
    if waiting and not wrong:
        wrong.append(f"{waiting[0].name}: no answer")
    return Sung(version, len(birds), tuple(wrong), time.monotonic() - began)


def _faults(bird: Canary, facts: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """What is wrong with the answer to a canary: nothing, or one line."""
    status = facts.get("status", facts.get("detail", ""))
    if status != bird.status:
        return [f"{bird.name}: {status} instead of {bird.status}"]
    if bird.cost is None:
        return []
    values = rounded(bird.arrays, found["values"]) if facts["has_plan"] else None
    cost = math.nan if values is None else bird.arrays.objective(values)
    if abs(cost - bird.cost) <= SAME * max(1.0, abs(bird.cost)):
        return []
    return [f"{bird.name}: {cost:g} instead of {bird.cost:g}"]


def _model(
    cost: Sequence[float],
    rows: Sequence[Row],
    upper: Sequence[float] | float = INF,
    lower: Sequence[float] | float = 0.0,
    whole: Sequence[int] = (),
    **more: Any,
) -> Arrays:
    """Return a small model from full rows; ``whole`` lists its whole-number columns."""
    n = len(cost)
    matrix = np.array([row for row, _, _ in rows], dtype=float).reshape(len(rows), n)
    row_of, index = np.nonzero(matrix)
    counts = np.bincount(row_of, minlength=len(rows))
    return Arrays(
        cost=np.array(cost, dtype=float),
        lower=np.broadcast_to(np.asarray(lower, dtype=float), n).copy(),
        upper=np.broadcast_to(np.asarray(upper, dtype=float), n).copy(),
        integer=np.isin(np.arange(n), np.array(whole, dtype=int)),
        starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
        index=index.astype(np.int32),
        value=matrix[row_of, index],
        row_lower=np.array([low for _, low, _ in rows], dtype=float),
        row_upper=np.array([high for _, _, high in rows], dtype=float),
        **more,
    )


def _lanes(loose: float) -> Arrays:
    """Serve 20 shops, 1.45 each at 1, over lanes that cost 1,000 to open, with a loose limit."""
    count, one = 20, np.eye(20)
    need = [([*one[at], *np.zeros(count)], 1.45, INF) for at in range(count)]
    gate = [([*one[at], *(-loose * one[at])], -INF, 0.0) for at in range(count)]
    cost, upper = [1.0] * count + [1000.0] * count, [INF] * count + [1.0] * count
    return _model(cost, need + gate, upper, whole=range(count, 2 * count))


def _transport() -> Arrays:
    """Bring 1 from each of 6 places to each of 6: any assignment keeps rows, most corners tie."""
    cost = [[(row - column) % 6 + 1.0 for column in range(6)] for row in range(6)]
    cells = np.arange(36)
    rows: list[Row] = [((cells // 6 == at).astype(float).tolist(), 1.0, 1.0) for at in range(6)]
    rows += [((cells % 6 == at).astype(float).tolist(), 1.0, 1.0) for at in range(6)]
    return _model(np.ravel(cost).tolist(), rows)


def _lots() -> Arrays:
    """Lot sizing without capacity: demand 20, 50, 10, 50, 50; setup 100, holding 1 a period.

    Columns: made in 5 periods, stock after 5 periods, setups. Least cost 320: make 80 in period 1
    (stock 60 and 10) and 100 in period 4 (stock 50), 2 x 100 + 120.
    """
    demand, one, none = [20.0, 50.0, 10.0, 50.0, 50.0], np.eye(5), np.zeros(5)
    rows: list[Row] = []
    for at, need in enumerate(demand):
        before = one[at - 1] if at else none
        rows.append(([*one[at], *(before - one[at]), *none], need, need))
        rows.append(([*one[at], *none, *(-sum(demand[at:]) * one[at])], -INF, 0.0))
    cost, upper = [0.0] * 5 + [1.0] * 5 + [100.0] * 5, [INF] * 10 + [1.0] * 5
    return _model(cost, rows, upper, whole=range(10, 15))


def _reported() -> tuple[Canary, ...]:
    """Models of reported faults.

    Sources: HiGHS issues 2957 and 3043 (a continuous column beside a whole one), 2975 (a fixed
    charge), 3094 (two charges that exclude each other); linopy issue 651 (a column with a high
    lower bound).
    """
    kilo = 1000.0
    return (
        Canary("HiGHS 2957", _model([2, 3], [([1, 1], 4.5, INF)], 10, whole=[1]), 9.0),
        Canary(
            "HiGHS 2975",
            _model(
                [0, 2, 99999],
                [([1, 1, 0], 10, 10), ([1, 0, -100], -INF, 0)],
                [INF, INF, 1],
                whole=[2],
            ),
            20.0,
        ),
        Canary(
            "HiGHS 3094",
            _model(
                [0, 0, 0, 0, 10, 8],
                [
                    ([-kilo, 0, 1, 0, 0, 0], -INF, 0),
                    ([0, -kilo, 0, 1, 0, 0], -INF, 0),
                    ([0, 0, 1, 0, 1, 0], kilo, kilo),
                    ([0, 0, 0, 1, 0, 1], kilo, kilo),
                    ([1, 1, 0, 0, 0, 0], -INF, 1),
                ],
                [1, 1, kilo, kilo, kilo, kilo],
                whole=[0, 1],
            ),
            8000.0,
        ),
        Canary(
            "linopy 651",
            _model([2, 1], [([2, 1], 10, INF)], [1, INF], [0, 9], whole=[0]),
            10.0,
        ),
    )


def _charged() -> tuple[Canary, ...]:
    """Fixed charges, lots, trucks and choices."""
    return (
        Canary("fixed charge, loose limit", _lanes(1e4), 20029.0),
        Canary(
            "fixed charge, very loose limit, exact whole numbers",
            _lanes(1e6),
            20029.0,
            order={"presolve": False, "tolerance": 1e-9},
        ),
        Canary("lot sizes", _lots(), 320.0),
        Canary(
            "least shipment",
            _model(
                [0, 2, 10],
                [([1, -1, 0], 3, 3), ([1, 0, -4], 0, INF), ([1, 0, -6], -INF, 0)],
                whole=[2],
            ),
            12.0,
        ),
        Canary(
            "choice of seven",
            _model(
                [-70, -73, -77, -80, -82, -87, -90],
                [([31, 10, 20, 19, 4, 3, 6], -INF, 50)],
                1,
                whole=range(7),
            ),
            -412.0,
        ),
        Canary(
            "trucks, no presolve",
            _model([1, 5], [([1, 0], 20, INF), ([1, -8], -INF, 0)], whole=[1]),
            35.0,
            order={"presolve": False},
        ),
    )


def _linear() -> tuple[Canary, ...]:
    """Ties, units of unlike size, other methods and senses."""
    return (
        Canary("degenerate", _transport(), 6.0),
        Canary(
            "interior point",
            _model([1, 3], [([1, 1], 10, 10)], [6, INF]),
            18.0,
            order={"method": "ipm"},
        ),
        Canary(
            "most gain with a constant",
            _model([2, -5], [([1, -8], -INF, 0)], [50, 4], whole=[1], sense=-1, offset=7.0),
            51.0,
        ),
        Canary("units of 0.001 and 10,000", _model([3, 1e3], [([1e-3, 1e4], 50, INF)]), 5.0),
    )


def _without_plan() -> tuple[Canary, ...]:
    """Models that have no plan, or no best one."""
    return (
        Canary(
            "contradiction",
            _model([1, 1], [([1, 1], 10, INF)], [4, 5]),
            None,
            "kInfeasible",
            {"presolve": False},
        ),
        Canary(
            "contradiction of whole numbers",
            _model([1, 1], [([2, 4], 5, 5)], 10, whole=[0, 1]),
            None,
            "kInfeasible",
            {"presolve": False},
        ),
        Canary(
            "cost without limit",
            _model([-2, 1], [([1, -1], -INF, 4)]),
            None,
            "kUnbounded",
            {"presolve": False},
        ),
    )


def canaries() -> tuple[Canary, ...]:
    """Return all canaries."""
    return _reported() + _charged() + _linear() + _without_plan()
