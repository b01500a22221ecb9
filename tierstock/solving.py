"""From a model to a plan: solve it, or take what another solver has put on it.

What a plan needs beside its model is loaded inside the functions, so that a time limit counts from
their call also where they are the first thing a program does.
"""

import time
from contextlib import nullcontext
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from tierstock.solvers.options import SolveOptions

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyomo.environ as pyo

    from tierstock.inputs import Network
    from tierstock.plan import Plan
    from tierstock.solvers.progress import Progress


def solve(
    m: "pyo.ConcreteModel",
    *,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    seed: int | None = None,
    solver: str = "auto",
    deterministic: bool = False,
    effort: str = "normal",
    any_solver_version: bool = False,
    start: object = None,
    journal: str | PathLike[str] | None = None,
    resume: bool = False,
    verify: bool = False,
    progress: "bool | Callable[[Progress], None]" = True,
) -> "Plan":
    """Solve a model of ``tierstock.build`` and return the plan.

    Args:
        m: the model, with whatever was added to it.
        gap: stop when the plan is proven this close to the best possible, as a share.
        time_limit: seconds from the call; the best plan so far is kept.
        threads: threads of the solver.
        seed: random seed of the solver.
        solver: ``auto`` for the means that fit the size of the model, ``highs`` for HiGHS alone.
        deterministic: the same input gives the same answer on every run; the time limit then
            stands for an amount of work. HiGHS alone searches, on one thread.
        effort: ``quick`` also ends the search when nothing comes any more, ``thorough`` looks
            harder for plans; see ``SolveOptions``.
        any_solver_version: accept also a version of HiGHS that is known to give wrong answers.
        start: a plan to begin with, of this model or of one like it: of ``solve``, the path of
            a results workbook, or its sheets as DataFrames. Whole numbers are carried over by
            their names and the rest is solved again; the answer is never worse than what comes of
            it. Where nothing does, ``plan.solution.attempts`` tells.
        journal: file in which the best plan so far and its bound are kept while the search goes
            on, every few seconds; the run is none the worse where it cannot be written.
        resume: go on from the journal of a run that was broken off, where it is of this very
            model; ``start`` counts only where it is not. ``plan.solution.attempts`` tells.
        verify: solve again in other ways, for as long as the first solve took (10 s at least); what
            they say is ``plan.verdict``, a better plan is taken, a contradicted one never written.
        progress: show progress (a live line in terminals and notebooks), or a function that is
            called with each record.

    What is not given is taken from the settings of the network.

    Returns:
        The plan; look at ``plan.quality``: ``none`` means there is none and says in
        ``plan.stopped`` why. The values are also on the variables of the model.

    Raises:
        SolveError: the model or the solver cannot be used.
    """
    began = time.monotonic()
    net: Network = m.network
    settings = net.settings
    options = SolveOptions(
        gap=settings.gap if gap is None else gap,
        time_limit_s=settings.time_limit if time_limit is None else time_limit,
        threads=settings.threads if threads is None else threads,
        seed=settings.seed if seed is None else seed,
        solver=solver,
        deterministic=deterministic,
        effort=effort,
        any_solver_version=any_solver_version,
    )
    plan = solve_with(m, options, progress, start, journal, resume, began=began)
    if not verify:
        return plan
    from tierstock.second_look import verified

    return verified(m, plan)


def solve_with(
    m: "pyo.ConcreteModel",
    options: SolveOptions,
    progress: "bool | Callable[[Progress], None]" = True,
    start: object = None,
    journal: str | PathLike[str] | None = None,
    resume: bool = False,
    began: float | None = None,
) -> "Plan":
    """Solve a model with all options stated; otherwise as ``solve``.

    ``began`` is the moment from which the limits count, on the monotonic clock; None = now.
    """
    began = time.monotonic() if began is None else began
    if resume and journal is None:
        raise ValueError("resume needs the journal to go on from")
    from tierstock.plan import Plan
    from tierstock.solvers import load
    from tierstock.solvers import solve as solve_model
    from tierstock.solvers.show import display
    from tierstock.start_from import start_of

    begin = None if start is None else partial(start_of, m, start)
    book = None if journal is None else Path(journal)
    shown = display(m.network.settings.language) if progress is True else None
    with shown or nullcontext():
        listener = shown or (progress if callable(progress) else None)
        solution = solve_model(m, options, listener, begin, book, resume, began=began)
    if solution.quality != "none":
        load(m, solution)
    return Plan(m, solution, options)


def collect(m: "pyo.ConcreteModel", *, bound: float | None = None, solver: str = "") -> "Plan":
    """Return the plan that another solver of Pyomo has put on the model.

    Whole numbers are made exactly whole, with the rest solved again where that is needed; every
    rule is checked, and the costs are computed from the data.

    Args:
        m: model of ``tierstock.build``, solved by ``pyo.SolverFactory(...).solve(m)``.
        bound: limit no plan can beat, as that solver proved it; without it the plan is feasible,
            never proven.
        solver: its name and version, for the results.

    Raises:
        SolveError: the model holds no values, or they break one of its rules.
    """
    from tierstock.plan import Plan
    from tierstock.solvers import load, read_solution

    settings = m.network.settings
    solution = read_solution(m, bound=bound, solver=solver, gap=settings.gap)
    load(m, solution)
    return Plan(m, solution, SolveOptions(gap=settings.gap))
