"""Rows that stand there twice: exactly, nearly, or with another quantity."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tierstock.inputs.extracts.extract import Extract, words_of

IDENTITY: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "OpeningStock": (("location", "product", "lot", "bin"), ("lot", "bin")),
    "EarlierStock": (("location", "product", "lot", "bin"), ("lot", "bin")),
    "Movements": (
        ("document", "line", "location", "product", "lot", "_type"),
        ("document",),
    ),
    "InTransit": (
        ("_kind", "order_no", "document", "line", "from", "to", "product", "due_date", "lot"),
        ("order_no", "document"),
    ),
    "Demand": (
        ("location", "product", "period", "class", "channel", "type", "document", "line"),
        ("document", "period"),
    ),
    "History": (
        ("location", "product", "date", "channel", "document", "line"),
        ("document",),
    ),
}
"""Fields that name a record by target, and those of which one must be filled."""


def exact_twins(extracts: Sequence[tuple[int, Extract]]) -> pd.DataFrame:
    """Return rows that repeat another row of the same source in every column.

    Args:
        extracts: numbers and tables of one source.

    Returns:
        ``_extract``, ``_at``, and of the first such row ``first_extract``, ``first_row``.
    """
    parts = []
    for number, extract in extracts:
        words = {
            heading or f"#{at}": words_of(extract.columns[at])
            for at, heading in enumerate(extract.headings)
            if heading or (extract.columns[at] != "").any()
        }
        part = pd.DataFrame(words)
        part.columns = [str(one).strip().casefold() for one in part.columns]
        part = part.loc[:, ~part.columns.duplicated()]
        parts.append(
            part.assign(
                _extract=number,
                _at=np.arange(len(part)),
                _shown=extract.sheet.shown(extract.rows),
            )
        )
    rows = pd.concat(parts, ignore_index=True)
    named = [one for one in rows.columns if one not in ("_extract", "_at", "_shown")]
    group = rows.groupby(named, sort=False, dropna=False)
    first = group[["_extract", "_shown"]].transform("first")
    rows["first_extract"], rows["first_row"] = first["_extract"], first["_shown"]
    again = rows[group.cumcount() > 0]
    return again[["_extract", "_at", "first_extract", "first_row"]]


def identity_of(target: str, fields: Sequence[str], frame: pd.DataFrame) -> list[str]:
    """Return the fields that name a record among those a frame has."""
    wanted = fields or IDENTITY[target][0]
    return [one for one in wanted if one in frame]


def same_records(
    frame: pd.DataFrame, target: str, fields: Sequence[str], measures: Sequence[str]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int64]]:
    """Return which rows name a record again that an earlier row names.

    Args:
        frame: rows of a target.
        target: its English name.
        fields: fields that name a record; blank = those of ``IDENTITY``.
        measures: fields of the quantities.

    Returns:
        Which rows repeat a record with the same quantities, which with others, and the position
        of the first row of each record.
    """
    count = len(frame)
    none = np.zeros(count, dtype=np.bool_)
    first = np.arange(count)
    names = identity_of(target, fields, frame)
    if not names or not count:
        return none, none, first
    tested = np.ones(count, dtype=np.bool_)
    if not fields:
        tested = _named(frame, target)
    keys = [frame[one].to_numpy() for one in names]
    at = np.flatnonzero(tested)
    if not len(at):
        return none, none, first
    number = pd.DataFrame({str(n): one[at] for n, one in enumerate(keys)})
    group = number.groupby(list(number.columns), sort=False, dropna=False).ngroup().to_numpy()
    starts = np.unique(group, return_index=True)[1]
    first[at] = at[starts[group]]
    again = first != np.arange(count)
    same = again.copy()
    for measure in measures:
        values = frame[measure].to_numpy()
        same &= values == values[first]
    return same, again & ~same, first


def _named(frame: pd.DataFrame, target: str) -> NDArray[np.bool_]:
    """Return which rows name their record; stock without lot or bin only beside other sources."""
    found = np.zeros(len(frame), dtype=np.bool_)
    for one in IDENTITY[target][1]:
        if one in frame:
            filled = frame[one].notna() & (frame[one] != "")
            found |= filled.to_numpy()
    if target == "Demand" and "type" in frame and "document" not in frame:
        found &= (frame["type"] != "order").to_numpy()
    return found


def overlapping(frame: pd.DataFrame) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Return rows whose location and product an earlier file states as well.

    Returns:
        Which rows, and the position of the first row of that place and product.
    """
    count = len(frame)
    first = np.arange(count)
    if frame["_extract"].nunique() < 2:
        return np.zeros(count, dtype=np.bool_), first
    names = [one for one in ("location", "product") if one in frame]
    group = frame.groupby(names, sort=False, dropna=False)
    where = pd.Series(np.arange(count), index=frame.index)
    first = where.groupby([frame[one] for one in names], sort=False).transform("first").to_numpy()
    other = group["_extract"].transform("first").to_numpy() != frame["_extract"].to_numpy()
    return other, first
