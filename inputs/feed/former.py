"""A former snapshot: the stock that new movements are added to."""

from pathlib import Path

import numpy as np
import pandas as pd

from tierstock.inputs.feed.cells import NEVER, moments
from tierstock.inputs.feed.columns import FORMER
from tierstock.inputs.feed.events import Events
from tierstock.inputs.feed.files import Part, parts_of, picked
from tierstock.inputs.findings import Findings
from tierstock.inputs.reading.doors import SINGLE, open_door
from tierstock.inputs.reading.raw import header_of
from tierstock.inputs.reading.read import sheets_of


def former_of(
    path: Path, stated: pd.Timestamp | None, zone: str, findings: Findings
) -> tuple[Part, pd.Timestamp] | None:
    """Return the rows of a former snapshot and its moment; None where there is a fault.

    Args:
        path: a CSV or Parquet file, or any input with a sheet OpeningStock.
        stated: its moment; None = it stands in its column ``#As Of``.
        zone: zone of a moment that states none.
        findings: takes what is wrong.
    """
    if path.suffix.lower() in SINGLE or not path.exists():
        parts = parts_of([path], FORMER, findings)
    else:
        parts = _of_book(path, findings)
    if not parts:
        return None
    part = parts[0]
    at = stated
    if at is None:
        told = part.frame.get("time", pd.Series([""], dtype=object))
        found = moments(told, zone)[0]
        if (found == NEVER).any() or len(np.unique(found)) != 1:
            findings.add("feed-former-when", file=part.file)
            return None
        at = pd.Timestamp(int(found[0]), tz="UTC")
    frame = part.frame.assign(time=pd.Series(at, index=part.frame.index).dt.tz_convert("UTC"))
    return Part(part.file, frame, part.lines, part.headings), at


def _of_book(path: Path, findings: Findings) -> list[Part]:
    """Return the sheet OpeningStock of an input."""
    door = open_door(path, findings)
    raws = [] if door is None else sheets_of(door, Findings())
    for raw in raws:
        if raw.sheet == "OpeningStock" and raw.readable and raw.grid:
            at = header_of(raw)
            headings = [str(one) for one in raw.grid[at]]
            frame = pd.DataFrame(raw.grid[at + 1 :], columns=headings, dtype=object)
            lines = np.array(raw.rows[at + 1 :], dtype=np.int64)
            part = picked(raw.file or path.name, frame, lines, FORMER, findings)
            return [] if part is None else [part]
    findings.add("feed-former-sheet", file=path.name)
    return []


def since(events: Events, number: int, at: pd.Timestamp, findings: Findings) -> tuple[Events, int]:
    """Leave out movements up to the moment of the former snapshot; they are in it.

    Args:
        events: all movements, and the rows of the snapshot among them.
        number: number of the snapshot among the parts.
        at: its moment.
        findings: takes how many are left out, and the first of them.

    Returns:
        The movements that are added, and how many are left out.
    """
    mine = (events.rows["part"] == number).to_numpy()
    late = ~mine & (events.rows["time"].to_numpy() <= at.as_unit("ns").value)
    if late.any():
        rows = events.rows[late].sort_values(["time", "event"])
        first = int(rows.index[0])
        when = pd.Timestamp(rows["time"].to_numpy()[0], tz="UTC").tz_convert(at.tz)
        events.tell(
            "feed-late",
            [first],
            findings,
            "time",
            count=len(rows),
            event=rows["event"].iat[0],
            when=when.isoformat(),
            date=at.isoformat(),
        )
    return events.keep(~late), int(late.sum())
