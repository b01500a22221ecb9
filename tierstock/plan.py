"""A solved network: its tables, how good it is, and the audited workbook."""

import math
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import astuple
from functools import cached_property, partial
from os import PathLike
from pathlib import Path

import pandas as pd
import pyomo.environ as pyo

from tierstock.acting import Acting
from tierstock.audited import AuditError, audit_rows, audited, passing_rows
from tierstock.before import Compared
from tierstock.decisions import decisions, settings_in_force
from tierstock.explained import Explained
from tierstock.files import copied, writing
from tierstock.held import cap_notes
from tierstock.inputs import Network
from tierstock.inputs.findings import phrase
from tierstock.inputs.importance import rank
from tierstock.inputs.inspection import content_hash
from tierstock.inputs.reading.door import located
from tierstock.inputs.reading.originals import holdable, originals
from tierstock.inputs.rules import rules_in_effect
from tierstock.inputs.writing.scratch import scratch
from tierstock.outputs import RunFacts, build_tables, write_draft
from tierstock.outputs.audit import AuditResult
from tierstock.outputs.costs import totals
from tierstock.outputs.expand import expand
from tierstock.outputs.facts import LevelFacts
from tierstock.outputs.workbook import Draft
from tierstock.own import own_objective, own_results
from tierstock.paged import Paged
from tierstock.second_look import refuse_contradicted, sentence, verified
from tierstock.solvers import Solution, SolveOptions, load, read_solution
from tierstock.solvers import solve as solve_model
from tierstock.solvers.progress import Progress
from tierstock.solvers.second import Verdict
from tierstock.solvers.show import display
from tierstock.start_from import keyed, start_of
from tierstock.words import tell

RULES = 100_000
"""Rules in effect that a results workbook lists at most."""


def solve(
    m: pyo.ConcreteModel,
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
    progress: bool | Callable[[Progress], None] = True,
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
    plan = solve_with(m, options, progress, start, journal, resume)
    return verified(m, plan) if verify else plan


def solve_with(
    m: pyo.ConcreteModel,
    options: SolveOptions,
    progress: bool | Callable[[Progress], None] = True,
    start: object = None,
    journal: str | PathLike[str] | None = None,
    resume: bool = False,
) -> "Plan":
    """Solve a model with all options stated; otherwise as ``solve``."""
    if resume and journal is None:
        raise ValueError("resume needs the journal to go on from")
    begin = None if start is None else partial(start_of, m, start)
    book = None if journal is None else Path(journal)
    shown = display(m.network.settings.language) if progress is True else None
    with shown or nullcontext():
        listener = shown or (progress if callable(progress) else None)
        solution = solve_model(m, options, listener, begin, book, resume)
    if solution.quality != "none":
        load(m, solution)
    return Plan(m, solution, options)


def collect(m: pyo.ConcreteModel, *, bound: float | None = None, solver: str = "") -> "Plan":
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
    settings = m.network.settings
    solution = read_solution(m, bound=bound, solver=solver, gap=settings.gap)
    load(m, solution)
    return Plan(m, solution, SolveOptions(gap=settings.gap))


class Plan(Acting, Compared, Explained, Paged):
    """What to ship, make and hold, where and when, and what it costs.

    Attributes:
        model: the model it is a plan of; ``why`` and ``prices`` need it as it was solved.
        network: the network that was planned.
        solution: what the solver said.
        stopped: optimal, gap, time, memory, user, infeasible or fault.
        quality: proven, feasible or none; with levels proven where each level is.
        objective, bound, gap: total cost, the least any plan can cost, their distance as a share;
            of the objective that was solved, also where it is not the cost of tierstock. Where
            profit counts, cost less revenue. With levels, the least cost of plans that keep the
            levels before cost; ``solution.levels`` tell of each level.
        options: how it was solved.
        own_objective: whether somebody changed the objective of the model, or a family of a
            consultant charges something.
        own: tables of the variables a consultant added, by name, and of own ``costs``.
        seconds: seconds by phase, filled in by whoever runs the phases.
        audit: what the last audit found, None before there was one.
        verdict: what other ways to solve the model found, None where it was solved once.
        keyed: keys and values of each family of variables; another model can start from them.
    """

    def __init__(self, m: pyo.ConcreteModel, solution: Solution, options: SolveOptions) -> None:
        self.model, self.network = m, m.network
        self.solution = solution
        self.stopped, self.quality = solution.stopped, solution.quality
        self.objective, self.bound, self.gap = solution.objective, solution.bound, solution.gap
        self.options = options
        self.own_objective = own_objective(m)
        self.seconds: dict[str, float] = {"solve": solution.seconds}
        self.audit: AuditResult | None = None
        self.verdict: Verdict | None = None
        self.keyed = {} if self.quality == "none" else keyed(m, solution.values)
        self._held = m.held
        self._decisions = decisions(m, solution.values)
        self.own: Mapping[str, pd.DataFrame] = (
            {} if self.quality == "none" else own_results(m, solution.values)
        )

    @cached_property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """All result sheets by English name, in the columns of the tables' contract."""
        if self.quality == "none":
            raise ValueError(f"There is no plan (stopped: {self.stopped}).")
        net, before = self.network, self.before
        return build_tables(net, self._decisions, self.facts(), net.findings, baseline=before)

    @cached_property
    def cost(self) -> float:
        """Money by the terms of ``costs``; the objective unless somebody changed that."""
        if not self.own_objective or self.quality == "none":
            return self.objective
        return math.fsum(totals(expand(self.network, self._decisions)).values())

    @property
    def shipments(self) -> pd.DataFrame:
        """Shipments and transfers: one row per lane, product and ship period."""
        return self.tables["Shipments"]

    @property
    def inventory(self) -> pd.DataFrame:
        """Stock of every location, product and period."""
        return self.tables["Inventory"]

    @property
    def service(self) -> pd.DataFrame:
        """Demand served, owed and lost."""
        return self.tables["Service"]

    @property
    def costs(self) -> pd.DataFrame:
        """Money by cost term, location, product and period; its sum is the objective."""
        return self.tables["Costs"]

    @property
    def purchases(self) -> pd.DataFrame:
        """What is bought or made, by order period."""
        return self.tables["Purchases"]

    @property
    def kpis(self) -> pd.DataFrame:
        """Headline figures with unit and definition."""
        return self.tables["Summary"]

    @cached_property
    def rules(self) -> pd.DataFrame:
        """Which value rules where, from which row, and what it beat; see ``tierstock.rules``."""
        return rules_in_effect(self.network)

    def facts(self, input_hash: str = "") -> RunFacts:
        """Return the facts of the run for Summary and RunInfo."""
        from tierstock import __version__

        net, solution = self.network, self.solution
        name, _, version = solution.solver.partition(" ")
        worrying = phrase("note-no-terminal", net.settings.language, {})
        return RunFacts(
            name=net.name,
            currency=net.settings.money_word(net.settings.report_language),
            first_day=str(net.periods.start[0]),
            last_day=str(net.periods.end[-1]),
            objective=self.cost,
            bound=math.nan if self.own_objective else self.bound,
            gap=self.gap,
            asked_gap=self.options.gap,
            stopped=self.stopped,
            quality=self.quality,
            version=__version__,
            solver=name,
            solver_version=version,
            input_hash=input_hash,
            seconds={} if self.options.deterministic else self.seconds,
            size=solution.size,
            settings=settings_in_force(net.settings),
            warnings=(*_warnings(net.findings), *(n for n in net.notes if n == worrying)),
            levels=tuple(LevelFacts(*astuple(one)) for one in solution.levels),
            verified=self._verified,
            baseline="" if self.replayed is None else self.replayed.kind,
            notes=(*(note for note in net.notes if note != worrying), *self.notes),
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on how the plan was made, behind those of the network."""
        language = self.network.settings.report_language
        kept = [one for one in self._held if self.stopped != "infeasible" or not one.sure]
        caps = tuple(cap_notes(self.network, kept, language))
        if self._verified:
            caps = (*caps, self._verified)
        caps = (*caps, *(() if self.replayed is None else self.replayed.notes))
        if not self.own_objective:
            return caps
        values = {"objective": f"{self.objective:,.6g}", "bound": f"{self.bound:,.6g}"}
        return (*caps, tell("own-objective", language, **values))

    @property
    def _verified(self) -> str:
        """Sentence on what other ways to solve the model found; blank where it was solved once."""
        if self.verdict is None:
            return ""
        return sentence(self.verdict, self.network, self.network.settings.report_language)

    def save(self, path: str | PathLike[str], *, language: str | None = None) -> AuditResult:
        """Write the results workbook, after its independent audit.

        The workbook is first written to a folder of its own and audited there against the input
        as it was read. Only when every check passed, the sheet Audit is put in and the file is
        moved into place.

        Args:
            path: file to write, ``.xlsx``; an existing one is replaced only by a complete plan.
            language: ``en`` or ``zh``; the settings' report language where not given.

        Returns:
            The result of the audit, which is also the sheet Audit.

        Raises:
            AuditError: a check failed; nothing was written.
            InputChanged: the input is not the one that was read (an OSError).
            OSError: the file cannot be written; an existing one is untouched.
            ValueError: there is no plan, or the network was not read from anything.
        """
        target = Path(path)
        words = language or self.network.settings.report_language
        with scratch(target) as folder:
            draft, audit, size = self._drafted(folder, words)
            with writing(target, needed=size):
                draft.publish(target, audit_rows(audit))
        return audit

    def _drafted(self, folder: Path, language: str) -> tuple[Draft, AuditResult, int]:
        """Write the workbook into a folder and audit it there; return it with its bytes."""
        refuse_contradicted(self, language)
        source, copies = self._input(folder)
        facts = self.facts(content_hash(source))
        tables = {**self.tables, "RunInfo": _run_info(facts)}
        tables |= self.views(language) | self.acted(language)
        tables["RulesInEffect"] = rules_in_effect(self.network, language=language, most=RULES)
        place = folder / "plan.xlsx"
        with writing(place):
            draft = write_draft(place, tables, language, copies, facts, passing_rows(language))
        audit = self.audit = audited(source, place, language)
        if not audit.passed:
            raise AuditError(audit)
        return draft, audit, place.stat().st_size

    def _input(self, folder: Path) -> tuple[Path, dict[str, pd.DataFrame]]:
        """Return the input as it was read, as a file, and the copy of its sheets."""
        source = self.network.source
        if not isinstance(source, Mapping):
            if not source:
                raise ValueError("The network was not read from a file, folder or DataFrames.")
            file = copied(located(source), folder, self.network.input_hash)
            return file, originals(file)
        own = folder / "input"
        own.mkdir()
        tables = holdable(source)
        for name, frame in tables.items():
            frame.to_csv(own / f"{name}.csv", index=False, encoding="utf-8")
        return own, originals(tables)

    def _repr_html_(self) -> str:
        from tierstock.inputs.showing import join, sentence, title
        from tierstock.outputs.shown import plan_html

        language = self.network.settings.report_language
        if self.quality == "none":
            why = tell(f"stopped-{self.stopped}", language)
            return join(title(self.network.name), sentence(tell("no-plan", language, why=why)))
        return plan_html(self.kpis, self.facts(), language)


def _warnings(findings: pd.DataFrame | None) -> tuple[str, ...]:
    """Return the warnings of the check as sentences with their places, worst first."""
    if findings is None:
        return ()
    found = findings[findings["severity"] == "warning"]
    found = found.sort_values("code", key=lambda codes: codes.map(rank), kind="stable")
    rows = found.to_dict(orient="records")
    places = (f"{row['sheet']}!{row['cell']}  " if row["cell"] else "" for row in rows)
    return tuple(f"{place}{row['message']}" for place, row in zip(places, rows, strict=True))


def _run_info(facts: RunFacts) -> pd.DataFrame:
    from tierstock.outputs.run_info import run_info

    return run_info(facts)
