"""The walk of ``tierstock anonymize``: an input in, the same plan under other names out."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random, SystemRandom

from tierstock.console import Console
from tierstock.diff_files import refuse_own
from tierstock.exits import Exit, Refused
from tierstock.files import writing
from tierstock.inputs import Findings
from tierstock.inputs.masking.mask import Masked, masked
from tierstock.inputs.reading.xml_scan import Refused as Unwritable
from tierstock.inputs.writing.convert import FOLDERS, Converted, placed, write_tabs
from tierstock.inputs.writing.place import placing
from tierstock.inputs.writing.to_csv import write_csv
from tierstock.locks import written
from tierstock.words import tell

Places = tuple[Path | str, Path | str, Path | None]
"""Source, target, and the file for the key."""


def anonymize_files(
    console: Console,
    places: Places,
    seed: int | None,
    *,
    form: str = "",
    language: str = "",
    force: bool = False,
) -> Exit:
    """Write an input under other names; the code of ``tierstock anonymize``.

    Args:
        console: where it speaks.
        places: the input, where it goes, and where its key goes; None = no key is written.
        seed: gives the same factors again; None = they are drawn from the system's chance.
        form: csv or parquet for a folder; blank = by the ending of the target.
        language: ``en`` or ``zh`` of headings and words; blank = that of the input.
        force: whether a target of the same form, and the key, may be replaced.

    Raises:
        Refused: the target or the key cannot be written there.
        OSError: a file cannot be written.
    """
    source, target, key = places
    findings = Findings(console.language)
    try:
        refuse_own(console, target, [source])
        where, form = placed(target, form, force)
        if key is not None:
            _refuse_key(console, key, (source, target), force)
        random = SystemRandom() if seed is None else Random(seed)
        made = masked(source, findings, random, language)
        console.language = language or findings.language
        if made is None:
            return _faulty(console, findings, source)

        def write(place: Path | str) -> Converted:
            with _key_behind(made, key, console.language):
                return write_tabs(made.tabs, place, form, force)

        target, done = written(console, where, write, folder=form in FOLDERS)
    except Unwritable as refused:
        findings.add(refused.code, **refused.values)
        raise Refused(findings.errors[-1].say(console.language)) from refused
    _told(console, made, key)
    console.say("converted", sheets=len(done.rows), rows=sum(done.rows.values()), path=target)
    files = [str(one) for one in (target, key) if one is not None]
    names = {kind: len(some) for kind, some in made.names.items()}
    facts = {"files": files, "sheets": done.rows, "names": names, "turned": made.turned}
    console.answer({**console.usual, **facts})
    return Exit.DONE


def _faulty(console: Console, findings: Findings, source: Path | str) -> Exit:
    console.say("side-faults", path=source)
    for finding in findings.errors:
        console.line(f"  {finding.say(console.language)}", style="red")
    rows = findings.frame(console.language).to_dict("records")
    console.answer({**console.usual, "findings": rows})
    return Exit.BAD_INPUT


def _told(console: Console, made: Masked, key: Path | None) -> None:
    console.say("masked", names=sum(map(len, made.names.values())))
    console.say("mask-kept")
    if made.turned:
        console.say("mask-turned")
    if made.baseline:
        console.line(tell("mask-baseline", console.language), style="yellow")
    if key is not None:
        console.say("mask-key", path=key)


def _refuse_key(
    console: Console, key: Path, others: tuple[Path | str, Path | str], force: bool
) -> None:
    """Refuse to write the key over something else, or into what is sent away.

    Raises:
        Refused: the file is no .csv, is there, or is the input or the target.
    """
    if key.suffix.lower() != ".csv":
        raise Refused(tell("only-csv", console.language, name=key.name))
    refuse_own(console, key, others)
    inside = isinstance(others[1], Path) and key.parent.resolve() == others[1].resolve()
    if inside or (key.exists() and not force):
        raise Refused(tell("exists", console.language, path=key))


@contextmanager
def _key_behind(made: Masked, key: Path | None, language: str) -> Iterator[None]:
    """Write the key, readable by its owner only; it takes its place behind what it translates."""
    if key is None:
        yield
        return
    with ExitStack() as held:
        with writing(key):
            draft = held.enter_context(placing(key, mode=0o600))
            write_csv(made.key(language), draft)
        yield
