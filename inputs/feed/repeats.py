"""Events told twice, and events that contradict each other."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.feed.cells import MILLION
from tierstock.inputs.feed.columns import COUNT
from tierstock.inputs.feed.events import Events
from tierstock.inputs.findings import Findings

CONTENT = ("time", "kind", "location", "to", "product", "lot", "expiry", "unit", "quantity")
"""What must be equal where an event is told twice; where it comes from does not count."""


def once(events: Events, findings: Findings) -> tuple[Events, int]:
    """Keep each event once; one number with two contents is an error that names both rows.

    Which of the equal rows stays is no matter, so neither is their order. Rows of a former
    snapshot have no number and never repeat another.

    Returns:
        The events, and how many rows repeated another.
    """
    rows = events.rows
    numbers, names = pd.factorize(rows["event"])
    if len(names) == len(rows):
        return events, 0
    unnamed = np.flatnonzero(rows["event"] == "")
    numbers[unnamed] = len(rows) + unnamed
    first = _first(numbers)
    again = np.flatnonzero(first != np.arange(len(rows)))
    differ = np.zeros(len(again), dtype=np.bool_)
    which = np.full(len(again), "", dtype=object)
    for name in reversed(CONTENT):
        values = _numbers(rows[name])
        other = values[again] != values[first[again]]
        differ |= other
        which[other] = name
    for at in np.flatnonzero(differ):
        _contradict(events, int(again[at]), int(first[again[at]]), str(which[at]), findings)
    keep = np.ones(len(rows), dtype=np.bool_)
    keep[again] = False
    return events.keep(keep), int((~differ).sum())


def _first(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for every row the first one with its number."""
    order = np.argsort(numbers, kind="stable")
    begins = np.ones(len(order), dtype=np.bool_)
    begins[1:] = numbers[order][1:] != numbers[order][:-1]
    first = np.empty_like(order)
    first[order] = order[begins][np.cumsum(begins) - 1]
    return first


def _numbers(values: pd.Series) -> NDArray[np.int64]:
    if isinstance(values.dtype, pd.CategoricalDtype):
        return np.asarray(values.cat.codes, dtype=np.int64)
    return np.asarray(values.astype("int64"), dtype=np.int64)


def _contradict(events: Events, row: int, other: int, name: str, findings: Findings) -> None:
    """Name both rows, and what stands in the first column in which they differ."""
    field = {"kind": "type"}.get(name, name)
    seen = []
    for at in (row, other):
        part, line = events.place(at)
        cells = part.frame[field] if field in part.frame else None
        text = "" if cells is None else str(cells.iat[int(np.searchsorted(part.lines, line))])
        seen.append((part.file, line, text or "–", part.headings.get(field, field)))
    (file, line, mine, heading), (other_file, other_line, theirs, _) = seen
    findings.add(
        "feed-conflict",
        file=file,
        row=line,
        column=heading,
        value=mine,
        event=events.rows["event"].iat[row],
        stated=theirs,
        other=f"{other_file}:{other_line}",
    )


def check_agreement(events: Events, findings: Findings) -> None:
    """Say where a lot has two days of expiry, a product two units, a moment two counts."""
    rows = events.rows
    filled = rows.index[rows["expiry"].notna() & (rows["lot"] != "")]
    _two(events, filled, ["product", "lot"], "expiry", "feed-lot-expiry", findings)
    if len(rows["unit"].cat.categories) > 1:
        _two(events, rows.index, ["product"], "unit", "feed-two-units", findings)
    counted = rows.index[rows["kind"] == COUNT]
    key = ["location", "product", "lot", "expiry", "time"]
    _two(events, counted, key, "quantity", "feed-two-counts", findings)


def _two(
    events: Events, at: pd.Index, key: list[str], name: str, code: str, findings: Findings
) -> None:
    """Tell the first row of a key that says something else than the first one of it."""
    rows = events.rows.loc[at, [*key, name]].drop_duplicates()
    again = rows.duplicated(key)
    for row in rows.index[again]:
        same = rows[key].astype(object).fillna("") == rows.loc[row, key].astype(object).fillna("")
        other = int(rows.index[same.all(axis=1)][0])
        part, line = events.place(other)
        values = {one: str(events.rows[one].iat[row]) for one in ("location", "product", "lot")}
        events.tell(
            code,
            [int(row)],
            findings,
            name,
            **values,
            other=f"{part.file}:{line}",
            value=_shown(events, row, name),
            stated=_shown(events, other, name),
        )


def _shown(events: Events, row: int, name: str) -> str:
    value: Any = events.rows[name].iat[row]
    if name == "quantity":
        return f"{value / MILLION:,.12g}"
    return str(value)[:10] if name == "expiry" else str(value) or "–"
