"""The walk of ``tierstock diff``: two inputs in, what differs out."""

from collections.abc import Sequence
from pathlib import Path

from tierstock.console import Console
from tierstock.exits import Exit, Refused
from tierstock.inputs import Findings, Tables
from tierstock.inputs.comparing.book import word, write_book
from tierstock.inputs.comparing.difference import Difference, difference
from tierstock.inputs.comparing.parts import part_names
from tierstock.inputs.comparing.side import read_side
from tierstock.inputs.schema import schema
from tierstock.words import tell

SHOWN = 40
"""Changes listed on the console."""
STYLES = {"added": "green", "removed": "red", "changed": "yellow"}


def diff_files(
    console: Console, files: tuple[Path | str, Path | str], target: Path | None, language: str
) -> Exit:
    """Tell what differs between two inputs; the code of ``tierstock diff``.

    Args:
        console: where it speaks.
        files: the two inputs.
        target: workbook to write; None = none. One that is there is replaced.
        language: ``en`` or ``zh``; blank = that of the second input.

    Raises:
        Refused: the target is no .xlsx, or one of the inputs.
        OSError: the target cannot be written.
    """
    if target is not None:
        refuse_target(console, target, files)
    sides = [side for file in files if (side := read_input(console, file, language)) is not None]
    if len(sides) < len(files):
        console.answer({**console.usual, "equal": None})
        return Exit.BAD_INPUT
    found = difference(sides[0], sides[1], console.language)
    _tell(console, found)
    written = []
    if target is not None:
        place = _write(console, found, files, target)
        console.say("diff-written", path=place)
        written.append(str(place))
    rows = found.frame(console.language).to_dict(orient="records") if console.machine else []
    console.answer({"equal": found.equal, "sheets": found.counts(), "rows": rows, "files": written})
    return Exit.DONE


def refuse_target(console: Console, target: Path, files: Sequence[Path | str]) -> None:
    """Refuse to write over an input, or anything but a workbook.

    Raises:
        Refused: the target is no .xlsx, or one of the inputs.
    """
    if target.suffix.lower() != ".xlsx":
        raise Refused(tell("only-xlsx-out", console.language, name=target.name))
    refuse_own(console, target, files)


def refuse_own(console: Console, target: Path | str, files: Sequence[Path | str]) -> None:
    """Refuse to write over an input, or to replace the folder it lies in.

    Raises:
        Refused: the target is one of the inputs, or holds one.
    """
    for file in files:
        same = target == file
        if isinstance(file, Path) and isinstance(target, Path) and target.exists():
            same = file.exists() and target.samefile(file)
            same = same or (target.is_dir() and target.resolve() in file.resolve().parents)
        if same:
            raise Refused(tell("own-input", console.language, path=target))


def read_input(console: Console, file: Path | str, language: str) -> Tables | None:
    """Return the tables of an input, or tell the faults of its cells and return None."""
    findings = Findings(console.language)
    tables = read_side(file, findings)
    console.language = language or findings.language
    if not findings.errors:
        return tables
    console.say("side-faults", path=file)
    for finding in findings.errors:
        console.line(f"  {finding.say(console.language)}", style="red")
    rows = findings.frame(console.language)
    console.usual["findings"] += [{"input": str(file), **row} for row in rows.to_dict("records")]
    return None


def _tell(console: Console, found: Difference) -> None:
    if found.equal:
        console.say("diff-equal")
        return
    for name, counts in found.counts().items():
        console.say("diff-sheet", sheet=schema().sheet(name).heading(console.language), **counts)
    frame = found.frame(console.language)
    for row in frame.head(SHOWN).to_dict("records"):
        change = word(str(row["change"]), console.language)
        name = " ".join(filter(None, (str(row["key"]), str(row["column"]))))
        place = " → ".join(filter(None, (str(row["place_a"]), str(row["place_b"]))))
        pair = [tell("value", console.language, value=row[f"value_{side}"]) for side in "ab"]
        values = f"  {' → '.join(pair)}" if row["column"] else ""
        text = f"  {change}  {row['sheet']}  {name}{values}  ({place})"
        console.line(text, style=STYLES[str(row["change"])])
    if len(frame) > SHOWN:
        console.say("diff-more", count=len(frame) - SHOWN)


def _write(
    console: Console, found: Difference, files: tuple[Path | str, Path | str], target: Path
) -> Path | str:
    """Write the workbook; return where."""
    from tierstock.inputs.writing.place import placing
    from tierstock.locks import written

    old, new = part_names(files)

    def write(place: Path | str) -> None:
        with placing(Path(place)) as draft:
            write_book(found, (old, new), draft, console.language)

    return written(console, target, write)[0]
