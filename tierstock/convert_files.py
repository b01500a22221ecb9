"""The walk of ``tierstock convert``: an input in, the same input in another form out."""

from pathlib import Path

from tierstock.console import Console
from tierstock.exits import Exit, Refused


def convert_files(
    console: Console,
    source: Path | str,
    target: Path | str,
    *,
    form: str = "",
    language: str = "",
    force: bool = False,
) -> Exit:
    """Write an input in another form; the code of ``tierstock convert``.

    Args:
        console: where it speaks.
        source: anything that can be read.
        target: file, folder or address of a database.
        form: csv or parquet for a folder; blank = by the ending of the target.
        language: ``en`` or ``zh`` for names, headings and words; blank = as they are.
        force: whether a target of the same form may be replaced.

    Raises:
        Refused: the target cannot hold the input, or is there.
        OSError: the target cannot be written.
    """
    from tierstock.inputs import Findings
    from tierstock.inputs.reading.xml_scan import Refused as Unwritable
    from tierstock.inputs.writing.convert import FOLDERS, Converted, convert, placed
    from tierstock.locks import written

    def write(where: Path | str) -> tuple[Converted | None, Findings]:
        found = Findings(console.language)
        return convert(source, where, found, form=form, language=language, force=force), found

    try:
        folder = placed(target, form, force)[1] in FOLDERS
        target, (done, findings) = written(console, target, write, folder=folder)
    except Unwritable as refused:
        findings = Findings(console.language)
        findings.add(refused.code, **refused.values)
        text = findings.errors[-1].say(console.language)
        raise Refused(text) from refused
    for finding in findings:
        style = {"error": "red", "warning": "yellow"}.get(finding.severity, "")
        console.line(finding.say(console.language), style=style)
    rows = findings.frame(console.language).to_dict(orient="records")
    if done is None:
        console.answer({"files": [], "sheets": {}, "findings": rows})
        return Exit.BAD_INPUT
    count = sum(done.rows.values())
    console.say("converted", sheets=len(done.rows), rows=count, path=target)
    console.answer({"files": [str(target)], "sheets": done.rows, "findings": rows})
    return Exit.DONE
