"""What a run will need, before it begins: size, memory, time; and what to do where it is too much.

The figures per coefficient and column were measured on the yardstick network with 5 to 100
products (``benchmarks/yardstick.py``), two threads, HiGHS 1.16. Memory is right within a factor
of two; the time is a rough order.
"""

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from tierstock.console import Console
from tierstock.inputs import Network
from tierstock.model.sizing import size_of
from tierstock.solvers.start import LARGE
from tierstock.solvers.worker import machine_memory_mb
from tierstock.words import tell

PLANNING_MB, BUILDING_KB, WRITING_KB = 165.0, 0.26, 3.2
"""Memory of the planning process: at rest, per column while it solves, and when it writes."""
ALGEBRA_MB = 128
"""Address space the linear algebra behind numpy may take for itself."""
SOLVER_MB, SOLVING_KB = 70.0, 0.72
"""Memory of the solver process: at rest and per coefficient."""
FIRST_S, RELAXED_S, WHOLE_S = 1.9e-5, 1.6e-8, 0.05
"""Seconds per coefficient to a first plan, per coefficient ** 1.5 of the relaxed model, and per
whole number to a gap of 1 %."""
SEARCH = 30.0
"""How many times as long as its relaxed model alone a search with whole numbers takes."""
TIMES = ((20.0, "seconds"), (120.0, "minute"), (1500.0, "minutes"), (5400.0, "hour"))
"""Seconds up to which a time is called so."""


@dataclass(frozen=True)
class Forecast:
    """What a network will need to be planned.

    Attributes:
        columns, rows, coefficients, integers: size of the model.
        planning_mb: most memory of the planning process, when it writes the results.
        solving_mb: memory of the solver process.
        memory_mb: most memory of both together at any time.
        first_plan_s: seconds to a first plan, a rough order.
        gap_s: seconds to the gap asked for, a rougher one.
        language: language of the text.
    """

    columns: int
    rows: int
    coefficients: int
    integers: int
    planning_mb: int
    solving_mb: int
    memory_mb: int
    first_plan_s: float
    gap_s: float
    language: str = "en"

    def __str__(self) -> str:
        return tell(
            "forecast",
            self.language,
            columns=rough(self.columns),
            rows=rough(self.rows),
            memory=memory(self.memory_mb),
            first=_seconds(self.first_plan_s, self.language),
            gap=_order(self.gap_s, self.language),
        )

    def facts(self) -> dict[str, Any]:
        """Return the figures by name, as the line for machines has them."""
        return {name: value for name, value in asdict(self).items() if name != "language"}


def forecast(net: Network) -> Forecast:
    """Say what a network will need before a model is built: size, memory, time.

    Columns and rows are near; memory is right within a factor of two, times are a rough order.

    Args:
        net: network of ``tierstock.read``.
    """
    size = size_of(net)
    settings = net.settings
    return _forecast(
        size.columns, size.rows, size.coefficients, size.integers, settings.gap, settings.language
    )


def _forecast(
    columns: float, rows: float, coefficients: float, integers: float, gap: float, language: str
) -> Forecast:
    building = PLANNING_MB + BUILDING_KB * columns / 1000
    writing = PLANNING_MB + WRITING_KB * columns / 1000
    solving = SOLVER_MB + SOLVING_KB * coefficients / 1000
    relaxed = RELAXED_S * coefficients**1.5
    search = SEARCH * relaxed + WHOLE_S * integers * math.sqrt(0.01 / max(gap, 1e-4))
    return Forecast(
        columns=int(columns),
        rows=int(rows),
        coefficients=int(coefficients),
        integers=int(integers),
        planning_mb=int(writing),
        solving_mb=int(solving),
        memory_mb=int(max(building + solving, writing)),
        first_plan_s=round(0.3 + FIRST_S * coefficients, 1),
        gap_s=round(0.5 + (search if integers else relaxed), 1),
        language=language,
    )


def tell_forecast(console: Console, net: Network, *, anyway: bool) -> bool:
    """Say what a large model will need, and what to do where the memory will not do.

    Args:
        console: where it speaks; its line for machines gets the ``forecast``.
        net: the network.
        anyway: begin also where the memory will not do.

    Returns:
        Whether the run goes on.
    """
    _reserve()
    seen = replace(forecast(net), language=console.language)
    console.usual["forecast"] = seen.facts()
    there = machine_memory_mb()
    fits = seen.memory_mb <= there
    if seen.coefficients >= LARGE:
        console.line(str(seen))
    if fits:
        return True
    code = "too-large-anyway" if anyway else "too-large"
    console.say(code, memory=memory(seen.memory_mb), there=memory(there))
    for line in () if anyway else advice(net, seen, there):
        console.line(line)
    return anyway


def _reserve() -> None:
    """Let the linear algebra behind numpy take its working memory while there is some.

    Where it finds none, it ends the program without a word to Python; so it is asked for here.

    Raises:
        MemoryError: there is not enough.
    """
    np.empty(ALGEBRA_MB * 2**20, dtype=np.uint8)
    square = np.ones((256, 256))
    np.dot(square, square)
    np.dot(square[0], square)


def advice(net: Network, seen: Forecast, most_mb: int) -> Iterator[str]:
    """Say what makes a network fit into memory, the most useful first, each with its figure.

    Args:
        net: the network.
        seen: its forecast.
        most_mb: memory there is.
    """
    language, periods, products = seen.language, len(net.periods), len(net.products)
    share = _share_that_fits(seen, most_mb)
    for code, number in (("fewer-products", products), ("fewer-periods", periods)):
        kept = math.floor(number * share)
        if 1 <= kept < number:
            fits = memory(_scaled(seen, kept / number).memory_mb)
            yield tell(code, language, kept=kept, all=number, memory=fits)
    early = math.ceil(periods / 3)
    if seen.integers and net.settings.integrality_horizon is None and early < periods:
        whole = rough(seen.integers * early / periods)
        yield tell("early-whole", language, kept=early, whole=whole, all=rough(seen.integers))
    yield from _fewer_lanes(net, seen)
    yield tell("more-memory", language, memory=memory(seen.memory_mb), there=memory(most_mb))


def _share_that_fits(seen: Forecast, most_mb: int) -> float:
    """Share of the model that fits; 0 where nothing does."""
    fixed = (PLANNING_MB + SOLVER_MB, PLANNING_MB)
    growing = (
        BUILDING_KB * seen.columns / 1000 + SOLVING_KB * seen.coefficients / 1000,
        WRITING_KB * seen.columns / 1000,
    )
    shares = [(most_mb - one) / max(more, 1e-9) for one, more in zip(fixed, growing, strict=True)]
    return max(0.0, min(shares))


def _scaled(seen: Forecast, share: float) -> Forecast:
    return _forecast(
        share * seen.columns,
        share * seen.rows,
        share * seen.coefficients,
        share * seen.integers,
        0.01,
        seen.language,
    )


def _fewer_lanes(net: Network, seen: Forecast) -> Iterator[str]:
    """Say what half of the lanes would bring: shipments are columns with two or more rows."""
    shipments = int(np.count_nonzero(net.goods.allowed))
    columns = max(seen.columns - shipments / 2, seen.columns / 4)
    coefficients = seen.coefficients * columns / max(seen.columns, 1)
    less = _forecast(columns, seen.rows, coefficients, seen.integers / 2, 0.01, seen.language)
    if shipments:
        yield tell("fewer-lanes", seen.language, all=len(net.lanes), memory=memory(less.memory_mb))


def rough(number: float) -> str:
    """Return a number with two digits that count: ``560,000``."""
    if number < 100:
        return f"{number:,.0f}"
    digits = math.floor(math.log10(number)) - 1
    return f"{round(number / 10**digits) * 10**digits:,.0f}"


def memory(megabytes: float) -> str:
    """Return an amount of memory: ``350 MB``, ``1.2 GB``."""
    if megabytes < 1000:
        return f"{rough(megabytes)} MB"
    return f"{megabytes / 1024:.1f} GB"


def _seconds(amount: float, language: str) -> str:
    """Return a rough time: 3 s, 30 s, 4 min."""
    if amount < 100:
        step = 1 if amount < 10 else 10
        return f"{max(1, math.ceil(amount / step) * step)} s"
    return tell("some-minutes", language, count=round(amount / 60))


def _order(amount: float, language: str) -> str:
    """Return the order of a time in words."""
    for most, code in TIMES:
        if amount <= most:
            return tell(f"order-{code}", language)
    return tell("order-hours", language)
