"""The walk from movements to the stock at a moment."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from tierstock.inputs.feed.cells import MILLION
from tierstock.inputs.feed.columns import FIELDS, TABLE
from tierstock.inputs.feed.events import Events, events_of
from tierstock.inputs.feed.files import parts_of
from tierstock.inputs.feed.former import former_of, since
from tierstock.inputs.feed.levels import Levels, levels_of
from tierstock.inputs.feed.repeats import check_agreement, once
from tierstock.inputs.findings import KEPT, Findings

BELOW = ("refuse", "zero", "keep")
"""What becomes of stock below zero at the end."""
MOST = 4e18
"""Most millionths that all movements may move together."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a feed."""

    at: pd.Timestamp
    """The moment, with its zone; movements of that very moment count."""
    former: Path | None = None
    """A former snapshot; movements up to its moment are in it."""
    former_at: pd.Timestamp | None = None
    """Its moment, where it does not say so itself."""
    zone: str = ""
    """Zone of moments that state none; blank = they are faults."""
    below_zero: str = "refuse"
    """refuse (an error), zero (none is there) or keep (tierstock reads it as owed to customers)."""
    table: str = TABLE
    """Table or view of a database."""


@dataclass
class Stock:
    """The stock at a moment, and what became of the rows."""

    frame: pd.DataFrame
    """Columns location, product, quantity (units), lot, expiry, unit; sorted, without zeros."""
    below: pd.DataFrame
    """Where the stock was below zero: location, product, lot, at (the first moment), low (the
    level then), end (the level at the end)."""
    counts: dict[str, int] = field(default_factory=dict)
    """Rows read, counted, repeated, after (the moment) and before (the former snapshot)."""


def stock_at(sources: Sequence[Path | str], asked: Asked, findings: Findings) -> Stock | None:
    """Return the stock at a moment from movements in any order, told any number of times.

    Args:
        sources: files, folders or databases of movements, see
            :func:`tierstock.inputs.feed.files.parts_of`.
        asked: the moment, and how to read.
        findings: takes what is wrong, with file and line.

    Returns:
        The stock; None where there is an error among the findings.
    """
    parts = parts_of(sources, FIELDS, findings, asked.table)
    old = None
    if asked.former is not None:
        old = former_of(asked.former, asked.former_at, asked.zone, findings)
    if not parts or findings.errors:
        return None
    counts = {"read": sum(len(part.lines) for part in parts)}
    events = events_of([*parts, *([] if old is None else [old[0]])], asked.zone, findings)
    events, counts["repeated"] = once(events, findings)
    events, counts["after"] = _until(events, asked.at, len(parts))
    counts["before"] = 0
    if old is not None:
        then = old[1].tz_convert(asked.at.tz)
        if then > asked.at:
            findings.add("feed-former-later", file=old[0].file, date=then.isoformat())
        events, counts["before"] = since(events, len(parts), then, findings)
    check_agreement(events, findings)
    if np.abs(events.rows["quantity"].to_numpy(dtype=np.float64)).sum() > MOST:
        findings.add("feed-too-much", file=parts[0].file)
    if findings.errors:
        return None
    levels = levels_of(events)
    below = _below(levels, asked.at.tz)
    _tell_below(below, levels, events, asked, findings)
    left = sum(counts[name] for name in ("repeated", "after", "before"))
    counts["counted"] = counts["read"] - left
    return None if findings.errors else Stock(_frame(levels, asked.below_zero), below, counts)


def _until(events: Events, at: pd.Timestamp, number: int) -> tuple[Events, int]:
    """Leave out what happened after a moment; the rows of a former snapshot stay."""
    after = events.rows["time"].to_numpy() > at.as_unit("ns").value
    after &= (events.rows["part"] < number).to_numpy()
    return (events.keep(~after) if after.any() else events), int(after.sum())


def _below(levels: Levels, zone: dt.tzinfo | None) -> pd.DataFrame:
    """Return where the stock was below zero, as it is told."""
    fell = levels.rows[levels.rows["event"] >= 0]
    found = fell[["location", "product", "lot"]].astype(object).reset_index(drop=True)
    moments = pd.DatetimeIndex(fell["since"], tz="UTC").tz_convert(zone)
    found["at"] = [moment.isoformat() for moment in moments]
    found["low"] = fell["low"].to_numpy() / MILLION
    found["end"] = fell["quantity"].to_numpy() / MILLION
    return found


def _tell_below(
    below: pd.DataFrame, levels: Levels, events: Events, asked: Asked, findings: Findings
) -> None:
    """Say where the stock was below zero: at the end as asked, before that as a warning."""
    row = levels.rows["event"].to_numpy()
    row = row[row >= 0]
    for ends, code in ((True, "feed-below-zero"), (False, "feed-was-below-zero")):
        found = np.flatnonzero((below["end"] < 0).to_numpy() == ends)
        severity = "warning" if ends and asked.below_zero != "refuse" else ""
        for number, at in enumerate(found[: KEPT + 1]):
            told = below.iloc[at]
            rows = row[found[KEPT:]] if number == KEPT else row[at : at + 1]
            events.tell(
                code,
                rows,
                findings,
                "quantity",
                severity=severity,
                value=f"{told['end']:,.12g}",
                **{name: told[name] for name in ("location", "product", "lot")},
                when=told["at"],
                low=f"{told['low']:,.12g}",
            )


def _frame(levels: Levels, below_zero: str) -> pd.DataFrame:
    """Return the rows that hold something, in units."""
    rows = levels.rows
    quantity = rows["quantity"].to_numpy(dtype=np.int64)
    kept = quantity > 0 if below_zero == "zero" else quantity != 0
    frame = rows.loc[kept, ["location", "product", "lot", "expiry", "unit"]].reset_index(drop=True)
    for name in ("location", "product", "lot", "unit"):
        frame[name] = frame[name].astype(object)
    frame.insert(2, "quantity", quantity[kept] / MILLION)
    return frame
