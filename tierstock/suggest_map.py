"""The walk of ``tierstock import --suggest``: extracts in, a proposed map out."""

from collections.abc import Sequence
from pathlib import Path

from tierstock.console import Console
from tierstock.exits import Exit, Refused
from tierstock.files import writing
from tierstock.inputs import Findings
from tierstock.inputs.writing.place import placing
from tierstock.words import tell


def suggest_map(
    console: Console, files: Sequence[Path], target: Path, *, language: str = "", force: bool
) -> Exit:
    """Write a proposed map of some extracts; the code of the command.

    Args:
        console: where it speaks.
        files: the extracts.
        target: the map.
        language: ``en`` or ``zh`` of the map; blank = the console's.
        force: whether an older map may be replaced.

    Raises:
        Refused: the map is there, or its name is no YAML.
        OSError: it cannot be written.
    """
    from tierstock.inputs.extracts.suggest import suggest

    if target.suffix.lower() not in (".yaml", ".yml"):
        raise Refused(tell("import-only-yaml", console.language, name=target.name))
    if target.exists() and not force:
        raise Refused(tell("import-there", console.language, path=target))
    findings = Findings(console.language)
    made = suggest(files, findings, language or console.language)
    for finding in findings:
        console.line(finding.say(console.language), style="red")
    rows = findings.frame(console.language).to_dict(orient="records")
    if findings.errors:
        console.answer({"files": [], "tables": list(made.tables), "findings": rows})
        return Exit.BAD_INPUT
    with writing(target), placing(target) as draft:
        draft.write_text(made.text, encoding="utf-8")
    known = sum(bool(one["dialect"]) for one in made.tables)
    console.say("suggested", path=target, known=known, all=len(made.tables))
    console.answer({"files": [str(target)], "tables": list(made.tables), "findings": rows})
    return Exit.DONE
