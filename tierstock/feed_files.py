"""The walk of ``tierstock feed``: movements in, the stock at a moment out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tierstock.console import Console
from tierstock.exits import Exit, Refused
from tierstock.words import tell

if TYPE_CHECKING:
    import pandas as pd


class Wish(NamedTuple):
    """The options of the command."""

    at: str
    former: Path | None = None
    former_at: str | None = None
    into: Path | None = None
    zone: str = ""
    below_zero: str = "refuse"
    table: str = ""
    force: bool = False


def feed_files(
    console: Console, sources: Sequence[Path | str], target: Path, wish: Wish, language: str = ""
) -> Exit:
    """Write the stock at a moment; the code of ``tierstock feed``.

    Args:
        console: where it speaks.
        sources: files, folders or databases of movements.
        target: a .csv, .parquet or .xlsx file.
        wish: the options.
        language: ``en`` or ``zh``; blank = Chinese where the headings are, else the console's.

    Raises:
        Refused: the target or an option cannot be used.
        OSError: the target cannot be written.
    """
    from tierstock.diff_files import refuse_own
    from tierstock.inputs.feed.columns import TABLE
    from tierstock.inputs.feed.into import check_book
    from tierstock.inputs.feed.sheet import check_target, write_stock
    from tierstock.inputs.feed.stock import Asked, stock_at
    from tierstock.inputs.findings import Findings
    from tierstock.inputs.reading.xml_scan import Refused as Unwritable
    from tierstock.locks import written

    findings = Findings(console.language)
    at = moment(wish.at, wish.zone, console.language)
    former_at = moment(wish.former_at, wish.zone, console.language) if wish.former_at else None
    asked = Asked(at, wish.former, former_at, wish.zone, wish.below_zero, wish.table or TABLE)
    try:
        check_target(target, wish.into, wish.force)
        refuse_own(console, target, sources)
        good = wish.into is None or check_book(wish.into, at, findings)
        stock = stock_at(sources, asked, findings) if good else None
        console.language = language or findings.language
        place: Path | str = target
        replaced = 0
        if stock is not None:
            made, spoken = stock, console.language

            def write(where: Path | str) -> int:
                return write_stock(made, at, Path(where), spoken, wish.into)

            place, replaced = written(console, target, write)
    except Unwritable as refused:
        findings.add(refused.code, **refused.values)
        raise Refused(findings.errors[-1].say(console.language)) from refused
    for finding in findings:
        style = {"error": "red", "warning": "yellow"}.get(finding.severity, "")
        console.line(finding.say(console.language), style=style)
    told = findings.frame(console.language).to_dict(orient="records")
    if stock is None:
        console.answer({**console.usual, "at": at.isoformat(), "findings": told})
        return Exit.BAD_INPUT
    console.say("fed", rows=len(stock.frame), at=at.isoformat(), path=place, **stock.counts)
    if replaced:
        console.say("fed-replaced", count=replaced)
    console.answer(
        {
            "files": [str(place)],
            "at": at.isoformat(),
            "rows": len(stock.frame),
            "units": float(stock.frame["quantity"].sum()),
            "events": stock.counts,
            "below_zero": stock.below.to_dict(orient="records"),
            "replaced": replaced,
            "findings": told,
        }
    )
    return Exit.DONE


def moment(text: str, zone: str, language: str) -> "pd.Timestamp":
    """Return a moment typed as an option; a day alone is its first moment.

    Args:
        text: ``2026-02-01T00:00:00+08:00``, or without zone.
        zone: zone where the text has none.
        language: of the refusal.

    Raises:
        Refused: it is no moment, its zone is unknown, it has none, or its year is far off.
    """
    import pandas as pd

    from tierstock.inputs.reading.cell_dates import FIRST_YEAR, LAST_YEAR

    try:
        found = pd.Timestamp(text)
    except ValueError as error:
        raise Refused(tell("bad-moment", language, text=text)) from error
    if pd.isna(found) or (found.tzinfo is None and not zone):
        raise Refused(tell("bad-moment", language, text=text))
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Refused(tell("moment-years", language, text=text, first=FIRST_YEAR, last=LAST_YEAR))
    try:
        pd.Timestamp("2026-01-01").tz_localize(zone or "UTC")
        local = found if found.tzinfo is not None else found.tz_localize(zone)
    except Exception as error:
        raise Refused(tell("bad-zone", language, zone=zone, text=text)) from error
    return local
