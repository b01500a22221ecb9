"""Solve, audit, write; and another way where the audit refuses the plan."""

import time
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from tierstock.asked import Asked
from tierstock.audited import AuditError, where_in
from tierstock.console import Console
from tierstock.endings import said_of
from tierstock.exits import Refused
from tierstock.files import at_place
from tierstock.plan import Plan
from tierstock.resume import tell_left, tell_resumed
from tierstock.second_look import again, look_again, taken
from tierstock.solvers import SolveOptions
from tierstock.solvers.effort import DRIED_UP
from tierstock.solvers.restart import GIVEN_UP
from tierstock.solvers.show import display
from tierstock.solving import solve, solve_with
from tierstock.start_from import NoStart
from tierstock.words import tell

OTHER_WAYS: tuple[dict[str, Any], ...] = (
    {"presolve": False},
    {"tolerance": 1e-9},
    {"seed": 1},
    {"method": "ipm"},
)
"""How a model is solved again where its plan fails the audit, one step after the other, each on
top of those before: unsimplified, exact whole numbers, another seed (so much is added to it),
interior points."""

LEAST_S = 0.5
"""Seconds of the time limit that must be left for each further try."""


class Search:
    """One run from a model to a published plan.

    Args:
        console: where it speaks.
        m: model of ``tierstock.build``.
        progress: whether the progress of the search is shown.
        asked: how the plan is searched.
    """

    def __init__(self, console: Console, m: Any, progress: bool, asked: Asked) -> None:
        self._console, self._m, self._progress = console, m, progress
        self._asked = asked
        self.target: Path | None = None
        """Where the plan was written."""
        self.page: Path | None = None
        """Where its page was written."""
        self._deadline = time.monotonic() + m.network.settings.time_limit
        self.journal = asked.journal
        """File in which the best plan is kept meanwhile."""

    def first(self, target: Path) -> Plan:
        """Solve as the settings say.

        Args:
            target: results workbook; one that is there helps a resumed run.
        """
        self._results = target if target.exists() else None
        self.plan = self._solved(None)
        return self.plan

    def verify(self) -> bool:
        """Solve again in other ways and compare; a cheaper plan that comes of it is taken.

        Returns:
            Whether nothing contradicts what the first solve found.
        """
        plan, m = self.plan, self._m
        verdict = look_again(self._console, m, plan)
        if verdict is None:
            return True
        self.plan = taken(m, plan, verdict)
        if self.plan is not plan:
            self._console.say("verify-better")
        return verdict.result != "contradiction"

    def publish(self, target: Path, language: str | None) -> bool:
        """Write the plan when it passes its audit; else solve again while time allows.

        Returns:
            Whether a plan was written; ``plan.audit`` holds what the last audit found.

        Raises:
            OSError: a file cannot be read or written.
        """
        options = self.plan.options
        fault = self._saved(target, language)
        for number, way in enumerate(OTHER_WAYS, start=1):
            left = self._left() / (len(OTHER_WAYS) + 1 - number)
            if fault is None or left < LEAST_S or self.plan.stopped == "user":
                break
            failed = ", ".join(check.name for check in fault.result.checks if not check.passed)
            self._console.say("audit-again", failed=failed)
            changed = way | ({"seed": options.seed + way["seed"]} if "seed" in way else {})
            options = replace(options, time_limit_s=left, **changed)
            plan = self._solved(options)
            if plan.quality != "none" and self._agreed(plan):
                self.plan = plan
                fault = self._saved(target, language)
        if fault is None:
            return True
        self._console.say("not-published")
        for check in fault.result.checks:
            if not check.passed:
                where = where_in(check.where, self._console.language)
                text = f"  {check.name}: {check.worst:g}  {where}"
                self._console.line(text, style="red")
        self._console.say("audit-fault")
        return False

    def _agreed(self, plan: Plan) -> bool:
        """Hold a plan against what other ways found, where they were asked; whether it fits."""
        if self.plan.verdict is None:
            return True
        plan.verdict = again(self.plan.verdict, plan.solution)
        return plan.verdict.result != "contradiction"

    def _solved(self, options: SolveOptions | None) -> Plan:
        console = self._console
        with console.phase("solved", "solve") as told:
            shown = display(console.language, console.stream) if self._progress else None
            with shown or nullcontext():
                if options is None:
                    plan = self._first(shown or False)
                else:
                    plan = solve_with(self._m, options, shown or False)
            told.append(tell(f"stopped-{plan.stopped}", console.language))
        return plan

    def _first(self, progress: Any) -> Plan:
        asked, console = self._asked, self._console
        if asked.journal is not None and not asked.resume:
            tell_left(console, asked.journal)
        start = asked.start or (self._results if asked.resume else None)
        try:
            plan = self._begun(start, progress)
        except NoStart as fault:
            if asked.start is not None:
                raise Refused(tell("no-start", console.language, path=start)) from fault
            start, plan = None, self._begun(None, progress)
        if asked.resume and asked.journal is not None:
            tell_resumed(console, plan, asked.journal, start)
        if any(text.startswith(GIVEN_UP.split("{")[0]) for text in plan.solution.attempts):
            console.say("start-given-up", path=start)
        if DRIED_UP in plan.solution.attempts:
            console.say("dried-up")
        return plan

    def _begun(self, start: Path | None, progress: Any) -> Plan:
        asked = self._asked
        return solve(
            self._m,
            solver=asked.solver,
            effort=asked.effort,
            deterministic=asked.deterministic,
            any_solver_version=asked.any_solver_version,
            start=start,
            journal=asked.journal,
            resume=asked.resume,
            progress=progress,
        )

    def _left(self) -> float:
        """Seconds left for another try, or the work they stand for."""
        if self._asked.deterministic:
            return float(self._m.network.settings.time_limit)
        return float(self._deadline - time.monotonic())

    def _saved(self, target: Path, language: str | None) -> AuditError | None:
        plan, console = self.plan, self._console
        plan.seconds.update(console.seconds)
        if self._progress:
            console.say("auditing")
        try:
            with console.phase("audited", "write") as told:
                save = partial(plan.save, language=language)
                self.target, result = at_place(console, target, save)
                told.append(tell("checks", console.language, count=len(result.checks)))
                self.page = self._paged(self.target, language)
        except AuditError as fault:
            return fault
        return None

    def _paged(self, workbook: Path, language: str | None) -> Path | None:
        """Write the page beside the workbook; where it cannot be written, tell it and go on."""
        console, target = self._console, workbook.with_suffix(".html")
        try:
            return at_place(console, target, partial(self.plan.page, language=language))[0]
        except OSError as fault:
            reason = said_of(fault, console.language)
            told = tell("no-page", console.language, path=target, reason=reason)
            console.line(told, style="yellow")
            return None
