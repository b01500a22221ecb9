"""The walk of ``tierstock merge``: several planners' files in, one input out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path

from tierstock.console import Console
from tierstock.diff_files import refuse_own
from tierstock.exits import Exit, Refused
from tierstock.inputs import Findings
from tierstock.inputs.comparing.lines import TOTALLED
from tierstock.inputs.comparing.merge import WORDS, Merged, merge
from tierstock.inputs.comparing.parts import Part, part_names, read_part
from tierstock.inputs.reading.headings import find_sheet
from tierstock.inputs.reading.xml_scan import Refused as Unwritable
from tierstock.inputs.schema import schema
from tierstock.inputs.writing.convert import FOLDERS, Converted, placed, write_tabs
from tierstock.locks import written
from tierstock.words import tell

SHOWN = 40
"""Contradictions listed on the console."""


@dataclass(frozen=True)
class Asked:
    """How a merge is to be done."""

    prefer: tuple[str, ...] = ()
    """Who wins, the first one first: files as given, ``first`` or ``last``."""
    added: tuple[str, ...] = ()
    """Sheets whose rows add up across the files."""
    dry_run: bool = False
    """Whether nothing is written."""
    form: str = ""
    """csv or parquet for a folder; blank = by the ending of the target."""
    force: bool = False
    """Whether a target of the same form may be replaced."""


def merge_files(
    console: Console,
    sources: Sequence[Path | str],
    target: Path | str,
    asked: Asked,
    language: str = "",
) -> Exit:
    """Make one input of several; the code of ``tierstock merge``.

    Args:
        console: where it speaks.
        sources: the inputs.
        target: file, folder or address of a database.
        asked: who wins, what adds up, and how it is written.
        language: ``en`` or ``zh``; blank = that of the first input.

    Raises:
        Refused: the target cannot hold the input, is there or is an input; a wrong ``--prefer``
            or ``--add``.
        OSError: the target cannot be written.
    """
    try:
        refuse_own(console, target, sources)
        where, form = placed(target, asked.form, asked.force)
        order = _order(asked.prefer, sources, console.language)
        added = [_adding(name, console.language) for name in asked.added]
        parts = _parts(console, sources, language)
        if len(parts) < len(sources):
            console.answer(console.usual)
            return Exit.BAD_INPUT
        merged = merge(parts, order, added, console.language)
        if not _told(console, merged):
            return Exit.BAD_INPUT
        if asked.dry_run:
            console.say("merge-dry")
            console.answer(console.usual)
            return Exit.DONE
        tabs = [*merged.tabs(), *merged.log()]

        def write(place: Path | str) -> Converted:
            return write_tabs(tabs, place, form, asked.force)

        target, done = written(console, where, write, folder=form in FOLDERS)
    except Unwritable as refused:
        findings = Findings(console.language)
        findings.add(refused.code, **refused.values)
        raise Refused(findings.errors[-1].say(console.language)) from refused
    rows = {name: count for name, count in done.rows.items() if not name.startswith("#")}
    console.say("converted", sheets=len(rows), rows=sum(rows.values()), path=target)
    console.answer({**console.usual, "files": [str(target)], "sheets": rows})
    return Exit.DONE


def _order(prefer: Sequence[str], sources: Sequence[Path | str], language: str) -> list[int]:
    """Return the numbers of the files that win, the first one first.

    Raises:
        Refused: a word is none of the files; fewer than two files, or one twice.
    """
    if len(sources) < 2:
        raise Refused(tell("merge-one", language))
    names, texts = part_names(sources), [str(source) for source in sources]
    places = [one.resolve() if isinstance(one, Path) else one for one in sources]
    for number, place in enumerate(places):
        if place in places[:number]:
            raise Refused(tell("merge-twice", language, path=texts[number]))
    order: list[int] = []
    for word in prefer:
        if word in ("first", "last"):
            every = range(len(sources))
            order += every if word == "first" else reversed(every)
            continue
        known = [n for n in range(len(names)) if word in (names[n], texts[n])]
        if not known:
            near = get_close_matches(word, names, 1)
            listed = ("、" if language == "zh" else ", ").join(near or names)
            raise Refused(tell("no-prefer", language, word=word, known=listed))
        order += known
    return list(dict.fromkeys(order))


def _adding(name: str, language: str) -> str:
    """Return the English name of a sheet whose rows add up.

    Raises:
        Refused: rows do not add up there.
    """
    found = find_sheet(name)
    if found is None or found.sheet.name not in TOTALLED:
        listed = [schema().sheet(one).heading(language) for one in TOTALLED]
        known = ("、" if language == "zh" else ", ").join(listed)
        raise Refused(tell("no-adding", language, word=name, known=known))
    return found.sheet.name


def _parts(console: Console, sources: Sequence[Path | str], language: str) -> list[Part]:
    """Read the files; tell the faults of those that cannot be used, which are left out."""
    parts: list[Part] = []
    spoken = ""
    for source, name in zip(sources, part_names(sources), strict=True):
        findings = Findings(console.language)
        part = read_part(source, name, findings)
        spoken = spoken or findings.language
        console.language = language or spoken
        if not findings.errors:
            parts.append(part)
            continue
        console.say("side-faults", path=source)
        for finding in findings.errors:
            console.line(f"  {finding.say(console.language)}", style="red")
        rows = findings.frame(console.language).to_dict("records")
        console.usual["findings"] += [{"input": str(source), **row} for row in rows]
    return parts


def _told(console: Console, merged: Merged) -> bool:
    """Say what is merged; return whether it can be written."""
    account, decisions = merged.account(), merged.decisions()
    console.usual |= {"merged": account, "decisions": decisions}
    for sheet, rows in groupby(account, key=lambda row: row["sheet"]):
        listed = list(rows)
        comma = "、" if console.language == "zh" else ", "
        files = comma.join(f"{row['file']} {row['kept']}" for row in listed)
        kept = sum(int(str(row["kept"])) for row in listed)
        if kept:
            console.say("merge-sheet", sheet=sheet, kept=kept, files=files)
    equal = sum(int(str(row["equal"])) for row in account)
    if equal:
        console.say("merge-equal", count=equal)
    if decisions:
        title = WORDS["#decisions"][console.language == "zh"]
        console.say("merge-decided", sheet=title, count=len(decisions))
        _list(console, decisions, "yellow")
    conflicts = [*merged.apart, *merged.conflicts()]
    if conflicts:
        console.say("merge-apart" if merged.apart else "merge-conflicts")
        _list(console, conflicts, "red")
        console.answer({**console.usual, "conflicts": conflicts})
        return False
    return _fit(console, merged)


def _list(console: Console, rows: Sequence[Mapping[str, str]], style: str) -> None:
    """List contradictions, each with both cells."""
    for row in rows[:SHOWN]:
        name = " ".join(filter(None, (row["sheet"], row["key"], row["column"])))
        sides = []
        for side in "ab":
            owner = row[f"owner_{side}"]
            owned = tell("owned", console.language, owner=owner) if owner else ""
            place = f"{row[f'file_{side}']} {row[f'place_{side}']}".rstrip()
            value = tell("value", console.language, value=row[f"value_{side}"])
            sides.append(tell("side", console.language, value=value, place=place, owned=owned))
        told = tell("sides", console.language, name=name, sides=" ≠ ".join(sides))
        console.line(f"  {told}", style=style)
    if len(rows) > SHOWN:
        console.say("merge-more", count=len(rows) - SHOWN)


def _fit(console: Console, merged: Merged) -> bool:
    """Read and check the whole; tell its faults at the cells they come from."""
    seen = merged.checked()
    rows = seen.findings.frame(console.language).to_dict("records")
    origins = [merged.origin(finding) for finding in seen.findings]
    told = [{**row, "origin": origin} for row, origin in zip(rows, origins, strict=True)]
    console.usual["findings"] = told
    if seen.network is not None:
        if seen.findings.warnings:
            console.say("merge-warnings", count=len(seen.findings.warnings))
        return True
    console.say("merge-faults")
    for finding, origin in zip(seen.findings, origins, strict=True):
        if finding.severity == "error":
            place = origin or finding.place(console.language)
            console.line(f"  {place}  {finding.message(console.language)}", style="red")
    console.answer(console.usual)
    return False
