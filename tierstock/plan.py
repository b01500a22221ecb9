"""A solved network: its tables, how good it is, and the audited workbook."""

import math
from collections.abc import Mapping
from dataclasses import astuple
from functools import cached_property
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
from tierstock.second_look import refuse_contradicted, sentence
from tierstock.solvers import Solution, SolveOptions
from tierstock.solvers.second import Verdict
from tierstock.start_from import keyed
from tierstock.words import tell

RULES = 100_000
"""Rules in effect that a results workbook lists at most."""


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
