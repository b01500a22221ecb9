"""The walk of ``tierstock pack``: plans in, one folder or zip to hand over out.

``tierstock plan`` writes a workbook and a page, ``compare`` a third file; whoever is to review a
plan needs them with the input they were made from, and has to see that they belong together. So
what lies beside a plan goes in only where it is proven to belong to it: the page by its key
figures, the input by its hash; and the audit is run once more on what is handed over.
"""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from tierstock import __version__
from tierstock.audited import audited, where_in
from tierstock.console import Console
from tierstock.diff_files import refuse_own
from tierstock.exits import Exit, Refused
from tierstock.inputs.inspection import content_hash
from tierstock.inputs.reading.door import legible
from tierstock.inputs.writing.place import placing
from tierstock.inputs.writing.scratch import scratch
from tierstock.outputs.compare import Comparison, Incomparable, Side, read_side
from tierstock.outputs.compare.comparison import money_of
from tierstock.outputs.compare.spoken import shown
from tierstock.side_by_side import ENDING, name_of
from tierstock.words import tell

ZIP, README, COMPARED = ".zip", "README.txt", "compare.xlsx"
FACTS = '<script type="application/json" id="facts">'
SAME = 1e-6
"""Share by which a figure of a page may differ from that of the workbook: it is rounded there."""
MOMENT = (1980, 1, 1, 0, 0, 0)
"""Time of day in a zip, so that the same files give the same zip."""
TOLD = ("Total cost", "Fill rate (units)", "Capital tied up (end)")


@dataclass
class Handed:
    """A plan that is handed over, with what belongs to it."""

    side: Side
    plan: Path
    name: str
    """Name of its files, without ending."""
    page: Path | None = None
    source: Path | None = None
    checks: int = 0
    """Checks of the audit that passed; 0 where it could not be run."""
    files: list[str] = field(default_factory=list)


def pack_files(
    console: Console,
    plans: Sequence[Path],
    inputs: Sequence[Path],
    target: Path | None,
    language: str,
) -> Exit:
    """Put plans and what belongs to them into a folder or a zip; the code of ``tierstock pack``.

    Args:
        console: where it speaks.
        plans: results workbooks; the first one is the base of the comparison.
        inputs: inputs that do not lie beside their plans.
        target: folder that is not there yet, or ``.zip``; None = a zip beside the first plan.
        language: ``en`` or ``zh``; blank = that of the first plan.

    Raises:
        Refused: what is given is no results workbook, or the target is there already.
        OSError: a file cannot be read or written.
    """
    target = target or plans[0].with_name(f"{name_of(str(plans[0]))}.pack{ZIP}")
    refuse_own(console, target, [*plans, *inputs])
    if target.suffix.lower() != ZIP and target.exists():
        raise Refused(tell("pack-there", console.language, path=target))
    handed = list(_gathered(console, plans))
    console.language = language or handed[0].side.language
    for one in handed:
        _find_page(console, one)
        _find_input(console, one, inputs)
        if not _passes(console, one):
            return Exit.AUDIT_FAILED
    with scratch(target) as folder:
        draft = folder / "pack"
        draft.mkdir()
        files = _fill(console, handed, draft)
        place = _publish(console, draft, target)
    console.say("pack-written", path=place, count=len(files) + 1)
    console.answer(
        {
            "files": [str(place)],
            "held": [*files, README],
            "plans": [_facts(one) for one in handed],
        }
    )
    return Exit.DONE


def _gathered(console: Console, plans: Sequence[Path]) -> Iterator[Handed]:
    """Read the plans and give each a name of its own."""
    taken = {Path(COMPARED).stem, Path(README).stem.casefold()}
    for plan in plans:
        if not plan.is_file():
            raise Refused(tell("pack-only-books", console.language, path=plan))
        stem = legible(name_of(str(plan)))
        numbers = (f"{stem} ({number})" for number in range(2, len(plans) + 2))
        name = next(one for one in (stem, *numbers) if one.casefold() not in taken)
        taken.add(name.casefold())
        try:
            yield Handed(read_side(plan, name), plan, name)
        except Incomparable as fault:
            raise Refused(fault.say(console.language)) from fault


def _find_page(console: Console, one: Handed) -> None:
    """Find the page beside a plan, where it shows the figures of that plan."""
    page = one.plan.with_suffix(".html")
    if not page.is_file():
        console.line(tell("pack-no-page", console.language, path=page), style="yellow")
    elif _shows(page, one.side):
        one.page = page
    else:
        console.line(tell("pack-other-page", console.language, path=page), style="yellow")


def _shows(page: Path, side: Side) -> bool:
    """Return whether a page shows the key figures of a plan."""
    _, _, rest = page.read_text(encoding="utf-8", errors="replace").partition(FACTS)
    try:
        summary = json.loads(rest.partition("</script>")[0])["summary"]
        figures = dict(zip(summary["kpi"], summary["value"], strict=True))
        names = [name for name in figures if name in side.figures.index]
        told = np.array([figures[name] for name in names], dtype=float)
    except (ValueError, KeyError, TypeError):
        return False
    held = side.figures[names].to_numpy(float)
    return "Total cost" in names and np.allclose(told, held, rtol=SAME, atol=SAME, equal_nan=True)


def _find_input(console: Console, one: Handed, inputs: Sequence[Path]) -> None:
    """Find the input a plan was made from: one given or beside it that has the hash it tells."""
    wanted = str(one.side.facts["Input hash"]).removeprefix("sha256:")
    beside = one.plan.resolve().parent
    stem = name_of(str(one.plan))
    near = [path for path in sorted(beside.iterdir()) if stem in (path.stem, path.name)]
    for path in (*inputs, *near):
        if wanted and content_hash(path) == wanted:
            one.source = path
            return
    console.line(tell("pack-no-input", console.language, path=one.plan, wanted=wanted), "yellow")


def _passes(console: Console, one: Handed) -> bool:
    """Audit a plan against its input; tell what fails."""
    if one.source is None:
        return True
    result = audited(one.source, one.plan, console.language)
    one.checks = len(result.checks)
    if result.passed:
        console.say("pack-audited", path=one.plan, count=one.checks)
        return True
    console.line(tell("pack-failed", console.language, path=one.plan), style="red")
    for check in result.checks:
        if not check.passed:
            where = where_in(check.where, console.language)
            console.line(f"  {check.name}  {check.worst:g}  {where}", style="red")
    console.answer({**console.usual, "plans": [{**_facts(one), "passed": False}]})
    return False


def _facts(one: Handed) -> dict[str, Any]:
    return {
        "plan": str(one.plan),
        "page": None if one.page is None else str(one.page),
        "input": None if one.source is None else str(one.source),
        "checks": one.checks,
        "passed": True if one.checks else None,
    }


def _fill(console: Console, handed: Sequence[Handed], folder: Path) -> list[str]:
    """Copy everything into a folder, with a README; return the names of the files."""
    compared = _compare(console, handed, folder / COMPARED)
    for one in handed:
        _copy(one, one.plan, folder / f"{one.name}{ENDING}.xlsx")
        if one.page is not None:
            _copy(one, one.page, folder / f"{one.name}{ENDING}.html")
        if one.source is not None:
            ending = "" if one.source.is_dir() else one.source.suffix
            _copy(one, one.source, folder / f"{one.name}{ending}")
    files = sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )
    text = "\n".join(_readme(console.language, handed, folder, files, compared))
    (folder / README).write_text(text + "\n", encoding="utf-8", newline="\n")
    return files


def _copy(one: Handed, source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)
    one.files.append(target.name)


def _compare(console: Console, handed: Sequence[Handed], target: Path) -> bool:
    """Write the comparison of several plans; tell where they cannot be compared."""
    if len(handed) < 2:
        return False
    try:
        Comparison([one.side for one in handed], console.language).save(target)
    except Incomparable as fault:
        console.line(fault.say(console.language), style="yellow")
        return False
    return True


def _readme(
    language: str, handed: Sequence[Handed], folder: Path, files: Sequence[str], compared: bool
) -> Iterator[str]:
    """Return the lines of the README: what is what, how good, how to check, every hash."""
    yield tell("pack-title", language, version=__version__)
    if compared:
        yield tell("pack-compared", language, file=COMPARED)
    for one in handed:
        side = one.side
        figures = [shown(name, float(side.figures.get(name, np.nan))) for name in TOLD]
        gap = side.facts["Gap"]
        yield ""
        yield f"{one.name}: {side.facts['Model']}, {side.first} – {side.last}"
        yield "  " + tell(
            "pack-figures",
            language,
            cost=figures[0],
            fill=figures[1],
            capital=figures[2],
            money=money_of(side, language),
            gap=f"{gap:.2%}" if isinstance(gap, float) and np.isfinite(gap) else "–",
        )
        code = "pack-checked" if one.checks else "pack-unchecked"
        source = _quoted(one.files[-1]) if one.source is not None else ""
        values = {"source": source, "plan": _quoted(one.files[0]), "count": one.checks}
        yield "  " + tell(code, language, **values, wanted=side.facts["Input hash"])
    yield ""
    yield tell("pack-hashes", language, file=README)
    for name in files:
        yield f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}"


def _quoted(name: str) -> str:
    """Return a name as a word of a command."""
    return f'"{name}"' if " " in name else name


def _publish(console: Console, draft: Path, target: Path) -> Path:
    """Move the folder, or a zip of it, into place."""
    from tierstock.locks import written

    def write(place: Path | str) -> None:
        with placing(Path(place), folder=folder) as made:
            if folder:
                shutil.copytree(draft, made, dirs_exist_ok=True)
            else:
                _zip(draft, made)

    folder = target.suffix.lower() != ZIP
    place, _ = written(console, target, write, folder=folder)
    return Path(place)


def _zip(folder: Path, target: Path) -> None:
    """Write the files of a folder as a zip, in order and without the time of day."""
    with target.open("wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), MOMENT)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, path.read_bytes())
