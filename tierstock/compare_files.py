"""The walk of ``tierstock compare``: results workbooks in, side by side out."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from tierstock.console import Console, aligned
from tierstock.diff_files import refuse_own
from tierstock.exits import Exit, Refused
from tierstock.outputs.compare import Comparison, Incomparable, write_comparison
from tierstock.outputs.compare.spoken import heads_in, label, leaders, moves_in, shown
from tierstock.outputs.lead import change, points
from tierstock.outputs.summary import COST
from tierstock.outputs.words import units
from tierstock.side_by_side import compare
from tierstock.words import tell

SHOWN = 10
"""Shipments listed on the console."""
ALWAYS = ("Total cost", "Fill rate (units)", "Capital tied up (end)", "End cover")
"""Key figures told also where they are alike."""


def compare_files(
    console: Console, files: Sequence[Path | str], target: Path | None, language: str
) -> Exit:
    """Hold plans against each other; the code of ``tierstock compare``.

    Args:
        console: where it speaks.
        files: results workbooks; the first one is the base.
        target: workbook to write; None = none. One that is there is replaced.
        language: ``en`` or ``zh``; blank = that of the first plan.

    Raises:
        Refused: what is given is no results, cannot be compared, or the target is no .xlsx.
        OSError: a file cannot be read or written.
    """
    if target is not None:
        if target.suffix.lower() != ".xlsx":
            raise Refused(tell("compare-only-xlsx", console.language, name=target.name))
        refuse_own(console, target, files)
    try:
        found = compare(*files, language=language or None)
    except Incomparable as fault:
        raise Refused(fault.say(console.language)) from fault
    console.language = found.language
    _tell(console, found, files)
    written = [] if target is None else [_write(console, found, target)]
    console.answer(
        {
            "rows": found.kpis.to_dict(orient="records"),
            "costs": found.costs.to_dict(orient="records"),
            "plans": dict(zip(found.names, map(str, files), strict=True)),
            "moves": len(found.moves),
            "warnings": list(found.notes),
            "files": written,
        }
    )
    return Exit.DONE


def _write(console: Console, found: Comparison, target: Path) -> str:
    from tierstock.locks import written

    place, _ = written(console, target, lambda path: write_comparison(Path(path), found))
    console.say("compare-written", path=place)
    return str(place)


def _tell(console: Console, found: Comparison, files: Sequence[Path | str]) -> None:
    """Write which plan is which, what does not compare, the figures, the shipments."""
    heads = heads_in(found, found.language)
    table = [[head, str(file)] for head, file in zip(heads, files, strict=True)]
    for line in aligned(table, range(0)):
        console.line(line)
    for note in found.notes:
        console.line(note, style="yellow")
    console.line()
    rows = list(_figures(found))
    for number, line in enumerate(aligned(rows, range(1, len(rows[0]) - 1))):
        console.line(line, style="bold" if number == 0 else "")
    alike = len(found.kpis) - len(rows) + 1
    if alike:
        console.say("compare-alike", count=alike)
    console.line()
    _tell_moves(console, found)


def _figures(found: Comparison) -> Iterator[list[str]]:
    """Go through the rows of the table of figures that differ, the headings first."""
    language, two = found.language, len(found.names) == 2
    change_head = [tell("compare-change", language)] if two else []
    yield ["", *heads_in(found, language), *change_head, tell("compare-best", language)]
    table = zip(found.kpis.itertuples(index=False), found.leaders, strict=True)
    for (name, *values, _), best in table:
        row = np.array(values, dtype=float)
        if str(name).startswith(COST):
            row = np.nan_to_num(row)
        known = np.isfinite(row)
        alike = known.all() and bool(np.isclose(row, row[0], rtol=1e-9, atol=1e-9).all())
        if (alike or not known.any()) and name not in ALWAYS:
            continue
        texts = [shown(str(name), value) for value in row.tolist()]
        if two:
            shift = points if texts[0].endswith("%") else None
            before, now = row.tolist()
            texts.append(shift(now, before, language) if shift else change(now, before))
        yield [label(str(name), found, language), *texts, leaders(best, language)]


def _tell_moves(console: Console, found: Comparison) -> None:
    count = len(found.moves)
    if not count:
        console.say("compare-same-moves")
        return
    console.line(tell("compare-moves", found.language, count=count), style="bold")
    frame = moves_in(found, found.language).head(SHOWN)
    texts = frame.shape[1] - len(found.names) - 1
    rows = [list(map(str, frame.columns))]
    for row in frame.itertuples(index=False):
        amounts = [units(float(amount)) for amount in row[texts:-1]]
        rows.append([*map(str, row[:texts]), *amounts, f"{float(row[-1]):+,.0f}"])
    for line in aligned(rows, range(texts, len(rows[0]))):
        console.line(line)
    if count > SHOWN:
        console.say("compare-more", count=count - SHOWN)
