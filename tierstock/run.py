"""From a file to an audited plan in a file: the walk of ``tierstock plan``."""

import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from tierstock.asked import Asked
from tierstock.console import Console
from tierstock.exits import Exit, exit_of
from tierstock.words import tell

SHOWN_WARNINGS = 3
"""Warnings told at the end of a plan; all of them are in RunInfo."""


def results_path(source: Path | str, folder: Path | None, ending: str) -> Path:
    """Return where a file about ``source`` goes: ``X.plan.xlsx`` beside it or in a folder.

    What is told of a database on a server goes into the working folder.
    """
    from tierstock.inputs.reading.door import input_name

    beside = source.resolve().parent if isinstance(source, Path) else Path.cwd()
    return (folder or beside) / f"{input_name(source)}.{ending}"


def check_file(
    console: Console, source: Path | str, settings: Mapping[str, str], language: str
) -> Exit:
    """Check an input and write its marked copy; the code of ``tierstock check``."""
    from tierstock.files import at_place, free_place
    from tierstock.inputs import inspect
    from tierstock.inputs.checking.readiness import readiness
    from tierstock.inputs.reading.marked import write_marked

    seen = inspect(source, spoken(settings, language))
    findings = seen.findings
    console.language = language or findings.language
    target, marked = results_path(source, None, "checked.xlsx"), None

    def mark(path: Path) -> Path | None:
        return write_marked(source, findings, path, console.language)

    ready = readiness(seen.tables, findings)
    console.usual = tell_findings(console, findings) | tell_ready(console, ready, findings)
    if len(findings):
        marked = at_place(console, free_place(console, target), mark)[1]
    elif _remove_marked(target):
        console.say("unmarked", path=target)
    if marked is not None:
        console.say("marked", path=marked)
    console.answer({**console.usual, "marked": None if marked is None else str(marked)})
    return Exit.BAD_INPUT if findings.errors else Exit.DONE


def tell_ready(console: Console, ready: list[Any], findings: Any) -> dict[str, Any]:
    """Write how ready each sheet is, where something is amiss; return it for machines."""
    words = [[getattr(one, console.language) for one in sheet.missing] for sheet in ready]
    if ready and (findings.errors or findings.warnings):
        console.say("readiness")
        for sheet, lacking in zip(ready, words, strict=True):
            told = tell("lacking", console.language, names=", ".join(lacking)) if lacking else ""
            console.line(f"  {sheet.score:3}  {sheet.sheet}{told}")
    names = ("sheet", "score", "rows", "errors", "warnings")
    return {
        "readiness": [
            {**{name: getattr(sheet, name) for name in names}, "missing": lacking}
            for sheet, lacking in zip(ready, words, strict=True)
        ]
    }


def spoken(settings: Mapping[str, str], language: str) -> Mapping[str, str]:
    """Return the settings with the language asked for, so that all of a run speaks it."""
    if not language:
        return settings
    return {**settings, "language": language, "report_language": language}


def _remove_marked(path: Path) -> bool:
    """Remove the marked copy of an earlier check; any other file of that name stays."""
    from openpyxl import load_workbook

    from tierstock.inputs.reading.marked import HEADINGS, ISSUES
    from tierstock.inputs.reading.steady import open_elsewhere

    if not path.is_file():
        return False
    try:
        book = load_workbook(path, read_only=True)
        front = book.worksheets[0]
        first = next(front.iter_rows(max_row=1, values_only=True), ())
        title = front.title
        book.close()
    except Exception:  # no workbook: not ours
        return False
    ours = any(title == ISSUES[one] and first == HEADINGS[one] for one in ISSUES)
    if not ours or open_elsewhere(path):
        return False
    path.unlink()
    return True


def tell_findings(console: Console, findings: Any) -> dict[str, Any]:
    """Write all findings, worst first; return them as the keys of the line for machines."""
    language = console.language
    style = {"error": "red", "warning": "yellow", "info": ""}
    for finding in findings:
        console.line(finding.say(language), style=style[finding.severity])
    errors, warnings = len(findings.errors), len(findings.warnings)
    if errors + warnings == 0:
        console.say("clean")
    else:
        infos = len(findings) - errors - warnings
        console.say("found", errors=errors, warnings=warnings, infos=infos)
    rows = findings.frame(language).to_dict(orient="records")
    return {"errors": errors, "warnings": warnings, "findings": rows, "marked": None}


def at_options(findings: Any, flags: Mapping[str, str]) -> Any:
    """Return findings with those on a setting given as an option placed at that option.

    Args:
        findings: what was found.
        flags: setting -> option that gave it, e.g. ``gap`` -> ``--gap``.
    """
    from tierstock.inputs import Findings
    from tierstock.inputs.settings import COMMAND

    places = {f"{COMMAND} {name}": flag for name, flag in flags.items()}
    placed = Findings(findings.language)
    for one in findings:
        flag = places.get(one.sheet)
        placed.extend([one if flag is None else replace(one, sheet=flag)])
    return placed


def plan_file(
    console: Console,
    source: Path | str,
    target: Path,
    settings: Mapping[str, str],
    flags: Mapping[str, str] | None = None,
    *,
    language: str = "",
    progress: bool | None = None,
    asked: Asked | None = None,
) -> Exit:
    """Plan an input and write the audited results workbook; the code of ``tierstock plan``.

    Args:
        console: where it speaks.
        source: workbook, folder or database.
        target: results workbook.
        settings: settings that beat those of the input.
        flags: setting -> option that gave it, where one did.
        language: ``en`` or ``zh``; blank = the language of the workbook.
        progress: show the progress of the search; None = when standard error is a terminal or
            the output is not for a machine.
        asked: how the plan is searched.
    """
    from tierstock.files import free_place, try_room
    from tierstock.inputs import inspect
    from tierstock.locks import claimed
    from tierstock.resume import journal_path

    asked = asked or Asked()
    with console.phase("checked", "read") as told:
        seen = inspect(source, spoken(settings, language))
        findings = at_options(seen.findings, flags or {})
        console.language = language or findings.language
        net = seen.network
        if net is not None:
            told.append(tell("places", console.language, **_counts(net)))
        told.good = net is not None
    if net is None:
        facts = tell_findings(console, findings)
        if any(not one.sheet.startswith("--") for one in findings.errors):
            console.say("check-it", path=source)
        console.answer(facts)
        return Exit.BAD_INPUT
    console.usual = no_answer(console, len(findings.warnings))
    asked = replace(asked, journal=journal_path(target))
    rows = sum(map(len, seen.tables.sheets.values()))
    named, target = target, free_place(console, target, try_room(target, rows))
    if progress is None:
        progress = not console.machine or sys.stderr.isatty()
    with claimed(console, *dict.fromkeys((named, target))):  # the journal belongs to the first
        return _plan_network(
            console, replace(seen, findings=findings), target, language, progress, asked
        )


def _plan_network(
    console: Console, seen: Any, target: Path, language: str, progress: bool, asked: Asked
) -> Exit:
    """Plan a network that was read, write the plan and tell how it ended."""
    from tierstock.model import build_model
    from tierstock.no_plan import tell_no_plan
    from tierstock.resume import finish
    from tierstock.search import Search
    from tierstock.size_forecast import tell_forecast
    from tierstock.solvers.clock import StopKey

    if not tell_forecast(console, seen.network, anyway=asked.anyway):
        console.answer(console.usual)
        return Exit.NO_PLAN
    with console.phase("built", "build") as told:
        m = build_model(seen.network)
        told.append(tell("size", console.language, **_size(m)))
    with StopKey():  # what is found is also audited and written
        search = Search(console, m, progress, asked)
        plan = search.first(target)
        agreed = search.verify() if asked.verify else True
        saved = agreed and plan.quality != "none" and _published(console, search, target, language)
        if agreed and plan.quality == "none":
            tell_no_plan(console, plan, seen.findings, seen.tables)
        target = search.target or target
        files = [one for one in (target, search.page) if saved and one is not None]
        code = _tell_end(console, search.plan, seen.findings, files)
        finish(console, asked.journal, code)
        return code


def _published(console: Console, search: Any, target: Path, language: str) -> bool:
    """Audit and write a plan.

    Where it cannot be written, it is told how to go on from what the journal keeps of it.
    """
    from tierstock.resume import finish

    try:
        return bool(search.publish(target, language or None))
    except (MemoryError, OSError):
        finish(console, search.journal, Exit.STOPPED)
        raise


def _tell_end(console: Console, plan: Any, findings: Any, files: list[Path]) -> Exit:
    code = exit_of(plan.stopped, plan.quality)
    contradicted = plan.verdict is not None and plan.verdict.result == "contradiction"
    if contradicted or (plan.audit is not None and not plan.audit.passed):
        code = Exit.AUDIT_FAILED
    elif files:
        _tell_result(console, plan, findings, files, code)
    console.answer(_answer(console, plan, findings, files))
    return code


def write_demo(file: Path, language: str) -> bool:
    """Write the sample network; a file that was changed stays as it is.

    Returns:
        Whether the file holds the sample.
    """
    from tierstock.files import writing
    from tierstock.inputs.samples import sample
    from tierstock.inputs.templates.template import write_template
    from tierstock.inputs.writing.scratch import scratch

    shown = sample("rebalancing", language)
    with writing(file):
        if not file.exists():
            write_template(file, lang=language, sheets="usual", sample=shown)
            return True
        with scratch(file) as folder:
            fresh = folder / file.name
            write_template(fresh, lang=language, sheets="usual", sample=shown)
            return file.read_bytes() == fresh.read_bytes()


def _counts(net: Any) -> dict[str, int]:
    return {name: len(getattr(net, name)) for name in ("locations", "products", "lanes", "periods")}


def _size(m: Any) -> dict[str, int]:
    from tierstock.model import ArrayConstraint

    rows = sum(len(one) for one in m.component_objects() if isinstance(one, ArrayConstraint))
    whole = sum(int(family.whole.sum()) for family in m.columns.families)
    return {"columns": m.columns.count, "rows": rows, "integers": whole}


def _tell_result(console: Console, plan: Any, findings: Any, files: list[Path], code: Exit) -> None:
    from tierstock.headline import tell_moves, tell_plan
    from tierstock.inputs.importance import by_importance
    from tierstock.tell_alerts import tell_alerts

    console.line()
    if code is Exit.STOPPED:
        console.say("stopped-plan")
    elif code is Exit.GAP_NOT_REACHED:
        console.say("limit-plan")
    tell_plan(console, plan)
    tell_moves(console, plan)
    tell_alerts(console, plan)
    console.line()
    warnings = by_importance(findings.warnings)
    if warnings:
        console.line(tell("warnings", console.language, count=len(warnings)), style="yellow")
    for finding in warnings[:SHOWN_WARNINGS]:
        console.line(f"  {finding.say(console.language)}", style="yellow")
    if len(warnings) > SHOWN_WARNINGS:
        console.say("warnings-more", count=len(warnings) - SHOWN_WARNINGS)
    for note in plan.network.notes + plan.notes:
        console.line(note)
    console.title("files", "  ".join(map(str, files)))


def no_answer(console: Console, warnings: int) -> dict[str, Any]:
    """Return the keys of the line for machines while there is no plan."""
    return {
        "stopped": None,
        "quality": "none",
        "objective": None,
        "bound": None,
        "gap": None,
        "levels": [],
        "costs": {},
        "kpis": {},
        "alerts": {},
        "baseline": None,
        "audit": {"passed": False, "worst_violation": None},
        "verify": None,
        "seconds": console.seconds,
        "size": {},
        "forecast": None,
        "files": [],
        "warnings": warnings,
    }


def _answer(console: Console, plan: Any, findings: Any, files: list[Path]) -> dict[str, Any]:
    from tierstock.before import before_facts
    from tierstock.second_look import facts_of
    from tierstock.tell_alerts import counted

    solution, audit = plan.solution, plan.audit
    there = plan.quality != "none"
    costs = plan.costs.groupby("Cost Bucket")["Amount"].sum().to_dict() if there else {}
    kpis = dict(zip(plan.kpis["KPI"], plan.kpis["Value"], strict=True)) if there else {}
    checks = [] if audit is None else audit.checks
    return {
        "stopped": plan.stopped,
        "quality": plan.quality,
        "objective": plan.objective,
        "bound": plan.bound,
        "gap": plan.gap,
        "levels": [asdict(level) for level in solution.levels],
        "costs": costs,
        "kpis": kpis,
        "alerts": counted(plan),
        "baseline": before_facts(plan),
        "audit": {
            "passed": audit is not None and audit.passed,
            "worst_violation": max((check.worst for check in checks), default=None),
        },
        "verify": facts_of(plan.verdict),
        "seconds": {name: round(spent, 3) for name, spent in console.seconds.items()},
        "size": solution.size,
        "forecast": console.usual["forecast"],
        "files": [str(one) for one in files],
        "warnings": len(findings.warnings),
    }
