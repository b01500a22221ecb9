"""The walk of ``tierstock audit``: two files in, one line per check out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tierstock.audited import ended, where_in
from tierstock.console import Console
from tierstock.exits import Exit, Refused
from tierstock.inputs.writing.scratch import scratch
from tierstock.inputs.writing.snapshot import is_indirect, snapshot
from tierstock.outputs.audit import AuditResult, audit, audit_stamp
from tierstock.outputs.audit.book import titles
from tierstock.outputs.audit.run import CHINESE
from tierstock.outputs.audit.values import bare
from tierstock.outputs.audit.words import COPY, read_tables, words
from tierstock.words import tell

NEEDED = {
    "input": ("Locations", "Products"),
    "output": ("Summary", "RunInfo", "Costs", "Shipments", "Inventory", "Service"),
}
"""Sheets without which a file is no input, or no plan."""


def audit_files(console: Console, source: Path | str, plan: Path, language: str) -> Exit:
    """Audit a written plan against its input, and against the stamp of an earlier audit.

    The audit reads the input by itself, without any code of the rest; an .xls, the queries of a
    .toml and a database on a server it reads from a snapshot of what the reader read. Where a file
    was changed since, so that nothing can be recomputed from it, that is what is told.

    Args:
        console: where it speaks.
        source: workbook, folder or database that was planned.
        plan: results workbook.
        language: ``en`` or ``zh``; blank = the language of the results.

    Raises:
        Refused: a file is no workbook, is damaged, or lacks sheets.
        OSError: a file cannot be read.
    """
    if isinstance(source, str) or is_indirect(source):
        with scratch() as folder:
            copy = snapshot(source, folder / Path(source).stem)
            return audit_files(console, copy, plan, language)
    try:
        console.language = language or ("zh" if set(titles(plan)) & CHINESE else "en")
        for path, kind in ((source, "input"), (plan, "output")):
            _demand_sheets(console, path, kind)
        result = audit(source, plan, language=console.language)
    except (OSError, Refused):
        raise
    except Exception as fault:
        for path in (plan, source):
            _demand_readable(console, path)
        if isinstance(fault, ValueError):  # the audit says what it cannot work with
            raise Refused(tell("no-audit", console.language, detail=fault)) from fault
        known = audit_stamp(source, plan, console.language)
        if known.passed:  # nothing was changed: a fault of the audit itself
            raise
        result = replace(known, checks=(*known.checks, ended(fault, console.language)))
    _tell(console, result)
    return Exit.DONE if result.passed else Exit.AUDIT_FAILED


def _demand_sheets(console: Console, path: Path, kind: str) -> None:
    there = set(_sheets(titles(path)))
    missing = [name for name in NEEDED[kind] if name not in there]
    if missing:
        listed = ", ".join(missing)
        raise Refused(tell(f"no-{kind}", console.language, path=path, listed=listed))


def _sheets(names: Sequence[str]) -> Iterator[str]:
    """Go through the English names of the sheets, copies of an input included."""
    for name in names:
        for start in ("", *COPY):
            if name.startswith(start):
                yield words().sheets.get(bare(name[len(start) :]), "")


def _demand_readable(console: Console, path: Path) -> None:
    """Make sure that every sheet of a file can be read."""
    try:
        for kind in NEEDED:
            read_tables(path, kind)
    except OSError:
        raise
    except Exception as fault:  # whatever a damaged file makes of its reader
        detail = f"{type(fault).__name__}: {fault}".rstrip(": ")
        text = tell("no-workbook", console.language, path=path, detail=detail)
        raise Refused(text) from fault


def _tell(console: Console, result: AuditResult) -> None:
    for one in result.checks:
        where = where_in(one.where, console.language)
        where = "" if one.passed else f"  {one.worst:g}  {where}"
        style = "" if one.passed else "red"
        console.line(f"{console.mark(one.passed)} {one.name}{where}", style=style)
    failed = sum(not one.passed for one in result.checks)
    if not result.stamped:
        console.line(tell("audit-no-stamp", console.language), style="yellow")
    code = "audit-failed" if failed else "audit-passed"
    console.say(code, count=len(result.checks), failed=failed)
    names = ("name", "passed", "worst", "where")
    console.answer(
        {
            "passed": result.passed,
            "checks": [{name: getattr(one, name) for name in names} for one in result.checks],
            "input_hash": result.input_hash,
            "plan_hash": result.plan_hash,
            "stamped": result.stamped,
        }
    )
