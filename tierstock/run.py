"""From a file to an audited plan in a file: the walk of ``tierstock plan``."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tierstock.console import Console
from tierstock.exits import Exit, exit_of
from tierstock.words import tell


def results_path(source: Path, folder: Path | None, ending: str) -> Path:
    """Return where a file about ``source`` goes: ``X.plan.xlsx`` beside it or in a folder."""
    source = source.resolve()
    stem = source.name if source.is_dir() else source.stem
    return (folder or source.parent) / f"{stem}.{ending}"


def check_file(console: Console, source: Path, settings: Mapping[str, str], language: str) -> Exit:
    """Check an input and write its marked copy; the code of ``tierstock check``."""
    from tierstock.inputs import inspect
    from tierstock.inputs.marked import write_marked

    seen = inspect(source, settings)
    findings = seen.findings
    console.language = language or findings.language
    marked = None
    if len(findings):
        target = results_path(source, None, "checked.xlsx")
        marked = write_marked(source, findings, target, console.language)
    tell_findings(console, findings, marked)
    return Exit.BAD_INPUT if findings.errors else Exit.DONE


def tell_findings(console: Console, findings: Any, marked: Path | None) -> None:
    """Write all findings, worst first, and the line for machines."""
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
    if marked is not None:
        console.say("marked", path=marked)
    rows = findings.frame(language).to_dict(orient="records")
    console.answer(
        {
            "errors": errors,
            "warnings": warnings,
            "findings": rows,
            "marked": None if marked is None else str(marked),
        }
    )


def plan_file(
    console: Console,
    source: Path,
    target: Path,
    settings: Mapping[str, str],
    *,
    language: str = "",
    progress: bool | None = None,
) -> Exit:
    """Plan an input and write the audited results workbook; the code of ``tierstock plan``.

    Args:
        console: where it speaks.
        source: workbook or folder of CSV files.
        target: results workbook.
        settings: settings that beat those of the input.
        language: ``en`` or ``zh``; blank = the language of the workbook.
        progress: show the progress of the search; None = when standard error is a terminal or
            the output is not for a machine.
    """
    from tierstock.inputs import inspect
    from tierstock.model import build_model
    from tierstock.plan import AuditError, solve
    from tierstock.solvers.show import display

    with console.phase("checked", "read") as told:
        seen = inspect(source, settings)
        console.language = language or seen.findings.language
        net = seen.network
        if net is not None:
            told.append(tell("places", console.language, **_counts(net)))
    if net is None:
        tell_findings(console, seen.findings, None)
        return Exit.BAD_INPUT
    with console.phase("built", "build") as told:
        m = build_model(net)
        told.append(tell("size", console.language, **_size(m)))
    if progress is None:
        progress = not console.machine or sys.stderr.isatty()
    with console.phase("solved", "solve") as told:
        if progress:
            with display(console.language, console.stream) as shown:
                plan = solve(m, progress=shown)
        else:
            plan = solve(m, progress=False)
        told.append(tell(f"stopped-{plan.stopped}", console.language))
    code = exit_of(plan.stopped, plan.quality)
    if plan.quality == "none":
        _tell_no_plan(console, plan)
        console.answer(_answer(console, plan, seen.findings, None))
        return code
    plan.seconds.update(console.seconds)
    try:
        with console.phase("audited", "write") as told:
            result = plan.save(target, language=language or None)
            told.append(tell("checks", console.language, count=len(result.checks)))
    except AuditError as error:
        console.say("not-published")
        for check in error.result.checks:
            if not check.passed:
                console.line(f"  {check.name}: {check.worst:g}  {check.where}", style="red")
        console.answer(_answer(console, plan, seen.findings, None))
        return Exit.AUDIT_FAILED
    _tell_result(console, plan, seen.findings, target, code)
    console.answer(_answer(console, plan, seen.findings, target))
    return code


def _counts(net: Any) -> dict[str, int]:
    return {name: len(getattr(net, name)) for name in ("locations", "products", "lanes", "periods")}


def _size(m: Any) -> dict[str, int]:
    from tierstock.model import ArrayConstraint

    rows = sum(len(one) for one in m.component_objects() if isinstance(one, ArrayConstraint))
    whole = sum(len(family) for family in m.columns.families if family.integer)
    return {"columns": m.columns.count, "rows": rows, "integers": whole}


def _tell_no_plan(console: Console, plan: Any) -> None:
    limit = f"{plan.network.settings.time_limit:g} s"
    code = {
        "infeasible": "contradiction",
        "time": "no-plan-time",
        "memory": "no-plan-memory",
        "user": "stopped",
    }.get(plan.stopped, "crashed")
    console.say(code, limit=limit, detail=plan.solution.detail)


def _tell_result(console: Console, plan: Any, findings: Any, target: Path, code: Exit) -> None:
    from tierstock.headline import tell_moves, tell_plan

    console.line()
    if code is Exit.STOPPED:
        console.say("stopped-plan")
    elif code is Exit.GAP_NOT_REACHED:
        console.say("limit-plan")
    tell_plan(console, plan)
    tell_moves(console, plan)
    console.line()
    warnings = findings.warnings
    if warnings:
        first = warnings[0].say(console.language)
        console.line(
            tell("warnings", console.language, count=len(warnings), first=first), style="yellow"
        )
    for note in plan.network.notes:
        console.line(note)
    console.title("files", str(target))


def _answer(console: Console, plan: Any, findings: Any, target: Path | None) -> dict[str, Any]:
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
        "costs": costs,
        "kpis": kpis,
        "audit": {
            "passed": audit is not None and audit.passed,
            "worst_violation": max((check.worst for check in checks), default=None),
        },
        "seconds": {name: round(spent, 3) for name, spent in console.seconds.items()},
        "size": solution.size,
        "files": [] if target is None else [str(target)],
        "warnings": len(findings.warnings),
    }
