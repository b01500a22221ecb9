"""The walk of ``tierstock import``: raw extracts and a map in, a workbook and its log out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tierstock.console import Console
from tierstock.diff_files import refuse_own
from tierstock.exits import Exit, Refused
from tierstock.files import at_place, free_place, writing
from tierstock.inputs import Findings
from tierstock.locks import claimed
from tierstock.words import tell

if TYPE_CHECKING:
    from tierstock.inputs.extracts.run import Imported


def import_files(
    console: Console,
    map_path: Path,
    files: Sequence[Path],
    target: Path,
    *,
    language: str = "",
    force: bool = False,
) -> Exit:
    """Write the workbook of some extracts and, beside it, the log; the code of the command.

    Both appear under their names only when they are complete, and when both have been read back
    and hold exactly the units that came in, less those the log takes away.

    Args:
        console: where it speaks.
        map_path: what the columns of the extracts mean.
        files: the extracts.
        target: the workbook; its log is ``X.import.xlsx`` for ``X.xlsx``.
        language: ``en`` or ``zh`` of both; blank = the map's, else the console's.
        force: whether an older workbook and log may be replaced.

    Raises:
        Refused: the target is there, is no .xlsx, or it or its log is one of the files read.
        OSError: the target cannot be written.
    """
    log = log_path(target)
    _check_target(console, target, log, force)
    for path in (target, log):
        refuse_own(console, path, [map_path, *files])
    target, log = (free_place(console, path) for path in (target, log))
    with claimed(console, target, log):
        return _import(console, map_path, files, (target, log), language)


def _import(
    console: Console,
    map_path: Path,
    files: Sequence[Path],
    places: tuple[Path, Path],
    language: str,
) -> Exit:
    """Read the extracts, tell what was found, and write the workbook and its log."""
    from tierstock.inputs.extracts.mapping import ROW_FAULTS
    from tierstock.inputs.extracts.run import import_extracts

    findings = Findings(console.language)
    made = import_extracts(map_path, files, findings)
    console.language = language or findings.language
    for finding in findings:
        style = {"error": "red", "warning": "yellow"}.get(finding.severity, "")
        console.line(finding.say(console.language), style=style)
    rows = findings.frame(console.language).to_dict(orient="records")
    if made is None:
        console.say("import-refused", count=len(findings.errors))
        if any(one.code in ROW_FAULTS for one in findings.errors):
            console.say("import-aside")
        console.answer({**console.usual, "findings": rows})
        return Exit.BAD_INPUT
    return _write(console, made, findings, *places)


def _write(
    console: Console,
    made: "Imported",
    findings: Findings,
    target: Path,
    log: Path,
) -> Exit:
    """Write both files, prove them, and put them in their places."""
    from tierstock.inputs.extracts.books import counts, log_tabs, workbook_tabs
    from tierstock.inputs.extracts.proof import NotConserved, prove
    from tierstock.inputs.reading.xml_scan import Refused as Unwritable
    from tierstock.inputs.schema import schema
    from tierstock.inputs.writing.place import placing_all
    from tierstock.inputs.writing.to_workbook import write_workbook

    spoken = console.language
    tabs, noted = workbook_tabs(made, spoken), log_tabs(made, findings, spoken)

    def write(path: Path) -> list[dict[str, object]]:
        with placing_all(log, path) as (log_draft, draft):
            write_workbook(tabs, draft)
            with writing(log):
                write_workbook(noted, log_draft)
            return prove(made, draft, log_draft)

    try:
        target, balance = at_place(console, target, write)
    except NotConserved as fault:
        text = tell("import-not-conserved", console.language, detail=fault)
        console.line(text, style="red")
        console.fail(text, int(Exit.AUDIT_FAILED))
        return Exit.AUDIT_FAILED
    except Unwritable as refused:
        findings.add(refused.code, **refused.values)
        raise Refused(findings.errors[-1].say(console.language)) from refused
    sheets = {tab.title: len(tab.body) for tab in tabs}
    console.say("imported", rows=sum(sheets.values()), path=target, log=log)
    needed = [one for one in schema().inputs if one.required and one.name not in made.frames]
    comma = "、" if spoken == "zh" else ", "
    if needed:
        names = comma.join(one.heading(spoken) for one in needed)
        console.say("import-lacking", names=names, path=target)
    else:
        console.say("import-next", path=target)
    rows = findings.frame(console.language).to_dict(orient="records")
    answer = {"files": [str(target), str(log)], "sheets": sheets, "log": dict(counts(made))}
    console.answer({**answer, "balance": balance, "findings": rows})
    return Exit.DONE


def log_path(target: Path) -> Path:
    """Return the log of a workbook: ``X.import.xlsx`` beside ``X.xlsx``."""
    return target.with_name(f"{target.stem}.import.xlsx")


def _check_target(console: Console, target: Path, log: Path, force: bool) -> None:
    """Refuse a target that is no .xlsx, or is there and may not be replaced."""
    if target.suffix.lower() != ".xlsx":
        raise Refused(tell("import-only-xlsx", console.language, name=target.name))
    for path in (target, log):
        if path.exists() and not force:
            raise Refused(tell("import-there", console.language, path=path))
