"""Events told twice, and events that contradict each other."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.feed.cells import MILLION
from tierstock.inputs.feed.columns import COUNT
from tierstock.inputs.feed.events import Events
from tierstock.inputs.feed.levels import KEY
from tierstock.inputs.findings import KEPT, Findings

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
    wrong = again[differ]
    for group in _told(wrong):
        name = str(which[differ][np.searchsorted(wrong, group[0])])
        _contradict(events, group, int(first[group[0]]), name, findings)
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


def _told(rows: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return rows one by one, and all beyond ``KEPT`` together."""
    return [rows[at : at + 1] for at in range(min(len(rows), KEPT))] + (
        [rows[KEPT:]] if len(rows) > KEPT else []
    )


def _contradict(
    events: Events, group: NDArray[np.int64], other: int, name: str, findings: Findings
) -> None:
    """Name both rows, and what stands in the first column in which they differ."""
    field = {"kind": "type"}.get(name, name)
    seen = []
    for at in (int(group[0]), other):
        part, line = events.place(at)
        cells = part.frame[field] if field in part.frame else None
        text = "" if cells is None else str(cells.iat[int(np.searchsorted(part.lines, line))])
        seen.append((part, line, text or "–"))
    (part, _, mine), (other_part, other_line, theirs) = seen
    events.tell(
        "feed-conflict",
        group,
        findings,
        field if field in part.headings else "event",
        value=mine,
        event=events.rows["event"].iat[int(group[0])],
        stated=theirs,
        other=f"{other_part.file}:{other_line}",
    )


def check_agreement(events: Events, findings: Findings) -> None:
    """Say where a lot has two days of expiry, a product two units, a moment two counts."""
    rows = events.rows
    lotted = rows["lot"] != ""
    filled = rows.loc[rows["expiry"].notna() & lotted, ["product", "lot", "expiry"]]
    _two(events, filled, "expiry", "feed-lot-expiry", findings)
    if len(rows["unit"].cat.categories) > 1:
        _two(events, rows[["product", "unit"]], "unit", "feed-two-units", findings)
    counted = rows.loc[rows["kind"] == COUNT, [*KEY, "time", "quantity"]]
    counted = counted.assign(expiry=counted["expiry"].mask(lotted))
    _two(events, counted, "quantity", "feed-two-counts", findings)


def _two(events: Events, frame: pd.DataFrame, name: str, code: str, findings: Findings) -> None:
    """Tell rows that say something else of a column than the first row that is equal but for it."""
    key = [one for one in frame if one != name]
    distinct = frame.drop_duplicates()
    again = distinct.duplicated(key).to_numpy(dtype=np.bool_)
    if not again.any():
        return
    number = distinct.groupby(key, dropna=False, observed=True, sort=False).ngroup().to_numpy()
    first = distinct.index[np.unique(number, return_index=True)[1]].to_numpy()
    of = dict(zip(distinct.index[again], first[number[again]], strict=True))
    for group in _told(distinct.index[again].to_numpy(dtype=np.int64)):
        row, other = int(group[0]), int(of[group[0]])
        part, line = events.place(other)
        values = {one: str(events.rows[one].iat[row]) for one in ("location", "product", "lot")}
        events.tell(
            code,
            group,
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
