"""Runs that were broken off: where their best plan is kept, and what is said of it."""

import math
from contextlib import suppress
from pathlib import Path
from typing import Any

from tierstock.console import Console
from tierstock.exits import Exit
from tierstock.solvers.journal import OTHER_MODEL, RESUMED

ENDING = ".xlsx"


def journal_path(target: Path) -> Path:
    """Return the file beside a results workbook that keeps the plan of an unfinished run."""
    return target.with_name(f"{target.name.removesuffix(ENDING)}.journal")


def tell_left(console: Console, journal: Path) -> None:
    """Say before a run that an earlier one could be gone on with."""
    if journal.is_file():
        console.say("journal-left", path=journal.name)


def tell_resumed(console: Console, plan: Any, journal: Path, start: Path | None) -> None:
    """Say what a resumed run went on from.

    Args:
        console: where it is said.
        plan: what the run brought.
        journal: file that was to be gone on from.
        start: results workbook whose trips stood in for it, None where there was none.
    """
    attempts = plan.solution.attempts
    if RESUMED in attempts:
        cost = next((one.incumbent for one in plan.solution.log), math.nan)
        console.say("resumed", objective=f"{cost:,.0f}")
        return
    if OTHER_MODEL in attempts:
        console.say("resume-other", path=journal.name)
    if start is not None:
        console.say("resume-plan", path=start.name)
    elif OTHER_MODEL not in attempts:
        console.say("resume-none")


def finish(console: Console, journal: Path | None, code: Exit) -> None:
    """Say how to go on with a run that is not done; remove the journal of one that is.

    What ended without a plan leaves what an earlier run kept, and what ended by a fault does not
    come here: its journal stays.
    """
    if journal is None or not journal.is_file():
        return
    if code in (Exit.GAP_NOT_REACHED, Exit.STOPPED):
        console.say("resume-with")
    elif code in (Exit.DONE, Exit.CONTRADICTION, Exit.AUDIT_FAILED):
        with suppress(OSError):
            journal.unlink()
